"""The reader of YAML and JSON: what it accepts, and one message for everything that it does not."""

import json
import time
import tracemalloc

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lungmets import DocumentError, read_profile
from lungmets.documents import DEEPEST, LARGEST_DOCUMENT, plain, read_bytes, read_file, read_text
from tests.input.profiles import unhurried

# fmt: off
SCALARS = [
    # The YAML 1.2 core schema, without its rarer spellings of numbers.
    ("1",        1),
    ("-1",       -1),
    ("+1",       1),
    ("01",       1),
    ("1.5",      1.5),
    (".5",       0.5),
    ("1.",       1.0),
    ("1e3",      1000.0),
    ("1e999",    float("inf")),
    ("9" * 300,  int("9" * 300)),
    ("9" * 301,  "9" * 301),
    ("0x1",      "0x1"),
    ("1_000",    "1_000"),
    ("1,5",      "1,5"),
    (".inf",     ".inf"),
    (".nan",     ".nan"),
    ("true",     True),
    ("TRUE",     True),
    ("false",    False),
    ("yes",      "yes"),
    ("no",       "no"),
    ("on",       "on"),
    ("null",     None),
    ("~",        None),
    ("",         None),
    ("none",     "none"),
    ("2014-06-01", "2014-06-01"),
    ("12:30",    "12:30"),
    ("=",        "="),
    ("<<",       "<<"),
]

BROKEN = [
    # what is written                              the line     what the message says
    ("a: 1\na: 2\n",                               "line 2",    "the key 'a' stands twice (first on line 1); expected each key once"),
    ("a:\n  b: 1\n  c: 2\n  b: 3\n",               "line 4",    "the key 'b' stands twice (first on line 2)"),
    ("- {a: 1, a: 2}\n",                           "line 1",    "the key 'a' stands twice (first on line 1)"),
    ('{"a": 1,\n "b": 2,\n "a": 3}',               "line 3",    "the key 'a' stands twice (first on line 1)"),
    ("a: &x 1\n",                                  "line 1",    "an anchor (&x) stands here; expected a plain value"),
    ("a: *x\n",                                    "line 1",    "an alias (*x) stands here; expected the value itself"),
    ("a: !!python/object/apply:os.system [ls]\n",  "line 1",    "a tag (!!python/object/apply:os.system) stands here; expected a plain value"),
    ("a: !!str 1\n",                               "line 1",    "a tag (!!str) stands here"),
    ("a: !mine 1\n",                               "line 1",    "a tag (!mine) stands here"),
    ("a: 1\n---\nb: 2\n",                          "line 2",    "a second document begins; expected one document"),
    ("a: 1\n...\n---\n",                           "line 3",    "a second document begins; expected one document"),
    ("a: 1\n? [b, c]\n: 2\n",                      "line 2",    "a key that is not text; expected a word, then a colon"),
    ("1: 2\n",                                     "line 1",    "a key that is not text"),
    ("~: 2\n",                                     "line 1",    "a key that is not text"),
    ("a: [1, 2\nb: 3\n",                           "line 2",    "this is not valid YAML"),
    ("a: 'b\n",                                    "line 2",    "this is not valid YAML"),
    ("a: b: c\n",                                  "line 1",    "this is not valid YAML"),
    ("a: 1\n b: 2\n",                              "line 2",    "this is not valid YAML"),
    ("a\nb: 1\n",                                  "line 2",    "write each line as 'field: value', all beginning in one column"),
    ("a:\n\tb: 1\n",                               "line 2",    "indent with spaces"),
    ("a: >=50\n",                                  "line 1",    'put the value into quotation marks, as in pd_l1_tps: ">=50"'),
    ("a: %60\n",                                   "line 1",    "put the value into quotation marks"),
    ("a: @b\n",                                    "line 1",    "put the value into quotation marks"),
    ("b: 1\na: *\n",                               "line 2",    "put the value into quotation marks"),
    ("a: \x01\n",                                  "line 1",    "a control character (U+0001) stands here; expected plain text"),
    ("a: 1\nb: \x00\n",                            "line 2",    "a control character (U+0000) stands here"),
    ("a: 1\nb: \x1b[31m\n",                        "line 2",    "a control character (U+001B) stands here"),
    ("a: \ud800\n",                                "line 1",    "half a character (U+D800) stands here"),
    ('a: "\\ud83d"\n',                             "line 1",    "this is not valid YAML"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), SCALARS)
def test_a_plain_scalar_is_what_the_core_schema_says(text, expected):
    assert (plain(text), type(plain(text))) == (expected, type(expected))
    assert read_text(f"a: {text}").data == {"a": expected}


