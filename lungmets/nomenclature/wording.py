r"""One spelling for the marks in which reports differ: dashes, spaces, comparison signs, case.

Only marks that mean the same are made the same. Compatibility normalisation (NFKC) is *not* used:
it would turn a footnote mark into a digit, and ``5²`` into 52.

>>> as_read("\u00a0EML4\u2013ALK  Fusion. ")
'eml4-alk fusion'
>>> as_read("PD-L1 TPS \u226550 %")
'pd-l1 tps >=50 %'
"""

from __future__ import annotations

LONGEST = 300
"""The longest text that is read as one result; beyond it stands a report, not a result."""

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
# A soft hyphen stands where a word was broken over two lines: it is no dash and no letter.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"

_SAME_MARK = {
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _INVISIBLE), ""),
    **dict.fromkeys(map(ord, "\u2265\u2a7e\u2267"), ">="),
    **dict.fromkeys(map(ord, "\u2264\u2a7d\u2266"), "<="),
    ord("\uff1c"): "<",
    ord("\uff1e"): ">",
    ord("\u2192"): ">",  # the arrow of c.2573T→G
    ord("\uff05"): "%",
    ord("\uff0b"): "+",
    ord("\u2237"): "::",
}


def as_read(text: str) -> str:
    """Return ``text`` in lower case, with one spelling for each mark and single spaces.

    A full stop at the end belongs to the sentence, not to the result.
    """
    words = " ".join(text.translate(_SAME_MARK).lower().split())
    return words.rstrip(" .")
