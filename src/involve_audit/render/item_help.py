"""The help that belongs to one question, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from involve_audit.model.rubric import AntiPattern, Item
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
