"""A form in the browser, filled in as people do: the fields that they see, and the buttons that they press."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import BrowserContext, Locator, expect
from tests.browser.shown import Shown

WIDE, PHONE = 1100, 360
FILE, SHARE, CODE = "file", "share", "code"


class Form:
    """One form, opened in a page of its own. `said` is what the browser complained about."""

    def __init__(self, context: BrowserContext, file: Path, width: int = WIDE) -> None:
        self.page = context.new_page()
        self.page.set_viewport_size({"width": width, "height": 740})
        self.said: list[str] = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.shown = Shown(self.page, file, "form", "full")

    def press(self, does: str) -> None:
        self.page.locator(f"[data-does={does}]:visible").first.click()

    def question(self, item: str) -> Locator:
        return self.page.locator(f"#q-{item}")

    def answer(self, item: str, answer: str) -> None:
        self.question(item).locator(f"input[value={answer}]").check()

    def field(self, name: str, root: Locator | None = None) -> Locator:
        return (root or self.page).locator(f"[data-field={name}]").last

    def head(self, subject: str, **people: int) -> None:
        """Fills in what every form needs."""
        self.field("subject").fill(subject)
        for name, count in people.items():
            self.field(f"people-{name.replace('_', '-')}").fill(str(count))

    def fill(self, view: Mapping[str, Any]) -> None:
        """Fills in all of a view, as an answers file holds it."""
        self.head(view["subject"]["name"])
        self.field("kind").fill(view["subject"].get("kind", ""))
        self.field("day").fill(view["date"])
        for name, count in view.get("respondents", {}).items():
            self.field(f"people-{name}").fill(str(count))
        for item, given in view.get("answers", {}).items():
            self._answer(item, {"answer": given} if isinstance(given, str) else given)
        for action in view.get("actions", ()):
            self.page.locator("#actions [data-does=row]").click()
            row = self.page.locator("#actions .row").last
            for name in ("what", "owner", "due"):
                self.field(name, row).fill(action.get(name, ""))
            self.field("item", row).select_option(action.get("item", ""))
            self.field("done", row).set_checked(action.get("done", False))

    def _answer(self, item: str, given: Mapping[str, Any]) -> None:
        question = self.question(item)
        if given.get("answer"):
            self.answer(item, given["answer"])
        if given.get("reason"):
            self.field("reason", question).fill(given["reason"])
        if given.get("note") or given.get("evidence"):
            question.locator(".more > summary").click()
            self.field("note", question).fill(given.get("note", ""))
        for evidence in given.get("evidence", ()):
            question.locator("[data-does=row]").click()
            row = question.locator(".row").last
            for name in ("text", "date", "link"):
                self.field(name, row).fill(evidence.get(name, ""))

    def code(self) -> str:
        """The code that it shows."""
        self.press(CODE)
        area = self.page.locator("#code textarea")
        expect(area).to_have_value(re.compile("-----END"))
        return area.input_value()

    def download(self, does: str) -> tuple[str, bytes]:
        """Name and content of what a button saves."""
        with self.page.expect_download() as saved:
            self.press(does)
        return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()

    def copy(self, file: Path) -> Path:
        """A saved copy of the page, in this file."""
        file.write_bytes(self.download("copy")[1])
        return file

    def handed_in(self) -> dict[str, Any]:
        """The answers file that it saves, as any reader of YAML has it, without what differs each time."""
        view: dict[str, Any] = yaml.safe_load(self.download(FILE)[1])
        assert self.said == []
        return {name: value for name, value in view.items() if name not in ("response", "saved")}
