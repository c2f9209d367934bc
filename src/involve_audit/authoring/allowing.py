"""Findings that an author allows, each with a reason (`allow` in docs/formats.md), and what is allowed for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from involve_audit.authoring.manuscript import RULES, TEST_RULES, VERSION_RULES, Manuscript
from involve_audit.authoring.translation import RULES as TRANSLATION_RULES
from involve_audit.errors import suggestion
from involve_audit.language import _
from involve_audit.loading.tree import KeyPath, listed
from involve_audit.model.finding import ALLOW, Allowed, Checked, Finding, Severity
from involve_audit.model.rubric import Allowance

_EVERY_RULE = RULES | TRANSLATION_RULES | VERSION_RULES | TEST_RULES


class _Allowing(NamedTuple):
    """One entry of `allow`, or what it says of one id: where it stands, and the `section` and id that it is for."""

    place: KeyPath
    rule: str
    because: str
    section: str = ""
    id: str = ""

    @property
    def covers(self) -> tuple[str, ...]:
        """What a finding has to be about."""
        return (self.rule, self.section, self.id)


def as_allowed(written: Manuscript, checked: Checked) -> Checked:
    """What was found, without what its author allows, which is kept beside it with the reason.

    Only warnings can be allowed. An entry that allows nothing is a finding itself; so is one for a rule that there is
    not, or that is an error: these come last. Entries for rules that were not looked at here are left alone.
    """
    entries = {entry.covers: entry for entry in reversed(list(_entries(written)))}
    kept: list[Finding] = []
    allowed: list[Allowed] = []
    used: set[tuple[str, ...]] = set()
    for finding in checked.findings:
        about = [("", ""), *finding.about] if finding.severity is Severity.warning else []
        fitting = [entries[key] for section, name in about if (key := (finding.rule, section, name)) in entries]
        used.update(entry.covers for entry in fitting)
        if fitting:
            allowed.append(Allowed(finding, fitting[0].because))
        else:
            kept.append(finding)
    idle = [entry for entry in _entries(written) if entry.covers not in used or entries[entry.covers] != entry]
    kept += [finding for entry in idle for finding in _for_nothing(written, checked, entry)]
    return replace(checked, findings=tuple(kept), allowed=tuple(allowed))


def _entries(written: Manuscript) -> Iterator[_Allowing]:
    """Every entry that is sound by itself, once for each id that it names."""
    data = written.own.data if isinstance(written.own.data, dict) else {}
    for place, entry in listed(data.get(ALLOW)):
        try:
            allowance = Allowance.from_tree(entry)
        except ValueError:
            continue
        path: KeyPath = (ALLOW, place)
        named = [(section, name) for section in ("items", "gates", "stages") for name in getattr(allowance, section)]
        for section, name in named or [("", "")]:
            yield _Allowing(path, allowance.rule, allowance.because, section, name)


def _for_nothing(written: Manuscript, checked: Checked, entry: _Allowing) -> Iterator[Finding]:
    rule = _EVERY_RULE.get(entry.rule)
    if rule is None:
        what = _("there is no rule `{rule}`").format(rule=entry.rule)
        hint = suggestion(entry.rule, [name for name, one in _EVERY_RULE.items() if one.severity is Severity.warning])
    elif rule.severity is not Severity.warning:
        what = _("`{rule}` cannot be allowed: what breaks it is an error").format(rule=entry.rule)
        hint = _("Only a warning can be allowed. Put the error right, and take this out.")
    elif entry.rule in checked.left_out or entry.rule not in checked.rules:
        return
    elif entry.id:
        what = _("nothing is found of `{rule}` for `{id}`, so there is nothing to allow")
        what, hint = what.format(rule=entry.rule, id=entry.id), _("Take it out.")
    else:
        what = _("nothing is found of `{rule}`, so there is nothing to allow").format(rule=entry.rule)
        hint = _("Take it out.")
    place = (*entry.place, entry.section) if entry.id else (*entry.place, "rule")
    yield Finding(ALLOW, Severity.warning, written.own.problem(place, what, hint))
