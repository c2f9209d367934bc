"""Sums over audits: of those of one job, and of all jobs so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING

from involve_audit.batch.bounded import FirstOf
from involve_audit.batch.expected import Arrived
from involve_audit.engine.checks import MISSING
from involve_audit.engine.overview import Tally, overview
from involve_audit.errors import CheckFailed, InputError, Problem
from involve_audit.language import MOST_NAMED, first_of, listed
from involve_audit.output import say
from involve_audit.render.batch.outcome import NEW, NOT_COMPARABLE, FollowUp, Met, Outcome, Run, Scored
from involve_audit.render.publishing import of_one_person
from involve_audit.words.many import COUNTED_BATCH

if TYPE_CHECKING:
    from involve_audit.batch.expected import Expected
    from involve_audit.engine.checks import Checks
    from involve_audit.loading.answers_files import Gathered
    from involve_audit.loading.baseline import Baseline
    from involve_audit.loading.rubrics import RubricsOfRun

_MOST_FOLLOW_UPS = 100
_MOST_OF_FILES = 20
MOST_NOT_COMPARED = 1_000
_MOST_PROBLEMS = 49  # and the line that says how many more there are


@dataclass(slots=True)
class Totals:
    """Sums; of what grows with the number of audits, only the first. `tallies` are by the rubric's SHA-256."""

    audits: int = 0
    not_scored: int = 0
    files: int = 0
    failing: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    tallies: dict[str, Tally] = field(default_factory=dict)
    urgent: list[FollowUp] = field(default_factory=list)
    to_follow_up: int = 0
    not_compared: dict[str, FirstOf[tuple[str, str]]] = field(
        default_factory=lambda: {why: FirstOf(MOST_NOT_COMPARED) for why in (NEW, NOT_COMPARABLE)}
    )
    problems: FirstOf[Problem] = field(default_factory=lambda: FirstOf(_MOST_PROBLEMS))
    of_files: FirstOf[str] = field(default_factory=lambda: FirstOf(_MOST_OF_FILES))
    of_one_person: FirstOf[str] = field(default_factory=lambda: FirstOf(MOST_NAMED))
    arrived: Arrived = field(default_factory=Arrived)

    def count(self, outcome: Outcome, shown: Outcome) -> None:
        """Add one audit; `shown` is what may be told of it."""
        self.files += len(outcome.files)
        if any(outcome.urgency):
            self.follow_up([shown.follow_up], 1)
        if outcome.scored is None:
            self.not_scored += 1
            self.problems.add(outcome.problems)
        else:
            self._count_scored(outcome.id, outcome.scored)
            is_for_sharing = shown is not outcome
            self.of_one_person.add([shown.id] if is_for_sharing and of_one_person(outcome.scored.audit) else [])

    def _count_scored(self, audit: str, scored: Scored) -> None:
        self.audits += 1
        self.failing += bool(scored.failed)
        self.failed.update(concern.check for concern in scored.failed)
        self.of_files.add([f"{audit}: {sentence}" for sentence in scored.audit.about_files])
        if scored.not_compared:
            self.not_compared[scored.not_compared].add([(audit, scored.audit.subject.name)])
        sha256 = scored.audit.rubric.sha256
        if sha256 not in self.tallies:
            self.tallies[sha256] = Tally(scored.score.rubric, scored.below.rubric if scored.below else None)
        self.tallies[sha256].add(scored.score, scored.below)

    def add(self, others: Totals) -> None:
        """Add what came of some more audits, in the order of the audits."""
        self.audits += others.audits
        self.not_scored += others.not_scored
        self.files += others.files
        self.failing += others.failing
        self.failed.update(others.failed)
        for why, audits in others.not_compared.items():
            self.not_compared[why].merge(audits)
        self.of_one_person.merge(others.of_one_person)
        self.arrived.add(others.arrived)
        self.follow_up(others.urgent, others.to_follow_up)
        self.problems.merge(others.problems)
        self.of_files.merge(others.of_files)
        for sha256, tally in others.tallies.items():
            if sha256 in self.tallies:
                self.tallies[sha256].merge(tally)
            else:
                self.tallies[sha256] = tally

    def follow_up(self, urgent: Sequence[FollowUp], number: int) -> None:
        """Add so many audits to follow up, of which these are the most urgent."""
        self.urgent += urgent
        self.to_follow_up += number
        if len(self.urgent) > 2 * _MOST_FOLLOW_UPS:
            self.urgent = nsmallest(_MOST_FOLLOW_UPS, self.urgent)

    @property
    def most_urgent(self) -> tuple[FollowUp, ...]:
        """The most urgent audits to follow up."""
        return tuple(nsmallest(_MOST_FOLLOW_UPS, self.urgent))

    def run(
        self, gathered: Gathered, rubrics: RubricsOfRun, baseline: Baseline | None, expected: Expected | None
    ) -> Run:
        """The whole run, for its outputs."""
        awaited = self.arrived.awaited(expected) if expected else None
        self.failed[MISSING] = len(awaited.missing) if awaited else 0
        by_hash = {rubric.source.sha256: rubric for rubric in rubrics}
        return Run(
            audits=self.audits,
            not_scored=self.not_scored,
            files=self.files,
            others=gathered.others,
            left_alone=tuple(gathered.each_left_alone),
            about_files=tuple(self._about_files()),
            overviews=tuple(
                (by_hash[sha256].source, overview(by_hash[sha256].compiled, self.tallies[sha256]))
                for sha256 in by_hash
                if sha256 in self.tallies
            ),
            failed=self.failed,
            failing=self.failing,
            follow_ups=self.most_urgent,
            to_follow_up=self.to_follow_up,
            baseline=self._met(gathered, baseline) if baseline is not None else None,
            names={audit: name for audits in self.not_compared.values() for audit, name in audits.kept},
            awaited=awaited,
        )

    def _met(self, gathered: Gathered, baseline: Baseline) -> Met:
        here = {group.id for group in gathered.groups()}
        return Met(
            gone=tuple(sorted(audit for audit in baseline if audit not in here)),
            new=tuple(sorted(audit for audit in here if audit not in baseline)),
            not_comparable=tuple(audit for audit, _name in self.not_compared[NOT_COMPARABLE].kept),
            more_not_comparable=self.not_compared[NOT_COMPARABLE].more,
        )

    def tell(self) -> None:
        """Say what somebody should look at in the files, and of whom to ask something before sharing."""
        for sentence in self._about_files():
            say(sentence)
        if alone := self.of_one_person.kept:
            audits = ", ".join(first_of(alone, more=more)) if (more := self.of_one_person.more) else listed(alone)
            say(COUNTED_BATCH.of("of_one_person", len(alone) + more, audits=audits))

    def conclude(self, checks: Checks, are_annotated: bool) -> None:
        """Tell what went wrong, by the exit code too: an audit that could not be assessed weighs more than a check.

        Problems that stand in annotations are only counted: GitHub could take a line of a file for a command of its
        own. Raises InputError or CheckFailed.
        """
        failures = list(self._failures(checks))
        if self.not_scored:
            for failure in failures:
                say(str(failure))
            count = Problem("", COUNTED_BATCH.of("not_scored", self.not_scored))
            raise InputError(count if are_annotated else self._told_problems())
        if failures:
            raise CheckFailed(failures)

    def _about_files(self) -> list[str]:
        """The first sentences about files, and how many more there are."""
        more = self.of_files.more
        return [*self.of_files.kept, *([COUNTED_BATCH.of("more_files", more)] if more else [])]

    def _failures(self, checks: Checks) -> Iterator[Problem]:
        """Each check that failed, as it was asked for, with the number of audits."""
        for check, name in checks.asked_for():
            if count := self.failed[name]:
                yield Problem("", COUNTED_BATCH.of(MISSING if name == MISSING else "fail", count, check=check))

    def _told_problems(self) -> list[Problem]:
        """The first problems, and how many more there are."""
        left = self.problems.more
        return [*self.problems.kept, *([Problem("", COUNTED_BATCH.of("more_problems", left))] if left else [])]
