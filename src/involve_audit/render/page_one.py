"""What comes first in every report: the stage, what holds it back, what to do next, who took part, does it hold up.

Everything here is text of the rubric, of the answers or of the vocabulary, not yet escaped. The formats only
lay it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from involve_audit.engine.assessment import Assessment
from involve_audit.engine.score import ItemResult
from involve_audit.language import day, number, percent
from involve_audit.model.audit import Audit
from involve_audit.model.rubric import Rubric
from involve_audit.render.entries import voice_names
from involve_audit.render.gate_lines import gate_line
from involve_audit.render.options import SHORT, Options, Page
from involve_audit.render.parts import ChangeLine, GateInWords, LadderStep, ReadingGroup, ReadingLine, Voice
from involve_audit.render.publishing import left_out
from involve_audit.render.tailoring import tailored, tailored_in_short
from involve_audit.render.titles import Titles, headline
from involve_audit.render.warnings import warnings
from involve_audit.words.reports import COUNTED, READINGS, TITLE, WARNINGS, WORDS


@dataclass(frozen=True)
class PageOne(Page):
    """What page one of a report says, and every summary of it."""

    audit: Audit
    assessment: Assessment
    options: Options

    stem = "report"

    @property
    def template(self) -> str:
        return SHORT if self.style == SHORT else self.stem

    @property
    def rubric(self) -> Rubric:
        return self.audit.rubric.content

    @property
    def language(self) -> str:
        """The language that most of the page is in: the rubric's."""
        return self.rubric.language

    @property
    def title(self) -> str:
        """The heading; it says so where the people who should be heard first were not."""
        form = "unheard" if self.audit.unheard else "heard"
        return TITLE[form].format(name=self.audit.subject.name, perspective=self.audit.unheard)

    @cached_property
    def unheard(self) -> str:
        """What it means that the people who should be heard first were not; empty where they were."""
        return WARNINGS["unheard"].format(perspective=self.audit.unheard) if self.audit.unheard else ""

    @property
    def date(self) -> str:
        return day(self.audit.date)

    @property
    def headline(self) -> str:
        """The stage; the range where a range is all that can be said (method.md, section 5)."""
        found = self.assessment
        return headline(self._titles, found.floor, found.ceiling, found.enough_known)

    @cached_property
    def tailored(self) -> list[str]:
        """That the rubric is tailored, why, and what the answers come to under the original; else nothing."""
        return tailored(self.audit)

    @property
    def tailored_in_short(self) -> list[str]:
        return tailored_in_short(self.audit)

    @property
    def answered(self) -> str:
        """How many questions have a known answer, and how many are asked for."""
        known, total = self.assessment.known, len(self.assessment.items)
        asked = self.rubric.minimum_answered
        words = COUNTED.form("known", total)
        return words.format(known=number(known), count=number(total), percent=percent(known / total), asked=asked)

    @cached_property
    def ladder(self) -> list[LadderStep]:
        """Every stage, lowest first."""
        found = self.assessment
        return self._titles.ladder(found.floor, found.ceiling, found.enough_known)

    @cached_property
    def holds_back(self) -> list[GateInWords]:
        """The gates of the stage above the floor that do not hold."""
        return [line for line in self._gate_lines(self._stage_above()) if not line.ok]

    @cached_property
    def next_stage(self) -> str:
        """The title of the stage above the floor; empty at the top."""
        above = self._stage_above()
        return self._titles.stages[above] if above else ""

    def _stage_above(self) -> str | None:
        stages = [stage.id for stage in self.rubric.stages]
        place = stages.index(self.assessment.floor) + 1
        return stages[place] if place < len(stages) else None

    @cached_property
    def deciding_items(self) -> list[str]:
        """Titles of the open questions that decide the range."""
        return [self._titles.item(item) for item in self.assessment.decided_by.items]

    @cached_property
    def deciding_voices(self) -> list[str]:
        """Titles of the perspectives that have to be heard to reach the ceiling."""
        return [self._titles.perspectives[name] for name in self.assessment.decided_by.perspectives]

    @cached_property
    def changes(self) -> list[ChangeLine]:
        """The next steps in order."""
        steps = self.assessment.next_steps
        return [self._change(*change) for change in (steps.changes if steps else ())]

    def _change(self, item: str, before: str, after: str) -> ChangeLine:
        answers = self._titles.answers
        title, how = self._titles.item(item), self._titles.items[item].next_step
        return ChangeLine(item, title, answers[before], answers[after], how)

    @cached_property
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

    @cached_property
    def voices(self) -> list[Voice]:
        """Who took part, view by view."""
        names = voice_names(self._titles, self.audit)
        return [
            Voice(
                file=view.file,
                name=name,
                who=self._titles.who(view.content),
                total=self._titles.total(view.content) if len(view.content.present) > 1 else "",
                date=day(view.content.date),
                method=view.content.method or "",
                sha256=view.sha256,
            )
            for name, view in zip(names, self.audit.views, strict=True)
        ]

    @cached_property
    def readings(self) -> list[ReadingLine]:
        """Every reading in words."""
        stages = self._titles.stages
        return [
            ReadingLine(self._reading(reading.id), stages[reading.stage], reading.stage != self.assessment.floor)
            for reading in self.assessment.readings
        ]

    @cached_property
    def holds_up(self) -> list[ReadingGroup]:
        """The readings by the stage they come to: first the floor, then every other stage, lowest first."""
        readings, floor = self.assessment.readings, self.assessment.floor
        return [
            ReadingGroup(self._titles.stages[stage], stage != floor, tuple(self._reading(name) for name in found))
            for stage in sorted(self._titles.stages, key=lambda stage: stage != floor)
            if (found := [reading.id for reading in readings if reading.stage == stage])
        ]

    def _reading(self, reading_id: str) -> str:
        kind, colon, perspective = reading_id.partition(":")
        words = READINGS[kind + colon]
        return words.format(perspective=self._titles.perspectives[perspective]) if colon else words

    @cached_property
    def warnings(self) -> list[str]:
        return list(warnings(self.audit, self.assessment))

    @cached_property
    def left_out(self) -> list[str]:
        """What a report made for sharing does not show, and what to think of before it is shared."""
        return left_out(self.audit)

    # What the parts above are made of

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.rubric, self.audit.fewer_than)

    @cached_property
    def _results(self) -> dict[str, ItemResult]:
        return {item.id: item for item in self.assessment.items}

    def _gate_lines(self, stage: str | None) -> list[GateInWords]:
        gates = (gate for gate in self.assessment.gates if gate.stage == stage)
        return [gate_line(self._titles, self._results, gate) for gate in gates]
