"""An assessed audit in words: what every report says, whatever its format.

Everything here is text of the rubric, of the answers or of the vocabulary, not yet escaped. The formats only
lay it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from involve_audit import __version__
from involve_audit.engine.assessment import Assessment, Cell, ItemResult
from involve_audit.language import day, listed, moment, number, percent
from involve_audit.model.audit import Audit
from involve_audit.model.rubric import Item, Planning, Position, Rubric
from involve_audit.model.view import UNANSWERED, Action, Answer
from involve_audit.render.gate_lines import gate_line
from involve_audit.render.options import Options
from involve_audit.render.parts import (
    Agreed,
    Change,
    Disagreement,
    Entry,
    GateLine,
    GridCell,
    ReadingLine,
    Said,
    Step,
    Voice,
)
from involve_audit.render.titles import Titles
from involve_audit.render.vocabulary import (
    BUILT_IN_ANSWERS,
    COUNTED,
    COUNTS_AS,
    HEADLINES,
    LADDER,
    OPEN_ANSWERS,
    READINGS,
    WORDS,
)
from involve_audit.render.warnings import unheard_first_voice, warnings


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
        floor, ceiling = (self._titles.stages[stage] for stage in (self.assessment.floor, self.assessment.ceiling))
        settled = floor == ceiling
        if not self.assessment.enough_known:
            return HEADLINES["settled_little_known" if settled else "little_known"].format(floor=floor, ceiling=ceiling)
        return HEADLINES["settled" if settled else "range"].format(floor=floor, ceiling=ceiling)

    @property
    def answered(self) -> str:
        """How many questions have a known answer, and how many are asked for."""
        known, total = self.assessment.known, len(self.assessment.items)
        asked = self.rubric.minimum_answered
        words = COUNTED.form("known", total)
        return words.format(known=number(known), count=number(total), percent=percent(known / total), asked=asked)

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
        return [line for line in self._gate_lines(self._stage_above()) if not line.ok]

    @property
    def next_stage(self) -> str:
        """The title of the stage above the floor; empty at the top."""
        above = self._stage_above()
        return self._titles.stages[above] if above else ""

    def _stage_above(self) -> str | None:
        stages = [stage.id for stage in self.rubric.stages]
        place = stages.index(self.assessment.floor) + 1
        return stages[place] if place < len(stages) else None

    @property
    def deciding_items(self) -> list[str]:
        """Titles of the open questions that decide the range."""
        return [self._titles.item(item) for item in self.assessment.decided_by.items]

    @property
    def deciding_voices(self) -> list[str]:
        """Titles of the perspectives that have to be heard to reach the ceiling."""
        return [self._titles.perspectives[name] for name in self.assessment.decided_by.perspectives]

    @property
    def changes(self) -> list[Change]:
        """The next steps in order."""
        steps = self.assessment.next_steps
        return [self._change(*change) for change in (steps.changes if steps else ())]

    def _change(self, item: str, before: str, after: str) -> Change:
        answers = self._titles.answers
        return Change(self._titles.item(item), answers[before], answers[after], self._titles.items[item].next_step)

    @property
    def hear_first(self) -> list[str]:
        """Titles of the perspectives to hear before anything else."""
        steps = self.assessment.next_steps
        return [self._titles.perspectives[name] for name in (steps.hear if steps else ())]

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
            Voice(v.file, self._titles.who(v.content), day(v.content.date), v.content.method or "", v.sha256)
            for v in self.audit.views
        ]

    @property
    def readings(self) -> list[ReadingLine]:
        """Every reading in words."""
        return [
            ReadingLine(
                self._reading_words(reading.id),
                self._titles.stages[reading.stage],
                reading.stage != self.assessment.floor,
                ":" in reading.id,
            )
            for reading in self.assessment.readings
        ]

    def _reading_words(self, reading_id: str) -> str:
        kind, colon, perspective = reading_id.partition(":")
        words = READINGS[kind + colon]
        return words.format(perspective=self._titles.perspectives[perspective]) if colon else words

    @property
    def grid_stages(self) -> list[str]:
        """Titles of the grid's columns."""
        rows = self.assessment.grid
        return [self._titles.stages[cell.stage] for cell in rows[0][1]] if rows else []

    @property
    def grid(self) -> list[tuple[str, list[GridCell]]]:
        """Theme by stage: what was found in each cell."""
        return [
            (self._titles.themes[theme], [self._grid_cell(cell) for cell in cells])
            for theme, cells in self.assessment.grid
        ]

    def _grid_cell(self, cell: Cell) -> GridCell:
        found = ((self._titles.item(item), self._titles.answers[self._results[item].answer]) for item in cell.items)
        return GridCell(self._titles.stages[cell.stage], tuple(found))

    @property
    def anti_patterns(self) -> list[Entry]:
        """The items that no column of the grid holds."""
        return [self._entry(self._results[item.id]) for item in self.rubric.anti_patterns]

    @property
    def themes(self) -> list[tuple[str, list[Entry]]]:
        """The indicators, theme by theme."""
        return [
            (theme.title, [self._entry(self._results[i.id]) for i in self.rubric.indicators if i.theme == theme.id])
            for theme in self.rubric.themes
        ]

    @property
    def disagreements(self) -> list[Disagreement]:
        """Items on which perspectives differ."""
        who, words = self._titles.perspectives, self._titles.answers
        return [
            Disagreement(self._titles.item(item), tuple((who[name], words[answer]) for name, answer in answers))
            for item, answers in self.assessment.disagreements
        ]

    @property
    def no_disagreements(self) -> str:
        """Why there is nothing to show where views could differ."""
        heard = {name for view in self.audit.views for name in view.content.present}
        return WORDS["no_disagreements" if len(heard) > 1 else "one_voice" if heard else "no_voice"]

    @property
    def open_questions(self) -> list[tuple[str, str, str]]:
        """Title, state and whom to ask for each item without a known answer."""
        open_items = [
            (self._titles.items[item.id], item) for item in self.assessment.items if item.answer in OPEN_ANSWERS
        ]
        return [
            (item.title, self._titles.answers[result.answer], listed(item.who_to_ask)) for item, result in open_items
        ]

    @property
    def gates(self) -> list[tuple[str, list[GateLine]]]:
        """Every gate of every stage."""
        return [(stage.title, self._gate_lines(stage.id)) for stage in self.rubric.stages]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many items have each answer, and their sum."""
        return [(self._titles.answers[word], count) for word, count in self.assessment.counts.items()]

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
        lines += [(f"{WORDS['files']}: {voice.file}, SHA-256", voice.sha256) for voice in self.voices if voice.sha256]
        if self.options.written:
            lines.append((WORDS["written"], moment(self.options.written)))
        return lines

    def source(self, position: Position | None) -> str:
        """Where something stands in the rubric's sources."""
        return self._titles.source(position)

    # What the parts above are made of

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.rubric, self.audit.fewer_than)

    @cached_property
    def _results(self) -> dict[str, ItemResult]:
        return {item.id: item for item in self.assessment.items}

    def _gate_lines(self, stage: str | None) -> list[GateLine]:
        gates = (gate for gate in self.assessment.gates if gate.stage == stage)
        return [gate_line(self._titles, self._results, gate) for gate in gates]

    def _entry(self, result: ItemResult) -> Entry:
        item = self._titles.items[result.id]
        source = None if result.source is None else self.audit.views[result.source].content
        return Entry(
            id=item.id,
            title=item.title,
            question=item.ask,
            answer=self._titles.answers[result.answer],
            answered_by=self._titles.who(source) if source else WORDS["nobody_knows"],
            counts_as=self._counts_as(result),
            said=tuple(self._said(item)),
            how="" if self._is_best(result, item) else item.next_step,
            source=self._titles.item_source(item),
        )

    def _is_best(self, result: ItemResult, item: Item) -> bool:
        best = 0.0 if item.kind in ("deficit", "anti-pattern") else 1.0
        return result.answer not in BUILT_IN_ANSWERS and result.counts_as == best

    def _counts_as(self, result: ItemResult) -> str:
        """Why an item counts other than as it was answered; empty where it does not."""
        moved, names = ("limited", result.limited_by) if result.limited_by else ("implied", result.implied_by)
        if result.counts_as is None or not names:
            return ""
        sources = listed(f"“{self._titles.item(name)}”" for name in names)
        value = self._titles.value(result.counts_as, self._titles.items[result.id].kind)
        return COUNTS_AS[moved].format(value=value, sources=sources)

    def _said(self, item: Item) -> Iterator[Said]:
        for view in self.audit.views:
            given = view.content.answers.get(item.id, Answer())
            yield Said(
                who=self._titles.who(view.content),
                answer=self._titles.answers[given.answer or UNANSWERED],
                reason=given.reason or "",
                note=given.note or "",
                evidence=given.evidence,
            )

    def _agreed(self, action: Action) -> Agreed:
        return Agreed(
            about=self._titles.item(action.item) if action.item else "",
            what=action.what,
            owner=action.owner or "",
            due=day(action.due) if action.due else "",
            done=WORDS["yes"] if action.done else WORDS["no"],
        )
