"""An e-mail as a mail program saves it: codes in its text, and files that are attached (docs/collecting.md).

Nothing else of it is read: neither who sent it, nor when.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from involve_audit.errors import InputError, Problem, tried
from involve_audit.inputs import is_mail
from involve_audit.language import _
from involve_audit.loading.answers_files import is_answers
from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import KINDS, Assumed, Received, receive

if TYPE_CHECKING:
    from email.message import Message


def read(file: FileContent, assumed: Assumed) -> Received:
    """The responses in an e-mail, each once. Raises InputError where there are none, with all that cannot be read."""
    problems: list[Problem] = []
    parts = [FileContent(file.file, part) for part in dict.fromkeys(_parts(file.content))]
    held = [part for part in parts if not is_mail(part.content) and _holds_answers(part.content)]
    found = tried(lambda part: receive(part, assumed), held, problems)
    if problems:
        raise InputError(problems)
    if not found:
        what = _("there are no answers in this e-mail: no code with answers, and no form that is attached")
        raise InputError(
            Problem(file.file, what, _("Ask for the answers once more, or save what is attached by itself."))
        )
    told = [sentence for one in found for sentence in one.told]
    views = {view.tree.text or str(view.tree.data): view for view in chain.from_iterable(one.views for one in found)}
    return Received(iter(views.values()), told)


def _holds_answers(content: bytes) -> bool:
    """Whether a part is to be read. A table cannot be told from other text here: it is saved by itself, and named."""
    return is_answers(content) or any(kind.is_it(content) for kind in KINDS)


def _parts(content: bytes) -> list[bytes]:
    """The texts and the attached files, those of e-mails that are attached too, each as it was before it was sent."""
    from email import message_from_bytes

    return _parts_of(message_from_bytes(content))


def _parts_of(part: Message) -> list[bytes]:
    if part.is_multipart():
        inside = [_parts_of(one) for one in part.get_payload() if not isinstance(one, str)]
        if part.get_content_subtype() == "alternative":  # the same text in several ways
            return next((parts for parts in inside if any(map(_holds_answers, parts))), [])
        return list(chain.from_iterable(inside))
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset("utf-8") if part.get_content_maintype() == "text" else ""
    return [_as_utf8(payload, charset) if charset else payload] if isinstance(payload, bytes) else []


def _as_utf8(payload: bytes, charset: str) -> bytes:
    try:
        return payload.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return payload
