"""`make soak` works: it makes a few attempts of each kind, and tells of whatever an attempt should not do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.soak.running import Fault, Figures, Part, run

ROOT = Path(__file__).parents[2]


def test_a_short_one_makes_some_attempts_of_every_kind_and_prints_its_figures() -> None:
    words = ["--seed", "5", "--kills", "10", "--inputs", "120", "--audits", "8", "--plain", "50"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    first, *_, last = done.stdout.splitlines()
    assert first == "Seeds from 5 on, 2 processes, at most 20 minutes."
    assert last.endswith("minutes, seed 5")
    for part, wanted in (("kills", 10), ("inputs", 120), ("audits", 8), ("plain", 50)):
        assert f"{part:8} {wanted:9} {wanted:9} {0:7}   " in done.stdout
    for figure in ("answers acknowledged", "files whole", "taken", "refused by a reader", "differences 0"):
        assert figure in done.stdout


def _raises(seed: int, figures: Figures) -> None:
    figures["tries"] += 1
    if seed == 12:
        raise LookupError("nothing there")


def _ends_its_process(seed: int, figures: Figures) -> None:
    figures["tries"] += 1
    if seed == 12:
        os.kill(os.getpid(), signal.SIGKILL)


def _takes_cpu(seed: int, figures: Figures) -> None:
    figures["tries"] += 1
    while seed == 12:
        pass


def _waits(seed: int, figures: Figures) -> None:
    figures["tries"] += 1
    time.sleep(60 if seed == 12 else 0)


def _takes_memory(seed: int, figures: Figures) -> None:
    figures["tries"] += 1
    assert seed != 12 or bytes(4_000_000_000)


@pytest.mark.parametrize(
    ("attempt", "said"),
    [
        (_raises, "LookupError: nothing there"),
        (_ends_its_process, "it did not end, or took too much memory"),
        (_takes_cpu, "it took too much CPU"),
        (_waits, "it did not end, or took too much memory"),
        (_takes_memory, "MemoryError"),
    ],
)
def test_whatever_an_attempt_does_is_told_with_its_seed_and_the_others_are_made(
    attempt: Callable[[int, Figures], None], said: str
) -> None:
    told: list[Fault] = []
    part = Part("tries", attempt, wanted=5, at_once=4, cpu=0.3, clock=2)
    (result,) = run([part], seed=10, processes=2, seconds=60, tell=told.append)
    assert result.faults == told
    assert [(fault.part, fault.seed) for fault in told] == [("tries", 12)]
    assert said in told[0].what
    assert result.reached >= 4


def test_nothing_is_begun_after_the_time_is_over() -> None:
    part = Part("tries", _raises, wanted=1_000_000, at_once=1_000_000)
    (result,) = run([part], seed=100, processes=1, seconds=0.2, tell=print)
    assert 0 < result.reached < 1_000_000
