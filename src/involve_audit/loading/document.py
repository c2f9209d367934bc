"""A YAML file changed in place: what it should say otherwise it says, and every other byte stays as somebody wrote it.

The file is edited where its reader finds each part of it, and the result is read again and held against what it should
say (formats.md, "Changing a file").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from yaml.events import MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from involve_audit.errors import InputError, OutputError, Problem
from involve_audit.escaping import as_json, is_bare, yaml_text
from involve_audit.language import _
from involve_audit.loading.events import Parser
from involve_audit.loading.tree import (
    LINE_END,
    KeyPath,
    is_nothing,
    masked_halves,
    parse_answers,
    unmasked,
    without_marks,
)
from involve_audit.model.view import View

INDENTATION = 2
_BLOCK_SCALAR = re.compile("[|>][-+0-9]*([ \t]+#[^\r\n\x85\u2028\u2029]*)?")
_BLANK = " \t\r\n\x85\u2028\u2029"


def edited(content: bytes, wanted: dict[str, Any], file: str = "") -> str:
    """The text of a file that says `wanted` at its root: text, whole numbers, lists and mappings of these by key.

    What the file says already stays as it is written, and a new key comes behind the one that is before it in
    `wanted`. Raises OutputError where that cannot be done, and InputError where the file is no YAML of ours.
    """
    marks = content[: len(content) - len(without_marks(content))].decode()
    before = parse_answers(content, file)
    change = Change(before.text)
    change.root(wanted)
    text = marks + change.text
    try:
        if _said(parse_answers(text.encode(), file).data) == _said(wanted):
            return text
    except InputError:
        pass
    what = _("this file cannot be changed without changing something else in it")
    raise OutputError(Problem(file, what, _("Write one answer to a line, as in the examples, and try again.")))


def view_text(view: View, *comments: str) -> str:
    """The text of a new answers file that says all that a view says, below these comments."""
    return "".join(f"{line}\n" for line in (*(f"# {comment}" for comment in comments), *written(view.as_tree())))


def written(tree: dict[str, Any], indent: str = "", step: int = INDENTATION) -> Iterator[str]:
    """The lines of YAML that say a tree of text, numbers, mappings, and lists of mappings."""
    further = indent + " " * step
    for key, value in tree.items():
        name = f"{indent}{yaml_text(key)}:"
        if not isinstance(value, dict | list) or not value:
            yield f"{name} {_in_line(value)}"
            continue
        yield name
        if isinstance(value, dict):
            yield from written(value, further, step)
        else:
            for entry in value:
                yield from _entry(entry, further, step)


def _entry(entry: Any, indent: str, step: int = INDENTATION) -> Iterator[str]:
    """The lines of one entry of a list."""
    if not isinstance(entry, dict) or not entry:
        yield f"{indent}- {_in_line(entry)}"
        return
    first, *others = written(entry, f"{indent}  ", step)
    yield f"{indent}- {first.lstrip(' ')}"
    yield from others


def _in_line(value: Any) -> str:
    return yaml_text(value) if isinstance(value, str) else as_json(value)


def _said(node: Any) -> Any:
    """What a part of a file says, as our own reader sees it: text, and what holds text; None where it says nothing."""
    if isinstance(node, dict):
        return {key: said for key, value in node.items() if (said := _said(value)) is not None} or None
    if isinstance(node, list):
        return [said for value in node if (said := _said(value)) is not None] or None
    return None if node is None else str(node).strip() or None


@dataclass(slots=True)
class _Node:
    """A part of the file, between two places of its text: `says` is its text, or the key or dash, and value, of each
    part that it holds. `in_brackets` says whether these stand in brackets."""

    start: int
    end: int
    says: str | dict[Any, _Held] | None
    in_brackets: bool = False
    is_list: bool = False

    @property
    def tree(self) -> Any:
        """What it says; None where that is nothing."""
        if not isinstance(self.says, dict):
            return _said(self.says)
        found = {key: held.part.tree for key, held in self.says.items()}
        return _said(list(found.values()) if self.is_list else found)


class _Held(NamedTuple):
    """A part with its key or dash, which stands at `start`. Behind that, the part may stand from `after` on."""

    start: int
    after: int
    part: _Node
    key: range = range(0)

    @property
    def end(self) -> int:
        return max(self.after, self.part.end)


class _Text:
    """The text of a file, and where each part of it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0, *(found.end() for found in LINE_END.finditer(text))]
        self.next: Any = Parser(masked_halves(text).encode()).get_event
        self.next()
        self.next()
        self.root = self._part(self.next(), 0, False)

    def line_of(self, place: int) -> int:
        """Where the line begins that a place is on."""
        return self.lines[bisect_right(self.lines, place) - 1]

    def line_end(self, place: int) -> int:
        """Where the line ends that a place is on, before its break."""
        found = LINE_END.search(self.text, place)
        return found.start() if found else len(self.text)

    def column(self, part: _Node) -> int:
        """How far what a block holds is indented."""
        assert isinstance(part.says, dict)
        start = next(iter(part.says.values())).start
        return start - self.line_of(start)

    def step(self, part: _Node) -> int:
        """How much deeper the first mapping within another one is indented; 0 where there is none."""
        inner = [held.part for held in part.says.values() if held.part.says] if isinstance(part.says, dict) else []
        for found in inner:
            if isinstance(found.says, dict) and not (part.is_list or found.is_list or found.in_brackets):
                return self.column(found) - self.column(part)
        return next(filter(None, map(self.step, inner)), 0)

    def _part(self, event: Any, after: int, in_brackets: bool) -> _Node:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, ScalarEvent):
            if event.style in ("|", ">"):
                end = start + len(self.text[start:end].rstrip(_BLANK))
            nothing = start == end  # it may be written where the key ends
            text = unmasked(event.value, event.style == '"')
            says = None if is_nothing(text, event.style) else text
            return _Node(after, after, says) if nothing else _Node(start, end, says)
        in_brackets = in_brackets or event.flow_style
        is_list = isinstance(event, SequenceStartEvent)
        held, closing = (self._entries if is_list else self._keys)(start, in_brackets)
        end = closing.end_mark.index if in_brackets else max((one.end for one in held.values()), default=start)
        return _Node(start, end, held, in_brackets, is_list)

    def _keys(self, _start: int, in_brackets: bool) -> tuple[dict[Any, _Held], Any]:
        held = {}
        while not isinstance(key := self.next(), MappingEndEvent):
            start, after = key.start_mark.index, key.end_mark.index
            name = range(start, after)
            if (before := self.text[self.line_of(start) : start].rstrip(" \t")).endswith("?"):
                start = self.line_of(start) + len(before) - 1
            event = self.next()
            after = self.text.find(":", after, event.start_mark.index) + 1 or after
            held[unmasked(key.value, False)] = _Held(start, after, self._part(event, after, in_brackets), name)
        return held, key

    def _entries(self, start: int, in_brackets: bool) -> tuple[dict[Any, _Held], Any]:
        held: dict[Any, _Held] = {}
        dash = re.compile(rf"(?<=[\r\n\x85\u2028\u2029]){' ' * (start - self.line_of(start))}-(?=\s|\Z)")
        while not isinstance(event := self.next(), SequenceEndEvent):
            if in_brackets:
                start = event.start_mark.index
            elif held and (found := dash.search(self.text, held[len(held) - 1].end)):
                start = found.end() - 1
            after = start + (not in_brackets)
            held[len(held)] = _Held(start, after, self._part(event, after, in_brackets))
        return held, event


