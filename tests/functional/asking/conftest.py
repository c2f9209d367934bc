"""Sessions of questions in a pseudo-terminal, each in a folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.functional.asking.copies import Copies
from tests.functional.asking.session import TODAY, Session, surroundings

from involve_audit.loading.audit import load_audit
from involve_audit.model.view import View

Start = Callable[..., Session]
Saved = Callable[..., View]


@pytest.fixture(scope="session")
def copies() -> Iterator[Callable[[bool], Copies]]:
    """Gives what starts copies: of a process at which coverage looks, or of one at which it does not."""
    with ExitStack() as running:
        yield cache(lambda _is_looked_at: running.enter_context(Copies(surroundings())))


@pytest.fixture
def start(tmp_path: Path, copies: Callable[[bool], Copies]) -> Iterator[Start]:
    """Starts `involve-audit assess` with arguments on a terminal; what still runs at the end is closed."""
    sessions: list[Session] = []

    def start(*arguments: str, cwd: Path = tmp_path, **more: Any) -> Session:
        these = copies("COVERAGE_PROCESS_CONFIG" in os.environ)
        sessions.append(Session(*arguments, cwd=cwd, copies=these, **more))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    """Reads an answers file as the program does; without a name, the only one there is. It has to be valid."""

    def saved(path: Path | None = None) -> View:
        if path is None:
            (path,) = tmp_path.glob("*.yaml")
        return load_audit([str(path)], TODAY).views[0].content

    return saved


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
