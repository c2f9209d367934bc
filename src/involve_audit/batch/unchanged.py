"""Audits that an earlier run has made the very same of: what that depends on, and how it is kept.

What a run makes of an audit follows from its key: the bytes and the names of its files, what the baseline says of it,
the command line, and the program. It also follows from its rubric, which only its files name, and from the day: both
are kept with it. A day that is not in the future and not unlikely stays so; an audit of whose files there is anything
to say is never kept.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b, sha256
from itertools import accumulate, chain, pairwise
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


_SIGNS_OF_KEY = 20
_DECODER = json.JSONDecoder()


class Addition(NamedTuple):
    """What one audit adds to a run, as it is kept, and the day and the rubric that it was made with.

    `places` are where it counts in a tally, `lengths` those of its rows. The others are named as in `Totals`.
    """

    day: int
    rubric: str
    places: array[int]
    files: int
    failed: Sequence[str]
    urgent: Sequence[FollowUp]
    not_compared: Sequence[tuple[str, str, str]]
    of_one_person: Sequence[str]
    arrived: Sequence[Sequence[int]]
    unexpected: Sequence[tuple[str, str]]
    lengths: Sequence[int]

    @classmethod
    def of(cls, portion: Portion, day: int, rubric: str) -> Addition:
        """The only audit of a portion."""
        totals, arrived = portion.totals, portion.totals.arrived
        (tally,) = totals.tallies.values()
        return cls(
            day,
            rubric,
            array("I", (place for place, count in enumerate(tally.counts) for _ in range(count))),
            totals.files,
            [*totals.failed.elements()],
            totals.urgent,
            [(why, *audit) for why, audits in totals.not_compared.items() for audit in audits.kept],
            totals.of_one_person.kept,
            [[*arrived.sent], [*arrived.answered], [*arrived.heard]],
            arrived.unexpected.kept,
            [len(row) for row in portion.rows],
        )

    def as_text(self) -> str:
        """As it is kept: many numbers are read much faster that are no JSON."""
        return json.dumps(self._replace(places=self.places.tobytes().hex()))  # type: ignore[arg-type]

    @classmethod
    def read(cls, values: Sequence[Any]) -> Addition:
        """One that was kept: anybody may have changed it. Raises ValueError, TypeError, LookupError and
        OverflowError where that cannot be."""
        day, rubric, places, files, failed, urgent, not_compared, of_one_person, arrived, unexpected, lengths = values
        sent, answered, heard = arrived
        found = cls(
            day,
            rubric,
            array("I", bytes.fromhex(places)),
            files,
            [*failed],
            [_follow_up(*one) for one in urgent],
            [(why, audit, subject) for why, audit, subject in not_compared],
            [*of_one_person],
            arrived,
            [(name, audit) for name, audit in unexpected],
            array("Q", lengths),
        )
        array("Q", [day, files, *sent, *answered, *heard])  # takes nothing but whole numbers from 0
        texts = [rubric, *failed, *of_one_person, *chain(*found.not_compared, *found.unexpected)]
        for one in found.urgent:
            texts += (*one[3:8], one.id, *one.files, *one.failed)
            if len(array("q", one.urgency)) != len(GROUPS) - 1 or max(one.urgency) > 0:
                raise ValueError
        "".join(texts).encode()
        return found

    def fits(self, outputs: int, places_of_tally: int, signs: int) -> bool:
        """Whether it is for so many outputs, places of a tally and signs of text."""
        return (
            max(self.places) < places_of_tally
            and (len(self.lengths), sum(self.lengths)) == (outputs, signs)
            and (not self.not_compared or {one[0] for one in self.not_compared} <= {NEW, NOT_COMPARABLE})
        )

    def add_to(self, totals: Totals, ready: Ready) -> None:
        """Count the audit."""
        totals.audits += 1
        totals.files += self.files
        if self.failed:
            totals.failing += 1
            totals.failed.update(self.failed)
        totals.follow_up(self.urgent, len(self.urgent))
        for why, audit, subject in self.not_compared:
            totals.not_compared[why].add([(audit, subject)])
        if self.of_one_person:
            totals.of_one_person.add(self.of_one_person)
        if any(self.arrived):
            totals.arrived.add(Arrived(*map(set, self.arrived)))  # type: ignore[arg-type]
        if self.unexpected:
            totals.arrived.unexpected.add(self.unexpected)
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
        self._listed = [place for place, output in enumerate(scorer.outputs) if output.setting.markup == "html"]
        self._run = sha256(repr(_of_run(scorer)).encode(errors="surrogatepass")).digest()

    def score(self, tasks: Sequence[Task]) -> Portion:
        """What comes of these audits, as the scorer says it, and what of that is to be kept."""
        keys = [self._key(task) for task in tasks]
        found = self.cache.found([*filter(None, keys)])
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
        place = str(Path.cwd()) if len(task.group.files) > 1 else ""  # on which it depends what they are called
        said = repr((self._scorer.id_of(task), place, task.before, *task.group)).encode(errors="surrogatepass")
        return blake2b(said, digest_size=_SIGNS_OF_KEY, key=self._run).digest()

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
        text = Addition.of(portion, self._today, known).as_text() + "".join(portion.rows)
        return portion._replace(fresh=((key, text.encode()),))

    def _as_before(self, kept: bytes, totals: Totals) -> list[str] | None:
        """The rows of an audit, which is counted; None where what is kept is for a later day, another rubric or for
        nothing that a run can keep."""
        try:
            text = kept.decode()
            values, start = _DECODER.raw_decode(text)
            result = Addition.read(values)
            ready = self._rubrics.get(result.rubric)
            if ready is None or result.day > self._today:
                return None
            if not result.fits(len(self._scorer.outputs), self._places[result.rubric], len(text) - start):
                return None
            ends = [*accumulate(result.lengths, initial=start)]
            rows = [text[end:following] for end, following in pairwise(ends)]
            if not all(_is_row(rows[place]) for place in self._listed):
                return None
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
            return None
        result.add_to(totals, ready)
        return rows


def _follow_up(urgency: Iterable[int], audit: str, files: Iterable[str], *more: Any) -> FollowUp:
    """What an audit is followed up for, as it came back from JSON."""
    *texts, failed = more
    return FollowUp._make((tuple(urgency), audit, tuple(files), *texts, tuple(failed)))


def _is_row(text: str) -> bool:
    """Whether a text can be read as a row by the page of an overview, as no other output reads what it is given."""
    from involve_audit.render.batch.listing import is_row

    return is_row(text)


def _known_by(ready: Ready) -> str:
    return " ".join(fingerprint(ready.source))


def _of_run(scorer: Scorer) -> list[object]:
    """What every audit of a run depends on, but for the day."""
    return [
        program_digest(),
        sys.byteorder,
        current().tag,
        [(output.format.name, output.setting) for output in scorer.outputs],
        scorer.checks,
        scorer.has_baseline,
        scorer.fewer_than,
        scorer.expected and scorer.expected.services,
        _known_by(scorer.rubrics.for_all) if scorer.rubrics.for_all else "",
    ]
