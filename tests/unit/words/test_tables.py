"""The tables of words: each has a name of its own, says a sentence once, and has no entry that nothing uses."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.each import each

from involve_audit.language import Words
from involve_audit.words.many import BATCH
from involve_audit.words.reports import WORDS

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src/involve_audit"
LABELS = {
    "diff": ["COMPARING"],
    "trend": ["TREND"],
    "comparing": ["COMPARING", "TREND"],
    "rubric": ["RUBRIC_PAGE"],
    "paper": ["_PAPER"],
}
"""Which table `labels` is in a template."""
WORDS_OF = {"form": ["FORM_PAGE"], "program": ["PROGRAM_PAGE"]}
"""Which tables `words` is in a template; in the others those of the reports."""
ALIKE = {
    "PROPORTIONS": {"1/4", "25%", "1/2", "50%", "3/4", "75%"},
    "PEOPLE": {"many-more", "far-fewer"},
    "CONDITIONS": {f"{measure}_{form}" for measure in ("points", "highest") for form in ("none", "none_of_one")},
}
"""Where several names have one text: other ways to write a number, and kinds of changes and conditions told alike."""


WRITTEN_BY_AUTHORS = {"PROPORTIONS"}
"""Tables that are looked up by what stands in a file."""


@cache
def code() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


@cache
def templates() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").glob("*.j2"))}


class Table(NamedTuple):
    """One table: its name, the file that it stands in, and its texts by name."""

    name: str
    file: Path
    texts: dict[str, str | tuple[str, str]]


def written_out(node: ast.expr) -> Iterator[ast.expr]:
    """The tables that are written out where one, or several put together, are given a name."""
    if isinstance(node, ast.BinOp):
        yield from (*written_out(node.left), *written_out(node.right))
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Words", "Counted"):
        yield node.args[0]


@cache
def tables() -> list[Table]:
    return [
        Table(node.targets[0].id, file, ast.literal_eval(texts))
        for file, tree in code().items()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        for texts in written_out(node.value)
    ]


def names_in(key: ast.expr) -> Iterator[str | None]:
    """The names that a key can be, `*` in them for what is filled in; None for what stands in a variable."""
    if isinstance(key, ast.Constant):
        yield str(key.value)
    elif isinstance(key, ast.IfExp):
        yield from (*names_in(key.body), *names_in(key.orelse))
    elif isinstance(key, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in key.values)
    else:
        yield None


def looked_up(nodes: list[ast.AST]) -> Iterator[tuple[str, str | None]]:
    """Each look-up in a table, in code: the table's name and the entry's; None where that stands in a variable."""
    for node in nodes:
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            yield from ((node.value.id, name) for name in names_in(node.slice))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in ("get", "items"):
            yield node.value.id, None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("of", "form"):
            yield from ((ast.unparse(node.func.value), name) for name in names_in(node.args[0]))


def handed_on(nodes: list[ast.AST], looked: list[tuple[str, str | None]]) -> Iterator[tuple[str, str | None]]:
    """Tables that a file hands on to a variable, each with every name by which a variable is looked up there."""
    names = {table.name for table in tables()}
    looked_at = {id(node.value) for node in nodes if isinstance(node, ast.Subscript | ast.Attribute)}
    loaded = (node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    given = {node.id for node in loaded if node.id in names and id(node) not in looked_at}
    yield from ((table, name) for table in given for owner, name in looked if owner.islower())


def words_of(tree: ast.AST) -> Iterator[str]:
    """The words in some code that can stand in such a variable; the tables themselves left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield from (name for name in names_in(node) if name and name.strip("*- "))
        elif isinstance(node, ast.AnnAssign):
            yield ast.unparse(node.target)
        if not (isinstance(node, ast.expr) and list(written_out(node))):
            yield from words_of(node)


def said_by_script() -> Iterator[str]:
    """By which names the form's script looks up what it says: its own words, and each field's rule and name."""
    script, form = (templates()[ROOT / f"templates/form.{kind}.j2"] for kind in ("js", "html"))
    yield from re.findall(r"\bsays\.(\w+)", script)
    yield from re.findall(r'"(\w+)"', script)
    yield from re.findall(r'data-rule="(\w+)"', form)
    yield from (f"no{name}" for name in re.findall(r'data-field="(\w+)', form))


@pytest.fixture(scope="module")
def used() -> dict[str, set[str]]:
    """What each table is looked up by, in code and in templates."""
    found: dict[str, set[str]] = defaultdict(set)
    words = {word for tree in code().values() for word in words_of(tree)}
    for tree in code().values():
        nodes = list(ast.walk(tree))
        looked = list(looked_up(nodes))
        for table, name in {*looked, *handed_on(nodes, looked)}:
            found[table] |= words if name is None else {name}
    for file, text in templates().items():
        for owner, name in re.findall(r"\b(words|labels)\.(\w+)", text):
            page = file.name.partition(".")[0]
            for table in LABELS.get(page, ()) if owner == "labels" else WORDS_OF.get(page, ("WORDS", "BATCH")):
                found[table].add(name)
        found["COUNTED"].update(re.findall(r"\bcounted\(\"(\w+)\"", text))
    found["SAID_BY_SCRIPT"] = set(said_by_script())
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "page").glob("*.ts"))
    found["SAID_BY_PROGRAM_PAGE"] |= set(re.findall(r'"(\w+)"', scripts))
    return found


@each("table", tables)
def test_every_entry_is_used(table: Table, used: dict[str, set[str]]) -> None:
    unused = table.texts.keys() - used[table.name]
    made = [name for name in used[table.name] if "*" in name]
    unused = {name for name in unused if not any(fnmatchcase(name, pattern) for pattern in made)}
    assert not unused or table.name in WRITTEN_BY_AUTHORS


@each("table", tables)
def test_a_sentence_stands_once_in_a_table(table: Table) -> None:
    said = Counter(table.texts.values())
    assert {name for name, text in table.texts.items() if said[text] > 1} <= ALIKE.get(table.name, set())


def test_no_two_tables_have_one_name() -> None:
    names = Counter(table.name for table in tables())
    assert [name for name, count in names.items() if count > 1] == []


def test_tables_that_are_put_together_have_no_name_in_common() -> None:
    assert set(WORDS) < set(BATCH)
    with pytest.raises(ValueError, match="stage"):
        Words({"stage": "Stage", "theme": "Theme"}) | Words({"stage": "Level"})
