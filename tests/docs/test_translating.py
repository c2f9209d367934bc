"""The commands of docs/translating.md make a translation that the program reads."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from involve_audit.language import from_catalogue

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/translating.md").read_text(encoding="utf-8")
LOCALE = Path("src/involve_audit/locale")


def test_the_commands_of_the_page_work_one_after_the_other(tmp_path: Path) -> None:
    shutil.copytree(ROOT / LOCALE, tmp_path / LOCALE)
    commands = re.findall(r"^ *\.venv/bin/pybabel (.*)$", PAGE, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["init", "compile", "update"]
    pybabel = [sys.executable, "-m", "babel.messages.frontend"]
    for command in commands:
        subprocess.run([*pybabel, *shlex.split(command)], cwd=tmp_path, check=True, capture_output=True)
        translation = tmp_path / LOCALE / "cy/LC_MESSAGES/involve_audit.po"
        text = translation.read_text(encoding="utf-8")
        translation.write_text(text.replace('msgid "Stopped."\nmsgstr ""', 'msgid "Stopped."\nmsgstr "Wedi stopio."'))
    welsh = from_catalogue("cy", translation.with_suffix(".mo").read_bytes())
    assert welsh.catalogue.gettext("Stopped.") == "Wedi stopio."
