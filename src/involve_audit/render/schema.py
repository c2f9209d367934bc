"""The JSON Schemas of our files, as editors and other programs read them."""

from __future__ import annotations

import json
from typing import Any

from involve_audit.model.comparison import Diff, TrendFound
from involve_audit.model.overlay import Overlay
from involve_audit.model.record import Record
from involve_audit.model.rubric import Item, Rubric
from involve_audit.model.strict import Model
from involve_audit.model.twin import schema as schema_of
from involve_audit.model.view import View

MODELS: dict[str, type[Model]] = {
    "rubric": Rubric,
    "overlay": Overlay,
    "answers": View,
    "record": Record,
    "diff": Diff,
    "trend": TrendFound,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def render(name: str, rubric: Rubric | None = None) -> str:
    """The schema of the file `name` (a key of `MODELS`) as JSON; of the answers to a rubric alone."""
    schema = schema_of(MODELS[name])
    if rubric is not None:
        schema["properties"] |= _of_one_rubric(rubric, schema)
    described = {"$schema": _DIALECT, **schema, "title": f"involve-audit {name} file"}
    return json.dumps(described, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _of_one_rubric(rubric: Rubric, schema: dict[str, Any]) -> dict[str, Any]:
    """The items, answers and perspectives of one rubric, so that an editor completes them and shows the questions."""
    count = schema["properties"]["respondents"]["anyOf"][0]["additionalProperties"]
    long_form = schema["$defs"]["Answer"]
    return {
        "answers": _only({item.id: _answer(rubric, item, long_form) for item in rubric.items}),
        "respondents": _only({who.id: {**count, "description": who.title} for who in rubric.perspectives}),
    }


def _only(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["object", "null"], "additionalProperties": False, "properties": properties}


def _answer(rubric: Rubric, item: Item, long_form: dict[str, Any]) -> dict[str, Any]:
    words = rubric.answers_to(item)
    numbers = [int(word) for word in words if word.isdecimal()]  # what an editor takes such a word for
    short = {"enum": [*words, *numbers, None]}
    properties = {**long_form["properties"], "answer": short}
    return {"description": item.ask, "anyOf": [short, {**long_form, "properties": properties}]}
