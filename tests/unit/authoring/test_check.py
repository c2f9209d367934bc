"""Each thing that an author gets wrong is found at its line, and a sound rubric gives no findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.each import each
from tests.unit.authoring.conftest import SHAPES, SOUND, checked, edited, findings
from tests.unit.engine.building import gate, rubric_text
from tests.unit.engine.test_reachability import CIRCLE, COLUMN, column

from involve_audit.authoring.check import check_all
from involve_audit.authoring.manuscript import RULES
from involve_audit.model.finding import Severity


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_sound_rubric_of_another_shape_gives_no_findings(path: Path) -> None:
    found = checked(path.read_text(encoding="utf-8"), path.name)
    assert found.findings == ()
    assert found.left_out == frozenset()
    assert found.passes(strict=True)


def test_a_sound_rubric_of_300_questions_gives_no_findings(large: str) -> None:
    assert checked(large, "village-hall.yaml").findings == ()


HELP = "    yes_looks_like: [It was tested this year.]\n    not_enough: [It looks clear.]\n"
CASES: dict[str, tuple[list[tuple[str, str]], str, str, str, str]] = {
    "more points than questions": (
        [("measure: share\n        at_least: 2/3", "measure: points\n        at_least: 4")],
        "stage-in-reach",
        "at_least: 4",
        "no answers can reach `ready`: the gate `ready-people` asks for at least 4, "
        "and its 3 questions come to 3 at best",
        "Ask for less, or let the gate look at more questions.",
    ),
    "50 points where 50% was meant": (
        [("measure: share\n        at_least: 2/3", "measure: points\n        at_least: 50")],
        "stage-in-reach",
        "at_least: 50",
        "no answers can reach `ready`: the gate `ready-people` asks for at least 50, "
        "and its 3 questions come to 3 at best",
        "Did you mean `measure: share` and `at_least: 50%`?",
    ),
    "0.5% where 50% was meant": (
        [("at_least: 2/3", "at_least: 0.5%")],
        "percentage",
        "at_least: 0.5%",
        "`0.5%` is less than one in a hundred",
        "Did you mean `50%`?",
    ),
    "a percentage of points that are added up": (
        [("measure: share\n        at_least: 2/3", "measure: points\n        at_least: 60%")],
        "percentage",
        "at_least: 60%",
        "`60%` is 0.6 here: `points` are added up",
        "For a part of what is possible, write `measure: share`. Otherwise write a number.",
    ),
    "a percentage of what may remain": (
        [('measure: highest\n        at_most: "no"', "measure: points\n        at_most: 40%")],
        "percentage",
        "at_most: 40%",
        "`40%` is 0.4 here: `points` are added up",
        "Write how many may remain, as a number: two *partly* make one.",
    ),
    "one name for two answers": (
        [('{id: "no", title: "No"', '{id: "no", title: "yes"')],
        "can-be-typed",
        '- {id: "no", title: "yes", value: 0}',
        "“yes” stands for two answers, “Yes” and “yes”",
        "Whoever types it is asked which one is meant. Change one of them.",
    ),
    "50 where 50% was meant": (
        [("at_least: 2/3", "at_least: 50")],
        "valid",
        "at_least: 50",
        "`50` is more than all there is",
        "Did you mean `50%`?",
    ),
    "a gate that holds with the worst answers": (
        [('measure: highest\n        at_most: "no"', 'measure: highest\n        at_most: "yes"')],
        "gate-can-fail",
        'at_most: "yes"',
        "the gate `ready-nothing-in-the-way` can never fail: it holds with the worst answers",
        "Ask for more, or take the gate out.",
    ),
    "more may remain than there is": (
        [('measure: highest\n        at_most: "no"', "measure: points\n        at_most: 50")],
        "gate-can-fail",
        "at_most: 50",
        "the gate `ready-nothing-in-the-way` can never fail: its 2 questions come to 2 at most",
        "Write how many may remain, as a number: two *partly* make one.",
    ),
    "more may be set aside than can be": (
        [
            (
                "measure: heard\n        perspective: guests\n        at_least: 1/3",
                "measure: not-applicable\n        at_most: 1/3",
            )
        ],
        "gate-can-fail",
        "at_most: 1/3",
        "the gate `ready-asked-guests` can never fail: of its 3 questions only 0 may be set aside",
        "Lower the threshold, or keep the gate for the day when more questions may be set aside.",
    ),
    "a gate that another makes pointless": (
        [
            (
                "      - id: ready-people\n        items: {theme: people,",
                "      - id: ready-people\n        items: {theme: place,",
            )
        ],
        "gate-can-decide",
        "- id: ready-people",
        "the gate `ready-people` can never decide: it holds wherever `ready-place` (ready-to-open.yaml:38:9) holds",
        "Take it out, or let it ask for more.",
    ),
    "a direction that breaks monotony": (
        [("items: {kind: [deficit, anti-pattern]}", "items: {kind: [deficit, achievement]}")],
        "valid",
        "items: {kind: [deficit, achievement]}",
        "`highest` with `at_most` cannot look at `clean-water`, which is of kind `achievement`: "
        "a better answer could then lower the stage",
        "Ask `at_least` of practices and achievements, "
        "and `at_most` (points or highest) of deficits and anti-patterns.",
    ),
    "an id that leads nowhere": (
        [("limits: [way-out]", "limits: [way-uot]")],
        "valid",
        "limits: [way-uot]",
        "`way-uot` is not an item of this rubric",
        "Did you mean `way-out`?",
    ),
    "a question that changes nothing": (
        [("items: {theme: place, kind: achievement}", "items: {ids: [clean-water, way-out]}")],
        "item-used",
        "- id: cold-store",
        "`cold-store` can never change a stage: no gate looks at it, and it limits or implies nothing",
        "Let a gate select it, or take it out: every question costs people time.",
    ),
    "text that ends where a comment begins": (
        [("ask: Does clean water run from the tap?", "ask: Does clean water run from tap #2")],
        "as-meant",
        "ask: Does clean water run from tap #2",
        "`Does clean water run from tap` is kept, and `#2` is not: it is taken for a comment",
        'Put quotes around it: `ask: "Does clean water run from tap #2"`. '
        "If it is a comment, give it a line of its own.",
    ),
    "an anti-pattern that limits nothing": (
        [("    limits: [rota]\n", "")],
        "anti-pattern-limits",
        "- id: one-hero",
        "the anti-pattern `one-hero` limits nothing",
        "Add `limits: […]`: which good answers count less while this is true?",
    ),
    "a question without help": (
        [(HELP, "")],
        "help",
        "- id: clean-water",
        "`clean-water` comes without help: `yes_looks_like` and `not_enough`",
        "Say what a yes looks like, what is not enough, and whom to ask. Nobody should have to guess.",
    ),
    "a question without a source": (
        [("    source: {id: meeting, position: 1}\n", "")],
        "source",
        "- id: clean-water",
        "`clean-water` does not say where it comes from",
        "Add a `source:` line to it.",
    ),
    "an id that encodes a stage": (
        [("- id: clean-water", "- id: ready-water"), ('{clean-water: "no"', '{ready-water: "no"')],
        "id-without-stage",
        "- id: ready-water",
        "the id `ready-water` says at which stage its question stands",
        "A question may move, and an id never changes. Name it after what is asked.",
    ),
    "an id that numbers a stage": (
        [("- id: clean-water", "- id: water-level2"), ('{clean-water: "no"', '{water-level2: "no"')],
        "id-without-stage",
        "- id: water-level2",
        "the id `water-level2` says at which stage its question stands",
        "A question may move, and an id never changes. Name it after what is asked.",
    ),
    "two questions with nearly the same words": (
        [("ask: Does clean water run from the tap?", "ask: Are there two ways to get out in case of fire?")],
        "questions-differ",
        "ask: Are there two ways out in case of fire?",
        "`way-out` asks nearly the same as `clean-water` (ready-to-open.yaml:65:10)",
        "Take one out, or say in the words what sets them apart.",
    ),
    "hard words": (
        [("ask: Does clean water run from the tap?", "ask: Is uncontaminated municipal water continuously available?")],
        "readable",
        "ask: Is uncontaminated municipal water continuously available?",
        "this is hard to read: above the level of any school",
        "Make two sentences of it, or use shorter words. The longest are: uncontaminated, continuously and available.",
    ),
    "a reason in hard words": (
        [
            (
                "because: None of these can wait until later.",
                "because: Organisational irregularities necessitate comprehensive precautionary deliberation.",
            )
        ],
        "readable",
        "because: Organisational irregularities necessitate comprehensive precautionary deliberation.",
        "this is hard to read: above the level of any school",
        "Make two sentences of it, or use shorter words. "
        "The longest are: Organisational, irregularities and comprehensive.",
    ),
    "another name than the id": (
        [("id: ready-to-open\n", "id: kitchen\n")],
        "found-by-id",
        "id: kitchen",
        "this file is not named after its id, so that `kitchen` will not be found",
        "Name it `kitchen.yaml`. Until then, name the file with -r.",
    ),
    "a question that asks two things": (
        [("ask: Does clean water run from the tap?", "ask: Does clean water run and is it warm?")],
        "one-thing-asked",
        "ask: Does clean water run and is it warm?",
        "this may ask two things at once: “… and is …”",
        "Whoever would say yes to one and no to the other cannot answer. Make two questions of it.",
    ),
    "a bad thing that is asked with a no": (
        [("ask: Do sharp knives lie where children play?", "ask: Are knives never put away?")],
        "plain-no",
        "ask: Are knives never put away?",
        "an answer of no to this is a no to “never”",
        "That is hard to follow. Ask whether the bad thing is there, in words without a no.",
    ),
    "one title twice": (
        [("title: Two ways out", "title: Clean water")],
        "titles-differ",
        "title: Clean water",
        "`way-out` has the same title as `clean-water` (ready-to-open.yaml:64:12)",
        "Nobody can tell them apart. Call one of them something else.",
    ),
    "a title in curly quotes": (
        [("title: Two ways out", "title: “Two ways out”")],
        "straight-quotes",
        "title: “Two ways out”",
        "the quotes around “Two ways out” are part of it, and will not match",
        'Take them out, or write straight quotes: "…".',
    ),
    "something allowed for nothing": (
        [("format: involve-audit/rubric@1\n", "format: involve-audit/rubric@1\nallow: [{rule: help, because: B.}]\n")],
        "allow",
        "allow: [{rule: help, because: B.}]",
        "nothing is found of `help`, so there is nothing to allow",
        "Take it out.",
    ),
}


@each("case", CASES)
def test_what_is_wrong_is_found_at_its_line_with_what_to_do(case: str) -> None:
    edits, rule, line, what, hint = CASES[case]
    text = edited(*edits)
    (found,) = [one for one in findings(text) if one.rule == rule]
    assert (found.problem.what, found.problem.hint) == (what, hint)
    assert text.splitlines()[(found.problem.line or 0) - 1].strip() == line
    assert found.severity is RULES[rule].severity


@each("rule", RULES)
def test_every_rule_has_a_case(rule: str) -> None:
    assert rule in {found for _, found, *_ in CASES.values()} | {"stage-can-be-the-result"}


def test_a_stage_at_which_no_audit_can_end_is_an_error() -> None:
    ladder = """\
  - id: great
    title: Great
    short: Great
    summary: As good as it gets.
    gates:
      - id: great-place
        items: {theme: place, kind: achievement}
        measure: share
        at_least: 80%
        because: Most of it should be there.
