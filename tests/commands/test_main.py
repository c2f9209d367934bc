"""The program as a whole: its help, its other commands, and what happens when something breaks."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from involve_audit import __version__
from involve_audit.cli.program import COMMANDS, app
from involve_audit.engine.checks import FAIL_ON_CHANGE, FAIL_ON_OF_MANY
from involve_audit.errors import OutputError
from involve_audit.output import say, write_all
from involve_audit.render.formats import (
    ACTIONS,
    ASSESSMENT,
    COMPARISON,
    FINDINGS,
    MANY_AUDITS,
    RUBRIC,
    RUBRIC_CHANGES,
    SERIES,
    Formats,
)
from involve_audit.render.options import STYLES

Run = Callable[..., Any]
WriteView = Callable[..., Path]


def test_the_version_is_shown(run: Run) -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"involve-audit {__version__}\n")


@pytest.mark.parametrize("words", [["-h"], ["--help"], ["assess", "-h"], ["schema", "--help"]])
def test_help_is_plain_text_on_standard_output(words: list[str], run: Run) -> None:
    result = run(*words)
    assert result.exit_code == 0
    assert result.stdout.lstrip().startswith("Usage: ")
    assert result.stdout.isascii(), "no box characters: a screen reader reads them aloud"
    assert result.stderr == ""


def test_help_names_every_command(run: Run) -> None:
    text = run("-h").stdout
    for command in ("assess", "schema"):
        assert command in text


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("assess", ASSESSMENT),
        ("batch", MANY_AUDITS),
        ("diff", COMPARISON),
        ("trend", SERIES),
        ("actions", ACTIONS),
        ("rubric show", RUBRIC),
        ("rubric diff", RUBRIC_CHANGES),
        *((words, FINDINGS) for words in ("rubric check", "rubric test", "answers check")),
    ],
)
def test_help_names_every_format_and_its_suffix(words: str, known: Formats, run: Run) -> None:
    text = " ".join(run(*words.split(), "-h").stdout.split())
    outputs, formats = text.partition("--output FILE ")[2], text.partition("--format FORMAT ")[2]
    for form in known.formats:
        assert form.name in formats.partition(". -")[0]
        assert all(suffix in outputs.partition(". -")[0] for suffix in form.suffixes[:1])


GROUPS = ["", "answers", "rubric", "template"]


@pytest.mark.parametrize("group", GROUPS)
def test_help_says_of_each_command_what_it_does_and_cuts_no_sentence(group: str, run: Run) -> None:
    lines = run(*group.split(), "--help").stdout.partition("Commands:\n")[2].splitlines()
    assert all(line.endswith(".") and not line.endswith("...") for line in lines)


def test_help_lists_commands_in_the_order_of_a_users_day(run: Run) -> None:
    lines = run("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)


def all_commands(command: Any, *above: str) -> Iterator[tuple[str, ...]]:
    yield above
    for name, below in getattr(command, "commands", {}).items():
        yield from all_commands(below, *above, name)


@pytest.mark.parametrize("words", list(all_commands(get_command(app))))
def test_help_says_in_words_what_goes_where(words: tuple[str, ...], run: Run) -> None:
    text = run(*words, "--help").stdout
    assert not re.search(r"<[a-z]|list\[|\bstr\b|\bint\b|x>=", text)
    named = re.findall(r"^  (?:-\w, )?--[\w-]+ ([A-Z]+) ", text, re.MULTILINE)
    kinds = [
        "DATE",
        "FILE",
        "FOLDER",
        "NUMBER",
        "RUBRIC",
        "FORMAT",
        "STYLE",
        "THEME",
        "STAGE",
        "CHECK",
        "ID",
        "KIND",
        "PERSPECTIVE",
        "TEXT",
        "REVISION",
        "VERSION",
        "LANGUAGE",
        "COLUMN",
        "MASTER",
    ]
    assert set(named) <= set(kinds)


@pytest.mark.parametrize(
    ("words", "option", "known"),
    [
        ("batch", "--fail-on", FAIL_ON_OF_MANY),
        ("diff", "--fail-on", FAIL_ON_CHANGE),
        ("assess", "--style", STYLES),
        ("batch", "--report-format", [form.name for form in ASSESSMENT.formats]),
    ],
)
def test_help_names_every_word_that_an_option_takes(words: str, option: str, known: Sequence[str], run: Run) -> None:
    of_option = "".join(run(*words.split(), "-h").stdout.split()).partition(option)[2].partition("--")[0]
    assert all(word in of_option for word in known)


@pytest.mark.parametrize("words", [["asess"], ["assess", "--no-such-option"], ["schema", "answer"], ["schema"]])
def test_a_wrong_command_line_is_refused_on_standard_error(words: list[str], run: Run) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words[-1].removeprefix("--")[:6] in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["rubric", "answers", "record"])
def test_a_schema_is_printed_or_written(name: str, run: Run, here: Path, root: Path) -> None:
    result = run("schema", name)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert json.loads(result.stdout)["title"] == f"involve-audit {name} file"
    assert run("schema", name, "-o", "a.json", "-o", "b.json").exit_code == 0
    assert (here / "a.json").read_text(encoding="utf-8") == (here / "b.json").read_text(encoding="utf-8")
    assert (here / "a.json").read_text(encoding="utf-8") == result.stdout


def test_a_schema_for_a_folder_that_does_not_exist_is_refused(run: Run) -> None:
    result = run("schema", "rubric", "-o", "none/a.json")
    assert result.exit_code == 2
    assert "its folder does not exist" in result.stderr


# When something breaks

FAULT = "raise RuntimeError('a made-up fault')"
ASSESS = ("assess", "-r", "small.yaml", "view.yaml")


def test_of_very_many_problems_the_first_are_shown_and_the_others_counted(run: Run) -> None:
    result = run("assess", *(f"missing-{place:02}.yaml" for place in range(60)))
    assert result.exit_code == 2
    *shown, last = [line for line in result.stderr.splitlines() if not line.startswith(" ")]
    assert shown == [f"missing-{place:02}.yaml: there is no such file" for place in range(50)]
    assert last == "… and at least 10 more."


def test_a_fault_is_one_line_and_exit_code_3(process: Run, view: WriteView, here: Path) -> None:
    view()
    result = process(*ASSESS, "-o", "a.html", jinja2=FAULT)
    assert result.returncode == 3
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("involve-audit: a fault in the program (RuntimeError: a made-up fault). Please report it")
    assert "--debug" in line
    assert not (here / "a.html").exists()


def test_debug_shows_the_trace_of_a_fault_and_keeps_its_exit_code(process: Run, view: WriteView) -> None:
    view()
    result = process("--debug", *ASSESS, "-o", "a.html", jinja2=FAULT)
    assert "Traceback (most recent call last)" in result.stderr
    assert "RuntimeError: a made-up fault" in result.stderr
    assert result.returncode == 3


def test_a_fault_does_not_send_control_characters_to_the_terminal(process: Run, view: WriteView) -> None:
    view()
    result = process(*ASSESS, "-o", "a.html", jinja2="raise RuntimeError('\\x1b[31mred')")
    assert result.returncode == 3
    assert "\x1b" not in result.stderr


def test_an_interrupted_run_exits_with_130_and_writes_nothing(process: Run, view: WriteView, here: Path) -> None:
    view()
    result = process(*ASSESS, "-o", "a.txt", "-o", "a.html", jinja2="raise KeyboardInterrupt")
    assert result.returncode == 130
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert sorted(path.name for path in here.iterdir()) == ["small.yaml", "view.yaml"]


@pytest.mark.parametrize("made_of_it", ["raise ValueError('something else') from None", "pass"])
def test_an_interruption_that_a_library_swallows_stops_the_run_all_the_same(
    process: Run, view: WriteView, here: Path, made_of_it: str
) -> None:
    """In the midst of a run over many audits; without that check, of any run that a library lets fail."""
    view()
    interrupted = f"""
