"""`involve-audit rubric test`: a rubric's own scenarios, and how much of it they cover."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import output
from involve_audit.cli.speaking import LanguageOption


def command(
    rubrics: Annotated[list[str], typer.Argument(metavar="RUBRIC", help="Rubric files, or ids of rubrics.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail too where no scenario fails a gate, or comes to a stage.")
    ] = False,
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
    """Play through the scenarios of rubrics: what should come to which stage, and which gates are never tried."""
    from involve_audit.authoring.check import rehearse_all
    from involve_audit.cli.findings import refuse_what_does_not_pass, write
    from involve_audit.render.findings.formats import FORMATS
    from involve_audit.render.formats import chosen

    formats = chosen(outputs or [], format_name, FORMATS)
    output.require_folders(formats)
    tested = rehearse_all(rubrics)
    output.refuse_to_overwrite(list(formats), [one.file for one in tested])
    write(tested, strict, formats)
    refuse_what_does_not_pass(tested, strict)
