"""What came back: a file of responses by what it holds, whatever its name ends in (docs/collecting.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.errors import InputError
from involve_audit.loading.answers_files import is_answers
from involve_audit.loading.files import FileContent
from involve_audit.loading.view import ReadView, read_view

if TYPE_CHECKING:
    from involve_audit.model.rubric import Rubric, Sourced


@dataclass(frozen=True)
class Assumed:
    """What is known of responses beside what they say: the rubric, and what to take where a response does not say it.

    `columns` is the file that says which column of a table is which question.
    """

    today: date
    rubric: Sourced[Rubric] | None = None
    subject: str | None = None
    audit: str | None = None
    perspective: str | None = None
    columns: str | None = None


class Received(NamedTuple):
    """What a file gave: one view for each response, and what to tell about the file, in sentences.

    The views can be gone through once. `told` is complete once they have been.
    """

    views: Iterator[ReadView]
    told: list[str]


class Kind(NamedTuple):
    """A sort of file: how it is told by its content, and the module whose `read(file, assumed)` gives `Received`."""

    is_it: Callable[[bytes], bool]
    module: str


_OF_OFFICE = (b"PK\3\4", b"\xd0\xcf\x11\xe0")
KINDS: Sequence[Kind] = (Kind(lambda content: content.startswith(_OF_OFFICE), "workbook"),)
"""In the order in which they are tried; what none of them is can only be an answers file."""


def receive(file: FileContent, assumed: Assumed) -> Received:
    """What a file of responses gives. Raises InputError where it is nothing that can be read."""
    for kind in KINDS:
        if kind.is_it(file.content):
            found: Received = import_module(f"involve_audit.loading.responses.{kind.module}").read(file, assumed)
            return found
    read = read_view(file.content, file.file, assumed.today)
    if read.source is None and not is_answers(file.content):
        raise InputError(read.problems)
    return Received(iter([read]), [])
