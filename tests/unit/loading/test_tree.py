"""The promises of `parse_tree`, for libyaml and for PyYAML's own parser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
import yaml.cyaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.each import each

from involve_audit.errors import InputError, Problem
from involve_audit.loading.events import Parser, _PureParser
from involve_audit.loading.files import LARGEST_FILE
from involve_audit.loading.tree import DEEPEST, Tree, parse_tree, says_format

ROOT = Path(__file__).parents[3]
FILES = sorted(
    str(path.relative_to(ROOT))
    for folder in ("tests/cases", "tests/shapes", "examples", "rubrics")
    for path in (ROOT / folder).rglob("*.yaml")
)
READABLE = [name for name in FILES if "invalid" not in name]
PARSERS = [pytest.param(yaml.cyaml.CParser, id="libyaml"), pytest.param(_PureParser, id="pure")]


def outcome(content: bytes, parser: Any) -> Tree | tuple[Problem, ...]:
    try:
        return parse_tree(content, "a.yaml", parser)
    except InputError as error:
        return error.problems


def places(marks: dict[Any, Any]) -> dict[Any, tuple[int, int]]:
    return {path: (mark.line, mark.column) for path, mark in marks.items()}


def without_nothing(node: Any) -> Any:
    """The tree as PyYAML's BaseLoader gives it: an empty plain value is empty text."""
    if isinstance(node, dict):
        return {key: without_nothing(value) for key, value in node.items()}
    if isinstance(node, list):
        return [without_nothing(value) for value in node]
    return "" if node is None else node


def test_libyaml_reads_where_it_is_installed() -> None:
    assert Parser is yaml.cyaml.CParser


@pytest.mark.parametrize("parser", PARSERS)
@each("written", ["no", "yes", "1.10", "1:30", "null", "~", "0x1F", "2026-11-22", "1e3", "True"])
def test_a_scalar_stays_the_text_it_is(parser: Any, written: str) -> None:
    assert parse_tree(f"key: {written}\n".encode(), "a.yaml", parser).data == {"key": written}


@pytest.mark.parametrize("parser", PARSERS)
def test_keys_stay_text_too(parser: Any) -> None:
    assert parse_tree(b"no: a\n1: b\nnull: c\n", "a.yaml", parser).data == {"no": "a", "1": "b", "null": "c"}


@pytest.mark.parametrize("parser", PARSERS)
def test_an_empty_plain_value_is_none_and_a_quoted_one_is_text(parser: Any) -> None:
    tree = parse_tree(b"a:\nb: \"\"\nc: ''\nd: |\n", "a.yaml", parser)
    assert tree.data == {"a": None, "b": "", "c": "", "d": ""}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"\n\n", b"---\n", b"\xef\xbb\xbf"])
def test_a_file_that_holds_nothing_has_no_data(parser: Any, content: bytes) -> None:
    assert parse_tree(content, "a.yaml", parser).data is None


@pytest.mark.parametrize("parser", PARSERS)
def test_values_and_keys_have_their_positions(parser: Any) -> None:
    tree = parse_tree(b"one: two\nlist:\n  - three\n  - {four: five}\n", "a.yaml", parser)
    assert places(tree.keys) == {("one",): (0, 0), ("list",): (1, 0), ("list", 1, "four"): (3, 5)}
    assert places(tree.values) == {
        (): (0, 0),
        ("one",): (0, 5),
        ("list",): (2, 2),
        ("list", 0): (2, 4),
        ("list", 1): (3, 4),
        ("list", 1, "four"): (3, 11),
    }


def test_a_problem_counts_from_one_and_shows_its_line() -> None:
    tree = parse_tree(b"one:\n    two: three\n", "a.yaml")
    at_value, at_key = tree.problem(("one", "two"), "odd"), tree.problem(("one", "two"), "odd", at_key=True)
    assert (at_value.where, at_value.text) == ("a.yaml:2:10", "two: three")
    assert at_key.where == "a.yaml:2:5"


def test_a_problem_at_a_place_the_file_lacks_is_shown_at_the_nearest_one_above() -> None:
    tree = parse_tree(b"one:\n  two: three\n", "a.yaml")
    assert tree.problem(("one", "six", "seven"), "odd").where == "a.yaml:1:1"
    assert tree.problem(("one", "two", "x"), "odd", at_key=True).where == "a.yaml:2:3"


def test_a_problem_in_a_file_that_holds_nothing_has_no_line() -> None:
    assert parse_tree(b"", "a.yaml").problem(("one",), "odd").where == "a.yaml"


