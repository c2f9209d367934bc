"""What a migration does, in words."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.language import Counted, Words, listed, number
from involve_audit.render.options import Options
from involve_audit.render.screen import Paper
from involve_audit.render.titles import Titles
from involve_audit.versions.carry import Carried
from involve_audit.versions.plan import ANSWER_GONE, ASK_AGAIN, DROPPED, FATES, KEPT, RENAMED, SEVERAL, AnswerFate

MIGRATION = Words(
    {
        "from_to": "{file}: from {then} to {now}",
        "there_already": "{file}: this file names version {version} already. There is nothing to do.",
        "kept": "Kept",
        "renamed": "Renamed",
        "ask-again": "To be asked again",
        "dropped": "Not asked any more",
        "new": "Asked for the first time",
        "entry_kept": "{item}: {answer}",
        "entry_renamed": "{item} is now {now}: {answer}",
        "entry_several": "{item}: {answer}. It is asked in another form now: {now}",
        "entry_answer_gone": "{now}: the answer `{answer}` is not there any more",
        "entry_dropped": "{item}: {answer}",
        "entry_new": "{item}: {title}",
        "no_answer": "no answer",
        "retired": "Nothing is lost: what is to be asked again or is not asked any more goes into the section "
        "`retired` of the file, with its notes, evidence and comments.",
        "without_earlier": "Version {version} is not here, so that it is not known which questions are new. "
        "Name its file too, with -r, to see that.",
        "not_written": "Nothing was written. To do it: {command}",
    }
)
COUNTS = Counted({"heading": ("{heading}: {count} answer", "{heading}: {count} answers")})


def told(carried: Carried, options: Options) -> str:
    """What happens to every answer, as text."""
    paper = Paper(options)
    then, now = carried.tree.data["rubric"], carried.plan.rubric
    lines = paper.wrapped(MIGRATION["from_to"].format(file=carried.tree.file, then=then, now=now), "bold", None)
    for heading, entries in _groups(carried):
        lines += [*paper.wrapped(heading, "bold", None)]
        lines += [line for entry in entries for line in paper.entry(entry, None)]
    for sentence in _sentences(carried):
        lines += paper.wrapped(sentence, most=None)
    return paper.text(lines)


def _groups(carried: Carried) -> Iterator[tuple[str, list[str]]]:
    for fate in FATES:
        if moves := carried.plan.of_fate(fate):
            heading = COUNTS.form("heading", len(moves)).format(heading=MIGRATION[fate], count=number(len(moves)))
            yield heading, [_entry(move) for move in moves]
    if carried.plan.new and carried.earlier is not None:
        titles = Titles(carried.rubric)
        entries = [MIGRATION["entry_new"].format(item=item, title=titles.item(item)) for item in carried.plan.new]
        yield MIGRATION["new"], entries


_ENTRIES = {KEPT: "entry_kept", RENAMED: "entry_renamed", DROPPED: "entry_dropped"}
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
