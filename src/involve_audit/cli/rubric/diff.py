"""`involve-audit rubric diff`: two versions of a rubric, and whether the version number says what changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from involve_audit import clock, output, terminal
from involve_audit.cli.speaking import LanguageOption


def command(
    versions: Annotated[
        list[str], typer.Argument(metavar="OLD NEW", help="Two versions of a rubric: files or ids. With --git: one.")
    ],
    git: Annotated[
        str | None, typer.Option(metavar="REV", help="Compare the file with this version of it in git.")
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Say what is touched in this answers file, or in a folder. Repeat for more."),
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write .json or .txt. Repeat for more."),
    ] = None,
    format_name: Annotated[str | None, typer.Option("--format", help="The format for `-o -`: text or json.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no weight.")] = False,
    language: LanguageOption = None,
) -> None:
    """Show what changed in a rubric, whether its version number says so, and which stored answers are touched."""
    from involve_audit.render.formats import chosen
    from involve_audit.render.options import Options
    from involve_audit.versions.both import both_versions, views_at
    from involve_audit.versions.diff import RubricDiff
    from involve_audit.versions.formats import FORMATS

    formats = chosen(outputs or [], format_name, FORMATS)
    output.require_folders(formats)
    before, after = both_versions(versions, git)
    views = views_at(answers or [], clock.today())
    output.refuse_to_overwrite(list(formats), [before.file, after.file, *(view.file for view in views)])
    in_file = RubricDiff(before, after, views)
    printed = replace(in_file, options=Options(width=terminal.width(), colour=terminal.wants_colour(plain)))
    output.write_all(
        {name: entry.render(printed if name == output.STANDARD_OUTPUT else in_file) for name, entry in formats.items()}
    )
    output.say_written(formats)
