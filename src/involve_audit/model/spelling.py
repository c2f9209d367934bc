"""How the answers of a rubric are typed, and what that leaves to type for commands (docs/asking.md, "What is typed").

What an answer begins with belongs to the answer, at every question of the rubric and in the language in use. A command
takes the first of its candidates that no answer begins with.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING

from involve_audit.model.names import without_case
from involve_audit.model.view import NOT_APPLICABLE, UNKNOWN, answer_word
from involve_audit.words.asking import ASKING, COMMAND_WORDS, COMMANDS, MEANT
from involve_audit.words.reports import ANSWER_TITLES

if TYPE_CHECKING:
    from involve_audit.model.rubric import Rubric

_MOST_DIGITS = 6
_STANDING_FOR = ("yes", "no", "partly")
_AROUND = "\"'()[]“”.,;:!…"
_FIGURES = re.compile(r"\d+")


class Spelling:
    """What may be typed for the answers of a rubric, and for the commands; without a rubric, for the commands.

    `titles` are the answers in the order in which they are shown, by id; `names` is what each is called.
    """

    def __init__(self, rubric: Rubric | None = None) -> None:
        scale = rubric.scale if rubric else ()
        self.titles = {option.id: option.title for option in scale}
        self.names = {option.id: _names(option.id, option.title, *option.also) for option in scale}
        self.built_in: dict[str, str] = {}
        if rubric:
            self.built_in = {NOT_APPLICABLE: ANSWER_TITLES[NOT_APPLICABLE], UNKNOWN: ASKING["nobody_knows"]}
            self.names[NOT_APPLICABLE] = _names(NOT_APPLICABLE, self.built_in[NOT_APPLICABLE])
            self.names[UNKNOWN] = _names(UNKNOWN, ANSWER_TITLES[UNKNOWN], self.built_in[UNKNOWN])
        self.titles |= self.built_in

    def begun(self, word: str) -> list[str]:
        """The answers of which a name begins with this word."""
        return [answer for answer, names in self.names.items() if any(name.startswith(word) for name in names)]

    def likely(self, word: str) -> list[str]:
        """The options that are meant by a word that begins what is shown for them, or their id; never by `also`."""
        return [
            answer
            for answer, title in self.titles.items()
            if answer not in self.built_in and (spelt(title).startswith(word) or answer.startswith(word))
        ]

    def called(self, word: str) -> list[str]:
        """The answers of which this word is a name, or is what is shown for them."""
        return [answer for answer, names in self.names.items() if word in names or word == self._shown.get(answer)]

    @cached_property
    def _shown(self) -> dict[str, str]:
        return {answer: spelt(self.label(answer)) for answer in self.titles}

    def meanings(self, text: str) -> set[str]:
        """The answers that a text is the id or the title of, or both as `told_apart` has them."""
        word = answer_word(text)
        titles = [*self.titles.items(), (UNKNOWN, ANSWER_TITLES[UNKNOWN])]
        called = {one for one, title in titles if spelt(text) in (spelt(title), spelt(_both(one, title)))}
        return called | {word} if word in self.names else called

    def told_apart(self, answer: str, title: str) -> str:
        """The title of an answer where no other is called so, else its id and its title."""
        return title if self.meanings(title) == {answer} else _both(answer, title)

    def meant(self, word: str) -> str:
        """What a common word means, as `words.asking.MEANT` has it; empty where it is none."""
        return next((meant for meant in MEANT if word in listed_words(MEANT[meant])), "")

    def standing_for(self, meant: str) -> tuple[str, ...]:
        """The answers of the rubric that such a meaning stands for."""
        if meant in _STANDING_FOR:
            return tuple(self.called(listed_words(MEANT[meant])[0]))
        return (meant,) if meant in (UNKNOWN, NOT_APPLICABLE) else ()

    # Numbers

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each answer: its place in the scale, one more for not applicable, 0 for unknown."""
        return {answer: 0 if answer == UNKNOWN else place for place, answer in enumerate(self.titles, 1)}

    @cached_property
    def misleading(self) -> dict[str, str]:
        """Names that begin with the number of another answer, each with the answer that they belong to."""
        numbers = set(self.places.values())
        return {
            name: answer
            for answer, names in self.names.items()
            for name in names
            if (figures := _FIGURES.match(name)) and (number := _number(figures[0])) in numbers
            if number != self.places[answer]
        }

    def number_of(self, answer: str) -> str:
        """The number to type for an answer; empty where numbers belong to the names of answers."""
        return "" if self.misleading else str(self.places[answer])

    def label(self, answer: str) -> str:
        """The title of an answer behind its number, which is not said twice."""
        title, number = self.titles[answer], self.number_of(answer)
        figures = _FIGURES.match(title)
        return title if not number or (figures and figures[0] == number) else f"{number} {title}"

    def numbered(self, typed: str) -> str | None:
        """The answer that has the number that was typed; None where it is no number of an answer."""
        word = spelt(typed)
        if self.misleading or not word.isdecimal() or any(unicodedata.category(sign) == "No" for sign in typed):
            return None
        number = _number(word)
        return next((answer for answer, place in self.places.items() if place == number), None)

    # Letters

    @cached_property
    def letters(self) -> dict[str, str]:
        """The answer that a letter stands for where many are typed: a letter of its title, and one for each answer.

        It begins no other answer and no command, so it means the same or nothing wherever answers are typed. An answer
        is missing where its title has no such letter.
        """
        letters: dict[str, str] = {}
        for answer, title in self.titles.items():
            signs = (sign for sign in spelt(title) if sign.isalpha() and sign not in letters)
            free = (sign for sign in signs if self._is_of(answer, sign))
            if letter := next(free, ""):
                letters[letter] = answer
        return letters

    def _is_of(self, answer: str, letter: str) -> bool:
        return set(self.likely(letter) or self.begun(letter)) <= {answer} and letter not in self.commands

    # Commands

    @cached_property
    def keys(self) -> dict[str, str]:
        """The shortest that may be typed for each command; a command is missing where answers leave it nothing."""
        keys: dict[str, str] = {}
        for command in COMMANDS:
            for candidate in listed_words(COMMANDS[command]):
                if candidate not in keys.values() and not self.begun(candidate):
                    keys[command] = candidate
                    break
        return keys

    @cached_property
    def commands(self) -> dict[str, str]:
        """Every word that means a command, with the command: its key, and others that no answer begins with."""
        words = {key: command for command, key in self.keys.items()}
        for table in (COMMANDS, COMMAND_WORDS):
            for command in (command for command in table if command in self.keys):
                for word in listed_words(table[command]):
                    if not self.begun(word):
                        words.setdefault(word, command)
        return words

    def command(self, typed: str) -> str:
        """The command that was typed; empty where it is none."""
        return "" if self.begun(without_case(typed)) else self.commands.get(spelt(typed), "")

    @property
    def keyless(self) -> list[str]:
        """The commands that nothing can be typed for."""
        return [command for command in COMMANDS if command not in self.keys]

    def shown_keys(self) -> dict[str, str]:
        """What to type for each command and for unknown, to be filled into texts."""
        unknown = self.number_of(UNKNOWN) if self.built_in else ""
        return {command: self.keys.get(command, "–") for command in COMMANDS} | {
            "unknown": unknown or self.titles.get(UNKNOWN, "")
        }


def _both(answer: str, title: str) -> str:
    return f"{answer} ({title})"


def spelt(text: str) -> str:
    """A text as it is held against others: without case, apostrophes, and what may stand around it."""
    word = without_case(text)
    return word.strip(_AROUND + " ").replace("'", "") or word


@cache
def listed_words(text: str) -> tuple[str, ...]:
    """The words of an entry of the tables of what is typed, in order. Whatever is typed is held against many."""
    return tuple(filter(None, map(spelt, text.split(","))))


def _names(*names: str) -> tuple[str, ...]:
    """What these are called: as they are held against others, with the signs around them, and without accents."""
    forms = (form for name in names for form in (spelt(name), without_case(name), _without_marks(spelt(name))))
    return tuple(dict.fromkeys(filter(None, forms)))


def _without_marks(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def _number(figures: str) -> int | None:
    return int(figures) if len(figures) <= _MOST_DIGITS else None
