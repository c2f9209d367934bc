"""A rubric and its views as plain tuples and numbers, ready for the engine (architecture.md).

Items, stages, perspectives and options are known by their place in the rubric. An answer is a code: the place
of an option of the scale, or one of the three codes after them, so that `answer <= not_applicable` means that
the answer is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.model.threshold import threshold_value

if TYPE_CHECKING:
    from involve_audit.model.rubric import Gate, Item, Option, Rubric
    from involve_audit.model.view import Answer, View

Codes = Sequence[int]
Links = tuple[tuple[int, tuple[int, ...]], ...]


class CompiledGate(NamedTuple):
    """One condition: `measure` over the items at these places, held against `threshold`."""

    id: str
    measure: str
    items: tuple[int, ...]
    threshold: float
    at_least: bool
    perspective: int | None


class CompiledItem(NamedTuple):
    """One question. `options` are the codes it may be answered with, the worse first where two are worth the same."""

    id: str
    lower_is_better: bool
    is_achievement: bool
    options: tuple[int, ...]
    may_be_set_aside: bool


class CompiledView(NamedTuple):
    """One view: places of the perspectives present, and for every item its code and whether it has evidence.

    One that was combined is made of some `responses`; where it says how many of these gave which answer to each item,
    `tallies` holds the codes with their numbers.
    """

    present: tuple[int, ...]
    answers: tuple[int, ...]
    evidenced: tuple[bool, ...]
    responses: int = 1
    tallies: tuple[tuple[tuple[int, int], ...], ...] = ()


GateLadder = tuple[tuple[CompiledGate, ...], ...]


@dataclass(frozen=True, slots=True)
class CompiledRubric:
    """All that the engine needs of a rubric. Holds nothing but Python's own types, so it can be pickled.

    `worst` and `best` settle a code, item by item; `implies` is in an order in which one pass suffices.
    `implied_by` and `limited_by` hold, for each item, what implies or limits it directly. The others are sets as
    numbers, one bit an item: `raised_by` has the item itself and all that imply it, directly or not; `held_down_by`
    what limits one of these without being one; `lower_is_better` all items of which a lower value is better.
    """

    items: tuple[CompiledItem, ...]
    stages: tuple[str, ...]
    perspectives: tuple[str, ...]
    options: tuple[str, ...]
    values: tuple[float, ...]
    worst: tuple[tuple[float | None, ...], ...]
    best: tuple[tuple[float | None, ...], ...]
    limits: Links
    limit_to: float
    implies: Links
    implied_by: tuple[frozenset[int], ...]
    limited_by: tuple[frozenset[int], ...]
    raised_by: tuple[int, ...]
    held_down_by: tuple[int, ...]
    lower_is_better: int
    gates: GateLadder
    alternative_gates: GateLadder | None
    if_done: tuple[int, ...]
    without_evidence: int
    minimum_answered: float
    grid: tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...]
    anti_patterns: tuple[int, ...]
    readings: frozenset[str]

    @property
    def not_applicable(self) -> int:
        """The code of `not-applicable`, the last of the known answers."""
        return len(self.options)

    @property
    def unknown(self) -> int:
        """The code of `unknown`."""
        return len(self.options) + 1

    @property
    def unanswered(self) -> int:
        """The code of an item without any answer."""
        return len(self.options) + 2

    @property
    def words(self) -> tuple[str, ...]:
        """The answer that each code stands for, in their order."""
        return (*self.options, "not-applicable", "unknown", "unanswered")

    def word(self, code: int) -> str:
        """The answer that a code stands for."""
        return self.words[code]

    @property
    def codes(self) -> dict[str, int]:
        """The code of each answer by its word."""
        return {word: code for code, word in enumerate(self.words)}

    def raisers(self, items: Iterable[int]) -> set[int]:
        """These items and all that imply one of them, directly or not."""
        found = set(items)
        waiting = list(found)
        while waiting:
            fresh = self.implied_by[waiting.pop()] - found
            found |= fresh
            waiting += fresh
        return found


def compile_rubric(rubric: Rubric) -> CompiledRubric:
    """Compile a rubric that was loaded without problems (its references and directions are trusted)."""
    items = list(rubric.items)
    place = {item.id: number for number, item in enumerate(items)}
    options = [option.id for option in rubric.scale]
    values = [option.value for option in rubric.scale]
    named = dict(zip(options, values, strict=True))
    implies = _links(_implications(items), place)
    limits = _links([(item.id, item.limits) for item in items], place)
    raised_by, held_down_by = _moved_by(implies, limits, len(items))
    unevidenced = rubric.without_evidence or rubric.limit_to
    compiled_items = tuple(_compiled_item(item, rubric.scale) for item in items)
    return CompiledRubric(
        items=compiled_items,
        stages=tuple(stage.id for stage in rubric.stages),
        perspectives=tuple(perspective.id for perspective in rubric.perspectives),
        options=tuple(options),
        values=tuple(values),
        worst=tuple(
            (*values, None, float(item.lower_is_better), float(item.lower_is_better)) for item in compiled_items
        ),
        best=tuple(
            (*values, None, float(not item.lower_is_better), float(not item.lower_is_better)) for item in compiled_items
        ),
        limits=limits,
        limit_to=named[rubric.limit_to],
        implies=implies,
        implied_by=_turned(implies, len(items)),
        limited_by=_turned(limits, len(items)),
        raised_by=raised_by,
        held_down_by=held_down_by,
        lower_is_better=bits(number for number, item in enumerate(items) if item.lower_is_better),
        gates=_gates(rubric, items, named, alternative=False),
        alternative_gates=(
            _gates(rubric, items, named, alternative=True) if any(item.alternative_stage for item in items) else None
        ),
        if_done=tuple(options.index(option.if_done or option.id) for option in rubric.scale),
        without_evidence=options.index(unevidenced),
        minimum_answered=threshold_value(rubric.minimum_answered, named),
        grid=_grid(rubric, items),
        anti_patterns=tuple(place for place, item in enumerate(items) if item.kind == "anti-pattern"),
        readings=frozenset(rubric.readings),
    )


def _compiled_item(item: Item, scale: Sequence[Option]) -> CompiledItem:
    allowed = [(option.if_done is not None, code) for code, option in enumerate(scale) if option.is_for(item.kind)]
    options = tuple(code for _, code in sorted(allowed))
    is_achievement, may_be_set_aside = item.kind == "achievement", item.not_applicable_when is not None
    return CompiledItem(item.id, item.lower_is_better, is_achievement, options, may_be_set_aside)


def _links(pairs: Sequence[tuple[str, Sequence[str]]], place: dict[str, int]) -> Links:
    return tuple((place[item], tuple(place[target] for target in targets)) for item, targets in pairs if targets)


def _implications(items: Sequence[Item]) -> list[tuple[str, Sequence[str]]]:
    """Each item before those it implies, so that one pass carries a value all the way."""
    implied = {item.id: item.implies for item in items}
    order = TopologicalSorter(implied).static_order()
    return [(item, implied[item]) for item in reversed(list(order))]


def _turned(links: Links, number: int) -> tuple[frozenset[int], ...]:
    """For each item, those that link to it."""
    sources: list[set[int]] = [set() for _ in range(number)]
    for source, targets in links:
        for target in targets:
            sources[target].add(source)
    return tuple(map(frozenset, sources))


def bits(items: Iterable[int]) -> int:
    """A set of items as a number, one bit an item."""
    found = 0
    for item in items:
        found |= 1 << item
    return found


def _moved_by(implies: Links, limits: Links, number: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each item, what raises it, and what limits one of these without raising it."""
    raised_by = [1 << item for item in range(number)]
    limited_by = [bits(sources) for sources in _turned(limits, number)]
    for source, targets in implies:  # whatever implies the source came before it
        for target in targets:
            raised_by[target] |= raised_by[source]
            limited_by[target] |= limited_by[source]
    return tuple(raised_by), tuple(held & ~raised for held, raised in zip(limited_by, raised_by, strict=True))


