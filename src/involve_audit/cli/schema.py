"""`involve-audit schema`: the JSON Schema of each of our files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from involve_audit import output
from involve_audit.cli.writing import naming
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _


class File(StrEnum):
    """The files that have one."""

    rubric = "rubric"
    overlay = "overlay"
    answers = "answers"
    record = "record"
    diff = "diff"
    trend = "trend"


def command(
    file: Annotated[File, typer.Argument(metavar="KIND", help=naming("Of which kind of file: {words}.", File))],
    rubric: Annotated[
        str | None,
        typer.Option("--rubric", "-r", metavar="RUBRIC", help="For answers to this rubric alone: its id or file."),
    ] = None,
    outputs: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")
    ] = None,
) -> None:
    """Print the JSON Schema of one kind of our files.

    An editor shows by it what is wrong while somebody types.
    """
    from involve_audit.loading.rubric import load_rubric
    from involve_audit.render.schema import render

    if rubric is not None and file is not File.answers:
        what = _("--rubric goes with answers, not with {file}").format(file=file.value)
        raise UsageError(Problem("", what, _("Leave it out.")))
    text = render(file.value, load_rubric(rubric).content if rubric else None)
    output.write_all(dict.fromkeys(outputs or [output.STANDARD_OUTPUT], text))
