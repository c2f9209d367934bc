"""In its page, the program names no option and no command where it says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from involve_audit import language
from involve_audit.catalogue import gathered
from involve_audit.errors import Problem
from involve_audit.words.in_page import IN_PAGE
from involve_audit.words.program_page import PROGRAM_PAGE, SAID_BY_PROGRAM_PAGE

TYPED = re.compile(r"involve-audit [a-z]|(?<![\w-])--?[a-z]+\b|`(?:rubric|answers) [a-z]")
RESULTS = re.compile("words/(?:reports|many|comparing|rubrics|versions)|templates/")
"""What stands in results, which are the same everywhere."""
NOT_RUN = re.compile(
    "asking/|batch/|versions/|/tables/|spark|git|rehearsal|enter|cli/template|shells|schema|rubric_list"
)
"""Parts that no command of the page has, and options of many audits, of which it asks none that needs a word."""
NOT_ASKED = re.compile(
    "--(?:columns was|fail-|fewer-than|kind|long|on:|output|translates|views)|Add -|For Welsh"
    "|Can this tell|Name (?:a file to|answers files|files|one)|both s"
)
"""Begins of what is said of options that the page never gives, or where it gives no file."""


def said() -> Iterator[tuple[str, str]]:
    """Every text of the program that is not help, and where it stands."""
    for message in gathered():
        texts = (message.id,) if isinstance(message.id, str) else message.id
        for place, _line in message.locations:
            yield from ((text, place) for text in texts if "words/in_page" not in place)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_what_names_something_to_type_has_other_words_in_the_page() -> None:
    left = {
        text
        for text, place in said()
        if TYPED.search(text) and not (RESULTS.search(place) or NOT_RUN.search(place) or NOT_ASKED.match(text))
    }
    assert left - IN_PAGE.keys() == set()


def test_these_stand_for_texts_that_are_there_and_none_of_a_result() -> None:
    known, results = set(), set()
    for text, place in said():
        known.add(text)
        if RESULTS.search(place):
            results.add(text)
    assert IN_PAGE.keys() - known == set()
    assert IN_PAGE.keys() & results == set()


def test_they_say_no_more_than_is_known_and_name_what_stands_on_the_page() -> None:
    labels = [*PROGRAM_PAGE.values(), *SAID_BY_PROGRAM_PAGE.values()]
    for text, there in IN_PAGE.items():
        assert fields(there) <= fields(text), there
        for label in re.findall("“(.*?)”", there):
            assert any(one.startswith(label) for one in labels), label


def test_they_are_said_once_it_is_told_to() -> None:
    before = dict(language._instead)
    assert language._("Name it: -r RUBRIC.") == "Name it: -r RUBRIC."
    language.say_instead(IN_PAGE)
    try:
        assert Problem("a", "b", language._("Name it: -r RUBRIC.")).hint == "Choose it under “Which questions?”."
    finally:
        language._instead.clear()
        language._instead.update(before)
