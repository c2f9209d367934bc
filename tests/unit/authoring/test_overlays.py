"""Overlays, checked and tested: what they bring themselves, and what of a translation is missing or stale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.unit.authoring.conftest import SOUND, edited

from involve_audit.authoring.check import check_all
from involve_audit.authoring.rehearsal import rehearse_all
from involve_audit.model.finding import Checked

TAILORED = """\
format: involve-audit/overlay@1
id: our-kitchen
version: 1.0.0
extends: ready-to-open@1
title: Our kitchen
because: We voted on it.
thresholds:
  ready-people: {at_least: 1/3, because: We begin with less.}
scenarios:
  - id: little
    title: No rota and no menu
    respondents: {guests: 1}
    answers: {left-open: "no", one-hero: "no", rota: "no", menu-together: "no"}
    otherwise: "yes"
    expect: ready
  - id: nothing-for-people
    title: Nothing for people
    respondents: {guests: 1}
    answers: {left-open: "no", one-hero: "no", rota: "no", menu-together: "no", free-of-charge: "no"}
    otherwise: "yes"
    expect: not-ready
"""
WELSH = """\
format: involve-audit/overlay@1
id: kitchen-cy
version: 1.0.0
extends: ready-to-open@1
language: cy
texts:
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rubrics").mkdir()
    write("ready-to-open", SOUND)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(f"rubrics/{name}.yaml").write_text(text, encoding="utf-8")


def checked(text: str, name: str) -> Checked:
    write(name, text)
    (found,) = check_all([name])
    return found


def said(found: Checked) -> list[tuple[str, str]]:
    return [(one.rule, one.problem.what) for one in found.findings]


def test_a_sound_overlay_gives_no_findings() -> None:
    found = checked(TAILORED, "our-kitchen")
    assert (found.file, said(found)) == ("rubrics/our-kitchen.yaml", [])


@pytest.mark.parametrize("conflict", [("thresholds:", "treshold:"), ("  ready-people:", "  ready-peple:")])
def test_of_an_overlay_that_comes_to_no_rubric_nothing_else_is_told(conflict: tuple[str, str]) -> None:
    found = checked(TAILORED.replace(*conflict), "our-kitchen")
    assert [rule for rule, _what in said(found)] == ["valid"]
    assert found.left_out == found.rules.keys() - {"valid"}


def test_words_about_an_id_that_is_taken_are_not_told_of_the_original() -> None:
    added = "add:\n  indicators:\n    - {id: rota, stage: ready, theme: people, kind: achievement, title: A, ask: A?, "
    found = checked(f"{TAILORED}{added}next_step: Do it.}}\n", "our-kitchen")
    assert [rule for rule, _what in said(found)] == ["valid"]
    assert "`rota` is taken" in said(found)[0][1]


def test_what_the_original_has_wrong_is_not_told_again() -> None:
    write("ready-to-open", edited(("    limits: [rota]\n", "")))
    assert said(checked(TAILORED, "our-kitchen")) == []


def test_what_follows_in_the_original_is_told_at_the_overlay_with_both_places() -> None:
    added = """\
add:
  gates:
    ready:
      - id: ready-all
        items: {kind: achievement}
        measure: share
        at_least: 100%
        because: Everything has to be there.
thresholds:
"""
    found = checked(edited(("thresholds:\n", added), text=TAILORED), "our-kitchen")
    told = {(one.problem.where, one.problem.what) for one in found.findings}
    assert (
        "rubrics/our-kitchen.yaml:4:10",
        "with these changes: the gate `ready-place` can never decide: it holds wherever `ready-all` "
        "(rubrics/our-kitchen.yaml:10:9) holds (rubrics/ready-to-open.yaml:38:13)",
    ) in told
    assert {where for where, _ in told} == {"rubrics/our-kitchen.yaml:4:10"}


def test_an_added_question_is_checked_like_any_other() -> None:
    added = """\
add:
  indicators:
    - id: ready-spoons
      stage: ready
      theme: place
      kind: achievement
      title: Spoons
      ask: Are there spoons?
      next_step: Buy some.
thresholds:
"""
    found = checked(edited(("thresholds:\n", added), text=TAILORED), "our-kitchen")
    assert {one.rule for one in found.findings} == {"help", "source", "id-without-stage"}
    assert {one.problem.line for one in found.findings} == {9}


