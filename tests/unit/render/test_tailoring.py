"""A tailored rubric is never silent: page one says so in every format and style, and what the original comes to."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.unit.loading.test_overlay import TAILORED, WELSH

from involve_audit.engine.assessment import UnderOriginal, assess_audit
from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.view import Audit
from involve_audit.render.formats import ASSESSMENT, RUBRIC
from involve_audit.render.options import STYLES, Options
from involve_audit.render.publishing import published
from involve_audit.render.report import ReportPage
from involve_audit.render.rubric_page import RubricPage
from involve_audit.render.tailoring import changes, made_of, tailored

SMALL = Path(__file__).parents[2] / "cases/valid/rubric-small.yaml"
VIEW = """\
format: involve-audit/answers@1
rubric: small@1
subject: {name: Here}
date: 2024-02-29
respondents: {members: 2}
answers: {survey: yes, agenda: yes, board: no, ignored: no, token: no}
"""
UNDER = "Under the original rubric, the same answers come to this. Stage: High"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rubrics").mkdir()
    for name, text in (("small", SMALL.read_text(encoding="utf-8")), ("own", TAILORED), ("small-cy", WELSH)):
        Path(f"rubrics/{name}.yaml").write_text(text, encoding="utf-8")


def audit(used: str, **lines: str) -> Audit:
    kept = "".join(line for line in VIEW.splitlines(keepends=True) if line.partition(":")[0] not in lines)
    text = kept + "".join(f"{key}: {value}\n" for key, value in lines.items())
    Path("v.yaml").write_text(text, encoding="utf-8")
    return load_audit(["v.yaml"], date(2026, 11, 23), used)


def rendered(name: str, made: Audit, style: str = "full", annex: bool = False) -> str:
    text = str(ASSESSMENT.named(name).render(ReportPage(made, assess_audit(made), Options(style=style, annex=annex))))
    return re.sub(r"\\(.)", r"\1", " ".join(re.sub(r"<[^>]+>", " ", text).split()))


def test_the_stage_under_the_original_is_worked_out_from_the_same_answers() -> None:
    assert assess_audit(audit("own")).under_original == UnderOriginal("high", "high", True)
    assert assess_audit(audit("small")).under_original is None
    assert assess_audit(audit("small-cy")).under_original is None


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["html", "markdown", "text"])
def test_page_one_says_that_the_rubric_is_tailored_and_the_stage_under_the_original(name: str, style: str) -> None:
    text = rendered(name, audit("own"), style)
    assert "A small rubric" in text
    assert UNDER in text
    before = text.index("Under the original")
    assert before < (text.rfind("Who took part") if "Who took part" in text else len(text))
    assert UNDER not in rendered(name, audit("small"), style)


def test_a_published_report_says_it_too() -> None:
    text = rendered("html", published(audit("own"), 5))
    assert UNDER in text
    assert "rubrics/" not in text


def test_the_reader_is_told_why_how_much_and_what_does_not_count() -> None:
    assert tailored(audit("own"), assess_audit(audit("own"))) == [
        "“Our own rubric” 1.2.0 is “A small rubric” 1.0.0, tailored: 2 questions added, 1 question switched off, "
        "1 condition added, 1 condition switched off, 1 threshold changed, 1 perspective added, 1 theme added, "
        "5 texts in other words and another share of questions that have to be answered.",
        "Why: The members agreed on it.",
        UNDER,
        "Answered, but switched off in this rubric, and so not counted: “Survey”.",
    ]


def test_every_change_is_told_by_itself() -> None:
    assert changes(audit("own").rubric) == [
        "Question added: “4. Budget” Do members hold the budget?",
        "Question added: “6. Gift” Are people paid in vouchers?",
        "Question switched off: “Survey” Why: We do not send any.",
        "Question in other words: “Are members on our board?” It was: “Are members on the board?”",
        "Condition added at “High”: The one question on “Money” must be at least “Partly”. Money matters.",
        "Condition switched off: Taken together, the 2 deficits and anti-patterns may come to no more than 1. "
        "Why: We look at this elsewhere.",
        "Condition changed: At least 60% of the 3 achievements of “High” must be in place. "
        "It was: At least half of the 2 achievements of “High” must be in place. Why: Half is too little.",
        "Perspective added: Families",
        "Theme added: Money",
        "Share of questions that have to be answered: 2/3. It was: 50%.",
    ]


def test_the_record_holds_what_it_was_made_of_and_the_stage_under_the_original() -> None:
    record: dict[str, Any] = json.loads(rendered("record", audit("own")))
    assert record["under_original"] == {"floor": "high", "ceiling": "high", "enough_known": True}
    (below,) = record["rubric"]["made_of"]
    assert (below["by"], below["by_version"], below["tailored"]) == ("own", "1.2.0", True)
    assert (below["id"], below["version"]) == ("small", "1.0.0")
    welsh = json.loads(rendered("record", audit("small-cy")))
    assert welsh["under_original"] is None
    assert welsh["rubric"]["made_of"][0]["tailored"] is False
    assert welsh["rubric"]["id"] == "small"


def test_a_rubric_that_passes_for_a_shipped_one_is_told(tmp_path: Path) -> None:
    warning = "This rubric has the id of one that comes with the program, but another text."
    assert warning not in rendered("markdown", audit("small"))
    text = SMALL.read_text(encoding="utf-8").replace("id: small\n", "id: service-user-leadership-spectrum\n")
    Path("rubrics/service-user-leadership-spectrum.yaml").write_text(text, encoding="utf-8")
    made = audit("service-user-leadership-spectrum", rubric="service-user-leadership-spectrum@1")
    for name in ("markdown", "html", "text"):
        assert warning in rendered(name, made)


def test_a_version_is_called_older_only_beside_the_same_rubric() -> None:
    older = "written for version"
    assert older not in rendered("markdown", audit("own", rubric="small@1.0.0"))
    assert older in rendered("markdown", audit("own", rubric="own@1.1.0"))


def test_a_translation_is_named_where_the_result_comes_from_and_nowhere_else() -> None:
    text = rendered("markdown", audit("small-cy"), annex=True)
    assert "It translates: A small rubric (small), 1.0.0, SHA-256" in text
    assert "A tailored rubric" not in text
    assert [label for label, _ in made_of(audit("own").rubric)] == ["It tailors"]


def test_an_action_on_what_is_switched_off_keeps_its_place() -> None:
    text = rendered("markdown", audit("own", actions="[{item: survey, what: Stop the survey}]"))
    assert "Stop the survey" in text


def test_a_tailored_rubric_is_shown_as_such() -> None:
    page = RubricPage(load_rubric("own"), Options())
    for form in RUBRIC.formats:
        text = " ".join(re.sub(r"<[^>]+>", " ", str(form.render(page))).split())
        assert "“Our own rubric” 1.2.0 is “A small rubric” 1.0.0, tailored:" in text
        assert "Why: The members agreed on it." in text
