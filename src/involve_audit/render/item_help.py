"""The help that belongs to one question: part by part, and as `?` says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.letters import plain
from involve_audit.render.titles import Titles
from involve_audit.words.rubrics import QUESTION_HELP

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item, Rubric


class HelpPart(NamedTuple):
    """One part of the help with a question: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


def help_parts(titles: Titles, item: Item) -> Iterator[HelpPart]:
    """What a full yes looks like, what does not earn the good answer, probes, whom to ask, and when it does not apply.

    Which answer is the good one follows from the item's kind (`Question`): the headings name it as the scale does.
    """
    full, good = (titles.value(value, item.kind) for value in (1, not item.lower_is_better))
    not_applicable = (item.not_applicable_when,) if item.not_applicable_when else ()
    for heading, lines in (
        ("yes_looks_like", item.yes_looks_like),
        ("not_enough", item.not_enough),
        ("probes", item.probes),
        ("who_to_ask", item.who_to_ask),
        ("not_applicable_when", not_applicable),
    ):
        if lines:
            yield HelpPart(QUESTION_HELP[heading].format(full=full, good=good), lines)


def help_lines(rubric: Rubric, item: Item) -> Iterator[str]:
    """More help with one question: signs, limits, whom to ask, and the words of the glossary that it uses."""
    words = tuple(glossary_lines(rubric, item))
    for heading, lines in (
        *help_parts(Titles(rubric), item),
        *([HelpPart(QUESTION_HELP["words"], words)] if words else []),
    ):
        yield heading
        yield from (f"  - {line}" for line in lines)


def glossary_lines(rubric: Rubric, item: Item) -> Iterator[str]:
    """The glossary's terms that the question and its help use, with their meaning."""
    of_help = chain.from_iterable(part.lines for part in help_parts(Titles(rubric), item))
    text = plain(" ".join([item.title, item.ask, *item.wording.values(), *of_help])).casefold()
    for term in rubric.glossary:
        word = plain(term.term.partition("(")[0]).casefold()
        if re.search(rf"\b{re.escape(word)}s?\b", text):
            yield f"{term.term}: {term.meaning}"