def _gates(rubric: Rubric, items: Sequence[Item], named: dict[str, float], alternative: bool) -> GateLadder:
    stage_of = [(alternative and item.alternative_stage) or item.stage for item in items]
    perspectives = [perspective.id for perspective in rubric.perspectives]

    def compiled(gate: Gate) -> CompiledGate:
        selected = gate.items.selected(items, stage_of)
        written = gate.at_least if gate.at_least is not None else gate.at_most
        threshold = threshold_value(written or "", named)
        perspective = perspectives.index(gate.perspective) if gate.perspective else None
        return CompiledGate(gate.id, gate.measure, selected, threshold, gate.at_least is not None, perspective)

    return tuple(tuple(compiled(gate) for gate in stage.gates) for stage in rubric.stages)


def _grid(rubric: Rubric, items: Sequence[Item]) -> tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...]:
    """Theme by stage, leaving out stages that have no items at all."""
    stages = [stage.id for stage in rubric.stages if any(item.stage == stage.id for item in items)]

    def cell(theme: str, stage: str) -> tuple[int, ...]:
        return tuple(n for n, item in enumerate(items) if item.theme == theme and item.stage == stage)

    return tuple((theme.id, tuple((stage, cell(theme.id, stage)) for stage in stages)) for theme in rubric.themes)


def compile_view(rubric: CompiledRubric, view: View) -> CompiledView:
    """Compile a view whose answers the rubric allows."""
    codes = {option: code for code, option in enumerate(rubric.options)}
    codes["not-applicable"] = rubric.not_applicable
    codes["unknown"] = rubric.unknown
    given = [view.answers.get(item.id) for item in rubric.items]
    present, unanswered = view.present, rubric.unanswered
    return CompiledView(
        present=tuple([n for n, name in enumerate(rubric.perspectives) if name in present]),
        answers=tuple(
            [codes[answer.answer] if answer and answer.answer is not None else unanswered for answer in given]
        ),
        evidenced=tuple([bool(answer and answer.evidence) for answer in given]),
        responses=view.combined.files if view.combined else 1,
        tallies=_tallies(given, codes) if view.combined else (),
    )


def _tallies(given: Sequence[Answer | None], codes: Mapping[str, int]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """How many responses gave each answer, item by item; empty where none of the answers says so."""
    tallies = [answer.tally if answer else {} for answer in given]
    known = tuple(tuple((codes[word], number) for word, number in said.items() if word in codes) for said in tallies)
    return known if any(known) else ()
