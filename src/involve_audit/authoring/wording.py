"""What an author no longer sees in the words: that they are hard, or there twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import log

from involve_audit.authoring.manuscript import Manuscript
from involve_audit.authoring.rules import finding
from involve_audit.language import _, listed, number
from involve_audit.loading.tree import Path
from involve_audit.loading.tree import listed as entries
from involve_audit.model.finding import Finding

# Grades for English, LIX for other languages: of a single question, of other words, of all questions together.
_HARDEST_QUESTION, _HARDEST_TEXT, _HARDEST_TOGETHER = (10.0, 50.0), (12.0, 60.0), (6.0, 40.0)
_FEWEST_WORDS = 4
_END_OF_SCHOOL = 18
_ALIKE = 0.8


def hard_words(written: Manuscript) -> Iterator[Finding]:
    """Texts above the level at which somebody who is tired can read them."""
    english = _is_english(written)
    for place, text in _questions(written):
        yield from _hard(written, place, text, _HARDEST_QUESTION, english)
    for place, text in _other_texts(written):
        yield from _hard(written, place, text, _HARDEST_TEXT, english)
    together = " ".join(text for _place, text in _questions(written))
    level = (ari if english else lix)(together)
    if together and level > _HARDEST_TOGETHER[not english]:
        what = _("the questions together are hard to read: {level}").format(level=_level(level, english))
        hint = _("Aim at {aim}: shorter words, shorter sentences.")
        aim = _level(_HARDEST_TOGETHER[not english], english)
        yield finding("readable", written.tree.problem(("indicators",), what, hint.format(aim=aim), at_key=True))


def _hard(written: Manuscript, place: Path, text: str, most: tuple[float, float], english: bool) -> Iterator[Finding]:
    level = (ari if english else lix)(text)
    if level > most[not english] and len(text.split()) >= _FEWEST_WORDS:
        what = _("this is hard to read: {level}").format(level=_level(level, english))
        hint = _("Make two sentences of it, or use shorter words.")
        if words := longest_words(text):
            hint += " " + _("The longest are: {words}.").format(words=listed(words))
        yield finding("readable", written.tree.problem(place, what, hint))


def _level(level: float, english: bool) -> str:
    if english and reading_age(level) > _END_OF_SCHOOL:
        return _("above the level of any school")
    if english:
        return _("the level of age {age}").format(age=number(reading_age(level)))
    return _("LIX {level}").format(level=number(round(level)))


def _is_english(written: Manuscript) -> bool:
    data = written.tree.data if isinstance(written.tree.data, dict) else {}
    return str(data.get("language", "en")).partition("-")[0].lower() == "en"


def _questions(written: Manuscript) -> Iterator[tuple[Path, str]]:
    for item in written.items:
        yield written.at(item.id, "ask"), item.ask
        for perspective, text in item.wording.items():
            yield written.at(item.id, "wording", perspective), text


def _other_texts(written: Manuscript) -> Iterator[tuple[Path, str]]:
    """What is shown on the first page of a report."""
    for item in written.items:
        yield written.at(item.id, "next_step"), item.next_step
    data = written.tree.data if isinstance(written.tree.data, dict) else {}
    for place, stage in entries(data.get("stages")):
        if isinstance(stage.get("summary"), str):
            yield ("stages", place, "summary"), stage["summary"]
        for number_, gate in entries(stage.get("gates")):
            if isinstance(gate.get("because"), str):
                yield ("stages", place, "gates", number_, "because"), gate["because"]


def nearly_the_same(written: Manuscript) -> Iterator[Finding]:
    """Pairs of questions that share most of their words, those that many questions use counting less."""
    words = {item.id: frozenset(re.findall(r"\w+", item.ask.casefold())) for item in written.items}
    used = Counter(word for its_words in words.values() for word in its_words)
    worth = {word: log(1 + len(words) / count) for word, count in used.items()}
    weight = {item: sum(worth[word] for word in its_words) for item, its_words in words.items()}
    for one, other in combinations(words, 2):
        shared = sum(worth[word] for word in words[one] & words[other])
        if shared >= _ALIKE * (weight[one] + weight[other] - shared) > 0:
            first = written.tree.problem(written.at(one, "ask"), "").where
            what = _("`{other}` asks nearly the same as `{one}` ({first})").format(other=other, one=one, first=first)
            hint = _("Take one out, or say in the words what sets them apart.")
            yield finding("questions-differ", written.tree.problem(written.at(other, "ask"), what, hint))


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
