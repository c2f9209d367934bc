"""Reading a record, and what is wrong with one, in words and with lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from involve_audit import __version__
from involve_audit.errors import Problem
from involve_audit.loading.files import LARGEST_RECORD
from involve_audit.loading.record import read_record

Problems = Callable[..., tuple[Problem, ...]]


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "tests/records/0.1.0/own-rubric.audit.json").read_text(encoding="utf-8")


@pytest.fixture
def record(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def as_bytes(data: Any) -> bytes:
    return json.dumps(data, indent=2).encode()


def test_a_record_is_read_with_or_without_a_byte_order_mark(text: str) -> None:
    plain, marked = (read_record(mark + text.encode(), "r.json") for mark in (b"", b"\xef\xbb\xbf"))
    assert plain.content == marked.content
    assert plain.content.rubric.content
    assert plain.content.rubric.content.id == "club"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "involve-audit/record@2"}, "this file is of another version: `involve-audit/record@2`"),
        ({"format": "involve-audit/diff@1"}, "this file says that it is `involve-audit/diff@1`"),
        ({"weather": "fine"}, "`weather` is not a key that can stand here"),
        ({"date": "yesterday"}, "`yesterday` is not a date; write it as year-month-day, such as 2026-11-22"),
        ({"subject": {}}, "`name` is missing in `subject`"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    change: dict[str, Any], message: str, record: dict[str, Any], problems_of: Problems
) -> None:
    (problem,) = problems_of(read_record, as_bytes(record | change), "r.json")
    assert problem.what == message.partition(";")[0]
    assert problem.line


COUNTS = (("views", 0, "respondents", "members"), ("stage", "known"), ("stage", "of"), ("counts", "yes"))
WORTHS = (("items", 0, "value"), ("items", 0, "counts_as"), ("gates", 0, "value"), ("gates", 0, "threshold"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *((path, value) for path in COUNTS for value in (10**6, 10**400, -1, 0.5, float("inf"), float("nan"))),
        *((path, value) for path in WORTHS for value in (10**400, float("inf"), float("nan"), [])),
        *((COUNTS[0], {"fewer_than": bound}) for bound in (0, 1, 10**6, 10**50)),
        (COUNTS[0], True),
    ],
)
def test_a_number_that_nothing_can_be_made_of_is_refused(
    path: tuple[Any, ...], value: Any, record: dict[str, Any], problems_of: Problems
) -> None:
    inside: Any = record
    for part in path[:-1]:
        inside = inside[part]
    inside[path[-1]] = value
    assert all(problem.line for problem in problems_of(read_record, as_bytes(record), "r.json"))


def test_a_future_version_says_what_to_do(record: dict[str, Any], problems_of: Problems) -> None:
    (problem,) = problems_of(read_record, as_bytes(record | {"format": "involve-audit/record@2"}), "r.json")
    assert problem.hint == "This program reads `involve-audit/record@1`. Update it."


@pytest.mark.parametrize(("part", "word", "other"), [("gates", "value", "figure"), ("items", "from", "source")])
def test_a_record_has_the_words_of_the_format_and_not_the_names_of_the_program(
    part: str, word: str, other: str, record: dict[str, Any], problems_of: Problems
) -> None:
    entry = record[part][0]
    entry[other] = entry.pop(word)
    found = {problem.what for problem in problems_of(read_record, as_bytes(record), "r.json")}
    assert found == {f"`{word}` is missing in `{part}`", f"`{other}` is not a key that can stand here"}


def test_a_key_of_a_newer_program_is_told_with_its_version(record: dict[str, Any], problems_of: Problems) -> None:
    newer = record | {"weather": "fine", "tool": {"version": "99.0.0"}}
    first, second = problems_of(read_record, as_bytes(newer), "r.json")
    assert first.what == (
        f"this record was written by involve-audit 99.0.0, which is newer than this program ({__version__})"
    )
    assert second.what == "`weather` is not a key that can stand here"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "this is not JSON"),
        (b"{", "this is not JSON"),
        (b"\xff\xfa", "this is not JSON"),
        (b"[" * 100_000, "this file is nested too deep"),
        (b'{"format": "\\ud800"}', "this is not JSON"),
        (b'{"\\udfff": 1}', "this is not JSON"),
        (b"null", "this file has to be made of `key: value` lines"),
        (b"[]", "this file has to be made of `key: value` lines"),
    ],
)
def test_what_is_no_record_at_all_is_refused(content: bytes, message: str, problems_of: Problems) -> None:
    (problem,) = problems_of(read_record, content, "r.json")
    assert problem.what.replace("this file is empty", message) == message


def test_a_file_that_is_too_large_is_not_parsed(problems_of: Problems) -> None:
    (problem,) = problems_of(read_record, b" " * (LARGEST_RECORD + 1), "r.json")
    assert problem.what == "this record is larger than 50 MB"