indicators:
"""
    found = findings(edited(("indicators:\n", ladder)))
    assert [(one.rule, one.problem.line) for one in found] == [("stage-can-be-the-result", 33), ("gate-can-decide", 64)]
    assert found[0].problem.what == (
        "no audit can end at `ready`: whoever reaches it meets every gate of `great` as well"
    )
    assert found[0].severity is Severity.error


def test_a_rubric_that_names_no_source_is_told_once_and_not_for_every_question() -> None:
    lines = [line for line in SOUND.splitlines() if not line.startswith("    source: ")]
    text = edited(
        (
            "sources:\n  - id: meeting\n    title: Notes of our second meeting\n"
            "    publishers: [An invented kitchen group]\n    year: 2026\n",
            "",
        ),
        text="\n".join(lines),
    )
    assert [one.rule for one in findings(text)] == ["source"]


def test_all_questions_together_can_be_too_hard_though_no_single_one_is() -> None:
    text = SOUND.replace("    ask: ", "    ask: Throughout several recent weeks, ")
    found = [one for one in findings(text) if one.rule == "readable" and "together" in one.problem.what]
    assert [(one.problem.line, one.problem.hint) for one in found] == [
        (59, "Aim at the level of age 12: shorter words, shorter sentences.")
    ]


def test_another_language_is_measured_by_an_index_for_all_languages() -> None:
    text = edited(
        ("language: en-GB", "language: de"),
        (
            "ask: Does clean water run from the tap?",
            "ask: Entspricht Trinkwasserqualität durchgängig Gesundheitsvorschriften?",
        ),
    )
    (found,) = [one for one in findings(text) if one.problem.line == 65]
    assert found.problem.what == "this is hard to read: LIX 104"


def test_what_is_sound_is_checked_though_something_else_is_not() -> None:
    text = edited((HELP, ""), ("limits: [way-out]", "limits: [way-uot]"))
    found = checked(text)
    assert [one.rule for one in found.findings] == ["help", "valid"]
    assert "gate-can-fail" in found.left_out
    assert "help" not in found.left_out


@pytest.mark.parametrize("text", ["", "x", "[]", "format: involve-audit/rubric@1\nsources: x\nstages: [x]\n", "a: *b"])
def test_a_file_that_is_no_rubric_is_a_finding_and_breaks_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(text, encoding="utf-8")
    (found,) = check_all([str(path)])
    assert {one.rule for one in found.findings} in ({"valid"}, {"valid", "source"})
    assert "gate-can-decide" in found.left_out


def test_a_search_that_is_cut_off_is_a_finding_of_its_own_and_no_pass(large: str) -> None:
    asked = (
        "      - id: shared-overall\n        items: {stage: shared}\n        measure: points\n        at_least: 12\n"
    )
    text = edited(
        ("      - id: shared-in-place\n", f"{asked}        because: B.\n      - id: shared-in-place\n"), text=large
    )
    found = checked(text, "village-hall.yaml", nodes=40)
    cut_off = [one for one in found.findings if one.severity is Severity.unsettled]
    assert cut_off
    assert {one.rule for one in cut_off} <= {"gate-can-decide", "stage-can-be-the-result"}
    assert cut_off[0].problem.what.endswith("is not known: the check was cut off after 40 steps")
    assert cut_off[0].problem.hint.startswith("This is no pass. Let it search longer with --budget 400")
    assert not found.passes(strict=False)


def test_files_that_cannot_be_read_are_findings_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ready-to-open.yaml").write_text(SOUND, encoding="utf-8")
    found = check_all(["nowhere.yaml", "service-user-leadership-spectrm", "ready-to-open.yaml", "nowhere.yaml"])
    assert [(one.file, [each.problem.what for each in one.findings]) for one in found] == [
        ("nowhere.yaml", ["there is no such file"]),
        ("service-user-leadership-spectrm", ["there is no rubric `service-user-leadership-spectrm`"]),
        ("ready-to-open.yaml", []),
    ]


def test_a_shipped_rubric_is_checked_by_its_id() -> None:
    (found,) = check_all(["service-user-leadership-spectrum"])
    assert [one.finding.rule for one in found.allowed if one.finding.about[-1][0] == "gates"] == ["gate-can-fail"] * 2
    assert found.findings == ()
    assert found.passes(strict=True)


def test_whether_an_audit_can_end_at_a_stage_can_be_cut_off_too() -> None:
    ladder = {"high": CIRCLE, "top": [gate("points", COLUMN, at_least="2.8")]}
    text = rubric_text(column(5), ladder).decode()
    found = [one for one in findings(text, nodes=5) if one.rule == "stage-can-be-the-result"]
    assert {one.severity for one in found} == {Severity.unsettled}
    assert found[-1].problem.what == (
        "whether an audit can end at `high` is not known: the check was cut off after 5 steps"
    )
