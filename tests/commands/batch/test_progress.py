"""Progress: a bar for a person, lines for a log, nothing where it is not wanted, and nothing for a short run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.commands.conftest import FakeTerminal

from involve_audit.batch.progress import Bar, Lines, Nothing, shown_for


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_log_gets_a_line_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    lines = Lines(10_000, clock)
    for _second in range(25):
        clock.now += 1
        lines.advance(200)
    lines.end()
    assert capsys.readouterr().err.splitlines() == [
        "2,000 of 10,000 files done, 200 a second, 40 seconds left",
        "4,000 of 10,000 files done, 200 a second, 30 seconds left",
    ]


def test_a_person_sees_a_bar_with_the_rate_and_the_time_left(terminal: FakeTerminal) -> None:
    clock = Clock()
    bar = Bar(1000, terminal, clock)
    for _tenth in range(20):
        clock.now += 0.1
        bar.advance(25)
    shown = terminal.getvalue()
    assert "500/1000" in shown
    assert "250 a second" in shown
    assert "0:00:02" in shown
    bar.end()
    assert terminal.getvalue().endswith(("\x1b[2K", "\x1b[?25h")), "the bar is taken away and the cursor is back"


def test_a_short_run_shows_nothing(terminal: FakeTerminal) -> None:
    clock = Clock()
    bar = Bar(10, terminal, clock)
    clock.now += 0.2
    bar.advance(10)
    bar.end()
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(
    ("at_terminal", "quiet", "plain", "kind"),
    [
        (True, False, False, Bar),
        (True, False, True, Lines),
        (False, False, False, Lines),
        (True, True, False, Nothing),
        (False, True, True, Nothing),
    ],
)
def test_what_suits_a_run(
    monkeypatch: pytest.MonkeyPatch, at_terminal: bool, quiet: bool, plain: bool, kind: type
) -> None:
    if at_terminal:
        monkeypatch.setattr(sys, "stderr", FakeTerminal())
    assert type(shown_for(10, quiet, plain)) is kind


def test_nothing_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = Nothing()
    nothing.advance(1)
    nothing.end()
    assert capsys.readouterr() == ("", "")


def test_a_bar_goes_to_standard_error_alone(process: Callable[..., Any], view: Callable[..., Any]) -> None:
    view("in/a.yaml")
    done = process("batch", "-r", "small.yaml", "in", "-o", "o.csv")
    assert (done.stdout, done.stderr) == ("", "Written: o.csv\n")
