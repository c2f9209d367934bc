"""A file that is changed in place: what had to change is changed, and every other byte stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from involve_audit.errors import InputError, OutputError
from involve_audit.loading.document import LINE_END, edited
from involve_audit.loading.events import Parser, _PureParser
from involve_audit.loading.tree import parse_tree

ENDS = ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"]
NOTES = [
    "  note: Some words",
    "  note: 'It''s'  ",
    '  note: "Two\\nlines"\t',
    "  note: |\n    Lines\n      of # text\n\n    and more",
    "  note: >-  # folded\n    Lines\n    of text",
    "  note: Words on\n    two lines",
    "  evidence:\n  - text: Minutes  # on paper\n    date: 2026-01-01\n  # and more\n  -\n    text: More",
    "  evidence: [{text: Minutes, date: 2026-01-01}, {text: 'More'} ]",
]


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file as somebody may have written it, with `<>` where the answer `survey` stands."""

    def one(*words: str) -> str:
        return draw(st.sampled_from(words))

    behind = ["", "", " ", "\t", "  # a comment", "\t# another one", " \t"]
    lines = [*one("", "# said: so\n", "%YAML 1.1\n---\n").splitlines(), *one("", "\n\n").splitlines()]
    lines += [f"format:{one(' ', '  ', chr(9))}involve-audit/answers@1{one(*behind)}", "rubric: small@1"]
    lines += [one("subject: {name: A}", "subject:\n  name: A", "'subject': { name : \"A\", }"), "date: 2026-11-22"]
    lines += ["answers:" + one(*behind)]
    indent, others = " " * draw(st.integers(1, 5)), []
    for name in ("board", '"agenda"', "'token'"):
        if draw(st.booleans()):
            others += [
                f"{indent}{name}:{one(' ', chr(9))}{one('no', '{answer: no}', '{ answer : no ,}')}{one(*behind)}"
            ]
        else:
            others += [f"{indent}{name}:{one(*behind)}"]
            others += [f"{indent}{line}" for line in f"  answer: no\n{one(*NOTES)}".splitlines()]
        others += [one("", f"{indent}# between", f"{indent}    # inside", "   ")] * draw(st.integers(0, 1))
    survey = f"{indent}survey:{one(' ', '   ', chr(9))}<>{one(*behind)}"
    free = [
        place for place, line in enumerate(others) if line[len(indent) :][:1].strip(" #") and others[place - 1].strip()
    ]
    place = draw(st.sampled_from([*free, len(others)]))
    lines += [*others[:place], survey, *others[place:]]
    lines += one("", "\n# the end", "retired: {old: yes}", "actions:\n  - {what: Go}\n  # later", "...").splitlines()
    ending = one(*ENDS)
    text = "".join(f"{line}{one(ending, ending, one(*ENDS[:3]))}" for line in "\n".join(lines).split("\n"))
    return one("", "\ufeff") + (text if draw(st.booleans()) else text.rstrip("\r\n\x85\u2028\u2029"))


def filled(file: str, answer: str) -> str:
    return file.replace("<>", answer)


def said(text: str) -> dict[str, Any]:
    data: dict[str, Any] = parse_tree(text.encode(), "x.yaml").data
    return data


def stripped(node: Any) -> Any:
    """What is said, without the blanks and line ends around each text, which no model keeps."""
    if isinstance(node, dict):
        return {key: stripped(value) for key, value in node.items()}
    return [*map(stripped, node)] if isinstance(node, list) else node and node.strip()


def with_answer(text: str, item: str, answer: Any) -> dict[str, Any]:
    data = said(text)
    return data | {"answers": data["answers"] | {item: answer}}


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def put_in(before: str, after: str) -> str:
    """What was put into a file at one place, with nothing taken away."""
    start = _alike(before, after)
    end = len(after) - (len(before) - start)
    assert before[start:] == after[end:]
    return after[start:end]


@given(files(), st.sampled_from(["yes", "no", "'no'", '"no"', "a b"]), st.sampled_from(["partly", "not-applicable"]))
def test_a_word_is_changed_and_every_other_byte_stays(file: str, old: str, new: str) -> None:
    before = filled(file, old)
    assert edited(before.encode(), with_answer(before, "survey", new)) == filled(file, new)


@given(files(), st.sampled_from(["yes", {"answer": "no", "note": "Two\nlines: # ", "evidence": [{"text": "x"}]}]))
def test_what_is_added_takes_no_byte_away(file: str, answer: Any) -> None:
    before = filled(file, "yes")
    for wanted in (
        with_answer(before, "ignored", answer),
        {"format": "involve-audit/answers@1", "rubric": "small@1", "audit": "a-1", **said(before)},
        said(before) | {"last": [{"item": "survey", "what": "Go: there"}]},
    ):
        assert put_in(before, edited(before.encode(), wanted)).strip()
    after = edited(before.encode(), with_answer(before, "survey", {"answer": "yes", "note": "New"}))
    start = before.index("survey:")
    assert after.startswith(before[: start + 7])
    assert after.endswith(before[LINE_END.search(before + "\n", start).start() :] or "")  # type: ignore[union-attr]
    for comment in ("# a comment", "# another one", "# between", "# inside", "# on paper", "# and more", "# the end"):
        assert before.count(comment) == after.count(comment)


