"""Logs in SARIF 2.1.0, which code hosts show beside the lines of a file. Others say what the results are; here they
are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from os import fsencode
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from involve_audit import __version__
from involve_audit.escaping import JOINT, as_json, clean

ERROR, WARNING, NOTE = "error", "warning", "note"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_VERSION, _COLUMNS = "2.1.0", "unicodeCodePoints"


class RuleTold(NamedTuple):
    """One rule: its name, what it asks for, and how much it matters where it is broken; empty where that differs."""

    name: str
    words: str
    level: str = ""


class Result(NamedTuple):
    """One result: by which rule, how much it matters, and where: file, line and column, as far as they are known.

    `fingerprint` is what makes it the same result in another run; `allowed_because` is the reason for which the author
    of the file allows it.
    """

    rule: str
    level: str
    words: str
    place: tuple[str, int | None, int | None] | None
    fingerprint: str = ""
    allowed_because: str = ""


def document(rules: Sequence[RuleTold], results: Iterable[Result]) -> str:
    """A log of one run."""
    names, results = [rule.name for rule in rules], list(results)
    told = [_data(names, result) for result in results]
    if any(result.allowed_because for result in results):  # then all have to say whether they are
        told = [{**data, "suppressions": _suppressions(one)} for data, one in zip(told, results, strict=True)]
    run = {"tool": _tool(rules), "columnKind": _COLUMNS, "results": told}
    log = {"$schema": _SCHEMA, "version": _VERSION, "runs": [run]}
    return as_json(log, indent=2) + "\n"


def row(names: Sequence[str], result: Result) -> str:
    """One result on a line, without its end, for `document_of_rows`. `names` are those of all rules."""
    return _json(_data(names, result))


def document_of_rows(rules: Sequence[RuleTold], rows: Iterable[str], warning: Callable[[], str]) -> Iterator[str]:
    """A log of one run, in pieces. `warning` is asked after the last row for what else there is to say, if anything."""
    yield _json({"$schema": _SCHEMA, "version": _VERSION}).removesuffix("}") + ',"runs":['
    yield _json({"tool": _tool(rules), "columnKind": _COLUMNS}).removesuffix("}") + ',"results":['
    separator = "\n"
    for line in rows:
        yield separator + line
        separator = ",\n"
    done: dict[str, Any] = {"executionSuccessful": True}
    if words := warning():
        done["toolExecutionNotifications"] = [{"level": WARNING, "message": {"text": words}}]
    yield '\n],"invocations":[' + _json(done) + "]}]}\n"


def _tool(rules: Sequence[RuleTold]) -> dict[str, Any]:
    return {"driver": {"name": "involve-audit", "version": __version__, "rules": list(map(_rule, rules))}}


def _rule(rule: RuleTold) -> dict[str, Any]:
    data: dict[str, Any] = {"id": rule.name, "shortDescription": {"text": rule.words}}
    return data | ({"defaultConfiguration": {"level": rule.level}} if rule.level else {})


def _data(names: Sequence[str], result: Result) -> dict[str, Any]:
    data: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": names.index(result.rule),
        "level": result.level,
        "message": {"text": clean(result.words).replace("](", f"]{JOINT}(")},  # else a link, by the format's own rule
    }
    if result.place is not None:
        data["locations"] = [_location(*result.place)]
    if result.fingerprint:
        data["partialFingerprints"] = {"involveAudit/v1": result.fingerprint}
    return data


def _suppressions(result: Result) -> list[dict[str, str]]:
    why = result.allowed_because
    return [{"kind": "inSource", "justification": clean(why)}] if why else []


def _location(file: str, line: int | None, column: int | None) -> dict[str, Any]:
    """A place in a file; the start of the file where no line is known."""
    region = {"startLine": line or 1, **({"startColumn": column} if column else {})}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": region}}


def _uri(name: str) -> str:
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(fsencode(path.as_posix()))


def _json(data: dict[str, Any]) -> str:
    return as_json(data, separators=(",", ":"))
