"""`--language`, wherever it stands on the line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.pseudo import TAG, pseudo, pseudo_language
from typer.main import get_command

from involve_audit import language
from involve_audit.cli.program import app
from involve_audit.cli.speaking import _wanted, help_texts

Run = Callable[..., Any]


pytestmark = pytest.mark.usefixtures("another_language")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("assess a.yaml", None),
        ("--language cy assess a.yaml", "cy"),
        ("assess --language cy a.yaml", "cy"),
        ("assess a.yaml --language cy", "cy"),
        ("assess a.yaml --language=cy", "cy"),
        ("assess --help --language cy", "cy"),
        ("--language cy assess --language=fr", "fr"),
        ("--language=cy assess --language fr", "fr"),
        ("assess -- --language cy", None),
        ("assess a.yaml --language", None),
        ("assess a.yaml --language=", ""),
        ("assess --languages cy", None),
    ],
)
def test_the_language_may_stand_anywhere_on_the_line(line: str, wanted: str | None) -> None:
    assert _wanted(line.split()) == wanted


@pytest.mark.parametrize("tag", ["en-GB", "en", "en-gb", "en_GB", "EN"])
@pytest.mark.parametrize("line", ["--language {} schema rubric", "schema rubric --language {}"])
def test_english_is_there_by_any_of_its_names(tag: str, line: str, run: Run) -> None:
    language.use(pseudo_language())
    assert run(*line.format(tag).split()).exit_code == 0
    assert language.current() == language.AS_WRITTEN


@pytest.mark.parametrize("line", ["--language xx assess", "assess a.yaml --language=xx", "schema --help --language xx"])
def test_a_language_there_is_not_is_refused_with_those_there_are(line: str, run: Run) -> None:
    result = run(*line.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("there is no language `xx`\n    It can be `en-GB`")


def test_without_the_option_the_language_stays(run: Run) -> None:
    language.use(pseudo_language())
    assert (
        pseudo("Print the JSON Schema of a rubric, an overlay, an answers file or a record.")[:20]
        in run("--help").stdout
    )
    assert language.current().tag == TAG


def commands(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands(below)


def test_every_command_takes_the_option() -> None:
    for command in commands(get_command(app)):
        assert "--language" in [name for param in command.params for name in param.opts], command.name


def test_the_help_of_every_command_below_is_found() -> None:
    program, below = typer.Typer(help="Of the program."), typer.Typer(help="Of the group.")
    program.add_typer(below, name="group")

    @below.command()
    def deep(size: int = typer.Option(1, help="Of the option.", metavar="SIZE"), bare: bool = False) -> None:
        """Of the command."""

    @program.command()
    def other() -> None:
        pass

    found = [getattr(part, name) for part, name in help_texts(get_command(program))]
    ours = ["Of the program.", "Of the group.", "Of the command.", "Of the option.", "SIZE"]
    assert [text for text in found if text in ours] == ours


def test_the_command_to_go_on_keeps_the_language(here: Path) -> None:
    from involve_audit.asking.session import command_to_go_on
    from involve_audit.asking.wanted import Asking

    language.use(pseudo_language())
    words = command_to_go_on(Asking(rubric="small.yaml"), Path("a.yaml"))
    assert words == f"involve-audit assess --resume a.yaml --rubric small.yaml --language {TAG}"
