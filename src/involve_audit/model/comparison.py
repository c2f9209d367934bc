"""What a comparison holds as data: a diff of two audits, and the trend of a series (formats.md, "Diff and trend")."""

from typing import Annotated, Literal

from involve_audit.model.base import IDS_AS_KEYS, Day, Due, Id, Text, Version
from involve_audit.model.record import Document, Rounded, Side, StageOf
from involve_audit.model.strict import Key, Limits, Part, Read
from involve_audit.model.view import Subject

DIFF_FORMAT = "involve-audit/diff@1"
TREND_FORMAT = "involve-audit/trend@1"

_DIRECTIONS = {1: "up", 0: "none", -1: "down"}
Direction = Annotated[Literal["up", "down", "none"], Read(lambda direction: _DIRECTIONS.get(direction, direction))]
Class = Annotated[str, Key("class")]


class RubricNamed(Part):
    """The rubric that an audit was made with."""

    id: Id
    version: Version
    sha256: str


class PeopleFound(Part):
    """How many people: at least and at most. They differ where a record does not tell small numbers."""

    at_least: Annotated[int, Limits(ge=0)]
    at_most: Annotated[int, Limits(ge=0)]


class AuditCompared(Part):
    """One audit of a comparison. `rubric_at_hand` is false where only its record could be used."""

    file: str
    audit: str
    subject: Subject
    date: Day
    rubric: RubricNamed
    rubric_at_hand: bool
    stage: StageOf
    respondents: Annotated[dict[str, PeopleFound], IDS_AS_KEYS]


class StepFound(Part):
    """From one stage to another; the direction is null where the two do not stand on one ladder."""

    then: Id
    now: Id
    direction: Direction | None


class ReachedFound(Part):
    """The stage of one audit under one version; the two differ where it depends on what was not asked in this form."""

    lowest: Id
    highest: Id


class SplitFound(Part):
    """What the organisation did and what the rubric did. Null where it cannot be told.

    `then_under_old` is the earlier audit under the earlier version of the rubric, and so on. `organisation` was taken
    under the version that `organisation_under` names.
    """

    then_under_old: ReachedFound
    then_under_new: ReachedFound | None
    now_under_old: ReachedFound | None
    now_under_new: ReachedFound
    organisation: StepFound | None
    organisation_under: Version | None
    rubric: StepFound | None


class AnswerFound(Part):
    """An item in one round: its id there, its answer, who decided (null: nobody, or documents), and evidence."""

    id: Id
    answer: Id
    decided_by: Id | None
    evidenced: bool


class ItemCompared(Part):
    """One item: its class, its cause (null where nothing moved), and by how much it counts for more at the floor."""

    id: Id
    theme: Id | None
    kind: Class
    cause: str | None
    gain: Rounded
    then: AnswerFound | None
    now: AnswerFound | None


class GateMeasured(Part):
    """A gate in one round."""

    figure: Annotated[Rounded | None, Key("value")]
    side: Side
    threshold: Rounded
    holds: bool


class GateCompared(Part):
    """One gate; null in a round whose rubric does not have it."""

    id: Id
    stage: Id
    kind: Class
    then: GateMeasured | None
    now: GateMeasured | None


class FlatteringFound(Part):
    """One thing that flatters, and what it is about. `stage_otherwise` is null where the stage does not rest on it."""

    kind: str
    items: tuple[Id, ...]
    gates: tuple[Id, ...]
    actions: tuple[Text, ...]
    stage_otherwise: Id | None


class PeopleCompared(Part):
    """A perspective whose number differs much; null in a round that it took no part in."""

    perspective: Id
    kind: Class
    then: PeopleFound | None
    now: PeopleFound | None


class ActionCompared(Part):
    """One action, its state in the later audit, and by how many days it was overdue on the day of that audit."""

    item: Text | None
    what: Text
    owner: Text | None
    due: Due | None
    due_now: Due | None
    state: str
    overdue_days: int
    moved: str | None


class Diff(Document):
    """Two audits of one subject, compared."""

    format: Literal["involve-audit/diff@1"]
    before: AuditCompared
    after: AuditCompared
    comparable: bool
    not_comparable_because: str | None
    stage: StepFound | None
    split: SplitFound | None
    counts: dict[str, int]
    items: tuple[ItemCompared, ...]
    gates: tuple[GateCompared, ...]
    flattering: tuple[FlatteringFound, ...]
    people: tuple[PeopleCompared, ...]
    actions: tuple[ActionCompared, ...]
    notes: tuple[str, ...]


class ThemeScored(Part):
    """One theme in one audit; the id is null for the items that stand in no theme."""

    id: Id | None
    value: Rounded
    of: int


class AuditInSeries(AuditCompared):
    """One audit of a series; for each theme how many of its items are as good as they can be, and of how many.

    `answers` are those that count, by item; an item that this audit did not ask is not in it.
    """

    answers: Annotated[dict[str, Id], IDS_AS_KEYS]
    themes: tuple[ThemeScored, ...]
    step: StepFound | None
    split: SplitFound | None
    not_comparable_because: str | None


class Move(Part):
    """A change of an item, shown by the audit at this place of the series (the first is 0)."""

    at: int
    kind: Class
    cause: str | None
    then: Id | None
    now: Id | None


class HistoryFound(Part):
    """All the changes of one item."""

    item: Id
    moves: tuple[Move, ...]


class RecurringFound(Part):
    """What keeps coming back: an item, a gate or an action, and the places of the audits that show it."""

    kind: str
    about: Text
    item: Text | None
    at: tuple[int, ...]


class TrendFound(Document):
    """A series of audits of one subject, the earliest first."""

    format: Literal["involve-audit/trend@1"]
    subject: Subject
    audits: tuple[AuditInSeries, ...]
    histories: tuple[HistoryFound, ...]
    recurring: tuple[RecurringFound, ...]
    notes: tuple[str, ...]
