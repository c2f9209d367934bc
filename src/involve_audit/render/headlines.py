"""The stage in one sentence: a range where a range is all that can be said (method.md, section 5)."""

from __future__ import annotations

from involve_audit.render.titles import Titles
from involve_audit.render.vocabulary import HEADLINES


def headline(titles: Titles, floor: str, ceiling: str, enough_known: bool) -> str:
    """The sentence for a floor and a ceiling, by their ids."""
    low, high = titles.stages[floor], titles.stages[ceiling]
    form = "settled" if floor == ceiling else "range"
    if not enough_known:
        form = "settled_little_known" if floor == ceiling else "little_known"
    return HEADLINES[form].format(floor=low, ceiling=high)
