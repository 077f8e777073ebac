"""Valid documents with one or a few mistakes in them, and what may become of each.

A mutation says what it may do: leave the meaning alone (``SAME``), make the document unreadable
(``REFUSED``), or either read or refuse it (``ANY``). So a reading that is silently another one is seen.
"""

import json
import re
from enum import Enum, auto

import yaml
from hypothesis import strategies as st


class Fate(Enum):
    """What may become of a mutated document."""

    SAME = auto()
    REFUSED = auto()
    ANY = auto()


ODD = [
    None, True, False, 0, -1, 1.5, 10**30, -(10**30), 1e308, [], {}, [[]], [{}], {"": ""}, "", " ", "\t", "\u00a0",
    "no", "null", "~", "NaN", ".inf", "0x10", "1_000", "1e999", "2018-02-30", "9999-99", "<", ">=", "1-", "%",
    "\ufeff", "\u200b", "\u202e", "e\u0301", "ﬁ", "Ⅳ", "١٢", "😀", "\u2028", "ß" * 50, "x" * 5000, "({[<" * 200,
    "*", "&a", "!!python/object:os.system", "- a", "a: b", "#", "'", '"', "\\", "|", ">", "---", "...",
]  # fmt: skip
"""Values that stand where others belong."""

INVISIBLE = "\u200b\u200d\u2060\ufeff\u00ad\u202a\u202e"
BROKEN = ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\udfff", "\ufffe"]
"""Signs that no text holds."""


# ---- the data -------------------------------------------------------------------------------------


def places(data, above=()):
    """Every place of some data, the whole of it among them."""
    yield above
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*above, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from places(value, (*above, index))


def at(data, place):
    for step in place:
        data = data[step]
    return data


def put(data, place, value):
    """The data with another value at a place; what is above it is copied."""
    if not place:
        return value
    step, *rest = place
    copy = data.copy()
    copy[step] = put(data[step], rest, value)
    return copy


def nested(value, depth):
    for number in range(depth):
        value = [value] if number % 2 else {"a": value}
    return value


def misspelt(word, number):
    """A word with two letters exchanged, one lost, one doubled, or the case turned."""
    if len(word) < 2:
        return word + "x"
    index = number % (len(word) - 1)
    turned = [
        word[:index] + word[index + 1] + word[index] + word[index + 2 :],
        word[:index] + word[index + 1 :],
        word[: index + 1] + word[index:],
        word.swapcase(),
        word + INVISIBLE[number % len(INVISIBLE)],
    ]
    return turned[number % len(turned)]


def without_one(value, number):
    """A mapping or a list with one member less; anything else as it is."""
    if isinstance(value, dict) and value:
        gone = sorted(value, key=str)[number % len(value)]
        return {name: held for name, held in value.items() if name != gone}
    if isinstance(value, list) and value:
        return value[: number % len(value)] + value[number % len(value) + 1 :]
    return value


def renamed(value, number):
    """A mapping with one key misspelt; a list with one member twice; a word misspelt."""
    if isinstance(value, dict) and value:
        key = sorted(value, key=str)[number % len(value)]
        rest = {name: held for name, held in value.items() if name != key}
        return rest | {misspelt(str(key), number): value[key]}
    if isinstance(value, list) and value:
        return [*value, value[number % len(value)]]
    return misspelt(value, number) if isinstance(value, str) else value


@st.composite
def changed_data(draw, data):
    """Some data with one change of its structure."""
    place = draw(st.sampled_from(list(places(data))))
    value, number = at(data, place), draw(st.integers(0, 40))
    changed = draw(
        st.one_of(
            st.sampled_from(ODD),
            st.just(without_one(value, number)),
            st.just(renamed(value, number)),
            st.just([value]),
            st.sampled_from(list(places(data))).map(lambda other: at(data, other)),
            st.sampled_from([1, 2, 45, 90]).map(lambda depth: nested(value, depth)),
        )
    )
    return put(data, place, changed)


# ---- the text -------------------------------------------------------------------------------------


def written(data, form):
    """Data as a person or a program would write it."""
    if form == "json":
        return json.dumps(data)
    if form == "json indented":
        return json.dumps(data, indent=1, ensure_ascii=False)
    return yaml.safe_dump(data, allow_unicode=form == "yaml", sort_keys=False)