import os, signal
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    {made_of_it}
class Undefined: pass
def __getattr__(name): return Undefined
"""
    words = ("batch", "-r", "small.yaml", "view.yaml", "-o", "o.csv", "--reports", "reports")
    result = process(*words, jinja2=interrupted)
    assert result.stderr.splitlines()[-1] == "Stopped."
    assert result.returncode == 130
    assert sorted(path.name for path in here.iterdir()) == ["small.yaml", "view.yaml"]


def test_a_reader_that_goes_away_is_no_failure(process: Run, view: WriteView) -> None:
    view()
    reader, writer = os.pipe()
    os.close(reader)
    result = process(*ASSESS, stdout=writer)
    os.close(writer)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")  # noqa: PTH110
def test_standard_output_that_is_full_is_no_fault_of_the_program(process: Run, view: WriteView) -> None:
    view()
    with open("/dev/full", "w") as full:  # noqa: PTH123
        result = process(*ASSESS, stdout=full)
    assert result.returncode == 2
    assert "a fault in the program" not in result.stderr
    assert result.stderr


# The one place that writes


def test_what_a_terminal_cannot_show_is_a_question_mark(process: Run, view: WriteView, monkeypatch: Any) -> None:
    view(subject={"name": "Rivière 川"}, answers={"survey": "yes"})
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    result = process(*ASSESS)
    assert result.returncode == 0
    assert result.stdout.startswith("Audit: Rivi?re ?\n")


def test_what_is_said_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    say("Written: a.md")
    assert capsys.readouterr() == ("", "Written: a.md\n")


def test_texts_are_written_as_utf_8_with_unix_line_ends(here: Path) -> None:
    write_all({"a.md": "Straße\n→\n"})
    assert (here / "a.md").read_bytes() == "Straße\n→\n".encode()


def test_a_text_that_cannot_be_encoded_leaves_nothing_behind(here: Path) -> None:
    (here / "a.md").write_text("before")
    with pytest.raises((OutputError, UnicodeEncodeError)):
        write_all({"b.md": "fine", "a.md": "half of a pair: \ud800"})
    assert (here / "a.md").read_text() == "before"
    assert sorted(path.name for path in here.iterdir()) == ["a.md", "small.yaml"]


def test_nothing_goes_to_standard_output_where_a_file_cannot_be_written(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OutputError) as caught:
        write_all({"-": "result", "none/a.md": "result"})
    assert caught.value.problems[0].path.endswith("none/a.md")
    assert capsys.readouterr().out == ""
