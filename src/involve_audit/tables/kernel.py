"""The rule over columns: method.md for very many audits at once, to the letter what `engine` makes of each by itself.

An item counts as a *level*: the place of its value among all values that there are, the least being 1; 0 where the item
was set aside. Levels are compared as values would be, and become values where something is added up.
`tests/unit/tables/test_one_rule.py` holds all that is here to the engine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from involve_audit.engine.assessment import VIEW
from involve_audit.engine.compiled import CompiledGate, CompiledRubric, GateLadder
from involve_audit.engine.measures import GREATEST, LEAST, MEAN, MEASURES, PART_SET_ASIDE, TOLERANCE, TOTAL
from involve_audit.engine.resolve import DISAGREEMENT
from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.model.rubric import READING_NAMES
from involve_audit.tables.columns import Flags, Places, Small, ViewColumns, count

Levels = Small
Figures = NDArray[np.float64]
Stages = NDArray[np.int16]
Keys = NDArray[np.uint16]
Hearing = Callable[[int], Flags]
"""Where a perspective, known by its place, was heard: a row for each item."""

_UNKNOWN, _UNANSWERED = 20_000, 40_000  # above the keys of all known answers: 101 ranks of at most 101 answers
_FEW = 8  # of so many views the answers are put in order by comparing two at a time, of all audits at once
_SUM_CARRIES = sys.version_info >= (3, 12)  # Python's `sum` adds at the end what it rounded away


class ResolvedColumns(NamedTuple):
    """What the views of each audit say together: a row for each item."""

    answers: Small
    evidenced: Flags


class GateFigures(NamedTuple):
    """One gate at the floor, for each audit: its figure, not a number where there is none, and whether it holds."""

    gate: CompiledGate
    figures: Figures
    holds: Flags


class Kernel:
    """A rubric made ready for columns. Raises InputError where it has a measure or a reading without column form."""

    def __init__(self, rubric: CompiledRubric) -> None:
        _refuse_without_column_form(rubric)
        self.rubric = rubric
        values = sorted({0.0, 1.0, *rubric.values})
        level = {value: place for place, value in enumerate(values, 1)}
        self.values = np.array([0.0, *values])
        self.of_options = np.array([level[value] for value in rubric.values] + [0] * 3, np.uint8)
        self.worst, self.best = (
            np.array([[0 if value is None else level[value] for value in row] for row in table], np.uint8)
            for table in (rubric.worst, rubric.best)
        )
        self.none, self.one, self.limit_to = level[0.0], level[1.0], level[rubric.limit_to]
        self.full = 1 + int(np.searchsorted(values, 1 - TOLERANCE))
        # The least level that is more than another by more than the tolerance; nothing is more than what is set aside.
        self.above = np.array([255, *(1 + np.searchsorted(values, np.add(values, TOLERANCE), "right"))], np.uint8)
        self.far = self.values[:, None] - self.values >= DISAGREEMENT - TOLERANCE
        # Values that are all some 64ths are added up as whole numbers, which is what adding them up as floats comes to.
        self.parts = np.rint(self.values * 64).astype(np.uint8) if (self.values * 64 % 1 == 0).all() else None
        self.keys, self.codes = _order(rubric)

    # Several views of one audit: method.md, section 3

    def resolve(self, columns: ViewColumns) -> ResolvedColumns:
        """The answer to each item, and whether a view that gave this same answer gave evidence for it."""
        if columns.are_single:
            return ResolvedColumns(columns.codes, columns.evidenced)
        ranks = self._ranks(columns.present)
        answers = np.empty((len(self.rubric.items), columns.audits), np.uint8)
        evidenced = np.empty(answers.shape, np.bool_)
        for audits, views in columns.alike():
            said = columns.codes[:, views]
            answers[:, audits] = found = self._together(said, ranks[views]) if len(views) > 1 else said[:, 0]
            evidenced[:, audits] = (columns.evidenced[:, views] & (said == found[:, None])).any(axis=1)
        return ResolvedColumns(answers, evidenced)

    def _ranks(self, present: Flags) -> Keys:
        """How each view ranks (3.1)."""
        last = np.uint16(len(present))
        if not len(present):
            return np.zeros(present.shape[1], np.uint16)
        ranks = np.where(present.any(axis=0), present.argmax(axis=0) + 1, last + 1).astype(np.uint16)
        ranks[present[0] & (count(present) > 1)] = 0
        return ranks

    def _together(self, said: Small, ranks: Keys) -> Small:
        """What views answer: of each item, for each audit (3.2 and 3.3).

        A key orders the answers of all views: by rank, then from worst to best, then `not-applicable`. After all of
        these come `unknown` and, last, `unanswered`, whatever their rank.
        """
        width = self.rubric.not_applicable + 1
        rows = np.arange(len(said))[:, None, None]
        keys = _sorted([*np.moveaxis(self.keys[rows, said] + ranks * np.uint16(width), 1, 0)])
        aside = keys[0] - keys[0] % width + width - 1  # what the key of `not-applicable` is, in the rank of the first
        valued = sum((key < aside).astype(np.uint16) for key in keys)
        middle = keys[0]
        for place in range(1, (len(keys) + 1) // 2):
            middle = np.where(valued > 2 * place, keys[place], middle)
        found = self.codes[rows[:, 0], middle % width]
        found[middle >= _UNKNOWN] = self.rubric.unknown
        found[middle >= _UNANSWERED] = self.rubric.unanswered
        return found

    # A reading: method.md, section 4

    def settled(self, answers: Small, table: Levels) -> Levels:
        """The level of each item by itself; `table` settles what is unknown (4.1)."""
        own = np.empty(answers.shape, np.uint8)
        for item, row in enumerate(table):
            np.take(row, answers[item], out=own[item], mode="clip")  # any other mode would go by a copy
        return own

    def effective(self, answers: Small, table: Levels) -> Levels:
        """What each item counts as: what is unknown settled, then limits, then implications."""
        return self._implied(self.limited(self.settled(answers, table)))

    def limited(self, own: Levels) -> Levels:
        """The levels with every limit applied (4.2)."""
        levels = own.copy()
        for source, targets in self.rubric.limits:
            most = np.where(own[source] >= self.full, self.limit_to, 255).astype(np.uint8)
            for target in targets:
                np.minimum(levels[target], most, out=levels[target])
        return levels

    def _implied(self, levels: Levels) -> Levels:
        """The levels with every implication applied (4.3); changes `levels`."""
        for source, targets in self.rubric.implies:
            for target in targets:
                np.maximum(levels[target], levels[source], out=levels[target], where=levels[target] > 0)
        return levels

    def measured(self, ladder: GateLadder, levels: Levels, heard: Hearing | None) -> list[list[GateFigures]]:
        """Every gate of every stage (4.4). Without `heard`, those on who was heard are left out: they hold."""
        return [
            [self._measured(gate, levels, heard) for gate in gates if heard is not None or gate.perspective is None]
            for gates in ladder
        ]

    def _measured(self, gate: CompiledGate, levels: Levels, heard: Hearing | None) -> GateFigures:
        chosen, measure = levels[list(gate.items)], MEASURES[gate.measure]
        if gate.perspective is not None and heard is not None:
            voices = np.where(heard(gate.perspective)[list(gate.items)], self.one, self.none)
            chosen = np.where(chosen > 0, voices, 0).astype(np.uint8)
        figures = _FORMS[measure.of_columns or ""](self, chosen)
        holds = figures >= gate.threshold - TOLERANCE if gate.at_least else figures <= gate.threshold + TOLERANCE
        return GateFigures(gate, figures, holds if measure.nothing_fails else holds | np.isnan(figures))

    def stage_of(self, levels: Levels, heard: Hearing | None) -> Stages:
        """The place of the highest stage whose own gates, and those of all below it, hold."""
        return reached(self.measured(self.rubric.gates, levels, heard), levels.shape[1])

    def total(self, chosen: Levels) -> Figures:
        """The sum of values, in the order and in the very way in which the engine adds them up."""
        if self.parts is not None:
            whole: Figures = np.add.reduce(np.take(self.parts, chosen), axis=0, dtype=np.uint32) / 64
            return whole
        total = np.zeros(chosen.shape[1])
        carried = np.zeros_like(total)
        for row in chosen:
            value = self.values[row]
            after = total + value
            if _SUM_CARRIES:
                carried += np.where(total >= value, (total - after) + value, (value - after) + total)
            total = after
        return total + carried


def reached(measured: Iterable[Iterable[GateFigures]], audits: int) -> Stages:
    """The place of the highest stage whose own gates, and those of all below it, hold (4.4)."""
    reaches = np.ones(audits, np.bool_)
    stage = np.full(audits, -1, np.int16)
    for gates in measured:
        for gate in gates:
            reaches &= gate.holds
        stage += reaches
    return stage


class Scores:
    """The answers of audits together, and what follows from them; as `engine.score.Score`, each part when asked for.

    A row stands for an item, a gate or a perspective, and a column for an audit.
    """

    def __init__(self, kernel: Kernel, columns: ViewColumns) -> None:
        self.kernel = kernel
        self.rubric = kernel.rubric
        self.columns = columns

    @cached_property
    def resolved(self) -> ResolvedColumns:
        """What all views say together."""
        return self.kernel.resolve(self.columns)

    @property
    def answers(self) -> Small:
        """The code of the answer to each item."""
        return self.resolved.answers

    @cached_property
    def floor_levels(self) -> Levels:
        """What each item counts as at the floor."""
        return self.kernel.effective(self.answers, self.kernel.worst)

    @cached_property
    def ceiling_levels(self) -> Levels:
        """What each item counts as at the ceiling."""
        return self.kernel.effective(self.answers, self.kernel.best)

    @cached_property
    def own_levels(self) -> Levels:
        """What each item counts as by itself, what is not known at its worst."""
        return self.kernel.settled(self.answers, self.kernel.worst)

    @cached_property
    def gates(self) -> list[list[GateFigures]]:
        """Every gate of every stage, at the floor."""
        return self.kernel.measured(self.rubric.gates, self.floor_levels, self.heard_on)

    @cached_property
    def floor(self) -> Stages:
        """The place of the stage that is published."""
        return reached(self.gates, self.columns.audits)

    @cached_property
    def ceiling(self) -> Stages:
        """The place of the highest stage that the open answers leave possible."""
        return self.kernel.stage_of(self.ceiling_levels, None)

    @cached_property
    def not_known(self) -> Flags:
        """Which items have no known answer."""
        return self.answers > self.rubric.not_applicable

    @cached_property
    def known(self) -> NDArray[np.uint16]:
        """How many items have a known answer."""
        return count(~self.not_known)

    @property
    def enough_known(self) -> Flags:
        """Whether a stage may be headlined."""
        return self._is_enough(self.known)

    def _is_enough(self, known: NDArray[np.uint16]) -> Flags:
        enough: Flags = known >= self.rubric.minimum_answered * len(self.rubric.items) - TOLERANCE
        return enough

    @property
    def counts(self) -> Iterator[NDArray[np.uint16]]:
        """How many items have each answer, by its code."""
        return (count(self.answers == code) for code in range(self.rubric.unanswered + 1))

    @property
    def held_back_by(self) -> Iterator[tuple[GateFigures, Flags]]:
        """Each gate, and where it fails and is of the stage above the floor."""
        for place, gates in enumerate(self.gates):
            for gate in gates:
                yield gate, ~gate.holds & (self.floor == place - 1)

    # Who said what

    @cached_property
    def _heard(self) -> dict[int, Flags]:
        return {}

    def heard_on(self, perspective: int) -> Flags:
        """The items on which a perspective was heard: a view that holds it gave a known answer (3.4)."""
        if perspective not in self._heard:
            known = self.columns.codes <= self.rubric.not_applicable
            self._heard[perspective] = self.columns.any_view(known & self.columns.present[perspective])
        return self._heard[perspective]

    @cached_property
    def heard(self) -> Flags:
        """The perspectives that were heard on anything."""
        knows_any = (self.columns.codes <= self.rubric.not_applicable).any(axis=0)
        return self.columns.any_view(self.columns.present & knows_any)

    @cached_property
    def own(self) -> list[tuple[Places, Small]]:
        """For each perspective, the audits of several views in one of which it took part, and its answers there."""
        held = map(self.columns.held_by, range(len(self.rubric.perspectives)))
        return [(audits, self.kernel.resolve(columns).answers) for audits, columns in held]

    @cached_property
    def disagreements(self) -> Flags:
        """The items on which two perspectives' own answers differ by at least a half (3.5)."""
        if self.columns.are_single:  # one view never differs from itself
            return np.zeros(self.answers.shape, np.bool_)
        most = np.zeros(self.answers.shape, np.uint8)
        least = np.full(self.answers.shape, 255, np.uint8)
        for audits, answers in self.own:
            levels = self.kernel.of_options[answers]
            most[:, audits] = np.maximum(most[:, audits], levels)
            least[:, audits] = np.minimum(least[:, audits], np.where(levels > 0, levels, 255))
        differ: Flags = (most > 0) & self.kernel.far[most, np.minimum(least, most)]
        return differ

    # Other readings: method.md, section 5

    @cached_property
    def unevidenced(self) -> Flags:
        """Achievements that are fully there by their answer, without evidence for it."""
        is_achievement = np.array([item.is_achievement for item in self.rubric.items])[:, None]
        is_full = self.kernel.of_options[self.answers] == self.kernel.one
        unevidenced: Flags = is_achievement & is_full & ~self.resolved.evidenced
        return unevidenced

    @property
    def anti_patterns(self) -> Flags:
        """Anti-patterns that are there, wholly or in part: a row for each of those that the rubric has."""
        there: Flags = self.kernel.of_options[self.answers[list(self.rubric.anti_patterns)]] > self.kernel.none
        return there

    @property
    def readings(self) -> Iterator[tuple[str, Stages]]:
        """The stage under each reading that the rubric has beside floor and ceiling, -1 where it does not apply."""
        for name in READING_NAMES:
            if name in self.rubric.readings:
                yield from _READINGS[name](self)

    def floor_of(self, answers: Small) -> Stages:
        """The floor of other answers to the same items."""
        return self.kernel.stage_of(self.kernel.effective(answers, self.kernel.worst), self.heard_on)

    def evidence_only(self) -> Stages:
        """The floor where a full yes counts only with evidence for it."""
        return self.floor_of(np.where(self.unevidenced, np.uint8(self.rubric.without_evidence), self.answers))

    def not_applicable_as_no(self) -> Stages:
        """The floor where not-applicable counts as what is not known: at its worst."""
        aside = self.answers == self.rubric.not_applicable
        return self.floor_of(np.where(aside, np.uint8(self.rubric.unknown), self.answers))

    def plans_done(self) -> Stages:
        """The floor once all plans are done."""
        done = np.arange(self.rubric.unanswered + 1, dtype=np.uint8)
        done[: len(self.rubric.if_done)] = self.rubric.if_done
        return self.floor_of(done[self.answers])

    def alternative_placement(self, ladder: GateLadder) -> Stages:
        """The stage by the gates of disputed items at their other stage."""
        return reached(self.kernel.measured(ladder, self.floor_levels, self.heard_on), self.columns.audits)

    @cached_property
    def own_stages(self) -> list[tuple[Stages, Flags]]:
        """The floor of each perspective's own view, -1 where it took part in none, and whether enough is known for it.

        Gates on who was heard are left out. One view is the own view of all who took part in it.
        """
        unheard, enough = self.kernel.stage_of(self.floor_levels, None), self.enough_known
        found = []
        for present, (audits, answers) in zip(self.columns.present, self.own, strict=True):
            takes_part = self.columns.any_view(present)
            stages, is_enough = np.where(takes_part, unheard, np.int16(-1)), takes_part & enough
            stages[audits] = self.kernel.stage_of(self.kernel.effective(answers, self.kernel.worst), None)
            is_enough[audits] = self._is_enough(count(answers <= self.rubric.not_applicable))
            found.append((stages, is_enough))
        return found

    # What stands between floor and ceiling: method.md, section 5

    @cached_property
    def decided_by(self) -> tuple[Flags, Flags]:
        """The items and the perspectives whose answers would move the floor towards the ceiling."""
        moving = np.zeros(self.answers.shape, np.bool_)
        missing = np.zeros((len(self.rubric.perspectives), self.columns.audits), np.bool_)
        for place, gates in enumerate(self.gates):
            is_between = (self.floor < place) & (place <= self.ceiling)
            for gate in gates:
                failing = is_between & ~gate.holds
                if gate.gate.perspective is not None:
                    missing[gate.gate.perspective] |= failing
                elif failing.any():
                    self._move(moving, gate.gate, np.flatnonzero(failing))
        return moving & self.not_known, missing

    @cached_property
    def _best(self) -> Levels:
        """The most that each item can count as by itself, held down only by what is known to limit it."""
        return self.kernel.limited(self.kernel.settled(self.answers, self.kernel.best))

    def _move(self, moving: Flags, gate: CompiledGate, audits: Places) -> None:
        """Note the items, known or not, that make the difference between floor and ceiling of an item of the gate."""
        rubric, above = self.rubric, self.kernel.above
        for item in gate.items:
            low, high = self.floor_levels[item, audits], self.ceiling_levels[item, audits]
            differs = (high >= above[low]) | (low >= above[high])
            if rubric.items[item].lower_is_better:
                moving[item, audits] |= differs
                continue
            for raiser in rubric.raisers([item]) if differs.any() else ():
                most = self._best[raiser, audits]
                raises = differs & (most >= above[low])
                moving[raiser, audits] |= raises
                for limiting in rubric.limited_by[raiser]:
                    moving[limiting, audits] |= raises & (most >= above[self.kernel.limit_to])


