"""Reading a file's bytes, with a message for each way in which that can fail."""

from __future__ import annotations

import stat
from pathlib import Path

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.tree import LARGEST_FILE


def read_bytes(path: Path) -> bytes:
    """The file's content, cut one byte past the largest size that is accepted.

    Raises InputError where there is nothing to read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(Problem(str(path), _("this is not a file"), _("Give the name of a file.")))
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise InputError(Problem(str(path), _("there is no such file"), _("Check the name and the folder."))) from None
    except PermissionError:
        raise InputError(Problem(str(path), _("you may not read this file"), _("Ask its owner."))) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("the name is not possible")
        what = _("this file cannot be read: {reason}").format(reason=reason)
        raise InputError(Problem(str(path), what)) from None


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


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal digits."""
    import hashlib

    return hashlib.sha256(content).hexdigest()
