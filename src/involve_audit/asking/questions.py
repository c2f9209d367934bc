"""Asking one question: showing it, hearing its answer, and saying back what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from involve_audit.asking.draft import needs_reason
from involve_audit.asking.prompts import (
    AT_ANY_PROMPT,
    BACK,
    FEWEST_WORDS_OF_A_TEXT,
    NEXT,
    STAY,
    Choices,
    MeantForTheQuestion,
    OthersAreHere,
    Prompts,
    Save,
    Understood,
    WentBack,
    note_in_one_line,
)
from involve_audit.asking.remarks import Remarks
from involve_audit.render.item_help import help_lines
from involve_audit.render.titles import Titles
from involve_audit.words.asking import ASKING, REMARKS, TYPED

if TYPE_CHECKING:
    from involve_audit.asking.draft import Draft, Filled
    from involve_audit.model.rubric import Item, Rubric


class Questions:
    """The questions of a session. `items` are those to ask, `last` is what was answered an earlier time."""

    def __init__(
        self,
        rubric: Rubric,
        draft: Draft,
        items: Sequence[Item],
        prompts: Prompts,
        save: Save,
        last: Draft | None = None,
    ) -> None:
        self.rubric = rubric
        self.titles = Titles(rubric)
        self.draft = draft
        self.items = list(items)
        self.prompts = prompts
        self.say = prompts.talk.say
        self.save = save
        self.last = last
        self.remarks = Remarks(self.titles, draft, prompts, save)
        self.direction = ""
        self.before: Item | None = None

    def ask(self, place: int) -> int:
        """Ask the question at a place of `items` until it is left. Returns NEXT or BACK. Raises Stopped."""
        item = self.items[place]
        choices = Choices(self.rubric, item, self.prompts.spelling)
        self._show(place, choices)
        meant: str | None = None
        while True:
            try:
                move = self._heard(choices, meant)
                meant = None
            except MeantForTheQuestion as typed:
                meant = typed.typed
                continue
            except WentBack:
                meant = None
                self._show(place, choices)
                continue
            if move != STAY:
                self.before = item if move == NEXT else None
                return move

    # Showing

    def _show(self, place: int, choices: Choices) -> None:
        item = choices.item
        self.say()
        self.say(self._heading(place, item))
        self._say_direction(item)
        self.say(self._wording(item), strong=True)
        for line in choices.lines():
            self.say(line)
        if (before := self._last_answer(choices)) and self.last:
            answer = self._title(before.answer or "")
            self.say(self.prompts.told("last_time", date=self.last.date, answer=answer))
            if before.note:
                self.say(ASKING["last_note"].format(note=before.note))
            for evidence in before.evidence:
                self.say(ASKING["last_evidence"].format(text=evidence.text))
        if not self.draft.is_open(item.id):
            self.say(ASKING["so_far"].format(answer=self._title(self.draft.item(item.id).answer or "")))
        for line in self.remarks.lines(item):
            self.say(line)

    def _heading(self, place: int, item: Item) -> str:
        """The number of the question in its rubric; where only some are asked, how many of these there are too."""
        number, count = self.titles.numbers[item.id], len(self.titles.numbers)
        heading = ASKING["question"].format(number=number, count=count, theme=self.titles.theme(item))
        asked = len(self.items)
        return heading if asked == count else f"{heading} {ASKING['of_those'].format(place=place + 1, asked=asked)}"

    def _say_direction(self, item: Item) -> None:
        """Say whether a full yes is good, where that is not as it was at the question shown before."""
        if (direction := self.titles.direction(item)) != self.direction:
            self.direction = direction
            self.say(direction)

    def _wording(self, item: Item) -> str:
        """The question as it is put to the one perspective that answers, where the rubric has such a wording."""
        present = [perspective for perspective, number in self.draft.respondents.items() if number]
        return item.wording.get(present[0], item.ask) if len(present) == 1 else item.ask

    def _prompt(self, item: Item) -> str:
        """What an answer to a question is asked for with."""
        return ASKING["your_answer"]

    def _explain(self, item: Item) -> None:
        for line in help_lines(self.rubric, item):
            self.say(line)

    def _title(self, answer: str) -> str:
        return self.prompts.spelling.titles.get(answer, answer)

    # Hearing

    def _heard(self, choices: Choices, meant: str | None) -> int:
        """Which way to go after one line: one typed now, or one typed elsewhere that was `meant` for this question."""
        if meant is None:
            try:
                explain = partial(self._explain, choices.item)
                meant = self.prompts.line(self._prompt(choices.item), explain, joined=False)
            except WentBack:
                return BACK
            if self.prompts.talk.pending():
                self._pasted(choices.item, [meant, *self.prompts.talk.take_pending()], "pasted")
                return STAY
        return self._answered(choices, meant)

    def _answered(self, choices: Choices, typed: str) -> int:
        item = choices.item
        if not typed:
            if self.draft.is_open(item.id):
                self.say(self.prompts.told("type_h"))
                return STAY
            return self._kept(item)
        understood = choices.understand(typed)
        if understood.answer:
            return self._record(choices, understood.answer)
        if understood.command:
            return self._carry_out(choices, understood)
        self._answer_in_words(choices, understood, typed)
        return STAY

    def _carry_out(self, choices: Choices, understood: Understood) -> int:
        item = choices.item
        if understood.command == "back" and understood.number is not None:
            self.say(self.prompts.told("one_back"))
            return STAY
        if understood.command == "again":
            self.direction = ""
            raise WentBack
        if understood.command in AT_ANY_PROMPT:
            try:
                self.prompts.carry_out(understood.command, partial(self._explain, item))
            except WentBack:
                return BACK
            return STAY
        if understood.command == "skip":
            return self._kept(item)
        if understood.command == "others":
            raise OthersAreHere
        if understood.command == "confirm":
            return self._confirm(choices)
        self._remark(item, understood)
        return STAY

    def _remark(self, item: Item, understood: Understood) -> None:
        """Hear a note or evidence: for the question whose number was typed, or for this one or the one before."""
        before, wanted = self._before(item), item
        if understood.number is not None:
            found = self._numbered(understood.number)
            if not found:
                self.say(REMARKS["no_number"].format(number=understood.number, count=len(self.titles.numbers)))
                return
            wanted, before = found, None
        if understood.command == "note":
            self.remarks.note(wanted, item, before)
        else:
            self.remarks.evidence(wanted, item, before, partial(self._explain, wanted))

    def _numbered(self, number: int) -> Item | None:
        return next((self.titles.items[name] for name, its in self.titles.numbers.items() if its == number), None)

    def _noted(self, item: Item, typed: str) -> bool:
        """Whether a line was a note with its command, which is kept then: for this question, or for its number."""
        if not (note := note_in_one_line(typed, self.prompts.spelling)):
            return False
        number, words = note
        if number is None:
            self.remarks.keep_note(item, [words], self._before(item))
            return True
        if wanted := self._numbered(number):
            question = REMARKS["for_number"].format(number=number, title=wanted.title)
            if self.prompts.one_of(question, back=2) == 1:
                self.remarks.keep_note(wanted, [words])
                return True
        return False

    def _answer_in_words(self, choices: Choices, understood: Understood, typed: str) -> None:
        """Say what can be typed in place of what was. Many words are not lost, nor a note with its command."""
        if self._noted(choices.item, typed):
            return
        if understood.hint:
            self.say(understood.hint)
        elif nearest := choices.nearest(typed):
            self.say(f"{ASKING['what_now']} {nearest}")
        elif len(typed.split()) >= FEWEST_WORDS_OF_A_TEXT:
            self._pasted(choices.item, [typed], "long")
        else:
            self.say(f"{ASKING['what_now']} {self.prompts.told('type_h')}")

    def _pasted(self, item: Item, lines: list[str], why: str) -> None:
        """Several lines, or many words, are no answer, and are not lost."""
        wanted, before = True, None
        try:
            wanted = self.prompts.one_of(ASKING[why], back=2) == 1
            before = self._before(item)
        finally:
            if wanted:
                self.remarks.keep_note(item, lines, before)

    def _before(self, item: Item) -> Item | None:
        """The question that people may still have in mind while this one is open."""
        return self.before if self.draft.is_open(item.id) else None

    # Recording

    def _record(self, choices: Choices, answer: str) -> int:
        item = choices.item
        filled = self.draft.item(item.id)
        reason = None
        if needs_reason(answer):
            reason = self._reason(item) or filled.reason
            if not reason:
                return STAY
        before = self._last_answer(choices)
        filled.answer, filled.reason = answer, reason
        filled.last_time = ("confirmed" if before.answer == answer else "changed") if before else None
        self.save(item.id)
        self._say_back("recorded", answer)
        return NEXT

    def _reason(self, item: Item) -> str:
        """Why a question does not apply; empty to go back."""
        return self.prompts.text(ASKING["reason"], partial(self._explain, item), self.titles.numbers[item.id])

    def _kept(self, item: Item) -> int:
        """Leave a question as it is."""
        self._say_back("left_open" if self.draft.is_open(item.id) else "kept", self.draft.item(item.id).answer or "")
        return NEXT

    def _say_back(self, how: str, answer: str) -> None:
        self.say(TYPED[how].format(**self.prompts.keys, answer=self._title(answer)))

    def _last_answer(self, choices: Choices) -> Filled | None:
        """What was answered the earlier time, where that answer can still be given."""
        before = self.last.answers.get(choices.item.id) if self.last else None
        return before if before and before.answer in choices.open else None

    def _confirm(self, choices: Choices) -> int:
        item, before = choices.item, self._last_answer(choices)
        if before is None:
            self.say(TYPED["nothing_to_confirm"])
            return STAY
        filled = self.draft.item(item.id)
        filled.answer, filled.reason, filled.last_time = before.answer, before.reason, "confirmed"
        self.save(item.id)
        if (before.note or before.evidence) and self.prompts.one_of(ASKING["keep_last"], back=2) == 1:
            if before.note and before.note not in (filled.note or ""):
                filled.note = f"{before.note}\n{filled.note}" if filled.note else before.note
            filled.evidence += [evidence for evidence in before.evidence if evidence not in filled.evidence]
            self.save(item.id)
        self._say_back("recorded", before.answer or "")
        return NEXT
