"""Every file of tests/cases is a test: a valid one loads, an invalid one gives the problems beside it.

To add a case, drop in `answers-NAME.yaml` or `rubric-NAME.yaml`. `REWRITE_CASES=1 pytest …` writes the messages as
they are now into every `.errors.txt` whose text differs; read what it wrote before you keep it.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from tests.each import each

from involve_audit.errors import InputError
from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric

CASES = Path(__file__).parents[2] / "cases"
TODAY = date(2026, 11, 23)
VALID = sorted(path.name for path in (CASES / "valid").glob("*.yaml"))
INVALID = sorted(path.name for path in (CASES / "invalid").glob("*.yaml"))


def load(name: str) -> object:
    kind, _, _ = name.partition("-")
    return {"answers": lambda: load_audit([name], TODAY), "rubric": lambda: load_rubric(name)}[kind]()


@each("name", VALID)
def test_a_valid_case_loads(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / "valid")
    assert load(name)


@each("name", INVALID)
def test_an_invalid_case_gives_the_problems_beside_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / "invalid")
    with pytest.raises(InputError) as caught:
        load(name)
    beside = Path(name).with_suffix(".errors.txt")
    said = f"{caught.value}\n"
    if "REWRITE_CASES" in os.environ:
        beside.write_text(said, encoding="utf-8")
    assert said == beside.read_text(encoding="utf-8")


def test_no_case_is_left_without_its_messages_nor_messages_without_their_case() -> None:
    beside = sorted(path.name for path in (CASES / "invalid").iterdir() if path.suffix != ".yaml")
    assert beside == [name.replace(".yaml", ".errors.txt") for name in INVALID]
