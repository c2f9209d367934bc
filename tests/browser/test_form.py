"""A form in a real browser: what is filled in comes out as it was meant, whichever way it is handed in."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from gettext import NullTranslations
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some
from playwright.sync_api import Browser, BrowserContext, expect
from tests import audits, program
from tests.browser.form import CODE, FILE, PHONE, SHARE, WIDE, Form
from tests.browser.shown import none
from tests.browser.test_accessible import COLOURS, findings
from tests.browser.test_printed import letters
from tests.nasty import LINK, NASTY, nasty_rubric
from tests.pseudo import latin, pseudo_language
from tests.unit.test_nothing_is_hard_wired import foreign_rubric

from involve_audit import language
from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import Assumed, receive
from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.view import AnswerRules, read_view
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Subject, View
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.page import render
from involve_audit.words.form_page import FORM_PAGE, SAID_BY_SCRIPT

DAY = "2026-11-22"
SHIPPED = ("service-user-leadership-spectrum", "co-production-steps")
SHAPE = str(audits.ROOT / "tests/shapes/quiet-evenings.yaml")
STUB = """
    navigator.canShare = ({files}) => files.every(file => file.name.endsWith('.txt'));
    navigator.share = async ({files}) => { window.given = [files[0].name, files[0].type, await files[0].text()]; };
"""


def blank(rubric: Rubric, subject: str = "", **more: Any) -> BlankForm:
    return BlankForm(rubric, date(2026, 11, 28), subject=Subject(name=subject) if subject else None, **more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the form of a rubric, named as the command line names it."""
    folder = tmp_path_factory.mktemp("forms")

    def made(name: str | Rubric = SHIPPED[0], **more: Any) -> Path:
        rubric = load_rubric(name).content if isinstance(name, str) else name
        file = folder / f"{len(list(folder.iterdir()))}.html"
        file.write_text(render(blank(rubric, **more)), encoding="utf-8")
        return file

    return made


@pytest.fixture(scope="module")
def context(browser: Callable[[str], Browser]) -> Iterator[BrowserContext]:
    context = browser("DejaVu Sans").new_context(accept_downloads=True)
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def opened(context: BrowserContext) -> Iterator[Callable[..., Form]]:
    """Opens a form; what was opened is closed when the test is over."""
    forms: list[Form] = []

    def opened(file: Path, width: int = WIDE) -> Form:
        forms.append(Form(context, file, width))
        return forms[-1]

    yield opened
    for form in forms:
        form.page.close()


def small(**changed: Any) -> Rubric:
    return Rubric.from_tree(audits.small_rubric() | changed)


def view_of(text: bytes, rubric: Rubric) -> Any:
    """The view that an answers file holds, which its rubric allows."""
    read = read_view(text, "view.yaml", date(2100, 1, 1))
    assert read.source is not None, read.problems
    assert AnswerRules(rubric).problems(read.tree) == []
    return read.source.content


def received(content: bytes) -> View:
    """The only response that what came back holds, without what differs each time."""
    (read,) = receive(FileContent("came-back", content), Assumed(date(2100, 1, 1))).views
    assert read.source is not None, read.problems
    return read.source.content.changed(response=None, saved=None)


# Handed in


@pytest.mark.parametrize("rubric", [SHIPPED[1], SHAPE])
def test_what_is_answered_one_question_at_a_time_is_checked_and_assessed(
    rubric: str, made: Callable[..., Path], opened: Callable[..., Form], tmp_path: Path
) -> None:
    found = load_rubric(rubric).content
    form = opened(made(rubric, subject="Riverside"), PHONE)
    for perspective in found.perspectives:
        form.field(f"people-{perspective.id}").fill("2")
    for item in found.items:
        form.press("next")
        form.question(item.id).locator("label").first.click()
    form.press("next")
    file = tmp_path / "view.yaml"
    file.write_bytes(form.download(FILE)[1])
    view = view_of(file.read_bytes(), found)
    assert {item: given.answer for item, given in view.answers.items()} == {
        item.id: found.answers_to(item)[0] for item in found.items
    }
    for command in ("answers check", "assess"):
        done = program.run(*command.split(), "-r", rubric, str(file))
        assert done.exit_code == 0, done.output


