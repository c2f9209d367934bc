"""One rule says when two subjects are one, whichever command is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
WriteView = Callable[..., Path]
COMMANDS = ("assess", "diff", "trend")

SAME = {
    "composed and decomposed": ("Café", "Cafe\u0301"),
    "apostrophes": ("St Mary's", "St Mary’s"),
    "a hyphen that does not break": ("North-West", "North\u2011West"),
    "a blank that does not break": ("North West", "North\u00a0West"),
    "a blank without width": ("Riverside", "River\u200bside"),
    "case and blanks": ("Riverside House", " riverside  house"),
    "sharp s": ("Straße", "STRASSE"),
    "a full stop": ("St. Mary", "St Mary"),
    "a hyphen or a blank": ("North-West", "North West"),
    "an article": ("The Willows", "Willows"),
    "a sign for a word": ("Health & Care", "Health and Care"),
}
ALIKE = {
    "another script": ("Pace", "P\u0430ce", ["“а” (Cyrillic small letter a)", "“a” (Latin small letter a)"]),
    "figure and letter": ("Ward 1", "Ward l", ["“1” (Digit one)", "“l” (Latin small letter l)"]),
    "accent": ("Café", "Cafe", ["“é” (Latin small letter e with acute)", "“e” (Latin small letter e)"]),
}


@pytest.fixture
def about(run: Run, view: WriteView) -> Run:
    """Runs a command on two audits, or two views, of subjects with these names."""

    def invoke(command: str, first: str, second: str, *words: str) -> Any:
        names = {"a/a.yaml": first, "b/b.yaml": second}
        audit = {"a/a.yaml": "one", "b/b.yaml": "one" if command == "assess" else "two"}
        files = [view(name, audit=audit[name], subject={"name": named}) for name, named in names.items()]
        return run(command, "-r", "small.yaml", *files, *words)

    return invoke


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("case", SAME)
def test_a_name_written_otherwise_is_the_same_name(about: Run, command: str, case: str) -> None:
    result = about(command, *SAME[case])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "subjects" not in result.stdout


@pytest.mark.parametrize("case", SAME)
def test_views_of_one_audit_that_write_its_name_otherwise_are_told(about: Run, case: str) -> None:
    shown, other = (" ".join(name.split(" ")).strip() for name in SAME[case])
    said = " ".join(about("assess", *SAME[case], "--format", "record").stdout.split())
    assert f"the subject is “{' '.join(other.split())}” here, and “{shown}” in another view" in said
    assert f'"subject": {{ "name": "{shown}"' in said


@pytest.mark.parametrize("case", ALIKE)
def test_views_of_one_audit_that_only_look_alike_are_told_with_the_characters(about: Run, case: str) -> None:
    first, second, characters = ALIKE[case]
    result = about("assess", first, second)
    assert result.exit_code == 0
    said = " ".join(about("assess", first, second, "--format", "record").stdout.split())
    assert all(character in said for character in characters)


@pytest.mark.parametrize("command", ["diff", "trend"])
@pytest.mark.parametrize("case", ALIKE)
def test_of_names_that_look_alike_the_characters_are_named(about: Run, command: str, case: str) -> None:
    first, second, characters = ALIKE[case]
    result = about(command, first, second)
    assert result.exit_code == 2
    assert all(character in result.stderr for character in characters)


@pytest.mark.parametrize("command", COMMANDS)
def test_of_names_that_look_different_no_character_is_named(about: Run, command: str) -> None:
    result = about(command, "Riverside", "Lakeside")
    assert result.exit_code == 2
    assert "look alike" not in result.stderr


@pytest.mark.parametrize("command", ["diff", "trend"])
def test_a_comparison_of_two_that_look_alike_says_so(about: Run, command: str) -> None:
    result = about(command, "Pace", "P\u0430ce", "--any-subject")
    assert result.exit_code == 0
    assert "“а” (Cyrillic small letter a)" in " ".join(result.stdout.split())


@pytest.mark.parametrize("command", ["assess", "trend"])
def test_of_very_many_names_the_first_are_listed(run: Run, view: WriteView, command: str) -> None:
    for place in range(30):
        audit = "one" if command == "assess" else f"a-{place}"
        view(f"in/{place:02}.yaml", audit=audit, subject={"name": "abcdefghijklmnopqrstuvwxyzäöüß"[place] * 9})
    said = run(command, "-r", "small.yaml", "in").stderr
    assert "… and 10 more\n" in said
    assert said.count(".yaml has ") == 20
