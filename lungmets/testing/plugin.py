"""The pytest plugin: every ``*.scenario.yaml`` file is collected, a test for each scenario.

It is found by itself once lungmets is installed, and does nothing where there is no such file.
Nothing of lungmets is imported before the first one is collected.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from lungmets.knowledge.base import KnowledgeBase
    from lungmets.testing.coverage import Coverage
    from lungmets.testing.judging import Outcome
    from lungmets.testing.scenario import Scenario

SUFFIX = ".scenario.yaml"
_REACH = "lungmets_reach"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("lungmets", "lungmets scenarios")
    group.addoption(
        "--lungmets-knowledge",
        metavar="FOLDER",
        help="ask this knowledge folder instead of the one that comes with lungmets",
    )
    group.addoption(
        "--lungmets-overlay",
        action="append",
        default=[],
        metavar="FOLDER",
        help="lay this local knowledge over it; may be given several times",
    )
    group.addoption(
        "--lungmets-engine",
        choices=("bitmap", "reference", "durable"),
        default="bitmap",
        help="match with this engine; every one gives the same answer",
    )
    group.addoption(
        "--lungmets-coverage",
        action="store_true",
        help="report which rows, guardrails, panel items, alerts, dates and thresholds no scenario reaches",
    )
    group.addoption(
        "--lungmets-coverage-min",
        metavar="PERCENT",
        type=_percent,
        help="fail where the scenarios reach less than this share of them (0 to 100)",
    )
    parser.addini("lungmets_knowledge", "the knowledge folder that scenarios ask, below rootdir", default="")
    parser.addini(
        "lungmets_overlays",
        "folders of local knowledge over it, below rootdir",
        "linelist",
        default=[],
    )


def _percent(text: str) -> float:
    """A share that can be asked for."""
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 100:  # noqa: PLR2004  -- of a hundred
        raise argparse.ArgumentTypeError(f"{text!r} is not a percentage from 0 to 100")
    return share


def pytest_configure(config: pytest.Config) -> None:
    """Coverage is gathered where it was asked for."""
    if config.getoption("lungmets_coverage") or config.getoption("lungmets_coverage_min") is not None:
        config.pluginmanager.register(_CoverageReport(config), "lungmets-coverage")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A scenario file is recognised by its ending."""
    if not file_path.name.endswith(SUFFIX):
        return None
    found: pytest.Collector = ScenarioFile.from_parent(parent, path=file_path)
    return found


class ScenarioFile(pytest.File):
    """A file of scenarios. A defect in it is an error of the collection, told with its line."""

    def collect(self) -> Iterable[pytest.Item]:
        """The scenarios, each a test."""
        from lungmets.errors import LungmetsError
        from lungmets.testing.judging import defects
        from lungmets.testing.reading import read_scenarios

        try:
            base = _knowledge(self.config)
            scenarios = read_scenarios(self.path, shown_as=_shown(self.path, self.config))
        except LungmetsError as error:
            raise self.CollectError(str(error)) from None
        if problems := [problem for one in scenarios for problem in defects(one, base)]:
            raise self.CollectError("\n".join(map(str, problems)))
        return [self._item(scenario) for scenario in scenarios]

    def _item(self, scenario: Scenario) -> ScenarioItem:
        item: ScenarioItem = ScenarioItem.from_parent(self, name=scenario.name, scenario=scenario)
        for name in scenario.marks:
            try:
                item.add_marker(_mark(name, item))
            except (pytest.fail.Exception, pytest.PytestUnknownMarkWarning) as error:
                where = f"{scenario.place} ({scenario.name})"
                told = str(error).splitlines()[0]
                raise self.CollectError(
                    f"{where}: marks: {told}; register {name!r} under `markers` in the settings of pytest"
                ) from None
        return item


