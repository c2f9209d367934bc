"""The chart of a series: a stage for each audit, the days to scale, the lowest stage at the bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from involve_audit.language import short_day
from involve_audit.render.lettering import ems, fitting

LEFT, RIGHT, TOP, STEP, BOTTOM = 136.0, 468.0, 52.0, 42.0, 42.0
WIDTH = 530.0
LABEL, VERSION = 18.0, 16.0
"""The sizes of words on a phone, the largest that the styles give them."""
_GAP = 8.0
_ROWS, _LONGEST = 2, 16.0
_MARGIN = 14.0
_SMALL_LEFT, _SMALL_RIGHT, _SMALL_TOP, _SMALL_BOTTOM = 8.0, 232.0, 8.0, 68.0


class Plotted(NamedTuple):
    """What is to be drawn of one audit: its day, the places of its floor and ceiling on the ladder, and its version.

    The places are None where the ladder does not have the stage; `is_known` is false where no stage is headlined.
    `rubric_changed` says whether the audit before it was made with another version.
    """

    day: date
    floor: int | None
    ceiling: int | None
    is_known: bool
    version: str
    rubric_changed: bool


class Mark(NamedTuple):
    """One audit on the chart. `top` is where its range ends."""

    x: float
    y: float
    top: float
    is_known: bool


class Line(NamedTuple):
    """From one audit to the next; dashed where the rubric changed between them."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_dashed: bool


class Label(NamedTuple):
    """Words at a place of an axis."""

    at: float
    words: str


class VersionMark(NamedTuple):
    """Where a version begins, and its name: to the right of the mark or, where `is_before`, to its left.

    `row` is the line of words that it stands on, 0 at the top; the words are empty where there is no room.
    """

    at: float
    words: str
    is_before: bool
    row: int


class Chart(NamedTuple):
    """Everything that is drawn, in the units of the picture."""

    width: float
    height: float
    left: float
    right: float
    floor_y: float
    stages: list[Label]
    days: list[Label]
    versions: list[VersionMark]
    lines: list[Line]
    marks: list[Mark]


class SmallChart(NamedTuple):
    """One theme over time: the points of its line, from nothing at the bottom to everything at the top."""

    points: list[tuple[float, float]]
    left: float
    right: float
    top: float
    bottom: float


def chart_of(audits: Sequence[Plotted], stages: Sequence[str]) -> Chart:
    """The chart of a series on a ladder with these stages, lowest first."""
    bottom = TOP + STEP * (len(stages) - 1)
    days = [short_day(audit.day) for audit in audits]
    last = min(RIGHT - _MARGIN, WIDTH - LABEL * ems(days[-1]) / 2)
    xs = _to_scale([audit.day for audit in audits], LEFT + _MARGIN, last)

    def height(place: int) -> float:
        return bottom - STEP * place

    floors = [None if audit.floor is None else (x, height(audit.floor)) for x, audit in zip(xs, audits, strict=True)]
    return Chart(
        width=WIDTH,
        height=bottom + BOTTOM,
        left=LEFT,
        right=RIGHT,
        floor_y=bottom,
        stages=[Label(height(place), fitting(words, (LEFT - _GAP) / LABEL)) for place, words in enumerate(stages)],
        days=list(_spaced(xs, days)),
        versions=list(_versions(xs, audits)),
        lines=list(_lines(floors, audits)),
        marks=[
            Mark(*floor, top=height(audit.ceiling) if audit.ceiling is not None else floor[1], is_known=audit.is_known)
            for floor, audit in zip(floors, audits, strict=True)
            if floor is not None
        ],
    )


def small_chart(days: Sequence[date], shares: Sequence[float | None]) -> SmallChart:
    """The chart of one theme; a share from 0 to 1 for each audit, None where nothing of it applies."""
    xs = _to_scale(days, _SMALL_LEFT, _SMALL_RIGHT)
    tall = _SMALL_BOTTOM - _SMALL_TOP
    points = [
        (x, round(_SMALL_BOTTOM - tall * share, 1)) for x, share in zip(xs, shares, strict=True) if share is not None
    ]
    return SmallChart(points, _SMALL_LEFT, _SMALL_RIGHT, _SMALL_TOP, _SMALL_BOTTOM)


def _to_scale(days: Sequence[date], left: float, right: float) -> list[float]:
    """Where each day stands: as far from the first as it was in time."""
    span = (days[-1] - days[0]).days
    if span == 0:
        return [round((left + right) / 2, 1)] * len(days)
    return [round(left + (right - left) * (one - days[0]).days / span, 1) for one in days]


def _spaced(xs: Sequence[float], words: Sequence[str]) -> Iterator[Label]:
    """Labels that do not overlap: the last always, the others as there is room."""
    halves = [(LABEL * ems(label) + _GAP) / 2 for label in words]
    before = 0.0
    for x, label, half in zip(xs[:-1], words[:-1], halves[:-1], strict=True):
        if x - half >= before and x + half <= xs[-1] - halves[-1]:
            yield Label(x, label)
            before = x + half
    yield Label(xs[-1], words[-1])


def _versions(xs: Sequence[float], audits: Sequence[Plotted]) -> Iterator[VersionMark]:
    """The first version, and every audit from which on another one was used."""
    taken: list[list[tuple[float, float]]] = [[] for _row in range(_ROWS)]
    for place, (x, audit) in enumerate(zip(xs, audits, strict=True)):
        if place == 0 or audit.rubric_changed:
            yield _version_mark(x, fitting(audit.version, _LONGEST), taken)


def _version_mark(x: float, words: str, taken: Sequence[list[tuple[float, float]]]) -> VersionMark:
    """The mark, with its words in the first row where there is room; they are added to what is `taken` there."""
    width = VERSION * ems(words) + _GAP
    is_before = x + width > WIDTH and x > WIDTH / 2
    start, end = (x - width, x) if is_before else (x, x + width)
    for row, spans in enumerate(taken):
        if all(end <= low or start >= high for low, high in spans):
            spans.append((start, end))
            return VersionMark(x, words, is_before, row)
    return VersionMark(x, "", is_before, 0)


def _lines(places: Sequence[tuple[float, float] | None], audits: Sequence[Plotted]) -> Iterator[Line]:
    """A line between each two audits that follow each other and are both on the ladder."""
    for place, (one, other) in enumerate(pairwise(places)):
        if one is not None and other is not None:
            yield Line(*one, *other, is_dashed=audits[place + 1].rubric_changed)
