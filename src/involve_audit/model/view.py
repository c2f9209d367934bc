"""What an answers file holds: one view of an audit (formats.md, "Answers"); and all views of one audit together."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from involve_audit.letters import plain
from involve_audit.model.base import IDS_AS_KEYS, Count, Day, Due, Id, Link, Text, Word
from involve_audit.model.names import is_id
from involve_audit.model.strict import InSchema, Limits, Read, Strict
from involve_audit.words.reports import WARNINGS

if TYPE_CHECKING:
    from involve_audit.errors import Problem
    from involve_audit.model.rubric import Rubric, Sourced

FORMAT: Final = "involve-audit/answers@1"
UNKNOWN = "unknown"
NOT_APPLICABLE = "not-applicable"
UNANSWERED = "unanswered"
RUBRIC_REFERENCE = r"^[a-z0-9-]{1,80}@[0-9]{1,6}(\.[0-9]{1,6}){0,2}$"
SAVED = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
BUILT_IN_ANSWERS = (UNKNOWN, NOT_APPLICABLE)
OPEN_ANSWERS = (UNKNOWN, UNANSWERED)


class Subject(Strict):
    """What is audited."""

    name: Text
    kind: Text | None = None


def answer_word(given: Any) -> Any:
    """The word for an answer that was written: in small letters, without what cannot be seen, and without quotes.

    Whatever cannot be such a word is given back as it is.
    """
    if not isinstance(given, str) or (given.isascii() and given.isalpha() and given.islower()):  # nearly always
        return given
    word = "-".join(plain(given).casefold().strip("'\" ").replace("_", " ").split())
    return word if is_id(word) else given


def _entries(value: Any) -> Any:
    """A list that a program wrote as nothing has no entries."""
    return () if value is None or value == {} else value


def _keys(value: Any) -> Any:
    """A mapping that a program wrote as nothing has no keys."""
    return {} if value is None or value == [] else value


Tally = Annotated[dict[str, Count], IDS_AS_KEYS, Read(_keys, dict[str, Count] | None)]


class Evidence(Strict):
    """What an answer rests on: a document, or what somebody said."""

    text: Text
    date: Day | None = None
    link: Link | None = None


class Answer(Strict):
    """One item's answer; without `answer`, the item is open but its note is kept.

    `last_time` says whether an answer was shown from an earlier round and then confirmed, or changed. `tally` is how
    many responses gave each answer, where the view was combined from several (docs/collecting.md).
    """

    answer: Annotated[Word | None, Read(answer_word)] = None
    reason: Text | None = None
    note: Text | None = None
    evidence: Annotated[tuple[Evidence, ...], Read(_entries, tuple[Evidence, ...] | None)] = ()
    last_time: Literal["confirmed", "changed"] | None = None
    tally: Tally = {}


class Action(Strict):
    """Something that was agreed."""

    item: Word | None = None
    what: Text
    owner: Text | None = None
    due: Due | None = None
    done: Annotated[bool, Read(lambda value: value is not None and value)] = False


def _from_short_form(value: Any) -> Any:
    return {"answer": value or None} if not value or isinstance(value, str) else value


def _or_one_word(inner: dict[str, Any]) -> dict[str, Any]:
    """Tells editors that an answer may be written as one word, or left empty for now."""
    return {"anyOf": [{"type": ["string", "null"]}, inner]}


ShortOrLong = Annotated[Answer, Read(_from_short_form), InSchema(_or_one_word)]
Respondents = Annotated[dict[str, Count], IDS_AS_KEYS, Read(_keys, dict[str, Count] | None)]
Answers = Annotated[
    dict[str, ShortOrLong],
    IDS_AS_KEYS,
    Read(_keys, dict[str, ShortOrLong] | None),
]


class Combined(Strict):
    """That a view was combined from several, and how many these were."""

    files: Count


class View(Strict):
    """One answers file: what one person or one group answered, and which perspectives were in the room.

    `response` is the random id of the form that it came from, and `saved` when that was saved, in UTC: of two files
    of one response the later counts. `combined` where it was made of several views. `retired` keeps what was
    answered in words that its rubric has no place for any more; nothing is worked out from it.
    That its items, answers and perspectives are those of its rubric is seen to by `loading.view.AnswerRules`.
    """

    format: Literal["involve-audit/answers@1"]
    rubric: Annotated[str, Limits(pattern=RUBRIC_REFERENCE)]
    audit: Id | None = None
    subject: Subject
    date: Day
    respondents: Respondents = {}
    method: Text | None = None
    answers: Answers = {}
    actions: Annotated[tuple[Action, ...], Read(_entries, tuple[Action, ...] | None)] = ()
    retired: Answers = {}
    response: Annotated[str, Limits(pattern="^[a-z0-9]{8,64}$")] | None = None
    saved: Annotated[str, Limits(pattern=SAVED)] | None = None
    combined: Combined | None = None

    def as_tree(self, *, whole: bool = False) -> dict[str, Any]:
        tree = super().as_tree(whole=whole)
        for part in ("answers", "retired"):
            if part in tree:
                tree[part] = {item: _short(answer) for item, answer in tree[part].items()}
        return tree

    @property
    def present(self) -> dict[str, int]:
        """How many people of each perspective answered, leaving out perspectives with nobody."""
        return {perspective: number for perspective, number in self.respondents.items() if number}

    @property
    def knows_something(self) -> bool:
        """Whether it has a known answer to any item."""
        return any(given.answer not in (None, UNKNOWN) for given in self.answers.values())


def _short(answer: dict[str, Any]) -> Any:
    """An answer as one word, where one word says it all."""
    return answer["answer"] if answer.keys() == {"answer"} else answer


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit, ready for the engine: at least one view, all of one subject and for one rubric.

    `date` is that of the latest view. Files of views are named from the folder that holds them all, so that
    a result is the same wherever it is worked out; `inputs` are the paths of everything that was read.
    `left_alone` says of other files of a folder why they were not read; `copies` are files with the very bytes of a
    view, each with the name of that view, and `outdated` earlier files of the same response; `doubts` are what the
    files say that somebody should look at, though it is taken as it stands. `fewer_than` is set where the audit was
    made ready for sharing (`render.publishing`): numbers of respondents below it are not known to it any more, and
    `left_out` names the kinds of things that it held before (keys of `words.reports.LEFT_OUT`).
    """

    id: str
    subject: Subject
    date: date
    views: "tuple[Sourced[View], ...]"
    rubric: "Sourced[Rubric]"
    inputs: tuple[str, ...] = ()
    left_alone: "tuple[Problem, ...]" = ()
    copies: tuple[tuple[str, str], ...] = ()
    outdated: tuple[tuple[str, str], ...] = ()
    doubts: "tuple[Problem, ...]" = ()
    fewer_than: int | None = None
    left_out: tuple[str, ...] = ()

    @property
    def about_files(self) -> list[str]:
        """A warning for each file that was taken once, with the name it was taken by, for each doubt, and for each file
        that was left alone."""
        copies = [WARNINGS["copy"].format(file=file, taken=taken) for file, taken in self.copies]
        copies += [WARNINGS["outdated"].format(file=file, taken=taken) for file, taken in self.outdated]
        return [*copies, *(f"{doubt.where}: {doubt.sentences}" for doubt in (*self.doubts, *self.left_alone))]

    @property
    def unheard(self) -> str | None:
        """The title of the rubric's first perspective where it gave no known answer (method.md, section 3)."""
        for first in self.rubric.content.perspectives[:1]:
            if not any(first.id in view.content.present and view.content.knows_something for view in self.views):
                return first.title
        return None


FIRST_YEAR = 1900


def is_unlikely(day: date, today: date) -> bool:
    """Whether a day is likely to be a slip: before 1900, or later than a year from today."""
    return day.year < FIRST_YEAR or (day.year - 1, day.month, day.day) > (today.year, today.month, today.day)
