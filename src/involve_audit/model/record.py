"""What a record holds: everything a report says, as data (formats.md, "Record")."""

from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import Annotated, Any, Literal, TypeVar

from involve_audit import __version__
from involve_audit.escaping import json_text
from involve_audit.model.base import IDS_AS_KEYS, Count, Day, Id, Moment, Text, Version
from involve_audit.model.reference import Reference
from involve_audit.model.rubric import Rubric
from involve_audit.model.strict import FirstIsEnough, Key, Limits, Part, Then
from involve_audit.model.view import UNANSWERED, Action, Evidence, Subject

FORMAT = "involve-audit/record@1"


MOST_VIEWS = 1_000
"""How many views a record may have: each of them can answer each question."""
Side = Literal["at_least", "at_most"]
Whole = Annotated[int, Limits(ge=0, lt=1_000_000)]
Bound = Annotated[int, Limits(ge=2, lt=1_000_000)]
"""Below this a number of people is not told: at least one, and fewer than this."""
Number = float
Rounded = Annotated[Number, Then(lambda number: round(number, 9))]
"""A number as every machine works it out."""
Entry = TypeVar("Entry")
Several = Annotated[tuple[Entry, ...], FirstIsEnough()]
"""Entries that a program wrote: once one is wrong, the others are not looked at."""


class Tool(Part):
    """The program that wrote the record."""

    version: str

    @classmethod
    def this(cls) -> "Tool":
        """The program as it runs."""
        return cls(version=__version__)


class Document(Part):
    """A whole file that the program writes: by which version, and when."""

    format: str
    tool: Tool
    written: Moment | None = None

    def as_json(self) -> str:
        """The file: the same input gives the same bytes."""
        return json_text(document_text(self.as_tree(whole=True))) + "\n"


def document_text(value: Any, margin: str = "\n") -> str:
    """A tree as JSON, whose lines begin with this margin; a number in as few signs as it takes."""
    if isinstance(value, str):
        return encode_basestring(value)
    inner = f"{margin}  "
    if isinstance(value, dict):
        entries, (begin, end) = [f"{encode_basestring(key)}: {document_text(value[key], inner)}" for key in value], "{}"
    elif isinstance(value, list):
        entries, (begin, end) = [document_text(entry, inner) for entry in value], "[]"
    elif isinstance(value, float):
        return _number(value)
    else:
        return "null" if value is None else str(value).lower()
    return f"{begin}{inner}{f',{inner}'.join(entries)}{margin}{end}" if entries else f"{begin}{end}"


def _number(value: float) -> str:
    """A number in as few signs as it takes, which pydantic writes so: Python has 1e-05, and 1e-07 for 1e-7."""
    figures, _e, power = repr(value).partition("e")
    if power == "-05":
        return f"{'-' * (value < 0)}0.0000{figures.lstrip('-').replace('.', '')}"
    return f"{figures}e{int(power):+}" if power else figures


class RubricBelow(Part):
    """A rubric that an overlay was put on: `by` the overlay's file. `tailored` is false where it only translates."""

    by: Id
    by_version: Version
    tailored: bool
    id: Id
    version: Version
    sha256: str


