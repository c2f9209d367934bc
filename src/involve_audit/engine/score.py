"""What the answers of one audit come to, each part worked out only when it is asked for.

Of many audits a run needs little of each, and so does a comparison; `engine.assessment` asks for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.compiled import Codes, CompiledGate, CompiledRubric, CompiledView, compile_view
from involve_audit.engine.measures import TOLERANCE
from involve_audit.engine.reading import Standing, Values, effective, figure, holds, settle, stage_reached, standing
from involve_audit.engine.resolve import Disagreement, Resolved, disagreements, resolve
from involve_audit.engine.spread import Spread, spreads

if TYPE_CHECKING:
    from involve_audit.model.view import View

DOCUMENTS = ""
"""In place of a perspective: a view that nobody answered, a reading of documents."""


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


class Score:
    """The answers of one audit together, and what follows from them (method.md)."""

    is_recorded = False

    def __init__(self, rubric: CompiledRubric, views: Sequence[CompiledView]) -> None:
        self.rubric = rubric
        self.views = views

    @cached_property
    def resolved(self) -> Resolved:
        """What all views say together, item by item."""
        return resolve(self.rubric, self.views)

    @cached_property
    def standing(self) -> Standing:
        """Floor and ceiling, by the places of their stages."""
        return standing(self.rubric, self.resolved.answers, self.resolved.heard)

    @property
    def floor(self) -> str:
        """The stage that is published."""
        return self.rubric.stages[self.standing.floor]

    @property
    def ceiling(self) -> str:
        """The highest stage that the open answers leave possible."""
        return self.rubric.stages[self.standing.ceiling]

    @cached_property
    def not_known(self) -> list[int]:
        """The places of items without a known answer."""
        last = self.rubric.not_applicable
        return [place for place, code in enumerate(self.resolved.answers) if code > last]

    @property
    def asked(self) -> int:
        """How many items there are."""
        return len(self.rubric.items)

    @property
    def known(self) -> int:
        """How many items have a known answer."""
        return self.asked - len(self.not_known)

    @property
    def enough_known(self) -> bool:
        """Whether a stage may be headlined."""
        return self.known >= self.rubric.minimum_answered * self.asked - TOLERANCE

    @cached_property
    def gates(self) -> tuple[GateResult, ...]:
        """Every gate of every stage, as it is at the floor."""
        return tuple(_gate_results(self))

    @cached_property
    def held_back_by(self) -> tuple[str, ...]:
        """The gates of the stage above the floor that fail, by their ids; none at the top."""
        stages = self.rubric.stages
        above = stages[stages.index(self.floor) + 1 :][:1] if self.floor in stages else ()
        return tuple(gate for stage in above for gate in self.failing(stage))

    def failing(self, stage: str) -> Iterator[str]:
        """The gates of one stage that fail at the floor, by their ids."""
        values, heard = self.standing.floor_values, self.resolved.heard
        for gate in self.rubric.gates[self.rubric.stages.index(stage)]:
            if not holds(gate, figure(gate, values, heard)):
                yield gate.id

    def figure(self, gate: CompiledGate) -> float | None:
        """A gate's measure at the floor."""
        return figure(gate, self.standing.floor_values, self.resolved.heard)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each item stands in the rubric."""
        return {item.id: place for place, item in enumerate(self.rubric.items)}

    @cached_property
    def items(self) -> tuple[ItemResult, ...]:
        """Every item, as it counts at the floor."""
        return tuple(_item_results(self))

    @cached_property
    def own_values(self) -> list[float | None]:
        """Each item's own value, what is not known at its worst; None where it does not apply."""
        return settle(self.resolved.answers, self.rubric.worst)

    @cached_property
    def counts_as(self) -> Sequence[float | None]:
        """What each item counts as at the floor, limits and implications applied; None where it does not apply."""
        return self.standing.floor_values

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many items have each answer; the numbers add up to the number of items."""
        answers = bytes(self.resolved.answers)  # a code is less than 256, as options are few
        return {word: answers.count(code) for code, word in enumerate(self.rubric.words)}

    # Who said what

    @cached_property
    def heard(self) -> list[str]:
        """The perspectives of which somebody gave a known answer to anything."""
        anywhere = 0
        for mask in self.resolved.heard:
            anywhere |= mask
        return [name for place, name in enumerate(self.rubric.perspectives) if anywhere >> place & 1]

    def decider(self, place: int) -> str | None:
        """The perspective whose answer to an item was taken: the first of its view; None where nobody knows."""
        source = self.resolved.sources[place]
        if source is None:
            return None
        present = self.views[source].present
        return self.rubric.perspectives[present[0]] if present else DOCUMENTS

    def said_by(self, perspective: str) -> Resolved | None:
        """What the views of one perspective say together; None where it took part in none."""
        return self._own.get(perspective)

    @property
    def own(self) -> list[tuple[str, Resolved]]:
        """What each perspective that answered says by itself, in the rubric's order."""
        return [(name, self._own[name]) for name in self.rubric.perspectives if name in self._own]

    @cached_property
    def _own(self) -> Mapping[str, Resolved]:
        held: dict[str, list[CompiledView]] = {}
        for view in self.views:
            for name in [self.rubric.perspectives[place] for place in view.present] or [DOCUMENTS]:
                held.setdefault(name, []).append(view)
        return {name: self._together(views) for name, views in held.items()}

    def _together(self, views: Sequence[CompiledView]) -> Resolved:
        """What these views say together, in the order of all."""
        is_all = len(views) == len(self.views) and not self.is_recorded
        return self.resolved if is_all else resolve(self.rubric, views)

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """The items on which perspectives differ by at least a half; one view never differs from itself."""
        return disagreements(self.rubric, self.own) if len(self.views) > 1 else ()

    @cached_property
    def spreads(self) -> tuple[Spread, ...]:
        """What the people of one group said, each for themselves, where many of them did."""
        return tuple(spreads(self.rubric, self.views))

    # Other readings

    def is_planned(self, place: int) -> bool:
        """Whether an item's answer is one that would count for more once it is done."""
        code, done = self.resolved.answers[place], self.rubric.if_done
        return code < len(done) and done[code] != code

    @cached_property
    def unevidenced(self) -> list[int]:
        """The places of achievements that are fully there by their answer, without evidence for it."""
        items, evidenced = self.rubric.items, self.resolved.evidenced
        full = {code for code, value in enumerate(self.rubric.values) if value == 1}
        return [
            place
            for place, code in enumerate(self.resolved.answers)
            if code in full and not evidenced[place] and items[place].is_achievement
        ]

    @cached_property
    def anti_patterns(self) -> list[int]:
        """The places of anti-patterns that are there, wholly or in part; one that nobody knows about is none."""
        answers, values = self.resolved.answers, self.rubric.values
        return [
            place for place in self.rubric.anti_patterns if (code := answers[place]) < len(values) and values[code] > 0
        ]

    @property
    def evidence_only(self) -> str:
        """The stage where a full yes counts only with evidence for it; empty where the rubric has no such reading."""
        if "evidence-only" not in self.rubric.readings:
            return ""
        if not self.unevidenced or not self.standing.floor:  # it is never higher than the floor
            return self.floor
        answers = list(self.resolved.answers)
        for place in self.unevidenced:
            answers[place] = self.rubric.without_evidence
        return self.floor_of(answers, self.resolved.heard)

    def floor_of(self, answers: Codes, heard: Sequence[int] | None) -> str:
        """The floor of other answers to the same items; without `heard`, gates on who was heard are left out."""
        values: Values = effective(self.rubric, settle(answers, self.rubric.worst))
        return self.rubric.stages[stage_reached(self.rubric.gates, values, heard)]


