"""All audits through the scorer, some at a time and by as many processes as are of use, into the outputs in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain, islice

from involve_audit.cli.batch.progress import shown_for
from involve_audit.cli.batch.request import Request
from involve_audit.cli.batch.scoring import Scorer, Task
from involve_audit.cli.batch.totals import Totals
from involve_audit.cli.batch.workers import Work, results
from involve_audit.cli.batch.writing import Writing
from involve_audit.cli.interruptions import stop_if_asked
from involve_audit.cli.output import say
from involve_audit.loading.baseline import Baseline
from involve_audit.loading.gathering import Gathered
from involve_audit.render.batch.vocabulary import BATCH

_AT_ONCE, _AT_ONCE_WITH_REPORTS = 32, 4
"""How many audits a process is given at a time."""
_FEW, _FEW_WITH_REPORTS = 200, 20
"""So few audits that a second process is not worth its start."""


def score_all(
    scorer: Scorer, writing: Writing, gathered: Gathered, baseline: Baseline | None, request: Request
) -> Totals:
    """Score every audit and add its rows to the outputs. Raises OutputError."""
    totals, total = Totals(), len(gathered)
    shows = shown_for(total, request.quiet, request.plain)
    work = Work(scorer.score, _one_by_one, scorer.give_up, _tell_of_loss)
    jobs = _jobs(gathered, baseline, _AT_ONCE_WITH_REPORTS if scorer.reports else _AT_ONCE)
    scored = results(jobs, work, _processes(request.jobs, total, bool(scorer.reports)))
    try:
        for batch in chain([scorer.name_problems(gathered.problems)], scored):
            totals.add(batch)
            writing.add(batch.rows)
            stop_if_asked()
            shows.advance(batch.files)
    finally:
        shows.end()
        scored.close()
    return totals


def _jobs(gathered: Gathered, baseline: Baseline | None, size: int) -> Iterator[list[Task]]:
    tasks = (
        Task(number, group, baseline.line(group.id) if baseline else None)
        for number, group in enumerate(gathered.groups(), 1)
    )
    while job := list(islice(tasks, size)):
        yield job


def _one_by_one(tasks: list[Task]) -> list[list[Task]]:
    return [[task] for task in tasks]


def _processes(asked_for: int | None, audits: int, with_reports: bool) -> int:
    """As many processes as were asked for, or one for each processor where that is worth it."""
    if asked_for is not None:
        return asked_for
    if audits < (_FEW_WITH_REPORTS if with_reports else _FEW):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tell_of_loss(exit_code: int | None) -> None:
    say(BATCH["lost"].format(signal=abs(exit_code or 0)))
