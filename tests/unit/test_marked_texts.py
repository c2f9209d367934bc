"""Every sentence in the source is marked for the catalogue, in a way in which it is found there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from tests.each import each
from tests.pseudo import latin, shown

SOURCE = Path(__file__).parents[2] / "src/involve_audit"
TEMPLATES = sorted(
    set((SOURCE.parents[1] / "templates").glob("*.j2")) - set((SOURCE.parents[1] / "templates").glob("*.js.j2"))
)
"""All but a script: what that shows is looked at in tests/browser/test_form.py."""
FILES = sorted(SOURCE.rglob("*.py"))
SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:.!?]? [A-Za-z]{2,}|^[A-Z][a-z]+ ?[.!?:]$")
LOOKED_UP = {"_", "N_", "ngettext", "Words", "Counted"}
HELP = {"Option", "Argument", "naming"}
"""Their texts are looked up by `cli.speaking`."""
NO_TEXTS = {
    "# Every text of involve-audit. `make catalogue` writes this file; docs/translating.md says how to use it.",
    "{name: Riverside}",  # lines of a file, as an example
    "[{text: The yearly survey}]",
    "end of stream",  # what PyYAML says
    "nesting depth",
    "mapping values are not allowed",
    "not a git repository",  # what git says
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    "<?xml version='1.0' encoding='utf-8'?>\n",
    "CREATE TABLE kept (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL)",  # SQL
    "WITH wanted (name) AS (VALUES ",
    " SELECT key, value FROM wanted CROSS JOIN kept ON key = name",
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL",
    "INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)",
    "DELETE FROM kept WHERE number <= (SELECT min(number) + (max(number) - min(number)) / 10 FROM kept)",
    "BEGIN IMMEDIATE",
    "CREATE TABLE names (name INTEGER)",
    "INSERT INTO names VALUES (?)",
    "SELECT 1 FROM names GROUP BY name HAVING count(*) > 1 LIMIT 1",
    "CREATE TABLE rows (place INTEGER PRIMARY KEY, audit TEXT, source INT, number INT, cells TEXT)",
    "INSERT INTO rows (audit, source, number, cells) VALUES (?, ?, ?, ?)",
    "SELECT audit, source, number, cells FROM (SELECT *, min(place) OVER (PARTITION BY audit) AS first FROM rows) "
    "ORDER BY first, place",
    "PRAGMA temp_store = FILE",
    "PRAGMA journal_mode = OFF",
    "PRAGMA user_version=",
    "date submitted",  # headings that survey tools write
    "completion time",
    "date last action",
    "people of ",  # what a file says of columns
    "unexpected end",  # what Python says of a CSV
    "too long",
    "` is not a threshold",  # its caller finds words for it
    '<tr><th scope="row" dir="auto">{name}</th><td dir="auto" data-label="{of_audit}">{audit}</td>'
    '<td data-label="{of_stage}">{stage}</td><td data-label="{of_why}">{why}</td></tr>\n',
}


def called(node: ast.AST) -> str:
    """The name of the function that is called here, if one is."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def unmarked(node: ast.AST) -> Iterator[str]:
    """The sentences below a node that are neither marked nor the documentation of the code."""
    if called(node) in LOOKED_UP | HELP:
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and not isinstance(node, ast.Expr) and SENTENCE.search(str(child.value)):
            yield str(child.value)
        yield from unmarked(child)


def never_found(tree: ast.AST) -> Iterator[str]:
    """Texts marked in an f-string, which not every Python finds there, and f-strings marked as texts."""
    outers = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) or called(node) in LOOKED_UP)
    for outer in outers:
        for inner in ast.walk(outer):
            marked_inside = isinstance(outer, ast.JoinedStr) and called(inner) in LOOKED_UP
            filled_in_first = called(outer) in LOOKED_UP and isinstance(inner, ast.JoinedStr)
            if filled_in_first or (marked_inside and isinstance(inner.args[0], ast.Constant)):
                yield ast.unparse(outer)


@each("file", FILES)
def test_every_sentence_is_marked_and_found(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert set(unmarked(tree)) <= NO_TEXTS
    assert not list(never_found(tree))


def words_of(template: str, format_name: str) -> set[str]:
    """The words that stand in a template itself: in its text, its styles, or as a string in an expression."""
    tokens = list(Environment().lex(template))
    text = "".join(value for _line, kind, value in tokens if kind == "data")
    text = FOLD.sub("", text)
    in_styles = " ".join(re.findall(r"""content:[^;}]*?"([^"]*)\"""", text))
    while RULE.search(text):
        text = RULE.sub("", text)
    strings = {value for _line, kind, value in tokens if kind == "string" and SENTENCE.search(value)}
    return latin(shown(format_name, text)) | latin(in_styles) | strings


FOLD = re.compile(r"</?(?:details|summary)>")
"""The only tags in Markdown."""
RULE = re.compile(r"(?:[^{}<;\n]*,\n)*[^{}<;\n]*\{[^{}]*\}")
"""Of a style sheet; the curly brackets of templates are gone by then."""


@each("file", TEMPLATES)
def test_a_template_has_no_words_of_its_own(file: Path) -> None:
    assert words_of(file.read_text(encoding="utf-8"), "markdown" if ".md" in file.name else "html") == set()


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("""<p class="lead" title="Lead">{{ words.a }} or {{ b or "not known" }}</p>""", {"Lead", "or", '"not known"'}),
        ("""@media print {\n  p { color: red }\n  p::after { content: "more" }\n}""", {"more"}),
        ("- {{ words.a }}<br>\n| of |", {"of"}),
    ],
)
def test_a_word_of_a_template_would_be_noticed(template: str, words: set[str]) -> None:
    assert words_of(template, "html") == words


def test_an_unmarked_sentence_would_be_noticed() -> None:
    code = """def f():\n    'Some words.'\n    say(f"no file {name}", _("some words"), "Stopped.")"""
    assert list(unmarked(ast.parse(code))) == ["no file ", "Stopped."]


@pytest.mark.parametrize("code", ["""_(f"no file {name}")""", """f"{name}: {_('no file')}\""""])
def test_a_text_that_is_never_found_would_be_noticed(code: str) -> None:
    assert list(never_found(ast.parse(code)))
