"""Files of ours in which something was changed at random, and every command that reads such a file.

Whatever stands in a file, a command reads it, or refuses it with words: `fault(seed, folder)` says where one does not.
The same seed gives the same file and the same command. Run as a program, it tries many seeds:
`python -m tests.fuzz FIRST NUMBER`.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.program import run, run_in

from involve_audit.loading.tree import parse_tree

ROOT = Path(__file__).parents[1]
Place = tuple[str | int, ...]


class Mutated(NamedTuple):
    """A changed file: what it was (a key of `COMMANDS`), a name for it, and its content."""

    kind: str
    name: str
    content: bytes


# Words of the command line: FILE is the changed one, OUT an output of some format, the others are sound.
EXAMPLE, EARLIER = str(ROOT / "examples/riverside"), str(ROOT / "examples/riverside-2025")
RECORD, RUBRIC = str(ROOT / "tests/golden/riverside.audit.json"), "service-user-leadership-spectrum"
_COMPARED, _MANY = "html md txt json xml", "html md txt json jsonl xml sarif csv"
_FOUND, _ASSESSED = "json sarif xml txt", "html md txt audit.json csv xml"
COMMANDS: dict[str, tuple[tuple[str, str], ...]] = {
    "record": (
        (f"diff --any-subject FILE {EXAMPLE}", _COMPARED),
        (f"diff --any-subject {RECORD} FILE", _COMPARED),
        ("diff FILE FILE", _COMPARED),
        (f"trend --any-subject {EARLIER} FILE", "html md txt json"),
        (f"batch {EXAMPLE} --fail-on regression --baseline FILE", _MANY),
        ("answers check FILE", _FOUND),
        ("assess FILE", ""),
    ),
    "rows": ((f"batch {EXAMPLE} {EARLIER} --fail-on regression --baseline FILE", _MANY),),
    "answers": (
        ("assess FILE", _ASSESSED),
        ("assess --publish FILE", _ASSESSED),
        ("answers check FILE", _FOUND),
        ("batch FILE", _MANY),
        (f"diff --any-subject {EARLIER} FILE", _COMPARED),
        (f"answers migrate FILE --to {RUBRIC}", ""),
        (f"rubric diff {RUBRIC} {RUBRIC} --answers FILE", "md txt json html"),
    ),
    "rubric": (
        ("rubric check FILE", _FOUND),
        ("rubric test FILE", _FOUND),
        ("rubric show FILE", "html md txt"),
        (f"rubric diff {RUBRIC} FILE", "md txt json html"),
        (f"assess -r FILE {EXAMPLE}", _ASSESSED),
        (f"batch -r FILE {EXAMPLE}", _MANY),
    ),
}
COMMANDS["overlay"] = COMMANDS["rubric"]


@cache
def _sound(kind: str) -> tuple[tuple[str, Any], ...]:
    """Sound files of a kind: a name for each, and its data."""
    if kind == "record":
        files = [*(ROOT / "tests/records").rglob("*.json"), Path(RECORD)]
        return tuple(("a.audit.json", json.loads(file.read_text(encoding="utf-8"))) for file in sorted(files))
    if kind == "rows":
        with tempfile.TemporaryDirectory() as folder:
            run("batch", EXAMPLE, EARLIER, "-q", "-o", f"{folder}/o.json", "-o", f"{folder}/o.jsonl")
            texts = {name: Path(folder, name).read_text(encoding="utf-8") for name in ("o.json", "o.jsonl")}
        lines = [json.loads(line) for line in texts["o.jsonl"].splitlines()]
        return ("b.json", json.loads(texts["o.json"])), ("b.jsonl", lines)
    files = {
        "answers": [*(ROOT / "examples").rglob("*.yaml"), ROOT / "tests/cases/valid/answers-every-form.yaml"],
        "rubric": [ROOT / "tests/cases/valid/rubric-small.yaml", ROOT / "tests/shapes/quiet-evenings.yaml"],
        "overlay": [],
    }[kind]
    found = tuple(("c.yaml", parse_tree(file.read_bytes(), file.name).data) for file in sorted(files))
    return found or (("c.yaml", _overlay()),)


def _overlay() -> dict[str, Any]:
    """An overlay that uses every key that there is."""
    return {
        "format": "involve-audit/overlay@1",
        "id": "c",
        "version": "1.0.0",
        "extends": f"{RUBRIC}@1",
        "title": "Ours",
        "because": "We wanted it.",
        "minimum_answered": "60%",
        "switch_off": {"items": {"national-infrastructure": "One town."}, "gates": {}},
        "thresholds": {},
        "add": {
            "glossary": [{"term": "x", "meaning": "y"}],
            "anti_patterns": [{"id": "late", "title": "Late", "ask": "Is it?", "next_step": "Come.", "limits": []}],
        },
        "texts": {
            "rubric": {"summary": "S"},
            "items": {"governance-led": {"title": "T", "originals": {"title": "dbbafb84f1"}}},
        },
        "scenarios": [{"id": "s", "title": "S", "answers": {}, "expect": "beginnings"}],
    }


_RAW = "\0raw:"  # what follows stands in the file without quotes
_NUMBERS = ("1e999", "-1e999", "NaN", "-Infinity", "1" * 400, "1" * 5000, "-0", "0.1e-400", "01", "1_000", "9" * 19)
_TEXTS = (
    "",
    " ",
    "\0",
    "\ud800",
    "x\udfff",
    "\u2028\x85",
    "\ufeff",
    "w" * 70_000,
    "../../etc/passwd",
    "involve-audit/record@1",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2026-11-22T10:00:00",
    "a@99999999999999999999.0.0",
    "999999.999999.999999",
    "{0} {} %s {{ 7*7 }}",
    "not-applicable",
    "unanswered",
    "unknown",
    "yes",
    "no",
)


def _any_value(given: random.Random, data: Any, depth: int = 0) -> Any:
    """A value of any type: often one that stands elsewhere in the file, so that it may fit and yet be wrong."""
    sort = given.randrange(12)
    if sort < 4:
        return _at(data, given.choice(list(_paths(data))))
    if sort == 4:
        return _RAW + given.choice(_NUMBERS)
    if sort == 5:
        return given.choice((None, True, False, 0, 1, -1, 0.5, 2, 1e308, 5e-324, -7, 10**18))
    if sort == 6:
        return given.choice(([], {}, [[]], [{}], {"": ""}, {"fewer_than": 0}, {"id": "x"}, [None], {"a": {"b": []}}))
    if sort == 7:
        return json.loads("[" * 90 + "]" * 90)
    if sort == 8 and depth < 2:
        return {given.choice(_TEXTS): _any_value(given, data, depth + 1) for _ in range(3)}
    if sort == 9 and depth < 2:
        return [_any_value(given, data, depth + 1) for _ in range(3)]
    return given.choice(_TEXTS)


def _fitting_value(given: random.Random, data: Any, old: Any) -> Any:
    """A value of the type that was there, so that it may well pass for what it should be."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, int | float):
        return given.choice((0, 1, -1, 0.5, 2, 3, 10**6, 10**18, 1e308, 5e-324, _RAW + given.choice(_NUMBERS)))
    if isinstance(old, list):
        return given.choice(([], old[::-1], [*old, *old], old[:1], old[1:]))
    if isinstance(old, dict):
        return {key: old[key] for key in list(old)[given.randrange(2) :]}
    words = [word for path in _paths(data) if isinstance(word := _at(data, path), str)]
    return given.choice((*_TEXTS, *words[:50], *words, str(_some_key(given, data))))


