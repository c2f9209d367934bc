"""With a cache a run says and writes the very same, whatever has changed, and whatever is wrong with the cache."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from json import JSONDecoder
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import pytest
from tests.commands.batch.conftest import FINE
from tests.commands.batch.test_batch import nameless
from tests.commands.batch.test_tailored import TAILORED
from tests.forked import WITHOUT_RIGHTS

from involve_audit.batch import cache as limits
from involve_audit.batch.cache import NAME

Run = Callable[..., Any]
ENDS = ("csv", "json", "jsonl", "xml", "sarif", "md", "html", "txt")
ANEW = "The cache in kept was damaged, or is of another version. It was thrown away.\n"


@pytest.fixture
def same(batch: Run, here: Path) -> Callable[..., Any]:
    """Runs `batch` without a cache, and then with one, once for each of what it says beside: what it says and writes
    is the same. Gives the last run.
    """

    def invoke(*words: str, outputs: tuple[str, ...] = ENDS, said: tuple[str, ...] = ("",)) -> Any:
        named = [word for end in outputs for word in ("-o", f"o.{end}")]

        def run(*more: str) -> tuple[Any, list[bytes]]:
            return batch(*words, *named, *more), [(here / f"o.{end}").read_bytes() for end in outputs]

        without, expected = run()
        for beside in said:
            done, written = run("--cache", "kept")
            assert (done.exit_code, done.stdout) == (without.exit_code, without.stdout)
            assert done.stderr == beside + without.stderr
            assert written == expected
        return done

    return invoke


@pytest.fixture
def kept(here: Path) -> Callable[[], tuple[int, int]]:
    """How many audits are kept, and how many ever were."""

    def count() -> tuple[int, int]:
        database = sqlite3.connect(here / "kept" / NAME)
        try:
            number, last = database.execute("SELECT count(*), max(number) FROM kept").fetchone()
        finally:
            database.close()
        return number, last

    return count


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--jobs", "2"),
        ("--jobs", "2", "--baseline", "before.jsonl", "--fail-on", "regression"),
        ("--long",),
        ("--fail-on", "unknown", "--fail-on", "anti-pattern", "--fail-under", "high"),
        ("--baseline", "before.jsonl", "--fail-on", "regression"),
        ("--expected", "services.csv", "--fail-on", "missing"),
        ("--publish",),
        ("--format", "github"),
        ("--plain", "--format", "text"),
    ],
    ids=lambda words: " ".join(words[:4]),
)
def test_outputs_are_the_same_the_first_time_and_again(
    words: tuple[str, ...], same: Run, batch: Run, audits: Path, view: Run, kept: Run, here: Path
) -> None:
    (here / "services.csv").write_text("service,audit\nRiverside,fine\nHill,hill\n", encoding="utf-8")
    view("all/fine.yaml", audit="fine", subject={"name": "Hill"}, answers=FINE)
    nameless(view("all/nameless.yaml", answers=FINE))
    batch("all", "-o", "before.jsonl")
    view("all/fine.yaml", audit="fine", subject={"name": "Hill"}, answers=FINE | {"board": "no"})
    view("all/new.yaml", audit="new", answers=FINE)
    ends = tuple(end for end in ENDS if "--publish" not in words or end != "sarif")
    same("all", *words, outputs=ends, said=("", ""))
    assert kept() == (5, 5)


def test_only_what_has_changed_is_made_anew(same: Run, audits: Path, view: Run, kept: Run, here: Path) -> None:
    same("all")
    assert kept() == (3, 3), "an audit of whose files there is something to say is not kept"
    (audits / "fine.yaml").touch()
    same("all")
    assert kept() == (3, 3)
    (audits / "fine.yaml").rename(audits / "finer.yaml")
    same("all")
    assert kept() == (4, 4)
    (audits / "moved").mkdir()
    (audits / "finer.yaml").rename(audits / "moved/fine.yaml")
    same("all")
    (audits / "moved/fine.yaml").rename(audits / "fine.yaml")
    same("all")
    assert kept() == (5, 5), "what it was called at first is still kept"
    view("all/c/others.yaml", audit="both", respondents={"members": 5}, answers=FINE)
    same("all")
    view("all/c/others.yaml", audit="both", respondents={"members": 5}, answers=FINE | {"token": "yes"})
    same("all")
    view("all/wrong.yaml", audit="wrong", answers=FINE)
    same("all")
    assert kept() == (8, 8)
    (audits / "fine.yaml").unlink()
    same("all")
    (audits / "copy.yaml").write_bytes((audits / "open.yaml").read_bytes())
    assert "copy.yaml" in same("all").stderr
    assert kept() == (8, 8)


def test_another_rubric_is_another_result(same: Run, run: Run, audits: Path, kept: Run, here: Path) -> None:
    rubric, overlay = here / "rubrics/small.yaml", here / "rubrics/ours.yaml"
    rubric.parent.mkdir()
    rubric.write_bytes((here / "small.yaml").read_bytes())
    overlay.write_text(TAILORED.replace("id: strict", "id: ours"), encoding="utf-8")
    for number, words in enumerate([(), ("-r", "ours"), ("-r", "rubrics/ours.yaml")]):
        done = same("all", *words, "--fail-on", "unknown")
        assert done.exit_code == 2, done.stderr
        assert kept()[0] == 3 + 3 * (number > 0)
    overlay.write_text(overlay.read_text(encoding="utf-8").replace("A strict", "Another"), encoding="utf-8")
    same("all", "-r", "ours")
    assert kept()[0] == 9
    rubric.write_text(rubric.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    same("all", "-r", "ours")
    assert kept()[0] == 12


def test_files_name_their_rubrics_and_a_new_one_changes_only_its_own(
    run: Run, audits: Path, view: Run, kept: Run, here: Path
) -> None:
    (here / "rubrics").mkdir()
    (here / "small.yaml").rename(here / "rubrics/small.yaml")
    small = (here / "rubrics/small.yaml").read_text(encoding="utf-8")

    def both() -> None:
        run("batch", "all", "-o", "without.jsonl")
        run("batch", "all", "-o", "with.jsonl", "--cache", "kept")
        assert (here / "with.jsonl").read_bytes() == (here / "without.jsonl").read_bytes()

    both()
    (here / "rubrics/other.yaml").write_text(small.replace("id: small", "id: other"), encoding="utf-8")
    view("all/other.yaml", audit="other", rubric="other@1.0.0", answers=FINE)
    view("all/typo.yaml", audit="typo", rubric="smal@1.0.0", answers=FINE)
    both()
    assert kept() == (4, 4)
    (here / "rubrics/small.yaml").write_text(small.replace("Board", "Boards") + "# changed\n", encoding="utf-8")
    both()
    assert kept() == (4, 7), "what was made with the other rubric gave way"


def test_what_is_late_or_early_by_the_day_is_kept_only_where_it_stays_so(
    same: Run, audits: Path, view: Run, kept: Run
) -> None:
    tomorrow, today = (date.today() + timedelta(days=n) for n in (1, 0))
    view("all/young.yaml", audit="young", date=str(tomorrow), answers=FINE)
    view("all/later.yaml", audit="later", date=str(today + timedelta(days=2)), answers=FINE)
    due = [{"what": "Ask", "due": str(today.replace(year=today.year + 2, day=1)), "item": "board"}]
    view("all/due.yaml", audit="due", answers=FINE, actions=due)
    for _time in range(2):
        done = same("all")
        assert "is in the future" in done.stderr
        assert "is more than a year from today" in done.stderr
        assert kept() == (4, 4)


@pytest.mark.parametrize("words", [("--language", "en"), ("--fewer-than", "7", "--publish"), ("--fail-under", "low")])
def test_another_command_line_is_another_result(words: tuple[str, ...], same: Run, audits: Path, kept: Run) -> None:
    same("all", outputs=("csv",))
    same("all", *words, outputs=("csv",))
    same("all", outputs=("csv", "md"))
    assert kept()[0] == (6 if words[0] == "--language" else 9)


# A cache that is not as it should be


def cut(database: Path, chance: Random) -> None:
    """Take off the end."""
    os.truncate(database, chance.randrange(1, database.stat().st_size))


def scratch(database: Path, chance: Random) -> None:
    """Change bytes here and there."""
    content = bytearray(database.read_bytes())
    for _byte in range(chance.choice([1, 30, 3_000])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    database.write_bytes(content)


def overwrite(database: Path, chance: Random) -> None:
    """Put something else in its place."""
    database.write_bytes(chance.choice([b"\0" * 9_000, b"PK\x03\x04", b"format: involve-audit/answers@1\n"]))


@pytest.mark.parametrize("spoil", [cut, scratch, overwrite])
def test_a_damaged_cache_changes_nothing_but_a_word(
    spoil: Callable[[Path, Random], None], batch: Run, audits: Path, here: Path
) -> None:
    words = ("all", "-o", "o.jsonl", "-o", "o.html", "-o", "o.json")
    first = batch(*words)
    expected = [(here / name).read_bytes() for name in words[2::2]]
    batch(*words, "--cache", "kept")
    sound = (here / "kept" / NAME).read_bytes()
    for seed in range(6):
        (here / "kept" / NAME).write_bytes(sound)
        spoil(here / "kept" / NAME, Random(seed))
        for time in range(2):
            done = batch(*words, "--cache", "kept")
            assert done.exit_code == first.exit_code, seed
            assert done.stderr in (first.stderr, ANEW + first.stderr), seed
            assert time or spoil is scratch or done.stderr != first.stderr, f"it is told at once: {seed}"
            assert [(here / name).read_bytes() for name in words[2::2]] == expected, seed
        assert done.stderr == first.stderr or spoil is scratch, f"it was begun anew: {seed}"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kept SET value = substr(value, 1, 40)",
        "UPDATE kept SET value = 7",
        "UPDATE kept SET value = CAST(X'ff' AS TEXT)",
        "UPDATE kept SET value = zeroblob(3000000)",
        "UPDATE kept SET value = (SELECT value FROM kept AS other ORDER BY number DESC LIMIT 1)",
        "PRAGMA user_version = 2",
        "DROP TABLE kept",
        "ALTER TABLE kept RENAME COLUMN value TO other",
        "CREATE TRIGGER t BEFORE INSERT ON kept BEGIN DELETE FROM kept; END",
        "ALTER TABLE kept RENAME TO mine; CREATE VIEW kept AS SELECT number, key, value FROM mine",
    ],
)
def test_a_cache_of_another_make_is_thrown_away(change: str, same: Run, audits: Path, kept: Run, here: Path) -> None:
    outputs = ("jsonl", "html")
    same("all", outputs=outputs)
    database = sqlite3.connect(here / "kept" / NAME)
    database.executescript(change)
    database.close()
    same("all", outputs=outputs, said=(ANEW, ""))
    assert kept()[0] == 3


SEEDS = 12
JUNK: tuple[Any, ...] = (None, True, -1, 0.5, 10**30, "", "\ud800", "x", [], [[]], [1], ["a", "b"], {}, {"a": "b"})


def changed_by_hand(key: bytes, value: bytes, chance: Random) -> bytes:
    """What is kept of an audit with something else in it, and a checksum that is right."""
    said, start = JSONDecoder().raw_decode(value[4:].decode())
    kept, rows = [said], value[4:].decode()[start:]
    if chance.random() < 0.4:
        junk = chance.choice(["\n", "no JSON", "[]\n", '["nothing"]\n', "[" * len(rows), "\0"])
        rows = (junk * len(rows))[: len(rows)]
    else:
        inside, place = kept, 0
        while isinstance(inside[place], list) and inside[place] and chance.random() < 0.8:
            inside, place = inside[place], chance.randrange(len(inside[place]))
        inside[place : place + 1] = chance.choices(JUNK, k=chance.choice([0, 1, 1, 1]))
    text = "".join(map(json.dumps, kept)) + rows
    return crc32(text.encode(), crc32(key)).to_bytes(4) + text.encode()


def test_what_was_changed_by_hand_fails_no_run(batch: Run, audits: Path, here: Path) -> None:
    (here / "services.csv").write_text("service,audit\nRiverside,fine\nHill,hill\n", encoding="utf-8")
    outputs = [word for end in ENDS for word in ("-o", f"o.{end}")]
    words = ("all", *outputs, "--expected", "services.csv", "--fail-on", "unknown", "--cache", "kept")
    batch(*words)
    sound = (here / "kept" / NAME).read_bytes()
    for seed in range(SEEDS):
        (here / "kept" / NAME).write_bytes(sound)
        database, chance = sqlite3.connect(here / "kept" / NAME), Random(seed)
        for key, value in database.execute("SELECT key, value FROM kept").fetchall():
            changed = changed_by_hand(key, value, chance)
            database.execute("UPDATE kept SET value = ? WHERE key = ?", (changed, key))
        database.commit()
        database.close()
        done = batch(*words)
        assert (done.exit_code, type(done.exception)) == (2, SystemExit), seed


def test_a_cache_that_another_program_holds_is_done_without(
    same: Run, audits: Path, kept: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same("all")
    monkeypatch.setattr(limits, "_PATIENCE", 0.1)
    holder = sqlite3.connect(here / "kept" / NAME)
    holder.execute("BEGIN EXCLUSIVE")
    same("all", said=("The cache in kept is not used: another program does not let go of it.\n",))
    holder.rollback()
    holder.close()
    same("all")
    assert kept() == (3, 3)


@pytest.mark.parametrize("what", ["file", "folder", "link", "pipe"])
def test_what_can_be_no_cache_is_done_without(what: str, batch: Run, audits: Path, here: Path) -> None:
    place = here / "kept"
    if what == "file":
        place.write_text("mine", encoding="utf-8")
    else:
        place.mkdir()
    if what == "folder":
        (place / NAME).mkdir()
    elif what == "link":
        (here / "elsewhere").write_text("mine", encoding="utf-8")
        (place / NAME).symlink_to(here / "elsewhere")
    elif what == "pipe":
        os.mkfifo(place / NAME)
    without, done = batch("all"), batch("all", "--cache", "kept")
    assert (done.exit_code, done.stdout) == (without.exit_code, without.stdout)
    assert done.stderr.startswith("The cache in kept is not used: ")
    assert done.stderr.split("\n", 1)[1] == without.stderr
    if what == "link":
        assert (here / "elsewhere").read_text(encoding="utf-8") == "mine"


def test_a_cache_without_room_is_done_without(process: Run, audits: Path, here: Path) -> None:
    words = ("batch", "-r", "small.yaml", "all", "-o", "o.csv")
    small = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
    without = process(*words)
    expected = (here / "o.csv").read_bytes()
    done = process(*words, "--cache", "kept", before=small)
    assert done.returncode == without.returncode
    # What measures coverage has no room for its file either, and says so behind it.
    told = "The cache in kept is not used: the disk cannot be read or written.\n"
    assert done.stderr.startswith(told + without.stderr)
    assert (here / "o.csv").read_bytes() == expected


def test_a_cache_that_may_not_be_written_is_read(same: Run, audits: Path, process: Run, here: Path) -> None:
    """As one that an earlier job made and that is mounted for reading alone."""
    words = ("batch", "-r", "small.yaml", "all", "-o", "o.csv")
    same("all")
    changed = next(audits.rglob("*.yaml"))
    changed.write_text(changed.read_text(encoding="utf-8") + "# looked at again\n", encoding="utf-8")
    without = process(*words, before=WITHOUT_RIGHTS)
    expected, database = (here / "o.csv").read_bytes(), here / "kept" / NAME
    content = database.read_bytes()
    told = "The cache in kept is read, and nothing is kept in it: you may not write there.\n"
    for place, mode in ((database.parent, 0o500), (database, 0o400)):
        place.chmod(mode)
        done = process(*words, "--cache", "kept", before=WITHOUT_RIGHTS)
        database.parent.chmod(0o700)
        assert (done.returncode, done.stdout, done.stderr) == (
            without.returncode,
            without.stdout,
            told + without.stderr,
        )
        assert (here / "o.csv").read_bytes() == expected
        assert database.read_bytes() == content
    database.chmod(0o600)
    database.write_bytes(content[: len(content) // 2])
    database.chmod(0o400)
    done = process(*words, "--cache", "kept", before=WITHOUT_RIGHTS)
    told = "The cache in kept is not used: it was damaged, or is of another version.\n"
    assert (done.returncode, done.stdout, done.stderr) == (without.returncode, without.stdout, told + without.stderr)


def test_a_folder_without_a_name_is_refused(batch: Run, audits: Path, here: Path) -> None:
    done = batch("all", "--cache", "")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "--cache names no folder\n    Name the folder, or leave --cache out.\n"
    assert not (here / NAME).exists()


# What it holds, and how much


def test_only_its_owner_can_read_it_and_nobody_meets_it_in_a_folder(batch: Run, audits: Path, here: Path) -> None:
    without = batch("all")
    for _time in range(2):
        done = batch("all", "--cache", "all/deep/kept")
        assert (done.stdout, done.stderr) == (without.stdout, without.stderr)
    folder = here / "all/deep/kept"
    assert [entry.name for entry in folder.iterdir()] == [NAME]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600


def test_for_sharing_it_holds_no_more_than_what_is_shared(batch: Run, audits: Path, view: Run, here: Path) -> None:
    said = {"answer": "yes", "evidence": [{"text": "Minutes of May"}], "note": "Ask Jo"}
    nameless(view("all/jo-smith.yaml", answers=FINE | {"board": said}))
    batch("all", "--publish", "-o", "o.jsonl", "--cache", "kept")
    content = (here / "kept" / NAME).read_bytes()
    assert b"audit-" in content
    assert b"Riverside" in content
    assert not [word for word in (b"jo-smith", b"Minutes of May", b"Ask Jo", b"all/") if word in content]


def test_it_grows_so_large_and_no_larger(
    batch: Run, view: Run, kept: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 150_000)
    for number in range(120):
        view(f"all/{number:03}.yaml", audit=f"a{number:03}", answers=FINE)
    for number in range(6):
        batch(f"all/*{number}.yaml", "all/00*", "-o", "o.csv", "-o", "o.jsonl", "-o", "o.md", "--cache", "kept")
        assert (here / "kept" / NAME).stat().st_size <= 150_000
    number, ever = kept()
    assert 20 < number < ever
    batch("all/*5.yaml", "all/00*", "-o", "o.csv", "-o", "o.jsonl", "-o", "o.md", "--cache", "kept")
    assert kept() == (number, ever), "what came last is kept"


def test_an_audit_of_very_many_questions_is_not_kept(
    batch: Run, audits: Path, kept: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGEST", 200)
    batch("all", "-o", "o.jsonl", "--cache", "kept")
    assert kept() == (0, None)


def test_reports_take_the_whole_audit(batch: Run, audits: Path, here: Path) -> None:
    done = batch("all", "--reports", "reports", "--cache", "kept")
    assert "A report takes the whole audit: with --reports, --cache saves nothing.\n" in done.stderr
    assert not (here / "kept").exists()


def test_without_one_sqlite_is_not_loaded(process: Run, audits: Path) -> None:
    # Nothing else of the program imports it; what measures coverage does.
    loaded = "import atexit, sys; atexit.register(lambda: print('involve_audit.batch.cache' in sys.modules))"
    for words, there in ((), "False"), (("--cache", "kept"), "True"):
        assert process("batch", "all", *words, before=loaded).stdout.endswith(f"{there}\n")


# Several processes


@pytest.fixture
def start(here: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts the program as a process, and goes on."""

    def begin(*words: str, **more: str) -> subprocess.Popen[str]:
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **more}
        command = [sys.executable, "-m", "involve_audit", "batch", "-r", "small.yaml", *words]
        streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=surroundings, **streams)

    return begin


