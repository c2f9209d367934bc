"""Names of files made from ids: no path, no two alike, on any system."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from involve_audit.model.names import file_stem

NASTY = ["../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "C:\\x", "..", ".", "", " ", "con", "NUL", "com1", "a:b",
         "x" * 300, "ü", "\x00", "a.", "a ", "-", "--x", "~", "\udcff", "CON.yaml", "A", "a"]  # fmt: skip


@pytest.mark.parametrize("audit", ["riverside", "riverside-2026-11", "a", "1"])
def test_a_simple_id_is_the_name(audit: str) -> None:
    assert file_stem(audit) == audit


@each("audit", NASTY)
def test_any_id_gives_a_name_that_is_no_path(audit: str) -> None:
    name = file_stem(audit) + ".html"
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert name.isascii()
    assert name == name.lower()
    assert len(name) < 110
    assert not name.startswith((".", "-"))
    assert name.partition(".")[0] not in ("con", "nul", "com1")


def test_no_two_ids_share_a_name() -> None:
    assert len({file_stem(audit) for audit in NASTY}) == len(NASTY)


@given(st.lists(st.text(alphabet="aA-./b1", max_size=8), unique=True, min_size=2))
def test_no_two_ids_share_a_name_whatever_they_are(audits: list[str]) -> None:
    assert len({file_stem(audit).lower() for audit in audits}) == len(audits)
