"""The help that belongs to one question: part by part, and as `?` says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from involve_audit.model.rubric import AntiPattern, Item, Rubric
from involve_audit.words.rubrics import QUESTION_HELP


class HelpPart(NamedTuple):
    """One part of the help with a question: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


def help_parts(item: Item) -> Iterator[HelpPart]:
    """What a yes looks like, what is not enough, probes, whom to ask, and when it does not apply."""
    probes = item.probes if isinstance(item, AntiPattern) else ()
    not_applicable = (item.not_applicable_when,) if item.not_applicable_when else ()
    for heading, lines in (
        ("yes_looks_like", item.yes_looks_like),
        ("not_enough", item.not_enough),
        ("probes", probes),
        ("who_to_ask", item.who_to_ask),
        ("not_applicable_when", not_applicable),
    ):
        if lines:
            yield HelpPart(QUESTION_HELP[heading], lines)


def help_lines(rubric: Rubric, item: Item) -> Iterator[str]:
    """More help with one question: signs, limits, whom to ask, and the words of the glossary that it uses."""
    words = tuple(glossary_lines(rubric, item))
    for heading, lines in (*help_parts(item), *([HelpPart(QUESTION_HELP["words"], words)] if words else [])):
        yield heading
        yield from (f"  - {line}" for line in lines)


def glossary_lines(rubric: Rubric, item: Item) -> Iterator[str]:
    """The glossary's terms that the question and its help use, with their meaning."""
    of_help = chain.from_iterable(part.lines for part in help_parts(item))
    text = " ".join([item.title, item.ask, *item.wording.values(), *of_help]).casefold()
    for term in rubric.glossary:
        word = term.term.partition("(")[0].strip().casefold()
        if re.search(rf"\b{re.escape(word)}s?\b", text):
            yield f"{term.term}: {term.meaning}"
