"""Reading a file's bytes, with a message for each way in which that can fail."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from involve_audit.errors import InputError, Problem
from involve_audit.language import _

YAML_SUFFIXES = (".yaml", ".yml")
LARGEST_FILE, LARGEST_RECORD = 5_000_000, 50_000_000
# Opening a pipe must not wait for somebody to write to it.
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class FileContent(NamedTuple):
    """The content of a file, and what to call the file in messages."""

    file: str
    content: bytes


def read_bytes(path: str | Path, most: int = LARGEST_FILE) -> bytes:
    """The file's content, cut one byte past the largest size that is accepted.

    Raises InputError where there is nothing to read.
    """
    try:
        number = os.open(path, _OPENING)
        try:
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode):
                raise InputError(Problem(str(path), _("this is not a file"), _("Give the name of a file.")))
            return _content(number, found.st_size, most)
        finally:
            os.close(number)
    except FileNotFoundError:
        raise InputError(Problem(str(path), _("there is no such file"), _("Check the name and the folder."))) from None
    except PermissionError:
        raise InputError(Problem(str(path), _("you may not read this file"), _("Ask its owner."))) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("the name is not possible")
        what = _("this file cannot be read: {reason}").format(reason=reason)
        raise InputError(Problem(str(path), what)) from None


def _content(number: int, size: int, most: int) -> bytes:
    """What is in an open file, whatever its size is by now, cut one byte past `most`."""
    parts: list[bytes] = []
    left = most + 1
    while left and (part := os.read(number, min(left, size + 4096))):
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def is_file(path: Path) -> bool:
    """Whether there is a file of this name; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder of this name; a name that no folder can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def real_path(path: Path) -> Path:
    """The path with every link followed, or as it is where that cannot be done."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def as_text(name: str) -> str:
    """A file's name as it can be written anywhere: with a mark for what is not UTF-8 in it."""
    return name if name.isascii() else os.fsencode(name).decode(errors="replace")


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(content).hexdigest()
