"""The options of a command whose results may be made for sharing."""

from __future__ import annotations

import re

from involve_audit.errors import Problem, UsageError
from involve_audit.language import _, number
from involve_audit.render.publishing import LEAST


def bound_of(publish: bool, fewer_than: str | None) -> int | None:
    """Numbers of people below this are not to be shown; None where nothing is made for sharing.

    Raises UsageError where `fewer_than` is no whole number of at least 5, or is given without `publish`.
    """
    if fewer_than is None:
        return LEAST if publish else None
    if not publish:
        hint = _("Add --publish to make the results for sharing, or leave it out.")
        raise UsageError(Problem("", _("--fewer-than goes with --publish"), hint))
    if not re.fullmatch("[0-9]{1,6}", fewer_than) or int(fewer_than) < LEAST:
        what = _("--fewer-than: `{given}` is not a whole number of at least {least}")
        hint = _("Give a number such as 10, or leave it out for {least}.").format(least=number(LEAST))
        raise UsageError(Problem("", what.format(given=fewer_than, least=number(LEAST)), hint))
    return int(fewer_than)
