"""The whole program in one page: what people do in it comes to what the command line gives, and stays in it."""

from __future__ import annotations

import re
import shlex
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Error, Locator, expect
from tests.audits import ROOT
from tests.browser.shown import none
from tests.browser.test_accessible import COLOURS, STANDARDS
from tests.browser.whole import STARTS, WRONG, Whole
from tests.commands.test_answers_read import coded
from tests.program import run_in

from involve_audit.words.program_page import SAID_BY_PROGRAM_PAGE

EXAMPLES = ROOT / "examples"
RIVERSIDE = EXAMPLES / "riverside"
SMALL = ROOT / "tests/cases/valid/rubric-small.yaml"
NOTE_WHAT_IS_ANNOUNCED = """() => {
    window.announced = [];
    const note = all => announced.push(...all.flatMap(one => [...one.addedNodes].map(text => text.textContent)));
    new MutationObserver(note).observe(document.getElementById("said"), { childList: true });
}"""
NOTHING = "http://nothing.test/"
SPECTRUM = "service-user-leadership-spectrum"
FILES, SEND, WRITE, ANSWER = "See what answers say", "Ask others", "Write questions of your own", "Answer the questions"


def copy(folder: Path, into: Path, before: str = "") -> None:
    """The answers files of an example, with something before their names."""
    into.mkdir(parents=True, exist_ok=True)
    for file in sorted(folder.glob("*.yaml")):
        (into / f"{before}{file.name}").write_bytes(file.read_bytes())


def same_as_in_a_terminal(whole: Whole, folder: Path) -> bool:
    """Whether the page that is shown is, byte for byte, what the command that stands below it writes in a folder."""
    words = shlex.split(whole.command)
    of_command(folder, *words[1:])
    return whole.saved("Save as a page")[1] == (folder / words[-1]).read_bytes()


def begun(whole: Whole, rubric: str) -> Locator:
    """The text of a rubric that is begun in the task for it."""
    thing = whole.thing("Begin a rubric")
    thing.get_by_label("Its id").fill(rubric)
    whole.press("Begin it", thing)
    text = whole.page.get_by_label("Its text")
    expect(text).to_have_value(re.compile("format: involve-audit/rubric"))
    return text


def of_command(folder: Path, *words: str) -> None:
    done = run_in(folder, *words)
    assert done.exit_code == 0, done.output


# What people do


def test_answers_are_given_and_come_to_a_result(empty: Whole) -> None:
    empty.task(ANSWER)
    empty.page.locator("#answer").get_by_label("Name of the service").fill("Riverside & sons <3")
    empty.press("Show the questions")
    empty.hears("^The questions are here.$")
    form = empty.form
    form.locator("[data-field=people-service-users]").fill("3")
    form.locator("#q-consult-by-survey input[value=yes]").check()
    form.get_by_role("button", name="Hand in").click()
    form.get_by_role("button", name="See the result of these answers").click()
    empty.hears("^Done.$")
    expect(empty.page.get_by_role("heading", name="One service")).to_be_focused()
    assert "Riverside & sons <3" in empty.report.locator("h1").inner_text()
    line = empty.line("answers.yaml")
    assert "not saved yet" in line.inner_text()
    name, content = empty.saved("Save: answers.yaml")
    assert name == "answers.yaml"
    assert b'consult-by-survey:\n    answer: "yes"' in content
    assert "not saved yet" not in line.inner_text()
    empty.task(ANSWER)
    form.get_by_role("button", name="See the result of these answers").click()
    expect(empty.page.get_by_role("heading", name="One service")).to_be_focused()
    assert empty.opened == ["answers.yaml"], "who hands in twice counts once"


