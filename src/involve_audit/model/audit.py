"""All views of one subject in one round, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Subject, View

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
    `left_out` names the kinds of things that it held before (keys of `render.vocabulary.LEFT_OUT`).
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
