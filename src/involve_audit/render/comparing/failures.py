"""What made a check fail, in words."""

from __future__ import annotations

from involve_audit.engine.comparing.checks import REGRESSION, Failure
from involve_audit.language import listed, ngettext, number
from involve_audit.render.comparing.item_lines import ItemLines
from involve_audit.render.comparing.vocabulary import FAILURES


def failure_in_words(failure: Failure, lines: ItemLines) -> tuple[str, str]:
    """What failed, and what to do about it; nothing to do where that goes without saying."""
    if failure.check == REGRESSION and failure.items:
        count = len(failure.items)
        what = ngettext(
            "{count} question is worse than before, or not known any more: {list}",
            "{count} questions are worse than before, or not known any more: {list}",
            count,
        )
        return what.format(count=number(count), list=listed(lines.title(change) for change in failure.items)), ""
    if failure.check == REGRESSION:
        step = lines.comparison.split.organisation
        then, now = (step.then, step.now) if step else ("", "")
        shown = lines.now if lines.comparison.split.under_new else lines.then
        return FAILURES["fell"].format(then=shown.stage_title(then), now=shown.stage_title(now)), ""
    return FAILURES[failure.check], FAILURES[f"{failure.check}-hint"]