def test_a_result_is_that_of_the_command_line_in_every_format(empty: Whole, tmp_path: Path) -> None:
    empty.open(RIVERSIDE / "staff.yaml", RIVERSIDE / "service-users.yaml")
    empty.done(empty.thing("One service"), "See the result")
    words = empty.command.split()
    assert words[:2] == ["involve-audit", "assess"]
    copy(RIVERSIDE, tmp_path)
    for called, ending in {"a page": ".html", "Markdown": ".md", "a record, to compare later": ".audit.json"}.items():
        name, content = empty.saved(f"Save as {called}")
        assert name == f"report{ending}"
        of_command(tmp_path, *words[1:-1], name)
        assert content == (tmp_path / name).read_bytes()


def test_what_is_shared_holds_no_notes(empty: Whole) -> None:
    empty.open(RIVERSIDE)
    thing = empty.thing("One service")
    thing.get_by_label("To share").check()
    empty.done(thing, "See the result")
    assert "--publish" in empty.command
    assert "We are listened to" not in empty.report.locator("body").inner_text()
    thing.get_by_label("To share").uncheck()
    empty.done(thing, "See the result")
    assert "We are listened to" in empty.report.locator("body").inner_text()


def test_two_are_compared_and_several_followed_and_seen_together(empty: Whole, tmp_path: Path) -> None:
    for short, year in {"a": "riverside-2024", "b": "riverside-2025", "c": "riverside"}.items():
        copy(EXAMPLES / year, tmp_path / "audits" / short)
    copy(EXAMPLES / "riverside-2025", tmp_path / "earlier", "b-")
    copy(EXAMPLES / "riverside", tmp_path / "later", "c-")
    empty.open(tmp_path / "audits")
    assert {name[0] for name in empty.opened} == set("abc")

    two = empty.thing("Two audits")
    empty.tick(two, [name for name in empty.opened if name[0] == "b"])
    empty.tick(two, [name for name in empty.opened if name[0] == "c"], pick=1)
    empty.done(two, "Compare them")
    assert empty.command == "involve-audit diff earlier later -o changes.html"
    assert same_as_in_a_terminal(empty, tmp_path)
    for name, button, command in (
        ("A series", "See the series", "involve-audit trend audits -o series.html"),
        ("Many services", "See the overview", "involve-audit batch audits -o overview.html"),
        ("What was agreed", "List what was agreed", "involve-audit actions audits -o actions.html"),
    ):
        empty.done(empty.thing(name), button)
        assert empty.command == command
        assert same_as_in_a_terminal(empty, tmp_path)


def test_what_came_back_is_read_whatever_it_is(empty: Whole, tmp_path: Path) -> None:
    of_command(tmp_path, "answers", "new", "-o", "empty.html")
    table = b"Perspective,Date,Service users lead governance\nStaff,2026-11-20,Yes\nStaff,2026-11-21,No\n"
    empty.open(
        ("came-back.txt", coded((RIVERSIDE / "staff.yaml").read_text(encoding="utf-8")).encode()),
        ("table.csv", table),
        tmp_path / "empty.html",
    )
    assert "this is a table" in empty.line("table.csv").inner_text()
    thing = empty.thing("Read what came back")
    empty.tick(thing, ["came-back.txt"])
    empty.done(thing, "Read the answers")
    (read,) = [name for name in empty.opened if name.startswith("read/")]
    assert "not saved yet" in empty.line(read).inner_text()
    empty.tick(thing, ["table.csv"])
    thing.get_by_label("Which questions?").select_option(SPECTRUM)
    thing.get_by_label("Name of the service").fill("Elmfield")
    empty.done(thing, "Read the answers")
    assert "2 responses" in empty.told
    thing.get_by_label("Name of the service").fill("")
    thing.get_by_label("Which questions?").select_option("")


def test_a_saved_form_can_be_gone_on_with(empty: Whole, tmp_path: Path) -> None:
    of_command(tmp_path, "answers", "new", "-o", "form.html", "--subject", "Elmfield")
    empty.open(tmp_path / "form.html")
    empty.press("Go on with it: form.html")
    expect(empty.page.get_by_role("link", name=ANSWER)).to_have_attribute("aria-current", "true")
    assert empty.form.locator("[data-field=subject]").input_value() == "Elmfield"
    expect(empty.form.locator("#around")).to_have_count(1)


