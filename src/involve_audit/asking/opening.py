"""Before the questions: what is looked at, on which day, and who is in the room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from involve_audit.asking.prompts import BACK, NEXT, STAY, WentBack
from involve_audit.model.base import read_day
from involve_audit.render.item_help import help_lines
from involve_audit.words.asking import ASKING, COUNTED_QUESTIONS

if TYPE_CHECKING:
    from involve_audit.asking.draft import Draft
    from involve_audit.asking.prompts import Prompts, Save
    from involve_audit.model.rubric import Item, Rubric

MINUTES_OF_TALK = 2, 4
"""What a question takes, the reading apart: where people are soon of one mind, and where they are not."""
WORDS_READ_OUT = 130
"""In a minute."""


class Opening:
    """The first prompts of a session. Each of its steps says which way to go from there: NEXT, BACK or STAY."""

    def __init__(
        self,
        rubric: Rubric,
        draft: Draft,
        prompts: Prompts,
        save: Save,
        subject_named: Callable[[str], None] = lambda _subject: None,
        words: Mapping[str, str] = ASKING,
    ) -> None:
        self.rubric = rubric
        self.draft = draft
        self.prompts = prompts
        self.say = prompts.talk.say
        self.save = save
        self.subject_named = subject_named
        self.words = words

    def steps(self) -> list[Callable[[], int]]:
        """The prompts, in order."""
        people = (partial(self._people, place) for place in range(len(self.rubric.perspectives)))
        return [self._subject, self._date, *people]

    def first_open(self) -> int:
        """The place of the first prompt that nothing is known for; that behind the last one where all are over.

        A file holds no number for nobody, so who is here is asked until there is an answer: a session may have stopped
        halfway through it.
        """
        if not self.draft.subject:
            return 0
        if not self.draft.date:
            return 1
        return len(self.steps()) if self.draft.says_anything else 2

    def welcome(self, items: Sequence[Item], place: str) -> None:
        """Say what is to come: so many questions, how long they take, and where the answers stay."""
        least, most = map(_duration, self._minutes(items))
        self.say(f"{COUNTED_QUESTIONS.of('welcome', len(items))} {self.words['together']}")
        self.say()
        self.say(ASKING["how_long"].format(least=least, most=most))
        self.say(self.prompts.told("no_hurry"))
        self.say()
        self.say(ASKING["stays_at" if place else "stays"].format(place=place))

    def _minutes(self, items: Sequence[Item]) -> tuple[float, float]:
        """How long questions take where there is little to say, and where all help is read out and talked about."""
        texts = (text for item in items for text in (item.ask, *help_lines(self.rubric, item)))
        reading = sum(len(text.split()) for text in texts) / WORDS_READ_OUT
        return max(5, len(items) * MINUTES_OF_TALK[0]), max(10, reading + len(items) * MINUTES_OF_TALK[1])

    def _asked_before(self, key: str, shown: str | None, **words: str) -> str | None:
        """What was typed at one of the first prompts; `shown` for Enter; None to go back."""
        self.say()
        self.say(self.words[key].format(**words), strong=True)
        offer = f" ({ASKING['keep'].format(value=shown)})" if shown else ""
        prompt, is_text = f"{offer.strip()}{' ' if offer else ''}{ASKING['typed']}", key == "subject"
        try:
            typed = self.prompts.line(prompt, self._explainer(key), text=is_text)
            while is_text and not self.prompts.is_text(typed):
                typed = self.prompts.line(prompt, self._explainer(key), text=True)
        except WentBack:
            return None
        return typed or shown

    def _explainer(self, key: str) -> Callable[[], None]:
        return lambda: self.say(self.words[f"{key}_help"])

    def _subject(self) -> int:
        typed = self._asked_before("subject", self.draft.subject or "")
        if typed is None:
            return BACK
        if not typed:
            self.say(self.prompts.told("needed"))
            return STAY
        if typed != self.draft.subject:
            if not self.draft.date:
                self.subject_named(typed)
            self.draft.subject = typed
            self.draft.touched.add("subject")
            if self.draft.date:
                self.save("subject")
        return NEXT

    def _date(self) -> int:
        typed = self._asked_before("date", str(self.draft.date or self.prompts.today))
        if typed is None:
            return BACK
        try:
            day = past_day(typed, self.prompts.today)
        except ValueError:
            self.say(ASKING["bad_date"].format(typed=typed))
            return STAY
        if not self.prompts.is_meant(day):
            return STAY
        changed = ["date"] if day != self.draft.date else []
        self.draft.date = day
        self.save(*changed)
        return NEXT

    def _people(self, place: int) -> int:
        perspective = self.rubric.perspectives[place]
        if place == 0:
            self.say()
            self.say(self.words["people_why"])
        now = self.draft.respondents.get(perspective.id, 0)
        typed = self._asked_before("people", str(now), perspective=perspective.title)
        if typed is None:
            return BACK
        if not typed.isdecimal() or len(typed) > 6:
            self.say(ASKING["bad_number"].format(typed=typed))
            return STAY
        self.draft.respondents[perspective.id] = int(typed)
        self.save(*(["respondents"] if int(typed) != now else []))
        if place == len(self.rubric.perspectives) - 1:
            self._say_who_is_missing()
        return NEXT

    def _say_who_is_missing(self) -> None:
        first = self.rubric.perspectives[0]
        if not self.draft.respondents.get(first.id):
            self.say()
            self.say(ASKING["unheard"].format(perspective=first.title), strong=True)


def _duration(minutes: float) -> str:
    """A length of time in words: to five minutes below an hour, to an hour above."""
    if minutes < 57:
        return COUNTED_QUESTIONS.of("minutes", max(5, 5 * round(minutes / 5)))
    return COUNTED_QUESTIONS.of("hours", max(1, int(minutes / 60 + 0.75)))


def past_day(typed: str, today: date) -> date:
    """A day that was typed, today or before it. Raises ValueError for anything else."""
    day = read_day(typed)
    if day > today:
        raise ValueError(typed)
    return day
