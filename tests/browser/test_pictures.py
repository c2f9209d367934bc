"""Every inline picture can be heard, and be read in any colours. axe-core does not look into pictures."""

from __future__ import annotations

from itertools import product

import pytest
from tests.browser.reports import IN_BOTH_FONTS, READ
from tests.browser.shown import Shown, none


@READ
def test_every_picture_has_a_role_a_name_and_a_description(shown: Shown) -> None:
    for picture in shown.run("names_of_pictures"):
        assert picture == ["img", ["title"], ["desc"]]


@READ
@pytest.mark.parametrize(("dark", "forced"), list(product((False, True), repeat=2)))
def test_pictures_can_be_read_in_any_colours(shown: Shown, dark: bool, forced: bool) -> None:
    shown.seen(dark=dark, forced_colours=forced)
    none(shown.run("unreadable_in_pictures"))


@READ
def test_pictures_take_the_colours_that_a_system_forces(shown: Shown) -> None:
    shown.seen(forced_colours=True)
    none(shown.run("own_colours"))


@IN_BOTH_FONTS
@READ
@pytest.mark.parametrize("width", [320, 1280])
def test_no_text_in_a_picture_is_cut_off_or_covered(shown: Shown, width: int) -> None:
    shown.seen(width)
    none(shown.run("cut_off_in_pictures"))
