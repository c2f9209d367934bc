"""What a folder holds: which files are looked at, which of them are answers, and of which audit (docs/batch.md).

Every command sees the same: what is hidden is left alone, no file is met twice, and what says that it is answers is
taken for answers, whether or not it can be read.
"""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from heapq import merge
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from involve_audit.errors import InputError, Problem, each, reason_of, tried
from involve_audit.inputs import followed, left_alone, not_read, opened, take
from involve_audit.language import _, number
from involve_audit.loading.files import (
    LARGEST_FILE,
    LARGEST_RECORD,
    YAML_SUFFIXES,
    FileContent,
    as_text,
    content_of,
    digest,
    read_bytes,
)
from involve_audit.loading.tree import as_utf8, says_format, without_marks
from involve_audit.model.reference import Reference
from involve_audit.model.view import FORMAT
from involve_audit.words.many import BATCH, COUNTED_BATCH

RECORD_SUFFIX = ".audit.json"
LONGEST_NAME = 4_096
"""Characters of a name or a pattern: no system takes more, and a pattern takes the square of its length in time."""


MOST_LEFT_ALONE = 20
"""How many files that are left alone, of a folder or of a whole run, are named; the others are counted."""


class Inside(NamedTuple):
    """The files of a folder by name: answers files, records, and of others why they are not read, in short."""

    answers: tuple[FileContent, ...]
    records: tuple[str | FileContent, ...]
    others: tuple[Problem, ...]


def look_into(folder: str, *records: str, unread: list[Problem] | None = None) -> Inside:
    """The files that lie in a folder itself; its records only where their suffix is given.

    Raises InputError where the folder cannot be read, or with every file that cannot, unless these go into `unread`.
    """
    passed: list[str] = []
    search = FileSearch((*YAML_SUFFIXES, *records), deep=False, pass_by=passed.append)
    files = sorted(search.files([folder]))
    search.require_all()
    inside = parted(each(_read, files) if unread is None else tried(_read, files, unread))
    found = filter(None, map(left_alone, passed))
    others = [*inside.others, *(replace(problem, path=os.path.basename(problem.path)) for problem in found)]
    return inside._replace(others=tuple(_in_short(sorted(others, key=lambda problem: problem.path))))


def _in_short(others: list[Problem]) -> list[Problem]:
    """The first of these, and how many more there are."""
    more = len(others) - MOST_LEFT_ALONE
    if more <= 0:
        return others
    what = _("of the folder's other files, {count} more were not read").format(count=number(more))
    return [*others[:MOST_LEFT_ALONE], Problem("…", what)]


def _read(file: str) -> str | FileContent:
    """The file, or no more than the name of a record that can be read: there may be very many, and they are large."""
    is_record = _ends(file, (RECORD_SUFFIX,))
    content = read_bytes(file, LARGEST_RECORD if is_record else LARGEST_FILE)
    return file if is_record else FileContent(file, content)


def parted(files: Iterable[str | FileContent]) -> Inside:
    """These files by what they hold; of a record that is not read yet the name."""
    answers: list[FileContent] = []
    records: list[str | FileContent] = []
    others: list[Problem] = []
    for file in files:
        if isinstance(file, str) or _ends(file.file, (RECORD_SUFFIX,)):
            records.append(file)
        elif is_answers(file.content):
            answers.append(file)
        else:
            others.append(not_read(os.path.basename(file.file), file.content))
    return Inside(tuple(answers), tuple(records), tuple(others))


def with_folders_in(folder: str) -> list[str]:
    """A folder, and those that lie directly in it by name. Raises InputError where it cannot be read."""
    search = FileSearch()
    below = [_plain(entry.path) for entry in search.entries(folder) if os.path.isdir(entry.path)]
    search.require_all()
    return [folder, *below]


def what_answers_are() -> str:
    """A hint for whoever has files in which no answers were found."""
    return _("An answers file ends in .yaml or .txt and has a line `{line}`.").format(line=f"format: {FORMAT}")


