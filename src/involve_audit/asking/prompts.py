"""Hearing one thing at a time from the people in the room: a line, a text, one of two, a value that may be left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from involve_audit.asking.choices import COMMANDS
from involve_audit.errors import Stopped
from involve_audit.words.asking import ASKING


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


class WentBack(Exception):
    """The people want to go back from a prompt."""


class Prompts:
    """Asks for one thing. The commands that work at every prompt are carried out here or by `show_keys` and `where`."""

    def __init__(self, talk: Talk, show_keys: Callable[[], None], where: Callable[[], None]) -> None:
        self.talk = talk
        self.show_keys = show_keys
        self.where = where

    def line(self, prompt: str, explain: Callable[[], None] | None = None, *, joined: bool = True) -> str:
        """One typed line, the commands that work at every prompt carried out. Raises Stopped and WentBack.

        Where several lines are pasted they are one, unless the caller looks after them itself. They are no command.
        """
        while True:
            try:
                typed = self.talk.line(prompt).strip()
            except EOFError:
                raise Stopped from None
            if self.talk.pending():
                rest = self.talk.take_pending() if joined else []
                return " ".join(filter(None, map(str.strip, (typed, *rest))))
            command = typed.casefold()
            if command == "q":
                raise Stopped
            if command == "b":
                raise WentBack
            if command == "h":
                self.show_keys()
            elif command == "p":
                self.where()
            elif command == "?":
                (explain or self.show_keys)()
            else:
                return typed

    def text(self, prompt: str, explain: Callable[[], None]) -> str:
        """One piece of text, on one line however it was pasted; empty for none. No command is taken for it."""
        while True:
            typed = self.line(f"{prompt}\n{ASKING['typed']}", explain)
            if typed.casefold() not in COMMANDS:
                return typed
            self.talk.say(ASKING["text_here"])

    def one_or_two(self, prompt: str, back: int = 1) -> int:
        """Which of two was chosen; `back` where the people want to go back."""
        while True:
            try:
                typed = self.line(f"{prompt}: ")
            except WentBack:
                return back
            if typed in ("1", "2"):
                return int(typed)

    def optional(self, prompt: str, read: Callable[[str], object], wrong: str) -> str | None:
        """A value that `read` accepts, or None for an empty line. `wrong` names what is said of any other."""
        while True:
            typed = self.line(f"{prompt}\n{ASKING['typed']}")
            if not typed:
                return None
            try:
                read(typed)
            except ValueError:
                self.talk.say(ASKING[wrong].format(typed=typed))
            else:
                return typed
