"""What an earlier run came to, to hold a later one against (docs/batch.md, "The baseline").

Kept on the disk and found by an audit's id, so that there may be very many.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from involve_audit.engine.comparing.kept import Kept, kept_from
from involve_audit.errors import InputError, Problem, bounded, not_utf8, tried
from involve_audit.inputs import opened
from involve_audit.language import N_, _
from involve_audit.loading.answers_files import RECORD_SUFFIX, FileSearch
from involve_audit.loading.files import LARGEST_RECORD, is_folder, read_bytes
from involve_audit.loading.tree import MOST_IN_JSON, require_few_values, require_ours, without_marks
from involve_audit.model.reference import numbers

if TYPE_CHECKING:
    from involve_audit.engine.compiled import CompiledRubric

_RECORD, _BATCH = "involve-audit/record@", "involve-audit/batch@"
_READ = (_RECORD + "1", _BATCH + "1")
_LINES = (".jsonl", ".ndjson")
_MOST_IN_DOCUMENT = 2_000_000
"""How many values the .json of a run may hold: that of 10,000 audits of 31 questions holds half of it."""


class Before(NamedTuple):
    """One audit of the baseline: its rubric, the stage that was published, and its answers as words.

    `unevidenced` are the full yeses to achievements without evidence; None where that was not kept.
    """

    rubric: str
    version: str
    stage: str
    answers: dict[str, str]
    unevidenced: list[str] | None = None


class Baseline:
    """The audits of an earlier run by id. Each is kept as a line of text and read again when it is asked for, once all
    are there."""

    def __init__(self) -> None:
        self._store = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the baseline
        self._places: dict[str, tuple[int, int]] = {}
        self._size = 0

    def close(self) -> None:
        """Forget everything."""
        self._store.close()

    def __contains__(self, audit: str) -> bool:
        return audit in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def add(self, audit: str, before: Before) -> None:
        """Keep one audit."""
        line = json.dumps(before, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self._places[audit] = (self._size, len(line))
        self._size += self._store.write(line)

    def line(self, audit: str) -> bytes | None:
        """One audit as it is kept, for a worker to take apart; None where it is not in the baseline."""
        if audit not in self._places:
            return None
        offset, length = self._places[audit]
        self._store.seek(offset)
        return self._store.read(length)


def before_from(line: bytes) -> Before:
    """What `Baseline.line` gave."""
    return Before(*json.loads(line.decode("utf-8", "surrogatepass")))


def kept_before(before: Before, rubric_id: str, version: str, rubric: CompiledRubric) -> Kept | None:
    """The audit of the baseline as one side of a comparison with answers to this rubric.

    None where it is for another rubric, for another major version, or at a stage that this one does not have.
    """
    same = before.rubric == rubric_id and numbers(before.version)[0] == numbers(version)[0]
    if not same or before.stage not in rubric.stages:
        return None
    return kept_from(rubric, before.stage, before.answers, before.unevidenced)


def load_baseline(name: str) -> Baseline:
    """The baseline in a file of rows or records, or in a folder of records.

    Raises InputError with every problem: what cannot be read, audits that are there twice, and that there is nothing.
    """
    files, baseline = _files(name), Baseline()
    first: dict[str, str] = {}
    entries = 0
    problems: list[Problem] = []

    def add(file: Path) -> None:
        nonlocal entries
        for where, data in _entries(file):
            entries += 1
            if "problems" in data:  # it could not be scored
                continue
            audit, before = _taken_apart(data, where)
            if audit in first:
                what = _("`{audit}` is in the baseline twice; first in {place}")
                hint = _("Give each audit once: the round to compare with.")
                problems.append(Problem(where, what.format(audit=audit, place=first[audit]), hint))
            else:
                first[audit] = where
                baseline.add(audit, before)

    tried(add, files, problems)
    if not first and not problems:
        what = _("no audit in this baseline could be assessed") if entries else _("there is nothing in this baseline")
        problems.append(Problem(name, what, _(_HINT)))
    if problems:
        baseline.close()
        raise InputError(bounded(problems))
    return baseline


def _files(name: str) -> list[Path]:
    if not is_folder(Path(name)):
        return [Path(name)]
    search = FileSearch((RECORD_SUFFIX,))
    found = sorted(map(Path, search.files([name])))
    search.require_all()
    if not found:
        hint = _("A record's name ends as {pattern}.").format(pattern=f"*{RECORD_SUFFIX}")
        raise InputError(Problem(name, _("there are no records in this folder"), hint))
    return found


def _entries(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows or the record of a file."""
    if file.name.lower().endswith(_LINES):
        for number, line in enumerate(_lines(file), 1):
            where = f"{file}:{number}"
            if len(line) > LARGEST_RECORD:
                raise InputError(Problem(where, _("this line is too long"), _(_HINT)))
            if line.strip():
                yield _checked(_parsed(line, where), where)
    else:
        content = read_bytes(file, LARGEST_RECORD)
        if len(content) > LARGEST_RECORD:
            what = _("this baseline is larger than {size} MB").format(size=LARGEST_RECORD // 1_000_000)
            raise InputError(Problem(str(file), what, _("Give the .jsonl of the run: it may be of any size.")))
        yield from _of_document(_parsed(content, str(file), _MOST_IN_DOCUMENT), str(file))


def _lines(file: Path) -> Iterator[bytes]:
    with opened(file) as number, open(number, "rb", closefd=False) as stream:
        yield without_marks(stream.readline(LARGEST_RECORD + 1))
        yield from iter(lambda: stream.readline(LARGEST_RECORD + 1), b"")


def _of_document(data: Any, where: str) -> Iterable[tuple[str, dict[str, Any]]]:
    found = _checked(data, where)[1]
    rows = found.get("audits")
    if str(found["format"]).startswith(_BATCH) and isinstance(rows, list):
        return [_checked(row, where) for row in rows]
    return [(where, found)]


def _parsed(content: bytes, where: str, most: int = MOST_IN_JSON) -> Any:
    require_few_values(content, where, most, most)
    try:
        return json.loads(without_marks(content).decode())
    except UnicodeDecodeError:
        require_ours(content, where)
        raise not_utf8(where) from None
    except (ValueError, RecursionError):
        require_ours(content, where)
        raise InputError(Problem(where, _("this is not JSON"), _(_HINT))) from None


_HINT = N_("A baseline is the .jsonl or .json of an earlier `batch`, a record, or a folder of records.")


def _checked(data: Any, where: str) -> tuple[str, dict[str, Any]]:
    given = data.get("format") if isinstance(data, dict) else None
    if given in _READ:
        return where, data
    if isinstance(given, str) and given.startswith((_RECORD, _BATCH)):
        what = _("this is of another version: `{format}`").format(format=given)
        raise InputError(Problem(where, what, _("Make it anew with this program.")))
    raise InputError(Problem(where, _("this is no result of an audit"), _(_HINT)))


def _taken_apart(data: dict[str, Any], where: str) -> tuple[str, Before]:
    try:
        rubric, stage = data["rubric"], data["stage"]["floor"]
        answers, unevidenced = _of_row(data) if "answers" in data else _of_record(data["items"])
        before = Before(rubric["id"], rubric["version"], stage, answers, unevidenced)
        words = (data["audit"], *before[:3], *answers, *answers.values(), *(unevidenced or ()))
        if {*map(type, words)} != {str}:
            raise TypeError
    except (KeyError, TypeError):
        what = _("this result is not whole: something was taken out or changed")
        raise InputError(Problem(where, what, _(_HINT))) from None
    return data["audit"], before


def _of_row(row: dict[str, Any]) -> tuple[dict[str, str], list[str] | None]:
    answers, unevidenced = row["answers"], row.get("unevidenced")
    if not isinstance(answers, dict) or not isinstance(unevidenced, list | None):
        raise TypeError
    return answers, unevidenced


def _of_record(items: list[dict[str, Any]]) -> tuple[dict[str, str], list[str] | None]:
    """The answers of a record; older ones do not say which had evidence, where it is left out for sharing."""
    answers = {item["id"]: item["answer"] for item in items}
    if any(item.get("evidenced") is None for item in items):
        return answers, None
    return answers, [item["id"] for item in items if not item["evidenced"]]
