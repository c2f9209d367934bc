"""Which answers files there are: by name, by pattern, in folders, and by what stands in them (docs/batch.md)."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.tree import looks_like, parse_tree
from involve_audit.model.view import FORMAT

_SUFFIXES = (".yaml", ".yml")


@dataclass(slots=True)
class Finding:
    """A search for files. `problems` are of names and folders that give none; they are complete once it is over.

    No file and no folder is met twice, however many names, patterns and links lead to it. What is met by its own
    name goes before what is met by a link, so that the order of the names does not matter.
    """

    problems: list[Problem] = field(default_factory=list)
    _folders: set[str] = field(default_factory=set)
    _files: set[str] = field(default_factory=set)
    _links: list[str] = field(default_factory=list)

    def files(self, names: Iterable[str]) -> Iterator[str]:
        """The paths of all files that `names` stand for; of the files in folders, those that end as YAML does."""
        expanded = set(self._expanded(names))
        self._links = [name for name in expanded if os.path.islink(name)]
        alone = yield from self._below(expanded.difference(self._links))
        while self._links:
            links, self._links = self._links, []
            alone += yield from self._below(links)
        yield from filter(self._is_new, sorted(alone))

    def _below(self, names: Iterable[str]) -> Generator[str, None, list[str]]:
        """The files in those of the names that are folders; gives back the other names."""
        others: list[str] = []
        for name in sorted(names):
            if os.path.isdir(name):
                yield from self._walk(name)
            else:
                others.append(name)
        return others

    def _expanded(self, names: Iterable[str]) -> Iterator[str]:
        """Each name, or what there is of a pattern; a name of something comes before the same as a pattern."""
        for name in names:
            plain = _plain(name)
            if not glob.has_magic(name) or os.path.lexists(plain):
                yield plain
            elif found := glob.glob(name, recursive=True):
                yield from map(_plain, found)
            else:
                hint = _("Check the pattern, and put it in quotes.")
                self.problems.append(Problem(name, _("there is nothing of this pattern"), hint))

    def _walk(self, top: str) -> Iterator[str]:
        """The YAML files below a folder. Links are kept for later."""
        waiting = [(top, os.path.realpath(top))]
        while waiting:
            folder, real = waiting.pop()
            if real not in self._folders:
                self._folders.add(real)
                below = []
                for entry in self._entries(folder):
                    if entry.is_symlink():
                        self._links += [entry.path] if _could_matter(entry) else []
                    elif entry.is_dir():
                        below.append((_plain(entry.path), os.path.join(real, entry.name)))
                    elif _is_yaml(entry.name) and entry.is_file():
                        yield _plain(entry.path)
                waiting += reversed(below)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder or ".") as entries:
                return sorted((entry for entry in entries if not _is_hidden(entry.name)), key=lambda entry: entry.name)
        except OSError as error:
            what = _("this folder cannot be read: {reason}").format(reason=error.strerror)
            self.problems.append(Problem(folder, what, _("What is in it is not part of the result.")))
            return []

    def _is_new(self, file: str) -> bool:
        """Whether a file that was named, or that a link leads to, was not met before."""
        real = os.path.realpath(file)
        folder, name = os.path.split(real)
        in_a_folder = folder in self._folders and _is_yaml(name) and not _is_hidden(name) and os.path.exists(real)
        met = real in self._files or in_a_folder
        self._files.add(real)
        return not met


def _could_matter(link: os.DirEntry[str]) -> bool:
    return _is_yaml(link.name) or os.path.isdir(link.path)


def _is_yaml(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES)


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _plain(name: str) -> str:
    """A name without `./` before it."""
    return name.removeprefix("." + os.sep) or name


_ANSWERS_PREFIX = FORMAT.partition("@")[0] + "@"
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# The other ways in which YAML can write one of these keys at the left margin.
_WRITTEN_OTHERWISE = re.compile(rb"""^(?:["'](?:audit|rubric)["']|(?:audit|rubric)[ \t]+:|\?)|\r(?!\n)""", re.MULTILINE)


_VALUE = re.compile(rb"""[ \t]+(["']?)([A-Za-z0-9@.-]+)\1[ \t]*(?:[ \t]#.*)?\r?""")


class Heading(NamedTuple):
    """What an answers file says it is: the audit it belongs to and the rubric it is for; empty where it says none."""

    audit: str
    rubric: str


def is_answers(content: bytes) -> bool:
    """Whether a file says that it holds answers: a line `format: involve-audit/answers@…` at the left margin."""
    wide = _WIDE.get(content[:2])  # saved in another encoding: no reason to pass over it in silence
    return looks_like(content.decode(wide, "replace").encode()[3:] if wide else content, _ANSWERS_PREFIX)


def heading(content: bytes) -> Heading:
    """The heading of an answers file, the rest of which may be wrong in any way."""
    audit, rubric = _line(content, b"audit:"), _line(content, b"rubric:")
    if audit is None or rubric is None or (not (audit and rubric) and _WRITTEN_OTHERWISE.search(content)):
        return _parsed(content)
    return Heading(audit, rubric)


def _line(content: bytes, key: bytes) -> str | None:
    """The word after a key at the left margin; empty where the key is not there, None where only a parser can tell."""
    start = 0 if content.startswith(key) else content.find(b"\n" + key) + 1
    if not start and not content.startswith(key):
        return ""
    end = content.find(b"\n", start)
    value = _VALUE.fullmatch(content[start + len(key) : end if end != -1 else len(content)])
    return value[2].decode() if value and content.find(b"\n" + key, start) == -1 else None


def _parsed(content: bytes) -> Heading:
    try:
        data = parse_tree(content, "").data
    except InputError:
        return Heading("", "")
    given = data if isinstance(data, dict) else {}
    audit, rubric = (value if isinstance(value := given.get(key), str) else "" for key in ("audit", "rubric"))
    return Heading(audit, rubric)
