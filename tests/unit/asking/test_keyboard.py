"""Lines from a terminal: as long as they are, in any script, with nothing lost."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from involve_audit.asking.keyboard import Keyboard, characters_as_they_come


class Terminal:
    """A pseudo-terminal, and a keyboard on it that echoes into a file."""

    def __init__(self, echo: Path) -> None:
        self.hands, self.source = pty.openpty()
        self.file = echo
        self.echo = os.open(echo, os.O_WRONLY | os.O_CREAT)
        self.keyboard = Keyboard(self.source, self.echo)

    def type(self, *texts: str | bytes) -> None:
        """Type, and wait until all of it is there to be read."""
        typed = b"".join(text if isinstance(text, bytes) else text.encode() for text in texts)
        os.write(self.hands, typed)
        while struct.unpack("i", fcntl.ioctl(self.source, termios.FIONREAD, b"\0" * 4))[0] < len(typed):
            pass

    def hear(self, *texts: str | bytes) -> str:
        """The line that is understood where this is typed."""
        self.type(*texts)
        return self.keyboard.line()

    @property
    def shown(self) -> str:
        return self.file.read_bytes().decode()

    def hang_up(self) -> None:
        os.close(self.hands)
        self.hands = -1

    def close(self) -> None:
        for number in (self.hands, self.source, self.echo):
            if number >= 0:
                os.close(number)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path / "echo")
    with characters_as_they_come(terminal.source):
        yield terminal
        if terminal.hands < 0:  # what is gone cannot be put back
            os.close(terminal.source)
            terminal.hands, terminal.source = os.openpty()
    terminal.close()


def test_a_line_ends_with_enter_and_is_shown(terminal: Terminal) -> None:
    assert terminal.hear("yes\r") == "yes"
    assert terminal.hear("\n") == ""
    assert terminal.shown == "yes\r\n\r\n"


def test_a_terminal_that_another_program_made_not_to_wait_is_waited_for(terminal: Terminal) -> None:
    os.set_blocking(terminal.source, False)
    threading.Timer(0.05, os.write, [terminal.hands, b"yes\r"]).start()
    assert terminal.keyboard.line() == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "né",
        "שלום (abc) مرحبا",
        "今天",
        "🙂👩‍👧",
        "e\u0301",
        "a\tb",
        "\u200fa\u202eb",
        "10\xa0000 €",
        "東京\u3000都",
        "a\u2009b",
        "\U0001fae8",
        "\ue000",
        "\U0003fffd",
    ],
    ids=ascii,
)
def test_text_in_any_script_is_taken_as_it_is(text: str, terminal: Terminal) -> None:
    assert terminal.hear(text, "\r") == text


def test_a_character_that_comes_in_two_parts_is_one(terminal: Terminal) -> None:
    terminal.type(b"\xc3")
    assert terminal.keyboard.take_pending() == []
    assert terminal.hear(b"\xa9\r") == "é"


def test_bytes_that_are_no_text_do_no_harm(terminal: Terminal) -> None:
    assert terminal.hear(b"a\xff\xfeb\r") == "a\ufffd\ufffdb"


def test_a_line_of_20000_characters_is_taken_whole(terminal: Terminal) -> None:
    text = "".join(chr(0x4E00 + place % 5000) for place in range(20_000))
    writer = threading.Thread(target=write_all, args=(terminal.hands, f"{text}\r".encode()))
    writer.start()
    heard = terminal.keyboard.line()
    writer.join()
    assert heard == text


def write_all(number: int, content: bytes) -> None:
    while content:
        content = content[os.write(number, content[:1000]) :]


@pytest.mark.parametrize(
    ("typed", "left", "erased"),
    [
        ("ab\x7f", "a", "\b \b"),
        ("ab\b", "a", "\b \b"),
        ("今天\x7f", "今", "\b\b  \b\b"),
        ("🙂\x7f", "", "\b\b  \b\b"),
        ("e\u0301\x7f", "e", ""),
        ("e\u0301\x7f\x7f", "", "\b \b"),
        ("a\u200d\x7f", "a", ""),
        ("a\x7f\x7f\x7f", "", "\b \b"),
        ("abc\x15", "", "\b \b" * 3),
        ("a今\x15", "", "\b\b  \b\b\b \b"),
        ("\x15", "", ""),
    ],
    ids=ascii,
)
def test_backspace_and_ctrl_u_erase_what_is_shown(typed: str, left: str, erased: str, terminal: Terminal) -> None:
    assert terminal.hear(typed, "\r") == left
    assert terminal.shown.endswith(erased + "\r\n")
    assert terminal.shown.count("\b") == erased.count("\b")


@pytest.mark.parametrize(
    "keys",
    ["\x1b[A", "\x1b[D\x1b[C", "\x1bOP", "\x1b[15~", "\x1b[1;5C", "\x1b[200~", "\x1b", "\x00", "\x01", "\x07", "\x0c"],
    ids=ascii,
)
def test_keys_that_stand_for_no_text_are_passed_over(keys: str, terminal: Terminal) -> None:
    assert terminal.hear("a", keys, "\x1bOA" if keys == "\x1b" else "", "1\r") == "a1"
    assert terminal.shown == "a1\r\n"


def test_ctrl_d_ends_only_on_an_empty_line(terminal: Terminal) -> None:
    assert terminal.hear("a\x04b\r") == "ab"
    with pytest.raises(EOFError):
        terminal.hear("\x04")
    with pytest.raises(EOFError):
        terminal.hear("a\x7f\x04")
    assert terminal.hear("yes\r") == "yes"


def test_a_terminal_that_is_closed_is_the_end(terminal: Terminal) -> None:
    terminal.hang_up()
    with pytest.raises(EOFError):
        terminal.keyboard.line()
    with pytest.raises(EOFError):
        terminal.keyboard.line()


def test_a_terminal_that_is_closed_while_a_line_is_shown_is_the_end_and_no_fault(terminal: Terminal) -> None:
    keyboard = Keyboard(terminal.source, terminal.source)
    terminal.type("a\rbc")
    assert keyboard.line() == "a"
    terminal.hang_up()
    with pytest.raises(EOFError):
        keyboard.line()


def test_lines_that_come_together_are_pending(terminal: Terminal) -> None:
    terminal.type("first\rsecond\r\r  third")
    keyboard = terminal.keyboard
    assert keyboard.line() == "first"
    assert keyboard.pending()
    assert keyboard.take_pending() == ["second", "", "  third"]
    assert not keyboard.pending()
    assert keyboard.take_pending() == []
    assert terminal.hear("next\r") == "next"


def test_an_empty_line_after_a_pasted_one_is_pending_too(terminal: Terminal) -> None:
    assert terminal.hear("first\r\r") == "first"
    assert terminal.keyboard.pending()


def test_pasted_lines_can_be_read_one_by_one(terminal: Terminal) -> None:
    terminal.type("one\r\rtwo\r")
    keyboard = terminal.keyboard
    assert [(keyboard.line(), keyboard.pending()) for _ in range(3)] == [("one", True), ("", True), ("two", False)]


def test_a_single_line_has_nothing_pending(terminal: Terminal) -> None:
    assert terminal.hear("one\r") == "one"
    assert not terminal.keyboard.pending()


def test_pasted_lines_are_not_lost_where_the_terminal_is_closed_at_once(terminal: Terminal) -> None:
    assert terminal.hear("one\rtwo\rthree\r") == "one"
    terminal.hang_up()
    assert terminal.keyboard.take_pending() == ["two", "three"]
    with pytest.raises(EOFError):
        terminal.keyboard.line()


def test_a_long_paste_is_taken_to_its_end(terminal: Terminal) -> None:
    lines = [f"line {place} " + "x" * 80 for place in range(200)]
    writer = threading.Thread(target=write_all, args=(terminal.hands, "\r".join(lines).encode()))
    writer.start()
    first = terminal.keyboard.line()
    rest: list[str] = []
    while len("\r".join(rest)) < len("\r".join(lines[1:])):
        rest += terminal.keyboard.take_pending()
    writer.join()
    assert first == lines[0]
    assert "".join(rest) == "".join(lines[1:])


def test_the_terminal_is_afterwards_as_it_was(tmp_path: Path) -> None:
    hands, source = pty.openpty()
    before = termios.tcgetattr(source)
    with characters_as_they_come(source):
        during = termios.tcgetattr(source)
    assert not during[3] & (termios.ICANON | termios.ECHO)
    assert during[3] & termios.ISIG, "Ctrl-C still stops"
    assert termios.tcgetattr(source) == before
    with pytest.raises(KeyboardInterrupt), characters_as_they_come(source):
        raise KeyboardInterrupt
    assert termios.tcgetattr(source) == before
    os.close(hands)
    os.close(source)
