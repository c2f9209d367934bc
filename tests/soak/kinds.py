"""The kinds of files that are made wrong, and what reads them: a new command, format or kind of file belongs here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from involve_audit.loading.answers_files import names_listed
from involve_audit.loading.audit import load_audit
from involve_audit.loading.baseline import load_baseline
from involve_audit.loading.record import read_record
from involve_audit.loading.rubric import parse_rubric

TODAY = date.today()


class Kind(NamedTuple):
    """One kind of input: the files that are made wrong, what reads one, and the command lines that do, as FILE."""

    weight: int
    files: tuple[str, ...]
    lines: str
    read: Callable[[str], object] | None = None
    is_data: bool = True

    def lines_with(self, file: str) -> list[list[str]]:
        """The command lines, with a file of the kind in them."""
        return [line.replace("FILE", file).split() for line in self.lines.strip().splitlines()]


KINDS = {
    "answers": Kind(
        weight=28,
        files=("view.yaml", "view.yaml", "view.json"),
        read=lambda file: load_audit([file], TODAY),
        lines="""
            assess FILE
            assess FILE other.yaml
            assess FILE -r tailored
            assess FILE -o o.audit.json
            assess FILE -o o.audit.json --publish
            assess FILE -o o.md -o o.txt --fail-under high
            assess FILE -o o.html
            answers check FILE
            answers read FILE -o read/
            answers combine FILE -o combined/
            answers check FILE --format json
            files FILE --format json
            answers check FILE --format sarif
            answers migrate FILE --to 2 -r next.yaml
            answers migrate FILE --to 2 -r next.yaml --write
            batch FILE -q -j 1 --format jsonl
            batch FILE -q -j 1 --format sarif --fail-on unknown
            batch FILE -q -j 1 --format junit --publish
            batch FILE -q -j 1 --format json --baseline rows.jsonl
            batch FILE -q -j 1 --reports reports --long -o o.csv
            batch . -q -j 1 -o o.csv -o o.html
            batch FILE round/**/*.yaml round -q -j 999999 --format csv
            diff earlier.yaml FILE
            diff FILE earlier.yaml --format json
            diff FILE new.audit.json -o o.md
            diff view.json FILE -o view.json
            assess FILE -o to-pipe.md
            assess FILE pipe
            trend earlier.yaml FILE
            trend . --format json
            actions earlier.yaml FILE
            actions . --format csv
            rubric diff small next.yaml --answers FILE
        """,
    ),
    "rubric": Kind(
        weight=17,
        files=("rubrics/small.yaml", "rubrics/small.yaml", "next.yaml"),
        read=lambda file: parse_rubric(Path(file).read_bytes(), file),
        lines="""
            rubric check FILE --budget 200
            rubric check FILE --budget 200 --format json
            rubric check tailored --budget 200
            rubric test FILE
            rubric show FILE
            rubric show FILE -o o.md
            rubric list
            rubric diff FILE next.yaml
            rubric diff rubrics/small.yaml FILE
            rubric new own --from FILE
            rubric new own --extends small
            answers new FILE
            answers migrate view.yaml --to 2 -r FILE
            assess view.yaml
            assess view.yaml -r tailored
            assess view.yaml other.yaml -r FILE
            assess view.yaml -r FILE -o o.audit.json
            batch . -q -j 1 -r FILE --format jsonl
            batch view.yaml -q -j 1 --baseline rows.jsonl --format json
            diff old.audit.json new.audit.json -r FILE
            trend . -r FILE --format json
        """,
    ),
    "overlay": Kind(
        weight=10,
        files=("rubrics/tailored.yaml", "rubrics/small-cy.yaml"),
        read=lambda file: parse_rubric(Path(file).read_bytes(), file),
        lines="""
            rubric check FILE --budget 200
            rubric check FILE --budget 200 --format sarif
            rubric test FILE
            rubric show FILE
            rubric list
            rubric diff small FILE
            answers new FILE
            assess view.yaml -r FILE
            assess view.yaml -r FILE -o o.md
            assess view.yaml -r tailored -o o.audit.json
            batch view.yaml -q -j 1 -r FILE --format jsonl
            diff earlier.yaml view.yaml -r FILE
        """,
    ),
    "record": Kind(
        weight=14,
        files=("new.audit.json", "old.audit.json", "shared.audit.json", "tailored.audit.json"),
        read=lambda file: read_record(Path(file).read_bytes(), file),
        lines="""
            diff old.audit.json FILE
            diff FILE new.audit.json --format json
            diff FILE new.audit.json -o o.html
            diff FILE new.audit.json -r next.yaml
            diff FILE view.yaml
            diff FILE FILE -o o.md
            diff earlier.yaml FILE --fail-on regression
            diff FILE new.audit.json -o new.audit.json
            diff FILE pipe -o to-pipe.xml
            trend earlier.yaml FILE
            trend . --format json
            actions FILE view.yaml -o o.html
            batch view.yaml -q -j 1 --baseline FILE --format json
            batch . -q -j 1 --baseline FILE -o o.jsonl
        """,
    ),
    "baseline": Kind(
        weight=8,
        files=("rows.jsonl", "rows.json"),
        read=lambda file: load_baseline(file).close(),
        lines="""
            batch view.yaml -q -j 1 --baseline FILE --format json
            batch . -q -j 1 --baseline FILE --format csv --fail-on regression
            batch . -q -j 1 --baseline FILE -o o.html
            batch view.yaml -q -j 1 --baseline FILE -o rows.jsonl -o rows.json
        """,
    ),
    "table": Kind(
        weight=6,
        files=("table.csv", "long.csv", "table.jsonl"),
        is_data=False,
        lines="""
            table FILE -r small -o o.csv
            table FILE -r small -o o.jsonl --details --group subject
            table FILE table.csv -r small --group subject -o o.md
            table FILE -o o.csv --long
            table FILE -r small --publish
            table FILE -r small --columns FILE -o o.csv
            table FILE -r small -o FILE
            answers read FILE -r small -o read/
            files FILE
        """,
    ),
    "names": Kind(
        weight=4,
        files=("names.txt",),
        is_data=False,
        read=names_listed,
        lines="""
            batch --files-from FILE -q -j 1 --format jsonl
            batch view.yaml --files-from FILE -q -j 1 -o o.csv
            batch --files-from FILE -q -j 1 -o names.txt
        """,
    ),
    "template": Kind(
        weight=7,
        files=("house/report.md.j2", "house/report.html.j2", "house/diff.md.j2"),
        is_data=False,
        lines="""
            assess view.yaml --template house -o o.md
            assess view.yaml --template house -o o.html
            assess view.yaml other.yaml --template house -o o.md --publish
            diff earlier.yaml view.yaml --template house -o o.md
        """,
    ),
}
