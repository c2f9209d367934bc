"""What a new rubric begins with: a small one with comments, a copy of another that says what it is based on, or an
overlay with examples for the rubric that it extends, or with every text that a translation needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from involve_audit.errors import InputError, Problem, UsageError
from involve_audit.escaping import as_json, clean, yaml_text
from involve_audit.language import Words, _
from involve_audit.loading.overlay import OriginalText, texts_of
from involve_audit.loading.rubric import ReadRubric, read_reference, read_rubric, shelf_of, shelf_with
from involve_audit.loading.tree import KeyPath, Tree
from involve_audit.model.names import is_sound_id
from involve_audit.model.overlay import FORMAT, ORIGINALS
from involve_audit.model.reference import Reference
from involve_audit.model.rubric import LANGUAGE_TAG, Rubric
from involve_audit.model.view import UNKNOWN
from involve_audit.resources import read_skeleton

_ITS_ID = "my-rubric"
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


@dataclass(frozen=True)
class Wanted:
    """What was asked for: nothing but an id, or at most one of the ways to begin with another rubric."""

    id: str
    copied_from: str | None = None
    extends: str | None = None
    translates: str | None = None
    into: str | None = None

    def require_one_way(self) -> None:
        """Raise UsageError where the options do not go together."""
        ways = {"--from": self.copied_from, "--extends": self.extends, "--translates": self.translates}
        given = [name for name, value in ways.items() if value is not None]
        if len(given) > 1:
            what = _("{one} does not go with {other}").format(one=given[0], other=given[1])
            raise UsageError(Problem("", what, _("Leave one of them out.")))
        if (self.translates is None) != (self.into is None):
            what = _("--translates and --into go together")
            hint = _("For Welsh: --translates RUBRIC --into cy")
            raise UsageError(Problem("", what, hint))
        if self.into is not None and not re.fullmatch(LANGUAGE_TAG, self.into):
            what = _("`{tag}` is not the tag of a language").format(tag=self.into)
            raise UsageError(Problem("", what, _("Write it like `cy` or `pt-BR`.")))


def require_new_id(rubric_id: str) -> None:
    """Raise UsageError where a word cannot be an id, or where a rubric is found by it already."""
    if not is_sound_id(rubric_id):
        what = _("`{id}` cannot be the id of a rubric").format(id=rubric_id)
        raise UsageError(Problem("", what, _("Use small letters, digits and hyphens, such as `my-rubric`.")))
    if shelf := shelf_of(rubric_id):
        what = _("there is a rubric `{id}` already").format(id=rubric_id)
        hint = _("It is {file}. Choose another id; a copy of it is begun with --from {id}.")
        raise UsageError(Problem("", what, hint.format(file=shelf.file(rubric_id), id=rubric_id)))


def begun(wanted: Wanted) -> str:
    """The text. Raises UsageError where the options do not go together, and InputError about the other rubric."""
    wanted.require_one_way()
    if wanted.copied_from is not None:
        return copied(wanted.id, wanted.copied_from)
    if wanted.extends is not None:
        return overlay_form(wanted.id, _read(wanted.extends))
    if wanted.translates is not None:
        return translation_form(wanted.id, wanted.into or "", _read(wanted.translates))
    return skeleton(wanted.id)


def _read(rubric_id: str) -> ReadRubric:
    """A rubric that is found by its id, as an overlay has to find it again. Raises InputError."""
    shelf = shelf_with(rubric_id)
    read = read_rubric(shelf.read(rubric_id), shelf.file(rubric_id))
    if read.source is None:
        raise InputError(read.problems)
    return read


def skeleton(rubric_id: str) -> str:
    """A whole rubric, small and with comments, under this id."""
    return read_skeleton().replace(_ITS_ID, yaml_text(rubric_id))


def copied(rubric_id: str, reference: str) -> str:
    """The text of another rubric under this id. Raises InputError where that cannot be copied."""
    content, file = read_reference(reference)
    read = read_rubric(content, file)
    if read.overlay is not None:
        what = _("this is an overlay, and no rubric by itself")
        hint = _("Begin with a copy of `{extends}`, or with an overlay of your own: --extends {extends}.")
        extends = Reference.of(read.overlay.extends).id
        raise InputError(Problem(file, what, hint.format(extends=extends)))
    if read.source is None:
        raise InputError(read.problems)
    original = read.source.content
    head = _head(rubric_id, original, read.source.sha256)
    text = _with_head(read.tree, head)
    if not _is_copy(text, head, original):
        what = _("this file cannot be copied line by line")
        raise InputError(Problem(file, what, _("Copy it yourself, and change its id.")))
    return text


def _head(rubric_id: str, original: Rubric, sha256: str) -> dict[str, Any]:
    """What a copy says instead of the original."""
    return {
        "id": rubric_id,
        "version": FIRST_VERSION,
        "based_on": {"id": original.id, "version": original.version, "sha256": sha256},
        "title": _("{title} (our own copy)").format(title=original.title),
    }


def _with_head(tree: Tree, head: dict[str, Any]) -> str:
    """The text of the file, the lines of these keys replaced; what has no line yet comes before the title."""
    lines = tree.text.splitlines()
    starts = sorted(mark.line for path, mark in tree.keys.items() if len(path) == 1)
    blocks = {path[0]: _block(lines, starts, mark.line) for path, mark in tree.keys.items() if len(path) == 1}
    new = {key: f"{key}: {as_json(value)}" for key, value in head.items()}
    if "based_on" not in blocks:
        new["title"] = f"{new.pop('based_on')}\n{new['title']}"
    for key in sorted(new, key=lambda key: -blocks[key].start):
        lines[blocks[key].start : blocks[key].stop] = new[key].split("\n")
    return "\n".join(lines) + "\n"


def _block(lines: list[str], starts: list[int], start: int) -> range:
    """The lines of a top-level key, without the comments that belong to the key after it."""
    end = next((other for other in starts if other > start), len(lines))
    while end > start + 1 and lines[end - 1].strip()[:1] in ("", "#"):
        end -= 1
    return range(start, end)


def _is_copy(text: str, head: dict[str, Any], original: Rubric) -> bool:
    """Whether a text is a rubric that differs from the original in its head alone."""
    try:
        copy = read_rubric(text.encode(), "").source
    except InputError:
        return False
    same = dict.fromkeys(head)
    return (
        copy is not None
        and copy.content.id == head["id"]
        and (copy.content.changed(**same) == original.changed(**same))
    )


def overlay_form(overlay_id: str, extended: ReadRubric) -> str:
    """An overlay that changes nothing yet, with an example for each kind of change."""
    return "".join(f"{line}\n" for line in _tailoring(overlay_id, _rubric(extended)))


def _tailoring(overlay_id: str, rubric: Rubric) -> Iterator[str]:
    first, gate = next(rubric.items), rubric.stages[-1].gates[0]
    side = "at_least" if gate.at_least is not None else "at_most"
    item, stage, gate_id = map(yaml_text, (first.id, rubric.stages[-1].id, gate.id))
    asked_for = f"{side}: {yaml_text(getattr(gate, side))}"
    yield _SCHEMA
    yield _comment(_OVERLAY["tailors"].format(title=rubric.title))
    yield from _overlay_head(overlay_id, rubric)
    yield f"title: {_quoted(_OVERLAY['title'].format(title=rubric.title))}"
    yield f"because: {_quoted(_OVERLAY['because'])}"
    yield ""
    yield _comment(_OVERLAY["off"])
    yield from ("# switch_off:", "#   items:", f"#     {item}: {_quoted(_OVERLAY['reason'])}")
    yield from ("#   gates:", f"#     {gate_id}: {_quoted(_OVERLAY['reason'])}", "")
    yield _comment(_OVERLAY["thresholds"])
    yield "# thresholds:"
    yield f"#   {gate_id}: {{{asked_for}, because: {_quoted(_OVERLAY['reason'])}}}"
    yield from ("", _comment(_OVERLAY["add"]), "# add:", "#   perspectives: []", "#   themes: []")
    yield from ("#   gates:", f"#     {stage}: []", "#   indicators: []", "#   anti_patterns: []")
    yield from ("", _comment(_OVERLAY["texts"]), "# texts:", "#   items:")
    yield from (f"#     {item}:", f"#       ask: {_quoted(first.ask)}")
    yield from ("", _comment(_OVERLAY["scenarios"]), "scenarios:", f"  - id: {_SCENARIO}")
    yield f"    title: {_quoted(_OVERLAY['nothing_known'])}"
    yield from (f"    otherwise: {UNKNOWN}", f"    expect: {yaml_text(rubric.stages[0].id)}")


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
    yield from _overlay_head(overlay_id, rubric)
    yield f"language: {yaml_text(language)}"
    yield "texts:"
    opened: KeyPath = ()
    by_path: dict[KeyPath, list[OriginalText]] = {}
    for original in texts_of(extended.tree):
        by_path.setdefault(original.path, []).append(original)
    for path, originals in by_path.items():
        yield from _opening(opened, path)
        opened = path
        indent = "  " * (len(path) + 1)
        for original in originals:
            yield from _behind_a_mark(indent, original.key, original.value)
        noted = ", ".join(f"{original.key}: {yaml_text(original.digest)}" for original in originals)
        yield f"{indent}{ORIGINALS}: {{{noted}}}"


def _overlay_head(overlay_id: str, rubric: Rubric) -> Iterator[str]:
    yield f"format: {FORMAT}"
    yield f"id: {yaml_text(overlay_id)}"
    yield f"version: {FIRST_VERSION}"
    yield f"extends: {yaml_text(rubric.reference)}"


def _opening(opened: KeyPath, path: KeyPath) -> Iterator[str]:
    """The keys that lead to a path, as far as they are not open already."""
    for depth, key in enumerate(path):
        if opened[: depth + 1] != path[: depth + 1]:
            yield f"{'  ' * (depth + 1)}{yaml_text(str(key))}:"


def _behind_a_mark(indent: str, key: str, value: Any) -> Iterator[str]:
    """A text of the original as a comment that becomes a line of the file once its # is taken away."""
    if isinstance(value, list):
        yield f"{indent}# {key}:"
        for entry in value:
            words = as_json(entry) if isinstance(entry, dict) else _quoted(entry)
            yield f"{indent}#   - {words}"
    elif isinstance(value, dict):
        yield f"{indent}# {key}: {as_json(value)}"
    else:
        yield f"{indent}# {key}: {_quoted(value)}"


def _quoted(text: str) -> str:
    return as_json(" ".join(str(text).split()))


def _comment(text: str) -> str:
    return f"# {clean(' '.join(text.split()))}"
