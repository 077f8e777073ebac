"""How hard a text is to read, by a formula that needs no library.

LIX (Björnsson, 1968): the words of a sentence on average, plus the share in percent of words of more than six
letters. Below 40 a text is counted as easy. It needs no syllables, so it is the same wherever it is computed.
"""

import re

LONGEST = 16
"""Words of a sentence, at most."""


def words(text):
    return re.findall(r"[\w'-]+", text)


def sentences(text):
    return [part for part in re.split(r"[.!?]+", text) if words(part)]


def lix(text):
    """The measure of a text.

    >>> lix("The cat sat. The elephant sat.")  # 6 words in 2 sentences, one of them long: 3 + 16.7
    19.7
    """
    found = words(text)
    long = sum(len(word) > 6 for word in found)
    return round(len(found) / len(sentences(text)) + 100 * long / len(found), 1)


def longest(text):
    return max(len(words(sentence)) for sentence in sentences(text))
