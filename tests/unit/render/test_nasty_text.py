"""Text of users and of rubric authors is never markup: one test for every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import cycle
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PdfReader
from tests.nasty import LINK, LONG, MAIL, NASTY, nasty_rubric, nasty_views

from involve_audit.escaping import JOINT, link_target
from involve_audit.model.record import Record
from involve_audit.render.formats import ASSESSMENT
from involve_audit.render.options import Options
from involve_audit.render.record import as_record

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Page(HTMLParser):
    """The elements of a page in order, every one closed in its turn."""

    VOID = ("meta", "br", "col", "input")

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str | None] = []
        self.ids: list[str | None] = []
        self.other: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value for name, value in attrs if name == "href"]
        self.ids += [value for name, value in attrs if name == "id"]
        self.open += [] if tag in self.VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    unknown_decl = handle_comment
    handle_pi = handle_comment


def check_html(text: str, tame: Any, case: Any) -> None:
    page, expected = Page(text), Page(tame.text("html", annex=True))
    assert "<script" not in text.lower()
    assert page.open == []
    assert page.other == []
    assert page.elements == expected.elements
    assert page.links == expected.links
    assert {link for link in page.links if not str(link).startswith("#")} == {link_target(LINK), MAIL}
    assert {link for link in page.links if str(link).startswith("#")} <= {f"#{name}" for name in page.ids}
    assert len(set(page.ids)) == len(page.ids)
    for sign in ("<script>alert(1)</script>", "[/b] [red]x", "{{ 7*7 }}", "&amp; &#60;b&#62;", "<!-- -->", LONG):
        assert sign in page.text


def tokens_of(text: str) -> Iterator[Token]:
    for token in MarkdownIt("gfm-like").parse(text):
        yield token
        yield from token.children or ()


def check_markdown(text: str, tame: Any, case: Any) -> None:
    tokens, expected = list(tokens_of(text)), list(tokens_of(tame.text("markdown", annex=True)))
    shape = [token.type for token in tokens if token.type != "text"]
    assert shape == [token.type for token in expected if token.type != "text"]
    assert {token.content for token in tokens if "html" in token.type} <= {"<br>"}
    assert not {"image", "fence", "code_block", "code_inline", "hr", "s_open"} & set(shape)
    links = {token.attrs["href"] for token in tokens if token.type == "link_open"}
    assert links == {token.attrs["href"] for token in expected if token.type == "link_open"}
    assert all(str(link).startswith(("https://example.org/", MAIL)) for link in links)
    shown = "\n".join(token.content for token in tokens if token.type == "text").replace(JOINT, "")
    for sign in ("<script>alert(1)</script>", "[/b] [red]x", "a | b", "{{ 7*7 }}", "&amp; &#60;b&#62;", "**bold**"):
        assert sign in shown


def check_record(text: str, tame: Any, case: Any) -> None:
    record = json.loads(text)
    assert Record.from_tree(json.loads(text)) == as_record(case.report)
    items = {item["id"]: item for item in record["items"]}
    assert record["subject"] == {"name": f"name {NASTY}", "kind": f"kind {NASTY}"}
    assert items["agenda"]["reasons"] == [{"view": "members.yaml", "text": f"reason {NASTY}"}]
    assert items["survey"]["notes"] == [{"view": "members.yaml", "text": f"{LONG} {NASTY}"}]
    assert items["board"]["evidence"][0]["text"] == f"evidence {NASTY}"
    assert items["board"]["evidence"][0]["link"] == LINK
    assert record["actions"][0]["owner"] == f"owner {NASTY}"


def check_text(text: str, tame: Any, case: Any) -> None:
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= Options().width
    for sign in ("[/b]", "[red]x", "<script>", "a | b"):
        assert sign in text
    coloured = case.text("text", colour=True)
    assert not UNSEEN.search(COLOURS.sub("", coloured))
    assert [line.rstrip() for line in COLOURS.sub("", coloured).splitlines()] == text.splitlines()


def check_pdf(content: bytes, tame: Any, case: Any) -> None:
    pages = PdfReader(BytesIO(content)).pages
    shown = "".join("".join(page.extract_text() for page in pages).split())
    assert not UNSEEN.search(shown)
    for sign in NASTY.split():
        assert UNSEEN.sub("\ufffd", sign) in shown
    annotations = [found.get_object() for page in pages for found in page.get("/Annots", ())]
    assert {found["/A"]["/URI"] for found in annotations if "/A" in found} == {link_target(LINK), MAIL}


CHECKS = {
    "html": check_html,
    "pdf": check_pdf,
    "markdown": check_markdown,
    "record": check_record,
    "text": check_text,
}


NASTY_WORDS = cycle(NASTY.split())


def word_by_word(field: str) -> str:
    """A field of moderate length with the next two nasty words: to lay out all of them in print takes long."""
    return f"{field[:40]} {next(NASTY_WORDS)} {next(NASTY_WORDS)}"


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.name) for entry in ASSESSMENT.formats])
def test_nasty_text_stays_text(entry: Any, small: Callable[..., Any], small_rubric: dict[str, Any]) -> None:
    cases = {}
    for name, more in (("nasty", f" {NASTY}"), ("tame", "")):

        def say(field: str, more: str = more) -> str:
            return word_by_word(field) if entry.binary else field + more

        cases[name] = small(views=nasty_views(say), rubric=nasty_rubric(small_rubric, say), folder=name)
    text = cases["nasty"].text(entry.name, annex=True)
    assert entry.binary or not UNSEEN.search(text)
    CHECKS[entry.name](text, cases["tame"], cases["nasty"])
