"""An overlay on a rubric: what it changes, what it may not, and that every conflict is told with both places."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.loading.test_rubric import paths, replaced

from involve_audit.errors import InputError, Problem
from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric_by_id, parse_rubric, read_rubric, serves, translations_of
from involve_audit.loading.tree import parse_tree
from involve_audit.model.rubric import Overlaid, layers, original, own_id, tailorings

Problems = Callable[..., tuple[Problem, ...]]

TAILORED = """\
format: involve-audit/overlay@1
id: own
version: 1.2.0
extends: small@1
title: Our own rubric
because: The members agreed on it.
minimum_answered: 2/3
switch_off:
  items:
    survey: We do not send any.
  gates:
    high-few: We look at this elsewhere.
thresholds:
  high-share: {at_least: 60%, because: Half is too little.}
add:
  beyond_the_source: [The second theme is ours.]
  sources:
    - {id: council, title: Minutes of the council}
  perspectives:
    - {id: families, title: Families}
  themes:
    - {id: money, title: Money}
  gates:
    high:
      - id: high-budget
        items: {theme: money}
        measure: lowest
        at_least: partly
        because: Money matters.
  indicators:
    - id: budget
      stage: high
      theme: money
      kind: achievement
      title: Budget
      ask: Do members hold the budget?
      next_step: Hand it over.
      source: {id: council}
  anti_patterns:
    - id: gift
      title: Gift
      ask: Are people paid in vouchers?
      next_step: Pay them.
      limits: budget
  glossary:
    - {term: budget, meaning: Money to spend.}
  resources:
    - {title: The council}
texts:
  rubric:
    summary: Ours.
  items:
    board:
      ask: Are members on our board?
      yes_looks_like: [Two of them.]
    agenda:
      wording: {staff: Do you let members set the agenda?}
  gates:
    high-heard: {because: Members come first.}
scenarios:
  - id: all
    title: All
    answers: {ignored: "no", token: "no", gift: "no"}
    respondents: {members: 1}
    otherwise: "yes"
    expect: high
"""

WELSH = """\
format: involve-audit/overlay@1
id: small-cy
version: 1.0.0
extends: small@1
language: cy
texts:
  rubric: {title: Rhywbeth bach}
  scale: {"yes": {title: Ydw}}
  items:
    board: {ask: A oes aelodau ar y bwrdd?}
    agenda: {wording: {members: Chi?}}
