"""A summary for one screen of a terminal: where are we, why, what next, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from involve_audit.language import listed
from involve_audit.render.parts import DisagreementLine
from involve_audit.render.report import ReportPage
from involve_audit.render.screen import Headed, Paper, fitted
from involve_audit.words.reports import COUNTED, WORDS

_MOST_WARNINGS = 2
_PROMPT = 1
_MARKED = ("here", "least", "possible")


def render(report: ReportPage) -> str:
    """The summary as text, with escape sequences only where `report.options.colour` asks for them.

    It fits a screen of `report.options.height` lines, the prompt that follows included; what does not fit is counted.
    """
    paper, height = Paper(report.options), report.options.height - _PROMPT
    return paper.text(fitted(paper, _head(paper, report), lambda: _parts(report), WORDS["all_of_it"], height))


def _head(paper: Paper, report: ReportPage) -> Iterator[Text]:
    yield from paper.wrapped(report.title, "bold")
    yield from paper.wrapped(report.headline, "bold")
    yield from paper.wrapped(_ladder(report), most=1)
    yield from paper.wrapped(report.answered)
    for sentence in report.tailored_in_short:
        yield from paper.wrapped(sentence, "yellow")
    if report.left_out:
        yield from paper.wrapped(report.left_out[0], "yellow")
    for warning in report.warnings[:_MOST_WARNINGS]:
        yield from paper.wrapped(f"{WORDS['warnings']}: {warning}", "yellow")
    if len(report.warnings) > _MOST_WARNINGS:
        yield from paper.wrapped(COUNTED.of("more", len(report.warnings) - _MOST_WARNINGS), "yellow")


def _parts(report: ReportPage) -> Headed:
    voices = [f"{WORDS['answers_of']}: {voice}" for voice in report.deciding_voices]
    yield WORDS["decides"], [*voices, *report.deciding_items]
    yield f"{WORDS['holds_back']} – {report.next_stage}", [line.because for line in report.holds_back]
    yield WORDS["next_steps"], _steps(report)
    yield WORDS["disagreements"], _differences(report)
    yield WORDS["holds_up"], _readings(report)


def _ladder(report: ReportPage) -> str:
    marked = (f"{step.short} ({step.mark})" if step.state in _MARKED else step.short for step in report.ladder)
    return " > ".join(f"{number} {words}" for number, words in enumerate(marked, 1))


def _steps(report: ReportPage) -> Iterator[str]:
    if report.hear_first:
        yield f"{WORDS['hear_first']}: {'; '.join(report.hear_first)}"
    for change in report.changes:
        yield f"{change.title}: {change.now} → {change.aim}"
    if report.steps_note:
        yield report.steps_note


def _readings(report: ReportPage) -> Iterator[str]:
    """Every reading that comes to another stage than the floor; the others in one sentence."""
    differing = [group for group in report.holds_up if group.differs]
    yield from (f"{group.stage}: {'; '.join(group.readings)}" for group in differing)
    yield WORDS["other_readings" if differing else "every_reading"]


def _differences(report: ReportPage) -> Iterable[str]:
    return (f"{found.title}: {_by_answer(report, found)}" for found in report.disagreements)


def _by_answer(report: ReportPage, found: DisagreementLine) -> str:
    """Each answer with those who gave it."""
    voices: dict[str, list[str]] = {}
    for perspective, given in zip(report.perspectives, found.answers, strict=True):
        if given is not None:
            voices.setdefault(given.words, []).append(perspective)
    return "; ".join(f"{answer} – {listed(who)}" for answer, who in voices.items())
