"""The commands that the README shows for rubrics of one's own work in the order in which they stand."""

from __future__ import annotations

import re
from pathlib import Path

from tests.program import run_in

ROOT = Path(__file__).parents[2]


def test_the_commands_for_rubrics_of_ones_own_work_in_their_order(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Other questions, your own thresholds")[2].partition("\n## ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    for line in block.splitlines():
        words = [word.replace("riverside/", str(ROOT / "examples/riverside")) for word in line.split()[1:]]
        done = run_in(tmp_path, *words)
        assert done.exit_code == 0, f"{line}: {done.stdout}{done.stderr}"
    assert "Under the original rubric" in done.stdout
