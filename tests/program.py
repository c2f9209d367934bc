"""The program, run in the process of the tests as `typer` does it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from involve_audit import language
from involve_audit.cli.program import app


def run(*words: object) -> Result:
    """What the program says to these words, and its exit code.

    Its help is that of a window of 80 columns. Its commands are built once for each language, not for each run:
    that would take longer than most runs.
    """
    line = [str(word) for word in words]
    speaks_another = any(word.startswith("--language") for word in line)
    with pytest.MonkeyPatch.context() as patch:
        if not speaks_another:
            patch.setattr("typer.testing._get_command", lambda _: _built(language.current()), raising=False)
        return CliRunner().invoke(app, line, terminal_width=78)


def run_in(folder: Path, *words: object) -> Result:
    """The same in this folder, in a window of 80 columns and 24 lines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "80")
        patch.setenv("LINES", "24")
        return run(*words)


@cache
def _built(_: language.Language) -> Any:
    return get_command(app)
