"""`involve-audit rubric show`: a rubric for people, its rule in words."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from involve_audit.cli.writing import Look, Plain, Template, format_of, outputs_of, targets_of
from involve_audit.render.formats import RUBRIC


def command(
    rubric: Annotated[str, typer.Argument(metavar="RUBRIC", help="A rubric's id or file.")],
    outputs: Annotated[list[str] | None, outputs_of(RUBRIC.formats)] = None,
    format_name: Annotated[str | None, format_of(RUBRIC)] = None,
    template: Template = None,
    plain: Plain = False,
) -> None:
    """Show a rubric: its rule in words, and every question.

    The questions stand by their numbers. A .html or .md file has the help with them too.
    """
    from involve_audit.loading.rubric import load_rubric
    from involve_audit.render.rubric_page import RubricPage

    targets = targets_of(RUBRIC, outputs, format_name, Look(template=template, plain=plain))
    found = load_rubric(rubric)
    targets.write(partial(RubricPage, found))
