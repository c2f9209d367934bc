"""The rule of a rubric in words, made from its gates, so that what people read is what the engine does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from involve_audit.engine.measures import MEASURES
from involve_audit.language import in_short, listed, number
from involve_audit.model.threshold import threshold_value
from involve_audit.render.titles import Titles
from involve_audit.words.rubrics import CHOSEN_ITEMS, CONDITIONS, COUNTED_KINDS, KIND_PLURALS, PROPORTIONS

if TYPE_CHECKING:
    from involve_audit.model.rubric import Gate, Item, Rubric, Selector, Stage

_MOST_NAMED = 6


class Condition(NamedTuple):
    """One gate in words, and its reason."""

    words: str
    because: str


def conditions(rubric: Rubric, stage: Stage) -> list[Condition]:
    """What a stage asks for beyond the stages below it, gate by gate."""
    words = _RuleWords(rubric)
    return [Condition(words.condition(gate), gate.because) for gate in stage.gates]


def condition_words(rubric: Rubric, gate: Gate) -> str:
    """One gate of a rubric in one sentence."""
    return _RuleWords(rubric).condition(gate)


class _RuleWords:
    """The gates of one rubric in words."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.titles = Titles(rubric)
        self.short = {stage.id: stage.short for stage in rubric.stages}
        self.values = {option.id: option.value for option in rubric.scale}

    def condition(self, gate: Gate) -> str:
        """One gate in one sentence."""
        written = gate.at_least if gate.at_least is not None else gate.at_most or ""
        value = threshold_value(written, self.values)
        items = list(self.rubric.items)
        selected = [items[place] for place in gate.items.selected(items, [item.stage for item in items])]
        words = CONDITIONS[_form(gate, value, len(selected))].format(
            threshold=self._threshold(gate, written, value, selected[0].kind),
            items=self._items(gate.items, selected),
            measure=gate.measure,
            perspective=self.titles.perspectives[gate.perspective] if gate.perspective else "",
        )
        return words[0].upper() + words[1:]

    def _threshold(self, gate: Gate, written: str, value: float, kind: str) -> str:
        row = MEASURES[gate.measure]
        if row.names_answer:
            return self.titles.answers.get(written) or self.titles.value(value, kind)
        if not row.is_proportion:
            return number(value)
        return PROPORTIONS.get(written.replace(" ", "")) or self.titles.proportion(written, value)

    def _items(self, selector: Selector, selected: list[Item]) -> str:
        """The items that a gate looks at: by what they have in common, or by their titles where it names them."""
        titles = [CHOSEN_ITEMS["named"].format(title=self.titles.numbered(item.id)) for item in selected]
        if selector.ids is not None:
            return in_short(titles, _MOST_NAMED)
        items = _of_kinds(selector.kind or (), len(titles))
        if selector.stage is not None:
            stages = listed(CHOSEN_ITEMS["named"].format(title=self.short[stage]) for stage in selector.stage)
            items = CHOSEN_ITEMS["stage"].format(items=items, stages=stages)
        if selector.theme is not None:
            themes = listed(CHOSEN_ITEMS["named"].format(title=self.titles.themes[theme]) for theme in selector.theme)
            items = CHOSEN_ITEMS["theme"].format(items=items, themes=themes)
        return items


def _of_kinds(kinds: tuple[str, ...], count: int) -> str:
    if len(kinds) > 1:
        return CHOSEN_ITEMS["several_kinds"].format(
            count=number(count), kinds=listed(KIND_PLURALS[kind] for kind in kinds)
        )
    return COUNTED_KINDS.of(kinds[0] if kinds else "", count)


def _form(gate: Gate, value: float, count: int) -> str:
    """Which sentence goes with a gate that looks at so many items: the first of these that there is."""
    side = "at_least" if gate.at_least is not None else "at_most"
    is_none, is_all = side == "at_most" and value == 0, side == "at_least" and value == 1
    forms = {
        "none_of_one": is_none and count == 1,
        "none": is_none,
        "all": is_all,
        "of_one": count == 1,
        side: True,
    }
    names = [f"{gate.measure}_{form}" for form, fits in forms.items() if fits]
    return next(name for name in (*names, gate.measure, side) if name in CONDITIONS)