def test_a_rubric_is_begun_checked_and_tried(empty: Whole) -> None:
    empty.task(WRITE)
    text = begun(empty, "mine")
    empty.press("Check it")
    empty.hears("nothing to put right|below the text")
    text.fill(text.input_value().replace("\nscale:", "\nscael:"))
    empty.press("Check it")
    expect(empty.page.locator("#problems")).to_be_focused()
    problem = empty.page.get_by_role("button", name=re.compile("`scael` is not a key"))
    problem.click()
    assert text.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)").startswith("scael:")
    text.fill(text.input_value().replace("\nscael:", "\nscale:"))
    name, content = empty.saved("Save", empty.page.locator("#editor"))
    assert (name, b"scale:" in content) == ("mine.yaml", True)
    text.fill(f"# my words\n{text.input_value()}")
    empty.task(FILES)
    assert empty.saved("Save: rubrics/mine.yaml")[1].startswith(b"# my words\n")
    empty.task(WRITE)
    text.fill(f"# and more\n{text.input_value()}")
    empty.press("Try it: show its questions")
    empty.hears("^The questions are here.$")
    assert empty.form.locator(".question").count() >= 3
    assert empty.page.locator("select[data-rubrics] option[value=mine]").count() >= 3
    empty.task(FILES)
    empty.asked.clear()
    empty.press("Take it out: rubrics/mine.yaml")
    assert empty.asked == ["confirm"]
    expect(empty.page.locator("#editor")).to_have_attribute("hidden", "")


def test_forms_are_made_for_one_service_and_for_many(empty: Whole) -> None:
    empty.open(("services.csv", b"Service,Kind\nElmfield,day centre\nHillside,ward\n"))
    empty.task(SEND)
    thing = empty.thing("A form for one service")
    thing.get_by_label("Name of the service").fill("Elmfield")
    for kind, name in (("workbook", "answers.xlsx"), ("any browser", "form.html"), ("Kobo", "form.xlsform.xlsx")):
        kinds = thing.get_by_label("What kind?")
        kinds.select_option(label=kinds.locator("option", has_text=kind).inner_text())
        empty.done(thing, "Make it")
        saved, content = empty.saved(f"Save: {name}")
        assert (saved, len(content) > 5_000) == (name, True)
    thing = empty.thing("Forms and a letter for many")
    empty.tick(thing, ["services.csv"])
    thing.get_by_label("workbook").check()
    empty.done(thing, "Make them")
    empty.saved("Save: services.csv")
    assert asks_before_leaving(empty)  # the others would be lost
    name, content = empty.saved("Save all of it (.zip)")
    assert not asks_before_leaving(empty)
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert packed.testzip() is None
        made = packed.namelist()
    assert {name.split("/")[0] for name in made} == {"invitations"}
    assert sum(name.endswith(".xlsx") for name in made) == 2


def test_no_file_takes_the_place_of_another_nor_a_folder_that_of_another(empty: Whole, tmp_path: Path) -> None:
    for year in ("2025", "2026"):
        copy(EXAMPLES / "riverside", tmp_path / f"two/{year}/riverside")
    for file in (tmp_path / "two/2025/riverside").iterdir():
        file.write_bytes(file.read_bytes().replace(b"riverside-2026-11", b"riverside-2025-11"))
    empty.open(tmp_path / "two")
    assert len({name.rpartition("/")[0] for name in empty.opened}) == 2
    assert empty.opened == sorted(set(empty.opened))
    expect(empty.page.locator("#batch button")).to_be_visible()
    empty.done(empty.page.locator("#batch"), "See the overview")
    top = empty.page.locator("#result-heading").bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 100
    table = empty.saved("Save as a table")[1]
    assert b"riverside-2025-11" in table
    assert b"riverside-2026-11" in table


