"""Codes pasted into e-mails, as people and mail programs leave them (docs/collecting.md, "Reading what came back").

A code says in its first line what the SHA-256 of its content begins with. So whatever stands in it that is no letter of
a code can be dropped: what is left is either the very content, or is told to be damaged or cut off.
"""

from __future__ import annotations

import binascii
import html
import re
import unicodedata
import zlib

from involve_audit.errors import InputError, Problem, tried
from involve_audit.language import _
from involve_audit.loading.files import LARGEST_FILE, FileContent, digest
from involve_audit.loading.responses.received import Assumed, Received, view_of
from involve_audit.loading.tree import as_utf8
from involve_audit.words.responses import COMBINING, RECEIVED

_NAME = r"INVOLVE\W{0,3}AUDIT\W{0,3}ANSWERS"
_MARK = re.compile(rf"(?:BEGIN\W{{0,3}}{_NAME}\s*(?P<sha256>[0-9a-f]*)|END\W{{0,3}}{_NAME})", re.IGNORECASE)
_PIECE = re.compile(r"^[ \t|*]*[A-Za-z0-9+/]{60,}\s+[A-Za-z0-9+/]{60,}", re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|</?[a-z!?][^<>]*>", re.IGNORECASE | re.DOTALL)
_SOFT_BREAK = re.compile(r"=[ \t]*\r?\n(?:>[ \t]?)*")
_QUOTED_PRINTABLE = re.compile(r"(?:=[0-9A-F]{2})+")
_NO_LETTER = re.compile(r"[^A-Za-z0-9+/]+")
_HEX = 8


def read(file: FileContent, assumed: Assumed) -> Received:
    """The responses of all codes in a text, each once. Raises InputError with every code that cannot be read."""
    problems: list[Problem] = []
    found, beside = _codes(_as_written(as_utf8(file.content).decode(errors="replace")))
    codes = list(dict.fromkeys(found))
    names = [file.file if len(codes) == 1 else f"{file.file} ({place})" for place in range(1, len(codes) + 1)]
    contents = tried(_content, [(name, *code) for name, code in zip(names, codes, strict=True)], problems)
    if problems or not codes:
        raise InputError(problems or [_cut_off(file.file)])
    told = [RECEIVED.of("twice", len(found) - len(codes), file=file.file)] if len(found) > len(codes) else []
    if any(map(_PIECE.search, beside)):
        told.append(COMBINING["piece"].format(file=file.file))
    return Received((view_of(content, assumed) for content in contents), told)


def _as_written(text: str) -> str:
    """The text without what mail programs put into it."""
    text = _SOFT_BREAK.sub("", text)
    text = _QUOTED_PRINTABLE.sub(lambda found: bytes.fromhex(found[0].replace("=", "")).decode(errors="replace"), text)
    return unicodedata.normalize("NFKC", html.unescape(_TAG.sub("", text))).replace(">", "").replace("\u00ad", "")


def _codes(text: str) -> tuple[list[tuple[str, str, bool]], list[str]]:
    """Of each code, what its content's SHA-256 begins with, its letters, and whether its last line is there; and what
    stands beside the codes. Of one without its first line there are no letters: nobody could tell which they are."""
    codes, beside, begun, place = [], [], None, 0
    for mark in [*_MARK.finditer(text), None]:
        between = text[place : mark.start() if mark else len(text)]
        is_end = mark is not None and mark["sha256"] is None
        if begun is not None:
            codes.append((begun["sha256"].lower(), _NO_LETTER.sub("", between), is_end))
        else:
            beside.append(between)
            codes += [("", "", False)] if is_end else []
        begun = None if is_end else mark
        place = mark.end() if mark else 0
    return codes, beside


def _content(code: tuple[str, str, str, bool]) -> FileContent:
    """The answers file that a code holds. Raises InputError."""
    file, fingerprint, letters, is_ended = code
    try:
        packed = binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
    except binascii.Error:
        packed = b""
    if len(fingerprint) != _HEX or not digest(packed).startswith(fingerprint):
        raise InputError(_damaged(file) if is_ended else _cut_off(file))
    return FileContent(file, _unpacked(packed, file))


def _unpacked(packed: bytes, file: str) -> bytes:
    if packed[:1] == b"T":
        return packed[1:]
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflating.decompress(packed[1:], LARGEST_FILE + 1) if packed[:1] == b"Z" else b""
    except zlib.error:
        content = b""
    if not content or not (inflating.eof or len(content) > LARGEST_FILE):
        raise InputError(_damaged(file))
    return content  # of one that is too large, whoever parses it says so


def _damaged(file: str) -> Problem:
    what = _("a code with answers is damaged: a sign in it was changed, or a piece of it is missing")
    return Problem(file, what, _("Ask for it once more, best as a file attached to the e-mail."))


def _cut_off(file: str) -> Problem:
    what = _("a code with answers is cut off: its beginning or its end is missing")
    hint = _("It goes from the line with BEGIN to the line with END. Copy all of it, or ask for it once more.")
    return Problem(file, what, hint)
