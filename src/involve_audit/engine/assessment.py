"""An audit assessed: everything that is published about it (method.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.actions import AgreedAt, agreed_in
from involve_audit.engine.compiled import (
    Codes,
    CompiledGate,
    CompiledRubric,
    CompiledView,
    compile_rubric,
    compile_view,
)
from involve_audit.engine.differing import Differing, differing
from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.next_steps import NextSteps, next_steps
from involve_audit.engine.reading import Values, holds, limited, settle, stage_reached
from involve_audit.engine.resolve import DISAGREEMENT
from involve_audit.engine.score import GateResult, ItemResult, Score, score_of

if TYPE_CHECKING:
    from involve_audit.engine.resolve import Disagreement
    from involve_audit.engine.spread import Spread
    from involve_audit.model.view import Audit


VIEW = "view:"
"""How the id of a reading of one perspective's own view begins; the perspective follows."""


class Reading(NamedTuple):
    """The stage under one way of settling what is not known; `is_enough` where what is known is enough to name one."""

    id: str
    stage: str
    is_enough: bool = True


class GivenTogether(NamedTuple):
    """Perspectives that took part in the very same views, so that these are one view and not several that agree.

    `others` took part in some of these views too; `alone` says whether one of them is of one perspective alone.
    """

    perspectives: tuple[str, ...]
    others: tuple[str, ...]
    alone: bool


class Apart(NamedTuple):
    """The places of views that differ on an item by at least a half, where what perspectives say does not show it."""

    item: str
    views: tuple[int, ...]


class Decided(NamedTuple):
    """The items and the perspectives whose answers would move the floor towards the ceiling."""

    items: tuple[str, ...]
    perspectives: tuple[str, ...]


class Cell(NamedTuple):
    """One cell of the grid; without items, the source does not distinguish there."""

    stage: str
    items: tuple[str, ...]


