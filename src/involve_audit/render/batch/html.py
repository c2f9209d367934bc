"""The overview as one HTML file, with a line for each audit and a link to its own report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from involve_audit.escaping import clean
from involve_audit.render.batch.follow_up import follow_up
from involve_audit.render.batch.outcome import Outcome, Run, Setting
from involve_audit.render.batch.page import AUDITS_HERE, OverviewPage, audit_line
from involve_audit.render.templates import fill
from involve_audit.words.many import BATCH

_ROW = Markup(
    '<tr><th scope="row" dir="auto">{name}</th><td dir="auto" data-label="{of_subject}">{subject}</td>'
    '<td data-label="{of_stage}">{stage}</td><td data-label="{of_why}">{why}</td></tr>\n'
)
_LINK = Markup('<a href="{target}">{name}</a>')


def row(outcome: Outcome, setting: Setting) -> str:
    """One line of the table of audits, everything in it escaped."""
    line = audit_line(follow_up(outcome), setting)
    values = {"subject": line.subject, "stage": line.stage, "why": line.why}
    labels = {f"of_{key}": BATCH[key] for key in values}
    cells = {key: _on_one_line(value) for key, value in {**values, **labels}.items()}
    name: str = _on_one_line(line.id)
    return str(_ROW.format(name=_LINK.format(target=line.link, name=name) if line.link else name, **cells))


def _on_one_line(text: str) -> str:
    return " ".join(str(clean(text)).split())


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The page, in pieces."""
    text = fill(OverviewPage(run, setting), "html")
    before, _here, after = text.partition(f"{AUDITS_HERE}\n")
    yield before
    yield from rows
    yield after
