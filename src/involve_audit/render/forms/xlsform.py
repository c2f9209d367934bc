"""A form for KoboToolbox, ODK, Enketo and other survey tools that read XLSForm (collecting.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from involve_audit.errors import OutputError, Problem
from involve_audit.escaping import LONGEST_CELL, survey_text, xml_text
from involve_audit.language import _, language_name, number
from involve_audit.model import columns
from involve_audit.model.columns import column_of, name_of
from involve_audit.model.view import NOT_APPLICABLE
from involve_audit.render.item_help import help_parts
from involve_audit.render.titles import Titles
from involve_audit.words.collecting import SURVEY

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item
    from involve_audit.render.forms.blank import BlankForm

Row = dict[str, str]
"""A row of a sheet: its cells by column."""
_IN_EVERY_LANGUAGE = ("label", "hint", "constraint_message")
_SMART_QUOTES = str.maketrans("‘’“”", "''\"\"")
_PIECE = re.compile(r"[^'$]+|'+|\$")


def render(blank: BlankForm) -> bytes:
    """The workbook with its sheets `survey`, `choices` and `settings`: the same bytes for the same form.

    Raises OutputError where a text is too long for a cell.
    """
    from xlsxwriter import Workbook

    languages = [Titles(rubric) for rubric in (blank.rubric, *blank.translations())]
    names = _names([titles.rubric.language for titles in languages])
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.combine(blank.today, datetime.min.time())})
        for name, rows in (
            ("survey", _side_by_side(names, [list(_distinct(_survey(blank, titles))) for titles in languages])),
            ("choices", _side_by_side(names, [list(_choices(titles)) for titles in languages])),
            ("settings", [_settings(blank, names)]),
        ):
            _write(book.add_worksheet(name), rows)
    return content.getvalue()


def _write(sheet: Any, rows: list[Row]) -> None:
    places = {column: place for place, column in enumerate(dict.fromkeys(column for row in rows for column in row))}
    for number_of_row, row in enumerate([{column: column for column in places}, *rows]):
        for column, text in row.items():
            if text and sheet.write_string(number_of_row, places[column], text):
                what = _("this text of the rubric is too long for a cell of a spreadsheet: “{beginning} …”")
                hint = _("A cell holds {most} characters.").format(most=number(LONGEST_CELL))
                raise OutputError(Problem("", what.format(beginning=text[:60]), hint))


def _names(tags: list[str]) -> list[str]:
    """What the columns of each language are called: `Welsh (cy)`. A region is named where it tells two apart."""
    short = [tag.partition("-")[0] for tag in tags]
    codes = [first if short.count(first) == 1 else tag for first, tag in zip(short, tags, strict=True)]
    return [f"{language_name(code)} ({code})" for code in codes]


def _side_by_side(names: list[str], sheets: list[list[Row]]) -> list[Row]:
    """The rows of a sheet with the texts of every language in columns of their own."""
    if len(sheets) == 1:
        return sheets[0]
    return [
        {
            (f"{column}::{name}" if column in _IN_EVERY_LANGUAGE else column): text
            for column in rows[0]
            for name, row in zip(names, rows, strict=True)
            for text in [row[column]]
        }
        for rows in zip(*sheets, strict=True)
    ]


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with a number behind each label that was there before: exports by label keep only one of two."""
    seen: set[str] = set()
    for row in rows:
        label, again = row.get("label", ""), 1
        while (shown := label if again == 1 else f"{label} ({number(again)})") and shown.casefold() in seen:
            again += 1
        seen.add(shown.casefold())
        yield {**row, "label": shown}


def _survey(blank: BlankForm, titles: Titles) -> Iterator[Row]:
    """What is asked: who answers, then theme by theme one question a page. Only a reason has to be given."""
    yield _calculated(columns.RUBRIC, blank.rubric.reference)
    yield _calculated(columns.AUDIT, blank.audit or "")
    if blank.subject:
        yield _calculated(columns.SUBJECT, blank.subject.name)
    yield from _page("ia_start", SURVEY["start"], _start(blank, titles))
    themes: dict[str | None, list[Item]] = {}
    for item in titles.rubric.items:
        themes.setdefault(item.theme, []).append(item)
    for theme, items in themes.items():
        group = f"t_{name_of(theme)}" if theme else "anti_patterns"
        yield {"type": "begin_group", "name": group, "label": survey_text(titles.theme(items[0]))}
        for item in items:
            yield from _page(f"g_{name_of(item.id)}", "", _question(blank, titles, item))
        yield {"type": "end_group"}


