"""The promises of `batch`: every audit is in every output, in the same order, whatever is wrong with one of them."""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from involve_audit.batch.run import MOST_FOR_A_PROCESSOR
from involve_audit.render.report import ReportPage

Run = Callable[..., Any]
Rows = Callable[[str], list[dict[str, Any]]]
BEST = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}
IDS = ["both", "fine", "open", "wrong"]
EVERY_FILE = ("o.csv", "o.json", "o.jsonl", "o.xml", "o.sarif", "o.md", "o.html", "o.txt")


def nameless(file: Path) -> None:
    """Take the `audit:` line out of an answers file."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("audit:")), encoding="utf-8")


def test_without_an_output_a_summary_is_printed(batch: Run, audits: Path) -> None:
    done = batch("all")
    assert done.exit_code == 2
    assert "3 audits assessed, from 5 answers files" in done.stdout
    assert "1 could not be assessed" in done.stdout
    told = done.stdout.split("To follow up, most urgent first\n")[1].split("\n\n")[0]
    assert re.findall("^  - (.*?): ", told, re.MULTILINE) == ["wrong", "Riverside (open)", "Riverside (both)"]
    assert "all/wrong.yaml:7:20: `pary` is not an answer to `board`" in done.stderr
    assert "Did you mean `partly`?" in done.stderr


def test_views_that_share_an_audit_line_are_one_audit(batch: Run, audits: Path, rows: Rows) -> None:
    batch("all", "-o", "o.jsonl")
    both = rows("o.jsonl")[0]
    assert both["files"] == ["all/a/members.yaml", "all/b/staff.yaml"]
    assert both["heard"] == ["members", "staff"]
    assert both["disagreements"] == ["board"]


def test_a_bad_file_is_a_result_in_every_output_and_the_exit_code_is_2(batch: Run, audits: Path, here: Path) -> None:
    done = batch("all", *(word for name in EVERY_FILE for word in ("-o", name)))
    assert done.exit_code == 2
    for name in EVERY_FILE:
        text = (here / name).read_text(encoding="utf-8")
        assert "pary" in text.replace("\\`", "`"), name
        assert "both" in text or name == "o.sarif", name


def test_every_audit_has_a_row_by_name(batch: Run, audits: Path, rows: Rows, here: Path) -> None:
    batch("all", "-o", "o.csv", "-o", "o.jsonl", "-o", "o.json", "-o", "o.xml")
    assert [row["audit"] for row in rows("o.csv")] == IDS
    assert [row["audit"] for row in rows("o.jsonl")] == IDS
    document = json.loads((here / "o.json").read_text(encoding="utf-8"))
    assert document["audits"] == rows("o.jsonl")
    assert [case.get("name") for case in ET.parse(here / "o.xml").iter("testcase")] == IDS


def test_the_order_of_names_and_the_number_of_processes_never_matter(batch: Run, audits: Path, here: Path) -> None:
    for number, names in enumerate(permutations(["all/a", "all/*.yaml", "all/b"])):
        batch(*names, "-o", f"{number}.jsonl")
        assert (here / f"{number}.jsonl").read_bytes() == (here / "0.jsonl").read_bytes()
    batch("all", "--jobs", "3", "-o", "several.jsonl")
    assert (here / "several.jsonl").read_bytes() == (here / "0.jsonl").read_bytes()


def test_names_come_from_a_list_too(batch: Run, audits: Path, here: Path, rows: Rows) -> None:
    (here / "list.txt").write_text("all/fine.yaml\nall/a\n", encoding="utf-8")
    batch("--files-from", "list.txt", "-o", "o.jsonl")
    assert [row["audit"] for row in rows("o.jsonl")] == ["both", "fine"]
    batch("all/open.yaml", "--files-from", "list.txt", "-o", "o.jsonl")
    assert [row["audit"] for row in rows("o.jsonl")] == ["both", "fine", "open"]


def test_rows_say_what_an_audit_came_to(batch: Run, audits: Path, rows: Rows) -> None:
    batch("all", "-o", "o.csv", "-o", "o.jsonl")
    fine, unheard = rows("o.jsonl")[1:3]
    assert fine["stage"] == {"floor": "high", "ceiling": "high", "enough_known": True}
    assert (fine["known"], fine["of"], fine["findings"]) == (5, 5, [])
    assert fine["answers"]["board"] == "yes"
    assert unheard["findings"] == ["unknown", "anti-pattern", "unheard", "not-enough-known"]
    assert unheard["held_back_by"] == ["high-share", "high-heard", "high-few"]
    csv = rows("o.csv")[2]
    assert (csv["stage"], csv["could_be"], csv["enough_known"], csv["known"]) == ("low", "high", "no", "1")
    assert csv["stage_title"] == csv["evidence_only_title"] == "No stage named: not enough is known"
    assert csv["anti_patterns"] == "token"


def test_long_rows_are_one_an_item(batch: Run, audits: Path, rows: Rows) -> None:
    batch("all", "--long", "-o", "o.csv")
    found = rows("o.csv")
    assert [(row["audit"], row["item"]) for row in found[:6]] == [
        *(("both", item) for item in ("survey", "agenda", "board", "ignored", "token")),
        ("fine", "survey"),
    ]
    board = found[2]
    assert (board["answer"], board["value"], board["counts_as"]) == ("no", "0", "0")
    assert (board["kind"], board["theme"], board["item_stage"], board["heard"]) == (
        "achievement",
        "voice",
        "high",
        "members; staff",
    )
    assert found[6]["evidence"] == "yes"
    assert "pary" in found[-1]["problems"]


# Outputs


def test_a_format_goes_to_standard_output_beside_files(batch: Run, audits: Path, here: Path) -> None:
    done = batch("all", "--format", "jsonl", "-o", "o.jsonl")
    assert done.stdout == (here / "o.jsonl").read_text(encoding="utf-8")
    assert batch("all", "-o", "-", "--format", "csv").stdout.startswith("audit,subject,")


def test_two_outputs_of_one_kind_are_both_written(batch: Run, audits: Path, here: Path) -> None:
    batch("all", "-o", "one.csv", "-o", "two.csv")
    assert (here / "one.csv").read_bytes() == (here / "two.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no answers files were named"),
        (("all", "-o", "o.docx"), "its ending does not say which format to write"),
        (("all", "-o", "o.csv", "-o", "./o.csv"), "this output is named twice"),
        (("all", "-o", "nowhere/o.csv"), "its folder does not exist"),
        (("all", "--reports", "no/where"), "its folder does not exist"),
        (("all", "--reports", "small.yaml"), "this is not a folder"),
        (("all", "--format", "cvs"), "Did you mean `csv`?"),
        (("all", "--long"), "--long is for .csv"),
        (("all", "--report-format", "html"), "--report-format goes with --reports"),
        (("all", "--reports", "r", "--report-format", "hmtl"), "Did you mean `html`?"),
        (("all", "--fail-on", "unknwon"), "Did you mean `unknown`?"),
        (("all", "--fail-on", "regression"), "needs something to compare with"),
        (("all", "--fail-under", "hihg"), "Did you mean `high`?"),
        (("all", "--baseline", "none.jsonl"), "none.jsonl: there is no such file"),
        (("--files-from", "none.txt"), "none.txt: there is no such file"),
        (("all", "--publish", "--format", "github"), "github does not go with --publish"),
        (("all", "--publish", "-o", "o.sarif"), "sarif does not go with --publish"),
        (("all", "--publish", "--baseline", "x"), "--baseline does not go with --publish"),
        (("all", "--fewer-than", "7"), "--fewer-than goes with --publish"),
        (("-r", "none.yaml", "all"), "none.yaml: there is no such file"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_written(
    batch: Run, audits: Path, here: Path, words: tuple[str, ...], said: str
) -> None:
    before = sorted(here.rglob("*"))
    done = batch(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert sorted(here.rglob("*")) == before


def test_an_answers_file_is_never_overwritten(batch: Run, audits: Path, here: Path) -> None:
    (here / "answers.md").write_bytes((audits / "fine.yaml").read_bytes())
    (here / "link.md").symlink_to("answers.md")
    before = (here / "answers.md").read_bytes()
    done = batch("answers.md", "-o", "link.md")
    assert done.exit_code == 2
    assert "was read as input" in done.stderr
    assert (here / "answers.md").read_bytes() == before


def test_an_output_may_lie_in_a_folder_that_is_read(batch: Run, audits: Path, here: Path) -> None:
    for _again in range(2):
        batch(".", "-o", "all/o.json", "-o", "all/o.md", "--reports", "all/reports", "--report-format", "record")
    assert json.loads((here / "all/o.json").read_text(encoding="utf-8"))["files"] == 5


# Nothing to do


@pytest.mark.parametrize("name", [".", "*.yaml", "small.yaml"])
def test_finding_nothing_is_an_error_that_says_what_was_left_alone(batch: Run, here: Path, name: str) -> None:
    done = batch(name, "-o", "o.csv")
    assert done.exit_code == 2
    assert "no answers files were found" in done.stderr
    assert "small.yaml" in done.stderr
    assert not (here / "o.csv").exists()


def test_finding_nothing_can_be_allowed(batch: Run, here: Path) -> None:
    done = batch("small.yaml", "--allow-none")
    assert (done.exit_code, done.output) == (0, "")
    assert batch("no*.yaml", "--allow-none").exit_code == 2


def test_a_file_that_is_not_there_is_a_result_like_any_other(batch: Run, audits: Path, rows: Rows) -> None:
    done = batch("all/fine.yaml", "gone.yaml", "no*.yaml", "-o", "o.jsonl")
    assert done.exit_code == 2
    assert [row["audit"] for row in rows("o.jsonl")] == ["no*.yaml", "fine", "gone.yaml"]
    assert rows("o.jsonl")[0]["problems"][0]["what"] == "there is nothing of this pattern"


# Gates


def test_a_gate_that_fails_is_named_and_the_exit_code_is_1(batch: Run, audits: Path) -> None:
    (audits / "wrong.yaml").unlink()
    done = batch(
        "all", "--fail-under", "high", "--fail-on", "unheard", "--fail-on", "regression", "--baseline", "b.jsonl"
    )
    assert done.exit_code == 2  # no baseline yet
    assert batch("all", "-o", "b.jsonl").exit_code == 0
    done = batch("all", "--fail-under", "high", "--fail-on", "unheard")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == ["--fail-under high: 1 audit fails", "--fail-on unheard: 1 audit fails"]
    assert "fails fail-under, unheard" in " ".join(done.stdout.split())


def test_a_bad_file_weighs_more_than_a_gate_and_both_are_told(batch: Run, audits: Path) -> None:
    done = batch("all", "--fail-on", "unheard")
    assert done.exit_code == 2
    assert "--fail-on unheard: 1 audit fails" in done.stderr
    assert "`pary`" in done.stderr


@pytest.mark.parametrize(
    ("gate", "failing"),
    [
        ("unknown", {"open"}),
        ("unheard", {"open"}),
        ("anti-pattern", {"open"}),
        ("unevidenced", {"both"}),
        ("not-enough-known", {"open"}),
    ],
)
def test_each_gate_fails_where_it_says(batch: Run, audits: Path, rows: Rows, gate: str, failing: set[str]) -> None:
    (audits / "wrong.yaml").unlink()
    done = batch("all", "--fail-on", gate, "-o", "o.jsonl", "-o", "o.csv")
    assert done.exit_code == 1
    assert {row["audit"] for row in rows("o.jsonl") if row["failed"]} == failing
    assert {row["audit"] for row in rows("o.csv") if row["failed"] == gate} == failing


def test_no_gate_fails_that_was_not_asked_for(batch: Run, audits: Path) -> None:
    (audits / "wrong.yaml").unlink()
    assert batch("all").exit_code == 0
    assert batch("all/fine.yaml", "--fail-under", "high", "--fail-on", "unknown", "--fail-on", "unheard").exit_code == 0


# The baseline


@pytest.mark.parametrize("baseline", ["b.jsonl", "b.json", "records"])
def test_a_worse_answer_is_a_regression(
    batch: Run, audits: Path, view: Callable[..., Path], rows: Rows, baseline: str
) -> None:
    (audits / "wrong.yaml").unlink()
    batch("all", "-o", "b.jsonl", "-o", "b.json", "--reports", "records", "--report-format", "record")
    same = batch("all", "--baseline", baseline, "--fail-on", "regression")
    assert same.exit_code == 0, same.output
    view("all/fine.yaml", audit="fine", answers={"survey": "yes", "agenda": "partly", "board": "partly"})
    view("all/new.yaml", audit="new")
    (audits / "open.yaml").unlink()
    done = batch("all", "--baseline", baseline, "--fail-on", "regression", "-o", "o.jsonl", "--format", "text")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == "--fail-on regression: 1 audit fails"
    assert "In the baseline and no longer here\n  - open\n" in done.stdout
    assert "Not in the baseline\n  - Riverside (new)\n" in done.stdout
    fine, new = rows("o.jsonl")[1:]
    assert fine["baseline"] == {
        "compared": True,
        "stage": "high",
        "worse": [
            {"item": "agenda", "before": "yes", "after": "partly"},
            {"item": "board", "before": "yes", "after": "partly"},
            {"item": "ignored", "before": "no", "after": "unanswered"},
            {"item": "token", "before": "no", "after": "unanswered"},
        ],
    }
    assert "the stage was “High” and is “Low”" in fine["failed"][0]["why"]
    assert "Board: from Yes to Partly" in fine["failed"][0]["why"]
    assert new["baseline"] == {"compared": False, "why": "new"}


@pytest.mark.parametrize("baseline", ["b.jsonl", "records"])
def test_a_yes_that_lost_its_evidence_is_a_regression(
    batch: Run, audits: Path, view: Callable[..., Path], rows: Rows, baseline: str
) -> None:
    batch("all/fine.yaml", "-o", "b.jsonl", "--reports", "records", "--report-format", "record")
    view("all/fine.yaml", audit="fine", answers=BEST)
    done = batch("all/fine.yaml", "--baseline", baseline, "--fail-on", "regression", "-o", "o.jsonl", "-o", "o.sarif")
    assert done.exit_code == 1
    (row,) = rows("o.jsonl")
    worse = [{"item": item, "before": "yes", "after": "yes"} for item in ("agenda", "board")]
    assert row["baseline"]["worse"] == worse
    why = "since the baseline, Agenda: no evidence any more; Board: no evidence any more"
    assert row["failed"][0]["why"] == why
    assert "Agenda: no evidence any more" in (audits.parent / "o.sarif").read_text(encoding="utf-8")


def test_another_rubric_cannot_be_compared_and_is_named(batch: Run, audits: Path, here: Path, rows: Rows) -> None:
    (audits / "wrong.yaml").unlink()
    batch("all", "-o", "b.jsonl")
    text = (here / "b.jsonl").read_text(encoding="utf-8").replace('"version":"1.0.0"', '"version":"2.0.0"')
    (here / "b.jsonl").write_text(text, encoding="utf-8")
    done = batch("all", "--baseline", "b.jsonl", "--fail-on", "regression", "-o", "o.jsonl", "--format", "text")
    assert done.exit_code == 0
    assert "Cannot be compared with the baseline" in done.stdout
    assert {row["baseline"]["why"] for row in rows("o.jsonl")} == {"not-comparable"}


def test_an_audit_that_could_not_be_assessed_before_is_new(batch: Run, audits: Path, view: Callable[..., Path]) -> None:
    batch("all", "-o", "b.jsonl")
    view("all/wrong.yaml", audit="wrong")
    assert "Not in the baseline\n  - Riverside (wrong)\n" in batch("all", "--baseline", "b.jsonl").stdout


# Reports


def test_each_audit_has_its_own_report_and_the_overviews_link_to_it(batch: Run, audits: Path, here: Path) -> None:
    (here / "pages").mkdir()
    batch("all", "--reports", "reports", "-o", "pages/o.html", "-o", "o.md", "-o", "o.jsonl")
    assert sorted(path.name for path in (here / "reports").iterdir()) == ["both.html", "fine.html", "open.html"]
    assert 'href="../reports/fine.html"' in (here / "pages/o.html").read_text(encoding="utf-8")
    assert "](reports/fine.html)" in (here / "o.md").read_text(encoding="utf-8")
    assert '"report":"reports/fine.html"' in (here / "o.jsonl").read_text(encoding="utf-8")
    assert "Riverside" in (here / "reports/both.html").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_made_is_named(
    batch: Run, audits: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("involve_audit.render.pdf.LARGEST_PAGE", 1000)
    done = batch("all/fine.yaml", "--reports", "reports", "--report-format", "pdf")
    assert done.exit_code == 2
    assert done.stderr.startswith("fine.pdf: this is too long for a PDF")
    assert not (here / "reports").exists()


def test_reports_come_in_several_formats_and_what_is_in_their_folder_stays(
    batch: Run, audits: Path, here: Path
) -> None:
    (here / "reports").mkdir()
    (here / "reports/kept.txt").write_text("kept", encoding="utf-8")
    (here / "reports/fine.audit.json").write_text("old", encoding="utf-8")
    batch("all/fine.yaml", "--reports", "reports", "--report-format", "record", "--report-format", "markdown")
    assert sorted(path.name for path in (here / "reports").iterdir()) == ["fine.audit.json", "fine.md", "kept.txt"]
    assert json.loads((here / "reports/fine.audit.json").read_text(encoding="utf-8"))["audit"] == "fine"


def test_no_two_reports_share_a_name_and_none_leaves_its_folder(
    batch: Run, view: Callable[..., Path], here: Path
) -> None:
    for name in ("in/x.yaml", "in/x.yml", "in/x-yaml.yaml", "in/X.yaml", "in/ü.yaml"):
        nameless(view(name))
    for name, audit in (("in/a.yaml", "x"), ("in/b.yaml", "in-x-yaml"), ("in/c.yaml", "con")):
        view(name, audit=audit)
    done = batch("in", "--reports", "in/reports")
    assert done.exit_code == 0, done.output
    names = [path.name for path in (here / "in/reports").iterdir()]
    assert len({name.lower() for name in names}) == 8
    assert "con.html" not in names
    assert sorted(path.name for path in here.iterdir()) == ["in", "small.yaml"]


# For sharing


def test_results_for_sharing_hold_no_free_text_and_no_file_names(
    batch: Run, audits: Path, here: Path, view: Callable[..., Path]
) -> None:
    nameless(view("all/secret-name.yaml", answers={"agenda": {"answer": "yes", "note": "secret note"}}))
    (audits / "wrong.yaml").write_text("format: involve-audit/answers@1\nsecret: line\n", encoding="utf-8")
    outputs = [word for name in EVERY_FILE if name != "o.sarif" for word in ("-o", name)]
    done = batch("all", "--publish", *outputs, "-o", "long.csv", "--reports", "reports")
    assert done.exit_code == 2
    assert "secret" in done.stderr  # for the person who runs it
    written = [
        path for path in here.rglob("*") if path.is_file() and "all" not in path.parts and path.suffix != ".yaml"
    ]
    assert len(written) > len(EVERY_FILE)
    for path in written:
        assert "secret" not in path.name + path.read_text(encoding="utf-8")
        assert "members.yaml" not in path.read_text(encoding="utf-8")


def test_answers_of_one_person_alone_are_pointed_out_where_they_are_for_sharing(
    batch: Run, view: Callable[..., Path]
) -> None:
    view("in/a.yaml", audit="alone", respondents={"members": 1})
    view("in/b.yaml", audit="many", respondents={"members": 6})
    said = "In 1 audit one person answered alone for a group"
    shared = batch("in", "--publish", "-o", "o.jsonl")
    assert said in shared.stderr
    assert "written: alone." in shared.stderr
    assert said not in batch("in", "-o", "p.jsonl").stderr


def test_fewer_audits_than_the_bound_are_not_broken_down_for_sharing(
    batch: Run, view: Callable[..., Path], here: Path
) -> None:
    for number in range(5):
        view(f"in/{number}.yaml", audit=f"audit-{number}")
    enough = batch("in", "--publish").stdout
    assert "not broken down" not in enough.replace("are not broken down", "")
    assert "No stage named: not enough is known  5" in enough
    (here / "in/4.yaml").unlink()
    few = batch("in", "--publish").stdout
    assert "Fewer than 5 audits: not broken down" in few
    assert "Low" not in few.split("To follow up")[0]
    document = json.loads(batch("in", "--publish", "--format", "json").stdout)
    assert document["overviews"] == [{"rubric": {"id": "small", "version": "1.0.0"}, "audits": 4, "broken_down": False}]


# Talking


def test_quiet_leaves_out_all_but_what_is_wrong(batch: Run, audits: Path) -> None:
    done = batch("all", "--quiet", "-o", "o.csv")
    assert done.stdout == ""
    assert done.stderr.splitlines()[0].startswith("all/wrong.yaml:7:20:")
    loud = batch("all", ".", "-o", "o.csv").stderr
    assert "Written: o.csv" in loud
    assert "Left alone: small.yaml (not read, because it holds no answers)." in loud


def test_of_very_many_problems_the_first_are_told(batch: Run, view: Callable[..., Path]) -> None:
    for number in range(60):
        view(f"in/{number:02}.yaml", audit=f"a-{number:02}", date="never")
    done = batch("in")
    assert done.exit_code == 2
    assert done.stderr.count("is not a date") == 49
    assert "… and at least 11 more problems" in done.stderr


def test_an_annotation_is_written_for_github_and_the_summary_goes_to_its_file(
    batch: Run, audits: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "summary.md").write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "summary.md"))
    done = batch("all", "--format", "github", "--fail-on", "unheard")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("::error file=all/open.yaml,line=6,col=1,title=")
    assert lines[1].startswith("::error file=all/wrong.yaml,line=7,col=20,title=")
    summary = (here / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("# Before\n# Audits: an overview")
    assert "By name" not in summary
    assert "pary" not in done.stderr, "a line of a file could be a command for GitHub"
    assert "1 could not be assessed" in done.stderr


def test_the_name_of_a_file_cannot_end_an_annotation(batch: Run, view: Callable[..., Path]) -> None:
    view("in/a,line=9::b%.yaml", audit="a", answers={"board": "pary"})
    first = batch("in", "--format", "github").stdout.splitlines()[0]
    assert first.startswith("::error file=in/a%2Cline=9%3A%3Ab%25.yaml,line=7,col=20,title=")


def test_a_test_report_counts_audits_that_fail_and_those_that_could_not_be_assessed(
    batch: Run, audits: Path, here: Path
) -> None:
    batch("all", "--fail-on", "unheard", "--fail-on", "unknown", "-o", "o.xml")
    suite = ET.parse(here / "o.xml").getroot()
    assert [suite.get(name) for name in ("tests", "failures", "errors")] == ["4", "1", "1"]
    (failure,) = suite.iter("failure")
    assert failure.get("type") == "unknown, unheard"
    assert "unknown: not known: Survey; Agenda; Board; Ignored" in str(failure.text)
    assert "unheard: nobody was heard of: Members" in str(failure.text)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_everything_is_counted_however_many_audits_there_are(batch: Run, view: Callable[..., Path], jobs: str) -> None:
    for number in range(100):
        view(f"in/{number:03}.yaml", audit=f"a-{number:03}", answers={"token": "yes", "survey": "no", "board": "no"})
    done = batch("in", "--jobs", jobs, "--fail-on", "anti-pattern")
    assert "100 audits assessed, from 100 answers files" in done.stdout
    assert "  Low   100" in done.stdout
    assert "  - 5. Token: 100\n" in done.stdout
    assert "--fail-on anti-pattern: 100 audits fail" in done.stderr


def test_reports_that_need_what_is_not_installed_are_refused_before_anything_is_read(
    batch: Run, audits: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    done = batch("all", "--reports", "reports", "--report-format", "pdf", "-o", "o.csv")
    assert done.exit_code == 2
    assert "pary" not in done.stderr
    assert not (here / "o.csv").exists()


@pytest.mark.parametrize(
    ("folder", "said"),
    [("/proc/reports", "/proc/reports: "), ("taken", "fine.html: this is a folder")],
)
def test_reports_that_cannot_be_put_there_leave_nothing_behind(
    batch: Run, audits: Path, here: Path, folder: str, said: str
) -> None:
    (here / "taken/fine.html").mkdir(parents=True)
    done = batch("all/fine.yaml", "--reports", folder, "-o", "o.csv")
    assert done.exit_code == 2
    assert said in done.stderr
    assert sorted(path.name for path in here.iterdir()) == ["all", "small.yaml", "taken"]


def test_what_is_worse_stands_at_its_line(batch: Run, audits: Path, view: Callable[..., Path], here: Path) -> None:
    batch("all", "-o", "b.jsonl")
    view("all/fine.yaml", audit="fine", answers={"survey": "yes", "agenda": "partly", "board": "no"})
    batch("all", "--baseline", "b.jsonl", "--fail-on", "regression", "-o", "o.sarif")
    (run,) = json.loads((here / "o.sarif").read_text(encoding="utf-8"))["runs"]
    found = [one for one in run["results"] if one["ruleId"] == "regression"]
    assert {one["level"] for one in found} == {"error"}
    assert [one["message"]["text"] for one in found][:2] == [
        "Was “Yes” in the baseline and is “Partly”: Agenda",
        "Was “Yes” in the baseline and is “No”: Board",
    ]
    assert "the stage was “High” and is “Low”" in found[-1]["message"]["text"]
    assert found[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 28}


def test_no_more_processes_work_than_the_machine_can_use_however_many_are_asked_for(
    batch: Run, audits: Path, here: Path
) -> None:
    most = MOST_FOR_A_PROCESSOR * len(os.sched_getaffinity(0))
    done = batch("all/fine.yaml", "--jobs", "999999", "-o", "o.csv")
    assert done.exit_code == 0
    assert done.stderr.startswith(f"--jobs 999,999 is more than the machine can use. Processes at work: {most}.\n")
    assert batch("all/fine.yaml", "--jobs", str(most), "-o", "o.csv").stderr == "Written: o.csv\n"


def test_what_was_made_of_a_report_is_let_go_of(batch: Run, view: Callable[..., Path], here: Path) -> None:
    for number in range(60):
        view(f"many/{number}.yaml", audit=f"audit-{number}")
    gc.disable()  # as it is when the program starts
    try:
        assert batch("many", "--jobs", "1", "--reports", "reports", "--quiet").exit_code == 0
        alive = sum(isinstance(thing, ReportPage) for thing in gc.get_objects())
    finally:
        gc.enable()
    assert len(list((here / "reports").iterdir())) == 60
    assert alive < 40
