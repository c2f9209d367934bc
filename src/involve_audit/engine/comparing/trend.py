"""A series of audits of one subject: where it stood each time, when each item moved, and what keeps coming back."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from involve_audit.engine.comparing.changes import ItemChange, moved_items
from involve_audit.engine.comparing.comparison import Split, split
from involve_audit.engine.comparing.correspondence import Correspondence, corresponding
from involve_audit.engine.comparing.course import AnswerRow, Spell, rows, since_first, spells
from involve_audit.engine.comparing.following import Followed, followed
from involve_audit.engine.comparing.round import Round
from involve_audit.engine.compiled import CompiledRubric
from involve_audit.engine.score import Score

ANTI_PATTERNS = ""
"""In place of a theme: the items that stand in none."""

CAME_BACK, HOLDS_BACK, ALWAYS_OPEN, ALWAYS_PLANNED, NEVER_DONE = (
    "came-back",
    "holds-back",
    "always-open",
    "always-planned",
    "never-done",
)
RECURRING = (CAME_BACK, HOLDS_BACK, NEVER_DONE, ALWAYS_PLANNED, ALWAYS_OPEN)
"""What can keep coming back, in the order in which it is told."""

_OFTEN = 2


class ThemeScore(NamedTuple):
    """How much of a theme is as good as it can be: so many items of so many that apply, halves and quarters added up.

    What is not known counts as the worst. Practices are left out: they are neither good nor bad.
    """

    value: float
    of: int


class Point(NamedTuple):
    """One audit of the series: its stage and range, how much is known, its themes, and which
    perspectives gave a known answer."""

    floor: str
    ceiling: str
    enough_known: bool
    known: int
    asked: int
    themes: Mapping[str, ThemeScore]
    heard: frozenset[str]


class DatedChange(NamedTuple):
    """A change of an item, and the place in the series of the audit that shows it."""

    at: int
    change: ItemChange


class History(NamedTuple):
    """All the changes of one item, by the id that it had last.

    `decides` says that a gate that keeps from the next stage now looks at it.
    """

    item: str
    moves: tuple[DatedChange, ...]
    decides: bool

    @property
    def weight(self) -> tuple[bool, int, int]:
        """What a reader is told first: what decides the next stage, then what changed most often, then latest."""
        return self.decides, len(self.moves), self.moves[-1].at


class Recurring(NamedTuple):
    """Something that keeps coming back, and the places of the audits that show it.

    `about` is the id of an item or of a gate, or the words of an action; `item` what the action is about, and `action`
    where it stands.
    """

    kind: str
    about: str
    at: tuple[int, ...]
    item: str | None = None
    action: Followed | None = None


class Trend(NamedTuple):
    """A whole series, the earliest audit first. `splits` are the steps from one audit to the next.

    `asked_for` are the perspectives that gates of the last rubric ask to have been heard. `since_first` says
    how the last stage stands to the first, None where they cannot be compared.
    """

    points: tuple[Point, ...]
    splits: tuple[Split, ...]
    histories: tuple[History, ...]
    recurring: tuple[Recurring, ...]
    spells: tuple[Spell, ...]
    since_first: str | None
    rows: tuple[AnswerRow, ...]
    asked_for: tuple[str, ...]


def trend(rounds: Sequence[Round]) -> Trend:
    """How a series went. `rounds` are in the order of time."""
    pairs = list(_pairs(rounds))
    moves = [moved_items(then.score, now.score, correspondence) for then, now, correspondence in pairs]
    scores = [taken.score for taken in rounds]
    histories = tuple(_histories(moves, _deciding(scores[-1])))
    splits = tuple(split(*pair) for pair in pairs)
    course = spells(scores, splits)
    return Trend(
        points=tuple(_point(score) for score in scores),
        splits=splits,
        histories=histories,
        recurring=tuple(_recurring(rounds, histories)),
        spells=course,
        since_first=since_first(course, scores, splits),
        rows=rows(scores, [correspondence for _then, _now, correspondence in pairs]),
        asked_for=_asked_for(scores[-1].rubric),
    )


def _asked_for(rubric: CompiledRubric) -> tuple[str, ...]:
    """The perspectives that a gate asks to have been heard, in the rubric's order."""
    asked = {gate.perspective for gates in rubric.gates for gate in gates}
    return tuple(name for place, name in enumerate(rubric.perspectives) if place in asked)


