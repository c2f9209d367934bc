"""An empty answers file, with every question as a comment, to be filled in with a text editor."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from shlex import join
from textwrap import wrap
from typing import TYPE_CHECKING

from involve_audit.escaping import clean, yaml_text
from involve_audit.language import Words, number
from involve_audit.model.view import FORMAT, NOT_APPLICABLE
from involve_audit.render.item_help import help_parts
from involve_audit.render.titles import Titles

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item, Rubric
    from involve_audit.render.forms.blank import BlankForm

_SCHEMA = "# yaml-language-server: $schema=answers.schema.json"
_WIDTH = 100
_FORM = Words(
    {
        "head": "Answers to {count} questions: {title}. Write one answer after the colon of each question. What you "
        "leave empty stays open. Put double quotes around text that holds a colon.",
        "completion": "An editor completes and checks what you write once this has put the schema beside this file:",
        "check": "To check this file:",
        "assess": "To see the result:",
        "audit": "Files about the same service, from different groups, carry the same word here:",
        "subject": "What is looked at. The kind can be left out.",
        "date": "The day on which these answers are given.",
        "respondents": "How many people of each group answer here. Numbers only, never names.",
        "more": "An answer can hold more than one word:",
        "answers": "Answers: {answers}",
        "not_applicable": "“{answer}” needs a reason:",
        "a_note": "What you want to remember.",
        "a_reason": "Why it does not apply.",
        "an_evidence": "Where it can be seen.",
        "an_item": "the-question",
        "an_audit": "my-service",
        "a_kind": "service",
    }
)


def render(blank: BlankForm) -> str:
    """The file's text."""
    return "".join(f"{clean(line).rstrip()}\n" for line in _lines(blank))


def _lines(blank: BlankForm) -> Iterator[str]:
    rubric = blank.rubric
    count = sum(1 for _item in rubric.items)
    yield _SCHEMA
    yield from _comment(_FORM["head"].format(count=number(count), title=rubric.title))
    for name, command in _commands(rubric.id, blank.file):
        yield from _comment(_FORM[name])
        yield f"#   involve-audit {join(command)}"
    yield f"format: {FORMAT}"
    yield f"rubric: {yaml_text(rubric.reference)}"
    yield from _comment(_FORM["audit"])
    yield f"audit: {blank.audit}" if blank.audit else f"# audit: {_FORM['an_audit']}-{blank.today}"
    yield from _comment(_FORM["subject"])
    yield from _subject(blank)
    yield from _comment(_FORM["date"])
    yield f"date: {yaml_text(str(blank.today))}"
    yield from _respondents(blank)
    yield from _an_example(rubric)
    yield "answers:"
    titles = Titles(rubric)
    for direction, items in groupby(rubric.items, key=titles.direction):
        yield from ("", *_comment(f"=== {direction} ===", 2))
        for item in items:
            yield from _item(titles, item, blank.with_help)


def _commands(rubric_id: str, file: str | None) -> Iterator[tuple[str, list[str]]]:
    """What to do with the file; a rubric that is not found by its id is named."""
    named = ["-r", file] if file else []
    yield "completion", ["schema", "answers", "--rubric", file or rubric_id, "-o", "answers.schema.json"]
    yield "check", ["answers", "check", *named, "FILE"]
    yield "assess", ["assess", *named, "FILE"]


def _comment(text: str, indent: int = 0) -> Iterator[str]:
    lead = " " * indent + "# "
    return (lead + line for line in wrap(" ".join(text.split()), _WIDTH - len(lead)) or [""])


def _subject(blank: BlankForm) -> Iterator[str]:
    subject = blank.subject
    yield "subject:"
    yield f"  name: {yaml_text(subject.name)}" if subject else "  name:"
    yield f"  kind: {yaml_text(subject.kind)}" if subject and subject.kind else f"  # kind: {_FORM['a_kind']}"


def _respondents(blank: BlankForm) -> Iterator[str]:
    if blank.perspectives:
        yield from _comment(_FORM["respondents"])
        yield "respondents:"
        for perspective in blank.perspectives:
            yield f"  {yaml_text(perspective.id)}: 0    # {' '.join(perspective.title.split())}"


def _an_example(rubric: Rubric) -> Iterator[str]:
    """How an answer is written that has a note and evidence."""
    option = rubric.scale[0].id
    yield ""
    yield from _comment(_FORM["more"])
    yield f"#   {_FORM['an_item']}:"
    yield f"#     answer: {yaml_text(option)}"
    yield f"#     note: {_FORM['a_note']}"
    yield "#     evidence:"
    yield f'#       - {{text: {_FORM["an_evidence"]}, date: "2026-11-22"}}'
    if any(item.not_applicable_when for item in rubric.items):
        yield from _comment(_FORM["not_applicable"].format(answer=NOT_APPLICABLE))
        yield f"#   {_FORM['an_item']}: {{answer: {NOT_APPLICABLE}, reason: {_FORM['a_reason']}}}"


def _item(titles: Titles, item: Item, with_help: bool) -> Iterator[str]:
    yield ""
    yield from _comment(titles.ask(item), 2)
    if with_help:
        for part in help_parts(titles, item):
            yield from _comment(part.heading, 2)
            yield from (line for text in part.lines for line in _comment(f"- {text}", 2))
    titled = {name: one.title for name, one in titles.options.items() if one.title.casefold() != name}
    answers = [f"{name} ({titled[name]})" if name in titled else name for name in titles.rubric.answers_to(item)]
    yield from _comment(_FORM["answers"].format(answers=", ".join(answers)), 2)
    yield f"  {yaml_text(item.id)}:"