@pytest.mark.parametrize("text", ["1", "true", "null", "", "~", "no"])
def test_a_scalar_in_quotation_marks_is_text(text):
    assert read_text(f'a: "{text}"').data == {"a": text}
    assert read_text(f"a: '{text}'").data == {"a": text}


@pytest.mark.parametrize(("text", "line", "message"), BROKEN)
def test_a_fault_is_told_with_its_line(text, line, message):
    (problem,) = read_text(text).problems
    assert problem.place == line
    assert message in str(problem)


def test_what_was_never_closed_is_told_with_the_line_on_which_it_begins():
    (problem,) = read_text("a: 1\nb: [1,\n\n\nc: 2\n").problems
    assert problem.place in {"line 5", "line 6"}
    assert "begins on line 2" in str(problem)


def test_reading_goes_on_after_a_fault_that_can_be_stepped_over():
    document = read_text("a: &x 1\nb: !t two\nc: *x\nd: 4\nd: 5\ne: \x02\nf: 6\n")
    assert document.data == {"a": 1, "b": "two", "c": None, "d": 4, "e": "\ufffd", "f": 6}
    assert len(document.problems) == 5
    assert document.whole


def test_every_node_knows_its_line():
    document = read_text("# one\na:\n  - x\n  - b: 1\n    c:\n      - y\n")
    assert document.line("a") == 2
    assert document.line("a", 0) == 3
    assert document.line("a", 1, "b") == 4
    assert document.line("a", 1, "c", 0) == 6
    assert document.line("a", 1, "missing") == 4, "the nearest node above"
    assert document.line("missing") == 2, "the whole document, which begins below the comment"


# fmt: off
ENCODINGS = [
    (b"\xef\xbb\xbfa: 1\n",                   {"a": 1}),
    (b"a: 1\r\nb: 2\r\n",                     {"a": 1, "b": 2}),
    (b"a: 1\rb: 2\r",                         {"a": 1, "b": 2}),
    (b"a: 1",                                 {"a": 1}),
    ("a: \u2265 50 µm 😀\n".encode(),         {"a": "\u2265 50 µm 😀"}),
    (b"",                                     None),
    (b"\n\n",                                 None),
    (b"# nothing\n",                          None),
    (b"---\na: 1\n...\n",                     {"a": 1}),
]
# fmt: on


@pytest.mark.parametrize(("raw", "expected"), ENCODINGS)
def test_line_ends_and_a_byte_order_mark_do_not_matter(raw, expected):
    document = read_bytes(raw)[1]
    assert document.data == expected
    assert document.problems == ()


# fmt: off
NOT_UTF_8 = [
    ("a: 1\n".encode("utf-16"),               "this is UTF-16 text"),
    (b"\xfe\xff" + "a: 1\n".encode("utf-16-be"), "this is UTF-16 text"),
    ("a: 1\n".encode("utf-16-le"),            "line 1: a control character (U+0000) stands here"),
    ("a: 1\nb: Köln\n".encode("latin-1"),     "byte 9 (on line 2) is not UTF-8 text"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",  "byte 0 (on line 1) is not UTF-8 text"),
]
# fmt: on


@pytest.mark.parametrize(("raw", "message"), NOT_UTF_8)
def test_another_encoding_is_named_with_what_to_do(raw, message):
    (problem,) = read_bytes(raw)[1].problems
    assert str(problem).startswith(message)
    assert "saved as UTF-8" in problem.expected


def test_each_control_character_is_told_once():
    # 400 zero bytes are one mistake: the file is not the text that it should be.
    problems = read_text("a: \x00\n" * 400 + "\x01").problems
    assert [problem.what for problem in problems if "control" in problem.what] == [
        "a control character (U+0000) stands here",
        "a control character (U+0001) stands here",
    ]


def test_json_is_read_as_json():
    written = {"a": [1, -2.5e-7, "no", True, None, {"b": '\t"\\/é\u2265😀\x1b\u0000'}], "1": {}, "": []}
    for ascii_only in (True, False):
        document = read_text(json.dumps(written, ensure_ascii=ascii_only, indent=1))
        assert document.data == written
        assert document.problems == ()


def test_two_escapes_of_json_that_are_text_stay_text():
    # The backslash is escaped itself: these are twelve letters and no sign beyond U+FFFF.
    assert read_text(r'{"a": "\\ud83d\\ude00"}').data == {"a": r"\ud83d\ude00"}


def test_a_pair_behind_an_escaped_backslash_is_a_pair():
    assert read_text(r'{"a": "\\\ud83d\ude00"}').data == {"a": "\\\U0001f600"}


def test_an_escaped_backslash_before_half_a_character_is_no_pair():
    # Backslash, "ud83d", and then the escape of the other half alone, which is no character.
    (problem,) = read_text(r'{"a": "\\ud83d\ude00"}').problems
    assert problem.what.startswith("this is not valid YAML")


def test_many_faults_are_counted_and_not_listed():
    # Thirty aliases on as many lines, behind one anchor.
    problems = read_text("a: &a 1\n" + "".join(f"b{number}: *a\n" for number in range(30))).problems
    assert len(problems) == 21
    assert [problem.place for problem in problems[:3]] == ["line 1", "line 2", "line 3"]
    assert str(problems[-1]) == "and 11 more problems"


def test_nesting_up_to_the_limit_is_read():
    fits = read_text("[" * DEEPEST + "]" * DEEPEST)
    assert fits.problems == ()
    deeper = read_text("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert [str(problem).split(";")[0] for problem in deeper.problems] == [
        f"line 1: nested deeper than {DEEPEST} levels"
    ]


def test_what_is_nested_too_deep_is_stepped_over():
    document = read_text("a: " + "[" * 100 + "]" * 100 + "\nb: 2\n")
    assert document.data["b"] == 2
    assert document.whole


LAUGHS = 'a: &a ["ha", "ha", "ha", "ha", "ha", "ha", "ha", "ha", "ha"]\n' + "".join(
    f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]\n"
    for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)

