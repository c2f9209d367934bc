"""A rubric as its author wrote it: what is sound of it, where everything stands, and the rules it is checked by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from involve_audit.errors import InputError, Problem
from involve_audit.language import N_
from involve_audit.loading.rubric import ReadRubric, at_the_overlay, read_reference, read_rubric
from involve_audit.loading.tree import KeyPath, Tree, listed
from involve_audit.model.finding import ALLOW, DOUBT, VALID, Checked, Finding, Rule, Severity
from involve_audit.model.rubric import AntiPattern, Indicator, Item, Rubric, own_id

VERSION = "version"
RULES = {
    VALID: Rule(Severity.error, N_("The file keeps the format, and what it refers to exists")),
    "stage-in-reach": Rule(Severity.error, N_("Every stage can be reached")),
    "stage-can-be-the-result": Rule(Severity.error, N_("Every stage can be where an audit ends")),
    "gate-can-fail": Rule(Severity.warning, N_("Every gate can fail")),
    "gate-can-decide": Rule(Severity.warning, N_("No gate is made pointless by others")),
    "percentage": Rule(Severity.warning, N_("A percentage is what was meant")),
    "item-used": Rule(Severity.warning, N_("Every question can change a stage")),
    "anti-pattern-limits": Rule(Severity.warning, N_("Every anti-pattern limits what may be claimed")),
    "help": Rule(Severity.warning, N_("Every question comes with help")),
    "source": Rule(Severity.warning, N_("Every question says where it comes from")),
    "id-without-stage": Rule(Severity.warning, N_("An id still fits when its question moves to another stage")),
    "questions-differ": Rule(Severity.warning, N_("No two questions use nearly the same words")),
    "readable": Rule(Severity.warning, N_("The words can be read by somebody who is tired")),
    "one-thing-asked": Rule(Severity.warning, N_("Every question asks one thing")),
    "plain-no": Rule(Severity.warning, N_("An answer of no is no to something plain")),
    "titles-differ": Rule(Severity.warning, N_("No two of a list have one title")),
    "straight-quotes": Rule(Severity.warning, N_("No name holds quotes that will not match")),
    DOUBT: Rule(Severity.warning, N_("What it says is likely to be what was meant")),
    "can-be-typed": Rule(Severity.warning, N_("Every answer and every command can be typed when people are asked")),
    "found-by-id": Rule(Severity.warning, N_("The file is named after its id, so that it is found")),
    ALLOW: Rule(Severity.warning, N_("What is allowed is there")),
}
VERSION_RULES = {VERSION: Rule(Severity.error, N_("The version number says how much changed"))}
"""What is asked for where a rubric is held against an earlier version."""
GATES_TRIED, STAGES_TRIED, SOME = "gates-tried", "stages-tried", "scenarios"
TEST_RULES = {
    SOME: Rule(Severity.error, N_("There are scenarios")),
    GATES_TRIED: Rule(Severity.warning, N_("Every gate fails in some scenario")),
    STAGES_TRIED: Rule(Severity.warning, N_("Every stage is reached by some scenario")),
    ALLOW: RULES[ALLOW],
}
"""What is asked for where the scenarios are played through."""
NEED_A_VALID_FILE = frozenset(
    {
        "stage-in-reach",
        "stage-can-be-the-result",
        "gate-can-fail",
        "gate-can-decide",
        "percentage",
        "item-used",
        "can-be-typed",
        "found-by-id",
    }
)


@dataclass(frozen=True)
class Manuscript:
    """One rubric file.

    `items` are the questions that are sound by themselves, whatever else is wrong; `places` says where they stand in
    the tree.
    """

    read: ReadRubric
    items: tuple[Item, ...]
    places: dict[str, KeyPath] = field(default_factory=dict)

    @property
    def tree(self) -> Tree:
        """The tree of the whole rubric: of an overlay, together with what it extends."""
        return self.read.tree

    @property
    def in_part(self) -> bool:
        """Whether this is an overlay that could not be put together with anything."""
        return self.read.own is self.read.tree

    @property
    def rubric(self) -> Rubric | None:
        """The whole rubric, where the program could load it."""
        return self.read.source.content if self.read.source else None

    @property
    def id(self) -> str | None:
        """Its own id, where the program could load it."""
        return own_id(self.read.source) if self.read.source else None

    @property
    def own(self) -> Tree:
        """The tree of the file itself."""
        return self.read.own or self.read.tree

    @property
    def is_overlay(self) -> bool:
        """Whether this is made of another rubric."""
        return self.read.overlay is not None

    @property
    def base(self) -> ReadRubric | None:
        """What an overlay extends."""
        return self.read.base

    @property
    def language(self) -> str | None:
        """The language that an overlay translates into; None where this is no translation."""
        return self.read.overlay.language if self.read.overlay else None

    def at_the_overlay(self, problem: Problem) -> Problem:
        """A problem of the whole rubric, told at the file that made it of another."""
        return at_the_overlay(self.own, problem)

    def at(self, item_id: str, *below: str | int) -> KeyPath:
        """Where a question, or something in it, stands."""
        return (*self.places[item_id], *below)

    def entries(self, section: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The entries of a list of the rubric, each with its place in it, as far as they are entries at all."""
        return listed(self.tree.data.get(section)) if isinstance(self.tree.data, dict) else iter(())

    def gates(self) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
        """Every gate as it is written, and where it stands."""
        for stage, entry in self.entries("stages"):
            yield from ((("stages", stage, "gates", place), gate) for place, gate in listed(entry.get("gates")))

    @property
    def gate_places(self) -> dict[str, KeyPath]:
        """Where each gate stands, by its id."""
        return {str(gate.get("id")): place for place, gate in self.gates()}

    def finding(self, rule: str, place: KeyPath, what: str, hint: str = "", *, at_key: bool = False) -> Finding:
        """That what stands at a place does not keep one of the rules."""
        found = self.tree.problem(place, what, hint, at_key=at_key)
        return Finding(rule, (RULES | TEST_RULES)[rule].severity, found, tuple(self._about(place)))

    def _about(self, place: KeyPath) -> Iterator[tuple[str, str]]:
        """The entries that a place is in, from the outermost: the section they are told under, and their ids."""
        told = {"indicators": "items", "anti_patterns": "items", "gates": "gates", "stages": "stages"}
        entry: Any = self.tree.data
        for above, part in zip(("", *place), place, strict=False):
            entry = entry.get(part) if isinstance(entry, dict) else entry[int(part)]
            if above in told and isinstance(entry, dict):
                yield told[str(above)], str(entry.get("id"))


