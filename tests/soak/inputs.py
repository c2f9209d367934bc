"""Files, command lines and typed lines that are wrong in any way: each is taken, or refused in words.

Whatever is read, the program ends with 0, 2 or, where a check was asked for, 1; it says why; it leaves every input as
it was, and no output where it refuses.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import chdir
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests import fuzz, program
from tests.soak import typed, words
from tests.soak.folder import PIPE, TO_PIPE, changed, data_in, files, put
from tests.soak.kinds import KINDS, Kind
from tests.soak.mutations import bytes_changed, many_of_one
from tests.soak.running import Figures

from involve_audit.errors import AuditError

MANY, HOW_MANY = 1 / 2_000, (2_000, 20_000, 50_000)
"""How rarely an input is one with very many entries, and how many these are."""
TOLD = 1 / 8
"""Of what a reader refuses, so much is given to a whole run too, which has to say so."""
CHECKING = ("--fail-on", "--fail-under", "check", "test")
"""Only where one of these words stands may a run end with 1."""


def attempt(seed: int, figures: Figures) -> None:
    """One input of some kind, read by the program."""
    chance = Random(seed)
    others: dict[str, Callable[[Random, Figures], None]] = {"words": _words, "typed": typed.attempt, "large": _large}
    weights = [*(kind.weight for kind in KINDS.values()), 8, 4, 2]
    (chosen,) = chance.choices([*KINDS, *others], weights)
    figures["inputs"] += 1
    with TemporaryDirectory(dir=_memory()) as name, chdir(name):
        if chosen in KINDS:
            _file(KINDS[chosen], chance, figures)
        else:
            put(files())
            others[chosen](chance, figures)


def _memory() -> str | None:
    """A folder in memory, where there is one: what is tried here is not the disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _words(chance: Random, figures: Figures) -> None:
    _run(words.line(chance), files(), figures, is_known=False)


def _large(chance: Random, figures: Figures) -> None:
    """One of the shipped examples, and of the records of earlier versions, made wrong."""
    fault = fuzz.fault_by(chance, Path.cwd())
    figures["large files"] += 1
    assert not fault, fault


def _file(kind: Kind, chance: Random, figures: Figures) -> None:
    """A file made wrong, given to its reader and, where that takes it and now and then where not, to a run."""
    file = chance.choice(kind.files)
    there = files() | {file: made_wrong(chance, file, kind.is_data)}
    put(there)
    line = chance.choice(kind.lines_with(file))
    if kind.read and not _takes(kind.read, file) and chance.random() > TOLD:
        figures["refused by a reader"] += 1
        return
    _run(line, there, figures)


def made_wrong(chance: Random, file: str, is_data: bool) -> bytes:
    """The content of a file with some bytes or values changed."""
    if not is_data or chance.random() < 0.4:
        return bytes_changed(chance, files()[file], files()[chance.choice(sorted(files()))])
    data = data_in(file)
    if chance.random() < MANY:
        many_of_one(chance, data, chance.choice(HOW_MANY))
        return json.dumps(data).encode()
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = fuzz.changed(data, chance) if isinstance(data, dict | list) and data else data
    return fuzz.written(data, file, chance)


def _takes(read: Callable[[str], object], file: str) -> bool:
    """Whether a reader takes a file. Where it does not, it says why."""
    why = None
    try:
        read(file)
    except AuditError as refused:
        why = str(refused).strip()
    assert why != "", f"{file} was refused without a word"
    return why is None


def _run(line: list[str], there: Mapping[str, bytes], figures: Figures, is_known: bool = True) -> None:
    """Run the program, and require what holds for every run; of command lines that are known, more."""
    done = program.run(*line)
    told = f"{line}\n{done.output[-2_000:]}"
    if done.exception and not isinstance(done.exception, SystemExit):
        raise AssertionError(told) from done.exception
    figures[{0: "taken", 1: "failed a check", 2: "refused"}.get(done.exit_code, "other")] += 1
    assert done.exit_code in (0, 1, 2), f"exit {done.exit_code}: {told}"
    assert done.exit_code != 1 or not is_known or any(word in line for word in CHECKING), f"exit 1: {told}"
    assert done.exit_code != 2 or done.stderr.strip(), f"refused without a word: {told}"
    assert "Traceback" not in done.output, told
    may_change = {*there} if "--write" in line else () if is_known else _outputs(line).difference((PIPE, *TO_PIPE))
    assert not (lost := changed(there, may_change)), f"{lost} changed: {told}"
    if is_known:
        _require_outputs(line, done.exit_code, there)


def _outputs(line: list[str]) -> set[str]:
    """The files that a command line names as outputs."""
    return {name.removeprefix("./") for option, name in pairwise(line) if option in ("-o", "--output")} | {
        word.partition("=")[2].removeprefix("./") for word in line if word.startswith("--output=")
    }


def _require_outputs(line: list[str], code: int, there: Mapping[str, bytes]) -> None:
    """No output where the run was refused, every one where it was not, and a record that reads back."""
    named = _outputs(line).difference(there, TO_PIPE)
    found = {name for name in named if Path(name).exists()}
    left = [path.name for path in Path().iterdir() if path.name.startswith(".")]
    assert not left, f"{line} left {left}"
    assert not (line[0] == "assess" and code == 2 and found), f"{line} was refused and wrote {found}"
    assert code or found == named, f"{line} wrote only {found}"
    if "o.audit.json" in found:
        again = program.run("diff", "o.audit.json", "o.audit.json", "--format", "json")
        assert again.exit_code == 0, f"the record that {line} wrote: {again.output}"
        counts = json.loads(again.stdout)["counts"]
        assert not any(count for name, count in counts.items() if name != "unchanged"), counts
