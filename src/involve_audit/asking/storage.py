"""The text of an answers file that is being filled in.

A new file is written out whole. A file that a person may have edited is read and written back by ruamel.yaml, so
that its comments and its order stay, and only what changed is changed. Either way the text is read back and held
against the draft before anybody may keep it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from io import StringIO
from typing import Any

from involve_audit.asking.draft import Draft
from involve_audit.errors import InputError, OutputError, Problem
from involve_audit.escaping import is_bare, yaml_text
from involve_audit.language import N_, _
from involve_audit.loading.view import read_view

_HEADER = N_("Written by involve-audit while the questions were answered. It can be edited by hand.")


class Storage:
    """How one draft becomes text: `content` is what its file held when it was opened, None for a new file."""

    def __init__(self, content: bytes | None = None) -> None:
        self.is_new = content is None
        self.document: Any = None
        if content is not None:
            from ruamel.yaml.error import YAMLError

            text = content.decode().lstrip("\ufeff")
            self.round_trip = _round_trip(text)
            with suppress(YAMLError):  # it takes some files for none that others read: they stay as they are
                self.document = self.round_trip.load(text)

    def text(self, draft: Draft) -> str:
        """The file's text with the draft in it. Raises OutputError where it would not read back as the draft."""
        text = whole(draft) if self.is_new else self._edited(draft) if self.document is not None else ""
        if not reads_as(text, draft):
            what = _("the answers could not be put into this file without changing something else")
            raise OutputError(Problem("", what, _("They are saved in a new file beside it.")))
        return text

    def _edited(self, draft: Draft) -> str:
        for key, value in draft.head().items():
            if key in draft.touched and isinstance(value, dict) and isinstance(self.document.get(key), dict):
                _amend(self.document[key], value)
            elif key in draft.touched:
                self.document[key] = _in_quotes(value)
        if self.document.get("answers") is None:
            self.document["answers"] = {}
        for item, filled in draft.answers.items():
            if item in draft.touched:
                self._set_answer(item, filled.as_tree())
        stream = StringIO()
        self.round_trip.dump(self.document, stream)
        return stream.getvalue()

    def _set_answer(self, item: str, tree: Any) -> None:
        answers = self.document["answers"]
        if not tree:
            answers.pop(item, None)
        elif isinstance(tree, dict) and isinstance(answers.get(item), dict):
            _amend(answers[item], tree)
        else:
            answers[_in_quotes(item)] = _in_quotes(tree)


def _amend(present: Any, tree: dict[str, Any]) -> None:
    """Make a mapping of the document say what the tree says, leaving alone what says so already."""
    for key in [key for key in present if key not in tree]:
        del present[key]
    for key, value in tree.items():
        now = present.get(key)
        if isinstance(value, list) and isinstance(now, list) and _as_text(now) == _as_text(value[: len(now)]):
            now.extend(_in_quotes(value[len(now) :]))
        elif _as_text(now) != _as_text(value):
            present[_in_quotes(key)] = _in_quotes(value)


def _in_quotes(node: Any) -> Any:
    """The node with its text in quotes wherever another reader of YAML would read something else."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(node, dict):
        return {_in_quotes(key): _in_quotes(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_in_quotes(value) for value in node]
    return str(node) if isinstance(node, int) or is_bare(node) else DoubleQuotedScalarString(node)


def _as_text(node: Any) -> Any:
    """A part of the document as our own reader sees it: nothing but text."""
    if isinstance(node, dict):
        return {str(key): _as_text(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_as_text(value) for value in node]
    return None if node is None else str(node).strip()


def whole(draft: Draft) -> str:
    """The text of a new file with the draft in it."""
    return "".join(f"{line}\n" for line in (f"# {_(_HEADER)}", *_lines(draft.as_tree())))


def _lines(tree: dict[str, Any], indent: str = "") -> Iterator[str]:
    for key, value in tree.items():
        name = f"{indent}{yaml_text(key)}:"
        if isinstance(value, str | int):
            yield f"{name} {yaml_text(value) if isinstance(value, str) else value}"
            continue
        yield name if value else f"{name} {{}}"
        if isinstance(value, dict):
            yield from _lines(value, f"{indent}  ")
        else:
            for first, *others in (list(_lines(entry, f"{indent}    ")) for entry in value):
                yield from (f"{indent}  - {first.strip()}", *others)


_NESTED = re.compile(r"^[\w-]+:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*([ ]+)[^\s#-]", re.MULTILINE)
_LISTED = re.compile(r"^([ ]*)[\w-]+:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*([ ]*)-([ ]+)", re.MULTILINE)


def _round_trip(text: str) -> Any:
    """An editor that indents as the text does."""
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver

    class TextOnly(VersionedResolver):
        """Everything is text, as `loading.tree` has it: `~`, `True` and `+5` stay as somebody wrote them."""

        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            return self.DEFAULT_SCALAR_TAG if kind is ScalarNode and value else super().resolve(kind, value, implicit)

    editor = YAML(typ="rt")
    editor.Resolver = TextOnly
    editor.preserve_quotes = True
    editor.width = sys.maxsize
    nested, listed = _NESTED.search(text), _LISTED.search(text)
    offset = len(listed[2]) - len(listed[1]) if listed else 2
    editor.indent(
        mapping=len(nested[1]) if nested else 2,
        sequence=offset + 1 + len(listed[3]) if listed else 4,
        offset=offset,
    )
    return editor


def reads_as(text: str, draft: Draft) -> bool:
    """Whether the text is a valid view that says what the draft says."""
    try:
        view = read_view(text.encode(), "", draft.date or date.min).source
    except InputError:
        return False
    return view is not None and Draft.of(view.content).as_tree() == draft.as_tree()