@given(files())
def test_more_is_said_of_an_answer_and_taken_back(file: str) -> None:
    text = filled(file, "yes")
    for item, answer in said(text)["answers"].items():
        if isinstance(answer, dict):
            more = [*answer.get("evidence", []), {"text": "New", "link": "https://x.org"}]
            after = edited(text.encode(), with_answer(text, item, {**answer, "evidence": more}))
            put_in(text, after)
            back = edited(after.encode(), said(text))
            assert stripped(said(back)) == stripped(said(text))
    less = said(text)
    del less["answers"]["survey"]
    assert put_in(edited(text.encode(), less), text).strip().startswith("survey")


@given(files())
def test_the_parser_without_libyaml_stands_at_the_same_places(file: str) -> None:
    pytest.importorskip("yaml._yaml")
    text = filled(file, "yes").replace("\t", " ").removeprefix("\ufeff")

    def places(parser: Any) -> list[tuple[int, int]]:
        events = iter(parser(text.encode()).get_event, None)
        return [(event.start_mark.index, event.end_mark.index) for event in events if hasattr(event, "value")]

    assert places(Parser) == places(_PureParser)


@each(
    ("before", "after"),
    [
        ('{"a": "x", "answers": {}}', '{"a": "x", "answers": {"b": "c"}}'),
        ('{"a": "\\ud83d\\ude42", "answers": {}}', '{"a": "\\ud83d\\ude42", "answers": {"b": "c"}}'),
        ("a: '\\ud83d\\ude42'\nanswers: {}\n", "a: '\\ud83d\\ude42'\nanswers:\n  b: c\n"),
        ('{"answers": {"d": {"note": "e"}}, "a": "x"}', '{"answers": {"d": {"note": "e"}, "b": "c"}, "a": "x"}'),
        ("? a\n: x\n", "? a\n: x\nanswers:\n  b: c\n"),
        ("a: x\nanswers:\n", "a: x\nanswers:\n  b: c\n"),
        ("a: x\nanswers: # none\n", "a: x\nanswers: # none\n  b: c\n"),
        ("a: x\nanswers: {} # none", "a: x\nanswers: # none\n  b: c"),
        ("a: x\nanswers: {d: e,\n  f: g # h\n}\n", 'a: x\nanswers: {d: e,\n  f: g, "b": "c" # h\n}\n'),
        ("  a: x\n  answers:\n     d: e\n", "  a: x\n  answers:\n     d: e\n     b: c\n"),
        ("a: x\nanswers:\n  ? d\n  : e\n", "a: x\nanswers:\n  ? d\n  : e\n  b: c\n"),
        ("answers: {b: }\na: x\n", 'answers: {b: "c" }\na: x\n'),
        ("answers: {b}\na: x\n", 'answers: {b: "c"}\na: x\n'),
        ("a: x\nanswers:\n  ? b\n", None),
        ("--- {a: x}\n", '--- {a: x, "answers": {"b": "c"}}\n'),
        ("a: x\nanswers:\n  b: |2 # so\n    C\n\n\nd: e", "a: x\nanswers:\n  b: c # so\n\n\nd: e"),
    ],
)
def test_a_change_finds_its_place(before: str, after: str | None) -> None:
    data = said(before)
    wanted = data | {"answers": {**(data.get("answers") or {}), "b": "c"}}
    if after is None:
        with pytest.raises(OutputError):
            edited(before.encode(), wanted)
    else:
        assert edited(before.encode(), wanted) == after


def test_entries_of_lists_go_and_come() -> None:
    text = "a:\n- {b: 1}  # one\n- b: 2\n  c: 3\n# between\n- b: 4\nd: [x, y, z]\n"
    assert edited(text.encode(), {"a": [{"b": "1"}, {"b": "4"}], "d": ["z"]}) == (
        "a:\n- {b: 1}  # one\n# between\n- b: 4\nd: [z]\n"
    )
    assert edited(text.encode(), {"a": [{"b": "5"}], "d": ["x"]}) == 'a:\n  - b: "5"\nd: [x]\n'
    new = [{"b": "1"}, {"b": "2", "c": "6"}, {"b": "4"}]
    assert edited(text.encode(), {"a": new, "d": ["x", "y", "z", "w"]}) == (
        'a:\n- {b: 1}  # one\n- b: 2\n  c: "6"\n# between\n- b: 4\nd: [x, y, z, "w"]\n'
    )


def test_a_new_key_with_nothing_before_it_comes_behind_all_that_changes() -> None:
    before, wanted = (
        "a:\n  l:\n  - {b: 1}\n  # so\n  - b: 2\n",
        {"a": {"n": "x", "l": [{"b": "1"}, {"b": "2"}, {"b": "3"}]}},
    )
    assert edited(before.encode(), wanted) == before + '  - b: "3"\n  "n": x\n'


def test_what_is_no_yaml_of_ours_is_refused() -> None:
    with pytest.raises(InputError):
        edited(b"a: *b\n", {})
