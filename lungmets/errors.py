"""Everything that lungmets raises.

::

    LungmetsError
    ├── InputError            what the caller handed in cannot be read
    │   ├── ProfileError      a field of a profile is wrong
    │   ├── DocumentError     a file or a text is not what it should be
    │   └── QuestionError     the date, the jurisdiction, another word of the question is wrong
    ├── EngineError           the engine that was asked for failed, and gave no answer
    │   └── EngineMissingError  it is not installed, or cannot be used on this Python
    └── KnowledgeError        a knowledge folder is broken and does not load

A contradiction *inside* a readable profile, a question outside the scope, or a panel that is not
complete is never an exception: it is a :class:`~lungmets.assessment.Refusal`.

Every error is a list of problems, each with its place. An :class:`InputError` and an
:class:`EngineError` also carry the alerts of whatever could be read, so that neither a misspelt gene
nor a broken engine hides a seizure.

>>> problem = Problem(
...     place="ecog_ps",
...     what="5 is out of range",
...     expected="a whole number from 0 to 4",
...     nearest=("4",),
... )
>>> print(ProfileError([problem]))
ecog_ps: 5 is out of range; expected a whole number from 0 to 4; did you mean 4?
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lungmets.assessment import Alert

_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``place`` is the path in the caller's input (``"metastatic_sites[1]"``) or, for a knowledge
    folder, ``file:line`` and the row; ``what`` says what stands there; ``expected`` what should;
    ``why`` gives the reason where it is not obvious; ``do`` says what to do about it; ``nearest``
    are known words that look alike; ``path`` is the place for a program: keys and positions.
    """

    place: str
    what: str
    expected: str = ""
    why: str = ""
    do: str = ""
    nearest: tuple[str, ...] = ()
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        parts = [f"{self.place}: {self.what}" if self.place else self.what]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.why:
            parts.append(self.why)
        if self.nearest:
            parts.append(f"did you mean {' or '.join(self.nearest)}?")
        if self.do:
            parts.append(self.do)
        return visible("; ".join(parts))


class LungmetsError(Exception):
    """The root: everything that this library raises on purpose.

    ``alerts`` holds what could be seen of a patient all the same; where there is none, it is empty.
    """

    def __init__(self, problems: Iterable[Problem], alerts: Sequence[Alert] = ()) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.alerts: tuple[Alert, ...] = tuple(alerts)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __str__(self) -> str:
        urgent = [
            f"URGENT ({alert.urgency}): {alert.finding} {alert.action}"
            + (" (how urgent: project default)" if alert.default_urgency else "")
            for alert in self.alerts
        ]
        return "\n".join([*map(visible, urgent), *map(str, self.problems)])

    def __reduce__(self) -> tuple[Any, ...]:
        # The default would hand the message to __init__; a cohort may be read in worker processes.
        return type(self), (self.problems, self.alerts)


class InputError(LungmetsError):
    """What the caller handed in cannot be read; ``alerts`` holds what could be seen all the same."""


class ProfileError(InputError):
    """A field of a profile has a wrong type, an unknown key or an unknown word."""


class DocumentError(InputError):
    """A file or a text is too large, is not text, or is not a YAML or JSON mapping."""


class QuestionError(InputError):
    """The date, the jurisdiction, or another word that was asked for does not exist."""


class EngineError(LungmetsError):
    """The engine that was asked for failed: it raised, contradicted itself, hung, or its process died.

    No other engine answers in its place. The alerts are those of the bitmap engine.
    """


class EngineMissingError(EngineError):
    """The engine that was asked for is not installed, or cannot be used on this Python."""


class KnowledgeError(LungmetsError):
    """A knowledge folder is broken. All of its defects are listed, not only the first."""


def visible(text: str) -> str:
    r"""A text as it may stand in a message: on one line, and without a sign that acts on a terminal.

    >>> visible("a\x1b[2J\nb")
    'a�[2J b'
    """
    if text.isprintable():
        return text
    return "".join(_visible(sign) for sign in text)


def _visible(sign: str) -> str:
    if sign.isspace():
        return " "
    return "\ufffd" if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} else sign


def shown(value: object) -> str:
    """A caller's value as it may stand in a message: on one line, and not longer than 80 signs.

    >>> shown("high")
    "'high'"
    >>> shown(True)
    'true'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    try:
        text = repr(value.value if isinstance(value, Enum) else value)
    except Exception:  # noqa: BLE001  -- a caller's object may refuse to be printed; the message must survive it
        text = f"<{type(value).__name__}>"
    text = visible(text)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