def test_the_originals_scenarios_are_played_too_and_those_that_come_out_otherwise_are_named() -> None:
    write("our-kitchen", TAILORED)
    (tested,) = rehearse_all(["our-kitchen"])
    assert tested.passes(strict=True)
    assert tested.notes[0] == "2 of 2 scenarios come to the stage that they expect."
    assert tested.notes[1].startswith("4 of 4 gates fail in some scenario")
    assert (
        tested.notes[-1]
        == "The original's “Too little is sorted out for people” comes to `ready` here, not to `not-ready`."
    )


def test_a_tailored_rubric_needs_scenarios_of_its_own() -> None:
    write("our-kitchen", TAILORED[: TAILORED.index("scenarios:")])
    (tested,) = rehearse_all(["our-kitchen"])
    assert not tested.passes(strict=False)


def test_a_translation_is_tested_by_the_originals_scenarios() -> None:
    write("kitchen-cy", WELSH.replace("texts:\n", ""))
    (tested,) = rehearse_all(["kitchen-cy"])
    assert tested.passes(strict=True)
    assert tested.notes[0].startswith("5 of 5 scenarios")


def test_a_translation_is_told_what_is_missing() -> None:
    text = (
        WELSH
        + """\
  rubric: {title: Cegin}
  items:
    clean-water: {title: Dŵr glân}
"""
    )
    found = [one for one in checked(text, "kitchen-cy").findings if one.rule == "translated"]
    assert ("not translated of `rubric`: `summary` and `beyond_the_source`", 7) in [
        (one.problem.what, one.problem.line) for one in found
    ]
    assert (
        "not translated of `items.clean-water`: `ask`, `yes_looks_like`, `not_enough`, `who_to_ask` and `next_step`",
        9,
    ) in [(one.problem.what, one.problem.line) for one in found]
    assert ("nothing is translated yet of these `themes`: `place` and `people`", 6) in [
        (one.problem.what, one.problem.line) for one in found
    ]


def digest_told(found: Checked) -> str:
    (digest,) = {match[1] for one in found.findings if (match := re.search(r"`ask: ([0-9a-f]{10})`", one.problem.hint))}
    return digest


def asked(originals: str) -> str:
    return WELSH + f"  items:\n    clean-water:\n      ask: A oes dŵr glân?\n      originals: {originals}\n"


def fresh(found: Checked) -> list[str]:
    return [one.problem.what for one in found.findings if one.rule == "fresh"]


def test_a_translation_goes_stale_when_the_originals_words_change_and_only_then() -> None:
    first = checked(asked("{}"), "kitchen-cy")
    assert fresh(first) == [
        "it is not noted which text `items.clean-water.ask` stands for, so nobody will see when it goes stale"
    ]
    text = asked(f"{{ask: {digest_told(first)}}}")
    assert fresh(checked(text, "kitchen-cy")) == []
    write(
        "ready-to-open",
        edited(("ask: Does clean water run from the tap?", "ask: >-\n      Does clean water\n      run from the tap?")),
    )
    assert fresh(checked(text, "kitchen-cy")) == []
    write(
        "ready-to-open", edited(("ask: Does clean water run from the tap?", "ask: Does warm water run from the tap?"))
    )
    stale = checked(text, "kitchen-cy")
    assert fresh(stale) == ["the original of `items.clean-water.ask` has changed since"]
    (one,) = [one for one in stale.findings if one.rule == "fresh"]
    assert one.problem.hint.endswith(" It is now: “Does warm water run from the tap?”")
    assert fresh(checked(asked(f"{{ask: {digest_told(stale)}}}"), "kitchen-cy")) == []


def test_words_of_the_same_language_go_stale_only_where_it_was_noted_what_they_stand_for() -> None:
    words = "texts:\n  items:\n    clean-water:\n      ask: Is the water clean?\n{}scenarios:\n"
    bare = edited(("scenarios:\n", words.format("")), text=TAILORED)
    assert fresh(checked(bare, "our-kitchen")) == []
    noted = edited(("scenarios:\n", words.format("      originals: {ask: 0123456789}\n")), text=TAILORED)
    assert fresh(checked(noted, "our-kitchen")) == ["the original of `items.clean-water.ask` has changed since"]


def test_how_far_a_translation_has_come_is_told() -> None:
    assert checked(asked("{}"), "kitchen-cy").notes == ("1 of 72 texts are translated.",)
