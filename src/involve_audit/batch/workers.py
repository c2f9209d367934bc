"""Work done by several processes, its results in order, whatever happens to a process.

A process that is ended from outside takes nothing with it: its job is split and done again, each part once, and a
part that ends a process a second time is given up.
"""

from __future__ import annotations

import sys
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from involve_audit import interruptions
from involve_audit.errors import AuditError, told_of_surroundings
from involve_audit.language import current, use
from involve_audit.resources import language_of

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Result = TypeVar("Result")

_WINDOW = 8  # jobs for each process that may be under way, so that one slow job lets no heap of results grow


class WorkerFault(Exception):
    """A fault of the program in a worker, in one line. Its trace is a note, which is shown where traces are."""

    def __init__(self, trace: str) -> None:
        super().__init__(trace.strip().rsplit("\n", 1)[-1])
        self.add_note(trace)


@dataclass(slots=True)
class Work(Generic[Job, Result]):
    """What is to be done: `do` a job, `split` one into parts, `give_up` one, and whom to tell of a process's end.

    `do` is sent to every process once.
    """

    do: Callable[[Job], Result]
    split: Callable[[Job], list[Job]]
    give_up: Callable[[Job], Result]
    tell: Callable[[int | None], None]


@dataclass(slots=True, eq=False)
class _Slot(Generic[Job, Result]):
    """A job, and its result once it is there. `lost` counts the processes that ended over it."""

    job: Job
    lost: int = 0
    results: list[Result] = field(default_factory=list)


@dataclass(slots=True)
class _Worker(Generic[Job, Result]):
    """A process and the job it is at. It never has a second one: two ends that both wait to send wait for ever."""

    process: BaseProcess
    pipe: Connection
    slot: _Slot[Job, Result] | None = None


def results(jobs: Iterable[Job], work: Work[Job, Result], number: int) -> Generator[Result, None, None]:
    """The results of all jobs in their order; with one process, in this one.

    Raises what a job raises. However it ends, no process is left over.
    """
    if number == 1:
        yield from map(work.do, jobs)
        return
    pool = _Pool(work, number)
    try:
        yield from pool.results(iter(jobs))
    finally:
        pool.end()


class _Pool(Generic[Job, Result]):
    def __init__(self, work: Work[Job, Result], number: int) -> None:
        self.work = work
        self.number = number
        self.workers: list[_Worker[Job, Result]] = []
        self.in_order: deque[_Slot[Job, Result]] = deque()
        self.waiting: deque[_Slot[Job, Result]] = deque()

    def results(self, jobs: Iterator[Job]) -> Iterator[Result]:
        while True:
            for job in islice(jobs, max(0, self.number * _WINDOW - len(self.in_order))):
                slot: _Slot[Job, Result] = _Slot(job)
                self.in_order.append(slot)
                self.waiting.append(slot)
            if not self.in_order:
                return
            self.hand_out()
            self.take_in()
            while self.in_order and self.in_order[0].results:
                yield self.in_order.popleft().results.pop()

    def hand_out(self) -> None:
        """Give every process that has none a job, and make a new process only where a job is left over."""
        while self.waiting and (worker := self.free()):
            worker.slot = self.waiting.popleft()
            with suppress(OSError):  # it has ended: seen to when its result is waited for
                worker.pipe.send(worker.slot.job)

    def free(self) -> _Worker[Job, Result] | None:
        """A process that has no job; None where all have one, and there may not be another."""
        for worker in self.workers:
            if worker.slot is None:
                return worker
        if len(self.workers) == self.number:
            return None
        self.workers.append(_started(self.work.do))
        return self.workers[-1]

    def take_in(self) -> None:
        """Wait for results, and take in all that are there."""
        from multiprocessing.connection import wait

        pipes = {worker.pipe: worker for worker in self.workers}
        for pipe in wait(list(pipes)):
            worker = pipes[pipe]  # type: ignore[index]
            try:
                kind, reply = worker.pipe.recv()
            except (EOFError, OSError):
                self.lose(worker)
                continue
            if kind is not None:
                raise kind(reply)
            if worker.slot is not None:
                worker.slot.results.append(reply)
            worker.slot = None

    def lose(self, worker: _Worker[Job, Result]) -> None:
        """See to the job of a process that has ended."""
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        self.work.tell(worker.process.exitcode)
        slot = worker.slot
        if slot is not None and slot.lost:
            slot.results.append(self.work.give_up(slot.job))
        elif slot is not None:
            self.do_again(slot)

    def do_again(self, slot: _Slot[Job, Result]) -> None:
        """Put the parts of a job in its place."""
        parts = [_Slot[Job, Result](job, lost=1) for job in self.work.split(slot.job)]
        place = self.in_order.index(slot)
        self.in_order.remove(slot)
        for offset, part in enumerate(parts):
            self.in_order.insert(place + offset, part)
        self.waiting.extendleft(reversed(parts))

    def end(self) -> None:
        """End every process at once."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()


def _started(do: Callable[[Any], Any]) -> _Worker[Any, Any]:
    import multiprocessing

    # A copy of this process has everything loaded; elsewhere than on Linux it is not safe to make one.
    copied = sys.platform == "linux"
    context: Any = multiprocessing.get_context("fork" if copied else "spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there, do, current().tag, here if copied else None), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def serve(pipe: Connection, do: Callable[[Any], Any], language: str, other_end: Connection | None = None) -> None:
    """Do jobs as they come, until nobody is there any more who would want them.

    A copy of the first process has a copy of its end of the pipe, too: were it kept open, the pipe would never end.
    """
    if other_end is not None:
        other_end.close()
    if current().tag != language:  # where this is no copy of the first process
        use(language_of(language))
    interruptions.leave_to_another()
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            with told_of_surroundings():
                reply: tuple[Any, Any] = (None, do(job))
        except AuditError as error:
            reply = (type(error), error.problems)
        except BaseException:  # a library of another language may raise more than Exception
            reply = (WorkerFault, traceback.format_exc())
        try:
            pipe.send(reply)
        except OSError:
            return
