"""Instruments of the shapes that others publish: a ladder of six levels, and standards in very many criteria."""

from __future__ import annotations

from typing import Any

YES_OR_NO = [
    {"id": "yes", "title": "Yes", "value": 1},
    {"id": "partly", "title": "Partly", "value": 0.5},
    {"id": "no", "title": "No", "value": 0},
]
FIVE = [
    {"id": "full", "title": "Fully met", "value": 1},
    {"id": "mostly", "title": "Mostly met", "value": 0.75},
    {"id": "half", "title": "Half met", "value": 0.5},
    {"id": "begun", "title": "Begun", "value": 0.25},
    {"id": "none", "title": "Not met", "value": 0},
]
LONG_WORDS = (
    "Deinstitutionalisation is under way",
    "Interdisciplinary documentation",
    "Representativeness is considered",
    "Communication without misunderstanding",
)
SHARES = ("62.5%", "5/8", "0.625", "37.5%", "87.5%")


def levels() -> dict[str, Any]:
    """Six levels with numbers for names, thresholds in odd fractions, five answers; nobody has to answer anything.

    It asks for nothing but achievements, of nobody in particular, and knows no evidence.
    """
    titles = [f"What is called recovery at level {level}" for level in range(6)]
    stages: list[dict[str, Any]] = [
        {"id": f"level-{level}", "title": title, "short": f"Level {level}", "summary": "As it is published."}
        for level, title in enumerate(titles)
    ]
    for stage, share in zip(stages[1:], SHARES, strict=True):
        asked = {"items": {"stage": stage["id"], "kind": "achievement"}, "measure": "share", "at_least": share}
        stage["gates"] = [{"id": f"{stage['id']}-share", **asked, "because": "Enough of it has to be there."}]
    items = [
        _item(f"{level}-{place}", f"level-{level}", f"theme-{place % 4}", LONG_WORDS[place % 4])
        for level in range(1, 6)
        for place in range(8)
    ]
    themes = [{"id": f"theme-{place}", "title": words} for place, words in enumerate(LONG_WORDS)]
    head = {"minimum_answered": "0%", "readings": ["not-applicable-as-no"], "limit_to": "half", "scale": FIVE}
    return _rubric("levels", "Recovery in six levels", **head, themes=themes, stages=stages, indicators=items)


def criteria(number: int = 194) -> dict[str, Any]:
    """Three marks over one list of criteria, each asked of most of them, and two groups that answer."""
    stages: list[dict[str, Any]] = [
        {"id": "none", "title": "Not accredited", "short": "Not yet", "summary": "Below the first mark."}
    ]
    for mark, share in (("bronze", "60%"), ("silver", "80%"), ("gold", "95%")):
        asked = {"measure": "share", "at_least": share, "because": f"{share} of these have to be met."}
        gates = [
            {"id": f"{mark}-first", "items": {"stage": "bronze", "kind": "achievement"}, **asked},
            {"id": f"{mark}-all", "items": {"kind": "achievement"}, **asked},
        ]
        named = {"title": f"Accredited: {mark}", "short": mark.capitalize(), "summary": "As it is published."}
        stages.append({"id": mark, **named, "gates": gates})
    asked_at = ["bronze"] * 90 + ["silver", "gold"] * number
    items = [_item(f"c-{n}", asked_at[n], f"s-{n % 12}", f"Criterion on matter {n + 1}") for n in range(number)]
    people = [{"id": "patients", "title": "Patients"}, {"id": "team", "title": "The ward team"}]
    themes = [{"id": f"s-{place}", "title": f"Standard {place + 1}"} for place in range(12)]
    head = {"minimum_answered": "62.5%", "limit_to": "partly", "scale": YES_OR_NO, "perspectives": people}
    return _rubric("criteria", "Standards in many criteria", **head, themes=themes, stages=stages, indicators=items)


def answers(rubric: dict[str, Any], shift: int = 0) -> dict[str, Any]:
    """An answer to every question: mostly good ones, some of each other sort, some set aside and some not known."""
    good, *others = (option["id"] for option in rubric["scale"])
    aside = {"answer": "not-applicable", "reason": "We do not provide it."}
    sorts = [good, good, others[-1], good, aside, good, others[0], good, good, "unknown", good]
    return {item["id"]: sorts[(place + shift) % len(sorts)] for place, item in enumerate(rubric["indicators"])}


def _rubric(name: str, title: str, **more: Any) -> dict[str, Any]:
    head = {"format": "involve-audit/rubric@1", "id": name, "version": "1.0.0", "title": title, "language": "en"}
    return {**head, "summary": "As it is published.", "sources": [{"id": "it", "title": "The instrument"}], **more}


def _item(name: str, stage: str, theme: str, title: str) -> dict[str, Any]:
    head = {"id": name, "stage": stage, "theme": theme, "kind": "achievement", "title": title}
    more = {"next_step": "Begin with it.", "not_applicable_when": "It is not provided.", "source": {"id": "it"}}
    return {**head, "ask": f"Is it so that {title.lower()}?", **more}
