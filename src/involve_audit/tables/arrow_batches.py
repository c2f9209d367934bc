"""Batches of Arrow, in which the rows of each audit stand together, scored one after the other in any process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from involve_audit.tables.arrow import ArrowRows, ArrowScorer, require_cells
from involve_audit.tables.layout import AUDIT
from involve_audit.tables.problems import RowProblem, RowProblems

if TYPE_CHECKING:
    from involve_audit.tables.arrow_results import ResultArrays
    from involve_audit.tables.cells import Vocabulary
    from involve_audit.tables.layout import Layout

PROBLEMS = pa.field("problems", pa.string())
"""The column of what is wrong with an audit. Where it says something, all others but the audit's name say nothing."""


class BatchWork(NamedTuple):
    """What it takes to score batches: data, which can be sent to any process that has this program.

    A batch has the columns of the layout, and one more at the end: the number of each row.
    """

    words: Vocabulary
    layout: Layout
    results: ResultArrays

    def schema_for(self, schema: Any) -> Any:
        """The columns of the results. Raises InputError where no batch of this schema could be scored."""
        require_cells("", schema, self.layout)
        self._scorer({})
        return self.results.schema.append(PROBLEMS)

    def scored(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The results in batches: a row for each audit, scored or not, and one for each row that names none."""
        problems, begun, last = dict[str | int, RowProblems](), list[Any](), None
        for results in self._results(self._scorer(problems, begun.append), batches):
            if begun:
                audits = begun.pop()
                if (again := audits[0].as_py()) == last:  # it has too many rows to be kept, and that was told
                    results = results.filter(pc.not_equal(results[AUDIT], again))
                    problems.pop(again, None)
                last = audits[-1].as_py()
            yield from _together(results, problems)
            problems.clear()

    def _results(self, scorer: ArrowScorer, batches: Iterable[Any]) -> Iterator[Any]:
        headings = self.layout.columns.headings
        for batch in batches:
            table = pa.Table.from_batches([batch])
            rows = ArrowRows(table, table.column(len(headings)).to_numpy(), "", headings)
            yield scorer.score(rows, is_last=False)
        yield scorer.finish()

    def _scorer(
        self, problems: dict[str | int, RowProblems], begun: Callable[[Any], None] | None = None
    ) -> ArrowScorer:
        """What scores; problems are put to the audits that have them."""

        def tell(problem: RowProblem) -> None:
            problems.setdefault(problem.audit or problem.row, RowProblems()).add(problem)

        return ArrowScorer(self.words, self.layout, self.results, tell, begun)


def _together(results: Any, problems: dict[str | int, RowProblems]) -> list[Any]:
    """Audits that were scored, and those that were not, as batches of one schema."""
    told = ["\n".join(one.sentences for one in kept.told("")) for kept in problems.values()]
    names = [name if isinstance(name, str) else None for name in problems]
    not_scored = pa.table([pa.array(names, pa.string()), pa.array(told, PROBLEMS.type)], [AUDIT, PROBLEMS.name])
    found: list[Any] = pa.concat_tables([results, not_scored], promote_options="default").combine_chunks().to_batches()
    return found
