"""The program as its users have it: built, installed, run as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from tests.forked import Forked
from tests.once import once

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution."""

    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
        # Whichever test asks first, coverage does not look at it.
        surroundings = {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
        subprocess.run(command, check=True, capture_output=True, env=surroundings)

    (wheel,) = once(tmp_path_factory, "wheel", build).glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed in it, apart from the checkout."""

    def install(folder: Path) -> None:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), str(built)]
        subprocess.run(command, check=True, capture_output=True)

    return once(tmp_path_factory, "installed", install)


@pytest.fixture(scope="session")
def run(installed: Path) -> Run:
    """Runs the installed command with arguments, in a folder; `where` may be a zipped wheel instead."""

    def run(
        *arguments: str, cwd: Path, where: Path = installed, stdin: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "involve_audit", *arguments],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(where), "COLUMNS": "80", **environment},
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )

    return run


@pytest.fixture(scope="session")
def copied(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The same in a copy of a process that has the program loaded, which is all that costs: for what a run comes to."""
    with ExitStack() as running:
        copies = cache(
            lambda where: running.enter_context(Forked(tmp_path_factory.mktemp("streams") / "of-run", where))
        )

        def run(
            *arguments: str, cwd: Path, where: Path = installed, stdin: str = "", **environment: str
        ) -> subprocess.CompletedProcess[str]:
            ended = copies(where).run(cwd, *arguments, stdin=stdin, **environment)
            return subprocess.CompletedProcess(arguments, *ended)

        yield run
