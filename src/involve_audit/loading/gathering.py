"""The answers files of many audits, and which of them belong together (docs/batch.md, "What is read").

The outcome depends on what is on the disk alone: never on the order in which files are named or found.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from involve_audit.errors import InputError, Problem
from involve_audit.loading.answers_files import FileSearch, heading, is_answers
from involve_audit.loading.files import read_bytes

_MOST_NAMED = 5
_END = "\0"  # of an audit's id in an entry: no file's name holds it, nor an id


class Group(NamedTuple):
    """The files of one audit, sorted. `named` says whether the id stands in them, or is made of a file's name."""

    id: str
    files: tuple[str, ...]
    named: bool = True


class Gathered:
    """What there is to assess.

    `problems` are of names and folders that give nothing, `rubrics` what the files name as theirs. `others` counts
    files that hold no answers; `some_others` are the first of them. There may be very many audits: of each file
    only one short text is kept.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.rubrics: set[str] = set()
        self.others = 0
        self.some_others: list[str] = []
        self._entries = SortedTexts()

    def add(self, path: str) -> None:
        """Read a file's heading and put the file to its audit. What cannot be read is an audit of its own."""
        try:
            content = read_bytes(path)
        except InputError:
            self._entries.add(_entry_of_its_own(path))
            return
        if not is_answers(content):
            self.others += 1
            self.some_others += [path] if self.others <= _MOST_NAMED else []
            return
        audit, rubric = heading(content)
        self.rubrics.add(rubric)
        self._entries.add(f"{audit}{_END}{path}" if audit else _entry_of_its_own(path))

    def groups(self) -> Iterator[Group]:
        """The audits by id."""
        for (audit, own), entries in groupby(map(_parts, self._entries), lambda parts: parts[:2]):
            yield Group(audit, (own,), False) if own else Group(audit, tuple(path for _, _, path in entries))

    def __len__(self) -> int:
        """The number of answers files."""
        return len(self._entries)


def gather(names: Iterable[str]) -> Gathered:
    """The answers files that these names of files, folders and patterns stand for."""
    gathered, search = Gathered(), FileSearch()
    for path in search.files(names):
        gathered.add(path)
    gathered.problems = sorted(search.problems, key=lambda problem: problem.path)
    return gathered


def names_in(listing: bytes) -> list[str]:
    """The names of a list, one a line, or with a NUL after each as `find -print0` and `git ls-files -z` write them."""
    names = listing.split(b"\0") if b"\0" in listing else listing.removeprefix(codecs.BOM_UTF8).splitlines()
    return [os.fsdecode(name) for name in names if name.strip()]


def _entry_of_its_own(path: str) -> str:
    return f"{id_of_file(path)}{_END}{_END}{path}"


def _parts(entry: str) -> tuple[str, str, str]:
    """The audit's id, the file where it is an audit of its own, and the file."""
    audit, _, path = entry.partition(_END)
    own = path.removeprefix(_END)
    return audit, "" if own == path else own, own


def id_of_file(path: str) -> str:
    """What to call an audit whose only file names none: the file, from the working folder. No other one has this id:
    those that files name hold no full stop."""
    pure = PurePath(path)
    below = os.path.relpath(path) if pure.is_absolute() else path
    return (pure if below.startswith("..") else PurePath(below)).as_posix()


_RUN = 4096


class SortedTexts:
    """Texts to which more can be added. They are kept in sorted runs, each of them one piece of bytes."""

    def __init__(self) -> None:
        self._runs: list[bytes] = []
        self._last: list[str] = []
        self._length = 0

    def add(self, text: str) -> None:
        """Add a text. It may hold any character but the one after the last, U+10FFFF."""
        self._last.append(text)
        self._length += 1
        if len(self._last) == _RUN:
            self._runs.append(_joined(self._last))
            self._last = []

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        """All texts, sorted."""
        return merge(*map(_texts, self._runs), sorted(self._last))


_BETWEEN = "\U0010ffff".encode()


def _joined(texts: list[str]) -> bytes:
    return _BETWEEN.join(text.encode("utf-8", "surrogatepass") for text in sorted(texts))


def _texts(run: bytes) -> Iterator[str]:
    """The texts of a run, one at a time."""
    start = 0
    while (end := run.find(_BETWEEN, start)) != -1:
        yield run[start:end].decode("utf-8", "surrogatepass")
        start = end + len(_BETWEEN)
    yield run[start:].decode("utf-8", "surrogatepass")
