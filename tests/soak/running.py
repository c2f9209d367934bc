"""Attempts, one for each number, made by several processes until there are enough of them or the time is over.

An attempt that raises, ends its process, takes too much CPU or memory, or does not end, is a fault with its number,
by which it can be made again.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

Figures = Counter[str]
_FORK = multiprocessing.get_context("fork")
_MOST_MEMORY = 3_000_000_000


class Part(NamedTuple):
    """One kind of attempt: `attempt` is given its number, and adds to the figures what it came to.

    `name` is the figure that has to come to `wanted`, and `each` what an attempt adds to it. A process makes `at_once`
    of them. One may take so many seconds of its process's CPU, and so many on the clock.
    """

    name: str
    attempt: Callable[[int, Figures], object]
    wanted: int
    each: int = 1
    at_once: int = 1
    cpu: float = 20
    clock: float = 300

    @property
    def attempts(self) -> int:
        """How many attempts it takes."""
        return -(-self.wanted // self.each)


class Fault(NamedTuple):
    """What an attempt should not have done."""

    part: str
    seed: int
    what: str


@dataclass
class Result:
    """What came of one part."""

    part: Part
    figures: Figures = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def reached(self) -> int:
        """How many there were."""
        return self.figures[self.part.name]


@dataclass
class _Process:
    """A process that makes the attempts up to `last`, one of them now: `at`, for `since` then."""

    result: Result
    at: int
    last: int
    pipe: Connection
    process: Any
    since: float = field(default_factory=time.monotonic)


Tell = Callable[[Fault], None]


def run(parts: Sequence[Part], seed: int, processes: int, seconds: float, tell: Tell) -> list[Result]:
    """Make the attempts of all parts, numbered from `seed` on, the parts going forward side by side."""
    until = time.monotonic() + seconds
    results = [Result(part) for part in parts]
    waiting = sorted(
        (
            (start / part.attempts, place, start)
            for place, part in enumerate(parts)
            for start in range(0, part.attempts, part.at_once)
        ),
        reverse=True,
    )
    running: list[_Process] = []
    while running or (waiting and time.monotonic() < until):
        while waiting and len(running) < processes and time.monotonic() < until:
            _, place, start = waiting.pop()
            last = min(start + parts[place].at_once, parts[place].attempts) - 1
            running.append(_started(results[place], seed + start, seed + last, until))
        wait([one.pipe for one in running], timeout=1)
        running = [following for one in running for following in _looked_after(one, until, tell)]
    return results


def _started(result: Result, first: int, last: int, until: float) -> _Process:
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_attempts, args=(result.part, range(first, last + 1), until, theirs))
    process.start()
    theirs.close()
    return _Process(result, first, last, ours, process)


def _looked_after(one: _Process, until: float, tell: Tell) -> Iterator[_Process]:
    """What a process said; the one that goes on is the same, or another in the place of one that ended too soon."""
    is_over = one.process.exitcode is not None
    for figures, what in _said(one.pipe):
        one.result.figures.update(figures)
        if what:
            _note(one, what, tell)
        one.at, one.since = one.at + 1, time.monotonic()
    if not is_over:
        if time.monotonic() - one.since > one.result.part.clock:
            one.process.kill()
        yield one
        return
    one.pipe.close()
    if one.process.exitcode:
        _note(one, _how_it_ended(one.process.exitcode), tell)
        if one.at < one.last and time.monotonic() < until:
            yield _started(one.result, one.at + 1, one.last, until)


def _said(pipe: Connection) -> Iterator[tuple[Figures, str]]:
    with suppress(EOFError, OSError):
        while pipe.poll():
            yield pipe.recv()


def _note(one: _Process, what: str, tell: Tell) -> None:
    fault = Fault(one.result.part.name, one.at, what)
    one.result.faults.append(fault)
    tell(fault)


def _how_it_ended(code: int) -> str:
    told = {-signal.SIGPROF: "it took too much CPU", -signal.SIGKILL: "it did not end, or took too much memory"}
    return told.get(code, f"its process ended with {code}")


def _attempts(part: Part, seeds: Sequence[int], until: float, pipe: Connection) -> None:
    """In the process: make attempts, and send of each its figures and what was wrong with it."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends the process, also where no Python runs
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    for seed in seeds:
        if time.monotonic() > until:
            break
        figures, what = Figures(), ""
        signal.setitimer(signal.ITIMER_PROF, part.cpu)
        try:
            part.attempt(seed, figures)
        except Exception as fault:
            what = "".join(traceback.format_exception(fault)[-4:]).strip()
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send((figures, what))
