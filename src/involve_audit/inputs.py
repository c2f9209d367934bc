"""Opening what is read: an ordinary file, or nothing and at once; and which files were taken, so that none is lost."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from involve_audit.errors import SAVE_AS_UTF8, InputError, Problem
from involve_audit.language import N_, _

# A file that became a pipe since it was looked at must not be waited for.
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_taken: set[tuple[int, int]] = set()
_expected: set[str] = set()


def begin() -> None:
    """A run begins: nothing is taken yet, and nothing is to be written."""
    _taken.clear()
    _expected.clear()


def expect(name: str | Path) -> None:
    """Note that a file is to be written: it is no input that was left alone, where it is there already."""
    _expected.add(followed(str(name)))


def is_expected(name: str | Path) -> bool:
    """Whether this run is to write this file."""
    return followed(str(name)) in _expected


def followed(name: str) -> str:
    """The name with every link followed, as far as there is an end to them."""
    try:
        return os.path.realpath(name)
    except (RecursionError, ValueError):  # a name that cannot be: whoever looks there says so
        return os.path.abspath(name)  # noqa: PTH100 - text, of which there may be very many


@contextmanager
def opened(path: str | Path, taken: bool = True) -> Iterator[int]:
    """The number of an open file, which is closed again. What is `taken` is an input: nothing is written over it.

    Raises InputError where there is no ordinary file of this name, or where it cannot be read: a pipe, a device and a
    socket are none, nor is a link to one.
    """
    try:
        _require_ordinary(path, _status(path))
        number = os.open(path, _OPENING)
        try:
            status = os.fstat(number)
            _require_ordinary(path, status)
            if taken:
                _taken.add((status.st_dev, status.st_ino))
            yield number
        finally:
            os.close(number)
    except FileNotFoundError:
        raise InputError(Problem(str(path), _("there is no such file"), _("Check the name and the folder."))) from None
    except PermissionError:
        raise InputError(Problem(str(path), _("you may not read this file"), _("Ask its owner."))) from None
    except OSError as error:
        what = _("this file cannot be read: {reason}").format(reason=error.strerror)
        raise InputError(Problem(str(path), what)) from None


def _status(path: str | Path | int) -> os.stat_result:
    try:
        return os.stat(path)  # noqa: PTH116 - of very many files a path takes longer to make than to look at
    except ValueError:
        raise OSError(0, _("the name is not possible")) from None


def _require_ordinary(path: str | Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputError(not_a_file(path))


def take(file: str | Path | int) -> None:
    """Note that a file which was looked at, or is open under this number, is an input."""
    with suppress(OSError):
        status = _status(file)
        _taken.add((status.st_dev, status.st_ino))


def is_taken(status: os.stat_result) -> bool:
    """Whether this file was read as input in this run, by whatever name."""
    return (status.st_dev, status.st_ino) in _taken


def not_a_file(path: str | Path) -> Problem:
    """That a name is not that of an ordinary file."""
    return Problem(str(path), _("this is not a file"), _("Give the name of a file."))


_TO_TEXT = N_("Save it as plain text (UTF-8) in the program that it is from, and give that file.")
_TO_READ = N_("If it holds answers, `involve-audit answers read` makes an answers file of it.")
_TO_MAIL = N_("Save it as an e-mail file (.eml), or save what is attached to it, and give that.")
_TO_TYPE = N_("Nothing is read out of it. Type the text into a file, and give that one.")
_TO_UNPACK = N_("Unpack it, and give the files that are in it.")
_ZIP, _OLE = rb"PK\x03\x04", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = rb"(?i)\s*<(?:!doctype\s+html|html|head|body)\b"
FORM = rb"""(?i)<template\s[^<>]*\bid\s*=\s*["']?kept\b[^<>]*>"""
"""Where a form that is filled in with a browser keeps its answers."""
# As mail programs leave it: other hyphens and blanks, tags, quoted-printable.
CODE = rb"(?is)(?:BEGIN|END)\W.{0,40}?INVOLVE\W.{0,40}?AUDIT\W.{0,40}?ANSWERS"
"""The first or the last line of answers as a code."""
_NOT_OF_OFFICE = rb".{26}(?!\[Content_Types\]|_rels/|docProps/|customXml/|mimetype|theme/|word/|xl/|ppt/)"
_ARCHIVE = _ZIP + rb"|PK\x05\x06|7z\xbc\xaf\x27|Rar!|\x1f\x8b|BZh|\xfd7zXZ"
_PICTURE = rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:hei|hev|mif|msf|avi)"
_PICTURE_IN_XML = rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b"
_WIDE = rb"\xff\xfe|\xfe\xff|\0\0\xfe\xff|[\t\n -~]\0|\0[\t\n -~]"
_KINDS = (
    (rb"%PDF-", N_("this is a PDF"), _TO_TYPE),
    (_ZIP + _NOT_OF_OFFICE, N_("this is an archive of files"), _TO_UNPACK),
    (_ZIP + rb".*word/", N_("this is a Word file"), _TO_TEXT),
    (_ZIP + rb".*xl/", N_("this is an Excel file"), _TO_READ),
    (_ZIP + rb".*ppt/", N_("this is a PowerPoint file"), _TO_TEXT),
    (_ZIP + rb".{0,80}application/vnd\.oasis\.opendocument", N_("this is a LibreOffice file"), _TO_TEXT),
    (_OLE + rb".*W\0o\0r\0d\0D\0o\0c", N_("this is a Word file"), _TO_TEXT),
    (_OLE + rb".*W\0o\0r\0k\0b\0o\0o\0k", N_("this is an Excel file"), _TO_TEXT),
    (_OLE + rb".*_\0_\0s\0u\0b\0s\0t\0g", N_("this is an e-mail of Outlook"), _TO_MAIL),
    (_OLE, N_("this is a file of an office program"), _TO_TEXT),
    (rb"\{\\rtf", N_("this is a document in rich text"), _TO_TEXT),
    (_ARCHIVE, N_("this is an archive of files"), _TO_UNPACK),
    (_PICTURE, N_("this is a picture"), _TO_TYPE),
    (_PICTURE_IN_XML, N_("this is a picture"), _TO_TYPE),
    (rb".{4}ftyp|RIFF.{4}(?:WAVE|AVI )|ID3|OggS|\x1aE\xdf\xa3", N_("this is a recording"), _TO_TYPE),
    (_PAGE, N_("this is a web page"), _TO_TEXT),
    (rb"\s*<\?xml", N_("this is an XML file"), _TO_TEXT),
    (_WIDE, N_("this file is saved as UTF-16 or UTF-32"), SAVE_AS_UTF8),
)
_MAIL = rb"(?im)^(?:Received|Return-Path|Message-ID|MIME-Version|Delivered-To|X-[\w-]+|From|Date|To|Subject):"
_HEADERS = 3


