"""What a folder holds: which files are answers, of which audit, what is left alone, always in the same order."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from glob import glob
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from involve_audit.errors import InputError
from involve_audit.loading.answers_files import (
    FileSearch,
    Group,
    SortedTexts,
    gather,
    heading,
    id_of_file,
    is_answers,
    names_in,
    names_listed,
)
from involve_audit.loading.files import LARGEST_RECORD
from involve_audit.loading.tree import parse_tree

LINE = "format: involve-audit/answers@1\n"


@pytest.mark.parametrize(
    "text",
    [LINE, "# first a comment\n" + LINE, "\ufeff" + LINE, "date: x\r\n" + LINE, 'format: "involve-audit/answers@2"'],
)
def test_a_format_line_makes_a_file_an_answers_file(text: str) -> None:
    assert is_answers(text.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_an_answers_file_in_another_encoding_is_not_passed_over(encoding: str) -> None:
    assert is_answers((LINE if encoding == "utf-16" else "\ufeff" + LINE).encode(encoding))


@pytest.mark.parametrize(
    "text", ["", "format: involve-audit/rubric@1\n", "a: b\n", "a:\n " + LINE, "# " + LINE, "\xff\xfe"]
)
def test_any_other_file_is_none(text: str) -> None:
    assert not is_answers(text.encode("latin-1"))


@each(
    "text",
    [
        "audit: spring\nrubric: small@1\n",
        "rubric: small@1\naudit: spring  # the second round\n",
        "rubric: 'small@1'\r\naudit: \"spring\"\r\n",
        "# audit: autumn\naudit: spring\nrubric: small@1",
        "'audit': spring\nrubric: small@1\n",
        "audit : spring\n? rubric\n: small@1\n",
        "note: |\n  audit: autumn\naudit: spring\nrubric: small@1\n",
        "audit: spring\rrubric: small@1\r",
        "audit:\n  spring\nrubric: >-\n  small@1\n",
        "  audit: spring\n  rubric: small@1\n",
        "{audit: spring, rubric: small@1}",
        '{\n"rubric": "small@1",\n"audit": "spring"\n}',
        "{\nformat: x, audit: spring,\nrubric: small@1}",
    ],
)
def test_the_heading_is_what_a_parser_finds(text: str) -> None:
    assert parse_tree(text.encode(), "x").data["audit"] == "spring"
    assert heading(text.encode()) == ("spring", "small@1")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_the_heading_is_found_in_every_encoding(encoding: str) -> None:
    assert heading("audit: spring\nrubric: small@1\n".encode(encoding)) == ("spring", "small@1")


def test_the_heading_is_found_before_what_cannot_be_read() -> None:
    assert heading(b"'audit': spring\n'rubric': small@1\nnote: [\n") == ("spring", "small@1")


@pytest.mark.parametrize("text", ["", "audit:\n", "audit: # later\n", "audits: x\n", "audit: [\n", "- audit: a"])
def test_without_an_audit_line_there_is_no_audit(text: str) -> None:
    assert heading(text.encode()).audit == ""


def test_a_key_that_is_there_twice_is_left_to_the_parser() -> None:
    text = b"date: x\naudit: a\naudit: b\n"
    with pytest.raises(InputError):
        parse_tree(text, "x")
    assert heading(text) == ("", "")


Text = Callable[..., str]


@pytest.fixture
def write(here: Path, answers: Text) -> Callable[..., None]:
    """Writes answers files, each into the folders of its name."""

    def write(*names: str, **lines: str) -> None:
        for name in names:
            path = here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(answers(**lines), encoding="utf-8")

    return write


def groups(*names: str) -> list[Group]:
    return list(gather(names).groups())


def files(*names: str) -> list[str]:
    return [file for group in groups(*names) for file in group.files]


def test_views_that_share_an_audit_line_are_one_audit_wherever_they_are(write: Callable[..., None]) -> None:
    write("a/staff.yaml", "b/deep/er/members.yml", audit="spring")
    write("a/other.yaml", audit="autumn")
    assert groups(".") == [
        Group("autumn", ("a/other.yaml",)),
        Group("spring", ("a/staff.yaml", "b/deep/er/members.yml")),
    ]


def test_a_file_without_an_audit_line_is_its_own_audit_named_by_its_path(write: Callable[..., None]) -> None:
    write("a/view.yaml", "b/view.yaml", "view.yaml")
    write("c.yaml", audit="view")
    assert groups(".") == [
        Group("a/view.yaml", ("a/view.yaml",), named=False),
        Group("b/view.yaml", ("b/view.yaml",), named=False),
        Group("view", ("c.yaml",)),
        Group("view.yaml", ("view.yaml",), named=False),
    ]


def test_the_order_of_names_never_matters(here: Path, write: Callable[..., None]) -> None:
    write("z.yaml", "a/b/c.yaml", "a/d.yaml", audit="one")
    (here / "b").symlink_to("a/b")
    expected = groups("a", "z.yaml", "b")
    assert [group.files for group in expected] == [("a/b/c.yaml", "a/d.yaml", "z.yaml")]
    for names in permutations(["a", "b", "z.yaml", "./z.yaml", "a/b", "a/*.yaml"]):
        assert groups(*names) == expected


def test_other_files_in_a_folder_are_left_alone_and_counted(here: Path, write: Callable[..., None]) -> None:
    write("folder/a.yaml", "folder/A.YML")
    for name in ("b.txt", ".hidden.yaml", "c.yaml"):
        (here / "folder" / name).write_text("a: b", encoding="utf-8")
    write(".git/d.yaml")
    gathered = gather(["."])
    assert [group.files for group in gathered.groups()] == [("folder/A.YML",), ("folder/a.yaml",)]
    left = ["folder/b.txt", "folder/c.yaml", "rubrics/small.yaml"]
    assert (gathered.others, sorted(other.path for other in gathered.some_others)) == (3, left)


def test_a_file_named_by_hand_may_end_in_any_way(write: Callable[..., None]) -> None:
    write("a.txt", "folder/.hidden.yaml")
    assert files("a.txt", "folder", "folder/.hidden.yaml") == ["a.txt", "folder/.hidden.yaml"]


@pytest.mark.parametrize("pattern", ["**/*.yaml", "round/*/*.yaml", "round/*", "round/[ab]/?.yaml"])
def test_patterns_are_for_the_program_to_fill_in_where_no_shell_did(write: Callable[..., None], pattern: str) -> None:
    write("round/a/1.yaml", "round/b/2.yaml")
    assert files(pattern) == ["round/a/1.yaml", "round/b/2.yaml"]


def test_a_name_that_looks_like_a_pattern_is_a_name_first(write: Callable[..., None]) -> None:
    write("[a].yaml", "a.yaml")
    assert files("[a].yaml") == ["[a].yaml"]


@pytest.mark.parametrize("name", ["gone.yaml", "loop.yaml", "pipe.yaml"])
def test_a_name_without_a_file_is_a_result_of_its_own(here: Path, write: Callable[..., None], name: str) -> None:
    write("a.yaml")
    (here / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(here / "pipe.yaml")
    assert files("a.yaml", name) == ["a.yaml", name]


def test_a_pattern_without_files_is_a_problem(write: Callable[..., None]) -> None:
    gathered = gather(["no*.yaml"])
    assert [(problem.path, problem.what) for problem in gathered.problems] == [
        ("no*.yaml", "there is nothing of this pattern")
    ]


def test_a_circle_of_links_is_gone_round_once(here: Path, write: Callable[..., None]) -> None:
    write("a/b/view.yaml", audit="one")
    (here / "a/b/up").symlink_to(here / "a")
    (here / "a/again").symlink_to("b")
    (here / "a/same.yaml").symlink_to("b/view.yaml")
    (here / "a/to-nothing.yaml").symlink_to("nowhere")
    assert files("a") == ["a/to-nothing.yaml", "a/b/view.yaml"]
    assert files("a/b/up") == ["a/b/up/to-nothing.yaml", "a/b/up/b/view.yaml"]


@pytest.mark.parametrize(
    "pattern", ["d/**/*.yaml", "d/**", "d/**/**/view.yaml", "d/*/*/*/*/*/*/*/*/*.yaml", "**/x/**/*.yaml", "d/x/*.yaml"]
)
def test_a_pattern_goes_round_a_circle_of_links_once(here: Path, write: Callable[..., None], pattern: str) -> None:
    write("d/view.yaml")
    for name in ("x", "y", "z"):
        (here / f"d/{name}").symlink_to(".")
    assert len(files(pattern)) == 1


def test_patterns_find_what_they_always_found(here: Path, write: Callable[..., None]) -> None:
    write("a/1.yaml", "a/b/2.yaml", "a/b/.hidden.yaml", "a/.folder/3.yaml", "c.yaml", "a/b/d/4.txt")
    for pattern in ("**", "**/*", "a/*", "a/**/", "*/b/*", ".*", "a/b/.*", "a/.f*/*", "./a/*.yaml", "a/**/b/**/*.txt"):
        for name in (pattern, str(here / pattern)):
            shell = glob(name, recursive=True)  # noqa: PTH207 - what a shell does
            sought, found = ([*filter(os.path.isfile, places)] for places in (shell, FileSearch()._expanded([name])))
            assert {*map(os.path.realpath, found)} == {*map(os.path.realpath, sought)}


def test_a_very_deep_folder_is_gone_through_once(here: Path, write: Callable[..., None]) -> None:
    write(f"d/{'s/' * 300}view.yaml")
    for pattern in ("d", "d/**", "d/**/*.yaml", "**/view.yaml"):
        assert len(files(pattern)) == 1


def test_a_chain_of_links_that_is_too_long_for_the_system_is_a_result_of_its_own(
    here: Path, write: Callable[..., None]
) -> None:
    write("a/view.yaml", "chain/0.yaml")
    for place in range(1200):
        (here / f"chain/{place + 1}.yaml").symlink_to(f"{place}.yaml")
    (here / "a/last.yaml").symlink_to("../chain/1200.yaml")
    assert files("a") == ["a/last.yaml", "a/view.yaml"]
    assert files("a/last.yaml") == ["a/last.yaml"]


def test_a_link_in_a_folder_that_leads_nowhere_is_a_result_of_its_own(here: Path, write: Callable[..., None]) -> None:
    write("a/view.yaml")
    (here / "a/gone.yaml").symlink_to("nowhere.yaml")
    (here / "a/itself.yaml").symlink_to("itself.yaml")
    for name in ("a", "a/*", "a/**", "a/**/*.yaml"):
        assert files(name) == ["a/gone.yaml", "a/itself.yaml", "a/view.yaml"]


def test_a_link_is_followed_out_of_the_folder(here: Path, write: Callable[..., None]) -> None:
    write("elsewhere/view.yaml", "other.yaml", audit="one")
    (here / "in").mkdir()
    (here / "in/folder").symlink_to("../elsewhere")
    (here / "in/file.yaml").symlink_to("../other.yaml")
    assert files("in") == ["in/file.yaml", "in/folder/view.yaml"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_a_problem_and_the_others_are_read(
    here: Path, write: Callable[..., None]
) -> None:
    write("a/view.yaml", "b/view.yaml")
    (here / "a").chmod(0)
    try:
        gathered = gather(["."])
    finally:
        (here / "a").chmod(0o700)
    assert [problem.path for problem in gathered.problems] == ["a"]
    assert [group.files for group in gathered.groups()] == [("b/view.yaml",)]


def test_a_file_in_another_encoding_is_no_reason_to_pass_it_over(here: Path, answers: Text) -> None:
    (here / "wide.yaml").write_text(answers(), encoding="utf-16")
    assert files(".") == ["wide.yaml"]


def test_the_rubrics_are_those_that_the_files_name(write: Callable[..., None]) -> None:
    write("a.yaml", "b.yaml")
    write("c.yaml", rubric="other@2")
    assert gather(["."]).rubrics == {"small@1.0.0", "other@2"}


def test_a_list_has_one_name_a_line_or_nul_after_each() -> None:
    assert names_in("a.yaml\r\n\nb c.yaml\n".encode("utf-8-sig")) == ["a.yaml", "b c.yaml"]
    assert names_in(b"a\nb.yaml\0c.yaml\0") == ["a\nb.yaml", "c.yaml"]
    assert os.fsencode(names_in(b"\xff.yaml")[0]) == b"\xff.yaml"


def test_an_audit_without_an_id_is_named_from_the_working_folder(here: Path) -> None:
    assert id_of_file("a/view.yaml") == "a/view.yaml"
    assert id_of_file(str(here / "a/view.yaml")) == "a/view.yaml"
    assert id_of_file("/nowhere/view.yaml") == "/nowhere/view.yaml"
    assert id_of_file("../view.yaml") == "../view.yaml"


def kept(texts: list[str]) -> SortedTexts:
    found = SortedTexts()
    for text in texts:
        found.add(text)
    return found


def test_texts_of_several_runs_come_out_in_order_and_more_than_once() -> None:
    texts = [f"{number % 1000}\0{number}" for number in range(20_000)]
    random.Random(1).shuffle(texts)
    found = kept(texts)
    assert len(found) == 20_000
    assert list(found) == list(found) == sorted(texts)


@given(st.lists(st.text(st.characters(max_codepoint=0x10FFFE), max_size=5)))
def test_any_text_is_kept_as_it_is(texts: list[str]) -> None:
    texts = [*texts, "\udcff\n", ""]
    found = kept(texts)
    assert list(found) == sorted(texts)
    runs = kept(texts * (1 + 9000 // len(texts)))
    assert sorted(set(runs)) == sorted(set(texts))


def test_a_long_list_of_names_is_read_whole_or_refused(tmp_path: Path, problems_of: Callable[..., Any]) -> None:
    listing = tmp_path / "list.txt"
    listing.write_bytes(b"services/a.yaml\n" * 400_000)
    assert len(names_listed(str(listing))) == 400_000
    listing.write_bytes(b"services/a.yaml\n" * (LARGEST_RECORD // 16 + 1))
    (problem,) = problems_of(names_listed, str(listing))
    assert problem.what == "this list is larger than 50 MB"


@pytest.mark.parametrize("sign", ["x", "[", "*a", "/"])
def test_a_name_that_is_too_long_for_any_file_is_refused_in_short(sign: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").touch()
    search = FileSearch()
    assert list(search.files([f"{tmp_path}/{sign * 2_000_000}", str(tmp_path / "a.yaml")])) == [
        str(tmp_path / "a.yaml")
    ]
    (problem,) = search.problems
    assert problem.what == "this is longer than any name of a file"
    assert len(problem.path) < 200