def test_files_of_one_name_and_of_the_name_of_an_option_are_each_read(empty: Whole) -> None:
    staff = (RIVERSIDE / "staff.yaml").read_bytes()
    empty.open(("-o.yaml", staff), ("staff.yaml", staff), ("staff.yaml", staff.replace(b"answers:", b"anwsers:")))
    assert empty.opened == ["-o.yaml", "staff-2.yaml", "staff.yaml"]
    assert "these are answers" in empty.line("-o.yaml").inner_text()
    assert "`anwsers`" in empty.line("staff-2.yaml").inner_text()
    expect(empty.status).to_contain_text("Something is wrong")
    thing = empty.thing("One service")
    empty.tick(thing, ["-o.yaml"])
    empty.done(thing, "See the result")
    assert empty.command == "involve-audit assess ./-o.yaml -o report.html"


def test_what_is_given_while_something_is_opened_has_a_name_of_its_own(empty: Whole) -> None:
    give = """text => {
        const chosen = new DataTransfer();
        chosen.items.add(new File([text], "staff.yaml"));
        document.getElementById("choose").files = chosen.files;
        document.getElementById("choose").onchange();
    }"""
    staff = (RIVERSIDE / "staff.yaml").read_text(encoding="utf-8")
    empty.page.evaluate(f"texts => texts.forEach({give})", [staff, staff.replace("riverside-2026-11", "of-another")])
    expect(empty.page.locator("#opened > li")).to_have_count(2)
    assert empty.opened == ["staff-2.yaml", "staff.yaml"]
    thing = empty.thing("One service")
    empty.tick(thing, ["staff-2.yaml"])
    empty.done(thing, "See the result")
    assert b'"of-another"' in empty.saved("Save as a record, to compare later")[1]


@pytest.mark.parametrize("at_once", [True, False])
def test_answers_are_checked_by_a_rubric_that_is_opened_with_them_or_later(empty: Whole, at_once: bool) -> None:
    answers = (RIVERSIDE / "staff.yaml").read_bytes().replace(f"{SPECTRUM}@".encode(), b"small@")
    lots = [("staff.yaml", answers), ("small (1).yaml", SMALL.read_bytes())]  # so is a second download called
    for lot in [lots] if at_once else [[one] for one in lots]:
        empty.open(*lot)
    wrong = empty.line("staff.yaml").locator(".wrong").inner_text()
    assert "there is no rubric" not in wrong, "and what it says of them is by that rubric"


def test_what_comes_of_some_of_the_files_is_shown_and_the_rest_is_said(empty: Whole, tmp_path: Path) -> None:
    copy(EXAMPLES / "riverside", tmp_path / "all/a")
    copy(EXAMPLES / "riverside-2025", tmp_path / "all/b")
    spoilt = tmp_path / "all/b/staff.yaml"
    spoilt.write_bytes(spoilt.read_bytes().replace(b"answers:", b"anwsers:"))
    empty.open(tmp_path / "all")
    thing = empty.thing("Many services")
    empty.tick(thing, empty.opened)
    empty.done(thing, "See the overview", "Done, but not with everything: what the program says stands below.")
    expect(empty.page.locator("#shown")).to_be_visible()
    assert "b/staff.yaml" in empty.told


def test_files_are_dropped_anywhere_and_folders_with_them(empty: Whole, tmp_path: Path) -> None:
    empty.task(FILES)
    empty.drop(RIVERSIDE, SMALL)
    empty.hears("^Opened: 4.$")
    (tmp_path / "folder").mkdir()
    empty.drop(tmp_path / "folder")
    empty.hears("^There is no file in that.")
    assert {"riverside/staff.yaml", SMALL.name} <= set(empty.opened)
    assert "this is a rubric" in empty.line(SMALL.name).inner_text()


