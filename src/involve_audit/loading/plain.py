"""Plainly written YAML to the tree that libyaml makes of it, in half the time (formats.md, "Reading YAML").

Nearly every answers file is written plainly, by people and by this program. What is read here is a small part of YAML,
chosen so that every line can be understood by itself: no value goes on in another line but a text in a block, and no
sign in it means anything but itself. Where a line holds anything else, the file is left to libyaml, which alone says
what is wrong with a file, and where something stands in it. `tests/unit/loading/test_plain.py` holds the two to each
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

MOST_CHARACTERS = 100_000
"""A text of so many characters holds no more keys and values than a file may (`tree.MOST_VALUES`)."""
LONGEST_LINE, MOST_LINES_KEPT = 2_000, 2_000
"""The files of a run repeat most of their lines, so what some of them say is kept, and none of these is long."""
NOTHING = frozenset({"~", "null", "Null", "NULL", ".nan", ".NaN", ".NAN", "NaN"})
"""What other programs write for nothing, without quotes."""

# How a line begins: indentation (so small that nothing is nested too deep), the dash of an entry, and a key: a word
# of signs that are none of YAML's, short enough to be taken for a key.
_BEGINNING = re.compile(r"( {0,24})(- )?(?:([A-Za-z][\w-]{0,99}):(?: +|$))?")
# Text without quotes begins with none of YAML's signs.
_FIRST = r"[\w(/+<$^;=\u2018\u201c\xa3\u20ac]"
_WORDS = re.compile(_FIRST)
# Text in quotes is neither empty nor blank here, and a backslash stands only for the sign behind it.
_QUOTED = re.compile(r"""'([^\s'][^']*)'|"([^\s"\\][^"\\]*(?:\\["\\][^"\\]*)*)\"""")
_ESCAPED = re.compile(r"\\(.)")
_BLOCKS = (">-", "|-", ">", "|")
# In braces, text without quotes holds no bracket and no comma, and a colon only within a word. `findall` leaves no gap
# between what it finds: what is no pair is found by the dot, and has no key.
_OTHER = r"[^,\[\]{}?:#]*+"
_PAIRS = re.compile(
    r"(?:^\{|, +)([A-Za-z][\w-]{0,99}): +"
    rf"""(?:"([^\s"\\][^"\\]*)"|({_FIRST}{_OTHER}(?:(?::(?=[\w/])|(?<! )#){_OTHER})*(?<! )))(?:\}}$|(?=,))|."""
)


class _Said(NamedTuple):
    """What a line says. `depth` is twice the column of its key, and one more where it begins with a dash.

    `value` is None where nothing stands beside the key, and still to be taken apart where it begins with a `sign`: with
    a brace, or with that of a text which follows.
    """

    depth: int
    key: str | None
    value: Any
    sign: str = ""


class _NotPlain(Exception):
    """This is for libyaml to read."""


def read_plain(text: str) -> Any:
    """The tree of a text, in which no value is empty, blank or one of `NOTHING`.

    None where the text is not written plainly, or holds nothing at all.
    """
    if len(text) > MOST_CHARACTERS or any(sign in text for sign in "\t\ufeff\u2028\u2029"):
        return None
    lines = text.splitlines()
    try:
        return _tree(_with_blocks(lines) if ">" in text or "|" in text else map(_understood, lines))
    except _NotPlain:
        return None


def _tree(said: Iterable[_Said | None]) -> Any:
    whole: dict[str, Any] = {}
    above: list[tuple[int, Any]] = []
    # What is being read and its depth, and its last key where nothing stands beside that yet.
    node: Any = whole
    at, open_key = -1, ""
    for depth, key, value, sign in filter(None, said):
        while depth < at:
            at, node = above.pop()
            open_key = ""
        if depth > at:
            above.append((at, node))
            at, node = depth, _opened(node, open_key, depth)
        given = _mapping(value) if sign else value
        if key is None:
            node.append(given)
            open_key = ""
            continue
        if depth & 1:
            entry: dict[str, Any] = {}
            node.append(entry)
            above.append((at, node))
            at, node = at + 3, entry  # the keys of an entry stand two columns behind its dash
        if key in node:
            raise _NotPlain
        node[key] = given
        open_key = key if given is None else ""
    return whole.get("")


def _opened(node: Any, key: str, depth: int) -> Any:
    """The list or mapping that begins at a depth, put beside the key above it."""
    if not key and node:
        raise _NotPlain  # nothing may stand below what is complete
    node[key] = [] if depth & 1 else {}
    return node[key]


def _with_blocks(lines: list[str]) -> Iterator[_Said | None]:
    """What lines say one after another, where texts may stand in blocks. Raises `_NotPlain`."""
    place = 0
    while place < len(lines):
        said = _understood(lines[place])
        place += 1
        if said and said.sign in _BLOCKS:
            column = said.depth // 2 + (2 if said.depth & 1 and said.key else 0)
            text, place = _block(lines, place, column, said.value)
            said = said._replace(value=text, sign="")
        yield said


def _block(lines: list[str], begins: int, column: int, header: str) -> tuple[str, int]:
    """The text below what stands in a column, and the place of the line behind it. Raises `_NotPlain`."""
    margin = re.match(" *", lines[begins])[0] if begins < len(lines) else ""  # type: ignore[index]
    ends = begins
    while ends < len(lines) and (lines[ends].startswith(margin) or not lines[ends].strip(" ")):
        ends += 1
    found = [line[len(margin) :] for line in lines[begins:ends]]
    text = "\n".join(found).rstrip("\n")
    if len(margin) <= column or not text.strip() or not found[0] or any(line[:1] == " " for line in found):
        raise _NotPlain
    if header[0] == ">":
        text = re.sub("\n(\n*)", lambda ended: ended[1] or " ", text)
    if header[-1] == "-":
        return text, ends
    if ends == len(lines) and found[-1]:
        raise _NotPlain  # whether it ends with a line depends on whether the file does
    return f"{text}\n", ends


@lru_cache(MOST_LINES_KEPT)
def _understood(line: str) -> _Said | None:
    """What a line says by itself; None where that is nothing. Raises `_NotPlain`."""
    beginning = _BEGINNING.match(line)
    if beginning is None or len(line) > LONGEST_LINE:
        raise _NotPlain
    indentation, dash, key = beginning.groups()
    said = line[beginning.end() :]
    said = "" if said[:1] == "#" else said.partition(" #")[0].rstrip(" ")
    depth = 2 * len(indentation) + bool(dash)
    if not (said or dash or key):
        return None
    if key or (dash and said):
        return _Said(depth, key, _value(said), said[:1] if said[:1] in "{>|" else "")
    raise _NotPlain


def _value(said: str) -> str | None:
    """What stands behind a key or a dash, without quotes. Raises `_NotPlain`."""
    if not said or said[0] == "{":
        return said or None
    if quoted := _QUOTED.fullmatch(said):
        return quoted[1] or _ESCAPED.sub(r"\1", quoted[2])
    if (_WORDS.match(said) and ": " not in said and said[-1] != ":" and said not in NOTHING) or said in _BLOCKS:
        return said
    raise _NotPlain


def _mapping(text: str) -> dict[str, str]:
    """What stands in braces. Raises `_NotPlain`."""
    found = _PAIRS.findall(text)
    pairs = {key: words or quoted for key, quoted, words in found}
    if len(pairs) != len(found) or "" in pairs or not NOTHING.isdisjoint(pairs.values()):
        raise _NotPlain
    return pairs
