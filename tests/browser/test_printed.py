"""The page on paper, as the browser prints it to a file."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.audits import ROOT
from tests.browser import fonts, installed
from tests.browser.reports import EXAMPLE, EXAMPLE_LARGE, EXAMPLE_WHOLE, EXAMPLES, IN_BOTH_FONTS, case
from tests.browser.shown import Shown, none

from involve_audit.render.options import FULL, LARGE_PRINT, SHORT
from involve_audit.words.reports import WORDS

MOST_PAGES = {FULL: 10, LARGE_PRINT: 25, SHORT: 2}
A4 = (595, 842)
PAGE_ONE = """{% extends "shipped/report.html.j2" %}
{% block main %}<div class="rest"><h2>{{ words.who_took_part }}</h2></div>{% endblock %}
"""


def letters(text: str) -> str:
    """The text without its spaces, line ends and ligatures: a line may end anywhere in a link."""
    return re.sub(r"[\s\u00ad\u200b]+", "", unicodedata.normalize("NFKC", text))


@IN_BOTH_FONTS
@EXAMPLE
def test_the_print_is_as_long_as_its_style_promises(shown: Shown) -> None:
    assert len(shown.print.pages) <= MOST_PAGES[shown.style]


@pytest.mark.parametrize("example", EXAMPLES)
def test_large_print_takes_more_paper_than_full_and_short_less(open_page: Callable[..., Shown], example: str) -> None:
    large, full, short = (len(open_page(example, style).print.pages) for style in (LARGE_PRINT, FULL, SHORT))
    assert large > full > short


@EXAMPLE
def test_the_paper_is_a4(shown: Shown) -> None:
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in shown.print.pages}
    assert sizes == {A4}


@EXAMPLE
def test_no_printed_page_is_empty(shown: Shown) -> None:
    none([number for number, text in enumerate(shown.printed_text, start=1) if len(letters(text)) < 20])


@IN_BOTH_FONTS
@EXAMPLE_WHOLE
def test_no_printed_page_but_the_last_has_a_third_of_it_empty(shown: Shown) -> None:
    found = [(number, sheet.emptiness) for number, sheet in enumerate(shown.sheets, start=1)]
    none([(number, round(share, 2)) for number, share in found[1:-1] if share > 1 / 3])


@EXAMPLE
def test_where_a_link_leads_can_be_read_on_paper(shown: Shown) -> None:
    paper = letters("".join(shown.printed_text))
    links = {link for link in shown.elements.links if link.startswith("http")}
    none([link for link in links if letters(link) not in paper])


@EXAMPLE_WHOLE
def test_every_item_is_on_the_paper(shown: Shown) -> None:
    paper = letters("".join(shown.printed_text))
    titles = [item.title for item in case(shown.report).audit.rubric.content.items]
    none([title for title in titles if letters(title) not in paper])


@EXAMPLE
def test_no_row_or_picture_is_cut_by_the_end_of_a_page(shown: Shown) -> None:
    shown.seen(680, printed=True)
    none(shown.run("cut_by_page_ends", "th, svg" if shown.style == LARGE_PRINT else "tr, svg"))


@EXAMPLE_LARGE
def test_large_print_is_large(shown: Shown) -> None:
    """No text on paper is smaller than 16 points."""
    shown.seen(680, printed=True)
    none(shown.run("small_text", 16 * 96 / 72))


@EXAMPLE
def test_who_likes_a_dark_screen_prints_dark_ink_on_white_paper(shown: Shown) -> None:
    colours = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
    shown.seen(printed=True, dark=True)
    assert shown.ask(colours) in (["rgb(0, 0, 0)", "rgb(255, 255, 255)"], ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"])


@IN_BOTH_FONTS
@pytest.mark.parametrize("example", EXAMPLES)
def test_page_one_is_one_sheet_from_the_title_to_whether_it_holds_up(
    open_page: Callable[..., Shown], example: str
) -> None:
    is_one_sheet(open_page(example, FULL).printed_text, example)


@IN_BOTH_FONTS
def test_page_one_of_a_pdf_is_one_sheet_as_well(font: str, tmp_path: Path) -> None:
    """Of what comes after page one, only how it begins is laid out."""
    installed.fonts()
    (tmp_path / "report.html.j2").write_text(PAGE_ONE, encoding="utf-8")
    command = [sys.executable, "-m", "involve_audit", "assess", ROOT / "examples/norfolk", "--template", tmp_path]
    surroundings = fonts.surroundings(tmp_path, font)
    subprocess.run([*command, "-o", tmp_path / "it.pdf"], env=surroundings, check=True, capture_output=True)
    is_one_sheet([page.extract_text() for page in PdfReader(tmp_path / "it.pdf").pages], "norfolk")


def is_one_sheet(sheets: list[str], example: str) -> None:
    first, second = map(letters, sheets[:2])
    report = case(example).report
    for words in (report.title, report.headline, report.steps_heading, report.at_a_glance, " ".join(report.sure)):
        assert letters(words) in first
    assert letters(WORDS["not_a_certificate"]) in first
    assert letters(WORDS["who_took_part"]) not in first
    assert second


SCREENS = [(example, *size) for example in EXAMPLES for size in ((1100, 900), (400, 800))]


@IN_BOTH_FONTS
@pytest.mark.parametrize(("example", "width", "height"), SCREENS)
def test_the_first_screen_holds_the_stage_and_the_first_thing_to_do(
    open_page: Callable[..., Shown], example: str, width: int, height: int
) -> None:
    shown = open_page(example, FULL)
    shown.seen(width)
    bottom = "one => document.querySelector(one).getBoundingClientRect().bottom + scrollY"
    assert max(shown.ask(bottom, one) for one in (".headline", ".steps strong")) <= height
