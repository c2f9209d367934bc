"""What an author forgets about questions, and no longer sees in their words: that they are hard, or there twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log

from involve_audit.authoring.asked import asked_findings
from involve_audit.authoring.manuscript import Manuscript
from involve_audit.language import _, listed, ngettext, number
from involve_audit.loading.tree import KeyPath
from involve_audit.model.finding import Finding
from involve_audit.model.rubric import AntiPattern

_HELP = ("yes_looks_like", "not_enough", "who_to_ask")
_NUMBERED_STAGE = re.compile(r"(^|-)(stage|level|step|tier|grade)-?[0-9]+(-|$)")
# Grades for English, LIX for other languages: of a single question, of other words, of all questions together.
_HARDEST_QUESTION, _HARDEST_TEXT, _HARDEST_TOGETHER = (10.0, 50.0), (12.0, 60.0), (6.0, 40.0)
_FEWEST_WORDS = 4
_END_OF_SCHOOL = 18
_ALIKE, _ERROR = 0.8, 1e-9
MOST_HELD_AGAINST = 100
"""Where very many questions have the same few words, each is held against so many earlier ones of the rarest words."""
_WORD = re.compile(r"[\w'’-]+")
_SENTENCE_END = re.compile(r"[.?!](?:\s|$)")
_YEARS_BEFORE_SCHOOL = 6
_LONG = 6


def question_findings(written: Manuscript) -> Iterator[Finding]:
    """Everything about single questions and their words."""
    yield from asked_findings(written, _is_english(written))
    for look in (
        without_help,
        without_source,
        anti_patterns_without_limits,
        encodes_a_stage,
        nearly_the_same,
        hard_words,
    ):
        yield from look(written)


def without_help(written: Manuscript) -> Iterator[Finding]:
    """Questions that leave a group alone with the answer."""
    for item in written.items:
        missing = [f"`{name}`" for name in _HELP if not getattr(item, name)]
        if missing:
            what = _("`{id}` comes without help: {missing}").format(id=item.id, missing=listed(missing))
            hint = _("Say what a yes looks like, what is not enough, and whom to ask. Nobody should have to guess.")
            yield written.finding("help", written.at(item.id, "id"), what, hint)


def without_source(written: Manuscript) -> Iterator[Finding]:
    """Questions that do not say where they come from; the whole rubric where it names no source at all."""
    if isinstance(written.tree.data, dict) and not any(written.entries("sources")):
        what = _("this rubric names no source")
        hint = _("Add `sources:`. What your own group agreed is a source too: say who, and when.")
        yield written.finding("source", ("id",), what, hint)
        return
    for item in written.items:
        if item.source is None:
            what = _("`{id}` does not say where it comes from").format(id=item.id)
            yield written.finding("source", written.at(item.id, "id"), what, _("Add a `source:` line to it."))


def encodes_a_stage(written: Manuscript) -> Iterator[Finding]:
    """Ids that would be wrong once their question stands at another stage."""
    stages = tuple(f"{stage.get('id')}-" for _place, stage in written.entries("stages"))
    for item in written.items:
        if _NUMBERED_STAGE.search(item.id) or item.id.startswith(stages):
            what = _("the id `{id}` says at which stage its question stands").format(id=item.id)
            hint = _("A question may move, and an id never changes. Name it after what is asked.")
            yield written.finding("id-without-stage", written.at(item.id, "id"), what, hint)


def anti_patterns_without_limits(written: Manuscript) -> Iterator[Finding]:
    """Anti-patterns that nothing follows from for any other question."""
    for item in written.items:
        if isinstance(item, AntiPattern) and not item.limits:
            what = _("the anti-pattern `{id}` limits nothing").format(id=item.id)
            hint = _("Add `limits: […]`: which good answers count less while this is true?")
            yield written.finding("anti-pattern-limits", written.at(item.id, "id"), what, hint)


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
        yield written.finding("readable", ("indicators",), what, hint.format(aim=aim), at_key=True)


def _hard(
    written: Manuscript, place: KeyPath, text: str, most: tuple[float, float], english: bool
) -> Iterator[Finding]:
    level = (ari if english else lix)(text)
    if level > most[not english] and len(text.split()) >= _FEWEST_WORDS:
        what = _("this is hard to read: {level}").format(level=_level(level, english))
        hint = _("Make two sentences of it, or use shorter words.")
        if words := longest_words(text):
            hint += " " + _("The longest are: {words}.").format(words=listed(words))
        yield written.finding("readable", place, what, hint)


def _level(level: float, english: bool) -> str:
    if english and reading_age(level) > _END_OF_SCHOOL:
        return _("above the level of any school")
    if english:
        return _("the level of age {age}").format(age=number(reading_age(level)))
    return _("LIX {level}").format(level=number(round(level)))


def _is_english(written: Manuscript) -> bool:
    data = written.tree.data if isinstance(written.tree.data, dict) else {}
    return str(data.get("language", "en")).partition("-")[0].lower() == "en"


def _questions(written: Manuscript) -> Iterator[tuple[KeyPath, str]]:
    for item in written.items:
        yield written.at(item.id, "ask"), item.ask
        for perspective, text in item.wording.items():
            yield written.at(item.id, "wording", perspective), text


def _other_texts(written: Manuscript) -> Iterator[tuple[KeyPath, str]]:
    """What is shown on the first page of a report."""
    for item in written.items:
        yield written.at(item.id, "next_step"), item.next_step
        yield written.at(item.id, "do"), item.do or ""
    texts = ((place, key, stage.get(key)) for place, stage in written.entries("stages") for key in ("says", "summary"))
    stages = ((("stages", place, key), text) for place, key, text in texts)
    gates = (((*place, "because"), gate.get("because")) for place, gate in written.gates())
    yield from ((place, text) for place, text in (*stages, *gates) if isinstance(text, str))


def nearly_the_same(written: Manuscript) -> Iterator[Finding]:
    """Questions that share most of their words with an earlier one."""
    cut_off: list[str] = []
    for one, other in alike({item.id: item.ask for item in written.items}, cut_off):
        first = written.tree.problem(written.at(one, "ask"), "").where
        what = _("`{other}` asks nearly the same as `{one}` ({first})").format(other=other, one=one, first=first)
        hint = _("Take one out, or say in the words what sets them apart.")
        yield written.finding("questions-differ", written.at(other, "ask"), what, hint)
    if cut_off:
        what = ngettext(
            "{count} question shares words with so many others that it was held against {most} of them only",
            "{count} questions share words with so many others that each was held against {most} of them only",
            len(cut_off),
        ).format(count=number(len(cut_off)), most=number(MOST_HELD_AGAINST))
        hint = _("Some may ask nearly the same as another. Say in more of their words what sets them apart.")
        yield written.finding("questions-differ", written.at(cut_off[0], "ask"), what, hint)


def alike(texts: Mapping[str, str], cut_off: list[str]) -> Iterator[tuple[str, str]]:
    """Each text that is like an earlier one, after it: they share most of their words, those of many counting less.

    Two that are alike share a word even of the rarest ones without which not enough of a text is left to be alike. A
    text for which that leaves too many, and that is like none of the first of them, goes into `cut_off`.
    """
    words = {name: frozenset(re.findall(r"\w+", text.casefold())) for name, text in texts.items()}
    used = Counter(word for its_words in words.values() for word in its_words)
    worth = {word: log(1 + len(words) / count) for word, count in used.items()}
    weight = {name: sum(worth[word] for word in its_words) for name, its_words in words.items()}
    earlier: dict[str, list[str]] = {}
    for name, its_words in words.items():
        rest, rare = weight[name], []
        for word in sorted(its_words, key=lambda word: (-worth[word], word)):
            rare += [word] if rest >= _ALIKE * weight[name] * (1 - _ERROR) else []
            rest -= worth[word]
        sharing = _first(one for word in rare for one in earlier.get(word, ()))
        for one in sharing[:MOST_HELD_AGAINST]:
            shared = sum(worth[word] for word in words[one] & its_words)
            if shared >= _ALIKE * (weight[one] + weight[name] - shared) > 0:
                yield one, name
                break
        else:
            cut_off += [name] if len(sharing) > MOST_HELD_AGAINST else []
        for word in rare:
            earlier.setdefault(word, []).append(name)


def _first(names: Iterable[str]) -> list[str]:
    """The first of these, each once, and one more than a text is held against where there are more."""
    found: dict[str, None] = {}
    for name in names:
        found[name] = None
        if len(found) > MOST_HELD_AGAINST:
            break
    return list(found)


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
