"""What was typed, understood: a number, a name, an unambiguous beginning, or a command."""

from __future__ import annotations

from typing import NamedTuple

from involve_audit.errors import suggestion
from involve_audit.model.rubric import Item, Rubric
from involve_audit.model.view import UNKNOWN
from involve_audit.words.reports import ANSWER_TITLES

_MOST_DIGITS = 6
COMMANDS = ("?", "h", "b", "s", "u", "n", "e", "p", "q")


class Choice(NamedTuple):
    """One answer that can be given: its id, and what it is called."""

    id: str
    title: str


class Understood(NamedTuple):
    """Exactly one of the three is set: a command, an answer's id, or what to say about neither."""

    command: str = ""
    answer: str = ""
    hint: str = ""


def choices_for(rubric: Rubric, item: Item) -> list[Choice]:
    """The answers that an item can have, in the order in which they are numbered."""
    titles = {**ANSWER_TITLES, **{option.id: option.title for option in rubric.scale}}
    return [Choice(answer, titles[answer]) for answer in rubric.answers_to(item) if answer != UNKNOWN]


def understand(typed: str, choices: list[Choice]) -> Understood:
    """What one typed line means among these choices."""
    word = " ".join(typed.split()).casefold()
    if word in COMMANDS:
        return Understood(command=word)
    if word in (UNKNOWN, ANSWER_TITLES[UNKNOWN].casefold()):
        return Understood(command="u")
    if word.isdecimal() and len(word) <= _MOST_DIGITS and 1 <= int(word) <= len(choices):
        return Understood(answer=choices[int(word) - 1].id)
    exact = [choice for choice in choices if word in (choice.id, choice.title.casefold())]
    begun = [choice for choice in choices if word and _begins(choice, word)]
    found = exact or begun
    if len(found) == 1:
        return Understood(answer=found[0].id)
    if found:
        return Understood(hint=" / ".join(choice.title for choice in found))
    return Understood(hint=suggestion(word, [choice.id for choice in choices]))


def _begins(choice: Choice, word: str) -> bool:
    return choice.id.startswith(word) or choice.title.casefold().startswith(word)
