"""The only places where the time comes in."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from involve_audit.errors import Problem, UsageError
from involve_audit.language import _


def today() -> date:
    """Today, here."""
    return date.today()


def time_to_state() -> datetime | None:
    """The time that SOURCE_DATE_EPOCH gives, None where it is not set: no other time goes into an output.

    Raises UsageError where it is set to something else than seconds since 1970.
    """
    written = os.environ.get("SOURCE_DATE_EPOCH")
    if not written:
        return None
    try:
        return datetime.fromtimestamp(int(written), UTC)
    except (ValueError, OverflowError, OSError):
        what = _("SOURCE_DATE_EPOCH is `{value}`").format(value=written)
        raise UsageError(Problem("", what, _("It has to be a number of seconds since 1970, or not set."))) from None
