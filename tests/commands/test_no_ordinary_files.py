"""A pipe, a device, a socket or a link to one is no input, is not waited for and is never replaced."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from involve_audit import output
from involve_audit.asking.draft import Draft
from involve_audit.asking.keeping import Keeping, alone_with
from involve_audit.asking.session import require_place
from involve_audit.asking.wanted import Asking
from involve_audit.errors import InputError, OutputError
from involve_audit.loading import answers_files
from involve_audit.loading.audit import load_audit
from involve_audit.loading.files import read_bytes
from involve_audit.temporary import lock_of

Run = Callable[..., Any]
WriteView = Callable[..., Path]
OVERLAY = """\
format: involve-audit/overlay@1
id: ours
version: 1.0.0
extends: odd@1
title: Ours
because: We are small.
minimum_answered: 60%
"""


@pytest.fixture(autouse=True)
def nothing_is_waited_for() -> Iterator[None]:
    """A test that waits for somebody to write to a pipe fails."""

    def give_up(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def all_in(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Everything in a folder but folders, with what tells whether it is still the same."""
    found = {path: path.lstat() for path in folder.rglob("*") if not path.is_dir()}
    return {path: (status.st_ino, status.st_mode, status.st_mtime_ns) for path, status in found.items()}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def local_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the path of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as stream:
            stream.bind(path.name)
    finally:
        os.chdir(before)


def link_to_pipe(path: Path) -> None:
    target = path.with_name(".pipe")
    if not target.exists():
        os.mkfifo(target)
    path.symlink_to(target.name)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("/dev/null")


def link_to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


KINDS = (pipe, local_socket, link_to_pipe, link_to_nothing, link_to_zeros)
every_kind = pytest.mark.parametrize("make", KINDS, ids=[kind.__name__ for kind in KINDS])
INPUTS = {
    "assess": "assess odd",
    "assess, beside others": "assess view.yaml odd.yaml",
    "assess, in a folder": "assess folder",
    "assess -r": "assess view.yaml -r odd.yaml",
    "assess -r without an ending": "assess view.yaml -r odd",
    "assess --template": "assess view.yaml -r small.yaml -o o.html --template house",
    "assess --template, taken in": "assess view.yaml -r small.yaml -o o.md --template house",
    "batch": "batch odd",
    "batch, pattern": "batch od*",
    "batch, in a folder": "batch folder",
    "batch --files-from": "batch --files-from odd",
    "batch, in a list": "batch --files-from list.txt",
    "batch -r": "batch view.yaml -r odd.yaml",
    "batch --baseline": "batch view.yaml -r small.yaml --baseline odd",
    "batch --baseline, lines": "batch view.yaml -r small.yaml --baseline odd.jsonl",
    "batch --baseline, in a folder": "batch view.yaml -r small.yaml --baseline folder",
    "diff": "diff odd view.yaml",
    "diff, after": "diff view.yaml odd.audit.json",
    "diff, in a folder": "diff view.yaml folder",
    "diff -r": "diff view.yaml view.yaml -r odd.yaml",
    "diff --git": "diff --git HEAD odd",
    "trend": "trend view.yaml odd",
    "trend, in a folder": "trend folder",
    "trend -r": "trend view.yaml view.yaml -r odd.yaml",
    "answers check": "answers check odd",
    "answers check -r": "answers check view.yaml -r odd.yaml",
    "answers migrate": "answers migrate odd --to 2 -r small.yaml",
    "answers migrate -r": "answers migrate view.yaml --to 1 -r odd.yaml",
    "answers new": "answers new odd.yaml",
    "answers new, without an ending": "answers new odd",
    "rubric check": "rubric check odd.yaml",
    "rubric check --earlier": "rubric check small.yaml --earlier odd.yaml",
    "rubric check --git": "rubric check odd.yaml --git HEAD",
    "rubric test": "rubric test odd.yaml",
    "rubric show": "rubric show odd.yaml",
    "rubric list": "rubric list",
    "rubric diff": "rubric diff odd.yaml small.yaml",
    "rubric diff, new": "rubric diff small.yaml odd.yaml",
    "rubric diff --answers": "rubric diff small.yaml small.yaml --answers odd",
    "rubric diff --answers, in a folder": "rubric diff small.yaml small.yaml --answers folder",
    "rubric diff --git": "rubric diff odd.yaml --git HEAD",
    "rubric new --from": "rubric new another --from odd.yaml",
    "rubric new --extends": "rubric new another --extends odd",
    "rubric new --translates": "rubric new another --translates odd --into cy",
    "rubric show, by id": "rubric show odd",
    "an overlay's original": "rubric show ours.yaml",
    "schema -r": "schema answers -r odd.yaml",
}
"""What to run where everything whose name begins with `odd`, and what is in the folders, is no ordinary file."""


