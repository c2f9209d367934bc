"""Lines from a terminal, as long as they are and with nothing redrawn.

The terminal's own line mode drops what comes after some 4,000 characters without a word, which would lose a long note.
So the characters are read as they come; only Backspace, Ctrl-U and Ctrl-D are acted on, as line mode does.
"""

from __future__ import annotations

import codecs
import os
import select
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_ERASE = "\x7f\b"
_ERASE_LINE = "\x15"
_END = "\x04"
_ENTER = "\r\n"
_ESCAPE = "\x1b"
_NO_TEXT = ("Cc", "Cs", "Zl", "Zp")
_CHUNK = 65536
_PASTE_PAUSE = 0.005


class Keyboard:
    """Reads lines from the terminal `source` and echoes them to the terminal `echo` (both file descriptors).

    To be used within `characters_as_they_come`.
    """

    def __init__(self, source: int, echo: int) -> None:
        self.source = source
        self.echo = echo
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.waiting = ""

    def line(self) -> str:
        """The next line. Raises EOFError at Ctrl-D on an empty line, or where the terminal is gone."""
        typed: list[str] = []
        while (sign := self._next()) not in _ENTER:
            if sign == _END and not typed:
                raise EOFError
            self._take(sign, typed)
        self._write("\r\n")
        return "".join(typed)

    def _take(self, sign: str, typed: list[str]) -> None:
        if sign in _ERASE:
            self._erase(typed, 1)
        elif sign == _ERASE_LINE:
            self._erase(typed, len(typed))
        elif sign == _ESCAPE:
            self._skip_sequence()
        elif _is_text(sign):
            typed.append(sign)
            self._write(sign)

    def pending(self) -> bool:
        """Whether more was pasted together with the last line; a long text arrives in pieces."""
        return bool(self.waiting) or self._more()

    def take_pending(self) -> list[str]:
        """What was pasted together with the last line, line by line."""
        with suppress(EOFError):
            while self._more():
                pass
        if not self.waiting:
            return []
        text = self.waiting.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
        self.waiting = ""
        return ["".join(filter(_is_text, line)) for line in text.split("\n")]

    def _more(self) -> bool:
        """Whether more arrived within a moment; at the end of all input there is none."""
        if not select.select([self.source], [], [], _PASTE_PAUSE)[0]:
            return False
        try:
            self._read()
        except EOFError:
            return False
        return True

    def _next(self) -> str:
        while not self.waiting:
            self._read()
        sign, self.waiting = self.waiting[0], self.waiting[1:]
        return sign

    def _read(self) -> None:
        try:
            select.select([self.source], [], [])  # a terminal that does not wait is waited for
            typed = os.read(self.source, _CHUNK)
        except OSError:
            typed = b""
        if not typed:
            raise EOFError
        self.waiting += self.decoder.decode(typed)

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a terminal that is gone is noticed where it is read
            os.write(self.echo, text.encode("utf-8", "replace"))

    def _erase(self, typed: list[str], count: int) -> None:
        for _ in range(min(count, len(typed))):
            width = _width(typed.pop())
            self._write("\b" * width + " " * width + "\b" * width)

    def _skip_sequence(self) -> None:
        """Arrow keys and the like: nothing here answers to them."""
        if self.waiting[:1] in ("[", "O"):
            self._next()
            while not ("@" <= self._next() <= "~"):
                pass


def _is_text(sign: str) -> bool:
    """Whether a sign may stand in an answer: all but control characters and line breaks."""
    return sign == "\t" or unicodedata.category(sign) not in _NO_TEXT


def _width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


@contextmanager
def characters_as_they_come(source: int) -> Iterator[None]:
    """The terminal without its line mode and echo; afterwards as it was."""
    import termios

    before = termios.tcgetattr(source)
    mode = termios.tcgetattr(source)
    mode[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(source, termios.TCSADRAIN, mode)
    try:
        yield
    finally:
        termios.tcsetattr(source, termios.TCSADRAIN, before)
