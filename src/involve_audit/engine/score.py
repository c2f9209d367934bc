"""What the answers of one audit come to, each part worked out only when it is asked for.

Of many audits a run needs little of each; `engine.assessment` asks for all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from involve_audit.engine.compiled import Codes, CompiledGate, CompiledRubric, CompiledView
from involve_audit.engine.reading import (
    TOLERANCE,
    Standing,
    Values,
    effective,
    figure,
    holds,
    settle,
    stage_reached,
    standing,
)
from involve_audit.engine.resolve import Disagreement, Resolved, disagreements, own_views, resolve


class Score:
    """The answers of one audit together, and what follows from them (method.md)."""

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
    def known(self) -> int:
        """How many items have a known answer."""
        last = self.rubric.not_applicable
        return sum([code <= last for code in self.resolved.answers])

    @property
    def enough_known(self) -> bool:
        """Whether a stage may be headlined."""
        return self.known >= self.rubric.minimum_answered * len(self.rubric.items) - TOLERANCE

    @cached_property
    def heard(self) -> list[str]:
        """The perspectives of which somebody gave a known answer to anything."""
        anywhere = 0
        for mask in self.resolved.heard:
            anywhere |= mask
        return [name for place, name in enumerate(self.rubric.perspectives) if anywhere >> place & 1]

    @cached_property
    def own(self) -> list[tuple[str, Resolved]]:
        """What each perspective that answered says by itself."""
        return own_views(self.rubric, self.views)

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """The items on which perspectives differ by at least a half; one view never differs from itself."""
        return disagreements(self.rubric, self.own) if len(self.views) > 1 else ()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many items have each answer; the numbers add up to the number of items."""
        number = Counter(self.resolved.answers)
        return {self.rubric.word(code): number[code] for code in (*range(self.rubric.unanswered + 1),)}

    @cached_property
    def held_back_by(self) -> list[CompiledGate]:
        """The gates of the next stage that fail at the floor; none at the top."""
        upwards = self.rubric.gates[self.standing.floor + 1 :]
        return [gate for gate in (upwards[0] if upwards else ()) if not holds(gate, self.figure(gate))]

    def figure(self, gate: CompiledGate) -> float | None:
        """A gate's measure at the floor."""
        return figure(gate, self.standing.floor_values, self.resolved.heard)

    @cached_property
    def own_values(self) -> list[float | None]:
        """Each item's own value, what is not known at its worst; None where it does not apply."""
        return settle(self.resolved.answers, self.rubric.worst)

    @cached_property
    def unevidenced(self) -> list[int]:
        """The places of achievements that are fully there by their answer, without evidence for it."""
        values = self.rubric.values
        return [
            place
            for place, (item, code) in enumerate(zip(self.rubric.items, self.resolved.answers, strict=True))
            if item.is_achievement and code < len(values) and values[code] == 1 and not self.resolved.evidenced[place]
        ]

    @property
    def evidence_only(self) -> str:
        """The stage where a full yes counts only with evidence for it."""
        answers = list(self.resolved.answers)
        for place in self.unevidenced:
            answers[place] = self.rubric.without_evidence
        return self.floor_of(answers, self.resolved.heard)

    def floor_of(self, answers: Codes, heard: Sequence[int] | None) -> str:
        """The floor of other answers to the same items; without `heard`, gates on who was heard are left out."""
        values: Values = effective(self.rubric, settle(answers, self.rubric.worst))
        return self.rubric.stages[stage_reached(self.rubric.gates, values, heard)]
