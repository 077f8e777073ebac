"""What the values of many profiles leave together: each result is found once.

A value of a field leaves some conjunctions of the table; a profile leaves the AND of what its values
leave. Two profiles that have left the same so far stay the same whatever is joined next, so they are
carried on as one *joint*. A cohort joins column by column, a space of profiles dimension by dimension:
the number of ANDs grows with what the table tells apart, not with the number of profiles.
"""

from __future__ import annotations

from lungmets.engine.sides import Partial, Side, Stand


class Joining:
    """The joints of one view, numbered in the order in which they came up; 0 is where all begin."""

    def __init__(self, side: Side, rest: Stand) -> None:
        """``rest`` is what the fields leave that no column or dimension states."""
        self.side = side
        first = side.begin(rest)
        self._joints: list[tuple[Partial, int]] = [(first, 0)]
        self._numbers: dict[tuple[Partial, int], int] = {(first, 0): 0}

    def __len__(self) -> int:
        return len(self._joints)

    def join(self, number: int, stand: Stand, mark: int = 0) -> int:
        """The joint that a further value makes. Marks are kept beside it, and tell joints apart."""
        partial, marks = self._joints[number]
        joint = (self.side.join(partial, stand), marks | mark)
        found = self._numbers.get(joint)
        if found is None:
            found = self._numbers[joint] = len(self._joints)
            self._joints.append(joint)
        return found

    def partial(self, number: int) -> Partial:
        """What a joint leaves."""
        return self._joints[number][0]

    def marks(self, number: int) -> int:
        """The marks of all values of a joint."""
        return self._joints[number][1]
