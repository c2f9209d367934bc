"""`involve-audit answers check`: what is wrong with answers files, before anybody assesses them."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import clock
from involve_audit.cli.writing import format_of, outputs_of, targets_of
from involve_audit.render.formats import FINDINGS


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Answers files.")],
    rubric: Annotated[
        str | None,
        typer.Option(
            "--rubric", "-r", metavar="RUBRIC", help="A rubric's id or file; else the one that each file names."
        ),
    ] = None,
    outputs: Annotated[list[str] | None, outputs_of(FINDINGS.formats)] = None,
    format_name: Annotated[str | None, format_of(FINDINGS)] = None,
) -> None:
    """Check answers files, each by itself.

    Their format is checked, and their answers against the rubric that they name.
    """
    from involve_audit.authoring.answers import check_answers
    from involve_audit.model.finding import Findings

    targets = targets_of(FINDINGS, outputs, format_name)
    found = Findings(check_answers(files, clock.today(), rubric))
    targets.write(lambda _options: found)
    found.refuse_what_does_not_pass()
