"""The JSON Schemas of the three files, as editors and other programs read them."""

from __future__ import annotations

import json

from pydantic import BaseModel

from involve_audit.model.record import Record
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import View

MODELS: dict[str, type[BaseModel]] = {"rubric": Rubric, "answers": View, "record": Record}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def render(name: str) -> str:
    """The schema of the file `name` (`rubric`, `answers` or `record`) as JSON."""
    schema = MODELS[name].model_json_schema(mode="validation")
    described = {"$schema": _DIALECT, **schema, "title": f"involve-audit {name} file"}
    return json.dumps(described, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
