"""Typing what stands on a form on paper: one letter a question, in the order of the numbers (docs/collecting.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from involve_audit.asking.draft import Draft, Filled
from involve_audit.asking.interview import Interview
from involve_audit.asking.opening import Opening
from involve_audit.asking.prompts import BACK, NEXT, STAY, Choices, Understood, WentBack
from involve_audit.asking.questions import Questions
from involve_audit.language import day, number
from involve_audit.model.spelling import spelt
from involve_audit.model.view import NOT_APPLICABLE
from involve_audit.words.asking import ENTERING, REMARKS

if TYPE_CHECKING:
    from involve_audit.asking.prompts import Talk
    from involve_audit.model.rubric import Item, Rubric

_EMPTY = "-"


class PaperForm(Interview):
    """One form being typed. `first` is what was typed of the same form before, where it is typed once more."""

    def __init__(
        self,
        rubric: Rubric,
        draft: Draft,
        talk: Talk,
        save: Callable[[Draft], str],
        today: date,
        first: Draft | None = None,
    ) -> None:
        items = list(rubric.items)
        super().__init__(rubric, draft, items, talk, save, today)
        self.first = first
        self.opening: PaperOpening = PaperOpening(rubric, draft, self.prompts, self.save, words=ENTERING)
        self.questions: PaperQuestions = PaperQuestions(rubric, draft, items, self.prompts, self.save, first)

    def differences(self, other: PaperForm) -> Iterator[Callable[[], int]]:
        """What to ask about each thing that is not the same in both forms. What is settled is kept in both."""
        now, then = self.draft, other.draft
        steps = self.opening.steps()

        def settle_day() -> int:
            move = self._settled_by(steps[1], _day(now), _day(then))
            return _kept(other, move, "date", partial(then.__setattr__, "date", now.date))

        def settle_people(place: int, perspective: str) -> int:
            counts = (number(draft.respondents.get(perspective, 0)) for draft in (now, then))
            move = self._settled_by(steps[place + 2], *counts)
            count = now.respondents.get(perspective, 0)
            return _kept(other, move, "respondents", partial(then.respondents.__setitem__, perspective, count))

        def settle_answer(place: int, item: str) -> int:
            move = self.questions.settle(place, then.item(item))
            return _kept(other, move, item, partial(then.answers.__setitem__, item, replace(now.item(item))))

        if now.date != then.date:
            yield settle_day
        for place, perspective in enumerate(self.rubric.perspectives):
            if now.respondents.get(perspective.id, 0) != then.respondents.get(perspective.id, 0):
                yield partial(settle_people, place, perspective.id)
        for place, item in enumerate(self.items):
            if now.item(item.id).answer != then.item(item.id).answer:
                yield partial(settle_answer, place, item.id)

    def _settled_by(self, step: Callable[[], int], first: str, second: str) -> int:
        self.talk.say()
        self.talk.say(ENTERING["twice"].format(first=first, second=second))
        return step()

    def _first_open(self) -> int:
        """Behind the last answer: what is empty before it was left empty."""
        answered = [place for place, item in enumerate(self.items) if not self.draft.is_open(item.id)]
        return answered[-1] + 1 if answered else 0

    def _end(self, ending: Callable[[], None]) -> int:
        if self.first:
            return NEXT
        try:
            self._notes()
            ending()
        except WentBack:
            return BACK
        return NEXT

    def _notes(self) -> None:
        """Hear the notes, each by the number of its question. Raises Stopped, and WentBack to the last question."""
        by_number = {str(place): self.titles.items[name] for name, place in self.titles.numbers.items()}
        self.talk.say()
        while typed := self.prompts.line(f"{ENTERING['notes']}\n> "):
            if item := by_number.get(typed.strip(".")):
                self.questions.hear_note(item)
            else:
                self.talk.say(REMARKS["no_number"].format(number=typed, count=len(by_number)))

    def _show_keys(self) -> None:
        spelling = self.prompts.spelling
        by_answer = {answer: letter for letter, answer in spelling.letters.items()}
        self.talk.say(ENTERING["keys"])
        possible = {answer for item in self.items for answer in self.rubric.answers_to(item)}
        for answer in filter(possible.__contains__, spelling.titles):
            shown = ENTERING["key"].format(letter=by_answer.get(answer, " "), answer=spelling.label(answer))
            self.talk.say(f"  {shown}")
        self.talk.say(ENTERING["more"].format(**self.prompts.keys))


class PaperOpening(Opening):
    """The head of a form: what is looked at, the day, and who answered."""

    def first_open(self) -> int:
        """The place of the first prompt: a day was written on each paper."""
        if not self.draft.subject:
            return 0
        return len(self.steps()) if self.draft.says_anything else 1

    def welcome(self, items: Sequence[Item], place: str) -> None:
        """Nobody sits in the room: there is nothing to say."""

    def _say_who_is_missing(self) -> None:
        if not any(self.draft.respondents.values()):
            self.say(ENTERING["nobody"])


class PaperQuestions(Questions):
    """The questions of a form. `last` is what was typed before of the same form, or None."""

    settling = ""

    def settle(self, place: int, second: Filled) -> int:
        """Ask what stands on the paper, where two answers were typed. Returns NEXT or BACK."""
        item = self.items[place]
        filled = self.draft.item(item.id)
        first, then = (self._title(one.answer or "") or ENTERING["empty"] for one in (filled, second))
        self.say()
        self.settling = ENTERING["twice"].format(first=first, second=then)
        try:
            return self.ask(place)
        finally:
            self.settling = ""

    def hear_note(self, item: Item) -> None:
        """Hear the note of a question, whatever comes of it."""
        with suppress(WentBack):
            self.remarks.note(item, None, None)

    def _show(self, place: int, choices: Choices) -> None:
        """The prompt says it all."""
        if self.settling:
            self.say(self.settling)

    def _prompt(self, item: Item) -> str:
        known = not self.draft.is_open(item.id) and not self.settling
        shown = {"number": number(self.titles.numbers[item.id]), "title": item.title}
        answer = self._title(self.draft.item(item.id).answer or "")
        return ENTERING["so_far" if known else "asked"].format(**shown, answer=answer)

    def _answered(self, choices: Choices, typed: str) -> int:
        spelling, item = self.prompts.spelling, choices.item
        if typed == _EMPTY and not spelling.begun(_EMPTY):
            self.draft.item(item.id).answer = self.draft.item(item.id).reason = None
            self.save(item.id)
            self._say_back("left_open", "")
            return NEXT
        if not typed and self.settling:
            self.say(ENTERING["say"])
            return STAY
        if not typed and self.draft.is_open(item.id):
            return self._kept(item)
        letter = spelling.letters.get(word := spelt(typed))
        if len(word) == 1 and word.isalpha() and not letter and choices.understand(typed).answer:
            self._answer_in_words(choices, Understood(), typed)  # one letter is the same answer at every question
            return STAY
        return super()._answered(choices, spelling.titles[letter] if letter else typed)

    def _carry_out(self, choices: Choices, understood: Understood) -> int:
        if understood.command in ("others", "confirm"):
            self.say(self.prompts.told("type_h"))
            return STAY
        return super()._carry_out(choices, understood)

    def _record(self, choices: Choices, answer: str) -> int:
        """What is typed over is no answer any more, also where it stops before the reason of the new one is typed."""
        name, filled = choices.item.id, self.draft.item(choices.item.id)
        before = filled.answer if answer == NOT_APPLICABLE != filled.answer and not self.settling else None

        def put(answer: str | None) -> None:
            if before:
                filled.answer = answer
                self.save(name)

        put(None)
        try:
            move = super()._record(choices, answer)
        except WentBack:
            put(before)
            raise
        if move == STAY:
            put(before)
        return move

    def _reason(self, item: Item) -> str:
        before = self.last.item(item.id) if self.last else Filled()
        if before.answer == NOT_APPLICABLE and before.reason:
            return before.reason
        return self.prompts.text(ENTERING["reason"], partial(self._explain, item), self.titles.numbers[item.id])

    def _last_answer(self, choices: Choices) -> None:
        """What was typed before is no answer of an earlier time."""

    def _say_back(self, how: str, answer: str) -> None:
        self.say(ENTERING["recorded"].format(answer=self._title(answer) or ENTERING["empty"]))


def _kept(form: PaperForm, move: int, part: str, put: Callable[[], None]) -> int:
    """Put what was settled, which is this part, into the other form too, where it was. Returns the way to go."""
    if move == NEXT:
        put()
        form.save(part)
    return move


def _day(draft: Draft) -> str:
    return day(draft.date) if draft.date else "–"
