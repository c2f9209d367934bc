"""Asking the questions, one line at a time. Nothing that was said may be lost, and nobody is hurried or led.

The interview knows no terminal and no file: it talks through `Talk`, and `save` keeps the draft after every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from pydantic import TypeAdapter

from involve_audit.asking.choices import Choice, choices_for, understand
from involve_audit.asking.draft import Draft, Filled, needs_reason
from involve_audit.asking.opening import BACK, NEXT, STAY, Opening, past_day
from involve_audit.asking.prompts import Prompts, Talk, WentBack
from involve_audit.errors import AuditError, Stopped
from involve_audit.model.base import Link
from involve_audit.model.rubric import Item, Rubric
from involve_audit.model.view import UNKNOWN, Evidence
from involve_audit.render.item_help import help_lines
from involve_audit.render.titles import Titles
from involve_audit.words.asking import ASKING

_LINK: TypeAdapter[str] = TypeAdapter(Link)


class Interview:
    """One session. `items` are the questions to ask, in order; `last` is what was answered an earlier time.

    `subject_named` is told the subject of a new view before anything is kept of it.
    """

    def __init__(
        self,
        rubric: Rubric,
        draft: Draft,
        items: Sequence[Item],
        talk: Talk,
        save: Callable[[Draft], str],
        today: date,
        last: Draft | None = None,
        subject_named: Callable[[str], None] = lambda _subject: None,
    ) -> None:
        self.rubric = rubric
        self.titles = Titles(rubric)
        self.draft = draft
        self.items = list(items)
        self.talk = talk
        self.prompts = Prompts(talk, self._show_keys, self._where)
        self.keep = save
        self.today = today
        self.last = last
        self.subject_named = subject_named
        self.file = ""
        self.unsaved = False

    def run(self) -> None:
        """Ask from the start, or go on at the first open question. Raises Stopped."""
        opening = Opening(self.rubric, self.draft, self.prompts, self.save, self.today, self.subject_named)
        before = opening.steps()
        questions = [partial(self._question, place) for place in range(len(self.items))]
        steps: list[Callable[[], int]] = [*before, *questions]
        place = opening.first_open()
        if place < len(before):
            opening.welcome(len(self.items))
        else:
            place += self._first_open()
        earlier = {step for step, item in enumerate(self.items, len(before)) if not self.draft.is_open(item.id)}
        self._show_keys()
        while place < len(steps):
            move = steps[place]()
            if place + move < 0:
                self.talk.say(ASKING["first"])
            place = max(0, place + move)
            while move == NEXT and place in earlier:  # what was answered an earlier time is not asked again
                place += 1
        self._offer_open_questions()

    def _first_open(self) -> int:
        open_places = [place for place, item in enumerate(self.items) if self.draft.is_open(item.id)]
        return open_places[0] if open_places else max(0, len(self.items) - 1)

    def _offer_open_questions(self) -> None:
        still_open = self.draft.open_items(item.id for item in self.items)
        while still_open:
            if self.prompts.one_or_two(ASKING["still_open"].format(count=len(still_open))) == 2:
                return
            places = [place for place, item in enumerate(self.items) if item.id in still_open]
            at = 0
            while at < len(places):
                at = max(0, at + self._question(places[at]))
            still_open = self.draft.open_items(item.id for item in self.items)

    def save_what_waits(self) -> None:
        """At the end: try again to save what could not be saved, until it is, or the people give up."""
        while self.unsaved:
            self.save()
            try:
                if self.unsaved and self.prompts.one_or_two(ASKING["try_again"]) == 2:
                    return
            except (Stopped, KeyboardInterrupt):
                return

    def save(self, *touched: str) -> None:
        """Keep the draft; where that fails, say so and go on, to try again after the next answer."""
        self.draft.touched.update(touched)
        named = self.file
        try:
            self.file = self.keep(self.draft)
        except AuditError as error:
            self.unsaved = True
            self.talk.say(ASKING["not_saved"].format(problem=error), strong=True)
            return
        if not named:
            self.talk.say(ASKING["kept_in"].format(file=self.file))
        if self.unsaved:
            self.unsaved = False
            self.talk.say(ASKING["saved_again"].format(file=self.file))

    def _show_keys(self) -> None:
        self.talk.say(ASKING["keys"])
        if self.last:
            self.talk.say(ASKING["key_confirm"])

    def _where(self) -> None:
        ids = [item.id for item in self.items]
        known, unknown, still_open = self.draft.counts(ids)
        self.talk.say(ASKING["where"].format(known=known, unknown=unknown, open=still_open, file=self.file or "-"))
        for theme in dict.fromkeys(self.titles.theme(item) for item in self.items):
            of_theme = [item.id for item in self.items if self.titles.theme(item) == theme]
            done = len(of_theme) - len(self.draft.open_items(of_theme))
            self.talk.say("  " + ASKING["where_theme"].format(theme=theme, done=done, count=len(of_theme)))

    # The questions

    def _question(self, place: int) -> int:
        item = self.items[place]
        choices = choices_for(self.rubric, item)
        self._show_question(place, item, choices)
        while True:
            try:
                typed = self.prompts.line(ASKING["your_answer"], partial(self._explain, item), joined=False)
            except WentBack:
                return BACK
            if self.talk.pending():
                self._pasted(item, [typed, *self.talk.take_pending()])
                continue
            try:
                move = self._answered(item, choices, typed)
            except WentBack:
                self._show_question(place, item, choices)
                continue
            if move != STAY:
                return move

    def _show_question(self, place: int, item: Item, choices: list[Choice]) -> None:
        say = self.talk.say
        say()
        say(ASKING["question"].format(number=place + 1, count=len(self.items), theme=self.titles.theme(item)))
        say(self._wording(item), strong=True)
        for number, choice in enumerate(choices, 1):
            say(f"  {number} {choice.title}")
        say(f"  u {ASKING['nobody_knows']}")
        if (before := self._last_answer(item)) and self.last:
            say(ASKING["last_time"].format(date=self.last.date, answer=self.titles.answers[before.answer or ""]))
            if before.note:
                say(ASKING["last_note"].format(note=before.note))
            for evidence in before.evidence:
                say(ASKING["last_evidence"].format(text=evidence.text))
        if not self.draft.is_open(item.id):
            say(ASKING["so_far"].format(answer=self.titles.answers[self.draft.item(item.id).answer or ""]))

    def _wording(self, item: Item) -> str:
        """The question as it is put to the one perspective that answers, where the rubric has such a wording."""
        present = [perspective for perspective, number in self.draft.respondents.items() if number]
        return item.wording.get(present[0], item.ask) if len(present) == 1 else item.ask

    def _explain(self, item: Item) -> None:
        for line in help_lines(self.rubric, item):
            self.talk.say(line)

    def _answered(self, item: Item, choices: list[Choice], typed: str) -> int:
        if not typed:
            if not self.draft.is_open(item.id):
                return NEXT
            self.talk.say(ASKING["type_h"])
            return STAY
        if typed.casefold() == "c" and self._last_answer(item):
            return self._confirm(item)
        understood = understand(typed, choices)
        if understood.answer:
            return self._record(item, understood.answer)
        if understood.command:
            return self._commands[understood.command](self, item)
        self.talk.say(ASKING["what_now"])
        words = understood.hint
        self.talk.say(ASKING["which"].format(words=words) if " / " in words else words or ASKING["type_h"])
        return STAY

    def _record(self, item: Item, answer: str) -> int:
        filled = self.draft.item(item.id)
        reason = None
        if needs_reason(answer):
            reason = self.prompts.text(ASKING["reason"], partial(self._explain, item)) or filled.reason
            if not reason:
                return STAY
        before = self._last_answer(item)
        filled.answer, filled.reason = answer, reason
        filled.last_time = ("confirmed" if before.answer == answer else "changed") if before else None
        self.save(item.id)
        return NEXT

    def _last_answer(self, item: Item) -> Filled | None:
        """What was answered the earlier time, where that answer can still be given."""
        before = self.last.answers.get(item.id) if self.last else None
        allowed = [UNKNOWN, *(choice.id for choice in choices_for(self.rubric, item))]
        return before if before and before.answer in allowed else None

    def _confirm(self, item: Item) -> int:
        before = self._last_answer(item)
        if before is None:
            return STAY
        filled = self.draft.item(item.id)
        filled.answer, filled.reason, filled.last_time = before.answer, before.reason, "confirmed"
        self.save(item.id)
        if (before.note or before.evidence) and self.prompts.one_or_two(ASKING["keep_last"], back=2) == 1:
            if before.note and before.note not in (filled.note or ""):
                filled.note = f"{before.note}\n{filled.note}" if filled.note else before.note
            filled.evidence += [evidence for evidence in before.evidence if evidence not in filled.evidence]
            self.save(item.id)
        return NEXT

    def _unknown(self, item: Item) -> int:
        return self._record(item, UNKNOWN)

    def _skip(self, item: Item) -> int:
        return NEXT

    def _note(self, item: Item) -> int:
        self.talk.say(ASKING["note"])
        lines = [self.prompts.line(ASKING["typed"], joined=False)]
        try:
            while lines[-1] or self.talk.pending():
                lines.append(self.talk.line(ASKING["typed"]).rstrip())
        except EOFError:
            raise Stopped from None
        finally:
            self._keep_note(item, lines)
        return STAY

    def _pasted(self, item: Item, lines: list[str]) -> None:
        """Several lines at once are no answer, and are not lost."""
        wanted = True
        try:
            wanted = self.prompts.one_or_two(ASKING["pasted"]) == 1
        finally:
            if wanted:
                self._keep_note(item, lines)

    def _keep_note(self, item: Item, lines: list[str]) -> None:
        text = "\n".join(lines).strip()
        if text:
            filled = self.draft.item(item.id)
            filled.note = f"{filled.note}\n{text}" if filled.note else text
            self.save(item.id)
            self.talk.say(ASKING["note_kept"])

    def _evidence(self, item: Item) -> int:
        evidence = self.draft.item(item.id).evidence
        while text := self.prompts.text(ASKING["evidence"], partial(self._explain, item)):
            evidence.append(Evidence(text=text))
            self.save(item.id)
            if day := self.prompts.optional(ASKING["evidence_date"], partial(past_day, today=self.today), "bad_date"):
                evidence[-1] = Evidence(text=text, date=past_day(day, self.today))
                self.save(item.id)
            if link := self.prompts.optional(ASKING["evidence_link"], _LINK.validate_python, "bad_link"):
                evidence[-1] = evidence[-1].model_copy(update={"link": link})
                self.save(item.id)
            self.talk.say(ASKING["evidence_kept"])
        return STAY

    _commands = {"u": _unknown, "s": _skip, "n": _note, "e": _evidence}
