"""What came back: a file of responses by what it holds, whatever its name ends in (docs/collecting.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.errors import InputError
from involve_audit.inputs import CODE, FORM, is_mail
from involve_audit.loading.answers_files import is_answers
from involve_audit.loading.files import FileContent, digest
from involve_audit.loading.tree import Tree, as_utf8, parse_answers
from involve_audit.loading.view import ReadView, view_of_tree

if TYPE_CHECKING:
    from involve_audit.model.rubric import Rubric, Sourced


@dataclass(frozen=True)
class Assumed:
    """What is known of responses beside what they say: the rubric, and what to take where a response does not say it.

    `columns` is the file that says which column of a table is which question; `notes` whether notes of tables are read.
    """

    today: date
    rubric: Sourced[Rubric] | None = None
    subject: str | None = None
    audit: str | None = None
    perspective: str | None = None
    columns: str | None = None
    notes: bool = True


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


OF_OFFICE = (b"PK\3\4", b"\xd0\xcf\x11\xe0")
# How an answers file begins that does not say what it is, and no table does.
_KEY_ALONE = re.compile(rb"\s*(?:#[^\n]*\n\s*)*[\w-]+:[^,;\t\n]*$", re.MULTILINE)
_HEAD = 10_000


def is_form(content: bytes) -> bool:
    """Whether this is a form of ours that is filled in with a browser, saved or not."""
    return re.search(FORM, as_utf8(content)) is not None


def holds_code(content: bytes) -> bool:
    """Whether a text holds a code with answers, or a piece of one."""
    return re.search(CODE, as_utf8(content)) is not None and not is_answers(content)


def is_table(content: bytes) -> bool:
    """Whether this can only be a table, or nothing that is read at all."""
    return not is_answers(content) and _KEY_ALONE.match(as_utf8(content[:_HEAD])) is None


KINDS: Sequence[Kind] = (
    Kind(lambda content: content.startswith(OF_OFFICE), "workbook"),
    Kind(is_mail, "mail"),
    Kind(is_form, "page"),
    Kind(holds_code, "code"),
)
"""In the order in which they are tried. What none of them is can only be an answers file or a table."""
_TABLE = Kind(is_table, "table")


def receive(file: FileContent, assumed: Assumed) -> Received:
    """What a file of responses gives. Raises InputError where it is nothing that can be read."""
    for kind in (*KINDS, _TABLE):
        if kind.is_it(file.content):
            found: Received = import_module(f"involve_audit.loading.responses.{kind.module}").read(file, assumed)
            return found
    read = view_of(file, assumed)
    if read.source is None and not is_answers(file.content):
        raise InputError(read.problems)
    return Received(iter([read]), [])


def view_of(file: FileContent, assumed: Assumed) -> ReadView:
    """The view that an answers file holds, with what is assumed where it does not say it. Raises InputError."""
    tree = filled(parse_answers(file.content, file.file), assumed)
    return view_of_tree(tree, digest(file.content), assumed.today)


def filled(tree: Tree, assumed: Assumed) -> Tree:
    """The tree with what is assumed in it where it does not say so itself."""
    if isinstance(root := tree.data, dict):
        people = root.get("respondents")
        named = isinstance(people, dict) and any(str(count).strip("0") for count in people.values())
        who = {} if named or assumed.perspective is None else {assumed.perspective: "1"}
        about = said if isinstance(said := root.get("subject") or {}, dict) else {"name": said}
        if assumed.subject and not about.get("name"):
            root["subject"] = {**about, "name": assumed.subject}
        given = {"audit": assumed.audit, "respondents": who}
        root |= {key: value for key, value in given.items() if value and (key == "respondents" or not root.get(key))}
    return tree
