"""Every example of the README and of ``docs/`` is run, and what it shows must be what comes out.

* ```` ```python ```` is executed; the blocks of a page share their names, in order.
* ```` ```pycon ```` (or a ``python`` block with ``>>>``) is a doctest.
* ```` ```console ```` runs each line ``$ lungmets …`` and compares what is printed below it, where
  ``...`` stands for anything. The exit code is 0, or what ``# exit N`` at the line's end says.
* ```` ```sh ```` runs each line's ``.venv/bin/lungmets …``, so that the README's command works.
"""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if page.is_file() and not {"_build", "generated"} & set(page.parts)
]
FENCE = re.compile(r"(?P<indent> *)(?P<ticks>`{3,}|~{3,})\s*(?P<language>[^`]*?)\s*")
EXECUTED = {"python", "pycon", "console", "sh"}
UNSEEN = re.compile(r"py|ipython|doctest|bash|shell|.*python|.*console", re.IGNORECASE)
"""Languages that a reader takes for an example and that this module would pass over."""


class Block(NamedTuple):
    language: str
    line: int
    """The line of the opening fence, counted from 1."""
    text: str


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    opened: re.Match[str] | None = None
    start, held = 0, []
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.fullmatch(line)
        if opened is None:
            if fence:
                opened, start, held = fence, number, []
        elif fence and not fence["language"] and fence["ticks"].startswith(opened["ticks"]):
            yield Block(opened["language"], start, "".join(held))
            opened = None
        else:
            held.append(line.removeprefix(opened["indent"]) + "\n")
    assert opened is None, f"the fence opened on line {start} is never closed"


def run_python(block: Block, page: Path, names: dict[str, Any]) -> None:
    if block.language == "pycon" or ">>> " in block.text:
        parser, told = doctest.DocTestParser(), []
        test = parser.get_doctest(block.text, names, page.name, str(page), block.line)
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
        assert test.examples, f"{page.name}:{block.line}: no >>> in this block"
        assert runner.run(test, out=told.append, clear_globs=False).failed == 0, "".join(told)
        names.update(test.globs)
    else:
        code = compile("\n" * block.line + block.text, str(page), "exec", dont_inherit=True)
        exec(code, names)  # noqa: S102  -- executing the documentation is what this module is for


def commands(block: Block) -> Iterator[tuple[str, str | None, int]]:
    """Each command of a block, with the output it shows (if any) and the exit code it names."""
    if block.language == "sh":
        for found in re.finditer(r"\.venv/bin/(lungmets .*)", block.text):
            yield found[1], None, 0
    else:
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            code = re.search(r"\s# exit (\d+)$", command)
            if re.search(r"\blungmets\b", command):
                yield command, shown.strip() or None, int(code[1]) if code else 0


def run_commands(block: Block, page: Path) -> None:
    scripts = str(Path(sys.executable).parent)
    path = os.pathsep.join([scripts, os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1"}
    for command, shown, code in commands(block):
        done = subprocess.run(  # noqa: S602  -- the project's own documentation, which shows pipes
            command,
            shell=True,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )
        place = f"{page.name}:{block.line}: {command}\n"
        assert done.returncode == code, place + done.stdout + done.stderr
        if shown is not None:
            checker, got = doctest.OutputChecker(), (done.stdout + done.stderr).strip() + "\n"
            same = checker.check_output(shown + "\n", got, doctest.ELLIPSIS)
            assert same, f"{place}shown:\n{shown}\nprinted:\n{got}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_of_the_page_do_what_it_shows(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks(page.read_text(encoding="utf-8")):
        unseen = block.language not in EXECUTED and UNSEEN.match(block.language)
        assert not unseen, f"{page.name}:{block.line}: write one of {sorted(EXECUTED)}"
        if block.language in {"python", "pycon"}:
            run_python(block, page, names)
        elif block.language in {"console", "sh"}:
            run_commands(block, page)


PAGE = """\
Text with `code`.

```python
x = 1
```

- a list

  ```pycon
  >>> x + 1
  2
  ```

````text
```python
not an example
```
````
"""


def test_the_blocks_of_a_page_are_found_with_their_lines():
    assert list(blocks(PAGE)) == [
        Block("python", 3, "x = 1\n"),
        Block("pycon", 9, ">>> x + 1\n2\n"),
        Block("text", 14, "```python\nnot an example\n```\n"),
    ]


def test_an_example_that_shows_something_else_fails(tmp_path):
    names = {"x": 1}
    run_python(Block("pycon", 1, ">>> x\n1\n"), tmp_path, names)
    with pytest.raises(AssertionError, match=r"Expected:\n +2\n *Got:\n +1"):
        run_python(Block("pycon", 1, ">>> x\n2\n"), tmp_path, names)
    with pytest.raises(ZeroDivisionError):
        run_python(Block("python", 1, "1 / 0\n"), tmp_path, names)


# fmt: off
COMMANDS = [
    ("sh",      "a && .venv/bin/lungmets x\n",      [("lungmets x", None, 0)]),
    ("sh",      "git status\n",                     []),
    ("console", "$ lungmets x\nshown\n",            [("lungmets x", "shown", 0)]),
    ("console", "$ ls\na\n$ cat a | lungmets x -\n", [("cat a | lungmets x -", None, 0)]),
    ("console", "$ lungmets x  # exit 3\n",         [("lungmets x  # exit 3", None, 3)]),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "expected"), COMMANDS)
def test_the_commands_of_a_block_are_found(language, text, expected):
    assert list(commands(Block(language, 1, text))) == expected


def test_pages_that_are_made_from_the_knowledge_are_never_committed(checkout):
    assert "/docs/generated/" in (checkout / ".gitignore").read_text(encoding="utf-8").splitlines()
