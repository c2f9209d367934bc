"""Choosing by a number, before there is anything to save: which rubric, and which of a few ways to go."""

from __future__ import annotations

import re
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

from involve_audit.errors import INTERRUPTED, Stopped
from involve_audit.language import listed, number
from involve_audit.loading.rubric import inventory, load_rubric
from involve_audit.model.rubric import Overlaid, own_id
from involve_audit.model.spelling import Spelling
from involve_audit.words.asking import ASKING, COUNTED_QUESTIONS, JOINING, WHICH_RUBRIC

if TYPE_CHECKING:
    from involve_audit.asking.prompts import Talk
    from involve_audit.asking.wanted import Asking
    from involve_audit.model.rubric import Rubric, Sourced

_SENTENCE_END = re.compile(r"(?<=[.!?。])\s+")
_LONGEST_LINE = 160
_HELP = ("help", "list")


def rubric_to_ask(talk: Talk, wanted: Asking) -> Sourced[Rubric]:
    """The rubric that was named, the only one that has the themes and stages wanted, or one chosen from a list.

    Where none has them, the first, which can say what it has. Raises Stopped where the people stop instead.
    """
    if wanted.rubric:
        return load_rubric(wanted.rubric)
    in_use = [found for place in inventory() for found in place.rubrics if not found.behind]
    known = [found.rubric for found in in_use if found.rubric is not None]
    for broken in (found for found in in_use if found.rubric is None):
        talk.say(WHICH_RUBRIC["not_valid"].format(file=broken.file, problem=broken.problem))
    fitting = [rubric for rubric in known if _has(rubric.content, wanted)] or known[:1]
    return fitting[0] if len(fitting) == 1 else _choice(talk, fitting)


def _has(rubric: Rubric, wanted: Asking) -> bool:
    """Whether a rubric has all the themes and stages that are to be asked."""
    themes, stages = ({entry.id for entry in entries} for entries in (rubric.themes, rubric.stages))
    return themes.issuperset(wanted.themes) and stages.issuperset(wanted.stages)


def _choice(talk: Talk, rubrics: list[Sourced[Rubric]]) -> Sourced[Rubric]:
    _show(talk, rubrics)
    while True:
        typed = _typed(talk, WHICH_RUBRIC["prompt"]).casefold()
        command = Spelling().command(typed)
        if command == "stop":
            talk.say(ASKING["stopped_unsaved"])
            raise Stopped
        if command in _HELP:
            talk.say(WHICH_RUBRIC["help"])
            _show(talk, rubrics)
        elif (place := _place(typed, rubrics)) is not None:
            talk.say()
            return rubrics[place]
        else:
            talk.say(WHICH_RUBRIC["again"].format(count=number(len(rubrics))))


def number_of(talk: Talk, question: str, ways: int, enter: str = "") -> int:
    """Which of some ways was chosen, by its number; it is asked until one is. `enter` is what Enter alone stands for.

    Raises Stopped where the people stop instead.
    """
    numbers = [str(place) for place in range(1, ways + 1)]
    while True:
        talk.say(question)
        typed = _typed(talk, JOINING["number"].format(numbers=listed(numbers, "or"))).casefold() or enter
        if typed in numbers:
            talk.say()
            return int(typed)
        if Spelling().command(typed) == "stop":
            talk.say(JOINING["stopped"])
            raise Stopped


def _typed(talk: Talk, prompt: str) -> str:
    """What is typed before there is anything to save. Raises Stopped where there will be no more."""
    try:
        return talk.line(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        raise Stopped(INTERRUPTED) from None


def _show(talk: Talk, rubrics: list[Sourced[Rubric]]) -> None:
    talk.say(WHICH_RUBRIC["question"])
    for place, rubric in enumerate(rubrics, 1):
        count = sum(1 for _item in rubric.content.items)
        talk.say(f"  {place} {COUNTED_QUESTIONS.of('rubric', count, title=rubric.content.title)}")
        first = _SENTENCE_END.split(rubric.content.summary.strip(), 1)[0]
        talk.say(f"    {shorten(first, _LONGEST_LINE, placeholder='…')}")


def _place(typed: str, rubrics: list[Sourced[Rubric]]) -> int | None:
    """The place of what was typed: a number, an id, or Enter for the first."""
    if not typed:
        return 0
    if typed.isdecimal() and len(typed) < 6 and 1 <= int(typed) <= len(rubrics):
        return int(typed) - 1
    return next((place for place, rubric in enumerate(rubrics) if own_id(rubric) == typed), None)


def with_translation(wanted: Asking, source: Sourced[Rubric]) -> Asking:
    """What is wanted, with the translation that was chosen: answers name the rubric that it translates."""
    if wanted.rubric is None and isinstance(source, Overlaid) and source.is_translation:
        return replace(wanted, rubric=own_id(source))
    return wanted
