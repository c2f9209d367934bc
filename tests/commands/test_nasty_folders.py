"""Every command sees the same answers files in a folder, however they are written, and passes over none in silence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from involve_audit.loading.audit import views_beside, views_in

Run = Callable[..., Any]
WriteView = Callable[..., Path]
TODAY = date(2024, 3, 1)
STAFF = {
    "format": "involve-audit/answers@1",
    "rubric": "small@1.0.0",
    "audit": "spring",
    "subject": {"name": "Riverside"},
    "date": "2024-02-29",
    "respondents": {"staff": 7},
    "answers": {"survey": "yes", "agenda": "no"},
}
FIRST, *REST = [f"{key}: {json.dumps(value)}\n" for key, value in STAFF.items()]
PLAIN = "".join([FIRST, *REST])
JSON = json.dumps(STAFF)


def instead(first: str) -> str:
    """The answers with another first line."""
    return first + "".join(REST)


def indented(text: str, by: str) -> str:
    return "".join(by + line for line in text.splitlines(keepends=True))


READ = {
    "plain": PLAIN,
    "mis-cased suffix": PLAIN,
    "short suffix": PLAIN,
    "link": PLAIN,
    "quoted key": instead('"format": involve-audit/answers@1\n'),
    "key in single quotes": instead("'format': involve-audit/answers@1\n"),
    "key written with an escape": instead('"\\x66ormat": "involve-audit\\/answers@1"\n'),
    "value written with an escape": instead('"format": "\\u0069nvolve-audit/answers@1"\n'),
    "blank before the colon": instead("format : involve-audit/answers@1\n"),
    "tab after the colon": instead("format:\tinvolve-audit/answers@1\n"),
    "folded value on the next line": instead("format: >-\n  involve-audit/answers@1\n"),
    "literal value on the next line": instead("format: |-\n  involve-audit/answers@1\n"),
    "folded value with its indentation": instead("format: >1-\n involve-audit/answers@1\n"),
    "plain value on the next line": instead("format:\n  involve-audit/answers@1\n"),
    "value on the line after a comment": instead("format: # which one\n  # this one\n  'involve-audit/answers@1'\n"),
    "key with a question mark": instead("? format\n: involve-audit/answers@1\n"),
    "format last": "".join([*REST, "'format' : involve-audit/answers@1\n"]),
    "indented": indented(PLAIN, "  "),
    "indented after a comment": "# ours\n" + indented(PLAIN, "    "),
    "json": JSON,
    "json suffix": JSON,
    "mis-cased json suffix": json.dumps(STAFF, indent=1),
    "json on lines": json.dumps(STAFF, indent=2),
    "json with tabs": json.dumps(STAFF, indent="\t"),
    "json of a program that escapes slashes": JSON.replace("/", "\\/"),
    "in braces": "{" + ", ".join(line.strip() for line in (FIRST, *REST)) + "}",
    "in braces, a key to a line": "{\n" + PLAIN.replace("\n", ",\n") + "}\n",
    "in braces, on the same line": "{format: involve-audit/answers@1,\n"
    + ",\n".join(line.strip() for line in REST)
    + "}",
    "byte order mark": "\ufeff" + PLAIN,
    "two byte order marks": "\ufeff\ufeff" + PLAIN,
    "two byte order marks and another key first": "\ufeff\ufeff" + "".join(reversed([FIRST, *REST])),
    "byte order mark before json": "\ufeff" + JSON,
    "comment before": "# format: something else\n" + PLAIN,
    "document mark before": "---\n" + PLAIN,
    "document mark on the line": "--- " + JSON,
    "directive before": "%YAML 1.1\n---\n" + instead("'format': involve-audit/answers@1\n"),
    "end mark after": PLAIN + "...\n",
    "carriage returns": "".join(reversed([FIRST, *REST])).replace("\n", "\r"),
    "carriage returns and line feeds": PLAIN.replace("\n", "\r\n"),
    "lines that end as in unicode": "".join(reversed([FIRST, *REST])).replace("\n", "\u2028"),
}
"""What `answers check` reads."""

REFUSED: dict[str, str | bytes] = {
    "utf-16": PLAIN.encode("utf-16"),
    "utf-16, big end first": ("\ufeff" + PLAIN).encode("utf-16-be"),
    "utf-16 without a mark": PLAIN.encode("utf-16-le"),
    "utf-16 without a mark, big end first": PLAIN.encode("utf-16-be"),
    "utf-16 with a quoted key": instead('"format": involve-audit/answers@1\n').encode("utf-16"),
    "json suffix, utf-16": JSON.encode("utf-16"),
    "json suffix, cut off": JSON[:-20],
    "utf-32": PLAIN.encode("utf-32"),
    "utf-32, big end first": ("\ufeff" + PLAIN).encode("utf-32-be"),
    "utf-32 without a mark": PLAIN.encode("utf-32-le"),
    "latin-1": PLAIN.replace("Riverside", "Café").encode("latin-1"),
    "latin-1 with a quoted key": instead("'format': involve-audit/answers@1 # café\n").encode("latin-1"),
    "nul": PLAIN + "\0",
    "control character": instead("'format': involve-audit/answers@1\n").replace("Riverside", "Riv\x07erside"),
    "another version": instead("format: involve-audit/answers@2\n"),
    "another version, quoted key": instead("'format': involve-audit/answers@2\n"),
    "no version": instead("format: involve-audit/answers\n"),
    "capital letters": instead("Format: Involve-Audit/answers@1\n"),
    "no blank after the colon": instead("format:involve-audit/answers@1\n"),
    "anchor": instead("format: &a involve-audit/answers@1\n"),
    "tag": instead("format: !!str involve-audit/answers@1\n"),
    "twice": instead("'format': involve-audit/answers@1\n'format': involve-audit/answers@1\n"),
    "broken yaml": PLAIN + "note: [\n",
    "broken yaml, quoted key": instead("'format': involve-audit/answers@1\n") + "note: [\n",
    "broken yaml before the format": "'note': a: b\n" + PLAIN,
    "broken yaml before a quoted key": "note: a: b\n" + instead("'format': involve-audit/answers@1\n"),
    "indented with tabs": indented(PLAIN, "\t"),
    "json that was cut off": JSON[:-20],
    "a second document": "a: b\n---\n" + instead("'format': involve-audit/answers@1\n"),
    "too large": PLAIN + "#" * 5_000_000,
    "wrong answer": PLAIN.replace('"no"', '"perhaps"'),
    "pipe": "",
    "link that leads nowhere": "",
    "link in a circle": "",
}
"""What looks like answers and cannot be read, whatever the reason."""

LEFT_ALONE: dict[str, str | bytes] = {
    "empty": "",
    "comment alone": "# format: involve-audit/answers@1\n",
    "rubric": "format: involve-audit/rubric@1\nid: x\n",
    "another format of ours": "format: involve-audit/answers-of-old@1\n",
    "another program": "format: docker\nservices: {}\n",
    "another program that names it": "run: |\n  format: involve-audit/answers@1\nname: involve-audit/answers@1\n",
    "below another key": "files:\n  'format': involve-audit/answers@1\n",
    "in a list": "- format\n- involve-audit/answers@1\n",
    "template of another program": "{{- if .Values.x }}\nfile: |\n    format: involve-audit/answers@1\n{{- end }}\n",
    "text": "Put `format: involve-audit/answers@1` first.\n",
    "another program in utf-16": "format: docker\n".encode("utf-16"),
    "no text": bytes(range(256)),
    "large": "a: b\n" * 1_100_000,
}
"""What is something else."""

HIDDEN = (".backup.yaml", ".backup.json", ".backup/view.yaml", ".#view.yaml")
"""What has a name that begins with a dot."""

NAMES = {
    "mis-cased suffix": "view.YAML",
    "short suffix": "view.Yml",
    "json suffix": "view.json",
    "mis-cased json suffix": "view.Json",
    "json suffix, utf-16": "view.json",
    "json suffix, cut off": "view.json",
}


def put(folder: Path, case: str, content: str | bytes) -> Path:
    """Write a file of a case into a folder."""
    path = folder / NAMES.get(case, "view.yaml")
    path.parent.mkdir(exist_ok=True)
    if case == "pipe":
        os.mkfifo(path)
    elif case in ("link that leads nowhere", "link in a circle"):
        path.symlink_to("nowhere.yaml" if "nowhere" in case else path.name)
    elif case == "link":
        (folder.parent / "elsewhere.yaml").write_bytes(as_bytes(content))
        path.symlink_to("../elsewhere.yaml")
    else:
        path.write_bytes(as_bytes(content))
    return path


def as_bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


@pytest.fixture
def folder(here: Path, view: WriteView) -> Path:
    """A folder with one good view, beside one with an earlier audit."""
    view("before/members.yaml", audit="winter", date="2023-02-28")
    return view("round/members.yaml").parent


def committed(folder: Path) -> None:
    """Make a repository, with everything that is there."""
    person = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for words in (("init", "--quiet"), ("add", "--all"), (*person, "commit", "--quiet", "--message=all")):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def staff_in(run: Run, command: str, folder: Path) -> tuple[int, int | None, str]:
    """The exit code of a command, how many of the staff it heard (None where it came to nothing), and its messages."""
    words = {
        "assess": ("assess", folder, "--format", "record"),
        "diff": ("diff", folder.parent / "before", folder, "--format", "json"),
        "trend": ("trend", folder.parent / "before", folder, "--format", "json"),
        "trend, from above": ("trend", folder.parent, "--format", "json"),
        "batch": ("batch", folder, "--format", "json", "--jobs", "1"),
        "rubric diff": ("rubric", "diff", "small.yaml", "small.yaml", "--answers", folder, "--format", "json"),
    }[command]
    rubric = () if command == "rubric diff" else ("-r", "small.yaml")
    result = run(*words, *rubric)
    data = json.loads(result.stdout) if result.stdout.startswith("{") else None
    found = {
        "assess": lambda: sum(read["respondents"].get("staff", 0) for read in data["views"]),
        "diff": lambda: data["after"]["respondents"].get("staff", {}).get("at_least", 0),
        "trend": lambda: data["audits"][-1]["respondents"].get("staff", {}).get("at_least", 0),
        "trend, from above": lambda: data["audits"][-1]["respondents"].get("staff", {}).get("at_least", 0),
        "batch": lambda: 7 * sum("staff" in row.get("heard", ()) for row in data["audits"]),
        "rubric diff": lambda: 7 * (len(data["files"]) - 1),
    }[command]
    return result.exit_code, found() if data else None, result.stderr


COMMANDS = ("assess", "diff", "trend", "trend, from above", "batch", "rubric diff")
LEAVE_OUT = ("trend", "trend, from above", "batch")  # these go on without what cannot be read, and name it


@pytest.mark.parametrize("case", READ)
def test_what_one_command_reads_every_command_finds(run: Run, folder: Path, case: str) -> None:
    path = put(folder, case, READ[case])
    checked = run("answers", "check", path, "-r", "small.yaml")
    assert (checked.exit_code, checked.stderr) == (0, "")
    for command in COMMANDS:
        assert staff_in(run, command, folder) == (0, 7, ""), command


@pytest.mark.parametrize("case", REFUSED)
def test_what_looks_like_answers_and_cannot_be_read_is_a_problem_everywhere(run: Run, folder: Path, case: str) -> None:
    path = put(folder, case, REFUSED[case])
    assert run("answers", "check", path, "-r", "small.yaml").exit_code == 2
    for command in set(COMMANDS) - ({"rubric diff"} if case == "wrong answer" else set()):
        exit_code, staff, messages = staff_in(run, command, folder)
        assert exit_code == 2, command
        assert staff in ((0, None) if command in LEAVE_OUT else (None,)), command
        assert path.name in messages, command


@pytest.mark.parametrize("case", READ)
def test_what_is_read_can_be_carried_and_stays_as_it_is_written(run: Run, folder: Path, case: str) -> None:
    path, later = put(folder, case, READ[case]), folder.parent / "later.yaml"
    later.write_text(Path("small.yaml").read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.1.0"))
    assert run("answers", "migrate", path, "--to", "1.1.0", "-r", later, "--write").exit_code == 0
    assert path.read_bytes() == READ[case].replace("small@1.0.0", "small@1.1.0").encode()


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_what_is_something_else_is_left_alone_by_every_command(run: Run, folder: Path, case: str) -> None:
    path = put(folder, case, LEFT_ALONE[case])
    for command in COMMANDS:
        exit_code, staff, messages = staff_in(run, command, folder)
        assert (exit_code, staff) == (0, 0), command
        assert (path.name in messages) == (command == "batch"), command
    assert path.name in run("assess", folder, "-r", "small.yaml").stdout


@pytest.mark.parametrize(
    "content", ["", "[1, 2", '{"format": "involve-audit/diff@1", "said": "involve-audit/answers@1"}', "9" * 6_000_000]
)
def test_json_of_something_else_is_left_alone_without_a_word(run: Run, folder: Path, content: str) -> None:
    (folder / "report.json").write_text(content, encoding="utf-8")
    for command in COMMANDS:
        assert staff_in(run, command, folder) == (0, 0, ""), command


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_left_alone_by_every_command(run: Run, folder: Path, name: str) -> None:
    (folder / ".backup").mkdir()
    (folder / name).write_text(PLAIN, encoding="utf-8")
    for command in COMMANDS:
        assert staff_in(run, command, folder) == (0, 0, ""), command


def test_a_file_that_several_names_lead_to_is_one_view_to_every_command(run: Run, folder: Path) -> None:
    put(folder, "plain", PLAIN)
    (folder / "again.yaml").symlink_to("view.yaml")
    (folder / "a.yaml").symlink_to(folder / "members.yaml")
    for command in COMMANDS:
        assert staff_in(run, command, folder) == (0, 7, ""), command


def test_a_folder_that_is_called_like_a_file_is_a_folder(run: Run, folder: Path) -> None:
    (folder / "inside.yaml").mkdir()
    for command in COMMANDS:
        assert staff_in(run, command, folder) == (0, 0, ""), command
    put(folder / "inside.yaml", "plain", PLAIN)
    assert staff_in(run, "batch", folder) == (0, 7, "")


@pytest.mark.parametrize(
    "case", ["quoted key", "json", "json suffix", "link", "utf-16", "broken yaml", "link that leads nowhere"]
)
def test_a_version_in_git_is_seen_as_the_folder_is(run: Run, folder: Path, case: str) -> None:
    path = put(folder, case, READ.get(case) or REFUSED[case])
    (folder / ".backup.yaml").write_text(PLAIN, encoding="utf-8")
    (folder / "again.yaml").symlink_to(path.name)
    committed(folder.parent)
    for name in (path.name, "again.yaml"):
        (folder / name).unlink()
    result = run("diff", "--git", "HEAD", folder, "-r", "small.yaml", "--format", "json")
    if case in READ:
        assert (result.exit_code, result.stderr) == (0, "")
        assert json.loads(result.stdout)["before"]["respondents"]["staff"]["at_least"] == 7
    else:
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"HEAD:{folder}" in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem_everywhere(run: Run, folder: Path) -> None:
    path = put(folder, "plain", PLAIN)
    path.chmod(0)
    for command in COMMANDS:
        assert staff_in(run, command, folder)[0] == 2, command


@pytest.mark.parametrize("case", READ)
def test_a_gate_never_passes_because_an_audit_was_passed_over(run: Run, folder: Path, case: str) -> None:
    shutil.rmtree(folder)
    put(folder, case, READ[case])
    result = run("batch", "before", folder, "-r", "small.yaml", "--jobs", "1", "--fail-on", "unheard")
    assert result.exit_code == 1


@pytest.mark.parametrize("case", [*READ, "utf-16", "broken yaml"])
def test_a_session_is_assessed_with_every_view_of_its_audit(folder: Path, case: str) -> None:
    path = put(folder, case, READ.get(case) or REFUSED[case])
    own = folder / "members.yaml"
    assert views_beside(own) == [str(own), str(path)]


@pytest.mark.parametrize("case", READ)
def test_a_session_offers_every_file_that_can_be_gone_on_with(folder: Path, case: str) -> None:
    path = put(folder, case, READ[case])
    assert {there.path for there in views_in(folder, TODAY)} == {folder / "members.yaml", path}
