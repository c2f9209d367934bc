"""A workbook that came back: each filled sheet is a view (collecting.md, "A workbook").

Rows are known by the id beside them or, without one, by the question; columns by their headings; nothing by its place.
A sheet becomes the tree of an answers file, and the rules for answers files judge it. What is not read is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from involve_audit.errors import InputError, NothingToRead, Problem
from involve_audit.escaping import LONGEST_CELL
from involve_audit.language import _, day, first_of, listed, number
from involve_audit.loading.files import FileContent, digest
from involve_audit.loading.responses.cells import Cells, shown
from involve_audit.loading.responses.days import NAMED, Days
from involve_audit.loading.responses.received import Assumed, Received, filled
from involve_audit.loading.responses.xlsx import Sheet, Workbook, Written, letters
from involve_audit.loading.rubric import load_rubric_by_id, translations_of
from involve_audit.loading.tree import KeyPath
from involve_audit.loading.view import ReadView, answer_rules, view_of_tree
from involve_audit.model.names import folded
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.spelling import Spelling
from involve_audit.model.view import FORMAT, RUBRIC_REFERENCE
from involve_audit.words.reports import WORDS
from involve_audit.words.workbook import AGREED_HEADINGS, HEADINGS, WORKBOOK

_ABOUT: dict[str, KeyPath] = {"subject": ("subject", "name"), "kind": ("subject", "kind")}
_ABOUT |= {name: (name,) for name in ("rubric", "audit", "date")}
_IN_ACTION = {"answer": "item", "note": "what", "reason": "owner", "evidence": "due"}
_FILLED_BEFORE = ("", "rubric", "subject", "kind", "audit")
_NEEDED: tuple[KeyPath, ...] = (("subject", "name"), ("date",))
_NUMBER = re.compile(r"(\d{1,4})\. ")
_LIKE_A_DAY = re.compile(r"[\d\s/.:-]+")
_ID = 32


def read(found: FileContent, assumed: Assumed) -> Received:
    """The views of a workbook, be it ours or a table in which each row is a response.

    Raises InputError where it is neither, or where nothing is filled in.
    """
    told, sheets, is_table = [], [], False
    book = Workbook(found.content, found.file)
    if {"survey", "choices", "settings"} <= {sheet.name for sheet in book.sheets}:
        what = _("this is a form for survey tools, and holds no answers")
        raise InputError(Problem(found.file, what, _("Upload it to Kobo or ODK, and give what these export.")))
    for sheet in book.sheets:
        rows = sheet.rows()
        is_table = is_table or any(len(cells) > 1 for cells in rows[:1])
        if columns := _columns(rows):
            sheets.append(_Answers(sheet, rows, columns, assumed))
        elif rows and not sheet.hidden:
            _require_headings(sheet, rows)
            told.append(_("The sheet `{sheet}` was left alone: it is none of answers.").format(sheet=sheet.name))
    if not sheets and is_table:
        from involve_audit.loading.responses import table

        return table.read(found, assumed, book)
    if not sheets:
        what = _("this workbook has no sheet of answers: none has the columns `{question}`, `{id}` and `{answer}`")
        hint = _("Take the workbook that `involve-audit answers new -o answers.xlsx` writes.")
        raise InputError(Problem(found.file, what.format(**HEADINGS), hint))
    answered = _answered(sheets, told)
    if not answered:
        hint = _("Was it saved, and is it the right file?")
        raise NothingToRead(Problem(found.file, _("nothing is filled in"), hint))
    told += [line for one in sheets for line in one.sheet.beside()]
    told += [
        _("Nothing is filled in on `{sheet}`.").format(sheet=one.sheet.name) for one in sheets if not one.is_filled
    ]
    if assumed.columns is not None:
        told.append(_("--columns was not used: it is for tables, and this is a workbook of answers."))
    views = [sheet.view(digest(found.content), len(answered) > 1) for sheet in answered]
    told += [line for sheet in answered for line in sheet.not_read()]
    return Received(iter(views), [*told, *_told_twice(answered)])


def _answered(sheets: Sequence[_Answers], told: list[str]) -> list[_Answers]:
    """The sheets that are filled in, without what somebody hid beside them, such as an older copy: that is told."""
    answered = [sheet for sheet in sheets if sheet.is_filled]
    shown = [sheet for sheet in answered if not sheet.sheet.hidden]
    what = _("`{sheet}` is hidden, and was left alone. Show it and save the file, and it is read.")
    told += [what.format(sheet=one.sheet.name) for one in answered if shown and one.sheet.hidden]
    return shown or answered


def _told_twice(sheets: Sequence[_Answers]) -> Iterator[str]:
    """A sentence for each sheet that is of the same people and day as one before: it may be a copy."""
    firsts: dict[str, str] = {}
    for sheet in sheets:
        key = str([sheet.data.get(name) for name in ("audit", "date", "respondents")])
        if (first := firsts.setdefault(key, sheet.sheet.name)) != sheet.sheet.name:
            what = _("`{sheet}` is of the same people and the same day as `{other}`. If it is a copy, take it out.")
            yield what.format(sheet=sheet.sheet.name, other=first)


def _require_headings(sheet: Sheet, rows: Sequence[list[Written]]) -> None:
    """Raise InputError where a sheet has the ids of a sheet of answers, and its headings are gone."""
    texts = {cell.text for cells in rows for cell in cells}
    if texts.issuperset(("rubric", "subject", "date")):
        known = {*map(folded, texts)}
        headings = [HEADINGS[name] for name in ("question", "id", "answer")]
        missing = [heading for heading in headings if folded(heading) not in known] or headings
        what = _("`{sheet}` is a sheet of answers, and the heading of a column is missing: {headings}")
        what = what.format(sheet=sheet.name, headings=listed(f"`{heading}`" for heading in missing))
        raise InputError(Problem(sheet.book.file, what, _("Write it above its column, as it was.")))


def _columns(rows: Sequence[list[Written]]) -> dict[int, str] | None:
    """What each column holds, by the hidden row of names or else by the headings; None where there are none."""
    headings = {folded(text): name for name, text in HEADINGS.items()}
    texts = {cell.text for cells in rows for cell in cells}  # each folded once, though a table may have it often
    for known in (
        {name: name for name in HEADINGS},
        {text: headings[called] for text in texts if (called := folded(text)) in headings},
    ):
        for cells in rows:
            held = {known[cell.text]: cell.column for cell in reversed(cells) if cell.text in known}
            if "answer" in held and ("id" in held or "question" in held):
                return {column: name for name, column in held.items()}
    return None


def _id_of(question: str) -> str:
    """The id of a row that is not about an item, by what it asks; empty where it is none of them."""
    asked = {folded(WORKBOOK[name]): name for name in ("subject", "kind", "audit", "date")}
    asked[folded(WORDS["rubric"])] = "rubric"
    name, action = folded(question), folded(WORKBOOK["action"].format(number=""))
    return asked.get(name, f"actions/{name[len(action) :].strip()}" if name.startswith(action) else "")


class _Row:
    """A row of a sheet: its cells by what their columns hold, and those beside them."""

    def __init__(self, cells: Sequence[Written], columns: Mapping[int, str]) -> None:
        written = [cell for cell in cells if cell.text.strip()]
        self.cells = {columns[cell.column]: cell for cell in written if cell.column in columns}
        self.beside = [cell for cell in written if cell.column not in columns]
        self.filled = {column: self.cells[column] for column in _IN_ACTION if column in self.cells}
        self.id = self.text("id").strip() or _id_of(self.text("question"))
        self.path: KeyPath = ()

    @property
    def is_heading(self) -> bool:
        """Whether it heads what was agreed."""
        return self.text("answer") == AGREED_HEADINGS["answer"]

    def text(self, column: str) -> str:
        return self.cells[column].text if column in self.cells else ""


class _Language:
    """What a rubric calls its items and answers in one language, and what else it writes into a sheet."""

    def __init__(self, rubric: Rubric) -> None:
        self.spelling = Spelling(rubric)
        self.headings = {rubric.title, *(theme.title for theme in rubric.themes)}
        self.headings.add(rubric.words.put_into(WORDS)["anti_patterns"])
        people = WORKBOOK["people"]
        self.people = {folded(people.format(perspective=one.title)): one.id for one in rubric.perspectives}
        self.items: dict[str, set[str]] = {}
        for item in rubric.items:
            for text in (item.ask, item.title, *item.wording.values()):
                self.items.setdefault(folded(text), set()).add(item.id)


class _Answers:
    """One sheet of answers, on its way to a view."""

    def __init__(
        self, sheet: Sheet, rows: Sequence[list[Written]], columns: Mapping[int, str], assumed: Assumed
    ) -> None:
        self.sheet, self.file, self.assumed = sheet, sheet.book.file, assumed
        headings = {*HEADINGS, HEADINGS["id"]}
        self.rows = [row for cells in rows if (row := _Row(cells, columns)).id not in headings and not row.is_heading]
        self.data: dict[str, Any] = {"format": FORMAT}
        self.tree = Cells(self.file, self.data)
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []
        self.taken: dict[KeyPath, _Row] = {}
        self.columns = {name: letters(column) for column, name in columns.items()}
        self.prefix = ""

    @cached_property
    def rubric(self) -> Sourced[Rubric]:
        """The rubric that was asked for, or else the one that the sheet names. Raises InputError where none is."""
        if self.assumed.rubric:
            return self.assumed.rubric
        named = next((row.text("answer").strip() for row in self.rows if row.id == "rubric"), "")
        if not re.fullmatch(RUBRIC_REFERENCE, named):
            what = _("`{sheet}` does not say which rubric it answers").format(sheet=self.sheet.name)
            raise InputError(Problem(self.file, what, _("Name the rubric with -r.")))
        return load_rubric_by_id(named.partition("@")[0])

    @cached_property
    def is_filled(self) -> bool:
        """Whether anybody wrote into it, beside what was filled in before."""
        items = [row for row in self.rows if row.filled and (row.id or self._asked(row.text("question")))]
        return any(row.id not in _FILLED_BEFORE or not row.id for row in items)

    @cached_property
    def _own(self) -> _Language:
        return _Language(self.rubric.content)

    @cached_property
    def _others(self) -> list[_Language]:
        return [_Language(rubric) for rubric in translations_of(self.rubric)]

    def _languages(self) -> Iterator[_Language]:
        """The rubric in its own language and, as far as these are asked for, in every other at hand: they take time."""
        yield self._own
        yield from self._others

    @cached_property
    def _ids(self) -> list[str]:
        return [item.id for item in self.rubric.content.items]

    def _asked(self, text: str) -> set[str]:
        """The items that a question or a title can be of; where several are called so, its number says which."""
        number_of = _NUMBER.match(text.strip())
        called = folded(text.strip()[number_of.end() if number_of else 0 :])
        items = next((one.items[called] for one in self._languages() if called in one.items), set())
        numbered = items & set(self._ids[int(number_of[1]) - 1 : int(number_of[1])]) if number_of else set()
        return numbered or items

    def view(self, sha256: str, several: bool) -> ReadView:
        """The view that the sheet stands for, or what is wrong with it."""
        self.prefix = f"{self.sheet.name}!" if several else ""
        # A sheet that is read once more, such as of the same file next week, is the same response.
        self.data["response"] = digest(f"{sha256} {self.sheet.name}".encode())[:_ID]
        for row in self.rows:
            row.path = self._path(row)
            if row.path in _NEEDED and row.cells:
                place = f"{self.prefix}{self.columns['answer']}{next(iter(row.cells.values())).row}"
                self.tree.cells |= {row.path: place, row.path[:1]: place}
            if row.path and (row.filled or (row.path[0] == "answers" and row.path[1] not in self._ids)):
                self._take(row)
        self._merged()
        self.data.setdefault("rubric", self.rubric.content.reference)
        filled(self.tree, self.assumed)
        if self.rubric.content.perspectives and not self.data.get("respondents"):
            what = _("`{sheet}` does not say how many people answered").format(sheet=self.sheet.name)
            self.doubts.append(Problem(self.file, what, _("It counts as answered by nobody: a reading of documents.")))
        read = view_of_tree(self.tree, sha256, self.assumed.today)
        problems = [*self.problems, *read.problems, *answer_rules(self.rubric).problems(self.tree)]
        return replace(read, problems=list(dict.fromkeys(problems)), doubts=[*read.doubts, *self.doubts])

    def _path(self, row: _Row) -> KeyPath:
        """The path in the tree of what a row is about; nothing where that cannot be told."""
        if not row.id and (row.filled or "id" not in self.columns):
            name = folded(row.text("question"))
            if who := next((one.people[name] for one in self._languages() if name in one.people), ""):
                return ("respondents", who)
            asked = self._asked(row.text("question"))
            return ("answers", *asked) if len(asked) == 1 else ()
        if not row.id:
            return ()
        above, _slash, rest = row.id.partition("/")
        if rest and above in ("respondents", "actions", "answers"):
            return (above, rest)
        return _ABOUT.get(row.id, ("answers", row.id))

    def _take(self, row: _Row) -> None:
        """Put what a row says into the tree."""
        if row.path in self.taken:
            return self._refuse(
                next(iter(row.cells.values())),
                _("`{name}` is here twice").format(name=row.path[-1]),
                _("Keep one of the two rows."),
            )
        self.taken[row.path] = row
        for cell in row.filled.values():
            if len(cell.text) >= LONGEST_CELL:
                what = _("{place}: a cell holds no more than these {most} characters, so the end may be missing")
                what = what.format(place=self._place(cell), most=number(LONGEST_CELL))
                self.doubts.append(Problem(self.file, what, _("Ask for the whole text.")))
        take = {"answers": self._answer, "actions": self._action}.get(str(row.path[0]), self._about)
        return take(row)

    def _about(self, row: _Row) -> None:
        row.beside += [cell for column, cell in row.filled.items() if column != "answer"]
        if cell := row.cells.get("answer"):
            text = cell.text if row.path[0] == "subject" else cell.text.strip()
            self._put(row.path, cell, self._day(cell) if row.path == ("date",) else text)

    def _answer(self, row: _Row) -> None:
        self.data.setdefault("answers", {})[row.path[1]] = {}
        self.tree.cells[row.path] = self._place(row.cells.get("id") or next(iter(row.cells.values())))
        asked = self._asked(row.text("question"))
        if asked and row.path[1] not in asked and row.path[1] in self._ids:
            what = _("the question here is that of `{asked}`, and the id beside it is `{id}`")
            hint = _("Were only some columns sorted or moved? Move whole rows.")
            self._refuse(row.cells["question"], what.format(asked=min(asked), id=row.path[1]), hint)
        for column, cell in row.filled.items():
            if column == "answer":
                self._put((*row.path, column), cell, self._word(cell))
            elif column == "evidence":
                self.data["answers"][row.path[1]][column] = [{}]
                self._put((*row.path, column, 0, "text"), cell, cell.text)
            else:
                self._put((*row.path, column), cell, cell.text)

    def _word(self, cell: Written) -> str:
        """The answer that a cell names. One that can be two is refused with both."""
        meant = next(filter(None, (one.spelling.meanings(cell.text) for one in self._languages())), {cell.text})
        if len(meant) > 1:
            titles = self._own.spelling.titles
            both = listed((f"{name} ({titles[name]})" for name in sorted(meant)), "or")
            what = _("`{text}` can be {days}").format(text=cell.text, days=both)
            self._refuse(cell, what, _("Choose from the list."))
        return meant.pop()

    def _action(self, row: _Row) -> None:
        actions = self.data.setdefault("actions", [])
        path = ("actions", len(actions))
        actions.append({})
        cell = next(iter(row.filled.values()))
        self.tree.cells[path] = self._place(cell)
        if what := self.columns.get("note"):
            self.tree.cells[*path, "what"] = f"{self.prefix}{what}{cell.row}"
        for column, cell in row.filled.items():
            text = self._day(cell) if column == "evidence" else cell.text
            asked = self._asked(text) if column == "answer" else set()
            self._put((*path, _IN_ACTION[column]), cell, min(asked) if len(asked) == 1 else text)

    def _put(self, path: KeyPath, cell: Written, value: str) -> None:
        """Put what a cell says into the tree. A formula is text, but where it stands for an answer."""
        if cell.is_formula and (path[0] not in ("answers", "actions") or path[-1] == "answer"):
            self._refuse(cell, _("this is a formula, and no answer"), _("Type the answer itself."))
            return
        node: Any = self.data
        for part in path[:-1]:
            node = node.setdefault(part, {}) if isinstance(node, dict) else node[part]
        node[path[-1]] = value
        self.tree.cells[path] = self._place(cell)

    def _day(self, cell: Written) -> str:
        """A day as an answers file has it. One that can be two days is refused with both."""
        text = cell.text.strip()
        days = Days().readings(text) if _LIKE_A_DAY.fullmatch(text) or NAMED.fullmatch(text) else []
        if len(days) > 1:
            what = _("`{text}` can be {days}").format(text=cell.text, days=listed(map(day, days), "or"))
            self._refuse(cell, what, _("Write it as year-month-day, such as 2026-11-22."))
        return str(days[0]) if days else text

    def _merged(self) -> None:
        """Refuse cells that were made one over several questions: whose answer it is cannot be told."""
        rows = {cell.row for row in self.rows if row.path for cell in row.cells.values()}
        for place, top, bottom in self.sheet.merged:
            if len([row for row in rows if top <= row <= bottom]) > 1:
                what = _("{place}: these cells were made one, over several rows").format(place=self.prefix + place)
                self.problems.append(Problem(self.file, what, _("Split them, and answer each question by itself.")))

    def _place(self, cell: Written) -> str:
        return self.prefix + cell.place

    def _refuse(self, cell: Written, what: str, hint: str) -> None:
        self.problems.append(Problem(self.file, f"{self._place(cell)}: {what}", hint))

    def not_read(self) -> list[str]:
        """A sentence for each cell that holds something and is not read; of very many, the first."""
        told = []
        texts = {*HEADINGS, *HEADINGS.values(), *AGREED_HEADINGS.values(), *WORKBOOK.values(), *WORDS.values()}
        for row in self.rows:
            for cell in row.beside if row.path else [*row.cells.values(), *row.beside]:
                if cell.text not in texts and all(cell.text not in one.headings for one in self._languages()):
                    what = _("{place} is not read: “{text}”")
                    told.append(what.format(place=self._place(cell), text=shown(cell.text)))
        return first_of(told)
