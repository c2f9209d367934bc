"""A series of audits in words: what every trend says, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.comparing.changes import ANSWER
from involve_audit.engine.comparing.comparison import ITEMS
from involve_audit.engine.comparing.trend import ANTI_PATTERNS, CAME_BACK, HOLDS_BACK
from involve_audit.language import first_of, in_short, listed, number
from involve_audit.render.agreed import stands_in_words
from involve_audit.render.comparing.chart import HEARD, MARKS, NOT_KNOWN, UNHEARD, Plotted, chart_of, small_chart
from involve_audit.render.comparing.course_words import CourseWords
from involve_audit.render.comparing.matrix import Matrix, in_sheets, without_room
from involve_audit.render.comparing.rounds import (
    moved,
    notes_on_each,
    notes_on_subjects,
    notes_on_unread,
    people_in_words,
    rubrics_used,
    shown_rounds,
    what_was_taken,
)
from involve_audit.render.comparing.split_words import SplitWords
from involve_audit.render.options import Labels, Options, Page
from involve_audit.words.comparing import (
    CAUSE_NAMES,
    CLASSES,
    COUNTED_CHANGES,
    COUNTED_COURSE,
    COURSE,
    MATRIX,
    NOTES,
    REASONS,
    RECURRING,
    TREND,
)
from involve_audit.words.reports import WORDS

if TYPE_CHECKING:
    from involve_audit.engine.comparing.round import Round
    from involve_audit.engine.comparing.trend import DatedChange, History, Recurring, ThemeScore, Trend
    from involve_audit.errors import Problem
    from involve_audit.model.rubric import Rubric
    from involve_audit.render.comparing.chart import Chart, SmallChart
    from involve_audit.render.comparing.matrix import LostLine
    from involve_audit.render.comparing.rounds import ShownRound


MOST_TOLD, MOST_JUMPS = 50, 12
"""So many questions, or entries of one kind, are told in full, and of each question so many changes, the latest."""


class AuditLine(NamedTuple):
    """One audit of the series, on one line. `people` says of each of `TrendPage.who` how many of them answered."""

    day: str
    stage: str
    known: str
    people: list[str]
    version: str


class ThemeLine(NamedTuple):
    """One theme over time: its score in each audit in words, and its chart."""

    title: str
    scores: list[str]
    chart: SmallChart


class ScoreSheet(NamedTuple):
    """So many rounds as stand side by side, and each theme with its score in each of them."""

    caption: str
    rounds: list[str]
    themes: list[tuple[str, list[str]]]


class HistoryLine(NamedTuple):
    """One question, and each of its changes."""

    title: str
    jumps: list[str]


class RecurringLine(NamedTuple):
    """One way of coming back, and all that came back in this way."""

    title: str
    every: list[str]

    @property
    def entries(self) -> list[str]:
        """The same or, of very many, the first and how many more there are."""
        return first_of(self.every, MOST_TOLD)


@dataclass(frozen=True)
class TrendPage(Page):
    """The words of one series, part by part. `rounds` are in the order of time.

    `left_out` are audits that another stands for, and that other; `unread` is what could not be read, and why.
    """

    rounds: Sequence[Round]
    trend: Trend
    left_out: Sequence[tuple[str, str]]
    unread: Sequence[Problem]
    options: Options

    stem = "trend"

    @cached_property
    def labels(self) -> Labels:
        """The words around the parts, for templates."""
        return Labels(**self._rubric.words.put_into(TREND), matrix=Labels(**MATRIX))

    @property
    def language(self) -> str:
        """The language that most of the page is in: the latest rubric's."""
        return self._rubric.language

    # First of all

    @property
    def title(self) -> str:
        return TREND["title"].format(name=self.rounds[-1].subject.name)

    @property
    def span(self) -> str:
        count, then, now = COUNTED_CHANGES.of("audits", len(self.rounds)), self._shown[0].day, self._shown[-1].day
        return TREND["span" if then != now else "span_of_a_day"].format(count=count, then=then, now=now)

    @property
    def headline(self) -> str:
        """How the stage went, as a finding."""
        return self._course.headline

    @property
    def more(self) -> list[str]:
        """What belongs to the headline: who answered, what was gained and lost, that the rubric had a part in it."""
        with_rubric = [TREND["with_rubric"]] if self.has_versions else []
        return [*self._who_answered(), *self._gained_and_lost(), *with_rubric]

    def _who_answered(self) -> Iterator[str]:
        """How often those answered who have to be heard."""
        of = len(self.trend.points)
        for name in self.trend.asked_for:
            times = sum(name in point.heard for point in self.trend.points)
            who = self._shown[-1].perspective(name)
            if times in (0, of):
                yield COURSE["always_answered" if times else "never_answered"].format(who=who)
            else:
                yield COUNTED_COURSE.of("sometimes_answered", times, who=who, of=number(of))

    def _gained_and_lost(self) -> Iterator[str]:
        counts = {"gained": sum(row.is_gained for row in self.trend.rows), "lost": self._lost}
        yield from (COUNTED_COURSE.of(name, count) for name, count in counts.items() if count)

    @cached_property
    def notes(self) -> list[str]:
        """What a reader has to know about what the series is made of."""
        twice = [NOTES["twice"].format(file=file, other=other) for file, other in self.left_out]
        unread = notes_on_unread(self.unread, len(self.rounds))
        return [*unread, *notes_on_subjects(self._shown), *twice, *notes_on_each(self._shown)]

    @property
    def taken(self) -> str:
        """How many audits it is made of, and how many files and folders were left out."""
        return what_was_taken(self.unread, len(self.rounds))

    @cached_property
    def audits(self) -> list[AuditLine]:
        """Each audit, the earliest first."""
        return [self._audit(shown) for shown in self._shown]

    def _audit(self, shown: ShownRound) -> AuditLine:
        score = shown.score
        return AuditLine(
            day=shown.day,
            stage=shown.stage_in_words,
            known=TREND["theme_score"].format(got=number(score.known), of=number(score.asked)),
            people=[people_in_words(shown.read.people.get(name)) for name in self._who],
            version=shown.version,
        )

    @property
    def who(self) -> list[str]:
        """Everybody who answered in any of the audits."""
        return [self._perspective(name) for name in self._who]

    @cached_property
    def _who(self) -> list[str]:
        """The same by their ids, in the order of the latest rubric."""
        there = dict.fromkeys(name for read in self.rounds for name in read.people)
        return sorted(there, key=[*self._shown[-1].titles.perspectives, *there].index)

    def _perspective(self, name: str) -> str:
        """The title of a perspective in the latest rubric that has it."""
        titles = (shown.titles.perspectives.get(name) for shown in reversed(self._shown))
        return next(filter(None, titles), name)

    @property
    def labels_of_rounds(self) -> list[str]:
        """What to call each audit in little room: its year where no other is of the same, or else its day."""
        return self._course.labels

    @cached_property
    def chart(self) -> Chart:
        """The stage over time."""
        changed = (False, *(parts.rubric_changed for parts in self.trend.splits))
        plotted = [
            Plotted(
                shown.read.date,
                label,
                self._place(shown.score.floor),
                self._place(shown.score.ceiling),
                self._mark(shown),
                rubric_changed,
            )
            for shown, label, rubric_changed in zip(self._shown, self.labels_of_rounds, changed, strict=True)
        ]
        return chart_of(plotted, [stage.short for stage in self._rubric.stages])

    def _mark(self, shown: ShownRound) -> str:
        """What a mark on the chart has to say of an audit."""
        if not shown.score.enough_known:
            return NOT_KNOWN
        asked_for = self.trend.asked_for
        return UNHEARD if asked_for and not any(name in shown.score.heard for name in asked_for) else HEARD

    @property
    def chart_legend(self) -> list[tuple[str, str]]:
        """What each sort of mark on the chart says, as far as it is there."""
        chart = self.chart
        there = [kind for kind in MARKS if kind in [mark.kind for mark in chart.marks]]
        there += ["range"] if any(mark.top < mark.y for mark in chart.marks) else []
        there += ["version"] if chart.versions else []
        who = listed(map(self._shown[-1].perspective, self.trend.asked_for))
        return [(kind, MATRIX[f"mark_{kind}"].format(who=who)) for kind in there]

    @property
    def chart_in_words(self) -> str:
        """What the chart shows."""
        return "; ".join(TREND["chart_desc"].format(day=line.day, stage=line.stage) for line in self.audits)

    @property
    def has_versions(self) -> bool:
        """Whether the rubric changed on the way."""
        return any(parts.rubric_changed for parts in self.trend.splits)

    # All of it

    @cached_property
    def matrix(self) -> Matrix:
        """Every answer of every round."""
        return Matrix(self._shown, self.trend, self.labels_of_rounds)

    @property
    def lost(self) -> list[LostLine]:
        """What was as it should be once, and is not now; of very much the latest."""
        return self.matrix.lost

    @property
    def lost_left_out(self) -> str:
        """What is not among these; empty where all is."""
        return _counted("more_lost", self._lost - len(self.lost))

    @property
    def _lost(self) -> int:
        return sum(row.lost_after is not None for row in self.trend.rows)

    @property
    def scores_left_out(self) -> str:
        """What is not in the tables of scores; empty where all is."""
        return _counted("not_shown", self.scores_not_shown)

    @property
    def scores_not_shown(self) -> int:
        """How many audits, the first ones, are not in these tables."""
        return without_room(len(self.rounds), len(self.themes))

    @property
    def score_sheets(self) -> list[ScoreSheet]:
        """The scores of all themes, so many rounds side by side as a sheet of paper holds."""
        first = self.scores_not_shown
        names = self.labels_of_rounds[first:]
        return [
            ScoreSheet(
                MATRIX["scores_caption"].format(first=names[part][0], last=names[part][-1]),
                names[part],
                [(theme.title, theme.scores[first:][part]) for theme in self.themes],
            )
            for part in in_sheets(len(names))
        ]

    @cached_property
    def themes(self) -> list[ThemeLine]:
        """Each theme over time, in the order of the latest rubric."""
        names = dict.fromkeys(name for point in reversed(self.trend.points) for name in point.themes)
        days = [read.date for read in self.rounds]
        lines = []
        for name in names:
            scores = [point.themes.get(name) for point in self.trend.points]
            shares = [score.value / score.of if score and score.of else None for score in scores]
            if any(share is not None for share in shares):
                words = [self._score(score) for score in scores]
                lines.append(ThemeLine(self._theme(name), words, small_chart(days, shares)))
        return lines

    @staticmethod
    def _score(score: ThemeScore | None) -> str:
        if score is None or not score.of:
            return TREND["nothing_applies"]
        return TREND["theme_score"].format(got=number(score.value), of=number(score.of))

    def _theme(self, name: str) -> str:
        if name == ANTI_PATTERNS:
            return str(self.labels.anti_patterns_free)
        return next(shown.titles.themes[name] for shown in reversed(self._shown) if name in shown.titles.themes)

    @cached_property
    def histories(self) -> list[HistoryLine]:
        """Each question that changed, in the order of the latest rubric; of very many those of most weight."""
        order = {item.id: place for place, item in enumerate(self._rubric.items)}
        told = nlargest(MOST_TOLD, self.trend.histories, key=lambda history: history.weight)
        return [
            HistoryLine(self._item(history.item), list(self._jumps(history)))
            for history in sorted(told, key=lambda history: order.get(history.item, len(order)))
        ]

    @property
    def histories_left_out(self) -> str:
        """How many more changed; empty where all are there."""
        return _counted("more_changed", len(self.trend.histories) - len(self.histories))

    def _jumps(self, history: History) -> Iterator[str]:
        if earlier := len(history.moves[:-MOST_JUMPS]):
            yield COUNTED_COURSE.of("earlier", earlier)
        yield from map(self._jump, history.moves[-MOST_JUMPS:])

    def _item(self, item: str) -> str:
        """The title of an item in the latest rubric that asks it."""
        return next(
            (shown.titles.numbered(item) for shown in reversed(self._shown) if item in shown.titles.items), item
        )

    def _jump(self, dated: DatedChange) -> str:
        before, after, change = self._shown[dated.at - 1], self._shown[dated.at], dated.change
        then = before.titles.given(change.before or "", change.then.answer) if change.then else None
        now = after.titles.given(change.after or "", change.now.answer) if change.now else None
        kind, cause = CLASSES[change.kind], CAUSE_NAMES[change.cause or ANSWER]
        return TREND["jump"].format(day=after.short_day, move=moved(then, now), kind=kind, cause=cause)

    @cached_property
    def recurring(self) -> list[RecurringLine]:
        """What keeps coming back."""
        entries: dict[str, list[str]] = {kind: [] for kind in RECURRING}
        for recurring in self.trend.recurring:
            entries[recurring.kind].append(self._recurring(recurring))
        return [RecurringLine(RECURRING[kind], words) for kind, words in entries.items() if words]

    def _recurring(self, recurring: Recurring) -> str:
        if recurring.kind == CAME_BACK:
            days = in_short(self._shown[place].short_day for place in recurring.at)
            return TREND["came_back"].format(what=self._item(recurring.about), days=days)
        if found := recurring.action:
            stands = stands_in_words(found.standing, self.rounds[-1].date, found.mentioned < len(self.rounds) - 1)
            agreed = self._shown[found.agreed].short_day
            return TREND["still_to_do"].format(what=found.action.what, day=agreed, stands=stands)
        return TREND["each_of"].format(what=self._about(recurring), count=number(len(recurring.at)))

    def _about(self, recurring: Recurring) -> str:
        about = recurring.about
        if recurring.kind == HOLDS_BACK:
            gates = self._shown[-1].titles.gates
            return gates[about].because if about in gates else about
        return self._item(about)

    @cached_property
    def rubric_changes(self) -> list[str]:
        """Where the rubric changed, and whose doing the change of stage is, one sentence each."""
        return list(self._rubric_changes())

    def _rubric_changes(self) -> Iterator[str]:
        for place, parts in enumerate(self.trend.splits, 1):
            before, after = self._shown[place - 1], self._shown[place]
            split = SplitWords(before, after, parts)
            if not parts.rubric_changed:
                continue
            if parts.reason is not None:
                words = TREND["too_different"] if parts.reason == ITEMS else REASONS[parts.reason]
                why = words.format(then=before.rubric, now=after.rubric)
                yield TREND["changed_not_comparable"].format(day=after.day, version=after.version, why=why)
            elif own := split.own_step:
                under = split.under.version
                yield TREND["changed_by_rubric"].format(day=after.day, version=after.version, under=under, own=own)

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Label and value of what this was made from."""
        lines = [(f"{shown.short_day}, {shown.read.id}", shown.read.name) for shown in self._shown]
        rubrics: dict[str, list[str]] = {}
        for shown, exactly in zip(self._shown, rubrics_used(self._shown), strict=True):
            used = rubrics.setdefault(f"{WORDS['rubric']} {shown.version}", [])
            used += [exactly] if exactly not in used else []
        lines += [(label, "; ".join(used)) for label, used in rubrics.items()]
        return [*lines, self.written_by, *self.written_when]

    # What the parts above are made of

    @property
    def _rubric(self) -> Rubric:
        return self.rounds[-1].rubric.content

    def _place(self, stage: str) -> int | None:
        """Where a stage stands on the latest ladder."""
        ladder = list(self._shown[-1].titles.stages)
        return ladder.index(stage) if stage in ladder else None

    @cached_property
    def _course(self) -> CourseWords:
        return CourseWords(self._shown, self.trend)

    @cached_property
    def _shown(self) -> list[ShownRound]:
        return shown_rounds(self.rounds)


def _counted(name: str, left_out: int) -> str:
    """How many are left out; empty where none is."""
    return COUNTED_COURSE.of(name, left_out) if left_out else ""