class Change:
    """What is to change in the text of a file that was read, each change from one place to another."""

    def __init__(self, text: str) -> None:
        self.at = _Text(text)
        self.before = text
        self.step = self.at.step(self.at.root) or INDENTATION
        self.changes: list[tuple[int, int, str]] = []

    @property
    def text(self) -> str:
        """The text with every change in it."""
        parts, at = [], 0
        for start, end, new in sorted(self.changes, key=lambda change: change[:2]):
            parts += [self.before[at:start], new]
            at = max(at, end)
        return "".join([*parts, self.before[at:]])

    def root(self, wanted: dict[str, Any]) -> None:
        """Make the file say this."""
        self._collection(self.at.root, wanted)

    def word(self, path: KeyPath, word: str) -> None:
        """Put a word in the place of the one at a path, in the same quotes."""
        held = self._held(path)
        self.changes.append((held.part.start, held.part.end, self._in_style(held.part.start, word)))

    def rename(self, path: KeyPath, name: str) -> None:
        """Give the key at a path another name, in the same quotes."""
        held = self._held(path)
        self.changes.append((held.key.start, held.key.stop, self._in_style(held.key.start, name)))

    def _held(self, path: KeyPath) -> _Held:
        part, held = self.at.root, None
        for key in path:
            assert isinstance(part.says, dict)
            held = part.says[key]
            part = held.part
        assert held is not None
        return held

    def _in_style(self, place: int, word: str) -> str:
        quote = self.before[place : place + 1]
        return f"{quote}{word}{quote}" if quote in ("'", '"') and is_bare(word) else yaml_text(word)

    def _make(self, held: _Held, wanted: Any, above: _Node) -> None:
        """Make one part of another say this, in as few words as can be."""
        part = held.part
        if part.tree == _said(wanted):
            return
        alike = wanted and part.says and isinstance(wanted, list if part.is_list else dict)
        if not (isinstance(part.says, dict) and alike and self._collection(part, wanted)):
            self._replace(held, wanted, above)

    def _collection(self, part: _Node, wanted: Any) -> bool:
        """Make a collection say this; False, with nothing done, where nothing of it would stay.

        What is said to be open or empty stays so, with its comment, unless it is to say something.
        """
        assert isinstance(part.says, dict)
        new = self._places(part, wanted) if part.is_list else wanted
        kept = [key for key, held in part.says.items() if key in new or held.part.tree is None]
        if not kept:
            return False
        present = list(part.says)
        for place, key in enumerate(present):
            if key not in kept:
                kept_later = any(other in kept for other in present[place + 1 :])
                self._remove(part, place, kept_later)
        before: _Held | None = None
        last = list(takewhile(lambda key: key not in present, new))  # nothing is before them
        for key in (*list(new)[len(last) :], *last):
            if key in part.says:
                before = part.says[key]
                self._make(before, new[key], part)
            else:
                self._add(part, None if key in last else before, key, new[key])
        return True

    def _places(self, part: _Node, wanted: list[Any]) -> dict[int, Any]:
        """The entries that a list should have, by the places of those that stay in it; others have places behind."""
        assert isinstance(part.says, dict)
        if len(wanted) == len(part.says):
            return dict(enumerate(wanted))
        new, left = {}, list(wanted)
        for place, held in part.says.items():
            if left and held.part.tree == _said(left[0]):
                new[place] = left.pop(0)
        return new | dict(enumerate(left, len(part.says)))

    def _remove(self, part: _Node, place: int, kept_later: bool) -> None:
        """Take out one part, with its lines where it has lines of its own."""
        assert isinstance(part.says, dict)
        held = list(part.says.values())
        this, line = held[place], self.at.line_of(held[place].start)
        if not part.in_brackets and not self.before[line : this.start].strip(" "):
            end = self.at.line_end(this.end)
            self.changes.append((line, min([start for start in self.at.lines if start > end] or [end]), ""))
        elif kept_later:
            self.changes.append((this.start, held[place + 1].start, ""))
        else:
            self.changes.append((held[place - 1].end if place else this.start, this.end, ""))

    def _add(self, part: _Node, before: _Held | None, key: Any, value: Any) -> None:
        """Put in something new, behind the part that is before it, or else behind all that is there."""
        assert isinstance(part.says, dict)
        at = (before or list(part.says.values())[-1]).end
        if part.in_brackets:
            new = as_json(value) if part.is_list else as_json({key: value})[1:-1]
            self.changes.append((at, at, self._apart(at, f", {new}")))
            return
        column = self.at.column(part)
        indent = " " * column
        self._insert(at, column, _entry(value, indent) if part.is_list else written({key: value}, indent, self.step))

    def _insert(self, place: int, column: int, lines: Iterable[str]) -> None:
        """Put lines behind the line of a place, and behind comments that are indented deeper than they are."""
        found = LINE_END.search(self.before, place) or LINE_END.search(self.before)
        line_end = found[0] if found else "\n"
        deeper = re.compile(rf"(?:(?:{LINE_END.pattern})[ \t]*)*(?:{LINE_END.pattern}) {{{column + 1},}}#")
        at = self.at.line_end(place)
        while comment := deeper.match(self.before, at):
            at = self.at.line_end(comment.end())
        self.changes.append((at, at, "".join(line_end + line for line in lines)))

    def _replace(self, held: _Held, wanted: Any, above: _Node) -> None:
        """Put something else in the place of a part. A comment behind it stays."""
        part, start = held.part, held.part.start
        header = _BLOCK_SCALAR.match(self.before, start, part.end) if isinstance(part.says, str) else None
        if part.says == {} and "#" in self.before[start : part.end]:  # brackets with nothing but a comment in them
            self.changes.append((part.end - 1, part.end - 1, as_json(wanted)[1:-1]))
            return
        if above.in_brackets:
            colon = ": " if held.key and held.key.stop == held.after else ""
            self.changes.append((start, part.end, self._apart(start, colon + as_json(wanted))))
            return
        is_block = isinstance(part.says, dict) and not part.in_brackets
        if is_block or (wanted and isinstance(wanted, dict | list) and self.before[held.after : start].isspace()):
            start = held.after
        comment = header[1] or "" if header else ""
        in_lines = wanted and isinstance(wanted, dict | list)
        self._without_tabs(part.end if in_lines else self.at.line_end(part.end))
        if not in_lines:
            self.changes.append((start, part.end, self._apart(start, _in_line(wanted)) + comment))
            return
        self.changes.append((start, part.end, comment))
        column = held.start - self.at.line_of(held.start)
        deeper = " " * (column + self.step)
        if isinstance(wanted, dict):
            self._insert(part.end, column, written(wanted, deeper, self.step))
        else:
            self._insert(part.end, column, (line for entry in wanted for line in _entry(entry, deeper)))

    def _without_tabs(self, place: int) -> None:
        """Put spaces for tabs in what is blank from here on: behind plain text it is read, and behind lines not."""
        blank = re.compile(f"[{_BLANK}]*").match(self.before, place)
        assert blank is not None
        self.changes += [(at, at + 1, " ") for at in range(place, blank.end()) if self.before[at] == "\t"]

    def _apart(self, place: int, text: str) -> str:
        """Text with a space before it, where a colon or a dash stands right before its place."""
        return f" {text}" if self.before[place - 1 : place] in (":", "-") else text
