"""How long it takes to write forms and workbooks to answer in, and to read a workbook and a table that came back."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import Assumed, receive
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.columns import column_of
from involve_audit.model.rubric import Rubric
from involve_audit.render.forms import page
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.workbook import render

_DAY = date(2026, 11, 22)


def pages(seconds: Callable[[Callable[[], object], int], float]) -> None:
    """Forms for a browser, of the spectrum's 31 questions and of 300, once everything is imported."""
    for rubric, size, aim in ((_spectrum(), 90, "0.25 s"), (_large(), 600, "none")):
        blank = BlankForm(rubric, _DAY)
        written, count = seconds(lambda: page.render(blank), 5), sum(1 for _item in rubric.items)  # noqa: B023
        kilobytes = len(page.render(blank).encode()) / 1e3
        print(f"a form of {count} questions: {kilobytes:.0f} kB (aim: at most {size} kB)")
        print(f"the same: written in {written * 1e3:.0f} ms (aim: {aim})")


def _spectrum() -> Rubric:
    return load_rubric("service-user-leadership-spectrum").content


def _large() -> Rubric:
    """The spectrum with its questions again and again, under other ids: 300 in all."""
    rubric = _spectrum()
    again = (item.changed(id=f"again-{place}") for place, item in zip(range(269), cycle(rubric.indicators)))
    return rubric.changed(indicators=(*rubric.indicators, *again))


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


def tables() -> None:
    """A table of 31 questions, read and put together by the program: time, and memory for ten times as many rows."""
    rubric = load_rubric("service-user-leadership-spectrum").content
    words = ["ia_rubric", "ia_perspective", *(f"t/{column_of(item.id)}" for item in rubric.items), "_uuid", "username"]
    figures = {rows: _read(words, rubric, rows) for rows in (1_000, 10_000)}
    taken, memory = figures[10_000]
    print(f"a table of 10,000 rows and 31 questions: read and put together in {taken:.1f} s (aim: at most 5 s)")
    print(f"its memory: {memory / figures[1_000][1]:.2f} x that of 1,000 rows ({memory:.0f} MB; aim: at most 1.2 x)")


def _read(headings: list[str], rubric: Rubric, rows: int) -> tuple[float, float]:
    """The seconds of a processor that the program takes to read a table of so many rows, and its memory in MB."""
    program = str(Path(sys.executable).with_name("involve-audit"))
    answers = ["Yes", "No", "Partly"]
    with TemporaryDirectory() as folder:
        with Path(folder, "export.csv").open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
            table.writerow(headings)
            for row in range(rows):
                given = [answers[(row + place) % 3] for place in range(len(headings) - 4)]
                table.writerow([rubric.reference, rubric.perspectives[row % 3].title, *given, f"id-{row}", "nobody"])
        words = [
            *("answers", "read", "export.csv", "-o", "out/"),
            *("--subject", "Riverside", "--audit", "riverside-1"),
        ]
        started = subprocess.Popen([program, *words], cwd=folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        _pid, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        assert started.returncode == 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1_000
