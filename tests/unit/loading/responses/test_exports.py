"""What survey tools export is read: each file of tests/exports holds the same responses, and says how it was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.each import each

from involve_audit.loading.files import FileContent
from involve_audit.loading.responses.received import Assumed, receive
from involve_audit.loading.rubric import load_rubric

TESTS = Path(__file__).parents[3]
EXPORTS = TESTS / "exports"
FILES = sorted(path for path in EXPORTS.iterdir() if path.suffix in (".csv", ".xlsx"))
KITCHEN = load_rubric(str(TESTS / "shapes/ready-to-open.yaml"))
ANSWERS = [
    ({"cooks": 2}, {"clean-water": "yes", "way-out": "no", "cold-store": "not-applicable", "rota": "unknown"}),
    ({"guests": 5}, {"clean-water": "yes", "menu-together": "yes"}),
    ({"guests": 1}, {"cold-store": "no", "free-of-charge": "yes"}),
]
PEOPLE = ("example.org", "kitchen_admin", "Kitchen phone", "collect:", "192.0.2.")


@each("path", FILES)
def test_every_export_gives_its_responses(path: Path) -> None:
    of_our_form = path.name.startswith(("kobo", "odk"))
    subject = None if of_our_form else "The kitchen at Mill Lane"
    found = receive(FileContent(path.name, path.read_bytes()), Assumed(date(2026, 11, 28), KITCHEN, subject))
    views = [read.source.content for read in found.views if read.source and not read.problems]
    given = [(view.respondents, {item: one.answer for item, one in view.answers.items()}) for view in views]
    assert given == ANSWERS
    assert {view.subject.name for view in views} == {"The kitchen at Mill Lane"}
    assert not [who for who in PEOPLE if who in f"{views} {found.told}"], "nobody can be told"
    if of_our_form:
        assert {view.audit for view in views} == {"mill-lane-1"}
        assert views[0].answers["cold-store"].reason == "Only dry food is kept."
        assert views[0].answers["way-out"].note == 'The back door is "stuck"; it needs a push.'
        assert views[1].answers["menu-together"].note == "=1+1\nNow we do."
        assert [view.date.day for view in views] == [20, 21, 22]


def test_what_was_sent_twice_is_told_where_a_tool_keeps_both() -> None:
    path = EXPORTS / "kobo-names.csv"
    found = receive(FileContent(path.name, path.read_bytes()), Assumed(date(2026, 11, 28), KITCHEN))
    assert len(list(found.views)) == 3
    assert any("sent twice" in line for line in found.told)


def test_each_file_says_how_it_was_made() -> None:
    text = (EXPORTS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in FILES if f"`{path.name}`" not in text] == []
