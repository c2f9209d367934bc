"""For GitHub Actions: annotations at file and line on standard output, and an overview for the job's summary.

GitHub shows ten annotations of a kind for each step and takes a summary of 1 MiB: what does not fit is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from involve_audit.escaping import clean
from involve_audit.render.batch.outcome import LEVELS, Annotation, Outcome, Run, Setting, annotated, at_level, marked
from involve_audit.render.batch.overview import document as overview
from involve_audit.render.batch.page import OverviewPage
from involve_audit.words.many import BATCH, COUNTED_BATCH, RULES_IN_WORDS

_MOST_SHOWN = 10
_KINDS = ("error", "warning", "notice")
MOST_BYTES = 1_000_000


def row(outcome: Outcome, setting: Setting) -> str:
    """Each annotation on a line, its level in front."""
    return "".join(marked(about.level, _command(about)) for about in annotated(outcome, setting, by_question=False))


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The first annotations of each kind, and how many more there are. No text of a file starts a line."""
    hidden = 0
    for level in LEVELS:
        lines = at_level(iter(rows), level)
        yield from (f"{line}\n" for line in islice(lines, _MOST_SHOWN))
        hidden += sum(1 for _line in lines)
    if hidden:
        yield COUNTED_BATCH.of("not_shown", hidden) + "\n"
    for sentence in OverviewPage(run, setting).summary:
        yield sentence + "\n"


def summary(run: Run, setting: Setting, room: int = MOST_BYTES) -> str:
    """The overview for the job's summary in Markdown, without a list of all audits, cut where it is too long."""
    text = "".join(overview(run, None, replace(setting, markup="md")))
    cut = "\n\n" + BATCH["cut"] + "\n"
    if len(text.encode()) <= room:
        return text
    kept = text.encode()[: max(0, room - len(cut.encode()))].decode(errors="ignore")
    return kept.rpartition("\n")[0] + cut


def _command(about: Annotation) -> str:
    place = {"file": about.place.file, "line": about.place.line, "col": about.place.column} if about.place else {}
    properties = {**place, "title": RULES_IN_WORDS[about.rule]}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_KINDS[about.level]} {written}::{_data(about.words)}"


def _data(text: object) -> str:
    """Text that cannot end an annotation nor begin another."""
    return "%0A".join(str(clean(str(text))).replace("%", "%25").splitlines())


def _property(text: object) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
