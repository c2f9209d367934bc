"""What people mean by what they type is what is in the file: answers by number and letter, notes, their own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.functional.asking.conftest import Saved, Start
from tests.functional.asking.session import TODAY, Session

from involve_audit.loading.rubric import load_rubric_by_id

ITEMS = [item.id for item in load_rubric_by_id("service-user-leadership-spectrum").content.items]
GOVERNANCE = ("--theme", "governance-and-policy")
FIRST, SECOND, THIRD = "influence-on-governance", "governance-led", "policy-development-led"
FILE = f"blue-house-{TODAY}.yaml"
NARROW_AND_PLAIN = pytest.mark.parametrize(
    ("columns", "arguments"), [(80, []), (40, []), (80, ["--plain"]), (40, ["--plain"])]
)


def go_through(session: Session, typed: list[str]) -> None:
    session.begin()
    for number, line in enumerate(typed[:-1], 2):
        session.type(line, f"Question {number} of 31")
    session.type(typed[-1], "Was anything agreed")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("4", "no"),
        ("n", "no"),
        ("nope", "no"),
        ("2", "partly"),
        ("0", "unknown"),
        ("don't know", "unknown"),
        ("1", "yes"),
    ],
)
def test_a_number_a_letter_and_a_word_mean_the_same_at_every_question(
    start: Start, saved: Saved, typed: str, answer: str
) -> None:
    session = start()
    go_through(session, [typed] * 31)
    session.end("q")
    given = saved().answers
    assert list(given) == ITEMS
    assert {one.answer for one in given.values()} == {answer}
    assert not any(one.note for one in given.values())


def test_the_number_of_an_answer_that_is_not_open_records_nothing(start: Start, saved: Saved) -> None:
    session = start()
    session.begin()
    session.type("3", "3 is “Planned”, which is no answer to this question.")
    session.type("p", "Partly. b changes it.")
    session.type("b", "Your answer so far: Partly.")
    session.type("n", "No. b changes it.")
    session.end("q")
    assert {item: given.answer for item, given in saved().answers.items()} == {ITEMS[0]: "no"}


@NARROW_AND_PLAIN
def test_notes_land_where_they_were_meant(start: Start, saved: Saved, columns: int, arguments: list[str]) -> None:
    session = start(*GOVERNANCE, *arguments, columns=columns)
    session.begin()
    session.type("yes", "Question 17 of 31: Governance and policy (2 of 3 asked today)")
    session.type("note", "An empty line ends it.")
    session.type("The council has a budget.")
    session.type("", "The question before was 11")
    session.type("2", "Kept with question 11")
    session.type("note", "An empty line ends it.")
    session.type("Two of nine seats.")
    session.type("n", "`n` is the answer “No”.")
    session.type("2", "The question before was 11")
    session.type("1", "No. b changes it.")
    session.type("s", "1 Go through them now")
    session.type("b", "Question 20 of 31")
    session.type("note 17", "Note so far: Two of nine seats.")
    session.type("2", "An empty line ends it.")
    session.type("Two of eleven seats.")
    session.type("", "Kept with question 17")
    session.end("q")
    answers = saved().answers
    assert {item: (given.answer, given.note) for item, given in answers.items()} == {
        FIRST: ("yes", "The council has a budget."),
        SECOND: ("no", "Two of eleven seats."),
    }


def test_notes_are_shown_on_going_on_and_can_be_taken_out(start: Start, saved: Saved) -> None:
    session = start(*GOVERNANCE)
    session.begin()
    for typed in ("note", "Not this.", "", "e", "Minutes", "", "", ""):
        session.type(typed)
    session.end("q")
    again = start(*GOVERNANCE, "--resume", FILE)
    shown = again.prompt("Note so far: Not this.")
    assert "Evidence so far: Minutes" in shown
    again.type("note", "3 Take it out")
    again.type("3", "Take this note out for good?")
    again.type("yes", "is taken out.")
    again.type("evidence", "3 Take it out")
    again.type("3", "Take this out for good: Minutes?")
    again.type("y", "The evidence is taken out.")
    again.type("yes", "Question 17 of 31")
    again.end("quit")
    (given,) = saved().answers.values()
    assert (given.answer, given.note, given.evidence) == ("yes", None, ())


def test_the_last_answer_can_be_changed_before_the_end(start: Start, saved: Saved) -> None:
    session = start("--theme", "community")
    session.begin()
    session.type("yes", "Was anything agreed")
    session.type("b", "Your answer so far: Yes.")
    session.type("no", "Was anything agreed")
    session.end("q")
    assert [given.answer for given in saved().answers.values()] == ["no"]


def test_words_of_no_clear_meaning_record_nothing_and_long_ones_can_be_kept(start: Start, saved: Saved) -> None:
    session = start("--theme", "community")
    session.begin()
    for typed in ("maybe", "sometimes", "it depends", "not really"):
        session.type(typed, "so nothing was recorded. If it is so in part, type Partly.")
    session.type("we meet in the library each week", "Keep it as a note?")
    session.type("yes", "Kept with question 25")
    session.end("q")
    (given,) = saved().answers.values()
    assert (given.answer, given.note) == (None, "we meet in the library each week")


def test_with_other_answers_other_letters_are_commands(start: Start, tmp_path: Path) -> None:
    rubric = Path(__file__).parents[3] / "tests/shapes/quiet-evenings.yaml"
    text = (
        rubric.read_text().replace("title: Every day", "title: Quite every day").replace("title: Once", "title: Seldom")
    )
    (tmp_path / "other.yml").write_text(text)
    session = start("--rubric", "other.yml")
    session.prompt("Type stop to stop at any point and go on another day, and help to see all")
    for typed in ("Blue House", "", *["1"] * 9):
        if "Question 1 of 8" in session.type(typed):
            break
    session.type("q", "Quite every day.")
    session.type("s", "Seldom.")
    session.type("skip", "Left open.")
    session.end("stop")
    kept = (tmp_path / FILE).read_text().partition("answers:\n")[2].splitlines()
    assert [line.split(": ")[1] for line in kept] == ["every-day", "once"]
