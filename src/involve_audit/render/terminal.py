"""A summary for the terminal: where are we, why, what next, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from involve_audit.engine.assessment import Assessment
from involve_audit.model.audit import Audit
from involve_audit.render.escaping import clean
from involve_audit.render.options import Options
from involve_audit.render.report import Report
from involve_audit.render.vocabulary import WORDS

_BULLET = "  - "


def render(audit: Audit, assessment: Assessment, options: Options) -> str:
    """The summary as text, with escape sequences only where `options.colour` asks for them."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=options.width,
        color_system="standard" if options.colour else None,
        force_terminal=options.colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    for bullet, style, line in _lines(Report(audit, assessment, options)):
        console.print(_row(bullet, Text(" ".join(clean(line).split()), style=style)))
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


Line = tuple[str, str, str]


def _row(bullet: str, text: Text) -> Text | Table:
    """The text, wrapped beside its bullet where it has one."""
    if not bullet:
        return text
    row = Table.grid()
    row.add_column(width=len(bullet))
    row.add_column(overflow="fold")
    row.add_row(bullet, text)
    return row


def _lines(report: Report) -> Iterator[Line]:
    yield "", "bold", report.title
    yield "", "bold", report.headline
    yield "", "", report.answered
    for warning in report.warnings:
        yield "", "yellow", f"{WORDS['warnings']}: {warning}"
    yield from _part(WORDS["decides"], [*_voices(report), *report.deciding_items])
    yield from _part(f"{WORDS['holds_back']}: {report.next_stage}", _holds_back(report))
    yield from _part(WORDS["next_steps"], _steps(report))
    yield from _part(WORDS["disagreements"], _differences(report))
    yield from _part(WORDS["holds_up"], _readings(report))


def _part(heading: str, entries: Iterable[str]) -> Iterator[Line]:
    """A heading and its entries; nothing at all where there are none."""
    found = list(entries)
    if found:
        yield "", "", ""
        yield "", "bold", heading
        yield from ((_BULLET, "", entry) for entry in found)


def _holds_back(report: Report) -> Iterator[str]:
    for line in report.holds_back:
        yield f"{line.because} {WORDS['found']}: {line.found}. {WORDS['asked_for']}: {line.asked_for}."


def _voices(report: Report) -> Iterator[str]:
    return (f"{WORDS['answers_of']}: {voice}" for voice in report.deciding_voices)


def _steps(report: Report) -> Iterator[str]:
    if report.hear_first:
        yield f"{WORDS['hear_first']}: {'; '.join(report.hear_first)}"
    for change in report.changes:
        yield f"{change.title}: {change.now} → {change.aim}"
    if report.steps_note:
        yield report.steps_note


def _readings(report: Report) -> Iterator[str]:
    """Each perspective's own stage, and every other reading that comes to another stage than the floor."""
    shown = [reading for reading in report.readings if reading.differs or reading.is_view]
    yield from (f"{WORDS['reading']} {reading.words}: {reading.stage}" for reading in shown)
    if len(shown) < len(report.readings):
        yield WORDS["other_readings"]


def _differences(report: Report) -> Iterator[str]:
    for found in report.disagreements:
        yield f"{found.title}: " + "; ".join(f"{who}: {answer}" for who, answer in found.answers)
