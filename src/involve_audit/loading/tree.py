"""YAML bytes to a tree of plain text, with the position of every value (formats.md, "Reading YAML").

Nothing is given a type here: a scalar is text, or None where a plain one is empty. What is written plainly is read
by `loading.plain`. Anything else is built in one pass over libyaml's events (`loading.events`), which keeps positions
and lets every refusal be reported together. That is imported where it is needed, and nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, repeat
from typing import Any

from involve_audit.errors import InputError, Problem, bounded, not_utf8
from involve_audit.inputs import kind_of, kind_or_table, require_text
from involve_audit.language import _, in_short, ngettext, number
from involve_audit.loading.files import LARGEST_FILE
from involve_audit.loading.plain import NOTHING, read_plain

DEEPEST = 64
MOST_VALUES = 100_000
"""How many keys and values a YAML file may hold: a rubric of 1,000 questions with all its help holds half of it."""
MOST_IN_JSON, MOST_OBJECTS = 500_000, 50_000
"""How many values a record may hold, and how many of them may be objects: 300 questions and 50 views with a note and
evidence to every answer make 150,000 and 30,000."""
LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""Where YAML ends a line. So does `splitlines` in whatever holds no control characters."""
_BOM = b"\xef\xbb\xbf"
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ASCII_TEXT = bytes([*b"\t\n\r", *range(32, 127)])

KeyPath = tuple[str | int, ...]


class TooMuch(Exception):
    """Reading on would help nobody: too deep, too many values, or too many problems already."""


def _paths(node: Any, path: KeyPath) -> Iterator[tuple[bool, KeyPath]]:
    """Where every value and every key stands, in the order of the file, and whether it is a key."""
    yield False, path
    if isinstance(node, dict):
        for key, child in node.items():
            yield True, (*path, key)
            yield from _paths(child, (*path, key))
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from _paths(child, (*path, place))


