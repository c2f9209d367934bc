"""Every text of the interface, gathered from a checkout: `make catalogue` writes the template for translators.

Babel finds what is marked with `_`, `N_` or `ngettext` in Python and in the shipped templates. Added to it are the
tables of words, and the help of the commands as the program shows it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import write_po

from involve_audit import __version__

ROOT = Path(__file__).parents[2]
TEMPLATE = Path(__file__).parent / "locale/involve_audit.pot"
_SOURCES = {
    "src/involve_audit": [("**.py", "involve_audit.catalogue:python_texts")],
    "templates": [("**.j2", "jinja2.ext:babel_extract")],
}
_OPTIONS = {"**.j2": {"silent": "false"}}
_TABLES = {"Words": "_", "Counted": "ngettext"}
_HEADER = "# Every text of involve-audit. `make catalogue` writes this file; docs/translating.md says how to use it."
# These lines differ from day to day and from machine to machine.
_CHANGING = ('"POT-Creation-Date:', '"Generated-By:')

Found = tuple[Any, ...]
"""As Babel wants it: line, name of the marking function, text or texts, comments."""


def gathered() -> Catalog:
    """Every text of the checkout, each with the files that it comes from."""
    catalogue = Catalog(
        project="involve-audit", version=__version__, header_comment=_HEADER, msgid_bugs_address="", charset="utf-8"
    )
    for folder, methods in _SOURCES.items():
        for file, line, text, comments, context in extract_from_dir(ROOT / folder, methods, _OPTIONS):
            catalogue.add(text, locations=[(f"{folder}/{file}", line)], auto_comments=comments, context=context)
    for place, text in _help_texts():
        catalogue.add(text, auto_comments=[place])
    return catalogue


def python_texts(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Found]:
    """A method for Babel: the marked texts of a Python file, and those of its tables of words."""
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TABLES:
            yield from _table_texts(node, _TABLES[node.func.id])


def _table_texts(call: ast.Call, keyword: str) -> Iterator[Found]:
    """Each text of a table, with its name as a comment for the translator."""
    for table in call.args:
        if isinstance(table, ast.Dict):
            for name, text in zip(table.keys, table.values, strict=True):
                yield text.lineno, keyword, ast.literal_eval(text), [str(ast.literal_eval(name))] if name else []


def _help_texts() -> Iterator[tuple[str, str]]:
    """The help of every command, with a word on where it is shown."""
    from typer.main import get_command

    from involve_audit.cli.program import app
    from involve_audit.cli.speaking import help_texts

    for part, name in help_texts(get_command(app)):
        yield f"--help: {part.name}", getattr(part, name)


def as_template(catalogue: Catalog) -> bytes:
    """The template's text: the same for the same texts, so without dates and versions of Babel.

    Where a text comes from is told by file, one to a line, and the texts stand in the order of the alphabet: code that
    moves changes these lines alone, and within its file nothing.
    """
    for message in catalogue:
        message.auto_comments.sort()
    written = BytesIO()
    write_po(written, catalogue, sort_output=True, include_lineno=False)
    lines = (line for line in written.getvalue().decode().splitlines(keepends=True) if not line.startswith(_CHANGING))
    return "".join(part for line in lines for part in _one_file_to_a_line(line)).encode()


def _one_file_to_a_line(line: str) -> list[str]:
    return [f"#: {file}\n" for file in line.split()[1:]] if line.startswith("#: ") else [line]


if __name__ == "__main__":
    TEMPLATE.write_bytes(as_template(gathered()))
