"""Which audits to follow up first, and why. The order is by what needs talking about, never by the stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from involve_audit.engine.checks import (
    ANTI_PATTERN,
    NOT_ENOUGH_KNOWN,
    REGRESSION,
    UNEVIDENCED,
    UNHEARD,
    UNKNOWN,
)
from involve_audit.render.batch.outcome import Outcome, Scored
from involve_audit.words.many import BATCH, FOLLOW_UPS

_DISAGREEMENT, _FAILED = "disagreement", "failed"
# What is urgent, most urgent first.
_ORDER = (_FAILED, UNHEARD, NOT_ENOUGH_KNOWN, REGRESSION, ANTI_PATTERN, _DISAGREEMENT, UNKNOWN, UNEVIDENCED)

Urgency = tuple[int, ...]
"""Zero or less, most urgent first: what could not be assessed, then how much there is of each thing of `_ORDER`."""


class FollowUp(NamedTuple):
    """One audit to follow up. They sort by urgency, then by name. `problem` says why one could not be assessed."""

    urgency: Urgency
    id: str
    files: tuple[str, ...]
    subject: str
    stage: str
    problem: str
    perspective: str
    report: str
    failed: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """What there is to follow up, most urgent first: the gates that failed, then how much there is of what."""
        return (self.problem,) if self.problem else tuple(self._reasons())

    def _reasons(self) -> Iterator[str]:
        if self.failed:
            yield BATCH["fails"].format(gates=", ".join(self.failed))
        for name, less in zip(_ORDER[1:], self.urgency[2:], strict=True):
            if less:
                yield FOLLOW_UPS.of(name, -less, perspective=self.perspective)


def urgency(outcome: Outcome) -> Urgency:
    """How urgent it is to follow up an audit; all zeros where nothing is."""
    scored = outcome.scored
    if scored is None:
        return (-1,) + (0,) * len(_ORDER)
    numbers = {finding.check: len(finding.items) or 1 for finding in scored.concerns}
    numbers[_FAILED], numbers[_DISAGREEMENT] = len(scored.failed), len(scored.score.disagreements)
    return (0, *(-numbers.get(name, 0) for name in _ORDER))


def follow_up(outcome: Outcome) -> FollowUp:
    """An audit with what there is to follow up."""
    scored = outcome.scored
    return FollowUp(
        urgency=urgency(outcome),
        id=outcome.id,
        files=outcome.files,
        subject=scored.audit.subject.name if scored else "",
        stage=stage_in_words(scored) if scored else BATCH["not_scored"],
        problem="" if scored else outcome.problems[0].what,
        perspective=next(iter(scored.titles.perspectives.values()), "") if scored else "",
        report=outcome.report,
        failed=tuple(finding.check for finding in scored.failed) if scored else (),
    )


def stage_in_words(scored: Scored) -> str:
    """The stage, its range, or that not enough is known to name one."""
    if not scored.score.enough_known:
        return BATCH["little_known_here"]
    floor, ceiling = (scored.titles.shorts[stage] for stage in (scored.score.floor, scored.score.ceiling))
    return floor if floor == ceiling else BATCH["could_be"].format(stage=floor, ceiling=ceiling)
