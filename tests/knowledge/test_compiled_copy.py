"""The compiled copy of a checked folder: it saves time, and can never change an answer."""

import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import lungmets
from lungmets.errors import KnowledgeError
from lungmets.knowledge import compiled

LOAD = "import sys, lungmets; base = lungmets.load(sys.argv[1]); print(base.digest, base.content.digest())"


@pytest.fixture(autouse=True)
def as_python_does_by_default(monkeypatch):
    """Whatever the switches of the Python that runs the tests are."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def folder(planted):
    """A folder that was loaded once, with what it holds."""
    base = planted.load()
    planted.digest, planted.content = base.digest, base.content
    return planted


def copies(folder):
    return sorted((folder.path / "__pycache__").glob("*"))


def was_read(monkeypatch, folder):
    """Loads the folder, and tells whether its YAML was read."""
    calls = []
    original = compiled.load_folder
    monkeypatch.setattr(compiled, "load_folder", lambda path: calls.append(path) or original(path))
    base = folder.load()
    monkeypatch.setattr(compiled, "load_folder", original)
    return base, bool(calls)


def test_the_second_load_reads_the_copy(monkeypatch, folder):
    base, read = was_read(monkeypatch, folder)
    assert not read
    assert (base.digest, base.content) == (folder.digest, folder.content)
    assert base.content.digest() == folder.digest
    assert len(copies(folder)) == 1


def test_the_copy_is_used_wherever_the_folder_is_moved_to(monkeypatch, folder, tmp_path):
    """Nothing in it depends on the place, so a folder may be unpacked with its copy."""
    folder.path = shutil.move(folder.path, tmp_path / "elsewhere") and tmp_path / "elsewhere"
    base, read = was_read(monkeypatch, folder)
    assert not read
    assert base.content == folder.content


# fmt: off
CHANGES = [
    # what changed,            file,                    instead of,          stands,                     another digest
    ("a word",                 "systemic/planted.yaml", "A planted row.",    "A planted line.",          True),
    ("one byte of a date",     "sources/planted.yaml",  "2015-06-30",        "2015-06-29",               True),
    ("a comment",              "scope.yaml",            "- id: planted.scope", "# a remark\n- id: planted.scope", False),
    ("the end of the file",    "sources/planted.yaml",  "ended: 2020\n",     "ended: 2020\n\n",          False),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "old", "new", "other"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES]
)
def test_a_changed_byte_is_noticed(monkeypatch, folder, file, old, new, other):
    stored = copies(folder)
    folder.replace(file, old, new)
    base, read = was_read(monkeypatch, folder)
    assert read
    assert (base.digest != folder.digest) is other
    assert len(copies(folder)) == 1, "the copy of the earlier state is gone"
    assert copies(folder) != stored
    assert not was_read(monkeypatch, folder)[1]


def test_a_change_of_the_same_length_and_time_is_noticed(folder):
    """Neither sizes nor times are looked at, only bytes."""
    path = folder.path / "systemic" / "planted.yaml"
    before = path.stat()
    folder.replace("systemic/planted.yaml", "A planted row.", "A planted sow.")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert folder.load().digest != folder.digest


@pytest.mark.parametrize(
    ("file", "text"),
    [("systemic/more.yml", "rows: []\n"), ("systemic/more.yaml", "domain: systemic\n"), ("sites/deep/x", "")],
)
def test_a_file_that_was_added_is_noticed(folder, file, text):
    """A file that nothing reads is a defect, whatever its ending; the copy must not hide it."""
    (folder.path / file).parent.mkdir(exist_ok=True)
    folder.write(file, text)
    assert file in str(folder.problems()[0])


def test_a_file_that_was_removed_or_renamed_is_noticed(folder):
    (folder.path / "sites" / "bone.yaml").rename(folder.path / "sites" / "bones.yaml")
    assert folder.load().digest == folder.digest
    (folder.path / "sites" / "bones.yaml").unlink()
    assert folder.problems()


def test_a_linked_folder_is_looked_into(monkeypatch, folder, tmp_path):
    """A curator may keep the tables elsewhere; a change there is a change here."""
    elsewhere = tmp_path / "tables"
    shutil.move(folder.path / "systemic", elsewhere)
    (folder.path / "systemic").symlink_to(elsewhere, target_is_directory=True)
    assert folder.load().digest == folder.digest
    folder.replace("systemic/planted.yaml", "A planted row.", "A planted line.")
    base, read = was_read(monkeypatch, folder)
    assert read
    assert base.digest != folder.digest


def test_a_changelog_does_not_count(monkeypatch, folder):
    folder.write("CHANGELOG.md", "# More changes\n")
    assert not was_read(monkeypatch, folder)[1]


def test_a_changed_library_does_not_read_the_copy_of_another(monkeypatch, folder, tmp_path):
    package = shutil.copytree(
        compiled._CODE, tmp_path / "lungmets", ignore=shutil.ignore_patterns("__pycache__")
    )
    monkeypatch.setattr(compiled, "_CODE", package)
    assert not was_read(monkeypatch, folder)[1], "the same code in another place is the same code"
    for module in (
        "documents.py",
        "yaml_events.py",
        "vocabulary.py",
        "knowledge/schema/rows.py",
        "knowledge/conditions.py",
    ):
        with (package / module).open("a") as stream:
            stream.write("\n")
        assert was_read(monkeypatch, folder)[1], module
        assert not was_read(monkeypatch, folder)[1], module


# ---- copies that are damaged -----------------------------------------------------------------------


def flipped(raw):
    """Still valid, with another word in it: only the seal can tell."""
    assert raw.count(b"A planted row.") == 1
    return raw.replace(b"A planted row.", b"A planted sow.")


# fmt: off
DAMAGES = [
    ("empty",               lambda _: b""),
    ("cut off",             lambda raw: raw[:-100]),
    ("a word changed",      flipped),
    ("the seal changed",    lambda raw: b"0" * 64 + raw[64:]),
    ("no seal",             lambda raw: raw.partition(b"\n")[2]),
    ("a byte too many",     lambda raw: raw + b" "),
    ("not text",            lambda _: b"\xff\xfe\x00"),
    ("sealed, no JSON",     lambda _: compiled._seal(b"{") + b"\n{"),
    ("sealed, no content",  lambda _: compiled._seal(b"{}") + b"\n{}"),
]
# fmt: on


@pytest.mark.parametrize("damage", [row[1] for row in DAMAGES], ids=[row[0] for row in DAMAGES])
def test_a_damaged_copy_is_ignored_and_replaced(monkeypatch, folder, damage):
    (copy,) = copies(folder)
    whole = copy.read_bytes()
    copy.write_bytes(damage(whole))
    base, read = was_read(monkeypatch, folder)
    assert read
    assert (base.digest, base.content) == (folder.digest, folder.content)
    assert copy.read_bytes() == whole
    assert not was_read(monkeypatch, folder)[1]


def test_a_folder_in_the_place_of_the_copy_only_slows(folder):
    (copy,) = copies(folder)
    copy.unlink()
    copy.mkdir()
    assert folder.load().content == folder.content


def test_a_broken_folder_gets_no_copy(planted):
    planted.replace("systemic/planted.yaml", "option: planted-pair", "option: planted-pear")
    for _ in range(2):
        with pytest.raises(KnowledgeError, match="planted-pear"):
            planted.load()
    assert copies(planted) == []


def test_what_is_written_while_it_is_read_gets_no_copy(monkeypatch, planted):
    """Otherwise the new content would be kept under the name of the old bytes, for ever."""
    original = compiled.load_folder

    def slow(path):
        planted.replace("systemic/planted.yaml", "A planted row.", "A planted line.")
        return original(path)

    monkeypatch.setattr(compiled, "load_folder", slow)
    changed = planted.load().digest
    assert copies(planted) == []
    monkeypatch.setattr(compiled, "load_folder", original)
    planted.replace("systemic/planted.yaml", "A planted line.", "A planted row.")
    assert planted.load().digest != changed


# ---- where no copy can or may be written -----------------------------------------------------------


def test_a_folder_that_cannot_be_written_in_only_slows(planted):
    """A file stands where the cache should be: that stops an administrator as well."""
    planted.write("__pycache__", "")
    assert planted.load().digest == planted.load().digest
    assert planted.text("__pycache__") == ""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user"
)
def test_a_folder_without_permission_only_slows(planted):
    planted.path.chmod(0o500)
    try:
        assert planted.load().digest == planted.load().digest
        assert copies(planted) == []
    finally:
        planted.path.chmod(0o700)


@pytest.mark.parametrize("method", ["open", "replace"])
def test_a_full_disk_leaves_nothing_behind(monkeypatch, planted, method):
    original = getattr(Path, method)

    def fails(path, *rest, **options):
        if path.parent.name == "__pycache__" and rest != ("rb",):
            if method == "open":
                original(path, *rest, **options).close()  # the file is there, and takes no byte
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return original(path, *rest, **options)

    monkeypatch.setattr(Path, method, fails)
    base = planted.load()
    monkeypatch.undo()
    assert copies(planted) == []
    assert planted.load().content == base.content


def loaded(path, *, switch=(), environment=None):
    """What another process says of a folder; without the variables that these tests are about."""
    package = Path(lungmets.__file__).resolve().parent.parent
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, *switch, "-c", LOAD, str(path)],
        env=clean | {"PYTHONPATH": str(package)} | (environment or {}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_another_process_writes_and_reads_the_copy(planted):
    first = loaded(planted.path)
    assert len(copies(planted)) == 1
    assert loaded(planted.path) == first == [planted.load().digest] * 2


@pytest.mark.parametrize(
    ("switch", "environment"),
    [((), {"PYTHONDONTWRITEBYTECODE": "1"}), (("-B",), {})],
    ids=["variable", "switch"],
)
def test_no_copy_is_written_where_python_writes_none(planted, switch, environment):
    first = loaded(planted.path, switch=switch, environment=environment)
    assert not (planted.path / "__pycache__").exists()
    assert first == [planted.load().digest] * 2


def test_the_copy_stands_where_python_keeps_such_files(planted, tmp_path):
    prefix = tmp_path / "cache"
    first = loaded(planted.path, environment={"PYTHONPYCACHEPREFIX": str(prefix)})
    assert not (planted.path / "__pycache__").exists()
    (copy,) = prefix.rglob("lungmets-*.json")
    assert copy.parent.name == planted.path.name
    assert loaded(planted.path, environment={"PYTHONPYCACHEPREFIX": str(prefix)}) == first


# ---- several at once -------------------------------------------------------------------------------


def test_processes_at_once_do_not_harm_each_other(planted):
    """They begin together, on a folder without a copy; each may find none, a half-written or a whole one."""
    package = Path(lungmets.__file__).resolve().parent.parent
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [
        sys.executable,
        "-c",
        f"import lungmets.knowledge.compiled; input(); {LOAD}",
        str(planted.path),
    ]
    running = [
        subprocess.Popen(
            command, env=clean | {"PYTHONPATH": str(package)}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]  # fmt: skip
    told = [process.communicate("\n", timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * 4, told
    (copy,) = copies(planted)
    assert compiled._stored(copy) is not None
    assert {out for out, _ in told} == {f"{planted.load().digest} {planted.load().digest}\n"}


def test_threads_at_once_do_not_harm_each_other(planted):
    found = []
    barrier = threading.Barrier(4)

    def work():
        barrier.wait()
        found.append(planted.load())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({base.digest for base in found}) == 1
    assert len(found) == 4
    (copy,) = copies(planted)
    assert compiled._stored(copy).content == found[0].content


def test_what_a_killed_process_left_behind_harms_nobody(monkeypatch, folder):
    (copy,) = copies(folder)
    (folder.path / "__pycache__" / f"{copy.name}.99999.1").write_bytes(b"half")
    base, read = was_read(monkeypatch, folder)
    assert not read
    assert base.content == folder.content
