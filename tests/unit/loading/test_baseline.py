"""A baseline is what an earlier run wrote: rows, a document of them, a record, or a folder of records."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from involve_audit.engine.compiled import CompiledRubric, compile_rubric
from involve_audit.errors import Problem
from involve_audit.loading.baseline import Before, before_from, kept_before, load_baseline
from involve_audit.loading.rubric import load_rubric

Problems = Callable[..., tuple[Problem, ...]]
ANSWERS = {"agenda": "yes", "board": "unknown"}


def row(audit: str = "one", **changed: Any) -> dict[str, Any]:
    rubric = {"id": "small", "version": "1.0.0"}
    stage = {"floor": "low", "ceiling": "high"}
    whole = {"format": "involve-audit/batch@1", "audit": audit, "rubric": rubric, "stage": stage, "answers": ANSWERS}
    return whole | changed


def record(audit: str = "one") -> dict[str, Any]:
    items = [{"id": item, "answer": answer} for item, answer in ANSWERS.items()]
    whole = row(audit) | {"format": "involve-audit/record@1", "items": items}
    return {name: value for name, value in whole.items() if name != "answers"}


def write(path: Path, *data: Any) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(one) for one in data), encoding="utf-8")
    return str(path)


@pytest.fixture
def made(tmp_path: Path) -> dict[str, str]:
    """The same two audits in every form there is."""
    write(tmp_path / "records/a/one.audit.json", record("one"))
    write(tmp_path / "records/two.audit.json", record("two"))
    write(tmp_path / "records/overview.json", {"not": "a record"})
    document = {"format": "involve-audit/batch@1", "audits": [row("one"), row("two")]}
    bad = {"format": "involve-audit/batch@1", "audit": "three", "problems": [{"what": "x"}]}
    return {
        "lines": write(tmp_path / "o.jsonl", row("one"), row("two"), bad),
        "a document": write(tmp_path / "o.json", document),
        "records": str(tmp_path / "records"),
    }


def test_what_is_hidden_in_a_folder_is_no_part_of_it(made: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "records/.old/one.audit.json", record("one"))
    write(tmp_path / "records/.two.audit.json", record("two"))
    with closing(load_baseline(made["records"])) as baseline:
        assert sorted(baseline) == ["one", "two"]


@pytest.mark.parametrize("form", ["lines", "a document", "records"])
def test_every_form_holds_the_same(made: dict[str, str], form: str) -> None:
    with closing(load_baseline(made[form])) as baseline:
        assert sorted(baseline) == ["one", "two"]
        line = baseline.line("two")
        assert line is not None
        assert before_from(line) == Before("small", "1.0.0", "low", ANSWERS)
        assert baseline.line("three") is None


def test_one_record_is_a_baseline_of_one(tmp_path: Path) -> None:
    with closing(load_baseline(write(tmp_path / "r.audit.json", record()))) as baseline:
        assert list(baseline) == ["one"]


@pytest.mark.parametrize(
    ("name", "data", "where", "what"),
    [
        ("o.jsonl", [row("one"), row("one")], "o.jsonl:2", "`one` is in the baseline twice; first in"),
        ("o.jsonl", ["no row"], "o.jsonl:1", "this is no result of an audit"),
        ("o.jsonl", [row(), {"format": "involve-audit/answers@1"}], "o.jsonl:2", "this is no result of an audit"),
        ("o.json", [{"format": "involve-audit/record@2"}], "o.json", "this is of another version"),
        ("o.json", [[1, 2]], "o.json", "this is no result of an audit"),
        ("o.jsonl", [row(answers=None)], "o.jsonl:1", "this result is not whole"),
        ("o.jsonl", [row(answers={"agenda": 1})], "o.jsonl:1", "this result is not whole"),
        ("o.jsonl", [row(answers=[["agenda", "yes"]])], "o.jsonl:1", "this result is not whole"),
        ("o.jsonl", [row(unevidenced=0)], "o.jsonl:1", "this result is not whole"),
        ("o.jsonl", [row(unevidenced=False)], "o.jsonl:1", "this result is not whole"),
        ("o.jsonl", [row(unevidenced={"agenda": 1})], "o.jsonl:1", "this result is not whole"),
        ("o.jsonl", [row(), row("two", unevidenced="agenda")], "o.jsonl:2", "this result is not whole"),
        ("o.jsonl", [row(stage={})], "o.jsonl:1", "this result is not whole"),
        ("o.jsonl", [row(rubric={"id": "small"})], "o.jsonl:1", "this result is not whole"),
        ("o.audit.json", [record() | {"items": [{"id": "agenda"}]}], "o.audit.json", "this result is not whole"),
    ],
)
def test_what_is_no_baseline_is_a_problem_at_its_line(
    tmp_path: Path, problems_of: Problems, name: str, data: list[Any], where: str, what: str
) -> None:
    (problem,) = problems_of(load_baseline, write(tmp_path / name, *data))
    assert problem.where == str(tmp_path / where)
    assert problem.what.startswith(what)


@pytest.mark.parametrize("content", [b"{", b"[" * 100_000, b'{"format": "\xff"}'])
def test_what_is_not_json_is_a_problem(tmp_path: Path, problems_of: Problems, content: bytes) -> None:
    (tmp_path / "o.json").write_bytes(content)
    assert problems_of(load_baseline, str(tmp_path / "o.json"))


@pytest.mark.parametrize("name", ["none.json", "x" * 300, "a\0b", "empty"])
def test_what_is_not_there_is_a_problem(tmp_path: Path, problems_of: Problems, name: str) -> None:
    (tmp_path / "empty").mkdir()
    assert problems_of(load_baseline, f"{tmp_path}/{name}")


def small(root: Path) -> CompiledRubric:
    return compile_rubric(load_rubric(str(root / "tests/cases/valid/rubric-small.yaml")).content)


@pytest.mark.parametrize(
    ("before", "comparable"),
    [
        (Before("small", "1.0.0", "high", ANSWERS), True),
        (Before("small", "1.9.9", "high", ANSWERS), True),
        (Before("small", "2.0.0", "high", ANSWERS), False),
        (Before("other", "1.0.0", "high", ANSWERS), False),
        (Before("small", "1.0.0", "gone", ANSWERS), False),
    ],
)
def test_an_audit_can_be_compared_within_a_major_version(root: Path, before: Before, comparable: bool) -> None:
    found = kept_before(before, "small", "1.0.0", small(root))
    assert (found is not None) is comparable
    if found:
        assert found.stage == "high"
        assert (found.items["agenda"].answer, found.items["agenda"].worth) == ("yes", 1)
        assert (found.items["board"].is_open, found.items["board"].worth) == (True, 0)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("no-bytes.jsonl", b""),
        ("blank-lines.jsonl", b"\n \n\n"),
        ("a-mark.jsonl", b"\xef\xbb\xbf"),
        ("no-bytes.json", b""),
        ("braces.json", b"{}"),
        ("brackets.json", b"[]"),
        ("brackets.jsonl", b"[]"),
        ("null.json", b"null"),
        ("no-audits.json", b'{"format": "involve-audit/batch@1", "audits": []}'),
        ("none-assessed.jsonl", b'{"format": "involve-audit/batch@1", "audit": "a", "problems": []}'),
        ("no-bytes.audit.json", b""),
        ("braces.audit.json", b"{}"),
    ],
)
def test_a_baseline_with_nothing_in_it_is_refused(
    tmp_path: Path, problems_of: Problems, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    (problem,) = problems_of(load_baseline, str(tmp_path / name))
    assert "A baseline is the .jsonl or .json of an earlier `batch`" in problem.hint
