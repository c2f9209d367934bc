"""`involve-audit batch`: many audits in one run."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit.cli.writing import FewerThan, bound_of, naming
from involve_audit.engine.checks import FAIL_ON_OF_MANY
from involve_audit.render.formats import ASSESSMENT, MANY_AUDITS

_SUFFIXES = " ".join(form.suffixes[0] for form in MANY_AUDITS.formats if form.suffixes)
_NAMES = naming("What to print: {words}.", [form.name for form in MANY_AUDITS.by_name])
_REPORTS = naming("{words}. Repeat for more.", [form.name for form in ASSESSMENT.formats])

Paths = Annotated[
    list[str] | None, typer.Argument(metavar="PATH", help="Answers files, folders with all theirs, patterns.")
]
FilesFrom = Annotated[
    str | None, typer.Option("--files-from", metavar="FILE", help="Take names from a list too; - reads it here.")
]
UsedRubric = Annotated[
    str | None,
    typer.Option("--rubric", "-r", metavar="RUBRIC", help="A rubric's id or file, for all; else what each file names."),
]
Outputs = Annotated[list[str] | None, typer.Option("--output", "-o", metavar="FILE", help=f"Write {_SUFFIXES}.")]
FormatName = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=_NAMES)]
Long = Annotated[bool, typer.Option("--long", help="In .csv: one row an item, not one row an audit.")]
Reports = Annotated[str | None, typer.Option(metavar="FOLDER", help="Write each audit's own report into this folder.")]
ReportFormats = Annotated[list[str] | None, typer.Option("--report-format", metavar="FORMAT", help=_REPORTS)]
FailUnder = Annotated[
    str | None, typer.Option(metavar="STAGE", help="Exit with code 1 if a stage is lower, or too little is known.")
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(metavar="CHECK", help=naming("The same for {words}. Repeat for more.", FAIL_ON_OF_MANY)),
]
EarlierRun = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", help="Compare with an earlier run: its .jsonl or .json, a record, or a folder of them."
    ),
]
Expected = Annotated[
    str | None, typer.Option(metavar="FILE", help="A table of services: name those that have not answered yet.")
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, metavar="NUMBER", help="How many processes; else what is sensible.")
]
Kept = Annotated[
    str | None,
    typer.Option("--cache", metavar="FOLDER", help="Make anew only what has changed; keep the rest here."),
]
AllowNone = Annotated[bool, typer.Option("--allow-none", help="Finding no answers file at all is no error.")]
Publish = Annotated[bool, typer.Option("--publish", help="For sharing: no free text, no small numbers.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, and no word on what was written.")]
NoBar = Annotated[bool, typer.Option("--plain", help="Bare text: no colour, no tables, no moving bar.")]


def command(
    paths: Paths = None,
    files_from: FilesFrom = None,
    rubric: UsedRubric = None,
    outputs: Outputs = None,
    format_name: FormatName = None,
    long: Long = False,
    reports: Reports = None,
    report_formats: ReportFormats = None,
    fail_under: FailUnder = None,
    fail_on: FailOn = None,
    baseline: EarlierRun = None,
    expected: Expected = None,
    jobs: Jobs = None,
    cache: Kept = None,
    allow_none: AllowNone = False,
    publish: Publish = False,
    fewer_than: FewerThan = None,
    quiet: Quiet = False,
    plain: NoBar = False,
) -> None:
    """Assess many audits, and say what they have in common.

    It writes what a person or a machine needs of all of them. A file that cannot be read is a result like any
    other; all others are assessed. Views that share an `audit:` line are one audit.
    """
    from involve_audit.batch.request import Request
    from involve_audit.batch.run import run

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
        expected=expected,
        jobs=jobs,
        cache=cache,
        allow_none=allow_none,
        quiet=quiet,
        plain=plain,
    )
    run(request, bound_of(publish, fewer_than))
