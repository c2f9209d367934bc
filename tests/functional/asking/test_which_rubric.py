"""With more than one rubric at hand, the people choose; Enter takes the first."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.functional.asking.conftest import Saved, Start
from tests.functional.asking.session import ROOT

SHAPES = ROOT / "tests/shapes"


def test_enter_takes_the_first_which_is_the_spectrum(start: Start) -> None:
    session = start()
    shown = session.prompt("Which questions shall be asked?")
    assert "  1 Service user leadership spectrum (31 questions)\n    How far is a mental health service led by" in shown
    assert "  2 Four steps to plan co-production (14 questions)\n    Is a plan to work together ready" in shown
    assert "There are 31 questions." in session.type("", "What is looked at?")


@pytest.mark.parametrize("typed", ["2", "co-production-steps", "Co-Production-Steps "])
def test_another_is_taken_by_its_number_or_its_id(start: Start, saved: Saved, typed: str) -> None:
    session = start()
    session.prompt()
    assert "There are 14 questions." in session.type(typed, "What is looked at?")
    session.type("Blue House")
    session.end("q")


def test_what_is_none_of_them_is_asked_again_and_help_is_there(start: Start) -> None:
    session = start()
    session.prompt()
    for typed in ("3", "0", "spectrum", "99999999", "²"):
        session.type(typed, "That was none of them. Type a number from 1 to 2")
    session.type("?", "If you are not sure, take the first.")
    session.type("1", "What is looked at?")


def test_q_stops_before_anything_was_asked(start: Start, tmp_path: Path) -> None:
    session = start()
    session.prompt()
    assert "Nothing was saved yet" in session.end("q")
    assert session.code == 0
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_input_is_an_interruption(start: Start) -> None:
    session = start()
    session.prompt()
    session.child.send("\x04")
    session.end()
    assert session.code == 130


def test_ones_own_rubrics_come_first_and_answers_name_the_one_that_was_chosen(
    start: Start, saved: Saved, tmp_path: Path
) -> None:
    (tmp_path / "rubrics").mkdir()
    text = (SHAPES / "quiet-evenings.yaml").read_text(encoding="utf-8")
    (tmp_path / "rubrics/quiet-evenings.yaml").write_text(text, encoding="utf-8")
    session = start()
    assert "  1 Quiet evenings in a shared house (8 questions)" in session.prompt()
    session.type("")
    session.type("Our house")
    session.type("")
    session.type("1")
    session.end("q")
    (file,) = tmp_path.glob("*.yaml")
    assert "rubric: quiet-evenings@2.1.0" in file.read_text(encoding="utf-8")
    again = start("--resume", file.name)
    assert "Which questions" not in again.prompt("Question 2 of 8: ")


def test_a_rubric_that_is_not_valid_is_named_and_the_others_can_be_asked(start: Start, tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics/own.yaml").write_text("format: involve-audit/rubric@1\n", encoding="utf-8")
    shown = start().prompt("Which questions")
    assert "rubrics/own.yaml is not valid, and cannot be asked: `id` is missing." in " ".join(shown.split())


def test_a_theme_that_only_one_rubric_has_leaves_nothing_to_choose(start: Start) -> None:
    start("--theme", "grow-it").prompt("There are 3 questions.")


def test_a_translation_that_was_chosen_is_kept_for_going_on(start: Start, tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics/steps-cy.yaml").write_text(
        "format: involve-audit/overlay@1\nid: steps-cy\nversion: 1.0.0\nextends: co-production-steps@1\n"
        "language: cy\ntexts: {rubric: {title: Pedwar cam}}\n",
        encoding="utf-8",
    )
    session = start()
    assert "  1 Pedwar cam (14 questions)" in session.prompt()
    session.type("")
    session.type("Blue House")
    session.type("")
    for _ in range(6):
        session.type("1")
    session.type("yes")
    shown = " ".join(session.end("q").split())
    assert "--rubric steps-cy" in shown
    (file,) = tmp_path.glob("*.yaml")
    assert "rubric: co-production-steps@1.1.0" in file.read_text(encoding="utf-8")