@dataclass(slots=True)
class FileSearch:
    """A search for files that end as `suffixes`, in folders and, if it goes `deep`, in the folders in these.

    `problems` are of names and folders that give none; they are complete once the search is over. `pass_by` is told
    of files in folders that are none of those sought.

    No file and no folder is met twice, however many names, patterns and links lead to it. What is met by its own
    name goes before what is met by a link, so that the order of the names does not matter.
    """

    suffixes: tuple[str, ...] = YAML_SUFFIXES
    deep: bool = True
    pass_by: Callable[[str], object] = bool
    problems: list[Problem] = field(default_factory=list)
    _folders: set[str] = field(default_factory=set)
    _files: set[str] = field(default_factory=set)
    _links: list[str] = field(default_factory=list)

    def files(self, names: Iterable[str]) -> Iterator[str]:
        """The paths of all files that `names` stand for; of the files in folders, those with the suffixes."""
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
            if len(name) > LONGEST_NAME:
                what, hint = _("this is longer than any name of a file"), _("Does each name stand on its own line?")
                self.problems.append(Problem(f"{name[:100]}…", what, hint))
                continue
            plain = _plain(name)
            if not glob.has_magic(name) or os.path.lexists(plain):
                yield plain
            elif found := self._matching(name):
                yield from map(_plain, found)
            else:
                hint = _("Check the pattern, and put it in quotes.")
                self.problems.append(Problem(name, _("there is nothing of this pattern"), hint))

    def _matching(self, pattern: str) -> list[str]:
        """What there is of a pattern. No part of it goes into a folder twice, so that circles of links end."""
        drive, path = os.path.splitdrive(pattern)
        *above, last = path.split(os.sep)
        places = [drive + os.sep if path.startswith(os.sep) else drive]
        for part in filter(None, above):
            if part == "**":
                places = self._all_below(places)
            else:
                found = sorted(filter(os.path.isdir, self._of_part(places, part)), key=os.path.islink)
                places = list({followed(place): place for place in reversed(found)}.values())
        if last == "**":
            return [*filter(None, places), *self._all_below(places, files=True)]
        return list(self._of_part(places, last))

    def _of_part(self, places: Iterable[str], part: str) -> Iterator[str]:
        for place in places:
            if glob.has_magic(part):
                inside = self.entries(place, hidden=part.startswith("."))
                yield from (entry.path for entry in inside if fnmatch(entry.name, part))
            elif os.path.lexists(path := os.path.join(place, part)):
                yield path

    def _all_below(self, places: Iterable[str], files: bool = False) -> list[str]:
        """These folders and all in them, each by its own name or else by one link to it; or the files in them."""
        found: dict[str, str] = {}
        waiting, links, others = [(place, followed(place or ".")) for place in places], list[str](), list[str]()
        while waiting or links:
            place, real = waiting.pop() if waiting else (links[-1], followed(links.pop()))
            if real not in found:
                found[real] = place
                for entry in self.entries(place):
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, os.path.join(real, entry.name)))
                    else:
                        (links if entry.is_symlink() and os.path.isdir(entry.path) else others).append(entry.path)
        return others if files else list(found.values())

    def _walk(self, top: str) -> Iterator[str]:
        """The files below a folder. Links are kept for later."""
        waiting = [(top, followed(top))]
        while waiting:
            folder, real = waiting.pop()
            if real not in self._folders:
                self._folders.add(real)
                below = []
                for entry in self.entries(folder):
                    if entry.is_symlink():
                        self._links += [entry.path] if self._matters(entry) else []
                    elif entry.is_dir():
                        below += [(_plain(entry.path), os.path.join(real, entry.name))] if self.deep else []
                    elif self._is_sought(entry.path):  # be it a pipe: whoever reads it says so
                        yield _plain(entry.path)
                    else:
                        self.pass_by(_plain(entry.path))
                waiting += reversed(below)

    def _matters(self, link: os.DirEntry[str]) -> bool:
        return self.deep if os.path.isdir(link.path) else self._is_sought(link.path)

    def _is_sought(self, path: str) -> bool:
        return is_looked_at(os.path.basename(path), self.suffixes, lambda: _may_be_answers(path))

    def entries(self, folder: str, hidden: bool = False) -> list[os.DirEntry[str]]:
        """What is in a folder and, if it is not meant to be, not hidden, by name."""
        try:
            with os.scandir(folder or ".") as entries:
                found = (entry for entry in entries if hidden or not _is_hidden(entry.name))
                return sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            what = _("this folder cannot be read: {reason}").format(reason=error.strerror)
            problem = Problem(folder, what, _("What is in it is not part of the result."))
            self.problems += [problem] if problem not in self.problems else []
            return []

    def require_all(self) -> None:
        """Raise InputError where something could not be looked into."""
        if self.problems:
            raise InputError(replace(problem, hint="") for problem in self.problems)

    def _is_new(self, file: str) -> bool:
        """Whether a file that was named, or that a link leads to, was not met before."""
        real = followed(file)
        folder = os.path.dirname(real)
        in_a_folder = folder in self._folders and self._is_sought(real) and os.path.exists(real)
        met = real in self._files or in_a_folder
        self._files.add(real)
        return not met


