"""Opening what is read: an ordinary file, or nothing and at once; and which files were taken, so that none is lost."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from involve_audit.errors import InputError, Problem
from involve_audit.language import _

# A file that became a pipe since it was looked at must not be waited for.
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_taken: set[tuple[int, int]] = set()


def begin() -> None:
    """A run begins: nothing is taken yet."""
    _taken.clear()


def followed(name: str) -> str:
    """The name with every link followed, as far as there is an end to them."""
    try:
        return os.path.realpath(name)
    except (RecursionError, ValueError):  # a name that cannot be: whoever looks there says so
        return os.path.abspath(name)  # noqa: PTH100 - text, of which there may be very many


@contextmanager
def opened(path: str | Path, taken: bool = True) -> Iterator[int]:
    """The number of an open file, which is closed again. What is `taken` is an input: nothing is written over it.

    Raises InputError where there is no ordinary file of this name, or where it cannot be read: a pipe, a device and a
    socket are none, nor is a link to one.
    """
    try:
        _require_ordinary(path, _status(path))
        number = os.open(path, _OPENING)
        try:
            status = os.fstat(number)
            _require_ordinary(path, status)
            if taken:
                _taken.add((status.st_dev, status.st_ino))
            yield number
        finally:
            os.close(number)
    except FileNotFoundError:
        raise InputError(Problem(str(path), _("there is no such file"), _("Check the name and the folder."))) from None
    except PermissionError:
        raise InputError(Problem(str(path), _("you may not read this file"), _("Ask its owner."))) from None
    except OSError as error:
        what = _("this file cannot be read: {reason}").format(reason=error.strerror)
        raise InputError(Problem(str(path), what)) from None


def _status(path: str | Path) -> os.stat_result:
    try:
        return Path(path).stat()
    except ValueError:
        raise OSError(0, _("the name is not possible")) from None


def _require_ordinary(path: str | Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputError(not_a_file(path))


def take(path: str | Path) -> None:
    """Note that a file which was looked at is an input."""
    with suppress(OSError):
        status = Path(path).stat()
        _taken.add((status.st_dev, status.st_ino))


def is_taken(status: os.stat_result) -> bool:
    """Whether this file was read as input in this run, by whatever name."""
    return (status.st_dev, status.st_ino) in _taken


def not_a_file(path: str | Path) -> Problem:
    """That a name is not that of an ordinary file."""
    return Problem(str(path), _("this is not a file"), _("Give the name of a file."))