def _some_key(given: random.Random, data: Any) -> str | int:
    """A key of the file, such as the id of an item among the answers."""
    return given.choice([path[-1] for path in _paths(data) if path])


def _paths(data: Any, above: Place = ()) -> Iterator[Place]:
    yield above
    if isinstance(data, dict):
        for key, inside in data.items():
            yield from _paths(inside, (*above, key))
    elif isinstance(data, list):
        for place, inside in enumerate(data):
            yield from _paths(inside, (*above, place))


def _at(data: Any, path: Place) -> Any:
    for part in path:
        data = data[part]
    return data


def _field(path: Place) -> Place:
    """The field that a path leads to, whichever entry of a list and whichever item it is of."""
    keyed = ("answers", "respondents", "counts", "retired", "items")
    parts = zip(("", *path), path, strict=False)
    return tuple("*" if isinstance(part, int) or above in keyed else part for above, part in parts)


def changed(data: Any, given: random.Random) -> Any:
    """The data with one change."""
    # Each field as often as any other: a file has many answers, and only one date.
    fields: dict[Place, list[Place]] = {}
    for place in _paths(data):
        if place:
            fields.setdefault(_field(place), []).append(place)
    path = given.choice(fields[given.choice(list(fields))])
    whole: Any = json.loads(json.dumps(data))
    inside, last = _at(whole, path[:-1]), path[-1]
    change = given.randrange(12)
    if change == 0:
        del inside[last]
    elif change == 1 and isinstance(inside, dict):
        inside[given.choice(_TEXTS)] = inside.pop(last)
    elif change == 2 and isinstance(inside, dict):
        inside[given.choice(_TEXTS)] = _any_value(given, data)
    elif change == 3 and isinstance(inside, list):
        inside.insert(given.randrange(len(inside) + 1), _any_value(given, data))
    elif change == 4 and isinstance(inside, list):
        inside.reverse()
    elif given.random() < 0.3:
        inside[last] = _any_value(given, data)
    else:
        inside[last] = _fitting_value(given, data, inside[last])
    return whole


