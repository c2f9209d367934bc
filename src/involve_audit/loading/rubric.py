"""Finding a rubric by its id or its file, and reading it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.files import digest, is_file, read_bytes
from involve_audit.loading.library import Shelf, no_such, read_by_id, shelf_of, shelf_with, shelves
from involve_audit.loading.rubric_rules import rule_problems
from involve_audit.loading.tree import Tree, in_file_order, parse_tree
from involve_audit.loading.validation import validated
from involve_audit.model.audit import Overlaid, Sourced, layers, own_id
from involve_audit.model.library import Found, Place
from involve_audit.model.rubric import Rubric

if TYPE_CHECKING:
    from involve_audit.model.overlay import Overlay

_OVERLAY = "involve-audit/overlay@"


@dataclass(frozen=True, slots=True)
class ReadRubric:
    """A file that was read: the rubric it holds, or None and why not. `tree` is that of the whole rubric.

    Of an overlay, `own` is its own tree, and `base` what it extends, as far as they could be read.
    """

    tree: Tree
    source: Sourced[Rubric] | None
    problems: tuple[Problem, ...]
    own: Tree | None = None
    overlay: Overlay | None = None
    base: ReadRubric | None = None


def parse_rubric(content: bytes, file: str) -> Sourced[Rubric]:
    """The rubric that `content` holds, or makes of another one. Raises InputError with every problem of the file."""
    read = read_rubric(content, file)
    if read.source is None:
        raise InputError(read.problems)
    return read.source


def read_rubric(content: bytes, file: str, above: tuple[str, ...] = ()) -> ReadRubric:
    """Read a rubric, or an overlay together with the rubric that it extends.

    `above` are the ids of the overlays that led here. Raises InputError where the file is no YAML of our kind.
    """
    tree = parse_tree(content, file)
    if isinstance(tree.data, dict) and str(tree.data.get("format", "")).startswith(_OVERLAY):
        return _read_overlay(tree, digest(content), above)
    rubric, problems = _rubric_of(tree)
    source = Sourced(rubric, file, digest(content)) if rubric and not problems else None
    return ReadRubric(tree, source, tuple(problems))


def _rubric_of(tree: Tree) -> tuple[Rubric | None, list[Problem]]:
    """The rubric that a tree stands for, if its schema is kept, and every problem."""
    rubric, problems = validated(Rubric, tree)
    problems = in_file_order([*problems, *rule_problems(tree)])
    return rubric, [_told_of_overlays(tree, problem) for problem in problems]


def _told_of_overlays(tree: Tree, problem: Problem) -> Problem:
    """A problem, with another remedy where it is about `extends` in a file that says it is a whole rubric."""
    if ("extends",) not in tree.keys or problem.line != tree.problem(("extends",), "", at_key=True).line:
        return problem
    hint = _("A file that extends another rubric begins with `format: {format}`.").format(format=f"{_OVERLAY}1")
    return replace(problem, hint=hint)


def _read_overlay(tree: Tree, sha256: str, above: tuple[str, ...]) -> ReadRubric:
    from involve_audit.loading.overlaying.overlaid import overlaid
    from involve_audit.model.overlay import Overlay

    overlay, problems = validated(Overlay, tree)
    if overlay is None:
        return ReadRubric(tree, None, tuple(in_file_order(problems)), tree)
    base = _base_of(tree, overlay, above)
    if isinstance(base, Problem) or base.source is None:
        return ReadRubric(tree, None, (base,) if isinstance(base, Problem) else base.problems, tree, overlay)
    whole, conflicts = overlaid(tree, overlay, base.tree)
    if conflicts:
        return ReadRubric(tree, None, tuple(in_file_order(conflicts)), tree, overlay, base)
    rubric, follow = _rubric_of(whole)
    problems = in_file_order([at_the_overlay(tree, problem) for problem in follow])
    source = Overlaid(rubric, tree.file, sha256, base.source, overlay) if rubric and not problems else None
    return ReadRubric(whole, source, tuple(problems), tree, overlay, base)


def _base_of(tree: Tree, overlay: Overlay, above: tuple[str, ...]) -> ReadRubric | Problem:
    """The rubric that an overlay extends, or why there is none."""
    wanted = overlay.extends.partition("@")[0]
    chain = (*above, overlay.id)
    if wanted in chain:
        what = _("these overlays extend each other in a circle: {circle}")
        circle = " → ".join(f"`{name}`" for name in (*chain[chain.index(wanted) :], wanted))
        return tree.problem(("extends",), what.format(circle=circle), _("One of them has to extend a rubric."))
    try:
        shelf = shelf_with(wanted)
        base = read_rubric(shelf.read(wanted), shelf.file(wanted), chain)
    except InputError as error:
        (first, *_rest) = error.problems
        return tree.problem(("extends",), first.what, first.hint)
    if base.source is None:
        what = _("the rubric that it extends is not valid: {problem}").format(problem=base.problems[0].what)
        hint = _("Put that right first: involve-audit rubric check {file}").format(file=shelf.file(wanted))
        return tree.problem(("extends",), what, hint)
    if not serves(base.source, overlay.extends):
        found = base.source.content
        what = _("it extends `{wanted}`; the rubric at hand is `{id}@{version}`")
        hint = _("Name the version at hand, after you have looked at what changed in it.")
        return tree.problem(("extends",), what.format(wanted=overlay.extends, id=found.id, version=found.version), hint)
    return base


def at_the_overlay(tree: Tree, problem: Problem) -> Problem:
    """A problem of the whole rubric: where it stands in the original, it follows from what the overlay changes."""
    if problem.path == tree.file:
        return problem
    what = _("with these changes: {problem} ({where})").format(problem=problem.what, where=problem.where)
    return tree.problem(("extends",), what, problem.hint)


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
    if own_id(found) != rubric_id:
        what = _("this file is named after the id `{name}`, and the id in it is `{id}`")
        hint = _("Name it `{id}.yaml`, or change its id.").format(id=own_id(found))
        raise InputError(Problem(found.file, what.format(name=rubric_id, id=own_id(found)), hint))
    return found


def read_reference(reference: str) -> tuple[bytes, str]:
    """The content of a rubric's file, and its name: of an id or, where there is none of this id, of a file.

    Raises InputError where there is no such rubric.
    """
    if shelf_of(reference) is not None:
        return read_by_id(reference)
    if not _looks_like_a_file(reference):
        raise InputError(no_such(reference))
    return read_bytes(Path(reference)), reference


def _looks_like_a_file(reference: str) -> bool:
    return reference.endswith((".yaml", ".yml")) or "/" in reference or is_file(Path(reference))


def serves(found: Sourced[Rubric], wanted: str) -> bool:
    """Whether answers that name `id@version` can be read with this rubric.

    They can with the version they name and every later one of the same major version (formats.md, "Version"), and
    with whatever overlays made of it.
    """
    names = [(layer.overlay.id, layer.overlay.version) for layer in layers(found)]
    names += [(each.content.id, each.content.version) for each in (found, *(layer.base for layer in layers(found)))]
    return any(_fits(rubric_id, version, wanted) for rubric_id, version in names)


def fits(rubric: Rubric, wanted: str) -> bool:
    """Whether answers that name `id@version` are for this version of the rubric, or an earlier one that it serves."""
    return _fits(rubric.id, rubric.version, wanted)


def _fits(rubric_id: str, version: str, wanted: str) -> bool:
    wanted_id, _at, start = wanted.partition("@")
    own = [int(part) for part in version.split(".")]
    first = [int(part) for part in start.split(".")]
    return rubric_id == wanted_id and own[0] == first[0] and own >= first


def inventory() -> list[Place]:
    """Every place with its rubrics, the place that wins first."""
    return [
        Place(shelf.name, str(shelf.folder or ""), tuple(_found(shelf, rubric_id) for rubric_id in shelf.ids()))
        for shelf in shelves()
    ]


def _found(shelf: Shelf, rubric_id: str) -> Found:
    file, first = shelf.file(rubric_id), shelf_of(rubric_id)
    behind = first.file(rubric_id) if first and first != shelf else ""
    try:
        return Found(rubric_id, file, rubric_on(shelf, rubric_id), behind=behind)
    except InputError as error:
        return Found(rubric_id, file, None, error.problems[0].what, behind)


def file_to_name(found: Sourced[Rubric]) -> str | None:
    """The rubric's file, where its id finds nothing or another one. A translation goes by the id of its original."""
    rubric_id = found.content.id
    shelf = shelf_of(rubric_id)
    if shelf and (own_id(found) != rubric_id or digest(shelf.read(rubric_id)) == found.sha256):
        return None
    return found.file
