"""What is found where rubrics are kept."""

from __future__ import annotations

from dataclasses import dataclass

from involve_audit.model.audit import Sourced
from involve_audit.model.rubric import Rubric

HERE, YOURS, SHIPPED = PLACES = ("here", "yours", "shipped")


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a place: the id it is found by, the rubric in it (None where it is not valid), and what is wrong.

    `behind` names the file that is used instead, because its place comes first; empty where this one is used.
    """

    id: str
    file: str
    rubric: Sourced[Rubric] | None
    problem: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One place, its folder, and what is in it. `name` is one of `PLACES`; the shipped rubrics have no folder."""

    name: str
    folder: str
    found: tuple[Found, ...]
