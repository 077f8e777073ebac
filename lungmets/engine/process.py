"""A process that answers, one line for one line, within a time limit; or an error that says why not.

An engine in C may loop for ever or crash, and takes the interpreter with it: it holds Python's lock
while it runs, so nothing inside the process could stop it. In a process of its own it can be ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import weakref
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Any


class ProcessFailedError(Exception):
    """Why there is no answer, in words; the process is gone."""


class AnsweringProcess:
    """Python, running one of our modules. What is asked, and what is answered, is JSON on one line.

    It is started with ``greeting``, whose answer is waited for; it ends with this object, with the
    program, or when a question is not answered in time.
    """

    def __init__(self, module: str, greeting: Any, seconds: float) -> None:
        self.seconds = seconds
        self._owner = os.getpid()
        self._told = tempfile.TemporaryFile()  # noqa: SIM115  -- it is open as long as the process runs
        try:
            self._process = _started(module, self._told)
        except OSError as error:
            self._told.close()
            raise ProcessFailedError(f"its process cannot be started: {error}") from None
        # One thread writes and reads, so that neither can keep the caller waiting beyond the limit.
        self._talking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lungmets-engine")
        self.end = weakref.finalize(self, _end, self._owner, self._process, self._talking, self._told)
        self.ask(greeting)

    @property
    def usable(self) -> bool:
        """Whether it runs, and is ours: a program that was forked from the one that started it is another."""
        return self.end.alive and self._owner == os.getpid()

    @property
    def number(self) -> int:
        """The number that the operating system gave it."""
        return self._process.pid

    def ask(self, question: Any) -> Any:
        """The answer to a question.

        Raises:
            ProcessFailedError: there is none.
        """
        answer: Future[str] = self._talking.submit(_exchange, self._process, json.dumps(question))
        try:
            line = answer.result(self.seconds)
        except TimeoutError:
            self.end()
            raise ProcessFailedError(f"it did not answer within {self.seconds:g} seconds") from None
        except OSError:  # the pipe is closed: the process has ended
            line = ""
        except BaseException:  # whoever waits was interrupted; what comes now answers no question
            self.end()
            raise
        try:
            found = json.loads(line)
        except ValueError:
            raise ProcessFailedError(self._ended(line)) from None
        if "fault" in found:
            self.end()
            raise ProcessFailedError(found["fault"])
        return found["answer"]

    def _ended(self, line: str) -> str:
        if line:
            self.end()
            return "what it answered cannot be read"
        try:
            code = self._process.wait(self.seconds)
        except subprocess.TimeoutExpired:
            code = 0
        self._told.seek(0)
        last = self._told.read().decode(errors="replace").strip().rpartition("\n")[2]
        self.end()
        return f"its process ended ({_how(code)}){f': {last}' if last else ''}"


def _started(module: str, told: IO[bytes]) -> subprocess.Popen[str]:
    """It finds its modules where this process finds them."""
    path = os.pathsep.join(os.path.abspath(place) for place in sys.path)  # noqa: PTH100  -- an empty entry is the working folder
    command = [sys.executable, "-P", "-m", module]
    return subprocess.Popen(  # noqa: S603  -- this Python, with a module of this package
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=told,
        text=True,
        encoding="ascii",
        env={**os.environ, "PYTHONPATH": path},
    )


def _exchange(process: subprocess.Popen[str], question: str) -> str:
    assert process.stdin is not None  # noqa: S101  -- it was started with pipes
    assert process.stdout is not None  # noqa: S101  -- it was started with pipes
    process.stdin.write(question + "\n")
    process.stdin.flush()
    return process.stdout.readline()


def _end(owner: int, process: subprocess.Popen[str], talking: ThreadPoolExecutor, told: IO[bytes]) -> None:
    if owner == os.getpid():
        process.kill()
        process.wait()
        # The thread reads the end of the pipe and is done.
        talking.shutdown()
    else:  # forked: the process and the thread are not ours, only our copies of the pipes
        process.returncode = 0
    for pipe in (process.stdin, process.stdout, told):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was not written when it ended
                pipe.close()


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"by the signal {signal.Signals(-code).name}"
    except ValueError:
        return f"by the signal {-code}"