@every_kind
@pytest.mark.parametrize("words", INPUTS.values(), ids=INPUTS.keys())
def test_what_is_no_ordinary_file_is_said_to_be_none_at_once(
    words: str, make: Callable[[Path], None], run: Run, view: WriteView, here: Path
) -> None:
    view()
    (here / "list.txt").write_text("odd\n")
    (here / "ours.yaml").write_text(OVERLAY)
    for folder in ("folder", "house", "rubrics"):
        (here / folder).mkdir()
    odd = ("odd", "odd.yaml", "odd.jsonl", "odd.audit.json", "folder/odd.yaml", "folder/odd.audit.json")
    for name in (*odd, "house/report.html.j2", "house/report.md.j2", "rubrics/odd.yaml"):
        make(here / name)
    done = run(*words.split())
    away = "a template may use only files of its own folder"
    assert any(said in done.stderr + done.stdout for said in ("this is not a file", away if "house" in words else "?"))
    assert done.exit_code == (0 if words == "rubric list" else 2)


OUTPUTS = {
    "assess": "assess view.yaml -r small.yaml -o odd.html",
    "assess, beside others": "assess view.yaml -r small.yaml -o new.html -o odd.md -o new.txt",
    "batch": "batch view.yaml -r small.yaml -o odd.csv",
    "batch, beside others": "batch view.yaml -r small.yaml -o new.csv -o odd.html",
    "batch --reports": "batch view.yaml -r small.yaml --reports folder -o new.csv",
    "batch --reports, itself": "batch view.yaml -r small.yaml --reports odd -o new.csv",
    "diff": "diff view.yaml view.yaml -r small.yaml -o odd.html",
    "trend": "trend view.yaml earlier.yaml -r small.yaml -o odd.html",
    "answers check": "answers check view.yaml -r small.yaml -o odd.xml",
    "answers new": "answers new small.yaml -o odd.yaml",
    "rubric check": "rubric check small.yaml -o odd.sarif",
    "rubric test": "rubric test small.yaml -o odd.xml",
    "rubric show": "rubric show small.yaml -o odd.html",
    "rubric diff": "rubric diff small.yaml small.yaml -o odd.json",
    "rubric new": "rubric new another -o odd.yaml",
    "schema": "schema answers -o odd.json",
    "template copy": "template copy report.html.j2 --to folder",
}
"""What to run where everything whose name begins with `odd`, and what is in the folder, is no ordinary file."""


@every_kind
@pytest.mark.parametrize("words", OUTPUTS.values(), ids=OUTPUTS.keys())
def test_what_is_no_ordinary_file_is_never_replaced(
    words: str, make: Callable[[Path], None], run: Run, view: WriteView, here: Path
) -> None:
    view()
    view("earlier.yaml", audit="winter", date="2023-02-28")
    (here / "folder").mkdir()
    for end in ("", ".html", ".md", ".csv", ".xml", ".sarif", ".yaml", ".json"):
        make(here / f"odd{end}")
    make(here / "folder/spring.html")
    make(here / "folder/report.html.j2")
    before = all_in(here)
    done = run(*words.split())
    assert done.exit_code == 2
    assert all_in(here) == before
    assert "odd" in done.stderr or "folder/" in done.stderr


