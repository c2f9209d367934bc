"""The program that the page has inside, and the command line beside it: the same words and files for both."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import BrowserContext
from tests import program
from tests.browser.whole import STARTS, Whole

from involve_audit import language
from involve_audit.words.in_page import IN_PAGE

PATIENCE = STARTS
"""Milliseconds that a busy machine may take to start it, or for a run."""
KNOWN = """
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...more) {
    if (message?.parts) window.worker = this;
    post.call(this, message, ...more);
};
"""
"""Lets the tests talk to the worker of the page that has the program, as its own script does."""
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
        const read = ({ path, bytes }) => [path, text(bytes)];
        done([code, out, err, await Promise.all(files.map(read))]);
    });
    const files = given.map(([path, content]) => ({ path, bytes: bytes(content) }));
    worker.postMessage({ argv, files });
})"""


class Ran(NamedTuple):
    """How a run ended, what it said, and every file that it wrote."""

    code: int
    out: str
    err: str
    files: dict[str, bytes]


class Inside(Whole):
    """The page, once it is ready, of which the program also runs whatever it is asked."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        context.add_init_script(KNOWN)
        super().__init__(context, address)
        self.ready()

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
