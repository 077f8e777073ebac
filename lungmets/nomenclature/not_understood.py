"""The one error of this package, and the search for words that look alike.

A word that is not known is refused by name: nothing is guessed. So that the refusal helps, it says
what was read, why it was refused, what is accepted, and which known words look alike.

>>> error = NotUnderstood(
...     "A858R",
...     what="EGFR result",
...     why="residue 858 of EGFR is L, not A.",
...     expected="a word such as l858r or exon19del.",
...     nearest=("L858R",),
... )
>>> print(error)  # doctest: +NORMALIZE_WHITESPACE
EGFR result 'A858R' is not understood: residue 858 of EGFR is L, not A. Expected a word such as
l858r or exon19del. Nearest known words: 'L858R'.
>>> nearest_words("adenocarcinom", ["adenocarcinoma", "squamous"])
('adenocarcinoma',)
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_SHOWN = 120
"""How much of a refused text an error carries; a report can be long, and a message must not be."""

_MOST_NEAREST = 3
_LIKENESS = 0.6  # difflib's own default: lower offers words that only share a few letters


class UnreadableError(Exception):
    """Why a text cannot be read, before it is known which text it was; it stays in the package."""

    def __init__(self, why: str, nearest: Iterable[str] = ()) -> None:
        super().__init__(why)
        self.nearest = tuple(nearest)


class NotUnderstood(ValueError):  # noqa: N818 -- the name says what happened, to whoever reads it
    """A text that says nothing in the closed words, with everything needed to put it right.

    ``text`` is what was given, with control characters escaped and cut to 120 characters; ``what``
    names what it should have been; ``why`` and ``expected`` are one sentence each; ``nearest`` are
    at most three known words. Neither sentence has its full stop, so that both can be set into
    another message.
    """

    def __init__(
        self,
        text: str,
        *,
        what: str,
        why: str,
        expected: str,
        nearest: Iterable[str] = (),
    ) -> None:
        self.text = shown(text)
        self.what = what
        self.why = why.rstrip(".")
        self.expected = expected.rstrip(".")
        self.nearest: tuple[str, ...] = tuple(nearest)[:_MOST_NEAREST]
        message = f"{what} '{self.text}' is not understood: {self.why}. Expected {self.expected}."
        if self.nearest:
            known = ", ".join(f"'{word}'" for word in self.nearest)
            message += f" Nearest known words: {known}."
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive the default pickling of exceptions, and a cohort
        # may be read in worker processes.
        return _rebuilt, (self.__dict__, str(self))


def _rebuilt(attributes: dict[str, object], message: str) -> NotUnderstood:
    error = NotUnderstood("", what="", why="", expected="")
    error.__dict__.update(attributes)  # the text has been escaped already
    error.args = (message,)
    return error


def shown(text: str) -> str:
    r"""Return ``text`` as it can stand in a message: escaped like ``repr``, and not too long.

    >>> shown("ALK\x00 +")
    'ALK\\x00 +'
    """
    escaped = repr(str(text)[: LONGEST_SHOWN + 1])[1:-1]
    if len(escaped) > LONGEST_SHOWN:
        return escaped[: LONGEST_SHOWN - 1] + "…"
    return escaped


def nearest_words(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return at most three of the ``known`` words that look like ``word``, the best first.

    Case is ignored; the known words come back as they were given.

    >>> nearest_words("EXON19DELL", ["exon19del", "l858r"])
    ('exon19del',)
    >>> nearest_words("banana", ["exon19del", "l858r"])
    ()
    """
    # Only a refusal needs difflib, so only a refusal pays for its import.
    from difflib import get_close_matches

    spelled: dict[str, str] = {}
    for each in known:
        spelled.setdefault(each.casefold(), each)
    found = get_close_matches(
        word.casefold()[:LONGEST_SHOWN], list(spelled), n=_MOST_NEAREST, cutoff=_LIKENESS
    )
    return tuple(spelled[each] for each in found)
