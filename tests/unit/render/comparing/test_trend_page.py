"""The words of a series: what every format says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.comparisons import CHAIN, CLUB, RIVERSIDE, club_round, trend, written

from involve_audit.model.comparison import TrendFound
from involve_audit.render.comparing.chart import HEARD, NOT_KNOWN
from involve_audit.render.comparing.trend_page import TrendPage
from involve_audit.words.comparing import TREND


@pytest.fixture(scope="module")
def riverside() -> TrendPage:
    return trend(RIVERSIDE)


@pytest.fixture
def versions(tmp_path: Path) -> TrendPage:
    """Three audits, each with its own version of the rubric."""
    days = {"2021-03-01": "1.0.0", "2021-09-01": "1.1.0", "2026-01-10": "2.0.0"}
    return trend([club_round(tmp_path, version, day) for day, version in days.items()], CHAIN)


def test_the_series_says_its_span_and_its_first_and_last_stage(riverside: TrendPage) -> None:
    assert riverside.span == "3 audits, from 17 June 2024 to 9 November 2026"
    assert riverside.headline == "3 years in a row at “Beginnings”."
    assert riverside.more == [
        "People who use the service answered in 2 of 3 audits.",
        "3 answers are as they should be now and were not at first.",
        "6 answers were as they should be once and are not now.",
    ]
    assert riverside.notes == ["17 June 2024: no view includes this perspective: People who use the service."]


def test_each_theme_has_a_score_for_each_audit_with_its_denominator(riverside: TrendPage) -> None:
    scores = {theme.title: theme.scores for theme in riverside.themes}
    assert scores["Voice and response"] == ["1.5 of 2", "1 of 2", "0.5 of 2"]
    assert scores["Free of what involvement is not"] == ["5 of 5", "3 of 5", "3 of 5"]
    assert all(len(found) == 3 for found in scores.values())


def test_each_question_that_changed_says_when_how_and_why(riverside: TrendPage) -> None:
    histories = {line.title: line.jumps for line in riverside.histories}
    assert histories["5. Feedback can be left without action"] == [
        "10 Nov 2025: from No to Partly – partly a problem (Worse: who answered)",
        "9 Nov 2026: from Partly to Yes – a problem (Worse: the answer)",
    ]
    assert histories["25. Rooted in the community"] == [
        "10 Nov 2025: Yes – in place, as before (Improved: the evidence)"
    ]


def test_what_keeps_coming_back_is_named(riverside: TrendPage) -> None:
    found = {line.title: line.entries for line in riverside.recurring}
    assert found["Better once, and then worse or not known again"] == [
        "20. Service users lead policy making: 9 Nov 2026"
    ]
    assert found["Planned, and still only planned"] == ["17. Service users lead governance – in the last 3 audits"]
    assert len(found["It keeps from the next stage, again and again"]) == 2
    assert found["Agreed, and still not done"][-1].endswith(
        " – agreed on 10 Nov 2025. Late by its first day: 223 days on 9 November 2026"
    )


def test_other_versions_are_said_beside_the_stage(versions: TrendPage) -> None:
    assert versions.headline == (
        "1 audit at “Others”. Since 1 Sept 2021 at “Together”, higher only because the rubric changed."
    )
    assert versions.more[-1:] == ["The rubric changed on the way. What the organisation did by itself is said below."]
    assert [line.version for line in versions.audits] == ["1.0.0", "1.1.0", "2.0.0"]
    assert [sentence.partition(".")[0] for sentence in versions.rubric_changes] == [
        "1 September 2021, version 1",
        "10 January 2026, version 2",
    ]
    assert [label for label, _used in versions.provenance if label.startswith("Rubric")] == [
        "Rubric 1.0.0",
        "Rubric 1.1.0",
        "Rubric 2.0.0",
    ]


def test_other_versions_are_said_on_the_first_screen_too(versions: TrendPage) -> None:
    screen, _blank, _rest = written(versions, "text").partition("\n\n")
    assert TREND["with_rubric"] in " ".join(screen.split())


def test_where_nothing_changed_or_came_back_that_is_said(tmp_path: Path) -> None:
    answers = dict.fromkeys(CLUB["1.0.0"], "yes")
    found = trend([club_round(tmp_path, "1.0.0", day, answers) for day in ("2024-01-10", "2025-01-10")], CHAIN[:1])
    text = written(found, "text")
    assert TREND["no_recurring"] in text
    assert TREND["no_histories"] in text


def test_a_step_that_cannot_be_compared_says_why(tmp_path: Path) -> None:
    one = club_round(tmp_path, "1.1.0", "2025-01-31", {"agenda": "yes", "minutes": "yes", "board": "no"})
    other = club_round(tmp_path, "2.0.0", "2026-01-31", {"agenda-together": "yes", "accounts": "partly"})
    found = trend([one, other], CHAIN)
    assert found.rubric_changes == [
        "31 January 2026, version 2.0.0. Not comparable with the audit before: "
        "the two versions ask too many different questions."
    ]
    assert found.headline.endswith("which cannot be compared with the time before (see below).")


@pytest.mark.parametrize(
    ("agenda", "headline"),
    [
        ("no", "1 audit at “Others”. Since 2026 at “Together”, higher only because the rubric changed."),
        ("yes", "1 audit at “Others”. Since 2026 higher, at “Together”."),
    ],
)
def test_a_rise_is_headlined_as_one_only_where_it_is_the_organisations(
    tmp_path: Path, agenda: str, headline: str
) -> None:
    before = {"survey": "yes", "agenda": "no", "board": "partly", "minutes": "yes", "accounts": "no"}
    after = before | {"agenda": agenda, "budget": "partly"}
    one = club_round(tmp_path, "1.0.0", "2025-01-31", before)
    other = club_round(tmp_path, "1.1.0", "2026-01-31", after)
    assert trend([one, other], CHAIN).headline == headline


def test_where_not_enough_is_known_no_stage_is_headlined(tmp_path: Path) -> None:
    one = club_round(tmp_path, "1.0.0", "2025-01-31")
    other = club_round(tmp_path, "1.0.0", "2026-01-31", {"agenda": "yes", "ignored": "unknown", "token": "unknown"})
    found = trend([one, other], CHAIN)
    assert found.headline == "1 audit at “Others”. Since 2026 not enough is known to name a stage."
    assert found.audits[1].stage == "not enough known: from Run by others to Run together"
    assert [mark.kind for mark in found.chart.marks] == [HEARD, NOT_KNOWN]


def test_a_stage_that_the_latest_ladder_does_not_have_is_in_the_table_and_not_on_the_chart(tmp_path: Path) -> None:
    text = CHAIN[2].read_text(encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(re.sub(r"\blow\b", "lowest", text).replace("2.0.0", "3.0.0"), encoding="utf-8")
    paths = [
        club_round(tmp_path, "2.0.0", "2025-01-31", dict.fromkeys(["accounts", "budget", "survey"], "no")),
        club_round(tmp_path, "3.0.0", "2026-01-31", {"agenda-together": "yes", "board-seat": "yes", "budget": "yes"}),
    ]
    found = trend(paths, [CHAIN[2], other])
    assert len(found.audits) == 2
    assert (len(found.chart.marks), found.chart.lines) == (1, [])


def test_the_data_says_what_the_words_say(riverside: TrendPage, versions: TrendPage) -> None:
    data = json.loads(written(riverside, "json"))
    assert TrendFound.from_tree(data)
    assert [audit["date"] for audit in data["audits"]] == ["2024-06-17", "2025-11-10", "2026-11-09"]
    assert data["audits"][0]["step"] is None
    assert data["audits"][1]["step"] == {"then": "beginnings", "now": "beginnings", "direction": "none"}
    assert {audit["split"] for audit in data["audits"]} == {None}
    histories = {history["item"]: history["moves"] for history in data["histories"]}
    assert [move["at"] for move in histories["feedback-need-not-be-acted-on"]] == [1, 2]
    assert json.loads(written(versions, "json"))["audits"][1]["split"]


def test_every_format_says_when_each_question_changed(riverside: TrendPage) -> None:
    for name in ("text", "html", "markdown"):
        text = written(riverside, name)
        assert "9 Nov 2026: from Partly to Yes" in text, name
        assert "Planned, and still only planned" in text, name


@pytest.mark.parametrize("height", [24, 50])
def test_the_first_screen_fits_and_the_rest_follows(height: int) -> None:
    lines = written(trend(RIVERSIDE, height=height), "text").splitlines()
    end = lines.index("When each question changed follows below. As a page with a chart: -o trend.html")
    assert end < height - 1
    assert "When each question changed" in lines[end:]
