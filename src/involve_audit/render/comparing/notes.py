"""What a reader has to know about what was compared with what, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.language import listed
from involve_audit.model.names import distinct, look_alikes
from involve_audit.render.comparing.shown import ShownRound
from involve_audit.words.comparing import NOTES


def notes(then: ShownRound, now: ShownRound) -> Iterator[str]:
    """Each thing to note about two rounds, most important first."""
    yield from _pairing(then, now)
    for shown in (then, now):
        yield from about_round(shown)


def _pairing(then: ShownRound, now: ShownRound) -> Iterator[str]:
    one, other = then.read, now.read
    names = [one.subject.name, other.subject.name]
    if len(distinct(names)) > 1:
        yield NOTES["other_subject"].format(then=names[0], now=names[1])
        yield from filter(None, [look_alikes(names)])
    if other.date < one.date:
        yield NOTES["backwards"].format(then=then.day, now=now.day)
    if _fingerprints(then) == _fingerprints(now) != []:
        yield NOTES["same_answers"]
    if one.rubric.content.id != other.rubric.content.id and not set(one.lineage).isdisjoint(other.lineage):
        yield NOTES["tailored"].format(then=then.rubric, now=now.rubric)
    same_number = one.rubric.content.id == other.rubric.content.id and then.version == now.version
    if same_number and not one.shares_rubric_with(other):
        yield NOTES["same_number"].format(version=now.version)


def _fingerprints(shown: ShownRound) -> list[str]:
    """What the files of a round are known by, as far as they are told."""
    return sorted(view.sha256 for view in shown.read.audit.views if view.sha256)


def about_round(shown: ShownRound) -> Iterator[str]:
    """What is special about one round."""
    read = shown.read
    if missing := read.audit.unheard:
        yield NOTES["unheard"].format(date=shown.day, perspective=missing)
    if read.restated:
        said, found = shown.stage_title(read.restated), shown.floor
        yield NOTES["restated"].format(file=read.name, said=said, found=found)
    if read.score.is_recorded:
        version, other = shown.version, read.rubric.content.version
        yield NOTES["stand_in"].format(file=read.name, version=version, other=other)
    if read.not_shown:
        yield NOTES["not_shown"].format(file=read.name, list=listed(read.not_shown))
    if read.audit.fewer_than is not None:
        yield NOTES["published"].format(file=read.name)
