"""Text in pictures has room in a wide font, and is cut where it might not. tests/browser holds the widths to fonts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from involve_audit.render.lettering import ems, fitting


@given(st.text(max_size=40), st.floats(1, 30))
def test_what_is_cut_has_room_and_what_has_room_is_not_cut(text: str, most: float) -> None:
    cut = fitting(text, most)
    assert ems(cut) <= most + 1e-9
    assert (cut == text) == (ems(text) <= most)
    assert text.startswith(cut.removesuffix("…"))


def test_wide_letters_take_more_room_than_narrow_ones_and_accents_take_none() -> None:
    assert ems("ill") < ems("not") < ems("NOT") < ems("MMM") < ems("不不不")
    assert ems("é") == ems("e\u0301") == ems("e")
    assert fitting("Beginnings of it", 6.6) == "Beginning…"
