"""The schemas that the program prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from involve_audit.render.schema import MODELS, render

NAMES = ("rubric", "overlay", "answers", "record", "diff", "trend")


def test_there_is_a_schema_for_each_of_our_files() -> None:
    assert set(MODELS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_schema_is_valid_and_names_its_dialect_and_its_file(name: str) -> None:
    schema = json.loads(render(name))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == f"involve-audit {name} file"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_beside_the_rubrics_is_what_the_program_prints(name: str, root: Path) -> None:
    shipped = (root / "rubrics" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert shipped == render(name), f"run: involve-audit schema {name} -o rubrics/{name}.schema.json"


def test_no_schema_file_is_left_over(root: Path) -> None:
    assert {file.name for file in (root / "rubrics").glob("*.json")} == {f"{name}.schema.json" for name in NAMES}


def test_a_written_record_is_valid_against_the_record_schema(example: Any) -> None:
    validator = Draft202012Validator(json.loads(render("record")), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(json.loads(example.text("record")))] == []


@pytest.mark.parametrize("change", [{"format": "involve-audit/record@2"}, {"date": "yesterday"}, {"extra": 1}])
def test_the_record_schema_refuses_what_no_record_holds(change: dict[str, Any], riverside: Any) -> None:
    validator = Draft202012Validator(json.loads(render("record")), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert not validator.is_valid(json.loads(riverside.text("record")) | change)
