"""`involve-audit rubric check`: what an author gets wrong, found before anybody answers."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import output
from involve_audit.cli.speaking import LanguageOption


def command(
    rubrics: Annotated[list[str], typer.Argument(metavar="RUBRIC", help="Rubric files, or ids of rubrics.")],
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write .txt, .json, .sarif or .xml (JUnit). Repeat for more."
        ),
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="The format for `-o -`: text, json, sarif or junit.")
    ] = None,
    earlier: Annotated[
        str | None,
        typer.Option("--earlier", metavar="RUBRIC", help="Hold the version number against this earlier file, or id."),
    ] = None,
    git: Annotated[
        str | None,
        typer.Option("--git", metavar="REV", help="Hold the version numbers against this version of the files in git."),
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option(min=1, metavar="STEPS", help="How many steps each search may take before it is cut off."),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Check rubrics beyond their format: stages out of reach, gates without effect, missing help, hard words.

    A search that is cut off is said, and never counts as a pass.
    """
    from involve_audit.authoring.check import check_all
    from involve_audit.authoring.version import earlier_by
    from involve_audit.cli.findings import refuse_what_does_not_pass, write
    from involve_audit.engine.reachability import NODES
    from involve_audit.render.findings.formats import FORMATS
    from involve_audit.render.formats import chosen

    formats = chosen(outputs or [], format_name, FORMATS)
    output.require_folders(formats)
    checked = check_all(rubrics, budget or NODES, earlier_by(rubrics, earlier, git))
    output.refuse_to_overwrite(list(formats), [one.file for one in checked])
    write(checked, strict, formats)
    refuse_what_does_not_pass(checked, strict)
