"""What the text of a cell stands for under one rubric. Whoever reads a table asks once for each text, and remembers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from involve_audit.errors import choice, unknown
from involve_audit.language import _, in_short, number
from involve_audit.loading.responses.cells import Cells, shown
from involve_audit.loading.responses.columns import Called, answers_called
from involve_audit.loading.responses.days import DAY_FIRST, MONTH_FIRST, Days
from involve_audit.loading.rubric import serves, translations_of
from involve_audit.model.base import Refused, read_count
from involve_audit.model.view import NOT_APPLICABLE, RUBRIC_REFERENCE, answer_word

if TYPE_CHECKING:
    from involve_audit.loading.rubrics import Ready

LONGEST_ID = 200
"""How many characters the name of an audit may have in a table."""
MOST_WORDED = 1_000
"""So many different answers that a rubric does not allow are told with what may have been meant, which takes long."""
_LONGEST_KEPT = 100
_NO_EVIDENCE = {"", "0", "0.0", "no", "n", "none", "false", "-"}


class _CellOfRow(Cells):
    """A row, as what the rules for answers say of it is put into words."""

    @property
    def where_reasons_go(self) -> str:
        """Where a reason that is missing belongs."""
        return _(
            "Reasons have a column of their own: `reason.` and the item's id, or `reason` where a row is an answer."
        )


class Vocabulary:
    """What cells of tables for one rubric stand for. Each method raises Refused for a text that stands for nothing."""

    def __init__(self, rubric: Ready, today: date, order_of_days: str = "") -> None:
        """`order_of_days` is how the table writes days with numbers, where somebody said so."""
        source = rubric.source
        rubrics = [source.content, *translations_of(source)]
        groups = [(one.id, one.title) for each in rubrics for one in each.perspectives]
        self.rubric, self.compiled = rubric, rubric.compiled
        self._answers = answers_called(rubrics)
        self._perspectives = Called({one: {title for other, title in groups if other == one} for one, _title in groups})
        self._days, self._tomorrow = Days(order_of_days), today + timedelta(days=1)
        self._codes = self.compiled.codes
        self._items = {item.id: place for place, item in enumerate(self.compiled.items)}
        self._refused: dict[tuple[int, str, bool], tuple[str, str]] = {}

    def answer(self, item: int, text: str, has_reason: bool = True) -> int:
        """The code of an answer to the item at this place, `unanswered` for an empty cell.

        `has_reason` says whether there is a reason for it, which `not-applicable` needs.
        """
        if not (said := text.strip()):
            return self.compiled.unanswered
        asked = (item, said, has_reason)
        if asked in self._refused:
            raise Refused(*self._refused[asked])
        try:
            return self._looked_up(*asked)
        except Refused as error:
            if len(self._refused) < MOST_WORDED and len(said) <= _LONGEST_KEPT:
                self._refused[asked] = (error.what, error.hint)
            raise

    def _looked_up(self, item: int, said: str, has_reason: bool) -> int:
        name = self.compiled.items[item].id
        word = self._answers.of(said) or said
        if several := self._answers.several(said):
            what = _("`{word}` is what two answers of the rubric are called: {ids}")
            raise Refused(
                what.format(word=shown(said), ids=in_short(f"`{one}`" for one in several)), _("Write the id of one.")
            )
        allowed = self.rubric.rules.allowed[name]
        if len(self._refused) >= MOST_WORDED and not {word, answer_word(word)} & {*allowed, NOT_APPLICABLE}:
            what = _("`{word}` is not an answer to `{item}`").format(word=shown(said), item=name)
            raise Refused(what, choice(allowed))
        given = {"answer": word, "reason": "" if has_reason else None}
        tree = _CellOfRow("", {"rubric": self.rubric.reference, "answers": {name: given}})
        for problem in self.rubric.rules.problems(tree):
            raise Refused(problem.what, problem.hint)
        return self._codes[word]

    def item(self, text: str) -> int:
        """The place of an item that a cell names."""
        said = text.strip()
        if (place := self._items.get(said, -1)) < 0:
            raise Refused(*unknown("item", shown(said), self._items))
        return place

    def present(self, text: str) -> tuple[int, ...]:
        """The places of the perspectives that a cell names, one or several with semicolons between them."""
        said = text.strip()
        words = [said] if self._perspectives.of(said) else [word.strip() for word in said.split(";") if word.strip()]
        for word in words:
            if not self._perspectives.of(word):
                raise Refused(*unknown("perspective", shown(word), self.compiled.perspectives))
        named = {self._perspectives.of(word) for word in words}
        return tuple(place for place, name in enumerate(self.compiled.perspectives) if name in named)

    @staticmethod
    def people(text: str) -> int:
        """A number of people, 0 for an empty cell."""
        return int(read_count(text.strip())) if text.strip() else 0

    @staticmethod
    def evidence(text: str) -> bool:
        """Whether a cell says that there is evidence: any text does, but for those that say no."""
        return text.strip().casefold() not in _NO_EVIDENCE

    def day(self, text: str) -> str:
        """A day, as `2026-11-22`; empty for an empty cell."""
        if not (said := text.strip()):
            return ""
        found = self._days.readings(said)
        if not found:
            hint = _("Write it as year-month-day, such as 2026-11-22.")
            raise Refused(_("`{value}` is not a date").format(value=shown(said)), hint)
        if len(found) > 1:
            what, hint = _("`{written}` can be two days"), _("Say it in the file of --columns: `{one}`, or `{other}`.")
            orders = {"one": f"date {DAY_FIRST}", "other": f"date {MONTH_FIRST}"}
            raise Refused(what.format(written=shown(said)), hint.format(**orders))
        if found[0] > self._tomorrow:
            what = _("`{date}` is in the future").format(date=shown(said))
            raise Refused(what, _("Check the year, and the clock of this computer."))
        return found[0].isoformat()

    def require_rubric(self, text: str) -> None:
        """Whether answers for the rubric that a cell names can be read with this one; an empty cell says nothing."""
        if not (said := text.strip()) or said in (self.rubric.reference, self.rubric.source.content.id):
            return
        if not re.fullmatch(RUBRIC_REFERENCE, said) or not serves(self.rubric.source, said):
            what = _("this row is for `{wanted}`; the rubric at hand is `{used}`")
            raise Refused(
                what.format(wanted=shown(said), used=self.rubric.reference),
                _("Score its rows by themselves: -r RUBRIC."),
            )

    @staticmethod
    def audit(text: str) -> str:
        """The name of an audit, blanks as one."""
        name = " ".join(text.split())
        if not name:
            raise Refused(_("this row does not say of which audit it is"), _("Write it into the column `audit`."))
        if not name.isprintable():
            raise Refused(_("the audit's name holds a sign that cannot be seen"), _("Take it out."))
        if len(name) > LONGEST_ID:
            what = _("the audit's name has more than {most} characters").format(most=number(LONGEST_ID))
            raise Refused(what, _("Give it a shorter one."))
        return name
