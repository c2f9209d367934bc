"""The run as a summary for a terminal: how many stand where, what fails, whom to talk to first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from involve_audit.escaping import clean
from involve_audit.language import number
from involve_audit.render.batch.outcome import Outcome, Run, Setting
from involve_audit.render.batch.page import AuditLine, CountLine, OverviewPage, Section
from involve_audit.words.many import BATCH, COUNTED_BATCH

_MOST_AUDITS = 20
_MOST_ITEMS = 5
_MOST_NAMES = 10
_WIDEST_NAME, _WIDEST_STAGE = 30, 18


def row(outcome: Outcome, setting: Setting) -> str:
    """Nothing: a summary has no room for each audit."""
    return ""


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The summary, with escape sequences only where `setting.colour` asks for them."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=setting.width,
        color_system="standard" if setting.colour else None,
        force_terminal=setting.colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _parts(OverviewPage(run, setting)):
        console.print(part)
    yield "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


def _parts(page: OverviewPage) -> Iterator[Text | Table]:
    yield _text(page.title, "bold")
    for sentence in page.summary:
        yield _text(sentence)
    if page.left_out:
        yield _text(page.left_out)
    for section in page.sections:
        yield from _section(section)
    for heading, audits in page.baseline:
        yield from _headed(heading, [_text(_names(audits))])
    if page.gates:
        yield from _headed(BATCH["failed"], [_counts([(line.title, *line.figures) for line in page.gates])])
    found = page.follow_ups[:_MOST_AUDITS]
    yield from _headed(BATCH["follow_up"], [_follow_ups(found) if found else _text(BATCH["no_follow_up"])])
    if left := page.run.to_follow_up - len(found):
        yield _text(COUNTED_BATCH.of("more", left))


def _headed(heading: str, parts: Iterable[Text | Table]) -> Iterator[Text | Table]:
    yield Text()
    yield _text(heading, "bold")
    yield from parts


def _section(section: Section) -> Iterator[Text | Table]:
    yield from _headed(f"{section.title}: {section.audits}", map(_text, section.tailored))
    if section.too_few:
        yield _text(section.too_few)
        return
    yield _counts([(line.title, line.audits, line.remark) for line in section.stages])
    for remark in section.remarks:
        yield _text(remark)
    if section.holding_back:
        lines = map(_holding_back, section.holding_back[:_MOST_ITEMS])
        yield from _headed(BATCH["holding_back"], [_counts(lines)])


def _holding_back(line: CountLine) -> tuple[str, int, str]:
    audits, not_known = line.figures
    return line.title, audits, COUNTED_BATCH.of("of_them_not_known", not_known) if not_known else ""


def _counts(lines: Iterable[tuple[str | int, ...]]) -> Table:
    """Titles, each with a number and perhaps a remark."""
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column(justify="right")
    for title, count, *remarks in lines:
        table.add_row(_text(f"  {title}"), _text(number(int(count))), *map(_text, map(str, remarks)))
    return table


def _follow_ups(audits: Iterable[AuditLine]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    for heading, most in (("audit", _WIDEST_NAME), ("stage", _WIDEST_STAGE), ("why", None)):
        table.add_column(BATCH[heading], overflow="fold", max_width=most)
    for found in audits:
        table.add_row(_text(found.id), _text(found.stage), _text(found.why))
    return table


def _names(audits: tuple[str, ...]) -> str:
    left = len(audits) - _MOST_NAMES
    return "  " + "; ".join([*audits[:_MOST_NAMES], *([COUNTED_BATCH.of("more", left)] if left > 0 else [])])


def _text(words: str, style: str = "") -> Text:
    """Text of a rubric or of a person, never markup, on one line before it is wrapped."""
    indent = "  " if words.startswith("  ") else ""
    return Text(indent + " ".join(str(clean(words)).split()), style=style)