def score_of(rubric: CompiledRubric, views: Iterable[View]) -> Score:
    """The score of views as they were filed, whose answers the rubric allows."""
    return Score(rubric, [compile_view(rubric, view) for view in views])


class RecordedScore(Score):
    """A score as a record has it, of an audit that cannot be scored again because its rubric is not at hand.

    Its rubric is a stand-in: another version, cut down to the items of the record, for their directions.
    """

    is_recorded = True
    floor, ceiling, enough_known = "", "", False

    def __init__(
        self,
        rubric: CompiledRubric,
        views: Sequence[CompiledView],
        *,
        resolved: Resolved,
        floor: str,
        ceiling: str,
        enough_known: bool,
        gates: Sequence[GateResult],
        counts_as: Sequence[float | None],
    ) -> None:
        super().__init__(rubric, views)
        self.resolved = resolved
        self.floor, self.ceiling, self.enough_known = floor, ceiling, enough_known
        self.gates, self.counts_as = tuple(gates), counts_as

    def failing(self, stage: str) -> Iterator[str]:
        """The gates of one stage that failed at the floor, by their ids."""
        yield from (gate.id for gate in self.gates if gate.stage == stage and not gate.holds)


def _gate_results(score: Score) -> Iterator[GateResult]:
    rubric, standing, heard = score.rubric, score.standing, score.resolved.heard
    for stage, gates in zip(rubric.stages, rubric.gates, strict=True):
        for gate in gates:
            measured = score.figure(gate)
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
                possible=by_voice or holds(gate, figure(gate, standing.ceiling_values, heard)),
                items=tuple(rubric.items[item].id for item in gate.items),
            )


def _item_results(score: Score) -> Iterator[ItemResult]:
    rubric, resolved, own, counts = score.rubric, score.resolved, score.own_values, score.counts_as
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
        for source in sorted(rubric.implied_by[place])
        if not _less(counts[source], counts[place]) and counts[source] is not None
    )
