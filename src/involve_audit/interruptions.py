"""Being stopped: from the keyboard, also where a library swallowed it, and by any other signal that ends a program."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_noted: list[int] = []


# What does not end a program, cannot be seen to, or comes of a fault of its own.
_OTHERS = {"CHLD", "URG", "WINCH", "CONT", "TSTP", "TTIN", "TTOU", "INFO", "STOP", "KILL", "SEGV", "BUS", "FPE", "ILL"}


def note_them() -> None:
    """Remember each interruption from now on. It goes on as it always does, by KeyboardInterrupt.

    Every other signal that would end the program ends it by SystemExit, so that it clears away first.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _note)
    for number in signal.valid_signals() - {getattr(signal, f"SIG{name}", 0) for name in _OTHERS}:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


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


def _end(number: int, _frame: object) -> None:
    _noted.append(number)
    for other in _seen_to():  # a second one would end the clearing away
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _seen_to() -> list[int]:
    return [number for number in signal.valid_signals() if signal.getsignal(number) in (_note, _end)]


def leave_to_another() -> None:
    """Let another process see to an interruption, and every other signal end this one at once."""
    for number in _seen_to():
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def put_off() -> Iterator[None]:
    """Let nobody stop the program meanwhile."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in {signal.SIGINT, *_seen_to()}}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
