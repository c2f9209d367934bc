"""Hearing one thing at a time from the people in the room, and understanding what was typed.

An answer comes by number, name, beginning or meaning; else it is a command, or it is said what to type instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from involve_audit.errors import Stopped, nearest
from involve_audit.language import listed
from involve_audit.model.names import without_case
from involve_audit.model.spelling import Spelling, listed_words, spelt
from involve_audit.model.view import UNKNOWN, is_unlikely
from involve_audit.words.asking import ASKING, FILLERS, MEANT, TYPED

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item, Rubric

_OF_A_QUESTION = ("note", "evidence")
_WITH_NUMBER = re.compile(r"(.*?\D) ?(\d{1,6})")
_NOTE_IN_ONE_LINE = re.compile(r"([^\W\d]{3,}) ?(\d{1,6})?(:)? *(?<=[: ])(.+)")
_BETWEEN = re.compile(r"[\W_]+")
_MOST_FILLERS = 4
_ALIKE = 0.8
FEWEST_WORDS_OF_A_TEXT = 3
_NEXT_CHOICE = re.compile(r", \d ")
_LISTED = ("skip", "help", "note", "evidence", "back", "again", "where", "others", "stop", "list")
NEXT, BACK, STAY = 1, -1, 0
"""Which way to go from one step of a session."""
AT_ANY_PROMPT = ("stop", "back", "list", "where", "help")
"""The commands that mean something wherever they are typed; the others belong to a question."""


class Talk(Protocol):
    """Saying something to the people in the room, and hearing what they type."""

    def say(self, text: str = "", *, strong: bool = False) -> None:
        """Show some lines."""

    def line(self, prompt: str) -> str:
        """One typed line. Raises EOFError where there will be no more."""

    def pending(self) -> bool:
        """Whether more lines came together with the last one, as when text was pasted."""

    def take_pending(self) -> list[str]:
        """The lines that came together with the last one."""


class Save(Protocol):
    """Keeps the draft, of which some parts were touched."""

    def __call__(self, *touched: str) -> None:
        """Keep it."""


class WentBack(Exception):
    """The people want to go back from a prompt."""


class OthersAreHere(Exception):
    """Other people than those of this view are in the room now, so that what they say belongs to another one."""


class MeantForTheQuestion(Exception):
    """What was typed where a text is wanted was meant for the question: an answer to it, or a command."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class Prompts:
    """Asks for one thing. The commands that work at every prompt are carried out here or by `show_keys` and `where`."""

    def __init__(
        self,
        talk: Talk,
        show_keys: Callable[[], None],
        where: Callable[[], None],
        today: date,
        spelling: Spelling | None = None,
    ) -> None:
        self.talk = talk
        self.show_keys = show_keys
        self.where = where
        self.today = today
        self.spelling = spelling or Spelling()
        self.keys = self.spelling.shown_keys()

    def told(self, name: str, **words: object) -> str:
        """A text of `ASKING`, with the keys to type filled in."""
        return ASKING[name].format(**self.keys, **words)

    def line(
        self,
        prompt: str,
        explain: Callable[[], None] | None = None,
        *,
        joined: bool = True,
        text: bool = False,
        own: tuple[str, ...] = (),
    ) -> str:
        """One typed line, the commands that work at every prompt carried out. Raises Stopped and WentBack.

        Where several lines are pasted they are one, unless the caller looks after them itself. They are no command.
        Where a `text` is wanted only the keys of commands are, and no other word for them; nor is any of `own`, which
        are the answers of this prompt, as `spelt` has them.
        """
        while True:
            try:
                typed = self.talk.line(prompt).strip()
            except EOFError:
                raise Stopped from None
            if self.talk.pending():
                rest = self.talk.take_pending() if joined else []
                return " ".join(filter(None, map(str.strip, (typed, *rest))))
            command = self.spelling.command(typed)
            is_key = spelt(typed) == self.spelling.keys.get(command)
            is_own = any(word.startswith(spelt(typed)) for word in own)
            if command not in AT_ANY_PROMPT or (not is_key and (text or is_own)):
                return typed
            self.carry_out(command, explain)

    def carry_out(self, command: str, explain: Callable[[], None] | None) -> None:
        """Do what one of the commands that work at every prompt asks for. Raises Stopped and WentBack."""
        if command == "stop":
            raise Stopped
        if command == "back":
            raise WentBack
        does = {"list": self.show_keys, "where": self.where, "help": explain or self.show_keys}
        does[command]()

    def text(self, prompt: str, explain: Callable[[], None] | None = None, question: int | None = None) -> str:
        """One piece of text, on one line however it was pasted; empty for none.

        What reads like an answer or a command is asked about. Raises MeantForTheQuestion where it was meant for the
        question with this number, and Stopped and WentBack.
        """
        while True:
            typed = self.line(f"{prompt}\n{ASKING['typed']}", explain, text=True)
            command = self.spelling.command(typed)
            if command and command not in AT_ANY_PROMPT and spelt(typed) == self.spelling.keys[command]:
                self.talk.say(self.told("text_here"))
            elif self.is_text(typed, question):
                return typed

    def is_text(self, typed: str, question: int | None = None) -> bool:
        """Whether a line is the text that is wanted, asked where it reads like something else. Raises as `text`."""
        understood = meaning(typed, self.spelling, in_a_text=True)
        if not (understood.answers or understood.command):
            return True
        reads_like = self._reads_like(typed, understood)
        if question is None:
            return self.one_of(f"{reads_like} {TYPED['keep_or_not']}", back=2) == 1
        choice = TYPED["keep_or_answer" if understood.answers else "keep_or_do"].format(number=question)
        chosen = self.one_of(f"{reads_like} {choice}", back=0)
        if chosen == 2:
            raise MeantForTheQuestion(typed)
        if not chosen:
            raise WentBack
        return True

    def _reads_like(self, typed: str, understood: Understood) -> str:
        titles = [self.spelling.titles[answer] for answer in understood.answers]
        if len(titles) == 1:
            return TYPED["is_answer"].format(typed=typed, answer=titles[0])
        if titles:
            return TYPED["is_answers"].format(typed=typed, answers=listed(titles, "or"))
        return TYPED["is_command"].format(typed=typed, what=TYPED[f"key_{understood.command}"])

    def one_of(self, prompt: str, back: int = 1, enter: int = 0, words: list[str] | None = None) -> int:
        """Which of the choices of a prompt was taken, by its number or its words; `back` to go back, `enter` for Enter.

        The choices stand at the end of the prompt, as in `Keep it? 1 Yes, 2 No`. Where the first of them asks for
        `words`, as many of them as are no choice are put there, and that one is taken.
        """
        choices = [_ways_to_say(words) for words in _NEXT_CHOICE.split(f" {prompt}".rpartition(" 1 ")[2])]
        own = tuple(word for words in choices for word in words)
        while True:
            try:
                said = self.line(f"{prompt}: ", own=own)
            except WentBack:
                return back
            if chosen := _chosen(spelt(said), choices) if said else enter:
                return chosen
            if words is not None and len(said.split()) >= FEWEST_WORDS_OF_A_TEXT:
                words.append(said)
                return 1
            self.talk.say(TYPED["what_now"])

    def optional(self, prompt: str, read: Callable[[str], object], wrong: str) -> str | None:
        """A value that `read` accepts, or None for an empty line. `wrong` names what is said of any other."""
        while True:
            typed = self.line(f"{prompt}\n{ASKING['typed']}")
            if not typed:
                return None
            try:
                value = read(typed)
            except ValueError:
                self.talk.say(ASKING[wrong].format(typed=typed))
            else:
                if not isinstance(value, date) or self.is_meant(value):
                    return typed

    def is_meant(self, day: date) -> bool:
        """Whether a day that was typed is likely, or else the people say that it is right."""
        return not is_unlikely(day, self.today) or self.one_of(ASKING["unlikely_day"].format(day=day), back=2) == 1


