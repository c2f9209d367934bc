"""The surroundings fail: each time a plain message and exit code 2, and whatever can be written is written."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.forked import WITHOUT_RIGHTS, Ended, Forked
from typer.main import get_command

from involve_audit.cli.program import app

ROOT = Path(__file__).parents[2]
VIEW = """\
format: involve-audit/answers@1
rubric: small@1.0.0
subject: {name: Riverside}
date: 2024-02-29
respondents: {members: 2}
answers: {survey: yes}
"""
Usual = Callable[[str], tuple[Ended, dict[str, bytes]]]
OF_SMALL = ("-r", "small.yaml")
COMMANDS = {
    "--help": (),
    "--version": (),
    "asess": (),
    "assess": (*OF_SMALL, "view.yaml"),
    "assess view.yaml": (*OF_SMALL, "-o", "new.html", "-o", "new.md"),
    "assess ./view.yaml": (*OF_SMALL, "-o", "new.html", "-o", "-", "--format", "record"),
    "assess missing.yaml": (),
    "assess --resume view.yaml": (),
    "diff": (*OF_SMALL, "view.yaml", "later.yaml"),
    "diff view.yaml": (*OF_SMALL, "later.yaml", "-o", "new.html"),
    "trend": (*OF_SMALL, "view.yaml", "later.yaml"),
    "actions": (*OF_SMALL, "view.yaml", "later.yaml"),
    "answers new": ("small.yaml",),
    "answers new small.yaml": ("-o", "new.yaml"),
    "answers invite": ("services.csv", *OF_SMALL, "--kind", "yaml", "-o", "invitations"),
    "answers read": (*OF_SMALL, "view.yaml", "-o", "read.yaml"),
    "answers combine": (*OF_SMALL, "view.yaml", "-o", "combined/"),
    "answers enter": ("small.yaml", "-o", "new.yaml"),
    "answers check": (*OF_SMALL, "view.yaml"),
    "answers migrate": ("view.yaml", "--to", "1.0.0", *OF_SMALL),
    "rubric list": (),
    "rubric show": ("small.yaml",),
    "rubric check": ("small.yaml",),
    "rubric test": ("small.yaml",),
    "rubric diff": ("small.yaml", "small.yaml"),
    "rubric new": ("mine",),
    "batch": (*OF_SMALL, "view.yaml", "later.yaml", "--fail-on", "unheard"),
    "batch view.yaml": (*OF_SMALL, "-j", "2", "-o", "new.csv", "--format", "jsonl", "--reports", "reports"),
    "batch --files-from -": OF_SMALL,
    "table": ("table.csv", *OF_SMALL, "-o", "new.csv", "-o", "new.md"),
    "schema": ("record",),
    "files": ("view.yaml", "small.yaml"),
    "page": ("-o", "new.html"),
    "template list": (),
    "template copy": ("report.md.j2",),
}
"""Every command, named by its first words, and some of them in more than one way."""
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")  # noqa: PTH110


@pytest.fixture(scope="module")
def forked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forked]:
    with Forked(tmp_path_factory.mktemp("streams") / "of-run") as copies:
        yield copies


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


class Place:
    """A folder with a rubric and two answers files, made anew for every run."""

    def __init__(self, below: Path) -> None:
        self.folder = below / "here"

    def __call__(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        (self.folder / "small.yaml").write_bytes((ROOT / "tests/cases/valid/rubric-small.yaml").read_bytes())
        (self.folder / "services.csv").write_text("Service,Kind\nRiverside,ward\n", encoding="utf-8")
        (self.folder / "table.csv").write_text("audit,board\na,yes\n", encoding="utf-8")
        (self.folder / "view.yaml").write_text(VIEW, encoding="utf-8")
        (self.folder / "later.yaml").write_text(VIEW.replace("2024", "2025").replace("-29", "-28"), encoding="utf-8")
        return self.folder

    def files(self) -> dict[str, bytes]:
        """What is in it."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def usual(forked: Forked, tmp_path_factory: pytest.TempPathFactory) -> Usual:
    """What a command comes to where nothing fails, and what is in its folder then."""
    place = Place(tmp_path_factory.mktemp("usual"))
    return cache(lambda command: (forked.run(place(), *words_of(command), stdin="view.yaml\n"), place.files()))


