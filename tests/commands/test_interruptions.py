"""Interruptions that a library swallows are not forgotten."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from involve_audit import interruptions


@pytest.fixture
def noted() -> Iterator[None]:
    """The handler of this program, and afterwards the one there was."""
    before = {number: signal.getsignal(number) for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    interruptions.note_them()
    yield
    for number, handler in before.items():
        signal.signal(number, handler or signal.SIG_DFL)
    interruptions._noted.clear()


def test_nothing_happened_before_somebody_interrupts(noted: None) -> None:
    assert not interruptions.happened()
    interruptions.stop_if_asked()


def test_an_interruption_goes_on_as_it_always_does(noted: None) -> None:
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_one_that_was_swallowed_ends_the_run_at_the_next_point(noted: None) -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert interruptions.happened()
    with pytest.raises(KeyboardInterrupt):
        interruptions.stop_if_asked()


def test_whoever_ignores_interruptions_is_left_alone() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        interruptions.note_them()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


ENDING = [
    signal.SIGHUP,
    signal.SIGTERM,
    signal.SIGQUIT,
    signal.SIGUSR1,
    signal.SIGXCPU,
    signal.SIGALRM,
    signal.SIGRTMIN,
]


@pytest.mark.parametrize("number", ENDING)
def test_every_other_signal_that_ends_a_program_lets_it_clear_away_and_no_second_one_disturbs_that(
    number: int, noted: None
) -> None:
    with pytest.raises(SystemExit) as ended:
        signal.raise_signal(number)
    assert ended.value.code == 128 + number
    for other in (*ENDING, signal.SIGINT):
        signal.raise_signal(other)


def test_whoever_ignores_a_hang_up_is_left_alone() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        interruptions.note_them()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_nobody_stops_the_program_while_it_is_put_off(noted: None) -> None:
    with interruptions.put_off():
        for number in (*ENDING, signal.SIGINT):
            signal.raise_signal(number)
    with pytest.raises(SystemExit):
        signal.raise_signal(signal.SIGHUP)
