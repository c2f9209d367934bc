"""What is wrong with rows, as a table beside the results: one row a problem, of very many the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from involve_audit.errors import Problem
from involve_audit.escaping import cell
from involve_audit.language import _, number
from involve_audit.loading.responses.cells import shown
from involve_audit.render.batch.spreadsheet import BYTE_ORDER_MARK, csv_line
from involve_audit.words.many import COUNTED_BATCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from involve_audit.render.batch.outcome import Setting

MOST_KEPT, MOST_TOLD = 10_000, 10
"""How many problems such a table holds, and how many of them are told on the terminal."""


class RowProblem(NamedTuple):
    """What is wrong with a row, or with the audit that it begins; `row` is 0 where it is none in particular."""

    file: str
    row: int
    column: str
    audit: str
    what: str
    hint: str = ""

    @property
    def told(self) -> Problem:
        """The problem as it is told on the terminal."""
        where = _("row {row}, column “{column}”") if self.column else _("row {row}") if self.row else ""
        what = f"{where.format(row=number(self.row), column=shown(self.column))}: {self.what}" if where else self.what
        return Problem(self.file, what, self.hint)


class RowProblems:
    """The problems of a run, the first of them and their number."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[RowProblem] = []

    def begin(self, problems: Sequence[RowProblem]) -> None:
        """Begin again, with no others than these."""
        self.count, self.first = len(problems), list(problems)

    def add(self, problem: RowProblem) -> None:
        """Add one."""
        self.count += 1
        if self.count <= MOST_KEPT:
            self.first.append(problem)

    def told(self, file: str) -> list[Problem]:
        """The first few, and where all of them are; `file` is empty where they are nowhere else."""
        told = [problem.told for problem in self.first[:MOST_TOLD]]
        if left := self.count - len(told):
            told.append(Problem("", COUNTED_BATCH.of("more_problems", left)))
        return [*told, *([Problem("", COUNTED_BATCH.of("problems_of_rows", self.count, file=file))] if file else [])]

    def document(self) -> str:
        """The whole table."""
        return BYTE_ORDER_MARK + csv_line(RowProblem._fields) + self.lines()

    def lines(self) -> str:
        """The lines of the table."""
        rows: list[Sequence[object]] = list(self.first)
        if left := self.count - len(self.first):
            rows.append(("", "", "", "", COUNTED_BATCH.of("more_problems", left), ""))
        return "".join([csv_line([cell(value) if value else "" for value in row]) for row in rows])


def head(setting: Setting) -> str:
    """The names of the columns."""
    return BYTE_ORDER_MARK + csv_line(RowProblem._fields)
