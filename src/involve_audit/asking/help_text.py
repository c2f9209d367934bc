"""What `?` says about a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from involve_audit.model.rubric import AntiPattern, Item, Rubric
from involve_audit.render.item_help import HelpPart, help_parts
from involve_audit.words.rubrics import QUESTION_HELP


def help_lines(rubric: Rubric, item: Item) -> Iterator[str]:
    """More help with one question: signs, limits, whom to ask, and the words of the glossary that it uses."""
    words = tuple(glossary_lines(rubric, item))
    for heading, lines in (*help_parts(item), *([HelpPart(QUESTION_HELP["words"], words)] if words else [])):
        yield heading
        yield from (f"  - {line}" for line in lines)


def glossary_lines(rubric: Rubric, item: Item) -> Iterator[str]:
    """The glossary's terms that the question and its help use, with their meaning."""
    probes = item.probes if isinstance(item, AntiPattern) else ()
    lists = (item.wording.values(), item.yes_looks_like, item.not_enough, probes, item.who_to_ask)
    words = [item.title, item.ask, item.not_applicable_when or "", *chain.from_iterable(lists)]
    text = " ".join(words).casefold()
    for term in rubric.glossary:
        word = term.term.partition("(")[0].strip().casefold()
        if re.search(rf"\b{re.escape(word)}s?\b", text):
            yield f"{term.term}: {term.meaning}"
