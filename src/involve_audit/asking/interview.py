"""Asking the questions, one line at a time. Nothing that was said may be lost, and nobody is hurried or led.

The interview knows no terminal and no file: it talks through `Talk`, and `save` keeps the draft after every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from involve_audit.asking.opening import Opening
from involve_audit.asking.prompts import BACK, NEXT, Prompts, Talk, WentBack, list_of_keys
from involve_audit.asking.questions import Questions
from involve_audit.errors import AuditError, Stopped
from involve_audit.model.spelling import Spelling
from involve_audit.render.titles import Titles
from involve_audit.words.asking import ASKING

if TYPE_CHECKING:
    from involve_audit.asking.draft import Draft
    from involve_audit.model.rubric import Item, Rubric


class Interview:
    """One session. `items` are the questions to ask, in order; `last` is what was answered an earlier time.

    `subject_named` is told the subject of a new view before anything is kept of it. `place` is where the answers are
    kept, `file` the name of the file once there is one.
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
        self.prompts = Prompts(talk, self._show_keys, self._where, today, Spelling(rubric))
        self.questions = Questions(rubric, draft, self.items, self.prompts, self.save, last)
        self.opening = Opening(rubric, draft, self.prompts, self.save, subject_named, rubric.words.put_into(ASKING))
        self.keep = save
        self.last = last
        self.file = ""
        self.place = ""
        self.unsaved = False

    def run(self, ending: Callable[[], None] = lambda: None) -> None:
        """Ask from the start, or go on at the first open question. Raises Stopped.

        `ending` comes last; where it raises WentBack, the last question is asked again.
        """
        before = self.opening.steps()
        questions = [partial(self.questions.ask, place) for place in range(len(self.items))]
        steps: list[Callable[[], int]] = [*before, *questions, partial(self._end, ending)]
        place = self.opening.first_open()
        if place < len(before):
            self.opening.welcome(self.items, self.place)
        else:
            place += self._first_open()
        earlier = {step for step, item in enumerate(self.items, len(before)) if not self.draft.is_open(item.id)}
        keys_shown = False
        while place < len(steps):
            if place >= len(before) and not keys_shown:
                self.talk.say()
                self._show_keys()
                keys_shown = True
            move = steps[place]()
            if place + move < 0:
                self.talk.say(ASKING["first"])
            place = max(0, place + move)
            while move == NEXT and place in earlier:  # what was answered an earlier time is not asked again
                place += 1

    def _end(self, ending: Callable[[], None]) -> int:
        try:
            self._offer_open_questions()
            ending()
        except WentBack:
            return BACK
        return NEXT

    def _first_open(self) -> int:
        open_places = [place for place, item in enumerate(self.items) if self.draft.is_open(item.id)]
        return open_places[0] if open_places else len(self.items)

    def _offer_open_questions(self) -> None:
        still_open = self.draft.open_items(item.id for item in self.items)
        while still_open:
            chosen = self.prompts.one_of(ASKING["still_open"].format(count=len(still_open)), back=0)
            if not chosen:
                raise WentBack
            if chosen == 2:
                return
            places = [place for place, item in enumerate(self.items) if item.id in still_open]
            at = 0
            while at < len(places):
                at = max(0, at + self.questions.ask(places[at]))
            still_open = self.draft.open_items(item.id for item in self.items)

    def save_what_waits(self) -> None:
        """At the end: try again to save what could not be saved, until it is, or the people give up."""
        while self.unsaved:
            self.save()
            try:
                if self.unsaved and self.prompts.one_of(ASKING["try_again"]) == 2:
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
        self.talk.say(list_of_keys(self.prompts.spelling, confirm=self.last is not None))

    def _where(self) -> None:
        ids = [item.id for item in self.items]
        known, unknown, still_open = self.draft.counts(ids)
        where = ASKING["where"].format(known=known, unknown=unknown, open=still_open)
        kept = "where_unsaved" if self.unsaved else "where_saved" if self.file else "where_nothing"
        self.talk.say(f"{where} {ASKING[kept].format(file=self.file)}")
        for theme in dict.fromkeys(self.titles.theme(item) for item in self.items):
            of_theme = [item.id for item in self.items if self.titles.theme(item) == theme]
            done = len(of_theme) - len(self.draft.open_items(of_theme))
            self.talk.say("  " + ASKING["where_theme"].format(theme=theme, done=done, count=len(of_theme)))
