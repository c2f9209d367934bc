"""Many audits by several processes: what happens from outside changes nothing in what comes out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ENDS = ("csv", "json", "jsonl", "xml", "sarif", "md", "html")
Generate = Callable[[int], Path]
Environment = dict[str, str]


@pytest.fixture
def started(environment: Environment) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the program in a group of its own, as a terminal does."""
    running: list[subprocess.Popen[str]] = []

    def start(*words: str, cwd: Path) -> subprocess.Popen[str]:
        streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        command = ["involve-audit", "batch", *words]
        running.append(subprocess.Popen(command, cwd=cwd, env=environment, start_new_session=True, **streams))
        return running[-1]

    yield start
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def children_of(process: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(number) for number in listed.split()]


def until(condition: Callable[[], Any]) -> Any:
    """What a condition gives once it is true."""
    end = time.monotonic() + 30
    while not (found := condition()):
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)
    return found


@pytest.mark.parametrize("number", [10, 100])
def test_any_number_of_processes_gives_the_same_bytes(
    generate: Generate, environment: Environment, tmp_path: Path, number: int
) -> None:
    generate(number)
    for jobs in ("1", "2", "5"):
        outputs = [
            word for end in ("csv", "json", "jsonl", "xml", "sarif", "md", "html") for word in ("-o", f"{jobs}.{end}")
        ]
        command = ["involve-audit", "batch", "answers", "--jobs", jobs, *outputs]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == (2 if number == 100 else 0), done.stderr
    for file in tmp_path.glob("1.*"):
        for jobs in ("2", "5"):
            assert file.read_bytes() == file.with_name(f"{jobs}{file.suffix}").read_bytes()
    rows = [json.loads(line) for line in (tmp_path / "1.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["audit"] for row in rows] == [f"service-{place:05}" for place in range(number)]
    assert sum("problems" in row for row in rows) == number // 100


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_a_worker_that_is_ended_from_outside_is_told_and_nothing_is_lost(
    generate: Generate, started: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    generate(400)
    process = started("answers", "--jobs", "2", "-o", "o.jsonl", cwd=tmp_path)
    victims = until(lambda: len(found := children_of(process.pid)) == 2 and found)
    os.kill(victims[0], signal.SIGKILL)
    _out, said = process.communicate(timeout=60)
    assert process.returncode == 2, "for the files that are not valid"
    assert "A process was ended from outside (signal 9). What it was at is tried once more." in said
    rows = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 400
    assert "ended from outside, twice" not in json.dumps(rows)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_at_once_and_leaves_nothing_half_done(
    generate: Generate, started: Callable[..., subprocess.Popen[str]], tmp_path: Path, jobs: str
) -> None:
    generate(1000)
    outputs = ("-o", "o.csv", "-o", "o.html", "--reports", "reports")
    process = started("answers", "--jobs", jobs, *outputs, cwd=tmp_path)
    until(lambda: list(tmp_path.glob(".involve-audit-*/*.html")))
    before = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _out, said = process.communicate(timeout=30)
    assert process.returncode in (130, -signal.SIGINT), "which a shell both shows as 130"
    assert said.splitlines()[-1] == "Stopped."
    assert "Traceback" not in said
    assert time.monotonic() - before < 5
    assert [path.name for path in tmp_path.iterdir()] == ["answers"]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # no process is left in the group


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_no_worker_outlives_the_first_process(
    generate: Generate, started: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    generate(1000)
    process = started("answers", "--jobs", "2", "-o", "o.csv", "--reports", "reports", cwd=tmp_path)
    workers = until(lambda: len(found := children_of(process.pid)) == 2 and found)
    process.kill()
    process.wait(timeout=30)
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


@pytest.mark.parametrize(
    ("number", "jobs"),
    [(signal.SIGTERM, "1"), (signal.SIGHUP, "2"), (signal.SIGQUIT, "1"), (signal.SIGUSR1, "1"), (signal.SIGXCPU, "1")],
)
def test_being_ended_leaves_nothing_half_done(
    generate: Generate, started: Callable[..., subprocess.Popen[str]], tmp_path: Path, number: int, jobs: str
) -> None:
    generate(1000)
    process = started("answers", "--jobs", jobs, "-o", "o.csv", "--reports", "reports", cwd=tmp_path)
    until(lambda: list(tmp_path.glob(".involve-audit-*/*.html")))
    os.killpg(process.pid, number)
    process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert [path.name for path in tmp_path.iterdir()] == ["answers"]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # no process is left in the group


def test_what_a_killed_run_left_is_removed_by_the_next_start_and_nothing_of_one_at_work(
    generate: Generate, started: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    generate(1000)
    words = ("answers", "--jobs", "1", "-o", "o.csv", "--reports")
    killed = started(*words, "first", cwd=tmp_path)
    until(lambda: list(tmp_path.glob(".involve-audit-*/*.html")))
    killed.kill()
    killed.wait(timeout=30)
    left = set(tmp_path.glob(".involve-audit-*"))
    assert len(left) == 2
    at_work = started(*words, "second", cwd=tmp_path)
    until(lambda: not any(path.exists() for path in left) and len(list(tmp_path.glob(".involve-audit-*"))) == 2)
    _out, said = started("answers/000", "--allow-none", cwd=tmp_path).communicate(timeout=60)
    assert len(list(tmp_path.glob(".involve-audit-*"))) == 2
    assert "involve-audit-" not in said
    at_work.terminate()
    at_work.communicate(timeout=60)
    assert [path.name for path in tmp_path.iterdir()] == ["answers"]


def test_a_reader_that_has_seen_enough_is_no_error(
    generate: Generate, environment: Environment, tmp_path: Path
) -> None:
    generate(300)
    line = "involve-audit batch answers --jobs 1 --format jsonl 2>errors | head -n 1"
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["audit"] == "service-00000"
    assert "Traceback" not in (tmp_path / "errors").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="a superuser's powers are taken away by setpriv")
def test_a_folder_that_may_not_be_read_is_a_result_and_the_others_are_assessed(
    generate: Generate, environment: Environment, tmp_path: Path
) -> None:
    folder = generate(300)
    (folder / "001").chmod(0)
    powerless = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    command = [*powerless, "involve-audit", "batch", "answers", "--format", "jsonl"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    (folder / "001").chmod(0o700)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert rows[0]["audit"] == "answers/001"
    assert rows[0]["problems"][0]["what"] == "this folder cannot be read: Permission denied"
    assert len(rows) == 201
    assert "answers/001: this folder cannot be read: Permission denied" in done.stderr
