"""A saved copy of a form: the answers that it keeps for another day (docs/collecting.md, "Reading what came back")."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from involve_audit.errors import InputError, NothingToRead, Problem
from involve_audit.language import _
from involve_audit.loading.files import LARGEST_FILE, FileContent, digest
from involve_audit.loading.responses.cells import Cells
from involve_audit.loading.responses.received import Assumed, Received, filled
from involve_audit.loading.tree import KeyPath, as_utf8
from involve_audit.loading.view import view_of_tree
from involve_audit.model.view import FORMAT, NOT_APPLICABLE

_PEOPLE = "people-"


def read(file: FileContent, assumed: Assumed) -> Received:
    """The response that a saved form keeps. Raises InputError where nobody has answered in it."""
    if len(file.content) > LARGEST_FILE:
        raise InputError(Problem(file.file, _("this page is larger than any form"), _("Is it a form of this program?")))
    form = _Form()
    form.feed(as_utf8(file.content).decode(errors="replace"))
    try:
        kept = json.loads(form.kept) if form.kept.strip() else {}
        tree = Cells(file.file, data=dict(_tree(form, kept)), cells=form.places) if kept else None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        what = _("the answers in this copy of a form are damaged")
        raise InputError(Problem(file.file, what, _("Ask for the answers once more."))) from None
    if tree is None:
        what = _("there are no answers in this copy of the form")
        hint = _("In the form, the answers are saved as a file at the end, or with “Save a copy”, not by the browser.")
        raise NothingToRead(Problem(file.file, what, hint))
    read = view_of_tree(filled(tree, assumed), digest(file.content), assumed.today)
    doubts = [Problem(file.file, what, hint) for what, hint in _doubts(form, kept, tree.data)]
    return Received(iter([replace(read, doubts=[*read.doubts, *doubts])]), [])


def _doubts(form: _Form, kept: dict[str, Any], said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the form itself would have asked about, had the answers been handed in: each with what to do."""
    if form.asks_people and not said.get("respondents"):
        what = _("this copy of a form does not say how many people answered")
        yield what, _("It counts as answered by nobody: a reading of documents. --perspective says who answered.")
    for item, given in kept["answers"]:
        if given.get("reason") and given.get("answer") != NOT_APPLICABLE:
            what = _("`{item}` has a reason why it does not apply, and another answer").format(item=item)
            yield what, _("The reason is left out.")


class _Form(HTMLParser):
    """What a form says of itself, and the text that it keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str | None] = {}
        self.kept = ""
        self.asks_people = False
        self.places: dict[KeyPath, str] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.said |= given
        if (item := given.get("data-item")) and (title := given.get("data-title")):
            self.places["answers", item] = title
        self.asks_people |= (given.get("data-field") or "").startswith(_PEOPLE)
        self._inside = tag == "template" and given.get("id") == "kept"

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.kept += data


def _tree(form: _Form, kept: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What an answers file from this form would say."""
    head = _text_of(kept["head"])
    yield "format", FORMAT
    yield from ((name, form.said[f"data-{name}"]) for name in ("rubric", "audit") if form.said.get(f"data-{name}"))
    yield from ((name, kept[name]) for name in ("response", "saved") if kept.get(name))
    if subject := {name: head[key] for name, key in (("name", "subject"), ("kind", "kind")) if head.get(key)}:
        yield "subject", subject
    if head.get("day"):
        yield "date", head["day"]
    yield "respondents", {key.removeprefix(_PEOPLE): head[key] for key in head if key.startswith(_PEOPLE)}
    yield "answers", {item: _answer(_text_of(given)) for item, given in kept["answers"]}
    yield "actions", [_text_of(action) for action in kept["actions"]]


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    """An answer; a reason that was typed before another answer was chosen goes."""
    keys = [key for key in given if given[key] and (key != "reason" or given.get("answer") == NOT_APPLICABLE)]
    return {key: given[key] for key in keys}


def _text_of(part: Any) -> Any:
    """The same with text that can be written: half of a character is none."""
    if isinstance(part, dict):
        return {key: _text_of(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_text_of(value) for value in part]
    return part.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(part, str) else part
