"""What somebody says of the columns of a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.tables import gave

HEADINGS = ["Frage 1", "Warum?", "Grund", "Rolle", "Wie viele", "Gesendet", "Ort", "Q9"]
MAP = """\
Frage 1: agenda
Warum?: note of agenda
Grund: reason of agenda
Rolle: perspective
Wie viele: people
Gesendet: date day/month/year
Ort: subject
Q9: nothing
"""


@pytest.fixture
def said(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
        return str(tmp_path / "map.yaml")

    return write


def test_each_line_says_of_one_column_what_it_holds(said: Callable[[str], str]) -> None:
    row = ["Does not apply", "A note.", "No meetings.", "Staff", "2", "03/04/2026", "North", "x"]
    (view,) = gave(HEADINGS, row, columns=said(MAP), subject=None, perspective=None).views
    answer = view.answers["agenda"]
    assert (answer.answer, answer.note, answer.reason) == ("not-applicable", "A note.", "No meetings.")
    assert (view.respondents, view.date, view.subject.name) == ({"staff": 2}, date(2026, 4, 3), "North")


def test_numbers_of_people_may_stand_in_a_column_each(said: Callable[[str], str]) -> None:
    text = "A: survey\nM: people of members\nS: people of staff\n"
    (view,) = gave(["A", "M", "S"], ["yes", "4", ""], columns=said(text), perspective=None).views
    assert view.respondents == {"members": 4}


@pytest.mark.parametrize("line", ["Email: subject", "Email: note of agenda", "Your name: audit", "Date of birth: date"])
def test_who_somebody_is_is_not_read_though_it_is_said(said: Callable[[str], str], line: str) -> None:
    heading = line.partition(":")[0]
    (problem,) = gave(["q_survey", heading], ["yes", "anna@x.org"], columns=said(f"{line}\n")).problems
    assert "map.yaml:1:" in problem
    assert f"“{heading}” tells who somebody is: it is never read" in problem
    assert "anna" not in problem
    assert gave(["q_survey", heading], ["yes", "a"], columns=said(f"{heading}: response\n")).views


def test_what_can_tell_who_somebody_is_is_read_and_asked_about_and_nothing_is_nothing(
    said: Callable[[str], str],
) -> None:
    got = gave(["q_survey", "Ort", "x"], ["yes", "North", "a"], columns=said("Ort: subject\nx: nothing\n"))
    assert got.views[0].subject.name == "North"
    assert any("Can this tell who somebody is?" in line and "“Ort”" in line for line in got.told)
    assert not any("left alone" in line for line in got.told)


def test_two_columns_of_one_heading_cannot_be_told_apart(said: Callable[[str], str]) -> None:
    (problem,) = gave(["Q1", "Q1"], ["yes", "no"], columns=said("Q1: survey\n")).problems
    assert "call it differently" in problem


def test_it_goes_before_what_a_column_is_called(said: Callable[[str], str]) -> None:
    got = gave(["Survey", "Second survey"], ["yes", "no"], columns=said("second  SURVEY: survey\n"))
    assert got.views[0].answers["survey"].answer == "no"
    assert "1 column was left alone: “Survey”." in got.told


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("Frage 1: agenad\n", "1:10", "Did you mean `agenda`?"),
        ("Frage 1: note of agenad\n", "1:10", "Did you mean `note of agenda`?"),
        ("Frage 1: people of membres\n", "1:10", "Did you mean `people of members`?"),
        ("Frage 1:\n", "1:9", "Write the id of a question"),
        ("Frage 1: [agenda]\n", "1:10", "Write the id of a question"),
        ("Frage 1: survey\nRolle: survey\n", "2:8", "“Frage 1” and for “Rolle”"),
        ("Frage 1: survey\nRole: perspective\n", "2:1", "Did you mean `Rolle`?"),
        ("Frage 1: survey\nFrage 1: agenda\n", "2:1", "twice"),
        ("- Frage 1\n", "", "`key: value` lines"),
        ("", "", "`key: value` lines"),
        ("Frage 1: &agenda\n", "1:10", "(an anchor)"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(said: Callable[[str], str], text: str, place: str, told: str) -> None:
    (problem,) = gave(HEADINGS, ["yes"] * 8, columns=said(text)).problems
    assert f"map.yaml:{place}" in problem if place else "map.yaml: " in problem
    assert told in problem
