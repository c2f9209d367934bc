"""The parts that a comparison is made of: text to lay out, not yet escaped."""

from __future__ import annotations

from typing import NamedTuple

from involve_audit.model.view import Evidence
from involve_audit.render.titles import Given, LadderStep


class StageLine(NamedTuple):
    """Where one audit stood: its day, its stage, its range, how much is known, its ladder and its rubric."""

    day: str
    short_day: str
    stage: str
    range: str
    known: str
    ladder: list[LadderStep]
    rubric: str
    name: str


class SplitRow(NamedTuple):
    """Whose answers, and their stages under the earlier version and under the later."""

    answers: str
    old: str
    new: str


class CountLine(NamedTuple):
    """How many questions moved in one way; `mark` is the name of the way."""

    title: str
    number: int
    mark: str


class Remark(NamedTuple):
    """What one view said beside an answer."""

    who: str
    text: str
    evidence: tuple[Evidence, ...]


class ItemLine(NamedTuple):
    """One question and what became of it. `mark` is the name of its class; an answer is None where it was not asked."""

    id: str
    title: str
    mark: str
    what: str
    why: str
    then: Given | None
    now: Given | None
    who_then: str
    who_now: str
    evidence: str
    said_then: tuple[Remark, ...]
    said_now: tuple[Remark, ...]


class SameLine(NamedTuple):
    """One question that did not move, and its answer; both answers where they are other words for the same."""

    title: str
    answer: str


class ThemeGroup(NamedTuple):
    """The questions of one theme that moved, the worst first, and how many of it did not."""

    title: str
    items: list[ItemLine]
    unchanged: int


class FlatLine(NamedTuple):
    """One thing that flatters: what it is, what it is about, and the stage without it."""

    mark: str
    title: str
    entries: list[str]
    otherwise: str


class GateLine(NamedTuple):
    """One gate that changed; `mark` is the name of how."""

    mark: str
    because: str
    stage: str
    what: str
    asked_then: str
    asked_now: str
    found_then: str
    found_now: str


class ActionLine(NamedTuple):
    """One action. `late` is empty where it is not overdue, `moved` where it is about no question."""

    what: str
    owner: str
    due: str
    state: str
    late: str
    moved: str
