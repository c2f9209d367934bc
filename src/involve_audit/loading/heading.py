"""The lines by which files are told apart, read without parsing the rest (docs/batch.md, "What is read")."""

from __future__ import annotations

import re
from typing import NamedTuple

from involve_audit.errors import InputError
from involve_audit.loading.tree import looks_like, parse_tree
from involve_audit.model.view import FORMAT

_ANSWERS_PREFIX = FORMAT.partition("@")[0] + "@"
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# The other ways in which YAML can write one of these keys at the left margin.
_WRITTEN_OTHERWISE = re.compile(rb"""^(?:["'](?:audit|rubric)["']|(?:audit|rubric)[ \t]+:|\?)|\r(?!\n)""", re.MULTILINE)


_VALUE = re.compile(rb"""[ \t]+(["']?)([A-Za-z0-9@.-]+)\1[ \t]*(?:[ \t]#.*)?\r?""")


class Heading(NamedTuple):
    """What an answers file says it is: the audit it belongs to and the rubric it is for; empty where it says none."""

    audit: str
    rubric: str


def is_answers(content: bytes) -> bool:
    """Whether a file says that it holds answers: a line `format: involve-audit/answers@…` at the left margin."""
    wide = _WIDE.get(content[:2])  # saved in another encoding: no reason to pass over it in silence
    return looks_like(content.decode(wide, "replace").encode()[3:] if wide else content, _ANSWERS_PREFIX)


def heading(content: bytes) -> Heading:
    """The heading of an answers file, the rest of which may be wrong in any way."""
    audit, rubric = _line(content, b"audit:"), _line(content, b"rubric:")
    if audit is None or rubric is None or (not (audit and rubric) and _WRITTEN_OTHERWISE.search(content)):
        return _parsed(content)
    return Heading(audit, rubric)


def _line(content: bytes, key: bytes) -> str | None:
    """The word after a key at the left margin; empty where the key is not there, None where only a parser can tell."""
    start = 0 if content.startswith(key) else content.find(b"\n" + key) + 1
    if not start and not content.startswith(key):
        return ""
    end = content.find(b"\n", start)
    value = _VALUE.fullmatch(content[start + len(key) : end if end != -1 else len(content)])
    return value[2].decode() if value and content.find(b"\n" + key, start) == -1 else None


def _parsed(content: bytes) -> Heading:
    try:
        data = parse_tree(content, "").data
    except InputError:
        return Heading("", "")
    given = data if isinstance(data, dict) else {}
    audit, rubric = (value if isinstance(value := given.get(key), str) else "" for key in ("audit", "rubric"))
    return Heading(audit, rubric)
