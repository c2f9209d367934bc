"""Talking at the terminal: plain lines that a screen reader can read, and nothing that is not text."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest

from involve_audit.asking.conversation import Conversation, console_for


class FakeKeyboard:
    """Types what it is told."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self.lines = list(lines)

    def line(self) -> str:
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def pending(self) -> bool:
        return bool(self.lines)

    def take_pending(self) -> list[str]:
        taken, self.lines = self.lines, []
        return taken


def talking(*lines: str, width: int = 80, colour: bool = False) -> Conversation:
    keyboard: Any = FakeKeyboard(lines)
    return Conversation(console_for(width, colour), keyboard)


def test_what_is_said_stands_on_lines_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    talk = talking()
    talk.say("Question 1 of 3: Voice")
    talk.say()
    talk.say("one\n  two", strong=True)
    assert capsys.readouterr().out == "Question 1 of 3: Voice\n\none\n  two\n"


@pytest.mark.parametrize(
    "text", ["[bold]x[/bold]", "[link=a]b", ":smile:", "{x}", "1 'a' http://b 0x1F", "שלום مرحبا", "🙂", "a\\[b]"]
)
def test_text_is_shown_as_it_is(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    talking().say(text)
    assert capsys.readouterr().out == f"{text}\n"


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x9b", "\u202e", "\x00", "\r"])
@pytest.mark.parametrize("colour", [True, False])
def test_no_control_character_reaches_the_terminal(sign: str, colour: bool, capsys: pytest.CaptureFixture[str]) -> None:
    talk = talking("yes", "no", colour=colour)
    talk.say(f"a{sign}b")
    talk.line(f"c{sign}d\ne{sign}f: ")
    shown = capsys.readouterr().out
    assert sign not in shown
    assert "a\ufffdb" in shown


def test_bare_text_holds_no_escape_whatever_the_surroundings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")
    talk = talking("yes", colour=False)
    talk.say("Is there a survey?", strong=True)
    talk.line("Your answer: ")
    assert capsys.readouterr().out == "Is there a survey?\nYour answer: "


def test_weight_is_there_only_where_the_terminal_wants_it(capsys: pytest.CaptureFixture[str]) -> None:
    talk = talking(colour=True)
    talk.say("plain")
    talk.say("strong", strong=True)
    assert capsys.readouterr().out == "plain\n\x1b[1mstrong\x1b[0m\n"


@pytest.mark.parametrize("width", [40, 80])
def test_long_text_is_wrapped_between_words(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Do people who use the service decide what is talked about? " * 4
    talking(width=width).say(text)
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= width for line in lines)
    assert " ".join(lines).split() == text.split()


def test_a_prompt_is_shown_before_its_line_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    talk = talking("yes")
    assert talk.line("What shows it?\n> ") == "yes"
    assert capsys.readouterr().out == "What shows it?\n> "
    with pytest.raises(EOFError):
        talk.line("> ")


def test_pasted_lines_are_those_of_the_keyboard() -> None:
    talk = talking("one", "two", "three")
    assert talk.line("> ") == "one"
    assert talk.pending()
    assert talk.take_pending() == ["two", "three"]
    assert not talk.pending()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_what_the_terminal_cannot_show_is_no_fault(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(shown, encoding=encoding, write_through=True))
    talk = talking("yes")
    talk.say("Question 1 · “שלום” 🙂")
    assert talk.line("Enter keeps: 東京 > ") == "yes"
    assert shown.getvalue().startswith(b"Question 1 ")
    assert b"Enter keeps: ?? > " in shown.getvalue()
