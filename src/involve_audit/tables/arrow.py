"""Tables in Arrow's memory to scored audits, column by column.

Each text of a column is looked up once (`tables.cells`), and what is as it should be goes to `tables.kernel`. Audits
with anything that needs words, or a closer look, go row by row through `tables.scoring`, as those of any other table
do. So nothing is refused here, or taken for something else, by a rule of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from involve_audit.errors import InputError, Problem
from involve_audit.language import _
from involve_audit.loading.responses.cells import shown
from involve_audit.loading.responses.columns import ANSWER
from involve_audit.model.base import Refused
from involve_audit.model.columns import REASON
from involve_audit.model.record import MOST_VIEWS
from involve_audit.tables.arrow_results import AboutAudits, ResultArrays
from involve_audit.tables.cells import LONGEST_ID, Vocabulary
from involve_audit.tables.columns import Flags, Places, Small, ViewColumns
from involve_audit.tables.kernel import Kernel, Scores
from involve_audit.tables.layout import AUDIT, EVIDENCE, ITEM, KIND, PEOPLE, PERSPECTIVE, RUBRIC_NAMED, SUBJECT
from involve_audit.tables.problems import RowProblem
from involve_audit.tables.rows import RawRow
from involve_audit.tables.scoring import RowReader, Scoring

if TYPE_CHECKING:
    from involve_audit.tables.layout import Layout

_BAD = 255  # in place of a code: a text that stands for no answer
_MOST_KEPT = 1_000


class _Named(NamedTuple):
    """A column as numbers: of each row the place of its text in `texts`, of which the last is the empty one."""

    places: Places
    texts: list[str]


class _Views(NamedTuple):
    """Rows as views: the audit and the first row of each, and which of them need a closer look."""

    columns: ViewColumns
    rows: Places
    odd: Flags


class ArrowRows:
    """Rows of a table, all of its columns as text; `numbers` is how a person counts the rows."""

    def __init__(self, table: Any, numbers: NDArray[np.int64], file: str, headings: Sequence[str]) -> None:
        self.file, self.headings, self.told = file, list(headings), list[str]()
        self.table, self.numbers = _with_texts(table), numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[RawRow]:
        """The rows as the engine for answers in text reads them."""
        columns = [self.text(place).to_pylist() for place in range(len(self.headings))]
        for number, *cells in zip(self.numbers.tolist(), *columns, strict=True):
            yield RawRow(number, [*("" if cell is None else cell for cell in cells), ""])

    def some(self, chosen: Any) -> ArrowRows:
        """Only the rows at these places, or of this slice."""
        if isinstance(chosen, slice):
            part = self.table.slice(chosen.start, len(self.numbers[chosen]))
        else:
            part = self.table.take(pa.array(chosen))
        return ArrowRows(part, self.numbers[chosen], self.file, self.headings)

    def text(self, place: int) -> Any:
        """A column as an array of text, which a dictionary may have the texts of."""
        array = self.table.column(place).combine_chunks()
        return as_text(array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array)

    def named(self, place: int) -> _Named:
        """A column as numbers."""
        array = self.text(place)
        found = array if isinstance(array, pa.DictionaryArray) else array.dictionary_encode()
        texts = ["" if text is None else text for text in found.dictionary.to_pylist()]
        places = found.indices.fill_null(len(texts)) if found.null_count else found.indices
        return _Named(places.to_numpy(zero_copy_only=False), [*texts, ""])


def _with_texts(table: Any) -> Any:
    """The table, with texts of the one type that Arrow can do everything with."""
    views = pa.types.is_string_view
    schema = [(field.name, pa.string() if views(field.type) else field.type) for field in table.schema]
    return table.cast(pa.schema(schema)) if any(views(field.type) for field in table.schema) else table


def as_text(array: Any) -> Any:
    """An array as text: days as year-month-day, numbers as they are written."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(array.indices, as_text(array.dictionary))
    if pa.types.is_string(kind):
        return array
    if _is_no_cell(kind):
        return pa.nulls(len(array), pa.string())
    if pa.types.is_timestamp(kind):
        array = array.cast(pa.timestamp(kind.unit)).cast(pa.date32(), safe=False)
    return array.cast(pa.string())