def test_two_runs_may_use_it_at_once(start: Run, batch: Run, view: Run, kept: Run, here: Path) -> None:
    for number in range(100):
        view(f"all/{number:03}.yaml", audit=f"a{number:03}", answers=FINE)
    batch("all", "-o", "without.jsonl")
    for _time in range(2):
        runs = [start("all", "-o", f"{n}.jsonl", "--jobs", str(n), "--cache", "kept") for n in (1, 2)]
        for n, run in zip((1, 2), runs, strict=True):
            _out, said = run.communicate(timeout=120)
            assert (run.returncode, said) == (0, f"Written: {n}.jsonl\n")
            assert (here / f"{n}.jsonl").read_bytes() == (here / "without.jsonl").read_bytes()
        assert kept()[0] == 100


def test_a_run_that_is_killed_leaves_a_cache_that_is_sound(start: Run, batch: Run, view: Run, here: Path) -> None:
    for number in range(200):
        view(f"all/{number:03}.yaml", audit=f"a{number:03}", answers=FINE)
    batch("all", "-o", "without.jsonl")
    for wait in (0.3, 0.6, 0.9, 1.2):
        shutil.rmtree(here / "kept", ignore_errors=True)
        killed = start("all", "-o", "o.jsonl", "--jobs", "1", "--cache", "kept")
        try:
            killed.communicate(timeout=wait)
        except subprocess.TimeoutExpired:
            killed.kill()
            killed.communicate()
        done = batch("all", "-o", "o.jsonl", "--cache", "kept")
        assert (done.exit_code, done.stderr) == (0, "Written: o.jsonl\n"), wait
        assert (here / "o.jsonl").read_bytes() == (here / "without.jsonl").read_bytes(), wait


def test_a_program_that_was_changed_takes_nothing_from_it(
    start: Run, audits: Path, kept: Run, here: Path, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> None:
    """Whatever its version says: people install it from any commit. What nobody can read there is no part of it: an
    editor's mark that it has a file open, and a folder on the path that cannot be looked into."""
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(root / "src", other / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("rubrics", "templates", "pyproject.toml"):
        (other / name).symlink_to(root / name)
    words = other / "src/involve_audit/words/many.py"
    words.with_name(".#many.py").symlink_to("somebody@host.1:2")
    paths = [f"{other / 'src'}", "x" * 300, *filter(None, sys.path)]

    def rows(*more: str) -> str:
        start("all", "-o", "o.csv", *more, PYTHONPATH=os.pathsep.join(paths)).communicate(timeout=60)
        return (here / "o.csv").read_text(encoding="utf-8")

    first = rows("--cache", "kept")
    assert kept() == (3, 3)
    words.write_text(words.read_text(encoding="utf-8").replace("No stage named", "No stage"), encoding="utf-8")
    assert rows("--cache", "kept") == rows() != first
    assert kept() == (6, 6)
