"""Problems and findings at their lines in SARIF 2.1.0, within what GitHub takes in: when that is too little, the most
important ones, and a word on how many were left out."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from involve_audit.escaping import clean, json_text
from involve_audit.render.batch.findings import LEVELS, RULES, Said, all_said, at_level, marked
from involve_audit.render.batch.outcome import Outcome, Run, Setting
from involve_audit.render.sarif import SCHEMA, location, tool
from involve_audit.words.many import COUNTED_BATCH, RULES_IN_WORDS

MOST_RESULTS = 25_000
MOST_COMPRESSED = 9_500_000  # GitHub takes 10 MB
_LONGEST = 1000
_LEVEL_NAMES = ("error", "warning", "note")


def row(outcome: Outcome, setting: Setting) -> str:
    """Each result on a line, its level in front."""
    return "".join(
        marked(said.level, _json(_result(outcome, said))) for said in all_said(outcome, setting, by_question=True)
    )


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The log, of the form that `json.dumps` gives, one result a line."""
    head = {"$schema": SCHEMA, "version": "2.1.0"}
    yield _json(head).removesuffix("}") + ',"runs":[{"tool":' + _json(_tool()) + ',"columnKind":"unicodeCodePoints"'
    yield ',"results":['
    written, size = 0, _Size()
    for line in (line for level in LEVELS for line in at_level(iter(rows), level)):
        if written == MOST_RESULTS or size.with_more(line) > MOST_COMPRESSED:
            break
        yield (",\n" if written else "\n") + line
        written += 1
    yield '\n],"invocations":[' + _json(_invocation(sum(1 for _line in rows) - written)) + "]}]}\n"


class _Size:
    """How large the results become when they are compressed, a little overestimated."""

    def __init__(self) -> None:
        self.compressor = zlib.compressobj(1)
        self.size = 0

    def with_more(self, text: str) -> int:
        self.size += len(self.compressor.compress(text.encode()))
        return self.size


def _result(outcome: Outcome, said: Said) -> dict[str, Any]:
    text = " ".join(str(clean(said.words)).split())
    result: dict[str, Any] = {
        "ruleId": said.rule,
        "ruleIndex": RULES.index(said.rule),
        "level": _LEVEL_NAMES[said.level],
        "message": {"text": text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"},
    }
    if said.place is not None:
        result["locations"] = [location(*said.place)]
        result["partialFingerprints"] = {"involveAudit/v1": f"{outcome.id}:{said.rule}:{text[:200]}"}
    return result


def _tool() -> dict[str, Any]:
    rules = [{"id": rule, "shortDescription": {"text": RULES_IN_WORDS[rule]}} for rule in RULES]
    return tool(rules)


def _invocation(left_out: int) -> dict[str, Any]:
    done: dict[str, Any] = {"executionSuccessful": True}
    if left_out > 0:
        message = {"text": COUNTED_BATCH.of("left_out", left_out)}
        done["toolExecutionNotifications"] = [{"level": "warning", "message": message}]
    return done


def _json(data: dict[str, Any]) -> str:
    return json_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
