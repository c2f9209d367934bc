"""A template makes texts up to a size, and prints nothing that differs from run to run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pytest
from tests.audits import example

from involve_audit.errors import InputError
from involve_audit.render import template_bounds
from involve_audit.render.templates import fill

HUGE = 1_000_000_000
LESS = 1_000_000
A = "{% set a = 'a' * 20000 %}"
MANY = "{% for i in range(2000) %}{{ a }}{% endfor %}"
TOO_LONG = {
    "a width for %": f"{{{{ '%{HUGE}d' % 1 }}}}",
    "a width for a key": f"{{{{ '%(a){HUGE}d' % {{'a': 1}} }}}}",
    "a width as a value": f"{{{{ '%*d' % ({HUGE}, 1) }}}}",
    "a precision": f"{{{{ '%.{HUGE}f' % 1.5 }}}}",
    "the filter format": f"{{{{ '%{HUGE}s' | format('a') }}}}",
    "the method format": f"{{{{ '{{:{HUGE}}}'.format(1) }}}}",
    "a width within a width": f"{{{{ '{{:{{}}}}'.format(1, {HUGE}) }}}}",
    "format_map": f"{{{{ '{{a:>{HUGE}}}'.format_map({{'a': 1}}) }}}}",
    "many fields": A + "{{ ('{0}' * 1000).format(a) }}",
    "times": f"{{{{ report.title * {HUGE} }}}}",
    "a number of times": f"{{{{ {HUGE} * 'a' }}}}",
    "a list": f"{{% set x = [1] * {HUGE} %}}",
    "center": f"{{{{ 'a'.center({HUGE}) }}}}{{{{ 'a' | center({HUGE}) }}}}",
    "the filter center": f"{{{{ 'a' | center({HUGE}) }}}}",
    "a filter in map": f"{{{{ ['a'] | map('center', {HUGE}) | list | length }}}}",
    "ljust": f"{{{{ 'a'.ljust({HUGE}) }}}}",
    "zfill": f"{{{{ '1'.zfill({HUGE}) }}}}",
    "expandtabs": f"{{{{ '\t'.expandtabs({HUGE}) }}}}",
    "bytes": f"{{{{ (1).to_bytes({HUGE}, 'big') }}}}",
    "indent": f"{{{{ 'a\\nb' | indent({HUGE}) }}}}",
    "replace": A + "{{ a.replace('a', a) }}",
    "the filter replace": A + "{{ a | replace('a', a) }}",
    "join": A + "{{ ([a] * 1000) | join }}",
    "what stands between": A + "{{ range(1000) | join(a) }}",
    "an attribute": A + "{{ ([{'b': a}] * 1000) | join(attribute='b') }}",
    "the method join": A + "{{ a.join([a] * 1000) }}",
    "~": "{% set n = namespace(a='aa') %}{% for i in range(40) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
    "+": "{% set n = namespace(a='aa') %}{% for i in range(40) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "a list in itself": "{% set n = namespace(a=[1]) %}{% for i in range(40) %}{% set n.a = [n.a, n.a] %}{% endfor %}"
    "{{ n.a }}",
    "a page": A + MANY,
    "a block": A + "{% block b %}{% set a = 'a' * 20000 %}" + MANY + "{% endblock %}",
    "a macro": A + "{% macro m() %}" + MANY + "{% endmacro %}{% set x = m() %}",
    "a macro in a line": A + "{% macro m() %}" + "{{ a }}" * 100 + "{% endmacro %}{% set x = m() %}",
    "a macro in itself": A + "{% macro m(n) %}{{ m(n - 1) ~ m(n - 1) if n else a }}{% endmacro %}{% set x = m(9) %}",
    "a caller": A + "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}" + MANY + "{% endcall %}",
    "a set": A + "{% set x %}" + MANY + "{% endset %}",
    "a filter over a block": A + "{% filter upper %}" + MANY + "{% endfilter %}",
    "wordwrap": "{{ ('a ' * 20000) | wordwrap(1, wrapstring='x' * 1000) }}",
    "batch": f"{{{{ [1] | batch({HUGE}, 'a') | list | length }}}}",
    "slice": f"{{{{ [1] | slice(slices={HUGE}) | list | length }}}}",
    "escape": "{% set a = '&' * 400000 %}{{ a | e | e }}",
    "the letters of a text": "{% set a = ('a' * 400000) | list %}",
    "the letters, one by one": "{% set a = ('a' * 400000) | select | list %}",
    "sorted letters": "{% set a = ('a' * 400000) | sort %}",
    "the words of a text": "{% set a = ('a ' * 400000).split() %}",
    "texts in a list": A + "{% set x = ([a] * 1000) | map('upper') | list %}",
    "lists together": "{% set x = ([range(2000) | list] * 1000) | sum(start=[]) %}",
    "links": "{{ ('a.co ' * 100000) | urlize(target='x' * 20000) }}",
    "translate": A + "{% set x = a.translate({97: a}) %}",
    "replace by name": A + "{% set x = a | replace(new=a, old='a') %}",
    "replace nothing": A + "{% set x = a | replace('', a) %}",
    "a width after a key in brackets": f"{{{{ '%(a(b)c){HUGE}d' % {{'a(b)c': 1}} }}}}",
    "widths one by one": "{{ ('%20000d' * 1000) % ((1,) * 1000) }}",
    "a key again and again": A + "{{ ('%(a)s' * 1000) % {'a': a} }}",
    "bytes that are filled": f"{{% set x = '%{HUGE}d'.encode() % 1 %}}",
    "a date": "{{ report.audit.date.strftime('%Y' * 20000) }}",
    "attributes": A + "{{ {'a': [a] * 1000} | xmlattr }}",
}
NUMBERS = (
    "{{ 1 | round(1000000000, 'ceil') }}",
    "{{ 1 | round(-1000000000) }}",
    "{{ 10 ** 1000000000 }}",
    "{% set n = namespace(a=10) %}{% for i in range(99) %}{% set n.a = n.a * n.a %}{% endfor %}",
)

Told = Callable[[str], tuple[int | None, str]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """What is told of a user's template that fails: the line, and what is wrong."""

    def tell(template: str) -> tuple[int | None, str]:
        (tmp_path / "report.html.j2").write_text(template, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            fill(example("riverside").report_with(templates=tmp_path), "html")
        (problem,) = caught.value.problems
        assert problem.path == str(tmp_path / "report.html.j2")
        return problem.line, problem.what

    return tell


@pytest.mark.parametrize("template", TOO_LONG.values(), ids=TOO_LONG)
def test_what_would_be_too_long_is_refused_with_its_line_before_it_is_made(
    template: str, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_bounds, "MOST_CHARACTERS", LESS)
    before = getrusage(RUSAGE_SELF).ru_maxrss
    assert told(f"first\n{template}") == (2, "this takes the room of more than 1,000,000 characters; make less of it")
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


@pytest.mark.parametrize("template", NUMBERS)
def test_no_number_gets_longer_than_can_be_written(template: str, told: Told) -> None:
    assert told(template) == (1, "this takes the room of more than 4,300 characters; make less of it")


def test_what_an_imported_template_prints_is_bounded_too(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_bounds, "MOST_CHARACTERS", LESS)
    (tmp_path / "long.j2").write_text(f"{A}\n{MANY}", encoding="utf-8")
    for taken_in in ("{% import 'long.j2' as x %}", "{% include 'long.j2' without context %}"):
        with pytest.raises(AssertionError, match=r"long\.j2"):  # the line is that of the file that prints
            told(taken_in)


def test_a_page_of_ours_that_gets_too_long_is_told_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_bounds, "MOST_CHARACTERS", 1000)
    for markup in ("html", "md"):
        with pytest.raises(InputError) as caught:
            fill(example("riverside").report, markup)
        (problem,) = caught.value.problems
        assert (problem.path[:8], problem.what) == (
            "shipped/",
            "this takes the room of more than 1,000 characters; make less of it",
        )


