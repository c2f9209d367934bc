"""The rounds of a comparison: every way to name one comes to the same thing."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.comparisons import CHAIN, TODAY, club_round, rounds

from involve_audit.engine.comparing.comparison import compare
from involve_audit.engine.comparing.round import People, Round
from involve_audit.errors import InputError, Problem
from involve_audit.loading.material import material_at, materials_at
from involve_audit.loading.rounds import read_rounds, readable_rounds, without_words

Problems = Callable[..., tuple[Problem, ...]]
RECORDS = Path(__file__).parents[2] / "records"
FIRST, SECOND, THIRD = CHAIN


def kinds(one: Round, other: Round) -> set[str]:
    found = compare(one, other)
    return {change.kind for change in found.items}


def refused(paths: Sequence[Path | str], rubrics: Sequence[Path | str] = ()) -> list[str]:
    with pytest.raises(InputError) as caught:
        rounds(paths, rubrics)
    return [problem.what for problem in caught.value.problems]


def changed(name: str, folder: Path, **lines: Any) -> Path:
    """A kept record with some of its lines changed."""
    data = json.loads((RECORDS / name).read_text(encoding="utf-8"))
    path = folder / "changed.audit.json"
    path.write_text(json.dumps(data | lines), encoding="utf-8")
    return path


# The same audit in every form


@pytest.mark.parametrize("record", ["riverside.audit.json", "riverside-published.audit.json"])
def test_a_folder_and_its_record_say_the_same(record: str, root: Path) -> None:
    folder, recorded = rounds([root / "examples/riverside", RECORDS / "0.1.0" / record])
    assert kinds(folder, recorded) == {"unchanged"}
    assert (folder.id, folder.subject, folder.date) == (recorded.id, recorded.subject, recorded.date)
    assert folder.score.resolved.evidenced == recorded.score.resolved.evidenced
    assert folder.score.gates == recorded.score.gates


def test_a_folder_with_one_record_and_no_answers_is_that_record(tmp_path: Path) -> None:
    (tmp_path / "r.audit.json").write_bytes((RECORDS / "0.1.0/norfolk.audit.json").read_bytes())
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (found,) = rounds([tmp_path])
    assert found.record is not None
    assert found.name == str(tmp_path / "r.audit.json")


def test_a_folder_with_answers_is_its_answers_whatever_records_lie_beside_them(tmp_path: Path) -> None:
    club_round(tmp_path, "1.0.0", "2026-01-31")
    (tmp_path / "r.audit.json").write_bytes((RECORDS / "0.1.0/norfolk.audit.json").read_bytes())
    (found,) = rounds([tmp_path], [FIRST])
    assert found.record is None
    assert found.id == "club-2026-01-31"


def test_small_numbers_of_a_published_record_stay_a_range() -> None:
    (found,) = rounds([RECORDS / "0.1.0/riverside-published.audit.json"])
    assert found.people == {
        "service-users": People(6, 6),
        "peer-workers": People(1, 4),
        "staff": People(5, 5),
        "leaders": People(1, 4),
    }
    assert not found.is_told


# Which rubric


def test_each_side_takes_the_version_that_it_names(tmp_path: Path) -> None:
    paths = [club_round(tmp_path, version, day) for version, day in (("1.0.0", "2025-01-31"), ("1.1.0", "2026-01-31"))]
    found = rounds(paths, [SECOND, FIRST])
    assert [one.rubric.content.version for one in found] == ["1.0.0", "1.1.0"]


def test_a_later_minor_version_reads_an_earlier_answers_file(tmp_path: Path) -> None:
    (found,) = rounds([club_round(tmp_path, "1.0.0", "2025-01-31")], [SECOND, THIRD])
    assert found.rubric.content.version == "1.1.0"


def test_a_rubric_that_does_not_fit_is_refused_and_says_how_to_go_on(tmp_path: Path) -> None:
    path = club_round(tmp_path, "1.0.0", "2025-01-31")
    with pytest.raises(InputError) as caught:
        rounds([path], [THIRD])
    hints = {problem.what: problem.hint for problem in caught.value.problems}
    assert "answers migrate" in hints["these answers are for `club@1.0.0`; the rubric at hand is `club@2.0.0`"]


def test_answers_take_the_rubric_that_the_other_sides_record_carries(tmp_path: Path) -> None:
    path = club_round(tmp_path, "1.1.0", "2025-01-31", {"agenda": "no"})
    before, after = rounds([path, RECORDS / "0.1.0/own-rubric.audit.json"])
    assert before.rubric.sha256 == after.rubric.sha256
    assert kinds(before, after) >= {"newly-known"}


def test_without_any_rubric_of_that_name_answers_are_refused(tmp_path: Path) -> None:
    assert refused([club_round(tmp_path, "1.0.0", "2025-01-31")]) == ["there is no rubric `club`"]


def test_one_version_cannot_be_named_by_two_files(tmp_path: Path) -> None:
    (tmp_path / "copy.yaml").write_bytes(FIRST.read_bytes() + b"# a copy\n")
    assert refused([], [FIRST, tmp_path / "copy.yaml"]) == [
        "the rubric `club@1.0.0` was named twice, by different files"
    ]
    assert rounds([], [FIRST, FIRST]) == []


def test_a_record_without_its_rubric_takes_the_one_with_its_fingerprint(tmp_path: Path) -> None:
    name = "0.1.0/own-rubric.audit.json"
    data = json.loads((RECORDS / name).read_text(encoding="utf-8"))
    bare = changed(name, tmp_path, rubric={key: value for key, value in data["rubric"].items() if key != "content"})
    (named,) = rounds([bare], [SECOND])
    assert not named.score.is_recorded
    carried, _other = rounds([bare, RECORDS / name])
    assert not carried.score.is_recorded
    assert refused([bare]) == ["this record does not carry its rubric, and the rubric `club@1.1.0` is not here"]


def test_a_record_whose_rubric_is_nowhere_is_compared_as_it_is(tmp_path: Path) -> None:
    name = "0.1.0/own-rubric.audit.json"
    data = json.loads((RECORDS / name).read_text(encoding="utf-8"))
    other = {"id": "club", "version": "1.1.0", "title": "A club", "sha256": "0" * 64}
    bare = changed(name, tmp_path, rubric=other)
    (found,) = rounds([bare], [THIRD])
    assert found.score.is_recorded
    assert (found.score.floor, found.score.ceiling) == (data["stage"]["floor"], data["stage"]["ceiling"])
    assert found.not_shown == ("agenda", "board", "minutes")
    answers = {item.id: item.answer for item in found.score.items}
    assert answers == {item["id"]: item["answer"] for item in data["items"] if item["id"] not in found.not_shown}
    assert [gate.id for gate in found.score.gates] == [gate["id"] for gate in data["gates"]]


# What is wrong


def test_a_record_that_says_what_its_rubric_does_not_know_is_refused(tmp_path: Path) -> None:
    data = json.loads((RECORDS / "0.1.0/own-rubric.audit.json").read_text(encoding="utf-8"))
    view = data["views"][0]
    view = view | {"answers": view["answers"] | {"survey": "maybe"}, "respondents": {"guests": 1}}
    path = changed("0.1.0/own-rubric.audit.json", tmp_path, views=[view], items=data["items"][1:])
    assert refused([path]) == [
        "this record and the rubric in it do not have the same questions",
        "the rubric in this record does not know the perspective `guests`",
        "the rubric in this record does not know the answer `maybe` to `survey`",
    ]


def test_a_record_that_carries_no_sound_rubric_is_refused(tmp_path: Path) -> None:
    data = json.loads((RECORDS / "0.1.0/own-rubric.audit.json").read_text(encoding="utf-8"))
    data["rubric"]["content"]["limit_to"] = "nothing"
    path = changed("0.1.0/own-rubric.audit.json", tmp_path, rubric=data["rubric"])
    assert refused([path]) == ["`nothing` is not an option of the scale of this rubric"]


def test_a_rubric_that_was_changed_in_a_record_is_not_taken_for_the_real_one(tmp_path: Path) -> None:
    data = json.loads((RECORDS / "0.1.0/own-rubric.audit.json").read_text(encoding="utf-8"))
    data["rubric"]["content"]["stages"][1]["gates"][0]["at_least"] = "1%"
    path = changed("0.1.0/own-rubric.audit.json", tmp_path, rubric=data["rubric"])
    real, other = rounds([RECORDS / "0.1.0/own-rubric.audit.json", path])
    assert real.score.rubric != other.score.rubric


def test_a_record_whose_answers_come_to_another_stage_now_says_so(tmp_path: Path) -> None:
    data = json.loads((RECORDS / "0.1.0/own-rubric.audit.json").read_text(encoding="utf-8"))
    stage = data["stage"] | {"floor": "low" if data["stage"]["floor"] == "high" else "high"}
    (found,) = rounds([changed("0.1.0/own-rubric.audit.json", tmp_path, stage=stage)])
    assert found.restated == stage["floor"]
    assert found.score.floor != stage["floor"]


def test_every_problem_of_both_sides_is_told_at_once(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.audit.json"
    one.write_text("format: involve-audit/answers@1\n", encoding="utf-8")
    other.write_text('{"format": "involve-audit/record@1"}', encoding="utf-8")
    found = refused([one, other])
    assert "`rubric` is missing" in found
    assert "`tool` is missing" in found


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: None, "there are no answers files and no record in this folder"),
        (
            lambda folder: [(folder / f"{name}.audit.json").write_text("{}") for name in "ab"],
            "this folder holds several records",
        ),
    ],
)
def test_a_folder_that_is_no_audit_is_refused(make: Any, message: str, tmp_path: Path, problems_of: Problems) -> None:
    make(tmp_path)
    (problem,) = problems_of(material_at, str(tmp_path))
    assert problem.what == message


def test_a_file_that_is_not_there_is_refused(problems_of: Problems) -> None:
    (problem,) = problems_of(material_at, "no-such.yaml")
    assert problem.what == "there is no such file"


def test_the_views_of_one_side_have_to_belong_together(tmp_path: Path) -> None:
    club_round(tmp_path, "1.0.0", "2025-01-31")
    club_round(tmp_path, "1.0.0", "2026-01-31")
    (found,) = refused([tmp_path], [FIRST])
    assert found.startswith("these views are of different audits")


def test_dates_in_the_future_are_refused(tmp_path: Path) -> None:
    path = club_round(tmp_path, "1.0.0", "2027-01-31")
    with pytest.raises(InputError):
        read_rounds([material_at(str(path))], [str(FIRST)], TODAY)
    assert read_rounds([material_at(str(path))], [str(FIRST)], date(2027, 2, 1))


@pytest.mark.parametrize("ending", [".audit.json", ".yaml"])
def test_of_very_many_audits_little_is_kept(ending: str, tmp_path: Path) -> None:
    """No bytes, no word beside an answer, and what all of them carry only once."""
    for place in range(12):
        day = f"2025-01-{place + 1:02}"
        if ending == ".yaml":
            notes = {item: {"answer": "yes", "note": f"{day} " * 500} for item in ("agenda", "board")}
            club_round(tmp_path, "1.0.0", day, notes)
        else:
            changed("0.1.0/riverside.audit.json", tmp_path, date=day).rename(tmp_path / f"{day}.audit.json")
    size = max(path.stat().st_size for path in tmp_path.iterdir())
    kept: list[int] = []
    unread: list[Problem] = []

    def counted(one: Round) -> Round:
        kept.append(tracemalloc.get_traced_memory()[0])
        return without_words(one)

    versions = [str(path) for path in CHAIN]
    tracemalloc.start()
    try:
        found = readable_rounds(materials_at([str(tmp_path)], []), versions, TODAY, unread, counted)
    finally:
        tracemalloc.stop()
    assert (unread, len(found), len(kept)) == ([], 12, 12)
    assert all(one.audit.unheard is None for one in found)
    assert (kept[-1] - kept[1]) / 10 < size / 2
