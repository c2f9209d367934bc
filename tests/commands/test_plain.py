"""With `--plain`, everything is said in words: no arrow, no tick, no dot between things, no table, nothing cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from involve_audit.words.asking import ASKING

Run = Callable[..., Any]
SIGNS = re.compile("[→←↑↓✓✗◐•·■□│─>…]")
NOW, BEFORE, FIRST = (f"examples/riverside{round}" for round in ("", "-2025", "-2024"))
COMMANDS = {
    "assess": [NOW],
    "diff": [BEFORE, NOW],
    "trend": [FIRST, BEFORE, NOW],
    "batch": ["examples", "--baseline", "b.jsonl"],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lines", ["24", None])
def test_no_sign_stands_for_a_word(
    run: Run, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, lines: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(root / "examples")
    if lines:
        monkeypatch.setenv("LINES", lines)
    if command == "batch":
        run("batch", "examples/riverside-2025", "-o", "b.jsonl")
    said = run(command, *COMMANDS[command], "--plain").stdout
    assert said
    assert SIGNS.findall(said) == []
    assert "from " in said or command in ("assess", "batch")


def test_a_question_is_announced_in_words() -> None:
    assert SIGNS.findall(ASKING["question"]) == []
