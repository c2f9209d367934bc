"""Interruptions from the keyboard, also those that a library swallowed or made something else of."""

from __future__ import annotations

import signal
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
