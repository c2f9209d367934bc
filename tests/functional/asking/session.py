"""One session of questions in a real pseudo-terminal."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import pexpect
from tests.functional.asking.copies import Copies

ROOT = Path(__file__).parents[3]
ANSWER = "Your answer: "
SOME_PROMPT = r"Your answer: |> |,\s+[23]\s[^:,.]{2,60}: |Type 1[, 2]* or [23]: "
ENTER = "\r"
AT_THE_END = (r"1 Go on\r?\n[^>]*> ", r"1 Only show it here[^:]*Type [^:]*: ")
NOT_OURS = ("COLUMNS", "LINES", "NO_COLOR", "ACCESSIBLE", "SOURCE_DATE_EPOCH")
PERSPECTIVES = 6
LONGEST = 30
"""So many seconds the program may take to show a prompt, however busy the machine is."""
TODAY = date.today()
"""The day of every session, also of one that goes on past midnight, unless its surroundings have another."""


def on(day: date) -> str:
    """What makes it this day for a session."""
    return f"import datetime, involve_audit.clock as c; c.today = lambda: datetime.date.fromisoformat('{day}')"


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a session."""
    kept = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", "TERM": "dumb", **more}


class Session:
    """The program on a terminal. Whoever uses it waits for a prompt before typing, as people do.

    `before` is code that changes its surroundings first. It runs in one of the `copies`, or where there are none in a
    process that begins with nothing, as at home.
    """

    def __init__(
        self,
        *arguments: str,
        cwd: Path,
        columns: int = 80,
        before: str = "",
        copies: Copies | None = None,
        command: Sequence[str] = ("assess",),
        **environment: str,
    ) -> None:
        words, before, around = (*command, *arguments), f"{on(TODAY)}\n{before}", surroundings(**environment)
        if copies:
            self.child = copies.start(*words, cwd=cwd, environment=around, before=before, columns=columns)
            self.child.timeout = LONGEST
        else:
            self.child = pexpect.spawn(
                sys.executable,
                ["-c", f"{before}\nfrom involve_audit.cli.main import main; main()", *words],
                cwd=str(cwd),
                env=around,
                encoding="utf-8",
                timeout=LONGEST,
                dimensions=(24, columns),
            )
            self.child.ptyproc.delayafterclose = self.child.ptyproc.delayafterterminate = 0.01
        self.child.delaybeforesend = None
        self.child.delayafterclose = self.child.delayafterterminate = 0.01
        self.written = self.child.logfile_read = io.StringIO()

    def prompt(self, expected: str = "") -> str:
        """Wait for the next prompt, and return what was shown up to it. It has to contain `expected`."""
        self.child.expect(SOME_PROMPT)
        shown = _lines(f"{self.child.before}{self.child.after}")
        assert _words(expected) in _words(shown), shown
        return shown

    def type(self, text: str, expected: str = "") -> str:
        """Type a line, and return what is shown up to the next prompt. It has to contain `expected`."""
        self.child.send(text + ENTER)
        return self.prompt(expected)

    def begin(self, subject: str = "Blue House", here: Sequence[int] = (3,)) -> str:
        """Answer the first prompts, up to the first question."""
        shown = self.prompt()
        if "Which questions" in shown:
            shown = self.type("")
        assert "What is looked at?" in shown
        self.type(subject, "On what day")
        self.type("", "Who is in the room?")
        for place in range(PERSPECTIVES):
            shown = self.type(str(here[place]) if place < len(here) else "")
        return shown

    def settle(self, pause: float = 0.3) -> str:
        """Wait until nothing more is shown, and return what was."""
        length = -1
        while length < len(self.written.getvalue()):
            length = len(self.written.getvalue())
            self.child.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=pause)
        shown = _lines(str(self.child.before))
        if shown and self.child.isalive():
            self.child.expect("(?s).+")
        return shown

    def end(self, typed: str | None = None) -> str:
        """Type a last line, wait for the program to end, and return what was shown.

        Where it asks at its end what was agreed, and whether to write pages, nothing more is wanted.
        """
        shown = ""
        if typed is not None:
            self.child.send(typed + ENTER)
        while self.child.expect([pexpect.EOF, *AT_THE_END]):
            shown += f"{self.child.before}{self.child.after}"
            self.child.send(ENTER)
        self.child.wait()
        return _lines(shown + str(self.child.before))

    def end_now(self, typed: str) -> str:
        """Type a last line after which nothing more is asked."""
        self.child.send(typed + ENTER)
        self.child.expect(pexpect.EOF)
        self.child.wait()
        return _lines(str(self.child.before))

    @property
    def code(self) -> int | None:
        """The exit code."""
        return self.child.exitstatus

    def kill(self) -> None:
        """As `kill -9` does."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    def close(self) -> None:
        """Close the terminal, as when its window is closed."""
        with suppress(pexpect.ExceptionPexpect):  # on a busy machine a process that was killed takes a moment to go
            self.child.close()


def _lines(text: str) -> str:
    return text.replace("\r", "")


def _words(text: str) -> str:
    """The text as if no line were ever broken."""
    return " ".join(text.split())