_MAY_BE_ANSWERS = (".json", ".txt")


def is_looked_at(name: str, suffixes: tuple[str, ...], may_be_answers: Callable[[], bool]) -> bool:
    """Whether a file is looked at where it lies in a folder: for its name, or for answers in JSON or text."""
    seen = _ends(name, suffixes)
    of_answers = suffixes[0] in YAML_SUFFIXES and _ends(name, _MAY_BE_ANSWERS) and not _ends(name, (RECORD_SUFFIX,))
    return not _is_hidden(name) and (seen or (of_answers and may_be_answers()))


def _may_be_answers(path: str) -> bool:
    try:
        return is_answers(read_bytes(path, taken=False))
    except InputError:
        return True  # whoever reads it says so


def _ends(name: str, suffixes: tuple[str, ...]) -> bool:
    return name.lower().endswith(suffixes)


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _plain(name: str) -> str:
    """A name without `./` before it."""
    return name.removeprefix("." + os.sep) or name


ANSWERS = (Reference.of(FORMAT).id,)
# Where one of these keys may stand, written in another way than at the left margin.
_WRITTEN_OTHERWISE = re.compile(rb"""(?<![\w-])(?:audit|rubric)["']?\s*:|^[ \t]*\?|\r(?!\n)""", re.MULTILINE)
_VALUE = re.compile(rb"""[ \t]+(["']?)([A-Za-z0-9@.-]+)\1[ \t]*(?:[ \t]#.*)?\r?""")


class Heading(NamedTuple):
    """What an answers file says it is: the audit it belongs to and the rubric it is for; empty where it says none."""

    audit: str
    rubric: str


def is_answers(content: bytes) -> bool:
    """Whether a file says that it holds answers, in whatever way YAML can say it, whether or not it can be read."""
    return says_format(content, ANSWERS)


def heading(content: bytes) -> Heading:
    """The heading of an answers file, the rest of which may be wrong in any way."""
    content = as_utf8(content)
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
    """The heading as far as a parser gets. A key that is there twice says nothing: the file cannot be read."""
    from involve_audit.loading.events import words_at_the_root

    found: dict[str, str] = {}
    for key, word in words_at_the_root(content):
        found[key] = "" if key in found else word
    return Heading(found.get("audit", ""), found.get("rubric", ""))


_END = "\0"  # of an audit's id in an entry: no file's name holds it, nor an id


class Group(NamedTuple):
    """The files of one audit, sorted. `named` says whether the id stands in them, or is made of a file's name.

    `digests` are the SHA-256 of what the files held when they were gathered, where that is wanted.
    """

    id: str
    files: tuple[str, ...]
    named: bool = True
    digests: tuple[str, ...] = ()


