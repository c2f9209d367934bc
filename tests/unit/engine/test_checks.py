"""What a run can be asked to fail on: each concern holds exactly where it says."""

from __future__ import annotations

import pytest
from tests.each import each

from involve_audit.engine.checks import Concern, concerns, stage_concern
from involve_audit.engine.comparing.kept import kept_from, kept_of, since
from involve_audit.engine.score import Score

from .building import gate, item, small, view

RUBRIC = small(
    [item("up"), item("down", "deficit"), item("token", "anti-pattern")],
    {"high": [gate("points", ["up"], at_least=1)], "top": [gate("points", ["token"], at_most=0)]},
)
FINE = {"up": "yes", "down": "no", "token": "no"}


def score(present: tuple[str, ...] = ("users",), evidence: tuple[str, ...] = ("up",), **answers: str) -> Score:
    return Score(RUBRIC, [view(RUBRIC, FINE | answers, present, evidence)])


def test_a_good_audit_has_no_concerns() -> None:
    assert list(concerns(score())) == []


@each(
    ("changed", "found"),
    [
        ({"up": "unknown"}, [Concern("unknown", ("up",))]),
        ({"token": "yes"}, [Concern("anti-pattern", ("token",))]),
        ({"token": "partly"}, [Concern("anti-pattern", ("token",))]),
        ({"token": "unknown"}, [Concern("unknown", ("token",))]),
        ({"down": "yes"}, []),
        ({"evidence": ()}, [Concern("unevidenced", ("up",))]),
        ({"evidence": (), "up": "partly"}, []),
        ({"present": ("staff",)}, [Concern("unheard")]),
        ({"present": ()}, [Concern("unheard")]),
        ({"present": ("staff", "users")}, []),
        ({"up": "unknown", "down": "unknown"}, [Concern("unknown", ("up", "down")), Concern("not-enough-known")]),
    ],
)
def test_each_concern_holds_where_it_says(changed: dict[str, object], found: list[Concern]) -> None:
    assert list(concerns(score(**changed))) == found  # type: ignore[arg-type]


def test_people_who_took_part_and_answered_nothing_were_not_heard() -> None:
    views = [view(RUBRIC, FINE, ["staff"], ["up"]), view(RUBRIC, {}, ["users"])]
    assert list(concerns(Score(RUBRIC, views))) == [Concern("unheard")]


def test_a_rubric_that_asks_nobody_in_particular_leaves_nobody_unheard() -> None:
    rubric = small([item("up")], {"high": [gate("points", ["up"], at_least=1)]}, perspectives=[])
    assert list(concerns(Score(rubric, [view(rubric, {"up": "partly"})]))) == []


@pytest.mark.parametrize(
    ("answers", "wanted", "fails"),
    [
        ({}, "top", False),
        ({"token": "yes"}, "high", False),
        ({"token": "yes"}, "top", True),
        ({"up": "no"}, "low", False),
        ({"up": "yes"}, "no-such-stage", True),
        ({"down": "unknown", "token": "unknown"}, "high", True),  # high by its answers, but too little is known
    ],
)
def test_a_stage_that_was_asked_for(answers: dict[str, str], wanted: str, fails: bool) -> None:
    assert (stage_concern(score(**answers), wanted) is not None) is fails


def test_a_regression_names_the_items_that_are_worse() -> None:
    before = kept_from(RUBRIC, "top", FINE, ())
    now = score(down="partly")
    assert list(concerns(now, since(RUBRIC, before, kept_of(now)))) == [Concern("regression", ("down",))]
    better = kept_from(RUBRIC, "low", FINE | {"up": "no", "down": "partly"}, ())
    assert list(concerns(now, since(RUBRIC, better, kept_of(now)))) == []


def test_a_stage_that_fell_is_a_regression_even_where_no_item_is_worse() -> None:
    now = score(token="yes")
    before = kept_from(RUBRIC, "top", FINE | {"token": "yes"}, ())  # of a version that asked for less
    assert list(concerns(now, since(RUBRIC, before, kept_of(now))))[-1] == Concern("regression")
