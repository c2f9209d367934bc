from __future__ import annotations

from typing import Annotated

import typer

from involve_audit.cli.speaking import LanguageOption


def command(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Answers files, folders with all theirs, patterns.")
    ] = None,
    files_from: Annotated[
        str | None, typer.Option("--files-from", metavar="FILE", help="Take names from a list too; - reads it here.")
    ] = None,
    rubric: Annotated[
        str | None, typer.Option("--rubric", "-r", help="A rubric's id or file, for all; else what each file names.")
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write .csv .json .jsonl .xml .sarif .md .html .txt."),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option("--format", help="What to print: text, csv, json, jsonl, junit, sarif, github, markdown or html."),
    ] = None,
    long: Annotated[bool, typer.Option("--long", help="In .csv: one row an item, not one row an audit.")] = False,
    reports: Annotated[
        str | None, typer.Option(metavar="DIR", help="Write each audit's own report into this folder.")
    ] = None,
    report_formats: Annotated[
        list[str] | None,
        typer.Option("--report-format", metavar="FORMAT", help="html, markdown, text or record. Repeat for more."),
    ] = None,
    fail_under: Annotated[
        str | None, typer.Option(metavar="STAGE", help="Exit with code 1 if a stage is lower, or too little is known.")
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="The same for: unknown, unheard, anti-pattern, unevidenced, not-enough-known, regression. Repeat.",
        ),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="RECORDS", help="Compare with an earlier run: its .jsonl, .json or records.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="How many processes; else what is sensible.")
    ] = None,
    allow_none: Annotated[
        bool, typer.Option("--allow-none", help="Finding no answers file at all is no error.")
    ] = False,
    publish: Annotated[bool, typer.Option("--publish", help="For sharing: no free text, no small numbers.")] = False,
    fewer_than: Annotated[
        str | None, typer.Option(metavar="N", help="With --publish: hide numbers under N, not under 5.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, and no word on what was written.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no moving bar.")] = False,
    language: LanguageOption = None,
) -> None:
    """Assess many audits, and write what a person or a machine needs of all of them.

    A file that cannot be read is a result like any other; all others are assessed. Views that share an `audit:` line
    are one audit.
    """
    from involve_audit.batch.request import Request
    from involve_audit.batch.run import run
    from involve_audit.cli.sharing import bound_of

    request = Request(
        paths=tuple(paths or ()),
        files_from=files_from,
        rubric=rubric,
        outputs=tuple(outputs or ()),
        format_name=format_name,
        long=long,
        reports=reports,
        report_formats=tuple(report_formats or ()),
        fail_under=fail_under,
        fail_on=tuple(fail_on or ()),
        baseline=baseline,
        jobs=jobs,
        allow_none=allow_none,
        quiet=quiet,
        plain=plain,
    )
    run(request, bound_of(publish, fewer_than))
