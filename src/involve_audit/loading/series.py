"""The rounds of a whole series: each file, each folder, and everything in a folder of several audits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.files import is_folder, real_path
from involve_audit.loading.material import RECORD_SUFFIX, Material, Named, files_in, material_at
from involve_audit.loading.rounds import ReadRound
from involve_audit.loading.tree import parse_tree

_AUDIT_LINE = re.compile(rb"""^audit:[ \t]+(["']?)([A-Za-z0-9-]+)\1[ \t]*(?:#.*)?\r?$""", re.MULTILINE)


def materials_at(paths: Sequence[str]) -> list[Material]:
    """What these files and folders hold, each audit once.

    A folder stands for every audit in it and in the folders directly in it: its records, and its answers files, those
    with the same `audit:` line together. Raises InputError with every path that holds nothing.
    """
    found: dict[tuple[Path, ...], Material] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            for material in _in_folder(path) if is_folder(Path(path)) else [material_at(path)]:
                found.setdefault(tuple(real_path(Path(file.file)) for file in material.files), material)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return list(found.values())


def in_order(rounds: Sequence[ReadRound]) -> tuple[list[ReadRound], list[tuple[str, str]]]:
    """The audits in the order of time, each once, and those left out with the one that stands for them.

    Of one audit of one day, answers files stand before a record, and a full record before one made for sharing.
    """
    best: dict[tuple[str, date], ReadRound] = {}
    for one in sorted(rounds, key=_rank):
        best.setdefault((one.id, one.date), one)
    left_out = [(one.name, best[one.id, one.date].name) for one in rounds if best[one.id, one.date] is not one]
    return sorted(best.values(), key=lambda one: (one.date, one.id)), left_out


def _rank(one: ReadRound) -> tuple[bool, bool, str]:
    return one.record is not None, bool(one.record and one.record.published), one.name


def _in_folder(path: str) -> list[Material]:
    folder = Path(path)
    below = sorted(inside for inside in folder.iterdir() if inside.is_dir() and not inside.name.startswith("."))
    found = [material for place in (folder, *below) for material in _audits_of(place)]
    if not found:
        what = _("there are no answers files and no records in this folder, nor in the folders in it")
        raise InputError(Problem(path, what))
    return found


def _audits_of(folder: Path) -> Iterator[Material]:
    """The audits whose files lie in a folder itself."""
    files = files_in(folder)
    yield from (Material(file.file, (file,)) for file in files if file.file.lower().endswith(RECORD_SUFFIX))
    audits: dict[str, list[Named]] = {}
    for file in files:
        if file.is_answers:
            audits.setdefault(_audit_id(file) or file.file, []).append(file)
    for views in audits.values():
        name = str(folder) if len(audits) == 1 else views[0].file
        yield Material(name, tuple(views))


def _audit_id(file: Named) -> str:
    """What the `audit:` line of a file says; empty where it says nothing that can be read."""
    if found := _AUDIT_LINE.search(file.content):
        return found[2].decode()
    if b"audit" not in file.content:
        return ""
    try:
        data = parse_tree(file.content, file.file).data
    except InputError:
        return ""
    return str(data.get("audit") or "") if isinstance(data, dict) else ""
