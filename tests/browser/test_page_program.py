"""How the page has the program: built the same twice, started and stopped, and begun anew where its worker breaks."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.audits import ROOT
from tests.browser.inside import PATIENCE

BUNDLE = ROOT / "build/page/node/node_modules/.bin/esbuild"
TRY = """
window.states = [];
window.program = new whole.Program((state, detail) => states.push(detail ? `${state}: ${detail}` : state));
window.tried = async (argv, text) => {
    const files = [{ path: "audit/staff.yaml", content: new Blob([text]) }];
    try { const ran = await program.run(argv, files, text => states.push(text)); return [ran.code, ran.out]; }
    catch (fault) { return [fault instanceof whole.Stopped ? "stopped" : `broken: ${fault.detail}`]; }
};
"""
STAFF = (ROOT / "examples/riverside/staff.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bare(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as it was built, with nothing at work in it but the program."""
    command = [BUNDLE, ROOT / "page/program.ts", "--bundle", "--format=iife", "--global-name=whole", "--target=es2018"]
    script = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    parts = re.findall('<script type="text/plain".*?</script>', built.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path_factory.mktemp("bare") / "bare.html"
    path.write_text(f"<meta charset=utf-8>{''.join(parts)}<script>{script}{TRY}</script>", encoding="utf-8")
    return path


@pytest.fixture
def page(bare: Path, browser: Callable[[str], Browser]) -> Iterator[Page]:
    context = browser("DejaVu Sans").new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(bare.as_uri())
    yield page
    context.close()


def tried(page: Page, *words: str) -> Any:
    return page.evaluate("([argv, text]) => tried(argv, text)", [words, STAFF])


def test_one_who_stops_a_run_can_have_the_next(page: Page) -> None:
    page.evaluate("text => { window.first = tried(['assess', 'audit'], text); }", STAFF)
    page.wait_for_function("states.includes('running')", timeout=PATIENCE)
    page.evaluate("program.stop()")
    assert page.evaluate("first") == ["stopped"]
    code, out = tried(page, "assess", "audit")
    assert code == 0
    assert out.startswith("Involvement audit: Riverside floating support (invented)")
    assert page.evaluate("states") == ["starting", "ready", "running", "starting", "ready", "running", "ready"]


def test_a_worker_without_memory_is_told_of_and_begun_anew(page: Page) -> None:
    page.wait_for_function("states.includes('ready')", timeout=PATIENCE)
    page.evaluate("text => { window.first = tried(['assess', 'audit'], text); }", STAFF)
    page.evaluate("program.worker.onmessage({ data: { failed: 'RangeError: no more', why: 'memory' } })")
    assert page.evaluate("first") == ["broken: memory"]
    assert tried(page, "--version")[0] == 0


def test_a_browser_that_lacks_what_it_needs_is_told_of(bare: Path, browser: Callable[[str], Browser]) -> None:
    context = browser("DejaVu Sans").new_context()
    context.add_init_script("delete window.WebAssembly;")
    page = context.new_page()
    page.goto(bare.as_uri())
    assert page.evaluate("states") == ["starting", "failed: browser"]
    context.close()


def test_runs_leave_nothing_to_the_next_and_say_what_they_say_at_once(page: Page) -> None:
    assert tried(page, "assess", "audit", "-o", "new.html") == [0, ""]
    assert "Written: new.html\n" in page.evaluate("states")
    assert tried(page, "assess", "new.html")[0] == 2


def test_what_only_some_runs_need_is_fetched_from_a_server_when_one_does(
    built: Path, browser: Callable[[str], Browser]
) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built.parent / "page")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    from tests.browser.inside import Inside

    context = browser("DejaVu Sans").new_context()
    inside = Inside(context, f"http://127.0.0.1:{server.server_port}/")
    fetched: list[str] = []
    context.on("request", lambda request: fetched.append(request.url))
    assert inside.run({"audit.yaml": STAFF.encode()}, "assess", "audit.yaml").code == 0
    assert fetched == []
    assert '"$defs"' in inside.run({}, "schema", "answers").out
    server.shutdown()
    server.server_close()
    context.close()


def test_two_builds_are_equal_byte_for_byte(built: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "page/build.py", tmp_path], check=True)
    names = ["involve-audit.html", *(f"page/{path.name}" for path in (built.parent / "page").iterdir())]
    assert [name for name in names if (tmp_path / name).read_bytes() != (built.parent / name).read_bytes()] == []
    assert {path.name for path in (tmp_path / "page").iterdir()} == {Path(name).name for name in names[1:]}
