"""What a run does not use, it does not import; and what is not imported is known all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from involve_audit.cli.commands import PLAIN, Command
from involve_audit.cli.program import COMMANDS

ROOT = Path(__file__).parents[2]
RIVERSIDE, EARLIER, RECORD = (
    ROOT / name for name in ("examples/riverside", "examples/riverside-2025", "tests/golden/riverside.audit.json")
)
Run = Callable[..., Any]
Loaded = Callable[..., set[str]]
WriteView = Callable[..., Path]
NOTES_WHAT_IS_LOADED = """
import atexit, sys
atexit.register(lambda: open("loaded", "w").write("\\n".join(sys.modules)))
"""
ASSESSES_WITHOUT_YAML = """
import sys
from involve_audit.cli.main import main
for folder in {folders}:
    sys.argv[1:] = ["assess", folder, "-o", "r.html"]
    try:
        main()
    except SystemExit:
        if "yaml" in sys.modules:
            raise AssertionError(folder)
sys.argv[1:] = ["--version"]
"""


@pytest.fixture
def loaded(process: Run, here: Path) -> Loaded:
    """The modules that a run of the program has loaded at its end."""

    def modules(*words: str) -> set[str]:
        ended = process(*words, before=NOTES_WHAT_IS_LOADED)
        assert ended.returncode == 0, ended.stderr
        return set((here / "loaded").read_text(encoding="utf-8").split("\n"))

    return modules


def commands_in(modules: set[str]) -> set[str]:
    return {name for name in COMMANDS if f"involve_audit.cli.{name}" in modules}


def test_a_run_loads_the_command_that_is_named_and_no_other(loaded: Loaded, view: WriteView) -> None:
    view()
    modules = loaded("assess", "-r", "small.yaml", "view.yaml", "-o", "-", "-o", "a.html")
    assert commands_in(modules) == {"assess"}
    assert "babel" not in modules, "English is written without it"
    assert "rich.console" not in modules, "there is no colour, and no table"
    modules = loaded("answers", "check", "-r", "small.yaml", "view.yaml")
    assert commands_in(modules) == {"answers"}
    assert [name for name in modules if name.startswith("involve_audit.cli.answers.")] == [
        "involve_audit.cli.answers.check"
    ]


def test_the_version_alone_loads_nothing_of_the_program(loaded: Loaded) -> None:
    modules = loaded("--version")
    ours = {name for name in modules if name.partition(".")[0] == "involve_audit"}
    assert ours == {"involve_audit", "involve_audit.cli", "involve_audit.cli.main"}
    assert "typer" not in modules


@pytest.mark.parametrize("words", ["--help", "rubric --help", "assess --help", "template list", "batch -j 1 view.yaml"])
def test_what_was_typed_is_read_without_pydantic(words: str, loaded: Loaded, view: WriteView, here: Path) -> None:
    view()
    (here / "rubrics").mkdir()
    (here / "small.yaml").rename(here / "rubrics/small.yaml")
    assert "typer._adapters" not in loaded(*words.split())


@pytest.mark.parametrize(
    "words",
    [
        f"assess {RIVERSIDE}",
        f"assess {RIVERSIDE} -o r.html -o r.audit.json -o r.md",
        f"batch -j 1 {RIVERSIDE} {EARLIER} -o b.jsonl -o b.html",
        f"diff {RECORD} {RIVERSIDE} -o d.json -o d.html",
        f"trend {EARLIER} {RECORD} -o t.json -o t.html",
        f"actions {RIVERSIDE} --on 2026-11-22",
        f"answers check {RIVERSIDE}/staff.yaml",
        "rubric show service-user-leadership-spectrum",
        f"rubric check {ROOT}/rubrics/co-production-steps.yaml",
        "rubric list",
    ],
)
def test_what_is_sound_is_read_worked_out_and_written_without_pydantic(words: str, loaded: Loaded) -> None:
    assert not loaded(*words.split()) & {"pydantic", "pydantic_core"}


def test_a_run_in_one_process_cannot_start_others(loaded: Loaded) -> None:
    assert "involve_audit.batch.workers" in (modules := loaded("batch", "-j", "1", str(RIVERSIDE), "-o", "b.jsonl"))
    assert not modules & {"multiprocessing.context", "multiprocessing.connection", "involve_audit.loading.services"}


def test_plain_answers_to_a_shipped_rubric_are_read_without_yaml(process: Run) -> None:
    folders = sorted(str(path) for path in RIVERSIDE.parent.iterdir())
    assert process("--version", before=ASSESSES_WITHOUT_YAML.format(folders=folders)).stderr == "Written: r.html\n" * 5


@pytest.mark.parametrize(
    ("words", "meant"),
    [("asess", "'assess'"), ("shcema", "'schema'"), ("answers chekc", "'check'"), ("rubric nwe", "'new'")],
)
def test_a_command_that_is_mistyped_is_found_among_all_of_them(words: str, meant: str, run: Run) -> None:
    said = run(*words.split()).stderr
    assert said.endswith(f"Error: No such command '{words.split()[-1]}'. Did you mean {said.rpartition('mean ')[2]}")
    assert meant in said.rpartition("Did you mean ")[2]


def _of_typer_and_ours() -> tuple[typer.Typer, typer.Typer]:
    """The same command, once as Typer makes it."""
    both = typer.Typer(**PLAIN), typer.Typer(**PLAIN)

    def command(
        text: Annotated[str, typer.Argument()],
        many: Annotated[list[str] | None, typer.Argument()] = None,
        several: Annotated[list[str] | None, typer.Option()] = None,
        number: Annotated[int | None, typer.Option(min=3)] = None,
        given: Annotated[int, typer.Option()] = 4,
        is_so: Annotated[bool, typer.Option("--is-so")] = False,
    ) -> None:
        print(repr((text, many, several, number, given, is_so)))

    for app, kind in zip(both, (None, Command), strict=True):
        app.command("command", cls=kind)(command)
    return both


@pytest.mark.parametrize(
    "words",
    [
        "",
        "a",
        "a b c --is-so",
        "a --several b --several=",
        *(f"a --number={word}" for word in ("3", "2", "-3", "+3", " 3", "3_0", "3.0", "٣", "", "three", "9" * 5000)),
        *(f"a --given={word}" for word in ("0", "-1", "007", "1e3", "9" * 12)),
        "a --number",
        "a --is-so=1",
    ],
)
def test_values_are_those_of_typer_and_so_are_the_words_for_wrong_ones(words: str) -> None:
    of_typer, ours = (CliRunner().invoke(app, [*words.split(" ")] if words else []) for app in _of_typer_and_ours())
    assert (ours.exit_code, ours.stdout, ours.stderr) == (of_typer.exit_code, of_typer.stdout, of_typer.stderr)
