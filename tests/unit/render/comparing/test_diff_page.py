"""The words of a comparison: what every format says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.comparisons import CHAIN, RIVERSIDE, club_round, diff, written

from involve_audit.engine.actions import STANDINGS
from involve_audit.engine.comparing.changes import CAUSES as CAUSE_NAMES_OF_ENGINE
from involve_audit.engine.comparing.changes import GATE_KINDS, ITEM_KINDS, SAME
from involve_audit.engine.comparing.comparison import REASONS as REASONS_OF_ENGINE
from involve_audit.engine.comparing.flattery import FLATTERY
from involve_audit.engine.comparing.trend import RECURRING as RECURRING_OF_ENGINE
from involve_audit.model.comparison import Diff
from involve_audit.render.comparing.diff_page import DiffPage
from involve_audit.words import comparing as words
from involve_audit.words.reports import STANDINGS as STANDING_WORDS

ROUNDS = Path(__file__).parents[3] / "records"


@pytest.fixture(scope="module")
def riverside() -> DiffPage:
    return diff(RIVERSIDE[1], RIVERSIDE[2])


def club(
    folder: Path, then: dict[str, Any], now: dict[str, Any], versions: tuple[str, str] = ("1.0.0", "1.0.0")
) -> DiffPage:
    """What changed between two audits of the club."""
    answers = {"ignored": "no", "token": "no"}
    paths = [
        club_round(folder, version, day, answers | given.pop("answers", {}), **given)
        for version, day, given in zip(versions, ("2025-01-31", "2026-01-31"), (dict(then), dict(now)), strict=True)
    ]
    return diff(*paths, CHAIN)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (words.CLASSES, ITEM_KINDS),
        (words.CAUSE_NAMES, CAUSE_NAMES_OF_ENGINE),
        (words.FLATTERS, FLATTERY),
        (words.GATE_CLASSES, [kind for kind in GATE_KINDS if kind != SAME]),
        (STANDING_WORDS, STANDINGS),
        (words.REASONS, REASONS_OF_ENGINE),
        (words.RECURRING, RECURRING_OF_ENGINE),
    ],
)
def test_there_are_words_for_everything_that_the_engine_finds(table: Any, names: Any) -> None:
    assert set(table) == set(names)


def test_the_counts_add_up_to_the_questions(riverside: DiffPage) -> None:
    assert sum(line.number for line in riverside.counts) == 31
    assert riverside.counted == (
        "31 questions were asked. Worse: 1; No longer known: 1; Does not apply any more: 1; Newly known: 1; "
        "Improved: 6; Unchanged: 21."
    )
    shown = [item for theme in riverside.themes for item in theme.items]
    assert len(shown) + len(riverside.unchanged) == 31


def test_themes_and_the_questions_in_them_come_the_worst_first(riverside: DiffPage) -> None:
    order = [[ITEM_KINDS.index(item.mark) for item in theme.items] for theme in riverside.themes]
    assert all(kinds == sorted(kinds) for kinds in order)
    assert [kinds[0] for kinds in order] == sorted(kinds[0] for kinds in order)
    assert [theme.title for theme in riverside.themes][:2] == ["Voice and response", "Governance and policy"]


def test_riverside_got_worse_in_one_thing_and_has_no_evidence_for_another(riverside: DiffPage) -> None:
    assert [item.title for item in riverside.moved("worse")] == ["5. Feedback can be left without action"]
    flat = {line.mark: line.entries for line in riverside.flattering}
    assert flat["without-evidence"] == [
        "16. Helping to build local user-led groups: from No to Partly – partly in place",
        "18. Service users lead peer support: from No to Partly – partly in place",
    ]
    assert flat["not-asked-again"] == [
        "16. Helping to build local user-led groups: "
        "from No (People who use the service) to Partly – partly in place (Staff)"
    ]
    assert flat["set-aside"] == ["14. User groups getting ready for independence: from No to Does not apply"]
    assert flat["not-known-now"] == ["20. Service users lead policy making: from Yes to Not known"]
    assert flat["planned-again"] == ["17. Service users lead governance"]
    assert flat["done-but-not-moved"] == [
        "Send the agenda out a week before each meeting – 3. Meetings with no agenda or time to prepare: did not change"
    ]


def test_actions_say_what_became_of_them_the_undone_first(riverside: DiffPage) -> None:
    assert [line.state for line in riverside.actions] == [
        "Late by its first day: 223 days on 9 November 2026",
        "Late: 40 days on 9 November 2026 (not mentioned again)",
        "Done without effect",
        "Done",
    ]
    assert [line.is_late for line in riverside.actions] == [True, True, False, False]
    assert riverside.actions[0].due == "31 March 2026, put off to 31 January 2027"
    assert riverside.actions[0].moved == "5. Feedback can be left without action: from Partly to Yes – a problem"
    assert len(riverside.agreed_now) == 2


def test_each_change_says_its_cause(riverside: DiffPage, tmp_path: Path) -> None:
    why = {item.id: item.why for theme in riverside.themes for item in theme.items}
    assert why["feedback-need-not-be-acted-on"] == "The answer changed (People who use the service)."
    assert why["policy-development-led"] == "The answer changed (Staff)."
    found = club(
        tmp_path,
        {
            "respondents": {"staff": 2},
            "answers": {"agenda": "no", "board": "unknown", "accounts": "yes", "minutes": "yes"},
        },
        {
            "answers": {
                "agenda": "yes",
                "board": "no",
                "accounts": "unknown",
                "minutes": {"answer": "yes", "evidence": [{"text": "The minutes"}]},
            }
        },
    )
    assert {item.id: item.why for theme in found.themes for item in theme.items} == {
        "agenda": "Somebody else decides: Staff before, Members now.",
        "board": "Nobody knew before. Now it was answered by: Members.",
        "accounts": "It was answered by: Staff. They did not answer again.",
        "minutes": "The answer is the same. Now there is evidence for it.",
    }


def test_the_rubric_as_a_cause_is_said(tmp_path: Path) -> None:
    now = {"answers": {"agenda-together": "yes", "board-seat": "yes"}}
    found = club(tmp_path, {"answers": {"agenda": "no", "board": "no"}}, now, ("1.1.0", "2.0.0"))
    assert {item.id: item.why for theme in found.themes for item in theme.items} == {
        "agenda-together": "The rubric: this question took the place of “Agenda”.",
        "board-seat": "The rubric: it asks this for the first time.",
        "board-vote": "The rubric: it asks this for the first time.",
        "board": "The rubric: it does not ask this any more.",
        "minutes": "The rubric: it does not ask this any more.",
    }
    assert found.asked == "8 questions then, 8 questions now."


def test_other_words_that_count_as_much_are_shown_where_nothing_moved(tmp_path: Path) -> None:
    found = club(tmp_path, {"answers": {"agenda": "no"}}, {"answers": {"agenda": "planned"}})
    assert [line for line in found.unchanged if line.title == "2. Agenda"] == [
        ("2. Agenda", "from No to Planned – not yet in place")
    ]


# The headline

HALF = {"agenda": "yes", "board": "yes", "minutes": "no", "accounts": "no"}
OPEN = "Whether the stage changed cannot be told: with what is open it could be higher."


@pytest.mark.parametrize(
    ("then", "now", "headline"),
    [
        (HALF, HALF, "Stage: Run together, as before."),
        ({**HALF, "board": "no"}, HALF, "Stage: up from “Run by others” to “Run together”."),
        (HALF, {**HALF, "board": "no"}, "Stage: down from “Run together” to “Run by others”."),
        ({**HALF, "board": "unknown"}, HALF, OPEN),
        (HALF, {**HALF, "board": "unknown"}, OPEN),
        ({}, HALF, "Not enough is known to compare the stages. It was not enough on: 31 January 2025."),
    ],
)
def test_the_headline_says_the_stage_then_and_now(
    tmp_path: Path, then: dict[str, str], now: dict[str, str], headline: str
) -> None:
    found = club(tmp_path, {"answers": then}, {"answers": now})
    assert (found.headline, found.more) == (headline, [])


def test_a_range_is_said_with_its_stage(tmp_path: Path) -> None:
    found = club(tmp_path, {"answers": HALF}, {"answers": {**HALF, "board": "unknown"}})
    assert [line.stands for line in found.stages] == [
        "Run together.",
        "Run by others. It could be as high as: Run together.",
    ]


def test_where_not_enough_is_known_no_stage_is_named_as_the_one(tmp_path: Path) -> None:
    little = {"agenda": "yes", "ignored": "unknown", "token": "unknown"}
    found = club(tmp_path, {"answers": HALF}, {"answers": little})
    stands = found.stages[1].stands
    assert stands == "Not enough was known to name a stage. It lay between “Run by others” and “Run together”."
    for name in ("html", "markdown"):
        assert "31 January 2026: Run by others" not in written(found, name)


def test_what_the_organisation_did_and_what_the_rubric_did_are_told_apart(tmp_path: Path) -> None:
    third = {"agenda": "partly", "board": "partly", "minutes": "partly", "accounts": "no"}
    found = club(tmp_path, {"answers": third}, {"answers": {**third, "budget": "partly"}}, ("1.0.0", "1.1.0"))
    assert found.headline == "Stage: up from “Run by others” to “Run together”."
    assert found.more == [
        "What the organisation did, under version 1.0.0 alone: no change (“Run by others”).",
        "What the rubric did: up from “Run by others” to “Run together”.",
    ]
    assert [(flat.mark, flat.entries) for flat in found.flattering[:1]] == [
        (
            "by-the-rubric",
            ["Half of it should be in place. Then: at least 50% in place. Now: at least 40% in place."],
        )
    ]
    assert found.split
    assert [row.old for row in found.split.rows] == ["Run by others", "Run by others"]
    assert found.split.rows[0].new.startswith("Run by others to Run together: it depends on questions")


def test_both_versions_are_heard_where_both_can_score(tmp_path: Path) -> None:
    budget = {**HALF, "budget": "no"}
    found = club(tmp_path, {"answers": dict.fromkeys(HALF, "no")}, {"answers": budget}, ("1.0.0", "1.1.0"))
    assert found.more[-1] == "Under version 1.0.0 it is the same."


def test_what_cannot_be_compared_says_why_and_what_still_can(tmp_path: Path) -> None:
    now = {"answers": {"agenda-together": "yes", "accounts": "partly"}}
    found = club(tmp_path, {"answers": {"agenda": "yes", "minutes": "yes", "board": "no"}}, now, ("1.1.0", "2.0.0"))
    assert found.headline == ("Not comparable: the two versions ask too many different questions. Gone: 2. New: 2.")
    assert found.more == ["What can still be compared: the questions that both ask, who answered and what was agreed."]
    assert found.split is None


def test_a_record_whose_rubric_is_gone_is_said_to_be_one() -> None:
    found = diff(ROUNDS / "before-0.1.0/without-evidenced.audit.json", RIVERSIDE[2])
    assert found.headline.startswith("Not comparable: the rubric of an older record is not here")
    assert any("its rubric, version 1.0.0, is not here" in note for note in found.notes)
    assert any("Names and directions are those of version 1.1.0" in note for note in found.notes)
    assert found.counts[-1].title == "Unchanged"
    assert written(found, "html")
    assert written(found, "markdown")


def test_a_record_that_says_another_stage_than_its_answers_is_said_to(tmp_path: Path) -> None:
    said = json.loads((ROUNDS / "0.1.0/riverside.audit.json").read_text(encoding="utf-8"))
    said["stage"]["floor"] = "led"
    changed = tmp_path / "changed.audit.json"
    changed.write_text(json.dumps(said), encoding="utf-8")
    (note,) = [note for note in diff(RIVERSIDE[1], changed).notes if "the record says" in note]
    assert "the record says “Service user led”" in note
    assert "come to “Beginnings of service user involvement”, and that is what is compared." in note


def test_a_published_record_is_said_to_be_one_and_its_small_numbers_stay_hidden() -> None:
    found = diff(RIVERSIDE[1], ROUNDS / "0.1.0/riverside-published.audit.json")
    assert found.notes[-1].endswith("made for sharing, so that notes, evidence and small numbers are not in it.")
    assert ("Peer workers", "nobody", "fewer than 5") in found.who_answered
    assert found.people == ["Peer workers: nobody then, fewer than 5 now."]
    assert "(not mentioned again)" not in found.actions[0].state


def test_people_who_differ_much_are_named(tmp_path: Path) -> None:
    found = club(
        tmp_path,
        {"respondents": {"members": 9, "staff": 2}},
        {"respondents": {"members": 3, "family": 1}},
        ("1.0.0", "1.1.0"),
    )
    assert found.people == [
        "Members: 9 then, 3 now.",
        "Family: nobody then, 1 now.",
        "Staff: 2 then, nobody now.",
    ]


def test_an_audit_without_those_who_come_first_is_noted(tmp_path: Path) -> None:
    found = club(tmp_path, {"respondents": {"staff": 2}}, {})
    assert found.notes == ["31 January 2025: no view includes this perspective: Members."]


def test_what_was_said_stands_beside_the_answers_of_its_time(tmp_path: Path) -> None:
    found = club(
        tmp_path,
        {"answers": {"agenda": {"answer": "no", "note": "Then"}}},
        {"answers": {"agenda": {"answer": "yes", "note": "Now", "evidence": [{"text": "An agenda"}]}}},
    )
    (item,) = found.themes[0].items
    assert [(said.who, said.text) for said in item.said_then] == [("Members", "Then")]
    assert [(said.text, said.evidence[0].text) for said in item.said_now] == [("Now", "An agenda")]


# As data


def test_the_data_says_what_the_words_say(riverside: DiffPage) -> None:
    data = json.loads(written(riverside, "json"))
    assert Diff.from_tree(data)
    assert data["counts"] == riverside.comparison.counts
    assert sum(data["counts"].values()) == len(data["items"]) == 31
    assert data["split"] is None
    worse = next(item for item in data["items"] if item["class"] == "worse")
    assert worse == {
        "id": "feedback-need-not-be-acted-on",
        "theme": "voice-and-response",
        "class": "worse",
        "cause": "answer",
        "gain": -0.5,
        "then": {
            "id": "feedback-need-not-be-acted-on",
            "answer": "partly",
            "decided_by": "service-users",
            "evidenced": False,
        },
        "now": {
            "id": "feedback-need-not-be-acted-on",
            "answer": "yes",
            "decided_by": "service-users",
            "evidenced": True,
        },
    }
    assert data["people"] == [
        {"perspective": "peer-workers", "class": "joined", "then": None, "now": {"at_least": 1, "at_most": 1}}
    ]


def test_the_split_is_in_the_data_where_the_rubric_changed(tmp_path: Path) -> None:
    third = {"agenda": "partly", "board": "partly", "minutes": "partly", "accounts": "no"}
    found = club(tmp_path, {"answers": third}, {"answers": {**third, "budget": "partly"}}, ("1.0.0", "1.1.0"))
    assert json.loads(written(found, "json"))["split"] == {
        "then_under_old": {"lowest": "low", "highest": "low"},
        "then_under_new": {"lowest": "low", "highest": "high"},
        "now_under_old": {"lowest": "low", "highest": "low"},
        "now_under_new": {"lowest": "high", "highest": "high"},
        "organisation": {"then": "low", "now": "low", "direction": "none"},
        "organisation_under": "1.0.0",
        "rubric": {"then": "low", "now": "high", "direction": "up"},
    }


# In Markdown and on the terminal


def test_markdown_is_short_enough_for_a_comment_however_much_changed(tmp_path: Path) -> None:
    folded = written(diff(RIVERSIDE[1], RIVERSIDE[2]), "markdown")
    assert folded.count("<details>") == folded.count("</details>") == 5
    assert folded.index("What looks better than it is") < folded.index("<details>")
    rubric, paths = _large(tmp_path)
    text = written(diff(*paths, [rubric]), "markdown")
    assert len(text) < 65_536
    assert "and 199 more. The rest is left out here. A .html file has it all." in text


def _large(folder: Path) -> tuple[Path, list[Path]]:
    """A rubric of 300 questions with long titles, and two audits between which all of them moved."""
    text = CHAIN[0].read_text(encoding="utf-8")
    line = next(row for row in text.splitlines(True) if row.startswith("  - {id: minutes"))
    many = "".join(
        line.replace("minutes", f"m-{n}").replace("Minutes", f"Minutes of {'w' * 60} {n}") for n in range(293)
    )
    rubric = folder / "large.yaml"
    rubric.write_text(text.replace(line, many).replace("id: club", "id: large"), encoding="utf-8")
    items = ["survey", "agenda", "board", "accounts", "ignored", "token", *(f"m-{n}" for n in range(293))]
    items.append("m-0")
    answers = [dict.fromkeys(items, word) for word in ("no", "yes")]
    return rubric, [
        club_round(folder, "1.0.0", day, given, rubric="large@1")
        for day, given in zip(("2025-01-31", "2026-01-31"), answers, strict=True)
    ]


@pytest.mark.parametrize("height", [24, 40, 60])
def test_the_first_screen_fits_and_the_rest_follows(height: int) -> None:
    text = written(diff(RIVERSIDE[1], RIVERSIDE[2], height=height), "text")
    lines = text.splitlines()
    end = lines.index("Every change, with its cause, follows below. As a page: -o diff.html")
    assert end < height - 1
    assert max(map(len, lines[: end + 1])) <= 80
    assert "  - Worse: 5. Feedback can be left without action: from Partly to Yes – a" in lines[end:]


def test_colour_is_only_on_a_terminal_and_changes_no_word() -> None:
    plain, coloured = (written(diff(RIVERSIDE[1], RIVERSIDE[2], colour=colour), "text") for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[1m" in coloured
