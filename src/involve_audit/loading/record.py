"""Reading a record, of this or an older version of the program (docs/formats.md, "Record")."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from involve_audit import __version__
from involve_audit.errors import InputError, Problem
from involve_audit.language import _, number
from involve_audit.loading.answers_files import is_answers
from involve_audit.loading.files import LARGEST_RECORD, digest
from involve_audit.loading.tree import Tree, in_file_order, parse_tree, without_marks
from involve_audit.loading.validation import validated
from involve_audit.model.audit import Sourced
from involve_audit.model.record import Record

_BEGINS_AS_OURS = re.compile(rb'\s*\{\s*"format"\s*:\s*"involve-audit/([a-z]+)@')
_SUFFIX = ".json"


def is_record(content: bytes, file: str) -> bool:
    """Whether a file is to be read as a record: by how it begins, or else by the end of its name."""
    begins = _BEGINS_AS_OURS.match(without_marks(content))
    if begins:
        return begins[1] not in (b"answers", b"rubric")
    return file.lower().endswith(_SUFFIX) and not is_answers(content)


def read_record(content: bytes, file: str) -> Sourced[Record]:
    """The record that `content` holds. Raises InputError with every problem of the file."""
    if len(content) > LARGEST_RECORD:
        what = _("this record is larger than {size} MB").format(size=number(LARGEST_RECORD // 1_000_000))
        raise InputError(Problem(file, what))
    try:
        record = Record.model_validate_json(without_marks(content), by_alias=True, by_name=False)
    except ValidationError:
        raise InputError(_problems(content, file)) from None
    return Sourced(record, file, digest(content))


def _problems(content: bytes, file: str) -> list[Problem]:
    """What is wrong, with its line: found by reading the file once more, slowly."""
    hint = _("A record is written by `involve-audit assess … -o NAME.audit.json`, and not by hand.")
    try:
        data = json.loads(without_marks(content).decode())
    except RecursionError:
        return [Problem(file, _("this file is nested too deep"), hint)]
    except ValueError as error:
        return [Problem(file, _("this is not JSON"), hint, getattr(error, "lineno", None))]
    tree = Tree(file)
    with suppress(InputError):
        tree = parse_tree(content, file)
    tree.data = data
    _record, problems = validated(Record, tree)
    return [*_newer(data, file), *in_file_order(problems)]


def _newer(data: Any, file: str) -> Iterator[Problem]:
    """That a newer program wrote this, where one did: then it may well hold what this one does not know."""
    tool = data.get("tool") if isinstance(data, dict) else None
    version = str(tool.get("version")) if isinstance(tool, dict) else ""
    if _parts(version) > _parts(__version__):
        what = _("this record was written by involve-audit {theirs}, which is newer than this program ({ours})")
        yield Problem(file, what.format(theirs=version, ours=__version__), _("Update this program."))


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall("[0-9]{1,6}", version)]
