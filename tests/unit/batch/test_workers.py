"""Jobs done by several processes: results in order, and nothing lost with a process that is ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from time import sleep

import pytest

from involve_audit.batch.workers import Work, WorkerFault, results
from involve_audit.errors import OutputError, Problem

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the jobs of these tests are made for copies")


class Deadly:
    """Doubles numbers; a negative one ends the process that is at it, the first `times` times."""

    def __init__(self, folder: Path, times: int) -> None:
        self.folder = folder
        self.times = times

    def __call__(self, numbers: list[int]) -> list[str]:
        for number in numbers:
            tried = len(list(self.folder.glob(f"{number}.*")))
            (self.folder / f"{number}.{tried}").touch()
            if number < 0 and tried < self.times:
                os.kill(os.getpid(), signal.SIGKILL)
        return [str(2 * number) for number in numbers]


def done(work: Deadly, jobs: list[list[int]], processes: int = 2) -> tuple[list[list[str]], list[int | None]]:
    told: list[int | None] = []
    given_up = Work(work, lambda job: [[one] for one in job], lambda job: [f"lost {job}"], told.append)
    return list(results(jobs, given_up, processes)), told


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_results_come_in_the_order_of_their_jobs(tmp_path: Path, processes: int) -> None:
    found, told = done(Deadly(tmp_path, 0), [[number] for number in range(100)], processes)
    assert found == [[str(2 * number)] for number in range(100)]
    assert told == []


def test_the_jobs_of_a_process_that_is_ended_are_done_again_one_by_one(tmp_path: Path) -> None:
    found, told = done(Deadly(tmp_path, 1), [[1, 2], [3, -4, 5], [6]])
    assert [*chain(*found)] == ["2", "4", "6", "-8", "10", "12"]
    assert told == [-signal.SIGKILL]


def test_what_ends_a_process_twice_is_given_up_and_nothing_else_is(tmp_path: Path) -> None:
    found, told = done(Deadly(tmp_path, 9), [[1, 2], [3, -4, 5], [6]])
    assert [*chain(*found)] == ["2", "4", "6", "lost [-4]", "10", "12"]
    assert told == [-signal.SIGKILL] * 2


def test_every_process_may_be_ended_once(tmp_path: Path) -> None:
    found, told = done(Deadly(tmp_path, 1), [[-number] for number in range(1, 20)], 3)
    assert found == [[str(-2 * number)] for number in range(1, 20)]
    assert len(told) == 19


def test_large_jobs_and_large_results_do_not_wait_for_each_other(tmp_path: Path) -> None:
    work = Work(lambda job: job[::-1], lambda job: [job], lambda job: "", lambda code: None)
    jobs = [f"{number}" * 300_000 for number in range(8)]
    assert list(results(jobs, work, 2)) == [job[::-1] for job in jobs]


def test_a_slow_job_lets_no_heap_of_results_grow(tmp_path: Path) -> None:
    begun: list[int] = []

    def jobs() -> Iterator[int]:
        for number in range(200):
            begun.append(number)
            yield number

    def slow(number: int) -> int:
        sleep(0.3 if number == 0 else 0)
        return number

    work = Work(slow, lambda job: [job], lambda job: job, lambda code: None)
    first = next(found := results(jobs(), work, 2))
    assert (first, len(begun) < 40) == (0, True)
    assert list(found) == list(range(1, 200))


@pytest.mark.parametrize("processes", [1, 2])
def test_what_the_user_can_put_right_is_raised_as_it_is(processes: int) -> None:
    def refuse(job: int) -> int:
        raise OutputError(Problem("r.html", "the disk is full"))

    work = Work(refuse, lambda job: [job], lambda job: job, lambda code: None)
    with pytest.raises(OutputError, match=r"r\.html: the disk is full"):
        list(results([1, 2, 3], work, processes))
    assert not multiprocessing.active_children()


def test_a_fault_in_a_process_is_a_fault_of_the_program() -> None:
    def fail(job: int) -> int:
        raise KeyError("nothing there")

    work = Work(fail, lambda job: [job], lambda job: job, lambda code: None)
    with pytest.raises(WorkerFault) as caught:
        list(results([1, 2, 3], work, 2))
    assert str(caught.value) == "KeyError: 'nothing there'"
    assert 'raise KeyError("nothing there")' in caught.value.__notes__[0]
    assert not multiprocessing.active_children()


def test_no_process_is_left_when_nobody_wants_the_results_any_more() -> None:
    work = Work(lambda job: job, lambda job: [job], lambda job: job, lambda code: None)
    found = results(range(1000), work, 2)
    assert next(found) == 0
    found.close()
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
@pytest.mark.parametrize("number", [1, 3])
def test_no_process_is_started_that_has_nothing_to_do(number: int) -> None:
    def started(_job: int) -> int:
        sleep(0.1)
        return len(Path(f"/proc/{os.getppid()}/task/{os.getppid()}/children").read_text(encoding="ascii").split())

    work = Work(started, lambda job: [job], lambda job: job, lambda code: None)
    before = len(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split())
    assert max(results(range(number), work, 2000)) - before <= number
