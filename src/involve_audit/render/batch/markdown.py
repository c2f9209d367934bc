"""The overview as Markdown, with a line for each audit and a link to its own report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from involve_audit.escaping import link_target, markdown
from involve_audit.render.batch.follow_up import follow_up
from involve_audit.render.batch.outcome import Outcome, Run, Setting
from involve_audit.render.batch.page import AUDITS_HERE, OverviewPage, audit_line
from involve_audit.render.templates import fill


def row(outcome: Outcome, setting: Setting) -> str:
    """One line of the table of audits."""
    line = audit_line(follow_up(outcome), setting)
    name = markdown(line.id)
    if line.link:
        name = f"[{name}]({link_target(line.link)})"
    cells = [name, *map(markdown, (line.subject, line.stage, line.why))]
    return f"| {' | '.join(cells)} |\n"


def document(run: Run, rows: Iterable[str] | None, setting: Setting) -> Iterator[str]:
    """The overview; without `rows`, it does not list the audits."""
    text = fill(OverviewPage(run, setting, lists_audits=rows is not None), "md")
    before, _here, after = text.partition(f"{AUDITS_HERE}\n")
    yield before
    yield from rows or ()
    yield after
