"""Audits that an earlier run has made the very same of: what that depends on, and how it is kept.

What a run makes of an audit follows from its key: the bytes and the names of its files, what the baseline says of it,
the command line, and the program. It also follows from its rubric, which only its files name, and from the day: both
are kept with it. A day that is not in the future and not unlikely stays so; an audit of whose files there is anything
to say is never kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from involve_audit.batch.expected import Arrived
from involve_audit.batch.scoring import Portion
from involve_audit.batch.totals import Totals
from involve_audit.engine.overview import Tally
from involve_audit.errors import InputError
from involve_audit.language import current
from involve_audit.loading.files import FileContent, digest, read_bytes
from involve_audit.model.rubric import fingerprint
from involve_audit.render.batch.outcome import GROUPS, NEW, NOT_COMPARABLE, FollowUp
from involve_audit.resources import program_digest

if TYPE_CHECKING:
    from involve_audit.batch.cache import Cache
    from involve_audit.batch.scoring import Scorer, Task
    from involve_audit.loading.rubrics import Ready


class Addition(NamedTuple):
    """What one audit adds to a run, as it is kept, and the day and the rubric that it was made with.

    `places` are where it counts in a tally, `lengths` those of its rows. The others are named as in `Totals`.
    """

    day: int
    rubric: str
    places: list[int]
    files: int
    failed: list[str]
    urgent: list[list[Any]]
    not_compared: list[list[str]]
    of_one_person: list[str]
    arrived: list[list[int]]
    unexpected: list[list[str]]
    lengths: list[int]

    @classmethod
    def of(cls, portion: Portion, day: int, rubric: str) -> Addition:
        """The only audit of a portion."""
        totals, arrived = portion.totals, portion.totals.arrived
        (tally,) = totals.tallies.values()
        return cls(
            day,
            rubric,
            [place for place, count in enumerate(tally.counts) for _ in range(count)],
            totals.files,
            [*totals.failed.elements()],
            [[*found] for found in totals.urgent],
            [[why, *audit] for why, audits in totals.not_compared.items() for audit in audits.kept],
            totals.of_one_person.kept,
            [[*arrived.sent], [*arrived.answered], [*arrived.heard]],
            [[*audit] for audit in arrived.unexpected.kept],
            [len(row) for row in portion.rows],
        )

    def is_whole(self, outputs: int, places_of_tally: int, signs: int) -> bool:
        """Whether everything is as it has to be for so many outputs, places of a tally and signs of text: somebody may
        have changed it."""
        numbers = [*chain(*self.arrived), *self.lengths, self.day, self.files]
        texts = [self.rubric, *self.failed, *self.of_one_person, *chain(*self.not_compared, *self.unexpected)]
        for urgency, *more in self.urgent:
            found = FollowUp(urgency, *more)
            texts += [*found[3:8], found.id, *found.files, *found.failed]
            if [*map(type, urgency)] != [int] * (len(GROUPS) - 1):
                return False
        return (
            {*map(type, numbers), *map(type, self.places)} == {int}
            and {*map(type, texts)} == {str}
            and min(*numbers, *self.places) >= 0
            and max(self.places) < places_of_tally
            and (len(self.lengths), sum(self.lengths)) == (outputs, signs)
            and all(why in (NEW, NOT_COMPARABLE) for why, _audit, _subject in self.not_compared)
            and len(self.arrived) == 3
        )

    def add_to(self, totals: Totals, ready: Ready) -> None:
        """Count the audit."""
        totals.audits += 1
        totals.files += self.files
        totals.failing += bool(self.failed)
        totals.failed.update(self.failed)
        for urgency, audit, files, *more, failed in self.urgent:
            found = FollowUp(tuple(urgency), audit, tuple(files), *more, tuple(failed))  # type: ignore[call-arg]
            totals.follow_up([found], 1)
        for why, audit, subject in self.not_compared:
            totals.not_compared[why].add([(audit, subject)])
        totals.of_one_person.add(self.of_one_person)
        if any(self.arrived):
            totals.arrived.add(Arrived(*map(set, self.arrived)))  # type: ignore[arg-type]
        totals.arrived.unexpected.add([(name, audit) for name, audit in self.unexpected])
        if ready.source.sha256 not in totals.tallies:
            totals.tallies[ready.source.sha256] = Tally(ready.compiled, ready.original)
        totals.tallies[ready.source.sha256].count(self.places)


class Unchanged:
    """A scorer that scores only what has changed since an earlier run, and keeps what it makes of it."""

    def __init__(self, scorer: Scorer, cache: Cache) -> None:
        self.cache = cache
        self._scorer = scorer
        self._today = scorer.today.toordinal()
        self._rubrics = {_known_by(ready): ready for ready in scorer.rubrics}
        self._places = {
            known: len(Tally(ready.compiled, ready.original).counts) for known, ready in self._rubrics.items()
        }
        self._run = sha256(repr(_of_run(scorer)).encode(errors="surrogatepass")).digest()

    def score(self, tasks: Sequence[Task]) -> Portion:
        """What comes of these audits, as the scorer says it, and what of that is to be kept."""
        keys = [self._key(task) for task in tasks]
        found = self.cache.found(filter(None, keys))
        totals, rows, fresh = Totals(), [[""] * len(self._scorer.outputs)], list[tuple[bytes, bytes]]()
        for task, key in zip(tasks, keys, strict=True):
            before = self._as_before(found[key], totals) if key in found else None
            if before is None:
                portion = self._anew(task)
                totals.add(portion.totals)
                fresh += portion.fresh
            rows.append(before or portion.rows)
        return Portion(["".join(texts) for texts in zip(*rows, strict=True)], totals, tuple(fresh), self.cache.fault)

    def _key(self, task: Task) -> bytes:
        """What an audit is kept by, empty where a file of it cannot be read."""
        if not task.group.digests:
            return b""
        place = Path.cwd() if len(task.group.files) > 1 else ""  # what files are called beside others may depend on it
        said = (self._scorer.id_of(task), task.group, place)
        return sha256(self._run + repr(said).encode(errors="surrogatepass") + (task.before or b"")).digest()

    def _anew(self, task: Task) -> Portion:
        """What comes of one audit, kept by what is in its files now: they may have changed since they were gathered."""
        try:
            files = tuple(FileContent(file, read_bytes(file)) for file in task.group.files)
        except InputError:
            return self._scorer.score([task])
        digests = tuple(digest(file.content) for file in files)
        key = self._key(task._replace(group=task.group._replace(digests=digests)))
        portion = self._scorer.score([task._replace(contents=files)])
        if not portion.totals.audits or portion.totals.of_files.kept:
            return portion
        (rubric,) = portion.totals.tallies
        known = next(known for known, ready in self._rubrics.items() if ready.source.sha256 == rubric)
        text = json.dumps(Addition.of(portion, self._today, known)) + "\n" + "".join(portion.rows)
        return portion._replace(fresh=((key, text.encode(errors="surrogatepass")),))

    def _as_before(self, kept: bytes, totals: Totals) -> list[str] | None:
        """The rows of an audit, which is counted; None where what is kept is for a later day, another rubric or for
        nothing that a run can keep."""
        try:
            said, _newline, text = kept.decode(errors="surrogatepass").partition("\n")
            result = Addition(*json.loads(said))
            ready = self._rubrics.get(result.rubric)
            if ready is None or result.day > self._today:
                return None
            if not result.is_whole(len(self._scorer.outputs), self._places[result.rubric], len(text)):
                return None
            result.add_to(totals, ready)
        except (ValueError, TypeError, LookupError, RecursionError):
            return None
        ends = accumulate(result.lengths)
        return [text[end - length : end] for length, end in zip(result.lengths, ends, strict=True)]


def _known_by(ready: Ready) -> str:
    return " ".join(fingerprint(ready.source))


def _of_run(scorer: Scorer) -> list[object]:
    """What every audit of a run depends on, but for the day."""
    return [
        program_digest(),
        current().tag,
        [(output.format.name, output.setting) for output in scorer.outputs],
        scorer.checks,
        scorer.has_baseline,
        scorer.fewer_than,
        scorer.expected and scorer.expected.services,
        _known_by(scorer.rubrics.for_all) if scorer.rubrics.for_all else "",
    ]
