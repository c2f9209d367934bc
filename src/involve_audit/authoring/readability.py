"""How hard a text is to read, by two indices that need no dictionary.

ARI (automated readability index) gives a United States school grade and is made for English: grade 6 is age 11 to 12.
LIX gives a number for any language with an alphabet: below 30 for children's books, 40 for an ordinary newspaper,
above 50 for official texts.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[\w'’-]+")
_SENTENCE_END = re.compile(r"[.?!](?:\s|$)")
_YEARS_BEFORE_SCHOOL = 6
_LONG = 6


def ari(text: str) -> float:
    """The school grade that can read this English text."""
    words, sentences = _words_and_sentences(text)
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / sentences - 21.43


def lix(text: str) -> float:
    """How hard this text is, in any language."""
    words, sentences = _words_and_sentences(text)
    return len(words) / sentences + 100 * len(_long(words)) / len(words)


def reading_age(grade: float) -> int:
    """The age at which a school grade is reached, in full years."""
    return round(grade) + _YEARS_BEFORE_SCHOOL


def longest_words(text: str, most: int = 3) -> list[str]:
    """The longest of the long words, each once."""
    return sorted(dict.fromkeys(_long(_WORD.findall(text))), key=lambda word: (-len(word), word))[:most]


def _words_and_sentences(text: str) -> tuple[list[str], int]:
    return _WORD.findall(text) or [""], len(_SENTENCE_END.findall(text)) or 1


def _long(words: list[str]) -> list[str]:
    return [word for word in words if len(word) > _LONG]
