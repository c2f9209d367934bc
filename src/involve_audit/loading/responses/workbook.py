"""A workbook that came back: each filled sheet is a view (collecting.md, "A workbook").

Rows are known by the id beside them or, without one, by the question; columns by their headings; nothing by its place.
A sheet becomes the tree of an answers file, and the rules for answers files judge it. What is not read is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from involve_audit.errors import InputError, Problem
from involve_audit.language import _, day, first_of, listed, number
from involve_audit.loading.files import FileContent, digest
from involve_audit.loading.responses.cells import Cells
from involve_audit.loading.responses.received import Assumed, Received
from involve_audit.loading.responses.xlsx import LONGEST_CELL, Sheet, Workbook, Written, position
from involve_audit.loading.rubric import load_rubric_by_id
from involve_audit.loading.tree import KeyPath
from involve_audit.loading.view import ReadView, answer_rules, view_of_tree
from involve_audit.model.names import folded
from involve_audit.model.reference import Reference
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.spelling import Spelling
from involve_audit.model.view import FORMAT, RUBRIC_REFERENCE
from involve_audit.words.reports import NUMBERED, WORDS
from involve_audit.words.workbook import AGREED_HEADINGS, HEADINGS, WORKBOOK

_ABOUT = {"rubric": ("rubric",), "subject": ("subject", "name"), "kind": ("subject", "kind")}
_ABOUT |= {name: (name,) for name in ("audit", "date")}
_IN_ACTION = {"answer": "item", "note": "what", "reason": "owner", "evidence": "due"}
_FILLED = tuple(_IN_ACTION)
_FILLED_BEFORE = ((), ("rubric",), ("subject",), ("audit",))
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_LONGEST_SHOWN = 60


def read(found: FileContent, assumed: Assumed) -> Received:
    """The views of a workbook, be it ours or a table in which each row is a response.

    Raises InputError where it is neither, or where nothing is filled in.
    """
    book = Workbook(found.content, found.file)
    told: list[str] = []
    sheets = []
    is_table = False
    for sheet in book.sheets:
        rows = list(sheet.rows())
        if columns := _columns(rows):
            sheets.append(_Answers(sheet, rows, columns, assumed))
        elif rows and not sheet.hidden:
            told.append(_("The sheet `{sheet}` was left alone: it is none of answers.").format(sheet=sheet.name))
        is_table = is_table or any(len(cells) > 1 for cells in rows[:1])
    if not sheets and is_table:
        from involve_audit.loading.responses import table

        return table.read(found, assumed)
    if not sheets:
        what = _("this workbook has no sheet of answers: none has the columns `{question}`, `{id}` and `{answer}`")
        hint = _("Take the workbook that `involve-audit answers new -o answers.xlsx` writes.")
        raise InputError(Problem(found.file, what.format(**HEADINGS), hint))
    filled = [sheet for sheet in sheets if sheet.is_filled]
    if not filled:
        raise InputError(Problem(found.file, _("nothing is filled in"), _("Was it saved, and is it the right file?")))
    told += [_("Nothing is filled in on `{sheet}`.").format(sheet=one.name) for one in sheets if one not in filled]
    views = [sheet.view(digest(found.content), len(filled) > 1) for sheet in filled]
    return Received(iter(views), told + [line for sheet in filled for line in sheet.not_read()])


def _columns(rows: Sequence[list[Written]]) -> dict[int, str] | None:
    """What each column holds, by the hidden row of names or else by the headings; None where there are none."""
    by_name = {name: name for name in HEADINGS}
    for known in (by_name, {folded(text): name for name, text in HEADINGS.items()}):
        for cells in rows:
            held: dict[str, int] = {}
            for cell in cells:
                if name := known.get(cell.text if known is by_name else folded(cell.text)):
                    held.setdefault(name, cell.column)
            if "answer" in held and ("id" in held or "question" in held):
                return {column: name for name, column in held.items()}
    return None


class _Row:
    """A row of a sheet: its cells by what their columns hold, and what it is the row of, if that can be told."""

    def __init__(self, cells: Sequence[Written], columns: Mapping[int, str]) -> None:
        self.cells = {columns[cell.column]: cell for cell in cells if cell.column in columns and cell.text.strip()}
        self.beside = [cell for cell in cells if cell.column not in columns and cell.text.strip()]
        self.number = cells[0].row
        self.path: KeyPath = ()

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""

    @property
    def filled(self) -> dict[str, Written]:
        """The cells that people write into."""
        return {column: self.cells[column] for column in _FILLED if column in self.cells}


class _Answers:
    """One sheet of answers, on its way to a view."""

    def __init__(
        self, sheet: Sheet, rows: Sequence[list[Written]], columns: Mapping[int, str], assumed: Assumed
    ) -> None:
        self.name, self.file = sheet.name, sheet.book.file
        self.sheet, self.assumed = sheet, assumed
        self.columns = columns
        self.rows = [_Row(cells, columns) for cells in rows]
        self.data: dict[str, Any] = {"format": FORMAT}
        self.tree = Cells(self.file, self.data)
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []
        self.several = False
        self.taken: dict[KeyPath, _Row] = {}

    @cached_property
    def rubric(self) -> Sourced[Rubric]:
        """The rubric that was asked for, or else the one that the sheet names. Raises InputError where none is."""
        if self.assumed.rubric:
            return self.assumed.rubric
        named = next((row.text("answer") for row in self.rows if row.text("id") == "rubric"), "")
        if not re.fullmatch(RUBRIC_REFERENCE, named):
            what = _("`{sheet}` does not say which rubric it answers").format(sheet=self.name)
            raise InputError(Problem(self.file, what, _("Name the rubric with -r.")))
        return load_rubric_by_id(Reference.of(named).id)

    @cached_property
    def known_items(self) -> set[str]:
        return {item.id for item in self.rubric.content.items}

    @cached_property
    def items(self) -> dict[str, set[str]]:
        """The items by their questions, folded, with and without their numbers."""
        found: dict[str, set[str]] = {}
        for place, item in enumerate(self.rubric.content.items, 1):
            for ask in (item.ask, item.title, *item.wording.values()):
                for text in (ask, NUMBERED["in_front"].format(number=number(place), text=ask)):
                    found.setdefault(folded(text), set()).add(item.id)
        return found

    @property
    def is_filled(self) -> bool:
        """Whether anybody wrote into it, beside what was filled in before."""
        return any(row.filled and self._path(row)[:1] not in _FILLED_BEFORE for row in self.rows)

    def _place(self, cell: Written) -> str:
        return f"{self.name}!{cell.place}" if self.several else cell.place

    def _refuse(self, place: str, what: str, hint: str) -> None:
        self.problems.append(Problem(self.file, f"{place}: {what}", hint))

    def view(self, sha256: str, several: bool) -> ReadView:
        """The view that the sheet stands for, or what is wrong with it."""
        self.several = several
        self.data["rubric"] = self.rubric.content.reference
        for row in self.rows:
            row.path = self._path(row)
            if row.path:
                self._take(row)
        self._merged()
        self._fill_in()
        read = view_of_tree(self.tree, sha256, self.assumed.today)
        problems = [*self.problems, *read.problems, *answer_rules(self.rubric).problems(self.tree)]
        return replace(read, problems=list(dict.fromkeys(problems)), doubts=[*read.doubts, *self.doubts])

    def _path(self, row: _Row) -> KeyPath:
        """What a row is the row of: the path of its value, or nothing."""
        name = row.text("id")
        if not name:
            items = self.items.get(folded(row.text("question")), set())
            return ("answers", *items) if len(items) == 1 else ()
        if name in HEADINGS and row.text("answer") == "answer":
            return ()
        if name == HEADINGS["id"]:
            return ()
        above, _slash, rest = name.partition("/")
        if rest and above in ("respondents", "actions", "answers"):
            return (above, rest)
        return _ABOUT.get(name) or ("answers", name)

    def _take(self, row: _Row) -> None:
        """Put what a row says into the tree."""
        if row.path[0] not in ("answers", "actions"):
            row.beside += [cell for column, cell in row.filled.items() if column != "answer"]
        if not row.filled and (row.path[0] != "answers" or row.path[1] in self.known_items):
            return
        if (first := self.taken.get(row.path)) and (first.filled or not row.filled):
            if row.filled:
                what = _("`{name}` is here twice; first in row {row}").format(name=row.path[-1], row=first.number)
                self._refuse(self._place(next(iter(row.filled.values()))), what, _("Keep one of them."))
            return
        self.taken[row.path] = row
        self._cut(row)
        if row.path[0] == "answers":
            self._answer(row)
        elif row.path[0] == "actions":
            self._action(row)
        elif cell := row.cells.get("answer"):
            self._about(row, cell)

    def _cut(self, row: _Row) -> None:
        for cell in row.filled.values():
            if len(cell.text) >= LONGEST_CELL:
                what = _("{place}: a cell holds no more than these {most} characters, so the end may be missing")
                what = what.format(place=self._place(cell), most=number(LONGEST_CELL))
                self.doubts.append(Problem(self.file, what, _("Ask for the whole text.")))

    def _put(self, path: KeyPath, cell: Written, value: str) -> None:
        node: Any = self.data
        for part in path[:-1]:
            node = node.setdefault(part, {}) if isinstance(node, dict) else node[part]
        node[path[-1]] = value
        self.tree.cells[path] = self._place(cell)

    def _about(self, row: _Row, cell: Written) -> None:
        if cell.is_formula:
            self._formula(cell)
        else:
            self._put(row.path, cell, self._day(cell) if row.path == ("date",) else cell.text)

    def _formula(self, cell: Written) -> None:
        what = _("this is a formula, and no answer")
        self._refuse(self._place(cell), what, _("Type the answer itself."))

    def _day(self, cell: Written) -> str:
        """A day as an answers file has it. One that can be two days is refused with both."""
        text = cell.text.strip()
        found = _YEAR_LAST.fullmatch(text)
        if not found:
            return text
        days = []
        for month, when in ((found[2], found[1]), (found[1], found[2])):
            with suppress(ValueError):
                days.append(date(int(found[3]), int(month), int(when)))
        if len(set(days)) > 1:
            what = _("`{text}` can be {days}").format(text=text, days=listed(map(day, sorted(days)), "or"))
            self._refuse(self._place(cell), what, _("Write it as year-month-day, such as 2026-11-22."))
        return str(days[0]) if days else text

    def _answer(self, row: _Row) -> None:
        path = row.path
        answer: dict[str, Any] = self.data.setdefault("answers", {}).setdefault(path[1], {})
        first = next(iter(row.cells.values()))
        self.tree.cells[path] = self._place(row.cells.get("id", first))
        self._same_question(row)
        for column, cell in row.filled.items():
            text = cell.text
            if column == "answer" and cell.is_formula:
                self._formula(cell)
                continue
            if column == "answer":
                text = Spelling(self.rubric.content).named(text) or text
            if column == "evidence":
                answer["evidence"] = [{"text": text}]
                self.tree.cells[*path, "evidence", 0, "text"] = self._place(cell)
            else:
                self._put((*path, column), cell, text)

    def _same_question(self, row: _Row) -> None:
        """Refuse a row whose question is another one than its id says: only some of its cells were moved."""
        asked = self.items.get(folded(row.text("question")), set())
        if asked and row.path[1] not in asked and row.path[1] in self.known_items:
            what = _("the question here is that of `{asked}`, and the id beside it is `{id}`")
            what = what.format(asked=min(asked), id=row.path[1])
            hint = _("Were only some columns sorted or moved? Move whole rows.")
            self._refuse(self._place(row.cells["question"]), what, hint)

    def _action(self, row: _Row) -> None:
        actions = self.data.setdefault("actions", [])
        actions.append({})
        path = ("actions", len(actions) - 1)
        self.tree.cells[path] = self._place(next(iter(row.filled.values())))
        for column, cell in row.filled.items():
            text = self._day(cell) if column == "evidence" else cell.text
            if column == "answer":
                items = self.items.get(folded(text), set())
                text = min(items) if len(items) == 1 else text
            self._put((*path, _IN_ACTION[column]), cell, text)

    def _fill_in(self) -> None:
        """Take from the command line what the sheet leaves open."""
        assumed = self.assumed
        subject = self.data.setdefault("subject", {})
        subject.setdefault("name", assumed.subject)
        if assumed.audit:
            self.data.setdefault("audit", assumed.audit)
        self.data.setdefault("date", None)
        if assumed.perspective and "respondents" not in self.data:
            self.data["respondents"] = {assumed.perspective: "1"}
        if self.rubric.content.perspectives and "respondents" not in self.data:
            what = _("`{sheet}` does not say how many people answered").format(sheet=self.name)
            self.doubts.append(Problem(self.file, what, _("It counts as answered by nobody: a reading of documents.")))

    def _merged(self) -> None:
        """Refuse cells that were made one over several rows: whom such an answer belongs to cannot be told."""
        numbers = {row.number for row in self.rows if row.path}
        for merged in self.sheet.merged:
            first, _colon, last = merged.partition(":")
            top, bottom = position(first)[0], position(last or first)[0]
            if len([row for row in numbers if top <= row <= bottom]) > 1:
                what = _("{place}: these cells were made one, over several rows").format(place=merged)
                self.problems.append(Problem(self.file, what, _("Split them, and answer each question by itself.")))

    @cached_property
    def _known(self) -> set[str]:
        """What stands in a sheet without being anybody's answer, folded."""
        rubric = self.rubric.content
        texts = [*HEADINGS, *HEADINGS.values(), *AGREED_HEADINGS.values(), *WORKBOOK.values(), *WORDS.values()]
        return {folded(text) for text in (*texts, rubric.title, *(theme.title for theme in rubric.themes))}

    def not_read(self) -> Iterator[str]:
        """A sentence for each cell that holds something and is not read; of very many, the first."""
        cells = []
        for row in self.rows:
            loose = row.beside if row.path else [*row.cells.values(), *row.beside]
            cells += [cell for cell in loose if folded(cell.text) not in self._known]
        told = [
            _("{place} is not read: {text}").format(place=self._place(cell), text=_shown(cell.text)) for cell in cells
        ]
        yield from first_of(told)


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= _LONGEST_SHOWN else f"“{text[: _LONGEST_SHOWN - 1]}…”"
