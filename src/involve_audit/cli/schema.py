"""`involve-audit schema`: the JSON Schema of each of the three files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from involve_audit.cli import output
from involve_audit.cli.speaking import LanguageOption


class File(StrEnum):
    """The three files."""

    rubric = "rubric"
    answers = "answers"
    record = "record"


def command(
    file: Annotated[File, typer.Argument(metavar="FILE", help="Which file's schema to print.")],
    outputs: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Print the JSON Schema of a rubric, an answers file or a record."""
    from involve_audit.render.schema import render

    text = render(file.value)
    output.write_all(dict.fromkeys(outputs or [output.STANDARD_OUTPUT], text))
