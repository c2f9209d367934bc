"""The letter with the forms for one service: what they are, who should answer, and how (docs/collecting.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from involve_audit.escaping import clean
from involve_audit.language import Counted, Words, day
from involve_audit.words.asking import ASKING
from involve_audit.words.reports import TITLE, WORDS

if TYPE_CHECKING:
    from involve_audit.render.forms.blank import BlankForm

_LETTER = Words(
    {
        "no_test": "They are about how things are at {name}, as you see it. This is no test, and nobody is marked.",
        "who": "Who should answer: {voices}.",
        "first": "Please make sure that this group is asked: {first}. Without its answers, the result says so on its "
        "first page. Each group can answer by itself, or several groups together.",
        "one": "There is one file:",
        "several": "All these files ask the same. One of them is enough:",
        "html": "a form. Open it with a web browser, such as Chrome, Edge, Firefox or Safari: on a computer with a "
        "double click, on a phone by saving it first and opening it from the downloads. Where nothing can be chosen or "
        "saved, as in the preview of a mail on an iPhone, take another of these files or another device.",
        "workbook": "a workbook for Excel, LibreOffice or another spreadsheet program. Choose the answers from the "
        "lists, and save it.",
        "paper": "to print, and to fill in with a pen.",
        "xlsform": "for somebody who puts the questions online with Kobo, ODK or Enketo.",
        "yaml": "for a text editor.",
        "open": "You may leave questions open. You need not know everything: “{unknown}” is an answer, too. You can "
        "stop and go on another day: save what you have.",
        "back": "When you are done, save it and send back the file that you saved.",
        "back_html": "The form can save a file, share it, or show a code that you paste into an e-mail.",
        "nothing": "Nothing is sent by itself: your answers stay with you until you send them.",
        "no_names": "Please write no names of people, and nothing that would tell who somebody is.",
        "audit": "The answers belong to: {audit}. It stands in the files; please leave it as it is.",
        "by": "Please send it by {day}.",
        "to": "Send it to: {to}",
        "to_us": "Send it to whoever gave you this.",
    }
)
_QUESTIONS = Counted(
    {"what": ("You are asked {count} question: “{title}”.", "You are asked {count} questions: “{title}”.")}
)


@dataclass(frozen=True)
class Letter:
    """What a letter is about: the form, its files as name and sort of form, the last day, and whom to send it to."""

    blank: BlankForm
    files: tuple[tuple[str, str], ...]
    by: date | None = None
    reply_to: str | None = None


def render(letter: Letter) -> str:
    """The letter as plain text, a paragraph a line, so that it can be pasted into a mail."""
    paragraphs = (clean(" ".join(text.split())) for text in _paragraphs(letter))
    return "\n\n".join(paragraphs) + "\n"


def _paragraphs(letter: Letter) -> Iterator[str]:
    blank, rubric = letter.blank, letter.blank.rubric
    name = blank.subject.name if blank.subject else rubric.title
    voices = [voice.title for voice in rubric.perspectives]
    yield TITLE["heard"].format(audit=rubric.words.put_into(WORDS)["audit_title"], name=name)
    what = _QUESTIONS.of("what", sum(1 for _item in rubric.items), title=rubric.title)
    yield f"{what} {_LETTER['no_test'].format(name=name)}"
    yield rubric.summary
    if voices:
        yield f"{_LETTER['who'].format(voices='; '.join(voices))} {_LETTER['first'].format(first=voices[0])}"
    yield _LETTER["several" if len(letter.files) > 1 else "one"]
    for file, kind in letter.files:
        yield f"- {file}: {_LETTER[kind]}"
    yield _LETTER["open"].format(unknown=ASKING["nobody_knows"])
    back = [_LETTER["back"], *([_LETTER["back_html"]] if "html" in dict(letter.files).values() else [])]
    yield " ".join([*back, _LETTER["nothing"]])
    yield _LETTER["no_names"]
    if blank.audit:
        yield _LETTER["audit"].format(audit=blank.audit)
    if letter.by:
        yield _LETTER["by"].format(day=day(letter.by))
    yield _LETTER["to"].format(to=letter.reply_to) if letter.reply_to else _LETTER["to_us"]
