"""The stage then and now, and whose doing the change is, in words."""

from __future__ import annotations

from involve_audit.engine.comparing.comparison import Comparison
from involve_audit.engine.comparing.items import GONE, NEW
from involve_audit.engine.comparing.split import OTHER_RUBRIC, Reached, StageStep
from involve_audit.language import listed, number
from involve_audit.render.comparing.parts import SplitRow
from involve_audit.render.comparing.shown import ShownRound
from involve_audit.words.comparing import CHANGE_HEADLINES, COMPARING, REASONS, STEPS

_DIRECTIONS = {0: "same", 1: "up", -1: "down", None: "other_ladder"}


def direction_of(step: StageStep | None) -> str:
    """The name of a step's direction in the tables of words."""
    return _DIRECTIONS[step.direction if step else None]


class SplitWords:
    """The words for one `engine.comparing.split.Split`."""

    def __init__(self, then: ShownRound, now: ShownRound, comparison: Comparison) -> None:
        self.then = then
        self.now = now
        self.comparison = comparison
        self.parts = comparison.split

    @property
    def rubric_changed(self) -> bool:
        """Whether there are two versions to tell apart."""
        return self.parts.reason is None and self.parts.rubric_changed

    @property
    def headline(self) -> str:
        """The stage then and now. It names none where not enough is known, and says so where it cannot be compared."""
        if self.parts.reason is not None:
            return CHANGE_HEADLINES["not_comparable"].format(why=self._reason(self.parts.reason))
        little = [shown.day for shown in (self.then, self.now) if not shown.score.enough_known]
        if little:
            return CHANGE_HEADLINES["too_little"].format(days=listed(little))
        words = CHANGE_HEADLINES[direction_of(self.parts.whole)]
        return words.format(then=self.then.floor, now=self.now.floor)

    def _reason(self, reason: str) -> str:
        changes = self.comparison.counts
        return REASONS[reason].format(
            then=self.then.rubric, now=self.now.rubric, gone=number(changes[GONE]), new=number(changes[NEW])
        )

    @property
    def sentences(self) -> list[str]:
        """What belongs to the headline: what can still be compared, or whose doing the change is."""
        if self.parts.reason is not None:
            return [COMPARING["still"].format(what=listed(self._still()))]
        return self._steps() if self.rubric_changed else []

    def _still(self) -> list[str]:
        both = [] if self.parts.reason == OTHER_RUBRIC else [COMPARING["still_questions"]]
        return [*both, COMPARING["still_people"], COMPARING["still_actions"]]

    def _steps(self) -> list[str]:
        under_new = self.parts.under_new is not None
        version, other = (self.now.version, self.then.version) if under_new else (self.then.version, self.now.version)
        found = []
        if self.parts.organisation and self.parts.rubric:
            step = self._step(self.parts.organisation, under_new, under_new)
            found.append(COMPARING["by_organisation"].format(version=version, step=step))
            found.append(COMPARING["by_rubric"].format(step=self._step(self.parts.rubric, False, True)))
        if self.parts.under_new and self.parts.under_old:
            agrees = self.parts.under_new.direction == self.parts.under_old.direction
            step = self._step(self.parts.under_old, False, False)
            found.append(COMPARING["both_agree" if agrees else "other_way"].format(version=other, step=step))
        return found

    def _step(self, step: StageStep, from_new: bool, to_new: bool) -> str:
        """A step in words; the two flags say which version each of its stages is one of."""
        words = STEPS[direction_of(step)]
        return words.format(then=self._stage(step.then, from_new), now=self._stage(step.now, to_new))

    def _stage(self, stage: str, is_new: bool) -> str:
        return (self.now if is_new else self.then).stage_title(stage)

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
            SplitRow(
                self._answers(self.then),
                self._reached(parts.then_under_old, False),
                self._reached(parts.then_under_new, True),
            ),
            SplitRow(
                self._answers(self.now),
                self._reached(parts.now_under_old, False),
                self._reached(parts.now_under_new, True),
            ),
        ]

    @staticmethod
    def _answers(shown: ShownRound) -> str:
        return COMPARING["answers_of"].format(date=shown.day)

    def _reached(self, reached: Reached | None, is_new: bool) -> str:
        if reached is None:
            return COMPARING["cannot_be_scored"]
        low, high = self._stage(reached.lowest, is_new), self._stage(reached.highest, is_new)
        return low if reached.is_settled else COMPARING["not_settled"].format(low=low, high=high)
