"""What was answered in a form for survey tools comes back as it was: view → row of an export → view.

The row holds the names that pyxform gives the questions of the form, and the choices that it offers.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.strategies import promise, rubric_models
from tests.unit.render.forms.test_xlsform import blank, converted

from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import Assumed
from involve_audit.loading.responses.table import read
from involve_audit.model.columns import AUDIT, NOTE, PEOPLE, PERSPECTIVE, REASON, RUBRIC, SUBJECT, column_of, name_of
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.view import NOT_APPLICABLE, Answer, View
from involve_audit.render.forms import xlsform

DAY = date(2026, 11, 20)
SPACES = {"x": "http://www.w3.org/2002/xforms"}
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \n;,\"'=${<*_"), max_size=30).map(
    str.strip
)


@st.composite
def responses(draw: st.DrawFn, rubric: Rubric) -> View:
    """What one perspective may answer: some questions, with notes and with reasons where they do not apply."""
    answers: dict[str, Answer] = {}
    for item in rubric.items:
        answer = draw(st.sampled_from([None, *rubric.answers_to(item)]))
        reason = draw(WORDS.filter(bool)) if answer == NOT_APPLICABLE else None
        note = draw(st.none() | WORDS) or None
        if answer or note:
            answers[item.id] = Answer(answer=answer, reason=reason, note=note)
    who = draw(st.sampled_from([one.id for one in rubric.perspectives])) if rubric.perspectives else None
    return View(
        format="involve-audit/answers@1",
        rubric=rubric.reference,
        audit=draw(st.sampled_from([None, "here-1"])),
        subject={"name": "Our \"own\" 'House' & ${x}"},
        date=DAY,
        respondents={who: draw(st.integers(1, 40))} if who else {},
        answers=answers,
    )


def row_of(view: View) -> dict[str, str]:
    """What survey tools export of a view: names and values, empty where nothing was answered."""
    told = {RUBRIC: view.rubric, AUDIT: view.audit or "", SUBJECT: view.subject.name}
    for who, count in view.respondents.items():
        told |= {PERSPECTIVE: name_of(who), PEOPLE: str(count)}
    for item, said in view.answers.items():
        told[column_of(item)] = name_of(said.answer or "")
        told |= {column_of(item, NOTE): said.note or ""}
        told |= {column_of(item, REASON): said.reason} if said.reason else {}
    return told


def exported(form: str, views: list[View], groups: str) -> bytes:
    """A table of the answers to a form, its headings with the names of groups where there is a sign between them."""
    root = ElementTree.fromstring(form)
    (model,) = root.findall(".//x:model", SPACES)
    data = model.find("x:instance/*", SPACES)
    assert data is not None
    paths: dict[str, str] = {}

    def walk(element: ElementTree.Element, above: list[str]) -> None:
        for inside in element:
            name = inside.tag.rpartition("}")[2]
            walk(inside, [*above, name])
            if len(inside) == 0:
                paths[name] = groups.join([*above, name]) if groups else name

    walk(data, [])
    offered = {name.text for name in model.findall("x:instance/x:root/x:item/x:name", SPACES)}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*paths.values(), "_uuid", "_submission_time", "_submitted_by"])
    for place, view in enumerate(views):
        row = row_of(view)
        assert row.keys() <= paths.keys()
        assert {text for name, text in row.items() if name.startswith("q_") and "__" not in name} - {""} <= offered
        writer.writerow([*(row.get(name, "") for name in paths), f"u-{place}", f"{DAY}T10:00:00", "somebody"])
    return out.getvalue().encode()


@promise(10)
@given(st.data(), rubric_models(), st.sampled_from(["", "/", "-", "."]), st.booleans())
def test_what_was_answered_comes_back_as_it_was(data: Any, rubric: Rubric, groups: str, filled_in: bool) -> None:
    views = data.draw(st.lists(responses(rubric).filter(lambda view: view.answers), min_size=1, max_size=3))
    form = converted(xlsform.render(blank(rubric, subject="x" if filled_in else None)))
    file = FileContent("export.csv", exported(form, views, groups))
    found = read(file, Assumed(DAY, Sourced(rubric, "small.yaml", "0" * 64)))
    back = [one.source.content for one in found.views if one.source]
    assert [plain(view) for view in back] == [plain(view) for view in views]
    assert "somebody" not in repr(back)


def plain(view: View) -> dict[str, Any]:
    """What a row can say of a view."""
    return {name: getattr(view, name) for name in ("rubric", "audit", "subject", "date", "respondents", "answers")}
