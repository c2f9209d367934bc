"""`involve-audit rubric show`: a rubric for people, its rule in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from involve_audit import output, terminal
from involve_audit.cli.speaking import LanguageOption


def command(
    rubric: Annotated[str, typer.Argument(metavar="RUBRIC", help="A rubric's id or file.")],
    outputs: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write .html, .md or .txt. Repeat for more."),
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="The format for `-o -`: text, html or markdown.")
    ] = None,
    template: Annotated[
        str | None, typer.Option(metavar="DIR", help="Take templates from this folder first: your house style.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no weight.")] = False,
    language: LanguageOption = None,
) -> None:
    """Show a rubric: its rule in words, and every question, theme by theme. A file has the help with them too."""
    from involve_audit.loading.rubric import load_rubric
    from involve_audit.render.formats import chosen
    from involve_audit.render.options import Options
    from involve_audit.render.rubric_formats import FORMATS
    from involve_audit.render.rubric_page import RubricPage
    from involve_audit.render.template_files import require_templates

    formats = chosen(outputs or [], format_name, FORMATS)
    output.require_folders(formats)
    templates = Path(template) if template else None
    if templates:
        require_templates(templates)
    found = load_rubric(rubric)
    output.refuse_to_overwrite(list(formats), [found.file])
    in_file = Options(templates=templates)
    on_terminal = replace(in_file, width=terminal.width(), colour=terminal.wants_colour(plain))
    output.write_all(
        {
            name: form.render(RubricPage(found, on_terminal if name == output.STANDARD_OUTPUT else in_file))
            for name, form in formats.items()
        }
    )
    output.say_written(formats)