"""


def overlaid(text: str) -> Overlaid:
    found = parse_rubric(text.encode(), "own.yaml")
    assert isinstance(found, Overlaid)
    return found


def edited(*edits: tuple[str, str], text: str = TAILORED) -> str:
    for passage, other in edits:
        assert text.count(passage) == 1, passage
        text = text.replace(passage, other)
    return text


@pytest.mark.usefixtures("here")
def test_a_tailored_rubric_has_what_was_added_and_not_what_was_switched_off() -> None:
    rubric = overlaid(TAILORED).content
    assert [item.id for item in rubric.items] == ["agenda", "board", "ignored", "budget", "token", "gift"]
    assert [gate.id for stage in rubric.stages for gate in stage.gates] == ["high-share", "high-heard", "high-budget"]
    assert [perspective.id for perspective in rubric.perspectives] == ["members", "staff", "families"]
    assert [theme.id for theme in rubric.themes] == ["voice", "money"]
    assert [source.id for source in rubric.sources] == ["leaflet", "council"]
    assert rubric.beyond_the_source == ("The second theme is ours.",)
    assert [term.term for term in rubric.glossary] == ["budget"]
    assert [resource.title for resource in rubric.resources] == ["The council"]


@pytest.mark.usefixtures("here")
def test_it_is_another_rubric_with_its_own_id_title_thresholds_words_and_scenarios() -> None:
    found = overlaid(TAILORED)
    rubric = found.content
    assert (rubric.id, rubric.version, rubric.title, rubric.summary) == ("own", "1.2.0", "Our own rubric", "Ours.")
    assert rubric.minimum_answered == "2/3"
    share, heard, _budget = rubric.stages[1].gates
    assert (share.at_least, share.because) == ("60%", "Half is too little.")
    assert (heard.at_least, heard.because) == ("1/3", "Members come first.")
    items = {item.id: item for item in rubric.items}
    assert items["board"].ask == "Are members on our board?"
    assert items["board"].yes_looks_like == ("Two of them.",)
    assert items["agenda"].wording == {
        "members": "Do you set the agenda?",
        "staff": "Do you let members set the agenda?",
    }
    assert [scenario.id for scenario in rubric.scenarios] == ["all"]
    assert original(found).content.id == "small"
    assert tailorings(found) == [found]


def test_lines_and_own_words_are_translated_and_a_tailored_rubric_may_bring_its_own(here: Path) -> None:
    small = (here / "rubrics/small.yaml").read_text(encoding="utf-8")
    lines = small.replace("id: small", "id: lines").replace(
        "limit_to: partly", "limit_to: partly\nwords: {together: Us.}"
    )
    lines = lines.replace("title: High\n", "title: High\n    says: it is so\n").replace(
        "next_step: E", "do: V.\n    next_step: E"
    )
    (here / "rubrics/lines.yaml").write_text(lines, encoding="utf-8")
    said = "texts:\n  words: {together: Ni.}\n  stages: {high: {says: felly}}\n  items: {board: {do: P.}}\n"
    found = overlaid(WELSH.partition("texts:")[0].replace("small", "lines") + said).content
    board = next(item for item in found.items if item.id == "board")
    assert (found.words.together, found.stages[1].says, board.do) == ("Ni.", "felly", "P.")
    own = overlaid(edited(("  rubric:\n    summary", "  words: {audit_title: Ours}\n  rubric:\n    summary"))).content
    assert own.words.put_into({"audit_title": "Audit", "together": "All."}) == {
        "audit_title": "Ours",
        "together": "All.",
    }


@pytest.mark.usefixtures("here")
def test_a_translation_stays_the_rubric_that_it_translates() -> None:
    found = overlaid(WELSH)
    rubric = found.content
    assert (rubric.id, rubric.version, rubric.language) == ("small", "1.0.0", "cy")
    assert rubric.title == "Rhywbeth bach"
    assert rubric.scale[0].title == "Ydw"
    items = {item.id: item for item in rubric.items}
    assert (items["board"].ask, items["board"].title) == ("A oes aelodau ar y bwrdd?", "Board")
    assert items["agenda"].wording == {"members": "Chi?"}
    assert [scenario.id for scenario in rubric.scenarios] == ["all-in-place"]
    assert tailorings(found) == []
    assert own_id(found) == "small-cy"


def test_a_rubric_is_at_hand_in_every_language_that_it_is_translated_into(here: Path) -> None:
    (here / "rubrics/own.yaml").write_text(TAILORED, encoding="utf-8")
    for name, base, language in (("small-cy", "small", "cy"), ("small-de", "small", "de"), ("own-fr", "own", "fr")):
        text = WELSH.replace("small-cy", name).replace("extends: small@1", f"extends: {base}@1")
        (here / f"rubrics/{name}.yaml").write_text(
            text.replace("language: cy", f"language: {language}"), encoding="utf-8"
        )

    def languages(rubric_id: str) -> list[str]:
        return [rubric.language for rubric in translations_of(load_rubric_by_id(rubric_id))]

    assert languages("small") == ["cy", "de"]
    assert languages("small-de") == [load_rubric_by_id("small").content.language, "cy"]
    assert languages("own") == ["fr"]


def test_overlays_can_stand_on_overlays(here: Path) -> None:
    (here / "rubrics/own.yaml").write_text(TAILORED, encoding="utf-8")
    text = WELSH.replace("extends: small@1", "extends: own@1.2").replace("small-cy", "own-cy")
    (here / "rubrics/own-cy.yaml").write_text(text, encoding="utf-8")
    found = load_rubric_by_id("own-cy")
    assert (found.content.id, found.content.language) == ("own", "cy")
    assert [own_id(layer) for layer in layers(found)] == ["own-cy", "own"]
    assert [own_id(layer) for layer in tailorings(found)] == ["own"]
    assert original(found).content.id == "small"


@pytest.mark.usefixtures("here")
def test_answers_to_the_original_can_be_read_with_the_tailored_rubric_and_with_a_translation() -> None:
    tailored, welsh = overlaid(TAILORED), overlaid(WELSH)
    assert serves(tailored, "own@1.1")
    assert serves(tailored, "small@1.0.0")
    assert serves(welsh, "small@1")
    assert serves(welsh, "small-cy@1")
    assert not serves(tailored, "own@1.3")
    assert not serves(tailored, "small@2")
    assert not serves(original(tailored), "own@1")


def test_answers_to_what_is_switched_off_are_kept_and_still_have_to_be_answers(
    here: Path, answers: Callable[..., str], problems_of: Problems, today: Any
) -> None:
    (here / "rubrics/own.yaml").write_text(TAILORED, encoding="utf-8")
    (here / "a.yaml").write_text(answers(answers="{survey: yes, board: no}"), encoding="utf-8")
    audit = load_audit(["a.yaml"], today, "own")
    assert list(audit.views[0].content.answers) == ["survey", "board"]
    assert "rubrics/small.yaml" in audit.inputs
    (here / "a.yaml").write_text(answers(answers="{survey: yess, budget: no, nothing: no}"), encoding="utf-8")
    assert [problem.what for problem in problems_of(load_audit, ["a.yaml"], today, "own")] == [
        "`yess` is not an answer to `survey`",
        "`nothing` is not an item of this rubric",
    ]


CONFLICTS: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "an item that is there": (
        [("    - id: budget\n", "    - id: board\n")],
        ["own.yaml:31:11: the id `board` is taken in the rubric that is extended (rubrics/small.yaml:63:5)"],
    ),
    "a perspective that is there": (
        [("{id: families, title: Families}", "{id: staff, title: Staff}")],
        ["own.yaml:20:12: the id `staff` is taken in the rubric that is extended (rubrics/small.yaml:19:6)"],
    ),
    "a gate that is there": (
        [("      - id: high-budget\n", "      - id: high-share\n")],
        ["own.yaml:25:13: the id `high-share` is taken in the rubric that is extended (rubrics/small.yaml:29:9)"],
    ),
    "a gate for a stage that is not there": (
        [("    high:\n      - id: high-budget", "    hihg:\n      - id: high-budget")],
        ["own.yaml:24:5: `hihg` is not a stage of the rubric that is extended"],
    ),
    "an item switched off that is not there": (
        [("    survey: We", "    survye: We")],
        ["own.yaml:10:5: `survye` is not an item of the rubric that is extended"],
    ),
    "a gate switched off that is not there": (
        [("    high-few: We", "    high-fwe: We")],
        ["own.yaml:12:5: `high-fwe` is not a gate of the rubric that is extended"],
    ),
    "a threshold of a gate that is not there": (
        [("  high-share: {at_least: 60%", "  high-shar: {at_least: 60%")],
        ["own.yaml:14:3: `high-shar` is not a gate of the rubric that is extended"],
    ),
    "a threshold on the other side": (
        [("high-share: {at_least: 60%", "high-share: {at_most: 60%")],
        ["own.yaml:14:16: the gate `high-share` has `at_least` (rubrics/small.yaml:32:9)"],
    ),
    "a threshold on no side": (
        [("high-share: {at_least: 60%, because", "high-share: {because")],
        ["own.yaml:14:3: no threshold is given for the gate `high-share`"],
    ),
    "a threshold of a gate that is switched off": (
        [("  high-share: {at_least: 60%", "  high-few: {at_most: 60%")],
        ["own.yaml:14:3: `high-few` is switched off (own.yaml:12:5)"],
    ),
    "words for an item that is switched off": (
        [("    board:\n      ask:", "    survey:\n      ask:")],
        ["own.yaml:53:5: `survey` is switched off (own.yaml:10:5)"],
    ),
    "words for an item that is not there": (
        [("    board:\n      ask:", "    borad:\n      ask:")],
        ["own.yaml:53:5: `borad` is not in the rubric that is extended, under `items`"],
    ),
    "an item switched off that a new gate names": (
        [("items: {theme: money}", "items: {ids: [budget, survey]}")],
        ["own.yaml:10:5: the gate `high-budget` asks for `survey` by name (own.yaml:26:9)"],
    ),
    "a new item that implies what is switched off": (
        [
            ("    survey: We", "    agenda: We"),
            ("      source: {id: council}", "      source: {id: council}\n      implies: [agenda]"),
            ("    agenda:\n      wording: {staff: Do you let members set the agenda?}\n", ""),
        ],
        ["own.yaml:39:17: `agenda` is not an item of this rubric"],
    ),
    "no title and no reason": (
        [("title: Our own rubric\n", ""), ("because: The members agreed on it.\n", "")],
        [
            "own.yaml:4:1: a tailored rubric needs its own `title`",
            "own.yaml:4:1: a tailored rubric needs its own `because`",
        ],
    ),
    "every gate of a stage switched off": (
        [("    high-few: We look at this elsewhere.", "    high-few: x\n    high-share: x\n    high-heard: x"),
         ("thresholds:\n  high-share: {at_least: 60%, because: Half is too little.}\n", ""),
         ("  gates:\n    high:\n      - id: high-budget\n        items: {theme: money}\n        measure: lowest\n"
          "        at_least: partly\n        because: Money matters.\n", ""),
         ("  gates:\n    high-heard: {because: Members come first.}\n", "")],
        [
            "own.yaml:4:10: with these changes: `high` has no gates, so every audit would reach it "
            "(rubrics/small.yaml:24:5)",
        ],
    ),
    "a key that is not one": (
        [("switch_off:\n", "switchoff:\n")],
        ["own.yaml:8:1: `switchoff` is not a key that can stand here"],
    ),
}  # fmt: skip


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("case", CONFLICTS)
def test_a_conflict_is_an_error_with_both_places(case: str, problems_of: Problems) -> None:
    edits, said = CONFLICTS[case]
    problems = problems_of(parse_rubric, edited(*edits).encode(), "own.yaml")
    assert [f"{problem.where}: {problem.what}" for problem in problems] == said
    assert all(problem.hint for problem in problems)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("title: Rhywbeth\n", "a translation changes nothing but texts, and `title` is more"),
        ("minimum_answered: 40%\n", "a translation changes nothing but texts, and `minimum_answered` is more"),
        ("switch_off: {items: {survey: x}}\n", "a translation changes nothing but texts, and `switch_off` is more"),
        ("add: {themes: [{id: x, title: X}]}\n", "a translation changes nothing but texts, and `add` is more"),
    ],
)
def test_a_translation_changes_nothing_but_texts(more: str, said: str, problems_of: Problems) -> None:
    assert said in [problem.what for problem in problems_of(parse_rubric, (WELSH + more).encode(), "cy.yaml")]


@pytest.mark.usefixtures("here")
def test_a_translation_has_no_texts_that_the_original_lacks(problems_of: Problems) -> None:
    text = WELSH.replace("board: {ask:", "board: {probes: [x], ask:")
    (problem,) = problems_of(parse_rubric, text.encode(), "cy.yaml")
    assert problem.what == "`board` has no `probes` in the rubric that is extended"


@pytest.mark.usefixtures("here")
def test_a_translation_has_words_of_its_own_to_type_for_an_answer() -> None:
    text = WELSH.replace("scale: {", "scale: {partly: {also: [hanner]}, ")
    scale = {option.id: option.also for option in parse_rubric(text.encode(), "cy.yaml").content.scale}
    assert scale["partly"] == ("hanner",)


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("smal@1", "there is no rubric `smal`"),
        ("small@2", "it extends `small@2`; the rubric at hand is `small@1.0.0`"),
        ("small@1.1", "it extends `small@1.1`; the rubric at hand is `small@1.0.0`"),
        ("../small@1", "`../small@1` is not possible for `extends`"),
        ("own@1", "these overlays extend each other in a circle: `own`, `own`"),
        ("broken@1", "the rubric that it extends is not valid: `id` is missing"),
    ],
)
def test_what_is_extended_has_to_be_there(here: Path, problems_of: Problems, extends: str, said: str) -> None:
    (here / "rubrics/broken.yaml").write_text("format: involve-audit/rubric@1\n", encoding="utf-8")
    text = edited(("extends: small@1", f"extends: {extends}"))
    (problem,) = problems_of(parse_rubric, text.encode(), "own.yaml")
    assert (problem.line, problem.what) == (4, said)


def test_overlays_in_a_circle_are_refused(here: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        text = (
            f"format: involve-audit/overlay@1\nid: {name}\nversion: 1.0.0\nextends: {other}@1\ntitle: T\nbecause: B.\n"
        )
        (here / f"rubrics/{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="circle: `one`, `two`, `one`"):
        load_rubric_by_id("one")


@pytest.mark.usefixtures("here")
def test_a_rubric_that_extends_is_told_how_an_overlay_begins(problems_of: Problems) -> None:
    text = TAILORED.replace("involve-audit/overlay@1", "involve-audit/rubric@1")
    found = {problem.what: problem.hint for problem in problems_of(parse_rubric, text.encode(), "own.yaml")}
    assert found["`extends` is not a key that can stand here"] == (
        "A file that extends another rubric begins with `format: involve-audit/overlay@1`."
    )


ODD = ["", "x", "9" * 40, [], ["x"], {}, {"x": "y"}, [{"id": "x"}], [[]], "agenda", "high-share"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("text", [TAILORED, WELSH], ids=["tailored", "translation"])
def test_an_odd_value_anywhere_in_an_overlay_is_read_or_reported(text: str) -> None:
    data = parse_tree(text.encode(), "own.yaml").data
    for path in paths(data):
        for value in ODD:
            content = json.dumps(replaced(data, path, value)).encode()
            try:
                read = read_rubric(content, "own.yaml")
            except InputError:
                continue
            assert read.source is not None or read.problems
            assert all(problem.what and str(problem) for problem in read.problems)
