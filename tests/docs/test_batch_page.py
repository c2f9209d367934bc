"""What docs/batch.md shows and says is what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from tests.docs.test_readme import ROOT, program

from involve_audit.engine.checks import FAIL_ON_OF_MANY
from involve_audit.render.batch.spreadsheet import AUDIT_COLUMNS, ITEM_COLUMNS
from involve_audit.render.formats import MANY_AUDITS

PAGE = (ROOT / "docs/batch.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- output: involve-audit (.*?) -->\n```text\n(.*?)```", PAGE, re.DOTALL)
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def part(heading: str) -> str:
    """The text below a heading."""
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> set[str]:
    """What stands in backticks in the first cells of tables."""
    return {word for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for word in re.findall(r"`(.*?)`", row)}


@pytest.mark.parametrize(("command", "shown"), SHOWN)
def test_an_output_is_what_the_program_prints(command: str, shown: str) -> None:
    assert program(*command.split()).stdout == shown


def test_every_format_is_described_with_its_endings() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", part("What is written"), re.MULTILINE)
    described = {name: tuple(re.findall(r"`(.*?)`", endings)) for name, endings in rows}
    assert described == {entry.name: entry.suffixes for entry in MANY_AUDITS.formats}


def test_every_gate_is_described() -> None:
    assert first_cells(part("Gates")) == {"--fail-under STAGE", *(f"--fail-on {name}" for name in FAIL_ON_OF_MANY)}


def test_every_key_and_every_column_is_described(tmp_path: Path) -> None:
    words = ["batch", "examples", "no*.yaml", "--format", "json", "--reports", tmp_path / "reports"]
    document = json.loads(program(*words).stdout)
    keys = {key for row in document["audits"] for key in row}
    described = first_cells(part("Rows"))
    assert keys | {"baseline", "under_original"} == described
    named = set(re.findall(r"`(\w+)`", part("Rows")))
    assert set(document) - {"format", "audits"} <= named
    columns = {*AUDIT_COLUMNS, *ITEM_COLUMNS}
    speak_for_themselves = {"kind", "why", "stage_title", "item", "title", "theme", "item_stage", "answer", "evidence"}
    named |= set(re.findall(r"`(\w+)`", part("Whom to talk to first, in a spreadsheet")))
    assert columns - speak_for_themselves - {"enough_known"} <= named


def test_the_action_is_described_as_it_is() -> None:
    assert first_cells(part("On GitHub")) == set(ACTION["inputs"])
    snippet = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", part("On GitHub"), re.DOTALL)[0])
    (used,) = [step["with"] for step in snippet["jobs"]["audits"]["steps"] if "involve-audit" in step["uses"]]
    assert set(used) <= set(ACTION["inputs"])


def test_the_hooks_are_named_as_they_are() -> None:
    snippet = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", part("Before each commit"), re.DOTALL)[0])
    assert {hook["id"] for hook in snippet["repos"][0]["hooks"]} == {hook["id"] for hook in HOOKS}


def test_every_option_that_is_named_exists() -> None:
    helped = dict(SHOWN)["batch --help"]
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)):
        assert option in helped, option
