"""The text of an answers file: it reads back as what was said, and what a person wrote in it stays."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.each import each
from tests.unit.engine.strategies import promise

from involve_audit.asking.draft import Draft, Filled
from involve_audit.asking.storage import Storage, reads_as
from involve_audit.errors import OutputError
from involve_audit.loading.plain import NOTHING
from involve_audit.loading.view import read_view
from involve_audit.model.view import Action, Evidence, View

from .rooms import TODAY, begun

ROOT = Path(__file__).parents[3]
FILES = sorted([*ROOT.glob("examples/*/*.yaml"), *ROOT.glob("tests/cases/valid/answers-*.yaml")])
NASTY = {
    "control characters": "a\x00b\x07c\x1b[31md\x7fe\x85f\x9bg",
    "no characters": "a\ufffeb\uffffc",
    "quotes": "'a' \"b\" `c` ''",
    "one quote": "'",
    "colon": "a: b, c:d: ",
    "hash": "a #b",
    "yes": "yes",
    "no": "no",
    "null": "null",
    "tilde": "~",
    "true": "True",
    "none": "None",
    "number": "1.10",
    "sign": "+5",
    "day": "2026-11-22",
    "no day": "2026-02-30",
    "time": "1:30",
    "long number": "9" * 5000,
    "dash": "- a",
    "question": "? a",
    "brackets": "[a, {b: c}]",
    "bracket": "]",
    "mark": "!a &b *c",
    "percent": "%a",
    "at": "@a",
    "document": "a\n---\nb\n...\nc",
    "merge": "<<",
    "equals": "=",
    "backslash": "a\\nb\\",
    "emoji": "🙂👩‍👧🫨",
    "right to left": "שלום (abc) مرحبا",
    "direction override": "\u202eabc\u202c",
    "combining": "e\u0301",
    "separators": "a\u2028b\u2029c",
    "no-break": "10\xa0000\u3000円",
    "mark of order": "a\ufeffb",
    "long line": "word " * 2000 + "end",
    "long word": "x" * 10_000,
    "lines": "one\n\n  two\n\n\nthree",
    "spaces before lines": "one\n  two\n\tthree\n four",
    "spaces after lines": "one \n two  \n three",
    "carriage return": "a\rb\r\nc",
}
# What is a number, a truth, a day, a time, nothing or a mark to one reader of YAML or another.
AMBIGUOUS = [
    *("Yes", "ON", "off", "y", "N", "TRUE", "Null", "1e999", "1e5", "0o17", "017", "0x1F", "0b1", "1_000", "1:30:15"),
    *(".inf", "-.INF", ".nan", "1.", ".5", "1,000", "2026-11-27 10:00:00", "2026-11-27T10:00:00Z", "|", ">", "-", "?"),
    *(":", "a:", "#", "a #", "-a", "!", "&a", "*a", "@", "`a`", "%", "{}", "[]", "''", '""', "---", "...", "a, b", "é"),
    *(
        "Said in the meeting: twice",
        "The members' council, 3 of 5 (10:30).",
        "50% more?",
        "a@b",
        "x" * 200 + " y" * 200,
    ),
]
SHORT = "format: involve-audit/answers@1\nrubric: small@1\nsubject: {name: A}\ndate: 2026-11-22\n"
HAND_EDITED = """\
# yaml-language-server: $schema=x
#   Our answers, by hand.
format: involve-audit/answers@1
rubric: small@1   # any
method: ~
subject: {name: 'Riverside: floating support', kind: "service"}
date: 2026-11-22   # it was a Sunday

respondents: {members: 2, staff: 0}
answers:
  # --- first ---
  survey: yes   # said Anna
  board:
    note: 'Who was there: Ben'
    answer: "no"    # not yet

  # --- last ---
  ignored: {answer: 'no', note: "x"}
  token:
    answer: No
    evidence:
      - {text: Minutes, date: 2026-10-01}   # on paper
      # and more
      - text: |
          Two
            lines
actions:
  - {what: True, done: True}
