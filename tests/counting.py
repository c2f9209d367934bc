"""How much work something is, in calls of functions: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def calls(run: Callable[[], object]) -> int:
    """How many functions are called, those written in C included."""
    count = 0

    def look(_frame: Any, event: str, _about: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(look)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def growth(run: Callable[[Any], object], make: Callable[[int], Any], size: int, times: int = 8) -> float:
    """By how much the work grows where the input is so many times as large, over what it would if each part of the
    input took the same: 1 for what takes equally long for each, `times` where every part looks at every other."""
    little, much = make(size), make(size * times)
    run(make(1))
    return calls(lambda: run(much)) / calls(lambda: run(little)) / times


class Counted(str):
    """A word that counts how often it is held against another."""

    held = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.held += 1
        return str.__eq__(self, other)
