"""What a migration does, in words."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.language import listed
from involve_audit.render.options import Options
from involve_audit.render.screen import Block, Paragraph, entry, heading, laid_out
from involve_audit.render.titles import Titles
from involve_audit.versions.carry import Carried
from involve_audit.versions.plan import ANSWER_GONE, ASK_AGAIN, DROPPED, FATES, KEPT, RENAMED, SEVERAL, AnswerFate
from involve_audit.words.versions import COUNTED_ANSWERS, MIGRATION


def told(carried: Carried, options: Options) -> str:
    """What happens to every answer, as text."""
    return laid_out(_blocks(carried), options.width, options.colour)


def _blocks(carried: Carried) -> Iterator[Block]:
    then, now = carried.tree.data["rubric"], carried.plan.rubric
    yield heading(MIGRATION["from_to"].format(file=carried.tree.file, then=then, now=now))
    for title, entries in _groups(carried):
        yield heading(title)
        yield from map(entry, entries)
    yield from map(Paragraph, _sentences(carried))


def _groups(carried: Carried) -> Iterator[tuple[str, list[str]]]:
    for fate in FATES:
        if moves := carried.plan.of_fate(fate):
            heading = COUNTED_ANSWERS.of("heading", len(moves), heading=MIGRATION[fate])
            yield heading, [_entry(move) for move in moves]
    if carried.plan.new and carried.earlier is not None:
        titles = Titles(carried.rubric)
        entries = [MIGRATION["entry_new"].format(item=item, title=titles.item(item)) for item in carried.plan.new]
        yield MIGRATION["new"], entries


_ENTRIES = {KEPT: "entry", RENAMED: "entry_renamed", DROPPED: "entry"}
_ENTRIES_ASKED_AGAIN = {SEVERAL: "entry_several", ANSWER_GONE: "entry_answer_gone"}


def _entry(move: AnswerFate) -> str:
    name = _ENTRIES_ASKED_AGAIN[move.why or SEVERAL] if move.fate == ASK_AGAIN else _ENTRIES[move.fate]
    answer = move.answer or MIGRATION["no_answer"]
    return MIGRATION[name].format(item=move.item, answer=answer, now=listed(move.now))


def _sentences(carried: Carried) -> Iterator[str]:
    if carried.plan.retired:
        yield MIGRATION["retired"]
    if carried.earlier is None and not carried.is_there_already:
        yield MIGRATION["without_earlier"].format(version=carried.tree.data["rubric"].partition("@")[2])
