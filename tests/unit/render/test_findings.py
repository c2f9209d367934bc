"""Findings in each format: everything is there, text stays text, and no pass is claimed that was not one."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from involve_audit.errors import Problem
from involve_audit.model.finding import ALLOW, Allowed, Checked, Finding, Findings, Rule, Severity
from involve_audit.render.formats import FINDINGS

RULES = {
    "valid": Rule(Severity.error, "The file is valid"),
    "help": Rule(Severity.warning, "There is help"),
    "gates": Rule(Severity.warning, "Gates can decide"),
    "ids": Rule(Severity.warning, "Ids are fine"),
}
NASTY = "a <b> & \"c\" ]]> \x1b[31m \ufffe 'd'"


def finding(rule: str, severity: Severity, what: str = "something", line: int | None = 3) -> Finding:
    return Finding(rule, severity, Problem("own rubric.yaml", what, "Do this.", line, 5 if line else None, "id: x"))


CHECKED = Checked(
    "own rubric.yaml",
    (
        finding("valid", Severity.error, NASTY),
        finding("help", Severity.warning),
        finding("gates", Severity.unsettled, "the search was cut off"),
    ),
    RULES,
    frozenset({"ids"}),
)
SOUND = Checked("sound.yaml", (), RULES)
WARNED = Checked(
    "warned.yaml", (finding("help", Severity.warning), finding("help", Severity.warning, line=None)), RULES
)


def written(name: str, *checked: Checked, strict: bool = False) -> str:
    return str(FINDINGS.named(name).render(Findings(checked, strict)))


def data(*checked: Checked, strict: bool = False) -> Any:
    return json.loads(written("json", *checked, strict=strict))


def cases(*checked: Checked, strict: bool = False) -> dict[str, list[str]]:
    """For each test case, the tags in it."""
    root = ET.fromstring(written("junit", *checked, strict=strict))
    return {case.attrib["name"].partition(":")[0]: [part.tag for part in case] for case in root.iter("testcase")}


def test_the_text_gives_place_line_remedy_and_a_sum() -> None:
    lines = written("text", CHECKED, SOUND).splitlines()
    assert lines[0].startswith("error: own rubric.yaml:3:5: a <b> & ")
    assert lines[1:3] == ["    id: x", "    Do this."]
    assert "own rubric.yaml: 1 error, 1 search cut off and 1 warning." in lines
    assert "Not looked at until the file is valid: “Ids are fine”." in lines
    assert "sound.yaml: nothing to put right." in lines
    assert "\x1b" not in "".join(lines)


ALLOWING = Checked(
    "meant.yaml",
    (finding("ids", Severity.warning),),
    RULES | {ALLOW: Rule(Severity.warning, "What is allowed is there")},
    allowed=tuple(Allowed(finding("help", Severity.warning, NASTY, line), "We\nknow \x1b[31m it.") for line in (1, 2)),
)


def test_what_is_allowed_is_summed_up_with_its_reason_in_text() -> None:
    assert written("text", ALLOWING).splitlines()[-3:] == [
        "meant.yaml: 1 warning.",
        "Allowed by its author: 2 warnings of `help`. Why: We know \ufffd[31m it.",
        "Rules, as `allow` names them: `ids`.",
    ]


def test_what_is_allowed_is_in_the_data_and_fails_nothing() -> None:
    only_allowed = replace(ALLOWING, findings=())
    found = data(only_allowed, strict=True)
    assert found["passes"]
    (file,) = found["files"]
    assert file["counts"]["warning"] == 0
    assert [(one["rule"], one["line"], one["because"]) for one in file["allowed"]] == [
        ("help", 1, "We\nknow \x1b[31m it."),
        ("help", 2, "We\nknow \x1b[31m it."),
    ]


def test_what_is_allowed_is_suppressed_in_sarif_where_every_result_then_says_whether_it_is() -> None:
    results = json.loads(written("sarif", ALLOWING))["runs"][0]["results"]
    why = {"kind": "inSource", "justification": "We\nknow \ufffd[31m it."}
    assert [(one["ruleId"], one["suppressions"]) for one in results] == [("ids", []), ("help", [why]), ("help", [why])]
    assert all("suppressions" not in one for one in json.loads(written("sarif", WARNED))["runs"][0]["results"])


def test_what_is_allowed_passes_in_junit_and_is_said_there() -> None:
    root = ET.fromstring(written("junit", ALLOWING, strict=True))
    (case,) = (case for case in root.iter("testcase") if case.attrib["name"].startswith("help"))
    assert [part.tag for part in case] == ["system-out"]
    assert (case[0].text or "").count("Allowed by its author. Why: We\nknow") == 2


def test_a_finding_without_a_line_is_shown_by_its_file() -> None:
    assert "warning: own rubric.yaml: something" in written("text", WARNED)


def test_the_data_says_which_files_pass() -> None:
    found = data(CHECKED, SOUND, WARNED)
    assert [one["passes"] for one in found["files"]] == [False, True, True]
    assert found["passes"] is False
    assert found["files"][0]["counts"] == {"error": 1, "unsettled": 1, "warning": 1}
    assert found["files"][0]["left_out"] == ["ids"]
    first = found["files"][0]["findings"][0]
    assert (first["rule"], first["severity"], first["line"], first["column"]) == ("valid", "error", 3, 5)
    assert first["what"] == NASTY
    assert "\x1b" not in written("json", CHECKED)


@pytest.mark.parametrize(
    ("checked", "strict", "passes"),
    [
        (SOUND, True, True),
        (WARNED, False, True),
        (WARNED, True, False),
        (Checked("f", (finding("gates", Severity.unsettled),), RULES), False, False),
    ],
)
def test_a_cut_off_search_never_passes_and_a_warning_only_where_not_strict(
    checked: Checked, strict: bool, passes: bool
) -> None:
    assert data(checked, strict=strict)["passes"] is passes
    failed = any("failure" in inside for inside in cases(checked, strict=strict).values())
    assert failed is not passes


def test_junit_has_a_case_for_each_rule_with_its_outcome() -> None:
    assert cases(CHECKED) == {"valid": ["failure"], "help": ["system-out"], "gates": ["failure"], "ids": ["skipped"]}
    assert cases(CHECKED, strict=True)["help"] == ["failure"]
    assert cases(WARNED, strict=True)["help"] == ["failure", "failure"]


def test_junit_counts_its_cases_and_keeps_text_as_text() -> None:
    (suite,) = ET.fromstring(written("junit", CHECKED))
    assert suite.attrib == {"name": "own rubric.yaml", "tests": "4", "failures": "2", "errors": "0", "skipped": "1"}
    (failure,) = suite[0]
    assert failure.attrib["message"].startswith('own rubric.yaml:3:5: a <b> & "c" ]]> \ufffd[31m')


def test_sarif_names_rule_level_and_place_of_each_finding() -> None:
    log = json.loads(written("sarif", CHECKED, WARNED))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    assert [(one["ruleId"], one["ruleIndex"], one["level"]) for one in run["results"][:3]] == [
        ("valid", 0, "error"),
        ("help", 1, "warning"),
        ("gates", 2, "error"),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "own%20rubric.yaml"}, "region": {"startLine": 3, "startColumn": 5}}
    assert run["results"][-1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert run["results"][1]["message"]["text"] == "something. Do this."


def test_no_text_makes_a_link_in_sarif() -> None:
    pasted = Checked("a.yaml", (finding("valid", Severity.error, "`[press here](https://example.org)` is odd"),), RULES)
    ((result,),) = (run["results"] for run in json.loads(written("sarif", pasted))["runs"])
    assert result["message"]["text"] == "`[press here]\u200b(https://example.org)` is odd. Do this."


def test_nothing_checked_gives_whole_files_too() -> None:
    for form in FINDINGS.formats:
        assert form.render(Findings([])) is not None
    assert data()["files"] == []
    assert len(ET.fromstring(written("junit"))) == 0


@pytest.mark.parametrize("name", [form.name for form in FINDINGS.formats])
def test_a_file_whose_name_is_no_utf_8_is_written_about_all_the_same(name: str) -> None:
    strange = Checked("b\udcff.yaml", (Finding("help", Severity.warning, Problem("b\udcff.yaml", "x", "", 3)),), RULES)
    assert written(name, strange).encode("utf-8")
    assert name != "sarif" or '"uri": "b%FF.yaml"' in written(name, strange)
