"""YAML read event by event: the tree, the place of everything in it, and in plain words what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from involve_audit.errors import MOST_PROBLEMS, Problem
from involve_audit.language import N_, _, number
from involve_audit.letters import oddities
from involve_audit.loading.tree import (
    DEEPEST,
    MOST_VALUES,
    NEEDS_QUOTES,
    NOT_TEXT,
    TooMuch,
    Tree,
    as_utf8,
    quoted,
    too_many,
    value_in,
    with_quotes,
)


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser, for a machine without libyaml."""

    def __init__(self, stream: bytes) -> None:
        yaml.reader.Reader.__init__(self, stream)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)

    def get_event(self) -> Event:
        event: Event = yaml.parser.Parser.get_event(self)  # type: ignore[no-untyped-call]
        getattr(event, "value", "").encode()  # raises ValueError for half a character, as libyaml refuses it
        return event

    def scan_plain(self) -> Any:
        """Text without quotes: within brackets too a question mark is a letter of it, as to libyaml."""
        signs = self.peek
        self.__dict__["peek"] = lambda index=0: signs(index).replace("?", "_")
        try:
            return super().scan_plain()
        finally:
            del self.__dict__["peek"]


Parser: Any = _PureParser
with suppress(ImportError):
    from yaml._yaml import CParser

    Parser = CParser


def fill(tree: Tree, content: bytes, parser: Any = None) -> list[Problem]:
    """Fill a tree from its content, and tell what is wrong with it."""
    building = _Building(tree, (parser or Parser)(content))
    try:
        building.read_document()
    except TooMuch:
        pass
    except yaml.MarkedYAMLError as error:
        building.problems.append(_not_yaml(tree, error))
    except ValueError:
        building.problems.append(_no_character(tree))
    return building.problems


_NO_CHARACTER = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}|\\U(?!0010|000)")


def _no_character(tree: Tree) -> Problem:
    what = _("an escape stands for no character, or for half of one")
    found = _NO_CHARACTER.search(tree.text)
    line = tree.text.count("\n", 0, found.start()) + 1 if found else None
    return Problem(tree.file, what, _("Write the character itself, or take the backslash and what follows out."), line)


def _not_yaml(tree: Tree, error: yaml.MarkedYAMLError) -> Problem:
    """What the parser could not read, in words that do not need a knowledge of YAML, nor depend on the parser."""
    context, problem = error.context or "", error.problem or ""
    mark = error.problem_mark or error.context_mark
    if "scalar" in context and "escape" not in problem and "end of stream" in problem:
        return _as_text(tree, error.context_mark or mark, _OPEN_QUOTE)
    if "escape" in problem and _NO_CHARACTER.search(tree.line_at(mark)):
        return _no_character(tree)
    if "nesting depth" in problem:  # the parser's own limit, met while it looks ahead
        return tree.problem_at(mark, *_too_deep())
    if "flow" in context:
        return _as_text(tree, error.context_mark or mark, _OPEN_BRACKET)
    words = _UNREADABLE.get(_sign_at(tree, mark), _OUT_OF_PLACE)
    if "mapping values are not allowed" in problem:
        words = _STRAY_COLON
    elif "escape" in problem:
        words = _UNKNOWN_ESCAPE
    return _odd_colon(tree, mark, words) or _as_text(tree, mark, words)


def _odd_colon(tree: Tree, mark: Any, words: tuple[str, str]) -> Problem | None:
    """That a colon on the line, or on one of the two above it, is none to YAML for a sign that cannot be seen."""
    if not mark or words not in (_STRAY_COLON, _OUT_OF_PLACE):
        return None
    for place in range(max(0, mark.line - 2), min(mark.line + 1, len(tree.lines))):
        line = tree.lines[place]
        if (odd := _ODD_COLON.match(line)) and (hint := oddities(odd[1])):
            found = tree.problem_at(mark, _(words[0]), hint)
            return replace(found, line=place + 1, column=odd.start(1) + 1, text=line)
    return None


