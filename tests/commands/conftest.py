"""The program, run in an empty folder with a small rubric of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests import program

ROOT = Path(__file__).parents[2]
RUNS_MAIN = "from involve_audit.cli.main import main; main()"


class FakeTerminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="session", autouse=True)
def compiled_anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No template that an earlier run compiled is used again."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("compiled"))
    yield
    tempfile.tempdir = before


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine that runs the tests shows in what the program does."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "ACCESSIBLE", "FORCE_COLOR", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the rubric `small` in `small.yaml`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_bytes((ROOT / "tests/cases/valid/rubric-small.yaml").read_bytes())
    return tmp_path


@pytest.fixture
def view(here: Path) -> Callable[..., Path]:
    """Writes an answers file for the rubric `small` and gives its path."""

    def write(name: str = "view.yaml", **lines: Any) -> Path:
        head = {
            "format": "involve-audit/answers@1",
            "rubric": "small@1.0.0",
            "audit": "spring",
            "subject": {"name": "Riverside"},
            "date": "2024-02-29",
            "respondents": {"members": 2},
        }
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in (head | lines).items())
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(here: Path) -> Callable[..., Any]:
    """Runs the program in the process of the tests, in the working folder."""
    return program.run


@pytest.fixture
def assess(run: Callable[..., Any]) -> Callable[..., Any]:
    """Runs `assess` with the rubric `small`."""

    def invoke(*words: object) -> Any:
        return run("assess", "-r", "small.yaml", *words)

    return invoke


@pytest.fixture
def terminal() -> FakeTerminal:
    return FakeTerminal()


@pytest.fixture
def process(here: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Runs the program as a process of its own.

    `jinja2` is the text of a module that stands in for the library of that name: what goes wrong in it goes
    wrong in the midst of a run. `before` is code to run first.
    """

    def start(*words: object, jinja2: str | None = None, before: str = "", **more: Any) -> Any:
        paths = [path for path in sys.path if path]
        if jinja2 is not None:
            folder = tmp_path_factory.mktemp("stand-in")
            (folder / "jinja2.py").write_text(jinja2, encoding="utf-8")
            paths.insert(0, str(folder))
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | more
        command = [sys.executable, "-c", f"{before}\n{RUNS_MAIN}", *map(str, words)]
        return subprocess.run(command, env=surroundings, check=False, **streams)

    return start
