"""Small rubrics and views for the tests, built the way the program builds them: text → model → compiled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from involve_audit.engine.assessment import Assessment, assess
from involve_audit.engine.compiled import CompiledRubric, CompiledView, compile_rubric, compile_view
from involve_audit.engine.score import ItemResult
from involve_audit.loading.rubric import parse_rubric
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import View

SCALE = [
    {"id": "yes", "value": 1},
    {"id": "partly", "value": 0.5},
    {"id": "planned", "value": 0, "for": ["achievement"], "if_done": "yes"},
    {"id": "no", "value": 0},
]
STAGES = ("low", "high", "top")
PERSPECTIVES = ("users", "carers", "staff")


def item(item_id: str, kind: str = "achievement", **more: Any) -> dict[str, Any]:
    """A question; `na=True` lets it be not applicable."""
    made: dict[str, Any] = {"id": item_id, "title": "T", "ask": "A?", "next_step": "N.", "kind": kind}
    if kind != "anti-pattern":
        made |= {"stage": "high", "theme": "theme"}
    if more.pop("na", False):
        made["not_applicable_when"] = "W."
    return made | more


def gate(measure: str, items: Mapping[str, Any] | Sequence[str], **more: Any) -> dict[str, Any]:
    """A condition over a selector, or over a list of item ids."""
    selector = dict(items) if isinstance(items, Mapping) else {"ids": list(items)}
    return {"measure": measure, "items": selector, "because": "B.", **more}


def rubric_text(items: Sequence[dict[str, Any]], gates: Mapping[str, Sequence[dict[str, Any]]], **more: Any) -> bytes:
    """The file of a rubric. `gates` names every stage above the lowest, in order; keywords replace fields."""
    data: dict[str, Any] = {
        "format": "involve-audit/rubric@1",
        "id": "small",
        "version": "1.0.0",
        "title": "T",
        "language": "en",
        "summary": "S",
        "scale": SCALE,
        "limit_to": "partly" if "scale" not in more else "no",
        "minimum_answered": "50%",
        "perspectives": [{"id": name, "title": "T"} for name in PERSPECTIVES],
        "themes": [{"id": "theme", "title": "T"}],
        "stages": [
            {"id": stage, "title": "T", "short": "T", "summary": "S"}
            | ({"gates": [{"id": f"{stage}-{n}", **one} for n, one in enumerate(asked)]} if asked else {})
            for stage, asked in {"low": (), **gates}.items()
        ],
        "indicators": [one for one in items if one["kind"] != "anti-pattern"],
        "anti_patterns": [
            {key: value for key, value in one.items() if key != "kind"}
            for one in items
            if one["kind"] == "anti-pattern"
        ],
        **more,
    }
    data["scale"] = [{"title": "T", **option} for option in data["scale"]]
    return json.dumps(data).encode()


def load(content: bytes) -> Rubric:
    """The rubric of a file's content."""
    return parse_rubric(content, "small.yaml").content


def small(
    items: Sequence[dict[str, Any]], gates: Mapping[str, Sequence[dict[str, Any]]], **more: Any
) -> CompiledRubric:
    """A compiled rubric; see `rubric_text`."""
    return compile_rubric(load(rubric_text(items, gates, **more)))


def view(
    rubric: CompiledRubric,
    answers: Mapping[str, str],
    present: Sequence[str] = (),
    evidence: Sequence[str] = (),
    otherwise: str | None = None,
) -> CompiledView:
    """A compiled view: `evidence` names the items that have some, `otherwise` answers every item not named."""
    words = {one.id: answers.get(one.id, otherwise) for one in rubric.items}
    written = View.from_tree(
        {
            "format": "involve-audit/answers@1",
            "rubric": "small@1",
            "subject": {"name": "Somewhere"},
            "date": "2026-01-31",
            "respondents": dict.fromkeys(present, 1),
            "answers": {
                name: {"answer": word, "evidence": [{"text": "seen"}] if name in evidence else []}
                for name, word in words.items()
            },
        }
    )
    return compile_view(rubric, written)


def assessed(rubric: CompiledRubric, answers: Mapping[str, str], **more: Any) -> Assessment:
    """What a single view gives."""
    return assess(rubric, [view(rubric, answers, **more)])


def result(assessment: Assessment, item_id: str) -> ItemResult:
    """The result of one item."""
    return next(one for one in assessment.items if one.id == item_id)


def measured(assessment: Assessment, gate_id: str) -> tuple[float | None, bool]:
    """The figure of a gate, and whether it holds."""
    return next((one.figure, one.holds) for one in assessment.gates if one.id == gate_id)
