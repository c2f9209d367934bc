"""Every word of the overviews is used somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from involve_audit.words.many import BATCH, COUNTED_BATCH, PROGRESS

ROOT = Path(__file__).parents[4]
TEXTS = [*(ROOT / "templates").glob("overview.*"), *(ROOT / "src/involve_audit").rglob("batch/*.py")]
USED = "".join(path.read_text(encoding="utf-8") for path in TEXTS if path.name != "vocabulary.py")


@pytest.mark.parametrize("word", [*BATCH, *COUNTED_BATCH.texts, *PROGRESS])
def test_every_word_is_used(word: str) -> None:
    assert f'"{word}"' in USED or f"words.{word}" in USED
