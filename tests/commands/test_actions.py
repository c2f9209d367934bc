"""`involve-audit actions`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.nasty import NASTY

from involve_audit.render import actions_page

Run = Callable[..., Any]
WriteView = Callable[..., Path]
NO = {"survey": "yes", "agenda": "no", "board": "no", "ignored": "no", "token": "no"}


@pytest.fixture
def actions(run: Run) -> Run:
    """Runs `actions` with the rubric `small`."""

    def invoke(*words: object) -> Any:
        return run("actions", "-r", "small.yaml", *words)

    return invoke


def rows(actions: Run, *words: object) -> list[dict[str, str]]:
    text = actions(*words, "--format", "csv").stdout
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def agreed(view: WriteView, year: int, *entries: dict[str, Any], **more: Any) -> Path:
    """An audit of one year, in which these actions were agreed."""
    lines = {"audit": f"year-{year}", "date": f"{year}-02-28", "answers": NO, "actions": list(entries)}
    return view(f"audits/{year}.yaml", **lines | more)


SEATS = {"item": "board", "what": "Ask for seats", "owner": "The manager"}


def test_late_comes_first_then_open_by_when_it_is_due_then_done(actions: Run, view: WriteView) -> None:
    agreed(
        view,
        2025,
        {"what": "No day"},
        {"what": "Done", "due": "2020-01-01", "done": True},
        {"what": "For good", "due": "ongoing"},
        {"what": "In a month", "due": "2025-03"},
        {"what": "This month", "due": "2025-02"},
        {"what": "Before", "due": "2025-02-27"},
        {"what": "Long before", "due": "2024-12"},
    )
    found = rows(actions, "audits")
    assert [(row["what"], row["state"], row["days_late"]) for row in found] == [
        ("Long before", "late", "59"),
        ("Before", "late", "1"),
        ("This month", "open", ""),
        ("In a month", "open", ""),
        ("No day", "open", ""),
        ("For good", "open", ""),
        ("Done", "done", ""),
    ]
    assert [row["due"] for row in found] == ["2024-12", "2025-02-27", "2025-02", "2025-03", "", "ongoing", "2020-01-01"]


def test_late_is_counted_on_the_day_that_is_asked_for_or_else_on_that_of_the_audit(
    actions: Run, view: WriteView
) -> None:
    agreed(view, 2025, SEATS | {"due": "2025-02"})

    def state(*words: str) -> list[str]:
        return [row["state"] for row in rows(actions, "audits", *words)]

    assert state() == state("--on", "2025-02-28") == ["open"]
    assert state("--on", "2025-03-01") == state("--on", "today") == ["late"]
    shown = actions("audits", "--on", "2025-03-02").stdout
    assert "Late is counted on 2 March 2025." in shown
    assert "Late: 2 days on 2 March 2025" in shown


@pytest.mark.parametrize("day", ["soon", "2025-02-30", "2025-03", ""])
def test_what_is_no_day_is_refused(day: str, actions: Run, view: WriteView) -> None:
    agreed(view, 2025, SEATS)
    result = actions("audits", "--on", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"--on: `{day}` is not a day" in result.stderr


def test_an_action_is_listed_once_and_followed_through_all_audits_of_its_service(actions: Run, view: WriteView) -> None:
    agreed(view, 2023, SEATS | {"due": "2023-06"}, {"item": "agenda", "what": "Send it out"}, {"what": "Ask"})
    agreed(view, 2024, {"item": "agenda", "what": "send it OUT", "done": True}, SEATS | {"due": "2024-06"})
    agreed(view, 2025, SEATS | {"due": "2026-01"})
    found = {row["what"]: row for row in rows(actions, "audits")}
    assert {what: (row["state"], row["agreed"], row["mentioned"]) for what, row in found.items()} == {
        "Ask for seats": ("late", "2023-02-28", "2025-02-28"),
        "Ask": ("open", "2023-02-28", "2023-02-28"),
        "send it OUT": ("no-effect", "2023-02-28", "2024-02-28"),
    }
    assert (found["Ask for seats"]["first_due"], found["Ask for seats"]["due"]) == ("2023-06", "2026-01")
    shown = actions("audits", "--format", "markdown").stdout
    assert "June 2023, put off to January 2026" in shown
    assert "Open (not mentioned again)" in shown


@pytest.mark.parametrize(("now", "state"), [("no", "no-effect"), ("partly", "done"), ("unknown", "done")])
def test_what_is_done_had_no_effect_where_the_answer_is_no_better(
    now: str, state: str, actions: Run, view: WriteView
) -> None:
    agreed(view, 2024, SEATS)
    agreed(view, 2025, SEATS | {"done": True}, answers=NO | {"board": now})
    assert [row["state"] for row in rows(actions, "audits")] == [state]
    assert [row["state"] for row in rows(actions, "audits/2025.yaml")] == ["done"]


def test_services_are_told_apart_and_counted_each_on_the_day_of_its_latest_audit(actions: Run, view: WriteView) -> None:
    for name, year in (("East", 2024), ("West", 2025)):
        view(
            f"{name}.yaml",
            audit=name.lower(),
            subject={"name": name},
            date=f"{year}-06-30",
            actions=[SEATS | {"due": "2025-01"}],
        )
    assert [(row["service"], row["state"]) for row in rows(actions, ".")] == [("West", "late"), ("East", "open")]
    shown = actions(".").stdout.splitlines()
    assert shown[:3] == [
        "What was agreed: 2 services",
        "2 actions in 2 services. Late: 1. Open: 1. Done without effect: 0. Done: 0.",
        "Late is counted on the day of the latest audit of each service.",
    ]
    page = actions(".", "--format", "html").stdout
    assert page.count("<h2") == 4
    assert '<td data-label="Late">1</td>' in page


def test_a_record_says_the_same_as_its_answers_files(actions: Run, run: Run, view: WriteView) -> None:
    agreed(view, 2024, SEATS | {"due": "2024-03"}, {"what": "For good", "due": "ongoing"})
    before = rows(actions, "audits")
    assert run("assess", "-r", "small.yaml", "audits/2024.yaml", "-o", "old.audit.json").exit_code == 0
    assert rows(actions, "old.audit.json") == before


def test_what_was_agreed_keeps_its_words_where_the_later_record_was_made_for_sharing(
    actions: Run, run: Run, view: WriteView
) -> None:
    first, later = agreed(view, 2024, SEATS), agreed(view, 2025, SEATS | {"done": True})
    assert run("assess", "-r", "small.yaml", later, "--publish", "-o", "later.audit.json").exit_code == 0
    assert [(row["what"], row["state"]) for row in rows(actions, first, "later.audit.json")] == [
        ("Ask for seats", "no-effect")
    ]


@pytest.mark.parametrize("name", ["text", "csv", "markdown", "html"])
def test_made_for_sharing_it_has_nobodys_words(name: str, actions: Run, view: WriteView) -> None:
    agreed(view, 2025, SEATS | {"due": "2025-01"})
    view("audits/broken.yaml", audit="Secret name")
    result = actions("audits", "--publish", "--format", name)
    assert result.exit_code == 2
    for word in ("Ask for seats", "The manager", "broken.yaml"):
        assert word not in result.stdout
    assert "(left out for sharing)" in result.stdout.replace("\\", "")
    assert "January 2025" in result.stdout or "2025-01" in result.stdout


def test_a_line_begins_with_what_is_to_be_done_and_names_its_question(actions: Run, view: WriteView) -> None:
    agreed(view, 2025, SEATS | {"due": "2025-01"})
    shown = " ".join(actions("audits").stdout.split())
    assert "- Ask for seats; Question: 3." in shown
    assert "Question: 3." in " ".join(actions("audits", "--publish").stdout.split())


def test_what_cannot_be_read_is_named_and_all_else_is_listed(actions: Run, view: WriteView) -> None:
    agreed(view, 2025, SEATS)
    view("audits/broken.yaml", audit="broken", answers={"nothing": "yes"})
    result = actions("audits")
    assert result.exit_code == 2
    assert "Ask for seats" in result.stdout
    assert "Left out: audits/broken.yaml" in result.stdout
    assert "`nothing` is not an item of this rubric" in result.stderr


def test_where_nothing_is_named_or_nothing_was_agreed_it_says_so(actions: Run, view: WriteView) -> None:
    assert (actions().exit_code, actions().stdout) == (2, "")
    agreed(view, 2025)
    for name in ("text", "markdown", "html"):
        result = actions("audits", "--format", name)
        assert (result.exit_code, "Nothing was agreed." in result.stdout) == (0, True)
    assert rows(actions, "audits") == []


def test_nasty_text_stays_text_in_every_format(actions: Run, view: WriteView) -> None:
    formula = '=HYPERLINK("https://example.org";"x")'
    view(actions=[{"what": formula, "owner": f"@owner {NASTY}"}, {"what": f"what {NASTY}", "due": "2020-01"}])
    table = rows(actions, "view.yaml")
    assert {row["what"] for row in table} >= {f"'{formula}"}
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in table for cell in row.values())
    page = actions("view.yaml", "--format", "html").stdout
    assert "<script" not in page
    assert "[/b]" in actions("view.yaml").stdout
    shown = actions("view.yaml", "--format", "markdown").stdout
    assert "<script" not in shown
    assert "\n| what" in shown


def test_of_very_many_actions_a_page_shows_the_first_and_a_table_all(
    actions: Run, view: WriteView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions_page, "MOST_SHOWN", 3)
    for name in "abcde":
        view(f"{name}.yaml", audit=name, subject={"name": name}, actions=[{"what": f"Do {name}"}])
    for name in ("markdown", "html"):
        shown = actions(".", "--format", name).stdout
        assert ("Do c" in shown, "Do d" in shown) == (True, False)
        assert "Shown here are 3 of 5. A .csv file has all: -o actions.csv" in shown
    assert len(rows(actions, ".")) == 5
