"""Text of users and of rubric authors is never markup, nor a formula, nor a command: one test for every format."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from tests.live import LIVE_WORDS, live_in, shown
from tests.unit.render.test_nasty_text import NASTY, UNSEEN, Page, nasty_rubric, nasty_views, tokens_of

from involve_audit.loading.tree import parse_tree
from involve_audit.render.formats import MANY_AUDITS

Texts = Callable[[str], str]
FORMULA = "=HYPERLINK(1)"
BAD = f"format: involve-audit/answers@1\n{json.dumps(f'key {NASTY}')}: {json.dumps(NASTY)}\n"


@pytest.fixture
def texts(run: Callable[..., Any], here: Path) -> Texts:
    """What is written in one format of audits that hold nasty text wherever they can, or tame text."""

    def write(name: str, data: dict[str, Any]) -> None:
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in data.items()), encoding="utf-8")

    def written(format_name: str, more: str) -> str:
        folder = "nasty" if more else "tame"
        say = lambda field: field + more  # noqa: E731
        rubric = parse_tree((here / "small.yaml").read_bytes(), "small.yaml").data
        for item in rubric["indicators"]:
            item["limits"] = [item["limits"]] if isinstance(item.get("limits"), str) else item.get("limits", [])
        write(f"{folder}.yaml", nasty_rubric(rubric, say))
        head = {"format": "involve-audit/answers@1", "rubric": "small@1.0.0", "date": "2026-11-22"}
        for name, view in nasty_views(say).items():
            write(f"{folder}/{name}", head | {"audit": "both"} | view)
        write(f"{folder}/formula.yaml", head | {"subject": {"name": FORMULA}})
        (here / folder / "bad.yaml").write_text(BAD if more else "format: involve-audit/answers@1\n", encoding="utf-8")
        gates = ("--fail-under", "high", "--fail-on", "unknown", "--fail-on", "anti-pattern")
        done = run("batch", "-r", f"{folder}.yaml", folder, "--format", format_name, "--jobs", "1", *gates)
        assert done.exit_code == 2, done.stderr
        return str(done.stdout)

    return written  # type: ignore[return-value]


@pytest.mark.parametrize("format_name", [entry.name for entry in MANY_AUDITS.formats])
def test_nothing_unseen_is_written(texts: Any, format_name: str) -> None:
    assert not UNSEEN.search(texts(format_name, f" {NASTY}").replace("\r\n", "\n"))


def test_a_page_has_the_same_shape(texts: Any) -> None:
    nasty, tame = Page(texts("html", f" {NASTY}")), Page(texts("html", ""))
    assert nasty.open == []
    assert nasty.other == []
    count = [sum(name == "tr" for name, _ in page.elements) for page in (nasty, tame)]
    assert count[0] == count[1]
    assert {name for name, _ in nasty.elements} == {name for name, _ in tame.elements}
    assert "<script>alert(1)</script>" in nasty.text


def test_markdown_has_the_same_shape(texts: Any) -> None:
    def shape(text: str) -> list[str]:
        return [token.type for token in tokens_of(text) if token.type != "text"]

    nasty, tame = texts("markdown", f" {NASTY}"), texts("markdown", "")
    assert shape(nasty) == shape(tame)
    assert not {"image", "fence", "code_block", "html_block", "link_open"} & set(shape(nasty))


def test_nothing_in_markdown_is_live(texts: Any) -> None:
    text = texts("markdown", f" {' '.join(LIVE_WORDS)}")
    assert "@\u200bsomebody" in text
    assert live_in(shown(text)) == []
    assert "<a " not in github_flavored_markdown_to_html(text)


def cells(text: str) -> Iterator[str]:
    for row in csv.reader(text.splitlines()):
        yield from row


def test_no_cell_is_a_formula(texts: Any) -> None:
    found = list(cells(texts("csv", f" {NASTY}")))
    assert f"'{FORMULA}" in found
    assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert len({len(row) for row in csv.reader(texts("csv", f" {NASTY}").splitlines())}) == 1


def test_every_line_of_json_is_one_row(texts: Any) -> None:
    rows = [json.loads(line) for line in texts("jsonl", f" {NASTY}").splitlines()]
    assert len(rows) == 3
    assert {"name": f"name {NASTY}", "kind": f"kind {NASTY}"} in [row.get("subject") for row in rows]
    assert json.loads(texts("json", f" {NASTY}"))["audits"] == rows


@pytest.mark.parametrize("format_name", ["jsonl", "csv", "github", "json", "sarif"])
def test_a_record_stays_on_its_line_to_every_reader(texts: Any, format_name: str) -> None:
    ends = " ".join(f"{end}x" for end in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    nasty, tame = texts(format_name, ends), texts(format_name, " ")
    assert nasty.splitlines() == nasty.replace("\r\n", "\n").removesuffix("\n").split("\n")
    assert format_name == "json" or len(nasty.splitlines()) == len(tame.splitlines())


def test_xml_can_be_read(texts: Any) -> None:
    suite = ET.fromstring(texts("junit", f" {NASTY}"))
    assert len(suite.findall(".//testcase")) == 3
    assert "<script>alert(1)</script>" in "".join(suite.itertext())


def test_sarif_can_be_read_and_no_message_has_a_line_of_its_own(texts: Any) -> None:
    (run,) = json.loads(texts("sarif", f" {NASTY}"))["runs"]
    messages = [result["message"]["text"] for result in run["results"]]
    assert any("<script>alert(1)</script>" in message for message in messages)
    assert not [message for message in messages if "\n" in message or len(message) > 1000]


def test_no_text_of_a_file_is_a_command_for_github(texts: Any) -> None:
    lines = texts("github", f" {NASTY}\n::error::made up\r::notice::too").splitlines()
    assert sum(line.startswith("::") for line in lines) == len(lines) - 2
    for line in lines[:-2]:
        properties, _, message = line.removeprefix("::").partition("::")
        assert "\n" not in message
        assert properties.split(" ")[0] in ("error", "warning", "notice")
    assert "made up" not in "".join(line for line in lines if line.startswith("::error::"))


def test_the_summary_for_a_terminal_has_no_escape_sequence(texts: Any) -> None:
    text = texts("text", f" {NASTY}")
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
