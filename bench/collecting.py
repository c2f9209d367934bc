"""How long it takes to write a workbook to answer in, and to read one that came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import Assumed, receive
from involve_audit.loading.rubric import load_rubric
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.workbook import render

_DAY = date(2026, 11, 22)


def workbooks(seconds: Callable[[Callable[[], object], int], float]) -> None:
    """Of the spectrum's 31 questions, once everything is imported."""
    rubric = load_rubric("service-user-leadership-spectrum")
    blank = BlankForm(rubric.content, _DAY)
    came_back = FileContent("a.xlsx", _filled(render(blank), {item.id for item in rubric.content.items}))
    written = seconds(lambda: render(blank), 20)
    read = seconds(lambda: list(receive(came_back, Assumed(_DAY, rubric)).views), 20)
    print(f"a workbook of 31 questions: written in {written * 1e3:.0f} ms (aim: at most 200 ms)")
    print(f"the same, filled in: read in {read * 1e3:.0f} ms (aim: at most 50 ms)")


def _filled(content: bytes, items: set[str]) -> bytes:
    book, saved = load_workbook(BytesIO(content)), BytesIO()
    for cell in book.worksheets[0]["B"]:
        if cell.value in items:
            cell.offset(0, 1).value = "unknown"
    book.save(saved)
    return saved.getvalue()
