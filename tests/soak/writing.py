"""Runs that write files, ended at any moment: each file is the old one or the new one, and whole.

What is written anew is known from a run that was left alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.soak.running import Figures

ROOT = Path(__file__).parents[2]
OLD = b"This was here before.\n" * 50
AUDITS = 12
CAUGHT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1)
LONGEST = 60


class Command(NamedTuple):
    """A command line, and the files that it writes."""

    words: tuple[str, ...]
    writes: tuple[str, ...] = ()


def _writing(*words: str, files: tuple[str, ...]) -> Command:
    return Command((*words, *(word for name in files for word in ("-o", name))), files)


COMMANDS = (
    _writing("assess", "riverside", files=("a.html", "a.md", "a.txt", "a.audit.json")),
    _writing("batch", "many", "-q", "--jobs", "1", files=("b.csv", "b.jsonl", "b.json", "b.html", "b.xml")),
    _writing("batch", "many", "-q", "--jobs", "2", "--reports", "reports", files=("b.md", "b.jsonl")),
    _writing("diff", "riverside-2025", "riverside", files=("d.html", "d.json", "d.md")),
    _writing("trend", "riverside-2025", "riverside", files=("t.html", "t.json")),
    Command(("answers", "migrate", "club.yaml", "--to", "2", "-r", "club-2.0.0.yaml", "--write"), ("club.yaml",)),
)
CLUB = """\
format: involve-audit/answers@1
rubric: club@1.0.0
subject: {name: The club}
date: 2026-01-31
answers:
  survey: yes   # every spring
  agenda: no
"""


def _fill(folder: Path) -> None:
    """What all commands read."""
    for name in ("riverside", "riverside-2025"):
        shutil.copytree(ROOT / "examples" / name, folder / name)
    view = (ROOT / "examples/norfolk/published-account.yaml").read_text(encoding="utf-8")
    (folder / "many").mkdir()
    for place in range(AUDITS):
        lines = [line for line in view.splitlines() if not line.startswith("audit:")]
        (folder / f"many/{place}.yaml").write_text("\n".join([*lines, f"audit: a-{place}\n"]), encoding="utf-8")
    shutil.copy(ROOT / "tests/chain/club-2.0.0.yaml", folder)
    (folder / "club.yaml").write_text(CLUB, encoding="utf-8")


def _started(command: Command, folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "involve_audit", *command.words]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        words, cwd=folder, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )


@cache
def _written(command: Command) -> tuple[dict[str, bytes], float]:
    """What a command writes where it is left alone, and how long it takes."""
    with TemporaryDirectory() as name:
        _fill(Path(name))
        before, begun = _contents(Path(name)), time.monotonic()
        assert _started(command, Path(name)).wait(LONGEST) == 0, command
        took = time.monotonic() - begun
        return {file: content for file, content in _contents(Path(name)).items() if before.get(file) != content}, took


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def killed(chance: Random, times: int, figures: Figures) -> None:
    """End runs of one command in one folder, one after the other, and leave the last one alone."""
    command = chance.choice(COMMANDS)
    new, took = _written(command)
    with TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder)
        for file in command.writes:
            if not (folder / file).exists() and chance.random() < 0.7:
                (folder / file).write_bytes(OLD)
        old = _contents(folder)
        for _ in range(times):
            _end_one(command, folder, chance, took, figures)
            _require_whole(folder, old, new, figures)
        assert _started(command, folder).wait(LONGEST) == 0
        assert {**old, **new} == _contents(folder), f"{command.words} left {sorted(_left(folder))}"


def _end_one(command: Command, folder: Path, chance: Random, took: float, figures: Figures) -> None:
    """Start a run and end it: with `kill -9` or, after that, with a signal that it can catch."""
    moment = _at_once if chance.random() < 0.3 else _once_it_writes
    for number in (signal.SIGKILL, chance.choice(CAUGHT)):
        lefts = set(_left(folder))
        process = _started(command, folder)
        moment(folder, process, chance, took)
        process.send_signal(number)
        process.wait(LONGEST)
        _require_no_process(process.pid)
        figures["kills" if number == signal.SIGKILL else "other signals"] += 1
        if number != signal.SIGKILL:
            more = set(_left(folder)) - lefts
            assert not more, f"{command.words} ended by {signal.Signals(number).name} left {sorted(more)}"


def _at_once(folder: Path, process: subprocess.Popen[bytes], chance: Random, took: float) -> None:
    time.sleep(chance.uniform(0, 1.1 * took))


def _once_it_writes(folder: Path, process: subprocess.Popen[bytes], chance: Random, took: float) -> None:
    """The moment after the first new file is there, or the run is over."""
    before = set(folder.iterdir())
    while process.poll() is None and set(folder.iterdir()) == before:
        time.sleep(0.0005)
    time.sleep(chance.choice((0, 0.003, 0.05, took / 4)) * chance.random())


def _require_no_process(group: int) -> None:
    """All processes of a run end with it."""
    for _ in range(LONGEST * 50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    raise AssertionError("a process went on after the run was ended")


def _require_whole(folder: Path, old: dict[str, bytes], new: dict[str, bytes], figures: Figures) -> None:
    found = _contents(folder)
    for file, content in found.items():
        if not _is_left(file):
            figures["files whole"] += 1
            assert content in (old.get(file), new.get(file)), f"{file} is neither the old one nor the new one"
    assert old.keys() <= found.keys(), f"gone: {sorted(old.keys() - found.keys())}"


def _left(folder: Path) -> Iterator[str]:
    return filter(_is_left, (str(path.relative_to(folder)) for path in _files(folder)))


def _is_left(file: str) -> bool:
    return Path(file).name.startswith(".")
