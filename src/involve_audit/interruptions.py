"""Interruptions from the keyboard, also those that a library swallowed or made something else of."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_noted: list[int] = []


def note_them() -> None:
    """Remember each interruption from now on. It goes on as it always does, by KeyboardInterrupt."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _note)


def happened() -> bool:
    """Whether somebody has asked to stop."""
    return bool(_noted)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt where somebody has asked to stop."""
    if happened():
        raise KeyboardInterrupt


def _note(number: int, frame: Any) -> None:
    _noted.append(number)
    signal.default_int_handler(number, frame)


@contextmanager
def ended_tidily() -> Iterator[None]:
    """Let a run that is ended from outside clear away first."""
    with _handled(signal.SIGTERM, _end):
        yield


@contextmanager
def put_off() -> Iterator[None]:
    """Let nobody stop the program meanwhile."""
    with _handled(signal.SIGINT, signal.SIG_IGN):
        yield


@contextmanager
def _handled(number: signal.Signals, handler: Any) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def _end(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)
