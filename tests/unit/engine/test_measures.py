"""Every measure keeps what method.md promises of a gate, whoever added it: each row is tried with random values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve_audit.engine.balance import MOST_MARGINS, margin
from involve_audit.engine.compiled import CompiledGate
from involve_audit.engine.measures import (
    EITHER,
    HIGHER,
    LOWER,
    MEASURES,
    SET_ASIDE,
    TOLERANCE,
    VALUE,
    VOICE,
    MeasureRow,
    State,
)
from involve_audit.engine.reading import figure, holds
from involve_audit.model.rubric import Measure

from .strategies import promise

ASKED = [(row, side) for row in MEASURES.values() for side in row.sides]
VALUES = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
STATES = st.lists(st.tuples(st.none() | VALUES, st.booleans()), min_size=1, max_size=7)
THRESHOLDS = st.sampled_from([0.0, 0.2, 0.25, 1 / 3, 0.5, 0.75, 0.8, 1.0, 1.5])

FEW_THRESHOLDS = (0.0, 0.25, 1 / 3, 0.5, 0.75, 1.0, 1.5)
FEW_VALUES = [list(values) for size in range(1, 5) for values in combinations_with_replacement((0.0, 0.5, 1.0), size)]


def few_items() -> Iterator[list[State]]:
    """Every way in which up to four items can stand, whatever their order; the last of them is not heard."""
    for size in range(1, 5):
        for values in combinations_with_replacement((None, 0.0, 0.5, 1.0), size):
            yield [(value, place < size - 1) for place, value in enumerate(values)]


def a_gate(row: MeasureRow, side: str, items: int, threshold: float) -> CompiledGate:
    perspective = 0 if row.looks_at == VOICE else None
    return CompiledGate("g", row.name, tuple(range(items)), threshold, side == "at_least", perspective)


def is_met(gate: CompiledGate, states: list[State]) -> bool:
    values = [value for value, _heard in states]
    return holds(gate, figure(gate, values, [int(heard) for _value, heard in states]))


def better(row: MeasureRow, side: str, states: list[State], place: int) -> list[State]:
    """The same with one item better, as this measure has it: of what it may look at either way, heard or applicable."""
    value, heard = states[place]
    if row.looks_at == VOICE:
        better_state: State = (value, True)
    elif row.looks_at == SET_ASIDE:
        better_state = (0.0 if value is None else value, heard)
    else:
        best = 1.0 if row.sides[side] == HIGHER else 0.0
        better_state = (None if value is None else best, heard)
    return [*states[:place], better_state, *states[place + 1 :]]


def test_the_rows_are_the_measures_that_a_rubric_may_name() -> None:
    assert tuple(MEASURES) == get_args(Measure)


@pytest.mark.parametrize("row", MEASURES.values(), ids=lambda row: row.name)
def test_a_row_says_what_it_looks_at_and_of_which_items(row: MeasureRow) -> None:
    assert row.looks_at in (VALUE, SET_ASIDE, VOICE)
    assert row.sides.keys() <= {"at_least", "at_most"}
    assert row.sides
    wanted = {HIGHER, LOWER} if row.looks_at == VALUE else {EITHER}
    assert set(row.sides.values()) <= wanted
    assert not (row.names_answer or row.all_or_nothing) or row.looks_at == VALUE


@pytest.mark.parametrize(("row", "side"), ASKED, ids=lambda one: getattr(one, "name", one))
@promise(60)
@given(states=STATES, threshold=THRESHOLDS)
def test_a_gate_holds_exactly_where_its_margin_says_so(
    row: MeasureRow, side: str, states: list[State], threshold: float
) -> None:
    gate = a_gate(row, side, len(states), threshold)
    found = margin(gate)
    total = found.start + sum(found.part(state) for state in states)
    applies = any(value is not None for value, _heard in states)
    assert (total >= found.least and (applies or not row.nothing_fails)) == is_met(gate, states)


def test_margins_are_kept_up_to_a_bound() -> None:
    for number in range(MOST_MARGINS + 10):
        margin(CompiledGate(f"gate-{number}", "points", (0,), 1.0, at_least=True, perspective=None))
    assert margin.cache_info().currsize == MOST_MARGINS


@pytest.mark.parametrize(("row", "side"), ASKED, ids=lambda one: getattr(one, "name", one))
def test_of_few_items_every_gate_holds_exactly_where_its_margin_says_so(row: MeasureRow, side: str) -> None:
    """Random values seldom meet the ties on which a wrong start or part shows."""
    for states in few_items():
        for threshold in FEW_THRESHOLDS:
            gate = a_gate(row, side, len(states), threshold)
            found = margin(gate)
            total = found.start + sum(found.part(state) for state in states)
            applies = any(value is not None for value, _heard in states)
            assert (total >= found.least and (applies or not row.nothing_fails)) == is_met(gate, states), states


@pytest.mark.parametrize(
    ("row", "side"), [pair for pair in ASKED if pair[0].looks_at == VALUE], ids=lambda one: getattr(one, "name", one)
)
def test_of_few_items_no_shortfall_is_larger_than_what_suffices(row: MeasureRow, side: str) -> None:
    for values in FEW_VALUES:
        for threshold in FEW_THRESHOLDS:
            gate = a_gate(row, side, len(values), threshold)
            if is_met(gate, [(value, True) for value in values]):
                continue
            shortfall = row.shortfall(gate.items, values, threshold)
            for changed in FEW_VALUES:
                if len(changed) == len(values) and is_met(gate, [(value, True) for value in changed]):
                    gained = sum(abs(one - other) for one, other in zip(values, changed, strict=True))
                    assert shortfall <= gained + TOLERANCE * len(values), (values, changed)


@pytest.mark.parametrize("row", [row for row in MEASURES.values() if row.names_answer], ids=lambda row: row.name)
def test_a_figure_that_is_told_as_an_answer_is_what_one_item_counts_as(row: MeasureRow) -> None:
    for values in FEW_VALUES:
        assert row.figure(values, len(values)) in values


@pytest.mark.parametrize(("row", "side"), ASKED, ids=lambda one: getattr(one, "name", one))
@promise(60)
@given(states=STATES, threshold=THRESHOLDS, place=st.integers(0, 6))
def test_a_better_answer_never_lets_a_gate_fail(
    row: MeasureRow, side: str, states: list[State], threshold: float, place: int
) -> None:
    gate = a_gate(row, side, len(states), threshold)
    after = better(row, side, states, place % len(states))
    assert is_met(gate, after) or not is_met(gate, states)


@pytest.mark.parametrize(("row", "side"), ASKED, ids=lambda one: getattr(one, "name", one))
@promise(60)
@given(both=st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=7), threshold=THRESHOLDS)
def test_a_gate_that_fails_holds_only_after_its_shortfall(
    row: MeasureRow, side: str, both: list[tuple[float, float]], threshold: float
) -> None:
    """The bound of the search for next steps would leave out a set that suffices, if a shortfall could be too large."""
    gate = a_gate(row, side, len(both), threshold)
    up = side == "at_least"
    values, changed = [pair[0] for pair in both], [max(pair) if up else min(pair) for pair in both]
    before, then = ([(value, True) for value in found] for found in (values, changed))
    if row.looks_at == VALUE and not is_met(gate, before) and is_met(gate, then):
        gained = sum(abs(one - other) for one, other in zip(values, changed, strict=True))
        assert row.shortfall(gate.items, values, threshold) <= gained + TOLERANCE * len(values)


@pytest.mark.parametrize(("row", "side"), ASKED, ids=lambda one: getattr(one, "name", one))
def test_where_nothing_applies_the_row_says_what_that_means(row: MeasureRow, side: str) -> None:
    gate = a_gate(row, side, 2, 0.5)
    found = figure(gate, [None, None], [0, 0])
    assert found is not None or row.nothing_fails or row.looks_at == VOICE
    assert not (row.nothing_fails and is_met(gate, [(None, True), (None, True)]))


@pytest.mark.parametrize("row", [row for row in MEASURES.values() if row.all_or_nothing], ids=lambda row: row.name)
@given(states=STATES, threshold=THRESHOLDS)
@promise(40)
def test_one_item_breaks_an_all_or_nothing_gate_by_a_whole_step(
    row: MeasureRow, states: list[State], threshold: float
) -> None:
    (side,) = row.sides
    found = margin(a_gate(row, side, len(states), threshold))
    assert found.start == 0
    assert {found.part(state) for state in states} <= {-1.0, 0.0}
