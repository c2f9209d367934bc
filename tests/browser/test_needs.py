"""What the tests need is installed on a machine only after it was said, and not where somebody says no."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.audits import ROOT

Run = Callable[..., subprocess.CompletedProcess[bytes]]
SAID = b"fonts-dejavu-core fonts-liberation"


@pytest.fixture
def lacking(tmp_path: Path) -> Run:
    """Runs needs.sh as on a Debian that has no fonts; what it had said when it began to install is in `before`."""
    programs, log = tmp_path / "bin", tmp_path / "said"
    for folder in ("bin", "tests", "build/node"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "tests/needs.sh", tmp_path / "tests")
    (tmp_path / "build/node/.ready").touch()
    for name, does in {
        "apt-get": f'cp "{log}" "{tmp_path}/before"; echo "$@" >> "{tmp_path}/asked"',
        "sudo": 'shift; "$@"',
        "fc-list": "",
        **dict.fromkeys(("chromium", "java", "npm", "ldconfig"), ""),
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (programs / name).chmod(0o755)

    def run(said: int | None = None, **more: object) -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if name not in ("CI", "INSTALL", "CHROME")}
        surroundings = {**kept, "PATH": f"{programs}:/usr/bin:/bin", **{key: str(value) for key, value in more.items()}}
        with log.open("wb") as file:
            done = subprocess.run(
                [tmp_path / "tests/needs.sh"],
                env=surroundings,
                check=True,
                stdin=said or subprocess.DEVNULL,
                stdout=said or file,
                stderr=subprocess.PIPE,
            )
        return subprocess.CompletedProcess(done.args, 0, log.read_bytes(), done.stderr)

    return run


def test_what_will_be_installed_and_where_is_said_before_anything_is(lacking: Run, tmp_path: Path) -> None:
    lacking()
    before = (tmp_path / "before").read_bytes()
    assert SAID in before
    assert b"installed on this machine" in before
    assert b"INSTALL=no" in before
    assert SAID.decode() in (tmp_path / "asked").read_text(encoding="utf-8")


def test_nothing_is_installed_where_that_is_asked_for(lacking: Run, tmp_path: Path) -> None:
    said = lacking(INSTALL="no").stdout
    assert SAID in said
    assert b"Some tests cannot run. Install these" in said
    assert not (tmp_path / "asked").exists()


@pytest.mark.parametrize(("answer", "installs"), [(b"n\n", False), (b"\n", True), (b"\x04", False)])
def test_who_sits_at_a_terminal_is_asked(lacking: Run, tmp_path: Path, answer: bytes, installs: bool) -> None:
    terminal, its_end = os.openpty()
    os.write(terminal, answer)
    done = lacking(its_end)
    os.close(its_end)
    os.close(terminal)
    assert b"Install them? [Y/n]" in done.stderr
    assert (tmp_path / "asked").exists() == installs
