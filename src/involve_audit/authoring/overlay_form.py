"""What a new overlay begins with: examples for the rubric that it extends, or every text that a translation needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from involve_audit.language import Words
from involve_audit.loading.library import is_id
from involve_audit.loading.overlaying.overlaid import ORIGINALS
from involve_audit.loading.overlaying.texts import OriginalText, texts_of
from involve_audit.loading.rubric import ReadRubric
from involve_audit.loading.tree import Path
from involve_audit.model.overlay import FORMAT
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import UNKNOWN

_NO_WORDS = ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
_SCENARIO = "nothing-known"
FIRST_VERSION = "1.0.0"
_SCHEMA = "# yaml-language-server: $schema=./overlay.schema.json"
_OVERLAY = Words(
    {
        "tailors": "Changes to “{title}”. Take the # from the lines that you need.",
        "translates": "“{title}” in another language. Take the # from a line and put your words between its quotes.",
        "missing": "What stays behind a # is shown as the original has it. To see what is missing:",
        "originals": "`originals` notes which text your words stand for, so that it shows when that has changed.",
        "title": "{title}, tailored",
        "because": "Who wanted these changes, and why? Every report shows it.",
        "off": "What is left out, each with the reason:",
        "thresholds": "Other thresholds:",
        "add": "What comes on top, written as in a rubric:",
        "texts": "Other words:",
        "reason": "Why?",
        "scenarios": "Its own tests, as in a rubric:",
        "nothing_known": "Nobody knows anything",
    }
)


def overlay_form(overlay_id: str, extended: ReadRubric) -> str:
    """An overlay that changes nothing yet, with an example for each kind of change."""
    return "".join(f"{line}\n" for line in _tailoring(overlay_id, _rubric(extended)))


def _tailoring(overlay_id: str, rubric: Rubric) -> Iterator[str]:
    item = next(rubric.items)
    gate = rubric.stages[-1].gates[0]
    side = "at_least" if gate.at_least is not None else "at_most"
    yield _SCHEMA
    yield _comment(_OVERLAY["tailors"].format(title=rubric.title))
    yield from _head(overlay_id, rubric)
    yield f"title: {_quoted(_OVERLAY['title'].format(title=rubric.title))}"
    yield f"because: {_quoted(_OVERLAY['because'])}"
    yield ""
    yield _comment(_OVERLAY["off"])
    yield from ("# switch_off:", "#   items:", f"#     {item.id}: {_quoted(_OVERLAY['reason'])}")
    yield from ("#   gates:", f"#     {gate.id}: {_quoted(_OVERLAY['reason'])}", "")
    yield _comment(_OVERLAY["thresholds"])
    yield "# thresholds:"
    yield f"#   {gate.id}: {{{side}: {getattr(gate, side)}, because: {_quoted(_OVERLAY['reason'])}}}"
    yield from ("", _comment(_OVERLAY["add"]), "# add:", "#   perspectives: []", "#   themes: []")
    yield from ("#   gates:", f"#     {rubric.stages[-1].id}: []", "#   indicators: []", "#   anti_patterns: []")
    yield from ("", _comment(_OVERLAY["texts"]), "# texts:", "#   items:")
    yield from (f"#     {item.id}:", f"#       ask: {_quoted(item.ask)}")
    yield from ("", _comment(_OVERLAY["scenarios"]), "scenarios:", f"  - id: {_SCENARIO}")
    yield f"    title: {_quoted(_OVERLAY['nothing_known'])}"
    yield from (f"    otherwise: {UNKNOWN}", f"    expect: {rubric.stages[0].id}")


def translation_form(overlay_id: str, language: str, extended: ReadRubric) -> str:
    """A translation with every text of the original behind a #, and what each will stand for."""
    return "".join(f"{line}\n" for line in _translation(overlay_id, language, extended))


def _rubric(extended: ReadRubric) -> Rubric:
    assert extended.source is not None
    return extended.source.content


def _translation(overlay_id: str, language: str, extended: ReadRubric) -> Iterator[str]:
    rubric = _rubric(extended)
    yield _SCHEMA
    yield _comment(_OVERLAY["translates"].format(title=rubric.title))
    yield _comment(_OVERLAY["missing"])
    yield " ".join(("#  ", "involve-audit", "rubric", "check", overlay_id))
    yield _comment(_OVERLAY["originals"])
    yield from _head(overlay_id, rubric)
    yield f"language: {language}"
    yield "texts:"
    opened: Path = ()
    by_path: dict[Path, list[OriginalText]] = {}
    for original in texts_of(extended.tree):
        by_path.setdefault(original.path, []).append(original)
    for path, originals in by_path.items():
        yield from _opening(opened, path)
        opened = path
        indent = "  " * (len(path) + 1)
        for original in originals:
            yield from _behind_a_mark(indent, original.key, original.value)
        noted = ", ".join(f"{original.key}: {original.digest}" for original in originals)
        yield f"{indent}{ORIGINALS}: {{{noted}}}"


def _head(overlay_id: str, rubric: Rubric) -> Iterator[str]:
    yield f"format: {FORMAT}"
    yield f"id: {overlay_id}"
    yield f"version: {FIRST_VERSION}"
    yield f"extends: {rubric.id}@{rubric.version}"


def _opening(opened: Path, path: Path) -> Iterator[str]:
    """The keys that lead to a path, as far as they are not open already."""
    for depth, key in enumerate(path):
        if opened[: depth + 1] != path[: depth + 1]:
            yield f"{'  ' * (depth + 1)}{_as_key(str(key))}:"


def _behind_a_mark(indent: str, key: str, value: Any) -> Iterator[str]:
    """A text of the original as a comment that becomes a line of the file once its # is taken away."""
    if isinstance(value, list):
        yield f"{indent}# {key}:"
        for entry in value:
            words = json.dumps(entry, ensure_ascii=False) if isinstance(entry, dict) else _quoted(entry)
            yield f"{indent}#   - {words}"
    elif isinstance(value, dict):
        yield f"{indent}# {key}: {json.dumps(value, ensure_ascii=False)}"
    else:
        yield f"{indent}# {key}: {_quoted(value)}"


def _as_key(name: str) -> str:
    """A key, in quotes where another reader of YAML would take it for something else than a word."""
    return name if is_id(name) and name not in _NO_WORDS and not name.isdecimal() else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(" ".join(str(text).split()), ensure_ascii=False)


def _comment(text: str) -> str:
    return f"# {' '.join(text.split())}"
