"""What the pages of an instrument say is its own: neutral words where it has none, one line where there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.audits import Case

from involve_audit.model.rubric import OwnWords, Rubric
from involve_audit.model.strict import fields
from involve_audit.render.formats import ASSESSMENT
from involve_audit.render.titles import Titles
from involve_audit.words.asking import ASKING
from involve_audit.words.comparing import TREND
from involve_audit.words.many import BATCH
from involve_audit.words.reports import WORDS

Small = Callable[..., Case]
OURS = ("nvolvement", "service user", "habit", "The source does not")
PAGES = ("html", "markdown", "text")


def test_every_own_word_has_a_neutral_text_to_stand_in_for() -> None:
    neutral = {**ASKING, **TREND, **BATCH, **WORDS}
    assert set(fields(OwnWords)) <= set(neutral)
    assert [word for name in fields(OwnWords) for word in OURS if word in neutral[name]] == []


@pytest.mark.parametrize("format_name", PAGES)
def test_without_words_of_its_own_no_page_says_anything_of_our_instrument(format_name: str, small: Small) -> None:
    text = small({"survey": "yes"}).text(format_name)
    assert "Audit: Riverside" in text
    assert [word for word in OURS if word in text] == []


def test_a_page_says_what_its_rubric_says(small: Small, small_rubric: dict[str, Any]) -> None:
    said = {"audit_title": "How we are run", "anti_patterns": "Only for show", "no_distinction": "Left out."}
    case = small({"token": "yes"}, rubric={**small_rubric, "words": said})
    assert case.report.title == "How we are run: Riverside – without the answers of: Members"
    for name in ("html", "markdown"):
        assert "Only for show" in case.text(name)
        assert WORDS["anti_patterns"] not in case.text(name)


def test_a_line_stands_in_for_the_summary_and_for_the_next_step(small: Small, small_rubric: dict[str, Any]) -> None:
    rubric = Rubric.from_tree(small_rubric)
    stages = [{**stage, "says": f"it is {stage['id']}"} for stage in small_rubric["stages"]]
    items = [{**item, "do": f"Do {item['id']}."} for item in small_rubric["indicators"]]
    lines = Rubric.from_tree({**small_rubric, "stages": stages, "indicators": items})
    bare, short = Titles(rubric), Titles(lines)
    assert [bare.says(stage.id) for stage in rubric.stages] == [stage.summary for stage in rubric.stages]
    assert [bare.do(item.id) for item in rubric.items] == [item.next_step for item in rubric.items]
    assert short.says("high") == "it is high"
    assert short.do("board") == "Do board."


def test_a_record_carries_the_words_and_the_lines_that_its_pages_need(riverside: Case) -> None:
    bare = riverside.report.rubric.without_help()
    assert bare.words == riverside.report.rubric.words
    assert all(stage.says for stage in bare.stages)
    assert all(item.do for item in bare.items)
    assert ASSESSMENT.named("record").render(riverside.report).count('"do": ') == 31
