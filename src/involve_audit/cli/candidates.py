"""What may stand where a value, an option or a command is to be completed, sort by sort (docs/completion.md)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from involve_audit import resources
from involve_audit.cli.writing import NAMED
from involve_audit.errors import InputError

if TYPE_CHECKING:
    from involve_audit.cli.completing import TypedLine

MOST_ENTRIES = 5_000
"""How many entries of a folder are looked at."""
MOST_LOOKED_INTO = 200
"""How many files are looked into, to see what they are."""
_BEGINNING = 20_000  # bytes of a file: its format stands in its first lines


class Candidate(NamedTuple):
    """What may stand there, and a word on what it is."""

    value: str
    about: str = ""
    is_file: bool = False


def candidates(line: TypedLine) -> Iterator[Candidate]:
    """What may stand there, in the order in which it is best shown."""
    if line.command is None:
        return
    if line.wanted is not None:
        found = SOURCES[sort_of(line.wanted)](line)
    elif line.word.startswith("-"):
        params = [param for param in line.command.params if param.param_type_name == "option"]
        found = (Candidate(name, param.help or "") for param in params for name in param.opts if name.startswith("--"))
    else:
        found = _commands(line)
    for candidate in found:
        if candidate.value.startswith(line.word):
            yield candidate._replace(value=line.before + candidate.value)


def _commands(line: TypedLine) -> Iterator[Candidate]:
    below = getattr(line.command, "commands", {})
    for name in below:
        if name.startswith(line.word):  # no other need be made
            yield Candidate(name, below[name].help.partition("\n")[0])


def sort_of(param: Any) -> str:
    """What sort of value a parameter takes: what its help calls it or, of files, what its name says."""
    if param.help in NAMED:
        return "NAMED"
    return _SORTS.get(param.name) or str(param.metavar)


# What there is of each sort


def _rubrics(line: TypedLine) -> Iterator[Candidate]:
    """Ids from every place, and files and folders where one was begun to be named."""
    from involve_audit.loading.events import words_at_the_root
    from involve_audit.loading.rubric import all_ids, is_ours, shelf_of

    for rubric_id in all_ids()[:MOST_LOOKED_INTO]:
        title = ""
        if rubric_id.startswith(line.word) and (shelf := shelf_of(rubric_id)):
            with suppress(InputError):  # one that cannot be read has a name all the same
                title = dict(words_at_the_root(shelf.read(rubric_id)[:_BEGINNING])).get("title", "")
        yield Candidate(rubric_id, title)
    if line.word:
        yield from _entries(line.word, is_ours)


def _rubric_of(line: TypedLine) -> Any:
    """The rubric that the line names, or that its first answers file is for, or else the first one there is."""
    from involve_audit.loading.answers_files import heading
    from involve_audit.loading.files import is_file, read_bytes
    from involve_audit.loading.rubric import all_ids, load_rubric

    named = line.values.get("rubric", [])
    files = [file for file in line.values.get("", []) if is_file(Path(file))][:1]
    said = [heading(read_bytes(file, taken=False)).rubric.partition("@")[0] for file in files]
    return load_rubric(next(filter(None, [*named[-1:], *said]), all_ids()[0])).content


def _answers(line: TypedLine) -> Iterator[Candidate]:
    """Folders, and the files that say that they are answers."""
    from involve_audit.loading.answers_files import is_answers

    return _entries(line.word, is_answers, line.values.get("", []))


def _answers_and_records(line: TypedLine) -> Iterator[Candidate]:
    from involve_audit.loading.answers_files import is_answers
    from involve_audit.loading.material import is_record

    return _entries(line.word, lambda content: is_answers(content) or is_record(content, ""), line.values.get("", []))


def _entries(word: str, is_meant: Callable[[bytes], bool] | None, given: Iterable[str] = ()) -> Iterator[Candidate]:
    """The folders whose names begin as a word does, and the files that are meant; every file, where none is.

    Without `is_meant`, there are folders alone. What is `given` already is not offered again.
    """
    from involve_audit.loading.files import read_bytes

    above, _slash, name = word.rpartition("/")
    above += "/" * bool(_slash)
    with os.scandir(Path(above).expanduser() if above else ".") as entries:
        found = [entry for entry in islice(entries, MOST_ENTRIES) if entry.name.startswith(name)]
    shown = sorted((entry for entry in found if name or not entry.name.startswith(".")), key=lambda entry: entry.name)
    folders = [entry for entry in shown if entry.is_dir()]
    files = [entry for entry in shown if entry.is_file() and above + entry.name not in given and is_meant]
    meant = []
    for entry in files[:MOST_LOOKED_INTO]:
        with suppress(InputError):  # what cannot be read is nothing that is meant
            meant += [entry] if is_meant and is_meant(read_bytes(entry.path, _BEGINNING, taken=False)) else []
    for entry in (*folders, *(meant or files)):
        no_option = "./" if entry.name.startswith("-") and not above else ""
        yield Candidate(f"{no_option}{above}{entry.name}{'/' if entry in folders else ''}", is_file=True)


def _headings(line: TypedLine) -> Iterator[Candidate]:
    """The headings of the first table of the line."""
    from involve_audit.loading.files import is_file
    from involve_audit.tables.rows import TableFile, TableSource

    for name in [name for name in line.values.get("", []) if is_file(Path(name))][:1]:
        yield from map(Candidate, TableFile(TableSource(name)).headings)


_SORTS = {
    **dict.fromkeys(("save", "resume", "last", "again", "answers", "files"), "VIEW"),
    "baseline": "RECORDS",
    "audits": "AUDIT",
    "versions": "RUBRIC",
    "into": "ID",
}
"""What some parameters take that their help calls by another name."""
SOURCES: dict[str, Callable[[TypedLine], Iterable[Candidate]]] = {
    "NAMED": lambda line: map(Candidate, NAMED[line.wanted.help]),
    "LANGUAGE": lambda _: map(Candidate, resources.languages()),
    "NAME": lambda _: map(Candidate, resources.shipped_templates()),
    "VIEW": _answers,
    "PATH": _answers,
    "AUDIT": _answers_and_records,
    "RECORDS": lambda line: _entries(line.word, lambda content: content.lstrip()[:1] == b"{"),
    "FILE": lambda line: _entries(line.word, lambda _: True),
    "FOLDER": lambda line: _entries(line.word, None),
    "RUBRIC": _rubrics,
    "COLUMN": _headings,
    "STAGE": lambda line: (Candidate(stage.id, stage.title) for stage in _rubric_of(line).stages),
    "PERSPECTIVE": lambda line: (Candidate(one.id, one.title) for one in _rubric_of(line).perspectives),
    "THEME": lambda line: (Candidate(theme.id, theme.title) for theme in _rubric_of(line).themes),
    **dict.fromkeys(("DATE", "ID", "MASTER", "NUMBER", "REVISION", "TEXT", "VERSION"), lambda _: ()),
}
"""What there is of each sort of value, called as help calls it."""
