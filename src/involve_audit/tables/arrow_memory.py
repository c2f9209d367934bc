"""Whole tables in Arrow's memory: scored at once, with what is wrong with them beside the results."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from involve_audit import clock
from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.rubrics import made_ready
from involve_audit.tables.arrow import ArrowRows, ArrowScorer, require_cells
from involve_audit.tables.arrow_results import ResultArrays
from involve_audit.tables.cells import Vocabulary
from involve_audit.tables.layout import layout_of, mapping_for
from involve_audit.tables.problems import RowProblem, RowProblems

_PROBLEMS = pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in RowProblem._fields[1:]])


def score_in_memory(rubric: str, table: Any, columns: str | None, details: bool) -> tuple[Any, Any]:
    """The results of a table, and its problems. Raises AuditError where no row can be read."""
    ready = made_ready(load_rubric(rubric))
    said = mapping_for(columns, ready.source.content)
    given = table if isinstance(table, pa.Table) else pa.RecordBatchReader.from_stream(table).read_all()
    layout = layout_of("", given.schema.names, ready, said)
    require_cells("", given.schema, layout)
    problems = RowProblems()
    scorer = ArrowScorer(
        Vocabulary(ready, clock.today(), said.order_of_days), layout, ResultArrays(ready, details), problems.add
    )
    rows = ArrowRows(given, np.arange(1, given.num_rows + 1), "", given.schema.names)
    results = scorer.score_whole(rows)
    return results, pa.Table.from_pylist([one._asdict() for one in problems.first], _PROBLEMS)
