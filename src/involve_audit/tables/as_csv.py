"""Results of a table as comma-separated values. No cell can be taken for a formula."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from involve_audit.escaping import cell
from involve_audit.render.batch.spreadsheet import BYTE_ORDER_MARK, csv_line
from involve_audit.tables.results import FIGURE, TRUTH

if TYPE_CHECKING:
    from involve_audit.tables.results import TableSetting
    from involve_audit.tables.scoring import ScoredAudit

_TRUTH = {True: "yes", False: "no", None: ""}
_cell = lru_cache(1_000)(cell)


def head(setting: TableSetting) -> str:
    """The names of the columns."""
    return BYTE_ORDER_MARK + csv_line([column.name for column in setting.columns])


def row(audit: ScoredAudit, setting: TableSetting) -> str:
    """The lines of one audit."""
    lines = []
    for values in setting.rows(audit):
        cells: list[object] = list(values)
        for place in setting.of_text:
            cells[place] = _cell(cells[place])
        for place in setting.places_of(TRUTH):
            cells[place] = _TRUTH[values[place]]  # type: ignore[index]
        for place in setting.places_of(FIGURE):
            cells[place] = "" if values[place] is None else f"{values[place]:g}"
        lines.append(csv_line(cells))
    return "".join(lines)
