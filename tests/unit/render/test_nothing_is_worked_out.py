"""Rendering never calls the engine: it takes what the engine worked out, and the names of it (architecture.md)."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path

from tests.each import each

import involve_audit.render

FOLDER = Path(involve_audit.render.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))


def taken_from_the_engine(module: Path) -> list[tuple[str, str]]:
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    whole = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    assert not [name for name in whole if name.startswith("involve_audit.engine")]
    return [
        (node.module, name.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("involve_audit.engine")
        for name in node.names
    ]


@each("module", MODULES)
def test_nothing_but_shapes_and_names_is_taken_from_the_engine(module: Path) -> None:
    for source, name in taken_from_the_engine(module):
        found = getattr(import_module(source), name)
        assert not inspect.isroutine(found), f"{source}.{name} is a function"
        assert not inspect.ismodule(found), f"{source}.{name} is a module"


def test_something_is_taken() -> None:
    assert any(taken_from_the_engine(module) for module in MODULES)
