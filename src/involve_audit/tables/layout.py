"""What the columns of a table of audits hold (docs/tables.md): told by their headings, or said with `--columns`.

A table is *wide*, with a column for each item and a row for each view, or *long*, with a row for each answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from involve_audit.errors import InputError, Problem, suggestion
from involve_audit.language import N_, _, in_short
from involve_audit.loading.files import FileContent, read_bytes
from involve_audit.loading.responses.cells import shown
from involve_audit.loading.responses.columns import (
    ANSWER,
    DATE,
    RESPONSE,
    SENT,
    Columns,
    Headings,
    Meaning,
    as_name,
    columns_of,
    held_twice,
    tells_who_surely,
    without_column,
)
from involve_audit.loading.responses.mapping import NO_MAPPING, ColumnMap, read_mapping
from involve_audit.loading.rubric import translations_of
from involve_audit.model.columns import REASON, RUBRIC
from involve_audit.words.collecting import TABLE

if TYPE_CHECKING:
    from involve_audit.loading.rubrics import Ready
    from involve_audit.model.rubric import Rubric, Sourced

AUDIT, SUBJECT, PERSPECTIVE, PEOPLE = "audit", "subject", "perspective", "people"
ITEM, EVIDENCE, VIEW, KIND = "item", "evidence", "view", "kind"
RUBRIC_NAMED = "rubric"
_OF_A_ROW = {name: Meaning(name) for name in (AUDIT, SUBJECT, KIND, VIEW, PERSPECTIVE, RUBRIC_NAMED, DATE)}
_OF_AN_ANSWER = {name: Meaning(name) for name in (ITEM, ANSWER, EVIDENCE, REASON)}
_PARTS = (EVIDENCE, REASON)
_HOW = N_("Head its columns with the names that tables have, or say with --columns what each of them holds.")
_OF_ITEMS = N_(
    "Head its columns with the ids of items, such as `{item}`, or say with --columns what each of them holds."
)


class Names(Headings):
    """What the columns of a table may be called: as those of responses, and by names that only tables have."""

    def __init__(self, source: Sourced[Rubric], mapped: Mapping[str, Meaning]) -> None:
        """`mapped` says of columns what they hold; it goes before what they are called."""
        rubric = source.content
        super().__init__([rubric, *translations_of(source)], mapped)
        said = set(mapped.values())
        names = {
            **_OF_A_ROW,
            **_OF_AN_ANSWER,
            **{f"respondents.{one.id}": Meaning(PEOPLE, one.id) for one in rubric.perspectives},
            **{f"{part}.{item}": Meaning(part, item) for part in _PARTS for item in self.items},
        }
        self._of_tables = {
            name: meaning for name, meaning in names.items() if name not in self.items and meaning not in said
        }

    def meaning(self, heading: str) -> Meaning:
        """What the column of this heading holds; `nothing` where that is not known."""
        named = None if self.is_said(heading) else self._of_tables.get(as_name(heading))
        return named or super().meaning(heading)


@dataclass(frozen=True)
class Layout:
    """What each column of one table holds. `group` is the place of the column that audits are grouped by, or -1.

    `told` is what there is to say of its columns, a sentence each.
    """

    columns: Columns
    is_long: bool
    places: Mapping[Meaning, int]
    group: int = -1
    told: tuple[str, ...] = ()

    def at(self, part: str, item: str = "") -> int:
        """The place of a column, counted from 0; -1 where there is none."""
        return self.places.get(Meaning(part, item), -1)

    @property
    def dated(self) -> int:
        """The place of the column with the day."""
        return self.at(DATE) if self.at(DATE) >= 0 else self.at(SENT)

    @property
    def viewed(self) -> int:
        """The place of the column that tells views of one audit apart."""
        return self.at(VIEW) if self.at(VIEW) >= 0 else self.at(RESPONSE)

    @property
    def people(self) -> dict[str, int]:
        """For each perspective of which a column says how many people answered, the place of that."""
        return {item: place for (part, item), place in self.places.items() if part == PEOPLE and item}

    def heading(self, place: int) -> str:
        """The heading of a column; empty for none."""
        return self.columns.headings[place] if place >= 0 else ""


def mapping_for(file: str | None, rubric: Rubric) -> ColumnMap:
    """What the file of `--columns` says. Raises InputError with every problem of it."""
    if file is None:
        return NO_MAPPING
    more = {
        **_OF_A_ROW,
        **_OF_AN_ANSWER,
        **{f"{EVIDENCE} of {item.id}": Meaning(EVIDENCE, item.id) for item in rubric.items},
    }
    return read_mapping(FileContent(file, read_bytes(file)), rubric, more)


def names_rubric(heading: str) -> bool:
    """Whether a column of this heading names the rubric, which has to be known before any other heading is."""
    return as_name(heading) == RUBRIC_NAMED or as_name(heading).endswith(RUBRIC)


def layout_of(file: str, headings: Sequence[str], rubric: Ready, said: ColumnMap, group: str | None = None) -> Layout:
    """What the columns with these headings hold; `group` is the heading of the one that audits are grouped by.

    Raises InputError with everything for which no row could be read.
    """
    names = Names(rubric.source, said.meanings)
    columns = columns_of(headings, names)
    places = {meaning: place for place, meaning in columns.held.items()}
    is_long = Meaning(ITEM) in places
    problems = held_twice(columns, file) + list(_problems(file, columns, places, next(iter(names.items))))
    chosen = -1
    if group is not None:
        known = {as_name(heading): place for place, heading in reversed(list(enumerate(headings)))}
        chosen = known.get(as_name(group), -1)
        problems += _of_group(file, group, chosen, headings)
    if problems:
        raise InputError(problems)
    return Layout(columns, is_long, places, chosen, tuple(_told(columns, names, is_long, chosen)))


def _problems(file: str, columns: Columns, places: Mapping[Meaning, int], item: str) -> Iterator[Problem]:
    """What keeps every row from being read."""
    long = [name for name, meaning in _OF_AN_ANSWER.items() if meaning in places]
    about = [name for name, meaning in _OF_A_ROW.items() if meaning in places]
    wide = [columns.headings[place] for (part, item), place in places.items() if item and part == ANSWER]
    if ITEM in long and wide:
        what = _("this table has a column for items, `{item}`, and columns that are items: {columns}")
        named = what.format(item=columns.headings[places[Meaning(ITEM)]], columns=in_short(map(_quoted, wide)))
        yield Problem(file, named, _("Give a row to each view or to each answer, not to both."))
    elif ITEM in long and (missing := [name for name in (AUDIT, ANSWER) if name not in long and name not in about]):
        what = _("this table has a row for each answer, and no column for: {columns}")
        yield Problem(file, what.format(columns=in_short(map(_quoted, missing))), _(_HOW))
    elif ITEM not in long and not wide:
        what = _("no column of this table holds an item: its headings are none of the rubric's")
        yield Problem(file, what, _(_OF_ITEMS).format(item=item))


def _of_group(file: str, group: str, place: int, headings: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the column that audits are to be grouped by."""
    if place < 0:
        what = _("no column is called “{heading}”").format(heading=shown(group))
        yield Problem(file, what, suggestion(group, headings))
    elif tells_who_surely(group):
        what = _("“{heading}” tells who somebody is: it is never read").format(heading=shown(group))
        yield Problem(file, what, _("Name another column."))


def _told(columns: Columns, names: Names, is_long: bool, group: int) -> Iterator[str]:
    """What was not read of the columns, a sentence for each thing."""
    alone = [columns.headings[place] for place in columns.left_alone if place != group]
    if alone:
        yield TABLE.of("left_alone", len(alone), columns=in_short(map(_quoted, alone)))
    if columns.identifying:
        yield TABLE.of("identifying", columns.identifying)
    if not is_long and (missing := without_column(columns, names)):
        yield missing
    if not any(part in (PERSPECTIVE, PEOPLE) for part, _item in columns.held.values()):
        yield _("No column says who answers, so nobody counts as heard.")


def _quoted(heading: str) -> str:
    return f"“{shown(heading)}”"
