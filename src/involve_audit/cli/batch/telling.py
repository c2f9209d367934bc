"""What is said of a run once it is over, on standard error and to GitHub."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from involve_audit.cli import output
from involve_audit.cli.batch.inputs import left_alone
from involve_audit.cli.batch.request import Request
from involve_audit.cli.batch.scoring import Output
from involve_audit.cli.batch.totals import Totals
from involve_audit.cli.output import say, say_written
from involve_audit.engine.checks import Checks
from involve_audit.errors import GateFailed, InputError, Problem
from involve_audit.loading.gathering import Gathered
from involve_audit.render.batch.formats import GITHUB
from involve_audit.render.batch.run import Run
from involve_audit.render.batch.vocabulary import counted_batch


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
        count = Problem("", counted_batch("not_scored", totals.not_scored))
        raise InputError(count if annotated else totals.told_problems())
    if failures:
        raise GateFailed(failures)
