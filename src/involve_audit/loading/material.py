"""What comparisons are read from: records, and the answers files of one audit each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from involve_audit.errors import InputError, Problem, tried
from involve_audit.language import _
from involve_audit.loading.answers_files import (
    RECORD_SUFFIX,
    Inside,
    heading,
    is_answers,
    look_into,
    what_answers_are,
    with_folders_in,
)
from involve_audit.loading.files import LARGEST_RECORD, FileContent, is_folder, read_bytes, real_path
from involve_audit.loading.tree import without_marks

_BEGINS_AS_OURS = re.compile(rb'\s*\{\s*"format"\s*:\s*"involve-audit/([a-z]+)@')


class Material(NamedTuple):
    """One record, or one or more answers files. `name` is what was asked for; `others` are not read.

    Of very many audits only the names of `files` are kept, so that each is read when its turn comes.
    """

    name: str
    files: tuple[str | FileContent, ...]
    others: tuple[Problem, ...] = ()

    def record(self) -> FileContent | None:
        """The record, where it is one. Raises InputError where it cannot be read any more."""
        (file, *more) = self.files
        if more:
            return None
        found = file_at(file) if isinstance(file, str) else file
        return found if is_record(found.content, found.file) else None

    @property
    def names(self) -> list[str]:
        """What its files are called."""
        return [file if isinstance(file, str) else file.file for file in self.files]

    @property
    def places(self) -> frozenset[Path]:
        """Where its files are, whatever their names."""
        return frozenset(real_path(Path(name)) for name in self.names)

    def without_contents(self) -> Material:
        """The same, with the names of its files alone."""
        return self._replace(files=tuple(self.names))


def is_record(content: bytes, file: str) -> bool:
    """Whether a file is to be read as a record: by how it begins, or else by the end of its name."""
    begins = _BEGINS_AS_OURS.match(without_marks(content))
    if begins:
        return begins[1] not in (b"answers", b"rubric")
    return file.lower().endswith(".json") and not is_answers(content)


def material_at(path: str) -> Material:
    """What a file or a folder of one audit holds. Raises InputError where it holds nothing to compare."""
    if not is_folder(Path(path)):
        return Material(path, (file_at(path),))
    return chosen(path, look_into(str(Path(path)), RECORD_SUFFIX))


def file_at(path: str) -> FileContent:
    """A file that was named, be it answers or a record. Raises InputError where it cannot be read."""
    return FileContent(path, read_bytes(path, LARGEST_RECORD))


def chosen(name: str, inside: Inside) -> Material:
    """The answers files of a folder or, where it has none, its one record.

    Raises InputError where it holds neither, or several records.
    """
    if not inside.answers and len(inside.records) > 1:
        what = _("this folder holds several records")
        raise InputError(Problem(name, what, _("Name one of them.")))
    if not inside.answers and not inside.records:
        what = _("there are no answers files and no record in this folder")
        hint = _("A record ends in {suffix}.").format(suffix=RECORD_SUFFIX)
        raise InputError([Problem(name, what, f"{what_answers_are()} {hint}"), *inside.others])
    return Material(name, inside.answers or inside.records, inside.others)


def materials_at(paths: Sequence[str], problems: list[Problem]) -> list[Material]:
    """What these files and folders hold, each audit once; what cannot be read, or holds nothing, goes into `problems`.

    A folder stands for every audit in it and in the folders directly in it: its records, and its answers files, those
    with the same `audit:` line together.
    """
    found: dict[frozenset[Path], Material] = {}
    for materials in tried(lambda path: _audits_at(path, problems), paths, problems):
        for material in materials:
            found.setdefault(material.places, material)
    return list(found.values())


def _audits_at(path: str, problems: list[Problem]) -> list[Material]:
    if not is_folder(Path(path)):
        return [material_at(path).without_contents()]
    before = len(problems)
    inside = tried(lambda folder: list(_audits_in(folder, problems)), with_folders_in(str(Path(path))), problems)
    if not any(inside) and len(problems) == before:
        what = _("there are no answers files and no records in this folder, nor in the folders in it")
        raise InputError(Problem(path, what))
    return [material for materials in inside for material in materials]


def _audits_in(folder: str, problems: list[Problem]) -> Iterator[Material]:
    """The audits whose files lie in a folder itself."""
    inside = look_into(folder, RECORD_SUFFIX, unread=problems)
    yield from (Material(str(file), (file,)) for file in inside.records)
    audits: dict[str, list[FileContent]] = {}
    for file in inside.answers:
        audits.setdefault(heading(file.content).audit or file.file, []).append(file)
    others = inside.others
    for views in audits.values():
        yield Material(folder if len(audits) == 1 else views[0].file, tuple(views), others).without_contents()
        others = ()  # they are told once
