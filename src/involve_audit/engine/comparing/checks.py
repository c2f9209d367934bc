"""What a run may be asked to fail on (docs/comparing.md, "In CI")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from involve_audit.engine.comparing.comparison import Comparison
from involve_audit.engine.comparing.items import ItemChange

REGRESSION, UNHEARD, NOT_COMPARABLE = "regression", "unheard", "not-comparable"
FAIL_ON = (REGRESSION, UNHEARD, NOT_COMPARABLE)


class Failure(NamedTuple):
    """A check that failed. Without items, a regression is one of the stage."""

    check: str
    items: tuple[ItemChange, ...] = ()


def failures(comparison: Comparison, checks: Sequence[str]) -> Iterator[Failure]:
    """Every one of `checks` that fails. A stage and items that cannot be compared are no regression."""
    if REGRESSION in checks and comparison.fell:
        yield Failure(REGRESSION)
    if REGRESSION in checks and comparison.lost:
        yield Failure(REGRESSION, comparison.lost)
    if UNHEARD in checks and comparison.is_unheard:
        yield Failure(UNHEARD)
    if NOT_COMPARABLE in checks and not comparison.is_comparable:
        yield Failure(NOT_COMPARABLE)
