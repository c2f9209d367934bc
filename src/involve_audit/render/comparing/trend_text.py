"""A series for a terminal: one screen first, then when each question changed."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from involve_audit.render.comparing.trend_report import AuditLine, TrendPage
from involve_audit.render.screen import Headed, Paper, fitted
from involve_audit.words.comparing import TREND
from involve_audit.words.reports import COUNTED, WORDS

_PROMPT = 1
_MOST_NOTES = 2
_DEEPER = "      "


def render(report: TrendPage) -> str:
    """The series as text. The first screen stands by itself."""
    paper = Paper(report.options)
    height = report.options.height - _PROMPT
    screen = fitted(paper, _head(paper, report), lambda: _parts(report), TREND["all_below"], height, most=1)
    return paper.text([*screen, *_details(paper, report)])


def _head(paper: Paper, report: TrendPage) -> Iterator[Text]:
    yield from paper.wrapped(report.title, "bold")
    yield from paper.wrapped(report.span)
    yield from paper.wrapped(report.headline, "bold")
    for sentence in report.more:
        yield from paper.wrapped(sentence)
    for note in report.notes[:_MOST_NOTES]:
        yield from paper.wrapped(f"{WORDS['warnings']}: {note}", "yellow")
    if len(report.notes) > _MOST_NOTES:
        more = len(report.notes) - _MOST_NOTES
        yield from paper.wrapped(COUNTED.of("more", more), "yellow")


def _parts(report: TrendPage) -> Headed:
    yield TREND["latest_first"], [_audit(line) for line in reversed(report.audits)]
    yield TREND["rubric_changes"], report.rubric_changes
    yield TREND["themes"], [f"{theme.title}: {' → '.join(theme.scores[-3:])}" for theme in report.themes]
    yield TREND["recurring"], [f"{line.title}: {'; '.join(line.entries)}" for line in report.recurring]


def _audit(line: AuditLine) -> str:
    return f"{line.day}: {line.stage} ({line.version})"


def _details(paper: Paper, report: TrendPage) -> Iterator[Text]:
    """Everything, however long."""
    for heading, lines in (
        (WORDS["warnings"], _entries(paper, report.notes)),
        (TREND["table"], _audits(paper, report)),
        (TREND["rubric_changes"], _entries(paper, report.rubric_changes)),
        (TREND["themes"], _themes(paper, report)),
        (TREND["recurring"], _recurring(paper, report)),
        (TREND["histories"], _histories(paper, report)),
        (WORDS["provenance"], _entries(paper, [f"{label}: {value}" for label, value in report.provenance])),
    ):
        if found := list(lines):
            yield from (Text(), *paper.wrapped(heading, "bold", None), *found)


def _entries(paper: Paper, sentences: list[str], bullet: str = "  - ") -> Iterator[Text]:
    yield from (line for sentence in sentences for line in paper.entry(sentence, None, bullet))


def _audits(paper: Paper, report: TrendPage) -> Iterator[Text]:
    for line in report.audits:
        yield from paper.entry(f"{line.day}: {line.stage}. {line.known}", None)
        yield from paper.entry(f"{WORDS['rubric']}: {line.version}. {line.who or WORDS['nobody']}", None, _DEEPER)


def _themes(paper: Paper, report: TrendPage) -> Iterator[Text]:
    yield from paper.wrapped(TREND["theme_lead"], most=None)
    yield from _entries(paper, [f"{theme.title}: {' → '.join(theme.scores)}" for theme in report.themes])


def _recurring(paper: Paper, report: TrendPage) -> Iterator[Text]:
    if not report.recurring:
        yield from paper.wrapped(TREND["no_recurring"])
    for line in report.recurring:
        yield from paper.entry(line.title, None)
        yield from _entries(paper, line.entries, _DEEPER)


def _histories(paper: Paper, report: TrendPage) -> Iterator[Text]:
    if not report.histories:
        yield from paper.wrapped(TREND["no_histories"])
    for line in report.histories:
        yield from paper.entry(line.title, None)
        yield from _entries(paper, line.jumps, _DEEPER)