# fmt: off
HOSTILE = {
    "a billion laughs":         LAUGHS,
    "open brackets":            "[" * 900_000,
    "open braces":              "{a: " * 200_000,
    "dashes":                   "- " * 400_000,
    "question marks":           "? " * 400_000,
    "aliases":                  "a: &a 1\nb: [" + "*a," * 300_000 + "1]",
    "one long line":            "a: " + "x: y " * 180_000,
    "colons":                   ": " * 400_000,
    "quotation marks":          '"' * 900_000,
    "backslashes":              '"' + "\\" * 900_000,
    "control characters":       "\x01" * 900_000,
    "digits":                   "9" * 900_000,
    "members":                  "a: [" + "1," * 400_000 + "1]",
    "tags":                     "!a " * 300_000,
    "spaces":                   " " * 900_000 + "a",
}
# fmt: on


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_megabyte_is_read_or_refused_in_seconds_and_a_little_memory(text):
    read_text("a: 1")  # imports the parser
    begun = time.process_time()
    document = read_text(text)
    assert time.process_time() - begun < 20, "a second or two is usual"
    assert len(document.problems) <= 21
    assert len("\n".join(map(str, document.problems))) < 10_000


def test_a_billion_laughs_are_never_expanded():
    read_text("a: 1")
    tracemalloc.start()
    try:
        document = read_text(LAUGHS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000, "expanded, it has 9**9 members"
    assert document.data["i"] == [None] * 9
    assert {problem.what.split(" (")[0] for problem in document.problems} == {"an anchor", "an alias"}


@pytest.mark.parametrize("size", [LARGEST_DOCUMENT, LARGEST_DOCUMENT + 1])
def test_the_largest_document_is_a_million_bytes(size):
    text = "a: 1\n#" + "-" * (size - 6)
    assert len(text) == size
    for document in (read_text(text), read_bytes(text.encode())[1]):
        assert bool(document.problems) is (size > LARGEST_DOCUMENT)
        if document.problems:
            assert document.problems[0].what == "the input is larger than 1,000,000 bytes"


def test_the_limit_counts_bytes_not_characters():
    assert (
        read_text("#" + "é" * (LARGEST_DOCUMENT // 2)).problems[0].what
        == "the input is larger than 1,000,000 bytes"
    )


def test_a_large_file_is_not_read_whole(tmp_path):
    file = tmp_path / "large.yaml"
    with file.open("wb") as stream:
        stream.write(b"a: 1\n#")
        stream.truncate(100_000_000)  # sparse: it takes no room on the disk
    tracemalloc.start()
    try:
        text, document = read_file(file)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert document.problems[0].what == "the input is larger than 1,000,000 bytes"
    assert len(text) <= LARGEST_DOCUMENT
    assert peak < 20_000_000, "a fifth of the file"


@pytest.mark.parametrize("kind", [str, bytes])
def test_a_large_text_is_not_copied(kind):
    text = "a: 1\n#" + "-" * 50_000_000
    source = text if kind is str else text.encode()
    with pytest.raises(DocumentError, match="the input is larger than 1,000,000 bytes"):
        read_profile("x: 1" + "#" * LARGEST_DOCUMENT)  # loads all that an error needs
    tracemalloc.start()
    try:
        with pytest.raises(DocumentError, match="the input is larger than 1,000,000 bytes"):
            read_profile(source)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000


def test_an_endless_input_ends():
    class Endless:
        """A path to a stream that never ends, such as /dev/zero."""

        asked = 0

        def open(self, _mode):
            return self

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def read(self, size):
            assert size > 0, "read without a limit"
            self.asked += size
            return bytes(size)

    endless = Endless()
    assert read_file(endless)[1].problems[0].what == "the input is larger than 1,000,000 bytes"
    assert endless.asked == LARGEST_DOCUMENT + 1


def test_the_slow_parser_reads_the_same(monkeypatch):
    # PyYAML without its C extension, as on a platform without a wheel.
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read_text("a: [1, no]\n").data == {"a": [1, "no"]}
    assert read_text("a: 1\na: 2\nb: [\n").problems[0].place == "line 2"
    assert "put the value into quotation marks" in str(read_text("a: %60").problems[0])


@unhurried
@given(st.text())
def test_any_text_is_data_or_problems(text):
    document = read_text(text)
    assert document.problems or document.whole
    assert all(problem.what for problem in document.problems)


@unhurried
@given(st.binary())
def test_any_bytes_are_data_or_problems(raw):
    text, document = read_bytes(raw)
    assert isinstance(text, str)
    assert document.problems or document.whole


MAPPINGS = st.dictionaries(
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**18), 10**18)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=10,
    ),
    max_size=4,
)


