"""Results of audits that were scored as columns, as columns of Arrow: the same as `tables.results` gives in rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from involve_audit.render.titles import Titles
from involve_audit.tables.results import COUNT, FIGURE, TEXT, TRUTH, Results, item_columns, reading_ids
from involve_audit.words.many import BATCH

if TYPE_CHECKING:
    from involve_audit.loading.rubrics import Ready
    from involve_audit.tables.columns import Flags, Places
    from involve_audit.tables.kernel import Scores, Stages
    from involve_audit.tables.scoring import ScoredAudit

_TYPES = {TEXT: pa.string(), COUNT: pa.int32(), FIGURE: pa.float64(), TRUTH: pa.bool_()}


class AboutAudits(NamedTuple):
    """What rows say of their audits as wholes: arrays of text, None where no column says it."""

    audit: Any
    subject: Any
    kind: Any
    date: Any

    def some(self, chosen: Places) -> AboutAudits:
        """The same of the audits at these places."""
        places = pa.array(chosen)
        return AboutAudits(*(None if texts is None else texts.take(places) for texts in self))


class ResultArrays:
    """Makes the columns of results for one rubric. `schema` is what they are; `none` has them and no rows."""

    def __init__(self, rubric: Ready, details: bool = False, long: bool = False) -> None:
        """`long` is for results with a row for each item, which are made row by row alone."""
        rows = Results(rubric, details)
        self._made = rows.items if long else rows.audit
        columns = item_columns() if long else rows.columns
        self.schema = pa.schema([(column.name, _TYPES[column.holds]) for column in columns])
        self.none = self.schema.empty_table()
        self._rubric, self._reference, self._details = rubric.compiled, rubric.reference, details
        self._stages = pa.array(rubric.compiled.stages, pa.string())
        titles = Titles(rubric.source.content)
        self._titles = pa.array([*(titles.stages[stage] for stage in rubric.compiled.stages), BATCH["little_known"]])

    def of(self, scores: Scores, about: AboutAudits) -> Any:
        """The results of audits, a row each."""
        found = dict(self._columns(scores, about))
        return pa.table([found[name].cast(self.schema.field(name).type) for name in self.schema.names], self.schema)

    def of_scored(self, audits: Sequence[ScoredAudit]) -> Any:
        """The results of audits that were scored one by one."""
        rows = [row for audit in audits for row in self._made(audit.about, audit.score)]
        columns = zip(*rows, strict=True) if rows else ([] for _name in self.schema.names)
        return pa.table(
            [pa.array(column, field.type) for column, field in zip(columns, self.schema, strict=True)], self.schema
        )

    def _columns(self, scores: Scores, about: AboutAudits) -> Iterator[tuple[str, Any]]:
        rubric, audits = self._rubric, scores.columns.audits
        items, counts = [item.id for item in rubric.items], list(scores.counts)
        empty = pa.array([""]).take(pa.array(np.zeros(audits, np.int8)))
        for name, texts in about._asdict().items():
            yield name, empty if texts is None else texts
        yield "rubric", pa.array([self._reference]).take(pa.array(np.zeros(audits, np.int8)))
        yield "stage", self._named(scores.floor)
        yield (
            "stage_title",
            self._titles.take(pa.array(np.where(scores.enough_known, scores.floor, len(rubric.stages)))),
        )
        yield "could_be", self._named(scores.ceiling)
        yield "enough_known", pa.array(scores.enough_known)
        yield "known", pa.array(scores.known)
        yield "of", pa.array(np.full(audits, len(items), np.int32))
        yield "not_applicable", pa.array(counts[rubric.not_applicable])
        yield "heard", _listed(scores.heard, rubric.perspectives)
        back = list(scores.held_back_by)
        yield (
            "held_back_by",
            _listed(
                np.array([flags for _gate, flags in back]).reshape(len(back), audits),
                [one.gate.id for one, _flags in back],
            ),
        )
        there = scores.anti_patterns
        yield "anti_patterns", _listed(there, [items[place] for place in rubric.anti_patterns])
        yield "disagreements", pa.array(scores.disagreements.sum(axis=0))
        has_reading = "evidence-only" in rubric.readings
        yield "evidence_only", self._named(scores.evidence_only()) if has_reading else empty
        yield "not_known", pa.array(len(items) - scores.known.astype(np.int32))
        yield "anti_patterns_count", pa.array(there.sum(axis=0))
        yield "unevidenced_count", pa.array(scores.unevidenced.sum(axis=0))
        deciding, missing = scores.decided_by
        yield "decided_by", _listed(deciding, items)
        yield "decided_by_perspectives", _listed(missing, rubric.perspectives)
        for code, number in enumerate(counts):
            yield f"count.{rubric.word(code)}", pa.array(number)
        yield from self._in_detail(scores) if self._details else ()

    def _in_detail(self, scores: Scores) -> Iterator[tuple[str, Any]]:
        """Every other reading, and every gate."""
        found = dict(scores.readings)
        enough = (
            dict(zip(self._rubric.perspectives, scores.own_stages, strict=True))
            if "view" in self._rubric.readings
            else {}
        )
        for name in reading_ids(self._rubric):
            stages = found[name]
            if (perspective := name.partition(":")[2]) in enough:
                stages = np.where(enough[perspective][1], stages, np.int16(-1))
            yield f"reading.{name}", self._named(stages)
        for one in (one for gates in scores.gates for one in gates):
            yield f"gate.{one.gate.id}", pa.array(one.figures, mask=np.isnan(one.figures))
            yield f"gate.{one.gate.id}.holds", pa.array(one.holds)

    def _named(self, stages: Stages) -> Any:
        """The ids of stages by their places; nothing for -1."""
        return self._stages.take(pa.array(stages, mask=stages < 0))


def _listed(flags: Flags, names: Sequence[str]) -> Any:
    """For each audit, the names of the rows that have the flag, joined as `tables.results` does."""
    _audits, chosen = np.nonzero(flags.T)
    ends = np.cumsum(np.count_nonzero(flags, axis=0))
    words = pa.array(names, pa.string()).take(pa.array(chosen))
    lists = pa.ListArray.from_arrays(pa.array(np.r_[0, ends].astype(np.int32)), words)
    return pc.binary_join(lists, "; ")
