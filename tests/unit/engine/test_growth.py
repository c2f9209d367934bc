"""How the work of the engine grows with what it is given: not with its square, which would be 8 here.

Where something is searched it grows faster than what it is given, up to the budget of the search.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.counting import growth

from involve_audit.engine.assessment import assess
from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.engine.reachability import examine

from .building import gate, item, small, view

Audit = tuple[CompiledRubric, list[CompiledView]]
COLUMN = {"stage": "high", "kind": "achievement"}
HALF = {"high": [gate("share", COLUMN, at_least="50%")]}


def _column(number: int, word: str) -> Audit:
    rubric = small([item(f"a{n}", na=True) for n in range(number)], HALF)
    return rubric, [view(rubric, {}, ["users"], otherwise=word)]


def _chain(number: int) -> Audit:
    """Each item implies the next."""
    rubric = small([item(f"a{n}", implies=[f"a{n + 1}"] if n + 1 < number else []) for n in range(number)], HALF)
    return rubric, [view(rubric, {}, ["users"], otherwise="unknown")]


def _limited(number: int) -> Audit:
    """Each item is limited by one anti-pattern."""
    limiting = [item(f"x{n}", "anti-pattern", limits=[f"a{n}"]) for n in range(number)]
    rubric = small([*(item(f"a{n}") for n in range(number)), *limiting], HALF)
    return rubric, [view(rubric, {}, ["users"], otherwise="yes")]


def _many_views(number: int) -> Audit:
    rubric, _ = _column(5, "yes")
    words = ("yes", "no", "planned", "unknown")
    return rubric, [view(rubric, {}, ["users"], otherwise=words[n % 4]) for n in range(number)]


def _many_gates(number: int) -> Audit:
    items = [item(f"a{n}") for n in range(10)]
    gates = [gate("points", [f"a{n % 10}", f"a{(n + 1) % 10}"], at_least="1") for n in range(number)]
    rubric = small(items, {"high": gates})
    return rubric, [view(rubric, {}, ["users"], otherwise="no")]


def _many_stages(number: int) -> Audit:
    items = [item(f"a{n}") for n in range(number)]
    rubric = small(items, {("high", f"s{n}")[n > 0]: [gate("points", [f"a{n}"], at_least="1")] for n in range(number)})
    return rubric, [view(rubric, {}, ["users"], otherwise="partly")]


@pytest.mark.parametrize(
    "make",
    [
        *(lambda number, word=word: _column(number, word) for word in ("no", "unknown", "not-applicable")),
        _chain,
        _limited,
        _many_views,
        _many_gates,
        _many_stages,
    ],
    ids=["no", "unknown", "set aside", "chain", "limited", "views", "gates", "stages"],
)
def test_the_work_on_an_audit_does_not_grow_with_its_square(make: Callable[[int], Audit]) -> None:
    assert growth(lambda audit: assess(*audit), make, 20) < 4


@pytest.mark.parametrize("make", [_chain, _limited, _many_gates, _many_stages])
def test_the_work_on_a_ladder_does_not_grow_with_its_square(make: Callable[[int], Audit]) -> None:
    def of_the_rubric(number: int) -> Any:
        return make(number)[0]

    assert growth(examine, of_the_rubric, 20) < 6
