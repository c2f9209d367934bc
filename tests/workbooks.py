"""Workbooks as they come back: written by the program, filled in by another library than it uses, and read again."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import Assumed, Received, receive
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.view import View
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.workbook import render

TODAY = date(2026, 11, 23)
Typed = Mapping[tuple[str, str], Any]
"""What is typed: by the id of a row and the letter of a column."""


def blank(rubric: Rubric, **filled_in: Any) -> bytes:
    return render(BlankForm(rubric, TODAY, **filled_in))


def changed(content: bytes, change: Callable[[Worksheet], object], place: int = 0) -> bytes:
    """A workbook after something was done to one of its sheets, saved again. Coverage does not look at that."""
    looking = sys.gettrace()
    sys.settrace(None)
    try:
        book = load_workbook(BytesIO(content))
        change(book.worksheets[place])
        saved = BytesIO()
        book.save(saved)
    finally:
        sys.settrace(looking)
    return saved.getvalue()


def filled(content: bytes, typed: Typed, place: int = 0) -> bytes:
    return changed(content, lambda sheet: fill(sheet, typed), place)


_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def as_saved(text: str) -> str:
    """A text as spreadsheets save it: with escapes for what XML cannot hold, and for what looks like one."""
    return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def fill(sheet: Worksheet, typed: Typed) -> None:
    rows = {cell.value: cell.row for cell in sheet["B"] if cell.value}
    for (row, column), value in typed.items():
        cell = sheet[f"{column}{rows[row]}"]
        cell.value = as_saved(value) if isinstance(value, str) else value
        cell.data_type = "s" if isinstance(value, str) else cell.data_type


def of_view(view: View) -> dict[tuple[str, str], Any]:
    """What is typed for a view."""
    typed: dict[tuple[str, str], Any] = {("subject", "C"): view.subject.name, ("date", "C"): str(view.date)}
    typed |= {("audit", "C"): view.audit} if view.audit else {}
    typed |= {(f"respondents/{name}", "C"): str(count) for name, count in view.respondents.items()}
    for item, answer in view.answers.items():
        evidence = answer.evidence[0].text if answer.evidence else None
        texts = {"C": answer.answer, "D": answer.note, "E": answer.reason, "F": evidence}
        typed |= {(item, column): text for column, text in texts.items() if text is not None}
    for place, action in enumerate(view.actions, 1):
        due = str(action.due) if action.due else None
        texts = {"C": action.item, "D": action.what, "E": action.owner, "F": due}
        typed |= {(f"actions/{place}", column): text for column, text in texts.items() if text is not None}
    return typed


def received(content: bytes, rubric: Sourced[Rubric] | None = None, **assumed: Any) -> Received:
    return receive(FileContent("came-back.xlsx", content), Assumed(TODAY, rubric, **assumed))


def problems(content: bytes, rubric: Sourced[Rubric] | None = None, **assumed: Any) -> list[str]:
    """What is wrong with each view, as people are told."""
    return [str(problem) for view in received(content, rubric, **assumed).views for problem in view.problems]
