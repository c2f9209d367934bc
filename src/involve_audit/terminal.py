"""What the terminal can show and wants."""

from __future__ import annotations

import os
import shutil
import sys

_NARROWEST, _WIDEST = 40, 100
_USUAL = (80, 24)


def wants_colour(plain: bool) -> bool:
    """Whether standard output is a terminal whose user did not ask for bare text."""
    bare = plain or os.environ.get("NO_COLOR") or os.environ.get("ACCESSIBLE") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not bare


def width() -> int:
    """The number of characters to a line, kept to what can be read."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size(_USUAL).columns))


def height() -> int | None:
    """The number of lines of a screen; None where nobody has one before them, and nothing has to fit it."""
    if not sys.stdout.isatty() and "LINES" not in os.environ:
        return None
    return shutil.get_terminal_size(_USUAL).lines
