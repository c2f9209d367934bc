"""The tables of formats: what is found by a name, by a suffix, and by the words of the command line."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.each import each

from involve_audit.errors import UsageError
from involve_audit.render import formats
from involve_audit.render.formats import ASSESSMENT, MANY_AUDITS, TABLES, Format, Formats

SUBJECTS = {name: found for name, found in vars(formats).items() if isinstance(found, Formats)}
EVERY_SUBJECT = [pytest.param(subject, id=name) for name, subject in SUBJECTS.items()]
EVERY_FORMAT = [(subject, form) for subject in SUBJECTS.values() for form in subject.formats]
EVERY_TEXT = [pytest.param(form, id=form.name) for form in ASSESSMENT.formats if not form.binary]


@each(("subject", "form"), EVERY_FORMAT)
def test_a_format_is_found_by_its_name_and_by_each_of_its_suffixes(subject: Formats, form: Format) -> None:
    assert subject.named(form.name) is form
    for suffix in form.suffixes:
        assert subject.of_file(f"folder/report{suffix}") is form
        assert subject.of_file(f"REPORT{suffix.upper()}") is form
        assert subject.of_file(f"two.dots{suffix.title()}") is form


@each(("subject", "form"), EVERY_FORMAT)
def test_a_format_is_made_from_templates_or_by_a_module_that_is_there(subject: Formats, form: Format) -> None:
    if form.module:
        made_by = importlib.import_module(f"involve_audit.{form.module}")
        is_in_parts = subject in (MANY_AUDITS, TABLES) and form.function == "render"
        parts = ("row", "head" if form.streamed else "document") if is_in_parts else (form.function,)
        assert all(callable(getattr(made_by, part)) for part in parts)
    else:
        assert form.template


@each("name", ["report", "report.docx", "report.json", "html", "report.md.bak", ".audit", "", "-"])
def test_another_ending_has_no_format(name: str) -> None:
    assert ASSESSMENT.of_file(name) is None


@pytest.mark.parametrize("name", ["docx", "HTML", ".html", ""])
def test_another_name_has_no_format(name: str) -> None:
    with pytest.raises(UsageError, match=f"there is no format `{name}`"):
        ASSESSMENT.named(name)


@pytest.mark.parametrize("subject", EVERY_SUBJECT)
def test_no_two_formats_share_a_name_or_a_suffix(subject: Formats) -> None:
    names = [form.name for form in subject.formats]
    suffixes = [suffix for form in subject.formats for suffix in form.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert subject.by_name[0].name in ("text", "yaml")


# What the command line asks for


@pytest.mark.parametrize("subject", EVERY_SUBJECT)
def test_without_a_file_the_text_goes_to_standard_output(subject: Formats) -> None:
    text = subject.by_name[0]
    assert subject.chosen([], None) == {"-": text}
    assert subject.chosen([f"a{text.suffixes[0]}"], None) == {f"a{text.suffixes[0]}": text}


def test_every_output_that_cannot_be_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.md").symlink_to("a.md")
    with pytest.raises(UsageError) as caught:
        ASSESSMENT.chosen(["a.md", "-", "a.nope", "./a.md", "link.md", "-", "b.html"], None)
    problems = [(problem.path, problem.what) for problem in caught.value.problems]
    assert problems == [
        ("a.nope", "its ending does not say which format to write"),
        *((name, "this output is named twice") for name in ("./a.md", "link.md", "-")),
    ]
    assert caught.value.problems[0].hint == "End its name in one of: .txt .html .htm .pdf .md .markdown .audit.json"


def test_the_longest_suffix_says_the_format() -> None:
    assert {MANY_AUDITS.chosen([name], None)[name].name for name in ("a.sarif", "a.sarif.json")} == {"sarif"}
    assert MANY_AUDITS.chosen(["a.json"], None)["a.json"].name == "json"


# What is written


@pytest.mark.parametrize("entry", EVERY_TEXT)
def test_the_same_audit_gives_the_same_text_twice(entry: Any, riverside: Any) -> None:
    assert riverside.text(entry.name) == riverside.text(entry.name)


@pytest.mark.parametrize("entry", EVERY_TEXT)
def test_a_text_ends_with_one_line_break(entry: Any, riverside: Any) -> None:
    text = riverside.text(entry.name)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("entry", EVERY_TEXT)
def test_no_format_asks_for_more_than_a_view_without_answers(entry: Any, small: Callable[..., Any]) -> None:
    assert "Riverside" in small({}).text(entry.name)