def kind_of(content: bytes) -> tuple[str, str] | None:
    """What a file is that is no plain text of ours, by its content, and what to do about it; None where it may be."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    if re.search(FORM, content):
        return _("this is a form that is filled in with a browser"), _(_TO_READ)
    if re.search(CODE, content) and not re.search(_NAMES_ANSWERS, content):
        return _("this is a code with answers"), _(_TO_READ)
    for pattern, what, hint in _KINDS:
        if re.match(pattern, content, re.DOTALL):
            return _(what), _(hint)
    if is_mail(content):
        return _("this is an e-mail"), _(_TO_READ)
    if b"\0" in content:
        return _("this is not a text file"), _("Give a file of text, saved as UTF-8.")
    return None


def is_mail(content: bytes) -> bool:
    """Whether this is an e-mail as mail programs save it: with its headers."""
    head = re.split(rb"\r?\n\r?\n", content[:20_000].removeprefix(b"\xef\xbb\xbf"), maxsplit=1)[0]
    head = re.sub(rb"\AFrom [^\n]*\n", b"", head)  # of a mailbox with several
    if b"involve-audit/" in head or not re.match(_MAIL, head):
        return False
    return len(set(re.findall(_MAIL, head))) >= _HEADERS


def kind_or_table(content: bytes) -> tuple[str, str] | None:
    """The same of what is no answers file; a table is text with a line of headings, and a row with as many cells."""
    headings, row = [*content[:200_000].splitlines(), b"", b""][:2]
    if any(row.count(sign) >= headings.count(sign) > 1 for sign in (b",", b";", b"\t")):
        return kind_of(content) or (_("this is a table"), _(_TO_READ))
    return kind_of(content)


def can_hold_answers(kind: tuple[str, str]) -> bool:
    """Whether files of a kind that was told are read for the answers in them."""
    return kind[1] == _(_TO_READ)


def require_text(content: bytes, file: str) -> None:
    """Raise InputError where a file is none of text, by what it is. To be asked where it could not be read."""
    if kind := kind_or_table(content):
        raise InputError(Problem(file, *kind))


_HEAD, _TAIL = 16_384, 4_096
_JSON = (".json", ".jsonl", ".ndjson")
# What the program puts into its reports, rows, records, schemas and spreadsheets; and what only answers name.
_OURS = (
    rb"involve-audit\s+[0-9]+\.[0-9]|\binvolve-audit/(?!answers)[a-z]+@|\"name\": ?\"involve-audit\""
    rb"|\A(?:\xef\xbb\xbf)?audit,subject,|<testsuites? [^>]*name=\"involve-audit\""
)
_OUR_JSON = rb'\s*\{\s*"format"\s*:\s*"involve-audit/(?!answers)'
_NAMES_ANSWERS = rb"(?i)involve-audit\s*\\?/\s*answers"


def left_alone(path: str) -> Problem | None:
    """Why a file of a folder is not read; None where this run writes it, or an earlier one wrote it, and for JSON.

    What names the format of answers otherwise than the program's own JSON does is always told: answers may be in it.
    """
    if is_expected(path):
        return None
    try:
        with opened(path, taken=False) as number:
            head = os.read(number, _HEAD)
            os.lseek(number, max(0, os.fstat(number).st_size - _TAIL), os.SEEK_SET)
            content = head + os.read(number, _TAIL)
    except InputError as error:
        return error.problems[0]
    written = re.search(_OURS, content) and (kind_of(content) is None or re.match(_PAGE, content))
    if form := re.search(FORM, content):
        return not_read(path, content) if content[form.end() : form.end() + 1].strip(b"<") else None
    holds_none = (written or path.lower().endswith(_JSON)) and not re.search(_NAMES_ANSWERS, content)
    return None if holds_none or re.match(_OUR_JSON, content) else not_read(path, content)


def not_read(path: str, content: bytes) -> Problem:
    """That a file of a folder is not read, because it holds no answers: where it can be told, because of what it is."""
    what, hint = kind_or_table(content) or (_("it holds no answers"), "")
    if not kind_of(content) and re.search(_NAMES_ANSWERS, content):
        what = _("it may hold answers, but its name or its beginning is not that of an answers file")
        hint = _("Its name has to end in .yaml or .txt, and its text has to begin with the line `format:`.")
    what = _("not read, because {reason}").format(reason=what)
    return Problem(path, f"{what}. {hint.rstrip('.')}", "") if hint == _(_TO_READ) else Problem(path, what, hint)
