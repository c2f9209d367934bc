"""Finding a rubric by its id or its file, and reading it.

An id is looked for in `./rubrics`, in the user's folder, and among those that are shipped. The first place that has a
file `ID.yaml` wins. An id is never a path: it has only small letters, digits and hyphens, so that an answers file can
name a rubric and cannot make the program read any other file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from involve_audit import resources
from involve_audit.errors import InputError, Problem, suggestion
from involve_audit.language import _, first_of
from involve_audit.loading.files import YAML_SUFFIXES, digest, is_file, read_bytes
from involve_audit.loading.rubric_rules import rule_problems
from involve_audit.loading.tree import Tree, in_file_order, parse_tree, says_format
from involve_audit.loading.validation import cut_short, validated
from involve_audit.model.names import is_id
from involve_audit.model.reference import Reference
from involve_audit.model.rubric import (
    FORMAT,
    HERE,
    SHIPPED,
    YOURS,
    KeptRubric,
    Overlaid,
    Place,
    Rubric,
    Sourced,
    fingerprint,
    layers,
    own_id,
)

if TYPE_CHECKING:
    from involve_audit.model.overlay import Overlay


SUFFIX = ".yaml"
MOST_LAYERS = 16
"""How many overlays may stand one on another."""
_RUBRIC, _OVERLAY = Reference.of(FORMAT).id, "involve-audit/overlay"


class Shelf(NamedTuple):
    """One place: its name (one of `model.rubric.PLACES`), and its folder; the shipped rubrics may have none."""

    name: str
    folder: Path | None

    def ids(self) -> list[str]:
        """The ids of the rubrics and overlays here, sorted; those that are shipped as they are shipped.

        Other YAML is left alone.
        """
        if self.folder is None:
            return resources.shipped_rubrics()
        try:
            found = {path.name.removesuffix(SUFFIX) for path in self.folder.glob(f"*{SUFFIX}") if _is_ours(path)}
        except OSError:
            return []
        shipped = resources.shipped_rubrics()
        order = {rubric_id: place for place, rubric_id in enumerate(shipped)}
        return sorted(filter(is_id, found), key=lambda rubric_id: (order.get(rubric_id, len(order)), rubric_id))

    def holds(self, rubric_id: str) -> bool:
        """Whether a file of this id is here."""
        if self.folder is None:
            return rubric_id in resources.shipped_rubrics()
        return is_file(self.folder / f"{rubric_id}{SUFFIX}")

    def file(self, rubric_id: str) -> str:
        """The name of the file of an id."""
        name = f"{rubric_id}{SUFFIX}"
        return name if self.folder is None else str(self.folder / name)

    def read(self, rubric_id: str) -> bytes:
        """The content of a file that is here. Raises InputError where it cannot be read."""
        if self.folder is None:
            return resources.read_rubric(rubric_id)
        return read_bytes(self.folder / f"{rubric_id}{SUFFIX}")


def _is_ours(path: Path) -> bool:
    """Whether a file says that it is a rubric or an overlay; also where it may not be read, so that it is named."""
    if not is_file(path):
        return False
    try:
        return is_ours(read_bytes(path))
    except InputError:
        return True


def is_ours(content: bytes) -> bool:
    """Whether a file says that it is a rubric or an overlay."""
    return says_format(content, (_RUBRIC, _OVERLAY))


def shelves() -> Iterator[Shelf]:
    """Every place, the one that wins first."""
    yield Shelf(HERE, Path("rubrics"))
    yield Shelf(YOURS, user_folder())
    yield Shelf(SHIPPED, None)


def user_folder() -> Path:
    """The folder for rubrics that the user wants to have everywhere. It need not exist."""
    from platformdirs import user_data_path

    return user_data_path("involve-audit", appauthor=False) / "rubrics"


def shelf_of(rubric_id: str) -> Shelf | None:
    """The place where an id is found; None where there is none."""
    if not is_id(rubric_id):
        return None
    return next((shelf for shelf in shelves() if shelf.holds(rubric_id)), None)


def shelf_with(rubric_id: str) -> Shelf:
    """The place where an id is found. Raises InputError where there is none."""
    shelf = shelf_of(rubric_id)
    if shelf is None:
        raise InputError(_no_such(rubric_id, _("For a file: -r FILE.")))
    return shelf


def all_ids() -> list[str]:
    """Every id that is found somewhere, each once, the place that wins first."""
    return list(dict.fromkeys(rubric_id for shelf in shelves() for rubric_id in shelf.ids()))


def _neither_id_nor_file(reference: str) -> Problem:
    """What to say where words of the command line find no rubric."""
    if is_file(Path(f"{reference}{SUFFIX}")):
        ways_on = _("There is a file `{file}` here: name it with its ending.").format(file=f"{reference}{SUFFIX}")
        return Problem("", _("there is no rubric `{id}`").format(id=reference), ways_on)
    return _no_such(reference, _("A file is named with its ending."))


def _no_such(rubric_id: str, otherwise: str) -> Problem:
    what = _("there is no rubric `{id}`").format(id=rubric_id)
    ways_on = _("`involve-audit rubric list` shows all.")
    return Problem("", what, " ".join(filter(None, (suggestion(rubric_id, all_ids()), ways_on, otherwise))))


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

    @property
    def doubts(self) -> list[Problem]:
        """What in the file itself somebody should look at, though it is taken as it stands."""
        return cut_short(type(self.overlay) if self.overlay else Rubric, self.own or self.tree)


def parse_rubric(content: bytes, file: str) -> Sourced[Rubric]:
    """The rubric that `content` holds, or makes of another one. Raises InputError with every problem of the file.

    A file that came with the program was read and held against all rules when the program was built.
    """
    sha256 = digest(content)
    if code := resources.built(_name_of_built(sha256)):
        tree: dict[str, Any] = {}
        exec(code, tree)  # of the program's own folder, as its modules are
        return Sourced(Rubric.from_tree(tree["TREE"]), file, sha256)
    read = read_rubric(content, file)
    if read.source is None:
        raise InputError(read.problems)
    return read.source


def compiled() -> Iterator[tuple[str, Callable[[], str]]]:
    """What makes Python of every sound rubric that comes with the program, with the name by which a run finds it."""
    for rubric_id in resources.shipped_rubrics():
        read = read_rubric(resources.read_rubric(rubric_id), rubric_id)
        if read.source and not isinstance(read.source, Overlaid):
            yield _name_of_built(read.source.sha256), partial(str, f"TREE = {read.tree.data!r}\n")


def _name_of_built(sha256: str) -> str:
    return f"rubric_{sha256}"


def read_rubric(content: bytes, file: str, above: tuple[str, ...] = ()) -> ReadRubric:
    """Read a rubric, or an overlay together with the rubric that it extends.

    `above` are the ids of the overlays that led here. Raises InputError where the file is no YAML of our kind.
    """
    tree = parse_tree(content, file)
    if isinstance(tree.data, dict) and Reference.of(str(tree.data.get("format"))).id == _OVERLAY:
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
    hint = _("A file that extends another rubric begins with `format: {format}`.").format(format=f"{_OVERLAY}@1")
    return replace(problem, hint=hint)


def _read_overlay(tree: Tree, sha256: str, above: tuple[str, ...]) -> ReadRubric:
    from involve_audit.loading.overlay import overlaid
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
    wanted = Reference.of(overlay.extends).id
    chain = (*above, overlay.id)
    if len(chain) > MOST_LAYERS:
        what = _("this is more than {most} overlays, one on another").format(most=MOST_LAYERS)
        raise InputError(tree.problem(("extends",), what, _("Put the changes of some of them into one.")))
    if wanted in chain:
        what = _("these overlays extend each other in a circle: {circle}")
        circle = ", ".join(first_of(f"`{name}`" for name in (*chain[chain.index(wanted) :], wanted)))
        return tree.problem(("extends",), what.format(circle=circle), _("One of them has to extend a rubric."))
    try:
        shelf = shelf_with(wanted)
        base = read_rubric(shelf.read(wanted), shelf.file(wanted), chain)
    except InputError as error:
        (first, *_rest) = error.problems
        return tree.problem(("extends",), first.what, first.hint)
    if base.source is None and base.overlay and base.base is None:  # it has no sound rubric below it either
        return tree.problem(("extends",), base.problems[0].what, base.problems[0].hint)
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
    """The rubric of an id, wherever it is found first; never a file of another name.

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
    if shelf := shelf_of(reference):
        return shelf.read(reference), shelf.file(reference)
    if not (reference.endswith(YAML_SUFFIXES) or "/" in reference or is_file(Path(reference))):
        raise InputError(_neither_id_nor_file(reference))
    return read_bytes(Path(reference)), reference


