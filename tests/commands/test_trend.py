"""`involve-audit trend`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteView = Callable[..., Path]
NO = {"survey": "yes", "agenda": "no", "board": "no", "ignored": "no", "token": "no"}


@pytest.fixture
def series(view: WriteView) -> list[Path]:
    answers = [NO, NO | {"agenda": "yes"}, NO | {"agenda": "partly"}]
    return [
        view(f"audits/{year}.yaml", audit=f"year-{year}", date=f"{year}-02-28", answers=given)
        for year, given in zip((2021, 2022, 2025), answers, strict=True)
    ]


@pytest.fixture
def trend(run: Run) -> Run:
    """Runs `trend` with the rubric `small`."""

    def invoke(*words: object) -> Any:
        return run("trend", "-r", "small.yaml", *words)

    return invoke


def test_a_series_is_shown_on_one_screen_and_then_each_change(trend: Run, series: list[Path]) -> None:
    result = trend(*series)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "Over time: Riverside",
        "3 audits, from 28 February 2021 to 28 February 2025",
        "From 2021 to 2025 the stage changed 2 times, up and down. Since 2025 lower, at",
        "“Low”. That is where it was at first.",
    ]
    assert lines.index("When each question changed follows below. As a page with a chart: -o trend.html") < 23
    assert "      28 Feb 2022: from No to Yes – in place (Improved: the answer)" in lines


def test_the_order_of_the_words_never_matters(trend: Run, series: list[Path]) -> None:
    found = {trend(*paths, "--format", "json").stdout for paths in (series, series[::-1], [series[0].parent])}
    assert len(found) == 1


def test_each_output_is_written_in_the_format_of_its_suffix(trend: Run, series: list[Path], here: Path) -> None:
    names = ["a.html", "b.md", "c.txt", "d.json"]
    result = trend(series[0].parent, *(word for name in names for word in ("-o", name)))
    assert (result.exit_code, result.stdout) == (0, "")
    starts = [(here / name).read_text(encoding="utf-8").partition("\n")[0] for name in names]
    assert starts == ["<!DOCTYPE html>", "## Over time: Riverside", "Over time: Riverside", "{"]
    data = json.loads((here / "d.json").read_text(encoding="utf-8"))
    assert [audit["stage"]["floor"] for audit in data["audits"]] == ["low", "high", "low"]


def test_the_same_file_twice_is_one_audit(trend: Run, series: list[Path]) -> None:
    result = trend(series[0], series[0], series[1])
    assert result.stdout.splitlines()[1].startswith("2 audits")


def test_one_audit_in_two_forms_is_taken_once_and_said(trend: Run, assess: Run, series: list[Path], here: Path) -> None:
    assess(series[0], "-o", "first.audit.json")
    result = trend(*series, "first.audit.json")
    assert result.stdout.splitlines()[1].startswith("3 audits")
    assert "first.audit.json is the same audit as" in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "`trend` needs at least two audits"),
        (["audits/2021.yaml"], "`trend` needs at least two audits"),
        (["audits/2021.yaml", "no-such.yaml"], "there is no such file"),
        (["audits", "-o", "x.xml"], "its ending does not say which format to write"),
        (["audits", "--template", "."], "--template goes with a page"),
    ],
)
def test_wrong_words_are_refused_in_words(trend: Run, series: list[Path], words: list[str], message: str) -> None:
    result = trend(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_other_subjects_are_refused_unless_that_is_asked_for(trend: Run, series: list[Path], view: WriteView) -> None:
    view("audits/other.yaml", audit="other", subject={"name": "Lakeside"}, date="2024-02-28", answers=NO)
    result = trend("audits")
    assert result.exit_code == 2
    assert "these audits are of different subjects" in result.stderr
    assert result.stderr.count("Riverside") == 1
    allowed = trend("audits", "--any-subject")
    assert allowed.exit_code == 0
    assert "These are several subjects: Riverside and Lakeside." in allowed.stdout


def test_a_template_of_ones_own_is_taken(trend: Run, series: list[Path], here: Path) -> None:
    (here / "ours").mkdir()
    (here / "ours/trend.html.j2").write_text("{# Ours #}{{ report.span }}", encoding="utf-8")
    result = trend("audits", "--format", "html", "--template", "ours")
    assert result.stdout == "3 audits, from 28 February 2021 to 28 February 2025"


# What cannot be read


def test_what_cannot_be_read_is_left_out_and_said_everywhere(trend: Run, series: list[Path], here: Path) -> None:
    (here / "audits/broken.yaml").write_text("format: involve-audit/answers@1\nanswers: [\n", encoding="utf-8")
    (here / "audits/old.audit.json").write_text("{", encoding="utf-8")
    (here / "audits/pipe.yaml").symlink_to("/dev/null")
    words = [word for name in ("a.html", "b.md", "c.json", "d.txt") for word in ("-o", name)]
    result = trend("audits", "no-such.yaml", "small.yaml", *words)
    assert result.exit_code == 2
    kept = "This is made of 3 audits. 5 files or folders are left out, because they cannot be read."
    assert f"Written: d.txt\n{kept}\n" in result.stderr
    named = ("broken.yaml:", "old.audit.json:", "pipe.yaml:", "no-such.yaml: there is no such file", "small.yaml:")
    assert all(name in result.stderr for name in named)
    for name in ("a.html", "b.md", "c.json", "d.txt"):
        text = " ".join((here / name).read_text(encoding="utf-8").split())
        assert "3 audits" in text
        if name != "b.md":
            assert kept in text
            assert all(each.partition(":")[0] in text for each in named)
    notes = json.loads((here / "c.json").read_text(encoding="utf-8"))["notes"]
    assert [note for note in notes if note.startswith("Left out: ")] == notes[1:6]


def test_an_audit_of_which_one_view_cannot_be_read_is_left_out_as_a_whole(
    trend: Run, series: list[Path], view: WriteView
) -> None:
    view("audits/2025-staff.yaml", audit="year-2025", date="2025-02-28", answers={"survey": "maybe"})
    result = trend("audits", "--format", "json")
    assert (result.exit_code, len(json.loads(result.stdout)["audits"])) == (2, 2)
    assert "audits/2025-staff.yaml:7" in result.stderr


def test_of_very_many_that_cannot_be_read_some_are_named_and_the_others_counted(
    trend: Run, series: list[Path], here: Path
) -> None:
    result = trend("audits", *(f"none-{number}.yaml" for number in range(25)))
    assert "25 files or folders are left out" in " ".join(result.stdout.split())
    assert "… and 5 more are left out." in result.stdout


def test_where_too_few_are_left_all_that_could_not_be_read_is_named(trend: Run, series: list[Path]) -> None:
    result = trend("audits/2021.yaml", "no-such.yaml", "none.yaml", "-o", "a.html")
    assert (result.exit_code, result.stdout) == (2, "")
    for words in ("no-such.yaml: there is no such file", "none.yaml", "`trend` needs at least two audits"):
        assert words in result.stderr


def test_what_is_wrong_with_a_rubric_is_told_with_the_audit_that_it_is_for(
    trend: Run, series: list[Path], view: WriteView
) -> None:
    view("audits/other.yaml", rubric="no-such@1.0.0", audit="other", date="2024-02-28", answers={})
    result = trend("audits")
    assert result.exit_code == 2
    assert "3 audits, from" in result.stdout
    assert "audits/other.yaml" in result.stderr
    assert "no-such" in result.stderr
