"""A rubric for a terminal: the rule, and every question without its help."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from rich.console import Console
from rich.text import Text

from involve_audit.escaping import clean
from involve_audit.render.rubric_page import QuestionEntry, RubricPage
from involve_audit.words.reports import RUBRIC, WORDS


def render(page: RubricPage) -> str:
    """The rubric as text."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=page.options.width,
        color_system="standard" if page.options.colour else None,
        force_terminal=page.options.colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    for lead, style, words in _lines(page):
        text = Text(" ".join(clean(words).split()), style=style)
        for number, line in enumerate(text.wrap(console, page.options.width - len(lead)) or [text]):
            console.print(Text(lead if number == 0 else " " * len(lead)) + line, no_wrap=True, crop=False)
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


Line = tuple[str, str, str]
"""What stands before the first line of some words, their style, and the words."""


def _lines(page: RubricPage) -> Iterator[Line]:
    yield "", "bold", page.title
    yield "", "", page.about
    yield "", "", page.rubric.summary
    for sentence in page.tailored:
        yield "", "yellow", sentence
    yield from _heading(RUBRIC["rule"])
    for number, stage in enumerate(page.stages, 1):
        yield "", "bold", f"{number}. {stage.title}"
        yield "   ", "", stage.lead
        for condition in stage.conditions:
            yield "   - ", "", condition.words
    yield from _heading(RUBRIC["answers"])
    yield from (("  ", "", f"{title}: {worth}") for title, worth in page.answers)
    for theme, questions in page.themes:
        yield from _questions(theme, questions)
    if page.anti_patterns:
        yield from _questions(WORDS["anti_patterns"], page.anti_patterns)
    yield "", "", ""
    yield "", "dim", RUBRIC["all_of_it"]


def _heading(words: str) -> Iterator[Line]:
    yield "", "", ""
    yield "", "bold", words


def _questions(theme: str, questions: list[QuestionEntry]) -> Iterator[Line]:
    yield from _heading(theme)
    for item in questions:
        yield "  - ", "", item.ask
