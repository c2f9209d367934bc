"""A form on paper: every question with a box for each of its answers, and room for the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader
from tests.unit.engine.building import gate, item, load, rubric_text

from involve_audit.loading.rubric import load_rubric
from involve_audit.model.rubric import Rubric
from involve_audit.model.spelling import Spelling
from involve_audit.model.view import Subject
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.item_help import help_parts
from involve_audit.render.options import Options
from involve_audit.render.titles import Titles

SHAPES = Path(__file__).parents[3] / "shapes"
TODAY = date(2026, 11, 23)
RUBRICS = {
    **{name: load_rubric(name).content for name in ("service-user-leadership-spectrum", "co-production-steps")},
    **{path.stem: load_rubric(str(path)).content for path in SHAPES.glob("*.yaml")},
}
SPECTRUM = RUBRICS["service-user-leadership-spectrum"]
A4 = (595, 842)


def paper() -> ModuleType:
    """What makes the form, which takes a while to import: a worker that makes none does without."""
    return import_module("involve_audit.render.forms.paper")


def page(rubric: Rubric = SPECTRUM, **given: Any) -> Any:
    return paper().PaperPage(BlankForm(rubric, TODAY, **given), Options())


def read(rubric: Rubric = SPECTRUM, **given: Any) -> PdfReader:
    return PdfReader(BytesIO(paper().render(BlankForm(rubric, TODAY, **given))), strict=True)


@cache
def printed(name: str) -> bytes:
    """The form of one of `RUBRICS` as it is, made once."""
    content: bytes = paper().render(BlankForm(RUBRICS[name], TODAY))
    return content


@cache
def sheets_of(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def words_of(reader: PdfReader) -> str:
    return " ".join(sheets_of(reader))


@pytest.fixture(scope="module")
def plain() -> PdfReader:
    return read()


@pytest.fixture(scope="module")
def large() -> PdfReader:
    return read(large_print=True)


# What stands on it


@pytest.mark.parametrize("name", RUBRICS)
def test_every_question_has_its_number_and_a_box_for_each_of_its_answers_in_the_order_of_a_session(name: str) -> None:
    rubric = RUBRICS[name]
    titles, spelling = Titles(rubric), Spelling(rubric)
    for question, one in zip(page(rubric).questions, rubric.items, strict=True):
        assert question.ask == titles.ask(one)
        open_here = [answer for answer in spelling.titles if answer in rubric.answers_to(one)]
        assert question.answers == [spelling.titles[answer] for answer in open_here]
        assert question.needs_reason == ("not-applicable" in open_here)
        assert question.direction == titles.direction(one)
        assert not question.help


@pytest.mark.parametrize("name", RUBRICS)
def test_with_help_all_that_helps_with_a_question_stands_with_it(name: str) -> None:
    rubric = RUBRICS[name]
    helped = page(rubric, with_help=True)
    assert [entry.help for entry in helped.questions] == [list(help_parts(Titles(rubric), one)) for one in rubric.items]
    assert "Under each question stands what may help you to answer it." in helped.how
    assert "Under each question stands what may help you to answer it." not in page(rubric).how


def test_one_perspective_alone_is_asked_in_its_own_words() -> None:
    asked = item("board", ask="Is it so?", wording={"users": "Do you find it so?"})
    rubric = load(rubric_text([asked], {"high": [gate("share", ["board"], at_least="50%")]}))
    only = page(rubric, perspective="users")
    assert only.perspectives == ["T"]
    assert "Do you find it so?" in only.questions[0].ask
    assert "Is it so?" in page(rubric).questions[0].ask


def test_what_is_known_is_filled_in_and_the_rest_left_to_be_written(plain: PdfReader) -> None:
    known = words_of(read(RUBRICS["ready-to-open"], subject=Subject(name="Blue <b>House</b>"), audit="blue-house-2026"))
    assert "What is looked at: Blue <b>House</b>" in known
    assert "Audit: blue-house-2026" in known
    empty = words_of(plain)
    assert "What is looked at Day on which you fill this in" in empty
    assert "Audit:" not in empty
    assert str(TODAY.year) not in empty


def test_the_introduction_says_what_nobody_has_to_do_and_what_becomes_of_the_paper(plain: PdfReader) -> None:
    shown = words_of(plain)
    assert "There are 31 questions on this paper." in shown
    for sentence in (
        "You do not have to answer everything.",
        "Please write no names: not your own, and nobody else’s.",
        "Where you do not know, tick “Nobody here knows”.",
        "types the answers and the notes into a computer",
    ):
        assert sentence in shown


def test_a_reason_is_asked_for_only_where_something_may_not_apply() -> None:
    never = load(rubric_text([item("board")], {"high": [gate("share", ["board"], at_least="50%")]}))
    assert not any("write why" in sentence for sentence in page(never).how)
    assert any("write why" in sentence for sentence in page().how)


def test_everything_of_the_questions_is_in_the_pdf_in_order(plain: PdfReader) -> None:
    shown, place = words_of(plain), 0
    for question in page().questions:
        place = shown.index(" ".join([question.ask, *question.answers]), place)
    assert shown.index("What was agreed", place) < shown.index("More room for notes")


# The file


def test_it_is_tagged_with_title_and_language_and_the_same_every_time(plain: PdfReader) -> None:
    root = plain.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert plain.metadata is not None
    assert plain.metadata.title == SPECTRUM.title
    other_day = BlankForm(RUBRICS["quiet-evenings"], date(2027, 1, 1))
    assert paper().render(other_day) == printed("quiet-evenings")


def test_each_question_is_a_heading_and_its_answers_are_a_list_for_whoever_hears_it(plain: PdfReader) -> None:
    tags = list(_tags(plain.trailer["/Root"]["/StructTreeRoot"]))
    assert tags.count("/H3") == 31
    assert tags.count("/L") >= 31
    assert tags.count("/TH") == 4


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        yield from _tags(node.get("/K", []))


def test_it_is_five_pages_and_twice_as_many_in_large_print(plain: PdfReader, large: PdfReader) -> None:
    assert len(plain.pages) <= 6
    assert len(large.pages) <= 12
    for sheet in (*plain.pages, *large.pages):
        assert tuple(map(round, sheet.mediabox[2:])) == A4


def test_the_foot_of_every_page_says_which_rubric_version_and_page(plain: PdfReader, large: PdfReader) -> None:
    for reader in (plain, large):
        for place, shown in enumerate(sheets_of(reader), 1):
            assert f"{SPECTRUM.title}, version {SPECTRUM.version}" in shown
            assert f"{place} / {len(reader.pages)}" in shown


def test_no_question_is_split_between_two_pages(plain: PdfReader, large: PdfReader) -> None:
    for reader in (plain, large):
        for shown in sheets_of(reader):
            for question in page().questions:
                if question.ask in shown:
                    assert " ".join([question.ask, *question.answers]) in shown
                    rest = shown.partition(question.ask)[2]
                    assert "Note" in rest
                    assert not question.needs_reason or rest.index("Why it does not apply") < rest.index("Note")


def test_in_large_print_nothing_is_smaller_than_18_points(plain: PdfReader, large: PdfReader) -> None:
    assert min(_sizes(large)) >= 18
    assert min(_sizes(plain)) >= 9
    assert min(_sizes(read(RUBRICS["quiet-evenings"], large_print=True, with_help=True))) >= 18


def _sizes(reader: PdfReader) -> set[float]:
    """The sizes, in points, of all letters of a file."""
    sizes: set[float] = set()

    def see(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * cm[3] * tm[3]), 1))

    for sheet in reader.pages:
        sheet.extract_text(visitor_text=see)
    return sizes


def test_boxes_are_large_enough_to_tick_and_lines_far_enough_apart_to_write(plain: PdfReader, large: PdfReader) -> None:
    for reader, box, line in ((plain, 5, 8), (large, 7.5, 13)):
        assert sum(abs(wide - box) < 1 and abs(high - box) < 1 for wide, high in _drawn(reader.pages[3])) >= 16
        lines = [high for wide, high in _drawn(reader.pages[-1]) if wide > 170 and high > 1]
        assert len(lines) >= 5
        assert min(lines) >= line


def _drawn(sheet: Any) -> list[tuple[float, float]]:
    """Width and height, in millimetres, of everything with a border; of a line, with the room above it."""
    content = sheet.get_contents().get_data().decode("latin-1")
    found = re.findall(r"-?[\d.]+ -?[\d.]+ (-?[\d.]+) (-?[\d.]+) re", content)
    return [(float(wide) * 25.4 / 96, float(high) * 25.4 / 96) for wide, high in found]


# Other rubrics


@pytest.mark.parametrize("name", [name for name in RUBRICS if name != SPECTRUM.id])
def test_it_is_written_for_any_rubric(name: str) -> None:
    shown = words_of(PdfReader(BytesIO(printed(name)), strict=True))
    for question in page(RUBRICS[name]).questions:
        assert " ".join(" ".join([question.ask, *question.answers]).split()) in shown