OBJECTS = {
    "report": "ReportPage",
    "report.title.upper": "builtin_function_or_method",
    "counted": "method",
    "range": "function",
    "dict": "type",
    "words": "SimpleNamespace",
    "report.rubric": "Rubric",
    "cycler(1)": "Cycler",
    "joiner()": "Joiner",
    "namespace(a=1)": "Namespace",
    "['a'] | map('upper')": "generator",
    "[1] | reverse": "list_reverseiterator",
    "{'a': 1}.items()": "dict_items",
    "'a'.encode()": "bytes",
    "self": "TemplateReference",
    "[1, [report]]": "ReportPage",
    "{'a': (report, 1)}": "ReportPage",
    "'a' ~ report": "ReportPage",
    "'%s' % report": "ReportPage",
    "'%s%r' % (1, report)": "ReportPage",
    "'%s' | format(report)": "ReportPage",
    "'{}'.format(report)": "ReportPage",
    "'{0.upper}'.format('a')": "builtin_function_or_method",
    "'{!r}'.format(report)": "ReportPage",
    "'{a}'.format_map({'a': report})": "ReportPage",
    "[report] | join": "ReportPage",
    "[1, 2] | join(report)": "ReportPage",
    "report | string": "ReportPage",
    "report | upper": "ReportPage",
    "report | e": "ReportPage",
    "'a' | replace('a', report)": "ReportPage",
    "'aaaaaaaaaaaa' | truncate(3, true, report)": "ReportPage",
    "{'a': report} | urlencode": "ReportPage",
}


