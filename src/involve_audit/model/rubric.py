"""What a rubric file holds (formats.md, "Rubric"; method.md says what each field does), and where rubrics are kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Generic, Literal, TypeVar, get_args

from involve_audit.model.base import IDS_AS_KEYS, Count, Id, Ids, Label, Link, Text, Threshold, Version, Word
from involve_audit.model.reference import Reference, numbers
from involve_audit.model.strict import Key, Limits, Strict
from involve_audit.model.view import NOT_APPLICABLE, UNKNOWN

if TYPE_CHECKING:
    from involve_audit.model.overlay import Overlay

FORMAT = "involve-audit/rubric@1"
LANGUAGE_TAG = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"

Kind = Literal["practice", "achievement", "deficit", "anti-pattern"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LOWER_IS_BETTER: tuple[Kind, ...] = ("deficit", "anti-pattern")
HIGHER_IS_BETTER = tuple(kind for kind in KINDS if kind not in LOWER_IS_BETTER)
Measure = Literal["share", "points", "lowest", "highest", "not-applicable", "heard"]
ReadingName = Literal[
    "floor", "ceiling", "evidence-only", "not-applicable-as-no", "plans-done", "alternative-placement", "view"
]
READING_NAMES: tuple[ReadingName, ...] = get_args(ReadingName)
Texts = tuple[Text, ...]
MOST_OPTIONS, MOST_STAGES = 100, 500
"""How many options and perspectives, and how many stages and themes, a rubric may have."""


class Position(Strict):
    """Where in a source something stands."""

    id: Id
    page: Label | None = None
    heading: Text | None = None
    column: Text | None = None
    position: Label | None = None


class Source(Strict):
    """A publication that the rubric is drawn from."""

    id: Id
    title: Text
    publishers: Texts = ()
    year: Label | None = None
    attribution: Text | None = None
    link: Link | None = None


class Option(Strict):
    """One answer of the scale, worth 0 to 1. `if_done` names what a plan would count as once it is done.

    `also` lists what else people may type for it while the questions are asked.
    """

    id: Id
    title: Text
    value: Annotated[float, Limits(ge=0, le=1)]
    for_kinds: Annotated[tuple[Kind, ...], Key("for")] = ()
    if_done: Id | None = None
    also: Texts = ()

    def is_for(self, kind: str) -> bool:
        """Whether an item of this kind may be answered with this option."""
        return not self.for_kinds or kind in self.for_kinds


class Titled(Strict):
    """A perspective or a theme: an id and the words for it."""

    id: Id
    title: Text


class Selector(Strict):
    """Which items a gate looks at: all given keys must match, a list means any of."""

    stage: Ids | None = None
    kind: Ids | None = None
    theme: Ids | None = None
    ids: Ids | None = None

    def selected(self, items: "Sequence[Item]", stages: Sequence[str | None]) -> tuple[int, ...]:
        """The places of the items that the gate looks at, each item standing at its one of `stages`."""
        places: Sequence[int] = range(len(items))
        if self.ids is not None:
            wanted = frozenset(self.ids)
            places = [place for place in places if items[place].id in wanted]
        if self.kind is not None:
            places = [place for place in places if items[place].kind in self.kind]
        if self.stage is not None:
            places = [place for place in places if stages[place] in self.stage]
        if self.theme is not None:
            places = [place for place in places if items[place].theme in self.theme]
        return tuple(places)


class Gate(Strict):
    """One condition that a stage asks for, with the reason in plain words."""

    id: Id
    items: Selector
    measure: Measure
    perspective: Id | None = None
    at_least: Threshold | None = None
    at_most: Threshold | None = None
    because: Text


class Stage(Strict):
    """One step of the ladder. `says` is what follows its short name, in one line; without it, `summary` does."""

    id: Id
    title: Text
    short: Text
    says: Text | None = None
    summary: Text
    source: Position | None = None
    gates: tuple[Gate, ...] = ()


class Question(Strict):
    """What every item has, whatever its kind.

    For a practice or an achievement `not_enough` is what does not earn a yes; for a deficit or an
    anti-pattern, what does not earn a no. `do` is `next_step` in one line, as a thing to do.
    """

    id: Id
    title: Text
    ask: Text
    wording: Annotated[dict[str, Text], IDS_AS_KEYS] = {}
    yes_looks_like: Texts = ()
    not_enough: Texts = ()
    who_to_ask: Texts = ()
    do: Text | None = None
    next_step: Text
    not_applicable_when: Text | None = None
    limits: Ids = ()
    replaces: Ids = ()
    source: Position | None = None


class Indicator(Question):
    """A question about something that the source's grid lists."""

    stage: Id
    theme: Id
    kind: Literal["practice", "achievement", "deficit"]
    implies: Ids = ()
    alternative_stage: Id | None = None
    alternative_because: Text | None = None
    probes: ClassVar[Texts] = ()

    @property
    def lower_is_better(self) -> bool:
        """Whether the good answer is a no."""
        return self.kind in LOWER_IS_BETTER


