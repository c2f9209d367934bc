"""The templates and their words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2 import TemplateNotFound, UndefinedError

from involve_audit import resources
from involve_audit.escaping import clean, markdown
from involve_audit.render.options import Options, Page
from involve_audit.render.template_files import _makers, key_of
from involve_audit.render.templates import MANNERS, Manner, _shipped, compiled, fill
from involve_audit.words.form_page import FORM_PAGE
from involve_audit.words.many import BATCH
from involve_audit.words.program_page import PROGRAM_PAGE
from involve_audit.words.reports import WORDS

IN_CODE = re.compile(r"(?:WORDS|words)\[([^\]]*)\]")
QUOTED = re.compile(r"[\"'](\w+)[\"']")
IN_TEMPLATE = re.compile(r"\bwords\.(\w+)")


def in_templates(root: Path) -> set[str]:
    return {word for file in (root / "templates").glob("*.j2") for word in IN_TEMPLATE.findall(file.read_text("utf-8"))}


def in_code(root: Path) -> set[str]:
    code = [file.read_text("utf-8") for file in (root / "src/involve_audit/render").glob("*.py")]
    return {word for text in code for keys in IN_CODE.findall(text) for word in QUOTED.findall(keys)}


def test_every_word_that_a_template_uses_is_in_the_vocabulary(root: Path) -> None:
    assert in_templates(root) - set(WORDS) - set(BATCH) - set(FORM_PAGE) - set(PROGRAM_PAGE) == set()


def test_every_word_of_the_vocabulary_is_used(root: Path) -> None:
    assert set(WORDS) - in_templates(root) - in_code(root) == set()
    assert set(FORM_PAGE) - in_templates(root) == set()


class Nothing(Page):
    """A page that says nothing, for templates of any name."""

    def __init__(self, stem: str, templates: Path | None = None) -> None:
        self.named = stem
        self.options = Options(templates=templates)

    @property
    def template(self) -> str:
        return self.named


@pytest.mark.parametrize("markup", MANNERS)
def test_what_a_template_asks_for_and_the_report_lacks_is_an_error(markup: str) -> None:
    with pytest.raises(UndefinedError):
        fill(Nothing("report"), markup)


def test_a_template_that_is_not_shipped_is_not_found() -> None:
    with pytest.raises((TemplateNotFound, FileNotFoundError)):
        fill(Nothing("no-such"), "html")


def test_the_page_escapes_what_is_inserted(small: Any) -> None:
    case = small({}, subject={"name": "<b>A & B</b> \"C\" 'D'"})
    page = case.text("html")
    assert "<b>" not in page
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in page


def test_the_page_fetches_nothing_and_runs_nothing(example: Any) -> None:
    page = example.text("html").lower()
    for sign in ("<script", "<link", "<img", "<iframe", "@import", "javascript:", " src=", " onload="):
        assert sign not in page
    assert "url(" not in page


def test_every_template_that_comes_with_the_program_was_compiled_when_it_was_built() -> None:
    assert [key for key, _make in compiled() if resources.built(key) is None] == []


def test_a_page_is_the_same_where_nothing_was_compiled_before(
    riverside: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [riverside.text("html"), riverside.text("markdown")]
    _shipped.cache_clear()
    monkeypatch.setattr(resources, "_where_built", lambda: str(tmp_path))
    assert [riverside.text("html"), riverside.text("markdown")] == pages


def test_what_makes_other_code_of_a_template_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    page, plain = _shipped("html"), _shipped("md")
    keys = {key_of(page, "a.j2", "text"), key_of(plain, "a.j2", "text"), key_of(page, "a.j2", "other")}
    keys |= {key_of(page, "b.j2", "text"), key_of(plain, "b.j2", "text")}
    monkeypatch.setattr(jinja2, "__version__", "0")
    keys.add(key_of(page, "a.j2", "text"))
    monkeypatch.setattr(resources, "source_of", lambda _name: b"edited")
    _makers.cache_clear()
    keys.add(key_of(page, "a.j2", "text"))
    _makers.cache_clear()
    assert len(keys) == 7


def test_a_page_leaves_nothing_to_the_next_one(example: Any, riverside: Any) -> None:
    page = riverside.text("html")
    example.text("html")
    assert riverside.text("html") == page


def test_what_was_compiled_for_one_format_is_not_used_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.md.j2").write_text("{{ 'a|b' }}", encoding="utf-8")
    ways: list[Any] = [(True, clean), (False, markdown), (False, clean), (True, markdown)]
    made = []
    for escapes, finalize in ways * 2:
        monkeypatch.setitem(MANNERS, "md", Manner(escapes, finalize, {}))
        made.append(fill(Nothing("t", tmp_path), "md"))
    assert made == ["a|b", r"a\|b", "a|b", r"a\|b"] * 2