def test_a_long_line_is_shortened() -> None:
    text = parse_tree(b"key: " + b"x" * 200, "a.yaml").problem(("key",), "odd").text
    assert len(text) == 120
    assert text.endswith("x…")


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_the_line_shown_is_the_line_meant_whatever_ends_lines(break_: str) -> None:
    problem = parse_tree(f"a: b{break_}c: d{break_}".encode(), "a.yaml").problem(("c",), "odd")
    assert (problem.where, problem.text) == ("a.yaml:2:4", "c: d")


@pytest.mark.parametrize("parser", PARSERS)
def test_a_bom_is_no_part_of_the_text(parser: Any) -> None:
    tree = parse_tree(b"\xef\xbb\xbfkey: value\n", "a.yaml", parser)
    assert tree.data == {"key": "value"}
    assert tree.problem(("key",), "odd").where == "a.yaml:1:6"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("a: b".encode("utf-16"), "a.yaml: this file is saved as UTF-16 or UTF-32", id="utf-16"),
        pytest.param("a: b".encode("utf-16-be"), "a.yaml: this file is saved as UTF-16 or UTF-32", id="utf-16-be"),
        pytest.param("a: b".encode("utf-32"), "a.yaml: this file is saved as UTF-16 or UTF-32", id="utf-32"),
        pytest.param(b"a: b\x00", "a.yaml: this is not a text file", id="nul"),
        pytest.param(b"PK\x03\x04\x00\x00", "a.yaml: this is an archive of files", id="a zip file"),
        pytest.param("a: b\nc: café".encode("latin-1"), "a.yaml:2: this file is not saved as UTF-8", id="latin-1"),
        pytest.param(b"a: \xed\xa0\x80", "a.yaml:1: this file is not saved as UTF-8", id="surrogate"),
        pytest.param(b"a: b\nc: \x1b[31m", "a.yaml:2: there is a control character here (number 27)", id="esc"),
        pytest.param(b"a: \x7f", "a.yaml:1: there is a control character here (number 127)", id="del"),
        pytest.param(b"x" * (LARGEST_FILE + 1), "a.yaml: this file is larger than 5 MB", id="huge"),
    ],
)
def test_bytes_that_are_not_our_text_are_refused_before_they_are_parsed(content: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_tree(content, "a.yaml", parser=None)
    (problem,) = caught.value.problems
    assert f"{problem.where}: {problem.what}" == said
    assert problem.hint


def test_a_file_of_exactly_the_largest_size_is_read() -> None:
    assert parse_tree(b"a: b\n".ljust(LARGEST_FILE, b"\n"), "a.yaml", yaml.cyaml.CParser).data == {"a": "b"}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"? "])
def test_a_hundred_thousand_brackets_are_refused(parser: Any, opening: bytes) -> None:
    problems = outcome(opening * (100_000 // len(opening)), parser)
    assert isinstance(problems, tuple)
    assert len(problems) <= 100


@pytest.mark.parametrize("parser", PARSERS)
def test_nesting_is_accepted_to_64_and_no_deeper(parser: Any) -> None:
    def nested(depth: int) -> bytes:
        return b"[" * depth + b"]" * depth

    assert isinstance(outcome(nested(DEEPEST), parser), Tree)
    (problem,) = outcome(nested(DEEPEST + 1), parser)
    assert (problem.what, problem.column) == ("this is nested more than 64 deep", 65)


@pytest.mark.parametrize("parser", PARSERS)
def test_at_most_a_hundred_problems_are_reported_and_that_there_are_more(parser: Any) -> None:
    problems = outcome(b"".join(b"- &a%d x\n" % n for n in range(500)), parser)
    assert len(problems) == 101
    assert problems[-1].what == "there are more problems than these, which are not told"


@pytest.mark.parametrize("parser", PARSERS)
def test_reading_goes_on_after_what_is_refused(parser: Any) -> None:
    problems = outcome(b"a: &x [1]\na: {b: [c, {d: e}]}\n? {f: g}\n: [h, {i: j}]\n&k l: !m n\n*o : p\nq: *x\n", parser)
    assert [(problem.line, problem.what) for problem in problems] == [
        (1, "`&x` is a name for use elsewhere (an anchor)"),
        (2, "`a` is here twice; first on line 1"),
        (3, "a key has to be a plain word"),
        (5, "a key has to be a plain word"),
        (6, "a key has to be a plain word"),
        (7, "`*x` repeats another part of the file"),
    ]


@pytest.mark.parametrize("parser", PARSERS)
def test_a_quoted_key_is_the_same_key(parser: Any) -> None:
    (problem,) = outcome(b'a: 1\n"a": 2\n', parser)
    assert problem.what == "`a` is here twice; first on line 1"


@pytest.mark.parametrize("parser", PARSERS)
@each("name", READABLE)
def test_the_data_is_what_the_plain_loader_of_pyyaml_gives(name: str, parser: Any) -> None:
    content = (ROOT / name).read_bytes()
    loaded = yaml.load(content, yaml.CBaseLoader)
    assert without_nothing(parse_tree(content, name, parser).data) == loaded


@each("name", [name for name in FILES if "escape-impossible" not in name])
def test_both_parsers_give_the_same_tree_or_refuse_the_same_lines(name: str) -> None:
    content = (ROOT / name).read_bytes()
    by_c, by_python = outcome(content, yaml.cyaml.CParser), outcome(content, _PureParser)
    assert type(by_c) is type(by_python)
    if isinstance(by_c, Tree):
        assert by_c.data == by_python.data
        assert places(by_c.values) == places(by_python.values)
        assert places(by_c.keys) == places(by_python.keys)
    else:
        in_our_words = [
            [(p.line, p.what.partition(" not YAML: ")[0], p.text) for p in problems] for problems in (by_c, by_python)
        ]
        assert in_our_words[0] == in_our_words[1]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"a:\n\tb: c\n", id="tab"),
        pytest.param(b"a:\n  - b\n - c\n", id="indentation"),
        pytest.param(b"a: b: c\n", id="colon"),
        pytest.param(b"a: [b\n", id="bracket"),
        pytest.param(b"a: %b\n", id="percent"),
    ],
)
def test_both_parsers_say_the_same_of_what_is_no_yaml(content: bytes) -> None:
    assert outcome(content, yaml.cyaml.CParser) == outcome(content, _PureParser)


