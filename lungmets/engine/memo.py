"""A memory that stays small.

Answers repeat themselves: the same option with the same values comes up again and again. What was
made once is kept, up to a bound; beyond it the memory starts anew, so that no cost and no memory
grow with the number of answers already given.
"""

from __future__ import annotations

from typing import TypeVar

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class Memo(dict[KeyT, ValueT]):
    """A dictionary of at most :attr:`most` entries.

    >>> memo = Memo(most=2)
    >>> for number in range(5):
    ...     memo.keep(number, str(number))
    >>> len(memo) <= 2
    True
    """

    __slots__ = ("most",)

    def __init__(self, most: int = 8192) -> None:
        super().__init__()
        self.most = most

    def keep(self, key: KeyT, value: ValueT) -> None:
        """Keeps a value; a full memory is emptied first."""
        if len(self) >= self.most:
            self.clear()
        self[key] = value
