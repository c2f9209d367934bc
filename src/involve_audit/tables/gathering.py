"""Whether the rows of each audit stand together, and putting them together where they do not: on the disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.words.many import BATCH

_AT_ONCE = 50_000


class NamedRow(NamedTuple):
    """A row of an audit: the place of its table, its number and its cells; and what is wrong with it as a whole."""

    audit: str
    table: int
    number: int
    cells: list[str]
    problem: tuple[str, str] | None = None


class Begun:
    """The names of audits, in the order in which their rows begin. Of each, a number of eight bytes is kept."""

    def __init__(self) -> None:
        self._fresh: list[tuple[int]] = []
        self._base: Any = None

    def add(self, name: str) -> None:
        """Rows of this audit begin."""
        self._fresh.append((hash(name),))
        if len(self._fresh) == _AT_ONCE:
            self._keep()

    def come_again(self) -> bool:
        """Whether rows of one audit began twice. By a very rare chance two audits are taken for one here."""
        if self._base is None:
            return len(set(self._fresh)) < len(self._fresh)
        self._keep()
        found = self._base.execute("SELECT 1 FROM names GROUP BY name HAVING count(*) > 1 LIMIT 1").fetchone()
        return found is not None

    def _keep(self) -> None:
        with _refused_by_system():
            self._base = self._base or _base("CREATE TABLE names (name INTEGER)")
            self._base.executemany("INSERT INTO names VALUES (?)", self._fresh)
        self._fresh.clear()


def gathered(rows: Iterable[NamedRow]) -> Iterator[NamedRow]:
    """The same rows, those of each audit together: audits and the rows of each in the order in which they stood."""
    with _refused_by_system():
        yield from _gathered(rows)


def _gathered(rows: Iterable[NamedRow]) -> Iterator[NamedRow]:
    base = _base("CREATE TABLE rows (place INTEGER PRIMARY KEY, audit TEXT, source INT, number INT, cells TEXT)")
    kept = ((row.audit, row.table, row.number, json.dumps((row.cells, row.problem))) for row in rows)
    base.executemany("INSERT INTO rows (audit, source, number, cells) VALUES (?, ?, ?, ?)", kept)
    found = base.execute(
        "SELECT audit, source, number, cells FROM (SELECT *, min(place) OVER (PARTITION BY audit) AS first FROM rows) "
        "ORDER BY first, place"
    )
    for audit, table, number, cells in found:
        yield NamedRow(audit, table, number, *json.loads(cells))


@contextmanager
def _refused_by_system() -> Iterator[None]:
    """Raise OSError for what SQLite cannot do, as where the disk is full, and InputError where there is no SQLite."""
    try:
        import sqlite3
    except ImportError:
        hint = _("Let the rows of each audit stand together, in tables of fewer audits.")
        raise InputError(Problem("", BATCH["no_sqlite"], hint)) from None
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(0, str(error)) from None


def _base(table: str) -> Any:
    """A table in a private file that is gone with it, and of which little is in memory."""
    import sqlite3

    base = sqlite3.connect("", isolation_level=None)
    base.execute("PRAGMA temp_store = FILE")
    base.execute("PRAGMA journal_mode = OFF")
    base.execute(table)
    base.execute("BEGIN")
    return base