def _ways_to_say(words: str) -> list[str]:
    """What may be typed for a choice: its words, and for Yes and No all that means the same."""
    same = next((alike for alike in map(listed_words, (MEANT["yes"], MEANT["no"])) if alike[0] == spelt(words)), ())
    return [spelt(words), *same]


def _chosen(typed: str, choices: list[list[str]]) -> int:
    """The number of the one choice that was typed; 0 where it was none, or could be several."""
    if typed.isdecimal():
        return int(typed) if len(typed) < 3 and 1 <= int(typed) <= len(choices) else 0
    found = [place for place, words in enumerate(choices, 1) if typed in words]
    found = found or [place for place, words in enumerate(choices, 1) if len(typed) > 1 and words[0].startswith(typed)]
    return found[0] if len(found) == 1 else 0


def list_of_keys(spelling: Spelling, *, confirm: bool) -> str:
    """What can be typed at a question; to `confirm` only where there is something to."""
    keys = {"unknown": spelling.number_of(UNKNOWN)} | {name: spelling.keys.get(name, "") for name in _LISTED}
    if confirm:
        keys["confirm"] = spelling.keys.get("confirm", "")
    width = max(map(len, keys.values()))
    lines = [f"  {key.ljust(width)}  {TYPED[f'key_{name}']}" for name, key in keys.items() if key]
    more = TYPED["key_of_question"].format(**spelling.shown_keys())
    return "\n".join([TYPED["keys"], *lines, f"  {more}"])


