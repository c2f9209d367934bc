"""What the documentation shows is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.program import run_in
from typer.testing import Result

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = re.findall(r"<!-- output: involve-audit (.*?) -->\n```text\n(.*?)```", README, re.DOTALL)


def program(*words: object) -> Result:
    return run_in(ROOT, *words)


def test_the_readme_opens_with_what_the_program_does_and_a_real_output() -> None:
    assert README.startswith("# involve-audit\n\nMental-health services say")
    assert README.index("<!-- output:") < README.index("## Try it")
    assert [command for command, _ in SHOWN] == ["assess examples/riverside", "assess --help"]


@pytest.mark.parametrize(("command", "shown"), SHOWN)
def test_an_output_in_the_readme_is_what_the_program_prints(command: str, shown: str) -> None:
    assert program(*command.split()).stdout == shown


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z]+)\b", README))
    assert {"demo", "test", "bench"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target


def test_ci_runs_the_command_of_the_readme() -> None:
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").rstrip().endswith("\nmake test")


def test_the_exit_codes_of_the_readme_are_those_of_the_program() -> None:
    from involve_audit.cli.program import FAULT
    from involve_audit.errors import INTERRUPTED, CheckFailed, InputError, OutputError, UsageError

    codes = {0, CheckFailed.exit_code, InputError.exit_code, OutputError.exit_code, UsageError.exit_code}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)} == codes | {FAULT, INTERRUPTED}


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"(?:\]\(|src=\")(?!https?:|mailto:)([^)#\"]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_says_what_is_not_claimed() -> None:
    for words in ("conventions", "nobody has calibrated", "shows no compliance", "our reading of a published account"):
        assert words in README


def test_every_command_and_option_of_the_docs_exists() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "README.md", ROOT / "CHANGELOG.md"))
    commands = set(re.findall(r"involve-audit ([a-z]+)\b", text))
    usage = program("--help").stdout
    for command in commands - {"checks"}:
        assert re.search(rf"^  {command} ", usage, re.MULTILINE), command
    lines = [
        *(["assess"], ["batch"], ["table"], ["schema"], ["template", "copy"], ["diff"], ["trend"], ["actions"]),
        *(["answers", name] for name in ("new", "read", "combine", "invite", "enter", "migrate")),
        *(["rubric", name] for name in ("check", "test", "new")),
    ]
    helped = usage + "".join(program(*line, "--help").stdout for line in lines)
    for option in set(re.findall(r"(?<![-\w|])--[a-z][a-z-]+", text)):
        assert option in helped, option
