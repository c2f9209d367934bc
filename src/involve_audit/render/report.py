"""An assessed audit in words: page one, and everything that it rests on.

Everything here is text of the rubric, of the answers or of the vocabulary, not yet escaped. The formats only
lay it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from involve_audit import __version__
from involve_audit.engine.assessment import Cell
from involve_audit.language import day, listed, moment
from involve_audit.model.rubric import Planning, Position
from involve_audit.model.view import OPEN_ANSWERS, Action
from involve_audit.render.entries import Entries
from involve_audit.render.page_one import PageOne
from involve_audit.render.parts import (
    Agreed,
    DisagreementLine,
    Entry,
    GateInWords,
    Given,
    GridCell,
    GridItem,
    OpenQuestion,
)
from involve_audit.render.tailoring import based_on, changes, made_of
from involve_audit.render.titles import BEST
from involve_audit.words.reports import WORDS


@dataclass(frozen=True)
class ReportPage(PageOne):
    """The words of one report, part by part."""

    # What was found

    @cached_property
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
        return GridCell(self._titles.stages[cell.stage], tuple(self._grid_item(item) for item in cell.items))

    def _grid_item(self, item: str) -> GridItem:
        return GridItem(item, self._titles.item(item), self._titles.given(item, self._results[item].answer))

    @cached_property
    def anti_patterns(self) -> list[Entry]:
        """The items that no column of the grid holds."""
        return [self._entries.entry(self._results[item.id]) for item in self.rubric.anti_patterns]

    @cached_property
    def found_anti_patterns(self) -> list[Entry]:
        """Those of them that were not answered with a clear no."""
        return [entry for entry in self.anti_patterns if entry.answer.tone != BEST]

    @cached_property
    def themes(self) -> list[tuple[str, list[Entry]]]:
        """The indicators, theme by theme."""
        by_theme: dict[str, list[Entry]] = {theme.id: [] for theme in self.rubric.themes}
        for item in self.rubric.indicators:
            by_theme[item.theme].append(self._entries.entry(self._results[item.id]))
        return [(self._titles.themes[theme], entries) for theme, entries in by_theme.items()]

    @property
    def perspectives(self) -> list[str]:
        """Titles of the perspectives that answered, in the rubric's order."""
        return [title for name, title in self._titles.perspectives.items() if name in self._heard]

    @cached_property
    def disagreements(self) -> list[DisagreementLine]:
        """Items on which perspectives differ."""
        return [self._disagreement(item, answers) for item, answers in self.assessment.disagreements]

    def _disagreement(self, item: str, answers: Mapping[str, str]) -> DisagreementLine:
        def given(name: str) -> Given | None:
            return self._titles.given(item, answers[name]) if name in answers else None

        found = (given(name) for name in self._titles.perspectives if name in self._heard)
        return DisagreementLine(item, self._titles.item(item), tuple(found))

    @property
    def no_disagreements(self) -> str:
        """Why there is nothing to show where views could differ."""
        heard = len(self._heard)
        return WORDS["no_disagreements" if heard > 1 else "one_voice" if heard else "no_voice"]

    @cached_property
    def open_questions(self) -> list[OpenQuestion]:
        """Each item without a known answer."""
        deciding = self.assessment.decided_by.items
        found = ((self._titles.items[item.id], item.answer) for item in self.assessment.items)
        return [
            OpenQuestion(
                item.id, item.title, self._titles.answers[answer], listed(item.who_to_ask), item.id in deciding
            )
            for item, answer in found
            if answer in OPEN_ANSWERS
        ]

    @cached_property
    def actions(self) -> list[Agreed]:
        """What the views say was agreed."""
        return [self._agreed(action) for view in self.audit.views for action in view.content.actions]

    def _agreed(self, action: Action) -> Agreed:
        return Agreed(
            about=self._titles.item(action.item) if action.item else "",
            what=action.what,
            owner=action.owner or "",
            due=day(action.due) if action.due else "",
            done=WORDS["yes"] if action.done else WORDS["no"],
        )

    @property
    def planning(self) -> Planning | None:
        return self.rubric.planning

    # How it was worked out, and from what

    @property
    def gates(self) -> list[tuple[str, list[GateInWords]]]:
        """Every gate of every stage."""
        return [(stage.title, self._gate_lines(stage.id)) for stage in self.rubric.stages]

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        """How many items have each answer."""
        return [(self._titles.answers[word], count) for word, count in self.assessment.counts.items()]

    @cached_property
    def tailoring(self) -> list[str]:
        """Every change that a tailored rubric makes."""
        return changes(self.audit.rubric)

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Label and value of what this result was made from."""
        rubric = self.audit.rubric
        lines = [
            (WORDS["rubric"], f"{rubric.content.title} ({rubric.content.id}), {rubric.content.version}"),
            (WORDS["rubric_hash"], rubric.sha256),
            *made_of(rubric),
            *based_on(rubric),
            (WORDS["program"], f"involve-audit {__version__}"),
        ]
        files = ((view.file, view.sha256) for view in self.audit.views if view.sha256)
        lines += [(WORDS["file_hash"].format(file=file), digest) for file, digest in files]
        if self.options.written:
            lines.append((WORDS["written"], moment(self.options.written)))
        return lines

    def source(self, position: Position | None) -> str:
        """Where something stands in the rubric's sources."""
        return self._titles.source(position)

    # What the parts above are made of

    @cached_property
    def _entries(self) -> Entries:
        return Entries(self._titles, self.audit)

    @cached_property
    def _heard(self) -> set[str]:
        return {name for view in self.audit.views for name in view.content.present}
