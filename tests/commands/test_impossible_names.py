"""A name that no file can have is refused in words, in every argument and every option of every command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from involve_audit.cli.program import app

Run = Callable[..., Any]
WriteView = Callable[..., Path]
NAMES = {
    "too long": "x" * 300,
    "too long, with an ending": "ü" * 200 + ".html",
    "a path too long": "/".join(["x" * 100] * 60),
    "in a folder too long": "x" * 300 + "/new.yaml",
    "in very many folders": "x/" * 1900 + "new.html",
    "in a file": "view.yaml/new.yaml",
    "in a circle": "circle/new.html",
    "with a NUL": "a\0b.html",
    "not in UTF-8": "a\udcff/new.html",
    "nothing": "",
}
WITH = {
    "assess": "view.yaml -r small.yaml",
    "batch": "view.yaml -r small.yaml",
    "diff": "view.yaml later.yaml -r small.yaml",
    "trend": "view.yaml later.yaml -r small.yaml",
    "answers new": "small.yaml",
    "answers check": "view.yaml -r small.yaml",
    "answers migrate": "view.yaml --to 1 -r small.yaml",
    "rubric show": "small.yaml",
    "rubric check": "small.yaml",
    "rubric test": "small.yaml",
    "rubric diff": "small.yaml small.yaml",
    "rubric new": "another",
    "schema": "answers",
    "template copy": "report.md.j2",
}
"""What each command is run with besides, where it can be given a name."""
MAKES_FOLDERS = ("--to", "--reports", "--cache")


def places(command: Any, above: str = "") -> Iterator[tuple[str, str]]:
    """Each command and what of it takes a value: an option, or an argument as nothing."""
    for name, below in getattr(command, "commands", {}).items():
        yield from places(below, f"{above} {name}".lstrip())
    if not getattr(command, "commands", {}):
        for param in command.params:
            if not getattr(param, "is_flag", False) and param.metavar != "TEXT":
                yield above, param.opts[0] if param.opts[0].startswith("-") else ""


@pytest.mark.parametrize(("command", "option"), list(places(get_command(app))))
def test_a_name_that_cannot_be_is_refused_in_words(
    command: str, option: str, run: Run, view: WriteView, here: Path
) -> None:
    view()
    view("later.yaml", audit="later", date="2024-03-01")
    (here / "circle").symlink_to("circle")
    before = sorted(here.iterdir())
    for case, name in NAMES.items():
        usual = WITH.get(command, "").split()
        done = run(*command.split(), *([*usual, option, name] if option else [name, *usual[1:]]))
        told = done.exit_code == 2 and done.stderr and "Traceback" not in done.stderr
        means_nothing = case in ("nothing", "not in UTF-8") and done.exit_code in (0, 1)
        done_without = option == "--cache" and done.exit_code == 0 and done.stderr.startswith("The cache in ")
        refused = isinstance(done.exception, SystemExit) and told
        assert refused or means_nothing or done_without, (case, done.exception, done.stderr)
        assert "room and rights" not in done.stderr, case
    assert set(before) >= set(here.iterdir()) or option in MAKES_FOLDERS, sorted(here.iterdir())