def serves(found: Sourced[Rubric], wanted: str) -> bool:
    """Whether answers that name `id@version` can be read with this rubric.

    They can with the version they name and every later one of the same major version (formats.md, "Version"), and
    with whatever overlays made of it.
    """
    if wanted == found.content.reference:  # nearly always
        return True
    names = [Reference(layer.overlay.id, layer.overlay.version) for layer in layers(found)]
    names += [Reference.of(each.content.reference) for each in (found, *(layer.base for layer in layers(found)))]
    return any(name.serves(Reference.of(wanted)) for name in names)


def inventory() -> list[Place]:
    """Every place with its rubrics, the place that wins first."""
    return [
        Place(shelf.name, str(shelf.folder or ""), tuple(_kept(shelf, rubric_id) for rubric_id in shelf.ids()))
        for shelf in shelves()
    ]


def _kept(shelf: Shelf, rubric_id: str) -> KeptRubric:
    file, first = shelf.file(rubric_id), shelf_of(rubric_id)
    behind = first.file(rubric_id) if first and first != shelf else ""
    try:
        return KeptRubric(rubric_id, file, rubric_on(shelf, rubric_id), behind=behind)
    except InputError as error:
        return KeptRubric(rubric_id, file, None, error.problems[0].what, behind)


def translations_of(found: Sourced[Rubric]) -> list[Rubric]:
    """The rubric in each other language that is at hand, that of its author too; of two in one language the first."""
    first = _as_its_author_wrote(found)
    kept = (each.rubric for place in inventory() for each in place.rubrics if each.rubric and not each.behind)
    same = (each for each in kept if fingerprint(_as_its_author_wrote(each)) == fingerprint(first))
    by_language = {each.content.language: each.content for each in reversed([found, first, *same])}
    del by_language[found.content.language]
    return list(reversed(by_language.values()))


def _as_its_author_wrote(found: Sourced[Rubric]) -> Sourced[Rubric]:
    """The rubric below its translations."""
    while isinstance(found, Overlaid) and found.is_translation:
        found = found.base
    return found


def file_to_name(found: Sourced[Rubric]) -> str | None:
    """The rubric's file, where its id finds nothing or another one. A translation goes by the id of its original."""
    rubric_id = found.content.id
    shelf = shelf_of(rubric_id)
    if shelf and (own_id(found) != rubric_id or digest(shelf.read(rubric_id)) == found.sha256):
        return None
    return found.file
