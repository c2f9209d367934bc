"""Opens forms, and the whole program in one page, in Firefox and in WebKitGTK, where Debian has them: `make browsers`.

Both are driven as they come from Debian: Firefox by Marionette, WebKitGTK by WebDriver. A form is filled in there, is
handed in as a file and as a code, and goes on in a copy of a copy; what comes out has to be what went in. The program
in its page has to start, and to give the report that the command line gives. It says which of the two is missing and
how to get it, and ends with 1 where one failed, or is missing and $CI is set.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from html import escape
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from tests import audits
from tests.audits import ROOT
from tests.browser.inside import beside
from tests.browser.test_form import NASTY_VIEW, may_not_apply, nasty, of_code

from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.view import AnswerRules, read_view
from involve_audit.model.rubric import Rubric
from involve_audit.render.forms.blank import BlankForm
from involve_audit.render.forms.page import render

Run = Callable[[str, Any], Any]
"""Asks a browser: `goto` and an address, `run` and the body of a function that may wait, `save` and a button."""
PATIENCE = 30
NEEDED = {"Firefox": ("firefox-esr", "firefox-esr"), "WebKitGTK": ("WebKitWebDriver", "webkit2gtk-driver xvfb xauth")}
PRESS = """document.querySelector("[data-does=DOES]").click();"""
SAVED = """
    const saved = [];
    URL.createObjectURL = blob => { saved.push(blob); return "#"; };
    HTMLAnchorElement.prototype.click = () => null;
    PRESS
    return saved.length ? await saved[0].text() : "";
""".replace("PRESS", PRESS)
"""What a button saves, where the browser cannot be asked for its downloads."""
TYPE = """
    const type = (name, text) => {
        const one = document.querySelector(`[data-field=${name}]`);
        one.value = text;
        one.dispatchEvent(new Event("input", {bubbles: true}));
    };
    type("subject", "Riverside");
    type("PEOPLE", "3");
    document.querySelectorAll(".question").forEach(one => one.querySelector("[type=radio]").click());
"""
CODE = """
    document.querySelector("[data-does=code]").click();
    const area = document.querySelector("#code textarea");
    for (let tries = 0; tries < 100 && !area.value; tries += 1) await new Promise(done => setTimeout(done, 50));
    return area.value;
"""


OPEN = """
    const given = new DataTransfer();
    Object.entries(FILES).forEach(([name, text]) => given.items.add(new File([text], name)));
    const choose = document.querySelector("#choose");
    choose.files = given.files;
    choose.dispatchEvent(new Event("change"));
"""


def main() -> int:
    subprocess.run([sys.executable, ROOT / "page/build.py"], check=True)
    done = [tried(name, started) for name, started in (("Firefox", firefox), ("WebKitGTK", webkit))]
    return 0 if all(done) else 1


def tried(name: str, started: Callable[[Path], Any]) -> bool:
    """Whether all went well in this browser; that it is missing is well where nobody said $CI."""
    program, package = NEEDED[name]
    if shutil.which(program) is None:
        print(f"{name} is missing. On Debian: apt-get install {package}")
        return not os.environ.get("CI")
    with TemporaryDirectory() as folder, started(Path(folder)) as run:
        try:
            for does in (shipped, of_nasty_text, with_nothing_filled_in, the_whole_program):
                does(run, Path(folder))
                print(f"{name}: {does.__name__.replace('_', ' ')}: as it should be")
        except AssertionError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return False
    return True


# What is tried


def shipped(run: Run, folder: Path) -> None:
    """Every shipped rubric: each question gets its first answer."""
    for name in ("service-user-leadership-spectrum", "co-production-steps"):
        rubric = load_rubric(name).content
        opened(run, rubric, folder)
        run("run", TYPE.replace("PEOPLE", f"people-{rubric.perspectives[0].id}"))
        view = view_of(run("save", "file"), rubric)
        answers = {item: given.answer for item, given in view.answers.items()}
        assert answers == {item.id: rubric.answers_to(item)[0] for item in rubric.items}, answers


def of_nasty_text(run: Run, folder: Path) -> None:
    """Text that means something to a page, in every field of a saved copy, and in copies of that."""
    rubric = Rubric.from_tree(may_not_apply(audits.small_rubric()) | {"title": nasty("title")})
    subject = NASTY_VIEW["subject"]
    head = {"subject": subject["name"], "kind": subject["kind"], "day": NASTY_VIEW["date"], "people-members": "2"}
    answers = [[item, {"evidence": [], **given}] for item, given in NASTY_VIEW["answers"].items()]
    kept = {"response": "0" * 32, "head": head, "answers": answers, "actions": NASTY_VIEW["actions"]}
    opened(run, rubric, folder, json.dumps(kept))
    wanted = told(run("save", "file"))
    for part in ("subject", "answers", "actions"):
        assert wanted[part] == NASTY_VIEW[part], wanted[part]
    code = run("run", CODE)
    assert told(of_code(code, "Z" if code.splitlines()[1].startswith("W") else "T")) == wanted
    sizes = set()
    for place in range(3):
        copy = folder / f"copy-{place}.html"
        copy.write_text(run("save", "copy"), encoding="utf-8")
        sizes.add(copy.stat().st_size)
        run("goto", copy.as_uri())
        assert told(run("save", "file")) == wanted
    assert len(sizes) == 1, sizes


def with_nothing_filled_in(run: Run, folder: Path) -> None:
    """The page says what is missing, and keeps nothing outside of the tab."""
    opened(run, Rubric.from_tree(audits.small_rubric()), folder)
    run("run", PRESS.replace("DOES", "file"))
    assert run("run", "return document.activeElement.id") == "errors"
    assert run("run", "return document.querySelectorAll('#errors li').length") == 2
    assert run("run", "try { return localStorage.length } catch { return 0 }") == 0


def the_whole_program(run: Run, folder: Path) -> None:
    """The page that has the program in it starts from a file, takes answers, and shows the command line's report."""
    run("goto", (ROOT / "dist/involve-audit.html").as_uri())
    ready = run("run", "return document.querySelector('#says').dataset.ready")
    waits_for(run, "document.querySelector('#said').textContent", ready)
    files = {file.name: file.read_bytes() for file in (ROOT / "examples/riverside").glob("*.yaml")}
    texts = {name: content.decode() for name, content in files.items()}
    run("run", OPEN.replace("FILES", json.dumps(texts)))
    waits_for(run, "document.querySelectorAll('#opened > li').length", len(files))
    run("run", "document.querySelector('#assess form').requestSubmit()")
    waits_for(run, "document.querySelector('#shown').srcdoc !== ''", True)
    words = shlex.split(run("run", "return document.querySelector('#command').textContent"))
    here = beside(folder / "riverside", files, *words[1:])
    assert here.files[words[-1]].decode() == run("run", "return document.querySelector('#shown').srcdoc")


