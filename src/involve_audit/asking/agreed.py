"""What was agreed: at the end of a session, each action with its question, who does it and by when."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from involve_audit.asking.prompts import AT_ANY_PROMPT, FEWEST_WORDS_OF_A_TEXT, WentBack
from involve_audit.model.base import first_day, read_due
from involve_audit.model.names import folded
from involve_audit.model.spelling import listed_words, spelt
from involve_audit.model.view import Action
from involve_audit.render.agreed import due_in_words
from involve_audit.words.asking import AGREED, MEANT

if TYPE_CHECKING:
    from involve_audit.asking.draft import Draft
    from involve_audit.asking.prompts import Prompts, Save
    from involve_audit.model.rubric import Item
    from involve_audit.render.titles import Titles

_NOTHING = "-"
_NUMBER = re.compile(r"\d+")
_MOST_NAMED = 5


class Agreeing:
    """The actions of a draft: shown, added, changed and taken out, each kept at once."""

    def __init__(self, titles: Titles, draft: Draft, prompts: Prompts, save: Save) -> None:
        self.items: dict[int, Item] = {titles.numbers[name]: item for name, item in titles.items.items()}
        self.draft = draft
        self.prompts = prompts
        self.say = prompts.talk.say
        self.save = save

    def ask(self) -> None:
        """Ask for what was agreed, until there is no more. Raises Stopped, and WentBack to the last question."""
        ways: dict[str, Callable[[], None]] = {"2": self._add, "3": self._change, "4": self._take_out}
        while True:
            self.say()
            self._show()
            self.say(AGREED["ways_there" if self.draft.actions else "ways"])
            typed = self.prompts.line(AGREED["typed"], own=_nothing())
            try:
                if typed in ("", "1") or spelt(typed) in _nothing():
                    return
                if typed in ways and (typed == "2" or self.draft.actions):
                    ways[typed]()
                elif spelt(typed) in listed_words(MEANT["yes"]):
                    self._add()
                elif len(typed.split()) >= FEWEST_WORDS_OF_A_TEXT:
                    if self.prompts.one_of(AGREED["keep_words"], back=2) == 1:
                        self._add(typed)
                else:
                    self.say(AGREED["none_of_these"])
            except WentBack:
                continue

    def _show(self) -> None:
        self.say(AGREED["there" if self.draft.actions else "question"], strong=True)
        for action in self.draft.actions:
            self.say(f"  - {self._told(action)}")

    def _told(self, action: Action) -> str:
        parts = [action.what]
        parts += [AGREED["who"].format(who=action.owner)] if action.owner else []
        parts += [AGREED["when"].format(when=due_in_words(action.due))] if action.due else []
        numbers = {item.id: number for number, item in self.items.items()}
        if action.item in numbers:
            title = self.items[numbers[action.item]].title
            parts.append(AGREED["of"].format(number=numbers[action.item], title=title))
        return "; ".join(parts)

    def _add(self, what: str | None = None) -> None:
        """Hear a new action. What is typed of it too early is kept at once."""
        place = len(self.draft.actions)
        if what:
            self._begin(what)
        item = self._item(None, early=None if what else self._begin)
        if len(self.draft.actions) == place:
            if not (what := self._text("what", None)):
                return
            self._begin(what)
        self._ask_more(place, item=item)

    def _begin(self, what: str) -> None:
        self.draft.actions.append(Action.unchecked(what=what))
        self._put(len(self.draft.actions) - 1)

    def _change(self) -> None:
        if (place := self._which()) is not None:
            before = self.draft.actions[place]
            self._put(place, item=self._item(before.item))
            self._ask_more(place, what=self._text("what", before.what) or before.what)

    def _ask_more(self, place: int, **said: object) -> None:
        """Keep what was said, and ask for the rest; each is kept at once, so that nothing is lost by going back."""
        self._put(place, **said)
        self._put(place, owner=self._text("owner", self.draft.actions[place].owner))
        self._put(place, due=self._due(self.draft.actions[place].due))
        self.say(AGREED["kept"].format(action=self._told(self.draft.actions[place])))

    def _put(self, place: int, **said: object) -> None:
        before = self.draft.actions[place]
        given = {name: value for name, value in {**before.said, **said}.items() if value is not None}
        self.draft.actions[place] = Action.from_tree(given)
        self.save("actions")

    def _take_out(self) -> None:
        if (place := self._which()) is not None:
            gone = self.draft.actions.pop(place)
            self.save("actions")
            self.say(AGREED["gone"].format(what=gone.what))

    def _which(self) -> int | None:
        """The place of the action whose number is typed; None for Enter."""
        for place, action in enumerate(self.draft.actions, 1):
            self.say(f"  {place} {self._told(action)}")
        while typed := self.prompts.line(f"{AGREED['which']}\n{AGREED['typed']}"):
            if typed.isdecimal() and len(typed) < 6 and 1 <= int(typed) <= len(self.draft.actions):
                return int(typed) - 1
            self.say(AGREED["none_of_these"])
        return None

    def _text(self, key: str, before: str | None) -> str | None:
        typed = self.prompts.text(self._question(key, before), lambda: self.say(AGREED["help"]))
        return (None if typed == _NOTHING else typed or before) or None

    def _question(self, key: str, before: str | None) -> str:
        keeps = AGREED["keep_what" if key == "what" else "keep"].format(value=before)
        return f"{AGREED[key]}\n({keeps})" if before else AGREED[key]

    def _due(self, before: date | str | None) -> date | str | None:
        while typed := self.prompts.line(f"{self._question('due', str(before or ''))}\n{AGREED['typed']}"):
            if typed == _NOTHING:
                return None
            try:
                due = read_due(typed)
            except ValueError:
                self.say(AGREED["bad_day"].format(typed=typed))
            else:
                if not (on := first_day(due)) or self.prompts.is_meant(on):
                    return due
        return before

    def _item(self, before: str | None, early: Callable[[str], None] | None = None) -> str | None:
        """The question that is typed, by its number or words of its title.

        Many words that are in no title may be said `early`, before they are asked for.
        """
        known = {item.id: f"{number} {item.title}" for number, item in self.items.items()}
        prompt = f"{self._question('item', known.get(before or ''))}\n{AGREED['typed']}"
        while typed := self.prompts.line(prompt, text=True):
            if typed == _NOTHING or spelt(typed) in _nothing():
                return None
            found = self._found(typed)
            if len(found) == 1:
                self.say(f"  {known[found[0].id]}")
                return found[0].id
            command = self.prompts.spelling.command(typed)
            if not found and command in AT_ANY_PROMPT:
                self.prompts.carry_out(command, lambda: self.say(AGREED["help"]))
            elif not found and early and len(typed.split()) >= FEWEST_WORDS_OF_A_TEXT:
                early(typed)
                early = None
                self.say(AGREED["said_early"].format(typed=typed))
            else:
                self.say(AGREED["several" if found else "no_question"].format(typed=typed, count=len(self.items)))
            for item in found[:_MOST_NAMED]:
                self.say(f"  {known[item.id]}")
        return before

    def _found(self, typed: str) -> list[Item]:
        """The questions with this title, or with all these words in it, or else with the only number that is typed."""
        numbers = _NUMBER.findall(typed)
        number = int(numbers[0]) if len(numbers) == 1 and len(numbers[0]) < 6 else 0
        numbered = [self.items[number]] if number in self.items else []
        if typed.isdecimal():
            return numbered
        words = folded(typed).split()
        titles = [(item, folded(item.title)) for item in self.items.values()]
        exact = [item for item, title in titles if folded(typed) in (title, folded(item.id))]
        found = exact or [item for item, title in titles if all(word in title for word in words)]
        return found or (numbered if len(words) < FEWEST_WORDS_OF_A_TEXT else [])


def _nothing() -> tuple[str, ...]:
    """The words that say that nothing was agreed, or nothing more."""
    return (*listed_words(AGREED["nothing"]), *listed_words(MEANT["no"]))
