"""What a gate may measure: one row for each measure, and whatever depends on a measure reads its row.

To add one, add its name to `model.rubric.Measure` and its row here. Rules, readings, searches, proofs and words take
all that they need from the row; the tests hold every row to what method.md promises of a gate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

TOLERANCE = 1e-9
"""By how much two figures may differ and still be taken for the same."""

HIGHER, LOWER, EITHER = "higher", "lower", "either"
"""Which items a gate may look at: those of which a higher value is better, a lower one, or any."""

VALUE, SET_ASIDE, VOICE = "value", "set-aside", "voice"
"""What a measure looks at: what an item counts as, whether it was set aside, or whether a perspective was heard."""

MEAN, TOTAL, LEAST, GREATEST, PART_SET_ASIDE = "mean", "total", "least", "greatest", "part-set-aside"
"""What a figure is of what a measure looks at, where a table works it out for all of its audits at once."""

State = tuple[float | None, bool]
"""What one item counts as (None: set aside), and whether the perspective at hand was heard on it."""


def _no_start(threshold: float, at_least: bool) -> float:
    return 0.0


def _any_gain(items: Sequence[int], values: Sequence[float | None], threshold: float) -> float:
    """The least that can make a difference, where nothing more is known."""
    return TOLERANCE * 2


class MeasureRow(NamedTuple):
    """One measure.

    `sides` are the sides of a threshold that a gate may ask for, with the items it may then look at: others would let a
    better answer lower the stage. Of what is not a `proportion` the threshold may be more than 1. Where `names_answer`,
    the figure is what one of the items counts as, and is told as that answer.

    `figure` takes what the measure looks at of each item that applies, and how many items the gate selects; it is None
    where there is nothing to measure. Then the gate fails where `nothing_fails`, and holds elsewhere. `of_columns` is
    the same figure in a word, by which `tables.kernel` works it out for all audits at once. Without it, it refuses.

    The searches see a gate as a sum, its margin: the `start`, given the threshold and whether it is a least, and the
    `part` of each item's state. The gate holds exactly where the margin is not below zero, the tolerance aside, and
    something applies where that is asked for. `all_or_nothing` says that one item alone can break the gate: its part is
    then -1, and 0 where it does not. `shortfall` is by how much the values have to change, taken together and at the
    least, before a gate that fails can hold: of the gate's items, the values of all, and the threshold.
    """

    name: str
    sides: Mapping[str, str]
    looks_at: str
    is_proportion: bool
    nothing_fails: bool
    all_or_nothing: bool
    figure: Callable[[Sequence[float], int], float | None]
    part: Callable[[State, float, bool], float]
    of_columns: str | None = None
    names_answer: bool = False
    start: Callable[[float, bool], float] = _no_start
    shortfall: Callable[[Sequence[int], Sequence[float | None], float], float] = _any_gain


def _share(values: Sequence[float], selected: int) -> float | None:
    return sum(values) / len(values) if values else None


def _share_part(state: State, threshold: float, at_least: bool) -> float:
    return 0.0 if state[0] is None else state[0] - threshold


def _share_shortfall(items: Sequence[int], values: Sequence[float | None], threshold: float) -> float:
    return -sum(value - threshold for item in items if (value := values[item]) is not None) - TOLERANCE * len(items)


def _points(values: Sequence[float], selected: int) -> float | None:
    return sum(values)


def _points_start(threshold: float, at_least: bool) -> float:
    return -threshold if at_least else threshold


def _points_part(state: State, threshold: float, at_least: bool) -> float:
    value = state[0] or 0.0
    return value if at_least else -value


def _points_shortfall(items: Sequence[int], values: Sequence[float | None], threshold: float) -> float:
    return abs(threshold - sum(value for item in items if (value := values[item]) is not None))


def _lowest(values: Sequence[float], selected: int) -> float | None:
    return min(values, default=None)


def _lowest_part(state: State, threshold: float, at_least: bool) -> float:
    return -1.0 if state[0] is not None and state[0] < threshold - TOLERANCE else 0.0


def _highest(values: Sequence[float], selected: int) -> float | None:
    return max(values, default=0.0)


def _highest_part(state: State, threshold: float, at_least: bool) -> float:
    return -1.0 if state[0] is not None and state[0] > threshold + TOLERANCE else 0.0


def _not_applicable(values: Sequence[float], selected: int) -> float | None:
    return (selected - len(values)) / selected if selected else 0.0


def _not_applicable_part(state: State, threshold: float, at_least: bool) -> float:
    return threshold - (state[0] is None)


def _heard_part(state: State, threshold: float, at_least: bool) -> float:
    return 0.0 if state[0] is None else state[1] - threshold


_ROWS = (
    MeasureRow(
        name="share",
        sides={"at_least": HIGHER},
        looks_at=VALUE,
        is_proportion=True,
        nothing_fails=True,
        all_or_nothing=False,
        figure=_share,
        of_columns=MEAN,
        part=_share_part,
        shortfall=_share_shortfall,
    ),
    MeasureRow(
        name="points",
        sides={"at_least": HIGHER, "at_most": LOWER},
        looks_at=VALUE,
        is_proportion=False,
        nothing_fails=False,
        all_or_nothing=False,
        figure=_points,
        of_columns=TOTAL,
        start=_points_start,
        part=_points_part,
        shortfall=_points_shortfall,
    ),
    MeasureRow(
        name="lowest",
        sides={"at_least": HIGHER},
        looks_at=VALUE,
        is_proportion=True,
        names_answer=True,
        nothing_fails=True,
        all_or_nothing=True,
        figure=_lowest,
        of_columns=LEAST,
        part=_lowest_part,
    ),
    MeasureRow(
        name="highest",
        sides={"at_most": LOWER},
        looks_at=VALUE,
        is_proportion=True,
        names_answer=True,
        nothing_fails=False,
        all_or_nothing=True,
        figure=_highest,
        of_columns=GREATEST,
        part=_highest_part,
    ),
    MeasureRow(
        name="not-applicable",
        sides={"at_most": EITHER},
        looks_at=SET_ASIDE,
        is_proportion=True,
        nothing_fails=False,
        all_or_nothing=False,
        figure=_not_applicable,
        of_columns=PART_SET_ASIDE,
        part=_not_applicable_part,
    ),
    MeasureRow(
        name="heard",
        sides={"at_least": EITHER},
        looks_at=VOICE,
        is_proportion=True,
        nothing_fails=False,
        all_or_nothing=False,
        figure=_share,
        of_columns=MEAN,
        part=_heard_part,
    ),
)
MEASURES = {row.name: row for row in _ROWS}