def test_what_is_wrong_with_a_file_stands_beside_it(empty: Whole, tmp_path: Path) -> None:
    spoilt = (RIVERSIDE / "staff.yaml").read_text(encoding="utf-8").replace("answers:", "anwsers:")
    (tmp_path / "staff.yaml").write_text(spoilt, encoding="utf-8")
    empty.open(tmp_path / "staff.yaml", ("minutes.pdf", b"%PDF-1.7"), ("nothing.txt", b""))
    assert "`anwsers` is not a key that can stand here" in empty.line("staff.yaml").inner_text()
    assert "this is a PDF" in empty.line("minutes.pdf").inner_text()
    thing = empty.thing("One service")
    empty.tick(thing, ["staff.yaml"])
    empty.done(thing, "See the result", WRONG)
    assert "Did you mean `answers`?" in empty.told
    expect(empty.page.locator("#shown")).to_be_hidden()


def test_nothing_ticked_is_said(empty: Whole) -> None:
    empty.open(RIVERSIDE / "staff.yaml")
    empty.thing("Two audits")
    empty.press("Compare them")
    empty.hears("^Tick at least one file.$")
    expect(empty.page.locator("#diff input").first).to_be_focused()


def test_a_run_can_be_stopped_and_what_is_chosen_next_waits_until_the_program_has_started(
    empty: Whole, tmp_path: Path
) -> None:
    one = (RIVERSIDE / "staff.yaml").read_bytes()
    for number in range(20):
        (tmp_path / f"{number}.yaml").write_bytes(one.replace(b"riverside-2026", b"of-%d" % number))
    empty.open(tmp_path)
    empty.thing("Many services")
    empty.page.evaluate(NOTE_WHAT_IS_ANNOUNCED)
    empty.press("See the overview")
    empty.press("Stop")
    empty.page.locator("#choose").set_input_files(RIVERSIDE / "staff.yaml")
    empty.hears("^Opened: 1.$", STARTS)
    announced = empty.page.evaluate("announced")
    for said in ("starting", "stopped", "taken", "ready", "running"):
        announced = announced[announced.index(SAID_BY_PROGRAM_PAGE[said].format(count=1)) + 1 :]
    empty.tick(empty.thing("One service"), ["staff.yaml"])
    empty.done(empty.thing("One service"), "See the result")


def test_a_program_without_memory_is_told_of_and_begun_anew(empty: Whole) -> None:
    empty.open(RIVERSIDE)
    thing = empty.thing("One service")
    empty.press("See the result", thing)
    empty.page.evaluate("worker.onmessage({ data: { failed: 'RangeError: no more', why: 'memory' } })")
    empty.hears(SAID_BY_PROGRAM_PAGE["memory"])
    empty.done(thing, "See the result")


def test_links_in_a_result_lead_within_it_and_nowhere_else(empty: Whole) -> None:
    empty.open(RIVERSIDE)
    empty.done(empty.thing("One service"), "See the result")
    report = empty.report
    link = report.locator("nav a").last
    place = link.get_attribute("href") or ""
    link.click()
    expect(report.locator(place)).to_be_focused()
    report.evaluate("document.body.insertAdjacentHTML('afterbegin', '<a href=\"https://example.org/\">away</a>')")
    report.get_by_text("away").click()
    empty.hears("^Links to other places work in the saved page.$")
    assert report.locator("h1").count() == 1


def test_the_report_alone_is_printed(empty: Whole) -> None:
    empty.open(RIVERSIDE)
    empty.done(empty.thing("One service"), "See the result")
    empty.page.evaluate(
        "() => { const inside = document.getElementById('shown').contentWindow;"
        " inside.print = () => { window.printed = inside.document.querySelector('h1').textContent; }; }"
    )
    empty.press("Print it, or save it as PDF")
    assert "Riverside" in empty.page.evaluate("window.printed")
    empty.page.emulate_media(media="print")
    expect(empty.page.locator("header")).to_be_hidden()
    expect(empty.page.locator("#shown")).to_be_visible()
    empty.page.emulate_media(media="screen")


