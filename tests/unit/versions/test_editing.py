"""The text of a file on its way to another version: nothing is lost, and nothing else is touched."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.comparisons import CHAIN
from tests.each import each
from tests.unit.engine.strategies import promise

from involve_audit.errors import InputError, OutputError
from involve_audit.loading.rubric import parse_rubric
from involve_audit.loading.tree import parse_tree
from involve_audit.loading.view import AnswerRules, read_view
from involve_audit.versions.editing import migrated
from involve_audit.versions.plan import plan

TODAY = date(2026, 11, 23)
FIRST, SECOND, THIRD = (parse_rubric(path.read_bytes(), path.name).content for path in CHAIN)
HEAD = """\
# yaml-language-server: $schema=answers.schema.json
format: involve-audit/answers@1
rubric: club@1.1.0   # the version
subject: {name: The club}
date: 2026-01-31
"""
ANSWERS = """\
answers:

  survey: yes
  # about the agenda
  agenda:
    answer: partly
    note: |
      Some words.
      # no comment

      More words.
  # apart: nobody answered

  # about the board, first line
  # about the board, second line
  "board": planned   # behind
  minutes:
    answer: no
    note: "They are # not up: \\"ever\\"."
    # inside
  accounts: partly
  # at the end
"""
ACTIONS = """
# about actions
actions:
  - {item: agenda, what: Do it}   # one
  - item: 'board'
    what: Do that
"""


def carried(text: str, to: Any = THIRD, earlier: Any = SECOND) -> str:
    read = read_view(text.encode(), "staff.yaml", TODAY)
    assert read.source, read.problems
    return migrated(read.tree, plan(read.source.content, to, earlier))


def data(text: str) -> Any:
    return parse_tree(text.encode(), "x").data


def test_only_what_has_to_change_is_changed_and_comments_go_with_their_answers() -> None:
    assert carried(HEAD + ANSWERS + ACTIONS) == (
        HEAD.replace("1.1.0", "2.0.0")
        + """\
answers:

  survey: yes
  # about the agenda
  agenda-together:
    answer: partly
    note: |
      Some words.
      # no comment

      More words.
  # apart: nobody answered

  accounts: partly
  # at the end

# about actions
actions:
  - {item: agenda-together, what: Do it}   # one
  - item: 'board'
    what: Do that

# What is not asked in this form any more. It is kept so that no word is lost.
retired:
  # about the board, first line
  # about the board, second line
  "board": planned   # behind
  minutes:
    answer: no
    note: "They are # not up: \\"ever\\"."
    # inside
