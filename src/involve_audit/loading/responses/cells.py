"""A response out of cells, of a sheet or of a row of a table, in the shape of an answers file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from involve_audit.errors import Problem
from involve_audit.language import _
from involve_audit.loading.tree import KeyPath, Tree

_LONGEST_SHOWN = 60


def shown(text: str) -> str:
    """What stands in a cell, on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


@dataclass
class Cells(Tree):
    """`data` is what an answers file would hold; `cells` says for the path of a value where it stands, such as `C14`.

    What is wrong with a value is told with its cell: whoever filled it in knows no lines and no columns of a YAML file.
    """

    cells: dict[KeyPath, str] = field(default_factory=dict)

    @property
    def where_reasons_go(self) -> str:
        """Where a reason that is missing belongs."""
        return _("Write why, where reasons are written, save the file, and read that.")

    @property
    def what_to_do_where_empty(self) -> str:
        """What to do about something that is missing."""
        return _("Write it in, save the file, and read that.")

    def problem(self, path: KeyPath, what: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A problem at the cell of `path`, or at that of the nearest place above it that has one."""
        told = super().problem((), what, hint)
        while path and path not in self.cells:
            path = path[:-1]
        return replace(told, what=f"{self.cells[path]}: {told.what}") if path in self.cells else told
