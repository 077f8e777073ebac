"""Running the command line in this process: what a shell would see of it."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple
from unittest import mock

from lungmets.cli import main


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def run(*arguments, stdin=b""):
    """Runs ``lungmets`` with piped streams. An exception other than an exit is a traceback, and fails."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    piped = mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
    code = 0
    with piped, redirect_stdout(out), redirect_stderr(err):
        try:
            main.main([str(argument) for argument in arguments], prog_name="lungmets")
        except SystemExit as exit_:
            code = exit_.code or 0
    return Ran(code, *(_text(stream) for stream in (out, err)))


def _text(stream):
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")


def refused_input(ran):
    """The message of a run that must end in one: exit code 2, on standard error, nothing else."""
    assert ran.code == 2, ran
    assert ran.out == "", "nothing but an answer goes to standard output"
    assert "Traceback" not in ran.err
    return ran.err
