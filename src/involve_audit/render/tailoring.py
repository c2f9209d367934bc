"""What a tailored rubric changes of the original, and what the same answers come to under the original."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from involve_audit.language import Counted, Words, in_short, listed
from involve_audit.model.rubric import Overlaid, Rubric, Sourced, layers, original, tailorings
from involve_audit.model.strict import Model, fields
from involve_audit.render.rule_words import condition_words
from involve_audit.render.titles import Titles, headline

if TYPE_CHECKING:
    from involve_audit.engine.assessment import Assessment, UnderOriginal
    from involve_audit.model.overlay import Overlay
    from involve_audit.model.view import Audit

_WORDS = Words(
    {
        "what": "“{title}” {version} is “{original}” {original_version}, tailored: {changes}.",
        "made_from": "Tailored rubric: “{title}”, made from “{original}” {version}.",
        "because": "Why: {because}",
        "under_original": "Under the original rubric, the same answers come to this. {headline}",
        "not_counted": "Answered, but switched off in this rubric, and so not counted: {items}.",
        "minimum": "another share of questions that have to be answered",
        "nothing": "nothing but its name",
        "based_on": "It began as a copy of",
        "tailors": "It tailors",
        "translates": "It translates",
    }
)
_COUNTED = Counted(
    {
        "items": ("{count} question added", "{count} questions added"),
        "off": ("{count} question switched off", "{count} questions switched off"),
        "gates": ("{count} condition added", "{count} conditions added"),
        "gates_off": ("{count} condition switched off", "{count} conditions switched off"),
        "thresholds": ("{count} threshold changed", "{count} thresholds changed"),
        "perspectives": ("{count} perspective added", "{count} perspectives added"),
        "themes": ("{count} theme added", "{count} themes added"),
        "texts": ("{count} text in other words", "{count} texts in other words"),
    }
)


def tailored(audit: Audit, found: Assessment) -> list[str]:
    """What a reader has to know first about a tailored rubric, one sentence each; nothing where it is not tailored."""
    if found.under_original is None:
        return []
    sentences = [*about(audit.rubric), _under_original(audit, found.under_original)]
    if aside := _not_counted(audit):
        titles = Titles(original(audit.rubric).content)
        sentences.append(_WORDS["not_counted"].format(items=in_short(f"“{titles.item(item)}”" for item in aside)))
    return sentences


def tailored_in_short(audit: Audit, found: Assessment) -> list[str]:
    """The same in as few words as there are: from which rubric it was made, and the stage under that one."""
    if found.under_original is None:
        return []
    layer, base = tailorings(audit.rubric)[0], original(audit.rubric).content
    lead = _WORDS["made_from"].format(title=layer.content.title, original=base.title, version=base.version)
    return [lead, _under_original(audit, found.under_original)]


def _under_original(audit: Audit, result: UnderOriginal) -> str:
    words = headline(Titles(original(audit.rubric).content), result.floor, result.ceiling, result.enough_known)
    return _WORDS["under_original"].format(headline=words)


def about(found: Sourced[Rubric]) -> list[str]:
    """What was tailored, in numbers, and why: for each overlay that did more than translate."""
    return [sentence for layer in tailorings(found) for sentence in _about(layer)]


def _about(layer: Overlaid) -> Iterator[str]:
    rubric, base = layer.content, layer.base.content
    changes = listed(_numbers(layer.overlay)) or _WORDS["nothing"]
    yield _WORDS["what"].format(
        title=layer.overlay.title,
        version=rubric.version,
        original=base.title,
        original_version=base.version,
        changes=changes,
    )
    yield _WORDS["because"].format(because=layer.overlay.because)


def _numbers(overlay: Overlay) -> list[str]:
    added, off, texts = overlay.add, overlay.switch_off, overlay.texts
    sections = [getattr(texts, name) for name in fields(type(texts))]
    counts = {
        "items": len(added.indicators) + len(added.anti_patterns),
        "off": len(off.items),
        "gates": sum(len(gates) for gates in added.gates.values()),
        "gates_off": len(off.gates),
        "thresholds": len(overlay.thresholds),
        "perspectives": len(added.perspectives),
        "themes": len(added.themes),
        "texts": sum(_texts(section) for section in sections),
    }
    words = [_COUNTED.of(name, count) for name, count in counts.items() if count]
    return [*words, _WORDS["minimum"]] if overlay.minimum_answered else words


def _texts(section: object) -> int:
    """How many texts a section of an overlay's texts puts in other words."""
    if isinstance(section, dict):
        return sum(map(_texts, section.values()))
    return len(section.said.keys() - {"originals"}) if isinstance(section, Model) else 0


def _not_counted(audit: Audit) -> list[str]:
    """The items that some view answered and that an overlay switched off."""
    here = {item.id for item in audit.rubric.content.items}
    answered = {item for view in audit.views for item, given in view.content.answers.items() if given.answer}
    return [item.id for item in original(audit.rubric).content.items if item.id in answered - here]


def made_of(found: Sourced[Rubric]) -> list[tuple[str, str]]:
    """Label and value of each rubric that overlays made this one of, with its fingerprint."""
    lines = []
    for layer in layers(found):
        label = _WORDS["translates" if layer.is_translation else "tailors"]
        base = layer.base.content
        lines.append((label, f"{base.title} ({base.id}), {base.version}, SHA-256 {layer.base.sha256}"))
    return lines


def based_on(found: Sourced[Rubric]) -> list[tuple[str, str]]:
    """Label and value of the rubric that this one began as a copy of; nothing where it did not."""
    copied = original(found).content.based_on
    return [(_WORDS["based_on"], f"{copied.id} {copied.version}, SHA-256 {copied.sha256}")] if copied else []


_CHANGES = Words(
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
            yield _CHANGES["added_perspective"].format(title=perspective.title)
        for theme in added.themes:
            yield _CHANGES["added_theme"].format(title=theme.title)
        if now := self.overlay.minimum_answered:
            yield _CHANGES["minimum_now"].format(now=now, before=self.base.minimum_answered)

    def _items(self) -> Iterator[str]:
        for item in (*self.overlay.add.indicators, *self.overlay.add.anti_patterns):
            yield _CHANGES["added_item"].format(title=self.now.numbered(item.id), ask=item.ask)
        for name, because in self.overlay.switch_off.items.items():
            yield _CHANGES["item_off"].format(title=self.before.item(name), because=because)
        for name, words in self.overlay.texts.items.items():
            if words.ask and name in self.before.items:
                yield _CHANGES["asked"].format(ask=words.ask, before=self.before.items[name].ask)

    def _gates(self) -> Iterator[str]:
        stages = {stage.id: stage.title for stage in self.rubric.stages}
        for stage, gates in self.overlay.add.gates.items():
            for gate in gates:
                words = condition_words(self.rubric, gate)
                yield _CHANGES["added_gate"].format(stage=stages[stage], condition=words, because=gate.because)
        for name, because in self.overlay.switch_off.gates.items():
            words = condition_words(self.base, self.before.gates[name])
            yield _CHANGES["gate_off"].format(condition=words, because=because)
        for name, wanted in self.overlay.thresholds.items():
            yield _CHANGES["threshold"].format(
                condition=condition_words(self.rubric, self.now.gates[name]),
                before=condition_words(self.base, self.before.gates[name]),
                because=wanted.because,
            )
