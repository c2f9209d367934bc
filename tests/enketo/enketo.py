"""`make enketo`: the form for survey tools as Enketo shows it, which fills it in for KoboToolbox and ODK Central."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from playwright.sync_api import Browser, Page
from tests import program
from tests.audits import ROOT
from tests.browser import chromium, installed
from tests.unit.render.forms.test_xlsform import MARKS, RUBRICS, as_seen, blank, converted, nasty_rubric

from involve_audit.escaping import JOINT
from involve_audit.render.forms import xlsform
from involve_audit.render.forms.blank import BlankForm

ENKETO = ROOT / "build/enketo/enketo.js"
BLANK = "data:text/html,<!DOCTYPE html><title>Form</title>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.started(installed.browser()) as started:
        yield started("DejaVu Sans")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 400, "height": 800})
    page.goto(BLANK)
    page.add_script_tag(path=ENKETO)
    yield page
    page.close()


def shown(page: Page, form: BlankForm) -> None:
    """The form is shown, and Enketo had nothing to say against it."""
    assert page.evaluate("xform => show(xform)", converted(xlsform.render(form))) == []


def answers(page: Page) -> dict[str, str]:
    """What would be sent: every question by its name."""
    sent = ElementTree.fromstring(page.evaluate("form.getDataStr({ irrelevant: false })"))
    return {leaf.tag.rpartition("}")[2]: leaf.text or "" for leaf in sent.iter() if len(leaf) == 0}


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"input[type=radio][name$='/{name}'][value='{value}']").check(force=True)


def write(page: Page, name: str, text: str) -> None:
    field = page.locator(f":is(input, textarea)[name$='/{name}']")
    field.fill(text, force=True)
    field.dispatch_event("change")


def test_text_of_a_rubric_is_shown_as_it_stands(page: Page) -> None:
    shown(page, blank(nasty_rubric(), subject="It's 'ours' & \"theirs\" ${x} <b>", perspective="t3", with_help=True))
    seen = [text.replace(JOINT, "") for text in page.locator(".question-label, .option-label").all_text_contents()]
    for place, mark in enumerate(MARKS, 1):
        assert f"{place}. {as_seen(mark)}" in seen
    assert answers(page)["ia_subject"] == "It's 'ours' & \"theirs\" ${x} <b>"
    assert page.locator("form :is(strong, em, b, h1, h2, h5, h6, ol, a, sup, sub, script, [style*=color])").count() == 0


def test_a_reason_has_to_be_given_and_only_where_it_is_asked_for(page: Page) -> None:
    shown(page, blank(RUBRICS["ready-to-open"]))
    assert page.evaluate("form.validate()"), "nothing has to be answered"
    choose(page, "q_cold_store", "not_applicable")
    assert not page.evaluate("form.validate()")
    write(page, "q_cold_store__reason", "Only dry food is kept.")
    assert page.evaluate("form.validate()")
    choose(page, "q_cold_store", "yes")
    assert "q_cold_store__reason" not in {name for name, value in answers(page).items() if value}


def test_what_is_filled_in_is_read_back(page: Page, tmp_path: Path) -> None:
    shown(page, blank(RUBRICS["ready-to-open"], subject="Mill Lane", audit="mill-lane-1", perspective="guests"))
    write(page, "ia_people", "3")
    choose(page, "q_clean_water", "yes")
    choose(page, "q_cold_store", "not_applicable")
    write(page, "q_cold_store__reason", "Only dry food is kept.")
    write(page, "q_rota__note", '=1+1; "two"\nlines <b>')
    assert page.evaluate("form.validate()")
    sent = answers(page)
    with (tmp_path / "export.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([sent.keys(), sent.values()])
    shutil.copytree(ROOT / "tests/shapes", tmp_path / "rubrics")
    done = program.run_in(tmp_path, "answers", "read", "export.csv", "-o", "view.yaml")
    assert done.exit_code == 0, done.stderr
    view = yaml.safe_load((tmp_path / "view.yaml").read_text(encoding="utf-8"))
    assert (view["rubric"], view["audit"]) == ("ready-to-open@1.0.0", "mill-lane-1")
    assert (view["subject"], view["respondents"]) == ({"name": "Mill Lane"}, {"guests": 3})
    assert view["answers"] == {
        "clean-water": "yes",
        "cold-store": {"answer": "not-applicable", "reason": "Only dry food is kept."},
        "rota": {"note": '=1+1; "two"\nlines <b>'},
    }