def _order(rubric: CompiledRubric) -> tuple[Keys, Small]:
    """For each item, what orders its answers by code, and the codes in that order, `not-applicable` last (3.3)."""
    keys, codes = [], []
    for item in rubric.items:
        sign = -1 if item.lower_is_better else 1
        order = sorted(
            range(len(rubric.options)),
            key=lambda code: (sign * rubric.values[code], code != rubric.if_done[code], code),
        )
        codes.append([*order, rubric.not_applicable])
        keys.append([*(order.index(code) for code in range(len(order))), len(order), _UNKNOWN, _UNANSWERED])
    return np.array(keys, np.uint16), np.array(codes, np.uint8)


def _sorted(keys: list[Keys]) -> list[Keys]:
    """The keys of the views in order, item by item and audit by audit."""
    if len(keys) > _FEW:
        return [*np.sort(keys, axis=0)]
    for last in range(len(keys) - 1, 0, -1):
        for place in range(last):
            one, other = keys[place], keys[place + 1]
            keys[place], keys[place + 1] = np.minimum(one, other), np.maximum(one, other)
    return keys


def _mean(kernel: Kernel, chosen: Levels) -> Figures:
    number = count(chosen > 0)
    mean: Figures = np.divide(kernel.total(chosen), number, out=np.full(len(number), np.nan), where=number > 0)
    return mean


