"""The commands that the README shows for rubrics of one's own work in the order in which they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_commands_for_rubrics_of_ones_own_work_in_their_order(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Other questions, your own thresholds")[2].partition("\n## ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    environment = {**os.environ, "COLUMNS": "80", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for line in block.splitlines():
        words = line.replace("riverside/", str(ROOT / "examples/riverside")).split()[1:]
        command = [sys.executable, "-m", "involve_audit", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
    assert "Under the original rubric" in done.stdout
