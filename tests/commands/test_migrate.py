"""`involve-audit answers migrate`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import Any

import pytest
from tests.comparisons import CHAIN, club_round

from involve_audit.versions.told import MOST_FILES_TOLD

Run = Callable[..., Any]
FIRST, SECOND, THIRD = CHAIN


TEXT = """\
format: involve-audit/answers@1
rubric: club@1.1.0
subject: {name: The club}
date: 2026-01-31
respondents: {members: 3}
answers:
  ignored: no
  token: no
  agenda: yes
  board: planned
"""


@pytest.fixture
def staff(here: Path) -> Path:
    (here / "staff.yaml").write_text(TEXT, encoding="utf-8")
    return Path("staff.yaml")


@pytest.fixture
def migrate(run: Run) -> Run:
    def invoke(*words: object) -> Any:
        return run("answers", "migrate", *words)

    return invoke


def test_it_shows_what_happens_and_writes_nothing(migrate: Run, staff: Path) -> None:
    before = staff.read_bytes()
    result = migrate(staff, "--to", "2.0.0", "-r", THIRD)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:5] == [
        "staff.yaml: from club@1.1.0 to club@2.0.0",
        "Kept: 2 answers",
        "  - ignored: no",
        "  - token: no",
        "Renamed: 1 answer",
    ]
    assert result.stderr == (
        "Nothing was written. To do it: "
        f"involve-audit answers migrate {quote(str(staff))} --to 2.0.0 -r {quote(str(THIRD))} --write\n"
    )
    assert staff.read_bytes() == before


def test_the_earlier_version_says_what_is_new(migrate: Run, staff: Path) -> None:
    without = migrate(staff, "--to", "2", "-r", THIRD)
    assert "Version 1.1.0 is not here" in without.stdout
    staff.write_text(TEXT.replace("1.1.0", "1.0.0"), encoding="utf-8")
    found = migrate(staff, "--to", "2", "-r", THIRD, "-r", FIRST)
    assert "Asked for the first time\n  - budget: Budget\n" in found.stdout


def test_it_writes_only_where_that_is_asked_for(migrate: Run, staff: Path) -> None:
    staff.write_bytes(b"\xef\xbb\xbf# first\r\n" + TEXT.replace("\n", "\r\n").encode())
    result = migrate(staff, "--to", "2.0.0", "-r", THIRD, "--write")
    assert (result.exit_code, result.stderr) == (0, f"Written: {staff}\n")
    written = staff.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf# first\r\n")
    assert b"\r\n  agenda-together: yes\r\n" in written
    assert written.endswith(b"retired:\r\n  board: planned\r\n")


def test_there_is_nothing_to_do_for_a_file_of_that_version(migrate: Run, staff: Path) -> None:
    before = staff.read_bytes()
    result = migrate(staff, "--to", "1.1.0", "-r", SECOND, "--write")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "names version 1.1.0 already" in result.stderr
    assert staff.read_bytes() == before


def test_answers_in_brackets_that_have_to_move_are_refused(migrate: Run, here: Path) -> None:
    path = club_round(here, "1.1.0", "2026-01-31", {"minutes": "yes"})
    before = path.read_bytes()
    result = migrate(path, "--to", "2", "-r", THIRD, "--write")
    assert result.exit_code == 2
    assert "answers that have to be moved do not stand on lines of their own" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--to", "1.0.0", "-r", FIRST], "this file is for version 1.1.0, and 1.0.0 is older"),
        (["--to", "2.0.0"], "version 2.0.0 of the rubric `club` is not here"),
        (["--to", "3", "-r", THIRD], "Here is: 2.0.0."),
        (["--to", "new", "-r", THIRD], "`new` is not a version of the rubric `club`"),
        (["--to", "other@2.0.0", "-r", THIRD], "`other@2.0.0` is not a version of the rubric `club`"),
        (["--to", "2", "-r", "no-such.yaml"], "there is no such file"),
    ],
)
def test_what_cannot_be_is_refused_in_words(migrate: Run, staff: Path, words: list[object], message: str) -> None:
    before = staff.read_bytes()
    result = migrate(staff, *words, "--write")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert staff.read_bytes() == before


def test_the_version_may_be_named_with_its_rubric(migrate: Run, staff: Path) -> None:
    assert migrate(staff, "--to", "club@2", "-r", THIRD).exit_code == 0


# Many files


@pytest.fixture
def folder(here: Path) -> Path:
    """Answers files to carry, there already, of another rubric and that cannot be read, and a file without answers."""
    files = {
        "a.yaml": TEXT,
        "below/b.yaml": TEXT.replace("  board: planned\n", ""),
        "there.yaml": TEXT.replace("1.1.0", "2.0.0").replace("  agenda: yes\n  board: planned\n", ""),
        "other.yaml": TEXT.replace("club@1.1.0", "service-user-leadership-spectrum@1.0.0"),
        "broken.yaml": TEXT.replace("date: 2026-01-31", "date: soon"),
        "notes.yaml": "just: notes\n",
    }
    for name, text in files.items():
        path = here / "services" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return here / "services"


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")}


def test_of_a_folder_each_file_is_told_and_all_are_counted(migrate: Run, folder: Path) -> None:
    before = contents(folder)
    result = migrate("services", "--to", "2.0.0", "-r", THIRD)
    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        "services/a.yaml: from club@1.1.0 to club@2.0.0. 3 answers kept and 1 put into",
        "`retired`.",
        "  - agenda is now agenda-together: yes",
        "  - board: planned. It is asked in another form now: board-seat and board-vote",
        "services/below/b.yaml: from club@1.1.0 to club@2.0.0. 3 answers kept.",
        "  - agenda is now agenda-together: yes",
    ]
    first, left_alone, command, *problems = result.stderr.splitlines()
    assert left_alone.startswith("Left alone: services/notes.yaml")
    assert first == "2 files to carry over, 1 there already and 2 left out. 6 answers kept and 1 put into `retired`."
    assert command.startswith("Nothing was written. To do it: involve-audit answers migrate services --to 2.0.0")
    assert [line.split(":")[0] for line in problems if line.startswith("services")] == [
        "services/broken.yaml",
        "services/other.yaml",
    ]
    assert contents(folder) == before


def test_what_can_be_carried_is_written_and_all_else_stays(migrate: Run, folder: Path) -> None:
    before = contents(folder)
    result = migrate("services", "--to", "2.0.0", "-r", THIRD, "--write")
    assert result.exit_code == 2
    assert result.stderr.startswith("2 files carried over, 1 there already and 2 left out. 6 answers kept and 1 put")
    after = contents(folder)
    assert {name for name in before if before[name] != after[name]} == {"a.yaml", "b.yaml"}
    assert all("rubric: club@2.0.0" in after[name] for name in ("a.yaml", "b.yaml"))
    again = migrate("services/a.yaml", "services/below", "--to", "2", "-r", THIRD, "--write")
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr.startswith("0 files carried over and 2 there already. Nothing was to be changed.")


def test_a_file_that_is_named_is_never_left_alone_in_silence(migrate: Run, folder: Path) -> None:
    result = migrate("services/a.yaml", "services/notes.yaml", "no-such.yaml", "--to", "2", "-r", THIRD)
    assert result.exit_code == 2
    assert "services/notes.yaml: " in result.stderr
    assert "no-such.yaml: there is no such file" in result.stderr
    assert "1 file to carry over and 2 left out." in result.stderr


def test_a_file_that_is_met_twice_is_carried_once(migrate: Run, folder: Path) -> None:
    result = migrate("services/a.yaml", "./services/a.yaml", "services", "--to", "2", "-r", THIRD)
    assert result.stderr.startswith("2 files to carry over")


def test_a_folder_without_answers_files_is_refused(migrate: Run, here: Path) -> None:
    (here / "empty").mkdir()
    result = migrate("empty", "--to", "2", "-r", THIRD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no answers files were found" in result.stderr


def test_of_very_many_files_the_first_are_told_and_the_others_counted(migrate: Run, here: Path) -> None:
    for number in range(MOST_FILES_TOLD + 3):
        (here / f"{number:02}.yaml").write_text(TEXT, encoding="utf-8")
    result = migrate("*.yaml", "--to", "2", "-r", THIRD, "--write")
    assert result.exit_code == 0
    assert result.stdout.count("from club@1.1.0") == MOST_FILES_TOLD
    assert result.stdout.endswith("… and 3 more files, not shown here.\n")
    assert result.stderr.startswith("23 files carried over. 69 answers kept and 23 put into `retired`.\n")


def test_a_file_that_cannot_be_changed_in_place_is_left_out_and_the_others_are_written(
    migrate: Run, folder: Path
) -> None:
    brackets = club_round(folder, "1.1.0", "2026-01-31", {"minutes": "yes"})
    before = brackets.read_bytes()
    result = migrate("services/a.yaml", brackets, "--to", "2", "-r", THIRD, "--write")
    assert result.exit_code == 2
    assert result.stderr.startswith("1 file carried over and 1 left out.")
    assert "answers that have to be moved do not stand on lines of their own" in result.stderr
    assert brackets.read_bytes() == before


def test_people_without_a_home_are_a_persons_decision(migrate: Run, here: Path) -> None:
    path = club_round(here, "1.0.0", "2026-01-31", {}, respondents={"members": 1, "guests": 2})
    result = migrate(path, "--to", "1.1.0", "-r", SECOND, "--write")
    assert result.exit_code == 2
    assert "version 1.1.0 has no perspective `guests`" in result.stderr
    assert ":6:" in result.stderr


def test_a_file_that_is_no_answers_file_is_refused(migrate: Run, here: Path) -> None:
    (here / "x.yaml").write_text("format: involve-audit/rubric@1\n", encoding="utf-8")
    result = migrate("x.yaml", "--to", "2", "-r", THIRD)
    assert result.exit_code == 2
    assert "this file says that it is `involve-audit/rubric@1`" in result.stderr


def test_a_migrated_audit_is_assessed_and_compared_as_before(migrate: Run, run: Run, here: Path) -> None:
    more = "  survey: yes\n  minutes: yes\n  accounts: yes\n  budget: yes\n"
    text = TEXT.replace("  board: planned\n", more)
    (here / "old.yaml").write_text(text, encoding="utf-8")
    (here / "new.yaml").write_text(text, encoding="utf-8")
    assert migrate("new.yaml", "--to", "2.0.0", "-r", THIRD, "--write").exit_code == 0
    assessed = run("assess", "new.yaml", "-r", THIRD)
    assert assessed.exit_code == 0
    compared = run("diff", "old.yaml", "new.yaml", "-r", SECOND, "-r", THIRD)
    assert "What the organisation did, under version" in compared.stdout


@pytest.mark.parametrize(
    ("line", "named", "said"),
    [
        ("tokn: no", [], "`tokn` is not an item of this rubric"),
        ("token: nope", [], "`nope` is not an answer"),
        ("tokn: no", [SECOND], "`tokn` is not an item of this rubric"),
        ("token: maybe", [SECOND], "`maybe` is not an answer to `token`"),
        ("weather: no", [SECOND], "`weather` is not an item of this rubric"),
    ],
)
def test_what_never_was_asked_or_answered_so_is_not_retired(
    migrate: Run, staff: Path, line: str, named: list[object], said: str
) -> None:
    staff.write_text(TEXT.replace("token: no", line), encoding="utf-8")
    before = staff.read_bytes()
    result = migrate(staff, "--to", "2", "-r", THIRD, *(word for file in named for word in ("-r", file)), "--write")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Did you mean `token`?" in result.stderr or "tokn" not in line
    assert staff.read_bytes() == before


def test_within_a_major_version_nothing_goes_so_that_what_is_not_there_is_a_slip(migrate: Run, here: Path) -> None:
    path = club_round(here, "1.0.0", "2026-01-31", {"weather": "yes"})
    result = migrate(path, "--to", "1.1.0", "-r", SECOND, "--write")
    assert result.exit_code == 2
    assert "`weather` is not an item of this rubric" in result.stderr


def test_a_question_answered_by_its_old_and_its_new_name_is_said_to_be(migrate: Run, staff: Path) -> None:
    staff.write_text(TEXT + "  agenda-together: no\n", encoding="utf-8")
    result = migrate(staff, "--to", "2", "-r", THIRD, "--write")
    assert result.exit_code == 2
    assert "`agenda` is answered, and so is `agenda-together`, its new name" in result.stderr


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\x85", "\u2028"])
def test_new_lines_end_as_those_of_the_file(migrate: Run, staff: Path, ending: str) -> None:
    staff.write_bytes(TEXT.replace("\n", ending).encode())
    assert migrate(staff, "--to", "2", "-r", THIRD, "--write").exit_code == 0
    after = staff.read_bytes().decode()
    assert "retired:" in after
    assert "\n" not in after.replace(ending, "")


def test_what_a_folder_holds_beside_answers_is_named(migrate: Run, folder: Path) -> None:
    (folder / "staff.docx").write_bytes(b"PK\x03\x04word/")
    said = " ".join(migrate("services", "--to", "2", "-r", THIRD).stderr.split())
    assert "services/notes.yaml (not read, because it holds no answers)" in said
    assert "services/staff.docx (not read, because this is a Word file)" in said
