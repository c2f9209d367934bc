"""A run whose results are Parquet: by columns where its tables are Parquet as well, and else row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, cast

import pyarrow.parquet as pq

from involve_audit import interruptions, output
from involve_audit.output import Pending
from involve_audit.tables.arrow import ArrowScorer, joined
from involve_audit.tables.arrow_results import ResultArrays
from involve_audit.tables.layout import AUDIT
from involve_audit.tables.parquet import NamesBegun, ParquetRows
from involve_audit.tables.scoring import RowReader, ScoredAudit, Scoring
from involve_audit.words.many import COUNTED_BATCH

if TYPE_CHECKING:
    from involve_audit.loading.rubrics import Ready
    from involve_audit.tables.cells import Vocabulary
    from involve_audit.tables.problems import RowProblems
    from involve_audit.tables.run import TableRequest

MOST_IN_MEMORY = 2_000_000
"""How many rows of Parquet are put together in memory, where those of audits stand apart; more are on the disk."""
_AT_ONCE = 4_096
"""So many audits that are scored row by row are written at a time."""


def run_columns(
    request: TableRequest,
    names: Sequence[str],
    rubric: Ready,
    readers: Sequence[RowReader],
    words: Vocabulary,
    problems: RowProblems,
) -> None:
    """Write results to these files. Where the rows of an audit turn out to stand apart, begin again, row by row.

    Raises InputError where a table has a column that no cell can be of, and OutputError.
    """
    run = _ColumnsRun(readers, words, ResultArrays(rubric, request.details, request.long), problems)
    of_files = tuple(problems.first)
    ways = [run.by_rows, run.put_together]
    if run.is_of_columns and not request.long:
        ways = [run.by_columns, run.at_once if run.fits_in_memory else run.put_together]
    for way in ways:
        problems.begin(of_files)
        if _written(names, run.results.schema, way()):
            break
    beside = [request.problems_file] if request.problems_file and len(names) == len(request.outputs) else []
    for name in beside:
        output.write_all({name: problems.document()})
    if not request.quiet:
        output.say_written([*names, *beside])
        output.say(COUNTED_BATCH.of("scored", run.scored, rows=COUNTED_BATCH.of("rows", run.rows)))
    if run.not_scored:
        output.say(COUNTED_BATCH.of("not_scored", run.not_scored))


def _written(names: Sequence[str], schema: Any, tables: Iterator[Any]) -> bool:
    """Write tables to files; nothing, and False, where None is among them."""
    with ExitStack() as stack:
        files = [Pending(name) for name in names]
        for file in files:
            stack.callback(file.discard)
        writers = [stack.enter_context(pq.ParquetWriter(file.stream, schema)) for file in files]
        for table in tables:
            if table is None:
                return False
            for writer in writers:
                writer.write_table(table)
            interruptions.stop_if_asked()
        for writer in writers:
            writer.close()
        with interruptions.put_off():
            output.put_in_place(files)
    return True


class _ColumnsRun:
    """Results as tables, some audits at a time; where they turn out to be of no use, None is the last of them."""

    def __init__(
        self, readers: Sequence[RowReader], words: Vocabulary, results: ResultArrays, problems: RowProblems
    ) -> None:
        self._readers, self._words, self.results, self._tell = readers, words, results, problems.add
        self.scored = self.not_scored = self.rows = 0

    @property
    def is_of_columns(self) -> bool:
        """Whether all tables have columns. Audits without names are named by rows, where there are several tables."""
        are_named = len(self._readers) == 1 or all(reader.layout.at(AUDIT) >= 0 for reader in self._readers)
        return are_named and all(isinstance(reader.table, ParquetRows) for reader in self._readers)

    def by_columns(self) -> Iterator[Any]:
        """The results of tables of Parquet."""
        with TemporaryFile() as kept:
            begun = NamesBegun(kept)
            for reader in self._readers:
                scorer = ArrowScorer(self._words, reader.layout, self.results, self._tell, begun.add)
                table = cast("ParquetRows", reader.table)
                for rows in table.batches(list(reader.layout.places.values())):
                    yield scorer.score(rows, is_last=False)
                yield scorer.finish()
                self._count(scorer)
            if begun.come_again():
                yield None

    @property
    def fits_in_memory(self) -> bool:
        """Whether there is one table, with few enough rows to put them together in memory."""
        rows = [cast("ParquetRows", reader.table).count for reader in self._readers]
        return len(rows) == 1 and rows[0] <= MOST_IN_MEMORY

    def at_once(self) -> Iterator[Any]:
        """The results of one table of Parquet, the rows of each audit put together before."""
        self.scored = self.not_scored = self.rows = 0
        reader = self._readers[0]
        batches = cast("ParquetRows", reader.table).batches(list(reader.layout.places.values()))
        scorer = ArrowScorer(self._words, reader.layout, self.results, self._tell)
        yield scorer.score_whole(joined(list(batches)))
        self._count(scorer)

    def by_rows(self) -> Iterator[Any]:
        """The results of any tables."""
        scoring = Scoring(self._readers, self._words, self._tell)
        yield from self._tables_of(scoring, scoring.standing_together())
        if scoring.come_again():
            yield None

    def put_together(self) -> Iterator[Any]:
        """The results of any tables, the rows of each audit put together before."""
        self.scored = self.not_scored = self.rows = 0
        scoring = Scoring(self._readers, self._words, self._tell)
        yield from self._tables_of(scoring, scoring.put_together())

    def _tables_of(self, scoring: Scoring, audits: Iterator[ScoredAudit]) -> Iterator[Any]:
        while some := list(islice(audits, _AT_ONCE)):
            yield self.results.of_scored(some)
        self._count(scoring)

    def _count(self, done: ArrowScorer | Scoring) -> None:
        self.scored, self.not_scored = self.scored + done.scored, self.not_scored + done.not_scored
        self.rows += done.rows
