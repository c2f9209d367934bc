"""The JSON Schemas, used as an editor uses them: on YAML 1.2, without our loader."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.each import each

from involve_audit.model.rubric import Rubric
from involve_audit.model.twin import schema
from involve_audit.model.view import View

ROOT = Path(__file__).parents[3]
SCHEMAS = {"answers": schema(View), "rubric": schema(Rubric)}


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: only true and false are truth values, and a date is text."""


EditorLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def read(path: str) -> Any:
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), EditorLoader)


def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[kind], format_checker=Draft202012Validator.FORMAT_CHECKER)


def kind_of(path: str) -> str:
    return "rubric" if Path(path).name.startswith("rubric-") or path.startswith("rubrics/") else "answers"


def found(*patterns: str) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(pattern))


BY_PROGRAMS = "tests/cases/valid/answers-nothing-as-programs-write-it.yaml"  # an editor may point at what nobody types
FILES = [
    path for path in found("examples/**/*.yaml", "rubrics/*.yaml", "tests/cases/valid/*.yaml") if path != BY_PROGRAMS
]


def test_the_editors_reading_is_that_of_yaml_1_2() -> None:
    text = "[no, yes, on, 2026-11-22, 1:30, 1.0.0, 50%, true, 3, 0.5, ~]"
    expected = ["no", "yes", "on", "2026-11-22", "1:30", "1.0.0", "50%", True, 3, 0.5, None]
    assert yaml.load(text, EditorLoader) == expected


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_valid_draft_2020_12(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])


@each("path", FILES)
def test_a_schema_accepts_every_file_that_we_accept(path: str) -> None:
    assert [error.message for error in validator(kind_of(path)).iter_errors(read(path))] == []


def places(node: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every mapping."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    below = [path for part, value in inside for path in places(value, (*above, part))]
    return [above, *below] if isinstance(node, dict) else below


def with_an_odd_key(node: Any, place: tuple[Any, ...]) -> Any:
    """A copy of a file's data in which the mapping at `place` has a key that may not be there."""
    changed = copy.deepcopy(node)
    mapping = changed
    for part in place:
        mapping = mapping[part]
    mapping["No such key"] = ["x"]
    return changed


def every_mapping() -> list[tuple[str, tuple[Any, ...]]]:
    return [
        (path, place)
        for path in ("tests/cases/valid/answers-every-form.yaml", "tests/cases/valid/rubric-small.yaml")
        for place in places(read(path))
    ]


@each(("path", "place"), every_mapping)
def test_a_schema_refuses_an_odd_key_in_every_mapping(path: str, place: tuple[Any, ...]) -> None:
    assert not validator(kind_of(path)).is_valid(with_an_odd_key(read(path), place))


def test_a_schema_accepts_a_link_in_capitals_as_the_loader_does() -> None:
    evidence = [{"text": "The survey", "link": "HTTPS://example.org"}]
    answers = {"consult-by-survey": {"answer": "yes", "evidence": evidence}}
    assert validator("answers").is_valid(read("tests/cases/valid/answers-smallest.yaml") | {"answers": answers})


@pytest.mark.parametrize(
    ("kind", "path", "key", "value"),
    [
        ("answers", "tests/cases/valid/answers-smallest.yaml", "date", "22/11/2026"),
        ("answers", "tests/cases/valid/answers-smallest.yaml", "date", "2026-02-30"),
        ("answers", "tests/cases/valid/answers-smallest.yaml", "format", "involve-audit/answers@2"),
        ("answers", "tests/cases/valid/answers-smallest.yaml", "rubric", "no-version"),
        ("answers", "tests/cases/valid/answers-smallest.yaml", "respondents", {"staff": -1}),
        ("rubric", "tests/cases/valid/rubric-small.yaml", "id", "Not an id"),
        ("rubric", "tests/cases/valid/rubric-small.yaml", "stages", []),
    ],
)
def test_a_schema_refuses_what_the_loader_refuses(kind: str, path: str, key: str, value: Any) -> None:
    assert not validator(kind).is_valid(read(path) | {key: value})