def words_of(command: str) -> list[str]:
    return [*command.split(), *COMMANDS[command]]


def test_every_command_is_tried() -> None:
    def names(command: Any, above: tuple[str, ...] = ()) -> Iterator[str]:
        below = getattr(command, "commands", {})
        yield from [] if below else [" ".join(above)]
        for name, one in below.items():
            yield from names(one, (*above, name))

    assert set(names(get_command(app))) <= set(COMMANDS)


# Standard streams

CLOSED = "import os; os.close({number})"
BROKEN = "import os; there, here = os.pipe(); os.close(there); os.dup2(here, {number}); os.close(here)"
FULL_ONE = "import os; os.dup2(os.open('/dev/full', os.O_RDWR), {number})"
WRITE_ONLY = "import os; os.dup2(os.open(os.devnull, os.O_WRONLY), {number})"


@pytest.mark.parametrize("command", COMMANDS)
@FULL
def test_a_standard_stream_that_fails_takes_nothing_else_with_it(
    command: str, forked: Forked, place: Place, usual: Usual
) -> None:
    words, (expected, written) = words_of(command), usual(command)
    assert expected.is_plain

    def run(state: str, number: int) -> Ended:
        before = state.format(number=number)
        ended = forked.run(place(), *words, stdin="view.yaml\n", before=before, to_the_very_end=number == 1)
        assert ended.is_plain, ended
        assert place.files() == written
        return ended

    for state in (CLOSED, FULL_ONE, BROKEN):
        ended = run(state, 2)
        assert (ended.code, ended.out, ended.err) == (expected.code, expected.out, ""), state
    for state in (CLOSED, FULL_ONE):
        ended = run(state, 1)
        said = [line for line in ended.err.splitlines() if line.startswith("standard output cannot be written: ")]
        assert (ended.code, len(said)) == ((2, 1) if expected.out else (expected.code, 0)), state
        assert expected.err in ended.err
    assert run(BROKEN, 1)[::2] == expected[::2]
    if "--files-from" not in command:
        assert run(CLOSED, 0) == expected


@pytest.mark.parametrize("state", [CLOSED, WRITE_ONLY])
def test_a_list_of_names_that_cannot_be_read_is_told(state: str, forked: Forked, place: Place) -> None:
    ended = forked.run(place(), "batch", "--files-from", "-", before=state.format(number=0))
    assert (ended.code, ended.err) == (2, "standard input cannot be read: it is closed\n")