def test_a_result_leaves_who_has_turned_to_something_else_meanwhile_there(empty: Whole) -> None:
    empty.open(RIVERSIDE)
    button = empty.thing("Many services").get_by_role("button", name="See the overview")
    button.evaluate("one => { one.click(); one.click(); }")
    empty.task("Ask others")
    empty.hears("^Done.$")
    expect(empty.page.locator("#send-heading")).to_be_focused()
    expect(empty.page.locator("#result")).to_be_hidden()
    empty.task("See what answers say")
    expect(empty.page.locator("#result")).to_be_visible()


def test_all_of_it_goes_with_the_keyboard_alone(empty: Whole) -> None:
    page = empty.page
    page.locator("body").click(position={"x": 1, "y": 1})
    tab_to(empty, "See what answers say")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=FILES)).to_be_focused()
    with page.expect_file_chooser() as chooser:
        tab_to(empty, "Choose files")
        page.keyboard.press("Enter")
    chooser.value.set_files([RIVERSIDE / "staff.yaml"])
    empty.hears("^Opened: 1.$")
    tab_to(empty, "See the result")
    page.keyboard.press("Enter")
    empty.hears("^Done.$")
    expect(page.get_by_role("heading", name="One service")).to_be_focused()
    with page.expect_download() as saved:
        tab_to(empty, "Save as Markdown")
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "report.md"


# Nothing is lost


def asks_before_leaving(whole: Whole) -> bool:
    """Whether the browser asks. At the address there is nothing, so that the page stays, whatever is answered."""
    whole.asked.clear()
    before = list(whole.requests)
    whole.page.route(NOTHING, lambda route: route.fulfill(status=204))
    with pytest.raises(Error, match="ERR_ABORTED"):
        whole.page.goto(NOTHING)
    whole.requests[:] = before
    return whole.asked == ["beforeunload"]


def test_leaving_asks_only_where_something_is_not_saved_or_a_form_is_half_filled(empty: Whole) -> None:
    empty.open(RIVERSIDE / "staff.yaml")
    empty.done(empty.thing("One service"), "See the result")
    assert asks_before_leaving(empty)
    empty.saved("Save as a page")
    assert not asks_before_leaving(empty)
    empty.open(RIVERSIDE / "service-users.yaml")
    assert not asks_before_leaving(empty)
    empty.task(ANSWER)
    empty.press("Show the questions")
    empty.hears("^The questions are here.$")
    form = empty.form
    assert not asks_before_leaving(empty)
    form.locator("#q-consult-by-survey input[value=yes]").check()
    assert asks_before_leaving(empty)


# Who can use it


def states(whole: Whole) -> Iterator[str]:
    """Everything that the page shows, one after the other."""
    yield "at the beginning"
    whole.task(ANSWER)
    whole.press("Show the questions")
    whole.hears("^The questions are here.$")
    yield "with the questions"
    whole.open(RIVERSIDE)
    yield "with files"
    whole.open(("minutes.pdf", b"%PDF-1.7"))
    whole.page.locator("summary", has_text="Paste a code").click()
    yield "with a file that is none of ours"
    for name in ("Read what came back", "Put many", "Two audits", "A series", "Many services", "What was agreed"):
        whole.thing(name)
        yield name
    whole.done(whole.thing("One service"), "See the result")
    whole.page.locator("summary", has_text="The same in a terminal").click()
    yield "with a result"
    whole.task(SEND)
    whole.thing("A form for one service")
    yield "a form to send"
    whole.thing("Forms and a letter for many")
    yield "invitations"
    whole.task(WRITE)
    text = begun(whole, "mine")
    text.fill(text.input_value().replace("\nscale:", "\nscael:"))
    whole.press("Check it")
    expect(whole.page.locator("#problems")).to_be_focused()
    yield "with problems of a rubric"


