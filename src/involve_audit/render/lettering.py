"""How much room text takes in a picture, where nothing wraps it and nobody knows the reader's font."""

from __future__ import annotations

import unicodedata
from itertools import accumulate, takewhile

_NARROW, _COMMON, _BROAD, _WIDE, _WIDEST = 0.44, 0.64, 0.84, 1.0, 1.1
_SLIM, _FULL = frozenset(" .,:;'|!/\\()[]-fijlrtI"), frozenset("mwMW%…–—")


def ems(text: str) -> float:
    """How wide text is at most in a wide font for reading (DejaVu Sans, Verdana), in its size; a tenth more in bold."""
    return sum(map(_room, text))


def fitting(text: str, most: float) -> str:
    """The text, cut short with an ellipsis where it might be wider than so many ems."""
    if ems(text) <= most:
        return text
    kept = takewhile(lambda width: width <= most - _WIDE, accumulate(map(_room, text)))
    return f"{text[: sum(1 for _ in kept)].rstrip()}…"


def _room(character: str) -> float:
    """The room for one character; a letter with an accent takes that of the letter."""
    base = unicodedata.normalize("NFD", character)[0]
    if unicodedata.combining(base):
        return 0
    if base in _SLIM:
        return _NARROW
    if base in _FULL:
        return _WIDE
    if base == "@" or not base.isascii():
        return _WIDEST
    return _COMMON if base.islower() or base.isdigit() else _BROAD