def waits_for(run: Run, what: str, wanted: object) -> None:
    """Waits until something in the page is as it should be."""
    until = time.monotonic() + 4 * PATIENCE
    while (found := run("run", f"return {what}")) != wanted:
        assert time.monotonic() < until, f"{what} is {found!r}, and not {wanted!r}"
        time.sleep(0.3)


def opened(run: Run, rubric: Rubric, folder: Path, kept: str = "") -> None:
    file, start = folder / f"{rubric.id}.html", '<template id="kept">'
    page = render(BlankForm(rubric, date(2026, 11, 28))).replace(start, start + escape(kept), 1)
    file.write_text(page, encoding="utf-8")
    run("goto", file.as_uri())


def told(text: str) -> dict[str, Any]:
    view: dict[str, Any] = yaml.safe_load(text)
    return {name: value for name, value in view.items() if name != "saved"}


def view_of(text: str, rubric: Rubric) -> Any:
    read = read_view(text.encode(), "view.yaml", date(2100, 1, 1))
    assert read.source is not None, read.problems
    assert not AnswerRules(rubric).problems(read.tree)
    return read.source.content


# The browsers


@contextmanager
def program(*words: str, port: int) -> Iterator[None]:
    """A program that listens at a port, until nobody needs it any more."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, start_new_session=True, **quiet) as running:  # type: ignore[call-overload]
        try:
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.2)
            yield
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, 15)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def as_function(body: str) -> str:
    return f"const done = arguments[arguments.length - 1]; (async () => {{ {body} }})().then(done, done);"


@contextmanager
def firefox(folder: Path) -> Iterator[Run]:
    """Firefox, asked by Marionette: messages `length:[type, id, name, values]`."""
    port = free_port()
    profile = folder / "profile"
    profile.mkdir()
    downloads = folder / "downloads"
    wanted = {"marionette.port": port, "browser.download.folderList": 2, "browser.download.dir": str(downloads)}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wanted.items())
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    with (
        program("firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(profile), port=port),
        socket.create_connection(("127.0.0.1", port), PATIENCE) as line,
        line.makefile("rwb") as stream,
    ):

        def message() -> Any:
            length = b""
            while not length.endswith(b":"):
                length += stream.read(1)
            return json.loads(stream.read(int(length[:-1])))

        def ask(name: str, **values: Any) -> Any:
            text = json.dumps([0, 1, name, values]).encode()
            stream.write(f"{len(text)}:".encode() + text)
            stream.flush()
            _kind, _id, error, result = message()
            assert error is None, error
            return result

        def run(what: str, given: Any) -> Any:
            if what == "goto":
                return ask("WebDriver:Navigate", url=given)
            script = as_function(PRESS.replace("DOES", given) if what == "save" else given)
            said = ask("WebDriver:ExecuteAsyncScript", script=script, args=[])["value"]
            return downloaded(downloads) if what == "save" else said

        message()
        ask("WebDriver:NewSession", unhandledPromptBehavior="accept")
        yield run


def downloaded(folder: Path) -> str:
    """What was saved to this folder, once it is there; it is taken out."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for file in folder.glob("*.[yh][at]ml") if not list(folder.glob("*.part")) else ():
            if text := file.read_text(encoding="utf-8"):
                file.unlink()
                return text
        time.sleep(0.1)
    raise AssertionError("nothing was saved")


@contextmanager
def webkit(folder: Path) -> Iterator[Run]:
    """WebKitGTK, asked by WebDriver."""
    port = free_port()
    shown = ["xvfb-run", "-a"] if not os.environ.get("DISPLAY") and shutil.which("xvfb-run") else []
    with program(*shown, "WebKitWebDriver", f"--port={port}", port=port):

        def ask(where: str, values: dict[str, Any]) -> Any:
            line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            line.request("POST", where, json.dumps(values), {"Content-Type": "application/json"})
            value = json.loads(line.getresponse().read())["value"]
            assert not (isinstance(value, dict) and "error" in value), value
            return value

        session = ask("/session", {"capabilities": {"alwaysMatch": {"unhandledPromptBehavior": "accept"}}})["sessionId"]

        def run(what: str, given: Any) -> Any:
            if what == "goto":
                return ask(f"/session/{session}/url", {"url": given})
            script = as_function(SAVED.replace("DOES", given) if what == "save" else given)
            return ask(f"/session/{session}/execute/async", {"script": script, "args": []})

        yield run


if __name__ == "__main__":
    sys.exit(main())
