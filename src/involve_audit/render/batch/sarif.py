"""Problems and findings at their lines in SARIF, within what GitHub takes in: when that is too little, the most
important ones, and a word on how many were left out."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from involve_audit.render import sarif
from involve_audit.render.batch.outcome import (
    LEVELS,
    RULES,
    Annotation,
    Outcome,
    Run,
    Setting,
    annotated,
    at_level,
    marked,
)
from involve_audit.words.many import COUNTED_BATCH, RULES_IN_WORDS

MOST_RESULTS = 25_000
MOST_COMPRESSED = 9_500_000  # GitHub takes 10 MB
_LONGEST = 1000
_LEVEL_NAMES = (sarif.ERROR, sarif.WARNING, sarif.NOTE)


def row(outcome: Outcome, setting: Setting) -> str:
    """Each result on a line, its level in front."""
    said = annotated(outcome, setting, by_question=True)
    return "".join(marked(about.level, sarif.row(RULES, _result(outcome, about))) for about in said)


def _result(outcome: Outcome, about: Annotation) -> sarif.Result:
    words = " ".join(str(about.words).split())
    fingerprint = f"{outcome.id}:{about.rule}:{words[:200]}" if about.place else ""
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return sarif.Result(about.rule, _LEVEL_NAMES[about.level], short, about.place, fingerprint)


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The log, one result a line."""
    rules = [sarif.RuleTold(name, RULES_IN_WORDS[name]) for name in RULES]
    taken = _Taken(rows)
    return sarif.document_of_rows(rules, taken, taken.in_words)


class _Taken:
    """The most important results, as many as GitHub takes; once they were gone through, how many more there are."""

    def __init__(self, rows: Iterable[str]) -> None:
        self.rows = rows
        self.left_out = 0

    def __iter__(self) -> Iterator[str]:
        taken, size = 0, 0
        compressor = zlib.compressobj(1)  # makes it a little larger than it will be
        for line in (line for level in LEVELS for line in at_level(iter(self.rows), level)):
            size += len(compressor.compress(line.encode()))
            if taken == MOST_RESULTS or size > MOST_COMPRESSED:
                break
            yield line
            taken += 1
        self.left_out = sum(1 for _line in self.rows) - taken

    def in_words(self) -> str:
        return COUNTED_BATCH.of("left_out", self.left_out) if self.left_out > 0 else ""
