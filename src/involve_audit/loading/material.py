"""What one side of a comparison is read from: a record, or the answers files of one audit."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.files import is_folder, read_bytes
from involve_audit.loading.record import LARGEST_RECORD, is_record
from involve_audit.loading.tree import looks_like
from involve_audit.model.view import FORMAT

ANSWERS_PREFIX = FORMAT.partition("@")[0] + "@"
ANSWERS_SUFFIXES = (".yaml", ".yml")
RECORD_SUFFIX = ".audit.json"


class Named(NamedTuple):
    """The content of a file, and what to call it in messages."""

    file: str
    content: bytes

    @property
    def is_record(self) -> bool:
        return is_record(self.content, self.file)

    @property
    def is_answers(self) -> bool:
        """Whether its name and its content say that it holds answers."""
        return self.file.lower().endswith(ANSWERS_SUFFIXES) and looks_like(self.content, ANSWERS_PREFIX)


class Material(NamedTuple):
    """One record, or one or more answers files. `name` is what was asked for."""

    name: str
    files: tuple[Named, ...]

    @property
    def record(self) -> Named | None:
        """The record, where it is one."""
        return self.files[0] if len(self.files) == 1 and self.files[0].is_record else None


def material_at(path: str) -> Material:
    """What a file or a folder of one audit holds. Raises InputError where it holds nothing to compare."""
    if not is_folder(Path(path)):
        return Material(path, (Named(path, read_bytes(Path(path), LARGEST_RECORD)),))
    return chosen(path, files_in(Path(path)))


def files_in(folder: Path) -> tuple[Named, ...]:
    """The files of a folder that could hold an audit, by name. Raises InputError where it cannot be read."""
    suffixes = (*ANSWERS_SUFFIXES, RECORD_SUFFIX)
    try:
        paths = sorted(path for path in folder.iterdir() if path.name.lower().endswith(suffixes) and path.is_file())
    except OSError as error:
        what = _("this folder cannot be read: {reason}").format(reason=error.strerror)
        raise InputError(Problem(str(folder), what)) from None
    return tuple(Named(str(path), read_bytes(path, LARGEST_RECORD)) for path in paths)


def chosen(name: str, files: tuple[Named, ...]) -> Material:
    """The answers files of a folder or, where it has none, its one record.

    Raises InputError where it holds neither, or several records.
    """
    answers = tuple(file for file in files if file.is_answers)
    records = tuple(file for file in files if file.file.lower().endswith(RECORD_SUFFIX))
    if not answers and len(records) > 1:
        what = _("this folder holds several records")
        raise InputError(Problem(name, what, _("Name one of them.")))
    if not answers and not records:
        what = _("there are no answers files and no record in this folder")
        hint = _("An answers file ends in .yaml and has a line `{line}`. A record ends in {suffix}.")
        raise InputError(Problem(name, what, hint.format(line=f"format: {FORMAT}", suffix=RECORD_SUFFIX)))
    return Material(name, answers or records)
