"""The formats that a rubric can be shown in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from involve_audit.escaping import clean, markdown, safe_markdown
from involve_audit.render.rubric_page import Question, RubricPage
from involve_audit.render.templates import fill
from involve_audit.words.reports import RUBRIC, WORDS


class RubricFormat(NamedTuple):
    """A format: the name for `--format`, its file suffixes, and the function that makes it."""

    name: str
    suffixes: tuple[str, ...]
    render: Callable[[RubricPage], str]


def as_html(page: RubricPage) -> str:
    """One page for a browser or for print."""
    return fill("rubric.html.j2", page, autoescape=True, finalize=clean, folder=page.options.templates)


def as_markdown(page: RubricPage) -> str:
    """Markdown, every value escaped and on one line."""
    filters = {"safe_markdown": safe_markdown}
    return fill(
        "rubric.md.j2",
        page,
        autoescape=False,
        finalize=markdown,
        filters=filters,
        folder=page.options.templates,
    )


def as_text(page: RubricPage) -> str:
    """What fits a terminal: the rule, and every question without its help."""
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


def _questions(theme: str, questions: list[Question]) -> Iterator[Line]:
    yield from _heading(theme)
    for item in questions:
        yield "  - ", "", item.ask


FORMATS = (
    RubricFormat("text", (".txt",), as_text),
    RubricFormat("html", (".html", ".htm"), as_html),
    RubricFormat("markdown", (".md", ".markdown"), as_markdown),
)
