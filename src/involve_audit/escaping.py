"""User text is never markup: what each format needs so that text stays text."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

# Control characters, the marks that turn the direction of everything after them, and what stands for the bytes of a
# file's name that is no UTF-8.
_UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~#])")
_BLOCK_MARK = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[-+=](?:[-+=\s]|$))")


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def clean(value: Any) -> Any:
    """Text without control characters and direction overrides; anything else as it is."""
    return _UNSEEN.sub("\ufffd", value) if type(value) is str else value


def json_text(text: str) -> str:
    """JSON whose text holds no such character as it stands, only as an escape."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def xml_text(text: str) -> str:
    """Text with only the characters that XML allows, and no other unseen ones."""
    return _NOT_IN_XML.sub("\ufffd", _UNSEEN.sub("\ufffd", text))


def markdown(value: Any) -> Any:
    """Text that Markdown shows as it stands, on one line. What a filter made safe for HTML is text here."""
    if not isinstance(value, str) or isinstance(value, Markdown):
        return value
    if not value.strip(" "):  # the space that a template puts in
        return value
    text = " ".join(_UNSEEN.sub("\ufffd", value).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BLOCK_MARK.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", text))


def link_target(link: str) -> str:
    """A link as it may stand in HTML and in the round brackets of Markdown: nothing in it can end them."""
    return quote(link, safe="%/:=&?~#+!$,;'@")


def safe_markdown(value: str) -> Markdown:
    """What a macro of a template made, without the space around it: it is Markdown already."""
    return Markdown(value.strip())
