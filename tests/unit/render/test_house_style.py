"""Templates of a user's own: found first, filled in a sandbox, and every mistake told with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.render.test_templates import Nothing

from involve_audit.errors import InputError, Problem
from involve_audit.render.template_files import require_templates
from involve_audit.render.templates import fill
from involve_audit.resources import read_template, shipped_templates

PAGE = "report.html.j2"
Write = Callable[..., Path]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes templates to the folder `house` of the working folder."""
    monkeypatch.chdir(tmp_path)

    def write(files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = Path("house") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return Path("house")

    return write


@pytest.fixture
def filled(small: Callable[..., Any], house: Write) -> Callable[..., str]:
    """A report made from templates, given by name or as the page alone."""
    case = small({}, subject={"name": "<b>A & B</b>"})

    def fill(page: str | bytes | dict[str, str | bytes], format_name: str = "html", **options: Any) -> str:
        folder = house(page if isinstance(page, dict) else {PAGE: page})
        text: str = case.text(format_name, templates=folder, **options)
        return text

    return fill


@pytest.fixture
def problem(filled: Callable[..., str]) -> Callable[..., Problem]:
    """What is told about templates that cannot be filled."""

    def find(page: str | bytes | dict[str, str | bytes], format_name: str = "html") -> Problem:
        with pytest.raises(InputError) as caught:
            filled(page, format_name)
        (found,) = caught.value.problems
        return found

    return find


# Which file is taken


def test_a_users_file_takes_the_place_of_ours_and_the_others_stay(filled: Any) -> None:
    assert filled("<p>Ours: {{ report.title }}</p>\n").startswith("<p>Ours: Audit: ")
    assert filled("", "markdown").startswith("# Audit")


def test_a_page_can_change_one_part_of_the_shipped_page(filled: Any) -> None:
    shipped = filled({"unused.html.j2": ""})
    assert filled('{% extends "shipped/report.html.j2" %}\n') == shipped


@pytest.mark.parametrize("name", ["shipped/report.html.j2", "other/report.html.j2"])
def test_ours_cannot_be_hidden_by_a_folder_called_shipped(name: str, filled: Any) -> None:
    shipped = filled({"unused.html.j2": ""})
    assert (filled({name: "hidden", PAGE: f'{{% extends "{name}" %}}\n'}) == shipped) is name.startswith("shipped/")


@pytest.mark.parametrize(("style", "text"), [("full", "all"), ("large-print", "all"), ("short", "brief")])
@pytest.mark.parametrize(("format_name", "suffix"), [("html", ".html.j2"), ("markdown", ".md.j2")])
def test_the_style_chooses_the_template(style: str, text: str, format_name: str, suffix: str, filled: Any) -> None:
    files = {f"report{suffix}": "all", f"short{suffix}": "brief"}
    assert filled(files, format_name, style=style) == text


def test_a_changed_template_is_read_again(filled: Any) -> None:
    assert [filled(text) for text in ("one", "two", "one")] == ["one", "two", "one"]


def test_templates_saved_on_windows_are_read(filled: Any) -> None:
    assert filled(b"\xef\xbb\xbfone\r\n{{ report.headline }}\r\n").startswith("one\nNot enough is known")


def test_the_files_of_a_template_may_lie_in_folders_of_its_folder(filled: Any) -> None:
    assert filled({PAGE: '{% include "parts/logo.svg" %}', "parts/logo.svg": "<svg/>"}) == "<svg/>"


# What is inserted


def test_text_is_escaped_in_every_file_of_a_page(filled: Any) -> None:
    part = "{{ report.audit.subject.name }}"
    names = ["part.html.j2", "style.css.j2", "logo.svg", "part.txt"]
    files = {PAGE: "".join(f'{{% include "{name}" %}}' for name in names), **dict.fromkeys(names, part)}
    assert filled(files) == "&lt;b&gt;A &amp; B&lt;/b&gt;" * len(names)


@pytest.mark.parametrize("filter_name", ["e", "forceescape", "urlize", "upper", "string", "trim"])
def test_markdown_escapes_whatever_a_filter_made_of_a_text(filter_name: str, filled: Any) -> None:
    text = filled({"report.md.j2": f"{{{{ '<i>[a](b)|*c*' | {filter_name} }}}}"}, "markdown")
    assert "<" not in text
    for sign in "[]|*":
        assert text.count(sign) == text.count(f"\\{sign}")


@pytest.mark.parametrize("page", ["\x1b[31m", "{{ '\\x1b[31m' }}", "{{ '\\x1b[31m' | e }}", "{{ '\\u202e' | e }}"])
@pytest.mark.parametrize("name", [PAGE, "report.md.j2"])
def test_no_control_character_leaves_a_template(page: str, name: str, filled: Any) -> None:
    text = filled({name: page}, "html" if name == PAGE else "markdown")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "\ufffd" in text


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("{{ report.audit.subject.name | safe }}", "No filter named 'safe'."),
        ("{{ [report.title] | map('safe') | first }}", "No filter named 'safe'."),
        ("{{ report.title | tojson }}", "No filter named 'tojson'."),
        ("{% autoescape false %}x{% endautoescape %}", "escaping cannot be turned on or off in a template"),
        ("{%- autoescape 0 %}x{% endautoescape %}", "escaping cannot be turned on or off in a template"),
        ("{{ ['a', 'b'] | random }}", "No filter named 'random'."),
        ("{{ lipsum() }}", "`lipsum` is not there"),
    ],
)
def test_escaping_stays_on_and_nothing_is_left_to_chance(page: str, what: str, problem: Any) -> None:
    assert problem(page).what == what


