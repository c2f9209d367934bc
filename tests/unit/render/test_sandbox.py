"""The sandbox is the same for every page: what a template may call, and how a mistake is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.audits import example
from tests.comparisons import RIVERSIDE, agreed, diff, trend
from tests.each import each

from involve_audit.engine.checks import Checks
from involve_audit.errors import InputError
from involve_audit.loading.rubric import load_rubric
from involve_audit.render.batch.outcome import Run, Setting
from involve_audit.render.batch.page import OverviewPage
from involve_audit.render.options import Options, Page
from involve_audit.render.rubric_page import RubricPage
from involve_audit.render.templates import fill

RUBRIC = "service-user-leadership-spectrum"
PAGES: dict[str, Callable[[], Page]] = {
    "report": cache(lambda: example("riverside").report),
    "diff": cache(lambda: diff(*RIVERSIDE[1:])),
    "trend": cache(lambda: trend(RIVERSIDE)),
    "actions": cache(lambda: agreed(RIVERSIDE)),
    "overview": cache(lambda: OverviewPage(Run(), Setting(Checks(None, ())))),
    "rubric": cache(lambda: RubricPage(load_rubric(RUBRIC), Options())),
}
"""Every page that templates are filled with, by how the names of its templates begin."""


def page_of(name: str, templates: Path) -> Any:
    """A page that is made from the templates in a folder."""
    page: Any = PAGES[name]()
    return replace(page, options=Options(templates=templates))


@pytest.fixture(params=PAGES)
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Each page, made from a template of a user."""

    def fill_with(template: str) -> str:
        (tmp_path / f"{request.param}.html.j2").write_text(template, encoding="utf-8")
        return fill(page_of(request.param, tmp_path), "html")

    return fill_with


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("report.tittle", "`report.tittle` is not there; did you mean `title`?"),
        ("reprot.title", "`reprot` is not there; did you mean `report`?"),
        ("words.stagee", "`words.stagee` is not there; did you mean `stage`?"),
        ("report.__class__", "a template may not use `__class__`"),
        ("report.options.templates.read_text()", "a template may not call `read_text`"),
        ("report.title.__class__", "a template may not use `__class__`"),
    ],
)
def test_a_mistake_is_told_in_the_same_words_on_every_page(
    expression: str, what: str, filled: Callable[[str], str]
) -> None:
    with pytest.raises(InputError) as caught:
        filled(f"one\n{{{{ {expression} }}}}")
    assert [(problem.line, problem.what) for problem in caught.value.problems] == [(2, what)]


@pytest.mark.parametrize("name", ["diff", "trend", "rubric"])
def test_a_word_that_one_kind_of_page_has_not_is_told_with_where_it_was_looked_for(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.html.j2").write_text("{{ report.labels.qqq }}", encoding="utf-8")
    with pytest.raises(InputError, match=r"`report\.labels\.qqq` is not there"):
        fill(page_of(name, tmp_path), "html")


def test_what_a_page_can_do_may_be_called_on_every_page(filled: Callable[[str], str], monkeypatch: Any) -> None:
    monkeypatch.setattr(Page, "twice", lambda self, text: text * 2, raising=False)
    assert filled("{{ report.twice('a') }}{{ report.title.upper()[:1] }}").startswith("aa")


def test_the_questions_that_moved_may_be_asked_for_in_a_template(tmp_path: Path) -> None:
    (tmp_path / "diff.html.j2").write_text("{{ report.moved('worse') | length }}", encoding="utf-8")
    page = page_of("diff", tmp_path)
    assert fill(page, "html") == str(len(page.moved("worse")))


@each(
    "value",
    [
        "report",
        "report.title.upper",
        "words",
        "counted",
        "joiner()",
        "[1] | reverse",
        "['a'] | map('upper')",
        "[report]",
        "'' ~ report",
        "'%s' % joiner()",
        "'%s' | format(joiner())",
        "'{}'.format(joiner())",
        "'{0[0]}'.format([joiner()])",
        "', '.join([1] | map('string') | map(attribute='upper'))",
        "[joiner()] | join",
        "[cycler(1)] | join(attribute='next')",
        "[1] | select | string",
        "joiner() | upper",
        "{'a': joiner()} | xmlattr",
        "[joiner()] | map('title') | list",
    ],
)
def test_an_object_that_would_show_its_address_is_refused_with_its_line(
    value: str, filled: Callable[[str], str]
) -> None:
    with pytest.raises(InputError, match="cannot be printed; name a part of it") as caught:
        filled(f"one\n{{{{ {value} }}}}")
    assert [problem.line for problem in caught.value.problems] == [2]


def test_what_is_joined_is_escaped_once(filled: Callable[[str], str]) -> None:
    given = "{{ '<' ~ ('<' | e) ~ 1700000000 ~ none }} {{ ['<', '<' | e] | join('<') }} {{ '%d' % 1700000000 }}"
    assert filled(given) == "&lt;&lt;1700000000None &lt;&lt;&lt; 1700000000"


def test_the_text_of_a_list_is_escaped_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "report.md.j2").write_text("{{ ['@somebody', '*a*'] }}", encoding="utf-8")
    assert fill(page_of("report", tmp_path), "md") == "\\[\u200b'@\u200bsomebody', '\\*a\\*'\\]"


@each(
    "template",
    [
        "{{ 'a' * 1000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%1000000000s' | format('a') }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 'a'.center(1000000000) }}{{ 'a'.zfill(1000000000) }}",
        "{{ 'a' | center(1000000000) }}",
        "{{ '%(a(b)c)1000000000s' % {'a(b)c': 1} }}",
        "{{ 2 ** 10000000000 }}",
        "{{ ('a' * 10000).replace('a', 'a' * 10000) | length }}",
        "{{ 'a' * 10000 | replace('a', 'a' * 100000000) }}",
        "{{ ('a' * 10000) | list | join('a' * 10000) | length }}",
        "{{ (['a' * 1000000] * 1000) | string | length }}",
        "{{ ('{0}' * 10000).format('a' * 10000) | length }}",
        "{{ ('&' * 40000000) | e | length }}",
        "{{ [1] | batch(1000000000, 0) | list | length }}{{ [1] | slice(1000000000) | list | length }}",
        "{% set n = namespace(a='aa') %}{% for i in range(40) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
        "{% set n = namespace(a='aa') %}{% for i in range(40) %}{% set n.a = n.a + n.a %}{% endfor %}",
        "{% set a = 'a' * 1000000 %}{% for i in range(100000) %}{{ a }}{% endfor %}",
    ],
)
def test_what_would_be_too_long_is_refused(template: str, filled: Callable[[str], str]) -> None:
    with pytest.raises(InputError, match="this takes the room of more than"):
        filled(template)


@pytest.mark.parametrize("width", ["{:{w}}", "{0:>{w}}", "{0:{1[0]}}"])
def test_a_width_that_only_shows_while_a_text_is_formatted_is_bounded(width: str, filled: Callable[[str], str]) -> None:
    with pytest.raises(InputError, match="this takes the room of more than"):
        filled(f"{{{{ '{width}'.format('1', ['1000000000'], w='1000000000') }}}}")
