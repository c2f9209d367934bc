"""Where rubrics are found by their id: in `./rubrics`, in the user's folder, or among those that are shipped.

The first place that has a file `ID.yaml` wins. An id is never a path: it has only small letters, digits and hyphens,
so that an answers file can name a rubric and cannot make the program read any other file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from involve_audit import resources
from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.files import is_file, read_bytes
from involve_audit.loading.tree import says_format
from involve_audit.model.library import HERE, SHIPPED, YOURS
from involve_audit.suggest import suggestion

SUFFIX = ".yaml"
_FORMATS = ("involve-audit/rubric", "involve-audit/overlay")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Shelf(NamedTuple):
    """One place: its name (one of `model.library.PLACES`), and its folder; the shipped rubrics may have none."""

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
        return says_format(read_bytes(path), _FORMATS)
    except InputError:
        return True


def shelves() -> Iterator[Shelf]:
    """Every place, the one that wins first."""
    yield Shelf(HERE, Path("rubrics"))
    yield Shelf(YOURS, user_folder())
    yield Shelf(SHIPPED, None)


def user_folder() -> Path:
    """The folder for rubrics that the user wants to have everywhere. It need not exist."""
    from platformdirs import user_data_path

    return user_data_path("involve-audit", appauthor=False) / "rubrics"


def is_id(word: str) -> bool:
    """Whether a word can be an id at all."""
    return _ID.fullmatch(word) is not None


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


def read_by_id(rubric_id: str) -> tuple[bytes, str]:
    """The content of the file of an id, and its name. Raises InputError where there is none."""
    shelf = shelf_with(rubric_id)
    return shelf.read(rubric_id), shelf.file(rubric_id)


def all_ids() -> list[str]:
    """Every id that is found somewhere, each once, the place that wins first."""
    return list(dict.fromkeys(rubric_id for shelf in shelves() for rubric_id in shelf.ids()))


def no_such(reference: str) -> Problem:
    """What to say where words of the command line find no rubric, neither by an id nor as a file."""
    if is_file(Path(f"{reference}{SUFFIX}")):
        ways_on = _("There is a file `{file}` here: name it with its ending.").format(file=f"{reference}{SUFFIX}")
        return Problem("", _("there is no rubric `{id}`").format(id=reference), ways_on)
    return _no_such(reference, _("A file is named with its ending."))


def _no_such(rubric_id: str, otherwise: str) -> Problem:
    what = _("there is no rubric `{id}`").format(id=rubric_id)
    ways_on = _("`involve-audit rubric list` shows all.")
    return Problem("", what, " ".join(filter(None, (suggestion(rubric_id, all_ids()), ways_on, otherwise))))
