"""Files with very many problems, or very many values: the first are told, nothing is worked out for the others."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.each import each

from involve_audit.errors import MOST_PROBLEMS, InputError, Problem
from involve_audit.loading import events, plain
from involve_audit.loading.audit import load_audit
from involve_audit.loading.baseline import load_baseline
from involve_audit.loading.record import read_record
from involve_audit.loading.rubric import MOST_LAYERS, load_rubric_by_id, parse_rubric
from involve_audit.loading.rubric_rules import MOST_LOOKS
from involve_audit.loading.tree import MOST_IN_JSON, MOST_OBJECTS, MOST_VALUES, parse_tree, require_few_values
from involve_audit.model.record import MOST_VIEWS
from involve_audit.model.rubric import MOST_OPTIONS, MOST_STAGES

Problems = Callable[..., tuple[Problem, ...]]
MANY = 3_000
MORE = "there are more problems than these, which are not told"


def lines(pattern: str) -> str:
    """So many lines, each with a number of its own in place of `N`."""
    return "".join(pattern.replace("N", str(number)) + "\n" for number in range(MANY))


AUDITS = {
    "keys": lines("kN: 1"),
    "answers": "answers:\n" + lines("  kN: yes"),
    "no answers": "answers:\n" + lines("  kN: [yes]"),
    "twice": "method: x\n" + lines("method: xN"),
    "people": "respondents:\n" + lines("  kN: 1"),
    "dates": "answers:\n  board:\n    answer: yes\n    evidence:\n" + lines("    - {text: t, date: 2999-01-01}"),
    "actions": "actions:\n" + lines("- {item: kN, what: x}"),
    "half actions": "actions:\n" + lines("- {}"),
}
OVERLAY = "format: involve-audit/overlay@1\nid: o\nversion: 1.0.0\nextends: small@1\ntitle: t\nbecause: b\n"
LINKED = "  - {id: x, title: t, ask: a, stage: low, theme: voice, kind: deficit, next_step: n, limits: ["


def with_many_problems(name: str, answers: Callable[..., str], small_rubric: str, root: Path) -> list[Any]:
    """A call that refuses a file with so many problems, and what it is called with."""
    if name in AUDITS:
        Path("a.yaml").write_text(answers() + AUDITS[name], encoding="utf-8")
        return [load_audit, ["a.yaml"], date(2026, 11, 23)]
    if name == "record":
        data = json.loads((root / "tests/records/0.1.0/own-rubric.audit.json").read_text(encoding="utf-8"))
        data["views"][0]["answers"] = {f"k{n}": 1 for n in range(MANY)}
        return [read_record, json.dumps(data, indent=1).encode(), "r.audit.json"]
    if name == "baseline":
        row = {"format": "involve-audit/batch@1", "audit": "a", "rubric": {"id": "r", "version": "1.0.0"}}
        row |= {"stage": {"floor": "x"}, "answers": {}}
        Path("b.jsonl").write_text(f"{json.dumps(row)}\n" * MANY, encoding="utf-8")
        return [load_baseline, "b.jsonl"]
    rubrics = {
        "rubric": small_rubric + lines("kN: 1"),
        "links": small_rubric.replace("indicators:\n", f"indicators:\n{LINKED}{lines('xN,')}]}}\n"),
        "overlay": OVERLAY + "texts:\n  items:\n" + lines("    kN: {title: x}"),
    }
    return [parse_rubric, rubrics[name].encode(), "o.yaml"]


FILES = (
    *("keys", "answers", "no answers", "twice", "people", "dates", "actions", "half actions"),
    *("record", "baseline", "rubric", "links", "overlay"),
)


@pytest.mark.parametrize("name", FILES)
def test_of_very_many_problems_the_first_are_told_and_that_there_are_more(
    name: str, here: Path, answers: Callable[..., str], small_rubric: str, root: Path
) -> None:
    call, *words = with_many_problems(name, answers, small_rubric, root)
    calls: Counter[str] = Counter()

    def count(_frame: Any, event: str, function: Any) -> None:
        if event in ("call", "c_call"):
            calls[function.__name__ if event == "c_call" else _frame.f_code.co_name] += 1

    sys.setprofile(count)
    try:
        call(*words)
        problems: tuple[Problem, ...] = ()
    except InputError as error:
        problems = error.problems
    finally:
        sys.setprofile(None)
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].what == MORE
    assert all(problem.path and problem.line for problem in problems if name != "baseline")
    assert calls["get_close_matches"] <= 2 * MOST_PROBLEMS + 2
    assert calls["lines"] <= 5


def test_exactly_so_many_are_told_in_full(here: Path, answers: Callable[..., str], problems_of: Problems) -> None:
    problems = problems_of(parse_tree, (answers() + "method: x\n" * (MOST_PROBLEMS + 1)).encode(), "a.yaml")
    assert {problem.what for problem in problems} == {"`method` is here twice; first on line 5"}
    assert len(problems) == MOST_PROBLEMS


# Very many values


@pytest.mark.parametrize(
    ("inside", "values", "most"),
    [("- x\n", 1, 1_000), ("- []\n", 1, 1_000), ("- k: x\n", 3, 1_000), ("k{}: x\n", 2, MOST_VALUES)],
)
def test_yaml_with_so_many_keys_and_values_is_read_and_no_more(
    inside: str, values: int, most: int, problems_of: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "MOST_VALUES", most)
    monkeypatch.setattr(plain, "MOST_CHARACTERS", most)
    number = (most - 1) // values
    content = "".join(inside.format(place) for place in range(number + 1))
    assert len(parse_tree(content[: content.rindex("\n", 0, -1) + 1].encode(), "a.yaml").data) == number
    (problem,) = problems_of(parse_tree, content.encode(), "a.yaml")
    assert problem.what == f"this file holds more values than any of its kind should (more than {most:,})"


@each(
    ("content", "few"),
    [
        (b"[" + b"1," * (MOST_IN_JSON - 1) + b"1]", True),
        (b"[" + b"1," * MOST_IN_JSON + b"1]", False),
        (b"[" + b"{}," * MOST_OBJECTS + b"1]", True),
        (b"[" + b"{}," * (MOST_OBJECTS + 1) + b"1]", False),
        (b'"' + b",[{" * MOST_IN_JSON + b'"', True),
        (b'["\\"' + b"," * MOST_IN_JSON + b'\\\\"]', True),
        (b'["\\\\"' + b"," * (MOST_IN_JSON + 1) + b'"]', False),
        (b'\\"' * MOST_IN_JSON * 2, True),
    ],
)
def test_json_may_hold_so_many_values_and_any_text(content: bytes, few: bool) -> None:
    if few:
        require_few_values(content, "r.json")
    else:
        with pytest.raises(InputError, match="more values than any of its kind should"):
            require_few_values(content, "r.json")


def test_a_baseline_may_hold_more_than_a_record_and_a_line_of_it_no_more(tmp_path: Path, problems_of: Problems) -> None:
    for name, many, said in (
        ("b.json", MOST_IN_JSON, "this is no result of an audit"),
        ("b.json", 1_000_001, "more than 2,000,000"),
        ("b.jsonl", MOST_IN_JSON, "more than 500,000"),
    ):
        (tmp_path / name).write_bytes(b"[" + b"[]," * many + b"1]")
        (problem,) = problems_of(load_baseline, str(tmp_path / name))
        assert said in problem.what


# Very many parts


def numbered(line: str, number: int) -> str:
    return "".join(line.replace("N", str(place)) for place in range(number))


ITEM = "  - {id: qN, title: t, ask: a, stage: high, theme: voice, kind: practice, next_step: n}\n"
GATE = "      - {id: gN, items: {kind: practice}, measure: share, at_least: 50%, because: b}\n"


@pytest.mark.parametrize(
    ("section", "line", "most", "said"),
    [
        ("scale", "  - {id: oN, title: t, value: 0.5}\n", MOST_OPTIONS, "`scale` has more than 100 entries"),
        ("perspectives", "  - {id: pN, title: t}\n", MOST_OPTIONS, "`perspectives` has more than 100 entries"),
        ("themes", "  - {id: tN, title: t}\n", MOST_STAGES, "`themes` has more than 500 entries"),
    ],
)
def test_a_rubric_has_so_many_options_and_themes_and_no_more(
    section: str, line: str, most: int, said: str, small_rubric: str, problems_of: Problems
) -> None:
    there = len(yaml_list(small_rubric, section))
    whole = small_rubric.replace(f"\n{section}:\n", f"\n{section}:\n{numbered(line, most - there)}")
    assert parse_rubric(whole.encode(), "r.yaml")
    more = whole.replace(f"\n{section}:\n", f"\n{section}:\n{line.replace('N', 'n')}")
    assert [problem.what for problem in problems_of(parse_rubric, more.encode(), "r.yaml")] == [said]


def yaml_list(text: str, section: str) -> list[Any]:
    found: list[Any] = parse_tree(text.encode(), "r.yaml").data[section]
    return found


def test_a_rubric_has_so_many_gates_times_questions_and_no_more(small_rubric: str, problems_of: Problems) -> None:
    many = small_rubric.replace("    gates:\n", f"    gates:\n{numbered(GATE, 1000)}")
    many = many.replace("\nindicators:\n", f"\nindicators:\n{numbered(ITEM, MOST_LOOKS // 1000)}")
    (problem,) = problems_of(parse_rubric, many.encode(), "r.yaml")
    assert problem.what == "1,005 questions and 1,003 gates are more than a rubric can have"


def test_so_many_overlays_stand_one_on_another_and_no_more(here: Path, problems_of: Problems) -> None:
    for place in range(MOST_LAYERS + 1):
        text = OVERLAY.replace("id: o\n", f"id: o{place}\n")
        below = text.replace("extends: small@1", f"extends: o{place - 1}@1") if place else text
        (here / f"rubrics/o{place}.yaml").write_text(below, encoding="utf-8")
    assert load_rubric_by_id(f"o{MOST_LAYERS - 1}")
    (problem,) = problems_of(load_rubric_by_id, f"o{MOST_LAYERS}")
    assert problem.what == "this is more than 16 overlays, one on another"


def test_a_record_has_so_many_views_and_no_more(root: Path, problems_of: Problems) -> None:
    data = json.loads((root / "tests/records/0.1.0/own-rubric.audit.json").read_text(encoding="utf-8"))
    data["views"] = [data["views"][0] | {"file": f"{place}.yaml"} for place in range(MOST_VIEWS)]
    assert len(read_record(json.dumps(data).encode(), "r.json").content.views) == MOST_VIEWS
    data["views"].append(data["views"][0])
    (problem,) = problems_of(read_record, json.dumps(data).encode(), "r.json")
    assert problem.what == "`views` has more than 1,000 entries"
