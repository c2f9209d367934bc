"""What came of all audits so far: the sums of what came of some at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice

from involve_audit.batch.scoring import MOST_FOLLOW_UPS, Batch
from involve_audit.engine.checks import Checks
from involve_audit.engine.overview import Tally, overview
from involve_audit.errors import Problem
from involve_audit.loading.answers_files import Gathered
from involve_audit.loading.rubrics import RubricsOfRun
from involve_audit.render.batch.outcome import FollowUp, Met, Run
from involve_audit.words.many import COUNTED_BATCH

_MOST_PROBLEMS = 49  # and the line that says how many more there are


@dataclass(slots=True)
class Totals:
    """Sums over all audits; of what grows with their number, only the first."""

    audits: int = 0
    not_scored: int = 0
    files: int = 0
    failing: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    tallies: dict[str, Tally] = field(default_factory=dict)
    urgent: list[FollowUp] = field(default_factory=list)
    to_follow_up: int = 0
    not_comparable: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0

    def add(self, batch: Batch) -> None:
        """Add what came of some more audits, in the order of the audits."""
        self.audits += batch.audits
        self.not_scored += batch.not_scored
        self.files += batch.files
        self.failing += batch.failing
        self.failed.update(batch.failed)
        self.to_follow_up += batch.to_follow_up
        self.not_comparable += batch.not_comparable
        self.urgent = list(islice(merge(self.urgent, batch.urgent), MOST_FOLLOW_UPS))
        room = _MOST_PROBLEMS - len(self.problems)
        self.problems += batch.problems[:room]
        self.more_problems += max(0, len(batch.problems) - room)
        for sha256, tally in batch.tallies.items():
            if sha256 in self.tallies:
                self.tallies[sha256].merge(tally)
            else:
                self.tallies[sha256] = tally

    def run(self, gathered: Gathered, rubrics: RubricsOfRun, met: Met | None) -> Run:
        """The whole run, for its outputs."""
        by_hash = {rubric.source.sha256: rubric for rubric in rubrics}
        return Run(
            audits=self.audits,
            not_scored=self.not_scored,
            files=self.files,
            others=gathered.others,
            overviews=tuple(
                (by_hash[sha256].source, overview(by_hash[sha256].compiled, self.tallies[sha256]))
                for sha256 in by_hash
                if sha256 in self.tallies
            ),
            failed=self.failed,
            failing=self.failing,
            follow_ups=tuple(self.urgent),
            to_follow_up=self.to_follow_up,
            baseline=met and met._replace(not_comparable=tuple(self.not_comparable)),
        )

    def told_problems(self) -> list[Problem]:
        """The first problems, and how many more there are."""
        left = self.more_problems
        return [*self.problems, *([Problem("", COUNTED_BATCH.of("more_problems", left))] if left else [])]

    def failures(self, checks: Checks) -> Iterable[Problem]:
        """Each check that failed, as it was asked for, with the number of audits."""
        for check, name in checks.asked_for():
            if count := self.failed[name]:
                yield Problem("", COUNTED_BATCH.of("fail", count, check=check))