FORMS = ["json", "json indented", "yaml", "yaml ascii"]


def _line(text, number):
    """Where a line begins, not inside a text that goes over several."""
    starts = [0, *(found.end() for found in re.finditer(r"\n(?=[\w{\"-])", text))]
    return starts[number % len(starts)]


def comment(text, number):
    at_ = _line(text, number)
    return f"{text[:at_]}# a comment: with: colons\n{text[at_:]}" if not text.startswith(("{", "[")) else text


def windows(text, _):
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def marked(text, _):
    return f"\ufeff{text}"


def blank_end(text, _):
    return f"{text}\n\n   \n"


def document_marks(text, _):
    return f"---\n{text}\n...\n"


def second_document(text, _):
    return f"{text}\n---\na: 1\n"


def broken_sign(text, number):
    index = number % (len(text) + 1)
    return text[:index] + BROKEN[number % len(BROKEN)] + text[index:]


FIRST = re.compile(r"""(?P<key>\{\s*"[^"]+":|[a-z_]+:|-|\[)(?P<blank>\s)""")
"""Where a document begins: its first key, or its first item."""


def decorated(text, sign):
    """The first value of a document with a sign of YAML before it."""
    found = FIRST.match(text)
    if found is None or text[found.end("key") :].lstrip(" ")[:1] in {"\n", "\r"}:
        return text
    return f"{found['key']} {sign} {text[found.end() :]}"


def anchored(text, _):
    return decorated(text, "&a")


def tagged(text, _):
    return decorated(text, "!!binary")


def aliased(text, _):
    found = FIRST.match(text)
    if found is None:
        return text
    begin = {"{": '{"a": *a, ', "[": "[*a, ", "-": "- *a\n"}.get(text[0], "a: *a\n")
    return begin + (text[1:] if text[0] in "{[" else text)


def doubled_key(text, _):
    """A key of the whole document, once more."""
    if text.startswith("{"):
        found = re.match(r'\{\s*("[^"]+"):', text)
        return f"{{{found[1]}: null, {text[1:].lstrip()}" if found else text
    found = re.match(r"([a-z_]+):", text)
    return f"{found[1]}: null\n{text}" if found else text


def cut(text, number):
    return text[: number % (len(text) + 1)]


def tabbed(text, _):
    return text.replace("\n  ", "\n\t", 1)


def lost_sign(text, number):
    index = number % max(1, len(text))
    return text[:index] + text[index + 1 :]


def exchanged(text, number):
    index = number % max(1, len(text) - 1)
    return text[:index] + text[index + 1 : index + 2] + text[index : index + 1] + text[index + 2 :]


def repeated(text, number):
    index = number % (len(text) + 1)
    return text[:index] + text[max(0, index - 30) : index] * 50 + text[index:]


def deep(text, number):
    """A value nested thousands of levels deep, in place of what stood behind some sign."""
    index = number % (len(text) + 1)
    return text[:index] + "[" * 3000 + "{" * (number % 3)


TEXTS = [
    (comment, Fate.SAME), (windows, Fate.SAME), (marked, Fate.SAME), (blank_end, Fate.SAME), (document_marks, Fate.SAME),
    (second_document, Fate.REFUSED), (broken_sign, Fate.REFUSED), (anchored, Fate.REFUSED), (aliased, Fate.REFUSED),
    (tagged, Fate.REFUSED), (doubled_key, Fate.REFUSED),
    (cut, Fate.ANY), (tabbed, Fate.ANY), (lost_sign, Fate.ANY), (exchanged, Fate.ANY), (repeated, Fate.ANY), (deep, Fate.ANY),
]  # fmt: skip


@st.composite
def documents(draw, data):
    """A text, what it was made of, and what may become of it."""
    form = draw(st.sampled_from(FORMS))
    fate = Fate.SAME
    for _ in range(draw(st.integers(0, 2))):
        data = draw(changed_data(data))
        fate = Fate.ANY
    text = written(data, form)
    if draw(st.booleans()):
        change, does = draw(st.sampled_from(TEXTS))
        changed = change(text, draw(st.integers(0, 5000)))
        if changed != text:
            text = changed
            fate = does if fate is Fate.SAME or does is Fate.REFUSED else Fate.ANY
    return text, fate