@dataclass
class Tree:
    """What a YAML file holds, every scalar as text.

    `data` is the root; `marks` say where each key and each value stands, in the order of the file: None where that is
    still to be found, in a text that was written plainly.
    """

    file: str
    data: Any = None
    text: str = ""
    marks: list[Any] | None = field(default_factory=list)

    @property
    def where_reasons_go(self) -> str:
        """What to do about a reason that is missing, where it is not written as YAML."""
        return ""

    @property
    def what_to_do_where_empty(self) -> str:
        """What to do about something that is missing, where it is not written as YAML."""
        return ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    @property
    def values(self) -> dict[KeyPath, Any]:
        """For the path of a value, where it stands (a mark whose `line` and `column` count from 0)."""
        return self._places[0]

    @property
    def keys(self) -> dict[KeyPath, Any]:
        """For the path of a value, where its key stands."""
        return self._places[1]

    @cached_property
    def _places(self) -> tuple[dict[KeyPath, Any], dict[KeyPath, Any]]:
        """Worked out only where there is something to say of a place: most files have no problems."""
        places: tuple[dict[KeyPath, Any], dict[KeyPath, Any]] = {}, {}
        marks = _marks_in(self.text) if self.marks is None else self.marks
        paths = _paths(self.data, ()) if marks else ()
        for (is_key, path), mark in zip(paths, chain(marks, repeat(None)), strict=False):
            places[is_key][path] = mark
        return places

    @property
    def of_another_kind(self) -> list[Problem]:
        """That this is none of our files but a web page, a table or the like, where it is."""
        content = self.text.encode()
        kind = kind_of(content) if isinstance(self.data, dict) else kind_or_table(content)
        return [Problem(self.file, *kind)] if kind else []

    def amend(self, change: Callable[[str, str], str | None]) -> None:
        """Put in the place of every value what it is changed to, from it and from the sign that it begins with."""
        for path, mark in self.values.items():
            if path and mark is not None:
                node: Any = self.data
                for part in path[:-1]:
                    node = node[part]
                if isinstance(value := node[path[-1]], str):
                    node[path[-1]] = change(value, self.line_at(mark)[mark.column : mark.column + 1])

    def line_at(self, mark: Any) -> str:
        """The line that a mark of the parser is on; empty where there is none."""
        return self.lines[mark.line] if mark is not None and mark.line < len(self.lines) else ""

    def problem(self, path: KeyPath, what: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A problem at `path`, or at the nearest place above it that the file has."""
        mark = self.keys.get(path) if at_key else None
        while mark is None and path not in self.values and path:
            path = path[:-1]
            mark = self.keys.get(path)
        return self.problem_at(mark or self.values.get(path), what, hint)

    def problem_at(self, mark: Any, what: str, hint: str = "") -> Problem:
        """A problem at a mark of the parser."""
        what = _shortened(what, 400)
        if mark is None:
            return Problem(self.file, what, hint)
        return Problem(self.file, what, hint, mark.line + 1, mark.column + 1, _shortened(self.line_at(mark).strip()))


def _shortened(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _marks_in(text: str) -> list[Any]:
    from involve_audit.loading.events import fill

    tree = Tree("", text=text)
    fill(tree, text.encode())
    return tree.marks or []


def parse_tree(content: bytes, file: str, parser: Any = None) -> Tree:
    """Parse one document: by `parser` where one is named, else in the quickest way that there is for it.

    Raises InputError with every problem: wrong encoding, duplicate keys, aliases, anchors, tags, a second
    document, nesting deeper than 64, or whatever the parser cannot read.
    """
    content = without_marks(content)
    tree = Tree(file, text=_decoded(content, file))
    if any(sign in tree.text for sign in _SIGNS_OF_CONFLICT):
        require_merged(tree.text, file)
    if parser is None and (data := read_plain(tree.text)) is not None:
        tree.data, tree.marks = data, None
        return tree
    from involve_audit.loading.events import fill

    masked = masked_halves(tree.text)
    if problems := fill(tree, content if masked is tree.text else masked.encode(), parser):
        require_ours(content, file)
        raise InputError(bounded(problems))
    if masked is not tree.text:
        tree.data = _with_keys_unmasked(tree.data)
        tree.amend(lambda value, sign: unmasked(value, sign == '"'))
    return tree


def parse_answers(content: bytes, file: str, parser: Any = None) -> Tree:
    """The tree of an answers file, with nothing where other programs write `null`, `~` or empty quotes for it.

    Raises InputError as `parse_tree` does.
    """
    tree = parse_tree(content, file, parser)
    if tree.marks is not None and _holds_nothing(tree.data):  # hardly ever: the places of values are dear
        tree.amend(lambda value, sign: None if is_nothing(value, sign if sign in _QUOTES else "") else value)
    return tree


def is_nothing(value: str, style: str | None) -> bool:
    """Whether a scalar in these quotes, or in none, is what programs write for nothing."""
    return not value.strip() or (not style and value in NOTHING)


def _holds_nothing(node: Any) -> bool:
    """Whether any value in a tree may be what programs write for nothing."""
    if isinstance(node, dict):
        return any(map(_holds_nothing, node.values()))
    if isinstance(node, list):
        return any(map(_holds_nothing, node))
    return isinstance(node, str) and is_nothing(node, None)


_QUOTES = ('"', "'", "|", ">")


def require_few_values(content: bytes, file: str, most: int = MOST_IN_JSON, objects: int = MOST_OBJECTS) -> None:
    """Raise InputError where JSON holds more values than this, or more objects; it is not parsed for that.

    Every value but the first follows a comma or opens a bracket. Those in texts are taken for such first, too, and left
    out only where it matters: few files hold so many.
    """
    for parts in ((content,), (re.sub(_JSON_TEXT, b"", part[0]) for part in re.finditer(_JSON_PART, content))):
        values = braces = 0
        for part in parts:
            braces += part.count(b"{")
            values += part.count(b",") + part.count(b"[") + part.count(b"{")
            if values > most or braces > objects:
                break
        else:
            return
    raise InputError(too_many(file, most))


_JSON_TEXT = rb'(?s)"(?:[^"\\]++|\\.)*+"?'
_JSON_PART = rb'(?s)(?:[^"]*+"(?:[^"\\]++|\\.)*+"?+){1,10000}+|[^"]++'
"""A part of JSON that cuts no text in two. Taken out of the whole at once, very many texts would take all memory."""


def too_many(file: str, most: int) -> Problem:
    what = _("this file holds more values than any of its kind should (more than {most})").format(most=number(most))
    return Problem(file, what, _("Was it written by something else than involve-audit, or put together of several?"))


def without_marks(content: bytes) -> bytes:
    """The content of a file without the byte order marks of UTF-8 that stand before it."""
    while content.startswith(_BOM):
        content = content.removeprefix(_BOM)
    return content


def _decoded(content: bytes, file: str) -> str:
    if len(content) > LARGEST_FILE:
        require_text(content, file)
        hint = _("Such a file is at most some 100 kB long.")
        raise InputError(Problem(file, _("this file is larger than 5 MB"), hint))
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        require_text(content, file)
        raise not_utf8(file, _line_at(content[: error.start].decode())) from None
    if content.isascii() and not content.translate(None, _ASCII_TEXT):  # nearly always, and quickly seen
        return text
    if found := NOT_TEXT.search(text):
        require_text(content, file)
        line = _line_at(text[: found.start()])
        what = _("there is a control character here (number {number})").format(number=ord(found[0]))
        raise InputError(Problem(file, what, _("Take it out."), line))
    return text


def _line_at(before: str) -> int:
    """The line that begins or goes on behind this text."""
    return len(LINE_END.findall(before)) + 1


# What git leaves where it could not put two versions of a file together.
_SIGNS_OF_CONFLICT = ("<<<<<<<", ">>>>>>>")
_CONFLICT = r"(<{7}|\|{7}|={7}|>{7})(?=\s|$)"
_MOST_MARKS = 12


def require_merged(text: str, file: str) -> None:
    """Raise InputError where git left its marks in a file, with their lines."""
    found = text.splitlines()
    marks = {number: mark[1] for number, line in enumerate(found, 1) if (mark := re.match(_CONFLICT, line))}
    if any(mark != "=======" or "format" in text for mark in marks.values()):
        first = next(iter(marks))
        what = ngettext(
            "git could not merge this: its mark is on line {lines}",
            "git could not merge this: its marks are on lines {lines}",
            len(marks),
        )
        what = what.format(lines=in_short(map(str, marks), _MOST_MARKS))
        hint = _("Keep one side of each place, and take the lines with the marks out.")
        raise InputError(Problem(file, what, hint, first, 1, found[first - 1]))


def require_ours(content: bytes, file: str) -> None:
    """Raise InputError where a file that cannot be read is none of text, or one that git could not merge."""
    require_text(content, file)
    require_merged(content.decode(errors="replace"), file)


# JSON writes a character beyond the first 65,536 as two halves, which no parser of YAML puts together.
_HALVES = r"(?<!\\)((?:\\\\)*)\\(u[dD][89abAB][0-9a-fA-F]{2})\\(u[dD][c-fC-F][0-9a-fA-F]{2})"
_MASK = "\uf8ff"
_MASKED = f"(?:{_MASK}u[0-9a-fA-F]{{4}}){{2}}"


def masked_halves(text: str) -> str:
    """The text with another sign in place of the backslashes of halves of characters: everything stays where it is."""
    if "\\ud" not in text and "\\uD" not in text:  # nearly always
        return text
    return text if _MASK in text else re.sub(_HALVES, rf"\1{_MASK}\2{_MASK}\3", text)


def unmasked(value: str, in_double_quotes: bool) -> str:
    """A value of a masked text as it was meant: in double quotes, two halves are one character."""
    if not in_double_quotes:
        return value.replace(_MASK, "\\")
    return re.sub(_MASKED, lambda found: json.loads(f'"{found[0]}"'.replace(_MASK, "\\")), value)


def _with_keys_unmasked(node: Any) -> Any:
    if isinstance(node, dict):
        return {unmasked(key, False): _with_keys_unmasked(value) for key, value in node.items()}
    return [*map(_with_keys_unmasked, node)] if isinstance(node, list) else node


# A line with a value behind its key or dash.
_HELD = r"""\s*((?:- +)*(?:(?:[\w-]+|"[^"]*"|'[^']*')[ \t]*:[ \t]+)?)(?<=[ \t])(\S.*?)\s*"""
# A key in brackets with its value, which holds no brackets of YAML itself.
_IN_BRACKETS = (
    r"""(?<=[{\[,])\s*([\w-]+:[ \t]+)(?!\{|\[\{)"""
    r"""((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')?+[^}]*?)(?=\s*(?:,\s*[\w-]+:\s|\}|$))"""
)
# How text begins that has to stand in quotes: with a sign of YAML, or with quotes or brackets that more follows.
NEEDS_QUOTES = (
    r"""[-?:](?=\s|$)|[*&!%@`,\]}#]|[|>](?!$|[-+0-9]*(?:\s+\#.*)?$)"""
    r"""|(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\]]*\]|\{[^}]*\})\s*(?![\s\#,:\]}])."""
    r"""|'(?=[^']*$)"""
)
# Text in single quotes, one of which is an apostrophe.
_APOSTROPHE = r"'[^']*(?:(?<=\w)'(?=\w)[^']*)+'"
_LONGEST_SHOWN, _LONGEST_LINE = 100, 2_000


def with_quotes(line: str, column: int | None = None) -> str:
    """The hint to put quotes around what stands behind the key or dash of a line, with the line as it should be.

    Empty where it cannot be told, as where a column is given at which not the whole of it stands.
    """
    held = value_in(line, column)
    if held is None or not (held[1] or column) or column not in (None, held.start(2)):
        return ""
    return quoted(held)


def value_in(line: str, column: int | None = None) -> re.Match[str] | None:
    """The key or dash of a line and its value; in brackets, those at a column, or of what has to stand in quotes."""
    for found in re.finditer(_IN_BRACKETS, line[:_LONGEST_LINE]):
        if found.start(2) == column if column is not None else re.match(NEEDS_QUOTES, found[2]):
            return found
    return re.fullmatch(_HELD, line)


def quoted(held: re.Match[str]) -> str:
    """The hint to put quotes around a value, of which the middle is not shown where it is long."""
    text = held[2][1:-1] if re.fullmatch(_APOSTROPHE, held[2]) else held[2]
    quote = "'" if '"' in text or "\\" in text else '"'
    text = text.replace("'", "''") if quote == "'" else text
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:60]} … {text[-30:]}"
    return _("Put quotes around it: `{line}`.").format(line=f"{held[1]}{quote}{shown}{quote}")


def listed(node: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings of a list, each with its place; nothing where `node` is no list."""
    if isinstance(node, list):
        for place, entry in enumerate(node):
            if isinstance(entry, dict):
                yield place, entry


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of one file from its top to its end, each once; of very many, the first."""
    return bounded(sorted(dict.fromkeys(problems), key=lambda problem: (problem.line or 0, problem.column or 0)))


def says_format(content: bytes, names: tuple[str, ...]) -> bool:
    """Whether a file says that it is of one of these formats, such as `involve-audit/answers`, in any version.

    The rest of the file may be wrong in any way. A parser reads it only where it names such a format otherwise than in
    a line at the left margin, as nearly every file does.
    """
    content = as_utf8(content[: LARGEST_FILE + 1])
    named, at_the_margin = _patterns(names)
    if at_the_margin.search(content):
        return True
    plain = (re.sub(_ESCAPED, _unescaped, content) if b"\\" in content else content).lower()
    if not any(name.encode() in plain for name in names):
        return False
    from involve_audit.loading.events import words_at_the_root

    if said := [value for key, value in words_at_the_root(content) if key.strip(_PASTED).casefold() == "format"]:
        return any(named.match(value.strip(_PASTED).encode()) for value in said)
    margin = re.search(_MARGIN, content)
    return margin is not None and re.search(_AT_A_MARGIN % re.escape(margin[1]) + named.pattern, content) is not None


_PASTED = " \t\r\n\xa0\u200b\u2060\ufeff“”„‘’«»"  # what a word processor or a page puts around a word
# The beginning of the first line that is neither empty, a comment, a directive nor a mark between documents.
_MARGIN = rb"(?m)^([ \t]*)(?!---|\.\.\.)[^\s#%]"
# The key `format` there, in a file that no parser can read.
_AT_A_MARGIN = rb"""(?im)^%b(?:[{?][ \t]*)?["']?format["']?[\s\xc2\xa0]*:[\s\xc2\xa0]*(?:[|>][-+0-9]*\s*)?["']?"""
# How a letter or a slash can stand in double quotes, and a line be broken there.
_ESCAPED = rb"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(/)|\r?\n[ \t]*)"


@cache
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """What is one of these names, and what finds one beside `format` at the left margin."""
    named = b"(?:" + b"|".join(re.escape(name.encode()) for name in names) + rb")(?![\w-])"
    return re.compile(named, re.IGNORECASE), re.compile(rb"""^format:\s*["']?""" + named, re.MULTILINE)


def _unescaped(found: re.Match[bytes]) -> bytes:
    digits = found[1] or found[2] or found[3]
    return chr(min(int(digits, 16), 0x10FFFF)).encode(errors="replace") if digits else found[4] or b""


def as_utf8(content: bytes) -> bytes:
    """The content without byte order marks, for a look at it also where it is saved in an encoding that is refused."""
    if content[:4].isascii() and b"\0" not in content[:4]:
        return content  # nearly always
    marked = next((mark for mark in _WIDE if content.startswith(mark)), None)
    wide = _WIDE.get(marked or bytes(map(bool, content[:4])))
    return without_marks(content.decode(wide, "replace").encode() if wide else content)


# UTF-32 and UTF-16 by the mark at their beginning, and by which of their first four bytes are zero without one.
_WIDE = {
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    bytes((1, 0, 0, 0)): "utf-32-le",
    bytes((0, 0, 0, 1)): "utf-32-be",
    bytes((1, 0, 1, 0)): "utf-16-le",
    bytes((0, 1, 0, 1)): "utf-16-be",
}
