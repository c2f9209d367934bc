"""`involve-audit assess`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from involve_audit.cli import assess as assess_command

Run = Callable[..., Any]
WriteView = Callable[..., Path]
GOOD = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob(".*"))


# What is written where


def test_without_outputs_a_summary_goes_to_standard_output(assess: Run, view: WriteView) -> None:
    result = assess(view(answers=GOOD))
    assert result.exit_code == 0
    assert result.stdout.startswith("Audit: Riverside\nHigh: Something.\n1 Low; 2 High (here)\n")
    assert result.stderr == ""
    assert "\x1b" not in result.stdout


def test_each_output_is_written_in_the_format_of_its_suffix(assess: Run, view: WriteView, here: Path) -> None:
    names = ["a.html", "b.md", "c.txt", "d.audit.json", "E.HTM"]
    result = assess(view(answers=GOOD), *(word for name in names for word in ("-o", name)))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines() == [f"Written: {name}" for name in names]
    starts = [(here / name).read_text(encoding="utf-8")[:20] for name in names]
    assert [start.partition(" ")[0] for start in starts] == ["<!DOCTYPE", "#", "Audit:", "{\n", "<!DOCTYPE"]
    assert left_behind(here) == []


@pytest.mark.parametrize(
    ("name", "start"),
    [("text", "Audit"), ("html", "<!DOCTYPE"), ("markdown", "# Audit"), ("record", "{\n")],
)
def test_a_named_format_goes_to_standard_output(name: str, start: str, assess: Run, view: WriteView) -> None:
    path = view(answers=GOOD)
    for words in (["-o", "-", "--format", name], ["--format", name]):
        result = assess(path, *words)
        assert result.stdout.startswith(start)
        assert result.stderr == ""


def test_a_file_and_standard_output_can_be_asked_for_together(assess: Run, view: WriteView, here: Path) -> None:
    result = assess(view(answers=GOOD), "-o", "-", "-o", "a.md", "--format", "record")
    assert json.loads(result.stdout)["stage"]["floor"] == "high"
    assert (here / "a.md").read_text(encoding="utf-8").startswith("# Audit")


def test_the_same_input_gives_the_same_output_twice(assess: Run, view: WriteView, here: Path) -> None:
    words = ["-o", "a.html", "-o", "a.md", "-o", "a.txt", "-o", "a.audit.json"]
    path = view(answers=GOOD)
    written = []
    for _ in range(2):
        assert assess(path, *words).exit_code == 0
        written.append([(here / name).read_bytes() for name in words[1::2]])
    assert written[0] == written[1]


def test_a_record_is_the_same_from_every_folder_and_in_every_order(
    run: Run, view: WriteView, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = view("p/b.yaml", answers=GOOD, subject={"name": "Riverside", "kind": "service"})
    other = view("q/a.yaml", answers={"survey": "no"}, respondents={"staff": 1}, subject={"name": "Riverside"})
    records = set()
    for folder in (here, one.parent, other.parent):
        monkeypatch.chdir(folder)
        rubric = os.path.relpath(here / "small.yaml", folder)
        for views in ([one, other], [other, one]):
            for paths in (views, [os.path.relpath(path, folder) for path in views]):
                result = run("assess", "-r", rubric, *paths, "--format", "record")
                assert result.exit_code == 0
                records.add(result.stdout)
    assert len(records) == 1


def test_the_shipped_rubric_is_taken_where_the_answers_name_it(run: Run, view: WriteView) -> None:
    path = view(rubric="service-user-leadership-spectrum@1", respondents={"service-users": 3})
    result = run("assess", path, "--format", "record")
    assert json.loads(result.stdout)["rubric"]["id"] == "service-user-leadership-spectrum"


# What is refused


@pytest.mark.parametrize("name", ["report.docx", "report", "report.json"])
def test_an_unknown_suffix_is_refused_with_those_that_are_known(name: str, assess: Run, view: WriteView) -> None:
    result = assess(view(), "-o", name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{name}: its ending does not say which format to write")
    assert ".html" in result.stderr
    assert ".audit.json" in result.stderr
    assert result.stdout == ""


def test_every_unknown_suffix_is_named_at_once(assess: Run, view: WriteView, here: Path) -> None:
    result = assess(view(), "-o", "a.odt", "-o", "b.md", "-o", "c.docx")
    assert "a.odt" in result.stderr
    assert "c.docx" in result.stderr
    assert not (here / "b.md").exists()


def test_an_unknown_format_is_refused_with_the_nearest(assess: Run, view: WriteView) -> None:
    result = assess(view(), "--format", "markdwon")
    assert result.exit_code == 2
    assert "there is no format `markdwon`" in result.stderr
    assert "Did you mean `markdown`?" in result.stderr


def test_an_unknown_stage_is_refused_with_the_nearest(assess: Run, view: WriteView, here: Path) -> None:
    result = assess(view(answers=GOOD), "--fail-under", "hihg", "-o", "a.md")
    assert result.exit_code == 2
    assert "Did you mean `high`?" in result.stderr
    assert not (here / "a.md").exists()


def test_an_output_named_twice_is_refused(assess: Run, view: WriteView, here: Path) -> None:
    assert assess(view(), "-o", "a.md", "-o", "a.md").exit_code == 2
    assert not (here / "a.md").exists()


def test_an_output_named_twice_in_two_ways_is_refused(assess: Run, view: WriteView, here: Path) -> None:
    (here / "b.html").symlink_to("a.md")
    for other in ("./a.md", str(here / "a.md"), "b.html"):
        assert assess(view(), "-o", "a.md", "-o", other).exit_code == 2, other


@pytest.mark.parametrize("name", ["answers.md", "./answers.md", "link.md", "twin.md", "folder/../answers.md"])
def test_an_output_that_is_an_input_is_refused_and_left_alone(
    name: str, assess: Run, view: WriteView, here: Path
) -> None:
    path = view("answers.md", answers=GOOD)
    (here / "link.md").symlink_to("answers.md")
    (here / "twin.md").hardlink_to("answers.md")
    (here / "folder").mkdir()
    before = path.read_bytes()
    result = assess("answers.md", "-o", name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{name}: this file was read as input")
    assert path.read_bytes() == before


def test_the_rubric_is_an_input_too(assess: Run, run: Run, view: WriteView, here: Path) -> None:
    path = view()
    (here / "small.yaml").rename(here / "rubric.txt")
    before = (here / "rubric.txt").read_bytes()
    assert run("assess", path, "-r", "./rubric.txt", "-o", "rubric.txt").exit_code == 2
    assert (here / "rubric.txt").read_bytes() == before


def test_no_views_are_refused_with_what_to_write(assess: Run) -> None:
    result = assess()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "no answers files were named" in result.stderr


def test_bad_input_is_told_in_full_and_nothing_is_written(assess: Run, view: WriteView, here: Path) -> None:
    view("a.yaml", answers={"survey": "maybe", "bord": "yes"})
    view("b.yaml", date="tomorrow")
    result = assess("a.yaml", "b.yaml", "missing.yaml", "-o", "a.md", "-o", "-")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "missing.yaml: there is no such file" in result.stderr
    assert not (here / "a.md").exists()
    result = assess("a.yaml", "b.yaml")
    assert result.stdout == ""
    for words in ("`maybe` is not an answer", "Did you mean `board`?", "b.yaml:5:7: `tomorrow` is not a date"):
        assert words in result.stderr


def test_more_than_fifty_problems_are_cut_with_a_count(assess: Run, view: WriteView) -> None:
    result = assess(view(answers={f"no-such-item-{place:03}": "yes" for place in range(73)}))
    lines = result.stderr.splitlines()
    assert result.exit_code == 2
    assert sum("is not an item of this rubric" in line for line in lines) == 50
    assert lines[-1] == "… and at least 23 more."


def test_fifty_problems_are_shown_in_full(assess: Run, view: WriteView) -> None:
    result = assess(view(answers={f"no-such-item-{place:03}": "yes" for place in range(50)}))
    assert sum("is not an item of this rubric" in line for line in result.stderr.splitlines()) == 50
    assert "at least" not in result.stderr


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\u202e", "\x9b"])
def test_a_control_character_in_a_message_does_not_reach_the_terminal(sign: str, assess: Run, view: WriteView) -> None:
    results = [
        assess(view(answers={"survey": f"y{sign}s"})),
        assess(f"no{sign}file.yaml"),
        assess(view(), "-o", f"a{sign}.docx"),
        assess(view(), "-o", f"a{sign}.md"),
    ]
    for result in results:
        assert result.stderr
        assert sign not in result.stderr
    assert [result.exit_code for result in results[:3]] == [2, 2, 2]


@pytest.mark.parametrize("name", ["Bericht\u00a0neu.docx", "報告\u3000.docx", "👩\u200d👧.docx"])
def test_a_message_shows_a_name_in_any_script_as_it_stands(name: str, assess: Run, view: WriteView) -> None:
    assert assess(view(), "-o", name).stderr.startswith(f"{name}: ")


# Whole files or none


def test_a_missing_folder_is_refused(assess: Run, view: WriteView) -> None:
    result = assess(view(), "-o", "none/a.md")
    assert result.exit_code == 2
    assert "its folder does not exist" in result.stderr


def test_a_folder_as_output_is_refused(assess: Run, view: WriteView, here: Path) -> None:
    (here / "folder.md").mkdir()
    result = assess(view(), "-o", "folder.md")
    assert result.exit_code == 2
    assert "this is a folder" in result.stderr
    assert list((here / "folder.md").iterdir()) == []


@pytest.mark.parametrize("bad", ["none/b.md", "folder.md", "file/b.md"])
def test_one_bad_output_among_good_ones_writes_none(bad: str, assess: Run, view: WriteView, here: Path) -> None:
    (here / "folder.md").mkdir()
    (here / "file").write_text("a file")
    (here / "old.md").write_text("before")
    result = assess(view(), "-o", "old.md", "-o", bad, "-o", "new.html", "-o", "-")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert (here / "old.md").read_text() == "before"
    assert not (here / "new.html").exists()
    assert left_behind(here) == []


def test_a_failing_run_leaves_earlier_outputs_as_they_were(assess: Run, view: WriteView, here: Path) -> None:
    outputs = ["a.html", "a.md", "a.audit.json"]
    words = [word for name in outputs for word in ("-o", name)]
    assert assess(view(answers=GOOD), *words).exit_code == 0
    before = [(here / name).read_bytes() for name in outputs]
    assert assess(view(answers={"survey": "maybe"}), *words).exit_code == 2
    assert [(here / name).read_bytes() for name in outputs] == before
    assert left_behind(here) == []


def test_a_file_name_that_is_not_utf_8_is_no_fault(assess: Run, view: WriteView, here: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    try:
        view().rename(here / name)
    except OSError:
        pytest.skip("this file system has only UTF-8 names")
    result = assess(name, "-o", "a.html", "-o", "a.audit.json", "-o", "a.md")
    assert left_behind(here) == []
    assert result.exit_code == 0
    assert json.loads((here / "a.audit.json").read_bytes())["views"][0]["file"] == "caf\ufffd.yaml"


def test_the_permissions_of_a_replaced_file_are_kept(assess: Run, view: WriteView, here: Path) -> None:
    (here / "a.md").write_text("before")
    (here / "a.md").chmod(0o640)
    assert assess(view(), "-o", "a.md").exit_code == 0
    assert (here / "a.md").stat().st_mode & 0o777 == 0o640
    assert (here / "a.md").read_text(encoding="utf-8") != "before"


def test_a_new_file_has_the_permissions_of_any_new_file(assess: Run, view: WriteView, here: Path) -> None:
    (here / "other").write_text("")
    assert assess(view(), "-o", "a.md").exit_code == 0
    assert (here / "a.md").stat().st_mode == (here / "other").stat().st_mode


def test_a_link_is_followed_and_not_replaced(assess: Run, view: WriteView, here: Path) -> None:
    (here / "real").mkdir()
    (here / "real/a.md").write_text("before")
    (here / "link.md").symlink_to("real/a.md")
    (here / "new.md").symlink_to("real/new.md")
    assert assess(view(), "-o", "link.md", "-o", "new.md").exit_code == 0
    assert (here / "link.md").is_symlink()
    assert (here / "real/a.md").read_text(encoding="utf-8").startswith("# Audit")
    assert (here / "new.md").is_symlink()
    assert (here / "real/new.md").is_file()


# The gate


@pytest.mark.parametrize(
    ("answers", "stage", "code", "saying"),
    [
        (GOOD, "high", 0, ""),
        (GOOD, "low", 0, ""),
        (GOOD | {"board": "no", "agenda": "no"}, "high", 1, "the stage is `low`"),
        (GOOD | {"board": "no", "agenda": "no"}, "low", 0, ""),
        ({"survey": "yes"}, "low", 1, "not enough is known"),
        ({"survey": "yes"}, None, 0, ""),
    ],
)
def test_fail_under_exits_with_1_where_the_stage_is_not_reached_or_not_known(
    answers: dict[str, str], stage: str | None, code: int, saying: str, assess: Run, view: WriteView, here: Path
) -> None:
    result = assess(view(answers=answers), "-o", "a.md", "-o", "-", *(["--fail-under", stage] if stage else []))
    assert result.exit_code == code
    assert saying in result.stderr
    assert result.stdout.startswith("Audit")
    assert (here / "a.md").exists(), "the report is written all the same"


# The clock


def test_the_time_is_stated_only_where_source_date_epoch_gives_it(
    assess: Run, view: WriteView, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = view()
    assert json.loads(assess(path, "--format", "record").stdout)["written"] is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert json.loads(assess(path, "--format", "record").stdout)["written"] == "2023-11-14T22:13:20Z"
    assert "14 November 2023, 22:13:20 +0000" in assess(path, "--annex", "--format", "markdown").stdout


@pytest.mark.parametrize("written", ["yesterday", "1.5", "99999999999999999999", "2026-11-22"])
def test_a_source_date_epoch_that_is_no_time_is_refused(
    written: str, assess: Run, view: WriteView, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", written)
    result = assess(view(), "-o", "a.md")
    assert result.exit_code == 2
    assert f"SOURCE_DATE_EPOCH is `{written}`" in result.stderr
    assert not (here / "a.md").exists()


# Colour


@pytest.mark.parametrize("plain", [False, True])
def test_a_terminal_has_colour_unless_plain_text_is_asked_for(plain: bool, view: WriteView, terminal: Any) -> None:
    with redirect_stdout(terminal):
        assess_command.command([str(view(answers=GOOD))], "small.yaml", plain=plain)
    assert ("\x1b[1m" in terminal.getvalue()) is not plain


def test_a_file_has_no_colour_even_where_the_terminal_has(view: WriteView, here: Path, terminal: Any) -> None:
    with redirect_stdout(terminal):
        assess_command.command([str(view(answers=GOOD))], "small.yaml", ["a.txt", "-"])
    assert "\x1b" in terminal.getvalue()
    assert "\x1b" not in (here / "a.txt").read_text(encoding="utf-8")


def test_a_file_does_not_depend_on_the_width_of_the_terminal(
    assess: Run, view: WriteView, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = view(answers=GOOD)
    written = set()
    for columns in ("40", "100"):
        monkeypatch.setenv("COLUMNS", columns)
        assert assess(path, "-o", "a.txt").exit_code == 0
        written.add((here / "a.txt").read_bytes())
    assert len(written) == 1
