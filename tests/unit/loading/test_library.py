"""Where a rubric is found by its id, which place wins, and that an id is never a path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from involve_audit import resources
from involve_audit.errors import Problem
from involve_audit.loading.audit import load_audit
from involve_audit.loading.library import all_ids, is_id, read_by_id, shelf_of, shelves, user_folder
from involve_audit.loading.rubric import load_rubric, load_rubric_by_id

Problems = Callable[..., tuple[Problem, ...]]


@pytest.fixture
def yours(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder of rubrics."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
    folder = user_folder()
    folder.mkdir(parents=True)
    return folder


def titled(text: str, title: str) -> str:
    return text.replace("title: A small rubric", f"title: {title}")


def test_the_place_nearest_to_the_work_wins(here: Path, yours: Path, small_rubric: str) -> None:
    (yours / "small.yaml").write_text(titled(small_rubric, "Mine"), encoding="utf-8")
    assert load_rubric_by_id("small").content.title == "A small rubric"
    assert load_rubric_by_id("small").file == "rubrics/small.yaml"
    (here / "rubrics/small.yaml").unlink()
    found = load_rubric_by_id("small")
    assert (found.content.title, found.file) == ("Mine", str(yours / "small.yaml"))


def test_a_rubric_of_ones_own_wins_over_a_shipped_one_of_the_same_id(here: Path, small_rubric: str) -> None:
    shipped = resources.shipped_rubrics()[0]
    assert shelf_of(shipped).name == "shipped"  # type: ignore[union-attr]
    own = small_rubric.replace("id: small\n", f"id: {shipped}\n")
    (here / f"rubrics/{shipped}.yaml").write_text(own, encoding="utf-8")
    assert load_rubric_by_id(shipped).content.title == "A small rubric"


def test_answers_find_their_rubric_by_its_id_in_every_place(
    here: Path, yours: Path, small_rubric: str, answers: Callable[..., str], today: object
) -> None:
    (here / "a.yaml").write_text(answers(), encoding="utf-8")
    assert load_audit(["a.yaml"], today).rubric.file == "rubrics/small.yaml"  # type: ignore[arg-type]
    (here / "rubrics/small.yaml").rename(yours / "small.yaml")
    assert load_audit(["a.yaml"], today).rubric.file == str(yours / "small.yaml")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "word", ["../small", "a/b", "small.yaml", "/etc/passwd", "..", "", "A", "a b", "-a", "a\n", "ä"]
)
def test_what_is_no_id_is_found_nowhere_and_opens_nothing(
    here: Path, small_rubric: str, problems_of: Problems, word: str
) -> None:
    (here / "small.yaml").write_text(small_rubric, encoding="utf-8")
    assert not is_id(word)
    assert shelf_of(word) is None
    (problem,) = problems_of(read_by_id, word)
    assert problem.what == f"there is no rubric `{word}`"


def test_answers_cannot_make_the_program_read_a_path(
    here: Path, small_rubric: str, answers: Callable[..., str], problems_of: Problems, today: object
) -> None:
    (here / "secret.yaml").write_text(small_rubric, encoding="utf-8")
    (here / "a.yaml").write_text(answers(rubric="../secret@1.0.0"), encoding="utf-8")
    (problem,) = problems_of(load_audit, ["a.yaml"], today)
    assert problem.line == 2
    assert "`../secret@1.0.0` is not possible for `rubric`" in problem.what


def test_a_file_whose_id_is_another_one_is_refused(here: Path, small_rubric: str, problems_of: Problems) -> None:
    (here / "rubrics/large.yaml").write_text(small_rubric, encoding="utf-8")
    (problem,) = problems_of(load_rubric_by_id, "large")
    assert problem.path == "rubrics/large.yaml"
    assert problem.what == "this file is named after the id `large`, and the id in it is `small`"
    assert load_rubric("rubrics/large.yaml").content.id == "small"


def test_an_unknown_id_is_answered_with_the_nearest_of_all_places(here: Path, problems_of: Problems) -> None:
    (problem,) = problems_of(load_rubric_by_id, "smal")
    assert problem.hint.startswith("Did you mean `small`?")


def test_only_files_that_can_be_found_are_listed(here: Path, yours: Path) -> None:
    for name in ("b.yaml", "a.yaml", "A.yaml", "c.yml", "note.txt"):
        (yours / name).write_text("format: involve-audit/overlay@1\n", encoding="utf-8")
    (yours / "shopping.yaml").write_text("- milk\n", encoding="utf-8")
    (yours / "folder.yaml").mkdir()
    assert [shelf.ids() for shelf in shelves()] == [["small"], ["a", "b"], resources.shipped_rubrics()]
    assert all_ids() == ["small", "a", "b", *resources.shipped_rubrics()]


def test_places_that_do_not_exist_are_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert all_ids() == resources.shipped_rubrics()


def test_shipped_rubrics_are_offered_in_the_order_of_their_list() -> None:
    folder = Path(__file__).parents[3] / "rubrics"
    listed = (folder / "order.txt").read_text(encoding="utf-8").split()
    assert resources.shipped_rubrics() == [rubric_id for rubric_id in listed if (folder / f"{rubric_id}.yaml").exists()]
    assert {path.stem for path in folder.glob("*.yaml")} <= set(listed)
