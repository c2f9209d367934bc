"""Every audit as the page of an overview lists it: once among those to talk to first, and once from A to Z."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.escaping import as_json
from involve_audit.language import number
from involve_audit.render.batch.outcome import GROUPS
from involve_audit.render.batch.page import ListedAudit, listed_audit, with_id
from involve_audit.words.many import BATCH, COUNTED_BATCH, GROUP_TITLES

if TYPE_CHECKING:
    from involve_audit.render.batch.outcome import FollowUp, Setting

MOST_LISTED = 1_500
MOST_OF_GROUP = 100
MOST_OF_REASONS = 60
_MOST_OPEN = 20
_MOST_LETTERS = 40


class GroupListed(NamedTuple):
    """Audits that there is one thing to talk about with, by name: so many in all, some of them here.

    `tells_why` says whether there is room for everything there is to follow up; `more` is how many are left out.
    """

    title: str
    audits: list[ListedAudit]
    tells_why: bool
    more: str


@dataclass(frozen=True)
class Listing:
    """All audits of a run: in `groups`, each in the first that fits, and by the `letters` that their names begin with.

    `is_short` where everything can stand open; `elsewhere` says where the whole list is, where the page has no room
    for it, and then there are no letters.
    """

    groups: list[GroupListed]
    letters: list[tuple[str, list[ListedAudit]]]
    is_short: bool
    elsewhere: str


def row(found: FollowUp, setting: Setting) -> str:
    """One audit as a line that `listing` reads."""
    return as_json([found.group, *listed_audit(found, setting)]) + "\n"


def is_row(text: str) -> bool:
    """Whether a text is a line as `row` writes it: one that was kept may have been changed. Raises ValueError,
    TypeError and RecursionError where it is not even a list of texts in JSON."""
    values = json.loads(text)
    "".join(values).encode()  # refuses halves of characters, too, which no page can hold
    is_line = text.find("\n") == len(text) - 1
    return is_line and len(values) == 1 + len(ListedAudit._fields) and values[0] in GROUPS


def listing(rows: Iterable[str], total: int, voices: str, setting: Setting) -> Listing:
    """All audits from their rows, of which there are `total`. `voices` are those who should be heard first.

    Of more than the page has room for, the first of each group are kept and no more are in memory.
    """
    is_whole = total <= MOST_LISTED
    kept, counts = _grouped(rows, None if is_whole else MOST_OF_GROUP)
    every = sorted((audit for audits in kept.values() for audit in audits), key=_by_name)
    number_of = Counter(audit.name for audit in every)
    groups = []
    for name in GROUPS:
        if count := counts[name]:
            audits = sorted(kept[name], key=_by_name)[: None if is_whole else MOST_OF_GROUP]
            named = [
                audit._replace(name=with_id(audit.name, audit.id, number_of[audit.name] if is_whole else 2))
                for audit in audits
            ]
            title = BATCH["group"].format(title=GROUP_TITLES[name].format(perspective=voices), count=number(count))
            left = count - len(named)
            groups.append(
                GroupListed(
                    title, named, count <= MOST_OF_REASONS, COUNTED_BATCH.of("more_in_table", left) if left else ""
                )
            )
    letters = _by_letter(every) if is_whole else []
    return Listing(groups, letters, total <= _MOST_OPEN, "" if is_whole else _elsewhere(total, setting))


def _grouped(rows: Iterable[str], most: int | None) -> tuple[dict[str, list[ListedAudit]], Counter[str]]:
    """The audits by group, of each about the first `most` by name, and how many there are in each."""
    kept: dict[str, list[ListedAudit]] = {}
    counts = Counter[str]()
    for line in rows:
        group, *values = json.loads(line)
        counts[group] += 1
        audits = kept.setdefault(group, [])
        audits.append(ListedAudit(*values))
        if most is not None and len(audits) > 10 * most:
            audits[:] = nsmallest(most, audits, key=_by_name)
    return kept, counts


def _elsewhere(total: int, setting: Setting) -> str:
    name = "whole_list" if setting.table else "whole_list_how"
    return BATCH[name].format(count=number(total), file=setting.table)


def _by_letter(audits: Iterable[ListedAudit]) -> list[tuple[str, list[ListedAudit]]]:
    """The audits, which are in order, by the letter that each begins with; together where there are few audits
    or very many letters."""
    found = [(letter, list(of_it)) for letter, of_it in groupby(audits, _letter)]
    if len(found) > _MOST_LETTERS or sum(len(of_it) for _letter, of_it in found) <= _MOST_OPEN:
        return [(BATCH["every_letter"], [audit for _letter, of_it in found for audit in of_it])]
    return found


def _letter(audit: ListedAudit) -> str:
    first = _bare(audit.name)[:1]
    return first.upper() if first.isalpha() else BATCH["no_letter"]


def _by_name(audit: ListedAudit) -> tuple[bool, str, str]:
    """Names in order, letters before anything else."""
    bare = _bare(audit.name)
    return not bare[:1].isalpha(), bare, audit.id


def _bare(name: str) -> str:
    """A name without case and accents."""
    if name.isascii():
        return name.lower()
    return "".join(_without_marks(name.casefold()))


def _without_marks(text: str) -> Iterator[str]:
    return (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
