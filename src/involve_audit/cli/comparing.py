"""The parts that `diff` and `trend` share: how audits correspond, and of whom they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from involve_audit.engine.comparing.comparison import Comparison, compare
from involve_audit.engine.comparing.correspondence import Correspondence
from involve_audit.engine.comparing.trend import Link, Trend, trend
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _, listed
from involve_audit.loading.rounds import ReadRound
from involve_audit.model.names import folded, look_alikes

_MOST = 5
_FEWEST = 2


def compared(before: ReadRound, after: ReadRound) -> Comparison:
    """What changed between two audits that were read."""
    link = _link(before, after)
    return compare(before.round(), after.round(), link.correspondence, link.same_rubric)


def _link(before: ReadRound, after: ReadRound) -> Link:
    related = not set(before.lineage).isdisjoint(after.lineage)
    correspondence = Correspondence(before.rubric.content, after.rubric.content, related)
    return Link(correspondence, before.fingerprint == after.fingerprint)


def over_time(rounds: Sequence[ReadRound]) -> Trend:
    """How a series of audits went, in the order of time. Raises UsageError where there are too few."""
    if len(rounds) < _FEWEST:
        what = _("`trend` needs at least two audits of different days or names")
        raise UsageError(Problem("", what, _("Name more audits, or the folder they are in.")))
    return trend([one.round() for one in rounds], links_between(rounds))


def links_between(rounds: Sequence[ReadRound]) -> list[Link]:
    """How each audit corresponds to the one before; what two rubrics have in common is worked out once."""
    found: dict[tuple[int, int], Link] = {}
    links = []
    for before, after in pairwise(rounds):
        key = id(before.rubric), id(after.rubric)
        if key not in found:
            found[key] = _link(before, after)
        links.append(found[key])
    return links


def require_one_subject(rounds: Sequence[ReadRound], any_subject: bool) -> None:
    """Raise UsageError where the audits are of different subjects and nobody asked for that."""
    first_of: dict[str, ReadRound] = {}
    for one in rounds:
        first_of.setdefault(folded(one.subject.name), one)
    if len(first_of) > 1 and not any_subject:
        named = list(first_of.values())[:_MOST]
        shown = listed(_("{file} has “{name}”").format(file=one.name, name=one.subject.name) for one in named)
        what = _("these audits are of different subjects: {list}").format(list=shown)
        hint = _("Compare audits of one subject, or say that it is one with --any-subject.")
        raise UsageError(Problem("", what, f"{look_alikes(one.subject.name for one in rounds)} {hint}".lstrip()))
