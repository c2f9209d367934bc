"""A language that nobody speaks: every text of the interface is unmistakable in it, and has no Latin letter left."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from functools import cache
from html.parser import HTMLParser
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from involve_audit.catalogue import TEMPLATE
from involve_audit.escaping import JOINT
from involve_audit.language import Language, from_catalogue

TAG = "el"
"""The language of its dates, numbers and lists: Greek, whose own words have no Latin letter."""

_ACCENTED = "åƀçđéƒğĥíĵķļɱñöþɋŕšţûṽŵẋýžÅßÇĐÉƑĞĤÍĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ"
_LETTERS = str.maketrans(string.ascii_letters, _ACCENTED)
_PLACEHOLDER = re.compile(r"(\{\w*\})")


def pseudo(text: str) -> str:
    """`⟦Šţåğé⟧` for `Stage`; what stands in curly brackets is kept."""
    parts = _PLACEHOLDER.split(text)
    return f"⟦{''.join(part if _PLACEHOLDER.fullmatch(part) else part.translate(_LETTERS) for part in parts)}⟧"


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as it is shipped."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def pseudo_catalogue() -> bytes:
    """Every text of the template in this language."""
    with TEMPLATE.open("rb") as file:
        catalogue = read_po(file, locale=TAG)
    for message in catalogue:
        if message.id:
            texts = [message.id] if isinstance(message.id, str) else message.id
            translated = tuple(pseudo(text) for text in texts)
            message.string = translated[0] if isinstance(message.id, str) else translated
    return compiled(catalogue)


@cache
def pseudo_language() -> Language:
    """The language, to be used."""
    return from_catalogue(TAG, pseudo_catalogue())


# What must have none left

MAY_STAY = {
    "what stands as it is in a file, in backticks": r"`[^`]*(`|…$)",
    "answers that every rubric has": r"\bnot-applicable\b",
    "links": r"(https?://|mailto:)\S+",
    "file names and their endings": r"[\w./-]*\.(yaml|html?|pdf|md|markdown|txt|json|j2)\b",
    "what stands for a file in a result made for sharing": r"\bview-\d+\b",
    "the program's name": r"\binvolve-audit\b",
    "names of options": r"(?<![\w-])--?[a-z][a-z-]*",
    "names that Unicode gives to signs": r"(?:“.{1,2}”|U\+[0-9A-F]{4,6}) \([^)]*\)",
    "names of digests": r"\bSHA-256\b",
}


def latin(text: str) -> set[str]:
    """The runs of Latin letters in a text, apart from what may stay."""
    for pattern in MAY_STAY.values():
        text = re.sub(pattern, " ", text)
    return set(re.findall(r"[A-Za-z]{2,}", text))


class Shown(HTMLParser):
    """What a page shows or reads out: its text, and the attributes and styles that hold words."""

    WORDED = {"alt", "title", "aria-label", "aria-description", "data-label", "placeholder", "summary"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        named = self.WORDED | ({"content"} if given.get("name") in ("description", "author") else set())
        self.parts += [value for name, value in given.items() if name in named and value]

    def handle_data(self, data: str) -> None:
        in_style = self.cdata_elem == "style"
        shown = re.findall(r"""content:[^;}]*?["']([^"']*)["']""", data) if in_style else [data]
        self.parts += [] if self.cdata_elem == "script" else shown


def shown(format_name: str, output: str) -> str:
    """What an output in one of the formats shows or reads out."""
    if format_name == "html":
        return "\n".join(Shown(output).parts)
    if format_name == "markdown":
        output = re.sub(r"<br ?/?>|&[a-z]+;", " ", output.replace(JOINT, ""))
    return output
