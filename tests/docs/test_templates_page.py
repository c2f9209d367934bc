"""docs/templates.md: its examples work, and its tables name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.program import run, run_in

from involve_audit.render.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^`ours/([\w.-]+)`:\n\n```jinja\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE))
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates").glob("*.j2")}
BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table whose first heading this is."""
    table = PAGE.partition(f"\n| {heading} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def assess(*words: object) -> str:
    done = run_in(ROOT, "assess", "examples/riverside", "-o", "-", *words)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_every_block_of_the_templates_is_in_the_table_and_every_block_of_the_table_is_in_them() -> None:
    named = [cells[0].strip("`") for cells in rows("block")]
    assert set(named) == {name for text in TEMPLATES.values() for name in BLOCK.findall(text)}
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("page", ["report", "short"])
def test_a_block_is_in_the_pages_that_the_table_says(page: str) -> None:
    there = set(BLOCK.findall(TEMPLATES[f"{page}.html.j2"] + TEMPLATES["page.html.j2"]))
    assert {cells[0].strip("`") for cells in rows("block") if page in cells[1] or cells[1] == "every page"} == there


def test_every_name_of_the_table_can_be_used_and_there_are_no_others() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/involve_audit/render").glob("*.py"))
    named = {cells[0].strip("`") for cells in rows("name")}
    filters = set(re.findall(r'"(\w+)": (?:day|number|link_target|ems|fitting|safe_markdown)\b', sources))
    assert named == {"report", "words", "counted"} | filters
    assert set(Sandbox().globals) == {"range", "dict", "cycler", "joiner", "namespace"}


def test_the_examples_of_the_page_work(tmp_path: Path) -> None:
    assert set(EXAMPLES) == {"page.html.j2", "report.html.j2"}
    ours = tmp_path / "ours"
    ours.mkdir()
    for name, text in EXAMPLES.items():
        (ours / name).write_text(text, encoding="utf-8")
    shipped = assess("--format", "html", "--annex")
    page = assess("--format", "html", "--annex", "--template", ours)
    assert "<title>Our Trust</title>" in page
    assert "--here: #7a1f5c" in page
    assert "<strong>Next steps: 2</strong>" in page
    assert ('id="glossary"' in shipped, 'id="glossary"' in page) == (True, False)
    assert page.index("<title>Our Trust</title>") < page.index("<h1>")


def test_the_message_of_the_page_is_the_one_that_is_told(tmp_path: Path) -> None:
    shown = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)[0]
    (tmp_path / "report.html.j2").write_text("\n" * 11 + shown.splitlines()[1], encoding="utf-8")
    words = ["assess", str(ROOT / "examples/riverside"), "-o", str(tmp_path / "a.html"), "--template", str(tmp_path)]
    assert run(*words).stderr.replace(str(tmp_path), "ours") == shown
