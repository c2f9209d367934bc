"""The parts that a report is made of: text to lay out, not yet escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from involve_audit.model.view import Evidence


class Given(NamedTuple):
    """An answer in words. `tone` says how it counts for its item: one of `titles.TONES`."""

    words: str
    tone: str


class LadderStep(NamedTuple):
    """One stage of the ladder; `state` is passed, here, least, possible or empty, `mark` the word for it."""

    title: str
    short: str
    summary: str
    state: str
    mark: str


_MARKED = ("here", "least", "possible")


def on_one_line(ladder: Sequence[LadderStep]) -> str:
    """All stages, lowest first, with a word for the one that was reached and those that are possible."""
    marked = (f"{step.short} ({step.mark})" if step.state in _MARKED else step.short for step in ladder)
    return " > ".join(f"{number} {words}" for number, words in enumerate(marked, 1))


class Voice(NamedTuple):
    """One view: its file, and who answered it: `name` without numbers, `who` with, `total` for several perspectives."""

    file: str
    name: str
    who: str
    total: str
    date: str
    method: str
    sha256: str


class ChangeLine(NamedTuple):
    """One answer to change, and how."""

    id: str
    title: str
    now: str
    aim: str
    how: str


class ReadingLine(NamedTuple):
    """One reading in words; `differs` where its stage is not the floor."""

    words: str
    stage: str
    differs: bool


class ReadingGroup(NamedTuple):
    """All the readings that come to one stage; `differs` where it is not the floor."""

    stage: str
    differs: bool
    readings: tuple[str, ...]


class GridItem(NamedTuple):
    """One item in a cell of the grid."""

    id: str
    title: str
    answer: Given


class GridCell(NamedTuple):
    """What one cell of the grid holds."""

    stage: str
    items: tuple[GridItem, ...]


class SaidByView(NamedTuple):
    """What one view said about an item."""

    who: str
    answer: Given
    reason: str
    note: str
    evidence: tuple[Evidence, ...]


class Entry(NamedTuple):
    """One item with all that was said about it. `kind` says what the item is about, where a yes is no good sign.

    `evidence_left_out` is true where its answer had evidence that a report made for sharing does not show.
    """

    id: str
    title: str
    kind: str
    question: str
    answer: Given
    answered_by: str
    counts_as: str
    said: tuple[SaidByView, ...]
    evidence_left_out: bool
    how: str
    source: str


class GateInWords(NamedTuple):
    """One gate: what was found, what was asked for, and the answers it was worked out from.

    `because_of` are the items, with their answers, that by themselves keep it from holding.
    """

    because: str
    found: str
    asked_for: str
    holds: str
    ok: bool
    computed_from: tuple[tuple[str, str], ...]
    because_of: tuple[tuple[str, str], ...]


class DisagreementLine(NamedTuple):
    """One item and each perspective's own answer to it, in the order of `ReportPage.perspectives`, None for none."""

    id: str
    title: str
    answers: tuple[Given | None, ...]


class OpenQuestion(NamedTuple):
    """One item without a known answer, whom to ask, and whether it is one of those that decide the range."""

    id: str
    title: str
    state: str
    ask: str
    decides: bool


class Agreed(NamedTuple):
    """One action."""

    about: str
    what: str
    owner: str
    due: str
    done: str
