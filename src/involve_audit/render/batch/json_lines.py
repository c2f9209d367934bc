"""One line of JSON an audit, written as the audits are scored."""

from __future__ import annotations

from involve_audit.render.batch.outcome import Outcome, Setting
from involve_audit.render.batch.rows import as_line, row_of


def head(setting: Setting) -> str:
    """Nothing: every line stands by itself."""
    return ""


def row(outcome: Outcome, setting: Setting) -> str:
    """One line."""
    return as_line(row_of(outcome, setting))
