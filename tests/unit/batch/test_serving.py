"""What a worker does with its end of the pipe."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from involve_audit import interruptions, language
from involve_audit.batch.workers import WorkerFault, serve
from involve_audit.errors import AuditError, OutputError, Problem


class Pipe:
    """An end of a pipe: gives jobs, and keeps what is sent back, as far as there is anybody to send it to."""

    def __init__(self, *jobs: Any, broken: bool = False) -> None:
        self.jobs = list(jobs)
        self.broken = broken
        self.closed = False
        self.sent: list[Any] = []

    def recv(self) -> Any:
        if not self.jobs:
            raise EOFError
        return self.jobs.pop(0)

    def close(self) -> None:
        self.closed = True

    def send(self, reply: Any) -> None:
        if self.broken:
            raise BrokenPipeError
        self.sent.append(reply)


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """The signals of the tests stay as they are."""
    before = {number: signal.getsignal(number) for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def answer(job: Any) -> Any:
    if job == "full":
        raise OutputError(Problem("r.html", "the disk is full"))
    if job == "no memory":
        raise MemoryError
    return 1 / job


def test_it_answers_every_job_and_ends_when_nobody_is_there() -> None:
    pipe = Pipe(1, 2)
    serve(pipe, answer, "en-GB")  # type: ignore[arg-type]
    assert pipe.sent == [(None, 1.0), (None, 0.5)]


def test_it_sends_what_went_wrong_and_goes_on() -> None:
    pipe = Pipe("full", 0, 1)
    serve(pipe, answer, "en-GB")  # type: ignore[arg-type]
    refused, fault, done = pipe.sent
    assert refused == (OutputError, (Problem("r.html", "the disk is full"),))
    assert fault[0] is WorkerFault
    assert "ZeroDivisionError" in fault[1]
    assert done == (None, 1.0)


def test_what_the_system_refuses_is_no_fault() -> None:
    pipe = Pipe("no memory")
    serve(pipe, answer, "en-GB")  # type: ignore[arg-type]
    ((kind, (problem,)),) = pipe.sent
    assert (kind, problem.what) == (AuditError, "there is not enough memory")


def test_it_ends_when_nobody_takes_its_answer() -> None:
    pipe = Pipe(1, 2, broken=True)
    serve(pipe, answer, "en-GB")  # type: ignore[arg-type]
    assert pipe.jobs == [2]


def test_it_leaves_an_interruption_to_the_first_process() -> None:
    serve(Pipe(), answer, "en-GB")  # type: ignore[arg-type]
    os.kill(os.getpid(), signal.SIGINT)


def test_it_ends_at_once_by_any_other_signal() -> None:
    interruptions.note_them()
    serve(Pipe(), answer, "en-GB")  # type: ignore[arg-type]
    assert {signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)} == {signal.SIG_DFL}


def test_it_speaks_the_language_of_the_run(another_language: None) -> None:
    language.use(language.Language("cy", language.AS_WRITTEN.catalogue))
    serve(Pipe(), answer, "en-GB")  # type: ignore[arg-type]
    assert language.current().tag == "en-GB"


def test_it_keeps_no_other_end_of_the_pipe_open() -> None:
    other = Pipe()
    serve(Pipe(), answer, "en-GB", other)  # type: ignore[arg-type]
    assert other.closed
