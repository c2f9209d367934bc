"""Pages are shown in the fonts of the tests and in no others, and pictures leave room for the wide one."""

from __future__ import annotations

import string
from collections.abc import Callable

from playwright.sync_api import Browser
from tests.browser.fonts import WIDE
from tests.browser.reports import IN_BOTH_FONTS, NASTY_TEXT
from tests.browser.shown import Shown, none

from involve_audit.render.lettering import ems
from involve_audit.render.options import FULL

LETTERS = f"{string.digits}{string.ascii_letters}{string.punctuation} éüßñåøæœĄŁжшыюЖאבعم中文…–—€£©"
BOLD = 1.12
WIDTHS = """([letters, font]) => {
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `${font} 1000px sans-serif`;
    return [...letters].map(one => pen.measureText(one).width / 1000);
}"""


@IN_BOTH_FONTS
def test_the_machine_has_no_say_in_the_fonts(open_page: Callable[..., Shown], font: str) -> None:
    used = open_page(NASTY_TEXT, FULL).fonts
    assert font in used
    assert used <= {font, WIDE}


@IN_BOTH_FONTS
def test_no_letter_is_wider_than_pictures_take_it_for(browser: Callable[[str], Browser], font: str) -> None:
    page = browser(font).new_page()
    for weight, most in ((400, 1.0), (700, BOLD)):
        widths = page.evaluate(WIDTHS, [LETTERS, weight])
        none([(one, width) for one, width in zip(LETTERS, widths, strict=True) if width > ems(one) * most + 0.001])
    page.close()
