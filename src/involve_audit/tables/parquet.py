"""Tables in Parquet: read in batches, and results written in batches, so that memory does not grow with the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any

from involve_audit.errors import OutputError, Problem
from involve_audit.inputs import opened
from involve_audit.language import _
from involve_audit.loading.responses.cells import shown
from involve_audit.loading.responses.rows import refused, require_few_columns
from involve_audit.render.pdf_library import how_to_install

if TYPE_CHECKING:
    from involve_audit.tables.arrow import ArrowRows
    from involve_audit.tables.layout import Layout
    from involve_audit.tables.rows import RawRow, TableSource

SUFFIXES = (".parquet",)
ROWS_AT_ONCE = 65_536
"""So many rows are read and scored at a time."""
_NAMES_AT_ONCE = 1_000_000


def require() -> None:
    """Raise OutputError, which says how to install it, where what reads and writes Parquet is missing."""
    for module, name in (("pyarrow", "PyArrow"), ("numpy", "NumPy")):
        if find_spec(module) is None:
            what = _("Parquet needs {library}, and that is not installed").format(library=name)
            raise OutputError(Problem("", what, how_to_install(module)))


class ParquetRows:
    """The rows of one file of Parquet, which can be gone through again and again, as text or batch by batch."""

    def __init__(self, source: TableSource) -> None:
        """Raises InputError where the file cannot be read, and OutputError where nothing here can read one."""
        require()
        self.file, self.partitions = source
        self.told: list[str] = []
        with self._open() as file:
            self.schema, self.count = file.schema_arrow, file.metadata.num_rows
            self.headings = [*self.schema.names, *(name for name, _value in self.partitions)]
        require_few_columns(self.file, len(self.headings))

    def require_cells(self, layout: Layout) -> None:
        """Raise InputError where a column that is read holds lists, objects or bytes."""
        from involve_audit.tables.arrow import require_cells

        require_cells(self.file, self.schema, layout)

    @contextmanager
    def _open(self, **options: Any) -> Iterator[Any]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        with opened(self.file) as descriptor, open(descriptor, "rb", closefd=False) as stream:
            try:
                yield pq.ParquetFile(stream, **options)
            except (pa.ArrowException, OSError) as error:
                what = _("this is no whole file of Parquet: {reason}")
                told = what.format(reason=shown(str(error).splitlines()[0] if str(error) else ""))
                raise refused(self.file, told, _("Copy or download it again.")) from None

    def __iter__(self) -> Iterator[RawRow]:
        """The rows as text."""
        for rows in self.batches(range(len(self.headings))):
            yield from rows

    def batches(self, held: Sequence[int]) -> Iterator[ArrowRows]:
        """Some rows at a time, of which the columns at these places are read, and in all others nothing stands."""
        import numpy as np
        import pyarrow as pa

        from involve_audit.tables.arrow import ArrowRows

        names = self.schema.names
        read = [names[place] for place in sorted(set(held)) if place < len(names)]
        texts = [name for name in read if pa.types.is_string(self.schema.field(name).type)]
        begin = 1
        with self._open(read_dictionary=texts) as file:
            for batch in file.iter_batches(ROWS_AT_ONCE, columns=read):
                nothing = pa.nulls(len(batch), pa.string())
                columns = [batch.column(read.index(name)) if name in read else nothing for name in names]
                columns += [
                    pa.array([value]).take(pa.array(np.zeros(len(batch), np.int8))) for _n, value in self.partitions
                ]
                yield ArrowRows(
                    pa.table(columns, self.headings), np.arange(begin, begin + len(batch)), self.file, self.headings
                )
                begin += len(batch)


class NamesBegun:
    """The names of audits whose rows begin, each as a number of eight bytes in a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._factors: Any = None
        self._count = 0

    def add(self, names: Any) -> None:
        """Rows of audits with these names begin."""
        import numpy as np

        if self._factors is None:
            self._factors = np.random.default_rng(0).integers(1, 2**63, 4_096, np.uint64) | np.uint64(1)
        offsets = np.frombuffer(names.buffers()[1], np.int32)[names.offset : names.offset + len(names) + 1]
        signs = np.frombuffer(names.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]].astype(np.uint64)
        starts = (offsets[:-1] - offsets[0]).astype(np.intp)
        places = np.arange(len(signs)) - np.repeat(starts, np.diff(offsets))
        numbers = np.add.reduceat((signs + np.uint64(1)) * self._factors[places], starts)
        self._file.write(numbers.tobytes())
        self._count += len(numbers)

    def come_again(self) -> bool:
        """Whether rows of one audit began twice; by a very rare chance two audits are taken for one here."""
        import numpy as np

        passes = 1 + self._count // _NAMES_AT_ONCE
        return any(self._again(np.uint64(passes), np.uint64(part)) for part in range(passes))

    def _again(self, passes: Any, part: Any) -> bool:
        """The same of those names whose number leaves this rest, which are few enough to be looked at together."""
        import numpy as np

        self._file.seek(0)
        found = []
        while len(numbers := np.frombuffer(self._file.read(8 * _NAMES_AT_ONCE), np.uint64)):
            found.append(numbers[(numbers >> np.uint64(32)) % passes == part])
        ordered = np.sort(np.concatenate(found)) if found else np.zeros(0)
        return bool((ordered[1:] == ordered[:-1]).any())