def _is_no_cell(kind: Any) -> bool:
    """Whether no text can stand for what is of this type."""
    return bool(pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def require_cells(file: str, schema: Any, layout: Layout) -> None:
    """Raise InputError where a column that is read holds lists, objects or bytes: no cell can be one."""
    problems = []
    for place in sorted({*layout.places.values(), *([layout.group] if layout.group >= 0 else [])}):
        if place >= len(schema):  # what the name of a folder says
            continue
        kind = schema.field(place).type
        if _is_no_cell(kind.value_type if pa.types.is_dictionary(kind) else kind):
            what = _("the column “{column}” holds `{type}`, and no text")
            told = what.format(column=shown(schema.field(place).name), type=shown(str(kind)))
            problems.append(Problem(file, told, _("Give each value a column of its own, as text.")))
    if problems:
        raise InputError(problems)


def joined(pieces: Sequence[ArrowRows]) -> ArrowRows:
    """Rows of one table, one piece after the other."""
    table = pa.concat_tables([piece.table for piece in pieces], promote_options="permissive")
    numbers = np.concatenate([piece.numbers for piece in pieces])
    return ArrowRows(table, numbers, pieces[0].file, pieces[0].headings)


class ArrowScorer:
    """Scores the rows of tables with one layout, batch by batch; counts what was scored and what was not."""

    def __init__(
        self,
        words: Vocabulary,
        layout: Layout,
        results: ResultArrays,
        tell: Callable[[RowProblem], None],
        begun: Callable[[Any], None] | None = None,
    ) -> None:
        """`tell` takes what is wrong with rows, and `begun` the names of audits whose rows begin."""
        self._words, self._layout, self._results, self._tell, self._begun = words, layout, results, tell, begun
        self._kernel = Kernel(words.compiled)
        self._items = [item.id for item in words.compiled.items]
        self._kept: ArrowRows | None = None
        # An audit with more rows has too many views. What comes of it later is met again, and then put together.
        self._most_kept = MOST_VIEWS * (len(self._items) if layout.is_long else 1)
        self._answer = lru_cache(_MOST_KEPT)(_or(_BAD, words.answer))
        self._item = _or(-1, words.item)
        self._present = lru_cache(_MOST_KEPT)(_or(None, words.present))
        self._people = lru_cache(_MOST_KEPT)(_or(-1, words.people))
        self._day = lru_cache(_MOST_KEPT)(_or(None, words.day))
        self._rubric = lru_cache(_MOST_KEPT)(_or(False, self._is_for_rubric))
        self.scored = self.not_scored = self.rows = 0

    def _is_for_rubric(self, text: str) -> bool:
        self._words.require_rubric(text)
        return True

    def score_whole(self, rows: ArrowRows) -> Any:
        """The results of all audits of a table, whose rows may stand anywhere."""
        rows, names = self._names(rows)
        order = names.dictionary_encode().indices.to_numpy(zero_copy_only=False)
        if (np.diff(order) < 0).any():
            rows = rows.some(np.argsort(order, kind="stable"))
        return self.score(rows)

    def score(self, rows: ArrowRows, is_last: bool = True) -> Any:
        """The results of the audits in these rows, each of which stand together; the last one may wait for more."""
        if self._kept is not None:
            rows, self._kept = joined([self._kept, rows]), None
        return self._scored(rows, is_last)

    def finish(self) -> Any:
        """The results of the audit that waits for more rows, of which there are none."""
        rows, self._kept = self._kept, None
        return self._results.none if rows is None else self._scored(rows, is_last=True)

    def _scored(self, rows: ArrowRows, is_last: bool) -> Any:
        rows, names = self._names(rows)
        starts = _runs(names)
        if not is_last and len(starts) and len(rows) - starts[-1] <= self._most_kept:
            last = starts[-1]
            self._kept, rows, names = rows.some(slice(last, None)), rows.some(slice(0, last)), names[:last]
            starts = starts[:-1]
        self.rows += len(rows)
        if not len(starts):
            return self._results.none
        audits = names.take(pa.array(starts))
        if self._begun and self._layout.at(AUDIT) >= 0:
            self._begun(audits)
        of_audit = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(rows)))
        views = (self._long if self._layout.is_long else self._wide)(rows, starts, of_audit)
        about, odd = self._about(rows, audits, starts, of_audit)
        odd |= views.columns.any_view(views.odd) | (views.columns.numbers > MOST_VIEWS)
        return self._joined(rows, views.columns, about, odd, of_audit)

    def _joined(self, rows: ArrowRows, columns: ViewColumns, about: AboutAudits, odd: Flags, of_audit: Places) -> Any:
        """The results of all audits in their order: the odd ones by rows, and the others by columns."""
        if not odd.any():
            self.scored += len(odd)
            return self._results.of(Scores(self._kernel, columns), about)
        plain = np.flatnonzero(~odd)
        batch = self._results.of(Scores(self._kernel, columns.of_audits(~odd)), about.some(plain))
        self.scored += len(plain)
        reader = RowReader(rows.some(np.flatnonzero(odd[of_audit])), self._layout, self._words)
        by_row = Scoring([reader], self._words, self._tell)
        found = list(by_row.standing_together())
        self.scored, self.not_scored = self.scored + by_row.scored, self.not_scored + by_row.not_scored
        places = dict(zip(about.audit.to_pylist(), range(len(odd)), strict=True))
        order = np.concatenate([plain, np.array([places[one.about.audit] for one in found], np.intp)])
        both = pa.concat_tables([batch, self._results.of_scored(found)])
        return both.take(pa.array(np.argsort(order, kind="stable")))

    # What all rows have

    def _names(self, rows: ArrowRows) -> tuple[ArrowRows, Any]:
        """The names of the rows' audits. Rows that have none are told, and are left out."""
        place = self._layout.at(AUDIT)
        if place < 0:
            return rows, pc.binary_join_element_wise("row", pa.array(rows.numbers).cast(pa.string()), "-")
        names = _decoded(rows.text(place))
        if not len(rows) or (_is_plain(names) and _lengths(names).min() > 0 and _lengths(names).max() <= LONGEST_ID):
            return rows, names
        named = rows.named(place)
        found = [_or(None, self._words.audit)(text) for text in named.texts]
        is_named = np.array([name is not None for name in found])[named.places]
        for row in np.flatnonzero(~is_named).tolist():
            try:
                self._words.audit(named.texts[named.places[row]])
            except Refused as error:
                heading, number = self._layout.heading(place), int(rows.numbers[row])
                self._tell(RowProblem(rows.file, number, heading, "", error.what, error.hint))
        names = pa.array(found, pa.string()).take(pa.array(named.places))
        return (rows, names) if is_named.all() else (rows.some(np.flatnonzero(is_named)), names.drop_null())

    def _about(self, rows: ArrowRows, audits: Any, starts: Places, of_audit: Places) -> tuple[AboutAudits, Flags]:
        """What rows say of their audits, and the audits of which they say more than one thing, or what cannot be."""
        odd = np.zeros(len(rows), np.bool_)
        first = pa.array(starts)
        texts = dict[str, Any]()
        for part in (SUBJECT, KIND):
            texts[part] = None
            if (place := self._layout.at(part)) >= 0:
                said = _tidied(_decoded(rows.text(place)))
                texts[part] = said.take(first)
                if part == SUBJECT and len(starts) < len(rows):
                    odd |= pc.not_equal(said, texts[part].take(pa.array(of_audit))).to_numpy(zero_copy_only=False)
        if (place := self._layout.at(RUBRIC_NAMED)) >= 0:
            named = rows.named(place)
            odd |= ~np.array([self._rubric(text) for text in named.texts])[named.places]
        days = None
        if (place := self._layout.dated) >= 0:
            named = rows.named(place)
            found = [self._day(text) for text in named.texts]
            odd |= np.array([day is None for day in found])[named.places]
            order = sorted({day or "" for day in found})
            ranks = np.array([order.index(day or "") for day in found])[named.places]
            days = pa.array(order, pa.string()).take(pa.array(np.maximum.reduceat(ranks, starts)))
        return AboutAudits(audits, texts[SUBJECT], texts[KIND], days), np.logical_or.reduceat(odd, starts)

    def _who(self, rows: ArrowRows, odd: Flags) -> Flags:
        """Who is present in each row: as `scoring.RowReader` has it."""
        layout, perspectives = self._layout, self._words.compiled.perspectives
        present = np.zeros((len(perspectives), len(rows)), np.bool_)
        if (place := layout.at(PERSPECTIVE)) >= 0:
            named = rows.named(place)
            found = [self._present(text) for text in named.texts]
            odd |= np.array([who is None for who in found])[named.places]
            for perspective in range(len(perspectives)):
                present[perspective] = np.array([perspective in (who or ()) for who in found])[named.places]
        if (place := layout.at(PEOPLE)) >= 0:
            named, people = self._counted(rows, place, odd)
            is_said = np.array([bool(text.strip()) for text in named.texts])[named.places]
            present &= ~is_said | (people > 0)
        counted = np.zeros_like(present)
        for name, place in layout.people.items():
            counted[perspectives.index(name)] = self._counted(rows, place, odd)[1] > 0
        return np.where(counted.any(axis=0), counted, present)

    def _counted(self, rows: ArrowRows, place: int, odd: Flags) -> tuple[_Named, NDArray[np.int64]]:
        named = rows.named(place)
        people = np.array([min(self._people(text), 1) for text in named.texts])[named.places]
        odd |= people < 0
        return named, people

    def _require_reasons(self, rows: ArrowRows, place: int, aside: Flags, odd: Flags) -> None:
        """Take rows with `not-applicable` for odd that have no reason in this column."""
        where = np.flatnonzero(aside)
        reasons = rows.text(place).take(pa.array(where)).to_pylist() if place >= 0 else [""] * len(where)
        odd[where] |= np.array([not (reason or "").strip() for reason in reasons], np.bool_)

    def _flags(self, rows: ArrowRows, place: int) -> Flags:
        """Where a column says that there is evidence."""
        named = rows.named(place)
        return np.array([self._words.evidence(text) for text in named.texts])[named.places]

    # A row is a view

    def _wide(self, rows: ArrowRows, starts: Places, of_audit: Places) -> _Views:
        compiled, layout = self._words.compiled, self._layout
        codes = np.full((len(self._items), len(rows)), compiled.unanswered, np.uint8)
        odd = np.zeros(len(rows), np.bool_)
        evidenced: Flags = np.broadcast_to(np.False_, codes.shape)
        for item, name in enumerate(self._items):
            if (place := layout.at(ANSWER, name)) >= 0:
                named = rows.named(place)
                known = np.array([self._answer(item, text) for text in named.texts], np.uint8)
                np.take(known, named.places, out=codes[item], mode="clip")
                if _BAD in known:
                    odd |= codes[item] == _BAD
                if compiled.not_applicable in known:
                    self._require_reasons(rows, layout.at(REASON, name), codes[item] == compiled.not_applicable, odd)
            if (place := layout.at(EVIDENCE, name)) >= 0:
                evidenced = evidenced if evidenced.flags.writeable else np.zeros(codes.shape, np.bool_)
                evidenced[item] = self._flags(rows, place)
        present = self._who(rows, odd)
        if layout.viewed >= 0 and len(starts) < len(rows):
            key = self._keys(rows, present)
            same = np.lexsort((key, of_audit))
            twice = (np.diff(key[same]) == 0) & (np.diff(of_audit[same]) == 0)
            odd[same[1:][twice]] = True
        return _Views(ViewColumns(codes, present, evidenced, starts), np.arange(len(rows)), odd)

    def _keys(self, rows: ArrowRows, present: Flags) -> Places:
        """What tells views of one audit apart: what a column says, or in a long table else who is present."""
        if not self._layout.is_long:
            who = np.arange(len(rows))
        elif len(present) < 63:
            who = (1 << np.arange(len(present), dtype=np.intp)) @ present
        else:
            _signs, who = np.unique(np.packbits(present, axis=0), axis=1, return_inverse=True)
        if self._layout.viewed < 0:
            return who
        named = rows.named(self._layout.viewed)
        texts = [text.strip() for text in named.texts]
        number = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        said = np.array([number[text] if text else -1 for text in texts])[named.places]
        keys: Places = np.where(said >= 0, said, len(texts) + who)
        return keys

    # A row is an answer

    def _long(self, rows: ArrowRows, starts: Places, of_audit: Places) -> _Views:
        compiled, layout = self._words.compiled, self._layout
        odd = np.zeros(len(rows), np.bool_)
        items, codes = self._answers(rows, odd)
        self._require_reasons(rows, layout.at(REASON), codes == compiled.not_applicable, odd)
        says_so = self._flags(rows, place) if (place := layout.at(EVIDENCE)) >= 0 else np.zeros(len(rows), np.bool_)
        present = self._who(rows, odd)
        key = self._keys(rows, present)
        firsts, view = _views_of(key, of_audit)
        odd |= self._says_otherwise(rows, present, firsts[view])
        filled = np.full((len(self._items), len(firsts)), compiled.unanswered, np.uint8)
        evidenced, given = np.zeros(filled.shape, np.bool_), np.full(filled.shape, -1)
        filled[items, view], evidenced[items, view], given[items, view] = codes, says_so, np.arange(len(rows))
        odd |= given[items, view] != np.arange(len(rows))  # an item that stands in another row of the view as well
        odd_views = np.zeros(len(firsts), np.bool_)
        odd_views[view[odd]] = True
        begin = np.searchsorted(of_audit[firsts], np.arange(len(starts)))
        return _Views(ViewColumns(filled, present[:, firsts], evidenced, begin), firsts, odd_views)

    def _answers(self, rows: ArrowRows, odd: Flags) -> tuple[Places, Small]:
        """The item and the code of each row; what is odd is the first item, unanswered."""
        named, said = rows.named(self._layout.at(ITEM)), rows.named(self._layout.at(ANSWER))
        items = np.array([self._item(text) for text in named.texts])[named.places]
        odd |= items < 0
        items = np.maximum(items, 0)
        pairs = items * len(said.texts) + said.places
        codes = np.zeros(len(self._items) * len(said.texts), np.uint8)
        met = np.zeros(len(codes), np.bool_)
        met[pairs] = True
        for pair in np.flatnonzero(met).tolist():
            codes[pair] = self._answer(pair // len(said.texts), said.texts[pair % len(said.texts)])
        found: Small = codes[pairs]
        odd |= found == _BAD
        return items, np.where(found == _BAD, np.uint8(self._words.compiled.unanswered), found)

    def _says_otherwise(self, rows: ArrowRows, present: Flags, firsts: Places) -> Flags:
        """Which rows say something else of their view than its first row does."""
        differ: Flags = (present != present[:, firsts]).any(axis=0)
        for place in (self._layout.at(SUBJECT), self._layout.at(KIND), self._layout.dated):
            if place >= 0:
                said = rows.named(place).places
                differ |= said != said[firsts]
        return differ


def _views_of(key: Places, of_audit: Places) -> tuple[Places, Places]:
    """The first row of each view, and the view of each row, where a key tells the views of an audit apart."""
    begins = np.concatenate([[True], (np.diff(key) != 0) | (np.diff(of_audit) != 0)])
    firsts = np.flatnonzero(begins)
    order = np.lexsort((key[firsts], of_audit[firsts]))
    again = (np.diff(key[firsts][order]) == 0) & (np.diff(of_audit[firsts][order]) == 0)
    if not again.any():
        return firsts, np.cumsum(begins) - 1
    order = np.lexsort((key, of_audit))  # rows of a view do not stand together, and stay in their order
    begins = np.concatenate([[True], (np.diff(key[order]) != 0) | (np.diff(of_audit[order]) != 0)])
    view = np.empty(len(key), np.intp)
    view[order] = np.cumsum(begins) - 1
    return order[begins], view


def _or(otherwise: Any, call: Callable[..., Any]) -> Callable[..., Any]:
    """The same call, which gives `otherwise` for what it refuses."""

    def found(*given: Any) -> Any:
        try:
            return call(*given)
        except Refused:
            return otherwise

    return found


def _decoded(array: Any) -> Any:
    return array.dictionary_decode() if isinstance(array, pa.DictionaryArray) else array


def _runs(names: Any) -> Places:
    """Where a name begins that is another than the one above."""
    if not len(names):
        return np.zeros(0, np.intp)
    differs = pc.not_equal(names.slice(1), names.slice(0, len(names) - 1)).to_numpy(zero_copy_only=False)
    return np.flatnonzero(np.concatenate([[True], differs]))


def _lengths(texts: Any) -> NDArray[np.int32]:
    """How many bytes each text has."""
    return np.diff(_offsets(texts))


def _offsets(texts: Any) -> NDArray[np.int32]:
    """Where each text begins in the bytes of all, and where the last one ends."""
    return np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]


def _is_plain(texts: Any) -> bool:
    """Whether all signs of these texts are ASCII and can be seen, with single blanks between words."""
    offsets = _offsets(texts)
    signs = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    if texts.null_count or ((signs < ord(" ")) | (signs > ord("~"))).any():
        return False
    blanks = np.flatnonzero(signs == ord(" ")) + offsets[0]
    ends = np.concatenate([offsets[:-1], offsets[1:] - 1])
    return not len(blanks) or not ((np.diff(blanks) == 1).any() or np.isin(blanks, ends).any())


def _tidied(texts: Any) -> Any:
    """The texts with blanks as one, and none where there is no text."""
    if not len(texts) or _is_plain(texts):
        return texts
    found = texts.dictionary_encode()
    tidied = pa.array([" ".join(text.split()) for text in found.dictionary.to_pylist()], pa.string())
    return tidied.take(found.indices).fill_null("")