# What the sandbox refuses


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("report._titles", "a template may not use `_titles`"),
        ("report | attr('_titles')", "a template may not use `_titles`"),
        ("report['__class__']", "a template may not use `__class__`"),
        ("report.title.__class__.__mro__", "a template may not use `__class__`"),
        ("'{0.__class__}'.format(report.title)", "a template may not use `__class__`"),
        ("_", "`_` is not there"),
        ("report.rubric.from_tree('/etc/passwd')", "a template may not call `from_tree`"),
        ("report.rubric.changed()", "a template may not call `changed`"),
        ("report.options.templates.read_text()", "a template may not call `read_text`"),
        ("report.audit.date.today()", "a template may not call `today`"),
        ("dict.fromkeys('ab')", "a template may not call `fromkeys`"),
        ("[].append(1)", "a template may not use `append`"),
        ("{'a': 1}.clear()", "a template may not use `clear`"),
    ],
)
def test_the_sandbox_refuses(expression: str, what: str, problem: Any) -> None:
    found = problem(f"one\n{{{{ {expression} }}}}\n")
    assert (found.where, found.what, found.text) == ("house/report.html.j2:2", what, f"{{{{ {expression} }}}}")


def test_the_sandbox_refuses_to_change_what_it_is_given(problem: Any) -> None:
    assert "cannot assign" in problem("{% set report.title = 'x' %}").what


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("report.title.upper()[:5]", "AUDIT"),
        ("'{} of {}'.format(1, 2)", "1 of 2"),
        ("{'a': 1}.items() | list", "[(&#39;a&#39;, 1)]"),
        ("range(3) | list", "[0, 1, 2]"),
        ("dict(a=1).a", "1"),
        ("report.audit.date.strftime('%Y')", "2026"),
        ("report.audit.date | day", "22 November 2026"),
        ("report.source(none)", ""),
        ("namespace(a=2).a", "2"),
    ],
)
def test_plain_values_can_be_worked_with(expression: str, value: str, filled: Any) -> None:
    assert filled(f"{{{{ {expression} }}}}") == value


