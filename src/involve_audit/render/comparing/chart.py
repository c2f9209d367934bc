"""The chart of a series: a stage for each audit, the days to scale, the lowest stage at the bottom.

Words and marks stand beside and on the picture as text, which keeps its size whatever becomes of the picture: places
along are in hundredths of its width, and heights in rows, one for each stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from involve_audit.render.lettering import ems, fitting

LEFT, RIGHT = 8.0, 92.0
NARROW, WIDE = 6.1, 2.56
"""The width of one em of the words below the chart on the narrowest phone, and in a wide window."""
_GAP = 0.3
_LONGEST = 15.0
_SMALL_LEFT, _SMALL_RIGHT, _SMALL_TOP, _SMALL_BOTTOM = 8.0, 232.0, 8.0, 68.0
HEARD, UNHEARD, NOT_KNOWN = MARKS = ("heard", "unheard", "not-known")
"""What a mark can say of its audit: who was asked for answered, or nobody of them, or no stage can be named."""


class Plotted(NamedTuple):
    """What is to be drawn of one audit: its day and what to call it, and the places of its floor and ceiling.

    The places on the ladder are None where it does not have the stage; `kind` is one of `MARKS`. `rubric_changed` says
    whether the audit before it was made with another version.
    """

    day: date
    label: str
    floor: int | None
    ceiling: int | None
    kind: str
    rubric_changed: bool


class Mark(NamedTuple):
    """One audit on the chart. `top` is where its range ends."""

    x: float
    y: float
    top: float
    kind: str


class Line(NamedTuple):
    """From one audit to the next; dashed where the rubric changed between them."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_dashed: bool


class Label(NamedTuple):
    """Words below a place of the chart: around it or, at either end of the chart, from there inwards.

    `is_roomy` says that there is room for them only in a wide window.
    """

    at: float
    words: str
    end: str
    is_roomy: bool


class Chart(NamedTuple):
    """Everything that is drawn. `stages` are their names from the top down, `versions` where another one begins."""

    stages: list[str]
    days: list[Label]
    versions: list[float]
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
    xs = _to_scale([audit.day for audit in audits], LEFT, RIGHT)

    def height(place: int) -> float:
        return len(stages) - place - 0.5

    floors = [None if audit.floor is None else (x, height(audit.floor)) for x, audit in zip(xs, audits, strict=True)]
    return Chart(
        stages=[fitting(words, _LONGEST) for words in reversed(stages)],
        days=list(_days(xs, [audit.label for audit in audits])),
        versions=[x for x, audit in zip(xs, audits, strict=True) if audit.rubric_changed],
        lines=list(_lines(floors, audits)),
        marks=[
            Mark(*floor, top=height(audit.ceiling) if audit.ceiling is not None else floor[1], kind=audit.kind)
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


def _days(xs: Sequence[float], words: Sequence[str]) -> Iterator[Label]:
    """Labels that do not overlap: on the narrowest phone, and those that a wide window has room for besides."""
    narrow = _spaced(xs, words, NARROW, {len(xs) - 1})
    for place in sorted(_spaced(xs, words, WIDE, narrow)):
        yield Label(xs[place], words[place], _end(xs[place], words[place]), is_roomy=place not in narrow)


def _end(x: float, words: str) -> str:
    """At which end of the chart words would stick out on the narrowest phone."""
    half = NARROW * ems(words) / 2
    return "start" if x < half - 1 else "end" if x > 101 - half else ""


def _spaced(xs: Sequence[float], words: Sequence[str], em: float, there: Set[int]) -> set[int]:
    """The places of labels for which there is room: those that are `there`, the others as there is room."""
    spans = [label_span(x, label, em) for x, label in zip(xs, words, strict=True)]
    taken = {*there}
    for place in range(len(xs)):
        start, end = spans[place]
        if all(end <= spans[other][0] or start >= spans[other][1] for other in taken):
            taken.add(place)
    return taken


def label_span(x: float, words: str, em: float) -> tuple[float, float]:
    """From where to where a label reaches, with a gap, where an em is so wide."""
    width, end = em * (ems(words) + _GAP), _end(x, words)
    start = x if end == "start" else x - width if end == "end" else x - width / 2
    return start, start + width


def _lines(places: Sequence[tuple[float, float] | None], audits: Sequence[Plotted]) -> Iterator[Line]:
    """A line between each two audits that follow each other and are both on the ladder."""
    for place, (one, other) in enumerate(pairwise(places)):
        if one is not None and other is not None:
            yield Line(*one, *other, is_dashed=audits[place + 1].rubric_changed)
