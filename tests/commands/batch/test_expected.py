"""`batch --expected`: whose answers are missing, who answered though nobody asked, and who was not heard."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteView = Callable[..., Path]
FINE = {"survey": "yes", "agenda": "yes", "board": "yes", "ignored": "no", "token": "no"}


@pytest.fixture
def services(here: Path) -> Callable[..., Path]:
    """Writes a table of services, a line each."""

    def write(*lines: str, encoding: str = "utf-8") -> Path:
        path = here / "services.csv"
        path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
        return path

    return write


@pytest.fixture
def expected(batch: Run, here: Path) -> Callable[..., Any]:
    """What the overview says of those expected, as data."""

    def found(path: Path, *words: object) -> dict[str, Any]:
        batch("all", "--expected", path, "-q", "--allow-none", *words, "-o", here / "o.json")
        awaited: dict[str, Any] = json.loads((here / "o.json").read_text(encoding="utf-8"))["expected"]
        return {key: [one["service"] for one in told] for key, told in awaited.items() if isinstance(told, list)}

    return found


@pytest.fixture
def some(view: WriteView) -> Path:
    """Answers of three services: of one not by its members; and a form of a fourth that nobody filled in."""
    view("all/river.yaml", audit="river-1", subject={"name": "River"}, answers=FINE)
    view("all/lake.yaml", audit="lake-1", subject={"name": "Lake"}, answers=FINE, respondents={"staff": 2})
    view("all/hill.yaml", audit="hill-1", subject={"name": "Hill"}, answers=FINE)
    view("all/sea.yaml", audit="sea-1", subject={"name": "Sea"}, answers={"board": "unknown"})
    return view("all/deep/dale.yaml", audit="dale-1", subject={"name": "Dale"}, answers={"board": "pary"}).parent.parent


LIST = ("Service,Audit,E-mail", "River,river-1,a@b", "Lake,lake-1,", "Sea,sea-1,", "Dale,dale-1,", "Moor,moor-1,")


def test_it_names_who_has_not_answered_and_who_did_though_not_expected(
    expected: Run, services: Run, some: Path
) -> None:
    assert expected(services(*LIST)) == {
        "missing": ["Sea", "Moor"],
        "unreadable": ["Dale"],
        "unheard": ["Lake"],
        "unexpected": ["Hill"],
    }


@pytest.mark.parametrize("name", ["o.txt", "o.md", "o.html"])
@pytest.mark.parametrize("words", [[], ["--publish"]])
def test_every_overview_says_so(batch: Run, services: Run, some: Path, here: Path, name: str, words: list[str]) -> None:
    assert batch(some, "--expected", services(*LIST), *words, "-o", name).exit_code == 2, "one cannot be assessed"
    text = (here / name).read_text(encoding="utf-8")
    assert "2 of 5 services have answered" in text
    for heading, named in {
        "Expected, and not answered yet": "Moor",
        "Sent in, and could not be assessed": "Dale",
        "Answered, but not yet by: Members": "Lake",
        "Answered, and not in the list of those expected": "Hill",
    }.items():
        assert re.search(rf"{heading}(?:(?!\n## |<h2|\n\n[A-Z]).)*\b{named}\b", text, re.DOTALL), heading


def test_an_audit_is_found_by_its_id_and_else_by_its_name(
    expected: Run, services: Run, view: WriteView, here: Path
) -> None:
    without = view("all/a.yaml", subject={"name": "the  river"}, answers=FINE)
    without.write_text(without.read_text(encoding="utf-8").replace('audit: "spring"\n', ""), encoding="utf-8")
    view("all/b.yaml", audit="lake-1", subject={"name": "Another name"}, answers=FINE)
    view("all/c.yaml", audit="moor-2025", subject={"name": "Moor"}, answers=FINE)
    view("all/d.yaml", audit="dale-7", subject={"name": "Dale"}, answers=FINE)
    table = services("name;kind;audit", "River;ward;river-1", "Lake;;lake-1", "Moor;;moor-2026", "Dale;;")
    assert expected(table) == {"missing": ["Moor"], "unreadable": [], "unheard": [], "unexpected": ["Moor"]}


def test_where_nobody_has_answered_everybody_is_missing(expected: Run, batch: Run, services: Run, here: Path) -> None:
    (here / "all").mkdir()
    table = services("Service", "River", "Lake")
    assert expected(table)["missing"] == ["River", "Lake"]
    result = batch("all", "--expected", table, "--fail-on", "missing")
    assert result.exit_code == 1
    assert "--fail-on missing: 2 services have not answered" in result.stderr
    assert "nothing to follow up" in result.stdout
    assert batch("nowhere", "--expected", table).exit_code == 2


def test_a_test_report_has_a_case_for_each_that_is_missing(
    batch: Run, services: Run, view: WriteView, here: Path
) -> None:
    view("all/river.yaml", audit="river-1", answers=FINE)
    table = services("Service,Audit", "River,river-1", "Moor & <b>,moor-1")
    for words, how in (([], "skipped"), (["--fail-on", "missing"], "failure")):
        batch("all", "--expected", table, *words, "-o", "r.xml")
        suite = ET.parse(here / "r.xml").getroot()[0]
        assert (suite.get("tests"), suite.get("failures")) == ("2", str(int(how == "failure")))
        (case,) = [case for case in suite if len(case)]
        assert (case.get("classname"), case.get("name"), case[0].tag) == ("Moor & <b>", "moor-1", how)


def test_missing_needs_a_list(batch: Run, view: WriteView) -> None:
    result = batch(view(answers=FINE), "--fail-on", "missing")
    assert result.exit_code == 2
    assert "--expected SERVICES.csv" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_however_it_is_saved(expected: Run, services: Run, view: WriteView, encoding: str) -> None:
    view("all/a.yaml", audit="x", subject={"name": "Übung"}, answers=FINE)
    assert expected(services("Service\tKind", "Übung\tWard", "Ärger\t", encoding=encoding))["missing"] == ["Ärger"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Where,Kind", "River,ward"], "no column of this table says which services there are"),
        (["Service", "River", "the river"], "rows 2 and 3: two services have one name"),
        (["Service,Audit", "River,a-1", "Lake,a-1"], "rows 2 and 3 have one audit: `a-1`"),
        (["Service,Audit", "River,no good", ",b-1"], "row 2: `no good` cannot be the name of an audit"),
        (["Service,Audit", "River,a-1", ",b-1"], "row 3: the name of the service is missing"),
        (["Service"], "headings and no rows"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_rows(
    batch: Run, services: Run, view: WriteView, lines: list[str], said: str
) -> None:
    result = batch(view(answers=FINE), "--expected", services(*lines))
    assert result.exit_code == 2
    assert said in result.stderr


def test_two_services_may_have_one_name_where_each_has_an_audit(expected: Run, services: Run, view: WriteView) -> None:
    view("all/a.yaml", audit="north-1", subject={"name": "Home"}, answers=FINE)
    table = services("Service,Audit", "Home,north-1", "Home,south-1")
    assert expected(table)["missing"] == ["Home"]


def test_a_list_has_so_many_services_and_no_more(batch: Run, services: Run, view: WriteView) -> None:
    lines = ["Service", *(f"Home {number}" for number in range(5_001))]
    path = view(answers=FINE)
    assert "more than 5,000 services" in batch(path, "--expected", services(*lines)).stderr
    assert batch(path, "--expected", services(*lines[:-1]), "-q").exit_code == 0


def test_of_very_many_that_are_missing_an_overview_lists_the_first(
    batch: Run, services: Run, view: WriteView, here: Path
) -> None:
    table = services("Service", *(f"Home {number}" for number in range(600)))
    batch(view(answers=FINE), "--expected", table, "-o", "o.md", "-o", "o.txt", "-o", "o.json")
    assert "… and 100 more" in (here / "o.md").read_text(encoding="utf-8")
    assert "550 more" in (here / "o.txt").read_text(encoding="utf-8")
    assert len(json.loads((here / "o.json").read_text(encoding="utf-8"))["expected"]["missing"]) == 600


def test_of_very_many_that_are_not_expected_the_first_are_named(batch: Run, services: Run, here: Path) -> None:
    from involve_audit.batch.expected import MOST_UNEXPECTED, Arrived

    arrived = Arrived()
    for number in range(MOST_UNEXPECTED + 2):
        one = Arrived()
        one.unexpected.add([("Home", f"home-{number}")])
        arrived.add(one)
    assert (len(arrived.unexpected.kept), arrived.unexpected.more) == (MOST_UNEXPECTED, 2)


def test_nasty_names_stay_names(batch: Run, services: Run, view: WriteView, here: Path) -> None:
    names = ["'=1+1", "<script>alert(1)</script>", "| a | b |", "[red]x[/red]", "# {{ 7*7 }}"]
    table = services("Service", *names)
    batch(
        view(answers=FINE, subject={"name": "=1+1"}), "--expected", table, "-o", "o.html", "-o", "o.md", "-o", "o.txt"
    )
    page, markdown, text = ((here / name).read_text(encoding="utf-8") for name in ("o.html", "o.md", "o.txt"))
    assert "<script>alert" not in page + markdown
    assert "[red]x[/red]" in text
    assert "{{ 7*7 }}" in text
    assert "=1+1" not in text.partition("Expected, and")[2].partition("To follow up")[0], "it has answered"
