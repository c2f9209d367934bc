"""`involve-audit rubric check`: what an author gets wrong, found before anybody answers."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit.cli.writing import format_of, outputs_of, targets_of
from involve_audit.render.formats import FINDINGS


def command(
    rubrics: Annotated[list[str], typer.Argument(metavar="RUBRIC", help="Rubric files, or ids of rubrics.")],
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    outputs: Annotated[list[str] | None, outputs_of(FINDINGS.by_name)] = None,
    format_name: Annotated[str | None, format_of(FINDINGS)] = None,
    earlier: Annotated[
        str | None,
        typer.Option("--earlier", metavar="RUBRIC", help="Hold the version number against this earlier file, or id."),
    ] = None,
    git: Annotated[
        str | None,
        typer.Option(
            "--git", metavar="REVISION", help="Hold the version numbers against this version of the files in git."
        ),
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option(min=1, metavar="NUMBER", help="How many steps the whole check may take before it is cut off."),
    ] = None,
) -> None:
    """Check rubrics for what their authors get wrong.

    It finds stages out of reach, gates without effect, missing help, hard words and more. A search that is cut off is
    said, and never counts as a pass.
    """
    from involve_audit.authoring.check import check_all
    from involve_audit.model.finding import Findings
    from involve_audit.versions.earlier import earlier_by

    targets = targets_of(FINDINGS, outputs, format_name)
    found = Findings(check_all(rubrics, budget, earlier_by(rubrics, earlier, git)), strict)
    targets.write(lambda _options: found)
    found.refuse_what_does_not_pass()