def test_a_file_says_its_format_at_its_root() -> None:
    names = ("involve-audit/answers",)
    for line in (
        b"format: involve-audit/answers@1",
        b"format:   'involve-audit/answers@2'",
        b'format: "involve-audit/answers@1"',
        b'{"format": "involve-audit/answers@1"}',
    ):
        for before in (b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf" * 2, b"# first\r\n", b"  ", b"--- #\n"):
            assert says_format(before + line, names), before + line
    for pasted in (
        "format:\xa0involve-audit/answers@1",
        "format\xa0: involve-audit/answers@1",
        "format: \xa0involve-audit/answers@1",
        "\u200bformat: \u200binvolve-audit/answers@1",
        "format: “involve-audit/answers@1”",
        "{“format”: “involve-audit/answers@1”}",
    ):
        assert says_format(f"{pasted}\nrubric: small@1.0.0\n".encode(), names), pasted
    for line in (b"format: involve-audit/answers@1", b"'format': involve-audit/answers@1"):
        for before in (b"# ", b"a:\n  ", b"- ", b"a: |\n "):
            assert not says_format(before + line, names), before + line
    assert not says_format(b"format: involve-audit/rubric@1", names)
    assert not says_format(b"format: involve-auditXanswers@1", ("involve.audit/answers",))


YAML_LIKE = st.text(st.sampled_from("ab:-?,[]{}&*!|>'\"%@`#~ \n\t\r.0é\u2028\ufeff"), max_size=40)


@pytest.mark.parametrize("parser", PARSERS)
@given(text=YAML_LIKE | st.text(max_size=40))
@example(text="")
@example(text="a: \ufeff")
@example(text="\ufeff\ufeffa: b")
def test_any_text_is_read_or_refused_and_never_breaks_the_reader(parser: Any, text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    found = outcome(content, parser)
    assert isinstance(found, Tree) or found


@given(content=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_and_never_break_the_reader(content: bytes) -> None:
    found = outcome(content, Parser)
    assert isinstance(found, Tree) or found


@pytest.mark.parametrize("escape", ["\\U00110000", "\\ud800"])
def test_an_escape_for_no_character_is_refused_by_both_parsers(escape: str) -> None:
    for parser in (yaml.cyaml.CParser, _PureParser):
        assert isinstance(outcome(f'a: "{escape}"'.encode(), parser), tuple)


# YAML takes the line and paragraph separators for line breaks.
PLAIN_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co", "Zl", "Zp"]), max_size=8)
TREES = st.recursive(
    PLAIN_TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN_TEXT, inner, max_size=3), max_leaves=8
)


@pytest.mark.parametrize("parser", PARSERS)
@given(data=st.dictionaries(PLAIN_TEXT, TREES, max_size=3))
def test_a_tree_written_as_json_is_read_back(parser: Any, data: Any) -> None:
    content = json.dumps(data, ensure_ascii=False).encode()
    assert parse_tree(content, "a.json", parser).data == data


HEAD = "format: involve-audit/answers@1\nanswers:\n  board:\n    answer: yes\n"


@pytest.mark.parametrize("parser", PARSERS)
@each(
    ("line", "hint"),
    [
        ("note: one #2\n      two", "What stands behind ` #` is a comment: put quotes around text that holds it."),
        (
            "evidence: [{text: A #2, date: x}]",
            "What stands behind ` #` is a comment: put quotes around text that holds",
        ),
        ("note: 'It's fine'", 'Put quotes around it: `note: "It\'s fine"`.'),
        ("note: 'a 'b' c'", "Put quotes around it: `note: \"'a 'b' c'\"`."),
        ('note: "No" said "four"', 'Put quotes around it: `note: \'"No" said "four"\'`.'),
        ("evidence: [{text: *x*}]", 'Put quotes around it: `text: "*x*"`.'),
        ('evidence: [{text: "Q" said, link: y}]', "Put quotes around it: `text: '\"Q\" said'`."),
        ("evidence: [{text: [x] y}]", 'Put quotes around it: `text: "[x] y"`.'),
        ("retired: {a: {note: - no, reason: 'a, b: c'}}", 'Put quotes around it: `note: "- no"`.'),
        ('note:\n      "Q" said Bo', "Put quotes around it: `'\"Q\" said Bo'`."),
        ("note : - x", 'Put quotes around it: `note : "- x"`.'),
        ("note: &c", 'Take it out. Or is it text? Put quotes around it: `note: "&c"`.'),
        ("note: !!!", "Take it out: everything here is text. Or is it text? Put quotes"),
        (f'note: "Q" {"x" * 200}', f"Put quotes around it: `note: '\"Q\" {'x' * 56} … {'x' * 30}'`."),
        ('note: it\'s: "so"', "Put quotes around it: `note: 'it''s: \"so\"'`."),
    ],
)
def test_the_line_is_shown_as_it_should_be(line: str, hint: str, parser: Any) -> None:
    with pytest.raises(InputError) as caught:
        parse_tree(f"{HEAD}    {line}\n".encode(), "a.yaml", parser)
    assert caught.value.problems[0].hint.startswith(hint)


@pytest.mark.parametrize("parser", PARSERS)
def test_two_halves_of_a_character_are_one(parser: Any) -> None:
    text = r"""{"a": "\ud83d\ude42 \uD83D\uDE42", "b": '\ud83d\ude42', "c": "\\ud83d\\ude42", "d": "x"}"""
    wanted = {"a": "🙂 🙂", "b": r"\ud83d\ude42", "c": r"\ud83d\ude42", "d": "x"}
    tree = parse_tree(text.encode(), "a.json", parser)
    assert tree.data == wanted
    assert parse_tree(rb"\ud83d\ude42: x", "a.yaml", parser).data == {r"\ud83d\ude42": "x"}
    assert tree.problem(("d",), "odd").column == text.index('"x"') + 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_marks_of_a_merge_are_seen_whatever_ends_lines(ending: str) -> None:
    parts = [f"format: involve-audit/answers@1\n{'<' * 7} a\na: b\n{'=' * 7}\na: c\n{'>' * 7} b\n"] * 10
    with pytest.raises(InputError) as refused:
        parse_tree("".join(parts).replace("\n", ending).encode(), "a.yaml")
    (problem,) = refused.value.problems
    assert (problem.line, problem.text) == (2, f"{'<' * 7} a")
    assert "2, 4, 6, 8" in problem.what
    assert "… and 18 more" in problem.what


@pytest.mark.parametrize("ending", ["\r", "\x85", "\u2028"])
@pytest.mark.parametrize("content", [b"\x07", b"\xff"])
def test_what_is_no_text_is_found_on_its_line_whatever_ends_lines(ending: str, content: bytes) -> None:
    with pytest.raises(InputError) as refused:
        parse_tree(f"a: b{ending}c: d{ending}e: ".encode() + content, "a.yaml")
    assert refused.value.problems[0].line == 3


@each("sign", [":\u00a0", ":\u200b", ":\u2009", "\uff1a"])
@each("before", ["", "  a: b\n"])
def test_a_colon_with_something_unseen_behind_it_is_told_at_its_place(sign: str, before: str) -> None:
    text = f"c:\n{before}  key{sign}yes\n  last: no\n"
    with pytest.raises(InputError) as caught:
        parse_tree(text.encode(), "a.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (text[: text.index("key")].count("\n") + 1, 6)
    assert "cannot be seen" in problem.hint or "looks like another sign" in problem.hint
