"""A table in which each row is a response, from a survey tool or of one's own (docs/collecting.md).

A row becomes the tree of an answers file, and the rules for answers files judge it. Columns that can tell who somebody
is are counted, and nothing in them is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from involve_audit.errors import InputError, Problem, choice, unknown
from involve_audit.language import _, day, in_short, number
from involve_audit.loading.files import FileContent, digest, read_bytes
from involve_audit.loading.responses.cells import Cells, shown
from involve_audit.loading.responses.columns import (
    ANSWER,
    DATE,
    LEFT_ALONE,
    RESPONSE,
    SENT,
    Called,
    Columns,
    Headings,
    Meaning,
    answers_called,
    as_name,
    columns_of,
    held_twice,
    tells_who,
    without_column,
)
from involve_audit.loading.responses.days import DAY_FIRST, MONTH_FIRST, Days
from involve_audit.loading.responses.mapping import NO_MAPPING, ColumnMap, read_mapping
from involve_audit.loading.responses.received import Assumed, Received
from involve_audit.loading.responses.rows import Row, Rows, opened_table
from involve_audit.loading.rubric import load_rubric_by_id, translations_of
from involve_audit.loading.tree import KeyPath
from involve_audit.loading.view import ReadView, answer_rules, view_of_tree
from involve_audit.model.columns import NOTE, REASON, RUBRIC
from involve_audit.model.names import folded
from involve_audit.model.reference import Reference
from involve_audit.model.view import FORMAT, RUBRIC_REFERENCE, Answer
from involve_audit.words.collecting import TABLE
from involve_audit.words.responses import COMBINING
from involve_audit.words.workbook import HEADINGS

if TYPE_CHECKING:
    from involve_audit.loading.responses.xlsx import Workbook
    from involve_audit.model.rubric import Rubric, Sourced

_MOST_LOOKED_AT = 1_000
_MOST_KEPT = 1_000
_NO_DAY = "1980-01-01"
"""What LimeSurvey writes where it keeps no day."""
_JUDGED = ("_validation_status", "reviewstate")
_NOT_APPROVED = re.compile(r".*(?:not[\s_]approved|rejected)", re.IGNORECASE)
_KEY = "key"
"""The id of a response in exports of ODK, which others call a column for anything."""


def read(file: FileContent, assumed: Assumed, book: Workbook | None = None) -> Received:
    """The responses of a table, one for each row. `book` is the workbook that it is, where that is open already.

    Raises InputError where it is none, where it has no rubric, or where something that all rows need is missing.
    """
    table = opened_table(file, book=book)
    if {folded(HEADINGS[name]) for name in ("question", "id", "answer")} <= {*map(folded, table.headings)}:
        what, hint = _("this is a workbook of answers, saved as a table"), _("Save it as an Excel workbook (.xlsx).")
        raise InputError(Problem(table.file, what, hint))
    rubric = assumed.rubric or load_rubric_by_id(_rubric_of(table))
    said = NO_MAPPING
    if assumed.columns is not None:
        said = read_mapping(FileContent(assumed.columns, read_bytes(assumed.columns)), rubric.content)
        said.require_headings(table.headings)
    responses = _Responses(table, assumed, rubric, said)
    responses.require_sound()
    return Received(responses.views(digest(file.content)), responses.told())


def _rubric_of(table: Rows) -> str:
    """The id of the rubric that the table names. Raises InputError where it names none."""
    for place, heading in enumerate(table.headings):
        if as_name(heading).endswith(RUBRIC):
            named = next((cells[place].strip() for _row, cells in islice(table, 1, None) if cells[place].strip()), "")
            if re.fullmatch(RUBRIC_REFERENCE, named):
                return Reference.of(named).id
    what, hint = _("this table does not say which rubric it answers"), _("Name it: -r RUBRIC.")
    raise InputError(Problem(table.file, what, hint))


@dataclass
class _RowOfCells(Cells):
    """The cells of a row, named by its number and by the headings of their columns."""

    row: int = 0
    columns: Columns | None = None

    @property
    def where_reasons_go(self) -> str:
        """Where a reason that is missing belongs."""
        return _("Reasons have a column of their own; --columns can say which one: `reason of` and the question's id.")

    def problem(self, path: KeyPath, what: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A problem of what stands at `path`, in the words of whoever looks at the table."""
        heading = self.columns.heading_of(path, at_key) if self.columns else ""
        where = _("row {row}, column “{column}”") if heading else _("row {row}")
        self.cells[path] = where.format(row=number(self.row), column=shown(heading))
        return super().problem(path, what, hint, at_key=at_key)


