"""All audits through the scorer, some at a time and by as many processes as are of use, into the outputs in order."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from involve_audit import clock, output
from involve_audit.batch.outputs import Writing
from involve_audit.batch.progress import shown_for
from involve_audit.batch.request import Request, inputs_of, left_alone, require_stage
from involve_audit.batch.scoring import Output, Scorer, Task
from involve_audit.batch.totals import Totals
from involve_audit.batch.workers import Work, results
from involve_audit.engine.checks import Checks
from involve_audit.errors import GateFailed, InputError, Problem
from involve_audit.interruptions import stop_if_asked
from involve_audit.loading.answers_files import Gathered
from involve_audit.loading.baseline import Baseline, load_baseline
from involve_audit.loading.rubrics import rubrics_for
from involve_audit.output import say, say_written
from involve_audit.render.batch.outcome import Met, Run
from involve_audit.render.formats import GITHUB, Format
from involve_audit.render.options import Options
from involve_audit.words.many import BATCH, COUNTED_BATCH

if TYPE_CHECKING:
    from involve_audit.batch.reports import Reports

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


def run(request: Request, fewer_than: int | None) -> None:
    """Do what was asked for.

    Raises UsageError and OutputError, InputError where nothing was found to assess or, once all else is written,
    where an audit could not be assessed, and GateFailed where one failed a gate.
    """
    checks = request.checks()
    outputs = request.chosen_outputs(checks, fewer_than)
    formats = request.formats_of_reports()
    output.require_folders([*(entry.name for entry in outputs), *([request.reports] if request.reports else [])])
    gathered = inputs_of(request, outputs)
    if not gathered:
        return
    rubrics = rubrics_for(gathered.rubrics, request.rubric)
    require_stage(checks.fail_under, [stage for rubric in rubrics for stage in rubric.compiled.stages])
    with ExitStack() as stack:
        stack.enter_context(_on(signal.SIGTERM, _end))
        baseline = stack.enter_context(closing(load_baseline(request.baseline))) if request.baseline else None
        reports = _reports(request, formats, fewer_than, stack)
        writing = stack.enter_context(Writing(outputs))
        scorer = Scorer(rubrics, outputs, checks, clock.today(), baseline is not None, fewer_than, reports)
        totals = score_all(scorer, writing, gathered, baseline, request)
        whole = totals.run(gathered, rubrics, _met(gathered, baseline))
        writing.complete(whole)
        stop_if_asked()
        with _on(signal.SIGINT, signal.SIG_IGN):  # nobody stops the program while files take their places
            if reports is not None:
                reports.commit()
            writing.commit()
        writing.print(whole)
        add_to_summary_of_job(whole, outputs)
    tell(request, outputs, gathered)
    conclude(totals, checks, outputs)


def _reports(request: Request, formats: Sequence[Format], fewer_than: int | None, stack: ExitStack) -> Reports | None:
    """The reports that were asked for, to be cleared away with the stack."""
    if request.reports is None:
        return None
    from involve_audit.batch.reports import reports_in

    options = Options(written=clock.time_to_state())
    return stack.enter_context(reports_in(request.reports, formats, options, fewer_than))


def _met(gathered: Gathered, baseline: Baseline | None) -> Met | None:
    """Which audits only one of the two has."""
    if baseline is None:
        return None
    here = {group.id for group in gathered.groups()}
    return Met(
        gone=tuple(sorted(audit for audit in baseline if audit not in here)),
        new=tuple(sorted(audit for audit in here if audit not in baseline)),
    )


@contextmanager
def _on(number: signal.Signals, handler: Any) -> Iterator[None]:
    """Let a signal be handled otherwise for a while."""
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def _end(number: int, _frame: object) -> None:
    """End as a signal would, but clear away first."""
    raise SystemExit(128 + number)


def tell(request: Request, outputs: Sequence[Output], gathered: Gathered) -> None:
    """What was written, and what was not read."""
    if request.quiet:
        return
    say_written([*(entry.name for entry in outputs), *([request.reports] if request.reports is not None else [])])
    if gathered.others:
        say(left_alone(gathered))


def add_to_summary_of_job(run: Run, outputs: Sequence[Output]) -> None:
    """Add the overview to the summary of a job of GitHub Actions, where annotations were asked for."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    setting = next((entry.setting for entry in outputs if entry.format.name == GITHUB), None)
    if name and setting:
        from involve_audit.render.batch.github import MOST_BYTES, summary

        there = Path(name).stat().st_size if Path(name).is_file() else 0
        output.append(name, summary(run, setting, MOST_BYTES - there))


def conclude(totals: Totals, checks: Checks, outputs: Sequence[Output]) -> None:
    """Tell what went wrong, by the exit code too: an audit that could not be assessed weighs more than a gate.

    Problems that stand in annotations are only counted: GitHub could take a line of a file for a command of its own.
    Raises InputError or GateFailed.
    """
    failures = list(totals.failures(checks))
    if totals.not_scored:
        for failure in failures:
            say(str(failure))
        annotated = any(entry.format.name == GITHUB for entry in outputs)
        count = Problem("", COUNTED_BATCH.of("not_scored", totals.not_scored))
        raise InputError(count if annotated else totals.told_problems())
    if failures:
        raise GateFailed(failures)
