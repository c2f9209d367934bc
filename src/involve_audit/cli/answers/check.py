"""`involve-audit answers check`: what is wrong with answers files, before anybody assesses them."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.speaking import LanguageOption


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Answers files.")],
    rubric: Annotated[
        str | None, typer.Option("--rubric", "-r", help="A rubric's id or file; else the one that each file names.")
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write .json, .sarif, .xml (JUnit) or .txt. Repeat for more."
        ),
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="The format for `-o -`: text, json, sarif or junit.")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Check answers files, each by itself: their format, and their answers against the rubric they name."""
    from involve_audit.authoring.check import check_answers
    from involve_audit.cli.findings import refuse_what_does_not_pass, write
    from involve_audit.render.findings.formats import FORMATS
    from involve_audit.render.formats import chosen

    formats = chosen(outputs or [], format_name, FORMATS)
    output.require_folders(formats)
    output.refuse_to_overwrite(list(formats), files)
    checked = check_answers(files, clock.today(), rubric)
    write(checked, strict=False, formats=formats)
    refuse_what_does_not_pass(checked, strict=False)
