"""The note and the evidence of a question: shown, added to, changed, taken out. Nothing goes without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from involve_audit.asking.opening import past_day
from involve_audit.asking.prompts import MeantForTheQuestion
from involve_audit.errors import Stopped
from involve_audit.model.base import read_link
from involve_audit.model.view import Evidence
from involve_audit.words.asking import ASKING, REMARKS

if TYPE_CHECKING:
    from involve_audit.asking.draft import Draft
    from involve_audit.asking.prompts import Prompts, Save
    from involve_audit.model.rubric import Item
    from involve_audit.render.titles import Titles

ADD, ANEW, OUT, LEAVE = 1, 2, 3, 4


class Remarks:
    """What people say beside their answers.

    `at` is the question that is being asked: what is typed at a prompt of this and reads like an answer may be meant
    for it, also where the note is another question's. Everything here raises what `Prompts.text` raises.
    """

    def __init__(self, titles: Titles, draft: Draft, prompts: Prompts, save: Save) -> None:
        self.titles = titles
        self.draft = draft
        self.prompts = prompts
        self.say = prompts.talk.say
        self.save = save

    def lines(self, item: Item) -> Iterator[str]:
        """What there is so far for a question."""
        filled = self.draft.answers.get(item.id)
        if filled and filled.reason:
            yield REMARKS["reason_so_far"].format(reason=filled.reason)
        if filled and filled.note:
            yield REMARKS["note_so_far"].format(note=filled.note)
        for evidence in filled.evidence if filled else ():
            yield REMARKS["evidence_so_far"].format(text=told(evidence))

    # Notes

    def note(self, item: Item, at: Item | None, before: Item | None) -> None:
        """Add to the note of a question; where there is one, it can be written anew or taken out.

        Where there was a question `before`, a new note may be for that one. Where no question is being asked, `at` is
        None: words are no note before it is chosen what becomes of the one there is.
        """
        filled = self.draft.item(item.id)
        what = ADD
        if filled.note:
            self.say(REMARKS["note_so_far"].format(note=filled.note))
            words: list[str] | None = [] if at else None
            what = self.prompts.one_of(self._of(item, "note_there"), back=0, enter=LEAVE, words=words)
            if words:
                self.keep_note(item, words)
                return
        if what == OUT and self.prompts.one_of(REMARKS["note_out"], back=2) == 1:
            filled.note = None
            self.save(item.id)
            self.say(self._of(item, "note_gone"))
        elif what in (ADD, ANEW):
            self._hear_note(item, at, None if filled.note else before, anew=what == ANEW)

    def _hear_note(self, item: Item, at: Item | None, before: Item | None, *, anew: bool) -> None:
        self.say(REMARKS["note"])
        lines: list[str] = []
        cut_off = True
        try:
            while (line := self._line(at, first=not lines)) or self.prompts.talk.pending():
                lines.append(line)
            cut_off = False
        except MeantForTheQuestion:
            cut_off = False
            raise
        finally:
            self.keep_note(item, lines, None if cut_off else before, anew=anew)

    def _line(self, at: Item | None, *, first: bool) -> str:
        """One line of a note. What is typed alone and reads like an answer or a command is asked about."""
        talk = self.prompts.talk
        pasted = talk.pending()
        if first:
            line = self.prompts.line(ASKING["typed"], joined=False, text=True)
        else:
            try:
                line = talk.line(ASKING["typed"]).rstrip()
            except EOFError:
                raise Stopped from None
        alone = not pasted and not talk.pending()
        if alone and not self.prompts.is_text(line, self.titles.numbers[at.id] if at else None):
            return self._line(at, first=first)
        return line

    def keep_note(self, item: Item, lines: list[str], before: Item | None = None, *, anew: bool = False) -> None:
        """Keep lines as the note of a question, behind what is there unless they are to stand `anew` in its place.

        Once they are kept it is asked whether they are for the question `before`, where there is one.
        """
        text = "\n".join(lines).strip()
        if not text:
            return
        filled = self.draft.item(item.id)
        old, filled.note = filled.note, _joined(None if anew else filled.note, text)
        self.save(item.id)
        if (whose := self._whose(item, before)) is not item:
            filled.note, other = old, self.draft.item(whose.id)
            other.note = _joined(other.note, text)
            self.save(item.id, whose.id)
        self.say(self._of(whose, "kept"))

    def _whose(self, item: Item, before: Item | None) -> Item:
        """The question that people have in mind for what they just said: this one, or the one before."""
        if before is None or self.prompts.one_of(self._of(before, "which_question"), back=2, enter=1) == 1:
            return item
        return before

    # Evidence

    def evidence(self, item: Item, at: Item, before: Item | None, explain: Callable[[], None]) -> None:
        """Add evidence to a question, or to the one `before`; where there is some, it can be changed or taken out."""
        pieces = self.draft.item(item.id).evidence
        what = ADD
        if pieces:
            for number, piece in enumerate(pieces, 1):
                self.say(f"  {number} {told(piece)}")
            what = self.prompts.one_of(self._of(item, "evidence_there"), back=0, enter=LEAVE)
        if what == ADD:
            self._add(item, at, None if pieces else before, explain)
        elif what in (ANEW, OUT) and (place := self._which(len(pieces))) is not None:
            (self._change if what == ANEW else self._take_out)(item, pieces, place)

    def _add(self, item: Item, at: Item, before: Item | None, explain: Callable[[], None]) -> None:
        while text := self.prompts.text(ASKING["evidence"], explain, self.titles.numbers[at.id]):
            self.draft.item(item.id).evidence.append(Evidence(text=text))
            self.save(item.id)
            if (whose := self._whose(item, before)) is not item:
                self.draft.item(whose.id).evidence.append(self.draft.item(item.id).evidence.pop())
                self.save(item.id, whose.id)
            item, before = whose, None
            pieces = self.draft.item(item.id).evidence
            if day := self.prompts.optional(ASKING["evidence_date"], self._day, "bad_date"):
                pieces[-1] = Evidence(text=text, date=self._day(day))
                self.save(item.id)
            if link := self.prompts.optional(ASKING["evidence_link"], read_link, "bad_link"):
                pieces[-1] = pieces[-1].changed(link=link)
                self.save(item.id)
            self.say(self._of(item, "kept"))
            self.say(REMARKS["more"])

    def _which(self, count: int) -> int | None:
        """The place of the piece that is meant; None for none."""
        if count == 1:
            return 0
        number = self.prompts.optional(REMARKS["which_evidence"], partial(_place, count), "bad_piece")
        return _place(count, number) if number else None

    def _change(self, item: Item, pieces: list[Evidence], place: int) -> None:
        """Hear another text, day and link for a piece; Enter keeps it, and a hyphen takes day or link out."""
        piece = pieces[place]
        for name, shown, read, wrong in (
            ("text", piece.text, str, ""),
            ("date", piece.date, _or_none(self._day), "bad_date"),
            ("link", piece.link, _or_none(read_link), "bad_link"),
        ):
            question = REMARKS[f"change_{name}"].format(value=shown or "–")
            if typed := self.prompts.optional(question, read, wrong) if wrong else self.prompts.text(question):
                pieces[place] = pieces[place].changed(**{name: read(typed)})
                self.save(item.id)
        self.say(self._of(item, "kept"))

    def _take_out(self, item: Item, pieces: list[Evidence], place: int) -> None:
        if self.prompts.one_of(REMARKS["evidence_out"].format(text=told(pieces[place])), back=2) == 1:
            del pieces[place]
            self.save(item.id)
            self.say(REMARKS["evidence_gone"])

    def _day(self, typed: str) -> date:
        return past_day(typed, self.prompts.today)

    def _of(self, item: Item, name: str) -> str:
        return REMARKS[name].format(number=self.titles.numbers[item.id], title=item.title)


def _or_none(read: Callable[[str], object]) -> Callable[[str], object]:
    return lambda typed: None if typed == "-" else read(typed)


def _joined(note: str | None, more: str) -> str:
    return f"{note}\n{more}" if note else more


def told(evidence: Evidence) -> str:
    """A piece of evidence on one line."""
    return ", ".join(str(part) for part in (evidence.text, evidence.date, evidence.link) if part)


def _place(count: int, typed: str) -> int:
    """The place of the piece with this number. Raises ValueError where there is none."""
    place = int(typed) - 1 if typed.isdecimal() and len(typed) < 6 else -1
    if not 0 <= place < count:
        raise ValueError(typed)
    return place
