"""When two names are one to people, and what is said where two that are not look alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from involve_audit.model.names import folded, look_alikes

SAME = [
    ("Riverside House", "riverside  house "),
    ("Riverside House", "Riverside\u00a0House"),
    ("Riverside House", "Riverside\u202fHouse"),
    ("Riverside House", "Riverside\u2009House"),
    ("Riverside House", "Riverside\u3000House"),
    ("Riverside House", "Riverside\tHouse"),
    ("Riverside", "River\u200bside"),
    ("Riverside", "\ufeffRiverside\u200e"),
    ("Riverside", "River\u00adside"),
    ("Riverside", "River\u2060side"),
    ("Café", "Cafe\u0301"),
    ("CAFÉ", "cafe\u0301"),
    ("Ḍ\u0307", "D\u0323\u0307"),
    ("Ṩ", "S\u0307\u0323"),
    ("St Mary's", "St Mary’s"),
    ("St Mary's", "St Mary‘s"),
    ("St Mary's", "St Maryʼs"),
    ("St Mary's", "St Mary`s"),
    ("St Mary's", "St Mary´s"),
    ("St Mary's", "St Mary′s"),
    ("St Mary's", "St Mary＇s"),
    ('The "Old" Mill', "The “Old” Mill"),
    ("North-West", "North\u2010West"),
    ("North-West", "North\u2011West"),
    ("North-West", "North\u2012West"),
    ("North-West", "North–West"),
    ("North-West", "North—West"),
    ("North-West", "North\u2015West"),
    ("North-West", "North\u2212West"),
    ("North-West", "North\uff0dWest"),
    ("Straße", "STRASSE"),
    ("Straße", "STRAẞE"),
    ("Πύργος", "ΠΎΡΓΟΣ"),
    ("ﬁrst", "first"),
    ("Ｗard １", "Ward 1"),
    ("Ward №5", "Ward No5"),
    ("한국", unicodedata.normalize("NFD", "한국")),
    ("שָׁלוֹם", unicodedata.normalize("NFD", "שָׁלוֹם")),
    ("مُحَمَّد", "\u200fمُحَمَّد"),
    ("St Mary's", "St. Marys"),
    ("North-West", "North West"),
    ("Riverside, Hove", "Riverside (Hove)"),
    ("Riverside/Hove", "Riverside_Hove."),
    ("The Willows", "Willows"),
    ("Health & Care", "Health and care"),
    ("Ward #2", "Ward 2"),
]

OTHERS = [
    ("Riverside", "Lakeside"),
    ("Café", "Cafe"),
    ("Riverside", "River side"),
    ("Ward 1", "Ward 11"),
    ("שָׁלוֹם", "שלום"),
    ("مُحَمَّد", "محمد"),
    ("کمال", "كمال"),
    ("Paсe", "Pace"),
    ("หมู", "หม"),
    ("किताब", "कताब"),
    ("A+", "A-"),
    ("Ward 1", "Ward 2"),
    ("Ward 1.2", "Ward 12"),
    ("Ward 1/2", "Ward 12"),
    ("The", "Them"),
    ("The Hub", "Theatre Hub"),
    ("!", "?"),
]


@each(("first", "second"), SAME)
def test_what_people_write_for_one_name_is_one_name(first: str, second: str) -> None:
    assert folded(first) == folded(second)


@each(("first", "second"), OTHERS)
def test_another_name_stays_another(first: str, second: str) -> None:
    assert folded(first) != folded(second)


@given(st.text())
def test_folding_again_changes_nothing_nor_does_another_form_of_the_same_text(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    for form in ("NFC", "NFD"):
        assert folded(unicodedata.normalize(form, name)) == folded(name)
    assert folded(f" {name}\u00a0") == folded(name)


@each(
    ("first", "second", "said"),
    [
        ("Pаce", "Pace", "where one has “а” (Cyrillic small letter a), the other has “a” (Latin small letter a)"),
        ("ВОН", "BOH", "“В” (Cyrillic capital letter ve), “О” (Cyrillic capital letter o) and “Н” (Cyrillic"),
        (
            "Αthens",
            "Athens",
            "where one has “Α” (Greek capital letter alpha), the other has “A” (Latin capital letter a)",
        ),
        ("کمال", "كمال", "where one has “ک” (Arabic letter keheh), the other has “ك” (Arabic letter kaf)"),
        (
            "Café",
            "Cafe",
            "where one has “é” (Latin small letter e with acute), the other has “e” (Latin small letter e)",
        ),
        ("Łódź", "Lodz", "where one has “Ł” (Latin capital letter l with stroke)"),
        ("Ørsted", "Orsted", "where one has “Ø” (Latin capital letter o with stroke)"),
        ("Ward 1", "Ward l", "where one has “1” (Digit one), the other has “l” (Latin small letter l)"),
        ("Ward 0", "Ward O", "where one has “0” (Digit zero), the other has “O” (Latin capital letter o)"),
        ("River side", "Riverside", "where one has “ ” (Space), the other has nothing"),
        ("شَمس", "شمس", "where one has “◌َ” (Arabic fatha), the other has nothing"),
        ("Burn", "Bum", "where one has “r” (Latin small letter r) and “n” (Latin small letter n), the other has “m”"),
    ],
)
def test_names_that_look_alike_are_told_apart_by_their_characters(first: str, second: str, said: str) -> None:
    assert said in look_alikes([first, "Elsewhere", first, second])
    assert look_alikes([first, second]).startswith("Two of these names look alike: ")


@pytest.mark.parametrize(
    "names", [[], ["Riverside"], ["Riverside", "Lakeside"], ["東京", "京都"], ["Река", "Reka"], ["!", "?"]]
)
def test_nothing_is_said_of_names_that_do_not_look_alike(names: list[str]) -> None:
    assert look_alikes(names) == ""


@each(("first", "second"), SAME)
def test_nothing_is_said_of_names_that_are_the_same(first: str, second: str) -> None:
    assert look_alikes([first, second]) == ""


@given(st.text(), st.text())
def test_something_can_always_be_said_or_nothing(first: str, second: str) -> None:
    assert isinstance(look_alikes([first, second]), str)
