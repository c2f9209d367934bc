"""Talking with the people at the terminal: plain lines, weight only where the terminal wants it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from involve_audit import terminal
from involve_audit.asking.keyboard import Keyboard, characters_as_they_come
from involve_audit.escaping import clean
from involve_audit.output import encodable


class Conversation:
    """The interview's `Talk`, on a terminal."""

    def __init__(self, console: Console, keyboard: Keyboard) -> None:
        self.console = console
        self.keyboard = keyboard

    def say(self, text: str = "", *, strong: bool = False) -> None:
        """Show some lines, wrapped between words."""
        self.console.print(Text(self._shown(text), style="bold" if strong else ""))

    def command(self, text: str) -> None:
        """Show a command on a line of its own, which is never broken here, so that it can be copied."""
        self.console.print(Text(f"  {self._shown(text)}"), soft_wrap=True)

    def line(self, prompt: str) -> str:
        """Show the prompt and read one line. Raises EOFError where there will be no more."""
        *lines, last = prompt.split("\n")
        for text in lines:
            self.say(text)
        self.console.print(Text(self._shown(last)), end="")
        self.console.file.flush()
        return self.keyboard.line()

    def _shown(self, text: str) -> str:
        return encodable(clean(text), self.console.encoding)

    def pending(self) -> bool:
        """Whether more lines came together with the last one."""
        return self.keyboard.pending()

    def take_pending(self) -> list[str]:
        """The lines that came together with the last one."""
        return self.keyboard.take_pending()


def console_for(width: int, colour: bool) -> Console:
    """A console that writes no escape sequence unless `colour`."""
    return Console(
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        markup=False,
        highlight=False,
        emoji=False,
    )


@contextmanager
def at_the_terminal(plain: bool) -> Iterator[Conversation]:
    """The conversation at this terminal, which is afterwards as it was."""
    source, console = sys.stdin.fileno(), console_for(terminal.width(), terminal.wants_colour(plain))
    with characters_as_they_come(source):
        yield Conversation(console, Keyboard(source, sys.stdout.fileno()))