def test_a_reader_that_is_slow_and_does_not_wait_gets_everything(place: Place) -> None:
    """Such as a pipe of Node.js: where it is full, writing fails instead of waiting."""
    there, here = os.pipe()
    room = fcntl.fcntl(here, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(here, False)
    command = [sys.executable, "-m", "involve_audit", "schema", "record"]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with (
        subprocess.Popen(command, cwd=place(), env=surroundings, stdout=here) as process,
        os.fdopen(there, "rb") as reader,
    ):
        os.close(here)
        while process.poll() is None and _waiting(there) < room:
            time.sleep(0.01)
        text = reader.read()
    assert process.wait() == 0
    assert json.loads(text)["title"] == "involve-audit record file"


def _waiting(pipe: int) -> int:
    """How many bytes are in a pipe."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


# Memory, and files at a time

LITTLE_MEMORY = """
import resource
pages = int(open("/proc/self/statm").read().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 8_000_000,) * 2)
"""
# Until the program ends: what measures the tests may open a file then.
FEW_FILES = """
import atexit, resource
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
atexit.register(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
resource.setrlimit(resource.RLIMIT_NOFILE, (5, hard))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in another way here")
@pytest.mark.parametrize("command", ["assess", "batch", "batch -j 2", "answers check"])
def test_too_little_memory_is_no_fault_of_the_program(command: str, forked: Forked, place: Place) -> None:
    notes = "".join(f"  survey-{number}: {{note: much is said here}}\n" for number in range(60_000))
    (place() / "much.yaml").write_text(VIEW.replace("answers: {survey: yes}", f"answers:\n{notes}"), encoding="utf-8")
    ended = forked.run(place.folder, *command.split(), "much.yaml", before=LITTLE_MEMORY)
    assert (ended.code, ended.err.splitlines()[0]) == (2, "there is not enough memory"), ended.err


@pytest.mark.parametrize("command", ["batch view.yaml", "assess view.yaml", "template copy"])
def test_too_few_files_at_a_time_are_no_fault_of_the_program(command: str, forked: Forked, place: Place) -> None:
    folder, words = place(), words_of(command)
    before = place.files()
    ended = forked.run(folder, *words, before=FEW_FILES)
    assert ended.code == 2, ended
    assert "Too many open files" in ended.err
    assert ended.is_plain, ended.err
    assert place.files() == before


# Folders

NO_TEMPORARY_FOLDER = "import tempfile; tempfile.tempdir = '/none/there'"
NO_ENVIRONMENT = "import os; os.environ.clear()"
FOLDER_GONE = "import os; os.rmdir(os.getcwd())"
NEED_NO_FOLDER = ("--help", "--version", "rubric list", "schema", "template list")
NEED_TEMPORARY_FILES = ("batch", "batch --files-from -", "table")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_does_without_folders_of_its_own_or_says_what_is_missing(
    command: str, forked: Forked, place: Place, usual: Usual
) -> None:
    words = words_of(command)

    def run(before: str = "", **environment: str) -> tuple[Ended, dict[str, bytes]]:
        ended = forked.run(place(), *words, stdin="view.yaml\n", before=before, **environment)
        assert ended.is_plain, ended
        return ended, place.files()

    expected = usual(command)
    nowhere = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "TMPDIR"), "/dev/null/x")
    assert run(**nowhere)[1] == expected[1]
    assert run(NO_ENVIRONMENT)[1] == expected[1]
    without, written = run(NO_TEMPORARY_FOLDER)
    if command in NEED_TEMPORARY_FILES:
        assert (without.code, without.out, written.keys()) == (2, "", place.files().keys())
        assert "/none/there" in without.err
        assert "TMPDIR" in without.err
    else:
        assert (without, written) == expected


def test_debug_shows_what_the_system_refused(forked: Forked, place: Place) -> None:
    ended = forked.run(place(), "--debug", *words_of("batch"), before=NO_TEMPORARY_FOLDER)
    assert ended.code == 2
    assert "Traceback (most recent call last)" in ended.err
    assert "FileNotFoundError: " in ended.err


def test_a_folder_that_is_gone_is_not_needed_by_files_that_are_elsewhere(forked: Forked, place: Place) -> None:
    here, gone = place(), place.folder.parent / "gone"
    gone.mkdir()
    files = [here / "view.yaml", "-r", here / "small.yaml"]
    for words in (["assess", *files], ["assess", *files, "-o", here / "new.html"], ["answers", "check", *files]):
        assert forked.run(gone, *words, before=FOLDER_GONE).code == 0, words
        gone.mkdir()
    assert (here / "new.html").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_gone_or_must_not_be_written_to_is_said(
    command: str, forked: Forked, place: Place, usual: Usual
) -> None:
    words, (expected, written) = words_of(command), usual(command)
    here = place()
    before = place.files()
    here.chmod(0o500)
    ended = forked.run(here, *words, stdin="view.yaml\n", before=WITHOUT_RIGHTS)
    here.chmod(0o700)
    assert ended.is_plain
    assert place.files() == before
    assert ended == expected if written == before else (ended.code, ended.out) == (2, "")
    gone = here.parent / "gone"
    gone.mkdir()
    ended = forked.run(gone, *words, stdin="view.yaml\n", before=FOLDER_GONE)
    assert ended.is_plain
    assert ended.code == (0 if command in NEED_NO_FOLDER else 2)


