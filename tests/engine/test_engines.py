"""Choosing an engine: nothing falls back on another one, and every fault of one ends in an error.

What stands for durable-rules in most of these tests is a module of that name which is put before the real
one: so they run where it is not installed, and the process in which it runs is a real one.
"""

import importlib.util
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date

import pytest

from lungmets import EngineError, EngineMissingError, PatientProfile, assess
from lungmets.engine import durable, durable_child, table
from lungmets.engine.memory import Memory
from lungmets.engine.process import AnsweringProcess, ProcessFailedError
from lungmets.engine.scheme import Matcher
from lungmets.engine.table import UNKNOWN, Table
from lungmets.knowledge.base import KnowledgeBase, shipped
from lungmets.vocabulary import Engine

EXTENSION = "durable_rules_engine"
installed = pytest.mark.skipif(
    importlib.util.find_spec(EXTENSION) is None,
    reason="durable-rules is not installed: pip install 'lungmets[durable]'",
)
OTHERS = [
    pytest.param(Engine.REFERENCE, id="reference"),
    pytest.param(Engine.DURABLE, id="durable", marks=installed),
]
NEGATIVE = dict.fromkeys(("egfr", "alk", "ros1", "kras", "met", "ret"), "negative")
COMPLETE = PatientProfile(histology="adenocarcinoma", **NEGATIVE, pd_l1_tps=60, ecog_ps=1, brain_lesions=2)
PROFILES = [
    COMPLETE,  # documented, with prerequisites
    COMPLETE.model_copy(update={"egfr": PatientProfile(egfr="L858R").egfr}),  # guardrails withhold
    PatientProfile(histology="adenocarcinoma", **NEGATIVE, ecog_ps=1),  # incomplete: completions are tried
    PatientProfile(histology="adenocarcinoma", **NEGATIVE, pd_l1_tps=">=1", ecog_ps=1, brain_lesions=0),
    PatientProfile(histology="squamous", stage="II"),  # out of scope
    PatientProfile(symptoms=["first seizure"], calcium={"value": 3.5, "unit": "mmol/L"}),  # alerts
]


@pytest.fixture
def fresh():
    """The shipped content as a knowledge base that nobody has asked anything."""
    return KnowledgeBase(shipped().content, "fresh")


# ---- one interface ---------------------------------------------------------------------------------


def test_the_engines_have_the_same_one_method(fresh):
    names = {name for name in vars(Matcher) if not name.startswith("_")}
    assert names == {"match"}
    unknown = (UNKNOWN,) * len(fresh.table.facts)
    reference, _ = fresh.engine(Engine.REFERENCE)
    assert reference.match(unknown) == fresh.table.match(unknown)


@pytest.mark.parametrize("engine", OTHERS)
def test_no_mask_comes_from_the_bitmaps(monkeypatch, fresh, engine):
    """With the bitmaps gone, the answers are what they were."""
    expected = [assess(profile).model_dump_json() for profile in PROFILES]

    def gone(*_):
        raise AssertionError("the bitmaps were asked")

    for owner, name in [
        (Table, "match"),
        (Table, "part"),
        (Table, "left_by"),
        (Table, "classes"),
        (Table, "unknown_facts"),
        (table._TablePart, "possible"),
        (table._TablePart, "certain"),
        (table._Group, "__missing__"),
        (table._Column, "__missing__"),
    ]:
        monkeypatch.setattr(owner, name, gone)
    told = {"knowledge": fresh, "engine": engine}
    answers = [assess(profile, **told).model_dump_json() for profile in PROFILES]
    digests = shipped().digest, fresh.digest
    assert [answer.replace(digests[1], digests[0]) for answer in answers] == expected


@pytest.mark.parametrize("engine", OTHERS)
def test_no_memory_is_shared_between_engines(fresh, engine):
    for profile in PROFILES:
        assess(profile, knowledge=fresh, engine=engine)
    # What a gene result says is read before any engine is asked: states, and no masks.
    used = {each.name for each in fields(Memory) if getattr(fresh.memory, each.name)}
    assert used == {"genes"}
    _, own = fresh.engine(engine)
    assert own is not fresh.memory
    assert own.settled
    assert own.planned


def test_the_check_of_memories_can_fail(fresh):
    assess(COMPLETE, knowledge=fresh)
    assert {"settled", "planned"} <= {
        each.name for each in fields(Memory) if getattr(fresh.memory, each.name)
    }


@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_may_be_named_by_its_word_and_does_not_stand_in_the_answer(engine):
    assert assess(COMPLETE, engine=engine.value) == assess(COMPLETE)


# ---- the second engine is not there ----------------------------------------------------------------