def test_everything_of_the_language_of_templates_works(filled: Any) -> None:
    page = (
        '{% extends "base.html.j2" %}{% from "base.html.j2" import twice %}'
        "{% block a %}{{ super() }}{{ twice('x') }}{% call twice('y') %}z{% endcall %}"
        "{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.next() }}{% set j = joiner('-') %}{{ j() }}{{ j() }}"
        "{% for n in [1, [2]] recursive %}{{ loop.cycle('o', 'e') }}{{ loop(n) if n is iterable else n }}{% endfor %}"
        "{% endblock %}"
    )
    base = (
        "{% macro twice(x) %}{{ x }}{{ x }}{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}"
        "{% block a %}A{% endblock %}{{ self.b() }}{% block b %}B{% endblock %}"
    )
    assert filled({PAGE: page, "base.html.j2": base}) == "Axxyyz12-o1eo2BB"


# What is wrong, and where


@pytest.mark.parametrize(
    ("page", "line", "what", "hint"),
    [
        ("a\n\n{{ report.tittle }}\n", 3, "`report.tittle` is not there; did you mean `title`?", ""),
        ("{{ words.stagee }}", 1, "`words.stagee` is not there; did you mean `stage`?", ""),
        ("\n{{ reprot.title }}", 2, "`reprot` is not there; did you mean `report`?", ""),
        ("{{ qqq }}", 1, "`qqq` is not there", ""),
        (
            "{% for s in report.ladder %}\n{{ s.titel }}{% endfor %}",
            2,
            "`titel` is not there; did you mean `title`?",
            "",
        ),
        ("{{ report.audit.views[9] }}", 1, "`9` is not there", ""),
        ("\n{{ 1 / 0 }}", 2, "this cannot be worked out: division by zero", ""),
        ("\n\n{{ 'a' + 1 }}", 3, 'this cannot be worked out: can only concatenate str (not "int") to str', ""),
        ("{{ 'x' * 10**15 }}", 1, "this takes the room of more than 50,000,000 characters; make less of it", ""),
        ("\n{{ report.title }", 2, "unexpected '}'", ""),
        ("\n{{ 1 | dya }}", 2, "No filter named 'dya'.", ""),
        ("\n{% include 'pgae.html.j2' %}", 2, "there is no template `pgae.html.j2`", "Did you mean `page.html.j2`?"),
        ("\n{% include 'qqq' %}", 2, "there is no template `qqq`", ""),
        (
            "{% extends 'report.html.j2' %}",
            1,
            "this goes round in a circle",
            "A template that extends its namesake names it with `shipped/` before.",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(page: str, line: int, what: str, hint: str, problem: Any) -> None:
    found = problem({PAGE: page, "page.html.j2": ""})
    assert (found.path, found.line, found.what, found.hint) == (f"house/{PAGE}", line, what, hint)
    assert found.text == page.splitlines()[line - 1].strip()


def test_too_large_a_range_is_told(problem: Any) -> None:
    found = problem("\n{% for n in range(200000) %}{% endfor %}")
    assert found.line == 2
    assert "Range too big" in found.what


def test_an_unclosed_block_is_told(problem: Any) -> None:
    found = problem("one\n{% if report.title %}\ntwo\n")
    assert found.path == "house/report.html.j2"
    assert "looking for" in found.what


def test_a_mistake_in_a_file_that_is_taken_in_is_told_there(problem: Any) -> None:
    found = problem({PAGE: "\n{% include 'part.html.j2' %}", "part.html.j2": "\n\n{{ report.tittle }}"})
    assert found.where == "house/part.html.j2:3"


def test_a_mistake_that_shows_in_our_file_is_told_where_the_user_led_to_it(problem: Any) -> None:
    found = problem('{% set report = 1 %}\n{% extends "shipped/report.html.j2" %}\n')
    assert (found.where, found.text) == ("house/report.html.j2:2", '{% extends "shipped/report.html.j2" %}')


def test_a_mistake_that_only_shows_in_our_file_is_told_there(problem: Any) -> None:
    found = problem({"macros.html.j2": "{# nothing that our page asks for #}\n"})
    assert found.path == "shipped/page-one.html.j2"
    assert "does not export the requested name" in found.what
    assert found.text == ""


@pytest.mark.parametrize("name", [".", "shipped"])
def test_the_folder_may_have_any_name(name: str, small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shipped").mkdir()
    monkeypatch.chdir(tmp_path / "shipped" if name == "." else tmp_path)
    (tmp_path / "shipped" / PAGE).write_text('{% set report = 1 %}{% extends "shipped/report.html.j2" %}')
    with pytest.raises(InputError) as caught:
        small({}).text("html", templates=Path(name))
    assert caught.value.problems[0].where == str(Path(name) / PAGE) + ":1"


def test_a_mistake_in_a_markdown_template_is_told_too(problem: Any) -> None:
    assert problem({"report.md.j2": "# {{ report.tittle }}\n"}, "markdown").where == "house/report.md.j2:1"


def test_a_long_line_is_cut(problem: Any) -> None:
    found = problem("x" * 500 + "{{ report.tittle }}")
    assert len(found.text) < 130
    assert found.text.endswith("…")


def test_a_file_that_is_not_utf_8_is_told_with_its_line(problem: Any) -> None:
    found = problem(b"one\ntwo\ncaf\xe9\n")
    assert (found.where, found.what) == ("house/report.html.j2:3", "this file is not saved as UTF-8")


def test_a_template_that_is_nowhere_is_told_without_a_line(house: Write) -> None:
    with pytest.raises(InputError) as caught:
        fill(Nothing("reprot", house({PAGE: ""})), "html")
    assert str(caught.value) == "house: there is no template `reprot.html.j2`\n    Did you mean `report.html.j2`?"


def test_a_mistake_of_ours_is_not_blamed_on_a_user() -> None:
    with pytest.raises(Exception, match="is not there") as caught:
        fill(Nothing("report"), "html")
    assert not isinstance(caught.value, InputError)


# What a template cannot reach


@pytest.mark.parametrize("tag", ["include", "import", "extends"])
@pytest.mark.parametrize(
    "name", ["../secret", "parts/../../secret", "{root}/secret", "/etc/passwd", "link", "out/secret"]
)
def test_no_file_outside_the_folder_is_read(tag: str, name: str, problem: Any, tmp_path: Path, house: Write) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = house({"parts/x": "", PAGE: ""})
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "out").symlink_to(tmp_path)
    name = name.format(root=tmp_path)
    found = problem(f"\n{{% {tag} '{name}'{' as x' if tag == 'import' else ''} %}}")
    assert found.where == "house/report.html.j2:2"
    assert found.what == f"a template may use only files of its own folder, not `{name}`"


@pytest.mark.parametrize(
    "name", ["shipped/../pyproject.toml", "shipped//etc/passwd", "shipped/", "shipped/../templates/x"]
)
def test_nothing_else_of_ours_is_read(name: str, problem: Any) -> None:
    assert problem(f"{{% include '{name}' %}}").what == f"there is no template `{name}`"


def test_without_a_folder_of_the_user_only_shipped_templates_are_read() -> None:
    with pytest.raises(FileNotFoundError):
        read_template("../pyproject.toml")


# A folder that is of no use


def test_a_folder_without_any_template_is_refused_with_the_names_there_are(house: Write) -> None:
    folder = house({"report.html": "", "notes.txt": "", "logo.svg": ""})
    with pytest.raises(InputError) as caught:
        require_templates(folder)
    (found,) = caught.value.problems
    assert (found.path, found.what) == ("house", "none of its files has the name of a template")
    assert all(f"`{name}`" in found.hint for name in shipped_templates())
    assert "Should `report.html` be called `report.html.j2`?" in found.hint
    assert "notes.txt" not in found.hint


@pytest.mark.parametrize("name", ["none", "house/report.html.j2"])
def test_a_folder_that_is_none_is_refused(name: str, house: Write) -> None:
    house({PAGE: ""})
    with pytest.raises(InputError, match="there is no such folder, or you may not read it"):
        require_templates(Path(name))


def test_one_template_is_enough(house: Write) -> None:
    require_templates(house({PAGE: "", "notes.txt": ""}))
