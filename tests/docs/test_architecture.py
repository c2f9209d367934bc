"""docs/architecture.md says what is there: its tree, its layers, its files and functions, its words."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/involve_audit"
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
sys.path.insert(0, str(ROOT / "bench"))
FILES = sorted(set(re.findall(r"`([\w/]+/[\w/]+\.(?:py|md)|[a-z_]+\.py)`", PAGE)))
FUNCTIONS = sorted(set(re.findall(r"`([\w/]+\.py)`\s+`([A-Za-z_.]+)`", PAGE)))
WORDS = sorted(set(re.findall(r"`((?:[a-z_]+\.)+[A-Z]\w+)`", PAGE)))


def test_its_tree_is_the_tree() -> None:
    tree = PAGE.split("src/involve_audit/\n")[1].split("tests/\n")[0]
    there = {path.name for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    named = set(re.findall(r"^  ([a-z]+\.py|[a-z]+)/? ", tree, re.MULTILINE))
    assert named == there - {"__init__.py", "__main__.py"}


def test_its_floors_are_those_of_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in contracts["contracts"] if contract["type"] == "layers")
    floors = [layer.replace("involve_audit.", "") for layer in layers]
    assert " → ".join(floors) in " ".join(PAGE.split())


@pytest.mark.parametrize("file", FILES)
def test_every_file_that_it_names_is_there(file: str) -> None:
    assert any((folder / file).is_file() for folder in (SOURCE, ROOT, ROOT / "docs", ROOT / "tests"))


@pytest.mark.parametrize(("file", "name"), FUNCTIONS)
def test_every_function_that_it_names_is_there(file: str, name: str) -> None:
    found: object = import_module(f"involve_audit.{file.removesuffix('.py').replace('/', '.')}")
    for part in name.split("."):
        found = getattr(found, part)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_glossary_is_the_name_of_something(word: str) -> None:
    module, _dot, name = word.rpartition(".")
    assert hasattr(import_module(f"involve_audit.{module}"), name)


def test_the_house_is_no_larger_than_was_agreed() -> None:
    import house

    figures = house.figures(house.modules())
    assert {name: value for name, value in figures.items() if round(value, 2) > house.BOUNDS[name]} == {}


def test_a_larger_house_would_be_noticed(tmp_path: Path) -> None:
    import house

    for name in ("one", "two"):
        body = "\n".join(["def long():", *["    pass"] * 70, "class Same: ..."])
        (tmp_path / f"{name}.py").write_text(f"from involve_audit import errors, language\n{body}\n", encoding="utf-8")
    figures = house.figures(house.modules(tmp_path))
    assert figures["class names twice"] == 1
    assert figures["lines of the longest function"] == 71
    assert figures["modules"] == 2
