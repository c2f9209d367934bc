"""`involve-audit answers combine`: many answers files of the same people as one."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit import clock
from involve_audit.errors import Problem, UsageError
from involve_audit.language import _

Notes = Annotated[bool, typer.Option("--notes", help="Keep notes, sorted, without whose they are.")]


def command(
    paths: Annotated[list[str], typer.Argument(metavar="VIEW", help="Answers files, folders with theirs, patterns.")],
    folder: Annotated[str, typer.Option("--output", "-o", metavar="FOLDER", help="Write them into this folder.")],
    rubric: Annotated[
        str | None,
        typer.Option("--rubric", "-r", metavar="RUBRIC", help="A rubric's id or file; else that of each file."),
    ] = None,
    notes: Notes = False,
) -> None:
    """Put the answers of many people together, by who they are.

    All answers files of one audit and the same perspectives become one, and each counts as one voice. Who said what is
    not kept.
    """
    from involve_audit.collecting.combining import combine

    if folder.lower().endswith((".yaml", ".yml")):
        hint = _("Name a folder: there is a file for each group of people.")
        raise UsageError(Problem(folder, _("--output: this is no name of a folder"), hint))
    combine(paths, folder, clock.today(), rubric, notes)
