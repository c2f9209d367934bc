"""Results of a table as JSON, a line a row. Whatever ends a line, or cannot be seen, is escaped in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from involve_audit.escaping import as_json

if TYPE_CHECKING:
    from involve_audit.tables.results import TableSetting
    from involve_audit.tables.scoring import ScoredAudit


def head(setting: TableSetting) -> str:
    """Nothing: every line names its columns."""
    return ""


def row(audit: ScoredAudit, setting: TableSetting) -> str:
    """The lines of one audit."""
    names = [column.name for column in setting.columns]
    return "".join([as_json(dict(zip(names, values, strict=True))) + "\n" for values in setting.rows(audit)])
