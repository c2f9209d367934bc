"""Answers that cannot be told apart by typing, or that leave a command nothing to type (docs/asking.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from involve_audit.language import _, listed
from involve_audit.model.spelling import Spelling, spelt
from involve_audit.words.asking import TYPED

if TYPE_CHECKING:
    from involve_audit.authoring.manuscript import Manuscript
    from involve_audit.loading.tree import KeyPath
    from involve_audit.model.finding import Finding
    from involve_audit.model.rubric import Rubric

RULE = "can-be-typed"


def typed_findings(written: Manuscript) -> Iterator[Finding]:
    """What stands in the way of people who type the answers of this rubric; nothing of one that is not valid."""
    if written.rubric is None:
        return
    spelling = Spelling(written.rubric)
    yield from _shared_names(written, written.rubric, spelling)
    yield from _misleading_numbers(written, written.rubric, spelling)
    if spelling.keyless:
        what = _("the answers leave nothing to type for these commands: {commands}")
        commands = listed(f"“{TYPED[f'key_{command}']}”" for command in spelling.keyless)
        hint = _("What an answer begins with is no command. Take out some of `also`, or call an answer something else.")
        yield written.finding(RULE, ("scale",), what.format(commands=commands), hint, at_key=True)


def _shared_names(written: Manuscript, rubric: Rubric, spelling: Spelling) -> Iterator[Finding]:
    owner = {spelt(name): answer for answer, title in spelling.built_in.items() for name in (answer, title)}
    for place, option in enumerate(rubric.scale):
        names: list[tuple[KeyPath, str]] = [(("scale", place, key), getattr(option, key)) for key in ("id", "title")]
        names += [(("scale", place, "also", number), name) for number, name in enumerate(option.also)]
        for path, name in names:
            if (other := owner.setdefault(spelt(name), option.id)) != option.id:
                what = _("“{name}” stands for two answers, “{one}” and “{other}”")
                what = what.format(name=name, one=spelling.titles[other], other=option.title)
                yield written.finding(
                    RULE, path, what, _("Whoever types it is asked which one is meant. Change one of them.")
                )


def _misleading_numbers(written: Manuscript, rubric: Rubric, spelling: Spelling) -> Iterator[Finding]:
    for place, option in enumerate(rubric.scale):
        wrong = [name for name, answer in spelling.misleading.items() if answer == option.id]
        if wrong:
            what = _("“{name}” begins with the number that another answer would have, so the answers have no numbers")
            hint = _(
                "People have to type words then. Begin it with a letter, or put the answers in the order of numbers."
            )
            yield written.finding(RULE, ("scale", place), what.format(name=wrong[0]), hint)
            return
