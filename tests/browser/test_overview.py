"""The overview of very many services: how long it is on a screen, a phone and paper, and how a service is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.browser.shown import Shown, none
from tests.browser.test_accessible import COLOURS, findings

Open = Callable[..., Shown]
SIZES = pytest.mark.parametrize("report", ["overview-40", "overview-1000", "overview-2000"])
MOST_PIXELS = {1100: 6_000, 360: 10_000}
MOST_SHEETS = 6


@pytest.fixture
def thousand(open_page: Open) -> Shown:
    """The page about a thousand services, as it is before anything was typed."""
    shown = open_page("overview-1000", "full")
    shown.seen(1100)
    if shown.ask("!document.getElementById('search').hidden"):
        search(shown, "")
    return shown


def search(shown: Shown, words: str) -> list[str]:
    """Type some words, and give the services of the list that can be seen then."""
    shown.page.fill("#wanted", words)
    names = "[...document.querySelectorAll('#list li')].filter(one => one.checkVisibility()).map(one => one.innerText)"
    return list(shown.ask(names))


@SIZES
def test_the_page_can_be_read_on_a_screen_and_a_phone(open_page: Open, report: str) -> None:
    shown = open_page(report, "full")
    for width, most in MOST_PIXELS.items():
        shown.seen(width)
        assert shown.ask("document.documentElement.scrollHeight") <= most
    for width in (320, 768):
        shown.seen(width)
        none(shown.run("sticking_out"))


@SIZES
def test_the_page_takes_few_sheets_of_paper(open_page: Open, report: str) -> None:
    assert len(open_page(report, "full").print.pages) <= MOST_SHEETS


def test_axe_finds_nothing_in_the_page_of_a_thousand(thousand: Shown, axe: str) -> None:
    none(findings(thousand, axe))
    thousand.seen(360, dark=True)
    none(findings(thousand, axe, COLOURS))


def test_a_search_shows_the_services_that_have_every_part_of_what_was_typed(thousand: Shown) -> None:
    assert search(thousand, "") == []
    found = search(thousand, "KENDAL  recovéry")
    assert found
    none([text for text in found if not ("Kendal" in text and "recovery college" in text)])
    assert thousand.page.inner_text("#found") == str(len(found))
    assert len(search(thousand, "service-00500")) == 1
    assert search(thousand, "nowhere") == []
    assert thousand.page.inner_text("#found") == "0"
    assert search(thousand, "") == []
    assert thousand.page.inner_text("#found") == ""


def test_without_scripts_there_is_no_search_and_every_service_can_be_reached(open_page: Open) -> None:
    shown = open_page("overview-1000", "full", scripts=False)
    assert not shown.page.is_visible("#search")
    assert shown.page.locator("#list li").count() == 1_000
    shown.page.locator("#list summary", has_text="K").first.click()
    assert shown.page.locator("#list li", has_text="Kendal").first.is_visible()


def test_the_page_of_very_many_says_where_the_whole_list_is(open_page: Open) -> None:
    shown = open_page("overview-2000", "full")
    assert "2,000 are too many for a page." in shown.page.inner_text("#main")
    assert shown.page.locator("#search").count() == 0


def test_each_number_of_the_grid_can_be_told_from_its_cell(thousand: Shown) -> None:
    """Darker cells are read as well as light ones, by day, in the dark and printed."""
    for seen in ({}, {"dark": True}, {"printed": True}):
        thousand.seen(1100, **seen)
        contrasts = thousand.ask(
            """() => {
                const sheet = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
                const light = (colour) => {
                    sheet.fillStyle = colour;
                    sheet.fillRect(0, 0, 1, 1);
                    const parts = [...sheet.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255)
                        .map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
                    return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
                };
                return [1, 2, 3, 4].map((level) => {
                    const cell = document.createElement("td");
                    cell.className = `heat-${level}`;
                    document.querySelector(".heat tbody tr").append(cell);
                    const {color, backgroundColor} = getComputedStyle(cell);
                    cell.remove();
                    const both = [light(color), light(backgroundColor)].sort((one, other) => other - one);
                    return (both[0] + .05) / (both[1] + .05);
                });
            }"""
        )
        assert min(contrasts) >= 4.5, (seen, contrasts)
        assert contrasts == sorted(contrasts, reverse=True), "each step is darker than the one before it"
