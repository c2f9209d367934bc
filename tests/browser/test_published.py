"""The pages of instruments that others publish, as a browser shows and prints them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests import audits
from tests.browser.fonts import FONTS, WIDE
from tests.browser.shown import Shown, none
from tests.shapes.published import answers, criteria, levels

MOST_PAGES = 12
Page = Callable[..., Shown]


@pytest.fixture(scope="module")
def page_of(browser: Callable[[str], Browser], tmp_path_factory: pytest.TempPathFactory) -> Page:
    """Opens the report of an audit with an instrument, answered by these groups."""

    def page_of(rubric: dict[str, Any], *people: str, font: str = WIDE) -> Shown:
        folder = tmp_path_factory.mktemp(rubric["id"])
        views = {
            f"{place}.yaml": {"answers": answers(rubric, 3 * place), **({"respondents": {who: 5}} if who else {})}
            for place, who in enumerate(people or ("",))
        }
        file = folder / "report.html"
        file.write_text(audits.made(rubric, views, folder).text("html"), encoding="utf-8")
        return Shown(browser(font).new_page(), file, rubric["id"], "full")

    return page_of


def test_194_criteria_that_two_groups_answered_are_twelve_pages_of_paper_at_most(page_of: Page) -> None:
    shown = page_of(criteria(), "patients", "team")
    assert len(shown.print.pages) <= MOST_PAGES
    text = " ".join(" ".join(shown.printed_text).split())
    assert all(f"{place}. Criterion on matter {place}" in text for place in (1, 90, 194))


@pytest.mark.parametrize("font", FONTS)
def test_no_word_is_broken_inside_the_word(font: str, page_of: Page) -> None:
    shown = page_of(levels(), font=font)
    shown.seen(1000)
    none(shown.run("broken_words"))
