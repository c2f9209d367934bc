"""The whole program in one page, used as people use it: by its links, its buttons and the files they give it.

`python -m tests.browser.whole` makes the picture of it for the documentation, of what `make page` made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Dialog, FilePayload, Frame, Locator, Page, TimeoutError, expect
from tests.audits import ROOT
from tests.browser import chromium, installed
from tests.browser.fonts import WIDE

STARTS, RUNS = 120_000, 60_000
"""Milliseconds that a busy machine may need for it."""
READY = "The program is ready."
WRONG = "That did not work. What the program says stands below."
ENDED = "Done|That did not work"
expect.set_options(timeout=RUNS)


class Whole:
    """The page, opened anew. `said` is what the browser complained about; `requests` what it asked for."""

    def __init__(self, context: BrowserContext, address: str, width: int = 1280) -> None:
        self.page: Page = context.new_page()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.set_default_timeout(RUNS)
        self.said: list[str] = []
        self.requests: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", self._note)
        self.page.goto(address)

    def _note(self, dialog: Dialog) -> None:
        self.asked.append(dialog.type)
        dialog.accept()

    def ready(self) -> Whole:
        """Once the program has started."""
        self.hears(re.escape(READY), STARTS)
        return self

    def hears(self, wanted: str, timeout: int = RUNS) -> None:
        """Waits until something is announced, by a pattern: the page looks for it itself, more often than `expect`."""
        announced = "wanted => new RegExp(wanted).test(document.getElementById('said').textContent)"
        with suppress(TimeoutError):
            self.page.wait_for_function(announced, arg=wanted, timeout=timeout)
        expect(self.status).to_have_text(re.compile(wanted), timeout=1_000)

    @property
    def status(self) -> Locator:
        """What is announced."""
        return self.page.get_by_role("status")

    def task(self, name: str) -> None:
        link = self.page.get_by_role("link", name=name)
        link.click()
        if link.get_attribute("aria-current") is None:  # went to a frame that was scrolled away from there just before
            link.click()

    def thing(self, name: str) -> Locator:
        """One of the things that can be done in a task, unfolded."""
        summary = self.page.locator("summary", has_text=re.compile(f"^{name}"))
        if not summary.evaluate("one => one.parentElement.open"):
            summary.click()
        return summary.locator("..")

    def open(self, *files: Path | tuple[str, bytes]) -> None:
        """Chooses files, or a folder; done when the page says so."""
        self.task("See what answers say")
        self.status.evaluate("one => { one.textContent = ''; }")
        if isinstance(files[0], Path) and files[0].is_dir():
            self.page.locator("#folder").set_input_files(files[0])
        else:
            given = [(one.name, one.read_bytes()) if isinstance(one, Path) else one for one in files]
            self.page.locator("#choose").set_input_files([_payload(*one) for one in given])
        self.hears("Opened")

    @property
    def opened(self) -> list[str]:
        """The names of the files that are open."""
        return self.page.locator("#opened > li > strong").all_text_contents()

    def line(self, name: str) -> Locator:
        """What the page shows of an open file."""
        return self.page.locator("#opened > li", has_text=name)

    def tick(self, thing: Locator, names: Sequence[str], pick: int = 0) -> None:
        """Ticks these files and no others."""
        for box in thing.locator(".pick").nth(pick).locator("label").all():
            box.locator("input").set_checked(box.inner_text() in names)

    def press(self, name: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).click()

    def done(self, thing: Locator, button: str, said: str = "Done.") -> None:
        """Presses a button, and waits for what comes of it."""
        self.press(button, thing)
        self.hears(ENDED)
        assert self.status.inner_text() == said, self.told

    @property
    def report(self) -> Frame:
        """What the result's frame shows."""
        return _frame(self.page.locator("#shown"))

    @property
    def form(self) -> Frame:
        """The questions, as the page shows them."""
        expect(self.page.locator("#asked")).to_be_visible()
        return _frame(self.page.locator("#asked"))

    @property
    def command(self) -> str:
        """The same in a terminal."""
        return self.page.locator("#command").text_content() or ""

    @property
    def told(self) -> str:
        """What the program said."""
        return self.page.locator("#told pre").text_content() or ""

    def saved(self, button: str, within: Locator | None = None) -> tuple[str, bytes]:
        """Name and content of what a button saves."""
        with self.page.expect_download() as saved:
            self.press(button, within)
        return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()

    def drop(self, *paths: Path) -> None:
        """Drops files and folders on the page, as from a window beside it."""
        x, y = 300, 300
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        screen = self.page.context.new_cdp_session(self.page)
        for kind in ("dragEnter", "dragOver", "drop"):
            screen.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})


def _frame(locator: Locator) -> Frame:
    handle = locator.element_handle()
    frame = handle.content_frame() if handle else None
    assert frame is not None
    frame.wait_for_load_state()
    return frame


def _payload(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=content)


def picture(browser: Browser, page: Path, file: Path) -> None:
    """The picture of the page in docs/page.md: two files are open, and below them is what they come to."""
    context = browser.new_context()
    whole = Whole(context, page.as_uri(), 1000).ready()
    whole.open(ROOT / "examples/riverside/service-users.yaml", ROOT / "examples/riverside/staff.yaml")
    whole.done(whole.thing("One service"), "See the result")
    whole.page.set_viewport_size({"width": 1000, "height": 2300})
    whole.page.wait_for_timeout(1_000)  # until the result has been brought to the top
    whole.page.evaluate("scrollTo(0, 0)")
    whole.page.screenshot(path=file)
    context.close()


if __name__ == "__main__":
    with chromium.started(installed.browser()) as started:
        picture(started(WIDE), ROOT / "dist/involve-audit.html", ROOT / "docs/pictures/whole.png")