OUTPUTS = [
    ("assess", *OF_SMALL, "view.yaml", "-o", "{}.html"),
    ("assess", *OF_SMALL, "view.yaml", "-o", "new.md", "-o", "{}.audit.json"),
    ("diff", *OF_SMALL, "view.yaml", "later.yaml", "-o", "{}.json"),
    ("trend", *OF_SMALL, "view.yaml", "later.yaml", "-o", "{}.md"),
    ("actions", *OF_SMALL, "view.yaml", "later.yaml", "-o", "{}.csv"),
    ("batch", *OF_SMALL, "view.yaml", "-o", "{}.csv"),
    ("batch", *OF_SMALL, "view.yaml", "-o", "{}.html"),
    ("batch", *OF_SMALL, "view.yaml", "--reports", "{}"),
    ("batch", *OF_SMALL, "view.yaml", "-j", "2", "--reports", "{}"),
    ("answers", "new", "small.yaml", "-o", "{}.yaml"),
    ("answers", "check", *OF_SMALL, "view.yaml", "-o", "{}.json"),
    ("rubric", "new", "mine", "-o", "{}.yaml"),
    ("rubric", "show", "small.yaml", "-o", "{}.html"),
    ("rubric", "check", "small.yaml", "-o", "{}.json"),
    ("rubric", "test", "small.yaml", "-o", "{}.json"),
    ("rubric", "diff", "small.yaml", "small.yaml", "-o", "{}.json"),
    ("schema", "record", "-o", "{}.json"),
    ("template", "copy", "report.md.j2", "--to", "{}"),
]
"""Every option that names a file or a folder to write."""
LONGEST = "long" * 100


@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_a_place_that_cannot_be_written_to_is_said(words: tuple[str, ...], forked: Forked, place: Place) -> None:
    here = place()
    (here / "shut").mkdir(0o000)
    (here / "closed").mkdir(0o500)
    (here / "round").symlink_to("round")
    before = place.files()
    for target in ("shut/a", "shut/b/a", "closed/a", "round/a", "view.yaml/a", LONGEST, f"none/{LONGEST}"):
        ended = forked.run(here, *words[:-1], words[-1].format(target), before=WITHOUT_RIGHTS)
        assert (ended.code, ended.out, ended.is_plain) == (2, "", True), (target, ended)
        assert place.files() == before, target


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk on which there is no room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"x" * 512):
            pass
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_a_full_disk_is_said_and_nothing_is_left_on_it(
    words: tuple[str, ...], full_disk: Path, forked: Forked, place: Place
) -> None:
    here = place()
    before = place.files()
    ended = forked.run(here, *words[:-1], words[-1].format(full_disk / "new"), before=WITHOUT_RIGHTS)
    assert (ended.code, ended.out) == (2, ""), ended
    assert "No space left on device" in ended.err
    assert ended.is_plain
    assert place.files() == before
    assert [path.name for path in full_disk.rglob("*") if path.is_file()] == ["filler"]


@pytest.mark.parametrize("command", ["batch -o new.csv -o new.html", "batch -o new.csv --baseline old.jsonl"])
def test_a_full_temporary_folder_is_said_and_nothing_is_left(
    command: str, full_disk: Path, forked: Forked, place: Place
) -> None:
    words = [*command.split(), *OF_SMALL, "view.yaml"]
    here = place()
    forked.run(here, "batch", *OF_SMALL, "view.yaml", "-o", "old.jsonl")
    before = place.files()
    ended = forked.run(here, *words, before=f"import tempfile; tempfile.tempdir = {str(full_disk)!r}")
    assert (ended.code, ended.out) == (2, ""), ended
    assert "No space left on device" in ended.err
    assert ended.is_plain
    assert place.files() == before


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "nonsense"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"TERM": "dumb", "COLUMNS": "0", "LINES": "nonsense"},
        {"TERM": "", "COLUMNS": "-5"},
        {"TZ": "Nowhere/At/All"},
        {"SOURCE_DATE_EPOCH": "nonsense"},
        {"SOURCE_DATE_EPOCH": "9" * 400},
        {"PYTHONIOENCODING": "utf-16"},
    ],
    ids=str,
)
def test_settings_that_make_no_sense_are_no_fault(environment: dict[str, str], forked: Forked, place: Place) -> None:
    for command in ("assess", "assess view.yaml", "batch view.yaml", "answers new", "trend", "--help"):
        ended = forked.run(place(), *words_of(command), **environment)
        assert ended.is_plain, ended
        assert ended.code == 0 or "SOURCE_DATE_EPOCH" in environment
