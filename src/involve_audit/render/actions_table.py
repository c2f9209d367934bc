"""A list of actions for a spreadsheet: a row each. Columns are not translated, and no cell is a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from involve_audit.escaping import cell

if TYPE_CHECKING:
    from involve_audit.render.actions_page import ActionsPage, ListedAction

_BYTE_ORDER_MARK = "\ufeff"  # without it, a spreadsheet takes UTF-8 for something else
COLUMNS = (
    *("service", "question", "what", "owner", "due", "state", "state_title", "days_late", "counted_on"),
    *("first_due", "item", "audit", "agreed", "mentioned"),
)


def render(page: ActionsPage) -> str:
    """Every action of a list, in its order."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows([cell(value) for value in _row(page, listed)] for listed in page.actions)
    return _BYTE_ORDER_MARK + written.getvalue()


def _row(page: ActionsPage, listed: ListedAction) -> list[object]:
    service, found, line = listed
    return [
        service.name,
        line.about,
        line.what,
        line.owner,
        found.action.due or "",
        line.state,
        line.stands,
        found.standing.days or "",
        page.on or service.days[-1],
        found.due or "",
        line.item,
        service.audit,
        service.days[found.agreed],
        service.days[found.mentioned],
    ]
