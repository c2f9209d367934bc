"""The page of a long series: its table on a phone and on paper, its chart, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.audits import ROOT
from tests.browser.fonts import WIDE
from tests.browser.shown import Shown, none
from tests.comparisons import trend, written

from involve_audit.loading.rubric import load_rubric

RUBRIC = "service-user-leadership-spectrum"
YEARS = [str(year) for year in range(2013, 2027)]
BOXES = ".across"
A4_WITHIN_MARGINS = 688


def rounds(folder: Path) -> list[Path]:
    """An audit a year: staff alone at first, then service users too; each answers one question in another way."""
    rubric = load_rubric(RUBRIC).content
    answers = {item.id: "no" for item in rubric.items}
    paths = []
    for place, year in enumerate(YEARS):
        answers[list(answers)[place]] = "yes"
        people = "{staff: 2}" if place < 3 else "{service-users: 4, staff: 2}"
        lines = [
            "format: involve-audit/answers@1",
            f"rubric: {rubric.id}@{rubric.version}",
            f"audit: y{year}",
            "subject: {name: Elmfield}",
            f"date: {year}-11-09",
            f"respondents: {people}",
            "answers:",
            *(f"  {name}: {answer}" for name, answer in answers.items()),
        ]
        paths.append(folder / f"{year}.yaml")
        paths[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def page(browser: Callable[[str], Browser], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    folder = tmp_path_factory.mktemp("series")
    file = folder / "trend.html"
    file.write_text(written(trend(rounds(folder), [ROOT / f"rubrics/{RUBRIC}.yaml"]), "html"), encoding="utf-8")
    context = browser(WIDE).new_context()
    yield Shown(context.new_page(), file, "trend", "full")
    context.close()


@pytest.mark.parametrize("width", [320, 400, 768, 1100])
def test_the_page_never_scrolls_sideways(page: Shown, width: int) -> None:
    page.seen(width)
    none(page.run("sticking_out"))


def test_each_wide_table_scrolls_in_a_region_that_has_a_name_and_takes_the_focus(page: Shown) -> None:
    page.seen(320)
    boxes = page.page.locator(BOXES)
    assert boxes.count() == 5
    for box in boxes.all():
        box.focus()
        assert page.ask("document.activeElement.scrollWidth > document.activeElement.clientWidth")
        assert page.ask("document.activeElement.getAttribute('role')") == "region"
        assert page.ask("document.getElementById(document.activeElement.getAttribute('aria-labelledby')).innerText")


def test_the_first_column_stays_while_the_others_are_scrolled(page: Shown) -> None:
    page.seen(320)
    box = page.page.locator(BOXES).first
    places = "box => ['tbody th', 'tbody td'].map(one => box.querySelector(one).getBoundingClientRect().left)"
    heading, cell = box.evaluate(places)
    box.evaluate("box => { box.scrollLeft = 60 }")
    assert box.evaluate(places) == [heading, cell - 60]


def test_nothing_is_cut_off_on_paper_and_every_year_is_there(page: Shown) -> None:
    page.seen(A4_WITHIN_MARGINS, printed=True)
    none(page.run("sticking_out"))
    none(page.ask("[...document.querySelectorAll('table')].filter(one => one.offsetWidth > 688).map(one => one.id)"))
    text = "".join(page.printed_text)
    none([year for year in YEARS if year not in text])


def test_text_is_never_smaller_than_twelve_pixels_on_a_phone(page: Shown) -> None:
    page.seen(320)
    none(page.run("small_text", 12))


def test_a_screen_reader_is_told_what_each_answer_means_and_what_changed(page: Shown) -> None:
    page.seen()
    told = page.page.locator(".matrix").first.aria_snapshot()
    assert "No – as it should be" in told
    assert "Yes – a problem, changed" in told
    assert "✓" not in told


@pytest.mark.parametrize("printed", [False, True])
def test_the_words_and_marks_of_the_chart_are_there_in_forced_colours(page: Shown, printed: bool) -> None:
    """A mark is an edge, which no system takes away: full, hollow or with a question mark."""
    page.seen(forced_colours=True, printed=printed)
    style = "[...document.querySelectorAll('%s')].map(one => getComputedStyle(one).%s)"
    assert set(page.ask(style % (".over-time :is(li, .day)", "color"))) == {"rgb(0, 0, 0)"}
    edges = [float(width.removesuffix("px")) for width in page.ask(style % (".marks .mark", "borderTopWidth"))]
    assert min(edges[3:]) > 2 * max(edges[:3]) > 0
