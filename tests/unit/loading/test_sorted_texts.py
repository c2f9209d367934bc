"""Texts come out sorted, every one of them, however many there are."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from involve_audit.loading.gathering import SortedTexts


def kept(texts: list[str]) -> SortedTexts:
    found = SortedTexts()
    for text in texts:
        found.add(text)
    return found


def test_texts_of_several_runs_come_out_in_order_and_more_than_once() -> None:
    texts = [f"{number % 1000}\0{number}" for number in range(20_000)]
    random.Random(1).shuffle(texts)
    found = kept(texts)
    assert len(found) == 20_000
    assert list(found) == list(found) == sorted(texts)


@given(st.lists(st.text(st.characters(max_codepoint=0x10FFFE), max_size=5)))
def test_any_text_is_kept_as_it_is(texts: list[str]) -> None:
    texts = [*texts, "\udcff\n", ""]
    found = kept(texts)
    assert list(found) == sorted(texts)
    runs = kept(texts * (1 + 9000 // len(texts)))
    assert sorted(set(runs)) == sorted(set(texts))
