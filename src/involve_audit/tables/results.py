"""The columns of results: what an audit came to, a row each, or item by item. Named as in the spreadsheet of `batch`.

Whatever scores a table gives these values in this order. Lists are joined by `; `; where there is nothing, it is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.assessment import VIEW, decided_by, readings_of
from involve_audit.engine.reading import holds
from involve_audit.render.batch.outcome import Setting
from involve_audit.render.batch.spreadsheet import AUDIT_COLUMNS, ITEM_COLUMNS
from involve_audit.render.titles import Titles
from involve_audit.words.many import BATCH

if TYPE_CHECKING:
    from involve_audit.engine.compiled import CompiledRubric
    from involve_audit.engine.score import Score
    from involve_audit.loading.rubrics import Ready
    from involve_audit.tables.scoring import ScoredAudit

TEXT, COUNT, FIGURE, TRUTH = "text", "count", "figure", "truth"
"""What a column of results holds: text, a whole number, a number, or yes or no."""
_OF_FILES = (
    "files",
    "findings",
    "failed",
    "why",
    "problems",
    "report",
    "follow_up",
    "reasons",
    "counts",
    "respondents",
)
_COUNTS = ("known", "of", "not_applicable", "disagreements", "not_known", "anti_patterns_count", "unevidenced_count")
_HOLD = {**dict.fromkeys((*_COUNTS, "number"), COUNT), "enough_known": TRUTH, "evidence": TRUTH}
_HOLD |= {"value": FIGURE, "counts_as": FIGURE}
_READ = ("not-applicable-as-no", "plans-done", "alternative-placement")
_FREE = ("audit", "subject", "kind", "title")
_SEPARATOR = "; "

Value = str | int | float | bool | None


class ResultColumn(NamedTuple):
    """One column of results: its name, and what it holds."""

    name: str
    holds: str = TEXT


class AboutAudit(NamedTuple):
    """What the rows of an audit say of it as a whole: of its subject what the first says, and the latest day."""

    audit: str
    subject: str = ""
    kind: str = ""
    date: str = ""


def audit_columns(rubric: CompiledRubric, details: bool = False) -> tuple[ResultColumn, ...]:
    """The columns of results with a row for each audit; `details` adds every reading and every gate."""
    names = [name for name in AUDIT_COLUMNS if name not in _OF_FILES and not name.endswith(("_titles", "rubric_title"))]
    names = [name for name in names if name not in ("could_be_title", "evidence_only_title")]
    columns = [ResultColumn(name, _HOLD.get(name, TEXT)) for name in names]
    columns += [ResultColumn("decided_by"), ResultColumn("decided_by_perspectives")]
    columns += [ResultColumn(f"count.{word}", COUNT) for word in rubric.codes]
    if details:
        columns += [ResultColumn(f"reading.{reading}") for reading in reading_ids(rubric)]
        for gate in (gate for gates in rubric.gates for gate in gates):
            columns += [ResultColumn(f"gate.{gate.id}", FIGURE), ResultColumn(f"gate.{gate.id}.holds", TRUTH)]
    return tuple(columns)


def item_columns() -> tuple[ResultColumn, ...]:
    """The columns of results with a row for each item of each audit."""
    return tuple(ResultColumn(name, _HOLD.get(name, TEXT)) for name in ITEM_COLUMNS if name != "problems")


def reading_ids(rubric: CompiledRubric) -> list[str]:
    """The readings that have a column of their own where details are asked for, in their order."""
    found = [name for name in _READ if name in rubric.readings]
    if rubric.alternative_gates is None and _READ[-1] in found:
        found.remove(_READ[-1])
    return found + [f"{VIEW}{name}" for name in rubric.perspectives if "view" in rubric.readings]


@dataclass(frozen=True)
class TableSetting(Setting):
    """How results of a table are to be written: one row an item where `long`, else one row an audit."""

    results: Results | None = None

    @cached_property
    def columns(self) -> tuple[ResultColumn, ...]:
        """The columns of a table of results."""
        return item_columns() if self.long else self.results.columns if self.results else ()

    @cached_property
    def free(self) -> list[int]:
        """The places of the columns with words that are no ids of the rubric."""
        names = [column.name for column in self.columns]
        return [n for n, name in enumerate(names) if name in _FREE or name.endswith(("_title", "_titles"))]

    @cached_property
    def holding(self) -> dict[str, list[int]]:
        """The places of the columns by what they hold."""
        kinds = [column.holds for column in self.columns]
        return {kind: [n for n, held in enumerate(kinds) if held == kind] for kind in (TEXT, COUNT, FIGURE, TRUTH)}

    def rows(self, audit: ScoredAudit) -> Iterable[list[Value]]:
        """The rows of one audit."""
        if self.results is None:
            return []
        made = self.results.items if self.long else self.results.audit
        return made(audit.about, audit.score)


class Results:
    """What audits of one rubric come to, as rows of results."""

    def __init__(self, rubric: Ready, details: bool = False) -> None:
        self.rubric, self.details = rubric.compiled, details
        self.columns = audit_columns(rubric.compiled, details)
        self._reference, self._titles = rubric.reference, Titles(rubric.source.content)
        self._readings = reading_ids(rubric.compiled)
        self._gates = [gate for gates in rubric.compiled.gates for gate in gates]
        content, titles = rubric.source.content, self._titles
        self._stage_titles = [titles.stages[stage] for stage in rubric.compiled.stages]
        self._items = [(item.id, item.title, item.kind, item.theme or "", item.stage or "") for item in content.items]
        self._item_titles = [
            (titles.themes.get(theme, ""), titles.stages.get(stage, "")) for *_others, theme, stage in self._items
        ]

    def audit(self, about: AboutAudit, score: Score) -> list[list[Value]]:
        """The row of an audit."""
        items, counts, known = self.rubric.items, list(score.counts.values()), score.known
        floor, ceiling, stages, enough_known = *score.standing[:2], self.rubric.stages, score.enough_known
        anti_patterns = [items[place].id for place in score.anti_patterns]
        decided = decided_by(score) if floor < ceiling else ((), ())
        row: list[Value] = [
            *about,
            self._reference,
            stages[floor],
            self._stage_titles[floor] if enough_known else BATCH["little_known"],
            stages[ceiling],
            enough_known,
            known,
            len(items),
            counts[self.rubric.not_applicable],
            _SEPARATOR.join(score.heard),
            _SEPARATOR.join(score.held_back_by),
            _SEPARATOR.join(anti_patterns),
            len(score.disagreements),
            score.evidence_only,
            len(items) - known,
            len(anti_patterns),
            len(score.unevidenced),
            _SEPARATOR.join(decided[0]),
            _SEPARATOR.join(decided[1]),
            *counts,
        ]
        return [[*row, *self._details(score)] if self.details else row]

    def _details(self, score: Score) -> Iterator[Value]:
        read = {reading.id: reading.stage for reading in readings_of(score) if reading.is_enough}
        yield from (read.get(name) for name in self._readings)
        for gate in self._gates:
            measured = score.figure(gate)
            yield measured
            yield holds(gate, measured)

    def items(self, about: AboutAudit, score: Score) -> Iterable[list[Value]]:
        """The rows of an audit's items."""
        resolved, titles, named = score.resolved, self._titles, self.rubric.perspectives
        for place, (item, item_titles) in enumerate(zip(self._items, self._item_titles, strict=True)):
            answer, mask = self.rubric.word(resolved.answers[place]), resolved.heard[place]
            heard = [name for n, name in enumerate(named) if mask >> n & 1]
            yield [
                about.audit,
                about.subject,
                about.date,
                self._reference,
                *item,
                answer,
                score.own_values[place],
                score.counts_as[place],
                _SEPARATOR.join(heard),
                resolved.evidenced[place],
                place + 1,
                *item_titles,
                titles.answers[answer],
                _SEPARATOR.join(titles.perspectives[name] for name in heard),
            ]