class AntiPattern(Question):
    """A question about what looks like the real thing but is not. It stands outside stages and themes."""

    kind: ClassVar[Literal["anti-pattern"]] = "anti-pattern"
    lower_is_better: ClassVar[bool] = True
    stage: ClassVar[None] = None
    theme: ClassVar[None] = None
    implies: ClassVar[tuple[str, ...]] = ()
    alternative_stage: ClassVar[None] = None
    probes: Texts = ()


Item = Indicator | AntiPattern


class Term(Strict):
    """A word of the glossary."""

    term: Text
    meaning: Text
    source: Position | None = None


class Resource(Strict):
    """Where to find help or read more. `printed` is the year in which its contact details were printed."""

    title: Text
    text: Text | None = None
    phone: Text | None = None
    email: Text | None = None
    address: Text | None = None
    link: Link | None = None
    printed: Label | None = None
    note: Text | None = None


class PlanningStep(Strict):
    """One step of the planning aid."""

    title: Text
    text: Text


class Planning(Strict):
    """A planning aid, shown beside the next steps and never part of the stage."""

    title: Text
    summary: Text
    source: Position | None = None
    steps: tuple[PlanningStep, ...]


class Scenario(Strict):
    """One of the rubric's own tests: these answers must give this stage."""

    id: Id
    title: Text
    respondents: Annotated[dict[str, Count], IDS_AS_KEYS] = {}
    answers: Annotated[dict[str, Word], IDS_AS_KEYS] = {}
    otherwise: Id = "unknown"
    expect: Id
    ceiling: Id | None = None


_Named = Annotated[Ids, Limits(min_length=1)]


class Allowance(Strict):
    """Findings of `rubric check` that an author allows: those of a rule, of these items, gates and stages, or all."""

    rule: Id
    items: _Named = ()
    gates: _Named = ()
    stages: _Named = ()
    because: Text


class BasedOn(Strict):
    """Which rubric another one began as a copy of: its version, and the SHA-256 of its file."""

    id: Id
    version: Version
    sha256: Annotated[str, Limits(pattern="^[0-9a-f]{64}$")]


class OwnWords(Strict):
    """What pages say of this instrument in its own words; where it has none, in those of the interface.

    Each has the name of the text of `words/` that it stands in for.
    """

    audit_title: Text | None = None
    overview_title: Text | None = None
    no_distinction: Text | None = None
    anti_patterns: Text | None = None
    anti_patterns_lead: Text | None = None
    anti_patterns_free: Text | None = None
    how_common: Text | None = None
    together: Text | None = None
    people_why: Text | None = None

    def put_into(self, table: Mapping[str, str]) -> dict[str, str]:
        """A table of the interface with these words in it, as far as it has their names."""
        said: dict[str, str] = self.as_tree()
        return {**table, **{name: text for name, text in said.items() if name in table}}


