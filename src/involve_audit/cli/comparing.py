"""The parts that `diff` and `trend` share: how many audits they need, and of whom."""

from __future__ import annotations

from collections.abc import Sequence

from involve_audit.engine.comparing.round import Round
from involve_audit.engine.comparing.trend import Trend, trend
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _, listed
from involve_audit.model.names import folded, look_alikes

_MOST = 5
_FEWEST = 2


def over_time(rounds: Sequence[Round]) -> Trend:
    """How a series of audits went, in the order of time. Raises UsageError where there are too few."""
    if len(rounds) < _FEWEST:
        what = _("`trend` needs at least two audits of different days or names")
        raise UsageError(Problem("", what, _("Name more audits, or the folder they are in.")))
    return trend(rounds)


def require_one_subject(rounds: Sequence[Round], any_subject: bool) -> None:
    """Raise UsageError where the audits are of different subjects and nobody asked for that."""
    first_of: dict[str, Round] = {}
    for one in rounds:
        first_of.setdefault(folded(one.subject.name), one)
    if len(first_of) > 1 and not any_subject:
        named = list(first_of.values())[:_MOST]
        shown = listed(_("{file} has “{name}”").format(file=one.name, name=one.subject.name) for one in named)
        what = _("these audits are of different subjects: {list}").format(list=shown)
        hint = _("Compare audits of one subject, or say that it is one with --any-subject.")
        raise UsageError(Problem("", what, f"{look_alikes(one.subject.name for one in rounds)} {hint}".lstrip()))
