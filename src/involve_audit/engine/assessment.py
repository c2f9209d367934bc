"""An audit assessed: everything that is published about it (method.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from involve_audit.engine.compiled import Codes, CompiledRubric, CompiledView
from involve_audit.engine.decides import Decided, decided_by
from involve_audit.engine.next_steps import NextSteps, next_steps
from involve_audit.engine.reading import TOLERANCE, Standing, Values, figure, holds, settle, stage_reached
from involve_audit.engine.resolve import Disagreement, Resolved
from involve_audit.engine.score import Score


class Reading(NamedTuple):
    """The stage under one way of settling what is not known."""

    id: str
    stage: str


class GateResult(NamedTuple):
    """One gate at the floor. `figure` is None where nothing it looks at is applicable.

    `possible` says whether it holds at the ceiling. `perspective` is set for gates on who was heard.
    """

    stage: str
    id: str
    measure: str
    perspective: str | None
    figure: float | None
    threshold: float
    at_least: bool
    holds: bool
    possible: bool
    items: tuple[str, ...]

    @property
    def side(self) -> str:
        """On which side of the threshold it has to be."""
        return "at_least" if self.at_least else "at_most"


class ItemResult(NamedTuple):
    """One item: its answer, its own value and what it counts as at the floor (None: not applicable).

    `source` is the place of the view whose answer was taken; `heard` are the perspectives that gave it a known
    answer; `limited_by` and `implied_by` name what moved `counts_as` away from `value`.
    """

    id: str
    answer: str
    value: float | None
    counts_as: float | None
    source: int | None
    heard: tuple[str, ...]
    evidenced: bool
    limited_by: tuple[str, ...]
    implied_by: tuple[str, ...]


class Cell(NamedTuple):
    """One cell of the grid; without items, the source does not distinguish there."""

    stage: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that follows from the answers. Everything is in the rubric's order."""

    floor: str
    ceiling: str
    known: int
    enough_known: bool
    decided_by: Decided
    readings: tuple[Reading, ...]
    gates: tuple[GateResult, ...]
    items: tuple[ItemResult, ...]
    counts: dict[str, int]
    disagreements: tuple[Disagreement, ...]
    next_steps: NextSteps | None
    grid: tuple[tuple[str, tuple[Cell, ...]], ...]

    def reading(self, reading_id: str) -> str:
        """The stage of one reading. Raises KeyError where it does not apply to this audit."""
        return dict(self.readings)[reading_id]


def assess(rubric: CompiledRubric, views: Sequence[CompiledView]) -> Assessment:
    """Assess one audit from its views (method.md, all of it)."""
    score = Score(rubric, views)
    resolved, found = score.resolved, score.standing
    return Assessment(
        floor=score.floor,
        ceiling=score.ceiling,
        known=score.known,
        enough_known=score.enough_known,
        decided_by=decided_by(rubric, resolved.answers, resolved.heard, found),
        readings=tuple(_readings(score)),
        gates=tuple(gate_results(rubric, resolved, found)),
        items=tuple(item_results(rubric, resolved, found)),
        counts=score.counts,
        disagreements=score.disagreements,
        next_steps=next_steps(rubric, resolved.answers, resolved.heard, found.floor),
        grid=tuple(
            (theme, tuple(Cell(stage, tuple(rubric.items[item].id for item in cell)) for stage, cell in row))
            for theme, row in rubric.grid
        ),
    )


def _readings(score: Score) -> Iterator[Reading]:
    rubric, answers, heard = score.rubric, score.resolved.answers, score.resolved.heard
    yield Reading("floor", score.floor)
    yield Reading("ceiling", score.ceiling)
    yield Reading("evidence-only", score.evidence_only)
    yield Reading("not-applicable-as-no", score.floor_of(_not_applicable_as_no(rubric, answers), heard))
    yield Reading("plans-done", score.floor_of(_plans_done(rubric, answers), heard))
    if rubric.alternative_gates is not None:
        stage = stage_reached(rubric.alternative_gates, score.standing.floor_values, heard)
        yield Reading("alternative-placement", rubric.stages[stage])
    for perspective, said in score.own:
        yield Reading(f"view:{perspective}", score.floor_of(said.answers, None))


def _not_applicable_as_no(rubric: CompiledRubric, answers: Codes) -> Codes:
    """An unknown is settled at its worst at the floor, which is what this reading makes of not-applicable."""
    return [rubric.unknown if code == rubric.not_applicable else code for code in answers]


def _plans_done(rubric: CompiledRubric, answers: Codes) -> Codes:
    return [rubric.if_done[code] if code < len(rubric.if_done) else code for code in answers]


def gate_results(rubric: CompiledRubric, resolved: Resolved, found: Standing) -> Iterator[GateResult]:
    """Every gate of every stage, as it is at the floor."""
    for stage, gates in zip(rubric.stages, rubric.gates, strict=True):
        for gate in gates:
            measured = figure(gate, found.floor_values, resolved.heard)
            by_voice = gate.perspective is not None
            yield GateResult(
                stage=stage,
                id=gate.id,
                measure=gate.measure,
                perspective=rubric.perspectives[gate.perspective] if gate.perspective is not None else None,
                figure=measured,
                threshold=gate.threshold,
                at_least=gate.at_least,
                holds=holds(gate, measured),
                possible=by_voice or holds(gate, figure(gate, found.ceiling_values, resolved.heard)),
                items=tuple(rubric.items[item].id for item in gate.items),
            )


def item_results(rubric: CompiledRubric, resolved: Resolved, found: Standing) -> Iterator[ItemResult]:
    """Every item, as it counts at the floor."""
    own = settle(resolved.answers, rubric.worst)
    counts = found.floor_values
    for place, item in enumerate(rubric.items):
        yield ItemResult(
            id=item.id,
            answer=rubric.word(resolved.answers[place]),
            value=own[place],
            counts_as=counts[place],
            source=resolved.sources[place],
            heard=tuple(name for n, name in enumerate(rubric.perspectives) if resolved.heard[place] >> n & 1),
            evidenced=resolved.evidenced[place],
            limited_by=_limiting(rubric, own, place) if _less(counts[place], own[place]) else (),
            implied_by=_implying(rubric, counts, place) if _less(own[place], counts[place]) else (),
        )


def _less(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one < other - TOLERANCE


def _limiting(rubric: CompiledRubric, own: Values, place: int) -> tuple[str, ...]:
    """The items whose own value is 1 and that limit this one."""
    sources = sorted(rubric.limited_by[place])
    return tuple(rubric.items[source].id for source in sources if (own[source] or 0) >= 1 - TOLERANCE)


def _implying(rubric: CompiledRubric, counts: Values, place: int) -> tuple[str, ...]:
    """The items that imply this one and count for as much."""
    return tuple(
        rubric.items[source].id
        for source, targets in rubric.implies
        if place in targets and not _less(counts[source], counts[place]) and counts[source] is not None
    )
