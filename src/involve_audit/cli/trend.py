"""`involve-audit trend`: a series of audits of one subject over time."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.speaking import LanguageOption


def command(
    audits: Annotated[
        list[str] | None,
        typer.Argument(metavar="AUDIT", help="Answers files, records, or folders of them; each audit once."),
    ] = None,
    rubrics: Annotated[
        list[str] | None,
        typer.Option("--rubric", "-r", help="A rubric's id or file. Repeat for several versions."),
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write .html, .md, .json or .txt. Repeat for more."),
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="The format for `-o -`: text, html, markdown or json.")
    ] = None,
    any_subject: Annotated[
        bool, typer.Option("--any-subject", help="Put audits of different subjects together.")
    ] = False,
    template: Annotated[
        str | None, typer.Option(metavar="DIR", help="Take templates from this folder first: your house style.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no weight.")] = False,
    language: LanguageOption = None,
) -> None:
    """Show how a series of audits went: the stage and themes over time, and what keeps coming back.

    A folder stands for every audit in it and in the folders directly in it.
    """
    from involve_audit.cli.comparing import over_time, require_one_subject, require_templates_for, write
    from involve_audit.cli.writing import Look
    from involve_audit.loading.rounds import read_rounds
    from involve_audit.loading.rubrics import Rubrics
    from involve_audit.loading.series import in_order, materials_at
    from involve_audit.render.comparing.formats import TREND_FORMATS
    from involve_audit.render.comparing.trend_report import TrendReport
    from involve_audit.render.formats import chosen

    formats = chosen(outputs or [], format_name, TREND_FORMATS)
    look = Look(template=template, plain=plain)
    output.require_folders(formats)
    require_templates_for(formats, look)
    found = materials_at(audits or [])
    output.refuse_to_overwrite(list(formats), [file.file for one in found for file in one.files])
    rounds, left_out = in_order(read_rounds(found, Rubrics(rubrics or []), clock.today()))
    require_one_subject(rounds, any_subject)
    write(partial(TrendReport, rounds, over_time(rounds), left_out), formats, look)
