"""What every log in SARIF 2.1.0 of this program has in common: which schema, which tool, and where something is."""

from __future__ import annotations

from collections.abc import Sequence
from os import fsencode
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from involve_audit import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def tool(rules: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The program, with the rules that it looks at."""
    return {"driver": {"name": "involve-audit", "version": __version__, "rules": list(rules)}}


def location(file: str, line: int | None, column: int | None) -> dict[str, Any]:
    """A place in a file; the start of the file where no line is known."""
    region = {"startLine": line or 1}
    if column:
        region["startColumn"] = column
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": region}}


def _uri(name: str) -> str:
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(fsencode(path.as_posix()))