# A colon behind a key that is none of YAML, or has something behind it that is no blank to YAML.
_ODD_COLON = re.compile(r"[ \t]*[\w-]+[ \t]*(:[^\x00-\x7f]|\uff1a)")


def _as_text(tree: Tree, mark: Any, words: tuple[str, str]) -> Problem:
    """A problem in these words; or, where quotes would make text of the line, that text cannot begin as it does."""
    line, sign, (what, hint) = tree.line_at(mark), _sign_at(tree, mark), words
    held, around = value_in(line), " ".join(tree.lines[max(0, mark.line - 1) : mark.line + 1]) if mark else ""
    is_value = held and (held[1] or around.removesuffix(line).rstrip().endswith(":"))
    if held and is_value and (begins := re.match(NEEDS_QUOTES, held[2])):
        sign, what = begins[0][0], what if words is _STRAY_COLON else _NO_BEGINNING[0]
        return tree.problem_at(mark, _(what).format(sign=sign), quoted(held))
    if held and words is _STRAY_COLON and ": " in f"{held[2]} " and (shown := with_quotes(line)):
        or_missing = _("Or is a colon missing on the line above?")
        return tree.problem_at(mark, _(what), f"{shown} {or_missing}")
    if words in (_OPEN_BRACKET, _OUT_OF_PLACE) and " #" in around:
        hint = N_("What stands behind ` #` is a comment: put quotes around text that holds it.")
    return tree.problem_at(mark, _(what).format(sign=sign), _(hint))


# What begins with a mark of YAML, and may be meant as text.
_LIKE_TEXT = re.compile(r"\*\S+|&\S+(?:$|\s+[^{\[*\s].*)|!(?!![a-z]).*")


def _too_deep() -> tuple[str, str]:
    what = _("this is nested more than {depth} deep").format(depth=number(DEEPEST))
    return what, _("Brackets are missing or repeated; check them.")


_OPEN_QUOTE = (N_("a quote that opens here is not closed"), N_("Close it."))
_OPEN_BRACKET = (
    N_("a bracket that opens here is not closed as it should be"),
    N_("Close it, and put commas between the entries. Put quotes around text that holds brackets or a colon."),
)
_STRAY_COLON = (
    N_("there is a colon here that does not fit in"),
    N_("Is a colon missing on the line above? Put quotes around text that holds a colon and a space."),
)
_UNKNOWN_ESCAPE = (
    N_("a backslash in double quotes begins something unknown"),
    N_("Use single quotes, or two backslashes."),
)
_OUT_OF_PLACE = (
    N_("this line does not fit in here"),
    N_("Look at the indentation, and for a missing colon, on this line and the one above."),
)
_NO_BEGINNING = (N_("text cannot begin with `{sign}`"), N_("Put quotes around it."))
_UNREADABLE = {
    "\t": (N_("a tab stands here"), N_("Indent with spaces, not with tabs.")),
    **dict.fromkeys("%@`]},!>|", _NO_BEGINNING),
}


def _sign_at(tree: Tree, mark: Any) -> str:
    """The character at a mark, or the tab that its line is indented with."""
    line = tree.line_at(mark)
    indentation = line[: len(line) - len(line.lstrip())]
    return "\t" if "\t" in indentation else line[mark.column : mark.column + 1] if line else ""