def test_every_way_to_hand_in_gives_the_same(
    context: BrowserContext, made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    file = made(audit="riverside-2026")
    form = opened(file)
    form.page.add_init_script(STUB)
    form.page.reload()
    form.head("Riverside", staff=2)
    form.answer("consult-by-survey", "partly")
    name, text = form.download(FILE)
    assert name.endswith(".yaml")
    form.press(SHARE)
    expect(form.page.locator("#said")).to_have_text(SAID_BY_SCRIPT["shared"])
    given = form.shown.ask("window.given")
    assert given[0] == name.removesuffix(".yaml") + ".txt"
    assert given[1] == "text/plain"
    code = form.code()
    form.shown.ask("void (navigator.share = async () => { throw new DOMException('', 'NotAllowedError'); })")
    form.press(SHARE)
    expect(form.page.locator("#said")).to_have_text(SAID_BY_SCRIPT["unshared"])
    form.answer("consult-by-survey", "yes")
    assert form.page.locator("#code").is_hidden(), "it is of another answer"
    assert form.page.locator("#said").inner_text() == ""
    said = [without_time(one) for one in (text.decode(), given[2], of_code(code))]
    assert said[0] == said[1] == said[2]
    view = view_of(text, load_rubric(SHIPPED[0]).content)
    assert received(f"> {code}".encode()) == view.changed(response=None, saved=None)
    assert view_of(text, load_rubric(SHIPPED[0]).content).audit == "riverside-2026"


def test_a_browser_that_cannot_pack_gives_a_code_all_the_same(
    made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    form = opened(made())
    form.page.add_init_script("delete window.CompressionStream")
    form.page.reload()
    form.head("Ω „Café“ 😀", staff=2)
    text = of_code(form.code(), "T")
    assert yaml.safe_load(text)["subject"]["name"] == "Ω „Café“ 😀"
    assert form.page.locator("[data-does=share]").is_hidden()


def without_time(text: str) -> str:
    return re.sub("saved: .*", "", text)


def of_code(code: str, letter: str = "Z") -> str:
    """What a code holds, which is packed as it says and has the fingerprint that it says."""
    found = re.fullmatch(
        r"-----BEGIN INVOLVE-AUDIT ANSWERS ([0-9a-f]{8})-----\n(.*)\n-----END INVOLVE-AUDIT ANSWERS-----\n", code, re.S
    )
    assert found is not None, code
    assert max(map(len, found[2].split("\n"))) <= 64
    payload = base64.b64decode(found[2])
    assert hashlib.sha256(payload).hexdigest()[:8] == found[1]
    assert payload[:1] == letter.encode()
    return (zlib.decompress(payload[1:], -15) if letter == "Z" else payload[1:]).decode()


def test_the_fingerprint_is_the_beginning_of_the_sha_256(
    made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    form = opened(made(small()))
    lengths = [*range(132), 1000, 70_000]
    bytes_of = "Uint8Array.from({length}, (_, place) => place % 251)"
    got = form.shown.ask(f"lengths => lengths.map(length => fingerprint({bytes_of}))", lengths)
    texts = (bytes(place % 251 for place in range(length)) for length in lengths)
    assert got == [hashlib.sha256(text).hexdigest()[:8] for text in texts]


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Riverside", "Riverside"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\CON.", "C-CON"),
        ("<b>\"x\" & 'y'</b>", "b-x-y-b"),
        ("Ψυχική υγεία", "Ψυχική-υγεία"),
        ("مركز النهر", "مركز-النهر"),
        ("\u202eevil", "evil"),
        ("😀", ""),
        ("x" * 300, "x" * 50),
    ],
)
def test_the_name_of_the_file_comes_from_the_subject_and_the_day(
    subject: str, name: str, made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    form = opened(made(small(), subject=subject))
    form.field("day").fill(DAY)
    form.field("people-staff").fill("1")
    stem = f"{name}-answers-{DAY}".removeprefix("-")  # “answers”: nobody mixes it up with the empty form
    assert form.download(FILE)[0] == f"{stem}.yaml"
    assert form.download("copy")[0] == f"{stem}.html"


# Nothing is lost, and nothing is added

TEXT = some.text(some.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)
LINES = some.lists(TEXT, min_size=1, max_size=3).map("\n".join)
DAYS = some.dates(date(1990, 1, 1), date(2026, 11, 22)).map(str)


def without_empty(**values: some.SearchStrategy[Any]) -> some.SearchStrategy[dict[str, Any]]:
    return some.fixed_dictionaries({}, optional=values)


EVIDENCE = some.builds(
    dict.__or__, some.fixed_dictionaries({"text": LINES}), without_empty(date=DAYS, link=some.just(LINK))
)
ACTION = some.builds(
    dict.__or__,
    some.fixed_dictionaries({"what": LINES}),
    without_empty(owner=TEXT, due=DAYS, done=some.just(True), item=some.sampled_from(["board", "survey"])),
)
VIEW = some.fixed_dictionaries(
    {
        "subject": some.builds(dict.__or__, some.fixed_dictionaries({"name": TEXT}), without_empty(kind=TEXT)),
        "date": DAYS,
        "respondents": some.dictionaries(
            some.sampled_from(["members", "staff"]), some.integers(1, 999_999), min_size=1
        ),
        "answers": some.fixed_dictionaries(
            {},
            optional={
                "survey": without_empty(answer=some.sampled_from(["yes", "no", "unknown"]), note=LINES).filter(bool),
                "agenda": some.fixed_dictionaries({"answer": some.just("not-applicable"), "reason": LINES}),
                "board": some.fixed_dictionaries({"evidence": some.lists(EVIDENCE, min_size=1, max_size=2)}),
            },
        ),
        "actions": some.lists(ACTION, max_size=2),
    }
)


def test_a_view_goes_into_a_form_and_comes_out_the_same(made: Callable[..., Path], opened: Callable[..., Form]) -> None:
    rubric = Rubric.from_tree(may_not_apply(audits.small_rubric()))
    form = opened(made(rubric))
    head = {"format": "involve-audit/answers@1", "rubric": rubric.reference}

    @settings(max_examples=5, deadline=None)
    @given(VIEW)
    def same(view: dict[str, Any]) -> None:
        form.shown.ask("empty()")
        form.fill(view)
        text = form.shown.ask("answersFile()").encode()
        wanted = read_view(audits.as_yaml(head | view).encode(), "it.yaml", date(2100, 1, 1)).source
        assert wanted is not None
        got = view_of(text, rubric)
        assert got.changed(response=None, saved=None) == wanted.content

    same()
    assert form.said == []


def may_not_apply(rubric: dict[str, Any]) -> dict[str, Any]:
    rubric["indicators"][1]["not_applicable_when"] = "There are no meetings."
    return rubric


def nasty(field: str) -> str:
    return f"{field} {NASTY}"


def of_one_line(field: str) -> str:
    return " ".join(nasty(field).split("\n"))


NASTY_VIEW: dict[str, Any] = {
    "subject": {"name": of_one_line("name"), "kind": of_one_line("kind")},
    "date": DAY,
    "respondents": {"members": 2},
    "answers": {
        "survey": {"answer": "unknown", "note": nasty("\x7f\x85\u2028\u2029\ufeff\ufffe # : - note")},
        "agenda": {"answer": "not-applicable", "reason": nasty("reason"), "note": "</template></script>$&$'"},
        "board": {"answer": "no", "evidence": [{"text": nasty("evidence"), "date": "2026-01-02", "link": LINK}]},
    },
    "actions": [{"item": "board", "what": nasty("what"), "owner": of_one_line("owner"), "due": DAY, "done": True}],
}


def test_nasty_text_in_every_field_is_kept_exactly_also_in_a_copy_of_a_copy(
    made: Callable[..., Path], opened: Callable[..., Form], tmp_path: Path
) -> None:
    """The rubric is nasty as well, and nothing of either becomes a part of the page."""
    rubric = Rubric.from_tree(nasty_rubric(audits.small_rubric(), nasty))
    form = opened(made(rubric))
    form.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    form.fill(NASTY_VIEW)
    wanted = form.handed_in()
    assert wanted["subject"] == NASTY_VIEW["subject"]
    assert wanted["actions"] == NASTY_VIEW["actions"]
    assert wanted["answers"] == NASTY_VIEW["answers"]
    view = view_of(form.download(FILE)[1], rubric)
    assert view.answers["agenda"].reason == nasty("reason").strip()
    copy = opened(form.copy(tmp_path / "copy.html"))
    assert copy.handed_in() == wanted
    again = opened(copy.copy(tmp_path / "again.html"))
    assert again.handed_in() == wanted
    third = again.copy(tmp_path / "third.html")
    assert (tmp_path / "copy.html").stat().st_size == (tmp_path / "again.html").stat().st_size == third.stat().st_size
    cut = tmp_path / "cut.html"
    cut.write_text(third.read_text(encoding="utf-8").replace('<template id="kept">{', '<template id="kept">'), "utf-8")
    cut_short = opened(cut)
    assert cut_short.page.locator("#said").inner_text() == SAID_BY_SCRIPT["damaged"]
    assert cut_short.page.locator("#off").is_hidden()
    assert received(third.read_bytes()) == view.changed(response=None, saved=None)


def test_a_copy_is_of_the_same_response_and_an_emptied_page_is_of_another(
    made: Callable[..., Path], opened: Callable[..., Form], tmp_path: Path
) -> None:
    form = opened(made(small(), subject="Riverside"))
    form.field("people-staff").fill("1")
    form.answer("survey", "yes")
    first = yaml.safe_load(form.download(FILE)[1])
    copy = opened(form.copy(tmp_path / "copy.html"))
    second = yaml.safe_load(copy.download(FILE)[1])
    assert re.fullmatch("[0-9a-f]{32}", first["response"])
    assert second["response"] == first["response"]
    assert second["saved"] >= first["saved"]
    form.press("empty")
    form.press("keep")
    form.press("empty")
    form.press("sure")
    assert form.field("subject").input_value() == "Riverside"
    assert form.page.locator("input:checked").count() == 0
    form.field("people-staff").fill("1")
    third = yaml.safe_load(form.download(FILE)[1])
    assert third["response"] != first["response"]
    assert "answers" not in third


def test_an_emptied_copy_stays_empty_and_keeps_what_the_next_person_answers(
    made: Callable[..., Path], opened: Callable[..., Form], tmp_path: Path
) -> None:
    form = opened(made(small()))
    form.head("Riverside", staff=3)
    form.answer("survey", "yes")
    copy = opened(form.copy(tmp_path / "copy.html"))
    copy.press("empty")
    copy.press("sure")
    copy.page.reload()
    assert (copy.field("subject").input_value(), copy.page.locator("input:checked").count()) == ("", 0)
    copy.head("Hillside", members=2)
    copy.answer("agenda", "no")
    copy.page.wait_for_timeout(400)
    copy.page.reload()
    handed_in = copy.handed_in()
    assert (handed_in["subject"], handed_in["answers"]) == ({"name": "Hillside"}, {"agenda": {"answer": "no"}})


def test_a_page_that_the_browser_itself_saves_keeps_the_answers_and_takes_more(
    made: Callable[..., Path], opened: Callable[..., Form], tmp_path: Path
) -> None:
    rubric = Rubric.from_tree(may_not_apply(audits.small_rubric()))
    form = opened(made(rubric))
    form.press(FILE)
    form.fill(NASTY_VIEW)
    wanted = form.handed_in()
    form.press("empty")
    form.page.wait_for_timeout(400)
    for place in range(2):
        file = tmp_path / f"{place}.html"
        file.write_text(form.shown.ask("'<!DOCTYPE html>' + document.documentElement.outerHTML"), encoding="utf-8")
        form = opened(file)
        assert form.page.locator(".own").count() == len(list(rubric.items))
        assert form.page.locator("#sure:visible, .wrong").count() == 0
        assert form.handed_in() == wanted
    assert received(file.read_bytes()).answers["agenda"].reason == nasty("reason").strip()


def test_a_form_made_anew_with_other_questions_leaves_out_what_does_not_belong(
    made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    file = made(small(), subject="Riverside")
    form = opened(file)
    form.field("people-staff").fill("1")
    form.answer("survey", "yes")
    form.answer("agenda", "no")
    form.page.wait_for_timeout(400)
    file.write_text(file.read_text(encoding="utf-8").replace("q-survey", "q-poll").replace('"survey"', '"poll"'))
    form.page.reload()
    assert form.handed_in()["answers"] == {"agenda": {"answer": "no"}}


def test_a_page_that_is_loaded_again_is_where_it_was_and_the_browsers_back_leads_back(
    made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    form = opened(made(small()), PHONE)
    for _step in range(2):
        form.press("next")
    form.page.reload()
    expect(form.page.locator(".question").nth(1)).to_be_visible()
    for move, place in ((form.page.go_back, 0), (form.page.go_forward, 1)):
        move()
        expect(form.page.locator(".question").nth(place)).to_be_visible()
        expect(form.page.locator(".question").nth(place).locator("h2")).to_be_focused()


def test_a_page_that_is_loaded_again_goes_on_and_another_tab_begins_empty(
    context: BrowserContext, made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    file = made(small())
    form = opened(file)
    form.head("Riverside", staff=3)
    form.answer("survey", "yes")
    form.page.wait_for_timeout(400)  # it keeps what is typed when somebody stops typing
    form.page.reload()
    assert form.field("subject").input_value() == "Riverside"
    assert form.question("survey").locator("input:checked").get_attribute("value") == "yes"
    assert opened(file).field("subject").input_value() == ""
    assert form.shown.ask("[localStorage.length, document.cookie, sessionStorage.length]") == [0, "", 1]


def test_a_browser_without_storage_does_without(made: Callable[..., Path], opened: Callable[..., Form]) -> None:
    form = opened(made(small(), subject="Riverside"))
    form.page.add_init_script(
        "for (const name of ['sessionStorage', 'localStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('no') }});"
    )
    form.page.reload()
    form.field("people-staff").fill("1")
    form.answer("survey", "yes")
    form.page.wait_for_timeout(400)
    assert form.handed_in()["answers"] == {"survey": {"answer": "yes"}}


def test_an_answer_can_be_taken_back_and_a_reason_counts_only_where_it_does_not_apply(
    made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    form = opened(made(Rubric.from_tree(may_not_apply(audits.small_rubric())), subject="Riverside"))
    form.field("people-staff").fill("1")
    form.answer("survey", "yes")
    form.question("survey").locator(".undo").click()
    form.answer("agenda", "not-applicable")
    reason = form.field("reason", form.question("agenda"))
    reason.fill("No meetings.")
    assert form.handed_in()["answers"]["agenda"]["reason"] == "No meetings."
    form.answer("agenda", "no")
    form.press(FILE)
    assert form.page.locator("#errors li").all_inner_texts() == [SAID_BY_SCRIPT["otherwise"]]
    reason.fill("")
    assert form.handed_in()["answers"] == {"agenda": {"answer": "no"}}
    assert reason.is_hidden()
    assert form.page.locator("[value=not-applicable]").count() == 1


def test_ids_of_a_rubric_that_mean_something_to_a_browser_are_ids(
    made: Callable[..., Path], opened: Callable[..., Form], tmp_path: Path
) -> None:
    rubric = audits.small_rubric()
    names = ("submit", "constructor", "kept", "elements", "null", "length", "subject", "reset", "dataset")
    first = rubric["indicators"][0]
    rubric["indicators"] += [
        {**{key: first[key] for key in first if key not in ("implies", "limits")}, "id": name} for name in names
    ]
    found = Rubric.from_tree(rubric)
    form = opened(made(found, subject="Riverside"))
    form.field("people-staff").fill("1")
    for name in names:
        form.answer(name, "no")
    copy = opened(form.copy(tmp_path / "copy.html"))
    view = view_of(copy.download(FILE)[1], found)
    assert {name: given.answer for name, given in view.answers.items()} == dict.fromkeys(names, "no")
    assert view.rubric == found.reference
    assert form.said == copy.said == []


# What is wrong


def test_what_is_missing_is_listed_and_each_line_leads_to_its_field(
    made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    form = opened(made(Rubric.from_tree(may_not_apply(audits.small_rubric()))), PHONE)
    for _step in range(2):
        form.press("next")
    form.answer("agenda", "not-applicable")
    form.shown.ask("go(last)")
    form.page.locator("#actions [data-does=row]").click()
    form.field("owner").fill("somebody")
    form.press(FILE)
    box = form.page.locator("#errors")
    assert form.shown.ask("document.activeElement.id") == "errors"
    assert box.locator("li").count() == 4
    for name in ("subject", "people-members", "reason", "what"):
        box.locator("a").first.click()
        field = form.page.locator(":focus")
        assert field.get_attribute("data-field") == name
        assert field.get_attribute("aria-invalid") == "true"
        told = form.page.locator(f"#{field.get_attribute('aria-describedby')}")
        assert told.is_visible()
        field.fill("2")
        assert told.count() == 0
        form.shown.ask("show(last)")
    assert box.is_hidden()
    form.download(FILE)
    assert box.is_hidden()


@pytest.mark.parametrize(
    ("name", "typed"), [("people-staff", "two"), ("people-staff", "-1"), ("people-staff", "1.5"), ("day", "2100-01-01")]
)
def test_a_number_or_a_day_that_is_none_is_named(
    name: str, typed: str, made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    form = opened(made(small(), subject="Riverside"))
    form.field("people-staff").fill("1")
    form.field(name).fill(typed)
    form.press(FILE)
    assert form.page.locator("[aria-invalid]").get_attribute("data-field") == name


# Nothing is sent


class Asked(BaseHTTPRequestHandler):
    """Notes down what it is asked for."""

    asked: ClassVar[list[str]] = []

    def handle_one_request(self) -> None:
        self.asked += [line.decode() for line in [self.rfile.readline()] if line]
        self.close_connection = True


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine: its address, and what anybody asked it for."""
    Asked.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", Asked.asked
        server.shutdown()


SEND = """async where => {
    const frame = document.createElement('iframe'), image = new Image(), form = document.createElement('form');
    for (const one of [frame, image]) { one.src = where; document.body.append(one); }
    Object.assign(form, {action: where, method: 'post', target: '_blank'});
    document.body.append(form);
    form.submit();
    try { new WebSocket(where.replace('http', 'ws')); } catch {}
    navigator.sendBeacon(where, 'x');
    await fetch(where, {mode: 'no-cors'}).catch(() => null);
    return new Promise(done => setTimeout(done, 300));
}"""


def test_nothing_is_sent_anywhere_and_nothing_could_be(
    browser: Callable[[str], Browser], made: Callable[..., Path], listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, asked = listener
    context = browser("DejaVu Sans").new_context()
    page = context.new_page()
    page.goto(made(small(title=f"<img src={address}>"), subject=f"<img src={address}>").as_uri())
    page.locator("[data-field=people-staff]").fill("1")
    for does in (FILE, CODE, "copy"):
        page.locator(f"[data-does={does}]:visible").first.click()
    page.evaluate(SEND, address)
    assert asked == []
    open_page = tmp_path / "open.html"
    open_page.write_text("<!DOCTYPE html><title>No policy</title>", encoding="utf-8")
    page.goto(open_page.as_uri())
    page.evaluate(SEND, address)
    assert asked, "the server would not have noticed"
    context.close()


# Who uses it how


def test_without_scripts_everything_can_be_read_and_no_button_is_dead(
    browser: Callable[[str], Browser], made: Callable[..., Path]
) -> None:
    rubric = load_rubric(SHIPPED[0]).content
    context = browser("DejaVu Sans").new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 740})
    page = context.new_page()
    page.goto(made().as_uri())
    text = " ".join(page.locator("body").inner_text().split())
    none([item.ask for item in rubric.items if " ".join(item.ask.split()) not in text])
    assert page.locator("button:visible").count() == 0
    off = page.locator("#off")
    assert off.is_visible()
    assert "workbook" in off.inner_text()
    assert "paper" in off.inner_text()
    context.close()


def test_a_page_that_the_browser_saves_as_a_single_file_has_no_dead_button_and_says_why(
    made: Callable[..., Path], opened: Callable[..., Form], tmp_path: Path
) -> None:
    """Its script does not run any more there."""
    form = opened(made(small()), PHONE)
    form.press("next")
    saved = form.page.context.new_cdp_session(form.page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    file = tmp_path / "form.mhtml"
    file.write_bytes(saved.encode())
    form.page.goto(file.as_uri())
    assert form.page.locator("#off").is_visible()
    assert form.page.locator("button:visible").count() == 0
    assert form.page.locator(".question:visible").count() == len(list(small().items))


def test_a_keyboard_is_enough(made: Callable[..., Path], opened: Callable[..., Form]) -> None:
    """From the top to the file: Tab, arrows, space and Enter alone."""
    form = opened(made(small()), PHONE)
    keyboard = form.page.keyboard

    def reach(selector: str) -> None:
        for _tab in range(40):
            if form.shown.ask("wanted => document.activeElement.matches(wanted)", selector):
                return
            keyboard.press("Tab")
        pytest.fail(f"{selector} cannot be reached")

    reach("[data-field=subject]")
    keyboard.type("Riverside")
    reach("[data-field=people-members]")
    keyboard.type("3")
    keyboard.press("Enter")
    for item in small().items:
        reach("#next")
        keyboard.press("Enter")
        assert form.shown.ask("document.activeElement.tagName") == "H2"
        reach(f"#q-{item.id} [type=radio]")
        keyboard.press("Space")
        keyboard.press("ArrowDown")
    reach("#next")
    keyboard.press("Enter")
    reach("[data-does=file]")
    with form.page.expect_download() as saved:
        keyboard.press("Enter")
    view = view_of(Path(saved.value.path()).read_bytes(), small())
    assert {given.answer for given in view.answers.values()} == {small().scale[1].id}
    assert (view.subject.name, view.respondents) == ("Riverside", {"members": 3})


def test_who_listens_is_told_the_question_its_number_its_answers_and_what_is_wrong(
    made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    rubric = load_rubric(SHIPPED[0]).content
    form = opened(made())
    for place, item in enumerate(rubric.items, 1):
        if place not in (1, 14, 31):
            continue
        tree = form.question(item.id).locator("fieldset").aria_snapshot()
        assert tree.startswith(f'- group "{place}. ')
        assert 'radio "Yes"' in tree
        assert 'radio "Nobody here knows"' in tree
    form.press(FILE)
    tree = form.page.locator("main").aria_snapshot()
    assert 'group "Please put this right first"' in tree
    assert 'link "Give the name of the service or organisation."' in tree
    subject = form.page.get_by_role("textbox", name="Name of the service or organisation")
    assert subject.get_attribute("aria-invalid") == "true"
    assert 'textbox "Name of the service or organisation"' in tree, "what is wrong is its description, not its name"


def everything_open(form: Form) -> None:
    """Shows what is only shown when somebody needs it: errors, notes, rows, the code."""
    form.press(CODE)
    form.question("agenda").locator("input[value=not-applicable]").check()
    form.question("agenda").locator(".more > summary").click()
    form.question("agenda").locator("[data-does=row]").click()
    form.page.locator("#actions [data-does=row]").click()
    form.press("empty")
    form.page.locator("#code").evaluate("one => { one.hidden = false }")


@pytest.mark.parametrize(("width", "large"), [(WIDE, False), (PHONE, False), (PHONE, True)])
def test_axe_finds_nothing_by_day_in_the_dark_and_in_forced_colours(
    width: int, large: bool, made: Callable[..., Path], opened: Callable[..., Form], axe: str
) -> None:
    rubric = Rubric.from_tree(may_not_apply(audits.small_rubric()))
    form = opened(made(rubric, large_print=large, with_help=True), width)
    form.shown.ask("$('bar').style.position = 'static'")  # axe cannot judge what lies behind it
    if width == PHONE:
        none(findings(form.shown, axe))
        form.press("next")
        none(findings(form.shown, axe))
        form.press("look")
    everything_open(form)
    none(findings(form.shown, axe))
    form.shown.seen(width, dark=True)
    none(findings(form.shown, axe, COLOURS))
    form.shown.seen(width, forced_colours=True)
    none(findings(form.shown, axe, without=COLOURS))


@pytest.mark.parametrize("large", [False, True])
def test_nothing_has_to_be_scrolled_sideways(
    large: bool, made: Callable[..., Path], opened: Callable[..., Form]
) -> None:
    rubric = Rubric.from_tree(nasty_rubric(may_not_apply(audits.small_rubric()), nasty))
    form = opened(made(rubric, large_print=large))
    everything_open(form)
    for how in ({"width": 320}, {"width": 360}, {"zoom": 4}, {"width": 640, "text": 200}):
        form.shown.seen(**how)
        none(form.shown.run("sticking_out"))
        form.press("look")
        none(form.shown.run("sticking_out"))
        form.press("look")


def test_what_was_filled_in_is_on_paper(made: Callable[..., Path], opened: Callable[..., Form]) -> None:
    form = opened(made(), PHONE)
    form.press("next")
    printed = letters("".join(form.shown.printed_text))
    none([item.ask for item in load_rubric(SHIPPED[0]).content.items if letters(item.ask) not in printed])
    assert letters(FORM_PAGE["another_day"]) not in printed, "nothing can be pressed there"


# What is written


def test_a_form_goes_the_way_that_its_language_is_written(
    opened: Callable[..., Form], tmp_path: Path, another_language: None
) -> None:
    """And says of the rubric's own words that they are in another language."""
    language.use(language.Language("ar", NullTranslations()))
    file = tmp_path / "form.html"
    file.write_text(render(blank(load_rubric(SHIPPED[1]).content)), encoding="utf-8")
    form = opened(file, PHONE)
    form.press("look")
    none(form.shown.run("sticking_out"))
    page = form.page.locator("html")
    assert (page.get_attribute("dir"), page.get_attribute("lang")) == ("rtl", "ar")
    assert form.page.locator("legend h2[lang]").first.get_attribute("lang") == "en-GB"
    box = form.page.locator(".option input").first.bounding_box()
    assert box is not None
    assert box["x"] > PHONE / 2


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_form_and_its_script_have_no_words_of_their_own(
    width: int, opened: Callable[..., Form], tmp_path: Path, another_language: None
) -> None:
    """In a language without Latin letters, with a rubric without any, none is left on the screen."""
    language.use(pseudo_language())
    file = tmp_path / "form.html"
    file.write_text(render(BlankForm(foreign_rubric()[0], date(2026, 11, 28), with_help=True)), encoding="utf-8")
    form = opened(file, width)
    assert latin(form.page.inner_text("body")) == set()
    form.shown.ask("go(last)")
    form.press(FILE)
    assert latin(form.page.inner_text("body")) == set()
    form.shown.ask("show(0)")
    form.head("Ω")
    form.page.locator("[data-field^=people-]").first.fill("1")
    form.shown.ask("show(last)")
    for does in ("row", CODE, "copy", "empty"):
        form.page.locator(f"#end [data-does={does}]").first.click()
    expect(form.page.locator("#said")).not_to_be_empty()
    assert latin(form.page.inner_text("body")) == set()


def test_the_question_is_put_to_who_is_asked(made: Callable[..., Path]) -> None:
    rubric = load_rubric(SHIPPED[0]).content
    text = made(perspective="service-users").read_text(encoding="utf-8")
    worded = [item for item in rubric.items if "service-users" in item.wording]
    assert worded
    none([item.id for item in worded if escape(item.wording["service-users"]) not in text])
    assert text.count('data-field="people-') == 1


def test_the_same_rubric_gives_the_same_bytes_whatever_the_day() -> None:
    rubric = load_rubric(SHIPPED[0]).content
    one, other = (render(BlankForm(rubric, day)) for day in (date(2026, 1, 1), date(2026, 2, 2)))
    assert one == other


def scripts(page: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", page, re.S)


def test_the_script_is_always_the_same_and_small() -> None:
    pages = [
        render(blank(load_rubric(SHIPPED[0]).content)),
        render(blank(Rubric.from_tree(nasty_rubric(audits.small_rubric(), nasty)), large_print=True)),
    ]
    assert scripts(pages[0]) == scripts(pages[1])
    assert len(scripts(pages[0])) == 1
    assert len(scripts(pages[0])[0].encode()) <= 15 * 1024
