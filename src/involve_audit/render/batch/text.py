"""The run as a summary for a terminal: whom to talk to first, what is in the way and, last, how many stand where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from involve_audit.language import number
from involve_audit.render.batch.page import CountedItem, Figures, NamedAudits, OverviewPage, Section
from involve_audit.render.screen import (
    BLANK_LINE,
    Block,
    Column,
    Paragraph,
    Screen,
    Table,
    entry,
    heading,
    laid_out,
)
from involve_audit.words.many import BATCH, COUNTED_BATCH

if TYPE_CHECKING:
    from involve_audit.render.batch.outcome import Outcome, Run, Setting

_MOST_AUDITS = 20
_MOST_ITEMS = 5
_MOST_NAMES = 10
MOST_SERVICES = 50

Part = tuple[str, Iterable[str], int]


def row(outcome: Outcome, setting: Setting) -> str:
    """Nothing: a summary has no room for each audit."""
    return ""


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The summary, with escape sequences only where `setting.colour` asks for them.

    On a screen of `setting.height` lines it fits, as far as that is possible, and how many stand where comes last.
    """
    page = OverviewPage(run, setting)
    last = laid_out(_summary(page), setting.width, setting.colour)
    height = None if setting.height is None else setting.height - len(last.splitlines())
    head = [heading(page.title), *map(Paragraph, filter(None, [page.left_out]))]
    screen = Screen(head, _parts(page), BATCH["all_as_page"], height)
    yield laid_out([screen], setting.width, setting.colour)
    yield last


def _parts(page: OverviewPage) -> Iterator[Part]:
    first = page.follow_ups_by_name[:_MOST_AUDITS]
    told = [BATCH["entry"].format(**line._asdict()) for line in first]
    yield BATCH["follow_up"], told or [page.no_follow_up], page.run.to_follow_up
    yield from (_named(about, MOST_SERVICES) for about in page.awaited)
    yield from (_named(about, _MOST_NAMES) for about in page.baseline)
    for section in page.sections:
        yield _of(page, section, "holding_back"), map(_holding_back, section.holding_back[:_MOST_ITEMS]), 0
        yield _of(page, section, "groups_split"), map(_split, section.split[:_MOST_ITEMS]), 0
    yield BATCH["failed"], [_line(line.title, number(line.figures[0])) for line in page.checks], 0


def _named(about: NamedAudits, most: int) -> Part:
    return about.heading, about.names[:most], len(about.names) + about.more


def _of(page: OverviewPage, section: Section, heading: str) -> str:
    """A heading, with the rubric that it is of where there are several."""
    return BATCH["group"].format(title=BATCH[heading], count=section.title) if page.sections[1:] else BATCH[heading]


def _line(title: str, *figures: str) -> str:
    return BATCH["group"].format(title=title, count="; ".join(filter(None, figures)))


def _split(line: Figures) -> str:
    audits, of = line.figures
    return _line(line.title, number(audits), BATCH["of_them"].format(count=number(of)))


def _holding_back(line: CountedItem) -> str:
    unknown = COUNTED_BATCH.of("of_them_not_known", line.not_known) if line.not_known else ""
    return _line(line.title, number(line.held_back), unknown)


def _summary(page: OverviewPage) -> Iterator[Block]:
    """How many stand where, for each rubric, and what that is of."""
    for section in page.sections:
        yield BLANK_LINE
        yield heading(f"{section.title}: {section.audits}")
        yield from map(Paragraph, filter(None, [*section.tailored, section.too_few]))
        if page.setting.height is None or not page.sections[1:]:
            yield from _stages(page, section)
        else:
            yield Paragraph(" ".join(section.finding[0]))
        yield from map(Paragraph, [*section.finding[1], *section.remarks])
    yield BLANK_LINE
    yield Paragraph(". ".join(page.summary) + ".")


def _stages(page: OverviewPage, section: Section) -> Iterator[Block]:
    """The stages, each with its number and perhaps a remark."""
    rows = [(line.title, number(line.audits), line.remark) for line in section.stages]
    if page.setting.plain:
        return (entry(_line(*row)) for row in rows)
    table = Table([(f"  {title}", *filter(None, rest)) for title, *rest in rows], [Column(), Column(is_figure=True)])
    return iter([table] if rows else [])
