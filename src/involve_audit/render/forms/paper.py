"""A form on paper: every question with boxes to tick and lines to write on, as a PDF (docs/collecting.md, "Paper")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from involve_audit.language import Counted, Words
from involve_audit.model.spelling import Spelling
from involve_audit.model.view import NOT_APPLICABLE, UNKNOWN
from involve_audit.render import pdf
from involve_audit.render.item_help import HelpPart, help_parts
from involve_audit.render.options import FULL, LARGE_PRINT, Labels, Options, Page
from involve_audit.render.titles import Titles

if TYPE_CHECKING:
    from involve_audit.model.rubric import Item
    from involve_audit.render.forms.blank import BlankForm

_PAPER_COUNTED = Counted(
    {
        "welcome": (
            "Thank you for giving your time. There is {count} question on this paper.",
            "Thank you for giving your time. There are {count} questions on this paper.",
        )
    }
)
_PAPER = Words(
    {
        "tick": "Tick one box for each question.",
        "not_all": "You do not have to answer everything. What you leave empty stays open, and that is fine.",
        "not_known": "Where you do not know, tick “{answer}”. That is an answer too.",
        "reason": "Where you tick “{answer}”, write why on the line below.",
        "notes": "There is a line for a note with each question, and more room at the end.",
        "helped": "Under each question stands what may help you to answer it.",
        "no_names": "Please write no names: not your own, and nobody else’s.",
        "after": "What happens with this paper",
        "after_words": "Whoever gave it to you types the answers and the notes into a computer. There they are put "
        "together with what others answered. What comes of it is a report about the service, and not about you. Your "
        "notes can be read by those who work with the answers. Before you begin, you can ask who they are, and what "
        "becomes of the paper.",
        "back_to": "Please give it back to",
        "back_by": "by",
        "begin": "To begin with",
        "subject": "What is looked at",
        "audit": "Audit",
        "date": "Day on which you fill this in",
        "date_form": "year, month, day",
        "who": "How many people fill in this paper together? Write a number, and no names. If you are alone, write 1.",
        "who_once": "Count each person once.",
        "note": "Note",
        "why": "Why it does not apply",
        "actions": "What was agreed",
        "actions_lead": "If you agreed that something will be done, write it here. For who does it, a role is enough.",
        "what": "What will be done",
        "question": "Question number",
        "owner": "Who",
        "due": "By when",
        "more": "More room for notes",
        "more_lead": "Write the number of the question in front of each note.",
        "thanks": "Thank you.",
        "version": "{title}, version {version}",
    }
)


class PaperQuestion(NamedTuple):
    """One question as it is printed. `direction` is said where it is another than that of the question before."""

    ask: str
    direction: str
    answers: list[str]
    needs_reason: bool
    help: list[HelpPart]


@dataclass(frozen=True)
class PaperPage(Page):
    """The words of a form on paper, part by part."""

    blank: BlankForm
    options: Options

    stem = "paper"

    @cached_property
    def labels(self) -> Labels:
        """The words around the questions."""
        return Labels(**_PAPER)

    @property
    def title(self) -> str:
        return self.blank.rubric.title

    @property
    def language(self) -> str:
        """The language that most of the page is in: the rubric's."""
        return self.blank.rubric.language

    @property
    def foot(self) -> str:
        """What stands at the foot of every page: of which rubric it is."""
        return _PAPER["version"].format(title=self.title, version=self.blank.rubric.version)

    @property
    def subject(self) -> str:
        """What is looked at; empty where that is to be written."""
        return self.blank.name

    @property
    def audit(self) -> str:
        """The id of the audit; empty where it is not known, which nobody who answers has to know."""
        return self.blank.audit or ""

    @property
    def welcome(self) -> str:
        return _PAPER_COUNTED.of("welcome", len(self._titles.items))

    @property
    def how(self) -> list[str]:
        """How to fill it in, a sentence at a time."""
        names = ["tick", "not_all", "not_known", "reason", "notes", "helped", "no_names"]
        left_out = [
            *([] if any(item.not_applicable_when for item in self._titles.items.values()) else ["reason"]),
            *([] if self.blank.with_help else ["helped"]),
        ]
        answers = {"not_known": UNKNOWN, "reason": NOT_APPLICABLE}
        told = [name for name in names if name not in left_out]
        return [_PAPER[name].format(answer=self._answers[answers.get(name, UNKNOWN)]) for name in told]

    @property
    def perspectives(self) -> list[str]:
        """Who may have answered: a number is asked for each."""
        return [one.title for one in self.blank.perspectives]

    @cached_property
    def questions(self) -> list[PaperQuestion]:
        """Every question, in the order of the numbers."""
        return [self._question(item) for item in self._titles.items.values()]

    def _question(self, item: Item) -> PaperQuestion:
        open_here = self.blank.rubric.answers_to(item)
        return PaperQuestion(
            self._titles.with_number(item, self.blank.ask(item)),
            self._titles.direction(item),
            [title for answer, title in self._answers.items() if answer in open_here],
            bool(item.not_applicable_when),
            list(help_parts(self._titles, item)) if self.blank.with_help else [],
        )

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.blank.rubric)

    @cached_property
    def _answers(self) -> dict[str, str]:
        """What each answer is called where people are asked, in the order in which they are shown."""
        return Spelling(self.blank.rubric).titles


def render(blank: BlankForm) -> bytes:
    """The file's bytes: tagged, and the same for the same form and fonts. Raises InputError as `pdf.render` does."""
    return pdf.render(PaperPage(blank, Options(style=LARGE_PRINT if blank.large_print else FULL)))
