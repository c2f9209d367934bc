"""Tables on Spark (docs/tables.md, "On Spark"): scored where they are, by what scores any table. Alone knows pyspark.

Spark puts the rows of each audit into one partition, one after another; workers go through partitions batch by batch.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from involve_audit import clock, output
from involve_audit.errors import InputError, Problem, UsageError
from involve_audit.language import _
from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.rubrics import made_ready
from involve_audit.render.pdf_library import how_to_install
from involve_audit.tables.cells import Vocabulary
from involve_audit.tables.layout import AUDIT, layout_of, mapping_for
from involve_audit.tables.parquet import require
from involve_audit.tables.problems import MOST_TOLD
from involve_audit.words.many import COUNTED_BATCH

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

    from involve_audit.loading.responses.mapping import ColumnMap
    from involve_audit.loading.rubrics import Ready
    from involve_audit.tables.layout import Layout
    from involve_audit.tables.run import TableRequest

_PLACE, _KEY = "place", "key"
_BLANKS = r"(?U)[\s\x1c-\x1f]+"  # in Java's words, what stands between words for Python
_PARQUET = ".parquet"
_SETTINGS = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


def score(df: DataFrame, rubric: str | Path, *, columns: str | None = None, details: bool = False) -> DataFrame:
    """Score audits that are rows of a data frame, as `involve_audit.tables.score` does.

    The columns are the same, and one more: `problems` says why an audit was not scored, and is null where it was.
    `rubric` is an id or a file, `columns` a file that says which column is which question, both where the driver runs;
    `details` adds every reading and every gate. Nothing is worked out before Spark is asked for it. Raises AuditError
    where no row could be read. Driver and workers need the extra `tables`.
    """
    from pyspark.sql import functions
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    from involve_audit.tables.arrow_batches import BatchWork
    from involve_audit.tables.arrow_results import ResultArrays

    ready, said, whole = _layout(df, str(rubric), columns)
    read = sorted(whole.places.values())
    layout = layout_of("", [df.columns[place] for place in read], ready, said)
    # By places: Spark takes a dot in the name of a column for something else, and may have a name twice.
    places = [f"c{place}" for place in range(len(df.columns))]
    rows = df.toDF(*places).select(
        *(places[place] for place in read), functions.monotonically_increasing_id().alias(_PLACE)
    )
    work = BatchWork(Vocabulary(ready, clock.today(), said.order_of_days), layout, ResultArrays(ready, details))
    schema = from_arrow_schema(work.schema_for(to_arrow_schema(rows.schema)))
    if (named := layout.at(AUDIT)) >= 0:
        name = functions.trim(functions.regexp_replace(rows[named].cast("string"), _BLANKS, " "))
        rows = rows.withColumn(_KEY, name).repartition(_KEY).sortWithinPartitions(_KEY, _PLACE).drop(_KEY)
    return rows.mapInArrow(work.scored, schema)


def _layout(df: DataFrame, rubric: str, columns: str | None) -> tuple[Ready, ColumnMap, Layout]:
    """The rubric, what somebody says of columns, and what the columns of a data frame hold by both."""
    ready = made_ready(load_rubric(rubric))
    said = mapping_for(columns, ready.source.content)
    said.require_headings(df.columns)
    return ready, said, layout_of("", df.columns, ready, said)


def run(request: TableRequest, master: str) -> None:
    """Score Parquet files by a session of Spark of its own, and write a folder of them.

    Raises UsageError; OutputError where a library is missing; InputError where nothing can be scored or written and,
    once all is written, where an audit could not be scored.
    """
    _require_what_spark_does(request)
    require()
    folder, rubric = request.outputs[0], request.rubric or ""
    with session(master) as spark:
        given = spark.read.parquet(*request.inputs)
        for line in () if request.quiet else _layout(given, rubric, request.columns)[2].told:
            output.say(line)
        score(given, rubric, columns=request.columns, details=request.details).write.parquet(folder)
        written = spark.read.parquet(folder).select(AUDIT, "problems")
        not_scored = written.where(written["problems"].isNotNull())
        count, first = not_scored.count(), not_scored.orderBy(AUDIT).limit(MOST_TOLD).collect()
        if not request.quiet:
            output.say_written([folder])
    if count:
        told = [Problem(audit or "", problems) for audit, problems in first]
        told += [Problem("", COUNTED_BATCH.of("more_problems", count - len(told)))] if count > len(told) else []
        raise InputError([*told, Problem(folder, COUNTED_BATCH.of("not_scored", count))])


def _require_what_spark_does(request: TableRequest) -> None:
    """Raise UsageError with everything that was asked for and that Spark is not for."""
    problems = []
    for given, option in (
        (request.group is not None, "--group"),
        (request.long, "--long"),
        (request.fewer_than is not None, "--publish"),
        (request.problems is not None, "--problems"),
    ):
        if given:
            what = _("{option} does not go with --spark").format(option=option)
            problems.append(Problem("", what, _("Leave one of the two out.")))
    if request.rubric is None:
        problems.append(Problem("", _("--spark needs to be told the rubric"), _("Name it: -r RUBRIC.")))
    if len(request.outputs) != 1 or not request.outputs[0].endswith(_PARQUET):
        what = _("Spark writes one folder of Parquet files")
        problems.append(Problem("", what, _("Name it: -o FOLDER.parquet.")))
    if problems:
        raise UsageError(problems)


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A session that is over afterwards. Raises InputError where there can be none, and for whatever fails in it."""
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        what, hint = _("Spark needs Java, and there is none here"), _("Install Java 17 or newer, or leave out --spark.")
        raise InputError(Problem("", what, hint))
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        what = _("Spark's library for Python is not installed")
        raise InputError(Problem("", what, how_to_install("pyspark[sql]"))) from None
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers have what this process has
    builder = SparkSession.builder.master(master).appName("involve-audit").config(map=_SETTINGS)
    is_own = SparkSession.getActiveSession() is None
    try:
        spark = builder.getOrCreate()
        try:
            yield spark
        finally:
            if is_own:
                spark.stop()
    except (PySparkException, Py4JError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise InputError(Problem("", _("Spark could not do it: {reason}").format(reason=reason))) from None
