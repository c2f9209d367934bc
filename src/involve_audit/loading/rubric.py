"""Finding a rubric by its id or its file, and reading it."""

from __future__ import annotations

from pathlib import Path

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.files import digest, is_file, read_bytes
from involve_audit.loading.library import Shelf, read_by_id, shelf_of, shelf_with
from involve_audit.loading.rubric_rules import rule_problems
from involve_audit.loading.tree import Tree, in_file_order, parse_tree
from involve_audit.loading.validation import validated
from involve_audit.model.audit import Sourced
from involve_audit.model.rubric import Rubric


def parse_rubric(content: bytes, file: str) -> Sourced[Rubric]:
    """The rubric that `content` holds. Raises InputError with every problem of the file."""
    rubric, problems = rubric_of(parse_tree(content, file))
    if rubric is None or problems:
        raise InputError(problems)
    return Sourced(rubric, file, digest(content))


def rubric_of(tree: Tree) -> tuple[Rubric | None, list[Problem]]:
    """The rubric that a tree stands for, if its schema is kept, and every problem."""
    rubric, problems = validated(Rubric, tree)
    return rubric, in_file_order([*problems, *rule_problems(tree)])


def load_rubric(reference: str) -> Sourced[Rubric]:
    """The rubric of an id or, where there is none of this id, of a file's name.

    Raises InputError where there is no such rubric, or with every problem of its file.
    """
    return parse_rubric(*read_reference(reference))


def load_rubric_by_id(rubric_id: str) -> Sourced[Rubric]:
    """The rubric of an id, wherever it is found first (`loading.library`); never a file of another name.

    Raises InputError where there is none, or with every problem of its file.
    """
    return rubric_on(shelf_with(rubric_id), rubric_id)


def rubric_on(shelf: Shelf, rubric_id: str) -> Sourced[Rubric]:
    """The rubric of an id in one place. Raises InputError with every problem of its file."""
    found = parse_rubric(shelf.read(rubric_id), shelf.file(rubric_id))
    if found.content.id != rubric_id:
        what = _("this file is named after the id `{name}`, and the id in it is `{id}`")
        hint = _("Name it `{id}.yaml`, or change its id.").format(id=found.content.id)
        raise InputError(Problem(found.file, what.format(name=rubric_id, id=found.content.id), hint))
    return found


def read_reference(reference: str) -> tuple[bytes, str]:
    """The content of a rubric's file, and its name: of an id or, where there is none of this id, of a file.

    Raises InputError where there is no such rubric.
    """
    if shelf_of(reference) is None and _looks_like_a_file(reference):
        return read_bytes(Path(reference)), reference
    return read_by_id(reference)


def _looks_like_a_file(reference: str) -> bool:
    return reference.endswith((".yaml", ".yml")) or "/" in reference or is_file(Path(reference))


def fits(rubric: Rubric, wanted: str) -> bool:
    """Whether answers that name `id@version` can be read with this rubric.

    They can with the version they name and every later one of the same major version (formats.md, "Version").
    """
    rubric_id, _, start = wanted.partition("@")
    own = [int(part) for part in rubric.version.split(".")]
    first = [int(part) for part in start.split(".")]
    return rubric_id == rubric.id and own[0] == first[0] and own >= first