READ = {
    "answers": ("view.yaml", "assess view.yaml -r small.yaml -o {}.html"),
    "answers in a folder": ("folder/spring.yaml", "assess folder -r small.yaml -o {}.html"),
    "a rubric": ("small.yaml", "assess view.yaml -r small.yaml -o {}.html"),
    "a rubric that is found by its id": ("rubrics/small.yaml", "assess view.yaml -o {}.html"),
    "what an overlay extends": ("rubrics/small.yaml", "rubric show ours.yaml -o {}.html"),
    "an overlay": ("ours.yaml", "assess view.yaml -r ours.yaml -o {}.html"),
    "a template": ("house/report.html.j2", "assess view.yaml -r small.yaml --template house -o {}.html"),
    "answers of a run": ("view.yaml", "batch view.yaml -r small.yaml -o {}.csv"),
    "answers that a pattern finds": ("view.yaml", "batch v*.yaml -r small.yaml -o {}.csv"),
    "a rubric of a run": ("small.yaml", "batch view.yaml -r small.yaml -o {}.csv"),
    "a rubric of a run that is found by its id": ("rubrics/small.yaml", "batch view.yaml -o {}.csv"),
    "a list": ("list.txt", "batch --files-from list.txt -r small.yaml -o {}.csv"),
    "a baseline": ("base.jsonl", "batch view.yaml -r small.yaml --baseline base.jsonl -o {}.csv"),
    "a baseline in a folder": ("folder/spring.audit.json", "batch view.yaml --baseline folder -o {}.csv"),
    "a baseline where reports go": (
        "folder/spring.audit.json",
        "batch view.yaml --baseline folder --reports folder --report-format record",
    ),
    "answers where reports go": ("folder/spring.yaml", "batch folder -r small.yaml --reports out"),
    "the earlier": ("earlier.yaml", "diff earlier.yaml view.yaml -r small.yaml -o {}.html"),
    "the later": ("view.yaml", "diff earlier.yaml view.yaml -r small.yaml -o {}.html"),
    "a record": ("folder/spring.audit.json", "diff folder/spring.audit.json view.yaml -o {}.html"),
    "a rubric of a comparison": ("small.yaml", "diff earlier.yaml view.yaml -r small.yaml -o {}.html"),
    "answers of a series": ("earlier.yaml", "trend earlier.yaml view.yaml -r small.yaml -o {}.html"),
    "answers that are checked": ("view.yaml", "answers check view.yaml -r small.yaml -o {}.xml"),
    "a rubric that answers are checked with": ("small.yaml", "answers check view.yaml -r small.yaml -o {}.xml"),
    "a rubric that is checked": ("small.yaml", "rubric check small.yaml -o {}.xml"),
    "an earlier rubric": ("earlier-small.yaml", "rubric check small.yaml --earlier earlier-small.yaml -o {}.xml"),
    "a rubric that is tested": ("small.yaml", "rubric test small.yaml -o {}.xml"),
    "a rubric that is shown": ("small.yaml", "rubric show small.yaml -o {}.html"),
    "a rubric that is compared": ("small.yaml", "rubric diff earlier-small.yaml small.yaml -o {}.json"),
    "answers that are touched": ("view.yaml", "rubric diff small.yaml small.yaml --answers view.yaml -o {}.json"),
    "a rubric of a schema": ("small.yaml", "schema answers -r small.yaml -o {}.json"),
    "a rubric of a schema, itself": ("small.yaml", "schema answers -r small.yaml -o small.yaml"),
}
"""Which file is read, and what to run that would write over it by another name."""


@pytest.mark.parametrize(("file", "words"), READ.values(), ids=READ.keys())
def test_nothing_that_was_read_is_written_over_by_whatever_name(
    file: str, words: str, run: Run, view: WriteView, here: Path
) -> None:
    small = (here / "small.yaml").read_text(encoding="utf-8")
    view(answers={"survey": "yes"})
    view("earlier.yaml", audit="winter", date="2023-02-28")
    view("folder/spring.yaml", answers={"survey": "yes"})
    (here / "rubrics").mkdir()
    (here / "rubrics/small.yaml").write_text(small, encoding="utf-8")
    (here / "earlier-small.yaml").write_text(small.replace("1.0.0", "0.9.0", 1), encoding="utf-8")
    (here / "ours.yaml").write_text(OVERLAY.replace("odd@1", "small@1"))
    (here / "list.txt").write_text("view.yaml\n")
    (here / "house").mkdir()
    (here / "house/report.html.j2").write_text("ours")
    if file.endswith((".jsonl", ".json")):
        run("batch", "view.yaml", "-o", "base.jsonl")
        run("assess", "view.yaml", "-o", "folder/spring.audit.json")
    (here / "out").mkdir()
    for end in (".html", ".csv", ".xml", ".md", ".json"):
        name = here / f"other{end}"
        name.symlink_to(file) if "rubric" in words else name.hardlink_to(file)
    (here / "out/spring.html").hardlink_to(file)
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    done = run(*words.format("other").split())
    assert (done.exit_code, "this file was read as input" in done.stderr) == (2, True), done.stderr
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before