def test_without_durable_rules_the_error_says_how_to_install_it(monkeypatch, fresh):
    monkeypatch.setattr(durable.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(durable, "sys", type("", (), {"version_info": (3, 12)}))
    with pytest.raises(EngineMissingError) as caught:
        assess(PatientProfile(symptoms=["first seizure"]), knowledge=fresh, engine="durable")
    told = str(caught.value)
    assert "engine: the engine 'durable' cannot be used here: durable-rules is not installed" in told
    assert "pip install 'lungmets[durable]'" in told
    assert "engine='bitmap', which gives the same answer" in told
    assert told.startswith("URGENT (emergency_now)")
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]


def test_on_a_python_for_which_it_is_not_built_the_error_says_how_to_build_it(monkeypatch, fresh):
    monkeypatch.setattr(durable.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(durable, "sys", type("", (), {"version_info": (3, 13)}))
    with pytest.raises(
        EngineMissingError, match="CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install"
    ):
        assess(COMPLETE, knowledge=fresh, engine=Engine.DURABLE)


def test_without_it_every_other_engine_answers(monkeypatch, fresh):
    monkeypatch.setattr(durable.importlib.util, "find_spec", lambda _: None)
    assert assess(COMPLETE, knowledge=fresh, engine="reference") == assess(COMPLETE, knowledge=fresh)


def test_an_error_of_an_engine_travels_between_processes():
    error = EngineMissingError([durable._missing("it is not there")], assess(PROFILES[-1]).alerts)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  -- what was pickled on this line
    assert (type(again), str(again), again.alerts) == (EngineMissingError, str(error), error.alerts)
    assert isinstance(again, EngineError)


# ---- planted faults, in a real process -------------------------------------------------------------

_WHOLE = """
    import json, time, os, sys
    def create_ruleset(name, rules):
        {create}
        return 1
    def assert_fact(handle, fact):
        {asserting}
        return 0, 1
    def start_action_for_state(handle, state):
        {starting}
    def complete_and_start_action(handle, state):
        return None
    def retract_fact(handle, fact):
        {retracting}
        return 0, 1
"""


def plant(monkeypatch, tmp_path, top="", **parts):
    """A module that stands for durable-rules, for this process and those that it starts."""
    told = {"create": "pass", "asserting": "pass", "retracting": "pass"}
    told["starting"] = """return '{"sid": "0"}', json.dumps({"last": {}})"""
    source = textwrap.dedent(_WHOLE).format(**told | parts)
    (tmp_path / f"{EXTENSION}.py").write_text(f"{top}\n{source}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, EXTENSION, raising=False)


# fmt: off
FAULTS = [
    # what the engine does                                                       what is told
    ({"create": "raise MemoryError('planted')"},                                 "failed: MemoryError: planted"),
    ({"asserting": "raise RuntimeError('planted')"},                             "failed: RuntimeError: planted"),
    ({"asserting": "return 1, 0"},                                               "no rule matched it, not even the last one"),
    ({"asserting": "return 2, 0"},                                               "an earlier fact was still there"),
    ({"asserting": "return 3, 0"},                                               "a fact was not taken: result 3"),
    ({"retracting": "raise RuntimeError('planted')"},                            "failed: RuntimeError: planted"),
    ({"starting": "return None"},                                                "a fact was matched and no rule fired"),
    ({"starting": "return '{\"exception\": \"planted\"}', '{\"last\": {}}'"},    "an exception was recorded in the state: planted"),
    ({"starting": "return '{}', '{\"0\": {}}'"},                                 "were not told to the last"),
    ({"starting": "return '{}', 'no JSON'"},                                     "failed: JSONDecodeError"),
    ({"asserting": "os._exit(3)"},                                               "its process ended (exit code 3)"),
    ({"asserting": "sys.stderr.write('planted\\n'); os._exit(3)"},               "its process ended (exit code 3): planted"),
    ({"asserting": "os.kill(os.getpid(), 9)"},                                   "its process ended (by the signal SIGKILL)"),
    ({"asserting": "import ctypes; ctypes.string_at(0)"},                        "its process ended (by the signal SIGSEGV)"),
    ({"create": "os.abort()"},                                                   "its process ended (by the signal SIGABRT)"),
]
# fmt: on


@pytest.mark.skipif(os.name == "nt", reason="signals have other names there")
@pytest.mark.parametrize(("parts", "words"), FAULTS, ids=[row[1] for row in FAULTS])
def test_a_fault_ends_in_a_clear_error_with_the_alerts(monkeypatch, tmp_path, fresh, parts, words):
    plant(monkeypatch, tmp_path, **parts)
    with pytest.raises(EngineError) as caught:
        assess(PatientProfile(symptoms=["first seizure"]), knowledge=fresh, engine="durable")
    told = str(caught.value)
    assert "the engine 'durable' failed" in told
    assert words in told
    assert "no other engine answers in its place" in told
    assert [alert.id for alert in caught.value.alerts] == ["seizure"]
    assert not isinstance(caught.value, EngineMissingError)


@pytest.mark.parametrize("where", ["create", "asserting", "retracting", "starting"])
def test_an_engine_that_hangs_is_ended(monkeypatch, tmp_path, fresh, where):
    plant(monkeypatch, tmp_path, **{where: "time.sleep(600)"})
    monkeypatch.setattr(durable, "SECONDS", 1.5)
    begun = time.monotonic()
    with pytest.raises(EngineError, match=r"failed: it did not answer within 1.5 seconds"):
        assess(COMPLETE, knowledge=fresh, engine="durable")
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no timer that interrupts")
def test_an_interruption_while_the_engine_hangs_ends_the_process(monkeypatch, tmp_path, fresh):
    """Else the program could not end: it would wait for the thread that waits for the engine."""
    plant(monkeypatch, tmp_path, asserting="time.sleep(600)")

    def interrupt(*_):
        raise KeyboardInterrupt

    matched, _ = fresh.engine(Engine.DURABLE)
    process = matched.matcher._running()  # it hangs in the first question, not at its start
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 1)
        with pytest.raises(KeyboardInterrupt):
            assess(COMPLETE, knowledge=fresh, engine="durable")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not process.usable
    assert not alive(process.number)


def test_one_that_hangs_before_it_reads_is_ended_as_well(monkeypatch, tmp_path, fresh):
    """The tables are larger than a pipe holds: writing them must not keep the caller waiting."""
    plant(monkeypatch, tmp_path, top="import time; time.sleep(600)")
    monkeypatch.setattr(durable, "SECONDS", 1.5)
    with pytest.raises(EngineError, match="did not answer within"):
        assess(COMPLETE, knowledge=fresh, engine="durable")


def test_an_engine_that_cannot_be_imported_is_told_as_not_installed(monkeypatch, tmp_path, fresh):
    plant(monkeypatch, tmp_path, top="raise ImportError('undefined symbol: PyEval_CallObject')")
    with pytest.raises(EngineMissingError) as caught:
        assess(COMPLETE, knowledge=fresh, engine="durable")
    assert "durable-rules is installed and cannot be imported" in str(caught.value)
    assert "undefined symbol: PyEval_CallObject" in str(caught.value)


def test_rows_that_an_engine_does_not_tell_end_in_an_error(monkeypatch, tmp_path, fresh):
    """It always fires the last rule alone: so nothing would be certain, not even what is always so."""
    plant(monkeypatch, tmp_path)
    with pytest.raises(EngineError, match="'durable' contradicts itself; what it found for whole conditions"):
        assess(COMPLETE, knowledge=fresh, engine="durable")


@installed
def test_after_a_fault_the_next_question_is_answered(monkeypatch, tmp_path, fresh):
    """The real engine, which dies once."""
    real = importlib.util.find_spec(EXTENSION).origin
    mark = tmp_path / "died"
    source = f"""
        import importlib.util, os, pathlib, sys
        this = sys.modules[__name__]
        spec = importlib.util.spec_from_file_location({EXTENSION!r}, {real!r})
        real = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(real)
        sys.modules[__name__] = this  # an extension puts itself there
        globals().update({{name: getattr(real, name) for name in dir(real) if name[0] != "_"}})
        def retract_fact(*arguments):
            mark = pathlib.Path({str(mark)!r})
            if not mark.exists():
                mark.touch()
                os.abort()
            return real.retract_fact(*arguments)
    """
    (tmp_path / f"{EXTENSION}.py").write_text(textwrap.dedent(source), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EngineError, match="its process ended"):
        assess(COMPLETE, knowledge=fresh, engine="durable")
    assert mark.exists()
    assert assess(COMPLETE, knowledge=fresh, engine="durable") == assess(COMPLETE, knowledge=fresh)


def test_what_the_engine_prints_is_no_part_of_an_answer(monkeypatch, tmp_path, fresh):
    """All that fails here is what this stand-in does not match."""
    plant(monkeypatch, tmp_path, asserting="print('noise', flush=True); os.write(1, b'noise\\n')")
    with pytest.raises(EngineError, match="contradicts itself"):
        assess(COMPLETE, knowledge=fresh, engine="durable")


def test_without_a_python_to_start_it_says_so(monkeypatch, tmp_path, fresh):
    plant(monkeypatch, tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-such-python"))
    with pytest.raises(EngineError, match=r"its process cannot be started: .*no-such-python"):
        assess(COMPLETE, knowledge=fresh, engine="durable")


def test_a_line_that_is_no_answer_is_told(monkeypatch, tmp_path):
    (tmp_path / "babbling.py").write_text("input(); print('hello')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ProcessFailedError, match="what it answered cannot be read"):
        AnsweringProcess("babbling", {}, 30)


# ---- the process -----------------------------------------------------------------------------------


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@installed
@pytest.mark.skipif(os.name == "nt", reason="whether a process lives is asked by a signal")
def test_the_process_ends_with_its_knowledge_base(fresh):
    assess(COMPLETE, knowledge=fresh, engine="durable")
    matched, _ = fresh.engine(Engine.DURABLE)
    process = matched.matcher._process
    number = process.number
    assert alive(number)
    process.end()
    assert not alive(number)


PROGRAM = """
import os, sys
from lungmets import PatientProfile, assess
from lungmets.knowledge.base import shipped
from lungmets.vocabulary import Engine
profile = PatientProfile(histology="adenocarcinoma", ecog_ps=1)
expected = assess(profile)
assert assess(profile, engine="durable") == expected
matched, _ = shipped().engine(Engine.DURABLE)
number = matched.matcher._process.number
"""


@installed
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize(
    "ending",
    [
        "",  # by itself
        "os._exit(0)",  # without any clearing up: the pipe is closed, and the process reads its end
        # A program that was forked must neither use the process nor end it.
        """
child = os.fork()
other = PatientProfile(histology="squamous", ecog_ps=2)
assert assess(other, engine="durable") == assess(other)
assert (matched.matcher._process.number == number) == bool(child)
if child:
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert assess(PatientProfile(ecog_ps=3), engine="durable") == assess(PatientProfile(ecog_ps=3))
    assert matched.matcher._process.number == number
else:
    sys.exit(0)
""",
    ],
    ids=["it returns", "it is cut off", "it forks"],
)
def test_no_process_is_left_behind_by_a_program(ending):
    code = f"{PROGRAM}\nprint(number, flush=True)\n{ending}"
    command = [sys.executable, "-X", "dev", "-W", "ignore::DeprecationWarning", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    waited = time.monotonic() + 20
    while alive(int(done.stdout.split()[0])) and time.monotonic() < waited:
        time.sleep(0.05)
    assert not alive(int(done.stdout.split()[0]))


@installed
def test_threads_may_ask_at_once(fresh):
    expected = [assess(profile, knowledge=fresh) for profile in PROFILES]
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda profile: assess(profile, knowledge=fresh, engine="durable"), PROFILES * 4)
        )
    assert found == expected * 4


@installed
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is counted in other units")
def test_the_engine_stays_right_and_small_over_many_questions(fresh):
    """Each table is asked far more often than its memory holds, in this process, without that memory."""
    import resource

    import durable_rules_engine

    matched, _ = fresh.engine(Engine.DURABLE)
    definition = max(matched.matcher._tables, key=lambda each: len(each["facts"]))
    rules, facts = definition["certain"], definition["facts"]
    ruleset = durable_child.Ruleset(durable_rules_engine, "many", rules, facts)
    codes = [[(number >> place & 1) + 1 for place in range(len(facts))] for number in range(1 << 6)]
    first = [ruleset.firing(each) for each in codes]
    assert len(set(first)) > 1
    for _ in range(20):
        assert [ruleset.firing(each) for each in codes] == first
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(200):
        assert [ruleset.firing(each) for each in codes] == first
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4000
    )  # kilobytes, of 12,800 questions


# ---- the rules -------------------------------------------------------------------------------------


def test_no_table_is_larger_than_the_engine_bears(fresh):
    """At most 64 rules match one fact, the last one among them; and a table has no more than that."""
    tables = list(durable.tables_of(fresh.table, fresh.table.conjunctions))
    bits = [name for each in tables for name in each["certain"] if name != durable_child.LAST]
    assert sorted(map(int, bits)) == list(range(fresh.table.size))
    for each in tables:
        assert set(each["certain"]) == set(each["possible"])
        assert len(each["certain"]) <= 64
        assert len(each["facts"]) < 200  # an object of the engine holds 255


def test_past_days_are_matched_by_the_same_engine(fresh):
    day = date(2016, 1, 1)
    assert assess(COMPLETE, knowledge=fresh, as_of=day, engine="reference") == assess(
        COMPLETE, knowledge=fresh, as_of=day
    )
    assert fresh.view("us", day, Engine.REFERENCE) is not fresh.view("us", day)
