"""`involve-audit diff`: two audits of one subject, change by change, each with its cause."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from involve_audit import clock
from involve_audit.cli.writing import AnyRubrics, Look, Plain, Template, format_of, naming, outputs_of, targets_of
from involve_audit.engine.checks import FAIL_ON_CHANGE
from involve_audit.errors import CheckFailed, Problem, UsageError, require_checks
from involve_audit.language import _
from involve_audit.render.formats import COMPARISON

if TYPE_CHECKING:
    from involve_audit.loading.material import Material

Audits = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="BEFORE AFTER", help="Two audits: answers files, folders of them, or records, in any mixture."
    ),
]
InGit = Annotated[
    str | None,
    typer.Option(metavar="REVISION", help="Compare with this version in git. Name one file or folder, or none."),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(metavar="CHECK", help=naming("Exit with code 1 on {words}. Repeat for more.", FAIL_ON_CHANGE)),
]
AnySubject = Annotated[bool, typer.Option("--any-subject", help="Compare audits of different subjects too.")]


def command(
    audits: Audits = None,
    git: InGit = None,
    rubrics: AnyRubrics = None,
    outputs: Annotated[list[str] | None, outputs_of(COMPARISON.formats)] = None,
    format_name: Annotated[str | None, format_of(COMPARISON)] = None,
    fail_on: FailOn = None,
    any_subject: AnySubject = False,
    template: Template = None,
    plain: Plain = False,
) -> None:
    """Show what changed between two audits of one subject, and why.

    It says what only looks better, too. Without -o, one screen is printed first, and then every change.
    """
    from involve_audit.engine.comparing.comparison import compare, failures
    from involve_audit.loading.git import both_sides
    from involve_audit.loading.rounds import read_rounds, require_one_subject
    from involve_audit.render.comparing.diff_page import DiffPage

    look = Look(template=template, plain=plain, written=clock.time_to_state())
    targets = targets_of(COMPARISON, outputs, format_name, look)
    checks = require_checks(fail_on or [], FAIL_ON_CHANGE)
    found = both_sides(audits or [], git)
    _refuse_one_file_for_a_check(found, checks)
    before, after = read_rounds(found, rubrics or [], clock.today())
    require_one_subject([before, after], any_subject)
    comparison = compare(before, after)
    page = targets.write(partial(DiffPage, before, after, comparison, failed=failures(comparison, checks)))
    if page.failures:
        raise CheckFailed(Problem("", f"--fail-on {name}: {what}", hint) for name, what, hint in page.failures)


def _refuse_one_file_for_a_check(found: Sequence[Material], checks: Sequence[str]) -> None:
    """Raise UsageError where a check would look at a file and itself: it could never fail."""
    if checks and found[0].places == found[1].places:
        what = _("both sides are the same file, so that --fail-on could never fail: {file}").format(file=found[0].name)
        raise UsageError(Problem("", what, _("Name two different audits.")))
