"""`involve-audit answers read`: what came back, in whatever form, as answers files."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from involve_audit import clock
from involve_audit.cli.answers.combine import Notes
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _


def command(
    names: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Saved forms, e-mails, codes; - reads a code here."),
    ],
    target: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Write one answers file, or into a folder: end it in /."),
    ],
    rubric: Annotated[
        str | None,
        typer.Option("--rubric", "-r", metavar="RUBRIC", help="A rubric's id or file; else that of each response."),
    ] = None,
    subject: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What is looked at, where a response does not say it.")
    ] = None,
    audit: Annotated[
        str | None, typer.Option(metavar="ID", help="The audit, where a response does not say it.")
    ] = None,
    perspective: Annotated[
        str | None, typer.Option(metavar="PERSPECTIVE", help="Who answers, where a response does not say it.")
    ] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="FILE", help="Which column of a table is which question.")
    ] = None,
    separate: Annotated[bool, typer.Option("--separate", help="Keep each response by itself.")] = False,
    notes: Notes = False,
) -> None:
    """Read what came back, and write answers files.

    What a file is, is told by what is in it. Several responses in one file are put together, unless --separate.
    """
    from involve_audit.collecting.reading import Intake
    from involve_audit.loading.responses.received import Assumed
    from involve_audit.loading.rubric import load_rubric
    from involve_audit.model.view import AUDIT_ID

    if audit is not None and not re.fullmatch(AUDIT_ID, audit):
        what = _("--audit: `{given}` is not the id of an audit").format(given=audit)
        raise UsageError(
            Problem("", what, _("Write small letters, figures and hyphens, such as riverside-2026-11-22."))
        )
    found = load_rubric(rubric) if rubric is not None else None
    assumed = Assumed(clock.today(), found, subject, audit, perspective, columns, notes)
    Intake(assumed, separate, notes).read(names, target)
