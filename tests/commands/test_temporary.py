"""What a dead run left in a folder goes away with the next start there; nothing else does."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from involve_audit import output, temporary
from involve_audit.asking.keeping import alone_with

A_DAY = 24 * 60 * 60


@pytest.fixture
def dead() -> str:
    """How the temporary files of a process that is dead by now begin."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return temporary.prefix().replace(f"-{os.getpid()}-", f"-{process.pid}-")


def test_what_a_dead_run_left_goes_with_the_next_start_in_silence(run: Any, here: Path, dead: str) -> None:
    (here / f"{dead}abcdefgh").write_text("answers")
    (here / f"{dead}ijklmnop").mkdir()
    (here / f"{dead}ijklmnop/report.html").write_text("answers")
    temporary.lock_of(here / "mine.yaml").touch()
    done = run("rubric", "list")
    assert (done.exit_code, done.stderr) == (0, "")
    assert [path.name for path in here.iterdir()] == ["small.yaml"]


def test_what_a_dead_run_left_beside_an_output_goes_too(here: Path, dead: str) -> None:
    (here / "out").mkdir()
    (here / f"out/{dead}abcdefgh").write_text("answers")
    output.write_all({"out/o.html": "page"})
    assert [path.name for path in (here / "out").iterdir()] == ["o.html"]


def test_nothing_of_a_run_at_work_is_touched(run: Any, here: Path) -> None:
    pending = output.Pending("o.html")
    os.utime(pending.temporary, (0, 0))
    with alone_with(here / "mine.yaml"):
        assert run("rubric", "list").exit_code == 0
        assert pending.temporary.exists()
        assert temporary.lock_of(here / "mine.yaml").exists()
    pending.discard()


@pytest.mark.parametrize("age", [0, 2 * A_DAY])
def test_what_a_run_elsewhere_left_goes_when_it_is_old(age: int, here: Path) -> None:
    left = here / ".involve-audit-0123abcd-1-abc_efg8"
    left.write_text("answers")
    os.utime(left, (time.time() - age, time.time() - age))
    temporary.clear_away(here)
    assert left.exists() is (age == 0)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.with_name(".involve-audit-notes.md").touch(),
        lambda path: path.with_name(".involve-audit-").mkdir(),
        lambda path: path.with_name(".involve-audit-settings").touch(),
        lambda path: path.with_name(".involve-audit-settings").mkdir(),
        lambda path: path.with_name(".involve-audit-settings.lock").touch(),
        lambda path: path.with_name(".involve-audit-0123abcd").touch(),
        lambda path: path.with_name(".involve-audit-0123abcd-mine-settings").touch(),
        lambda path: path.with_name(".involve-audit-0123abcd-1-abcdefgh.lock").touch(),
        lambda path: path.with_name(".involve-audit-0123abcd.lock").write_text("mine"),
        lambda path: path.with_name("involve-audit-abcdefgh").touch(),
        lambda path: path.with_name(".mine.yaml.lock").touch(),
        lambda path: path.symlink_to("small.yaml"),
        lambda path: os.mkfifo(path),
    ],
)
def test_nothing_that_is_not_surely_ours_is_touched(make: Callable[[Path], Any], here: Path, dead: str) -> None:
    make(here / f"{dead}abcdefgh")
    for path in here.iterdir():
        os.utime(path, (0, 0), follow_symlinks=False)
    before = sorted(here.iterdir())
    temporary.clear_away(here)
    assert sorted(here.iterdir()) == before


def test_nobody_else_may_read_what_is_being_written(here: Path) -> None:
    before = os.umask(0)
    try:
        pending = output.Pending("o.html")
        with alone_with(here / "mine.yaml"):
            paths = (pending.temporary, temporary.lock_of(here / "mine.yaml"))
            assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o600, 0o600]
        pending.discard()
    finally:
        os.umask(before)


# The moment at which a file is there and nobody has its name yet: the likeliest by far for a signal to leave it.
_STOPPED_THEN = """
import os, signal, sys, tempfile
from involve_audit.cli import main
making = {{name: getattr(tempfile, name) for name in ("mkstemp", "mkdtemp")}}
def made(name):
    def make(*words, **more):
        made = making[name](*words, **more)
        os.kill(os.getpid(), signal.{signal})
        return made
    return make
tempfile.mkstemp, tempfile.mkdtemp = made("mkstemp"), made("mkdtemp")
main.main()
"""


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGUSR1"])
@pytest.mark.parametrize(
    "command", [("rubric", "show", "small.yaml", "-o", "out/o.html"), ("batch", ".", "--reports", "out/reports")]
)
def test_a_signal_at_the_moment_a_file_begins_leaves_nothing(here: Path, number: str, command: tuple[str, ...]) -> None:
    (here / "out").mkdir()
    code = _STOPPED_THEN.format(signal=number)
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=False)
    assert done.returncode > 128, done.stderr
    assert list((here / "out").iterdir()) == []
