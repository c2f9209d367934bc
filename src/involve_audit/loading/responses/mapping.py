"""The file of `--columns`: what the columns of a table hold, said by somebody (formats.md, "What the columns hold")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from involve_audit.errors import InputError, Problem, suggestion
from involve_audit.language import _
from involve_audit.loading.responses.columns import (
    ANSWER,
    DATE,
    LEFT_ALONE,
    OWN,
    RESPONSE,
    SENT,
    Meaning,
    as_name,
    tells_who_surely,
)
from involve_audit.loading.responses.days import DAY_FIRST, MONTH_FIRST
from involve_audit.loading.tree import Tree, parse_tree
from involve_audit.model.columns import PARTS, PEOPLE

if TYPE_CHECKING:
    from involve_audit.loading.files import FileContent
    from involve_audit.model.rubric import Rubric

_WHOLE = (*OWN.values(), DATE, RESPONSE, SENT, LEFT_ALONE.part)
_TELL_NOBODY = (LEFT_ALONE.part, OWN[PEOPLE], RESPONSE, SENT)
_ORDERS = {f"{DATE} {order}": order for order in (DAY_FIRST, MONTH_FIRST)}


@dataclass
class ColumnMap:
    """What somebody said of columns: by heading, as they wrote it, what its column holds; and the order of days."""

    tree: Tree
    meanings: dict[str, Meaning] = field(default_factory=dict)
    order_of_days: str = ""

    def require_headings(self, headings: Sequence[str]) -> None:
        """Raise InputError where a heading is none of the table's."""
        known = {as_name(heading): heading for heading in headings}
        problems = [
            self.tree.problem(
                (written,), _("no column is called “{heading}”").format(heading=written), hint, at_key=True
            )
            for written in self.meanings
            if as_name(written) not in known
            for hint in [suggestion(written, headings)]
        ]
        problems += [
            self.tree.problem(
                (written,), _("“{heading}” tells who somebody is: it is never read").format(heading=written), hint
            )
            for written, meaning in self.meanings.items()
            if meaning.part not in _TELL_NOBODY and tells_who_surely(written)
            for hint in [_("Write `{word}` beside it, or take this line out.").format(word=LEFT_ALONE.part)]
        ]
        if problems:
            raise InputError(problems)


NO_MAPPING = ColumnMap(Tree(""))
"""Nobody said anything of columns."""


def read_mapping(found: FileContent, rubric: Rubric, also: Mapping[str, Meaning] | None = None) -> ColumnMap:
    """What a file says of columns; `also` is what else can be said there.

    Raises InputError with every problem, each with its line.
    """
    tree = parse_tree(found.content, found.file)
    if not isinstance(tree.data, dict) or not tree.data:
        hint = _("Each line has to say of one column what it holds: `{line}`.")
        example = f'"Question 1": {next(rubric.items).id}'
        what = _("this file has to be made of `key: value` lines")
        raise InputError(tree.of_another_kind or [Problem(found.file, what, hint.format(line=example))])
    known, mapping = {**(also or {}), **_sayable(rubric)}, ColumnMap(tree)
    problems, firsts = list[Problem](), dict[Meaning, str]()
    for heading, written in tree.data.items():
        said = " ".join(written.split()) if isinstance(written, str) else ""
        if (meaning := known.get(said)) is None:
            what = _("`{word}` is nothing that a column can hold").format(word=said)
            what = what if said else _("it is not said what this column holds")
            hint = suggestion(said, known) if said else ""
            hint = hint or _("Write the id of a question, or `{word}`.").format(word=LEFT_ALONE.part)
            problems.append(tree.problem((heading,), what, hint))
            continue
        if meaning != LEFT_ALONE and (first := firsts.setdefault(meaning, heading)) != heading:
            what = _("`{what}` is here twice, for “{first}” and for “{second}”")
            told = what.format(what=said, first=first, second=heading)
            problems.append(tree.problem((heading,), told, _("Keep one of them.")))
        mapping.meanings[heading] = meaning
        mapping.order_of_days = _ORDERS.get(said, mapping.order_of_days)
    if problems:
        raise InputError(problems)
    return mapping


def _sayable(rubric: Rubric) -> dict[str, Meaning]:
    """All that can be said of a column, each with what it means."""
    items = [item.id for item in rubric.items]
    return {
        **{part: Meaning(part) for part in _WHOLE},
        **{said: Meaning(DATE) for said in _ORDERS},
        **{f"people of {one.id}": Meaning("people", one.id) for one in rubric.perspectives},
        **{f"{part} of {item}": Meaning(part, item) for part in PARTS for item in items},
        **{item: Meaning(ANSWER, item) for item in items},
    }
