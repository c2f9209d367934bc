"""How questions are put: two things asked at once, a no that is said twice, and names that are written like others.

What looks into the words of a question knows English alone, and says nothing of a rubric in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from involve_audit.language import _, listed
from involve_audit.letters import plain

if TYPE_CHECKING:
    from involve_audit.authoring.manuscript import Manuscript
    from involve_audit.loading.tree import KeyPath
    from involve_audit.model.finding import Finding
    from involve_audit.model.rubric import Item

ONE_THING, PLAIN_NO, TITLES, QUOTES = "one-thing-asked", "plain-no", "titles-differ", "straight-quotes"

# What begins another clause behind "and", "or" and "but": helping verbs, words that ask, verbs that are hardly ever
# nouns, participles, and any word that is no preposition with an article behind it.
_BEGINS = (
    "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|must|"
    "who|whom|whose|which|what|when|where|why|how|whether|if|"
    "agrees?|answers?|asks?|attends?|brings?|chooses?|decides?|discuss(?:es)?|evaluates?|explains?|follows?|gets?|"
    "gives?|hears?|includes?|joins?|keeps?|knows?|listens?|makes?|meets?|publish(?:es)?|provides?|reads?|receives?|"
    "reply|replies|responds?|says?|sends?|takes?|tells?|understands?|writes?|"
    "brought|built|chosen|done|found|given|heard|held|kept|known|made|met|paid|said|seen|sent|shown|spent|taken|told|"
    "understood|written"
)
_NO_VERB = (
    "about|after|all|any|as|at|before|between|both|by|during|each|even|every|for|from|half|in|into|like|many|more|most|"
    "not|of|on|only|over|per|so|some|such|than|that|to|under|until|what|with|within|without"
)
_NO_PARTICIPLE = "bed|exceed|feed|hundred|indeed|need|proceed|red|sacred|seed|shed|speed|succeed|wicked"
_JOINT = re.compile(
    rf"\b(?:and|or|but) (?:also |then )?(?:(?:{_BEGINS})\b|(?!(?:{_NO_VERB})\b)\w+ (?:an?|the|its?|them|their)\b"
    rf"|(?!(?:{_NO_PARTICIPLE})\b)\w{{2,}}ed\b)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|nowhere|neither|nor|without|cannot)\b|\b\w+n't\b", re.IGNORECASE
)
_NO_NO = re.compile(r"\bno (?:further|more|less|later)\b|\bnot (?:only|just)\b|\b(?:why|or) not\b", re.IGNORECASE)
_NO_AND_NO = re.compile(r"\b(no|not|without) ([^,.;?]{0,60}?) (?:and|or|nor) \1\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.?!]*[.?!]?")
_QUOTED = re.compile("[“„‟«‹‘‚][^“”„‟«»‹›‘‚]*[”“»›’‘]")


def asked_findings(written: Manuscript, english: bool) -> Iterator[Finding]:
    """Everything about how questions are put, and about names."""
    for item in written.items:
        for place, text in _wordings(written, item):
            yield from _several_questions(written, place, text)
            if english:
                yield from _two_things(written, place, text)
                yield from _no_twice(written, place, text, item)
    yield from _same_titles(written)
    yield from _quoted_names(written)


def _wordings(written: Manuscript, item: Item) -> Iterator[tuple[KeyPath, str]]:
    yield written.at(item.id, "ask"), item.ask
    yield from ((written.at(item.id, "wording", who), text) for who, text in item.wording.items())


def _several_questions(written: Manuscript, place: KeyPath, text: str) -> Iterator[Finding]:
    if sum(sign in "?？؟" for sign in text) > 1:
        what = _("these are several questions, and there is one answer")
        yield written.finding(ONE_THING, place, what, _("Make a question of each, or ask only one of them."))


def _two_things(written: Manuscript, place: KeyPath, text: str) -> Iterator[Finding]:
    if joint := _JOINT.search(" ".join(plain(text).split())):
        what = _("this may ask two things at once: “… {joint} …”").format(joint=joint[0])
        hint = _("Whoever would say yes to one and no to the other cannot answer. Make two questions of it.")
        yield written.finding(ONE_THING, place, what, hint)


def _no_twice(written: Manuscript, place: KeyPath, text: str, item: Item) -> Iterator[Finding]:
    """A question about something bad that holds a no already; any other that holds two."""
    asked = "".join(sentence for sentence in _SENTENCE.findall(plain(text)) if sentence.endswith("?"))
    found = [no[0] for no in _NO.finditer(_NO_AND_NO.sub(r"\1 \2", _NO_NO.sub("", asked)))]
    if len(found) < (1 if item.lower_is_better else 2):
        return
    words = listed(f"“{word}”" for word in dict.fromkeys(found))
    what = _("an answer of no to this is a no to {words}").format(words=words)
    hint = _("That is hard to follow. Ask whether the bad thing is there, in words without a no.")
    if not item.lower_is_better:
        hint = _("That is hard to follow. Ask it without a no, or with one at most.")
    yield written.finding(PLAIN_NO, place, what, hint)


_TITLED = (("scale", "title"), ("perspectives", "title"), ("themes", "title"), ("stages", "title"), ("stages", "short"))


def _same_titles(written: Manuscript) -> Iterator[Finding]:
    """Titles that stand twice in a list, whatever their case and dashes; of the scale, with one value.

    Answers of one title and different values are found where answers are typed.
    """
    lists = [[((section, place, key), entry) for place, entry in written.entries(section)] for section, key in _TITLED]
    items = ("indicators", "anti_patterns")
    lists.append([((section, place, "title"), entry) for section in items for place, entry in written.entries(section)])
    for entries in lists:
        first: dict[tuple[str, str], tuple[KeyPath, dict[str, Any]]] = {}
        for place, entry in entries:
            title, worth = entry.get(str(place[-1])), str(entry.get("value")).removesuffix(".0")
            key = (plain(str(title)).casefold(), worth)
            before, other = first.setdefault(key, (place, entry))
            if title and before != place:
                what = _("`{id}` has the same title as `{other}` ({where})")
                if place[0] == "scale":
                    what = _("`{id}` has the same title as `{other}` ({where}), and is worth the same")
                where = written.tree.problem(before, "").where
                what = what.format(id=entry.get("id"), other=other.get("id"), where=where)
                hint = _("Nobody can tell them apart. Call one of them something else.")
                yield written.finding(TITLES, place, what, hint)


def _quoted_names(written: Manuscript) -> Iterator[Finding]:
    """Names in quotes that YAML takes for part of the name, so that nothing else is called so."""
    sections = ("scale", "perspectives", "themes", "stages", "indicators", "anti_patterns", "glossary")
    for section in sections:
        for place, entry in written.entries(section):
            also = entry.get("also")
            names: list[tuple[KeyPath, Any]] = [((key,), entry.get(key)) for key in ("title", "short", "term")]
            names += [(("also", number), word) for number, word in enumerate(also if isinstance(also, list) else ())]
            for below, name in names:
                if isinstance(name, str) and _QUOTED.fullmatch(name.strip()):
                    what = _("the quotes around {name} are part of it, and will not match").format(name=name.strip())
                    hint = _('Take them out, or write straight quotes: "…".')
                    yield written.finding(QUOTES, (section, place, *below), what, hint)
