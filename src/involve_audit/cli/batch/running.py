"""One run over many audits, from what was asked for to its outputs and its exit code."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any

from involve_audit.cli import clock, output
from involve_audit.cli.batch.inputs import inputs_of
from involve_audit.cli.batch.pipeline import score_all
from involve_audit.cli.batch.request import Request, require_stage
from involve_audit.cli.batch.scoring import Scorer
from involve_audit.cli.batch.telling import add_to_summary_of_job, conclude, tell
from involve_audit.cli.batch.writing import Writing
from involve_audit.cli.interruptions import stop_if_asked
from involve_audit.loading.baseline import Baseline, load_baseline
from involve_audit.loading.gathering import Gathered
from involve_audit.loading.many import rubrics_for
from involve_audit.render.batch.run import Met
from involve_audit.render.formats import Format
from involve_audit.render.options import Options

if TYPE_CHECKING:
    from involve_audit.cli.batch.reports import Reports


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
    from involve_audit.cli.batch.reports import reports_in

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
