"""The overview as a page for a browser or as Markdown, with a line for each audit and a link to its own report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from involve_audit.escaping import markdown, markdown_target
from involve_audit.render.batch.listing import listing
from involve_audit.render.batch.listing import row as listing_row
from involve_audit.render.batch.page import AUDITS_HERE, ListedAudit, OverviewPage, listed_audit
from involve_audit.render.templates import fill, sealed

if TYPE_CHECKING:
    from involve_audit.render.batch.outcome import Outcome, Run, Setting


def row(outcome: Outcome, setting: Setting) -> str:
    """One audit: a line of the table in Markdown, or what the page sorts by name."""
    found = outcome.follow_up
    return listing_row(found, setting) if setting.markup == "html" else _markdown_row(listed_audit(found, setting))


def _markdown_row(line: ListedAudit) -> str:
    name = markdown(line.name)
    if line.link:
        name = f"[{name}]({markdown_target(line.link)})"
    cells = [name, *map(markdown, (line.id, line.stage, line.why))]
    return f"| {' | '.join(cells)} |\n"


def document(run: Run, rows: Iterable[str] | None, setting: Setting) -> Iterator[str]:
    """The overview, in pieces; without `rows`, it does not list the audits."""
    page = OverviewPage(run, setting, lists_audits=rows is not None)
    if setting.markup == "html" and rows is not None:
        listed = listing(rows, run.audits + run.not_scored, page.first_voices, setting)
        yield sealed(fill(replace(page, listing=listed), setting.markup))
        return
    before, _here, after = fill(page, setting.markup).partition(f"{AUDITS_HERE}\n")
    yield before
    yield from rows or ()
    yield after
