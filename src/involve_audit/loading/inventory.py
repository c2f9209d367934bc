"""Everything that is kept in the places where rubrics are found (`loading.library`)."""

from __future__ import annotations

from involve_audit.errors import InputError
from involve_audit.loading.library import Shelf, shelf_of, shelves
from involve_audit.loading.rubric import rubric_on
from involve_audit.model.library import Found, Place


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
