"""The run as a summary for a terminal: how many stand where, what fails, whom to talk to first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from involve_audit.language import first_of, number
from involve_audit.render.batch.page import Figures, ListedAudit, OverviewPage, Section
from involve_audit.render.screen import BLANK_LINE, Block, Column, Paragraph, Table, entry, heading, laid_out, part
from involve_audit.words.many import BATCH, COUNTED_BATCH

if TYPE_CHECKING:
    from involve_audit.render.batch.outcome import Outcome, Run, Setting

_MOST_AUDITS = 20
_MOST_ITEMS = 5
_MOST_NAMES = 10
MOST_SERVICES = 50
_WIDEST_NAME, _WIDEST_STAGE = 30, 18


def row(outcome: Outcome, setting: Setting) -> str:
    """Nothing: a summary has no room for each audit."""
    return ""


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The summary, with escape sequences only where `setting.colour` asks for them."""
    yield laid_out(_blocks(OverviewPage(run, setting)), setting.width, setting.colour)


def _blocks(page: OverviewPage) -> Iterator[Block]:
    yield heading(page.title)
    yield from map(Paragraph, page.summary)
    if page.left_out:
        yield Paragraph(page.left_out)
    for section in page.sections:
        yield from _section(page, section)
    for title, services in page.awaited:
        yield from part(title, map(entry, first_of(services, MOST_SERVICES)))
    for title, audits in page.baseline:
        yield from part(title, [Table([(_names(audits),)], [Column()])])
    if page.checks:
        yield from part(BATCH["failed"], _counts(page, [(line.title, *line.figures) for line in page.checks]))
    first = page.follow_ups_by_name[:_MOST_AUDITS]
    told = list(_paragraphs(first)) if page.setting.plain else [_follow_ups(first)]
    yield from part(BATCH["follow_up"], told if first else [Paragraph(page.no_follow_up)])
    if left := page.run.to_follow_up - len(first):
        yield Paragraph(COUNTED_BATCH.of("more", left))


def _section(page: OverviewPage, section: Section) -> Iterator[Block]:
    yield BLANK_LINE
    yield heading(f"{section.title}: {section.audits}")
    yield from map(Paragraph, section.tailored)
    if section.too_few:
        yield Paragraph(section.too_few)
        return
    yield from _counts(page, [(line.title, line.audits, line.remark) for line in section.stages])
    yield from map(Paragraph, section.remarks)
    if section.holding_back:
        most = map(_holding_back, section.holding_back[:_MOST_ITEMS])
        yield from part(BATCH["holding_back"], _counts(page, most))
    if section.split:
        yield from part(BATCH["groups_split"], _counts(page, map(_split, section.split[:_MOST_ITEMS])))


def _split(line: Figures) -> tuple[str, int, str]:
    audits, of = line.figures
    return line.title, audits, BATCH["of_them"].format(count=number(of))


def _holding_back(line: Figures) -> tuple[str, int, str]:
    audits, not_known = line.figures
    return line.title, audits, COUNTED_BATCH.of("of_them_not_known", not_known) if not_known else ""


def _counts(page: OverviewPage, lines: Iterable[tuple[str | int, ...]]) -> Iterator[Block]:
    """Titles, each with a number and perhaps a remark."""
    rows = [(str(title), number(int(count)), *filter(None, map(str, remarks))) for title, count, *remarks in lines]
    if page.setting.plain:
        return (entry(BATCH["line"].format(title=row[0], count="; ".join(row[1:]))) for row in rows)
    return iter([Table([(f"  {title}", *rest) for title, *rest in rows], [Column(), Column(is_figure=True)])])


def _paragraphs(audits: Iterable[ListedAudit]) -> Iterator[Block]:
    """A paragraph for each audit."""
    for place, line in enumerate(audits):
        yield from [BLANK_LINE] if place else []
        yield Paragraph(BATCH["paragraph"].format(of_stage=BATCH["stage"], of_why=BATCH["why"], **line._asdict()))


def _follow_ups(audits: Iterable[ListedAudit]) -> Table:
    widths = {"subject": _WIDEST_NAME, "stage": _WIDEST_STAGE, "why": None}
    rows = [(line.name, line.stage, line.why) for line in audits]
    return Table(rows, [Column(BATCH[title], most) for title, most in widths.items()])


def _names(audits: tuple[str, ...]) -> str:
    return "  " + "; ".join(first_of(audits, _MOST_NAMES))
