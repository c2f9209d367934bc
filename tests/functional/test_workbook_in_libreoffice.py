"""A workbook is filled in with LibreOffice, saved as its own format and back, and comes back whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.browser.installed import absent, program
from tests.workbooks import blank, changed, received

from involve_audit.errors import InputError
from involve_audit.loading.rubric import load_rubric
from involve_audit.model.view import View

SPECTRUM = load_rubric("service-user-leadership-spectrum")
SCRIPT = Path(__file__).parent / "in_libreoffice.py"
XLSX, ODS = "Calc MS Excel 2007 XML", "calc8"
NOTE = "=1+1 is “a sum”, <b>&amp; 3/4 _x0041_ x005F_  two blanks"
TYPED = {
    ("date", "C"): "22/11/2026",
    ("respondents/staff", "C"): "2",
    ("subject", "C"): "1/2 House",
    ("consult-by-survey", "C"): "Yes",
    ("consult-by-survey", "D"): NOTE,
    ("governance-led", "C"): "Planned",
    ("governance-led", "F"): "2026-10-01",
    ("hosted-to-independence", "C"): "Does not apply",
    ("hosted-to-independence", "E"): "0123",
    ("actions/1", "D"): "Ask the council",
    ("actions/1", "F"): "2027-03-01",
}


class Seen(NamedTuple):
    """What LibreOffice made of a workbook: files, and what it says of the blank one and of the one saved twice."""

    files: dict[str, bytes]
    blank: dict[str, Any]
    twice: dict[str, Any]
    cells: dict[tuple[str, str], str]


def _python() -> str:
    """A Python with LibreOffice's bridge."""
    names = [name for name in ("/usr/bin/python3", shutil.which("python3")) if name]
    has_bridge = (
        name for name in names if not subprocess.run([name, "-c", "import uno"], capture_output=True).returncode
    )
    return next(has_bridge, "") or absent("python3-uno")


def _places(content: bytes) -> dict[str, int]:
    rows: dict[str, int] = {}
    changed(content, lambda sheet: rows.update({cell.value: cell.row for cell in sheet["B"] if cell.value}))
    return rows


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """One LibreOffice for all tests: the workbook typed into, saved as .xlsx and .ods, and the .ods as .xlsx again."""
    office, python = program("soffice"), _python()
    folder = tmp_path_factory.mktemp("office")
    empty = blank(SPECTRUM.content, audit="spring", views=2)
    (folder / "empty.xlsx").write_bytes(empty)
    rows = _places(empty)
    cells = {place: f"{place[1]}{rows[place[0]]}" for place in TYPED}
    typed = {cells[place]: text for place, text in TYPED.items()}
    looked_at = [f"{letter}{rows[name]}" for name in ("governance-led", "date") for letter in "ABC"]
    jobs: list[dict[str, Any]] = [
        {"open": "empty.xlsx", "look": looked_at},
        {"open": "empty.xlsx", "type": {"Answers": typed}, "save": {"typed.xlsx": XLSX, "typed.ods": ODS}},
        {"open": "typed.ods", "save": {"twice.xlsx": XLSX}},
        {"open": "twice.xlsx", "look": looked_at},
    ]
    for job in jobs:
        job["open"] = str(folder / job["open"])
        job["save"] = {str(folder / name): form for name, form in job.get("save", {}).items()}
    pipe = f"involve-audit-{os.getpid()}"
    profile = (folder / "profile").as_uri()
    started = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        f"--accept=pipe,name={pipe};urp;",
    ]
    with subprocess.Popen(started, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            ran = subprocess.run(
                [python, str(SCRIPT), pipe], input=json.dumps(jobs), capture_output=True, text=True, timeout=120
            )
            assert not ran.returncode, ran.stderr
            process.wait(30)
        finally:
            process.kill()
    told = json.loads(ran.stdout)
    files = {path.name: path.read_bytes() for path in folder.glob("t*.*")}
    return Seen(files, told[0], told[3], cells)


@pytest.mark.parametrize("file", ["typed.xlsx", "twice.xlsx"])
def test_what_was_typed_is_the_view(seen: Seen, file: str) -> None:
    found = received(seen.files[file])
    (read,) = found.views
    assert read.problems == []
    assert read.source is not None
    expected = View.from_tree(
        {
            "format": "involve-audit/answers@1",
            "rubric": SPECTRUM.content.reference,
            "audit": "spring",
            "subject": {"name": "1/2 House"},
            "date": "2026-11-22",
            "respondents": {"staff": 2},
            "answers": {
                "consult-by-survey": {"answer": "yes", "note": NOTE},
                "governance-led": {"answer": "planned", "evidence": [{"text": "2026-10-01"}]},
                "hosted-to-independence": {"answer": "not-applicable", "reason": "0123"},
            },
            "actions": [{"what": "Ask the council", "due": "2027-03-01"}],
        }
    )
    assert read.source.content.changed(response=None) == expected
    assert found.told == ["Nothing is filled in on `Answers 2`."]


@pytest.mark.parametrize("when", ["blank", "twice"])
def test_lists_names_and_locks_are_there(seen: Seen, when: str) -> None:
    told = seen.blank if when == "blank" else seen.twice
    assert told["sheets"] == {"Answers": [True, True], "Answers 2": [True, True], "Lists": [False, True]}
    assert {"questions", "answers_1"} <= set(told["names"])
    question, name, answer, _question, _name, day = told["cells"].values()
    assert (question["locked"], name["locked"], answer["locked"], day["locked"]) == (True, True, False, False)
    assert (answer["kind"], day["kind"]) == ("LIST", "DATE")
    assert answer["list"] in told["names"]


def test_the_file_of_libreoffice_itself_is_refused_and_it_is_said_how_to_save_it(seen: Seen) -> None:
    with pytest.raises(InputError) as refused:
        received(seen.files["typed.ods"])
    (problem,) = refused.value.problems
    assert problem.what == "this is a workbook of LibreOffice (.ods)"
    assert ".xlsx" in problem.hint