LOOKS: dict[str, tuple[Sequence[str], Sequence[str], dict[str, Any]]] = {
    "tablet": ((), (), {"width": 800}),
    "enlarged": (STANDARDS, (), {"width": 640, "height": 450, "scale": 2}),
    "wide": (STANDARDS, (), {}),
    "dark": (COLOURS, (), {"color_scheme": "dark"}),
    "forced": (STANDARDS, COLOURS, {"forced_colors": "active", "reduced_motion": "reduce"}),
    "phone": (STANDARDS, (), {"width": 320, "height": 640}),
}
"""Each way to see the page, and what is looked for so, without what. All that it shows is come to on the phone."""


def test_axe_finds_nothing_in_any_state_and_nothing_scrolls_sideways(
    browser: Callable[[str], Browser], built: Path, axe: str
) -> None:
    context = browser("DejaVu Sans").new_context()
    whole = Whole(context, built.as_uri())
    screen = context.new_cdp_session(whole.page)
    see(whole, screen, **LOOKS["phone"][-1])
    whole.ready().page.evaluate(axe)
    found: list[str] = []
    for state in states(whole):
        for look, (only, without, how) in LOOKS.items():
            see(whole, screen, **how)
            found += [f"{state}, {look}: {one}" for one in whole.page.evaluate(AXE, [only, without])]
            wide = whole.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{state}, {look}: {wide} pixels too wide"] if wide > 0 else []
    none(found)
    assert whole.said == []
    context.close()


def see(whole: Whole, screen: CDPSession, width: int = 1280, height: int = 900, scale: int = 1, **media: Any) -> None:
    """Show the page in a window of this size, and in these colours."""
    size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
    screen.send("Emulation.setDeviceMetricsOverride", size)
    usual = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}
    whole.page.emulate_media(**usual | media)


AXE = """async ([only, without]) => {
    if (!only.length) return [];
    const rules = Object.fromEntries(without.map(name => [name, { enabled: false }]));
    const found = await axe.run({ exclude: ['iframe'] }, { runOnly: only, rules, resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(node => `${id}: ${node.target} ${node.failureSummary}`));
}"""
"""The frames hold pages that tests of their own look at."""


def test_without_scripts_it_says_what_is_needed_and_the_questions_can_be_read(
    browser: Callable[[str], Browser], built: Path
) -> None:
    context = browser("DejaVu Sans").new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built.as_uri())
    assert "Nothing can be done here yet" in page.locator("#off").inner_text()
    page.locator("#off summary").first.click()
    expect(page.locator("#off li").first).to_be_visible()
    expect(page.locator("button:visible")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("lacks", ["WebAssembly", "Worker"])
def test_a_browser_that_is_too_old_is_told_so(browser: Callable[[str], Browser], built: Path, lacks: str) -> None:
    context = browser("DejaVu Sans").new_context()
    context.add_init_script(f"delete window.{lacks}")
    whole = Whole(context, built.as_uri())
    expect(whole.status).to_contain_text("too old")
    expect(whole.page.locator("#off")).to_be_visible()
    context.close()


def tab_to(whole: Whole, name: str) -> None:
    """Press Tab until what has this name has the focus."""
    here = "document.activeElement?.closest('label, a, button, summary')?.textContent.trim()"
    for _press in range(120):
        whole.page.keyboard.press("Tab")
        if whole.page.evaluate(here) == name:
            return
    raise AssertionError(f"{name} cannot be reached")


def test_what_is_saved_beside_a_rubric_is_what_was_typed_into_it(empty: Whole) -> None:
    empty.open(("small.yaml", SMALL.read_bytes()))
    empty.press("Change it: small.yaml")
    empty.page.locator("#editor textarea").fill("# Ours\n" + SMALL.read_text(encoding="utf-8"))
    empty.open(("other.txt", b"Hello"))
    empty.page.locator("#editor textarea").evaluate(
        "one => { one.value = '# Again'; one.dispatchEvent(new Event('input')); }"
    )
    assert empty.saved("Save: small.yaml") == ("small.yaml", b"# Again")
