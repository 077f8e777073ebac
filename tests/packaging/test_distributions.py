"""What the wheel and the source distribution carry."""

import tarfile
import zipfile
from email.parser import Parser

import pytest


@pytest.fixture(scope="session")
def wheel(build) -> dict[str, bytes]:
    with zipfile.ZipFile(build("wheel")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def sdist(build) -> dict[str, bytes]:
    with tarfile.open(build("sdist")) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        return {m.name.partition("/")[2]: archive.extractfile(m).read() for m in members}


def differences(carried: dict[str, bytes], expected: dict[str, bytes]) -> dict[str, str]:
    """Say of each file that is not the same on both sides what is wrong with it."""
    told = dict.fromkeys(expected.keys() - carried.keys(), "missing")
    told |= dict.fromkeys(carried.keys() - expected.keys(), "not in the project")
    both = expected.keys() & carried.keys()
    return told | {name: "differs" for name in both if carried[name] != expected[name]}


def test_differences_are_told_by_file():
    carried = {"same": b"1", "changed": b"2", "extra": b"3"}
    expected = {"same": b"1", "changed": b"0", "lost": b"4"}
    assert differences(carried, expected) == {
        "changed": "differs",
        "extra": "not in the project",
        "lost": "missing",
    }


def test_the_wheel_carries_the_knowledge_file_for_file(wheel, tracked):
    shipped = {
        name.replace("lungmets/_knowledge/", "knowledge/", 1): content
        for name, content in wheel.items()
        if name.startswith("lungmets/_knowledge/")
    }
    expected = {name: path.read_bytes() for name, path in tracked("knowledge").items()}
    assert expected, "knowledge/ is empty"
    assert differences(shipped, expected) == {}


def test_the_wheel_carries_the_package_file_for_file_and_nothing_else(wheel, tracked):
    carried = {
        name: content
        for name, content in wheel.items()
        if not name.startswith("lungmets/_knowledge/") and ".dist-info/" not in name
    }
    expected = {name: path.read_bytes() for name, path in tracked("lungmets").items()}
    assert "lungmets/py.typed" in expected
    assert differences(carried, expected) == {}


@pytest.mark.parametrize("folder", ["lungmets", "knowledge", "tests", "docs"])
def test_the_source_distribution_carries_the_folder_file_for_file(sdist, tracked, folder):
    carried = {name: data for name, data in sdist.items() if name.startswith(f"{folder}/")}
    expected = {name: path.read_bytes() for name, path in tracked(folder).items()}
    assert differences(carried, expected) == {}


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "pyproject.toml", "noxfile.py"])
def test_the_source_distribution_carries(sdist, checkout, name):
    assert sdist[name] == (checkout / name).read_bytes()


def test_the_metadata_names_the_licence_the_command_and_the_oldest_python(wheel):
    (name,) = (name for name in wheel if name.endswith(".dist-info/METADATA"))
    metadata = Parser().parsestr(wheel[name].decode())
    commands = wheel[name.replace("METADATA", "entry_points.txt")].decode()
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert "lungmets = lungmets.cli:main" in commands
    assert name.replace("METADATA", "licenses/LICENSE") in wheel
