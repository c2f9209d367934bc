"""`involve-audit answers read`: what came back, in whatever form, as answers files."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import clock
from involve_audit.cli.answers.combine import Notes
from involve_audit.errors import UsageError


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
    from involve_audit.model.names import is_sound_id, no_audit_id

    if audit is not None and not is_sound_id(audit):
        raise UsageError(no_audit_id(audit))
    found = load_rubric(rubric) if rubric is not None else None
    assumed = Assumed(clock.today(), found, subject, audit, perspective, columns, notes)
    Intake(assumed, separate, notes).read(names, target)
