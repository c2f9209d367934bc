"""Every file of tests/cases is a test: a valid one loads, an invalid one gives the problems beside it.

To add a case, drop in `answers-NAME.yaml` or `rubric-NAME.yaml`. `REWRITE_CASES=1 pytest …` writes the messages as
they are now into every `.errors.txt` whose text differs; read what it wrote before you keep it.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from involve_audit.errors import InputError
from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric

CASES = Path(__file__).parents[2] / "cases"
TODAY = date(2026, 11, 23)
VALID = sorted(path.name for path in (CASES / "valid").glob("*.yaml"))
INVALID = sorted(path.name for path in (CASES / "invalid").glob("*.yaml"))

# Cases whose `.errors.txt` says what should be said, and is not yet. Take a line out once its fault is mended.
_NONE = "an empty value is called `None`"
_TWICE = "one mistake is reported twice, once in the validator's words"
_AT_LEAST_TWO = "a list of two is said to need two where one of its entries has a problem"
_HINT = "the hints are looked up by words that only the pure parser uses"
_ORDER = "the problems of a rubric are not in the order of the file"
NOT_YET = {
    "answers-character-escape-impossible.yaml": "the pure parser raises ValueError",
    "answers-control-character-escaped.yaml": "control characters get in through escapes",
    "answers-date-empty.yaml": _NONE,
    "answers-format-empty.yaml": _NONE,
    "answers-respondents-empty.yaml": _NONE,
    "answers-item-with-capitals.yaml": _TWICE,
    "answers-option-is-a-sentence.yaml": _TWICE,
    "answers-option-with-capital.yaml": _TWICE,
    "answers-rubric-id-huge.yaml": "OSError: the id is tried as a file's name",
    "answers-rubric-is-a-path.yaml": "an answers file makes the program read any file",
    "answers-rubric-unknown-and-more.yaml": "an unknown rubric hides the other problems",
    "answers-rubric-version-huge.yaml": "ValueError in fits()",
    "answers-several-at-once-with-future-dates.yaml": "future dates go unseen beside another problem",
    "answers-tab-indent.yaml": _HINT,
    "answers-wrong-indentation.yaml": _HINT,
    "rubric-entry-missing-in-a-short-list.yaml": _AT_LEAST_TWO,
    "rubric-gate-items-as-list.yaml": _AT_LEAST_TWO,
    "rubric-gate-measure-as-list.yaml": "TypeError in rubric_rules",
    "rubric-gate-measure-unknown.yaml": _AT_LEAST_TWO,
    "rubric-gate-perspective-empty.yaml": "a `heard` gate without a perspective loads",
    "rubric-gate-threshold-as-list.yaml": _AT_LEAST_TWO,
    "rubric-gate-threshold-empty.yaml": "a gate without a threshold loads",
    "rubric-gate-threshold-huge-fraction.yaml": "OverflowError in threshold_value",
    "rubric-gate-threshold-percent-forgotten.yaml": "the hint proposes `3/1%`",
    "rubric-gate-threshold-too-high.yaml": "the hint proposes `500%%`",
    "rubric-gate-without-reason.yaml": _AT_LEAST_TWO,
    "rubric-only-one-option.yaml": _ORDER,
    "rubric-option-for-by-its-inner-name.yaml": "`for_kinds` is taken for `for`, unseen by the rules",
    "rubric-several-at-once.yaml": _ORDER,
    "rubric-unknown-key.yaml": _ORDER,
}


def _marked(name: str) -> object:
    marks = [pytest.mark.xfail(reason=NOT_YET[name])] if name in NOT_YET else []
    return pytest.param(name, marks=marks)


def load(name: str) -> object:
    kind, _, _ = name.partition("-")
    return {"answers": lambda: load_audit([name], TODAY), "rubric": lambda: load_rubric(name)}[kind]()


@pytest.mark.parametrize("name", VALID)
def test_a_valid_case_loads(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / "valid")
    assert load(name)


@pytest.mark.parametrize("name", [_marked(name) for name in INVALID])
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
    assert set(INVALID) >= set(NOT_YET)
