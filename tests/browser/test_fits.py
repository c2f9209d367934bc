"""Nothing has to be scrolled sideways, on a phone and enlarged: WCAG 2.2, 1.4.4 and 1.4.10."""

from __future__ import annotations

import pytest
from tests.browser.reports import IN_BOTH_FONTS, LARGEST, READ
from tests.browser.shown import Shown, none


@IN_BOTH_FONTS
@READ
def test_the_narrowest_phone_shows_everything_without_scrolling_sideways(shown: Shown) -> None:
    shown.seen(320)
    none(shown.run("sticking_out"))


@LARGEST
def test_the_narrowest_phone_shows_three_hundred_questions_of_fifty_views(shown: Shown) -> None:
    shown.seen(320)
    none(shown.run("sticking_out"))


@READ
def test_a_phone_shows_everything_without_scrolling_sideways(shown: Shown) -> None:
    shown.seen(400)
    none(shown.run("sticking_out"))


@READ
@pytest.mark.parametrize("zoom", [2, 4])
def test_a_page_enlarged_fits_its_window(shown: Shown, zoom: int) -> None:
    shown.seen(1280, zoom=zoom)
    none(shown.run("sticking_out"))


@IN_BOTH_FONTS
@READ
@pytest.mark.parametrize("width", [1280, 640])
def test_text_of_twice_the_size_fits_its_window(shown: Shown, width: int) -> None:
    shown.seen(width, text=200)
    none(shown.run("sticking_out"))
