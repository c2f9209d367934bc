"""All views of one subject in one round, where they came from, and what overlays made of their rubric."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Subject, View

if TYPE_CHECKING:
    from involve_audit.model.overlay import Overlay

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Sourced(Generic[Content]):
    """What a file held, the file's name and the SHA-256 of its bytes (empty in an audit made ready for sharing)."""

    content: Content
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit, ready for the engine: at least one view, all of one subject and for one rubric.

    `date` is that of the latest view. Files of views are named from the folder that holds them all, so that
    a result is the same wherever it is worked out; `inputs` are the paths of everything that was read.
    `left_alone` names YAML files of a folder that hold no answers. `fewer_than` is set where the audit was made
    ready for sharing (`render.publishing`): numbers of respondents below it are not known to it any more, and
    `left_out` names the kinds of things that it held before (keys of `words.reports.LEFT_OUT`).
    """

    id: str
    subject: Subject
    date: date
    views: tuple[Sourced[View], ...]
    rubric: Sourced[Rubric]
    inputs: tuple[str, ...] = ()
    left_alone: tuple[str, ...] = ()
    fewer_than: int | None = None
    left_out: tuple[str, ...] = ()

    @property
    def unheard(self) -> str | None:
        """The title of the rubric's first perspective where no view includes it (method.md, section 3)."""
        for first in self.rubric.content.perspectives[:1]:
            if not any(first.id in view.content.present for view in self.views):
                return first.title
        return None


@dataclass(frozen=True, slots=True)
class Overlaid(Sourced[Rubric]):
    """A rubric that an overlay made of another: `file` and `sha256` are the overlay's."""

    base: Sourced[Rubric]
    overlay: Overlay

    @property
    def is_translation(self) -> bool:
        """Whether only its words differ, being in another language."""
        return self.overlay.language is not None


def own_id(found: Sourced[Rubric]) -> str:
    """The id that a file is found by: a translation has one of its own, and that of the rubric stays."""
    return found.overlay.id if isinstance(found, Overlaid) else found.content.id


def layers(found: Sourced[Rubric]) -> Iterator[Overlaid]:
    """The overlays that made a rubric, the last one first."""
    while isinstance(found, Overlaid):
        yield found
        found = found.base


def original(found: Sourced[Rubric]) -> Sourced[Rubric]:
    """The rubric below all overlays."""
    while isinstance(found, Overlaid):
        found = found.base
    return found


def tailorings(found: Sourced[Rubric]) -> list[Overlaid]:
    """The overlays that changed more than the language, the last one first."""
    return [layer for layer in layers(found) if not layer.is_translation]


def lineage(found: Sourced[Rubric]) -> tuple[str, ...]:
    """The ids of a rubric and of those that it was made of, its own first, each once."""
    return tuple(dict.fromkeys((found.content.id, *(layer.base.content.id for layer in layers(found)))))


def fingerprint(found: Sourced[Rubric]) -> tuple[str, ...]:
    """What a rubric is known by: the digests of every file that it was made of, its own first."""
    return (found.sha256, *(layer.base.sha256 for layer in layers(found)))


def as_filed(found: Sourced[Rubric]) -> Rubric:
    """The rubric with the id and the version of its file, which a translation has of its own."""
    if isinstance(found, Overlaid) and found.is_translation:
        return found.content.model_copy(update={"id": found.overlay.id, "version": found.overlay.version})
    return found.content
