"""What the whole program in one page promises: its size, how soon it is ready, and what runs take in it.

Measured in the machine's own Chromium, on what `make page` builds, beside a page that starts Python for browsers and
nothing else. Exits with 1 where a target is missed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from time import perf_counter

from targets import Figure

from many import generate

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT))

from playwright.sync_api import Browser  # noqa: E402
from tests.browser import chromium, fonts, inside  # noqa: E402
from tests.browser.whole import Whole  # noqa: E402

FILE, FOLDER = ROOT / "dist/involve-audit.html", ROOT / "dist/page"
PACKAGES = ROOT / "build/page/node/node_modules/pyodide"
ALONE = """<!DOCTYPE html><script type="module">
const { loadPyodide } = await import("./pyodide.mjs");
await loadPyodide();
document.title = "ready";
</script>"""
ROUNDS, AUDITS = 3, 300


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def sizes() -> Iterator[Figure]:
    """What is sent to people, and what a server sends before the first result."""
    yield Figure("the page as one file", FILE.stat().st_size / 1e6, 11, "MB")
    at_once = (path for path in FOLDER.iterdir() if not path.name.startswith("further"))
    yield Figure(
        "the page as a folder, fetched before a first result", sum(p.stat().st_size for p in at_once) / 1e6, 6, "MB"
    )


def python_alone(browser: Browser, address: str) -> float:
    """Seconds until Python for browsers is ready, in a page of its own."""
    begun, page = perf_counter(), browser.new_page()
    page.goto(f"{address}/alone.html")
    page.wait_for_function("document.title === 'ready'", timeout=inside.PATIENCE)
    page.close()
    return perf_counter() - begun


def times(browser: Browser, address: str) -> Iterator[Figure]:
    """How soon it is ready and has a result."""
    audit = inside.in_folder(ROOT / "examples/riverside", "audit/")
    alone, ready, first, further = [], [], [], []
    for _ in range(ROUNDS):
        alone.append(python_alone(browser, address))
        context = browser.new_context()
        began = perf_counter()
        page = inside.Inside(context, FILE.as_uri())
        ready.append(perf_counter() - began)
        taken = [timed(partial(page.run, audit, "assess", "audit", "-o", "report.html")) for _ in range(4)]
        first.append(taken[0])
        further.append(median(taken[1:]))
        context.close()
    yield Figure("ready / Python for browsers alone", median(a / b for a, b in zip(ready, alone, strict=True)), 1.6)
    yield Figure("ready", median(ready), 4, "s")
    yield Figure("the first result after that", median(first), 2, "s")
    yield Figure("each further result", median(further), 0.5, "s")


def timed(do: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = perf_counter()
    do()
    return perf_counter() - begun


def memory(browser: Browser, folder: Path) -> Iterator[Figure]:
    """What the process of the page had at most, once somebody has opened so many audits and saved a report of each."""
    views = generate(folder, AUDITS)
    before = renderers(browser)
    page = Whole(browser.new_context(accept_downloads=True), FILE.as_uri()).ready()
    page.open(views)
    thing = page.thing("Many services")
    thing.get_by_label("With a report for each service").check()
    page.press("See the overview", thing)
    page.hears("Done", inside.PATIENCE)
    page.saved("Save all of it (.zip)")
    most = max(most_of(process) for process in renderers(browser) - before)
    yield Figure(f"memory, with {AUDITS} audits and their reports", most / 1e6, 400, "MB")


def renderers(browser: Browser) -> set[int]:
    """The processes that show pages."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return {process["id"] for process in processes if process["type"] == "renderer"}


def most_of(process: int) -> int:
    """The largest resident set of a process so far."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main() -> int:
    """Print every figure. Returns the exit code."""
    subprocess.run([sys.executable, ROOT / "page/build.py"], check=True)
    missed = 0
    with tempfile.TemporaryDirectory() as name, chromium.started(chromium.executable() or "chromium") as started:
        for path in PACKAGES.iterdir():
            (Path(name) / path.name).symlink_to(path)
        (Path(name) / "alone.html").write_text(ALONE, encoding="utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser, address = started(fonts.WIDE), f"http://127.0.0.1:{server.server_port}"
        for part in (sizes(), times(browser, address), memory(browser, Path(name) / "audits")):
            for figure in part:
                print(figure, flush=True)
                missed += not figure.is_met
        server.shutdown()
        server.server_close()
    print(f"Targets of the page missed: {missed or 'none'}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
