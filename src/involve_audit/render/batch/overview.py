"""The overview as a page for a browser or as Markdown, with a line for each audit and a link to its own report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from involve_audit.escaping import clean, markdown, markdown_target
from involve_audit.render.batch.page import AUDITS_HERE, ListedAudit, OverviewPage, listed_audit
from involve_audit.render.templates import fill
from involve_audit.words.many import BATCH

if TYPE_CHECKING:
    from involve_audit.render.batch.outcome import Outcome, Run, Setting

_ROW = Markup(
    '<tr><th scope="row" dir="auto">{name}</th><td dir="auto" data-label="{of_audit}">{audit}</td>'
    '<td data-label="{of_stage}">{stage}</td><td data-label="{of_why}">{why}</td></tr>\n'
)
_LINK = Markup('<a href="{target}">{name}</a>')


def row(outcome: Outcome, setting: Setting) -> str:
    """One line of the table of audits, everything in it escaped."""
    return _ROWS[setting.markup](listed_audit(outcome.follow_up, setting))


def _html_row(line: ListedAudit) -> str:
    values = {"audit": line.id, "stage": line.stage, "why": line.why}
    labels = {f"of_{key}": BATCH[key] for key in values}
    cells = {key: _on_one_line(value) for key, value in {**values, **labels}.items()}
    name: str = _on_one_line(line.name)
    return str(_ROW.format(name=_LINK.format(target=line.link, name=name) if line.link else name, **cells))


def _on_one_line(text: str) -> str:
    return " ".join(str(clean(text)).split())


def _markdown_row(line: ListedAudit) -> str:
    name = markdown(line.name)
    if line.link:
        name = f"[{name}]({markdown_target(line.link)})"
    cells = [name, *map(markdown, (line.id, line.stage, line.why))]
    return f"| {' | '.join(cells)} |\n"


_ROWS = {"html": _html_row, "md": _markdown_row}


def document(run: Run, rows: Iterable[str] | None, setting: Setting) -> Iterator[str]:
    """The overview, in pieces; without `rows`, it does not list the audits."""
    text = fill(OverviewPage(run, setting, lists_audits=rows is not None), setting.markup)
    before, _here, after = text.partition(f"{AUDITS_HERE}\n")
    yield before
    yield from rows or ()
    yield after
