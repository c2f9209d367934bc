"""A rubric's own scenarios, played through by the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from involve_audit.engine.assessment import Assessment, assess
from involve_audit.engine.compiled import CompiledRubric, CompiledView
from involve_audit.model.rubric import Scenario
from involve_audit.model.view import UNANSWERED


@dataclass(frozen=True, slots=True)
class Played:
    """One scenario and what it comes to."""

    scenario: Scenario
    place: int
    result: Assessment

    @property
    def as_expected(self) -> bool:
        wanted = self.scenario
        return wanted.expect == self.result.floor and wanted.ceiling in (None, self.result.ceiling)


def played(scenarios: Sequence[Scenario], compiled: CompiledRubric) -> list[Played]:
    """Every one of these scenarios, played through."""
    return [
        Played(scenario, place, assess(compiled, [view_of(compiled, scenario)]))
        for place, scenario in enumerate(scenarios)
    ]


def view_of(rubric: CompiledRubric, scenario: Scenario) -> CompiledView:
    """The view that a scenario stands for. Where `otherwise` is no answer to an item, that item is left open."""
    words = {rubric.word(code): code for code in range(rubric.unanswered + 1)}
    answers = []
    for item in rubric.items:
        code = words[scenario.answers.get(item.id, scenario.otherwise)]
        possible = code in item.options or code == rubric.unknown
        possible = possible or (code == rubric.not_applicable and item.may_be_set_aside)
        answers.append(code if possible else words[UNANSWERED])
    present = tuple(n for n, name in enumerate(rubric.perspectives) if scenario.respondents.get(name))
    return CompiledView(present, tuple(answers), (False,) * len(answers))
