"""Every way in which a file cannot be read has its message."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from involve_audit.errors import Problem
from involve_audit.loading.files import LARGEST_FILE, digest, read_bytes

Problems = Callable[..., tuple[Problem, ...]]


def test_a_file_is_read_and_its_digest_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a: b\r\n")
    assert read_bytes(tmp_path / "a") == b"a: b\r\n"
    assert digest(b"a: b\r\n") == hashlib.sha256(b"a: b\r\n").hexdigest()


def test_a_huge_file_is_cut_one_byte_past_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as stream:
        stream.truncate(LARGEST_FILE * 20)
    assert len(read_bytes(tmp_path / "huge")) == LARGEST_FILE + 1


def test_a_missing_file_is_said_to_be_missing(problems_of: Problems) -> None:
    assert problems_of(read_bytes, Path("nowhere/a.yaml")) == (
        Problem("nowhere/a.yaml", "there is no such file", "Check the name and the folder."),
    )


def test_a_folder_is_not_a_file(tmp_path: Path, problems_of: Problems) -> None:
    assert problems_of(read_bytes, tmp_path)[0].what == "this is not a file"


def test_a_pipe_is_not_a_file_and_is_not_waited_for(tmp_path: Path, problems_of: Problems) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert problems_of(read_bytes, tmp_path / "pipe")[0].what == "this is not a file"


def test_a_device_is_not_a_file(problems_of: Problems) -> None:
    assert problems_of(read_bytes, Path(os.devnull))[0].what == "this is not a file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_said_to_be_so(tmp_path: Path, problems_of: Problems) -> None:
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "a").chmod(0)
    assert problems_of(read_bytes, tmp_path / "a")[0].what == "you may not read this file"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "loop", "file/below"])
def test_an_impossible_name_is_a_problem_with_that_name(here: Path, problems_of: Problems, name: str) -> None:
    (here / "loop").symlink_to("loop")
    (here / "file").write_bytes(b"")
    (problem,) = problems_of(read_bytes, Path(name))
    assert problem.path == name
    assert problem.what.startswith("this file cannot be read: ")
