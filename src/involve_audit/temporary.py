"""Files of the program's own that lie beside a user's: their names, locks, and clearing away what dead runs left."""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from involve_audit.language import _

_BEGINNING = ".involve-audit-"
_NAME = re.escape(_BEGINNING) + (
    r"(?:(?P<where>[0-9a-f]{8})-(?P<process>[0-9]+)-[a-z0-9_]{8}|(?P<lock>[0-9a-f]{8}\.lock))"
)
_OLD_AFTER = 86_400
"""Seconds after which no run is at work any more, where nobody here can say whether its process is."""


def prefix() -> str:
    """How the name of a temporary file of this process begins; eight characters by chance follow."""
    return f"{_BEGINNING}{_here()}-{os.getpid()}-"


def lock_of(path: Path) -> Path:
    """The file to lock by whoever is to be alone with another."""
    return path.with_name(f"{_BEGINNING}{_short(path.name)}.lock")


@cache
def _here() -> str:
    """What tells processes that can be seen from here from those of other machines, containers and starts."""
    parts = [platform.node()]
    with suppress(OSError):
        parts += [Path("/proc/sys/kernel/random/boot_id").read_text("ascii"), str(Path("/proc/self/ns/pid").readlink())]
    return _short("\n".join(parts))


def _short(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]


_folders: set[Path] = set()


def clear_away(folder: Path) -> None:
    """Remove what dead runs left in a folder, in silence: nothing of a user's, nor of a run that may be at work."""
    _folders.add(folder)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_BEGINNING) and (name := re.fullmatch(_NAME, entry.name)):
                with suppress(OSError):
                    _clear_away(Path(entry.path), name)


def _clear_away(path: Path, name: re.Match[str]) -> None:
    status = path.lstat()
    if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        return
    if name["lock"]:
        if status.st_size:  # ours hold nothing
            return
        with locked(path):
            pass
    elif _is_dead(name["process"]) if name["where"] == _here() else time.time() - status.st_mtime > _OLD_AFTER:
        _remove(path)


def clear_away_own() -> None:
    """Remove what this process began in any of these folders: a signal can come before anything knows its name."""
    for folder in _folders:
        with suppress(OSError):
            for path in folder.glob(f"{prefix()}*"):
                _remove(path)


def _remove(path: Path) -> None:
    mode = path.lstat().st_mode
    if stat.S_ISDIR(mode):
        shutil.rmtree(path)
    elif stat.S_ISREG(mode):
        path.unlink()


def _is_dead(process: str) -> bool:
    try:
        os.kill(int(process), 0) if os.name == "posix" else None  # elsewhere this would end it
    except ProcessLookupError:
        return True
    return False


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else has this lock meanwhile, and its file is gone in the end. It ends with the process in any case.

    Raises BlockingIOError where somebody has it, and OSError where there can be no such file.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover - a system without such locks
        yield
        return
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(0, _("this is not a file"))
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(number), path.lstat()):  # whoever had it removed it meanwhile
            raise BlockingIOError
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()
    finally:
        os.close(number)
