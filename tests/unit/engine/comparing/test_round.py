"""Whether the respondents differ much in kind or number."""

from __future__ import annotations

import pytest

from involve_audit.engine.comparing.round import People, people_changes

HIDDEN = People(1, 4)


def exactly(number: int) -> People:
    return People(number, number)


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        (exactly(3), exactly(6), "many-more"),
        (exactly(6), exactly(3), "far-fewer"),
        (exactly(1), exactly(3), None),
        (exactly(10), exactly(19), None),
        (HIDDEN, exactly(8), "many-more"),
        (HIDDEN, exactly(7), None),
        (HIDDEN, HIDDEN, None),
    ],
)
def test_a_number_differs_much_where_it_is_twice_and_three_more_for_certain(
    then: People, now: People, kind: str | None
) -> None:
    found = people_changes({"staff": then}, {"staff": now})
    assert [change.kind for change in found] == ([kind] if kind else [])


def test_a_perspective_that_took_part_only_once_is_named() -> None:
    found = people_changes({"users": exactly(1), "staff": exactly(2)}, {"staff": exactly(2), "carers": HIDDEN})
    assert [(change.perspective, change.kind) for change in found] == [("carers", "joined"), ("users", "left")]
