"""A whole run, once it is over: what its outputs say beside the rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from involve_audit.engine.overview import Overview
from involve_audit.model.audit import Sourced
from involve_audit.model.rubric import Rubric
from involve_audit.render.batch.follow_up import FollowUp


class Met(NamedTuple):
    """How the audits of a run meet those of the baseline: ids of those that only one of the two has, and of those
    that both have and that cannot be compared."""

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    not_comparable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What came of all audits together.

    `overviews` has one for each rubric; `failing` counts audits that failed a gate, `failed` does so by gate;
    `follow_ups` are the most urgent ones of `to_follow_up`. `others` counts files that hold no answers.
    """

    audits: int = 0
    not_scored: int = 0
    files: int = 0
    others: int = 0
    overviews: tuple[tuple[Sourced[Rubric], Overview], ...] = ()
    failed: Counter[str] = field(default_factory=Counter)
    failing: int = 0
    follow_ups: tuple[FollowUp, ...] = ()
    to_follow_up: int = 0
    baseline: Met | None = None
