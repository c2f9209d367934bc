"""Test reports in JUnit's XML, which nearly every CI shows. Others say what the cases are; here they are written."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from involve_audit.escaping import xml_text

FAILURE, ERROR, SKIPPED, SAID = "failure", "error", "skipped", "system-out"
_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


class Told(NamedTuple):
    """What is told of a case: that it is a `FAILURE`, an `ERROR` or `SKIPPED`, or else what is `SAID` of it.

    `short` is the same as `words` on one line; `kind` names what failed.
    """

    how: str
    words: str = ""
    short: str = ""
    kind: str = ""


class Case(NamedTuple):
    """One test case. It passes where nothing is told of it, or something is only said."""

    group: str
    name: str
    told: Sequence[Told] = ()

    def is_told(self, how: str) -> bool:
        return any(told.how == how for told in self.told)


def document(suites: Iterable[tuple[str, Sequence[Case]]], declaration: str = _DECLARATION) -> str:
    """A report of some test suites, each a name and its cases."""
    root = ET.Element("testsuites")
    for name, cases in suites:
        numbers = {"tests": len(cases)}
        numbers |= {f"{how}s": sum(case.is_told(how) for case in cases) for how in (FAILURE, ERROR)}
        numbers |= {SKIPPED: sum(case.is_told(SKIPPED) for case in cases)}
        ET.SubElement(root, "testsuite", _named(name, numbers)).extend(map(_element, cases))
    ET.indent(root)
    return f"{declaration}{ET.tostring(root, encoding='unicode')}\n"


def row(case: Case) -> str:
    """One case on a line, for `document_of_rows`."""
    return ET.tostring(_element(case), encoding="unicode") + "\n"


def document_of_rows(name: str, numbers: Mapping[str, int], rows: Iterable[str]) -> Iterator[str]:
    """A report of one test suite, in pieces; `numbers` says how many cases there are, and how many of them fail."""
    root = ET.Element("testsuites", _named(name, numbers))
    ET.SubElement(root, "testsuite", root.attrib).text = "\n"
    before, end, after = ET.tostring(root, encoding="unicode").partition("</testsuite>")
    yield _DECLARATION + before
    yield from rows
    yield f"{end}{after}\n"


def _named(name: str, numbers: Mapping[str, int]) -> dict[str, str]:
    return {"name": xml_text(name), **{count: str(number) for count, number in numbers.items()}}


def _element(case: Case) -> ET.Element:
    element = ET.Element("testcase", classname=xml_text(case.group), name=xml_text(case.name))
    for told in case.told:
        about = {"type": told.kind, "message": xml_text(told.short)}
        about = {name: value for name, value in about.items() if value}
        ET.SubElement(element, told.how, about).text = xml_text(told.words)
    return element
