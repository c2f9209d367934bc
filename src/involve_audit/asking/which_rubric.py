"""Which rubric is asked, where none was named: the only one there is, or the one that the people choose."""

from __future__ import annotations

import typer

from involve_audit.asking.conversation import Conversation
from involve_audit.asking.wanted import Asking
from involve_audit.errors import INTERRUPTED
from involve_audit.language import number
from involve_audit.loading.rubric import inventory
from involve_audit.model.audit import Sourced, own_id
from involve_audit.model.rubric import Rubric
from involve_audit.words.asking import ASKING, COUNTED_QUESTIONS, WHICH_RUBRIC

_STOP, _HELP = "q", ("?", "h")


def chosen_rubric(talk: Conversation, wanted: Asking) -> Sourced[Rubric]:
    """The rubric to ask: the only one that has the themes and stages wanted, or the one that is chosen from a list.

    Where none has them, the first, which can say what it has. Raises typer.Exit where the people stop instead.
    """
    in_use = [found for place in inventory() for found in place.found if not found.behind]
    known = [found.rubric for found in in_use if found.rubric is not None]
    for broken in (found for found in in_use if found.rubric is None):
        talk.say(WHICH_RUBRIC["not_valid"].format(file=broken.file, problem=broken.problem))
    fitting = [rubric for rubric in known if _has(rubric.content, wanted)] or known[:1]
    return fitting[0] if len(fitting) == 1 else _choice(talk, fitting)


def _has(rubric: Rubric, wanted: Asking) -> bool:
    """Whether a rubric has all the themes and stages that are to be asked."""
    themes, stages = ({entry.id for entry in entries} for entries in (rubric.themes, rubric.stages))
    return themes.issuperset(wanted.themes) and stages.issuperset(wanted.stages)


def _choice(talk: Conversation, found: list[Sourced[Rubric]]) -> Sourced[Rubric]:
    _show(talk, found)
    while True:
        try:
            typed = talk.line(WHICH_RUBRIC["prompt"]).strip().casefold()
        except (EOFError, KeyboardInterrupt):
            raise typer.Exit(INTERRUPTED) from None
        if typed == _STOP:
            talk.say(ASKING["stopped_unsaved"])
            raise typer.Exit
        if typed in _HELP:
            talk.say(WHICH_RUBRIC["help"])
            _show(talk, found)
        elif (place := _place(typed, found)) is not None:
            talk.say()
            return found[place]
        else:
            talk.say(WHICH_RUBRIC["again"].format(count=number(len(found))))


def _show(talk: Conversation, found: list[Sourced[Rubric]]) -> None:
    talk.say(WHICH_RUBRIC["question"])
    for place, one in enumerate(found, 1):
        talk.say(f"  {place} {_title(one)}")


def _title(found: Sourced[Rubric]) -> str:
    rubric = found.content
    return COUNTED_QUESTIONS.of("rubric", len(list(rubric.items)), title=rubric.title)


def _place(typed: str, found: list[Sourced[Rubric]]) -> int | None:
    """The place of what was typed: a number, an id, or Enter for the first."""
    if not typed:
        return 0
    if typed.isdecimal() and len(typed) < 6 and 1 <= int(typed) <= len(found):
        return int(typed) - 1
    return next((place for place, one in enumerate(found) if own_id(one) == typed), None)
