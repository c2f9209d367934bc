"""Getting about in a page: its contents, from an item back to the grid, and the questions that are shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.fonts import WIDE
from tests.browser.reports import EXAMPLE_WHOLE, READ
from tests.browser.shown import Shown, none

from involve_audit.render.entries import MARKS
from involve_audit.render.options import FULL

NAMELESS = """[...document.querySelectorAll('table')].filter(one => {
    const by = document.getElementById(one.getAttribute('aria-labelledby'));
    return ![one.caption, by].some(name => name && name.textContent.trim()) && !one.getAttribute('aria-label');
}).map(one => one.outerHTML.slice(0, 100))"""
SHOWN = "[...document.querySelectorAll('.question')].filter(one => one.checkVisibility()).map(one => one.id)"


def letters(text: str) -> str:
    """The text without spaces, hyphens and ligatures: a line may end anywhere."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", unicodedata.normalize("NFKC", text))


@READ
def test_every_table_has_a_name(shown: Shown) -> None:
    none(shown.ask(NAMELESS))


@READ
def test_the_first_link_skips_to_the_main_part(shown: Shown) -> None:
    first = shown.ask("[document.querySelector('a, button, input, summary').getAttribute('href'), '#main'].join()")
    assert first == "#main,#main"
    assert shown.ask("document.getElementById('main').localName") == "main"


@READ
def test_every_link_into_the_page_leads_somewhere(shown: Shown) -> None:
    none(
        shown.ask(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(one => one.getAttribute('href').slice(1))"
            ".filter(id => !document.getElementById(decodeURIComponent(id)))"
        )
    )


@READ
def test_the_contents_name_every_part_in_its_order(shown: Shown) -> None:
    links = shown.ask(
        "[...document.querySelectorAll('nav.contents a:not(.within a)')].map(one => one.getAttribute('href').slice(1))"
    )
    parts = shown.ask("[...document.querySelectorAll('main section > h2[id]')].map(one => one.id)")
    assert links == parts


@READ
def test_no_text_on_the_narrowest_phone_is_smaller_than_twelve_pixels(shown: Shown) -> None:
    shown.seen(320)
    none(shown.run("small_text", 18 if shown.style == "large-print" else 12))


@EXAMPLE_WHOLE
def test_every_question_has_a_link_to_itself_and_one_back_to_all_answers(shown: Shown) -> None:
    for links in shown.ask(
        "[...document.querySelectorAll('.question')].map(one => [`#${one.id}`, ...[...one.querySelectorAll("
        "'.ways a')].flatMap(link => [link.getAttribute('href'), link.textContent.trim().length > 5])])"
    ):
        assert links == [links[0], links[0], True, "#grid", True]
    assert shown.ask("document.querySelectorAll('#grid').length") == 1


@EXAMPLE_WHOLE
def test_a_question_is_chosen_by_what_it_is_with_the_keyboard_alone(shown: Shown) -> None:
    shown.ask("document.getElementById('show-all').focus()")
    everything, counts = (
        shown.ask(SHOWN),
        shown.ask("[...document.querySelectorAll('.choices label')].map(one => Number(one.textContent.match(/\\d+/)))"),
    )
    assert counts[0] == len(everything)
    for mark, count in zip(MARKS, counts[1:], strict=True):
        if count:
            shown.page.keyboard.press("ArrowRight")
            assert shown.ask(SHOWN) == shown.ask(f"[...document.querySelectorAll('.is-{mark}')].map(one => one.id)")
            assert shown.ask("document.activeElement.id") == f"show-{mark}"
            assert len(shown.ask(SHOWN)) == count
            assert shown.ask(
                "[...document.querySelectorAll('.theme')].every(one => one.checkVisibility() == "
                f"!!one.querySelector('.is-{mark}'))"
            )
    shown.seen(printed=True)
    assert shown.ask(SHOWN) == everything
    shown.seen()
    shown.ask("document.getElementById('show-all').checked = true")


def test_a_browser_that_cannot_choose_shows_everything(
    browser: Callable[[str], Browser], page_file: Callable[[str, str], Path], tmp_path: Path
) -> None:
    source = page_file("riverside", FULL).read_text(encoding="utf-8")
    old = tmp_path / "old.html"
    old.write_text(source.replace("selector(:has(*))", "selector(:unheard-of(*))"), encoding="utf-8")
    context = browser(WIDE).new_context()
    page = context.new_page()
    page.goto(old.as_uri())
    page.evaluate("document.getElementById('show-problem').checked = true")
    assert not page.evaluate("document.querySelector('.choices').checkVisibility()")
    assert len(page.evaluate(SHOWN)) == page.evaluate("document.querySelectorAll('.question').length") == 31
    context.close()


@pytest.mark.parametrize("report", ["riverside"])
def test_what_is_folded_on_a_screen_is_open_in_print(open_page: Callable[..., Shown], report: str) -> None:
    shown = open_page(report, FULL)
    shown.seen()
    assert shown.ask("document.querySelectorAll('main details:not([open])').length")
    paper = letters("".join(shown.printed_text))
    folded = shown.ask("[...document.querySelectorAll('main details:not([open]) > p')].map(one => one.textContent)")
    none([text for text in folded if letters(text) not in paper])
