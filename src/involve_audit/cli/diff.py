"""`involve-audit diff`: two audits of one subject, change by change, each with its cause."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from involve_audit import clock, output
from involve_audit.cli.speaking import LanguageOption


def command(
    audits: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="BEFORE AFTER", help="Two audits: answers files, folders of them, or records, in any mixture."
        ),
    ] = None,
    git: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Compare with this version in git. Name one file or folder, or none."),
    ] = None,
    rubrics: Annotated[
        list[str] | None,
        typer.Option("--rubric", "-r", help="A rubric's id or file. Repeat for several versions."),
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write .html, .md, .json, .xml (JUnit) or .txt. Repeat for more."
        ),
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="The format for `-o -`: text, html, markdown, json or junit.")
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT", help="Exit with code 1 on: regression, unheard, not-comparable. Repeat for more."),
    ] = None,
    any_subject: Annotated[
        bool, typer.Option("--any-subject", help="Compare audits of different subjects too.")
    ] = False,
    template: Annotated[
        str | None, typer.Option(metavar="DIR", help="Take templates from this folder first: your house style.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no weight.")] = False,
    language: LanguageOption = None,
) -> None:
    """Show what changed between two audits of one subject, why, and what only looks better.

    Without -o, one screen is printed first, and then every change.
    """
    from involve_audit.cli.comparing import (
        check,
        compared,
        require_checks,
        require_one_subject,
        require_templates_for,
        write,
    )
    from involve_audit.cli.sides import materials, refuse_one_file_for_a_gate
    from involve_audit.cli.writing import Look
    from involve_audit.loading.rounds import read_rounds
    from involve_audit.loading.rubrics import Rubrics
    from involve_audit.render.comparing.formats import DIFF_FORMATS
    from involve_audit.render.comparing.report import DiffReport
    from involve_audit.render.formats import chosen
    from involve_audit.render.options import Options

    formats = chosen(outputs or [], format_name, DIFF_FORMATS)
    look = Look(template=template, plain=plain)
    output.require_folders(formats)
    require_templates_for(formats, look)
    checks = require_checks(fail_on or [])
    found = materials(audits or [], git)
    refuse_one_file_for_a_gate(found, checks)
    output.refuse_to_overwrite(list(formats), [file.file for one in found for file in one.files])
    before, after = read_rounds(found, Rubrics(rubrics or []), clock.today())
    require_one_subject([before, after], any_subject)
    report = partial(DiffReport, before, after, compared(before, after), checks=checks)
    write(report, formats, look)
    check(report(Options()))
