"""What was typed, understood: an answer by number, name, beginning or meaning, a command, or what to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.errors import nearest
from involve_audit.language import listed
from involve_audit.model.names import without_case
from involve_audit.model.spelling import Spelling, listed_words, spelt
from involve_audit.model.view import NOT_APPLICABLE, UNKNOWN
from involve_audit.words.asking import FILLERS, MEANT, TYPED

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item, Rubric

_OF_A_QUESTION = ("note", "evidence")
_WITH_NUMBER = re.compile(r"(.*?\D) ?(\d{1,6})")
_STANDING_FOR = ("yes", "no", "partly")
_MOST_FILLERS = 4


class Understood(NamedTuple):
    """What a line means: a command (for question `number`, if it names one) or an answer; else `hint` says what to do.

    `answers` are all the answers of the rubric that the line may stand for, whether or not one was taken.
    """

    command: str = ""
    number: int | None = None
    answer: str = ""
    hint: str = ""
    answers: tuple[str, ...] = ()


class Choices:
    """The answers that one question can have, by id in the order in which they are shown."""

    def __init__(self, rubric: Rubric, item: Item, spelling: Spelling) -> None:
        self.rubric = rubric
        self.item = item
        self.spelling = spelling
        self.open = [answer for answer in spelling.titles if answer in rubric.answers_to(item)]

    def lines(self) -> Iterator[str]:
        """Each answer that is open to the question, with its number."""
        yield from (f"  {self.spelling.label(answer)}" for answer in self.open)

    def understand(self, typed: str) -> Understood:
        """What one typed line means at this question."""
        understood = meaning(typed, self.spelling)
        if understood.command or not (understood.answers or understood.hint):
            return understood
        if not understood.answers:
            return understood._replace(hint=self._instead())
        here = [answer for answer in understood.answers if answer in self.open]
        if len(here) == 1 and not (len(understood.answers) > 1 and here[0] in self.spelling.built_in):
            return understood._replace(answer=here[0])
        return understood._replace(hint=self._which(here) if here else self._not_here(typed, understood.answers))

    def _which(self, answers: list[str]) -> str:
        return TYPED["which"].format(answers=" / ".join(map(self.spelling.label, answers)))

    def _not_here(self, typed: str, answers: tuple[str, ...]) -> str:
        titles = listed((self.spelling.titles[answer] for answer in answers), "or")
        return TYPED["not_here"].format(typed=" ".join(typed.split()), answer=titles)

    def _instead(self) -> str:
        """What to type in place of words without one clear meaning."""
        options = [option for option in self.rubric.scale if option.id in self.open and not option.if_done]
        in_part = [option.title for option in options if 0 < option.value < 1]
        none = [option.title for option in options if option.value == 0]
        unknown = self.spelling.shown_keys()["unknown"]
        if not in_part:
            answers = listed((option.title for option in options), "or")
            return TYPED["unclear_no_part"].format(answers=answers, unknown=unknown)
        part, worst = listed(in_part, "or"), listed(none, "or")
        return TYPED["unclear"].format(part=part, none=worst, unknown=unknown)

    def nearest(self, typed: str) -> str:
        """Which answer was meant by a word typed wrong; empty where none is like it."""
        by_name = {name: answer for answer in self.open for name in self.spelling.names[answer]}
        by_name |= dict.fromkeys(listed_words(MEANT[UNKNOWN]), UNKNOWN)
        if not (near := nearest(spelt(typed), by_name)):
            return ""
        answer = by_name[near]
        shown = self.spelling.number_of(answer) or self.spelling.titles[answer]
        return TYPED["meant"].format(answer=self.spelling.titles[answer], typed=shown)


def meaning(typed: str, spelling: Spelling, *, in_a_text: bool = False) -> Understood:
    """What a line means wherever it is typed: which answers of the rubric, or which command.

    A number or a name comes first, then commands, then beginnings, then what words commonly mean. `hint` is set, to
    anything, for words without one clear meaning. A sentence is not looked through for what it means `in_a_text`.
    """
    if not typed.strip():
        return Understood()
    if (answer := spelling.numbered(typed)) is not None:
        return Understood(answers=(answer,))
    for word in dict.fromkeys((without_case(typed), spelt(typed))):
        if answers := spelling.called(word):
            return Understood(answers=tuple(answers))
    if command := _command(typed, spelling):
        return command
    for word in dict.fromkeys((without_case(typed), spelt(typed))):
        if begun := spelling.likely(word):
            return Understood(answers=tuple(begun))
    return _by_words([spelt(typed)] if in_a_text else _forms(spelt(typed)), spelling)


def _command(typed: str, spelling: Spelling) -> Understood | None:
    if command := spelling.command(typed):
        return Understood(command=command)
    if (found := _WITH_NUMBER.fullmatch(without_case(typed))) and not spelling.begun(without_case(typed)):
        command = spelling.command(found[1])
        if command in _OF_A_QUESTION:
            return Understood(command=command, number=int(found[2]))
    return None


def _by_words(forms: Iterable[str], spelling: Spelling) -> Understood:
    """What common words mean, in the first of these forms that means anything."""
    for form in forms:
        if answers := spelling.called(form):
            return Understood(answers=tuple(answers))
        for meant in MEANT:
            if form in listed_words(MEANT[meant]):
                standing = _standing_for(meant, spelling)
                return Understood(answers=standing, hint="" if standing else meant)
        if command := spelling.command(form):
            return Understood(command=command)
    return Understood()


def _standing_for(meant: str, spelling: Spelling) -> tuple[str, ...]:
    if meant in _STANDING_FOR:
        return tuple(spelling.called(listed_words(MEANT[meant])[0]))
    return (meant,) if meant in (UNKNOWN, NOT_APPLICABLE) else ()


def _forms(word: str) -> Iterator[str]:
    """The words, and the same without one and more of the fillers around them."""
    yield word
    for _ in range(_MOST_FILLERS):
        shorter = _without_filler(word)
        if shorter == word:
            return
        yield (word := shorter)


def _without_filler(word: str) -> str:
    for filler in sorted(listed_words(FILLERS["before"]), key=len, reverse=True):
        if word.startswith(f"{filler} "):
            return spelt(word.removeprefix(f"{filler} "))
    for filler in sorted(listed_words(FILLERS["after"]), key=len, reverse=True):
        if word.endswith(f" {filler}"):
            return spelt(word.removesuffix(f" {filler}"))
    return word