def test_what_was_only_looked_at_may_be_written_anew(run: Run, view: WriteView, here: Path) -> None:
    view("folder/view.yaml")
    words = ["batch", "folder", "-r", "small.yaml", "-o", "folder/o.json", "-o", "folder/o.csv", "--reports", "folder"]
    for _ in range(2):
        assert run(*words).exit_code == 0
    assert run("batch", *map(str, here.glob("folder/*")), *words[2:]).exit_code == 0


# What changes while the program runs


@every_kind
def test_a_file_that_is_another_thing_since_it_was_found_is_not_waited_for(
    make: Callable[[Path], None], view: WriteView, here: Path
) -> None:
    path = view()
    search = answers_files.FileSearch()
    (found,) = [file for file in search.files(["."]) if file == "view.yaml"]
    path.unlink()
    make(path)
    with pytest.raises(InputError, match="this is not a file"):
        read_bytes(found)


@every_kind
def test_a_place_that_is_another_thing_since_it_was_looked_at_is_not_taken(
    make: Callable[[Path], None], here: Path
) -> None:
    pending = output.Pending("o.html")
    pending.write("page")
    make(here / "o.html")
    before = all_in(here)[here / "o.html"]
    with pytest.raises(OutputError, match="this is not a file"):
        output.put_in_place([pending])
    assert all_in(here)[here / "o.html"] == before
    pending.discard()


@every_kind
@pytest.mark.parametrize("name", ["a pipe.md", "small.yaml"])
def test_nothing_but_a_file_that_was_not_read_is_added_to(name: str, make: Callable[[Path], None], here: Path) -> None:
    if name == "small.yaml":
        read_bytes(name)
    else:
        make(here / name)
    with pytest.raises(OutputError):
        output.append(name, "more")


# While asking


@every_kind
@pytest.mark.parametrize("option", ["save", "resume"])
def test_answers_are_kept_in_nothing_but_a_file(option: str, make: Callable[[Path], None], here: Path) -> None:
    make(here / "odd.yaml")
    with pytest.raises(OutputError, match="this is not a file"):
        require_place(Asking(**{option: "odd.yaml"}))


@every_kind
def test_answers_go_on_beside_what_takes_the_place_of_their_file(make: Callable[[Path], None], here: Path) -> None:
    told: list[str] = []
    keeping = Keeping(Path("mine.yaml"), told.append, lambda path: None)
    draft = Draft("small@1.0.0", subject="Riverside", date=date(2024, 2, 29))
    keeping.save(draft)
    (here / "mine.yaml").unlink()
    make(here / "mine.yaml")
    before = all_in(here)
    assert keeping.save(draft) == "mine-2.yaml"
    assert all_in(here).items() >= before.items()
    assert len(told) == 2  # where they go on, and that it is an audit of its own


@pytest.mark.parametrize("option", ["save", "resume"])
def test_answers_are_not_kept_in_those_of_last_time(option: str, view: WriteView, here: Path) -> None:
    view("last.yaml", answers={})
    load_audit(["last.yaml"], date(2024, 3, 1), "small.yaml")
    with pytest.raises(OutputError, match="this file was read as input"):
        require_place(Asking(**{option: "last.yaml"}))


@every_kind
def test_a_lock_that_is_another_thing_is_no_lock(make: Callable[[Path], None], here: Path) -> None:
    make(lock_of(here / "mine.yaml"))
    with pytest.raises(OutputError), alone_with(here / "mine.yaml"):
        pass


def test_a_link_in_the_place_of_a_lock_leads_nowhere(here: Path) -> None:
    (here / "precious").write_text("answers")
    lock_of(here / "mine.yaml").symlink_to("precious")
    with pytest.raises(OutputError), alone_with(here / "mine.yaml"):
        pass
    assert (here / "precious").read_text() == "answers"
