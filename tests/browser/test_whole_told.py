"""What the whole program in one page says where something is missing or wrong, and that all of it goes by keyboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect
from tests.audits import ROOT
from tests.browser.fonts import WIDE
from tests.browser.test_whole_keeps_to_itself import Quiet, serving
from tests.browser.whole import WRONG, Whole
from tests.commands.test_answers_read import coded

RIVERSIDE = ROOT / "examples/riverside"
STAFF = (RIVERSIDE / "staff.yaml").read_bytes()
SMALL = (ROOT / "tests/cases/valid/rubric-small.yaml").read_bytes()
FILES, SEND, WRITE, ANSWER = "See what answers say", "Ask others", "Write questions of your own", "Answer the questions"


@pytest.fixture(scope="module")
def started(browser: Callable[[str], Browser], built: Path) -> Iterator[Whole]:
    """One page for all tests."""
    context = browser(WIDE).new_context(accept_downloads=True)
    yield Whole(context, built.as_uri()).ready()
    context.close()


@pytest.fixture
def whole(started: Whole) -> Iterator[Whole]:
    """The page, with nothing open in it."""
    yield started
    started.task(FILES)
    started.page.evaluate("document.querySelectorAll('#paste').forEach(one => one.reset())")
    while (out := started.page.get_by_role("button", name="Take it out")).count():
        out.first.click()


def first_said(thing: Locator, whole: Whole, button: str) -> str:
    whole.done(thing, button, WRONG)
    return whole.told


def test_hints_lead_to_fields_and_not_to_options(whole: Whole) -> None:
    table = b"Perspective,Date,Does anybody ask?\nStaff,2026-11-20,Yes\nStaff,2026-11-21,No\n"
    whole.open(("table.csv", table), ("staff.yaml", STAFF.replace(b"service-user-leadership-spectrum@", b"ours@")))
    assert "open its file too, under “See what answers say”" in whole.line("staff.yaml").inner_text()
    thing = whole.thing("Read what came back")
    whole.tick(thing, ["table.csv"])
    assert "Choose it under “Which questions?”." in first_said(thing, whole, "Read the answers")


def test_a_list_of_services_is_told_and_each_letter_has_a_name_of_its_own(whole: Whole) -> None:
    whole.open(("services.csv", b"Service,E-mail\nElmfield,a@example.org\nHillside,b@example.org\n"))
    line = whole.line("services.csv")
    assert "this is a list of services" in line.inner_text()
    assert line.locator(".wrong").count() == 0
    whole.task(SEND)
    thing = whole.thing("Forms and a letter for many")
    whole.tick(thing, ["services.csv"])
    whole.done(thing, "Make them")
    names = whole.page.locator("#saves button").all_inner_texts()
    assert len(set(names)) == len(names) > 2
    letter = next(name for name in names if re.search("elmfield.*/letter.txt", name))
    assert whole.saved(letter)[0] == letter.removeprefix("Save: ").replace("/", "-")
    whole.task(ANSWER)
    expect(whole.status).to_have_text("The program is ready.")


def test_a_pasted_code_is_held_for_unsaved_and_leaves_its_field(whole: Whole) -> None:
    whole.task(FILES)
    whole.page.locator("summary", has_text="Paste a code").click()
    field = whole.page.get_by_label("The code, from its first line")
    field.fill(coded(STAFF.decode()))
    whole.press("Read the code")
    expect(whole.status).to_have_text("Opened: 1.")
    assert "not saved yet" in whole.line("code.txt").inner_text()
    expect(field).to_have_value("")


def test_rubrics_of_one_name_and_of_the_name_of_an_option_are_each_checked(whole: Whole, tmp_path: Path) -> None:
    for name, scale in (("a/-r.yaml", b"scale:"), ("a/small.yaml", b"scale:"), ("b/small.yaml", b"scael:")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(SMALL.replace(b"scale:", scale, 1))
    whole.open(tmp_path)
    checked = {"a/-r.yaml": "-r", "a/small.yaml": "small", "b/small.yaml": "small-2"}
    for name, placed in checked.items():
        whole.task(FILES)
        whole.press(f"Change it: {name}")
        whole.press("Check it")
        expect(whole.page.locator("#command")).to_contain_text(f"rubric check rubrics/{placed}.yaml")
        expect(whole.page.locator("#problems")).to_be_focused()
        problems = whole.page.locator("#problems").inner_text()
        assert ("`scael`" in problems) == (placed == "small-2"), problems


def test_more_than_the_page_can_hold_is_not_opened_and_it_is_said(whole: Whole) -> None:
    assert whole.page.locator("#drop").evaluate("one => ({...one.dataset})") == {
        "files": "2000",
        "bytes": "200000000",
        "largest": "50000000",
    }
    whole.task(FILES)
    give = """([count, size]) => {
        const chosen = new DataTransfer();
        for (let at = 0; at < count; at += 1) chosen.items.add(new File([new Uint8Array(size)], `${at}.txt`));
        document.getElementById("choose").files = chosen.files;
        document.getElementById("choose").onchange();
    }"""
    for count, size in ((2_001, 0), (5, 40_000_001)):
        whole.page.evaluate(give, [count, size])
        expect(whole.status).to_have_text(
            "That is more than this page can hold: at most 2,000 files and 200 MB. Nothing was opened."
        )
        whole.status.evaluate("one => { one.textContent = ''; }")
    assert whole.opened == []


def test_of_a_file_that_is_too_large_it_is_said(whole: Whole, tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(bytes(50_000_001))
    whole.task(FILES)
    whole.page.locator("#choose").set_input_files(large)
    expect(whole.page.locator("#opened")).to_contain_text("this file is larger than 50 MB")


def test_what_a_server_does_not_have_any_more_is_said_and_no_file_is_blamed(
    browser: Callable[[str], Browser], built: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(built.with_name("page"), tmp_path / "page")
    next(folder.glob("further.*")).unlink()
    with serving(partial(Quiet, directory=folder)) as address:
        whole = Whole(browser(WIDE).new_context(), address).ready()
        whole.task(FILES)
        given = {"name": "staff.yaml", "mimeType": "text/plain", "buffer": STAFF.replace(b"answers:", b"anwsers:")}
        whole.page.locator("#choose").set_input_files(given)
        expect(whole.status).to_contain_text("A part of the page cannot be had")
        assert whole.opened == []
        whole.page.context.close()


def test_all_tasks_go_with_the_keyboard_alone(whole: Whole) -> None:
    page = whole.page
    page.locator("body").click(position={"x": 1, "y": 1})
    press(whole, ANSWER)
    press(whole, "Show the questions")
    expect(whole.status).to_have_text("The questions are here.")
    expect(page.locator("#asked")).to_be_focused()
    press(whole, FILES)
    with page.expect_file_chooser() as chooser:
        press(whole, "Choose files")
    people = STAFF.replace(b"staff: 9", b"staff: 3")
    chooser.value.set_files(
        [{"name": f"{name}.yaml", "mimeType": "text/plain", "buffer": people} for name in ("one", "two")]
    )
    expect(whole.status).to_contain_text("Opened: 2.")
    press(whole, "Put many people’s answers together")
    press(whole, "Put them together")
    expect(whole.status).to_have_text("Done.")
    assert [name for name in whole.opened if name.startswith("together/")], whole.told
    press(whole, SEND)
    press(whole, "A form for one service")
    press(whole, "Make it")
    expect(whole.status).to_have_text("Done.")
    press(whole, WRITE)
    press(whole, "Begin a rubric")
    page.keyboard.press("Tab")
    page.keyboard.type("mine")
    press(whole, "Begin it")
    expect(page.locator("#name")).to_be_focused()
    press(whole, "Check it")
    expect(page.locator("#command")).to_have_text("involve-audit rubric check rubrics/mine.yaml --format=json")


def press(whole: Whole, name: str) -> None:
    """Press Tab until what has this name has the focus, and then Enter."""
    here = "document.activeElement?.closest('label, a, button, summary')?.textContent.trim()"
    for _press in range(200):
        whole.page.keyboard.press("Tab")
        if whole.page.evaluate(here) == name:
            return whole.page.keyboard.press("Enter")
    raise AssertionError(f"{name} cannot be reached")