def _mark(name: str, item: pytest.Item) -> pytest.MarkDecorator:
    """The mark; what pytest warns about it is told with the scenario's file and line."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        mark: pytest.MarkDecorator = getattr(pytest.mark, name)
    for warning in told:
        item.warn(warning.message if isinstance(warning.message, Warning) else Warning(warning.message))
    return mark


class ScenarioItem(pytest.Item):
    """One scenario."""

    def __init__(self, *, scenario: Scenario, **other: Any) -> None:
        super().__init__(**other)
        self.scenario = scenario
        self.outcome: Outcome | None = None
        self.extra_keyword_matches.update({scenario.id, *scenario.citation, "scenario"})

    def runtest(self) -> None:
        """Asks and compares."""
        from lungmets.testing.judging import judge

        engine = self.config.getoption("lungmets_engine")
        self.outcome = judge(self.scenario, _knowledge(self.config), engine=engine)
        if not self.outcome.passed:
            raise ScenarioFailed(self.outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The report of the scenario: no Python of ours could help whoever wrote it."""
        from lungmets.errors import EngineError

        if isinstance(excinfo.value, (ScenarioFailed, EngineError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line (from 0) and name."""
        return self.path, int(self.scenario.place.rpartition(":")[2]) - 1, self.name


class ScenarioFailed(Exception):  # noqa: N818  -- pytest calls a test that did not pass failed
    """An answer that is not what was expected."""

    def __init__(self, outcome: Outcome) -> None:
        from lungmets.testing.reporting import told

        super().__init__(told(outcome))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Puts on the report what the scenario reached: reports travel from workers, items do not."""
    report = yield
    wanted = item.config.pluginmanager.has_plugin("lungmets-coverage")
    if wanted and isinstance(item, ScenarioItem) and item.outcome and report.when == "call":
        from lungmets.testing.coverage import reached

        answer = item.outcome.answer
        if answer is not None:
            setattr(report, _REACH, sorted(reached(item.scenario, answer, _knowledge(item.config))))
    return report


class _CoverageReport:
    """Gathers what the scenarios reach, and tells it at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._reaches: list[frozenset[str]] = []
        self._short = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if (reach := getattr(report, _REACH, None)) is not None:
            self._reaches.append(frozenset(reach))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A share that was asked for and not reached fails the run."""
        least = self._config.getoption("lungmets_coverage_min")
        if least is None or hasattr(self._config, "workerinput") or self._config.option.collectonly:
            return
        found = self._found()
        if found is not None and found.percent >= least:
            return
        reached = "nothing" if found is None else f"{found.shown} %"
        self._short = f"lungmets: {reached} is reached, and {least:g} % was asked for"
        if session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self._config.option.collectonly:
            return
        terminalreporter.section("what the scenarios reach")
        terminalreporter.write_line(str(self._found() or "the knowledge could not be read"))
        if self._short:
            terminalreporter.write_line(self._short, red=True)

    def _found(self) -> Coverage | None:
        """What is reached; nothing where there is no knowledge, which the collection has told."""
        from lungmets.errors import LungmetsError
        from lungmets.testing.coverage import coverage

        try:
            return coverage(_knowledge(self._config), self._reaches)
        except LungmetsError:
            return None


_BASE = pytest.StashKey["KnowledgeBase"]()
_BROKEN = pytest.StashKey[Exception]()


def _knowledge(config: pytest.Config) -> KnowledgeBase:
    """The knowledge that was asked for, read once; where it is broken, each file says so."""
    from lungmets.errors import LungmetsError

    if _BROKEN in config.stash:
        raise config.stash[_BROKEN]
    if _BASE not in config.stash:
        from lungmets.knowledge.base import load, shipped

        named = config.getoption("lungmets_knowledge")
        if named:
            folder = config.invocation_params.dir / named
        elif configured := config.getini("lungmets_knowledge"):
            folder = config.rootpath / configured
        else:
            folder = None
        overlays = [config.invocation_params.dir / one for one in config.getoption("lungmets_overlay")]
        overlays = overlays or [config.rootpath / one for one in config.getini("lungmets_overlays")]
        try:
            config.stash[_BASE] = load(folder, overlays) if folder or overlays else shipped()
        except LungmetsError as error:
            config.stash[_BROKEN] = error
            raise
    return config.stash[_BASE]


def _shown(path: Path, config: pytest.Config) -> str:
    """The path as a person would type it."""
    try:
        return path.relative_to(config.invocation_params.dir).as_posix()
    except ValueError:
        return str(path)
