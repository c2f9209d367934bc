"""The program that the page has inside, and the command line beside it: the same words and files for both."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import BrowserContext
from tests import program

from involve_audit import language
from involve_audit.words.in_page import IN_PAGE

PATIENCE = 120_000
"""Milliseconds that a busy machine may take to start it, or for a run."""
KNOWN = "window.Worker = class extends Worker { constructor(...given) { super(...given); window.worker ??= this; } };"
"""Lets the tests talk to the worker of the page, as its own script does."""
RUN = """([argv, given]) => new Promise((done, fail) => {
    const bytes = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
    const text = bytes => {
        let all = "";
        for (let at = 0; at < bytes.length; at += 8192)
            all += String.fromCharCode(...bytes.subarray(at, at + 8192));
        return btoa(all);
    };
    worker.addEventListener("message", async function heard({ data }) {
        if ("text" in data) return;
        worker.removeEventListener("message", heard);
        if (!data.ran) return fail(JSON.stringify(data));
        const { code, out, err, files } = data.ran;
        const read = async ({ path, content }) => [path, text(new Uint8Array(await content.arrayBuffer()))];
        done([code, out, err, await Promise.all(files.map(read))]);
    });
    const files = given.map(([path, content]) => ({ path, content: new Blob([bytes(content)]) }));
    worker.postMessage({ argv, files });
})"""


class Ran(NamedTuple):
    """How a run ended, what it said, and every file that it wrote."""

    code: int
    out: str
    err: str
    files: dict[str, bytes]


class Inside:
    """The program of a page, once it is ready. `requests` is what the page has asked for."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.add_init_script(KNOWN)
        self.page.goto(address)
        ready = self.page.locator("#says").get_attribute("data-ready")
        self.page.wait_for_function("text => document.querySelector('#said').textContent === text", arg=ready)

    def run(self, files: Mapping[str, bytes], *words: str) -> Ran:
        """Run the program in a folder that holds these files."""
        given = [(path, b64encode(content).decode()) for path, content in files.items()]
        code, out, err, written = self.page.evaluate(RUN, [words, given])
        return Ran(code, out, err, {path: b64decode(content) for path, content in written})


def beside(folder: Path, files: Mapping[str, bytes], *words: str) -> Ran:
    """The same by the command line, where it is no terminal that shows what is said."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "80")
        patch.setattr(language, "_instead", dict(IN_PAGE))
        done: Any = program.run(*words)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return Ran(
        done.exit_code,
        done.stdout,
        done.stderr,
        {path: content for path, content in found.items() if files.get(path) != content},
    )


def in_folder(folder: Path, name: str = "") -> dict[str, bytes]:
    """The answers files of a folder, below this name."""
    return {f"{name}{file.name}": file.read_bytes() for file in sorted(folder.glob("*.yaml"))}
