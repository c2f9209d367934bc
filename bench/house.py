"""The size of the house: what a reader has to hold in mind, counted. `python bench/house.py` prints it, room by room.

An internal import is another module of the program that a module imports when it runs, wherever in its file that is,
once. What only a type checker imports does not count, nor does the package itself, which holds the version.
Empty `__init__.py` files count as modules. Exits with 1 where a bound of `BOUNDS` is not kept.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[1] / "src/involve_audit"
BOUNDS = {
    "lines": 44_300,
    "modules": 291,
    "imports a module": 4.9,
    "class names twice": 0,
    "lines of the longest function": 60,
    "lines in cli": 2_525,
}
"""At most so much of each: what was agreed when the house was last made simpler, at 22,829 lines and 4.0 imports a
module; 1,271 lines more for the limits that docs/limits.md lists and for surroundings that fail; and 4,400 more
for what people say being what is kept: asking (1,200), one editor of answers files and what is told of files as
people write them (900), the command line with completion in shells (600), and what an author may allow and is
told. Asking has more parts than before, and each knows several others. And 6,300 more for collecting answers:
reading tables, workbooks, forms and e-mails (3,000), forms of five sorts (1,500), paper typed in, invitations, and
putting together. It is more than was meant; tables and workbooks are where it could be less. And 2,950 more
for pages that show instead of tell: actions as a thing of their own (800), a series as one table with a finding
(650), where views differ (430), the page of many audits (400), page one (350), and words of an instrument (300).
And 1,915 more for runs that cost what they need: models of our own (500), what is kept from one run to the next
(490), a reader of plain files, what comes compiled, English without Babel, and bounds on what is told of series.
And 620 more: the words of the whole program in one page and what files are (450), texts in blocks read plainly.
And 4,000 more for tables: what a row and a cell say and stand for (1,300), the rule over columns (600), Arrow,
Parquet and Spark (1,200), results, groups and problems (600). It is twice what was meant; rows and Arrow each know
much of the other."""


class Module(NamedTuple):
    """One module: its name, its number of lines, what it imports of the program, its classes and its functions."""

    name: str
    lines: int
    imports: frozenset[str]
    classes: tuple[str, ...]
    functions: tuple[tuple[str, int], ...]

    @property
    def room(self) -> str:
        """The package it stands in."""
        return self.name.split(".")[1] if "." in self.name else ""


def modules(source: Path = SOURCE) -> list[Module]:
    """Every module below a folder, by name."""
    files = {_name(path, source): path for path in sorted(source.rglob("*.py"))}
    return [_module(name, path.read_text(encoding="utf-8"), files.keys()) for name, path in files.items()]


def _name(path: Path, source: Path) -> str:
    parts = (source.name, *path.relative_to(source).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, text: str, known: Collection[str]) -> Module:
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return Module(
        name=name,
        lines=text.count("\n"),
        imports=frozenset(_imports(tree, known)) - {name, SOURCE.name},
        classes=tuple(node.name for node in nodes if isinstance(node, ast.ClassDef)),
        functions=tuple((node.name, (node.end_lineno or 0) - node.lineno + 1) for node in functions),
    )


def _imports(tree: ast.AST, known: Collection[str]) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == SOURCE.name:
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield below if below in known else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == SOURCE.name)
        yield from _imports(node, known)


def figures(found: list[Module]) -> dict[str, float]:
    """What `BOUNDS` bounds."""
    classes = Counter(name for module in found for name in module.classes)
    return {
        "lines": sum(module.lines for module in found),
        "modules": len(found),
        "imports a module": sum(len(module.imports) for module in found) / len(found),
        "class names twice": sum(count > 1 for count in classes.values()),
        "lines of the longest function": max(lines for module in found for _name, lines in module.functions),
        "lines in cli": sum(module.lines for module in found if module.room == "cli"),
    }


def main() -> int:
    """Print the table. Returns the exit code."""
    found = modules()
    print(f"{'room':14} {'modules':>8} {'lines':>8} {'imports a module':>17}")
    for room in sorted({module.room for module in found}):
        inside = [module for module in found if module.room == room]
        average = sum(len(module.imports) for module in inside) / len(inside)
        print(f"{room or '(top)':14} {len(inside):8} {sum(module.lines for module in inside):8} {average:17.2f}")
    print()
    kept = True
    for name, value in figures(found).items():
        held = round(value, 2) <= BOUNDS[name]
        kept = kept and held
        print(f"{name:30} {value:10,.2f}   at most {BOUNDS[name]:,}{'' if held else '   NOT KEPT'}")
    classes = Counter(name for module in found for name in module.classes)
    for name in sorted(name for name, count in classes.items() if count > 1):
        print(f"  class twice: {name} in {', '.join(module.name for module in found if name in module.classes)}")
    for module in found:
        for function, lines in module.functions:
            if lines > BOUNDS["lines of the longest function"]:
                print(f"  long: {function} in {module.name}: {lines} lines")
    for module in sorted(found, key=lambda module: -len(module.imports))[:10]:
        print(f"  {len(module.imports):3} imports: {module.name}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
