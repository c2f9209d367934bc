"""`involve-audit table`: audits in tables, whatever shape they are in and whatever is wrong with them."""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from involve_audit.tables import gathering, groups, problems, rows, scoring

HEADINGS = ["audit", "subject", "date", "respondents.members", "survey", "agenda", "board", "ignored", "token"]
FINE = ["2026-11-22", "2", "yes", "yes", "yes", "no", "no"]
LOW = ["2026-11-20", "", "no", "no", "", "yes", "partly"]


@pytest.fixture
def table(run: Callable[..., Any]) -> Callable[..., Any]:
    """Runs `table` with the rubric `small` and writes `out.csv`."""

    def invoke(*words: object) -> Any:
        return run("table", "-r", "small.yaml", "-o", "out.csv", *words)

    return invoke


@pytest.fixture
def written(here: Path) -> Callable[..., Path]:
    """Writes a table and gives its path."""

    def write(*lines: Sequence[str], name: str = "t.csv", headings: Sequence[str] = HEADINGS, **how: Any) -> Path:
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding=how.get("encoding", "utf-8"), newline="") as stream:
            csv.writer(stream, delimiter=how.get("separator", ",")).writerows([headings, *lines])
        return path

    return write


def read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(name).read_text(encoding="utf-8-sig").splitlines()))


def stages(name: str = "out.csv") -> dict[str, str]:
    return {row["audit"]: row["stage"] for row in read(name)}


def told() -> list[str]:
    """The problems beside the results, each on one line."""
    return [f"{row['row']}|{row['column']}|{row['audit']}|{row['what']}" for row in read("out.problems.csv")]


def test_each_audit_is_a_row_of_results(table: Any, written: Any) -> None:
    done = table(written(["a", "Riverside", *FINE], ["b", "Hillside", *LOW]))
    assert done.exit_code == 0, done.output
    first, second = read("out.csv")
    assert (first["audit"], first["subject"], first["date"], first["stage"]) == ("a", "Riverside", "2026-11-22", "high")
    assert (first["enough_known"], first["known"], first["heard"], first["count.yes"]) == ("yes", "5", "members", "3")
    assert (second["stage"], second["count.unanswered"], second["anti_patterns"]) == ("low", "1", "token")
    assert second["held_back_by"] == "high-share; high-heard; high-few"
    assert told() == []
    assert "2 audits scored, from 2 rows." in done.stderr


def test_results_are_those_of_the_same_answers_in_files(
    run: Any, here: Path, written: Any, table: Any, view: Any
) -> None:
    """Each column that both have, cell by cell: wide and long, of one view and of several."""
    names = HEADINGS[4:]
    answers = {
        "one": [("members", FINE[2:])],
        "two": [("members", LOW[2:]), ("staff", FINE[2:])],
        "none": [("staff", [""] * 5)],
    }
    lines = []
    for audit, views in answers.items():
        for who, given in views:
            view(
                f"all/{audit}-{who}.yaml",
                audit=audit,
                respondents={who: 2},
                date="2026-11-22",
                answers=dict(zip(names, given, strict=True)),
            )
            lines.append([audit, "Riverside", "2026-11-22", who, *given])
    path = written(*lines, headings=["audit", "subject", "date", "perspective", *names])
    for long in ([], ["--long"]):
        assert run("batch", "all", "-r", "small.yaml", "-o", "batch.csv", *long).exit_code == 0
        assert table(path, *long).exit_code == 0
        ours = sorted(read("out.csv"), key=lambda row: row["audit"])
        theirs = sorted(read("batch.csv"), key=lambda row: row["audit"])
        shared = [name for name in ours[0] if name in theirs[0]]
        assert len(shared) > 15
        assert [[row[name] for name in shared] for row in ours] == [[row[name] for name in shared] for row in theirs]


