"""A workbook (.xlsx) to answer the questions in, for a spreadsheet program (collecting.md, "A workbook")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from io import BytesIO
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from involve_audit.errors import OutputError, Problem
from involve_audit.escaping import LONGEST_CELL, xml_text
from involve_audit.language import _, number
from involve_audit.model.spelling import Spelling
from involve_audit.render.item_help import help_parts
from involve_audit.render.titles import Titles
from involve_audit.words.reports import WORDS
from involve_audit.words.workbook import AGREED_HEADINGS, HEADINGS, WORKBOOK

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item
    from involve_audit.render.forms.blank import BlankForm

ACTIONS = 10
_COLUMNS = ("question", "id", "answer", "note", "reason", "evidence", "help")
_ABOUT = ("rubric", "subject", "kind", "audit", "date")  # an item that is called so has `answers/` in front
_WIDTHS = (50, 12, 21, 36, 24, 28, 60)
_ANSWER, _NOTE, _REASON, _EVIDENCE, _HELP = range(2, 7)
_LONGEST_TITLE, _LONGEST_MESSAGE, _LONGEST_NAME = 32, 255, 31
_FIRST_DAY = datetime(1900, 1, 1)
_PAGE_A4, _HIGHEST = 9, 409


class Row(NamedTuple):
    """A row of a sheet: how it looks, what it says, its id, what is filled in, and what may be filled in.

    `list` names the range that an answer is chosen from.
    """

    look: str
    text: str
    id: str = ""
    value: str | int | None = None
    list: str = ""
    help: str = ""
    has_reason: bool = False


def render(blank: BlankForm) -> bytes:
    """The workbook: the same bytes for the same form.

    Raises OutputError where a text is too long for a cell.
    """
    from xlsxwriter import Workbook

    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    content = BytesIO()
    with Workbook(content, {"in_memory": True, **options}) as book:
        book.set_properties(
            {"title": xml_text(blank.rubric.title)[:255], "created": datetime.combine(blank.today, time.min)}
        )
        _Book(book, blank).write()
    return _growing(content)


def _growing(content: BytesIO) -> bytes:
    """The workbook with rows that grow as people write: XlsxWriter fixes every height that it is given."""
    grown = BytesIO()
    with ZipFile(content) as old, ZipFile(grown, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            new.writestr(part, text.replace(b' customHeight="1"', b"") if "/worksheets/" in part.filename else text)
    return grown.getvalue()


class _Book:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, blank: BlankForm) -> None:
        self.book = book
        self.blank = blank
        self.titles = Titles(blank.rubric)
        self.labels = _labels(blank)
        self.size = 18 if blank.large_print else 11
        line = {"font_size": self.size, "valign": "top", "text_wrap": True}
        cell = {**line, "border": 1, "border_color": "#9AA5AD"}
        head = {**cell, "bold": True, "bg_color": "#DDE6EB"}
        entry = {**cell, "num_format": "@", "locked": False, "bg_color": "#FFFFFF"}
        self.looks = {
            name: book.add_format(look)
            for name, look in {
                "title": {**line, "bold": True, "font_size": self.size + 3, "text_wrap": False},
                "line": {**line, "text_wrap": False},
                "head": head,
                "cell": cell,
                "id": {**cell, "font_color": "#5F6B73", "font_size": self.size - 2, "text_wrap": False, "shrink": True},
                "closed": {**cell, "bg_color": "#EEF1F3"},
                "entry": entry,
                "day": {**entry, "num_format": "yyyy-mm-dd", "align": "left"},
                "number": {**entry, "num_format": "0", "align": "left"},
            }.items()
        }

    def write(self) -> None:
        sheets = [self.book.add_worksheet(_sheet_name(place)) for place in range(1, self.blank.views + 1)]
        kinds = self._lists()
        for sheet in sheets:
            self._sheet(sheet, list(self._rows(kinds)))

    def _lists(self) -> dict[tuple[str, ...], str]:
        """Writes the hidden sheet, and gives the name of the range for each set of answers."""
        from xlsxwriter.utility import quote_sheetname, xl_range_abs

        sheet = self.book.add_worksheet(WORKBOOK["lists"])
        items = self.blank.rubric.items
        sets = dict.fromkeys(tuple(self.blank.rubric.answers_to(item)) for item in items)
        kinds = {answers: f"answers_{place}" for place, answers in enumerate(sets, 1)}
        columns = {name: [self.labels[answer] for answer in answers] for answers, name in kinds.items()}
        columns["questions"] = [self.titles.numbered(item.id) for item in self.blank.rubric.items]
        quoted = quote_sheetname(WORKBOOK["lists"])
        for column, (name, texts) in enumerate(columns.items()):
            for row, text in enumerate([name, *texts]):
                self._text(sheet, row, column, text, self.looks["line"])
            cells = xl_range_abs(1, column, len(texts), column)
            _require(self.book.define_name(name, f"={quoted}!{cells}"))
        sheet.protect()
        sheet.hide()
        return kinds

    def _rows(self, kinds: dict[tuple[str, ...], str]) -> Iterator[Row]:
        blank, rubric = self.blank, self.blank.rubric
        yield Row("title", rubric.title)
        yield from (Row("line", WORKBOOK[line]) for line in ("how", "where_to", "no_names"))
        yield Row("head", WORKBOOK["about"])
        yield Row("closed", WORDS["rubric"], "rubric", rubric.reference)
        yield Row("entry", WORKBOOK["subject"], "subject", blank.name)
        if blank.subject and blank.subject.kind:
            yield Row("entry", WORKBOOK["kind"], "kind", blank.subject.kind)
        yield Row("entry", WORKBOOK["audit"], "audit", blank.audit)
        yield Row("day", WORKBOOK["date"], "date")
        for one in blank.perspectives:
            yield Row("number", WORKBOOK["people"].format(perspective=one.title), f"respondents/{one.id}")
        for theme, items in groupby(rubric.items, key=self.titles.theme):
            yield Row("head", theme)
            yield from (self._item(item, kinds[tuple(rubric.answers_to(item))]) for item in items)
        yield Row("agreed_head", WORDS["actions"])
        for place in range(1, ACTIONS + 1):
            yield Row("agreed", WORKBOOK["action"].format(number=number(place)), f"actions/{place}", None, "questions")

    def _item(self, item: Item, answers: str) -> Row:
        text = self.titles.with_number(item, self.blank.ask(item))
        told = [f"{part.heading}\n" + "\n".join(f"- {line}" for line in part.lines) for part in self._help(item)]
        name = f"answers/{item.id}" if item.id in (*_ABOUT, *HEADINGS) else item.id
        return Row("item", text, name, None, answers, "\n".join(told), bool(item.not_applicable_when))

    def _help(self, item: Item) -> Iterator[Any]:
        return help_parts(self.titles, item) if self.blank.with_help else iter(())

    def _sheet(self, sheet: Any, rows: Sequence[Row]) -> None:
        """One sheet. Its second row is hidden: it says in every language what the columns hold."""
        columns = _COLUMNS if self.blank.with_help else _COLUMNS[:_HELP]
        for column, name in enumerate(columns):
            sheet.set_column(column, column, _WIDTHS[column])
            self._text(sheet, 0, column, HEADINGS[name], self.looks["head"])
            self._text(sheet, 1, column, name, self.looks["id"])
        sheet.set_row(0, self._room(HEADINGS))
        sheet.set_row(1, None, None, {"hidden": True})
        for place, row in enumerate(rows, 2):
            sheet.set_row(place, self._height(row))
            self._row(sheet, place, row, len(columns))
        sheet.freeze_panes(1, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(_PAGE_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        pages = WORKBOOK["page"].format(page="&P", pages="&N")
        name = xml_text(self.blank.rubric.reference).replace("&", "&&")
        _require(sheet.set_footer(f"&L{name}&R{pages}"))

    def _height(self, row: Row) -> float:
        """Room for all lines of a row, in points: few programs work that out when they open a file."""
        if row.look in ("title", "line"):
            return self.size * 1.8
        return self._room({"question": row.text, "answer": str(row.value or ""), "help": row.help})

    def _room(self, texts: Mapping[str, str]) -> float:
        """The height of a row with these texts by column, in points."""
        wide = {name: int(width * 0.9 * 11 / self.size) for name, width in zip(_COLUMNS, _WIDTHS, strict=True)}
        lines = (sum(max(1, len(wrap(line, wide[name]))) for line in texts[name].split("\n")) for name in texts)
        return min(max(lines) * self.size * 1.4 + 4, _HIGHEST)

    def _row(self, sheet: Any, place: int, row: Row, width: int) -> None:
        if row.look in ("title", "line"):
            self._text(sheet, place, 0, row.text, self.looks[row.look])
            return
        is_head = row.look in ("head", "agreed_head")
        self._text(sheet, place, 0, row.text, self.looks["head" if is_head else "cell"])
        self._text(sheet, place, 1, row.id, self.looks["head" if is_head else "id"])
        if row.help:
            self._text(sheet, place, _HELP, row.help, self.looks["cell"])
        for column in range(_ANSWER, min(width, _HELP)):
            self._cell(sheet, place, column, row)

    def _cell(self, sheet: Any, place: int, column: int, row: Row) -> None:
        """What stands in one of the columns that are filled in: a heading, a value, or room for one."""
        name = _COLUMNS[column]
        if row.look == "agreed_head":
            self._text(sheet, place, column, AGREED_HEADINGS[name], self.looks["head"])
            return
        look = self._look(row, column)
        self._text(sheet, place, column, str(row.value or "") if column == _ANSWER else "", self.looks[look])
        if look == "day":
            self._allow(sheet, place, column, "bad_date", validate="date", criteria=">=", value=_FIRST_DAY)
        elif look == "number":
            between = {"criteria": "between", "minimum": 0, "maximum": 999_999}
            self._allow(sheet, place, column, "bad_number", validate="integer", **between)
        elif row.list and column == _ANSWER:
            self._allow(sheet, place, column, "bad_answer", validate="list", source=f"={row.list}")

    @staticmethod
    def _look(row: Row, column: int) -> str:
        if row.look == "head":
            return "head"
        if row.look == "agreed":
            return "day" if column == _EVIDENCE else "entry"
        if row.look == "item":
            return "closed" if column == _REASON and not row.has_reason else "entry"
        return row.look if column == _ANSWER else "closed"

    @staticmethod
    def _allow(sheet: Any, place: int, column: int, message: str, **rule: Any) -> None:
        told = {
            "error_title": HEADINGS["answer"][:_LONGEST_TITLE],
            "error_message": WORKBOOK[message][:_LONGEST_MESSAGE],
        }
        _require(sheet.data_validation(place, column, place, column, {**rule, **told}))

    @staticmethod
    def _text(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
        _require(sheet.write_string(row, column, xml_text(text), look))


def _labels(blank: BlankForm) -> dict[str, str]:
    """What is shown for each answer: what it is known again by."""
    spelling = Spelling(blank.rubric)
    labels = {answer: spelling.told_apart(answer, xml_text(title)) for answer, title in spelling.titles.items()}
    return {answer: label if spelling.meanings(label) == {answer} else answer for answer, label in labels.items()}


def _sheet_name(place: int) -> str:
    return WORKBOOK["sheet"] if place == 1 else f"{WORKBOOK['sheet']} {place}"[:_LONGEST_NAME]


def _require(code: int | None) -> None:
    """Raise OutputError where XlsxWriter says that it has left something out: it raises nothing itself."""
    if code:
        what = _("a text of the rubric is too long for a workbook")
        hint = _("A cell holds {most} characters. Make it shorter, or choose another sort of form.")
        raise OutputError(Problem("", what, hint.format(most=number(LONGEST_CELL))))
