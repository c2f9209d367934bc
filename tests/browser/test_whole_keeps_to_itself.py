"""Nothing leaves the page that has the whole program in it: not while it works, nor by whatever runs in it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, expect
from tests.audits import ROOT
from tests.browser.inside import Inside, beside, in_folder

WAYS = """address => {
    const to = way => address + way;
    const add = (name, values) => Object.assign(document.body.appendChild(document.createElement(name)), values);
    const asked = way => { const one = new XMLHttpRequest(); one.open("GET", to(way)); one.send(); };
    const worker = script => new Worker(URL.createObjectURL(new Blob([script])));
    const ways = {
        fetch: way => fetch(to(way)),
        post: way => fetch(to(way), { method: "POST", body: "x", mode: "no-cors" }),
        request: asked,
        beacon: way => navigator.sendBeacon(to(way), "x"),
        socket: way => new WebSocket(to(way).replace("http", "ws")),
        events: way => new EventSource(to(way)),
        picture: way => add("img", { src: to(way) }),
        script: way => add("script", { src: to(way) }),
        style: way => add("link", { rel: "stylesheet", href: to(way) }),
        prefetch: way => add("link", { rel: "prefetch", href: to(way) }),
        frame: way => add("iframe", { src: to(way) }),
        object: way => add("object", { data: to(way) }),
        video: way => add("video", { src: to(way) }),
        background: way => add("p", { style: `background: url(${to(way)})`, textContent: "x" }),
        form: way => {
            add("iframe", { name: "answer" });
            add("form", { action: to(way), method: "post", target: "answer" }).submit();
        },
        worker: way => worker(`fetch("${to(way)}")`),
        import: way => worker(`importScripts("${to(way)}")`),
    };
    window.refused = [];
    document.addEventListener("securitypolicyviolation", event => refused.push(event.blockedURI.split("/").at(-1)));
    const tried = async (way, does) => does(way);
    const before = document.body.children.length;
    for (const [way, does] of Object.entries(ways)) tried(way, does).catch(() => {});
    window.clear = () => [...document.body.children].slice(before).forEach(one => one.remove());
    return Object.keys(ways);
}"""
"""Every way to send something that a page has without being left. What the policy refuses of them is in `refused`."""
LEAVING = {
    "top": "top.location = to",
    "window": "window.open(to)",
    "link": "add('a', { href: to, target: '_top' }).click()",
    "blank": "add('a', { href: to, target: '_blank' }).click()",
    "refresh": "add('meta', { httpEquiv: 'refresh', content: `0; url=${to}` })",
    "self": "window.location = to",
}
"""Ways to take a reader elsewhere, and something along, that a frame has."""
LEAVE = """to => {
    const add = (name, values) => Object.assign(document.body.appendChild(document.createElement(name)), values);
    try { WAY } catch {}
}"""
UNSEEN = {"frame", "object", "worker", "import"}
"""Of these the policy says no address, or says it in a worker."""
LEADS_OUT = re.compile(
    r"\blocation\b(?!\.hash)|\b(?:sendBeacon|WebSocket|EventSource|RTCPeerConnection|window\.open)\b"
)
PATIENCE = 60


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Listener:
    """A server that notes the path of whatever reaches it."""

    def __init__(self, address: str, heard: set[str]) -> None:
        self.address, self.heard = address, heard

    def hears(self, wanted: set[str]) -> bool:
        """Whether it has heard all of this, or does soon."""
        until = time.monotonic() + PATIENCE
        while not wanted <= self.heard and time.monotonic() < until:
            time.sleep(0.05)
        return wanted <= self.heard


@pytest.fixture
def listener() -> Iterator[Listener]:
    heard: set[str] = set()

    class Noting(Quiet):
        def do_GET(self) -> None:
            heard.add(self.path[1:])
            self.send_response(204)
            self.end_headers()

        do_POST = do_HEAD = do_GET  # noqa: N815 - the names by which the server finds them

    with serving(Noting) as address:
        yield Listener(address, heard)


@pytest.fixture(scope="module")
def context(browser: Callable[[str], Browser]) -> Iterator[BrowserContext]:
    context = browser("DejaVu Sans").new_context()
    yield context
    context.close()


def test_a_page_without_a_policy_lets_everything_out(
    context: BrowserContext, listener: Listener, tmp_path: Path
) -> None:
    """Which shows that the tests below would hear it."""
    (tmp_path / "bare.html").write_text("<!DOCTYPE html><body><iframe srcdoc='<body>'></iframe>", encoding="utf-8")
    with serving(partial(Quiet, directory=tmp_path)) as address:
        page = context.new_page()
        for way, does in LEAVING.items():
            page.goto(f"{address}bare.html")
            page.frames[1].evaluate(LEAVE.replace("WAY", does), f"{listener.address}{way}")
            assert listener.hears({way}), way
        page.goto(f"{address}bare.html")
        ways = page.evaluate(WAYS, listener.address)
        assert listener.hears(set(ways)), set(ways) - listener.heard
    for one in context.pages:
        one.close()


def test_nothing_leaves_the_page_from_a_file(inside: Inside, listener: Listener) -> None:
    works_and_keeps_to_itself(inside, listener)
    assert {one.partition(":")[0] for one in inside.requests} <= {"file", "blob", "about", "data"}


def test_nothing_leaves_the_page_from_a_server_nor_is_fetched_before_it_is_needed(
    context: BrowserContext, built: Path, listener: Listener, tmp_path: Path
) -> None:
    with serving(partial(Quiet, directory=built.with_name("page"))) as address:
        inside = Inside(context, address)
        assert inside.run(in_folder(ROOT / "examples/riverside"), "assess", "staff.yaml").code == 0
        assert not any("/further." in one for one in inside.requests)
        works_and_keeps_to_itself(inside, listener)
        case = ROOT / "tests/cases/invalid/answers-unknown-key.yaml"
        files = {case.name: case.read_bytes()}
        words = ("assess", case.name)
        assert inside.run(files, *words) == beside(tmp_path, files, *words)
        assert any("/further." in one for one in inside.requests)
        assert [one for one in inside.requests if not one.removeprefix("blob:").startswith(address)] == []


def works_and_keeps_to_itself(inside: Inside, listener: Listener) -> None:
    """Use the page for a result and for questions, and try every way out of it, of the result and of the questions."""
    page = inside.page
    inside.open(ROOT / "examples/riverside")
    inside.done(inside.thing("One service"), "See the result")
    inside.task("Answer the questions")
    inside.press("Show the questions")
    inside.hears("^The questions are here.$")
    expect(inside.form.locator("#around")).to_have_count(1)
    before, frames = list(inside.requests), {"shown": inside.report, "asked": inside.form}
    ways = set(page.evaluate(WAYS, listener.address)) - UNSEEN
    page.wait_for_function("ways => ways.every(way => refused.includes(way))", arg=sorted(ways))
    for name, frame in frames.items():
        text = page.locator(f"#{name}").get_attribute("srcdoc") or ""
        frame.evaluate(WAYS, listener.address)
        for way, does in LEAVING.items():
            shown(inside, name, text).evaluate(LEAVE.replace("WAY", does), f"{listener.address}{way}")
    time.sleep(0.5)
    with urlopen(f"{listener.address}last"):
        assert listener.hears({"last"})
    assert listener.heard == {"last"}
    assert page.url.partition("#")[0] == before[0]
    assert page.context.pages == [page]
    stored = "async () => [localStorage, sessionStorage, document.cookie, await indexedDB.databases()]"
    assert page.evaluate(f"async () => (await ({stored})()).map(one => one.length)") == [0, 0, 0, 0]
    page.evaluate("clear()")
    inside.requests[:] = before


def shown(inside: Inside, frame: str, text: str) -> Frame:
    """What a frame of the page shows, once it does."""
    found = inside.page.locator(f"#{frame}")
    found.evaluate("(one, text) => new Promise(done => { one.onload = () => done(); one.srcdoc = text; })", text)
    handle = found.element_handle()
    content = handle.content_frame() if handle else None
    assert content is not None
    return content


def test_the_script_of_the_page_knows_no_way_out(built: Path) -> None:
    """A policy cannot keep a page's own script from leading elsewhere."""
    (script,) = re.findall(r"<script>(.*?)</script>", built.read_text(encoding="utf-8"), re.S)
    assert LEADS_OUT.findall(script) == []
