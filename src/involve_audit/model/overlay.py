"""What an overlay file holds: changes to another rubric, or its texts in another language (formats.md, "Overlay")."""

from typing import Annotated, Literal

from involve_audit.model.base import IDS_AS_KEYS, Id, Text, Threshold, Version
from involve_audit.model.rubric import (
    LANGUAGE_TAG,
    Allowance,
    AntiPattern,
    Gate,
    Indicator,
    OwnWords,
    PlanningStep,
    Resource,
    Scenario,
    Source,
    Term,
    Texts,
    Titled,
)
from involve_audit.model.strict import Limits, Strict
from involve_audit.model.view import RUBRIC_REFERENCE

FORMAT = "involve-audit/overlay@1"
ORIGINALS = "originals"
"""Under this key each text that is put in other words says which text it stands for."""
DIGEST = r"^[0-9a-f]{10}$"

Reasons = Annotated[dict[str, Text], IDS_AS_KEYS]


class SwitchedOff(Strict):
    """Items and gates that are left out, each with the reason."""

    items: Reasons = {}
    gates: Reasons = {}


class Added(Strict):
    """What comes on top. `gates` are by the stage that asks for them."""

    beyond_the_source: Texts = ()
    sources: tuple[Source, ...] = ()
    perspectives: tuple[Titled, ...] = ()
    themes: tuple[Titled, ...] = ()
    gates: Annotated[dict[str, tuple[Gate, ...]], IDS_AS_KEYS] = {}
    indicators: tuple[Indicator, ...] = ()
    anti_patterns: tuple[AntiPattern, ...] = ()
    glossary: tuple[Term, ...] = ()
    resources: tuple[Resource, ...] = ()


class ThresholdSet(Strict):
    """Another threshold for a gate, on the side that the gate has, with the reason."""

    at_least: Threshold | None = None
    at_most: Threshold | None = None
    because: Text


class Wording(Strict):
    """Texts in place of the original's. `originals` says what each stood for: the digest of the original's text."""

    originals: dict[str, Annotated[str, Limits(pattern=DIGEST)]] = {}


class RubricWording(Wording):
    """Of the rubric itself."""

    title: Text | None = None
    summary: Text | None = None
    beyond_the_source: Texts | None = None


class OwnWording(Wording, OwnWords):
    """Of what pages say of the instrument."""


class TitleWording(Wording):
    """Of a perspective or a theme."""

    title: Text | None = None


class OptionWording(TitleWording):
    """Of an answer. What else may be typed for it is a list of its own in each language."""

    also: Texts | None = None


class SourceWording(Wording):
    """Of a source."""

    title: Text | None = None
    attribution: Text | None = None


class StageWording(Wording):
    """Of a stage."""

    title: Text | None = None
    short: Text | None = None
    says: Text | None = None
    summary: Text | None = None


class GateWording(Wording):
    """Of a gate."""

    because: Text | None = None


class ItemWording(Wording):
    """Of a question."""

    title: Text | None = None
    ask: Text | None = None
    wording: Annotated[dict[str, Text] | None, IDS_AS_KEYS] = None
    yes_looks_like: Texts | None = None
    not_enough: Texts | None = None
    who_to_ask: Texts | None = None
    do: Text | None = None
    next_step: Text | None = None
    not_applicable_when: Text | None = None
    alternative_because: Text | None = None
    probes: Texts | None = None


class TermWording(Wording):
    """Of a word of the glossary."""

    term: Text | None = None
    meaning: Text | None = None


class ResourceWording(Wording):
    """Of a place to find help."""

    title: Text | None = None
    text: Text | None = None
    note: Text | None = None


class StepWording(PlanningStep):
    """One step of the planning aid."""


class PlanningWording(Wording):
    """Of the planning aid; the steps all together."""

    title: Text | None = None
    summary: Text | None = None
    steps: tuple[StepWording, ...] | None = None


class Wordings(Strict):
    """Texts in place of the original's, by what they belong to; the glossary by its terms, resources by titles."""

    rubric: RubricWording | None = None
    words: OwnWording | None = None
    planning: PlanningWording | None = None
    sources: Annotated[dict[str, SourceWording], IDS_AS_KEYS] = {}
    scale: Annotated[dict[str, OptionWording], IDS_AS_KEYS] = {}
    perspectives: Annotated[dict[str, TitleWording], IDS_AS_KEYS] = {}
    themes: Annotated[dict[str, TitleWording], IDS_AS_KEYS] = {}
    stages: Annotated[dict[str, StageWording], IDS_AS_KEYS] = {}
    gates: Annotated[dict[str, GateWording], IDS_AS_KEYS] = {}
    items: Annotated[dict[str, ItemWording], IDS_AS_KEYS] = {}
    glossary: dict[str, TermWording] = {}
    resources: dict[str, ResourceWording] = {}


class Overlay(Strict):
    """A whole overlay. With `language` it is a translation, and changes nothing but texts."""

    format: Literal["involve-audit/overlay@1"]
    id: Id
    version: Version
    extends: Annotated[str, Limits(pattern=RUBRIC_REFERENCE)]
    language: Annotated[str, Limits(pattern=LANGUAGE_TAG)] | None = None
    title: Text | None = None
    summary: Text | None = None
    because: Text | None = None
    minimum_answered: Threshold | None = None
    switch_off: SwitchedOff = SwitchedOff()
    add: Added = Added()
    thresholds: Annotated[dict[str, ThresholdSet], IDS_AS_KEYS] = {}
    texts: Wordings = Wordings()
    scenarios: tuple[Scenario, ...] = ()
    allow: tuple[Allowance, ...] = ()
