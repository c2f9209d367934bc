"""Every change that a tailored rubric makes, in words."""

from __future__ import annotations

from collections.abc import Iterator

from involve_audit.language import Words
from involve_audit.model.audit import Sourced
from involve_audit.model.overlaid import Overlaid, tailorings
from involve_audit.model.rubric import Rubric
from involve_audit.render.rule_words import condition_words
from involve_audit.render.titles import Titles

_WORDS = Words(
    {
        "added_item": "Question added: “{title}” {ask}",
        "item_off": "Question switched off: “{title}” Why: {because}",
        "added_gate": "Condition added at “{stage}”: {condition} {because}",
        "gate_off": "Condition switched off: {condition} Why: {because}",
        "threshold": "Condition changed: {condition} It was: {before} Why: {because}",
        "added_perspective": "Perspective added: {title}",
        "added_theme": "Theme added: {title}",
        "asked": "Question in other words: “{ask}” It was: “{before}”",
        "minimum_now": "Share of questions that have to be answered: {now}. It was: {before}.",
    }
)


def changes(found: Sourced[Rubric]) -> list[str]:
    """Every change by itself, in words; changes of texts only where a question is asked in other words."""
    return [sentence for layer in tailorings(found) for sentence in _Changes(layer).sentences()]


class _Changes:
    """The changes of one overlay in words."""

    def __init__(self, layer: Overlaid) -> None:
        self.overlay = layer.overlay
        self.rubric, self.base = layer.content, layer.base.content
        self.now, self.before = Titles(self.rubric), Titles(self.base)

    def sentences(self) -> Iterator[str]:
        yield from self._items()
        yield from self._gates()
        added = self.overlay.add
        for perspective in added.perspectives:
            yield _WORDS["added_perspective"].format(title=perspective.title)
        for theme in added.themes:
            yield _WORDS["added_theme"].format(title=theme.title)
        if now := self.overlay.minimum_answered:
            yield _WORDS["minimum_now"].format(now=now, before=self.base.minimum_answered)

    def _items(self) -> Iterator[str]:
        for item in (*self.overlay.add.indicators, *self.overlay.add.anti_patterns):
            yield _WORDS["added_item"].format(title=item.title, ask=item.ask)
        for name, because in self.overlay.switch_off.items.items():
            yield _WORDS["item_off"].format(title=self.before.item(name), because=because)
        for name, words in self.overlay.texts.items.items():
            if words.ask and name in self.before.items:
                yield _WORDS["asked"].format(ask=words.ask, before=self.before.items[name].ask)

    def _gates(self) -> Iterator[str]:
        stages = {stage.id: stage.title for stage in self.rubric.stages}
        for stage, gates in self.overlay.add.gates.items():
            for gate in gates:
                words = condition_words(self.rubric, gate)
                yield _WORDS["added_gate"].format(stage=stages[stage], condition=words, because=gate.because)
        for name, because in self.overlay.switch_off.gates.items():
            words = condition_words(self.base, self.before.gates[name])
            yield _WORDS["gate_off"].format(condition=words, because=because)
        for name, wanted in self.overlay.thresholds.items():
            yield _WORDS["threshold"].format(
                condition=condition_words(self.rubric, self.now.gates[name]),
                before=condition_words(self.base, self.before.gates[name]),
                because=wanted.because,
            )