@unhurried
@given(MAPPINGS)
def test_whatever_json_writes_is_read_back(data):
    assert read_text(json.dumps(data)).data == data


NO_MAPPING = {
    "- a\n- b\n": "a list stands here",
    "hello\n": "a text stands here",
    "5\n": "a number stands here",
    "5.5\n": "a number stands here",
    "true\n": "a yes or a no stands here",
    "null\n": "nothing is stated here",
    "": "nothing is stated here",
    "# only a comment\n": "nothing is stated here",
}


@pytest.mark.parametrize(("text", "message"), NO_MAPPING.items())
def test_a_document_that_is_no_mapping_is_no_profile(text, message):
    with pytest.raises(DocumentError) as caught:
        read_profile(text)
    assert str(caught.value).startswith(
        f"{message}; expected fields with values, such as 'histology: squamous'"
    )


def test_the_name_of_a_file_is_not_its_text():
    with pytest.raises(
        DocumentError, match=r"to read a file, give its path: read_profile\(Path\('docs/a\.yaml'\)\)"
    ):
        read_profile("docs/a.yaml")


@pytest.mark.parametrize("source", [None, 5, ["a"], {"histology": "squamous"}, open])
def test_what_is_neither_text_nor_path_is_refused(source):
    with pytest.raises(
        DocumentError, match="is neither a text nor the path of a file; expected a YAML or JSON text"
    ):
        read_profile(source)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_any_kind_are_read(kind):
    assert read_profile(kind(b"ecog_ps: 1")).ecog_ps == 1


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(DocumentError) as caught:
        read_profile(tmp_path / "nowhere.yaml")
    assert (
        str(caught.value)
        == f"{tmp_path / 'nowhere.yaml'}: the file cannot be read: No such file or directory; check the path"
    )


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(DocumentError, match="the file cannot be read: "):
        read_profile(tmp_path)


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="the file cannot be read: "):
        read_profile(tmp_path / "a\0b")


def test_faults_of_the_document_and_of_the_profile_are_told_together():
    # Both can be put right at once; what is wrong only because its line could not be read is not told twice.
    text = "ecog_ps: 5\nage: 70\nage: 71\nhistology: squamos\negfr: !!python/object:a {status: bogus}\n"
    with pytest.raises(DocumentError) as caught:
        read_profile(text)
    assert [problem.place for problem in caught.value.problems] == [
        "line 3",
        "line 5",
        "histology (line 4)",
        "ecog_ps (line 1)",
    ]


def test_what_stands_before_a_place_where_reading_ends_is_not_judged():
    # The list was not closed: whether more would have followed is not known.
    with pytest.raises(DocumentError) as caught:
        read_profile("ecog_ps: 5\nmetastatic_sites: [livr\n")
    assert len(caught.value.problems) == 1
