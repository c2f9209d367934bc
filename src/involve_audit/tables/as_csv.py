"""Results of a table as comma-separated values. No cell can be taken for a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from involve_audit.escaping import cell
from involve_audit.render.batch.spreadsheet import BYTE_ORDER_MARK, csv_line
from involve_audit.tables.results import FIGURE, TRUTH

if TYPE_CHECKING:
    from involve_audit.tables.results import TableSetting
    from involve_audit.tables.scoring import ScoredAudit

_TRUTH = {True: "yes", False: "no", None: ""}


def head(setting: TableSetting) -> str:
    """The names of the columns."""
    return BYTE_ORDER_MARK + csv_line([column.name for column in setting.columns])


def row(audit: ScoredAudit, setting: TableSetting) -> str:
    """The lines of one audit."""
    lines, free, holding = [], setting.free, setting.holding
    for values in setting.rows(audit):
        cells: list[object] = list(values)
        for place in free:
            cells[place] = _quoted(str(cell(values[place])))
        for place in holding[TRUTH]:
            cells[place] = _TRUTH[values[place]]  # type: ignore[index]
        for place in holding[FIGURE]:
            cells[place] = None if values[place] is None else f"{values[place]:g}"
        lines.append(",".join(["" if value is None else str(value) for value in cells]))
    return "\r\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """A cell as it stands in a line; ids and numbers never need quotes."""
    return '"' + text.replace('"', '""') + '"' if '"' in text or "," in text else text
