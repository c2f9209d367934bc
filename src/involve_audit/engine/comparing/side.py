"""One side of a comparison: an audit as it stands, whether it is scored here or was only recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from involve_audit.engine.assessment import GateResult, ItemResult, gate_results, item_results
from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.engine.reading import TOLERANCE, Standing, standing
from involve_audit.engine.resolve import Resolved, resolve

DOCUMENTS = ""
"""In place of a perspective: a view that nobody answered, a reading of documents."""


class Recorded(NamedTuple):
    """What a record says of an audit that cannot be scored again, because its rubric is not at hand."""

    resolved: Resolved
    floor: str
    ceiling: str
    enough_known: bool
    gates: tuple[GateResult, ...]
    items: tuple[ItemResult, ...]


class Side:
    """One audit. It is scored from its views, each part only when it is asked for, unless it is only `recorded`.

    The rubric of an audit that is only recorded is a stand-in: another version, for the directions of its items.
    """

    def __init__(self, rubric: CompiledRubric, views: Sequence[CompiledView], recorded: Recorded | None = None) -> None:
        self.rubric = rubric
        self.views = tuple(views)
        self.recorded = recorded

    @cached_property
    def resolved(self) -> Resolved:
        """What all views say together, item by item."""
        return self.recorded.resolved if self.recorded else resolve(self.rubric, self.views)

    @property
    def floor(self) -> str:
        """The stage that is published."""
        return self.recorded.floor if self.recorded else self.rubric.stages[self._standing.floor]

    @property
    def ceiling(self) -> str:
        """The highest stage that the open answers leave possible."""
        return self.recorded.ceiling if self.recorded else self.rubric.stages[self._standing.ceiling]

    @property
    def enough_known(self) -> bool:
        """Whether a stage may be headlined."""
        if self.recorded:
            return self.recorded.enough_known
        return self.known >= self.rubric.minimum_answered * len(self.rubric.items) - TOLERANCE

    @property
    def known(self) -> int:
        """How many items have a known answer."""
        return sum(code <= self.rubric.not_applicable for code in self.resolved.answers)

    @cached_property
    def gates(self) -> tuple[GateResult, ...]:
        """Every gate at the floor."""
        return self.recorded.gates if self.recorded else tuple(gate_results(self.rubric, self.resolved, self._standing))

    @cached_property
    def items(self) -> tuple[ItemResult, ...]:
        """Every item as it counts at the floor."""
        return self.recorded.items if self.recorded else tuple(item_results(self.rubric, self.resolved, self._standing))

    @cached_property
    def _standing(self) -> Standing:
        return standing(self.rubric, self.resolved.answers, self.resolved.heard)

    @cached_property
    def counts(self) -> Sequence[float | None]:
        """What each item counts as at the floor, limits and implications applied; None where it does not apply."""
        return [item.counts_as for item in self.recorded.items] if self.recorded else self._standing.floor_values

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each item stands in the rubric."""
        return {item.id: place for place, item in enumerate(self.rubric.items)}

    def decider(self, place: int) -> str | None:
        """The perspective whose answer was taken: the first of its view; None where nobody knows."""
        source = self.resolved.sources[place]
        if source is None:
            return None
        present = self.views[source].present
        return self.rubric.perspectives[present[0]] if present else DOCUMENTS

    def said_by(self, perspective: str) -> Resolved | None:
        """What the views of one perspective say together; None where it took part in none."""
        return self._own.get(perspective)

    @cached_property
    def _own(self) -> Mapping[str, Resolved]:
        held: dict[str, list[CompiledView]] = {}
        for view in self.views:
            for name in [self.rubric.perspectives[place] for place in view.present] or [DOCUMENTS]:
                held.setdefault(name, []).append(view)
        everybody = len(self.views)
        return {
            name: self.resolved if len(views) == everybody and not self.recorded else resolve(self.rubric, views)
            for name, views in held.items()
        }