def manuscript(read: ReadRubric) -> Manuscript:
    """The manuscript of a file that was read."""
    items: list[Item] = []
    places: dict[str, KeyPath] = {}
    data = read.tree.data if isinstance(read.tree.data, dict) else {}
    for name, model in (("indicators", Indicator), ("anti_patterns", AntiPattern)):
        for place, entry in listed(data.get(name)):
            try:
                item: Item = model.from_tree(entry)
            except ValueError:
                continue
            items.append(item)
            places.setdefault(item.id, (name, place))
    return Manuscript(read, tuple(items), places)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file from its top to its end, each once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda found: (found.problem.line or 0, found.problem.column or 0, found.rule)))


def not_valid(problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """What is wrong with a file that is not valid."""
    return tuple(Finding(VALID, RULES[VALID].severity, problem) for problem in problems)


def each_rubric(
    references: Iterable[str], rules: Mapping[str, Rule], examine: Callable[[Manuscript], Checked]
) -> list[Checked]:
    """What is found about each of these rubrics; of one that cannot be read, only why."""
    files = []
    for reference in dict.fromkeys(references):
        try:
            files.append(examine(manuscript(read_rubric(*read_reference(reference)))))
        except InputError as error:
            files.append(unusable(reference, error.problems, rules))
    return files


def unusable(file: str, problems: Iterable[Problem], rules: Mapping[str, Rule]) -> Checked:
    """A file about which only one thing can be said: what has to be put right before it can be looked at."""
    return Checked(file, not_valid(dict.fromkeys(problems)), rules, frozenset(rules) - {VALID})