@pytest.mark.parametrize("expression", OBJECTS)
def test_an_object_that_would_show_its_address_is_refused_with_its_line(expression: str, told: Told) -> None:
    what = f"a `{OBJECTS[expression]}` cannot be printed; name a part of it, or join what is in it"
    assert told(f"first\n{{{{ {expression} }}}}") == (2, what)


@pytest.mark.parametrize(
    "template",
    [
        "{% macro m() %}{% endmacro %}{{ m }}",
        "{% for i in [1] %}{{ loop }}{% endfor %}",
        "{% block b %}{% endblock %}{{ self.b }}",
        "{% filter replace('a', report) %}a{% endfilter %}",
    ],
)
def test_so_is_what_jinja_itself_works_with(template: str, told: Told) -> None:
    assert told(template)[1].endswith("cannot be printed; name a part of it, or join what is in it")


ORDINARY = {
    "'%5.1f|%s' % (1.25, 'a')": "  1.2|a",
    "'%s and %s' | format('a', 1)": "a and 1",
    "'{:>4}|{a[b]}'.format(1, a={'b': 2})": "   1|2",
    "'a' ~ 1 ~ none": "a1None",
    "'a' * 3 + 'b'": "aaab",
    "2 ** 10 * 3": "3072",
    "[1, 2] + [3]": "[1, 2, 3]",
    "['b', 'c'] | join(', ')": "b, c",
    "[{'x': 1}, {'x': 2}] | join('-', attribute='x')": "1-2",
    "'-'.join(['a', 'b'])": "a-b",
    "'a,b'.replace(',', ';') | upper": "A;B",
    "'a b c' | wordwrap(3) | replace('\n', '/')": "a b/c",
    "('word ' * 100) | truncate(12)": "word...",
    "'ab' | center(6) | replace(' ', '.')": "..ab..",
    "[3, 1] | sum": "4",
    "[1, 2, 3] | batch(2) | map('length') | list": "[2, 1]",
    "report.date": "9 November 2026",
}


@pytest.mark.parametrize("markup", ["html", "md"])
@pytest.mark.parametrize("expression", ORDINARY)
def test_what_is_of_an_ordinary_size_is_made_as_before(expression: str, markup: str, tmp_path: Path) -> None:
    (tmp_path / f"report.{markup}.j2").write_text(f"x{{{{ ({expression}) | replace(' ', '_') }}}}", encoding="utf-8")
    made = fill(example("riverside").report_with(templates=tmp_path), markup)
    assert made.replace("\\", "").replace("\u200b", "") == f"x{ORDINARY[expression]}".replace(" ", "_")
