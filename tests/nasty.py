"""Text that must stay text: everything that means something to one of the formats, in every free field of an audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from involve_audit.model.rubric import OwnWords
from involve_audit.model.strict import fields

LONG = "w" * 5000
NASTY = " ".join(
    (
        "<script>alert(1)</script>",
        "[/b] [red]x",
        "a | b",
        "](javascript:alert(1)) ![x](https://example.org/x.png)",
        "\u202eright to left",
        "\x1b[31m red \x07 \x9b31m",
        "{{ 7*7 }} {% if %}",
        "<!-- --> ]]> <br> </title></style>",
        "&amp; &#60;b&#62;",
        "\" onmouseover='x'",
        "`code` **bold** __bold__ ~~gone~~ \\",
        "one\n\ntwo\n- three\n# four\n1. five\n> six\n\n    seven\n\n---\n| a |\n|---|\n```",
    )
)
LINK = "https://example.org/a_(b)?c=1&d='e'*~f~#[g]|h"
MAIL = "mailto:help@example.org"
Say = Callable[[str], str]


def nasty_rubric(rubric: dict[str, Any], say: Say) -> dict[str, Any]:
    """The rubric `small` with `say` in every field that is free text."""
    where = {"id": "leaflet", "page": say("page"), "heading": say("heading"), "column": say("column")}
    rubric |= {"title": say("rubric"), "summary": say("summary"), "beyond_the_source": [say("ours")]}
    rubric["words"] = {name: say(name) for name in fields(OwnWords)}
    rubric["sources"] = [{"id": "leaflet", "title": say("source"), "attribution": say("attribution")}]
    rubric["glossary"] = [{"term": say("term"), "meaning": say("meaning")}]
    contact = {key: say(key) for key in ("title", "text", "phone", "email", "address", "note")}
    rubric["resources"] = [{**contact, "link": LINK}, {"title": say("mail"), "link": MAIL}]
    rubric["planning"] = {
        "title": say("planning"),
        "summary": say("plan"),
        "source": {**where, "position": say("position")},
        "steps": [{"title": say("step"), "text": say("do")}],
    }
    for option in rubric["scale"]:
        option["title"] = say(option["id"])
        option["also"] = [f"also {option['title']}"]
    for named in (*rubric["perspectives"], *rubric["themes"]):
        named["title"] = say(named["id"])
    for stage in rubric["stages"]:
        stage |= {key: say(f"{stage['id']} {key}") for key in ("title", "short", "says", "summary")}
        for gate in stage.get("gates", ()):
            gate["because"] = say(gate["id"])
    for item in (*rubric["indicators"], *rubric["anti_patterns"]):
        item |= {key: say(f"{item['id']} {key}") for key in ("title", "ask", "do", "next_step")}
        item |= {"who_to_ask": [say("somebody"), say("nobody")], "source": where}
        item |= {"yes_looks_like": [say("like")], "not_enough": [say("not")], "wording": {"members": say("you")}}
    rubric["indicators"][1] |= {"not_applicable_when": say("when"), "title": say(LONG)}
    rubric["indicators"][3] |= {"alternative_stage": "high", "alternative_because": say("judged")}
    rubric["stages"][1]["gates"][0]["because"] = say(LONG)
    return rubric


def nasty_views(say: Say) -> dict[str, dict[str, Any]]:
    """Two views that disagree, one put together of several that do, with `say` in every field that is free text."""
    evidence = [{"text": say("evidence"), "date": "2026-01-02", "link": LINK}, {"text": say("told"), "link": MAIL}]
    answers: dict[str, Any] = {
        "survey": {"answer": "unknown", "note": say(LONG)},
        "agenda": {"answer": "not-applicable", "reason": say("reason"), "note": say("note")},
        "board": {"answer": "no", "note": say("board"), "evidence": evidence, "tally": {"no": 5, "yes": 4}},
        "ignored": {"answer": "yes", "note": say("ignored")},
    }
    actions = [
        {"item": "board", "what": say("what"), "owner": say("owner"), "due": "2026-12-01", "done": True},
        {"what": say("else")},
    ]
    head = {"subject": {"name": say("name"), "kind": say("kind")}, "method": say("method")}
    return {
        "members.yaml": {
            **head,
            "respondents": {"members": 2},
            "answers": answers,
            "actions": actions,
            "combined": {"files": 9},
        },
        "staff.yaml": {**head, "respondents": {"staff": 1}, "answers": {"board": "yes", "ignored": "no"}},
    }
