"""Which gates changed."""

from __future__ import annotations

from typing import Any

from involve_audit.engine.comparing.changes import gate_changes
from involve_audit.engine.compiled import CompiledRubric
from involve_audit.engine.resolve import Resolved
from involve_audit.engine.score import GateResult, RecordedScore

GATE = GateResult("high", "half", "share", None, 0.5, 0.5, True, True, True, ("a", "b"))


def recorded(*gates: GateResult) -> RecordedScore:
    rubric: Any = CompiledRubric
    said = Resolved([], [], [], [])
    return RecordedScore(
        rubric, (), resolved=said, floor="low", ceiling="high", enough_known=True, gates=gates, counts_as=()
    )


def kinds(then: list[GateResult], now: list[GateResult]) -> list[tuple[str, str, bool]]:
    return [(found.id, found.kind, found.rule_changed) for found in gate_changes(recorded(*then), recorded(*now))]


def test_a_gate_that_holds_or_fails_now_is_told_whatever_it_asks_for() -> None:
    failing = GATE._replace(figure=0.25, holds=False)
    assert kinds([GATE], [failing]) == [("half", "fails-now", False)]
    assert kinds([failing], [GATE._replace(threshold=0.25)]) == [("half", "holds-now", True)]


def test_a_gate_that_asks_for_something_else_is_told() -> None:
    for other in (
        {"threshold": 0.25},
        {"items": ("a",)},
        {"measure": "lowest"},
        {"perspective": "users"},
        {"stage": "top"},
        {"at_least": False},
    ):
        assert kinds([GATE], [GATE._replace(**other)]) == [("half", "asks-otherwise", True)], other


def test_the_order_of_its_items_and_what_a_record_rounds_are_no_change() -> None:
    third = GATE._replace(threshold=1 / 3, figure=1 / 3)
    rounded = third._replace(threshold=0.333333333, figure=0.333333333, items=("b", "a"))
    assert kinds([third], [rounded]) == [("half", "unchanged", False)]


def test_a_figure_that_moved_is_told() -> None:
    assert kinds([GATE], [GATE._replace(figure=0.75)]) == [("half", "figure", False)]
    assert kinds([GATE._replace(figure=None)], [GATE]) == [("half", "figure", False)]


def test_new_gates_and_gates_that_are_gone_are_told() -> None:
    other = GATE._replace(id="other")
    assert kinds([GATE], [other]) == [("other", "new", False), ("half", "gone", False)]
