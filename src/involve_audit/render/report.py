"""An assessed audit in words: what every report says, whatever its format.

Everything here is text of the rubric, of the answers or of the vocabulary, not yet escaped. The formats only
lay it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from involve_audit import __version__
from involve_audit.engine.assessment import Assessment, Cell, GateResult, ItemResult
from involve_audit.model.audit import Audit
from involve_audit.model.rubric import Gate, Indicator, Item, Planning, Position, Rubric
from involve_audit.model.view import UNANSWERED, UNKNOWN, Action, Answer, Evidence, View
from involve_audit.render.options import Options
from involve_audit.render.vocabulary import (
    BUILT_IN_ANSWERS,
    COUNTS_AS,
    FOUND,
    HEADLINES,
    KNOWN,
    LADDER,
    READINGS,
    SIDES,
    UNITS,
    WORDS,
    listed,
    number,
    percent,
)
from involve_audit.render.warnings import unheard_first_voice, warnings

OPEN = (UNKNOWN, UNANSWERED)


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


@dataclass(frozen=True)
class Report:
    """The words of one report, part by part."""

    audit: Audit
    assessment: Assessment
    options: Options

    @property
    def rubric(self) -> Rubric:
        return self.audit.rubric.content

    @property
    def title(self) -> str:
        """The heading; it says so where the people who should be heard first were not."""
        missing = unheard_first_voice(self.audit)
        without = f" – without the answers of: {missing}" if missing else ""
        return f"{WORDS['report']}: {self.audit.subject.name}{without}"

    @property
    def headline(self) -> str:
        """The stage; the range where a range is all that can be said (method.md, section 5)."""
        floor, ceiling = (self._stage_title(stage) for stage in (self.assessment.floor, self.assessment.ceiling))
        settled = floor == ceiling
        if not self.assessment.enough_known:
            return HEADLINES["settled_little_known" if settled else "little_known"].format(floor=floor, ceiling=ceiling)
        return HEADLINES["settled" if settled else "range"].format(floor=floor, ceiling=ceiling)

    @property
    def answered(self) -> str:
        """How many questions have a known answer, and how many are asked for."""
        known, total = self.assessment.known, len(self.assessment.items)
        asked = self.rubric.minimum_answered
        return KNOWN.format(known=known, total=total, percent=percent(known / total), asked=asked)

    @property
    def ladder(self) -> list[Step]:
        """Every stage, lowest first."""
        stages = [stage.id for stage in self.rubric.stages]
        low, high = stages.index(self.assessment.floor), stages.index(self.assessment.ceiling)

        settled = low == high and self.assessment.enough_known

        def state(place: int) -> str:
            if place == low:
                return "here" if settled else "least"
            return "passed" if place < low else "possible" if place <= high else ""

        states = [state(place) for place in range(len(stages))]
        return [
            Step(stage.title, stage.summary, found, LADDER.get(found, ""))
            for stage, found in zip(self.rubric.stages, states, strict=True)
        ]

    @property
    def holds_back(self) -> list[GateLine]:
        """The gates of the stage above the floor that do not hold."""
        above = self._stage_above()
        return [self._gate_line(gate) for gate in self.assessment.gates if gate.stage == above and not gate.holds]

    @property
    def next_stage(self) -> str:
        """The title of the stage above the floor; empty at the top."""
        above = self._stage_above()
        return self._stage_title(above) if above else ""

    def _stage_above(self) -> str | None:
        stages = [stage.id for stage in self.rubric.stages]
        place = stages.index(self.assessment.floor) + 1
        return stages[place] if place < len(stages) else None

    @property
    def deciding_items(self) -> list[str]:
        """Titles of the open questions that decide the range."""
        return [self._item(item).title for item in self.assessment.decided_by.items]

    @property
    def deciding_voices(self) -> list[str]:
        """Titles of the perspectives that have to be heard to reach the ceiling."""
        return [self._perspective(name) for name in self.assessment.decided_by.perspectives]

    @property
    def changes(self) -> list[Change]:
        """The next steps in order."""
        steps = self.assessment.next_steps
        return [
            Change(
                self._item(c.item).title, self._answer(c.before), self._answer(c.after), self._item(c.item).next_step
            )
            for c in (steps.changes if steps else ())
        ]

    @property
    def hear_first(self) -> list[str]:
        """Titles of the perspectives to hear before anything else."""
        steps = self.assessment.next_steps
        return [self._perspective(name) for name in (steps.hear if steps else ())]

    @property
    def steps_note(self) -> str:
        """What has to be said about the next steps as a whole; empty where nothing has."""
        steps = self.assessment.next_steps
        if steps is None:
            return WORDS["no_next"]
        if not steps.reachable:
            return WORDS["unreachable"]
        return "" if steps.proven else WORDS["not_proven"]

    @property
    def planning(self) -> Planning | None:
        return self.rubric.planning

    @property
    def voices(self) -> list[Voice]:
        """Who took part, view by view."""
        return [
            Voice(v.file, self._who(v.content), v.content.date.isoformat(), v.content.method or "", v.sha256)
            for v in self.audit.views
        ]

    @property
    def readings(self) -> list[ReadingLine]:
        """Every reading in words."""
        return [
            ReadingLine(
                self._reading_words(reading.id),
                self._stage_title(reading.stage),
                reading.stage != self.assessment.floor,
                ":" in reading.id,
            )
            for reading in self.assessment.readings
        ]

    def _reading_words(self, reading_id: str) -> str:
        kind, colon, perspective = reading_id.partition(":")
        words = READINGS[kind + colon]
        return words.format(perspective=self._perspective(perspective)) if colon else words

    @property
    def grid_stages(self) -> list[str]:
        """Titles of the grid's columns."""
        rows = self.assessment.grid
        return [self._stage_title(cell.stage) for cell in rows[0][1]] if rows else []

    @property
    def grid(self) -> list[tuple[str, list[GridCell]]]:
        """Theme by stage: what was found in each cell."""
        themes = {theme.id: theme.title for theme in self.rubric.themes}
        return [(themes[theme], [self._grid_cell(cell) for cell in cells]) for theme, cells in self.assessment.grid]

    def _grid_cell(self, cell: Cell) -> GridCell:
        found = ((self._item(item).title, self._answer(self._result(item).answer)) for item in cell.items)
        return GridCell(self._stage_title(cell.stage), tuple(found))

    @property
    def anti_patterns(self) -> list[Entry]:
        """The items that no column of the grid holds."""
        return [self._entry(self._result(item.id)) for item in self.rubric.anti_patterns]

    @property
    def themes(self) -> list[tuple[str, list[Entry]]]:
        """The indicators, theme by theme."""
        return [
            (theme.title, [self._entry(self._result(i.id)) for i in self.rubric.indicators if i.theme == theme.id])
            for theme in self.rubric.themes
        ]

    @property
    def disagreements(self) -> list[Disagreement]:
        """Items on which perspectives differ."""
        return [
            Disagreement(
                self._item(found.item).title,
                tuple((self._perspective(name), self._answer(answer)) for name, answer in found.answers),
            )
            for found in self.assessment.disagreements
        ]

    @property
    def no_disagreements(self) -> str:
        """Why there is nothing to show where views could differ."""
        heard = {name for view in self.audit.views for name in view.content.present}
        return WORDS["no_disagreements" if len(heard) > 1 else "one_voice" if heard else "no_voice"]

    @property
    def open_questions(self) -> list[tuple[str, str, str]]:
        """Title, state and whom to ask for each item without a known answer."""
        return [
            (self._item(item.id).title, self._answer(item.answer), listed(self._item(item.id).who_to_ask))
            for item in self.assessment.items
            if item.answer in OPEN
        ]

    @property
    def gates(self) -> list[tuple[str, list[GateLine]]]:
        """Every gate of every stage."""
        return [
            (stage.title, [self._gate_line(gate) for gate in self.assessment.gates if gate.stage == stage.id])
            for stage in self.rubric.stages
        ]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many items have each answer, and their sum."""
        return [(self._answer(word), count) for word, count in self.assessment.counts.items()]

    @property
    def actions(self) -> list[Agreed]:
        """What the views say was agreed."""
        return [self._agreed(action) for view in self.audit.views for action in view.content.actions]

    @property
    def warnings(self) -> list[str]:
        return list(warnings(self.audit, self.assessment))

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Label and value of what this result was made from."""
        rubric = self.audit.rubric
        lines = [
            (WORDS["rubric"], f"{rubric.content.title} ({rubric.content.id}), {rubric.content.version}"),
            (f"{WORDS['rubric']}, SHA-256", rubric.sha256),
            (WORDS["program"], f"involve-audit {__version__}"),
        ]
        lines += [(f"{WORDS['files']}: {voice.file}, SHA-256", voice.sha256) for voice in self.voices]
        if self.options.written:
            lines.append((WORDS["written"], self.options.written.isoformat()))
        return lines

    def source(self, position: Position | None) -> str:
        """Where something stands in the rubric's sources; empty where it is the rubric's own."""
        if position is None:
            return ""
        title = next(source.title for source in self.rubric.sources if source.id == position.id)
        places = (
            ("page", position.page),
            ("", position.heading),
            ("column", position.column),
            ("no.", position.position),
        )
        return ", ".join([title, *(f"{name} {place}".strip() for name, place in places if place)])

    # What the parts above are made of

    def _stage_title(self, stage_id: str) -> str:
        return next(stage.title for stage in self.rubric.stages if stage.id == stage_id)

    def _item(self, item_id: str) -> Item:
        return next(item for item in self.rubric.items if item.id == item_id)

    def _result(self, item_id: str) -> ItemResult:
        return next(item for item in self.assessment.items if item.id == item_id)

    def _perspective(self, name: str) -> str:
        return next(perspective.title for perspective in self.rubric.perspectives if perspective.id == name)

    def _answer(self, word: str) -> str:
        return next(
            (option.title for option in self.rubric.scale if option.id == word), BUILT_IN_ANSWERS.get(word, word)
        )

    def _who(self, view: View) -> str:
        present = [f"{self._perspective(name)}: {count}" for name, count in view.present.items()]
        return "; ".join(present) or WORDS["nobody" if self.rubric.perspectives else "not_asked"]

    def _entry(self, result: ItemResult) -> Entry:
        item = self._item(result.id)
        source = None if result.source is None else self.audit.views[result.source].content
        return Entry(
            id=item.id,
            title=item.title,
            question=item.ask,
            answer=self._answer(result.answer),
            answered_by=self._who(source) if source else WORDS["nobody_knows"],
            counts_as=self._counts_as(result),
            said=tuple(self._said(item)),
            how="" if self._is_best(result, item) else item.next_step,
            source=self._item_source(item),
        )

    def _item_source(self, item: Item) -> str:
        judged = item.alternative_because if isinstance(item, Indicator) else None
        return ". ".join(part for part in (self.source(item.source), judged) if part)

    def _is_best(self, result: ItemResult, item: Item) -> bool:
        best = 0.0 if item.kind in ("deficit", "anti-pattern") else 1.0
        return result.answer not in BUILT_IN_ANSWERS and result.counts_as == best

    def _counts_as(self, result: ItemResult) -> str:
        """Why an item counts other than as it was answered; empty where it does not."""
        moved, names = ("limited", result.limited_by) if result.limited_by else ("implied", result.implied_by)
        if result.counts_as is None or not names:
            return ""
        sources = listed(f"“{self._item(name).title}”" for name in names)
        return COUNTS_AS[moved].format(value=self._value_words(result.counts_as, result.id), sources=sources)

    def _said(self, item: Item) -> Iterator[Said]:
        for view in self.audit.views:
            given = view.content.answers.get(item.id, Answer())
            yield Said(
                who=self._who(view.content),
                answer=self._answer(given.answer or UNANSWERED),
                reason=given.reason or "",
                note=given.note or "",
                evidence=given.evidence,
            )

    def _agreed(self, action: Action) -> Agreed:
        return Agreed(
            about=self._item(action.item).title if action.item else "",
            what=action.what,
            owner=action.owner or "",
            due=action.due.isoformat() if action.due else "",
            done=WORDS["yes"] if action.done else WORDS["no"],
        )

    def _gate(self, gate_id: str) -> Gate:
        return next(gate for stage in self.rubric.stages for gate in stage.gates if gate.id == gate_id)

    def _gate_line(self, result: GateResult) -> GateLine:
        gate = self._gate(result.id)
        side, written = ("at_least", gate.at_least) if gate.at_least is not None else ("at_most", gate.at_most)
        asked = SIDES[side].format(threshold=self._answer(written or ""))
        return GateLine(
            because=gate.because,
            found=self._found(result),
            asked_for=f"{asked} {UNITS.get(result.measure, '')}".strip(),
            holds=WORDS["yes"] if result.holds else WORDS["possible" if result.possible else "no"],
            ok=result.holds,
            computed_from=tuple(self._computed_from(result)),
        )

    def _found(self, result: GateResult) -> str:
        """The figure in words, never a percentage without what it is a percentage of."""
        items = [self._result(item) for item in result.items]
        total = sum(item.counts_as is not None for item in items)
        if result.figure is None or (result.measure == "highest" and not total):
            return WORDS["nothing_applies"]
        who = self._perspective(result.perspective) if result.perspective is not None else ""
        counts_values = result.measure not in ("heard", "not-applicable")
        open_questions = counts_values * sum(item.answer in OPEN for item in items)
        aside = len(items) - total
        words = FOUND[result.measure].format(
            figure=number(result.figure * total) if result.measure in ("share", "heard") else number(result.figure),
            total=total,
            percent=percent(result.figure),
            aside=aside,
            chosen=len(items),
            who=who,
            answer=self._value_words(result.figure, result.items[0]),
        )
        return words + (FOUND["open"].format(count=open_questions) if open_questions else "")

    def _value_words(self, value: float, item_id: str) -> str:
        """The answer that is worth so much for this item, or the number where none is."""
        kind = self._item(item_id).kind
        options = [o for o in self.rubric.scale if o.value == value and o.is_for(kind) and not o.if_done]
        return options[0].title if options else number(value)

    def _computed_from(self, result: GateResult) -> Iterator[tuple[str, str]]:
        for item in result.items:
            found = self._result(item)
            words = self._answer(found.answer)
            if result.measure == "heard":
                heard = result.perspective in found.heard
                words = f"{words}; {WORDS['yes'] if heard else WORDS['no']}"
            elif found.counts_as is not None:
                words = f"{words}; {number(found.counts_as)}"
            yield self._item(item).title, words
