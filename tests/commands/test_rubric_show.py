"""`involve-audit rubric show` and `rubric list`, as their users type them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_rubric_is_shown_by_its_id_or_its_file(run: Run) -> None:
    for reference in ("service-user-leadership-spectrum", "small.yaml", "./small.yaml"):
        done = run("rubric", "show", reference)
        assert done.exit_code == 0
        assert "The rule" in done.stdout


def test_it_is_written_by_suffix(run: Run, here: Path) -> None:
    done = run("rubric", "show", "small.yaml", "-o", "r.html", "-o", "r.md", "-o", "r.txt")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines() == ["Written: r.html", "Written: r.md", "Written: r.txt"]
    assert (here / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["smal"], "there is no rubric `smal`"),
        (["nowhere.yaml"], "there is no such file"),
        (["small.yaml", "-o", "r.pdf"], "its ending does not say which format to write"),
        (["small.yaml", "-o", "a.md", "-o", "./a.md"], "this output is named twice"),
        (["small.yaml", "--format", "htm"], "Did you mean `html`?"),
        (["small.yaml", "-o", "nowhere/a.md"], "its folder does not exist"),
    ],
)
def test_wrong_words_are_answered_with_what_to_do(run: Run, here: Path, words: list[str], said: str) -> None:
    done = run("rubric", "show", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert [path.name for path in here.iterdir()] == ["small.yaml"]


def test_the_list_says_which_rubric_an_id_means(run: Run, here: Path) -> None:
    (here / "rubrics").mkdir()
    own = (here / "small.yaml").read_text(encoding="utf-8")
    (here / "rubrics/small.yaml").write_text(own, encoding="utf-8")
    (here / "rubrics/broken.yaml").write_text("format: involve-audit/rubric@1\n", encoding="utf-8")
    shipped = own.replace("id: small\n", "id: service-user-leadership-spectrum\n")
    (here / "rubrics/service-user-leadership-spectrum.yaml").write_text(shipped, encoding="utf-8")
    done = run("rubric", "list")
    assert done.exit_code == 0
    first, second, third = done.stdout.split("\n\n")[1:]
    assert first.splitlines() == [
        "1. In this folder: rubrics",
        "   service-user-leadership-spectrum 1.0.0 – A small rubric",
        "   broken – NOT VALID: `id` is missing. See: involve-audit rubric check rubrics/broken.yaml",
        "   small 1.0.0 – A small rubric",
    ]
    assert second.splitlines()[1] == "   nothing"
    assert third.splitlines()[1:3] == [
        "   service-user-leadership-spectrum 1.1.0 – Service user leadership spectrum",
        "      not used: rubrics/service-user-leadership-spectrum.yaml comes first",
    ]


def test_overlays_and_translations_are_listed_with_what_they_extend(run: Run, here: Path) -> None:
    run("rubric", "new", "club")
    run("rubric", "new", "own", "--extends", "club")
    run("rubric", "new", "club-cy", "--translates", "club", "--into", "cy")
    first = run("rubric", "list").stdout.split("\n\n")[1].splitlines()[1:]
    assert first == [
        "   club 1.0.0 – A rubric of our own",
        "   club-cy 1.0.0 – A rubric of our own (in the language cy, translates club@1.0.0)",
        "   own 1.0.0 – A rubric of our own, tailored (tailors club@1.0.0)",
    ]


def test_a_rubric_is_shown_in_a_house_style(run: Run, here: Path) -> None:
    (here / "ours").mkdir()
    style = '{% extends "shipped/page.html.j2" %}{% block logo %}<p>Our Trust</p>{% endblock %}'
    (here / "ours/page.html.j2").write_text(style, encoding="utf-8")
    assert run("rubric", "show", "small.yaml", "-o", "r.html", "--template", "ours").exit_code == 0
    assert "<p>Our Trust</p>" in (here / "r.html").read_text(encoding="utf-8")
    refused = run("rubric", "show", "small.yaml", "-o", "r.html", "--template", "theirs")
    assert refused.exit_code == 2
    assert "theirs" in refused.stderr
