"""The file of `--columns`: what the columns of a table hold, said by somebody (formats.md, "What the columns hold")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from involve_audit.errors import InputError, Problem, suggestion, unknown
from involve_audit.language import _
from involve_audit.loading.responses.columns import ANSWER, DATE, LEFT_ALONE, OWN, RESPONSE, SENT, Meaning, as_name
from involve_audit.loading.responses.days import DAY_FIRST, MONTH_FIRST
from involve_audit.loading.tree import Tree, parse_tree
from involve_audit.model.columns import PARTS

if TYPE_CHECKING:
    from involve_audit.loading.files import FileContent
    from involve_audit.model.rubric import Rubric

_NOTHING = "nothing"
_ORDERS = {f"{DATE} {order}": order for order in (DAY_FIRST, MONTH_FIRST)}
_WHOLE = (*OWN.values(), DATE, RESPONSE, SENT)
_PEOPLE_OF = "people of "


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
        if problems:
            raise InputError(problems)


NO_MAPPING = ColumnMap(Tree(""))
"""Nobody said anything of columns."""


def read_mapping(found: FileContent, rubric: Rubric) -> ColumnMap:
    """What a file says of columns. Raises InputError with every problem, each with its line."""
    tree = parse_tree(found.content, found.file)
    if not isinstance(tree.data, dict) or not tree.data:
        hint = _("Each line has to say of one column what it holds: `{line}`.")
        example = f'"Question 1": {next(rubric.items).id}'
        what = _("this file has to be made of `key: value` lines")
        raise InputError(tree.of_another_kind or [Problem(found.file, what, hint.format(line=example))])
    mapping, problems, firsts = ColumnMap(tree), list[Problem](), dict[Meaning, str]()
    for heading, written in tree.data.items():
        meaning = _meaning(written, rubric) if isinstance(written, str) else None
        if meaning is None:
            problems.append(tree.problem((heading,), *_not_known(written, rubric)))
            continue
        if meaning != LEFT_ALONE and (first := firsts.setdefault(meaning, heading)) != heading:
            what = _("`{what}` is here twice, for “{first}” and for “{second}”")
            told = what.format(what=written, first=first, second=heading)
            problems.append(tree.problem((heading,), told, _("Keep one of them.")))
        mapping.meanings[heading] = meaning
        mapping.order_of_days = _ORDERS.get(" ".join(str(written).split()), mapping.order_of_days)
    if problems:
        raise InputError(problems)
    return mapping


def _meaning(written: str, rubric: Rubric) -> Meaning | None:
    """What a word, or a few, stand for; None for what stands for nothing."""
    said = " ".join(written.split())
    items = {item.id for item in rubric.items}
    for part in PARTS:
        if (item := said.removeprefix(f"{part} of ")) != said:
            return Meaning(part, item) if item in items else None
    if (perspective := said.removeprefix(_PEOPLE_OF)) != said:
        return Meaning("people", perspective) if perspective in {one.id for one in rubric.perspectives} else None
    if said in items:
        return Meaning(ANSWER, said)
    if said == _NOTHING:
        return LEFT_ALONE
    return Meaning(DATE) if said in _ORDERS else Meaning(said) if said in _WHOLE else None


def _not_known(written: object, rubric: Rubric) -> tuple[str, str]:
    """That a column cannot hold this, and what was likely to be meant."""
    items = [item.id for item in rubric.items]
    said = " ".join(written.split()) if isinstance(written, str) else ""
    before, of, item = said.partition(" of ")
    if of and before in PARTS:
        return unknown("item", item, items)
    if of and before == "people":
        return unknown("perspective", item, [one.id for one in rubric.perspectives])
    words = [*items, *_WHOLE, *_ORDERS, _NOTHING]
    if not said:
        return _("it is not said what this column holds"), _("Write the id of a question, or `{word}`.").format(
            word=_NOTHING
        )
    return _("`{word}` is nothing that a column can hold").format(word=said), suggestion(said, words)
