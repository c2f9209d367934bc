"""`involve-audit rubric diff`: two versions of a rubric, and whether the version number says what changed."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from involve_audit import clock
from involve_audit.cli.writing import Look, Plain, format_of, outputs_of, targets_of
from involve_audit.render.formats import RUBRIC_CHANGES


def command(
    versions: Annotated[
        list[str], typer.Argument(metavar="OLD NEW", help="Two versions of a rubric: files or ids. With --git: one.")
    ],
    git: Annotated[
        str | None, typer.Option(metavar="REVISION", help="Compare the file with this version of it in git.")
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Say what is touched in this answers file, or in a folder. Repeat for more."),
    ] = None,
    outputs: Annotated[list[str] | None, outputs_of(RUBRIC_CHANGES.formats)] = None,
    format_name: Annotated[str | None, format_of(RUBRIC_CHANGES)] = None,
    plain: Plain = False,
) -> None:
    """Show what changed between two versions of a rubric.

    It says whether the version number fits, and which stored answers are touched.
    """
    from involve_audit.loading.audit import views_at
    from involve_audit.versions.diff import RubricDiff
    from involve_audit.versions.earlier import both_versions

    targets = targets_of(RUBRIC_CHANGES, outputs, format_name, Look(plain=plain))
    before, after = both_versions(versions, git)
    views = views_at(answers or [], clock.today())
    targets.write(partial(RubricDiff, before, after, views))