class RubricUsed(Part):
    """The exact rubric: its version, and the SHA-256 of its file.

    Of a rubric made by overlays, `sha256` is that of the last overlay's file, and `made_of` what each was put on.
    `content` is the rubric itself without its help texts, so that the answers can be scored again when its file is
    gone. It is null in a record from before this field.
    """

    id: Id
    version: Version
    title: Text
    sha256: str
    made_of: Several[RubricBelow] = ()
    content: Rubric | None = None

    @property
    def lineage(self) -> tuple[str, ...]:
        """The ids of the rubric and of those that it was made of, its own first."""
        return (self.id, *(below.id for below in self.made_of))

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What the rubric is known by: the digests of every file that it was made of, its own first."""
        return (self.sha256, *(below.sha256 for below in self.made_of))

    @property
    def reference(self) -> str:
        """What answers name it by."""
        return str(Reference(self.id, self.version))

    def as_tree(self, *, whole: bool = False) -> dict[str, Any]:
        """The rubric itself is as its file has it: what is not there is left out."""
        return super().as_tree(whole=whole) | {"content": self.content and self.content.as_tree()}


class StageUnderOriginal(Part):
    """What the same answers come to under the rubric that was tailored."""

    floor: Id
    ceiling: Id
    enough_known: bool


class Published(Part):
    """That the record was made for sharing, without numbers of people below `fewer_than` and without free text.

    `left_out` names the kinds of things that were there before.
    """

    fewer_than: Bound
    left_out: Several[str]


class FewerThan(Part):
    """In place of a number of people: at least 1, and fewer than this."""

    fewer_than: Bound


class ViewRead(Part):
    """One view as it was read; `answers` are the answers it gave, by item. `sha256` is null in a published record."""

    file: str
    sha256: str | None
    date: Day
    respondents: Annotated[dict[str, Count | FewerThan], IDS_AS_KEYS]
    method: Text | None = None
    answers: dict[str, str]


class DecidedBy(Part):
    """What would settle the range: unknown items, and perspectives that were not heard enough."""

    items: Several[Id]
    perspectives: Several[Id]


class StageOf(Part):
    """Floor and ceiling of one audit; `known` counts items of `of`."""

    floor: Id
    ceiling: Id
    enough_known: bool
    known: Whole
    asked: Annotated[Whole, Key("of")]


class StageFound(StageOf):
    """Floor and ceiling. Where not enough is known, no stage may be headlined. `known` counts items of `of`."""

    decided_by: DecidedBy


class ReadingFound(Part):
    """The stage under one reading."""

    id: str
    stage: Id


class GateFound(Part):
    """One gate at the floor; `value` is null where nothing applies, `possible` says whether the ceiling has it."""

    stage: Id
    id: Id
    measure: str
    perspective: Id | None = None
    figure: Annotated[Rounded | None, Key("value")]
    side: Side
    threshold: Rounded
    holds: bool
    possible: bool
    items: Several[Id]

    @property
    def at_least(self) -> bool:
        """Whether the threshold is the least that is asked for, and not the most."""
        return self.side == "at_least"


class NoteFound(Part):
    """What a view wrote beside an answer."""

    view: str
    text: Text


class EvidenceFound(Evidence):
    """Evidence, and the view that gave it."""

    view: str


class ItemFound(Part):
    """One item. `value` and `counts_as` are null where it does not apply; `from` is null where nobody knows.

    `evidenced` says whether a view that gave this answer gave evidence for it, and stays where the evidence is left
    out for sharing; it is null in a record from before this field.
    """

    id: Id
    answer: Id
    value: Number | None
    counts_as: Number | None
    source: Annotated[str | None, Key("from")]
    heard: Several[Id]
    limited_by: Several[Id]
    implied_by: Several[Id]
    reasons: Several[NoteFound]
    notes: Several[NoteFound]
    evidence: Several[EvidenceFound]
    evidenced: bool | None = None


class DisagreementFound(Part):
    """An item on which perspectives differ by at least a half: the answer of each."""

    item: Id
    answers: dict[str, str]


class SpreadFound(Part):
    """How many of a group's responses gave each answer to an item; `is_split` where their opinions are split."""

    item: Id
    perspectives: Several[Id]
    answers: dict[str, Whole]
    responses: Annotated[Whole, Key("of")]
    is_split: Annotated[bool, Key("split")]


class ChangeAsked(Part):
    """One answer that would have to change."""

    item: Id
    before: Annotated[Id, Key("from")]
    after: Annotated[Id, Key("to")]


class NextStepsFound(Part):
    """What the next stage asks for."""

    to: Id
    changes: Several[ChangeAsked]
    hear: Several[Id]
    proven: bool
    reachable: bool


class ActionAgreed(Action):
    """An action, and the view that holds it."""

    view: str


class Record(Document):
    """One audit, assessed."""

    format: Literal["involve-audit/record@1"]
    published: Published | None = None
    rubric: RubricUsed
    audit: str
    subject: Subject
    date: Day
    views: Annotated[Several[ViewRead], Limits(max_length=MOST_VIEWS)]
    stage: StageFound
    under_original: StageUnderOriginal | None = None
    readings: Several[ReadingFound]
    gates: Several[GateFound]
    items: Several[ItemFound]
    counts: dict[str, Whole]
    disagreements: Several[DisagreementFound]
    spread: Several[SpreadFound] = ()
    next_steps: NextStepsFound | None
    actions: Several[ActionAgreed]
    warnings: Several[str]

    def has_evidence(self, item: ItemFound) -> bool:
        """Whether a view that gave this item's answer gave evidence for it, in a record of any age."""
        if item.evidenced is not None:
            return item.evidenced
        giving = {*self.giving_evidence(item)}
        return any(view.file in giving and view.answers.get(item.id, UNANSWERED) == item.answer for view in self.views)

    def giving_evidence(self, item: ItemFound) -> Iterator[str]:
        """The files of the views that gave evidence with their answer to an item.

        Where it is left out for sharing, these are all that gave the item's answer, if one of them did.
        """
        yield from (evidence.view for evidence in item.evidence)
        if self.published and item.evidenced:
            yield from (view.file for view in self.views if view.answers.get(item.id) == item.answer)