class Rubric(Strict):
    """A whole rubric. Its parts refer to each other only as `loading.rubric_rules` allows."""

    format: Literal["involve-audit/rubric@1"]
    id: Id
    version: Version
    based_on: BasedOn | None = None
    title: Text
    language: Annotated[str, Limits(pattern=LANGUAGE_TAG)]
    summary: Text
    beyond_the_source: Texts = ()
    sources: tuple[Source, ...] = ()
    scale: Annotated[tuple[Option, ...], Limits(min_length=2, max_length=MOST_OPTIONS)]
    limit_to: Id
    without_evidence: Id | None = None
    minimum_answered: Threshold
    readings: tuple[ReadingName, ...] = READING_NAMES
    words: OwnWords = OwnWords()
    perspectives: Annotated[tuple[Titled, ...], Limits(max_length=MOST_OPTIONS)] = ()
    themes: Annotated[tuple[Titled, ...], Limits(max_length=MOST_STAGES)] = ()
    stages: Annotated[tuple[Stage, ...], Limits(min_length=2, max_length=MOST_STAGES)]
    indicators: Annotated[tuple[Indicator, ...], Limits(min_length=1)]
    anti_patterns: tuple[AntiPattern, ...] = ()
    planning: Planning | None = None
    glossary: tuple[Term, ...] = ()
    resources: tuple[Resource, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    allow: tuple[Allowance, ...] = ()

    @property
    def reference(self) -> str:
        """What answers name it by."""
        return str(Reference(self.id, self.version))

    @property
    def numbers(self) -> list[int]:
        """The version, to be put in an order."""
        return numbers(self.version)

    @property
    def items(self) -> Iterator[Item]:
        """Every question, indicators first, in the rubric's order."""
        yield from self.indicators
        yield from self.anti_patterns

    def answers_to(self, item: Item) -> list[str]:
        """The words that an item may be answered with, `not-applicable` only where the item says when it is."""
        options = [option.id for option in self.scale if option.is_for(item.kind)]
        return [*options, *[NOT_APPLICABLE] * bool(item.not_applicable_when), UNKNOWN]

    def without_help(self) -> "Rubric":
        """The rubric with all that a stage is worked out from and the words to show it, and nothing else."""
        bare = self.without("beyond_the_source", "sources", "planning", "glossary", "resources", "scenarios", "allow")
        return bare.changed(
            scale=tuple(option.without("also") for option in self.scale),
            stages=tuple(stage.without("source") for stage in self.stages),
            indicators=tuple(item.without(*_HELP, "alternative_because") for item in self.indicators),
            anti_patterns=tuple(item.without(*_HELP, "probes") for item in self.anti_patterns),
        )


_HELP = ("wording", "yes_looks_like", "not_enough", "who_to_ask", "source")


# Files of rubrics, and what overlays made of them

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Sourced(Generic[Content]):
    """What a file held, the file's name and the SHA-256 of its bytes (empty in an audit made ready for sharing)."""

    content: Content
    file: str
    sha256: str

    @property
    def tailored_from(self) -> "Rubric | None":
        """The rubric below all overlays, where one of them changed more than the language."""
        return None


@dataclass(frozen=True, slots=True)
class Overlaid(Sourced[Rubric]):
    """A rubric that an overlay made of another: `file` and `sha256` are the overlay's."""

    base: Sourced[Rubric]
    overlay: "Overlay"

    @property
    def is_translation(self) -> bool:
        """Whether only its words differ, being in another language."""
        return self.overlay.language is not None

    @property
    def tailored_from(self) -> Rubric | None:
        return original(self).content if tailorings(self) else None


def own_id(found: Sourced[Rubric]) -> str:
    """The id that a file is found by: a translation has one of its own, and that of the rubric stays."""
    return found.overlay.id if isinstance(found, Overlaid) else found.content.id


def layers(found: Sourced[Rubric]) -> Iterator[Overlaid]:
    """The overlays that made a rubric, the last one first."""
    while isinstance(found, Overlaid):
        yield found
        found = found.base


def original(found: Sourced[Rubric]) -> Sourced[Rubric]:
    """The rubric below all overlays."""
    while isinstance(found, Overlaid):
        found = found.base
    return found


def tailorings(found: Sourced[Rubric]) -> list[Overlaid]:
    """The overlays that changed more than the language, the last one first."""
    return [layer for layer in layers(found) if not layer.is_translation]


def lineage(found: Sourced[Rubric]) -> tuple[str, ...]:
    """The ids of a rubric and of those that it was made of, its own first, each once."""
    return tuple(dict.fromkeys((found.content.id, *(layer.base.content.id for layer in layers(found)))))


def fingerprint(found: Sourced[Rubric]) -> tuple[str, ...]:
    """What a rubric is known by: the digests of every file that it was made of, its own first."""
    return (found.sha256, *(layer.base.sha256 for layer in layers(found)))


def as_filed(found: Sourced[Rubric]) -> Rubric:
    """The rubric with the id and the version of its file, which a translation has of its own."""
    if isinstance(found, Overlaid) and found.is_translation:
        return found.content.changed(id=found.overlay.id, version=found.overlay.version)
    return found.content


HERE, YOURS, SHIPPED = PLACES = ("here", "yours", "shipped")


@dataclass(frozen=True, slots=True)
class KeptRubric:
    """One file of a place: the id it is found by, the rubric in it (None where it is not valid), and what is wrong.

    `behind` names the file that is used instead, because its place comes first; empty where this one is used.
    """

    id: str
    file: str
    rubric: Sourced[Rubric] | None
    problem: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One place, its folder, and what is in it. `name` is one of `PLACES`; the shipped rubrics have no folder."""

    name: str
    folder: str
    rubrics: tuple[KeptRubric, ...]