def _least(kernel: Kernel, chosen: Levels) -> Figures:
    # What is set aside goes round, and is above all others; as is the start where a gate has lost all of its items.
    least = (chosen - np.uint8(1)).min(axis=0, initial=255) + np.uint8(1)
    return np.where(least > 0, kernel.values[least], np.nan)


_FORMS: dict[str, Callable[[Kernel, Levels], Figures]] = {
    MEAN: _mean,
    TOTAL: Kernel.total,
    LEAST: _least,
    GREATEST: lambda kernel, chosen: kernel.values[chosen.max(axis=0, initial=0)],
    PART_SET_ASIDE: lambda _kernel, chosen: count(chosen == 0) / max(len(chosen), 1),
}
"""What works out each word of `engine.measures` for the column form of a measure."""


def _alternative(scores: Scores) -> Iterator[tuple[str, Stages]]:
    if scores.rubric.alternative_gates is not None:
        yield "alternative-placement", scores.alternative_placement(scores.rubric.alternative_gates)


def _views(scores: Scores) -> Iterator[tuple[str, Stages]]:
    for perspective, (stages, _enough) in zip(scores.rubric.perspectives, scores.own_stages, strict=True):
        yield f"{VIEW}{perspective}", stages


_READINGS: dict[str, Callable[[Scores], Iterable[tuple[str, Stages]]]] = {
    "floor": lambda scores: [],
    "ceiling": lambda scores: [],
    "evidence-only": lambda scores: [("evidence-only", scores.evidence_only())],
    "not-applicable-as-no": lambda scores: [("not-applicable-as-no", scores.not_applicable_as_no())],
    "plans-done": lambda scores: [("plans-done", scores.plans_done())],
    "alternative-placement": _alternative,
    "view": _views,
}


def _refuse_without_column_form(rubric: CompiledRubric) -> None:
    """Nothing is ever scored by another rule than the engine's: what cannot be scored by it is refused."""
    measures = {gate.measure for gates in rubric.gates for gate in gates}
    missing = sorted(name for name in measures if MEASURES[name].of_columns not in _FORMS)
    missing += sorted(rubric.readings - _READINGS.keys())
    if missing:
        what = _("the measure or reading “{name}” of this rubric cannot be worked out for a table").format(
            name=missing[0]
        )
        raise InputError(Problem("", what, _("Write the answers as answers files, and use `involve-audit batch`.")))
