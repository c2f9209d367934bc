"""What was agreed in one service or in many, in words: what every list of actions says (docs/actions.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.actions import NO_EFFECT, STANDINGS
from involve_audit.language import current, day, listed, number
from involve_audit.render.agreed import AgreedLine, agreed_lines, due_in_words, stands_in_words
from involve_audit.render.comparing.rounds import notes_on_unread
from involve_audit.render.options import Labels, Options, Page
from involve_audit.render.publishing import without_words
from involve_audit.render.titles import Titles
from involve_audit.words.comparing import NOTES
from involve_audit.words.reports import ACTIONS, COUNTED_ACTIONS, LEFT_OUT, PUBLISHING
from involve_audit.words.reports import STANDINGS as STATES

if TYPE_CHECKING:
    from datetime import date

    from involve_audit.engine.comparing.following import Followed
    from involve_audit.engine.comparing.round import Round
    from involve_audit.errors import Problem
    from involve_audit.model.rubric import Rubric

MOST_SHOWN = 1_000
"""How many actions of one state, and how many services, a page or a screen shows; a table has all."""


class OfService(NamedTuple):
    """One service: the id of its latest audit with its rubric, the days of all its audits in the order of time, and all
    that was agreed in them."""

    name: str
    audit: str
    rubric: Rubric
    days: tuple[date, ...]
    actions: tuple[Followed, ...]


class ListedAction(NamedTuple):
    """One action of the list: what is known of it, and the same in words."""

    service: OfService
    found: Followed
    line: AgreedLine


class StateOfActions(NamedTuple):
    """All actions that stand alike, as far as they are shown; `many` is how many there are."""

    name: str
    title: str
    lead: str
    many: str
    actions: list[ListedAction]
    more: str


class ServiceLine(NamedTuple):
    """How many actions of one service stand where, in the order of `STANDINGS`."""

    name: str
    audits: str
    latest: str
    counts: list[str]


def of_service(rounds: Sequence[Round], actions: Sequence[Followed], shared: bool) -> OfService:
    """What is shown of a service; made for sharing, without the words of its actions and without their owners."""
    latest = rounds[-1]
    shown = (found._replace(action=without_words(found.action)) if shared else found for found in actions)
    days = tuple(one.date for one in rounds)
    return OfService(latest.subject.name, latest.id, latest.rubric.content, days, tuple(shown))


@dataclass(frozen=True)
class ActionsPage(Page):
    """The words of one list of actions, part by part.

    Late is counted on `on`, or else on the day of each service's latest audit. `left_out` are audits that another
    stands for, and that other; `unread` is what could not be read. `shared` says that it was made for sharing.
    """

    found: Sequence[OfService]
    on: date | None
    shared: bool
    left_out: Sequence[tuple[str, str]]
    unread: Sequence[Problem]
    options: Options

    stem = "actions"

    @cached_property
    def labels(self) -> Labels:
        """The words around the parts, for templates."""
        return Labels(**ACTIONS)

    @property
    def language(self) -> str:
        """The language of the page: that of its rubrics, or of the interface where they have several."""
        languages = {service.rubric.language for service in self.found}
        return languages.pop() if len(languages) == 1 else current().tag

    @property
    def title(self) -> str:
        only = self.found[0].name if len(self.found) == 1 else COUNTED_ACTIONS.of("services", len(self.found))
        return ACTIONS["title"].format(name=only)

    @cached_property
    def summary(self) -> str:
        """How many actions there are in how many services, and how many of them stand where."""
        count = COUNTED_ACTIONS.of("in_all", len(self.actions))
        many = {state.name.replace("-", "_"): state.many for state in self.states}
        services = COUNTED_ACTIONS.of("services", len(self.found))
        return ACTIONS["summary"].format(count=count, services=services, **many)

    @property
    def counted_on(self) -> str:
        """The day of which it is said what is late."""
        return ACTIONS["on_day"].format(day=day(self.on)) if self.on else ACTIONS["on_latest"]

    @cached_property
    def notes(self) -> list[str]:
        """What a reader has to know about what the list is made of."""
        shared = PUBLISHING["left_out"].format(what=listed([LEFT_OUT["actions"], LEFT_OUT["owners"]]))
        twice = [NOTES["twice"].format(file=file, other=other) for file, other in self.left_out]
        return [
            *([shared] if self.shared else []),
            *notes_on_unread(self.unread, sum(len(service.days) for service in self.found)),
            *twice,
        ]

    @cached_property
    def actions(self) -> list[ListedAction]:
        """Every action: first what is late, then what is open, by when it is due; what is done comes last."""
        return sorted(self._listed(), key=lambda listed: listed.found.standing.order)

    def _listed(self) -> Iterator[ListedAction]:
        titles: dict[int, Titles] = {}  # of each rubric once: many services have the same
        for service in self.found:
            known = titles.setdefault(id(service.rubric), titles.get(id(service.rubric)) or Titles(service.rubric))
            for found in service.actions:
                on, is_forgotten = self.on or service.days[-1], found.mentioned < len(service.days) - 1
                (line,) = agreed_lines(known, [(found.action, found.standing)], on)
                stands = stands_in_words(found.standing, on, is_forgotten)
                due = due_in_words(found.latest_due, found.due, found.due_moved)
                yield ListedAction(service, found, line._replace(due=due, stands=stands))

    @cached_property
    def states(self) -> list[StateOfActions]:
        """Where actions can stand, each with all that stand there."""
        of_state: dict[str, list[ListedAction]] = {name: [] for name in STANDINGS}
        for action in self.actions:
            of_state[action.line.state].append(action)
        return [
            StateOfActions(
                name=name,
                title=STATES[name],
                lead=ACTIONS["no_effect_lead"] if name == NO_EFFECT else "",
                many=number(len(actions)),
                actions=actions[:MOST_SHOWN],
                more=_more(len(actions)),
            )
            for name, actions in of_state.items()
        ]

    @cached_property
    def services(self) -> list[ServiceLine]:
        """Each service; none where there is only one."""
        return [_of_service(service) for service in self.found[:MOST_SHOWN]] if len(self.found) > 1 else []

    @property
    def more_services(self) -> str:
        """That not all services are shown; empty where they are."""
        return _more(len(self.found))

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Label and value of what wrote this."""
        return [self.written_by, *self.written_when]


def _of_service(service: OfService) -> ServiceLine:
    counts = Counter(each.standing.state for each in service.actions)
    states = [number(counts[name]) for name in STANDINGS]
    return ServiceLine(service.name, number(len(service.days)), day(service.days[-1]), states)


def _more(count: int) -> str:
    return ACTIONS["more"].format(shown=number(MOST_SHOWN), count=number(count)) if count > MOST_SHOWN else ""
