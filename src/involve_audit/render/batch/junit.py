"""The run as test cases: one an audit, which fails on the checks that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from involve_audit.engine.checks import MISSING
from involve_audit.render import junit
from involve_audit.render.batch.outcome import Outcome, Run, Setting, why
from involve_audit.words.many import FINDINGS

_SUITE = "involve-audit"
_LONGEST = 1000


def row(outcome: Outcome, setting: Setting) -> str:
    """One test case: an error where the audit could not be assessed, a failure with every check that failed."""
    scored = outcome.scored
    told: tuple[junit.Told, ...] = ()
    if scored is None:
        told = (_told(junit.ERROR, ["problem"], [str(problem) for problem in outcome.problems]),)
    elif scored.failed:
        checks = [concern.check for concern in scored.failed]
        said = [f"{concern.check}: {why(scored, concern, setting.checks.fail_under)}" for concern in scored.failed]
        told = (_told(junit.FAILURE, checks, said),)
    return junit.row(junit.Case(outcome.files[0] if outcome.files else _SUITE, outcome.id, told))


def _told(how: str, kinds: Sequence[str], said: Sequence[str]) -> junit.Told:
    """Everything at once: there are readers of this format that look at no second failure."""
    return junit.Told(how, "\n".join(said), "; ".join(said)[:_LONGEST], ", ".join(kinds))


def document(run: Run, rows: Iterable[str], setting: Setting) -> Iterator[str]:
    """The test suite."""
    missing = run.awaited.missing if run.awaited else ()
    how = junit.FAILURE if MISSING in setting.checks.fail_on else junit.SKIPPED
    numbers = {
        "tests": run.audits + run.not_scored + len(missing),
        "failures": run.failing + (len(missing) if how == junit.FAILURE else 0),
        "errors": run.not_scored,
        **({"skipped": len(missing)} if missing and how == junit.SKIPPED else {}),
    }
    told = (_told(how, [MISSING], [FINDINGS[MISSING]]),)
    cases = (junit.row(junit.Case(name, audit or name, told)) for name, audit in missing)
    return junit.document_of_rows(_SUITE, numbers, chain(rows, cases))
