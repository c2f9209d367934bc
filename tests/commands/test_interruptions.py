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
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    interruptions.note_them()
    yield
    signal.signal(signal.SIGINT, before)
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
