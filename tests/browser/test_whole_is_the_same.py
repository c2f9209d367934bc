"""The program in the page is that of the command line: the same files, messages and exit codes, byte for byte."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.audits import EXAMPLES, ROOT, as_yaml
from tests.browser.inside import Inside, beside, in_folder
from tests.each import each
from tests.program import run_in
from tests.shapes.test_every_command import NAMES, answered, text_of
from tests.unit.engine.differences import a_rubric, a_view

from involve_audit.loading.rubric import load_rubric

INVALID = ROOT / "tests/cases/invalid"
WRONG = sorted(file.name for file in INVALID.glob("*.yaml"))
SHIPPED = "service-user-leadership-spectrum"
RANDOM, OF_A_RUBRIC, ALL = 280, 20, 300
Files = dict[str, bytes]


@pytest.fixture
def same(inside: Inside, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Files]:
    """Runs the program both ways, holds one against the other, and gives what was written."""

    def same(files: Files, *words: str) -> Files:
        there, here = inside.run(files, *words), beside(tmp_path_factory.mktemp("same"), files, *words)
        assert there.files.keys() == here.files.keys()
        assert [name for name, content in here.files.items() if there.files[name] != content] == []
        assert there == here
        return here.files

    return same


@each("name", EXAMPLES)
def test_a_terminal_is_told_the_same_of_an_example(name: str, same: Callable[..., Files]) -> None:
    same(in_folder(ROOT / "examples" / name, "audit/"), "assess", "audit")


def test_an_example_gives_the_same_in_all_formats_at_once(same: Callable[..., Files]) -> None:
    files = in_folder(ROOT / "examples/riverside", "audit/")
    assert len(same(files, "assess", "audit", "-o", "a.html", "-o", "a.md", "-o", "a.audit.json", "--annex")) == 3


def test_300_audits_in_one_run_give_the_same(same: Callable[..., Files], tmp_path: Path) -> None:
    """All examples and shapes are among them: no run of its own says more of these."""
    files: Files = {}
    for name in EXAMPLES:
        files |= in_folder(ROOT / "examples" / name, f"audits/{name}-")
    for name in NAMES:
        files |= of_shape(name, tmp_path)
    files |= of_random_rubrics(RANDOM)
    files |= of_a_shipped_rubric(ALL - RANDOM - len(EXAMPLES) - len(NAMES))
    formats = ("--report-format=html", "--report-format=markdown", "--report-format=record")
    written = same(files, "batch", "audits", "-q", "--reports", "reports", *formats, "-o", "all.csv", "-o", "all.html")
    assert written["all.csv"].count(b"\r\n") == ALL + 1
    assert len(written) == 3 * ALL + 2


def test_comparisons_give_the_same(same: Callable[..., Files]) -> None:
    years = ("riverside-2024", "riverside-2025", "riverside")
    files: Files = {}
    for name in years:
        files |= in_folder(ROOT / "examples" / name, f"{name}/")
    same(files, "diff", *years[1:], "-o", "d.html", "-o", "d.md", "-o", "d.json", "-o", "d.xml")
    same(files, "trend", *years, "-o", "t.html", "-o", "t.md", "-o", "t.json")
    same(files, "actions", *years, "-o", "a.html", "-o", "a.csv")


def test_what_is_made_to_send_out_is_the_same(same: Callable[..., Files]) -> None:
    same({}, "answers", "new", SHIPPED, "-o", "form.html")
    same({}, "rubric", "new", "mine", "--from", SHIPPED)


def test_what_is_wrong_with_a_file_is_said_in_the_same_words(same: Callable[..., Files]) -> None:
    files = {name: (INVALID / name).read_bytes() for name in WRONG}
    same(files, "answers", "check", *(name for name in WRONG if name.startswith("answers")))
    same(files, "rubric", "check", *(name for name in WRONG if name.startswith("rubric")))


@each("name", WRONG[::8])
def test_a_run_on_what_is_wrong_ends_the_same(name: str, same: Callable[..., Files]) -> None:
    """A run of its own for each would take longer than all else here."""
    words = ["assess"] if name.startswith("answers") else ["rubric", "check"]
    same({name: (INVALID / name).read_bytes()}, *words, name)


def test_runs_leave_nothing_to_the_next_and_say_what_they_say_at_once(inside: Inside) -> None:
    inside.page.evaluate("window.heard = []; worker.addEventListener('message', ({ data }) => heard.push(data.text))")
    ran = inside.run(in_folder(ROOT / "examples/riverside", "audit/"), "assess", "audit", "-o", "new.html")
    assert (ran.code, ran.out, list(ran.files)) == (0, "", ["new.html"])
    assert "Written: new.html\n" in inside.page.evaluate("heard")
    assert inside.run({}, "assess", "new.html").code == 2


# Audits


def of_shape(name: str, folder: Path) -> Files:
    """A rubric of tests/shapes, and an audit by it."""
    file = folder / f"{name}.yaml"
    file.write_text(text_of(name), encoding="utf-8")
    run_in(folder, "answers", "new", str(file), "-o", f"{name}-view.yaml")
    view = (folder / f"{name}-view.yaml").read_text(encoding="utf-8")
    text = answered(load_rubric(str(file)).content, view)
    return {f"rubrics/{name}.yaml": file.read_bytes(), f"audits/{name}.yaml": text.encode()}


def of_random_rubrics(count: int) -> Files:
    """So many audits of random rubrics, of one view each, and the rubrics."""
    files: Files = {}
    for number in range(0, count, OF_A_RUBRIC):
        chance, name = random.Random(number), f"random-{number}"
        text = a_rubric(chance).replace(b'"id": "small"', f'"id": "{name}"'.encode(), 1)
        files[f"rubrics/{name}.yaml"] = text
        for audit in range(number, number + OF_A_RUBRIC):
            head = {"rubric": f"{name}@1", "audit": f"random-{audit}", "subject": {"name": f"Tŷ <{audit}> & *co*"}}
            files[f"audits/random-{audit}.yaml"] = as_yaml(a_view(chance, json.loads(text)) | head).encode()
    return files


def of_a_shipped_rubric(count: int) -> Files:
    """So many audits of the shipped rubric, with random answers."""
    rubric = load_rubric(SHIPPED).content
    files: Files = {}
    for audit in range(count):
        chance = random.Random(audit)
        answers = {item.id: chance.choice(("yes", "partly", "no", "unknown")) for item in rubric.items}
        view = {
            "format": "involve-audit/answers@1",
            "rubric": f"{SHIPPED}@1",
            "audit": f"shipped-{audit}",
            "subject": {"name": f"Service {audit}", "kind": "ward"},
            "date": "2026-11-22",
            "respondents": {rubric.perspectives[audit % len(rubric.perspectives)].id: audit},
            "answers": answers,
        }
        files[f"audits/shipped-{audit}.yaml"] = as_yaml(view).encode()
    return files