# the end
"""


def view_of(text: str | bytes) -> View:
    read = read_view(text if isinstance(text, bytes) else text.encode(), "riverside.yaml", TODAY)
    assert not read.problems
    assert read.source is not None
    return read.source.content


def amended(content: bytes, answers: dict[str, Filled], **head: Any) -> str:
    """The text of a file once these answers, and these lines of its head, were given in a session."""
    storage = Storage(content)
    draft = Draft.of(view_of(content))
    draft.answers |= answers
    draft.touched |= {*answers, *head}
    for name, value in head.items():
        setattr(draft, name, value)
    return storage.text(draft)


def lines_lost(before: str, after: str) -> list[str]:
    """The lines of a file that are not in it any more as they were, in their order."""
    old, new = before.splitlines(), after.splitlines()
    same = {
        place
        for start, _, length in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        for place in range(start, start + length)
    }
    return [line for place, line in enumerate(old) if place not in same]


# A new file


def test_a_new_file_says_what_it_is_and_reads_back() -> None:
    draft = begun(survey="yes", agenda="unknown")
    draft.item("board").evidence.append(Evidence(text="Minutes", date=date(2026, 10, 1), link="https://example.org"))
    text = Storage().text(draft)
    assert text.startswith("# Written by involve-audit")
    assert Draft.of(view_of(text)).as_tree() == draft.as_tree()


@each("text", NASTY.values())
def test_any_text_survives_in_a_new_file(text: str) -> None:
    draft = begun()
    draft.subject = draft.kind = text.strip()
    draft.answers["board"] = Filled("yes", text.strip(), text.strip(), [Evidence(text=text.strip())])
    view = view_of(Storage().text(draft))
    found = view.answers["board"]
    assert {view.subject.name, view.subject.kind, found.reason, found.note, found.evidence[0].text} == {text.strip()}


@given(text=st.text(min_size=1).map(str.strip).filter(bool))
def test_any_note_survives_in_a_new_file(text: str) -> None:
    draft = begun()
    draft.item("board").note = text
    assert view_of(Storage().text(draft)).answers["board"].note == text


# What other readers of YAML read in it

OTHERS = {"PyYAML, YAML 1.1": yaml.safe_load, "ruamel.yaml, YAML 1.2": YAML(typ="safe", pure=True).load}


@each("read", OTHERS.values())
@each("text", [*NASTY.values(), *AMBIGUOUS])
def test_every_reader_of_yaml_reads_the_same_text(text: str, read: Any) -> None:
    filled = Filled("yes", text.strip(), text.strip(), [Evidence(text=text.strip(), date=TODAY)])
    new = begun(**{"1e5": "no", "no": "partly", "null": "yes"})
    new.subject = new.kind = text.strip()
    new.answers["board"] = filled
    edited = amended(SHORT.encode(), new.answers, subject=text.strip(), kind=text.strip(), date=TODAY)
    for found in map(read, (Storage().text(new), edited)):
        board = {"answer": "yes", "reason": text.strip(), "note": text.strip()}
        evidence = [{"text": text.strip(), "date": str(TODAY)}]
        assert found["answers"] == {"1e5": "no", "no": "partly", "null": "yes", "board": board | {"evidence": evidence}}
        assert found["subject"] == {"name": text.strip(), "kind": text.strip()}
        assert found["date"] == str(TODAY)
    assert all(type(number) is int for number in read(Storage().text(new))["respondents"].values())


# A file that a person edited


@each("text", NASTY.values())
def test_any_text_survives_in_an_edited_file(text: str) -> None:
    more = Filled("yes", text.strip(), text.strip(), [Evidence(text=text.strip())])
    after = amended(HAND_EDITED.encode(), {"board": more, "agenda": more, "ignored": more}, subject=text.strip())
    view = view_of(after)
    assert view.subject.name == text.strip()
    for item in ("board", "agenda", "ignored"):
        found = view.answers[item]
        assert {found.reason, found.note, found.evidence[0].text} == {text.strip()}


@given(text=st.text(min_size=1).map(str.strip).filter(bool))
def test_any_note_survives_in_an_edited_file(text: str) -> None:
    after = amended(SHORT.encode(), {"b": Filled("yes", note=text)})
    assert view_of(after).answers["b"].note == text


@each("style", ["|", ">-", "'", '"', ""])
@each("text", NASTY.values())
def test_any_text_can_be_added_to_a_note_in_any_style(text: str, style: str) -> None:
    written = f"note: {style}Old{style}" if style in ("'", '"', "") else f"note: {style}\n        Old"
    content = f"{SHORT}answers:\n  board:\n      answer: yes\n      {written}\n".encode()
    now = Filled("yes", note=f"Old\n{text.strip()}")
    assert view_of(amended(content, {"board": now})).answers["board"].note == now.note


@each(
    "text",
    [
        "yes",
        "null",
        "~",
        "True",
        "None",
        "1.10",
        "+5",
        "-0",
        "1_000",
        "2026-11-22",
        "2026-02-30",
        "1:30",
        "9" * 5000,
        "<<",
        "=",
    ],
)
def test_what_another_reader_would_take_for_no_text_stays_as_it_was_written(text: str) -> None:
    before = f"{SHORT}method: {text}   # so\n"
    after = amended(before.encode(), {"survey": Filled("no")})
    assert lines_lost(before, after) == []
    assert view_of(after).method == (None if text in NOTHING else text)


def test_one_answer_changes_one_line_and_every_other_stays_byte_for_byte() -> None:
    after = amended(HAND_EDITED.encode(), {"survey": Filled("partly")})
    assert lines_lost(HAND_EDITED, after) == ["  survey: yes   # said Anna"]
    assert "  survey: partly   # said Anna\n" in after


def test_a_new_answer_takes_no_line_away() -> None:
    after = amended(HAND_EDITED.encode(), {"agenda": Filled("yes", note="one\ntwo")})
    assert lines_lost(HAND_EDITED, after) == []
    assert list(view_of(after).answers) == ["survey", "board", "ignored", "token", "agenda"]


def test_comments_and_order_stay_through_many_changes() -> None:
    after = HAND_EDITED.encode()
    for answers in (
        {"survey": Filled("no", note="Changed.")},
        {"agenda": Filled("unknown")},
        {"board": Filled("yes", note="Who was there: Ben")},
        {"token": Filled("partly", evidence=[*Draft.of(view_of(HAND_EDITED)).answers["token"].evidence])},
        {"survey": Filled("yes")},
    ):
        after = amended(after, answers).encode()
    text = after.decode()
    comments = [
        "#   Our answers",
        "# any",
        "# it was a Sunday",
        "# --- first",
        "# said Anna",
        "# not yet",
        "# --- last",
    ]
    places = [text.index(comment) for comment in [*comments, "# on paper", "# the end"]]
    assert places == sorted(places)
    assert list(view_of(after).answers) == ["survey", "board", "ignored", "token", "agenda"]


def test_a_note_added_to_an_answer_leaves_the_lines_of_that_answer() -> None:
    token = Draft.of(view_of(HAND_EDITED)).answers["token"]
    token.note = "Added."
    token.evidence.append(Evidence(text="More"))
    after = amended(HAND_EDITED.encode(), {"token": token})
    for line in ("    answer: No", "      - {text: Minutes, date: 2026-10-01}   # on paper", "            lines"):
        assert line in after.splitlines()


def test_a_reason_that_is_taken_back_leaves_the_file() -> None:
    content = HAND_EDITED.replace("    answer: No\n", "    answer: not-applicable\n    reason: R.\n").encode()
    token = Draft.of(view_of(content)).answers["token"]
    token.answer, token.reason = "no", None
    assert view_of(amended(content, {"token": token})).answers["token"].reason is None


@pytest.mark.parametrize(
    "answers", ["", "answers: {}\n", "answers: {survey: yes,\n  agenda: no}\n", "answers: {}  # none yet\n"]
)
def test_a_first_answer_finds_its_place(answers: str) -> None:
    content = SHORT + answers
    after = amended(content.encode(), {"board": Filled("no")})
    assert view_of(after).answers["board"].answer == "no"
    assert "# none yet" not in answers or "# none yet" in after


def test_the_head_is_changed_only_where_it_was_touched() -> None:
    after = amended(HAND_EDITED.encode(), {}, respondents={"members": 3, "staff": 0}, date=date(2026, 11, 1))
    view = view_of(after)
    assert view.respondents == {"members": 3, "staff": 0}
    assert str(view.date) == "2026-11-01"
    assert "subject: {name: 'Riverside: floating support'," in after
    assert "# it was a Sunday" in after


def test_a_file_from_windows_is_amended() -> None:
    content = b"\xef\xbb\xbf" + HAND_EDITED.replace("\n", "\r\n").encode()
    after = amended(content, {"survey": Filled("no")})
    assert view_of(after).answers["survey"].answer == "no"
    assert "# said Anna" in after


@each("path", FILES)
def test_every_file_of_ours_survives_with_one_answer_changed(path: Path) -> None:
    content = path.read_bytes()
    before = view_of(content)
    now = Draft.of(before).item("consult-by-survey")
    now.answer = "partly"
    after = view_of(amended(content, {"consult-by-survey": now}))
    assert after.answers["consult-by-survey"].answer == "partly"
    assert without(after, "consult-by-survey") == without(before, "consult-by-survey")
    assert list(after.answers)[: len(before.answers)] == list(before.answers)


@each("path", [path for path in FILES if "json" not in path.stem])
def test_every_file_of_ours_keeps_its_other_lines(path: Path) -> None:
    content = path.read_bytes()
    now = Draft.of(view_of(content)).item("consult-by-survey")
    now.answer = "partly"
    lost = lines_lost(content.decode(), amended(content, {"consult-by-survey": now}))
    known = [[f"  consult-by-survey: {word}"] for word in ("yes", "Yes", "no", "null", ".nan")]
    assert lost in ([], *known, [f"    answer: {lost_answer(lost)}"])


def lost_answer(lines: list[str]) -> str:
    return lines[0].rpartition(" ")[2] if lines else ""


def without(view: View, item: str) -> dict[str, Any]:
    data = view.as_tree(whole=True)
    data["answers"].pop(item, None)
    return data


@promise(40)
@given(
    notes=st.lists(st.tuples(st.sampled_from(["survey", "agenda", "board", "token"]), st.text(max_size=12)), max_size=3)
)
def test_any_course_of_changes_leaves_what_it_did_not_touch(notes: list[tuple[str, str]]) -> None:
    before = view_of(HAND_EDITED)
    content = HAND_EDITED.encode()
    for item, note in notes:
        now = Draft.of(view_of(content)).item(item)
        now.answer, now.note = "partly", note.strip() or None
        content = amended(content, {item: now}).encode()
    after = view_of(content)
    touched = {item for item, _ in notes}
    for item, answer in before.answers.items():
        assert item in touched or after.answers[item] == answer
    assert (after.method, after.actions, after.subject) == (before.method, before.actions, before.subject)


# Whatever is read can be saved

WRITTEN_ODDLY = {
    "a tab after a colon": HAND_EDITED.replace("survey: yes", "survey:\tyes").replace("method: ~", "method:\tso"),
    "a tab before a comment": HAND_EDITED.replace("yes   #", "yes\t#").replace("22   #", "22 \t #"),
    "a tab at the end": HAND_EDITED.replace("staff: 0}\n", "staff: 0}\t\n").replace("small@1   # any", "small@1\t"),
    "no end of the last line": HAND_EDITED.rstrip("\n"),
    "a byte order mark": "\ufeff" + HAND_EDITED,
    "capitals and quotes": HAND_EDITED.replace("survey: yes", "survey: “YES”"),
    "nothing, as programs write it": HAND_EDITED.replace("survey: yes", "survey: null").replace(
        "  token:", "  agenda: ''\n  token:"
    ),
    **{
        f"lines that end in {ending!r}": HAND_EDITED.replace("\n", ending)
        for ending in ("\r\n", "\r", "\x85", "\u2028")
    },
    "lines that end in many ways": HAND_EDITED.replace("\n", "\r\n", 7).replace("\n\n", "\n\r"),
    "JSON": '{"format": "involve-audit/answers@1", "rubric": "small@1", "subject": {"name": "\\ud83d\\ude42"},'
    ' "date": "2026-11-22", "respondents": {"staff": 1}, "answers": {"survey": "yes", "board": {"answer": "no"}}}',
}


@each("text", WRITTEN_ODDLY.values())
def test_whatever_is_read_can_be_saved_and_what_did_not_change_stays(text: str) -> None:
    content = text.encode()
    before = Draft.of(view_of(content))
    changes: list[tuple[dict[str, Filled], dict[str, Any]]] = [
        ({"survey": Filled("partly")}, {}),
        ({"new": Filled("no", note="Two\nlines: # x")}, {}),
        ({"board": Filled("no", note="Changed", evidence=[Evidence(text="x", date=TODAY)])}, {}),
        ({"survey": Filled()}, {}),
        ({}, {"audit": "riverside-2026"}),
        ({}, {"respondents": {"members": 5}, "date": date(2026, 11, 1), "subject": "Riverside #2"}),
    ]
    for answers, head in changes:
        after = amended(content, answers, **head)
        assert after.startswith("\ufeff") == text.startswith("\ufeff")
        now = Draft.of(view_of(after))
        for item, filled in before.answers.items():
            assert now.answers.get(item, Filled()) == answers.get(item, filled)
        for comment in ("# any", "# it was a Sunday", "# --- last ---", "# on paper", "# the end"):
            assert text.count(comment) == after.count(comment)


# Nothing that would not read back


def test_a_text_that_no_reader_would_accept_is_refused() -> None:
    draft = begun()
    draft.item("agenda").note = "x" * 5_000_001
    with pytest.raises(OutputError):
        Storage().text(draft)


def test_a_change_that_was_not_marked_is_not_passed_over() -> None:
    draft = Draft.of(view_of(HAND_EDITED))
    draft.item("survey").answer = "no"
    with pytest.raises(OutputError):
        Storage(HAND_EDITED.encode()).text(draft)


@pytest.mark.parametrize("text", ["", "a: [", "format: x\n", "- a\n", "a\x00b", "answers: {survey: no}\n"])
def test_what_is_no_view_or_another_reads_as_no_draft(text: str) -> None:
    assert not reads_as(text, begun(survey="yes"))


@pytest.mark.parametrize("text", ["a: b\n", "a: b\u2028c: d\u2028", "- a\n", "a: [\n", ""])
def test_a_file_that_is_no_view_is_left_as_it_is(text: str) -> None:
    with pytest.raises(OutputError):
        Storage(text.encode()).text(begun())


# Where a file cannot hold an answer

NO_COLON = f"{SHORT}method: Together\nanswers:\n  board: no # asked\n  ? survey\nretired:\n  old: {{note: Kept}}\n"


def test_a_file_that_cannot_take_an_answer_is_refused_with_the_place() -> None:
    storage = Storage(NO_COLON.encode())
    storage.require_changeable(["board", "agenda"], "a.yaml")
    with pytest.raises(OutputError) as refused:
        storage.require_changeable(["board", "survey"], "a.yaml")
    (problem,) = refused.value.problems
    assert (problem.where, problem.text) == ("a.yaml:8:5", "? survey")
    assert "survey: …" in problem.hint


def test_a_new_file_in_its_place_says_all_that_it_said() -> None:
    draft = Draft.of(view_of(NO_COLON))
    draft.item("survey").answer = "yes"
    view = view_of(Storage(NO_COLON.encode()).anew(draft))
    assert (view.method, view.retired["old"].note) == ("Together", "Kept")
    assert {item: answer.answer for item, answer in view.answers.items()} == {"board": "no", "survey": "yes"}


@each("path", FILES)
def test_every_file_of_ours_can_take_answers(path: Path) -> None:
    content = path.read_bytes()
    Storage(content).require_changeable([*view_of(content).answers, "another"], str(path))


# What is said to be open stays, with its comment

BODIES = {
    "brackets with a comment in them": "answers: { # z\n}\n",
    "brackets with a comment on a line": "answers: {\n   # z\n}\n",
    "text in lines, with a comment": "answers:\n  survey: >- # z\n    yes\n",
    "an empty list": "answers:\n  survey:\n    answer: yes\n    evidence: [] # z\n",
    "a question that is open": "answers:\n  survey: {} # z\n  board: no\n",
    "only questions that are open": "answers:\n  agenda: # z\n  board: {}\n",
    "an action": "actions:\n  # y\n  - what: Call # z\n    owner: # who\n    due: null # when\n    done: FALSE # so\n"
    "  # x\n  - {what: Go, due: }\n",
    "evidence": "answers:\n  survey:\n    answer: Yes\n    evidence:\n    # y\n    - text: A # z\n      date: # when\n"
    "    # x\n    - {text: B, link: ''}\n",
    "nobody at all": "respondents: # z\n",
    "no list": "answers: # y\n  survey: [] # x\nrespondents: [] # z\n",
    "nobody": "respondents:\n  staff: 2\n  members: 0 # z\n",
}
ADDED: dict[str, tuple[dict[str, Filled], dict[str, Any]]] = {
    "a word": ({"survey": Filled("partly")}, {}),
    "more": ({"survey": Filled("yes", note="N", evidence=[Evidence(text="E")])}, {}),
    "another": ({"token": Filled("partly")}, {}),
    "actions": ({}, {"actions": [Action(what="New")]}),
    "respondents": ({}, {"respondents": {"staff": 3, "members": 0}}),
}


@each("added", ADDED.values())
@each("body", BODIES.values())
def test_a_comment_stays_beside_what_is_open(body: str, added: tuple[dict[str, Filled], dict[str, Any]]) -> None:
    before = Draft.of(view_of(SHORT + body))
    answers, head = added
    for item, filled in answers.items():
        filled = replace(filled, evidence=[*before.item(item).evidence, *filled.evidence])
        answers = {**answers, item: filled}
    if "actions" in head:
        head = {"actions": [*before.actions, *head["actions"]]}
    after = amended((SHORT + body).encode(), answers, **head)
    comments = re.findall("# [a-z]+", body)
    assert re.findall("# [a-z]+", after) == comments


ODD = {
    "a tab at the end": "answers:\n  ? survey\n  : partly\t\n",
    "a tab behind a line of its own": "answers:\n  survey: # c\n     unknown\t# tab\n",
    "a tab behind a line of its own, with CR": "answers:\r  survey: # c\r   no\t# tab\r",
    "a tab on an empty line": "answers: null\n \t \n   ",
    "a tab on an empty line from Windows": "answers: null\r\n \t \r\n\r\n# end",
    "nothing in brackets": "answers:\n  survey: {answer: , note: }\n",
    "no colon": "answers: {survey}\n",
    "no colon before others": "answers: {survey, board: no}\n",
    "no colon for an answer": "answers: {survey: {answer, note: x}}\n",
    "nothing in the end": "answers: {survey: }\n",
    "nothing in the end on a line": "answers: {\n  survey:\n  }\n",
}


@each("body", ODD.values())
def test_what_is_written_oddly_can_take_answers(body: str) -> None:
    Storage((SHORT + body).encode()).require_changeable(["survey", "board", "agenda"], "a.yaml")
    for item in ("survey", "agenda"):
        for filled in (Filled("yes", evidence=[Evidence(text="E")]), Filled("no", note="N")):
            after = amended((SHORT + body).encode(), {item: filled})
            assert Draft.of(view_of(after)).answers[item] == filled
