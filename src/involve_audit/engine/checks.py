"""What a run may be asked to fail on, audit by audit (docs/batch.md, "Gates")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from involve_audit.engine.comparing.kept import Since
    from involve_audit.engine.score import Score

FAIL_UNDER = "fail-under"
UNKNOWN, UNHEARD, ANTI_PATTERN = "unknown", "unheard", "anti-pattern"
UNEVIDENCED, NOT_ENOUGH_KNOWN, REGRESSION = "unevidenced", "not-enough-known", "regression"
MISSING = "missing"

FAIL_ON = (UNKNOWN, UNHEARD, ANTI_PATTERN, UNEVIDENCED, NOT_ENOUGH_KNOWN, REGRESSION)
"""What `--fail-on` may name where audits are assessed."""
FAIL_ON_OF_MANY = (*FAIL_ON, MISSING)
"""The same where many are: also that a service that is expected to has not answered."""
FAIL_ON_CHANGE = (REGRESSION, UNHEARD, "not-comparable")
"""What it may name where two audits are compared."""


class Checks(NamedTuple):
    """What was asked for: the least stage, None for any, and the names of what must not be."""

    fail_under: str | None = None
    fail_on: tuple[str, ...] = ()

    def asked_for(self) -> list[tuple[str, str]]:
        """Each check as it stands on the command line, and its name."""
        stage = [(f"--{FAIL_UNDER} {self.fail_under}", FAIL_UNDER)] if self.fail_under is not None else []
        return [*stage, *((f"--fail-on {name}", name) for name in self.fail_on)]


class Concern(NamedTuple):
    """Something that holds for an audit and that a run may be asked to fail on. `items` are the items it is about."""

    check: str
    items: tuple[str, ...] = ()


def stage_concern(score: Score, wanted: str) -> Concern | None:
    """A concern where the stage is lower than `wanted`, or where not enough is known to name one."""
    stages = score.rubric.stages
    reached = wanted in stages and score.standing.floor >= stages.index(wanted)
    return None if reached and score.enough_known else Concern(FAIL_UNDER)


def concerns(score: Score, since: Since | None = None) -> Iterator[Concern]:
    """Everything that `--fail-on` knows and that holds for this audit. Nothing has to be asked for."""
    for name, about in _ABOUT_ITEMS.items():
        if places := about(score):
            yield Concern(name, tuple(score.rubric.items[place].id for place in places))
    if _first_voice_is_missing(score):
        yield Concern(UNHEARD)
    if not score.enough_known:
        yield Concern(NOT_ENOUGH_KNOWN)
    if since is not None and (since.fell or since.lost):
        yield Concern(REGRESSION, tuple(moved.item for moved in since.lost))


def _first_voice_is_missing(score: Score) -> bool:
    """Whether no view that includes the rubric's first perspective gave a known answer to anything."""
    first = score.rubric.perspectives[:1]
    return bool(first) and first[0] not in score.heard


_ABOUT_ITEMS: dict[str, Callable[[Score], Sequence[int]]] = {
    UNKNOWN: lambda score: score.not_known,
    ANTI_PATTERN: lambda score: score.anti_patterns,
    UNEVIDENCED: lambda score: score.unevidenced,
}