class _Building:
    """One pass over the events of one file."""

    def __init__(self, tree: Tree, parser: Any) -> None:
        self.tree = tree
        self.marks: list[Any] = []
        tree.marks = self.marks
        self.next: Any = parser.get_event
        self.problems: list[Problem] = []

    def read_document(self) -> None:
        """Fill the tree from the first document and refuse a second one."""
        self.next()
        event = self.next()
        if isinstance(event, StreamEndEvent):
            self.tree.data = None
            return
        self.tree.data = self.node(self.next(), 0)
        self.next()
        event = self.next()
        if isinstance(event, DocumentStartEvent):
            self.refuse(
                event,
                _("a second document begins here"),
                _("Keep one document to a file: take out the `---` line."),
            )

    def refuse(self, event: Event, what: str, hint: str) -> None:
        self.problems.append(self.tree.problem_at(event.start_mark, what, hint))
        if len(self.problems) > MOST_PROBLEMS:
            raise TooMuch

    def refuse_mark(self, event: Event, what: str, hint: str) -> None:
        """Refuse a mark of YAML, which may be how somebody's text begins."""
        mark: Any = event.start_mark
        line = self.tree.line_at(mark)
        if mark is not None and _LIKE_TEXT.match(line, mark.column) and (shown := with_quotes(line, mark.column)):
            or_text = _("Or is it text?")
            hint = f"{hint} {or_text} {shown}"
        self.refuse(event, what, hint)

    def refuse_more(self) -> None:
        self.problems = [too_many(self.tree.file, MOST_VALUES)]
        raise TooMuch

    def node(self, event: Any, depth: int) -> Any:
        kind = type(event)
        self.marks.append(event.start_mark)
        if len(self.marks) > MOST_VALUES:
            self.refuse_more()
        if kind is AliasEvent:
            what = _("`{alias}` repeats another part of the file").format(alias=f"*{event.anchor}")
            self.refuse_mark(event, what, _("Write the text out here."))
            return None
        if event.anchor is not None:
            what = _("`{anchor}` is a name for use elsewhere (an anchor)").format(anchor=f"&{event.anchor}")
            self.refuse_mark(event, what, _("Take it out."))
        if event.tag is not None:
            what = _("`{tag}` is a type mark (a tag)").format(tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
            self.refuse_mark(event, what, _("Take it out: everything here is text."))
        if kind is ScalarEvent:
            return event.value or ("" if event.style else None)
        if depth >= DEEPEST:
            self.refuse(event, *_too_deep())
            raise TooMuch
        return self.mapping(depth + 1) if kind is MappingStartEvent else self.sequence(depth + 1)

    def sequence(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while type(event := self.next()) is not SequenceEndEvent:
            found.append(self.node(event, depth))
        return found

    def mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        firsts: dict[str, Any] = {}
        following, marks, mark = self.next, self.marks, self.marks.append
        while type(event := following()) is not MappingEndEvent:
            if type(event) is not ScalarEvent or event.anchor or event.tag:
                self.refuse(event, _("a key has to be a plain word"), _("Write `key: value`."))
                self.skip(event)
                self.skip(following())
                continue
            key = event.value
            if key in found:
                what = _("`{key}` is here twice; first on line {line}").format(key=key, line=firsts[key].line + 1)
                self.refuse(event, what, _("Keep one of them."))
                self.skip(following())
                continue
            firsts[key] = event.start_mark
            mark(event.start_mark)
            if len(marks) >= MOST_VALUES:
                self.refuse_more()
            event = following()
            if type(event) is ScalarEvent and event.anchor is None and event.tag is None:  # nearly always
                mark(event.start_mark)
                found[key] = event.value or ("" if event.style else None)
            else:
                found[key] = self.node(event, depth)
        return found

    def skip(self, event: Event) -> None:
        depth = 0
        while True:
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise TooMuch
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = self.next()


def words_at_the_root(content: bytes) -> Iterator[tuple[str, str]]:
    """The keys at the root of a file that have a word or a sentence beside them, as far as a parser gets in it."""
    parser = Parser(NOT_TEXT.sub(" ", as_utf8(content).decode(errors="replace")).encode())
    following = islice(iter(parser.get_event, None), 2 * MOST_VALUES).__next__
    with suppress(yaml.YAMLError, ValueError, StopIteration):
        while type(event := following()) is not StreamEndEvent:
            if type(event) is DocumentStartEvent and type(following()) is MappingStartEvent:
                while type(event := following()) is not MappingEndEvent:
                    key, value = _word(event, following), _word(following(), following)
                    if key is not None and value is not None:
                        yield key, value


def _word(event: Any, following: Callable[[], Any]) -> str | None:
    """The text of a node. One that is no text is passed over to its end, and None."""
    depth = 0
    while True:
        depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
        depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
        if depth == 0:
            return getattr(event, "value", None)
        event = following()
