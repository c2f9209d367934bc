"""The installed program as a command, and folders of generated answers files."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ANSWERS = """\
format: involve-audit/answers@1
rubric: service-user-leadership-spectrum@1.0.0
audit: service-{number:05}
subject: {{name: Service {number}}}
date: 2026-06-01
respondents: {{service-users: 3}}
answers:
  governance-led: {answer}
  peer-support-led: {{answer: yes, evidence: [{{text: Minutes}}]}}
"""


@pytest.fixture(scope="session")
def command(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the command `involve-audit` in it, for PATH."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "involve-audit"
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{installed}" exec "{sys.executable}" -m involve_audit "$@"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return folder


@pytest.fixture
def environment(command: Path) -> dict[str, str]:
    """The environment of a shell in which the program and what develops it are installed, and not on GitHub."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_", "GIT_"))}
    path = os.pathsep.join([str(command), str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**clean, "PATH": path, "COLUMNS": "80"}


@pytest.fixture
def generate(tmp_path: Path) -> Callable[[int], Path]:
    """Makes a folder of so many audits, all good but every hundredth, which is not valid."""

    def make(number: int) -> Path:
        folder = tmp_path / "answers"
        for place in range(number):
            inside = folder / f"{place // 100:03}"
            inside.mkdir(parents=True, exist_ok=True)
            answer = "pary" if place % 100 == 99 else "yes"
            text = ANSWERS.format(number=place, answer=answer)
            (inside / f"{place:05}.yaml").write_text(text, encoding="utf-8")
        return folder

    return make
