"""What is left out on some machines must not be left out unseen."""

import importlib.util
import shutil
import sys
import sysconfig
from pathlib import Path

import pytest


def buildable() -> bool:
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    return compiler is not None and Path(sysconfig.get_path("include"), "Python.h").exists()


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="durable-rules does not import on 3.13")
@pytest.mark.skipif(not buildable(), reason="durable-rules needs a C compiler and Python.h")
def test_the_second_engine_is_installed_wherever_it_can_be_built():
    assert importlib.util.find_spec("durable_rules_engine"), "install lungmets[durable]"
