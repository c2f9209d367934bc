"""The overview: counts of audits for each rubric, the unknown apart, and never a ranking."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.pseudo import latin, pseudo_language, shown

from involve_audit import language

ROOT = Path(__file__).parents[3]
SPECTRUM = {"rubric": "service-user-leadership-spectrum@1.0.0"}
BEST = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}


@pytest.fixture
def several(view: Callable[..., Path]) -> None:
    """Audits for the rubric `small` at every stage."""
    view("in/a.yaml", audit="z-best", answers=BEST)
    view("in/b.yaml", audit="a-low", answers=BEST | {"agenda": "no", "board": "unknown"})
    view("in/c.yaml", audit="m-token", answers=BEST | {"token": "partly"})
    view("in/d.yaml", audit="b-open")


def test_the_text_says_how_many_are_where_and_what_holds_them_back(batch: Any, several: None) -> None:
    assert batch("in").stdout == (
        "Audits: an overview\n"
        "\n"
        "To follow up, most urgent first\n"
        "  - Riverside (b-open): Too little known; not heard: Members; 5 not known\n"
        "  - Riverside (m-token): High; 1 anti-pattern; 2 yeses without evidence\n"
        "  - Riverside (a-low): Low, could be High; 1 not known\n"
        "  - Riverside (z-best): High; 2 yeses without evidence\n"
        "\n"
        "What keeps most audits from their next stage\n"
        "  - 2. Agenda: 2; not known in 1\n"
        "  - 3. Board: 2; not known in 2\n"
        "  - 4. Ignored: 1; not known in 1\n"
        "  - 5. Token: 1; not known in 1\n"
        "\n"
        "All of them, each with its own line: -o overview.html -o overview.csv\n"
        "\n"
        "A small rubric 1.0.0: 4 audits\n"
        "  Low                                  1  1 could be higher\n"
        "  High                                 2\n"
        "  No stage named: not enough is known  1\n"
        "1 could be higher if open questions were answered.\n"
        "In 1 nobody was heard of: Members.\n"
        "1 audit is held back because too little was heard from: Members\n"
        "\n"
        "4 audits assessed, from 4 answers files.\n"
    )


@pytest.mark.parametrize("format_name", ["markdown", "jsonl"])
def test_all_audits_are_listed_by_name_and_not_by_stage(batch: Any, several: None, format_name: str) -> None:
    text = batch("in", "--format", format_name).stdout
    text = text.split("All audits")[-1]
    places = [text.index(name) for name in ("a-low", "b-open", "m-token", "z-best")]
    assert places == sorted(places)


def test_the_order_of_following_up_does_not_follow_the_stage(batch: Any, several: None) -> None:
    lines = batch("in").stdout.split("first\n")[1]
    assert lines.index("m-token") < lines.index("a-low"), "a higher stage, and more to talk about"


def test_each_rubric_has_its_own_section(batch: Any, run: Any, several: None, here: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "examples/riverside", here / "in/riverside")
    done = run("batch", "in", "-o", "o.md")
    assert done.exit_code == 2, "the rubric `small` is none of the shipped ones"
    assert "## Service user leadership spectrum 1.1.0: 1 audit\n" in (here / "o.md").read_text(encoding="utf-8")


def test_markdown_gives_every_figure_with_what_it_is_of(batch: Any, several: None) -> None:
    text = batch("in", "--format", "markdown").stdout
    assert "| Low | 1 | 1 could be higher |\n" in text
    assert "| Question | Held back | Not as it should be | In part | As it should be | Not known |\n" in text
    assert "| 2\\. Agenda | 2 | 1 | 0 | 2 | 1 |\n" in text
    assert "| 5\\. Token | 1 | 0 | 1 | 2 | 1 |\n" in text
    assert "| Members | 3 |\n" in text
    assert "| Theme | Low: free of it | High |\n" in text, "100% is good in every column"
    assert "| Voice | 100% of 3 known; not known: 1 | 80% of 5 known; not known: 3 |\n" in text


def test_nothing_to_follow_up_is_said(batch: Any, view: Any) -> None:
    seen = {"answer": "yes", "evidence": [{"text": "seen"}]}
    view("in/a.yaml", audit="best", answers=BEST | {"agenda": seen, "board": seen})
    assert batch("in").stdout.split("\n\n")[1] == "To follow up, most urgent first\n  - There is nothing to follow up."


def test_more_than_fit_are_counted(batch: Any, view: Any) -> None:
    for number in range(25):
        view(f"in/{number:02}.yaml", audit=f"a-{number:02}")
    text = batch("in").stdout
    assert "(a-19)" in text
    assert "\nand 5 more\n" in text
    assert "(a-20)" not in text


@pytest.mark.parametrize("format_name", ["text", "html", "markdown", "github"])
def test_no_word_is_hard_wired(batch: Any, several: None, here: Path, another_language: None, format_name: str) -> None:
    rubric = (here / "small.yaml").read_text(encoding="utf-8")
    for word in ("A small rubric", "Members", "Staff", "Voice", "Low", "High", "Agenda", "Board", "Token", "Ignored"):
        rubric = rubric.replace(f": {word}", ": Ω").replace(f"title: {word}", "title: Ω")
    for word in ("Survey", "Yes", "Partly", "Planned", "No"):
        rubric = rubric.replace(f'title: "{word}"', "title: Ω").replace(f"title: {word}", "title: Ω")
    (here / "small.yaml").write_text(rubric, encoding="utf-8")
    for file in (here / "in").iterdir():
        text = file.read_text(encoding="utf-8").replace("Riverside", "Ω")
        file.write_text(text, encoding="utf-8")
    language.use(pseudo_language())
    options = ("--fail-under", "high", "--fail-on", "unknown", "--fail-on", "unheard", "--fail-on", "anti-pattern")
    more = ("--fail-on", "unevidenced", "--fail-on", "not-enough-known")
    done = batch("in", "--format", format_name, *options, *more)
    ids = {"best", "low", "token", "open", "high", "fail", "under", "unknown", "unheard", "anti", "pattern"}
    ids |= {"unevidenced", "not", "enough", "known", "error", "warning", "notice", "file", "line", "col", "title", "in"}
    text = shown("html" if format_name == "html" else "markdown" if format_name == "markdown" else "text", done.stdout)
    assert latin(text) - ids == set()
    assert "⟦" in text


def test_services_are_told_by_name_and_by_id_only_where_several_have_this_name(batch: Any, view: Any) -> None:
    for audit, name in (("one", "Mill"), ("two", "Mill"), ("three", "Lake")):
        view(f"in/{audit}.yaml", audit=audit, subject={"name": name})
    (Path("in") / "broken.yaml").write_text("format: involve-audit/answers@1\naudit: four\n", encoding="utf-8")
    told = batch("in").stdout.split("\n\n")[1]
    assert re.findall("^  - (.*?): ", told, re.MULTILINE) == ["four", "Mill (one)", "Lake", "Mill (two)"]
    assert "| Mill | one |" in batch("in", "--format", "markdown").stdout
    html = batch("in", "--format", "html").stdout
    assert "<li>Mill (two)<small>: " in html, "among those to talk to first"
    assert "<li>Lake<small>: " in html
    assert "<li>Mill<small> two " in html, "from A to Z"


def test_what_is_new_since_the_baseline_is_told_by_name(batch: Any, view: Any) -> None:
    view("in/one.yaml", audit="one")
    batch("in", "-o", "baseline.jsonl")
    view("in/two.yaml", audit="two", subject={"name": "Mill"})
    assert "Not in the baseline\n  - Mill (two)\n" in batch("in", "--baseline", "baseline.jsonl").stdout


def test_in_plain_text_nothing_is_a_table(batch: Any, several: None) -> None:
    text = batch("in", "--plain").stdout
    assert "\n  - Low: 1; 1 could be higher\n  - High: 2\n" in text
    assert not re.search(r"\S {2,}\S", text)
    assert text.isascii()


def test_a_spreadsheet_can_be_sorted_by_whom_to_talk_to_first(batch: Any, several: None, rows: Any) -> None:
    batch("in", "--fail-on", "anti-pattern", "-o", "o.csv", "-o", "long.csv", "--publish")
    found = sorted(rows("o.csv"), key=lambda row: row["follow_up"] or "~")
    assert [(row["audit"], row["follow_up"]) for row in found] == [
        ("m-token", "2"),
        ("b-open", "3"),
        ("a-low", "8"),
        ("z-best", "9"),
    ]
    first = found[0]
    assert first["reasons"] == "fails anti-pattern; 1 anti-pattern; 2 yeses without evidence"
    assert (first["not_known"], first["anti_patterns_count"], first["unevidenced_count"]) == ("0", "1", "2")
    assert first["counts"] == "Yes: 3; Partly: 1; No: 1"
    assert first["respondents"] == "Members: fewer than 5"
    assert (first["rubric_title"], first["anti_patterns_titles"]) == ("A small rubric", "Token")


def test_one_row_a_question_has_its_number_and_titles(batch: Any, several: None, rows: Any) -> None:
    batch("in", "--long", "-o", "o.csv")
    board = next(row for row in rows("o.csv") if row["item"] == "board")
    titles = [board[name] for name in ("number", "theme_title", "item_stage_title", "answer_title", "heard_titles")]
    assert titles == ["3", "Voice", "High", "Not known", ""]


def test_respondents_are_added_up_over_the_views(batch: Any, view: Any, rows: Any) -> None:
    view("in/a.yaml", respondents={"members": 7, "staff": 1})
    view("in/b.yaml", respondents={"members": 2})
    batch("in", "-o", "o.csv")
    assert rows("o.csv")[0]["respondents"] == "Members: 9; Staff: 1"
    batch("in", "-o", "shared.csv", "--publish")
    assert rows("shared.csv")[0]["respondents"] == "Members: 7 + fewer than 5; Staff: fewer than 5"


def test_of_very_many_new_audits_the_first_are_listed(batch: Any, view: Any) -> None:
    view("in/one.yaml", audit="one")
    batch("in", "-o", "b.jsonl")
    for number in range(105):
        view(f"in/{number:03}.yaml", audit=f"a-{number:03}", subject={"name": f"House {number:03}"})
    page = batch("in", "--baseline", "b.jsonl", "--format", "markdown").stdout
    (line,) = (line for line in page.splitlines() if line.startswith("House 000 (a-000); "))
    assert line.endswith("House 099 (a-099); … and 5 more")
    assert "and 95 more" in batch("in", "--baseline", "b.jsonl").stdout
