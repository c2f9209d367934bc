"""The templates and their words."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, TemplateNotFound, UndefinedError

from involve_audit import resources
from involve_audit.escaping import clean, markdown
from involve_audit.render.options import Options, Page
from involve_audit.render.templates import MANNERS, Manner, fill
from involve_audit.words.form_page import FORM_PAGE
from involve_audit.words.many import BATCH
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
    assert in_templates(root) - set(WORDS) - set(BATCH) - set(FORM_PAGE) == set()


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


def test_a_template_that_was_compiled_with_other_settings_is_not_used(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    loader = FunctionLoader(resources.read_template)
    other = Environment(loader=loader, bytecode_cache=FileSystemBytecodeCache())
    other.filters |= {"day": str, "number": str, "ems": len, "fitting": str}
    other.get_template("report.html.j2")
    assert "<b>" not in small({}, subject={"name": "<b>"}).text("html")


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


def test_a_page_is_written_where_there_is_no_temporary_folder(
    riverside: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = riverside.text("html")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    assert riverside.text("html") == page


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "cut short in its head": lambda file: os.truncate(file, 40),
    "cut short in its code": lambda file: os.truncate(file, file.stat().st_size - 1000),
    "one sign changed": lambda file: file.write_bytes(file.read_bytes()[:-500] + b"X" + file.read_bytes()[-499:]),
    "something else": lambda file: file.write_bytes(b"cos\nsystem\n(S'exit 1'\ntR."),
    "as Jinja writes it": lambda file: file.write_bytes(file.read_bytes()[32:]),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "a link to nowhere": lambda file: (file.unlink(), file.symlink_to("none/there")),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_compiled_template_that_is_damaged_is_not_used(
    damage: Callable[[Path], object], riverside: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page = riverside.text("html")
    kept = sorted(tmp_path.glob("*/*.cache"))
    assert kept
    for file in kept:
        damage(file)
    assert riverside.text("html") == page


def test_what_was_compiled_is_used_again_and_written_once(
    riverside: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page = riverside.text("html")
    before = {file: file.stat().st_mtime_ns for file in tmp_path.glob("*/*")}
    assert riverside.text("html") == page
    assert {file: file.stat().st_mtime_ns for file in tmp_path.glob("*/*")} == before


@pytest.mark.parametrize("others", ["a file", "a link to a folder", "a folder for everybody"])
def test_a_folder_that_others_could_have_written_to_is_not_used(
    others: str, riverside: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, folder = riverside.text("html"), tmp_path / f"_jinja2-cache-{os.getuid()}"
    (tmp_path / "theirs").mkdir()
    if others == "a file":
        folder.touch()
    elif others == "a link to a folder":
        folder.symlink_to("theirs")
    else:
        folder.mkdir()
        monkeypatch.setattr(os, "getuid", lambda: 12_345)
        folder.rename(tmp_path / "_jinja2-cache-12345")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert riverside.text("html") == page
    assert list(tmp_path.glob("*/*")) == []


def test_nothing_is_kept_in_the_working_folder(riverside: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = riverside.text("html")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert riverside.text("html") == page
    assert list(tmp_path.iterdir()) == []