@dataclass
class _Seen:
    """What a first look at all rows found: rows by their numbers, and of each day, as it is written, the first row.

    `unordered` are rows of one response of which nothing says which was sent last, though they differ. `number` is the
    row and the place of the first number that stands where an answer should, `several` those of the first word that
    several answers or groups are called by, with their ids.
    """

    count: int = 0
    sent_twice: set[int] = field(default_factory=set)
    unordered: list[list[int]] = field(default_factory=list)
    without_answers: list[int] = field(default_factory=list)
    without_who: list[int] = field(default_factory=list)
    without_subject: list[int] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    of_nobody: list[int] = field(default_factory=list)
    without_day: list[int] = field(default_factory=list)
    notes: bool = False
    days: dict[str, int] = field(default_factory=dict)
    number: tuple[int, int] | None = None
    several: tuple[int, int, list[str]] | None = None


class _Sent(NamedTuple):
    """A row of a response: when it was sent, as it is written, and a number that is the same where what it says is."""

    row: int
    when: str
    said: int
    who: str


class _Responses:
    """The rows of a table as views, each read when it is asked for: however many there are, few are kept."""

    def __init__(self, table: Rows, assumed: Assumed, rubric: Sourced[Rubric], said: ColumnMap) -> None:
        self.table, self.assumed = table, assumed
        self.said = said.meanings
        self.rubric, self.rules = rubric.content, answer_rules(rubric)
        rubrics = [rubric.content, *translations_of(rubric)]
        self.headings = Headings(rubrics, said.meanings)
        self.columns = columns_of(table.headings, self.headings)
        self.about = {meaning: place for place, meaning in self.columns.held.items()}
        self.days = Days(said.order_of_days)
        self.called = answers_called(rubrics)
        self.whole = {word: Answer.from_tree({"answer": word}) for word in self.called.ids}
        self.frames: dict[tuple[Any, ...], ReadView] = {}
        groups = [(one.id, one.title) for rubric in rubrics for one in rubric.perspectives]
        self.perspectives = Called({one: {title for other, title in groups if other == one} for one, _title in groups})

    def place(self, part: str, item: str = "") -> int:
        """Where a part of a response stands; -1 where nowhere."""
        return self.about.get(Meaning(part, item), -1)

    @cached_property
    def items(self) -> list[tuple[str, int, int, int]]:
        """For each question that has any column, the places of answer, note and reason."""
        places = [
            (item, self.place(ANSWER, item), self.place(NOTE, item), self.place(REASON, item))
            for item in self.headings.items
        ]
        return [found for found in places if max(found[1:]) >= 0]

    @cached_property
    def dated(self) -> int:
        """Where the day of a response stands."""
        return self.place(DATE) if self.place(DATE) >= 0 else self.place(SENT)

    @cached_property
    def people_of(self) -> list[tuple[str, int]]:
        """The perspectives of which a column says how many people answered."""
        return [(item, place) for (part, item), place in self.about.items() if part == "people" and item]

    # A first look at all rows, at little of each

    @cached_property
    def seen(self) -> _Seen:
        """What has to be known of all rows before one is read: which were sent twice, and how days are written."""
        seen = _Seen()
        firsts: dict[str, _Sent] = {}
        again: dict[str, list[_Sent]] = {}
        held = [place for _item, *places in self.items for place in places if place >= 0]
        sent, response = self.place(SENT), self.place(RESPONSE)
        said = [place for place, meaning in self.columns.held.items() if meaning.part not in (SENT, RESPONSE)]
        of_whom = [place for part in ("perspective", "audit", "subject") if (place := self.place(part)) >= 0]
        is_of_tool = response < 0 or as_name(self.columns.headings[response]) != _KEY
        days = self.days if sent == self.dated else Days()
        for row, cells in self.rows():
            if not any(cells[place].strip() for place in held):
                seen.without_answers.append(row)
                continue
            seen.count += 1
            self._look_at(seen, row, cells)
            written = _cell(sent, cells)
            days.look_at(written)
            if (key := _cell(response, cells)) and (is_of_tool or key.startswith("uuid:")):
                who = "\n".join(cells[place].strip() for place in of_whom)
                this = _Sent(row, written, hash(tuple(cells[place] for place in said)), who)
                if (first := firsts.setdefault(key, this)) is not this:
                    again.setdefault(key, [first]).append(this)
        for rows in again.values():
            self._settle(seen, rows, days)
        return seen

    @staticmethod
    def _settle(seen: _Seen, sent: list[_Sent], days: Days) -> None:
        """Of what was sent twice, leave out all but the latest; where nothing tells which that is, nothing."""
        moments = [days.moment(one.when) for one in sent]
        known = [moment for moment in moments if moment]
        last = [one for one, moment in zip(sent, moments, strict=True) if moment == max(known, default=None)]
        rivals = {one.said for one in (last if len(known) == len(sent) else sent)}
        if len(rivals) > 1 or len({one.who for one in sent}) > 1:
            seen.unordered.append([one.row for one in sent])
        latest = last[-1]
        seen.sent_twice |= {one.row for one in sent if one is not latest}

    @cached_property
    def judged(self) -> list[int]:
        """The columns in which a tool says whether somebody approved of a response."""
        return [place for place, heading in enumerate(self.columns.headings) if as_name(heading) in _JUDGED]

    def _look_at(self, seen: _Seen, row: int, cells: list[str]) -> None:
        if any(_NOT_APPROVED.match(cells[place]) for place in self.judged):
            seen.rejected.append(row)
        if written := self._dated(cells):
            self.days.look_at(written)
            seen.days.setdefault(written[:10], row)
        else:
            seen.without_day.append(row)
        seen.notes = seen.notes or any(_cell(note, cells) for _item, _answer, note, _reason in self.items)
        if seen.number is None:
            coded = (place for _item, place, *_others in self.items if place >= 0 and cells[place].isdecimal())
            seen.number = next(((row, place) for place in coded if not self.called.of(cells[place])), None)
        if seen.several is None:
            seen.several = next(self._several(row, cells), None)
        if not (people := self._respondents(cells)):
            seen.without_who.append(row)
        elif not "".join(people.values()).strip("0"):
            seen.of_nobody.append(row)
        if not self._subject(cells):
            seen.without_subject.append(row)

    def _several(self, row: int, cells: list[str]) -> Iterator[tuple[int, int, list[str]]]:
        where = [(self.called, place) for _item, place, *_others in self.items if self.called.shared]
        for called, place in [*where, (self.perspectives, self.place("perspective"))]:
            if ids := called.several(_cell(place, cells)):
                yield row, place, ids

    def rows(self) -> Iterator[Row]:
        """The rows below the headings, without one in which a tool says again what the columns are."""
        for place, (row, cells) in enumerate(islice(self.table, 1, None)):
            if place or not all(cell.startswith("#") for cell in cells if cell.strip()):
                yield row, cells

    # What is wrong with all of it, and what is told of it

    def require_sound(self) -> None:
        """Raise InputError where something that all rows need is missing, or can be read in two ways."""
        problems = held_twice(self.columns, self.table.file)
        if not self.columns.answered:
            problems.append(self._no_columns())
        if not problems:
            problems += self._of_rows()
        if problems:
            raise InputError(problems)

    def _no_columns(self) -> Problem:
        firsts = (cells[0] for _row, cells in islice(self.table, _MOST_LOOKED_AT))
        if any(self.headings.meaning(text).part == ANSWER for text in firsts):
            what = _("the questions stand in the first column, and not in the first row")
            return Problem(
                self.table.file, what, _("In a spreadsheet program, copy the table and paste it transposed.")
            )
        hint = _(
            "Their headings have to be the questions as the rubric asks them, or --columns has to say what is what."
        )
        return Problem(self.table.file, without_column(self.columns, self.headings).rstrip("."), hint)

    def _of_rows(self) -> Iterator[Problem]:
        seen, file = self.seen, self.table.file
        if (said := self.assumed.perspective) and not self.perspectives.of(said):
            yield Problem("", *unknown("perspective", said, self.rules.perspectives))
        if not seen.count:
            yield Problem(file, _("no row of this table holds an answer"), _("Has anybody answered yet?"))
        if self.rubric.perspectives and seen.without_who:
            hint, known = _("Say it for all of them: --perspective PERSPECTIVE."), choice(self.rules.perspectives)
            yield Problem(
                file, TABLE.of("without_who", len(seen.without_who), rows=_numbers(seen.without_who)), f"{hint} {known}"
            )
        if seen.without_subject:
            what = TABLE.of("without_subject", len(seen.without_subject), rows=_numbers(seen.without_subject))
            yield Problem(file, what, _("Say it for all of them: --subject NAME."))
        yield from self._of_cells()
        for rows in seen.unordered:
            what = _("rows {rows} are one response that was sent again, and nothing tells which of them counts")
            hint = _(
                "They are of different groups, or it is not known when each was sent. Take out those that do not count."
            )
            yield Problem(file, what.format(rows=_numbers(rows)), hint)
        for written, row in seen.days.items():
            if len(found := self.days.readings(written)) > 1:
                yield self._two_days(row, written, found)
                break

    def _of_cells(self) -> Iterator[Problem]:
        """Of the first cell that can be no answer, and of the first that can be two."""
        seen, file = self.seen, self.table.file
        if seen.number:
            row, place = seen.number
            what = _("row {row}, column “{column}”: a number stands here, and no answer")
            heading = shown(self.columns.headings[place])
            hint = _(
                "What a number stands for is not guessed. Export the words of the answers (labels), not their codes."
            )
            yield Problem(file, what.format(row=number(row), column=heading), hint)
        if seen.several:
            row, place, ids = seen.several
            what = _("row {row}, column “{column}”: two are called so in the rubric, {ids}")
            heading, named = shown(self.columns.headings[place]), in_short(f"`{one}`" for one in ids)
            told = what.format(row=number(row), column=heading, ids=named)
            yield Problem(
                file, told, _("Write the id of the one that is meant, or call them differently in the rubric.")
            )

    def _two_days(self, row: int, written: str, found: Sequence[date]) -> Problem:
        what = _("row {row}, column “{column}”: `{written}` can be {one} or {other}, and no other row settles it")
        heading = self.columns.headings[self.dated]
        told = what.format(
            row=number(row), column=shown(heading), written=written, one=day(found[0]), other=day(found[1])
        )
        hint = _("Say it in the file of --columns: `{line}`, or `{other}`.")
        line = f'"{shown(heading)}": {DATE} {DAY_FIRST}'
        return Problem(self.table.file, told, hint.format(line=line, other=f"{DATE} {MONTH_FIRST}"))

    def told(self) -> list[str]:
        """What was read and what was not, a sentence for each."""
        seen, columns = self.seen, self.columns
        counted: list[tuple[str, int, dict[str, str]]] = [
            ("rows", seen.count + len(seen.without_answers), {}),
            ("twice", len(seen.sent_twice), {"rows": _numbers(sorted(seen.sent_twice))}),
            ("empty", len(self.table.empty), {"rows": _numbers(sorted(self.table.empty))}),
            ("no_answer", len(seen.without_answers), {"rows": _numbers(seen.without_answers)}),
            ("left_alone", len(columns.left_alone), {"columns": in_short(map(_quoted, columns.names_left_alone))}),
            ("identifying", columns.identifying, {}),
        ]
        told = [TABLE.of(name, count, **more) for name, count, more in counted if count]
        if not seen.days:
            what = _("No column says on which day. The answers are dated {day}.")
            told.append(what.format(day=day(self.assumed.today)))
        elif rows := seen.without_day:
            told.append(TABLE.of("without_day", len(rows), rows=_numbers(rows), day=day(self._latest)))
        if seen.rejected:
            told.append(TABLE.of("rejected", len(seen.rejected), rows=_numbers(seen.rejected)))
        if seen.of_nobody:
            told.append(TABLE.of("of_nobody", len(seen.of_nobody), rows=_numbers(seen.of_nobody)))
        doubted = [heading for heading in self.said if self.said[heading] != LEFT_ALONE and tells_who(heading)]
        if doubted:
            what = _("Can this tell who somebody is? It is read, because --columns says what it holds: {columns}.")
            told.append(what.format(columns=in_short(map(_quoted, doubted))))
        if seen.notes and not self.assumed.notes:
            told.append(COMBINING["notes"])
        return [*self.table.told, *told, *filter(None, [without_column(self.columns, self.headings)])]

    # One row after the other

    def views(self, sha256: str) -> Iterator[ReadView]:
        """Each response as a view, or with what is wrong with it; `sha256` is that of the file."""
        left_out = self.seen.sent_twice | set(self.seen.without_answers)
        for row, cells in self.rows():
            if row not in left_out:
                yield self._read(row, cells, sha256)

    def _read(self, row: int, cells: list[str], sha256: str) -> ReadView:
        """The view of a row. What many rows have in common is validated once, and so is each answer by itself."""
        frame, answers = self._frame(cells), self._answers(cells)
        tree = self._tree(row, {**frame, "answers": answers})
        if (named := frame["rubric"]) != self.rubric.reference and self._is_of_another(named):
            what, hint = (
                _("`{rubric}` is another rubric than that of the rows above"),
                _("Give its rows in a file of their own."),
            )
            tree.data["rubric"], tree.data["answers"] = self.rubric.reference, {}
            return ReadView(tree, None, [tree.problem(("rubric",), what.format(rubric=named), hint)])
        if (known := self._known(row, frame, sha256)) and (given := self._known_answers(answers)) is not None:
            return ReadView(tree, replace(known, content=known.content.changed(answers=given)), [])
        return view_of_tree(tree, sha256, self.assumed.today)

    def _is_of_another(self, named: str) -> bool:
        """Whether a row names another rubric than the table does."""
        is_reference = re.fullmatch(RUBRIC_REFERENCE, named) is not None
        return is_reference and self.assumed.rubric is None and Reference.of(named).id != self.rubric.id

    def _tree(self, row: int, data: dict[str, Any]) -> _RowOfCells:
        return _RowOfCells(self.table.file, data, row=row, columns=self.columns)

    def _known(self, row: int, frame: dict[str, Any], sha256: str) -> Any:
        """The view without answers that a frame makes, where there is nothing to say of it."""
        key = tuple(map(str, frame.values()))
        if (found := self.frames.get(key)) is None:
            found = view_of_tree(self._tree(row, dict(frame)), sha256, self.assumed.today)
            if len(self.frames) < _MOST_KEPT:
                self.frames[key] = found
        return None if found.problems or found.doubts else found.source

    def _known_answers(self, answers: Mapping[str, Any]) -> dict[str, Answer] | None:
        """The answers as a view has them; None where one is not as it should be."""
        with suppress(KeyError, ValueError):
            return {
                item: self.whole[given] if isinstance(given, str) else Answer.from_tree(given)
                for item, given in answers.items()
            }
        return None

    def _answers(self, cells: list[str]) -> dict[str, Any]:
        """The answers of a row by item: in one word, or with what else belongs to it."""
        answers: dict[str, Any] = {}
        for item, answer, *others in self.items:
            written = cells[answer].strip() if answer >= 0 else ""
            word = written and (self.called.known.get(written) or self.called.of(written) or written)
            beside = {
                part: text
                for part, place in zip((NOTE, REASON), others, strict=True)
                if (part == REASON or self.assumed.notes) and (text := _cell(place, cells))
            }
            if beside:
                answers[item] = {"answer": word, **beside} if word else beside
            elif word:
                answers[item] = word
        return answers

    def _frame(self, cells: list[str]) -> dict[str, Any]:
        """All of a row but its answers."""
        frame: dict[str, Any] = {
            "format": FORMAT,
            "rubric": _cell(self.place("rubric"), cells) or self.rubric.reference,
        }
        if audit := _cell(self.place("audit"), cells) or self.assumed.audit:
            frame["audit"] = audit
        frame["subject"] = {"name": self._subject(cells)}
        frame["date"] = self._day(self._dated(cells))
        return {**frame, "respondents": self._respondents(cells)}

    def _subject(self, cells: list[str]) -> str:
        return _cell(self.place("subject"), cells) or self.assumed.subject or ""

    def _dated(self, cells: list[str]) -> str:
        """The day of a row as it is written; empty where it names none."""
        written = _cell(self.dated, cells)
        return "" if written.startswith(_NO_DAY) else written

    def _day(self, written: str) -> str:
        found = self.days.readings(written) if written else [self._latest]
        return str(found[0]) if found else written

    @cached_property
    def _latest(self) -> date:
        """The latest day that a row names; today where none does."""
        days = (found for written in self.seen.days for found in self.days.readings(written))
        return max(days, default=self.assumed.today)

    def _respondents(self, cells: list[str]) -> dict[str, str]:
        """Who answers, and how many; empty where a row does not say."""
        people = {item: said for item, place in self.people_of if (said := _cell(place, cells))}
        if people or not self.rubric.perspectives:
            return people
        who = _cell(self.place("perspective"), cells) or self.assumed.perspective or ""
        known = self.perspectives.of(who) or who
        return {known: _cell(self.place("people"), cells) or "1"} if who else {}


def _cell(place: int, cells: list[str]) -> str:
    return cells[place].strip() if place >= 0 else ""


def _quoted(heading: str) -> str:
    return f"“{shown(heading)}”"


def _numbers(rows: Sequence[int]) -> str:
    return in_short(map(number, rows))
