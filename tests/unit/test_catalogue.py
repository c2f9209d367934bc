"""The catalogue of texts: complete, the same every time, and safe to translate."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from tests.pseudo import compiled, pseudo, pseudo_catalogue

from involve_audit import language
from involve_audit.catalogue import TEMPLATE, as_template, gathered, python_texts
from involve_audit.language import from_catalogue


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return gathered()


def ids(catalogue: Iterable[Message]) -> set[object]:
    return {message.id for message in catalogue if message.id}


# What is in it


def test_the_template_holds_every_text_and_no_other(texts: Catalog) -> None:
    with TEMPLATE.open("rb") as file:
        assert ids(read_po(file)) == ids(texts), "run `make catalogue`"


def test_texts_come_from_every_place_that_shows_any(texts: Catalog) -> None:
    for text in (
        "Not enough is known to name a stage. It lies between “{floor}” and “{ceiling}”.",  # a table
        "there is no such file",  # a message
        "a tab stands here",  # marked where it is not yet shown
        "Bare text: no colour, no weight.",  # an option's help
        # a command's help
        "Begin, check and migrate answers files, filled in by hand.",
        "THEME",  # the name of a value
    ):
        assert text in texts
    assert texts["Welcome. There is {count} question."].id[1] == "Welcome. There are {count} questions."


def test_a_python_file_gives_its_marked_texts_and_its_tables() -> None:
    code = """
shown = _("one") + N_("two") + ngettext("{n} way", "{n} ways", 2) + "not marked" + _(variable)
TABLE = Words({"name": "three " "and four"})
MORE = Counted({"key": ("{n} day", "{n} days")})
NOTHING = Other({"key": "not a table"})
"""
    assert [(text, comments) for _line, text, comments, _context in extract(python_texts, BytesIO(code.encode()))] == [
        ("one", []),
        ("two", []),
        (("{n} way", "{n} ways"), []),
        ("three and four", ["name"]),
        (("{n} day", "{n} days"), ["key"]),
    ]


def test_a_table_that_is_not_written_out_is_refused() -> None:
    with pytest.raises(ValueError, match="malformed"):
        list(extract(python_texts, BytesIO(b"Words({'name': made()})")))


def test_the_template_says_nothing_that_changes_by_itself(texts: Catalog) -> None:
    template = as_template(texts).decode()
    assert "Date: 2" not in template
    assert "#: src/involve_audit/loading/tree.py\n" in template
    assert not [line for line in template.splitlines() if line.startswith("#:") and line[-1].isdigit()]


def template_of(*places: tuple[str, str, int]) -> list[str]:
    """The template of some texts, each with the file and the line that it stands at."""
    catalogue = Catalog()
    for text, file, line in places:
        catalogue.add(text, locations=[(file, line)], auto_comments=[f"in {file}"])
    return as_template(catalogue).decode().splitlines()


def test_code_that_moves_within_its_file_changes_nothing_in_the_template() -> None:
    before = template_of(("Stage", "a.py", 1), ("Theme", "a.py", 2), ("Stage", "b.py", 3))
    assert template_of(("Stage", "b.py", 1), ("Theme", "a.py", 2), ("Stage", "a.py", 300)) == before
    assert "#: a.py" in before
    assert "#: b.py" in before


def test_code_that_moves_to_another_file_changes_only_what_names_the_file() -> None:
    before = template_of(("Stage", "a.py", 1), ("Theme", "a.py", 2))
    after = template_of(("Theme", "a.py", 2), ("Stage", "z.py", 1))
    assert [line.replace("z.py", "a.py") for line in after] == before


# Translations


def fields(text: str) -> set[str]:
    """The placeholders of a text."""
    return {name for _before, name, _form, _how in Formatter().parse(text) if name is not None}


def broken(catalogue: Iterable[Message]) -> list[object]:
    """The texts whose translation has other placeholders; of a number's own forms each may do without the number."""
    found = []
    for message in catalogue:
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        translated = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set().union(*map(fields, originals))
        may_lack = {"count"} if message.pluralizable else set()
        if message.id and not all(wanted - may_lack <= fields(text) <= wanted for text in translated if text):
            found.append(message.id)
    return found


def test_shipped_translations_keep_the_placeholders_and_have_known_tags() -> None:
    for file in TEMPLATE.parent.glob("*/LC_MESSAGES/involve_audit.mo"):
        assert Locale.parse(file.parts[-3])
        with file.open("rb") as stream:
            assert broken(read_mo(stream)) == [], file


def test_every_placeholder_of_the_texts_themselves_is_in_order(texts: Catalog) -> None:
    for message in texts:
        for text in [message.id] if isinstance(message.id, str) else message.id:
            assert all(name.isidentifier() or name == "" for name in fields(text)), text


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("Stage: {floor}", "Cam: {llawr}"),
        ("Stage: {floor}", "Cam"),
        ("Stage", "Cam {floor}"),
        (("{count} of {file}", "{count} of {file}"), ("{file}", "{count}")),
    ],
)
def test_a_broken_translation_is_found(original: str | tuple[str, str], translation: str | tuple[str, str]) -> None:
    catalogue = Catalog(locale="cy")
    catalogue.add(original, translation)
    assert broken(catalogue) == [original]


def test_a_whole_translation_is_found_in_order() -> None:
    assert broken(read_mo(BytesIO(pseudo_catalogue()))) == []
    forms = Catalog(locale="cy")
    forms.add(("{count} day", "{count} days"), ("one day", "{count} days"))
    assert broken(forms) == []


@pytest.mark.usefixtures("another_language")
def test_the_form_of_a_text_follows_its_number() -> None:
    polish = Catalog(locale="pl")
    polish.add(("{count} question", "{count} questions"), ("{count} pytanie", "{count} pytania", "{count} pytań"))
    language.use(from_catalogue("pl", compiled(polish)))
    forms = [language.ngettext("{count} question", "{count} questions", n).format(count=n) for n in (1, 2, 5, 22)]
    assert forms == ["1 pytanie", "2 pytania", "5 pytań", "22 pytania"]


@pytest.mark.usefixtures("another_language")
def test_what_is_not_translated_stays_english() -> None:
    language.use(from_catalogue("cy", compiled(Catalog(locale="cy"))))
    assert language._("Stage") == "Stage"
    assert language.ngettext("{count} day", "{count} days", 2) == "{count} days"


def test_the_pseudo_language_keeps_placeholders() -> None:
    assert pseudo("Stage: {floor}, {}") == "⟦Šţåğé: {floor}, {}⟧"