def written(data: Any, name: str, given: random.Random) -> bytes:
    dumped = [json.dumps(line) for line in data] if name.endswith(".jsonl") and isinstance(data, list) else None
    text = "\n".join(dumped) if dumped is not None else json.dumps(data, indent=given.choice((None, 1)))
    parts = text.split(json.dumps(_RAW)[:-1])
    text = parts[0] + "".join(part.replace('"', "", 1) for part in parts[1:])
    damage = given.randrange(40)
    if damage == 0:
        text = text[: given.randrange(len(text) + 1)]
    elif damage == 1:  # one of the keys twice
        text = text.replace("{", '{"id": "twice", "id": [1], "date": null, ', given.randrange(1, 3))
    elif damage == 2:
        place = given.randrange(len(text) + 1)
        text = text[:place] + given.choice(("\0", "\ud800", "\ufeff", ",", "}", '"', "\\", "\n", "é")) + text[place:]
    return text.encode("utf-8", "surrogatepass")


def mutated_by(given: random.Random, kinds: Sequence[str] = tuple(COMMANDS)) -> Mutated:
    """A file of one of these kinds with one to three changes."""
    kind = given.choice(kinds)
    name, data = given.choice(_sound(kind))
    for _ in range(given.choice((1, 1, 1, 2, 3))):
        if isinstance(data, dict | list) and data:
            data = changed(data, given)
    return Mutated(kind, name, written(data, name, given))


def mutated(seed: int) -> Mutated:
    """The changed file of this seed."""
    return mutated_by(random.Random(seed))


def fault_by(given: random.Random, folder: Path, kinds: Sequence[str] = tuple(COMMANDS)) -> str:
    """What goes wrong where a command reads a changed file in this folder; nothing where all is as it should be."""
    found = mutated_by(given, kinds)
    words, formats = given.choice(COMMANDS[found.kind])
    file = folder / found.name
    file.write_bytes(found.content)
    command: list[str] = [found.name if word == "FILE" else word for word in words.split()]
    if formats and given.random() < 0.6:
        command += ["-o", f"out.{given.choice(formats.split())}"]
    done = run_in(folder, *command)
    said = done.stderr
    if isinstance(done.exception, Exception) or done.exit_code not in (0, 1, 2) or "Traceback" in said:
        what = repr(done.exception)
    elif done.exit_code == 2 and not said.strip():
        what = "refused without a word"
    else:
        return ""
    return f"{' '.join(command)} ends with {done.exit_code}: {what[:300]}\n{said[-1000:]}"


def fault_of_kind(kind: str, seed: int, folder: Path) -> str:
    """The same for a file of this kind."""
    return fault_by(random.Random(seed), folder, (kind,))


def fault(seed: int, folder: Path) -> str:
    """The same for the file and the command of this seed."""
    return fault_by(random.Random(seed), folder)


def main(first: int, number: int) -> int:
    """Try this many seeds. The exit code is 1 where anything goes wrong."""
    faults = 0
    with tempfile.TemporaryDirectory() as name:
        for seed in range(first, first + number):
            if what := fault(seed, Path(name)):
                faults += 1
                print(f"seed {seed}: {what}", flush=True)
    print(f"{number} files from seed {first} on, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
