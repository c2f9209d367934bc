"""`involve-audit rubric test`: a rubric's own scenarios, and how much of it they cover."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit.cli.writing import format_of, outputs_of, targets_of
from involve_audit.render.formats import FINDINGS


def command(
    rubrics: Annotated[list[str], typer.Argument(metavar="RUBRIC", help="Rubric files, or ids of rubrics.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail too where no scenario fails a gate, or comes to a stage.")
    ] = False,
    outputs: Annotated[list[str] | None, outputs_of(FINDINGS.formats)] = None,
    format_name: Annotated[str | None, format_of(FINDINGS)] = None,
) -> None:
    """Play through the scenarios that rubrics hold.

    It says what comes to another stage than it should, and which gates are never tried.
    """
    from involve_audit.authoring.rehearsal import rehearse_all
    from involve_audit.model.finding import Findings

    targets = targets_of(FINDINGS, outputs, format_name)
    found = Findings(rehearse_all(rubrics), strict)
    targets.write(lambda _options: found)
    found.refuse_what_does_not_pass()