def test_a_long_table_gives_what_the_wide_one_gives(table: Any, written: Any) -> None:
    names = HEADINGS[4:]
    lines = [
        [audit, who, item, answer]
        for audit, who, given in (("a", "members", FINE[2:]), ("a", "staff", LOW[2:]), ("b", "staff", LOW[2:]))
        for item, answer in zip(names, given, strict=True)
    ]
    headings = ["audit", "perspective", "item", "answer"]
    written(*lines, name="together.csv", headings=headings)
    written(*sorted(lines, key=lambda line: line[2]), name="scattered.csv", headings=headings)
    wide = [["a", "members", *FINE[2:]], ["a", "staff", *LOW[2:]], ["b", "staff", *LOW[2:]]]
    results = []
    for path in (written(*wide, headings=["audit", "perspective", *names]), "together.csv", "scattered.csv"):
        assert table(path, "--details").exit_code == 0
        results.append(Path("out.csv").read_text(encoding="utf-8"))
    assert results[0] == results[1] == results[2]
    assert "reading.view:staff" in results[0]
    assert "gate.high-share.holds" in results[0]


def test_rows_of_an_audit_may_stand_far_apart_and_count_once(
    table: Any, written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_AT_ONCE", 3)
    lines = [[f"x{n}", "", *FINE] for n in range(10)]
    done = table(written(["a", "", *FINE], *lines, ["a", "", "2026-11-24", *LOW[1:]]))
    assert done.exit_code == 0
    assert [row["audit"] for row in read("out.csv")] == ["a", *(f"x{n}" for n in range(10))]
    assert read("out.csv")[0]["date"] == "2026-11-24"
    assert "11 audits scored, from 12 rows." in done.stderr


def test_files_are_read_however_they_are_saved(table: Any, written: Any, here: Path) -> None:
    lines = (["a", "Riverside; “north”, café", *FINE], ["b", "two\nlines", *LOW])
    expected = None
    for n, how in enumerate(
        [
            {},
            {"separator": ";"},
            {"separator": "\t"},
            {"encoding": "utf-8-sig"},
            {"encoding": "utf-16"},
            {"encoding": "cp1252"},
        ]
    ):
        path = written(*lines, name=f"{n}.csv", **how)
        assert table(path).exit_code == 0, how
        expected = expected or read("out.csv")
        assert read("out.csv") == expected, how
    assert expected
    assert expected[1]["subject"] == "two lines"
    (here / "packed.csv.gz").write_bytes(gzip.compress((here / "0.csv").read_bytes()))
    as_json = [dict(zip(HEADINGS, line, strict=True)) for line in lines]
    as_json[1]["respondents.members"] = None  # type: ignore[assignment]
    (here / "t.jsonl").write_text("\n".join(map(json.dumps, as_json)) + "\n\n", encoding="utf-8")
    for name in ("packed.csv.gz", "t.jsonl"):
        assert table(name).exit_code == 0, name
        assert read("out.csv") == expected, name


def test_a_folder_of_tables_is_gone_through_as_every_folder_is(
    run: Any, written: Any, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By links too, and nothing twice; what cannot be looked into is said, and not passed over."""
    path = written(["a", "", *FINE])
    (here / "far").mkdir()
    path.rename(here / "far/t.csv")
    (here / "near").mkdir()
    for name in ("link", "again"):
        (here / "near" / name).symlink_to(here / "far")
    done = run("table", "near", "-r", "small.yaml", "-o", "out.csv")
    assert (done.exit_code, "1 audit scored, from 1 row." in done.stderr) == (0, True), done.output

    def refuse(folder: str) -> object:
        if Path(folder).name == "far":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    scan = os.scandir
    monkeypatch.setattr(os, "scandir", refuse)
    (here / "whole.csv").write_bytes((here / "far/t.csv").read_bytes())
    done = run("table", ".", "-r", "small.yaml", "-o", "out.csv")
    assert (done.exit_code, "far: this folder cannot be read: Permission denied" in done.stderr) == (2, True)


def test_the_folders_of_a_folder_can_be_columns(table: Any, written: Any, here: Path) -> None:
    written(["a", "", *FINE], name="all/region=North%20East/1.csv")
    written(["b", "", *LOW], name="all/region=South/part.csv")
    written(["c", "", *LOW], name="all/region=South/_temporary/part.csv")
    (here / "all/_SUCCESS").write_text("", encoding="utf-8")
    done = table("all", "--group", "region", "-o", "out.md")
    assert done.exit_code == 0, done.output
    assert stages() == {"a": "high", "b": "low"}
    page = (here / "out.md").read_text(encoding="utf-8")
    assert "## region: North East: 1 audit\n" in page
    assert "## region: South: 1 audit\n" in page


def test_no_file_is_read_twice_nor_what_is_to_be_written(run: Any, table: Any, written: Any, here: Path) -> None:
    path = written(["a", "", *FINE], name="all/t.csv")
    (here / "link.csv").symlink_to(path)
    assert table("all", "all/t.csv", "link.csv").exit_code == 0
    assert stages() == {"a": "high"}
    assert "1 audit scored, from 1 row." in table("link.csv", path).stderr
    for _again in range(2):
        done = run("table", "all", "-r", "small.yaml", "-o", "all/results.csv")
        assert (done.exit_code, "1 audit scored" in done.stderr) == (0, True), done.output


def test_what_a_column_holds_can_be_said(table: Any, written: Any, here: Path) -> None:
    (here / "map.yaml").write_text(
        'Case: audit\nQ1: board\n"Who": perspective\n"When": date day/month/year\n', encoding="utf-8"
    )
    path = written(["a", "Yes", "Members", "3/4/2026"], headings=["Case", "Q1", "Who", "When"])
    assert table(path, "--columns", "map.yaml").exit_code == 0
    assert (read("out.csv")[0]["audit"], read("out.csv")[0]["date"], read("out.csv")[0]["count.yes"]) == (
        "a",
        "2026-04-03",
        "1",
    )


def test_the_rubric_is_that_which_rows_name(run: Any, written: Any) -> None:
    names = ["audit", "rubric", "consult-by-survey"]
    path = written(["a", "service-user-leadership-spectrum@1.0.0", "yes"], ["b", "other@1.0.0", "yes"], headings=names)
    done = run("table", path, "-o", "out.csv")
    assert done.exit_code == 2
    assert list(stages()) == ["a"]
    assert "3|rubric|b|this row is for `other@1.0.0`" in told()[0]
    done = run("table", written(["a", "yes"], headings=["audit", "consult-by-survey"]))
    assert (done.exit_code, "does not say which rubric" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("board", "pary", "board|bad|`pary` is not an answer to `board`"),
        ("board", "1", "board|bad|`1` is not an answer to `board`"),
        ("agenda", "not-applicable", "agenda|bad|`agenda` is not-applicable without a reason"),
        ("survey", "does not apply", "survey|bad|`survey` cannot be not-applicable"),
        ("date", "2026-02-30", "date|bad|`2026-02-30` is not a date"),
        ("date", "3/4/2026", "date|bad|`3/4/2026` can be two days"),
        ("date", "2126-01-01", "date|bad|`2126-01-01` is in the future"),
        ("respondents.members", "1,5", "respondents.members|bad|`1,5` is not a number of people"),
        ("board", "ye\0s", "board|bad|`ye\ufffds` is not an answer"),
        ("audit", "", "audit||this row does not say of which audit it is"),
        ("audit", "a\x1b[31m", "audit||the audit's name holds a sign that cannot be seen"),
        ("audit", "a" * 201, "audit||the audit's name has more than 200 characters"),
    ],
)
def test_a_bad_cell_is_told_with_row_and_column_and_the_others_are_scored(
    table: Any, written: Any, column: str, cell: str, words: str
) -> None:
    bad = dict(zip(HEADINGS, ["bad", "Riverside", *FINE], strict=True)) | {column: cell}
    done = table(written(["a", "", *FINE], list(bad.values()), ["c", "", *LOW]))
    assert done.exit_code == 2
    assert stages() == {"a": "high", "c": "low"}
    (problem,) = told()
    assert problem.startswith(f"3|{words}"), problem
    assert "row 3, column" in done.stderr


def test_an_audit_is_never_scored_without_one_of_its_views(table: Any, written: Any) -> None:
    bad = [*FINE[:-1], "pary"]
    done = table(written(["a", "", *FINE], ["a", "", *bad], ["b", "", *FINE], ["c", "", *bad], ["c", "", *FINE]))
    assert done.exit_code == 2
    assert list(stages()) == ["b"]
    assert "2 could not be assessed" in done.stderr


def test_views_of_one_audit_have_one_subject_and_one_group(table: Any, written: Any) -> None:
    names = ["audit", "subject", "region", "view", "board"]
    lines = [
        *(["a", "Riverside", "North", "1", "yes"], ["a", "riverside ", "North", "2", "no"]),
        *(["b", "Riverside", "North", "1", "yes"], ["b", "Hillside", "North", "2", "no"]),
        *(["c", "Riverside", "North", "1", "yes"], ["c", "Riverside", "South", "2", "no"]),
        *(["d", "Riverside", "North", "1", "yes"], ["d", "Riverside", "North", "1", "no"]),
    ]
    assert table(written(*lines, headings=names), "--group", "region").exit_code == 2
    assert list(stages()) == ["a"]
    assert [line.partition("|")[2] for line in told()] == [
        "|b|rows of one audit differ in `subject`: 4: “Riverside” and 5: “Hillside”",
        "|c|rows of one audit differ in `group`: 6: “North” and 7: “South”",
        "view|d|the view `1` is here twice",
    ]


def test_rows_of_one_view_of_a_long_table_say_the_same_of_it(table: Any, written: Any) -> None:
    names = ["audit", "view", "perspective", "item", "answer"]
    lines = [
        *(["a", "1", "members", "board", "yes"], ["a", "1", "staff", "agenda", "no"]),
        *(["b", "1", "members", "board", "yes"], ["b", "1", "members", "board", "no"]),
        *(["c", "1", "members", "bored", "yes"], ["d", "1", "members", "board", "yes"]),
    ]
    assert table(written(*lines, headings=names)).exit_code == 2
    assert list(stages()) == ["d"]
    assert told() == [
        "3||a|this row says something else of its view than row 2: present",
        "5|item|b|this item stands in an earlier row of the same view",
        "6|item|c|`bored` is not an item of this rubric",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "this table is empty"),
        (b"\n\n", "this table is empty"),
        (b"name,region\nx,y\n", "no column of this table holds an item"),
        (b"audit,board,board\na,yes,no\n", "two columns hold the same, `board`: column B"),
        (b'audit,board,"Are members on the board?"\na,yes,no\n', "two columns hold the same, `board`"),
        (b'[{"audit": "a"}]', "this is one list of JSON"),
        (b"PAR1....", "this is Parquet"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml xl/workbook.xml", "this is an Excel file"),
        (b'audit,"board\na,yes\n', "a quote opens here and is not closed"),
        (
            b"audit," + b",".join(b"c%d" % n for n in range(5_000)) + b"\n",
            "this table has 5,001 columns, and at most 5,000",
        ),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_and_others_are_scored(
    table: Any, written: Any, here: Path, content: bytes, words: str
) -> None:
    (here / "odd.csv").write_bytes(content)
    done = table("odd.csv")
    assert (done.exit_code, words in done.stderr) == (2, True), done.output
    assert not (here / "out.csv").exists()
    done = table("odd.csv", written(["a", "", *FINE]))
    assert (done.exit_code, words in done.stderr) == (2, True)
    assert stages() == {"a": "high"}
    assert words in told()[0]


def test_headings_without_rows_give_headings_without_rows(table: Any, written: Any) -> None:
    done = table(written())
    assert (done.exit_code, read("out.csv")) == (0, [])
    assert "0 audits scored, from 0 rows." in done.stderr


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("bad,,2026-11-22,2,yes,yes", "3||bad|it has not as many cells as there are columns (6, not 9)"),
        (
            "bad,,2026-11-22,2,yes,yes,yes,no,no,more",
            "3||bad|it has not as many cells as there are columns (10, not 9)",
        ),
        ('bad,"a"b,2026-11-22,2,yes,yes,yes,no,no', "3||bad|the quotes are not as they should be"),
        ('bad,"open,2026-11-22,2,yes,yes,yes,no,no', "3||bad|the quotes are not as they should be"),
        (f"bad,{'x' * 131_073},2026-11-22,2,yes,yes,yes,no,no", "3||bad|a cell has more than 131,072 characters"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_those_below_are_read(
    table: Any, written: Any, here: Path, line: str, words: str
) -> None:
    path = written(["a", "", *FINE], ["HERE"], ["c", "two\nlines", *LOW], ["d", "", *FINE])
    path.write_text(path.read_text(encoding="utf-8").replace("HERE", line), encoding="utf-8")
    done = table(path)
    assert done.exit_code == 2
    assert stages() == {"a": "high", "c": "low", "d": "high"}
    assert told() == [words]


def test_a_row_far_too_long_may_be_of_the_audits_beside_it(
    table: Any, written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LONGEST_ROW", 500)
    path = written(["a", "", *FINE], ["b", "", *FINE], ["bad", "x" * 2_000, *FINE], ["c", "", *FINE], ["d", "", *FINE])
    done = table(path)
    assert list(stages()) == ["a", "d"]
    assert told() == ["4|||the row has more than 500 characters"]
    assert "3 could not be assessed" not in done.stderr
    assert "2 could not be assessed" in done.stderr


def test_a_file_that_is_cut_off_does_not_count_for_its_last_audit(table: Any, written: Any, here: Path) -> None:
    content = written(*([f"a{n}", f"Service {n * n * 7919}", *FINE] for n in range(2_000))).read_bytes()
    (here / "cut.csv.gz").write_bytes(gzip.compress(content)[:-4_000])
    assert table("cut.csv.gz").exit_code == 2
    assert 10 < len(stages()) < 2_000
    assert "this file is cut off here" in told()[-1]
    (here / "cut.csv").write_bytes(content[: len(content) // 2].rpartition(b",")[0])
    assert table("cut.csv").exit_code == 2
    assert "it has not as many cells as there are columns" in told()[0]
    (here / "cut.jsonl").write_text('{"audit": "a", "board": "yes"}\n{"audit": "b", "bo', encoding="utf-8")
    assert table("cut.jsonl").exit_code == 2
    assert "2|||this line is no row of JSON" in told()[0]
    assert stages() == {}


def test_json_is_read_as_text_and_nothing_in_it_is_lost(table: Any, here: Path) -> None:
    lines = [
        *('{"audit": 7, "board": "yes"}', '{"audit": "b", "board": true}', '{"audit": "c", "board": ["yes"]}'),
        *('{"audit": "d", "board": "yes", "board": "no"}', "[" * 100_000, '{"audit": "e", "board": NaN}'),
    ]
    (here / "t.jsonl").write_text("\n".join([*lines, '{"audit": "z", "board": null}']), encoding="utf-8")
    assert table("t.jsonl").exit_code == 2
    assert "7" in stages()
    assert "z" in stages() or len(told()) == 5
    assert "`true` is not an answer to `board`" in told()[0]
    assert "a list or an object" in told()[1]
    assert "a column is in it twice" in told()[2]


def test_no_cell_of_results_is_taken_for_a_formula(table: Any, written: Any) -> None:
    assert table(written(["=1+1", "@cmd", *FINE])).exit_code == 0
    assert (read("out.csv")[0]["audit"], read("out.csv")[0]["subject"]) == ("'=1+1", "'@cmd")
    assert table(written(["=1+1", "", *FINE[:-1], "=evil()"])).exit_code == 2
    assert [row["audit"] for row in read("out.problems.csv")] == ["'=1+1"]


def test_nothing_is_written_over_what_was_read(run: Any, written: Any, here: Path) -> None:
    path = written(["a", "", *FINE])
    before = path.read_bytes()
    done = run("table", path, "-r", "small.yaml", "-o", "t.csv")
    assert (done.exit_code, "this file was read as input" in done.stderr) == (2, True)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in here.iterdir()) == ["small.yaml", "t.csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.csv"], "there is no such file"),
        (["."], "there is no table in this folder"),
        (["t.csv", "--long", "-o", "x.md"], "--long is for a table of results"),
        (["t.csv", "-o", "x.pdf"], "its ending does not say which format to write"),
        (["t.csv", "--group", "regio", "-o", "x.csv"], "no column is called “regio”"),
        (["t.csv", "--long", "--publish", "-o", "x.csv"], "--long does not go with --publish"),
    ],
)
def test_what_cannot_be_done_is_told_at_once(run: Any, here: Path, written: Any, words: list[str], said: str) -> None:
    if words[0] == "t.csv":
        written(["a", "", *FINE])
    done = run("table", "-r", "small.yaml", *words)
    assert (done.exit_code, said in done.stderr) == (2, True), done.output
    assert {entry.name for entry in here.iterdir()} <= {"small.yaml", "t.csv"}


def test_of_very_many_problems_the_first_are_kept_and_the_others_counted(
    table: Any, written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "MOST_KEPT", 20)
    done = table(written(*([f"a{n}", "", *FINE[:-1], "x"] for n in range(30))))
    assert len(told()) == 21
    assert told()[-1] == "|||… and at least 10 more problems"
    assert done.stderr.count("is not an answer") == 10
    assert "30 problems, in out.problems.csv" in done.stderr


def test_small_groups_are_put_together_for_sharing(run: Any, written: Any) -> None:
    regions = ["North"] * 9 + ["South"] * 6 + ["East"] * 2 + [""]
    lines = [[f"a{n}", "Riverside", *FINE, group] for n, group in enumerate(regions)]
    path = written(*lines, headings=[*HEADINGS, "region"])
    done = run("table", path, "-r", "small.yaml", "--group", "region")
    assert all(f"region: {name}" in done.stdout for name in ("North: 9", "South: 6", "East: 2", "(not said): 1"))
    done = run("table", path, "-r", "small.yaml", "--group", "region", "--publish")
    assert "region: North: 9 audits" in done.stdout
    assert "region: all others: 9 audits" in done.stdout
    assert "East" not in done.stdout
    assert "South" not in done.stdout


def test_an_overview_is_written_as_that_of_many_audits(table: Any, written: Any, here: Path) -> None:
    done = table(
        written(["a", "Riverside", *FINE], ["b", "<b>Hillside</b>", *LOW]), "-o", "out.html", "-o", "out.jsonl"
    )
    assert done.exit_code == 0
    page = (here / "out.html").read_text(encoding="utf-8")
    assert "2 audits assessed, from 2 rows" in page
    assert "&lt;b&gt;Hillside&lt;/b&gt;" in page
    assert "<b>Hillside" not in page
    assert [json.loads(line)["stage"] for line in (here / "out.jsonl").read_text(encoding="utf-8").splitlines()] == [
        "high",
        "low",
    ]


def test_an_audit_has_so_many_views_and_no_more(table: Any, written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "MOST_VIEWS", 3)
    done = table(written(*[["a", "", *FINE]] * 3, *[["b", "", *FINE]] * 4))
    assert done.exit_code == 2
    assert list(stages()) == ["a"]
    assert told() == ["8||b|this audit has more than 3 views"]


def test_of_very_many_groups_the_others_are_one(run: Any, written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MOST_GROUPS", 3)
    path = written(*([f"a{n}", "", *FINE, f"r{n}"] for n in range(8)), headings=[*HEADINGS, "region"])
    done = run("table", path, "-r", "small.yaml", "--group", "region")
    assert "region: r2: 1 audit\n" in done.stdout
    assert "region: all others: 5 audits" in done.stdout


def test_what_is_wrong_is_told_once_whatever_is_written(run: Any, written: Any) -> None:
    path = written(["a", "", *FINE], ["bad", "", *FINE[:-1], "x"])
    assert run("table", path, "-r", "small.yaml", "-o", "out.parquet", "-o", "out.csv", "-o", "out.md").exit_code == 2
    assert len(told()) == 1
    assert stages() == {"a": "high"}


def test_memory_does_not_grow_with_the_number_of_rows(run: Any, written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_AT_ONCE", 100)

    def peak(rows: int, *scattered: list[str]) -> int:
        path = written(*([f"a{n}", f"Service {n}", *FINE] for n in range(rows)), *scattered)
        tracemalloc.start()
        assert run("table", path, "-r", "small.yaml", "-o", "out.csv", "-q").exit_code == 0
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    peak(200)
    assert peak(1_000) < 1.3 * peak(200)
    again = ["a0", "Service 0", *LOW]
    assert peak(1_000, again) < 1.3 * peak(200, again)


def test_without_sqlite_rows_have_to_stand_together(table: Any, written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    assert table(written(["a", "", *FINE], ["a", "", *FINE], ["b", "", *LOW])).exit_code == 0
    done = table(written(["a", "", *FINE], ["b", "", *LOW], ["a", "", *FINE]))
    assert (done.exit_code, "this Python has no SQLite" in done.stderr) == (2, True)
