"""What the terminal is given: bare text where that is wanted, and lines no longer than its window."""

from __future__ import annotations

import re

import pytest
from tests.functional.asking.conftest import Saved, Start
from tests.functional.asking.session import TODAY, Session

THEME = ("--theme", "governance-and-policy")
SUBJECT = "Blue House for everybody on the hill"


def _whole_session(session: Session) -> str:
    session.begin(subject=SUBJECT, here=(0, 2))
    for typed in ("h", "where", "?", "wrong", "e", "Minutes of the meeting", "March", "", "ftp://no", "", ""):
        session.type(typed)
    for typed in ("note", "A note.", "", "yes", "b", "\x1b[Ayes", "s", "no"):
        session.type(typed)
    session.type("1", "(2 of 3 asked today)")
    session.end("partly")
    assert session.code == 0
    return session.written.getvalue()


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--plain"], {}),
        ([], {"NO_COLOR": "1"}),
        ([], {"ACCESSIBLE": "1"}),
        ([], {"TERM": "dumb"}),
        (["--plain"], {"FORCE_COLOR": "1"}),
    ],
    ids=["plain", "no-color", "accessible", "dumb", "plain-wins"],
)
def test_bare_text_holds_no_escape_byte_and_draws_nothing_anew(
    start: Start, arguments: list[str], environment: dict[str, str]
) -> None:
    written = _whole_session(start(*THEME, *arguments, **{"TERM": "xterm", **environment}))
    assert "\x1b" not in written
    assert "\b" not in written
    assert "\x07" not in written
    assert re.search(r"\r(?![\r\n])", written) is None


def test_on_a_terminal_that_wants_it_there_is_weight_and_the_same_words(start: Start) -> None:
    bold = _whole_session(start(*THEME, TERM="xterm"))
    assert "\x1b[1m" in bold
    assert re.findall(r"\x1b(?!\[[0-9;]*m)", bold) == []


def test_without_weight_the_words_are_the_same(start: Start) -> None:
    bold = start("--theme", "community", TERM="xterm").begin()
    bare = start("--theme", "community", "--plain", "--save", "other.yaml", TERM="xterm")
    bare.prompt()
    bare.type("Blue House", "Type 1")
    for typed in ("3", "", "3", "", "", "", ""):
        bare.type(typed)
    assert re.sub(r"\x1b\[[0-9;]*m", "", bold) == bare.type("")


@pytest.mark.parametrize("columns", [40, 72])
def test_no_line_is_longer_than_the_window(start: Start, columns: int) -> None:
    written = _whole_session(start(*THEME, "-o", "report.md", columns=columns))
    lines = [line.strip("\r") for line in written.split("\n")]
    typed = ("Minutes of the meeting",)
    commands = ("  involve-audit assess ",)
    too_long = [line for line in lines if len(line) > columns and not line.endswith(typed)]
    too_long = [line for line in too_long if not line.startswith(commands)]
    assert too_long == []


def test_the_command_to_go_on_with_can_be_copied_from_a_narrow_window(start: Start) -> None:
    session = start(*THEME, columns=40)
    session.begin(subject="Blue House")
    session.type("yes")
    shown = session.end("q")
    file = f"blue-house-{TODAY}.yaml"
    assert f"\n  involve-audit assess --resume {file} --theme governance-and-policy\n" in shown
    again = start("--resume", file, "--theme", "governance-and-policy", columns=40)
    again.prompt()
    again.type("yes")
    assert f"\n  involve-audit assess {file} -o blue-house-{TODAY}.html\n" in again.end("yes")


def test_a_terminal_that_cannot_show_a_sign_gets_a_mark_and_the_session_goes_on(start: Start, saved: Saved) -> None:
    session = start(*THEME, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    session.begin(subject="Maison Zoë")
    session.type("yes", "(2 of 3 asked today)")
    session.end("q")
    assert session.code == 0
    assert saved().subject.name == "Maison Zoë"
