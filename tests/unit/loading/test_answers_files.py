"""Files are told apart by their `format:` line, and put together by their `audit:` line, before they are parsed."""

from __future__ import annotations

import pytest

from involve_audit.errors import InputError
from involve_audit.loading.answers_files import heading, is_answers
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


@pytest.mark.parametrize(
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
