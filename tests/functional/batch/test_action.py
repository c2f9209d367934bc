"""The GitHub Action: its steps, run by bash as GitHub runs them, with its inputs in their variables."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.functional.batch.conftest import ANSWERS, ROOT

from involve_audit.batch.cache import NAME

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
Act = Callable[..., "subprocess.CompletedProcess[str]"]


def step(name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in ACTION["runs"]["steps"] if one["name"] == name)
    return found


def filled_in(text: str, inputs: dict[str, str]) -> str:
    """What GitHub makes of `${{ inputs.name }}`."""
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: inputs[found[1]], text)


@pytest.fixture
def act(environment: dict[str, str], tmp_path: Path) -> Act:
    """Runs the step that assesses, with these inputs beside the defaults."""

    def run(**given: str) -> subprocess.CompletedProcess[str]:
        inputs = {name: str(one["default"]) for name, one in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        variables = {name: filled_in(value, inputs) for name, value in step("Assess")["env"].items()}
        (tmp_path / "run.sh").write_text(step("Assess")["run"], encoding="utf-8")
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(tmp_path / "run.sh")]
        github = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "GITHUB_ACTIONS": "true"}
        here = tmp_path / "work"
        return subprocess.run(
            command, cwd=here, env={**environment, **github, **variables}, capture_output=True, text=True, check=False
        )

    (tmp_path / "work/in a folder").mkdir(parents=True)
    text = ANSWERS.format(number=1, answer="yes")
    (tmp_path / "work/in a folder/good.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "work/other.yaml").write_text("a: b\n", encoding="utf-8")
    return run


def test_by_itself_it_assesses_the_whole_workspace(act: Act, tmp_path: Path) -> None:
    done = act()
    assert done.returncode == 0, done.stderr
    assert "1 audit assessed, from 1 answers file" in done.stdout
    assert (tmp_path / "summary").read_text(encoding="utf-8").startswith("# Involvement audits: an overview")


def test_a_problem_is_an_annotation_at_its_line(act: Act, tmp_path: Path) -> None:
    text = ANSWERS.format(number=2, answer="pary")
    (tmp_path / "work/bad.yaml").write_text(text, encoding="utf-8")
    done = act()
    assert done.returncode == 2
    assert "::error file=bad.yaml,line=8,col=19,title=" in done.stdout


def test_every_input_reaches_the_program(act: Act, tmp_path: Path) -> None:
    here = tmp_path / "work"
    first = act(paths="in a folder\n\nother.yaml", outputs="o.jsonl\nfor the board.csv")
    assert first.returncode == 0, first.stderr
    done = act(
        paths="in a folder",
        rubric="service-user-leadership-spectrum",
        fail_under="led",
        fail_on="unknown\nnot-enough-known\n",
        baseline="o.jsonl",
        outputs="second.sarif",
        reports="own reports",
    )
    assert done.returncode == 1
    gates = ["--fail-under led", "--fail-on unknown", "--fail-on not-enough-known"]
    assert [line.partition(":")[0] for line in done.stderr.splitlines() if "fails" in line] == gates
    assert {path.name for path in here.iterdir()} >= {"o.jsonl", "for the board.csv", "second.sarif", "own reports"}


def test_a_workspace_without_answers_is_not_green_unless_that_is_allowed(act: Act) -> None:
    assert act(paths="other.yaml").returncode == 2
    assert act(paths="other.yaml", allow_none="true").returncode == 0


@pytest.mark.parametrize("name", ["paths", "rubric", "fail_under", "fail_on", "baseline", "outputs", "reports"])
def test_no_input_is_taken_for_a_command_or_an_option(act: Act, tmp_path: Path, name: str) -> None:
    act(**{name: "$(touch made) `touch made`; touch made\n--jobs"})
    assert not (tmp_path / "work/made").exists()


def test_no_input_stands_in_a_script() -> None:
    for one in ACTION["runs"]["steps"]:
        assert "${{" not in one.get("run", "")


def test_every_input_is_used_and_described() -> None:
    used = set(re.findall(r"inputs\.([a-z-]+)", str(ACTION["runs"])))
    assert used == set(ACTION["inputs"])
    assert all(one["description"] and "default" in one for one in ACTION["inputs"].values())


def test_it_installs_the_program_from_its_own_folder(environment: dict[str, str], tmp_path: Path) -> None:
    """As far as that goes without a network: what the program needs is there already."""
    offline = {"PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1", "PIP_TARGET": str(tmp_path)}
    script = step("Install involve-audit")["run"]
    subprocess.run(
        ["bash", "-c", script],
        env={**environment, **offline, "GITHUB_ACTION_PATH": str(ROOT)},
        check=True,
        cwd=tmp_path,
    )
    assert (tmp_path / "involve_audit/rubrics").is_dir()
    assert os.access(tmp_path / "bin/involve-audit", os.X_OK)


def test_what_has_not_changed_is_kept_where_it_is_asked_for(act: Act, tmp_path: Path) -> None:
    for _job in range(2):
        done = act(cache=".cache/involve-audit")
        assert (done.returncode, done.stderr) == (0, act().stderr)
    assert [entry.name for entry in (tmp_path / "work/.cache/involve-audit").iterdir()] == [NAME]
