"""The formats that a comparison of two versions of a rubric can be written in."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from involve_audit.versions.diff import RubricDiff, as_json
from involve_audit.versions.diff_text import render


class RubricDiffFormat(NamedTuple):
    """A format: the name for `--format`, its file suffixes, and the function that makes it."""

    name: str
    suffixes: tuple[str, ...]
    render: Callable[[RubricDiff], str]


FORMATS = (RubricDiffFormat("text", (".txt",), render), RubricDiffFormat("json", (".json",), as_json))
