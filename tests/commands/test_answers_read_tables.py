"""`answers read` of tables: an export becomes an answers file, or one plain line says why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.tables import table_of
from tests.unit.loading.responses.test_rows import workbook

Run = Callable[..., Any]
SECRET = "anna.secret@example.org"
HEADINGS = ["Is there a survey?", "Do members set the agenda?", "Perspective", "Email"]
ROWS = [[["yes", "partly"][place % 2], "Yes", "Members", SECRET] for place in range(6)]


@pytest.fixture
def read_export(run: Run, here: Path) -> Run:
    """`answers read` of a file with these bytes."""

    def read(content: bytes, *words: str, name: str = "export.csv") -> Any:
        (here / name).write_bytes(content)
        rubric = ["-r", "small.yaml"] if "-r" not in words else []
        return run("answers", "read", name, "-o", "out/", "--subject", "Riverside", "--audit", "a-1", *rubric, *words)

    return read


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_becomes_one_answers_file_for_each_group(read_export: Run, here: Path, run: Run, kind: str) -> None:
    content = workbook(HEADINGS, *ROWS) if kind == "xlsx" else table_of(HEADINGS, *ROWS, separator=";", ends="\r\n")
    got = read_export(content, name="export.bin")
    assert got.exit_code == 0
    assert "There are 6 rows." in got.stderr + got.stdout
    assert "1 column can tell who somebody is" in got.stderr + got.stdout
    (written,) = (here / "out").iterdir()
    text = written.read_text("utf-8")
    assert "members: 6" in text
    assert "secret" not in text + got.stderr + got.stdout
    assert run("assess", "-r", "small.yaml", str(written)).exit_code == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"one\nyes\n", "one column only"),
        (table_of(HEADINGS), "no rows"),
        (table_of(HEADINGS, ["yes"]), "row 2 has not as many cells"),
        (table_of(HEADINGS, [*ROWS[0], SECRET]), "row 2 has not as many cells"),
        (b"a,b\nyes,\0\n", "not a text file"),
        (b"a," * 1_000_000 + b"\nx\n", "1,000,001 columns"),
        (table_of(HEADINGS) + b'"yes,no,members,x\n', "row 2: a quote opens here"),
        (table_of([HEADINGS[0], *HEADINGS], ["yes", *ROWS[0]]), "two columns hold the same"),
        (table_of(["", "1", "2"], *[[heading, "yes", SECRET] for heading in HEADINGS]), "in the first column"),
        (b"<html><body><table><tr><td>a,b</td></tr></table>", "web page"),
        (b'[{"survey": "yes", "agenda": "no"}]', "JSON"),
        (table_of(HEADINGS, ["perhaps", *ROWS[0][1:]]), "row 2, column “Is there a survey?”"),
        (table_of(HEADINGS, [*ROWS[0][:2], "", SECRET]), "does not say who answers (row 2)"),
        (table_of(HEADINGS, ["1", *ROWS[0][1:]]), "a number stands here"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_in_a_line(read_export: Run, here: Path, content: bytes, told: str) -> None:
    got = read_export(content)
    assert got.exit_code == 2
    assert told in got.stderr
    assert "secret" not in got.stderr + got.stdout
    assert not (here / "out").exists()


def test_of_very_many_wrong_rows_the_first_are_told(read_export: Run) -> None:
    got = read_export(table_of(HEADINGS, *[["perhaps", "perhaps", "Members", SECRET]] * 5_000))
    assert got.exit_code == 2
    assert "row 2," in got.stderr
    assert "row 200," not in got.stderr


def test_columns_says_what_a_column_holds(read_export: Run, here: Path) -> None:
    (here / "map.yaml").write_text("Frage 1: survey\nE-Mail: nothing\n", encoding="utf-8")
    content = table_of(["Frage 1", "E-Mail"], ["yes", SECRET])
    got = read_export(content, "--columns", "map.yaml", "--perspective", "staff")
    assert got.exit_code == 0, got.stderr
    (written,) = (here / "out").iterdir()
    assert 'survey: "yes"' in written.read_text("utf-8")
    (here / "map.yaml").write_text("Frage 2: survey\n", encoding="utf-8")
    got = read_export(content, "--columns", "map.yaml", "--perspective", "staff")
    assert got.exit_code == 2
    assert "map.yaml:1:1: no column is called “Frage 2”" in got.stderr
    assert "secret" not in got.stderr


@pytest.mark.parametrize("words", [[], ["--separate"]])
def test_notes_of_a_table_are_kept_only_where_that_is_wanted(read_export: Run, here: Path, words: list[str]) -> None:
    content = table_of([*HEADINGS, "q_survey__note"], [*ROWS[0], "Bob said"])
    got = read_export(content, *words)
    (written,) = (here / "out").iterdir()
    assert "Bob" not in written.read_text("utf-8")
    assert "Notes were left out" in got.stderr
