"""`answers invite`: forms for many services, a letter for each, and a list to tick off who has answered."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.nasty import NASTY

from involve_audit.loading.services import load_services
from involve_audit.loading.view import read_view

Run = Callable[..., Any]
DAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("involve_audit.clock.today", lambda: DAY)


@pytest.fixture
def table(here: Path) -> Callable[..., Path]:
    """Writes a table of services, a line each."""

    def write(*lines: str) -> Path:
        path = here / "wanted.csv"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def invite(run: Run) -> Run:
    """Writes answers files for the rubric `small`, the quickest sort of form, into the folder `out`."""

    def invoke(*words: object) -> Any:
        return run("answers", "invite", *words, "-r", "small.yaml", "--kind", "yaml", "-o", "out")

    return invoke


def rows(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "services.csv").read_text(encoding="utf-8-sig").splitlines()))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_service_gets_its_forms_and_a_letter(invite: Run, table: Run, here: Path) -> None:
    result = invite(table("Service,Kind,Audit,E-mail", "The River,ward,,ann@example.org", "Lake,,lake-7,b@c"))
    assert result.exit_code == 0
    assert "2 services, 2 of them new" in result.stderr
    assert "not read: E-mail" in result.stderr
    found = files(here / "out")
    assert set(found) == {
        "services.csv",
        "the-river-2026-11-28/the-river-2026-11-28.yaml",
        "the-river-2026-11-28/letter.txt",
        "lake-7/lake-7.yaml",
        "lake-7/letter.txt",
    }
    assert not any(b"ann@" in content for content in found.values())
    view = read_view(found["the-river-2026-11-28/the-river-2026-11-28.yaml"], "", DAY).tree.data
    assert (view["subject"], view["audit"]) == ({"name": "The River", "kind": "ward"}, "the-river-2026-11-28")
    assert rows(here / "out")[0] == {
        "Service": "The River",
        "Kind": "ward",
        "Audit": "the-river-2026-11-28",
        "Files": "the-river-2026-11-28/",
        "Answered": "",
    }


def test_the_letter_says_what_to_do_in_plain_words(invite: Run, table: Run, here: Path) -> None:
    invite(table("Service", "River"), "--by", "2026-12-24", "--reply-to", "Ann, ann@example.org")
    letter = (here / "out/river-2026-11-28/letter.txt").read_text(encoding="utf-8")
    for words in (
        "River",
        "river-2026-11-28.yaml",
        "5 questions",
        "Members",
        "You may leave questions open",
        "Nothing is sent by itself",
        "no names",
        "by 24 December 2026",
        "Send it to: Ann, ann@example.org",
    ):
        assert words in letter


def test_a_longer_table_adds_only_what_is_new(
    invite: Run, table: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(table("Service", "River", "Lake"))
    letter = here / "out/river-2026-11-28/letter.txt"
    letter.write_text("changed by hand", encoding="utf-8")
    before = files(here / "out")
    monkeypatch.setattr("involve_audit.clock.today", lambda: DAY + timedelta(1))
    result = invite(table("Service", "Moor", "the  river", "Lake"))
    assert "3 services, 1 of them new" in result.stderr
    after = files(here / "out")
    assert set(after) - set(before) == {"moor-2026-11-29/moor-2026-11-29.yaml", "moor-2026-11-29/letter.txt"}
    assert after["services.csv"].startswith(before.pop("services.csv"))
    assert {name: after[name] for name in before} == before
    assert [row["Service"] for row in rows(here / "out")] == ["River", "Lake", "Moor"]


def test_the_same_table_gives_the_same_again(invite: Run, table: Run, here: Path) -> None:
    path = table("Service", "River", "Lake")
    invite(path)
    before = files(here / "out")
    (here / "out/lake-2026-11-28/letter.txt").unlink()
    assert "Written: 1 file in" in invite(path).stderr
    assert files(here / "out") == before


def test_what_a_person_wrote_into_the_list_stays(invite: Run, table: Run, here: Path) -> None:
    invite(table("Service", "River"))
    ticked = "Answered;Service;Audit;Who\r\nyes;Rivér;river-2026-11-28;me".encode("cp1252")
    (here / "out/services.csv").write_bytes(ticked)
    assert invite(table("Service,Audit", "River,river-2026-11-28", "Lake, ")).exit_code == 0
    after = (here / "out/services.csv").read_bytes()
    assert after == ticked + b"\r\n;Lake;lake-2026-11-28;\r\n"
    result = invite(table("Service", "Примѣр"))
    assert result.exit_code == 2
    assert "not saved as UTF-8" in result.stderr
    assert (here / "out/services.csv").read_bytes() == after


def test_names_that_make_one_id_get_ids_of_their_own(invite: Run, table: Run, here: Path) -> None:
    invite(table("Service,Audit", "Home (north),", "Home Nörth,home-north-2026-11-28", "Home north 2,"))
    assert [row["Audit"] for row in rows(here / "out")] == [
        "home-north-2026-11-28-2",
        "home-north-2026-11-28",
        "home-north-2-2026-11-28",
    ]


@pytest.mark.parametrize("name", [f"x {NASTY}"[:290], "=1+1", "../../etc", "Примѣр", "con", "a" * 300, "-o"])
def test_any_name_is_text_in_the_files_and_no_path(invite: Run, here: Path, name: str) -> None:
    name = " ".join(name.replace("\x00", "").split())
    with (here / "wanted.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["Service"], [name]])
    assert invite("wanted.csv").exit_code == 0
    (path,) = (here / "out").glob("*/*.yaml")
    assert path.parent.parent == here / "out"
    assert path.name.isascii()
    assert all(not line.startswith(("=", "+", "-", "@")) for row in rows(here / "out") for line in row.values())
    (service,) = load_services(str(here / "out/services.csv")).services
    read = read_view(path.read_bytes(), "", DAY).tree.data
    assert " ".join(str(read["subject"]["name"]).split())[:20] == service.name[:20]


def test_the_list_is_what_batch_expects(invite: Run, run: Run, table: Run, here: Path) -> None:
    invite(table("Service", "=River", "Lake"))
    form = here / "out/river-2026-11-28/river-2026-11-28.yaml"
    text = form.read_text(encoding="utf-8").replace("  survey:", "  survey: yes", 1).replace(": 0 ", ": 2 ", 1)
    (here / "back").mkdir()
    (here / "back/river.yaml").write_text(text, encoding="utf-8")
    result = run("batch", "-r", "small.yaml", "back", "--expected", "out/services.csv")
    assert "1 of 2 services have answered" in result.stdout
    assert "- Lake" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "soon"], "no day within a year"),
        (["--by", "2026-11-27"], "no day within a year"),
        (["--by", "2029-01-01"], "no day within a year"),
        (["--reply-to", " "], "--reply-to has to have"),
        (["--kind", "letter"], "there is no format `letter`"),
    ],
)
def test_what_cannot_be_meant_is_refused(invite: Run, table: Run, here: Path, words: list[str], said: str) -> None:
    result = invite(table("Service", "River"), *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (here / "out").exists()


def test_a_folder_has_to_be_named(run: Run, table: Run) -> None:
    result = run("answers", "invite", table("Service", "River"))
    assert result.exit_code == 2
    assert "-o FOLDER" in result.stderr


def test_new_services_go_into_a_table_of_their_own(invite: Run, table: Run, here: Path) -> None:
    invite(table("Service", "River"))
    with (here / "out/services.csv").open("ab") as stream:
        stream.write(b"Lake,,,,\r\n")
    result = invite("out/services.csv")
    assert result.exit_code == 2
    assert "row 3 has no audit" in result.stderr


def test_forms_and_workbooks_are_what_is_written_by_itself(run: Run, table: Run, here: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    assert run("answers", "invite", table("Service", "River"), "-r", "small.yaml", "-o", "out").exit_code == 0
    found = {Path(name).name: content for name, content in files(here / "out").items()}
    assert set(found) == {"services.csv", "river-2026-11-28.html", "river-2026-11-28.xlsx", "letter.txt"}
    book = openpyxl.load_workbook(BytesIO(found["river-2026-11-28.xlsx"]))
    cells = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row}
    assert {"River", "river-2026-11-28"} <= cells
    assert b"river-2026-11-28" in found["river-2026-11-28.html"]


def test_the_audit_of_one_service_is_not_given_to_another_later(invite: Run, table: Run, here: Path) -> None:
    invite(table("Service", "A ward", "B ward"))
    before = files(here / "out")
    audit = rows(here / "out")[0]["Audit"]
    result = invite(table("Service,Audit", f"C ward,{audit}"))
    assert result.exit_code == 2
    assert f"row 2: the audit `{audit}` is that of “A ward”" in result.stderr
    assert files(here / "out") == before
    assert invite(table("Service,Audit", f"a ward,{audit}")).exit_code == 0


def test_forms_that_stay_as_they_are_are_told(invite: Run, table: Run) -> None:
    assert "stays as it is" not in invite(table("Service", "A ward")).stderr
    assert "stays as it is" in invite(table("Service", "A ward", "B ward"), "--by", "2026-12-24").stderr