def _pairs(rounds: Sequence[Round]) -> Iterator[tuple[Round, Round, Correspondence]]:
    """Each round, the next, and how they correspond; what two rubrics have in common is worked out once."""
    known: dict[tuple[int, int], Correspondence] = {}
    for then, now in pairwise(rounds):
        rubrics = id(then.rubric), id(now.rubric)
        if rubrics not in known:
            known[rubrics] = corresponding(then, now)
        yield then, now, known[rubrics]


def _point(score: Score) -> Point:
    return Point(
        floor=score.floor,
        ceiling=score.ceiling,
        enough_known=score.enough_known,
        known=score.known,
        asked=score.asked,
        themes={theme: _theme_score(score, places) for theme, places in _themes(score).items()},
        heard=frozenset(score.heard),
    )


def _themes(score: Score) -> dict[str, list[int]]:
    """The places of the items of each theme, and of those that stand in none."""
    themes = {theme: [place for _stage, cell in row for place in cell] for theme, row in score.rubric.grid}
    placed = {place for places in themes.values() for place in places}
    return themes | {ANTI_PATTERNS: [place for place in range(len(score.rubric.items)) if place not in placed]}


def _theme_score(score: Score, places: Sequence[int]) -> ThemeScore:
    items, counts = score.rubric.items, score.counts_as
    judged = [place for place in places if items[place].is_achievement or items[place].lower_is_better]
    found = [(items[place].lower_is_better, value) for place in judged if (value := counts[place]) is not None]
    return ThemeScore(sum(1 - value if lower else value for lower, value in found), len(found))


def _deciding(score: Score) -> set[str]:
    """The items that the gates look at which keep from the next stage."""
    return {item for gate in score.gates if gate.id in score.held_back_by for item in gate.items}


def _histories(moves: Sequence[Sequence[ItemChange]], deciding: Container[str]) -> Iterator[History]:
    """Every item that moved, followed through its replacements. The one that moved first comes first."""
    histories: dict[str, list[DatedChange]] = {}
    for at, changes in enumerate(moves, 1):
        for change in changes:
            earlier = histories.pop(change.before, []) if change.before and change.before != change.after else []
            histories.setdefault(change.item, earlier).append(DatedChange(at, change))
    yield from (History(item, tuple(moved), item in deciding) for item, moved in histories.items())


def _recurring(rounds: Sequence[Round], histories: Sequence[History]) -> Iterator[Recurring]:
    scores = [taken.score for taken in rounds]
    for history in histories:
        if came_back := tuple(_falls_after_a_rise(history)):
            yield Recurring(CAME_BACK, history.item, came_back)
    for gate, at in _every_time([score.held_back_by for score in scores]):
        yield Recurring(HOLDS_BACK, gate, at)
    for found in followed(rounds):
        if not found.action.done and found.agreed < len(rounds) - 1:
            at = tuple(range(found.agreed, found.mentioned + 1))
            yield Recurring(NEVER_DONE, found.action.what, at, found.action.item, found)
    for kind, chosen in ((ALWAYS_PLANNED, _planned), (ALWAYS_OPEN, _not_known)):
        for item, at in _every_time([chosen(score) for score in scores]):
            yield Recurring(kind, item, at)


def _falls_after_a_rise(history: History) -> Iterator[int]:
    rose = False
    for moved in history.moves:
        if rose and moved.change.is_regression:
            yield moved.at
        rose = rose or moved.change.gains


def _every_time(each: Sequence[Sequence[str]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What is in the last audit and was in the one before, and in which it was without a gap."""
    backwards = [frozenset(names) for names in reversed(each)]
    for name in dict.fromkeys(each[-1]):
        back = next((place for place, names in enumerate(backwards) if name not in names), len(each))
        if back >= _OFTEN:
            yield name, tuple(range(len(each) - back, len(each)))


def _planned(score: Score) -> list[str]:
    return [item.id for place, item in enumerate(score.rubric.items) if score.is_planned(place)]


def _not_known(score: Score) -> list[str]:
    return [score.rubric.items[place].id for place in score.not_known]
