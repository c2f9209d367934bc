"""Rows of text to scored audits, by the engine that scores answers files.

A row that is not as it should be is a problem of its audit, which is then not scored: without one of its views, it
could come out better than it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.compiled import CompiledView
from involve_audit.engine.score import Score
from involve_audit.language import _, in_short, number
from involve_audit.loading.responses.cells import shown
from involve_audit.loading.responses.columns import ANSWER
from involve_audit.model.base import Refused
from involve_audit.model.columns import REASON
from involve_audit.model.names import differ_a_little
from involve_audit.model.record import MOST_VIEWS
from involve_audit.tables.gathering import Begun, NamedRow, gathered
from involve_audit.tables.layout import (
    AUDIT,
    EVIDENCE,
    ITEM,
    KIND,
    PEOPLE,
    PERSPECTIVE,
    RUBRIC_NAMED,
    SUBJECT,
    Layout,
)
from involve_audit.tables.problems import RowProblem
from involve_audit.tables.results import AboutAudit

if TYPE_CHECKING:
    from involve_audit.tables.cells import Vocabulary
    from involve_audit.tables.rows import TableRows

_MOST_KEPT = 1_000
"""How many texts of a column are remembered with what they stand for."""
_MOST_ROWS_NAMED = 5


class ScoredAudit(NamedTuple):
    """An audit that was scored: what its rows say of it, its group, empty without any, and its score."""

    about: AboutAudit
    group: str
    score: Score


class _Frame(NamedTuple):
    """What a row says beside its answers."""

    subject: str
    kind: str
    date: str
    group: str
    present: tuple[int, ...]


@dataclass(slots=True)
class _OpenView:
    """A view that rows are read into; `key` is what the table tells it from others by, where it does."""

    row: int
    frame: _Frame
    key: object
    answers: list[int]
    evidenced: list[bool]
    given: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _OpenAudit:
    """An audit whose rows are read; `is_bad` where it cannot be scored any more."""

    name: str
    file: str
    row: int
    is_bad: bool = False
    views: list[_OpenView] = field(default_factory=list)


class _Wrong(NamedTuple):
    """What is wrong with a cell: the place of its column, what, and what to do."""

    place: int
    what: str
    hint: str


class RowReader:
    """What the rows of one table say. What a text stands for is looked up once."""

    def __init__(self, table: TableRows, layout: Layout, words: Vocabulary) -> None:
        self.table, self.layout, self._words = table, layout, words
        items = [item.id for item in words.compiled.items]
        self._places, self._reasons, self._evidence = (
            [layout.at(part, item) for item in items] for part in (ANSWER, REASON, EVIDENCE)
        )
        self._codes: list[dict[str, int]] = [{} for _item in items]
        self._none = [False] * len(items) if max(self._evidence) < 0 else []
        self._cells = itemgetter(*self._places, -1)
        self._whose = itemgetter(layout.at(PERSPECTIVE), layout.at(PEOPLE), *layout.people.values(), -1)
        self._about = itemgetter(
            layout.at(SUBJECT), layout.at(KIND), layout.dated, layout.group, layout.at(RUBRIC_NAMED)
        )
        kept = lru_cache(_MOST_KEPT)
        self._answer, self._item, self._says_so = kept(words.answer), kept(words.item), kept(words.evidence)
        self._day, self._require_rubric, self._present = kept(words.day), kept(words.require_rubric), kept(self._who)

    def add(self, row: NamedRow, audit: _OpenAudit) -> list[_Wrong]:
        """Add a row to the views of an audit; what keeps it from that, if anything does."""
        wrong: list[_Wrong] = []
        frame = self._frame(row.cells, wrong)
        (self._add_answer if self.layout.is_long else self._add_view)(row, frame, audit, wrong)
        if len(audit.views) > MOST_VIEWS:
            audit.views.pop()
            what = _("this audit has more than {most} views").format(most=number(MOST_VIEWS))
            wrong = [_Wrong(-1, what, _("Is the right column the one that names audits?"))]
        return wrong

    def _frame(self, cells: list[str], wrong: list[_Wrong]) -> _Frame:
        subject, kind, written, group, rubric = self._about(cells)
        day, present = "", tuple[int, ...]()
        try:
            day = self._day(written)
        except Refused as error:
            wrong.append(_Wrong(self.layout.dated, error.what, error.hint))
        try:
            present = self._present(self._whose(cells))
        except Refused as error:
            wrong.append(_Wrong(self._place_of_who(cells), error.what, error.hint))
        try:
            self._require_rubric(rubric)
        except Refused as error:
            wrong.append(_Wrong(self.layout.at(RUBRIC_NAMED), error.what, error.hint))
        return _Frame(" ".join(subject.split()), " ".join(kind.split()), day, group.strip(), present)

    def _who(self, cells: tuple[str, ...]) -> tuple[int, ...]:
        """Who is present by these cells: the perspective and how many, then how many of each perspective."""
        perspective, people, *counts = cells
        there = [name for name, text in zip(self.layout.people, counts, strict=False) if self._words.people(text)]
        named = self._words.present(perspective) if not people.strip() or self._words.people(people) else ()
        places = self._words.compiled.perspectives
        return tuple(place for place, name in enumerate(places) if name in there) if there else named

    def _place_of_who(self, cells: list[str]) -> int:
        """The place of the first cell on who answers that holds something else."""
        for place in (self.layout.at(PEOPLE), *self.layout.people.values()):
            try:
                self._words.people(cells[place])
            except Refused:
                return place
        return self.layout.at(PERSPECTIVE)

    def _add_view(self, row: NamedRow, frame: _Frame, audit: _OpenAudit, wrong: list[_Wrong]) -> None:
        """A row of a wide table is a view."""
        cells = row.cells
        codes = [known.get(text) for known, text in zip(self._codes, self._cells(cells), strict=False)]
        if None in codes:
            self._learn(cells, codes, wrong)
        if self._words.compiled.not_applicable in codes:
            self._require_reasons(cells, codes, wrong)
        key = cells[self.layout.viewed].strip()
        if key and any(view.key == key for view in audit.views):
            what = _("the view `{view}` is here twice").format(view=shown(key))
            wrong.append(_Wrong(self.layout.viewed, what, _("Give each view of an audit one row.")))
        says_so = self._says_so
        evidenced = self._none or [says_so(cells[place]) for place in self._evidence]
        audit.views.append(_OpenView(row.number, frame, key, codes, evidenced))  # type: ignore[arg-type]

    def _learn(self, cells: list[str], codes: list[int | None], wrong: list[_Wrong]) -> None:
        """Look up the answers that were not met yet."""
        for item, place in enumerate(self._places):
            if codes[item] is None:
                try:
                    codes[item] = code = self._words.answer(item, cells[place])
                except Refused as error:
                    wrong.append(_Wrong(place, error.what, error.hint))
                    continue
                if len(self._codes[item]) < _MOST_KEPT:
                    self._codes[item][cells[place]] = code

    def _require_reasons(self, cells: list[str], codes: list[int | None], wrong: list[_Wrong]) -> None:
        for item, code in enumerate(codes):
            if code == self._words.compiled.not_applicable and not cells[self._reasons[item]].strip():
                try:
                    self._words.answer(item, cells[self._places[item]], False)
                except Refused as error:
                    wrong.append(_Wrong(self._places[item], error.what, error.hint))

    def _add_answer(self, row: NamedRow, frame: _Frame, audit: _OpenAudit, wrong: list[_Wrong]) -> None:
        """A row of a long table is an answer of a view."""
        cells, layout, compiled = row.cells, self.layout, self._words.compiled
        place = layout.at(ITEM)
        try:
            item = self._item(cells[place])
            place = layout.at(ANSWER)
            code = self._answer(item, cells[place], bool(cells[layout.at(REASON)].strip()))
        except Refused as error:
            wrong.append(_Wrong(place, error.what, error.hint))
            return
        key = cells[layout.viewed].strip() or frame.present
        view = next((view for view in audit.views if view.key == key), None)
        if view is None:
            size = len(compiled.items)
            view = _OpenView(row.number, frame, key, [compiled.unanswered] * size, [False] * size)
            audit.views.append(view)
        if item in view.given:
            what = _("this item stands in an earlier row of the same view")
            wrong.append(_Wrong(layout.at(ITEM), what, _("A column `view` tells views of one audit apart.")))
        if frame != view.frame:
            what = _("this row says something else of its view than row {row}: {columns}")
            names = [name for name, one, other in zip(_Frame._fields, frame, view.frame, strict=True) if one != other]
            told = what.format(row=number(view.row), columns=in_short(names))
            wrong.append(_Wrong(-1, told, _("A column `view` tells views of one audit apart.")))
        view.given.add(item)
        view.answers[item], view.evidenced[item] = code, self._says_so(cells[layout.at(EVIDENCE)])


class Scoring:
    """Tables for one rubric, scored audit by audit. `scored` and `not_scored` count audits, `rows` what was read."""

    def __init__(self, readers: Sequence[RowReader], words: Vocabulary, tell: Callable[[RowProblem], None]) -> None:
        self._readers, self._words, self._tell = readers, words, tell
        self._names: Begun | None = Begun()
        self.scored = self.not_scored = self.rows = 0

    def standing_together(self) -> Iterator[ScoredAudit]:
        """The audits, where the rows of each stand together. Then `come_again` says whether they do."""
        return self._scored(self._rows())

    def put_together(self) -> Iterator[ScoredAudit]:
        """The audits, with the rows of each put together before."""
        self._names = None
        return self._scored(gathered(self._rows()))

    def come_again(self) -> bool:
        """Whether an audit that was left behind came again, so that what was scored so far does not count."""
        return self._names is not None and self._names.come_again()

    def _rows(self) -> Iterator[NamedRow]:
        """All rows with their audits; those of which it is not known are told here or, if unreadable, have none."""
        for place, reader in enumerate(self._readers):
            named, before, name = reader.layout.at(AUDIT), None, ""
            for raw in reader.table:
                written = raw.cells[named]
                if named < 0:
                    name = self._row_name(reader, raw.number)
                elif written != before:
                    try:
                        before, name = written, self._words.audit(written)
                    except Refused as error:
                        before, name = None, ""
                        if raw.problem is None:
                            heading, file = reader.layout.heading(named), reader.table.file
                            self._tell(RowProblem(file, raw.number, heading, "", error.what, error.hint))
                            continue
                yield NamedRow(name, place, raw.number, raw.cells, raw.problem)

    def _row_name(self, reader: RowReader, row: int) -> str:
        """What an audit is called that has no name: by its row and, where there are several tables, its file."""
        return f"row-{row}" if len(self._readers) == 1 else f"{PurePath(reader.table.file).name}-{row}"

    def _scored(self, rows: Iterator[NamedRow]) -> Iterator[ScoredAudit]:
        audit: _OpenAudit | None = None
        is_doubted = False
        for row in rows:
            reader = self._readers[row.table]
            if not row.audit:  # nobody knows whose it is: perhaps of the audit above, or of the one below
                self._tell_row(row, "", -1, *(row.problem or ("", "")))
                is_doubted = True
                if audit:
                    audit.is_bad = True
                continue
            if audit is None or audit.name != row.audit:
                if audit:
                    yield from self._finished(audit)
                audit = _OpenAudit(row.audit, reader.table.file, row.number, is_doubted)
                is_doubted = False
                if self._names and reader.layout.at(AUDIT) >= 0:
                    self._names.add(row.audit)
            self.rows += 1
            wrong = [_Wrong(-1, *row.problem)] if row.problem else reader.add(row, audit)
            for place, what, hint in wrong:
                audit.is_bad = True
                self._tell_row(row, audit.name, place, what, hint)
        if audit:
            yield from self._finished(audit)

    def _tell_row(self, row: NamedRow, audit: str, place: int, what: str, hint: str) -> None:
        reader = self._readers[row.table]
        self._tell(RowProblem(reader.table.file, row.number, reader.layout.heading(place), audit, what, hint))

    def _finished(self, audit: _OpenAudit) -> Iterator[ScoredAudit]:
        """The audit, scored; nothing where it cannot be."""
        views, first = audit.views, audit.views[0].frame if audit.views else None
        if len(views) > 1 and first and not audit.is_bad:
            self._require_one(audit, "subject", lambda frame: differ_a_little(frame.subject, first.subject))
            self._require_one(audit, "group", lambda frame: frame.group == first.group)
        if audit.is_bad or first is None:
            self.not_scored += 1
            return
        compiled = [CompiledView(view.frame.present, tuple(view.answers), tuple(view.evidenced)) for view in views]
        latest = max([view.frame.date for view in views])
        about = AboutAudit(audit.name, first.subject, first.kind, latest)
        self.scored += 1
        yield ScoredAudit(about, first.group, Score(self._words.compiled, compiled))

    def _require_one(self, audit: _OpenAudit, part: str, agrees: Callable[[_Frame], bool]) -> None:
        """What all views of an audit have to say alike."""
        others = [view for view in audit.views if not agrees(view.frame)]
        if others:
            audit.is_bad = True
            said = [audit.views[0], *others[:_MOST_ROWS_NAMED]]
            pairs = (f"{number(view.row)}: “{shown(getattr(view.frame, part))}”" for view in said)
            what = _("rows of one audit differ in `{column}`: {rows}").format(column=part, rows=in_short(pairs))
            self._tell(RowProblem(audit.file, audit.row, "", audit.name, what, _("Use one name in all.")))
