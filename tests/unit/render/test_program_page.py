"""The page with the whole program: what stands in it before any script runs, and what its policy allows."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from html import unescape

import pytest

from involve_audit import resources
from involve_audit.loading.rubric import load_rubric
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.page import render as render_form
from involve_audit.render.program_page import MOST_BYTES, MOST_FILES, Licensed, render

SCRIPT = "say('<hello> & goodbye');"
WORK = Licensed("pyodide 1.0: <MPL>", "All of <it>")
RUBRICS = [load_rubric(rubric).content for rubric in resources.shipped_rubrics()]


@pytest.fixture(scope="module")
def page() -> str:
    return render(RUBRICS, SCRIPT, 7, [WORK])


def digest(script: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


def script_of(text: str) -> str:
    return text.partition("<script>")[2].partition("</script>")[0]


def test_its_policy_allows_its_own_script_and_that_of_every_form_alone(page: str) -> None:
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    allowed = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert script_of(page) == SCRIPT
    forms = {script_of(render_form(BlankForm(rubric, date(2026, 11, 28), large_print=True))) for rubric in RUBRICS}
    scripts = {digest(script) for script in [SCRIPT, *forms]}
    assert set(allowed.pop("script-src").split()) == {*scripts, "blob:", "'wasm-unsafe-eval'"}
    assert allowed == {
        "default-src": "'none'",
        "worker-src": "blob:",
        "connect-src": "blob:",
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_without_its_script_every_question_can_be_read_and_nothing_else_is_offered(page: str) -> None:
    readable = unescape(page.partition('<div id="off">')[2].partition('<div id="on" hidden>')[0])
    for rubric in RUBRICS:
        for item in rubric.items:
            assert item.ask in readable
    assert "<button" not in readable


def test_the_same_rubrics_and_script_give_the_same_bytes(page: str) -> None:
    assert render(RUBRICS, SCRIPT, 7, [WORK]) == page


def test_it_says_whose_work_it_holds(page: str) -> None:
    work = page.partition("<footer>")[2].partition("<li>")[2].partition("</li>")[0]
    assert "<summary>pyodide 1.0: &lt;MPL&gt;</summary>" in work
    assert ">All of &lt;it&gt;</pre>" in work


def test_what_it_lets_in_is_told_to_its_script(page: str) -> None:
    assert f'data-files="{MOST_FILES}" data-bytes="{MOST_BYTES}" data-largest="7"' in page
