"""All audits through the scorer, some at a time and by as many processes as are of use, into the outputs in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from importlib.util import find_spec
from itertools import chain, islice
from typing import TYPE_CHECKING

from involve_audit import clock, interruptions, output
from involve_audit.batch.outputs import Outputs
from involve_audit.batch.progress import shown_for, tell_of_loss
from involve_audit.batch.scoring import Scorer, Task
from involve_audit.batch.totals import Totals
from involve_audit.batch.workers import Work, results
from involve_audit.errors import require_stage
from involve_audit.language import number
from involve_audit.loading.answers_files import gather
from involve_audit.loading.baseline import load_baseline
from involve_audit.loading.rubrics import rubrics_for
from involve_audit.words.many import BATCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from involve_audit.batch.cache import Cache
    from involve_audit.batch.expected import Expected
    from involve_audit.batch.reports import Reports
    from involve_audit.batch.request import Request
    from involve_audit.batch.scoring import Portion
    from involve_audit.loading.answers_files import Gathered
    from involve_audit.loading.baseline import Baseline
    from involve_audit.render.formats import Format

_AT_ONCE, _AT_ONCE_WITH_REPORTS = 32, 4
"""How many audits a process is given at a time."""
_FEW, _FEW_WITH_REPORTS = 200, 20
"""So few audits that a second process is not worth its start."""
MOST_FOR_A_PROCESSOR = 4


def run(request: Request, fewer_than: int | None) -> None:
    """Do what was asked for.

    Raises UsageError and OutputError, InputError where nothing was found to assess or, once all else is written,
    where an audit could not be assessed, and CheckFailed where one failed a check.
    """
    checks = request.checks()
    asked_for = request.chosen_outputs(checks, fewer_than)
    formats = request.formats_of_reports()
    files = [entry.name for entry in asked_for]
    output.require_places(files)
    with ExitStack() as stack:
        reports = _reports(request, formats, fewer_than, stack)
        expected = _expected(request)
        gathered = gather(request.names(), with_digests=request.cache is not None)
        if gathered.problems or not (request.allow_none or expected):
            gathered.require_some()
        if not (gathered or expected):
            return
        rubrics = rubrics_for(gathered.rubrics, request.rubric)
        require_stage(checks.fail_under, [stage for rubric in rubrics for stage in rubric.compiled.stages])
        baseline = stack.enter_context(closing(load_baseline(request.baseline))) if request.baseline else None
        outputs = stack.enter_context(Outputs(asked_for))
        of_rows = tuple(entry._replace(setting=entry.setting.of_rows) for entry in asked_for)
        scorer = Scorer(rubrics, of_rows, checks, clock.today(), baseline is not None, fewer_than, reports, expected)
        totals = score_all(scorer, outputs, gathered, baseline, request)
        whole = totals.run(gathered, rubrics, baseline, expected)
        outputs.complete(whole)
        interruptions.stop_if_asked()
        with interruptions.put_off():  # nobody stops the program while files take their places
            output.require_places(files)
            if reports is not None:
                reports.commit()
            outputs.commit()
        if not request.quiet:
            tell([*files, *([request.reports] if request.reports is not None else [])], gathered)
        totals.tell()
        outputs.print(whole)
        outputs.add_to_summary_of_job(whole)
    totals.conclude(checks, outputs.are_annotated)


def _reports(request: Request, formats: Sequence[Format], fewer_than: int | None, stack: ExitStack) -> Reports | None:
    """The reports that were asked for, to be cleared away with the stack."""
    if request.reports is None:
        return None
    from involve_audit.batch.reports import reports_in

    return stack.enter_context(reports_in(request.reports, formats, fewer_than))


def _expected(request: Request) -> Expected | None:
    """Whose answers are expected; None where that was not said."""
    if request.expected is None:
        return None
    from involve_audit.batch.expected import Expected
    from involve_audit.loading.services import load_services

    return Expected.of(load_services(request.expected).services)


def score_all(
    scorer: Scorer, outputs: Outputs, gathered: Gathered, baseline: Baseline | None, request: Request
) -> Totals:
    """Score every audit and add its rows to the outputs. Raises OutputError."""
    totals, total, cache = Totals(), len(gathered), _cache(request)
    shows = shown_for(total, request.quiet, request.plain)
    work = Work(_scoring(scorer, cache), lambda tasks: [[task] for task in tasks], scorer.give_up, tell_of_loss)
    jobs = _jobs(gathered, baseline, _AT_ONCE_WITH_REPORTS if scorer.reports else _AT_ONCE)
    processes = _processes(request.jobs, total, bool(scorer.reports))
    if request.jobs is not None and request.jobs > processes and not request.quiet:
        output.say(BATCH["fewer_processes"].format(jobs=number(request.jobs), processes=number(processes)))
    scored = results(jobs, work, processes)
    try:
        for portion in chain([scorer.name_problems(gathered.problems)], scored):
            totals.add(portion.totals)
            outputs.add(portion.rows)
            if cache:
                cache.add(portion.fresh, portion.fault)
            interruptions.stop_if_asked()
            shows.advance(portion.totals.files)
    finally:
        shows.end()
        scored.close()
    if cache:
        cache.end()
    return totals


def _cache(request: Request) -> Cache | None:
    """What earlier runs kept, None where that was not asked for or is of no use."""
    if request.cache is None:
        return None
    if request.reports is not None:
        output.say(BATCH["cache_and_reports"])
        return None
    try:
        from involve_audit.batch.cache import cache_in
    except ImportError:  # pragma: no cover - a Python that was built without SQLite
        output.say(BATCH["cache_not_used"].format(folder=request.cache, reason=BATCH["no_sqlite"]))
        return None
    return cache_in(request.cache)


def _scoring(scorer: Scorer, cache: Cache | None) -> Callable[[Sequence[Task]], Portion]:
    if cache is None:
        return scorer.score
    from involve_audit.batch.unchanged import Unchanged

    return Unchanged(scorer, cache).score


def _jobs(gathered: Gathered, baseline: Baseline | None, size: int) -> Iterator[list[Task]]:
    tasks = (
        Task(place, group, baseline.line(group.id) if baseline else None)
        for place, group in enumerate(gathered.groups(), 1)
    )
    while job := list(islice(tasks, size)):
        yield job


def _processes(asked_for: int | None, audits: int, with_reports: bool) -> int:
    """As many processes as were asked for and are of use, or one for each processor where that is worth it."""
    if find_spec("_multiprocessing") is None:  # as in a browser
        return 1
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if asked_for is not None:
        return min(asked_for, MOST_FOR_A_PROCESSOR * processors)
    return 1 if audits < (_FEW_WITH_REPORTS if with_reports else _FEW) else processors


def tell(written: Sequence[str], gathered: Gathered) -> None:
    """What was written, and what was not read."""
    output.say_written(written)
    if gathered.others:
        output.say(gathered.left_alone)