def _calculated(name: str, value: str) -> Row:
    return {"type": "calculate", "name": name, "calculation": _quoted(value)}


def _quoted(text: str) -> str:
    """A text as XPath writes it. It has no escapes: a quote stands in the other sort of quotes.

    Typographic quotes are made straight by pyxform, so they are taken for what they become.
    """
    straight = xml_text(" ".join(text.split())).translate(_SMART_QUOTES)
    pieces = [f'"{piece}"' if piece[0] == "'" else f"'{piece}'" for piece in _PIECE.findall(straight)]
    return f"concat({', '.join(pieces)})" if len(pieces) > 1 else "".join(pieces) or "''"


def _page(name: str, label: str, rows: Iterator[Row]) -> Iterator[Row]:
    """Rows that are shown together."""
    inside = list(rows)
    if inside:
        yield {"type": "begin_group", "name": name, "label": label, "appearance": "field-list"}
        yield from inside
        yield {"type": "end_group"}


def _start(blank: BlankForm, titles: Titles) -> Iterator[Row]:
    """Who answers, how many, and about what where the form does not know."""
    if titles.perspectives:
        asked = {"type": f"select_one {columns.PERSPECTIVE}", "name": columns.PERSPECTIVE}
        yield {**asked, "label": SURVEY["perspective"], "default": name_of(blank.perspective or "")}
        asked = {"type": "integer", "name": columns.PEOPLE, "label": SURVEY["people"], "hint": SURVEY["only_numbers"]}
        bounds = {"constraint": ". >= 1 and . < 1000000", "constraint_message": SURVEY["whole"]}
        yield {**asked, "default": "1", **bounds}
    if not blank.subject:
        yield {"type": "text", "name": columns.SUBJECT, "label": SURVEY["subject"]}


def _question(blank: BlankForm, titles: Titles, item: Item) -> Iterator[Row]:
    """The question, put to the one perspective that the form is for; why it does not apply; a note."""
    asked = column_of(item.id)
    words = titles.with_number(item, blank.ask(item))
    hint = "\n".join(
        survey_text(line) if line[:2] != "- " else f"- {survey_text(line[2:])}" for line in _help(blank, titles, item)
    )
    yield {"type": f"select_one {_list_of(item)}", "name": asked, "label": survey_text(words), "hint": hint}
    if item.not_applicable_when:
        when = {"relevant": f"${{{asked}}} = '{name_of(NOT_APPLICABLE)}'", "required": "yes"}
        yield {**_written(titles, item, columns.REASON), **when}
    yield _written(titles, item, columns.NOTE)


def _help(blank: BlankForm, titles: Titles, item: Item) -> Iterator[str]:
    yield titles.direction(item)
    for part in help_parts(titles, item) if blank.with_help else ():
        yield part.heading
        yield from (f"- {line}" for line in part.lines)


def _written(titles: Titles, item: Item, part: str) -> Row:
    label = titles.with_number(item, SURVEY[part])
    return {"type": "text", "name": column_of(item.id, part), "label": label, "appearance": "multiline"}


def _list_of(item: Item) -> str:
    """The list of answers to an item: one for each kind, and one more where it may not apply."""
    return f"{name_of(item.kind)}{'_or_not' if item.not_applicable_when else ''}"


def _choices(titles: Titles) -> Iterator[Row]:
    """What can be chosen, in lists."""
    lists = {columns.PERSPECTIVE: titles.perspectives}
    for item in titles.rubric.items:
        lists.setdefault(_list_of(item), {name: titles.answers[name] for name in titles.rubric.answers_to(item)})
    for name, chosen in lists.items():
        rows = (
            {"list_name": name, "name": name_of(word), "label": survey_text(title, choice=True)}
            for word, title in chosen.items()
        )
        yield from _distinct(rows)


def _settings(blank: BlankForm, names: list[str]) -> Row:
    about = [blank.rubric.title, *([blank.subject.name] if blank.subject else [])]
    title = ": ".join(" ".join(text.split()) for text in about)
    return {
        "form_title": xml_text(title).replace("${", "$ {"),
        "form_id": "_".join(name_of(word) for word in (blank.rubric.id, blank.audit) if word),
        "version": f"{blank.rubric.version}-{blank.sha256[:8]}",
        "style": "pages",
        **({"default_language": names[0]} if len(names) > 1 else {}),
    }