class UnderOriginal(NamedTuple):
    """What the same answers come to under the rubric below all overlays."""

    floor: str
    ceiling: str
    enough_known: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that follows from the answers. Everything is in the rubric's order, but for `differing`.

    Where a whole audit was assessed, `agreed` is where each of its actions stands on its day; and `under_original` is
    there where its rubric is tailored.
    """

    floor: str
    ceiling: str
    known: int
    enough_known: bool
    decided_by: Decided
    readings: tuple[Reading, ...]
    together: tuple[GivenTogether, ...]
    apart: tuple[Apart, ...]
    gates: tuple[GateResult, ...]
    held_back_by: tuple[str, ...]
    items: tuple[ItemResult, ...]
    counts: dict[str, int]
    disagreements: tuple[Disagreement, ...]
    differing: Differing
    spreads: tuple[Spread, ...]
    next_steps: NextSteps | None
    grid: tuple[tuple[str, tuple[Cell, ...]], ...]
    under_original: UnderOriginal | None = None
    agreed: tuple[AgreedAt, ...] = ()

    @property
    def asked(self) -> int:
        """How many items there are."""
        return len(self.items)

    def reading(self, reading_id: str) -> str:
        """The stage of one reading. Raises KeyError where it does not apply to this audit."""
        return {reading.id: reading.stage for reading in self.readings}[reading_id]


def assess_audit(
    audit: Audit, compiled: CompiledRubric | None = None, original: CompiledRubric | None = None
) -> Assessment:
    """Assess a whole audit: under its rubric and, where that is tailored, under the original.

    `compiled` and `original` are these rubrics, where they were compiled before.
    """
    if compiled is None:
        compiled = compile_rubric(audit.rubric.content)
        original = compile_rubric(below) if (below := audit.rubric.tailored_from) else None
    found = assess(compiled, [compile_view(compiled, view.content) for view in audit.views])
    assessment = replace(found, agreed=agreed_in((view.content for view in audit.views), audit.date))
    if original is None:
        return assessment
    score = score_of(original, (view.content for view in audit.views))
    return replace(assessment, under_original=UnderOriginal(score.floor, score.ceiling, score.enough_known))


def assess(rubric: CompiledRubric, views: Sequence[CompiledView]) -> Assessment:
    """Assess one audit from its views (method.md, all of it)."""
    score = Score(rubric, views)
    together = tuple(_together(score))
    steps = next_steps(rubric, score.resolved.answers, score.resolved.heard, score.standing.floor)
    return Assessment(
        floor=score.floor,
        ceiling=score.ceiling,
        known=score.known,
        enough_known=score.enough_known,
        decided_by=decided_by(score),
        readings=tuple(readings_of(score)),
        together=together,
        apart=tuple(_apart(score)),
        gates=score.gates,
        held_back_by=score.held_back_by,
        items=score.items,
        counts=score.counts,
        disagreements=score.disagreements,
        differing=differing(
            score,
            [one.perspectives[0] for one in together],
            {change.item for change in steps.changes} if steps else (),
        ),
        spreads=score.spreads,
        next_steps=steps,
        grid=tuple(
            (theme, tuple(Cell(stage, tuple(rubric.items[item].id for item in cell)) for stage, cell in row))
            for theme, row in rubric.grid
        ),
    )


def readings_of(score: Score) -> Iterator[Reading]:
    """Floor and ceiling, and those others that the rubric has."""
    rubric, answers, heard = score.rubric, score.resolved.answers, score.resolved.heard
    yield Reading("floor", score.floor)
    yield Reading("ceiling", score.ceiling)
    if stage := score.evidence_only:
        yield Reading("evidence-only", stage)
    if "not-applicable-as-no" in rubric.readings:
        yield Reading("not-applicable-as-no", score.floor_of(_not_applicable_as_no(rubric, answers), heard))
    if "plans-done" in rubric.readings:
        yield Reading("plans-done", score.floor_of(_plans_done(rubric, answers), heard))
    if "alternative-placement" in rubric.readings and rubric.alternative_gates is not None:
        place = stage_reached(rubric.alternative_gates, score.standing.floor_values, heard)
        yield Reading("alternative-placement", rubric.stages[place])
    for perspective, said in score.own if "view" in rubric.readings else ():
        known = sum(code <= rubric.not_applicable for code in said.answers)
        is_enough = known >= rubric.minimum_answered * score.asked - TOLERANCE
        yield Reading(f"{VIEW}{perspective}", score.floor_of(said.answers, None), is_enough)


def _together(score: Score) -> Iterator[GivenTogether]:
    """Every perspective that answered, with those that it cannot be told from."""
    names, present = score.rubric.perspectives, [set(view.present) for view in score.views]
    views_of: dict[tuple[int, ...], list[int]] = {}
    for perspective in sorted(set().union(*present)):
        views = tuple(place for place, here in enumerate(present) if perspective in here)
        views_of.setdefault(views, []).append(perspective)
    for views, same in views_of.items():
        others = sorted(set().union(*(present[place] for place in views)) - set(same))
        alone = any(len(present[place]) == 1 for place in views)
        yield GivenTogether(tuple(names[n] for n in same), tuple(names[n] for n in others), alone)


def _apart(score: Score) -> Iterator[Apart]:
    """Of an item on which perspectives differ, only those views that hold the same perspective are held together."""
    if len(score.views) < 2:
        return
    rubric, shown = score.rubric, {item for item, _ in score.disagreements}
    for number, item in enumerate(rubric.items):
        codes = [(place, view.answers[number]) for place, view in enumerate(score.views)]
        said = {place: rubric.values[code] for place, code in codes if code < rubric.not_applicable}
        sharing = [[n for n in said if who in score.views[n].present] for who in range(len(rubric.perspectives))]
        found = set[int]()
        for group in sharing if item.id in shown else [[*said]]:
            far = max((said[n] for n in group), default=0) - DISAGREEMENT + TOLERANCE
            near = min((said[n] for n in group), default=1) + DISAGREEMENT - TOLERANCE
            found.update(n for n in group if near <= said[n] or said[n] <= far)
        if found:
            yield Apart(item.id, tuple(sorted(found)))


def _not_applicable_as_no(rubric: CompiledRubric, answers: Codes) -> Codes:
    """An unknown is settled at its worst at the floor, which is what this reading makes of not-applicable."""
    return [rubric.unknown if code == rubric.not_applicable else code for code in answers]


def _plans_done(rubric: CompiledRubric, answers: Codes) -> Codes:
    return [rubric.if_done[code] if code < len(rubric.if_done) else code for code in answers]


def decided_by(score: Score) -> Decided:
    """What stands between floor and ceiling.

    Of the gates that fail at the floor and hold at the ceiling: the perspectives that were not heard enough, and
    the unknown items that can move what one of their items counts as, by themselves or by what they limit or
    imply.
    """
    rubric, answers, standing = score.rubric, score.resolved.answers, score.standing
    between = [gate for gates in rubric.gates[standing.floor + 1 : standing.ceiling + 1] for gate in gates]
    failing = [gate for gate in between if not holds(gate, score.figure(gate))]
    missing = {gate.perspective for gate in failing if gate.perspective is not None}
    best = limited(rubric, settle(answers, rubric.best))
    moving = {mover for gate in failing if gate.perspective is None for mover in _movers(score, best, gate)}
    return Decided(
        tuple(rubric.items[item].id for item in sorted(moving) if answers[item] > rubric.not_applicable),
        tuple(name for place, name in enumerate(rubric.perspectives) if place in missing),
    )


def _movers(score: Score, best: Values, gate: CompiledGate) -> Iterator[int]:
    """The items, known or not, that make the difference between floor and ceiling of one of the gate's items.

    `best` is the most that each item can count as by itself, held down only by what is known to limit it.
    """
    rubric, standing = score.rubric, score.standing
    at: dict[float, list[int]] = {}
    for item in gate.items:
        low, high = standing.floor_values[item], standing.ceiling_values[item]
        if low is None or high is None or abs(high - low) <= TOLERANCE:
            continue
        if rubric.items[item].lower_is_better:
            yield item
        else:
            at.setdefault(low, []).append(item)
    for low, items in at.items():
        for raiser in rubric.raisers(items):
            most = best[raiser]
            if most is not None and most > low + TOLERANCE:
                yield raiser
                yield from rubric.limited_by[raiser] if most > rubric.limit_to + TOLERANCE else ()
