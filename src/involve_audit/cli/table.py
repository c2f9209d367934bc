"""`involve-audit table`: audits that are rows of a table."""

from __future__ import annotations

from typing import Annotated

import typer

from involve_audit.cli.batch import Publish, Quiet
from involve_audit.cli.writing import FewerThan, Plain, bound_of, outputs_of
from involve_audit.render.formats import TABLES


def command(
    tables: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Tables: .csv .csv.gz .jsonl .parquet, or folders with such files."),
    ],
    outputs: Annotated[list[str] | None, outputs_of(TABLES.formats)] = None,
    rubric: Annotated[
        str | None,
        typer.Option("--rubric", "-r", metavar="RUBRIC", help="A rubric's id or file; else what the rows name."),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="FILE", help="Which column of a table is which question.")
    ] = None,
    group: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="In overviews: also by what stands in this column.")
    ] = None,
    long: Annotated[
        bool, typer.Option("--long", help="In .csv, .jsonl: one row an item, not one row an audit.")
    ] = False,
    details: Annotated[bool, typer.Option("--details", help="Also every other reading and every gate.")] = False,
    problems: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write what is wrong with rows here, not beside the results.")
    ] = None,
    spark: Annotated[
        str | None,
        typer.Option(metavar="MASTER", help="Let Spark do it, such as local[2]: Parquet into a folder of Parquet."),
    ] = None,
    publish: Publish = False,
    fewer_than: FewerThan = None,
    quiet: Quiet = False,
    plain: Plain = False,
) -> None:
    """Score audits that are rows of tables.

    A row that cannot be read is a problem in a table of its own; its audit is not scored, and all others are.
    """
    from involve_audit.tables.run import TableRequest, run

    request = TableRequest(
        inputs=tuple(tables),
        outputs=tuple(outputs or ()),
        rubric=rubric,
        columns=columns,
        group=group,
        problems=problems,
        long=long,
        details=details,
        fewer_than=bound_of(publish, fewer_than),
        quiet=quiet,
        plain=plain,
    )
    if spark is None:
        run(request)
    else:
        from involve_audit.spark import run as run_on_spark

        run_on_spark(request, spark)
