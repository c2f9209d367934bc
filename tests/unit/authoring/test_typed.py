"""Answers that cannot be told apart by typing, and commands that answers leave nothing to type for, are found."""

from __future__ import annotations

import pytest
from tests.unit.authoring.conftest import edited, findings

from involve_audit.words.asking import COMMANDS

YES, NO = '{id: "yes", title: "Yes", value: 1}', '{id: "no", title: "No", value: 0}'


def told(yes: str, no: str) -> list[tuple[int | None, str]]:
    found = findings(edited((YES, yes), (NO, no)))
    assert {finding.rule for finding in found} <= {"can-be-typed"}
    return [(finding.problem.line, finding.problem.what) for finding in found]


def line(passage: str) -> int:
    return edited().partition(passage)[0].count("\n") + 1


@pytest.mark.parametrize(
    ("yes", "no", "name"),
    [
        (YES, '{id: "no", title: "YES ", value: 0}', "YES"),
        (
            '{id: "yes", title: "Yes", value: 1, also: [sure]}',
            '{id: "no", title: "No", value: 0, also: [Sure!]}',
            "Sure!",
        ),
        (YES, '{id: "no", title: "No", value: 0, also: [yes]}', "yes"),
        (YES, '{id: "no", title: "No", value: 0, also: [nobody here knows]}', "nobody here knows"),
        (YES, '{id: "no", title: "Does not apply", value: 0}', "Does not apply"),
    ],
)
def test_a_name_that_stands_for_two_answers_is_found_at_the_second(yes: str, no: str, name: str) -> None:
    ((where, what),) = told(yes, no)
    assert where == line(NO)
    assert what.startswith(f"“{name}” stands for two answers, “")


@pytest.mark.parametrize(
    ("yes", "no", "name"),
    [
        ('{id: "yes", title: "2", value: 1}', NO, "2"),
        ('{id: "yes", title: "Yes", value: 1, also: [3 of 4]}', NO, "3 of 4"),
        (YES, '{id: "no", title: "0 – never", value: 0}', "0 - never"),
    ],
)
def test_a_name_that_begins_with_another_answers_number_is_found(yes: str, no: str, name: str) -> None:
    ((_where, what),) = told(yes, no)
    assert what.startswith(f"“{name}” begins with the number that another answer would have")


def test_numbers_in_their_own_places_and_other_numbers_are_fine() -> None:
    assert told('{id: "yes", title: "1 Yes", value: 1}', '{id: "no", title: "2 No", value: 0, also: [10 %]}') == []


def test_a_command_that_is_left_nothing_is_named_by_what_it_does() -> None:
    taken = ", ".join(f"{word.strip()!r}" for word in COMMANDS["note"].split(","))
    ((_where, what),) = told(f'{{id: "yes", title: "Yes", value: 1, also: [{taken}]}}', NO)
    assert what == "the answers leave nothing to type for these commands: “add or change a note”"