class Gathered:
    """What there is to assess.

    `problems` are of names and folders that give nothing, `rubrics` what the files name as theirs. `others` counts
    files that hold no answers; `some_others` are the first of them. There may be very many audits: of each file
    only one short text is kept, with a digest where these are wanted.
    """

    def __init__(self, with_digests: bool = False) -> None:
        self._with_digests = with_digests
        self.problems: list[Problem] = []
        self.rubrics: set[str] = set()
        self.others = 0
        self.some_others: list[Problem] = []
        self._entries = SortedTexts()

    def add(self, path: str) -> None:
        """Read a file's heading and put the file to its audit. What cannot be read is an audit of its own."""
        try:
            with opened(path, taken=False) as number:
                content = content_of(number)
                holds_answers = is_answers(content)
                if holds_answers:
                    take(number)
        except InputError:
            self._entries.add(_entry_of_its_own(path))
            return
        if not holds_answers:
            self.leave_alone(not_read(path, content))
            return
        audit, rubric = heading(content)
        self.rubrics.add(rubric)
        entry = f"{audit}{_END}{path}" if audit else _entry_of_its_own(path)
        self._entries.add(f"{entry}{_END}{digest(content)}" if self._with_digests else entry)

    def leave_alone(self, other: Problem | None) -> None:
        """Note that a file is not read, and why."""
        if other is not None:
            self.others += 1
            self.some_others += [other] if self.others <= MOST_LEFT_ALONE else []

    def groups(self) -> Iterator[Group]:
        """The audits by id."""
        for (audit, own), entries in groupby(map(_parts, self._entries), lambda parts: parts[:2]):
            files, digests = zip(*(entry[2:] for entry in entries), strict=True)
            yield Group(audit, files, not own, digests if all(digests) else ())

    def __len__(self) -> int:
        """The number of answers files."""
        return len(self._entries)

    def require_some(self) -> None:
        """Raise InputError, with every problem, where there are no answers files."""
        if not len(self):
            hint = _("An answers file has a line `format: {format}`.").format(format=FORMAT)
            hints = [self.left_alone, hint] if self.others else [hint]
            raise InputError([*self.problems, Problem("", _("no answers files were found"), " ".join(hints))])

    @property
    def left_alone(self) -> str:
        """Which files were met and not read, and why."""
        return BATCH["left_alone"].format(files="; ".join(self.each_left_alone))

    @property
    def each_left_alone(self) -> list[str]:
        """The same, an entry each; the last one counts those that are not named."""
        left = self.others - len(self.some_others)
        told = (as_text(f"{other.path} ({other.what})") for other in self.some_others)
        return [*told, *([COUNTED_BATCH.of("more_files", left)] if left else [])]


def gather(names: Iterable[str], with_digests: bool = False) -> Gathered:
    """The answers files that these names of files, folders and patterns stand for."""
    gathered = Gathered(with_digests)
    search = FileSearch(pass_by=lambda path: gathered.leave_alone(left_alone(path)))
    for path in search.files(names):
        gathered.add(path)
    gathered.problems = sorted(search.problems, key=lambda problem: problem.path)
    return gathered


def names_listed(file: str) -> list[str]:
    """The names in a list that is kept in a file, or comes by standard input for `-`. Raises InputError."""
    try:
        most = LARGEST_RECORD
        listing = sys.stdin.buffer.read(most + 1) if file == "-" else read_bytes(file, most)
        if len(listing) > most:
            what = _("this list is larger than {size} MB").format(size=most // 1_000_000)
            raise InputError(Problem("" if file == "-" else file, what, _("Name folders, or give it in parts.")))
        return names_in(listing)
    except OSError as error:
        what = _("standard input cannot be read: {reason}").format(reason=reason_of(error))
        raise InputError(Problem("", what)) from None


def names_in(listing: bytes) -> list[str]:
    """The names of a list, one a line, or with a NUL after each as `find -print0` and `git ls-files -z` write them."""
    names = listing.split(b"\0") if b"\0" in listing else without_marks(listing).splitlines()
    return [os.fsdecode(name) for name in names if name.strip()]


def _entry_of_its_own(path: str) -> str:
    return f"{id_of_file(path)}{_END}{_END}{path}"


def _parts(entry: str) -> tuple[str, str, str, str]:
    """The audit's id, the file where it is an audit of its own, the file, and its digest if there is one."""
    audit, _, rest = entry.partition(_END)
    own = rest.startswith(_END)
    path, _, found = rest.removeprefix(_END).partition(_END)
    return audit, path if own else "", path, found


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
