"""The parts that a report is made of: text to lay out, not yet escaped."""

from __future__ import annotations

from typing import NamedTuple

from involve_audit.model.view import Evidence


class Step(NamedTuple):
    """One stage of the ladder; `state` is passed, here, least, possible or empty, `mark` the word for it."""

    title: str
    summary: str
    state: str
    mark: str


class Voice(NamedTuple):
    """One view: its file, and who answered it."""

    file: str
    who: str
    date: str
    method: str
    sha256: str


class Change(NamedTuple):
    """One answer to change, and how."""

    title: str
    now: str
    aim: str
    how: str


class ReadingLine(NamedTuple):
    """One reading in words; `differs` where its stage is not the floor, `is_view` for one perspective's own view."""

    words: str
    stage: str
    differs: bool
    is_view: bool


class GridCell(NamedTuple):
    """What one cell of the grid holds: pairs of an item's title and its answer."""

    stage: str
    items: tuple[tuple[str, str], ...]


class Said(NamedTuple):
    """What one view said about an item."""

    who: str
    answer: str
    reason: str
    note: str
    evidence: tuple[Evidence, ...]


class Entry(NamedTuple):
    """One item with all that was said about it."""

    id: str
    title: str
    question: str
    answer: str
    answered_by: str
    counts_as: str
    said: tuple[Said, ...]
    how: str
    source: str


class GateLine(NamedTuple):
    """One gate: what was found, what was asked for, and the answers it was worked out from."""

    because: str
    found: str
    asked_for: str
    holds: str
    ok: bool
    computed_from: tuple[tuple[str, str], ...]


class Disagreement(NamedTuple):
    """One item and each perspective's own answer to it."""

    title: str
    answers: tuple[tuple[str, str], ...]


class Agreed(NamedTuple):
    """One action."""

    about: str
    what: str
    owner: str
    due: str
    done: str
