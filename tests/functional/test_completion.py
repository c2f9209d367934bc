"""The installed program completes words in real shells, as somebody types them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from tests.functional.conftest import ROOT

SHELLS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}
START = {
    "bash": "PS1='> '; bind 'set enable-bracketed-paste off'; bind 'set bell-style none'",
    "zsh": "PROMPT='> '; zstyle ':completion:*' menu no; unsetopt beep auto_menu",
    "fish": "function fish_prompt; echo '> '; end",
}


@pytest.fixture
def surroundings(installed: Path, tmp_path: Path) -> dict[str, str]:
    """Those of somebody at home, who has the program."""
    for name in ("bin", "home"):
        (tmp_path / name).mkdir()
    program = tmp_path / "bin/involve-audit"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{installed}" exec "{sys.executable}" -m involve_audit "$@"\n')
    program.chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ZDOTDIR"))}
    return {**kept, "PATH": path, "HOME": str(tmp_path / "home"), "TERM": "dumb", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with answers in files of odd names."""
    folder = tmp_path / "here"
    shutil.copytree(ROOT / "examples/riverside", folder / "my answers")
    for name in ("it's.yaml", "$(touch x).yaml", "q:1.yaml", "new\nline.yaml"):
        shutil.copy(ROOT / "examples/riverside/staff.yaml", folder / name)
    (folder / "zoo.txt").write_text("no answers", encoding="utf-8")
    return folder


def needs(shell: str) -> str:
    if not shutil.which(shell):
        message = f"{shell} is not installed"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return shell


TYPED = {
    "involve-audit ass": "involve-audit assess ",
    "involve-audit rubric tes": "involve-audit rubric test ",
    "involve-audit assess --sty": "involve-audit assess --style ",
    "involve-audit assess --style=sh": "involve-audit assess --style=short ",
    "involve-audit batch --fail-on une": "involve-audit batch --fail-on unevidenced ",
    "involve-audit assess -r ser": "involve-audit assess -r service-user-leadership-spectrum ",
    "involve-audit assess --stage be": "involve-audit assess --stage beginnings ",
    "involve-audit assess it": "involve-audit assess it\\'s.yaml ",
    "involve-audit assess \\$": "involve-audit assess \\$\\(touch\\ x\\).yaml ",
    "involve-audit assess my": "involve-audit assess my\\ answers/",
    "involve-audit assess my\\ answers/st": "involve-audit assess my\\ answers/staff.yaml ",
}


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_tab_completes_what_was_begun(shell: str, surroundings: dict[str, str], folder: Path) -> None:
    program = needs(shell)
    typing = pexpect.spawn(
        program, SHELLS[shell], cwd=str(folder), env=surroundings, encoding="utf-8", timeout=20, dimensions=(40, 200)
    )
    try:
        typing.sendline(f"{START[shell]}; source <(involve-audit --show-completion {shell}); echo re''ady")
        typing.expect("ready\r\n")
        for typed, wanted in TYPED.items():
            typing.send(f"{typed}\t")
            typing.expect_exact(wanted)
            typing.send("\x15")  # the line is taken back
        assert not (folder / "x").exists()
    finally:
        typing.close(force=True)


def test_fish_is_offered_the_same(surroundings: dict[str, str], folder: Path) -> None:
    program = needs("fish")
    script = folder.parent / "script.fish"
    lines = ["involve-audit --show-completion fish | source"]
    lines += [f"complete -C '{typed.replace(chr(92), chr(92) * 2)}'" for typed in TYPED]
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [program, "--no-config", script], cwd=folder, env=surroundings, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    offered = [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert offered == [
        "assess",
        "test",
        "--style",
        "--style=short",
        "unevidenced",
        "service-user-leadership-spectrum",
        "beginnings",
        "it's.yaml",
        "$(touch x).yaml",
        "my answers/",
        "my answers/staff.yaml",
    ]


@pytest.mark.parametrize("shell", SHELLS)
def test_what_was_installed_is_there_in_the_next_shell(shell: str, surroundings: dict[str, str], folder: Path) -> None:
    program = needs(shell)
    run = {"cwd": folder, "env": surroundings, "capture_output": True, "text": True}
    done = subprocess.run(["involve-audit", "--install-completion", shell], **run)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    known = {
        "bash": "complete -p involve-audit",
        "zsh": "echo $_comps[involve-audit]",
        "fish": "complete -C 'involve-audit ass'",
    }
    shown = subprocess.run([program, "-i", "-c", known[shell]], **run)  # type: ignore[call-overload]
    assert "involve" in shown.stdout or "assess" in shown.stdout, shown
