"""What the terminal can show and wants."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

from involve_audit.terminal import wants_colour, width


def test_a_terminal_has_colour(terminal: Any) -> None:
    with redirect_stdout(terminal):
        assert wants_colour(plain=False) is True


def test_a_pipe_or_a_file_has_none() -> None:
    with redirect_stdout(StringIO()):
        assert wants_colour(plain=False) is False


@pytest.mark.parametrize(
    ("name", "value"), [("NO_COLOR", "1"), ("NO_COLOR", "0"), ("TERM", "dumb"), ("ACCESSIBLE", "1")]
)
def test_a_user_who_asks_for_bare_text_has_none(
    name: str, value: str, terminal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with redirect_stdout(terminal):
        assert wants_colour(plain=False) is False


def test_plain_means_no_colour(terminal: Any) -> None:
    with redirect_stdout(terminal):
        assert wants_colour(plain=True) is False


def test_an_empty_no_color_asks_for_nothing(terminal: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    with redirect_stdout(terminal):
        assert wants_colour(plain=False) is True


@pytest.mark.parametrize(("columns", "kept"), [("10", 40), ("40", 40), ("72", 72), ("100", 100), ("500", 100)])
def test_a_line_is_as_wide_as_the_terminal_within_what_can_be_read(
    columns: str, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == kept
