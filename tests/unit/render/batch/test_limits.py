"""GitHub takes only so much: the most important comes first, and what is left out is counted."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable

import pytest

from involve_audit.engine.checks import Checks
from involve_audit.render.batch import github, sarif
from involve_audit.render.batch.outcome import ERROR, LEVELS, NOTE, WARNING, Run, Setting, marked

SETTING = Setting(Checks())


def results(counts: dict[int, int], text: Callable[[], str] = lambda: "said") -> list[str]:
    """Rows of SARIF of these levels, the least important first."""
    return [
        marked(level, json.dumps({"level": level, "message": {"text": f"{text()} {number}"}}))
        for level in sorted(counts, reverse=True)
        for number in range(counts[level])
    ]


def log(rows: Iterable[str]) -> dict[str, object]:
    found = json.loads("".join(sarif.document(Run(), rows, SETTING)))
    assert found["version"] == "2.1.0"
    (run,) = found["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]][:2] == ["problem", "fail-under"]
    return run  # type: ignore[no-any-return]


def notes(run: dict[str, object]) -> list[str]:
    (invocation,) = run["invocations"]  # type: ignore[misc]
    return [note["message"]["text"] for note in invocation.get("toolExecutionNotifications", [])]


def test_a_log_without_results_is_whole() -> None:
    run = log([])
    assert (run["results"], notes(run)) == ([], [])


def test_errors_come_first_and_keep_their_order() -> None:
    run = log(results({ERROR: 2, WARNING: 1, NOTE: 2}))
    found = [(result["level"], result["message"]["text"]) for result in run["results"]]  # type: ignore[attr-defined]
    assert found == [(0, "said 0"), (0, "said 1"), (1, "said 0"), (2, "said 0"), (2, "said 1")]
    assert notes(run) == []


def test_more_results_than_github_takes_are_cut_and_counted() -> None:
    run = log(results({ERROR: 3, NOTE: sarif.MOST_RESULTS + 10}))
    found: list[dict[str, int]] = run["results"]  # type: ignore[assignment]
    assert len(found) == sarif.MOST_RESULTS
    assert sum(result["level"] == ERROR for result in found) == 3
    assert notes(run) == ["13 results are left out here: GitHub takes no more."]


def test_a_log_that_would_be_too_large_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    monkeypatch.setattr(sarif, "MOST_COMPRESSED", 100_000)
    run = log(results({ERROR: 1000}, lambda: chance.randbytes(500).hex()))
    assert 150 < len(run["results"]) < 250  # type: ignore[arg-type]
    assert notes(run)[0].endswith("results are left out here: GitHub takes no more.")


def test_ten_annotations_of_a_kind_are_shown_and_the_others_counted() -> None:
    rows = [marked(level, f"::{level}::{number}") for number in range(12) for level in LEVELS]
    lines = "".join(github.document(Run(audits=3, files=3), rows, SETTING)).splitlines()
    assert lines[:30] == [f"::{level}::{number}" for level in LEVELS for number in range(10)]
    assert lines[30] == "6 annotations more are not shown: GitHub shows ten of a kind."


def test_a_summary_that_is_too_long_is_cut_at_a_line_and_says_so() -> None:
    whole = github.summary(Run(), SETTING)
    assert "Cut here" not in whole
    cut = github.summary(Run(), SETTING, room=200)
    assert len(cut.encode()) <= 200
    kept, _, said = cut.partition("\n\nCut here")
    assert whole.startswith(kept + "\n")
    assert said == ": the rest does not fit into this summary.\n"


@pytest.mark.parametrize("room", [0, 10, -5])
def test_where_there_is_no_room_at_all_it_says_at_least_that(room: int) -> None:
    assert github.summary(Run(), SETTING, room=room).strip() == "Cut here: the rest does not fit into this summary."
