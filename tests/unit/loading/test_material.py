"""What is a record; a series of audits: what a folder stands for, each audit once, in the order of time."""

from __future__ import annotations

from pathlib import Path

from tests.comparisons import CHAIN, TODAY, club_round
from tests.each import each

from involve_audit.engine.comparing.round import Round
from involve_audit.errors import Problem
from involve_audit.loading.material import is_record, materials_at
from involve_audit.loading.rounds import in_order, read_rounds

RECORDS = Path(__file__).parents[2] / "records/0.1.0"


def series(*paths: Path) -> tuple[list[Round], list[tuple[str, str]]]:
    found = materials_at([str(path) for path in paths], [])
    return in_order(read_rounds(found, [str(path) for path in CHAIN], TODAY))


@each(
    ("content", "file", "expected"),
    [
        (b'{"format": "involve-audit/record@1"}', "x", True),
        (b'\xef\xbb\xbf {\n  "format" : "involve-audit/record@2"}', "x.txt", True),
        (b'{"format": "involve-audit/diff@1"}', "x", True),
        (b'{"rubric": "small@1", "format": "involve-audit/answers@1"}', "x.json", False),
        (b'{"format": "involve-audit/answers@1"}', "x.json", False),
        (b'{"format": "involve-audit/rubric@1"}', "x.json", False),
        (b"format: involve-audit/answers@1", "x.yaml", False),
        (b"{}", "x.json", True),
        (b"{}", "x.yaml", False),
    ],
)
def test_a_file_is_a_record_by_how_it_begins_or_by_its_name(content: bytes, file: str, expected: bool) -> None:
    assert is_record(content, file) is expected


def test_a_folder_is_every_audit_in_it_and_in_the_folders_in_it(tmp_path: Path) -> None:
    club_round(tmp_path, "1.0.0", "2026-01-31")
    for name, day in (("b", "2025-01-31"), ("a", "2024-01-31")):
        (tmp_path / name).mkdir()
        club_round(tmp_path / name, "1.0.0", day)
    (tmp_path / "a/deeper").mkdir()
    club_round(tmp_path / "a/deeper", "1.0.0", "2023-01-31")
    (tmp_path / ".hidden").mkdir()
    club_round(tmp_path / ".hidden", "1.0.0", "2022-01-31")
    (tmp_path / "own-rubric.audit.json").write_bytes((RECORDS / "own-rubric.audit.json").read_bytes())
    found, left_out = series(tmp_path)
    assert [str(one.date) for one in found] == ["2024-01-31", "2025-01-31", "2026-01-10", "2026-01-31"]
    assert left_out == []


def test_answers_with_one_audit_line_are_views_of_one_audit_however_it_is_written(tmp_path: Path) -> None:
    lines = ("audit: one", 'audit:   "one"  # both', "'audit': one")
    for number, line in enumerate(lines):
        path = club_round(tmp_path, "1.0.0", f"2026-01-0{number + 1}", {"agenda": "yes"})
        text = path.read_text(encoding="utf-8")
        path.write_text("".join(f"{line}\n" if row.startswith("audit:") else row for row in text.splitlines(True)))
    found, _left_out = series(tmp_path)
    assert [(one.id, len(one.score.views)) for one in found] == [("one", 3)]


def test_answers_without_an_audit_line_are_audits_of_their_own(tmp_path: Path) -> None:
    for day in ("2026-01-01", "2026-01-02"):
        path = club_round(tmp_path, "1.0.0", day, {"agenda": {"answer": "yes", "note": "our audit: none"}})
        rows = [row for row in path.read_text(encoding="utf-8").splitlines(True) if not row.startswith("audit:")]
        path.write_text("".join(rows), encoding="utf-8")
    found, _left_out = series(tmp_path)
    assert [one.id for one in found] == ["2026-01-01", "2026-01-02"]


def test_each_file_is_read_once(tmp_path: Path) -> None:
    path = club_round(tmp_path, "1.0.0", "2026-01-31")
    (tmp_path / "link.yaml").symlink_to(path)
    assert len(materials_at([str(path), str(path), str(tmp_path / "link.yaml")], [])) == 1


def test_of_one_audit_answers_stand_before_a_record_and_a_full_one_before_one_for_sharing(root: Path) -> None:
    full, published = RECORDS / "riverside.audit.json", RECORDS / "riverside-published.audit.json"
    answers = root / "examples/riverside"
    found, left_out = series(published, full, answers)
    assert [one.name for one in found] == [str(answers)]
    assert sorted(left_out) == sorted([(str(published), str(answers)), (str(full), str(answers))])
    found, left_out = series(published, full)
    assert ([one.name for one in found], left_out) == ([str(full)], [(str(published), str(full))])


def test_a_path_that_holds_no_audit_is_told_with_every_other(tmp_path: Path) -> None:
    unread: list[Problem] = []
    assert materials_at([str(tmp_path), str(tmp_path / "no-such.yaml")], unread) == []
    one, other = unread
    assert one.what == "there are no answers files and no records in this folder, nor in the folders in it"
    assert other.what == "there is no such file"


def test_a_file_that_cannot_be_read_as_answers_is_told_where_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("format: involve-audit/answers@1\n'audit': [\n", encoding="utf-8")
    (found,) = materials_at([str(tmp_path)], [])
    assert found.names[0].endswith("broken.yaml")
