"""A file in a folder of the user's choice that keeps short pieces of bytes by their keys (docs/batch.md, "The same
again"). A run can do without it: whatever is wrong with it is told in one line, and fails nobody.

Several processes may use it at once, and any of them may end at any moment. Nothing in it is taken as it stands: each
value has a checksum, and a file in which one is wrong is thrown away.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from involve_audit.errors import reason_of
from involve_audit.language import N_, _
from involve_audit.output import say
from involve_audit.words.many import BATCH

NAME = ".involve-audit-cache.sqlite"
"""Nobody looks at a file whose name begins with a dot: it is no answers file, and none that was left alone."""
MOST_BYTES = 500_000_000
"""How large the file may become; what came first goes first. Of 31 questions that is about 100,000 audits."""
LARGEST = 1_000_000
"""How large what is kept of one audit may be."""
_WAITING = 4_000_000
_PATIENCE = 5.0
_VERSION, _PAGE = 1, 16_384
_TABLE = "CREATE TABLE kept (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL)"
_SIGNS = 4  # of a checksum

_REASONS = {
    sqlite3.SQLITE_BUSY: N_("another program does not let go of it"),
    sqlite3.SQLITE_LOCKED: N_("another program does not let go of it"),
    sqlite3.SQLITE_FULL: N_("there is no room for it"),
    sqlite3.SQLITE_READONLY: N_("you may not write here"),
    sqlite3.SQLITE_CANTOPEN: N_("it cannot be opened"),
    sqlite3.SQLITE_IOERR: N_("the disk cannot be read or written"),
}


class _DamagedError(Exception):
    """The file is not what this program writes."""


class Fault(NamedTuple):
    """Why a run goes on without the file: it is damaged, or what the system says."""

    is_damaged: bool
    reason: str


class Cache:
    """What is kept in one folder. It can be sent to other processes, which look things up; one of all adds to it.

    `fault` is why it is not used any more, None as long as all is well. Where nothing may be written there, it is read.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.fault: Fault | None = None
        self._file = Path(folder, NAME)
        self.is_read_only = False
        self._open: sqlite3.Connection | None = None
        self._waiting: list[tuple[bytes, bytes]] = []
        self._size = 0

    def begin(self) -> None:
        """Make sure that there is such a file."""
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            places = (self._file, self._file.parent)  # SQLite writes beside the file, too
            self.is_read_only = self._file.exists() and not all(os.access(place, os.W_OK) for place in places)
            flags = os.O_RDONLY if self.is_read_only else os.O_RDWR | os.O_CREAT
            flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            number = os.open(self._file, flags, 0o600)
            with os.fdopen(number) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise OSError(0, _("this is not a file"))
            with closing(self._connected()) as connection:
                _require_ours(connection, self._file, self.is_read_only)
        except (OSError, ValueError, RecursionError, sqlite3.Error, _DamagedError) as error:
            self._give_up(error)

    def _connected(self) -> sqlite3.Connection:
        mode = "ro" if self.is_read_only else "rw"
        place = f"{self._file.absolute().as_uri()}?mode={mode}"  # it was made so that nobody else can read it
        connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, uri=True)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * LARGEST)
        try:
            for pragma in ("trusted_schema=OFF", "synchronous=OFF", f"page_size={_PAGE}"):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def found(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is kept under these keys, of which there are few."""
        if self.fault or not keys:
            return {}
        # In the order of the keys, in which they were added as a rule: so each page is read once.
        look_up = f"WITH wanted (name) AS (VALUES {', '.join(['(?)'] * len(keys))})"
        look_up += " SELECT key, value FROM wanted CROSS JOIN kept ON key = name"
        try:
            self._open = self._open or self._connected()
            return {key: _without_checksum(key, value) for key, value in self._open.execute(look_up, keys)}
        except (OSError, sqlite3.Error, _DamagedError) as error:
            self._give_up(error)
            return {}

    def add(self, pieces: Sequence[tuple[bytes, bytes]], fault: Fault | None) -> None:
        """Keep more, sooner or later; nothing where another process found a fault, or nothing may be written."""
        self.fault = self.fault or fault
        for key, value in () if self.is_read_only else pieces:
            if len(value) <= LARGEST and not self.fault:
                self._waiting.append((key, crc32(value, crc32(key)).to_bytes(_SIGNS) + value))
                self._size += len(value)
        if self._size >= _WAITING and not self.fault:
            self._write()

    def _write(self) -> None:
        try:
            with closing(self._connected()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                _make_room(connection, 2 * self._size)
                connection.executemany("INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)", self._waiting)
                connection.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)
        self._waiting, self._size = [], 0

    def _give_up(self, error: Exception) -> None:
        """Do without from now on."""
        reason = _REASONS.get(getattr(error, "sqlite_errorcode", -1) & 0xFF)
        told = reason_of(error) if isinstance(error, OSError) else str(error)
        if isinstance(error, ValueError | RecursionError):  # of a NUL, or of very many folders
            told = _("the name is not possible")
        is_damaged = reason is None and isinstance(error, sqlite3.Error | _DamagedError)
        if is_damaged and self.is_read_only:  # so that it cannot be thrown away
            is_damaged, told = False, _("it was damaged, or is of another version")
        self.fault = Fault(is_damaged, _(reason or told))

    def end(self) -> None:
        """Write what is still to be kept, and tell what went wrong. What is damaged goes."""
        if self._waiting and not self.fault:
            self._write()
        if self._open:
            self._open.close()
        if self.fault and self.fault.is_damaged:
            for name in (f"{NAME}-journal", NAME):
                with suppress(OSError):
                    self._file.with_name(name).unlink()
            say(BATCH["cache_thrown_away"].format(folder=self.folder))
        elif self.fault:
            say(BATCH["cache_not_used"].format(folder=self.folder, reason=self.fault.reason))


def cache_in(folder: str) -> Cache | None:
    """What is kept in a folder, begun anew where it was damaged; None where there can be none, and that is told."""
    for _attempt in range(2):
        cache = Cache(folder)
        cache.begin()
        if cache.fault is None:
            if cache.is_read_only:
                say(BATCH["cache_read_only"].format(folder=folder))
            return cache
        cache.end()
        if not cache.fault.is_damaged:
            break
    return None


def _require_ours(connection: sqlite3.Connection, file: Path, is_read_only: bool) -> None:
    """Make the table where nothing is there yet. Raises _DamagedError where something else is, or not all of it."""
    connection.execute("BEGIN" if is_read_only else "BEGIN IMMEDIATE")
    made_by = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    version = _setting(connection, "user_version")
    if not version and not made_by:
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA user_version={_VERSION}")
    elif (version, made_by) != (_VERSION, [_TABLE]) or file.stat().st_size < _setting(connection, "page_count") * _PAGE:
        raise _DamagedError
    connection.execute("COMMIT")


def _make_room(connection: sqlite3.Connection, size: int) -> None:
    """Let the oldest go, a tenth at a time, until there is room for so many bytes more."""
    oldest = "DELETE FROM kept WHERE number <= (SELECT min(number) + (max(number) - min(number)) / 10 FROM kept)"
    while size + _PAGE * (_setting(connection, "page_count") - _setting(connection, "freelist_count")) > MOST_BYTES:
        if not connection.execute(oldest).rowcount:
            return


def _setting(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _without_checksum(key: bytes, kept: object) -> bytes:
    if not isinstance(kept, bytes) or crc32(kept[_SIGNS:], crc32(key)).to_bytes(_SIGNS) != kept[:_SIGNS]:
        raise _DamagedError
    return kept[_SIGNS:]
