"""An e-mail as a mail program saves it: codes in its text, and files that are attached (docs/collecting.md).

Nothing else of it is read: neither who sent it, nor when.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.errors import InputError, NothingToRead, Problem, tried
from involve_audit.inputs import is_mail, kind_or_table
from involve_audit.language import _
from involve_audit.loading.answers_files import is_answers
from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import KINDS, OF_OFFICE, Assumed, Received, receive
from involve_audit.words.responses import RECEIVED

if TYPE_CHECKING:
    from email.message import Message

_OF_SHEETS = (b"xl/", *(name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage")))
"""What only office files with sheets hold: a letter of Word beside them is left alone."""
_IN_MAILBOX = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\n]*\n(?=[\w-]+:)")
"""The line above each e-mail in a file that holds several."""


def read(file: FileContent, assumed: Assumed) -> Received:
    """The responses in an e-mail, each once. Raises InputError where there are none, with all that cannot be read."""
    problems: list[Problem] = []
    parts = dict(sorted(_parts(file.content), key=lambda part: part[1]))
    held = [FileContent(file.file, content) for content in parts if _holds_answers(content)]
    nothing: list[Problem] = []
    found = tried(lambda part: _received(part, assumed, nothing), held, problems)
    if problems:
        raise InputError(problems)
    every = list(chain.from_iterable(one.views for one in found))
    if not every:
        what = _("there are no answers in this e-mail: no code with answers, and no form that is attached")
        hint = _("Ask for the answers once more, or save what is attached by itself.")
        raise NothingToRead(nothing or Problem(file.file, what, hint))
    views = {view.tree.text or str(view.tree.data): view for view in every}
    told = [*(f"{one.where}: {one.sentences}" for one in nothing), *(line for one in found for line in one.told)]
    if len(every) > len(views):
        told.append(RECEIVED.of("twice", len(every) - len(views), file=file.file))
    left = [content for content, is_attached in parts.items() if is_attached and not _holds_answers(content)]
    reasons = Counter((kind_or_table(content) or (_("it holds no answers"), ""))[0] for content in left)
    told += [RECEIVED.of("left", count, file=file.file, reason=reason) for reason, count in reasons.items()]
    return Received(iter(views.values()), told)


def _received(part: FileContent, assumed: Assumed, nothing: list[Problem]) -> Received:
    """What a part gives. Of an empty form beside a filled one it is only said, in `nothing`."""
    try:
        return receive(part, assumed)
    except NothingToRead as error:
        nothing += error.problems
        return Received(iter(()), [])


class _Attachable(NamedTuple):
    """A text of an e-mail or a file that is attached to it, as it was before it was sent."""

    content: bytes
    is_attached: bool


def _holds_answers(content: bytes) -> bool:
    """Whether a part is to be read. A table cannot be told from other text here: it is saved by itself, and named."""
    of_text = [kind for kind in KINDS if kind.module not in ("mail", "workbook")]
    is_workbook = content.startswith(OF_OFFICE) and any(sign in content for sign in _OF_SHEETS)
    return is_answers(content) or is_workbook or any(kind.is_it(content) for kind in of_text)


def _parts(content: bytes) -> list[_Attachable]:
    """The texts and the attached files, those of e-mails that are attached too."""
    from email import message_from_bytes

    mails = _IN_MAILBOX.split(content) if content.startswith(b"From ") else [content]
    return [part for mail in mails if mail for part in _parts_of(message_from_bytes(mail))]


def _parts_of(part: Message) -> list[_Attachable]:
    if part.is_multipart():
        inside = [_parts_of(one) for one in part.get_payload() if not isinstance(one, str)]
        if part.get_content_subtype() == "alternative":  # the same text in several ways, with what is attached to each
            texts = [[one for one in parts if not one.is_attached] for parts in inside]
            text = next((parts for parts in texts if any(_holds_answers(one.content) for one in parts)), [])
            return [*text, *(one for parts in inside for one in parts if one.is_attached)]
        return list(chain.from_iterable(inside))
    payload = part.get_payload(decode=True)
    is_text = part.get_content_maintype() == "text"
    is_attached = not is_text or part.get_filename() is not None
    charset = part.get_content_charset("utf-8") if is_text else ""
    content = _as_utf8(payload, charset) if charset and isinstance(payload, bytes) else payload
    if not isinstance(content, bytes):
        return []
    return _parts(content) if is_attached and is_mail(content) else [_Attachable(content, is_attached)]


def _as_utf8(payload: bytes, charset: str) -> bytes:
    try:
        return payload.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return payload