"""
    )


def test_the_result_is_valid_and_says_the_same() -> None:
    text = carried(HEAD + ANSWERS + ACTIONS)
    read = read_view(text.encode(), "staff.yaml", TODAY)
    assert read.source
    assert [*read.problems, *AnswerRules(THIRD).problems(read.tree)] == []
    assert read.source.content.retired["board"].answer == "planned"
    assert read.source.content.retired["minutes"].note == 'They are # not up: "ever".'


def test_a_minor_version_changes_one_word() -> None:
    text = (HEAD + ANSWERS + ACTIONS).replace("1.1.0", "1.0.0")
    assert carried(text, SECOND, FIRST) == text.replace("1.0.0", "1.1.0")


def test_line_ends_stay() -> None:
    text = (HEAD + ANSWERS + ACTIONS).replace("\n", "\r\n")
    found = carried(text)
    assert found.count("\n") == found.count("\r\n")
    assert found.replace("\r\n", "\n") == carried(HEAD + ANSWERS + ACTIONS)


def test_a_file_without_a_last_line_end_is_carried() -> None:
    found = carried(HEAD + "answers:\n  survey: yes\n  minutes: no")
    assert data(found)["retired"] == {"minutes": "no"}
    assert data(found)["answers"] == {"survey": "yes"}


def test_a_section_that_is_there_already_is_gone_on_with_as_it_is_indented() -> None:
    retired = "retired:\n      older: yes\n      minutes: partly\n# last\nmethod: asked\n"
    found = carried(HEAD + "answers:\n  minutes: no\n  survey: yes\n" + retired)
    assert data(found)["retired"] == {"older": "yes", "minutes": "partly", "minutes-2": "no"}
    assert "      minutes-2: no\n# last\n" in found


def test_where_no_answer_stays_the_section_says_so() -> None:
    found = carried(HEAD + "answers:   # all of them\n  minutes: no\n")
    assert "answers: {}   # all of them\n" in found
    assert data(found)["answers"] == {}


def test_an_action_about_a_question_that_is_gone_keeps_its_name() -> None:
    found = carried(HEAD + ACTIONS)
    assert data(found)["retired"] == {"board": None}
    assert data(found)["actions"][1]["item"] == "board"


def test_renaming_works_in_brackets_too() -> None:
    found = carried(HEAD + 'answers: {survey: yes, "agenda": partly}\n')
    assert data(found)["answers"] == {"survey": "yes", "agenda-together": "partly"}


@pytest.mark.parametrize(
    "answers",
    ["answers: {survey: yes, minutes: no}\n", "answers:\n  {survey: yes,\n  minutes: no}\n"],
)
def test_answers_in_brackets_that_have_to_move_are_refused(answers: str) -> None:
    with pytest.raises(OutputError) as caught:
        carried(HEAD + answers)
    assert caught.value.problems[0].what.startswith("answers that have to be moved do not stand on lines of their own")


def test_a_name_that_is_written_with_an_escape_is_carried_too() -> None:
    before, odd = (f"{HEAD}answers:\n  {name}: yes\n  survey: yes\n" for name in ('"agenda"', '"agend\\u0061"'))
    assert carried(odd) == carried(before)


def test_marks_of_the_beginning_and_the_end_stay_there() -> None:
    found = carried("---\n" + HEAD + "answers:\n  survey: yes\n  minutes: no\n...\n")
    assert (found[:4], found[-4:]) == ("---\n", "...\n")
    assert data(found)["retired"] == {"minutes": "no"}


def test_what_cannot_be_done_without_touching_more_is_refused() -> None:
    with pytest.raises(OutputError) as caught:
        carried(HEAD + "answers:\n  minutes: no\n  survey: yes\nmethod: asked\n...\n# after the end\n")
    assert "without changing something else" in caught.value.problems[0].what


WORDS = st.text(st.sampled_from("ab :#-'\"\\\n{}[]|>%@é\u2028"), max_size=12).map(str.strip)
COMMENTS = st.sampled_from(["", "  # above\n", "# at the margin\n", "\n", "      # deep\n", "  # one\n  # two\n\n"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """An answers file with comments and text in every way, for the second version of the rubric."""
    text = HEAD + "answers:\n"
    for item in draw(st.permutations(["survey", "agenda", "board", "minutes", "accounts", "budget"])):
        key = draw(st.sampled_from([item, f'"{item}"', f"'{item}'"]))
        note, answer = draw(WORDS), draw(st.sampled_from(["yes", "partly", "no", "unknown"]))
        text += draw(COMMENTS)
        if note and draw(st.booleans()):
            block = "".join(f"      {line}\n" for line in note.splitlines() if line.strip())
            literal = f"|\n{block}" if block and draw(st.booleans()) else f"{json.dumps(note)}\n"
            text += f"  {key}:\n    answer: {answer}\n    note: {literal}"
        else:
            text += f"  {key}: {answer}{draw(st.sampled_from(['', '   # behind']))}\n"
    return text + draw(COMMENTS) + draw(st.sampled_from(["", ACTIONS, "retired:\n  older: yes\n"]))


@given(files())
@promise(150)
def test_no_word_and_no_comment_is_ever_lost(text: str) -> None:
    try:
        before = read_view(text.encode(), "staff.yaml", TODAY)
    except InputError:
        return
    if before.source is None or before.problems:
        return
    after = data(carried(text))
    old = before.tree.data
    kept = {**after["answers"], **after.get("retired", {})}
    assert kept == {
        **{{"agenda": "agenda-together"}.get(item, item): given for item, given in old["answers"].items()},
        **old.get("retired", {}),
    }
    assert set(after["answers"]) == {"survey", "agenda-together", "accounts", "budget"}
    assert not comments(text) - comments(carried(text))


def comments(text: str) -> Counter[str]:
    """The lines that could be comments."""
    return Counter(line.strip() for line in text.splitlines() if line.strip().startswith("#"))


@each("name", ["no", "1e5", "123"])
@each("key", ["agenda", "'agenda'", '"agenda"'])
def test_a_new_name_is_in_quotes_where_another_reader_would_not_read_it_as_text(name: str, key: str) -> None:
    to = THIRD.changed(id=name)
    item = next(item for item in THIRD.items if "agenda" in (item.replaces or ()))
    renamed = item.changed(id=name)
    items = tuple(renamed if found.id == item.id else found for found in to.indicators)
    text = carried(f"{HEAD}answers:\n  {key}: partly\n", to.changed(indicators=items))
    assert list(yaml.safe_load(text)["answers"]) == [name]
