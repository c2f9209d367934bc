"""A summary for one screen of a terminal: where are we, what next and who does it, where views differ, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from involve_audit.language import listed
from involve_audit.render.screen import BOLD, CAUTION, Paragraph, Screen, laid_out, notes_in_short
from involve_audit.render.titles import on_one_line
from involve_audit.words.reports import FIRST_PAGE, WORDS

if TYPE_CHECKING:
    from involve_audit.render.differing import DifferenceLine
    from involve_audit.render.report import ReportPage


_MOST_LINES = 3


def render(report: ReportPage) -> str:
    """The summary as text, with escape sequences only where `report.options.colour` asks for them.

    It fits a screen of `report.options.height` lines, the prompt that follows included; what does not fit is counted.
    Where there is no screen, nothing is left out.
    """
    screen = Screen(_head(report), _parts(report), WORDS["all_of_it"], report.options.height, _MOST_LINES)
    return laid_out([screen], report.options.width, report.options.colour)


def _head(report: ReportPage) -> Iterator[Paragraph]:
    yield Paragraph(report.title, BOLD)
    yield Paragraph(report.headline, BOLD)
    yield Paragraph(on_one_line(report.ladder), most=1)
    for sentence in (*report.beneath_headline, *(*report.differ.finding, *report.split_finding)[:1]):
        yield Paragraph(sentence)
    for sentence in (*report.tailored_in_short, *report.left_out[:1]):
        yield Paragraph(sentence, CAUTION)
    yield from notes_in_short(report.warnings, report.options.height)


def _parts(report: ReportPage) -> Iterator[tuple[str, Iterable[str]]]:
    voices = [f"{WORDS['answers_of']}: {voice}" for voice in report.deciding_voices]
    yield report.steps_heading, _steps(report)
    yield WORDS["decides"], [*voices, *report.deciding_items]
    yield WORDS["disagreements"], _differences(report)
    yield WORDS["within_group"], list(_split(report))
    yield WORDS["how_sure"], [" ".join(report.sure)]


def _split(report: ReportPage) -> Iterator[str]:
    for item in report.split:
        yield f"{item.title}: {' '.join(group.words for group in item.groups)}"


def _steps(report: ReportPage) -> Iterator[str]:
    if report.hear_first:
        yield f"{WORDS['hear_first']}: {'; '.join(report.hear_first)}"
    for change in report.changes:
        yield FIRST_PAGE["short"].format(do=change.do, who=change.owners or FIRST_PAGE["nobody"])
    if report.steps_note:
        yield report.steps_note


def _differences(report: ReportPage) -> Iterator[str]:
    yield from (f"{differing.title}: {_by_answer(report, differing)}" for differing in report.disagreements)
    yield from filter(None, [report.files_differ])


def _by_answer(report: ReportPage, differing: DifferenceLine) -> str:
    """Each answer and what it means, with those who gave it."""
    voices: dict[str, list[str]] = {}
    for perspective, given in zip(report.perspectives, differing.answers, strict=True):
        if given is not None:
            voices.setdefault(given.said, []).append(perspective)
    return "; ".join(f"{answer} ({listed(who)})" for answer, who in voices.items())
