"""A macro that looks at nothing but the texts it is given is filled once for the same texts, and no other macro is."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from markupsafe import Markup

from involve_audit.render import template_bounds
from involve_audit.render.sandbox import Sandbox
from involve_audit.render.template_bounds import LONGEST_KEPT, MOST_KEPT


def page(sandbox: Sandbox, text: str, **given: object) -> str:
    with sandbox.page():
        return sandbox.from_string(text).render(**given)


def kept(sandbox: Sandbox) -> list[int]:
    """How many texts are kept of each macro that may be kept."""
    return [len(made) for made in sandbox._made.values()]


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(autoescape=True)


def test_the_same_texts_are_made_once(sandbox: Sandbox) -> None:
    text = "{% macro m(a, b='') %}<p>{{ a }}{% if b %} {{ b }}{% endif %}</p>{% endmacro %}{{ m(a) }}{{ m(a) }}"
    assert page(sandbox, text, a="<") == page(sandbox, text, a="<") == 2 * "<p>&lt;</p>"
    assert kept(sandbox) == [1]


def test_what_is_equal_and_shown_otherwise_is_not_taken_for_the_other(sandbox: Sandbox) -> None:
    text = "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(a) }}"
    given = (1, True, 1.0, "<b>", Markup("<b>"), ("<b>",), (Markup("<b>"),), "1")
    assert [page(sandbox, text, a=one) for one in given[:5]] == ["1", "True", "1.0", "&lt;b&gt;", "<b>"]
    assert [page(sandbox, text, a=one) for one in given] == [
        page(Sandbox(autoescape=True), text, a=one) for one in given
    ]


class One(NamedTuple):
    text: str


class Other(NamedTuple):
    name: str

    @property
    def text(self) -> str:
        return self.name.upper()


def test_parts_are_those_of_what_is_given_whatever_it_equals(sandbox: Sandbox) -> None:
    text = "{% macro m(a) %}{{ a.text }}{% endmacro %}{{ m(a) }}"
    assert [page(sandbox, text, a=a) for a in (One("a"), Other("a"))] == ["a", "A"]


@pytest.mark.parametrize(
    "macro",
    [
        "{% macro m(a) %}{{ a }}{{ b }}{% endmacro %}",
        "{% macro m(a, c=b) %}{{ a }}{{ c }}{% endmacro %}",
        "{% macro m(a) %}{% if a == 'x' %}{% set b = 1 %}{% endif %}{{ b }}{% endmacro %}",
        "{% macro m(a) %}{% for c in b %}{{ c }}{% endfor %}{% endmacro %}",
        "{% macro n() %}{{ b }}{% endmacro %}{% macro m(a) %}{{ n() }}{% endmacro %}",
        "{% macro m(a) %}{% set contents.b = contents.b + '.' %}{{ contents.b }}{% endmacro %}",
    ],
)
def test_what_looks_at_anything_else_is_made_anew(sandbox: Sandbox, macro: str) -> None:
    text = "{% set contents = namespace(b=b) %}" + macro + "{{ m('a') }}"
    first, second = (page(sandbox, text, b=b) for b in "12")
    assert first != second
    assert kept(sandbox) == []


def test_of_two_macros_of_one_name_each_has_its_own_texts(sandbox: Sandbox) -> None:
    text = "{% macro m(a) %}{{ a }}{% endmacro %}{{ m('1') }}{% macro m(a) %}-{{ a }}{% endmacro %}{{ m('1') }}"
    assert page(sandbox, text) == "1-1"


def test_texts_are_kept_up_to_a_bound(sandbox: Sandbox) -> None:
    text = (
        "{% macro m(a) %}{{ a }}{% endmacro %}{% for n in range("
        + f"{MOST_KEPT + 10}"
        + ") %}{{ m('%d' % n) }}{% endfor %}"
    )
    page(sandbox, text)
    assert kept(sandbox) == [10]
    page(sandbox, "{% macro m(a) %}.{{ a }}{% endmacro %}{{ m(a) }}", a=LONGEST_KEPT * "a")
    assert kept(sandbox) == [10, 0]


def test_a_text_that_gets_too_long_is_not_let_through_later(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "{% macro m(a) %}{{ a }}{% endmacro %}{% for n in range(100) %}{{ m(a) }}{% endfor %}"
    assert page(sandbox, text, a="a" * 100) == "a" * 10_000
    monkeypatch.setattr(template_bounds, "MOST_CHARACTERS", 5_000)
    with pytest.raises(template_bounds.TooLong):
        page(sandbox, text, a="a" * 100)
