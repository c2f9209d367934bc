"""The same sources make the same page, and no page is taken for one of the sources that are there, unless it is."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.audits import ROOT

FILES = ("pyproject.toml", "src/program.py", "rubrics/one.yaml", "templates/page.html.j2", "page/worker.ts")
BUILT = ("dist/involve-audit.html", "dist/page/index.html", "dist/involve_audit_page-1-py3-none-any.whl")


def test_a_page_of_other_sources_or_that_is_not_as_it_was_built_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*FILES, *BUILT, "build/page/node/any"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one", encoding="utf-8")
    for name in ("build.py", "further.txt"):
        shutil.copy(ROOT / "page" / name, tmp_path / "page")
    monkeypatch.setattr(sys, "argv", ["build.py"])
    build = runpy.run_path(str(tmp_path / "page/build.py"))
    is_built, note = build["is_built"], build["note"]
    assert not is_built()
    note(build["digest_of"](*build["sources"]()))
    assert is_built()
    for name in (*FILES, *BUILT, "page/build.py"):
        file, before = tmp_path / name, (tmp_path / name).read_bytes()
        file.write_bytes(before + b" ")
        assert not is_built(), name
        if name in BUILT:
            file.unlink()
            assert not is_built(), name
        file.write_bytes(before)
        assert is_built(), name
    (tmp_path / FILES[1]).rename(tmp_path / "src/other.py")
    assert not is_built()


def test_two_builds_are_equal_byte_for_byte(built: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "page/build.py", tmp_path], check=True)
    names = ["involve-audit.html", *(f"page/{path.name}" for path in (built.parent / "page").iterdir())]
    assert [name for name in names if (tmp_path / name).read_bytes() != (built.parent / name).read_bytes()] == []
    assert {path.name for path in (tmp_path / "page").iterdir()} == {Path(name).name for name in names[1:]}