# What was typed, understood


class Understood(NamedTuple):
    """What a line means: a command (for question `number`, if it names one) or an answer; else `hint` says what to do.

    `answers` are all the answers of the rubric that the line may stand for, whether or not one was taken. Where there
    is a `hint` too, they are a guess, and none may be taken.
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
        if understood.command:
            return understood
        if not (understood.answers or understood.hint):
            return understood._replace(hint=self._instead()) if self._is_qualified(typed) else understood
        if not understood.answers:
            return understood._replace(hint=self._instead())
        here = [answer for answer in understood.answers if answer in self.open]
        if understood.hint:
            return understood._replace(hint=self._which(here)) if here else Understood()
        if len(here) == 1 and not (len(understood.answers) > 1 and here[0] in self.spelling.built_in):
            return understood._replace(answer=here[0])
        return understood._replace(hint=self._which(here) if here else self._not_here(typed, understood.answers))

    def _is_qualified(self, typed: str) -> bool:
        """Whether a few words hold one that means something, and others that may change it: “yes, mostly”."""
        words = [*filter(None, _BETWEEN.split(spelt(typed)))]
        means = (word for word in words if self.spelling.called(word) or self.spelling.meant(word))
        return 1 < len(words) < FEWEST_WORDS_OF_A_TEXT and any(means)

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
        if not (near := nearest(spelt(typed), by_name, _ALIKE)):
            return ""
        answer = by_name[near]
        shown = self.spelling.number_of(answer) or self.spelling.titles[answer]
        return TYPED["meant"].format(answer=self.spelling.titles[answer], typed=shown)


def meaning(typed: str, spelling: Spelling, *, in_a_text: bool = False) -> Understood:
    """What a line means wherever it is typed: which answers of the rubric, or which command.

    A number or a name comes first, then commands, then beginnings of options, then what words commonly mean, then other
    beginnings; those of `also` are a guess. `hint` is set, to anything, for a guess and for words without one clear
    meaning. `in_a_text` nothing is guessed, and a sentence is not looked through for what it means.
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
    words = tuple(dict.fromkeys((without_case(typed), spelt(typed))))
    if likely := next(filter(None, map(spelling.likely, words)), None):
        return Understood(answers=tuple(likely))
    found = _by_words([spelt(typed)] if in_a_text else _forms(spelt(typed)), spelling)
    begun = next(filter(None, map(spelling.begun, words)), None)
    if found.answers or found.hint or not begun:
        return found
    is_guess = not spelling.built_in.keys() >= set(begun)
    return Understood() if is_guess and in_a_text else Understood(answers=tuple(begun), hint="guess" * is_guess)


def _command(typed: str, spelling: Spelling) -> Understood | None:
    if command := spelling.command(typed):
        return Understood(command=command)
    if (found := _WITH_NUMBER.fullmatch(without_case(typed))) and not spelling.begun(without_case(typed)):
        command = spelling.command(found[1])
        if command in (*_OF_A_QUESTION, "back"):
            return Understood(command=command, number=int(found[2]))
    return None


def note_in_one_line(typed: str, spelling: Spelling) -> tuple[int | None, str] | None:
    """The number and the words of a note typed with its command: `note 5 they moved`, `note: they moved`."""
    found = _NOTE_IN_ONE_LINE.fullmatch(typed)
    if not found or not (found[2] or found[3]) or spelling.command(found[1]) != "note":
        return None
    return int(found[2]) if found[2] else None, found[4]


def _by_words(forms: Iterable[str], spelling: Spelling) -> Understood:
    """What common words mean, in the first of these forms that means anything."""
    for form in forms:
        if answers := spelling.called(form):
            return Understood(answers=tuple(answers))
        if meant := spelling.meant(form):
            standing = spelling.standing_for(meant)
            return Understood(answers=standing, hint="" if standing else meant)
        if command := spelling.command(form):
            return Understood(command=command)
    return Understood()


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
