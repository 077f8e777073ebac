"""Hypothesis strategies: what a caller may write for a profile, and what is no profile."""

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from lungmets.testing.strategies import profile_inputs

unhurried = settings(deadline=None)
"""The first example may load the knowledge; a deadline would make it a matter of luck."""

# More than a person would type: control characters, line breaks, a day as a date.
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip)
_SYMPTOMS = st.lists(
    _TEXT
    | st.fixed_dictionaries(
        {"what": _TEXT},
        optional={"since": st.dates(date(1900, 1, 1)) | st.just("2026-05-01"), "course": _TEXT},
    ),
    max_size=4,
)


def written(symptoms=_SYMPTOMS):
    """A profile as it may be written, with symptoms in any text."""
    return profile_inputs() | profile_inputs(symptoms=symptoms)


# What a parser or a careless program may hand in instead.
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["positive", "l858r", "<1", "liver", "yes", "2.9 mmol/L", "status", "what"])
    | st.binary(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=8) | st.sampled_from(["status", "tps", "value", "what", "liver"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
