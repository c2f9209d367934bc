"""A rubric for a terminal: the rule, and every question without its help."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from involve_audit.render.screen import BLANK_LINE, CAUTION, FAINT, Block, Paragraph, heading, laid_out, part
from involve_audit.words.rubrics import RUBRIC_PAGE

if TYPE_CHECKING:
    from involve_audit.render.rubric_page import RubricPage


def render(page: RubricPage) -> str:
    """The rubric as text."""
    return laid_out(_blocks(page), page.options.width, page.options.colour)


def _blocks(page: RubricPage) -> Iterator[Block]:
    yield heading(page.title)
    yield Paragraph(page.about)
    yield Paragraph(page.rubric.summary)
    for sentence in page.tailored:
        yield Paragraph(sentence, CAUTION)
    yield from part(RUBRIC_PAGE["rule"], _rule(page))
    yield from part(
        RUBRIC_PAGE["answers"], [Paragraph(f"{title}: {worth}", lead="  ") for title, worth in page.answers]
    )
    yield BLANK_LINE
    yield heading(RUBRIC_PAGE["questions"])
    yield from _questions(page)
    yield BLANK_LINE
    yield Paragraph(RUBRIC_PAGE["all_of_it"], FAINT)


def _rule(page: RubricPage) -> Iterator[Block]:
    for place, stage in enumerate(page.stages, 1):
        yield heading(f"{place}. {stage.title}" if page.numbers_stages else stage.title)
        yield Paragraph(stage.lead, lead="   ")
        for condition in stage.conditions:
            yield Paragraph(condition.words, lead="   - ")


def _questions(page: RubricPage) -> Iterator[Block]:
    """All of them by number, with a line before those that a yes means the same to."""
    for direction, questions in groupby(page.questions, key=lambda question: question.direction):
        yield from (BLANK_LINE, Paragraph(direction, lead="  "))
        yield from (Paragraph(question.ask, lead=f"{question.number:>4}. ") for question in questions)
