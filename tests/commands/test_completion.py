"""What may stand where the cursor is, and the scripts that ask for it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.commands.test_main import all_commands
from typer.main import get_command

from involve_audit.cli import candidates
from involve_audit.cli.completing import answer
from involve_audit.cli.program import app
from involve_audit.cli.shells import SHELLS
from involve_audit.engine.checks import FAIL_ON_CHANGE, FAIL_ON_OF_MANY
from involve_audit.render.formats import ASSESSMENT
from involve_audit.render.options import STYLES

Run = Callable[..., Any]
WriteView = Callable[..., Path]
Offered = Callable[..., list[str]]


@pytest.fixture
def offered(here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Offered:
    """What a shell is offered for these words, the last of which is at the cursor: lines as the shell gets them."""

    def ask(*words: str, shell: str = "zsh", **told: str) -> list[str]:
        monkeypatch.setenv("_INVOLVE_AUDIT_COMPLETE", shell)
        monkeypatch.setenv("_INVOLVE_AUDIT_LINE", told.get("line", "\n".join(["involve-audit", *words])))
        monkeypatch.setenv("_INVOLVE_AUDIT_WORD", told.get("word", ""))
        answer(app)
        out, err = capfd.readouterr()
        assert err == ""
        return out.splitlines()

    return ask


@pytest.fixture
def values(offered: Offered) -> Offered:
    """The same without what stands beside the candidates."""

    def ask(*words: str, **told: str) -> list[str]:
        return [line.split("\t")[1] for line in offered(*words, **told)]

    return ask


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("a", ["assess", "answers", "actions"]),
        ("rubric ", ["list", "show", "new", "check", "test", "diff"]),
        ("rubric ch", ["check"]),
        ("--debug sch", ["schema"]),
        ("--language en-GB tre", ["trend"]),
        ("assess --st", ["--style", "--stage"]),
        ("assess --style ", [*STYLES]),
        ("assess --style=sh", ["--style=short"]),
        ("assess --format ", [form.name for form in ASSESSMENT.by_name]),
        ("batch --format j", ["json", "jsonl", "junit"]),
        ("batch --report-format ", [form.name for form in ASSESSMENT.formats]),
        ("batch --fail-on ", [*FAIL_ON_OF_MANY]),
        ("diff --fail-on ", [*FAIL_ON_CHANGE]),
        ("schema ", ["rubric", "overlay", "answers", "record", "diff", "trend"]),
        ("schema rubric ", []),
        ("template copy short", ["short.html.j2", "short.md.j2"]),
        ("assess --language ", ["en-GB"]),
        ("rubric new --into ", []),
        ("assess --fewer-than ", []),
        ("no-such ", []),
        ("assess -r small.yaml --stage ", ["low", "high"]),
        ("assess --stage", ["--stage"]),
        ("batch -r small.yaml --fail-under h", ["high"]),
        ("assess view.yaml --stage ", []),  # its rubric is in no place where ids are looked for
        ("assess --theme=", ["--theme=voice-and-response"]),
        ("rubric check -- --s", []),
    ],
)
def test_what_may_stand_there_is_offered(words: str, wanted: list[str], values: Offered, view: WriteView) -> None:
    view()
    found = values(*words.split(" "))
    assert found[: len(wanted)] == wanted if words.endswith("=") else found == wanted


def test_every_value_that_help_names_is_of_a_sort_that_is_known() -> None:
    def params(command: Any) -> Iterator[Any]:
        yield from command.params
        for below in getattr(command, "commands", {}).values():
            yield from params(below)

    for param in params(get_command(app)):
        assert getattr(param, "is_flag", False) or candidates.sort_of(param) in candidates.SOURCES


def test_every_command_is_offered_with_a_word_on_it(offered: Offered) -> None:
    for words in all_commands(get_command(app)):
        if words:
            (line,) = [line for line in offered(*words) if line.split("\t")[1] == words[-1]]
            assert line.split("\t")[2]


def test_rubrics_are_offered_from_every_place_with_their_titles(
    offered: Offered, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "rubrics").mkdir()
    shutil.copy(here / "small.yaml", here / "rubrics/small.yaml")
    (here / "rubrics/broken.yaml").write_text("format: involve-audit/rubric@1\nid: [", encoding="utf-8")
    (here / "own/involve-audit/rubrics").mkdir(parents=True)
    shutil.copy(here / "small.yaml", here / "own/involve-audit/rubrics/mine.yaml")
    monkeypatch.setenv("XDG_DATA_HOME", str(here / "own"))
    lines = offered("rubric", "show", "")
    assert [line.split("\t")[1] for line in lines] == [
        "broken",
        "small",
        "mine",
        "service-user-leadership-spectrum",
        "co-production-steps",
    ]
    assert lines[-1] == "w\tco-production-steps\tFour steps to plan co-production"
    assert "f\tsmall.yaml\t" in offered("rubric", "show", "sm")


def test_of_files_only_answers_are_offered_and_folders(values: Offered, view: WriteView, here: Path) -> None:
    view("a.yaml")
    view("b.txt")
    view("more/c.yaml")
    view(".hidden.yaml")
    (here / "notes.yaml").write_text("just: notes\n", encoding="utf-8")
    os.mkfifo(here / "pipe.yaml")
    assert values("assess", "") == ["more/", "a.yaml", "b.txt"]
    assert values("assess", "a.yaml", "") == ["more/", "b.txt"]
    assert values("assess", "more/") == ["more/c.yaml"]
    assert values("assess", "--resume", "a") == ["a.yaml"]
    assert values("answers", "migrate", "--to", "2.0.0", "b") == ["b.txt"]
    assert values("assess", "--template", "") == ["more/"]
    assert values("assess", "no") == ["notes.yaml"], "where no answers are, every file is"
    assert values("assess", ".h") == [".hidden.yaml"]
    assert values("assess", "none/") == values("assess", "a.yaml/") == []


def test_a_name_that_looks_like_an_option_is_offered_as_the_name_of_a_file(values: Offered, view: WriteView) -> None:
    view("-r.yaml")
    view("more/-r.yaml")
    assert values("assess", "") == ["more/", "./-r.yaml"]
    assert values("assess", "./-") == ["./-r.yaml"]
    assert values("assess", "more/") == ["more/-r.yaml"]


def test_records_are_offered_where_they_can_be_read(values: Offered, view: WriteView, run: Run) -> None:
    view()
    run("assess", "-r", "small.yaml", "view.yaml", "-o", "spring.audit.json")
    assert values("diff", "s") == ["spring.audit.json"]
    assert values("trend", "") == ["spring.audit.json", "view.yaml"]
    assert values("batch", "--baseline", "") == ["spring.audit.json"]


NASTY = ["my file.yaml", "it's.yaml", 'qu"ote.yaml', "$(touch x).yaml", "a:b.yaml", "a=b.yaml", "\u202egnp.yaml"]


def test_a_name_that_cannot_be_shown_is_not_offered(values: Offered, view: WriteView) -> None:
    for name in (*NASTY, "new\nline.yaml", "tab\t.yaml", "\x1b[31m.yaml", "not-utf8-\udcff.yaml"):
        view(name)
    assert values("assess", "") == sorted(NASTY[:-1])


def test_what_an_author_wrote_is_one_line_of_plain_text(offered: Offered, here: Path) -> None:
    (here / "rubrics").mkdir()
    text = (here / "small.yaml").read_text(encoding="utf-8")
    title = json.dumps("Red \x1b[31m\u202e\n" + "very " * 30)
    rest = [line for line in text.splitlines() if not line.startswith("title:")]
    (here / "rubrics/odd.yaml").write_text("\n".join([*rest, f"title: {title}"]), encoding="utf-8")
    (line,) = offered("rubric", "show", "odd")
    assert line.isprintable() or line.replace("\t", "").isprintable()
    assert len(line) < 80


def test_bash_is_given_only_what_it_does_not_have(values: Offered, view: WriteView) -> None:
    view("a:b/c.yaml")

    def of(line: str, word: str) -> list[str]:
        return values(shell="bash", line=line, word=word)

    assert of("involve-audit assess --style=sh", "sh") == ["short"]
    assert of("involve-audit assess --style=", "=") == [*STYLES]
    assert of("involve-audit assess a:b/", "b/") == ["b/c.yaml"]
    assert of("involve-audit assess a", "a") == ["a:b"], "bash adds the slash by itself"
    assert of('involve-audit assess "a', '"a') == ["a:b"]
    assert of("involve-audit assess --style ", "") == [*STYLES]
    assert of("involve-audit ass", "ass") == ["assess"]


def test_whatever_goes_wrong_nothing_is_offered_and_nothing_is_said(
    offered: Offered, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered("assess", "-r", "no-such.yaml", "--stage", "") == []
    (here / "broken.yaml").write_text("format: involve-audit/rubric@1\nid: [", encoding="utf-8")
    assert offered("assess", "-r", "broken.yaml", "--theme", "") == []
    (here / "gone").mkdir()
    monkeypatch.chdir(here / "gone")
    (here / "gone").rmdir()
    assert offered("assess", "") == []
    monkeypatch.chdir(here)
    assert offered(shell="bash", line="involve-audit assess 'none") == []
    assert offered(shell="bash", line="") == offered("")


def test_not_everything_in_a_very_large_folder_is_looked_at(
    values: Offered, view: WriteView, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        view(f"{number}.yaml")
    monkeypatch.setattr(candidates, "MOST_LOOKED_INTO", 4)
    assert values("assess", "") == ["0.yaml", "1.yaml", "2.yaml", "3.yaml"]
    monkeypatch.setattr(candidates, "MOST_ENTRIES", 3)
    assert len(values("assess", "")) <= 3


def test_the_program_answers_a_shell_and_does_nothing_else(process: Run, here: Path) -> None:
    line = {"_INVOLVE_AUDIT_COMPLETE": "fish", "_INVOLVE_AUDIT_LINE": "involve-audit\nas"}
    before = f"import os; os.environ.update({line!r})"
    done = process("assess", "-o", "new.html", before=before)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "w\tassess\tWork out the stage of one audit and show why.\n"
    assert [path.name for path in here.iterdir()] == ["small.yaml"]


# The scripts


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_shown_and_nothing_is_written(shell: str, run: Run, here: Path) -> None:
    done = run("--show-completion", shell)
    assert (done.exit_code, done.stderr, done.stdout) == (0, "", SHELLS[shell].script)
    assert [path.name for path in here.iterdir()] == ["small.yaml"]


@pytest.fixture
def home(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of somebody who has set nothing else."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(here / "my home"))
    (here / "my home").mkdir()
    return here / "my home"


@pytest.mark.parametrize(
    ("shell", "file", "line"),
    [
        ("bash", ".bashrc", "source '{}/.local/share/involve-audit/completion.bash'"),
        ("zsh", ".zshrc", "source '{}/.local/share/involve-audit/completion.zsh'"),
        ("pwsh", ".config/powershell/profile.ps1", ". '{}/.local/share/involve-audit/completion.ps1'"),
    ],
)
def test_installing_adds_one_line_and_keeps_what_is_there(
    shell: str, file: str, line: str, run: Run, home: Path
) -> None:
    (home / file).parent.mkdir(parents=True, exist_ok=True)
    (home / file).write_text("alias ll='ls -l'", encoding="utf-8")
    for _ in range(2):
        done = run("--install-completion", shell)
        assert (done.exit_code, done.stdout) == (0, "")
    added = line.format(home)
    assert (home / file).read_text(encoding="utf-8") == f"alias ll='ls -l'\n{added}\n"
    script = SHELLS["powershell" if shell == "pwsh" else shell]
    assert script.file().read_text(encoding="utf-8") == script.script
    (home / file).unlink()
    assert f"One line was added to {home / file}: {added}" in run("--install-completion", shell).stderr


@pytest.mark.parametrize(("shell", "written"), [("bash", """o'"'"'brien"""), ("powershell", "o''brien")])
def test_a_quote_in_a_folder_is_written_as_the_shell_reads_it(
    shell: str, written: str, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "o'brien"))
    done = run("--install-completion", shell)
    assert f"{home}/{written}/involve-audit/completion." in done.stderr


def test_fish_finds_its_script_by_itself(run: Run, home: Path) -> None:
    assert run("--install-completion", "fish").exit_code == 0
    assert [path.name for path in home.rglob("*") if path.is_file()] == ["involve-audit.fish"]
    assert (home / ".config/fish/completions/involve-audit.fish").is_file()


def test_a_folder_for_data_that_is_not_named_in_full_is_none(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert run("--install-completion", "bash").exit_code == 0
    assert (home / ".local/share/involve-audit/completion.bash").is_file()


def test_a_file_that_cannot_be_written_is_told(run: Run, home: Path) -> None:
    (home / ".local").write_text("a file", encoding="utf-8")
    done = run("--install-completion", "bash")
    assert done.exit_code == 2
    assert ".local" in done.stderr
    assert not (home / ".bashrc").exists()


def test_a_shell_there_is_no_completion_for_is_refused(run: Run, home: Path) -> None:
    done = run("--show-completion", "csh")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no completion for the shell `csh`" in done.stderr
    assert "It can be `bash`, `zsh`, `fish` or `powershell`." in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_sound(shell: str, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(SHELLS[shell].script, encoding="utf-8")
    done = subprocess.run([shell, "-n", tmp_path / "script"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
