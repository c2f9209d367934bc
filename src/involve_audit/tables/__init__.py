"""Audits that stand in tables (docs/tables.md): `score` is for tables in memory, in a notebook or a pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class ScoredTable:
    """What a table came to: `results` has a row for each audit, and `problems` one for each thing that is wrong.

    Both are tables of pyarrow. Whatever takes an Arrow table takes this as the results.
    """

    results: Any
    problems: Any

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The results, for libraries that know Arrow's C data interface."""
        return self.results.__arrow_c_stream__(requested_schema)


def score(rubric: str | Path, table: Any, *, columns: str | None = None, details: bool = False) -> ScoredTable:
    """Score audits that are rows of a table, as `involve-audit table` does.

    `rubric` is an id or a file. `table` is anything with Arrow's C stream interface, such as a table of pyarrow or a
    data frame of pandas or polars. `columns` is a file that says which column is which question; `details` adds every
    reading and every gate. Raises AuditError where no row can be read. Needs the extra `tables`.
    """
    from involve_audit.tables.arrow_memory import score_in_memory

    return ScoredTable(*score_in_memory(str(rubric), table, columns, details))
