"""The stage then and now, and whose doing the change is, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.comparing.changes import GONE, NEW
from involve_audit.engine.comparing.comparison import OTHER_RUBRIC
from involve_audit.language import listed, number
from involve_audit.words.comparing import CHANGE_HEADLINES, COMPARING, REASONS, STEPS

if TYPE_CHECKING:
    from involve_audit.engine.comparing.comparison import Reached, Split, StageStep
    from involve_audit.render.comparing.rounds import ShownRound

_DIRECTIONS = {0: "same", 1: "up", -1: "down", None: "other_ladder"}


class SplitRow(NamedTuple):
    """Whose answers, and their stages under the earlier version and under the later."""

    answers: str
    old: str
    new: str


class SplitWords:
    """The words for the change of stage between two rounds."""

    def __init__(self, then: ShownRound, now: ShownRound, parts: Split) -> None:
        self.then = then
        self.now = now
        self.parts = parts

    @property
    def is_told_apart(self) -> bool:
        """Whether there are two versions, so that what each of them did can be told."""
        return self.parts.reason is None and self.parts.rubric_changed

    def headline(self, counts: Mapping[str, int]) -> str:
        """The stage then and now. It names none where not enough is known, and says so where it cannot be compared.

        `counts` are how many questions moved in which way.
        """
        if self.parts.reason is not None:
            numbers = {"gone": number(counts[GONE]), "new": number(counts[NEW])}
            why = REASONS[self.parts.reason].format(then=self.then.rubric, now=self.now.rubric, **numbers)
            return CHANGE_HEADLINES["not_comparable"].format(why=why)
        step = _DIRECTIONS[self.parts.whole.direction if self.parts.whole else None]
        step = step if self.parts.is_sure else "not_told"
        return too_little_known(self.then, self.now) or CHANGE_HEADLINES[step].format(
            then=self.then.stage, now=self.now.stage
        )

    @property
    def sentences(self) -> list[str]:
        """What belongs to the headline: what can still be compared, or whose doing the change is."""
        if self.parts.reason is not None:
            return [COMPARING["still"].format(what=listed(self._still()))]
        return list(self._steps()) if self.is_told_apart else []

    def _still(self) -> list[str]:
        both = [] if self.parts.reason == OTHER_RUBRIC else [COMPARING["still_questions"]]
        return [*both, COMPARING["still_people"], COMPARING["still_actions"]]

    def _steps(self) -> Iterator[str]:
        parts = self.parts
        if parts.organisation and parts.rubric:
            yield COMPARING["by_organisation"].format(version=self.under.version, step=self.own_step)
            yield COMPARING["by_rubric"].format(step=_step(parts.rubric, self.then, self.now))
        if parts.under_new and parts.under_old:
            agrees = parts.under_new.direction == parts.under_old.direction
            step = _step(parts.under_old, self.then, self.then)
            yield COMPARING["both_agree" if agrees else "other_way"].format(version=self.then.version, step=step)

    @property
    def under(self) -> ShownRound:
        """The round under whose version it is told what the organisation did."""
        return self.now if self.parts.under_new else self.then

    @property
    def own_step(self) -> str:
        """What the organisation did; empty where that cannot be told."""
        return _step(self.parts.organisation, self.under, self.under) if self.parts.organisation else ""

    @property
    def columns(self) -> tuple[str, str]:
        """What to call the stages under the earlier version and under the later."""
        old, new = (
            COMPARING["under_version"].format(version=version) for version in (self.then.version, self.now.version)
        )
        return old, new

    @property
    def rows(self) -> list[SplitRow]:
        """Each audit under each version."""
        parts = self.parts
        return [
            self._row(self.then, parts.then_under_old, parts.then_under_new),
            self._row(self.now, parts.now_under_old, parts.now_under_new),
        ]

    def _row(self, shown: ShownRound, old: Reached | None, new: Reached | None) -> SplitRow:
        answers = COMPARING["answers_of"].format(date=shown.day)
        return SplitRow(answers, _reached(old, self.then), _reached(new, self.now))


def too_little_known(*rounds: ShownRound) -> str:
    """That in some of these rounds not enough was known to compare their stages; empty where it was in all."""
    days = [shown.day for shown in rounds if not shown.score.enough_known]
    return CHANGE_HEADLINES["too_little"].format(days=listed(days)) if days else ""


def _step(step: StageStep, under: ShownRound, to_under: ShownRound) -> str:
    """A step in words; the rounds are those of whose version its two stages are."""
    then, now = under.stage_title(step.then), to_under.stage_title(step.now)
    return STEPS[_DIRECTIONS[step.direction]].format(then=then, now=now)


def _reached(reached: Reached | None, under: ShownRound) -> str:
    if reached is None:
        return COMPARING["cannot_be_scored"]
    low, high = under.stage_title(reached.lowest), under.stage_title(reached.highest)
    return low if reached.is_settled else COMPARING["not_settled"].format(low=low, high=high)
