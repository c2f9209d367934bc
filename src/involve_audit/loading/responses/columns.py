"""Which column of a table holds what (collecting.md, "A table of your own"): told by its heading, never by likeness.

A heading is held against names and texts of the rubric in every language at hand, once both are folded: Unicode's NFKC,
blanks, case and punctuation, a number in front and an asterisk behind. Where it is none of them as a whole, its end may
be one, behind whatever a tool puts between a group and a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from involve_audit.errors import Problem, nearest
from involve_audit.language import _, in_short, number
from involve_audit.letters import plain
from involve_audit.loading.responses.cells import shown
from involve_audit.loading.responses.xlsx import letters
from involve_audit.model.columns import AUDIT, PARTS, PEOPLE, PERSPECTIVE, RUBRIC, SUBJECT, column_of, name_of
from involve_audit.model.names import folded
from involve_audit.model.rubric import Item, Rubric
from involve_audit.model.view import NOT_APPLICABLE, UNKNOWN
from involve_audit.words.asking import ASKING
from involve_audit.words.collecting import SURVEY, TABLE
from involve_audit.words.reports import ANSWER_TITLES


class Meaning(NamedTuple):
    """What a column holds: a part of the answer to an item, or something about the whole response, or nothing."""

    part: str
    item: str = ""


ANSWER, DATE, RESPONSE, SENT = "answer", "date", "response", "sent"
LEFT_ALONE, IDENTIFYING = Meaning("nothing"), Meaning("identifying")
OWN = {RUBRIC: "rubric", AUDIT: "audit", SUBJECT: "subject", PERSPECTIVE: "perspective", PEOPLE: "people"}
"""The columns of our own forms that are about a whole response, each with what it is about."""
_PLAIN = {DATE, *OWN.values()}
# What tools write of themselves; of several in one table, the first of these counts.
_OF_TOOLS = {
    RESPONSE: (
        "_uuid",
        "key",
        "meta/instanceid",
        "meta-instanceid",
        "meta:instanceid",
        "meta.instanceid",
        "instanceid",
    ),
    SENT: (
        *("_submission_time", "submissiondate", "submitdate", "date submitted", "timestamp", "completion time"),
        *("end", "date last action", "datestamp"),
    ),
}
_BY_TOOLS = {name: (part, rank) for part, names in _OF_TOOLS.items() for rank, name in enumerate(names)}
# What a quiz of Microsoft Forms adds to every question.
_OF_QUIZZES = re.compile(r"(points|feedback)\s+-\s")
# What can tell who somebody is, in a heading of any length, and in one of a few words. One too many does no harm: it is
# left out, as any other that is not understood.
_WHO = re.compile(
    r"\b(e\s?mails?|emailaddress|correo|courriel|user\s?(name|id)|login|submitted\sby|submitter\s?(id|name)|"
    r"(first|last|middle|full|family|given|your|nick|sur|fore|respondents?|participants?|contact|display)\s?names?|"
    r"names?\sof\s(the\s)?(person|respondent|participant)|device\s?id|imei|sim\s?serial|simid|subscriber\s?id|"
    r"ip\s?addr(ess)?|geo\s?location|geopoint|gps|latitude|longitude|altitude|post\s?code|postal\scode|zip\scode|"
    r"phone\s?(number)?|telephone|téléphone|teléfono|birthday|date\sof\sbirth|nhs\snumber|"
    r"(participant|respondent|client|patient|staff|member)\s?(id|number)|instance\s?name|referrer\surl)\b"
)
_WHO_IN_SHORT = re.compile(
    r"\b(mail|user|names?|nom|nombre|prénom|vorname|nachname|benutzer(name)?|apellidos?|initials|signature|device|token|"
    r"ip|location|standort|ort|place|zip|address|anschrift|adresse|telefon|mobile|handy|birth|dob|referrer)\b"
)
_NO_PERSON = re.compile(r"\b(services?|organi[sz]ation|team|group|project|in\splace)\b")
_FEW_WORDS = 4
_MOST_KEPT = 1_000
MOST_NEAR, MOST_HELD = 3, 100
# A heading that is what it should only head, as where a table has no headings.
_WHO_ITSELF = re.compile(r"\S@\S|(?:\+?\d[\s().-]?){7,}$|\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{1,4}:){3,}", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[(\[]?\d{1,4}[.):\]]+\s+")
_MARKDOWN = re.compile(r"\\(?=[\\*_])")
# Between a group, or a code, and what is asked in it.
_BETWEEN = re.compile(r"[^\w\s'-]+|\s[-–—]+\s|[-_]+(?=(?:q|ia)_)")


def as_heading(text: str) -> str:
    """A heading, or a text of a rubric, as the one is held against the other."""
    return folded(_NUMBER.sub("", _MARKDOWN.sub("", text), count=1))


def as_name(heading: str) -> str:
    """A heading as it is held against names, in which punctuation counts."""
    return plain(heading).casefold().strip("* ")


class Headings:
    """What columns may be called, made once of a rubric and its translations.

    `mapped` says of columns what they hold; it goes before what they are called.
    """

    def __init__(self, rubrics: Sequence[Rubric], mapped: Mapping[str, Meaning]) -> None:
        """The first of the rubrics is the one that is read with; the others are the same in other languages."""
        self.items = {item.id: item for item in rubrics[0].items}
        self._mapped = {as_name(heading): meaning for heading, meaning in mapped.items()}
        taken = set(self._mapped.values())
        self._names = _only({name: {meaning} - taken for name, meaning in self._own_names()})
        texts: dict[str, set[Meaning]] = {}
        self._sentences: set[str] = set()
        for rubric in rubrics:
            for text, meaning in self._texts_of(rubric):
                texts.setdefault(text, set()).add(meaning)
        self._texts = _only({text: meanings - taken for text, meanings in texts.items() if text})

    def _own_names(self) -> Iterator[tuple[str, Meaning]]:
        yield DATE, Meaning(DATE)
        for name, part in OWN.items():
            yield part, Meaning(part)
            yield name, Meaning(part)
        for item in self.items:
            yield item.replace("-", ""), Meaning(ANSWER, item)  # a code of LimeSurvey holds letters and figures only
        for item in self.items:
            yield item, Meaning(ANSWER, item)
            for part in ("", *PARTS):
                yield column_of(item, part), Meaning(part or ANSWER, item)

    def _texts_of(self, rubric: Rubric) -> Iterator[tuple[str, Meaning]]:
        for part in ("subject", "perspective", "people"):
            yield as_heading(SURVEY[part]), Meaning(part)
        for place, item in enumerate(rubric.items, 1):
            if item.id not in self.items:
                continue
            for sentence in map(as_heading, sentences_of(item)):
                self._sentences.add(sentence)
                yield folded(f"{place}. {sentence}"), Meaning(ANSWER, item.id)  # tells apart two of the same words
                yield sentence, Meaning(ANSWER, item.id)
            yield as_heading(item.title), Meaning(ANSWER, item.id)
            for part in PARTS:
                yield folded(f"{place}. {SURVEY[part]}"), Meaning(part, item.id)

    def meaning(self, heading: str) -> Meaning:
        """What the column of this heading holds; `nothing` where that is not known."""
        name = as_name(heading)
        if found := self._mapped.get(name) or self._named(heading):
            return found
        if tool := _BY_TOOLS.get(name):
            return Meaning(tool[0])
        if _OF_QUIZZES.match(name):
            return LEFT_ALONE
        if found := self._by_its_end(heading):
            return found
        return IDENTIFYING if tells_who(heading) else LEFT_ALONE

    def is_said(self, heading: str) -> bool:
        """Whether somebody said what the column of this heading holds."""
        return as_name(heading) in self._mapped

    def _named(self, text: str) -> Meaning | None:
        name = as_name(text).rstrip("]) ")
        named, told = self._names.get(name), self._texts.get(folded(text)) or self._texts.get(as_heading(text))
        if named and told and named != told:  # the title of one is the name of another
            return named if text in (named.item, named.part) else None
        return named or told

    def _by_its_end(self, heading: str) -> Meaning | None:
        """What the end of a heading says, the longest end first: behind a sign any, elsewhere a question alone."""
        for sign in _BETWEEN.finditer(heading):
            end = heading[sign.end() :]
            if (found := self._named(end)) and not self._counts_alone(heading, end):
                return found
        words = as_heading(heading).split()
        ends = (" ".join(words[place:]) for place in range(1, len(words)))
        return next((self._texts[end] for end in ends if end in self._sentences and end in self._texts), None)

    @staticmethod
    def _counts_alone(heading: str, end: str) -> bool:
        """Whether the end of a heading is a word too common to count there: `Birth/date` is not a day of answers."""
        word = as_name(end).rstrip("]) ")
        return word in _PLAIN and (word != OWN[PERSPECTIVE] or tells_who(heading))

    def near(self, headings: Iterable[str], missing: Iterable[str]) -> list[tuple[str, str]]:
        """The headings that are like a question of these, each with the id of that question."""
        texts = {as_heading(text): item for item in missing for text in _called(self.items[item])}
        found = ((heading, nearest(as_heading(heading), texts)) for heading in headings)
        return [(heading, texts[near]) for heading, near in found if near]


def tells_who_surely(heading: str) -> bool:
    """Whether a column of this heading cannot but tell who somebody is."""
    name = as_name(heading)
    return bool(_WHO_ITSELF.search(name) or _WHO.search(folded(name)))


def tells_who(heading: str) -> bool:
    """Whether a column of this heading can tell who somebody is."""
    bare = folded(as_name(heading))
    short = len(bare.split()) <= _FEW_WORDS and not _NO_PERSON.search(bare)
    return tells_who_surely(heading) or bool(short and _WHO_IN_SHORT.search(bare))


def _only(found: Mapping[str, set[Any]]) -> dict[str, Any]:
    """What stands for one thing alone."""
    return {text: next(iter(things)) for text, things in found.items() if len(things) == 1}


def sentences_of(item: Item) -> Iterator[str]:
    """The words in which a question is asked."""
    yield item.ask
    yield from item.wording.values()


def _called(item: Item) -> Iterator[str]:
    yield from (item.id, item.title, *sentences_of(item))


@dataclass
class Columns:
    """What each column of a table holds, by its place, counted from 0.

    `twice` are two columns that hold one thing; `left_alone` those that hold nothing that is known. Of columns that can
    tell who somebody is, their number is all that is kept.
    """

    headings: Sequence[str]
    held: dict[int, Meaning] = field(default_factory=dict)
    twice: list[tuple[int, int, Meaning]] = field(default_factory=list)
    left_alone: list[int] = field(default_factory=list)
    identifying: int = 0

    def named(self, place: int) -> str:
        """A column as people find it: its letters in a spreadsheet, and its heading."""
        return _("column {letters} “{heading}”").format(letters=letters(place + 1), heading=shown(self.headings[place]))

    @property
    def names_left_alone(self) -> Iterator[str]:
        """The headings of the columns that were left alone."""
        return (self.headings[place] for place in self.left_alone)

    def heading_of(self, path: Sequence[str | int], at_key: bool) -> str:
        """The heading of the column in which a value of a response stands, by its path in an answers file; or empty."""
        match path:
            case ("answers", item, part, *_) if part in PARTS:
                wanted = {Meaning(str(part), str(item))}
            case ("answers", item, *_):
                wanted = {Meaning(ANSWER, str(item))}
            case ("respondents", perspective, *_):
                wanted = {Meaning("perspective" if at_key else "people"), Meaning("people", str(perspective))}
            case ("date", *_):
                wanted = {Meaning(DATE), Meaning(SENT)}
            case (part, *_):
                wanted = {Meaning(str(part))}
            case _:
                return ""
        return next((self.headings[place] for place, meaning in self.held.items() if meaning in wanted), "")

    @property
    def answered(self) -> set[str]:
        """The items that have a column."""
        return {meaning.item for meaning in self.held.values() if meaning.part == ANSWER}


class Called:
    """What is known by its id, as it is written or with `_` for `-`, and by what it is called, folded.

    `shared` are the folded words that several are called by, each with their ids: they stand for none of them.
    """

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """`names` says of each id what else it is called."""
        found: dict[str, set[str]] = {}
        titles: dict[str, set[str]] = {}
        for one, texts in names.items():
            for text in (one, *texts):
                found.setdefault(folded(text), set()).add(one)
            for text in texts:
                titles.setdefault(text, set()).add(one)
        self.ids = list(names)
        self.shared = {text: ids for text, ids in found.items() if len(ids) > 1}
        self.known = {word: one for one in names for word in (one, name_of(one)) if titles.get(word, {one}) == {one}}
        self._alone = _only(found)

    def of(self, text: str) -> str:
        """The id of what is called so; empty where nothing is, or several are."""
        if (known := self.known.get(text)) is None:
            known = self._alone.get(folded(text), "")
            if len(self.known) < _MOST_KEPT:
                self.known[text] = known
        return known

    def several(self, text: str) -> list[str]:
        """The ids of those that are called so, where they are several."""
        return [] if self.of(text) else sorted(self.shared.get(folded(text), ()))


def answers_called(rubrics: Sequence[Rubric]) -> Called:
    """The answers of a rubric, by ids and by what they are called in any language."""
    called = {
        UNKNOWN: {ANSWER_TITLES[UNKNOWN], ASKING["nobody_knows"]},
        NOT_APPLICABLE: {ANSWER_TITLES[NOT_APPLICABLE]},
    }
    for option in (option for rubric in rubrics for option in rubric.scale):
        called.setdefault(option.id, set()).update((option.title, *option.also))
    return Called(called)


def columns_of(headings: Sequence[str], known: Headings) -> Columns:
    """What the columns with these headings hold."""
    columns = Columns(headings)
    firsts: dict[Meaning, int] = {}
    for place, heading in enumerate(headings):
        meaning = known.meaning(heading) if heading.strip() else LEFT_ALONE
        if meaning == IDENTIFYING:
            columns.identifying += 1
        elif meaning == LEFT_ALONE:
            columns.left_alone += [place] * bool(heading.strip() and not known.is_said(heading))
        elif meaning not in firsts:
            firsts[meaning] = place
        elif meaning.part in _OF_TOOLS:
            better, other = sorted((firsts[meaning], place), key=lambda one: _rank(headings[one]))
            firsts[meaning] = better
            columns.left_alone.append(other)
        else:
            columns.twice.append((firsts[meaning], place, meaning))
    columns.held = {place: meaning for meaning, place in firsts.items()}
    return columns


def _rank(heading: str) -> int:
    return _BY_TOOLS.get(as_name(heading), ("", -1))[1]


def held_twice(columns: Columns, file: str) -> list[Problem]:
    """That two columns hold one thing, for each two that do."""
    problems = []
    for first, second, meaning in columns.twice:
        one, other = map(columns.named, (first, second))
        what = _("two columns hold the same, `{what}`: {one} and {other}")
        hint = _("Take one out, or say with --columns which of them counts.")
        if as_name(columns.headings[first]) == as_name(columns.headings[second]):
            hint = _("Take one out, or call it differently.")
        told = what.format(what=meaning.item or meaning.part, one=one, other=other)
        problems.append(Problem(file, told, hint))
    return problems


def without_column(columns: Columns, known: Headings) -> str:
    """How many questions have no column, and which headings are like theirs; empty where all have one."""
    missing = [item for item in known.items if item not in columns.answered]
    if not missing:
        return ""
    told = TABLE.of("without_column", len(missing), all=number(len(known.items)))
    near = known.near(islice(columns.names_left_alone, MOST_HELD), missing)
    pairs = (_("“{heading}” for `{item}`").format(heading=shown(heading), item=item) for heading, item in near)
    listed = in_short(islice(pairs, MOST_NEAR))
    meant = _("Look whether one of these is meant: {headings}.").format(headings=listed)
    return f"{told} {meant}" if listed else told
