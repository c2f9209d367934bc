"""The page needs nothing: no script, no colour, and nothing from anywhere."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reports import ALL, EXAMPLE, OVERVIEWS, READ, case
from tests.browser.shown import Shown, none


def words(text: str) -> list[str]:
    """The words of a text: how far they are apart may differ."""
    return text.split()


@READ
def test_a_browser_without_scripts_shows_the_same_text(shown: Shown, open_page: Callable[..., Shown]) -> None:
    without = open_page(shown.report, shown.style, scripts=False)
    without.seen()
    search = shown.page.inner_text("#search") if shown.report in OVERVIEWS else ""
    assert words(without.page.inner_text("body")) == words(shown.page.inner_text("body").replace(search, ""))
    none(shown.run("unseen_text"))


@EXAMPLE
def test_the_stage_reached_is_said_in_words_beside_its_name(shown: Shown) -> None:
    """Nobody has to tell colours apart, or to see any."""
    shown.seen(forced_colours=True)
    marked = [[step.title.split()[0], step.mark] for step in case(shown.report).report.ladder if step.mark]
    assert marked
    none([words for words in marked if not shown.run("said_together", words)])


@READ
def test_nothing_is_requested_but_the_page_itself(shown: Shown) -> None:
    shown.seen(dark=True)
    shown.seen(320, forced_colours=True)
    shown.seen(printed=True)
    assert shown.requests == [shown.file.as_uri()]


@ALL
def test_nothing_in_the_page_could_request_or_run_anything(shown: Shown) -> None:
    """Save the search of an overview, which can do nothing else (test_overview.py)."""
    none(shown.elements.fetching)
    none([what for what in shown.elements.running if not (shown.report in OVERVIEWS and what == "script")])
    none(shown.elements.styles_that_fetch)


@ALL
def test_links_lead_to_the_web_to_mail_or_to_a_place_in_the_page(shown: Shown) -> None:
    """An overview has links to the reports beside it as well."""
    places = {f"#{place}" for place in shown.elements.ids}
    outside = [link for link in shown.elements.links if link not in places]
    none([link for link in outside if not link.startswith(("https://", "http://", "mailto:", "reports/"))])
