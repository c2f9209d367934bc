"""In a language without Latin letters, with a rubric and answers without any, what is shown has none left."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.each import each
from tests.program import run
from tests.pseudo import latin, pseudo_language, shown
from tests.unit.asking.rooms import held
from typer.main import get_command

from involve_audit import language
from involve_audit.asking.draft import Filled
from involve_audit.cli.program import app
from involve_audit.engine.assessment import assess_audit
from involve_audit.errors import InputError, Problem
from involve_audit.loading.audit import load_audit
from involve_audit.loading.rubric import load_rubric
from involve_audit.loading.tree import parse_tree
from involve_audit.model.rubric import Rubric, Sourced
from involve_audit.model.spelling import Spelling, listed_words
from involve_audit.model.view import Audit, Evidence, View
from involve_audit.render.formats import ASSESSMENT
from involve_audit.render.options import STYLES, Options
from involve_audit.render.publishing import published
from involve_audit.render.report import ReportPage
from involve_audit.words.asking import ASKING, MEANT, REMARKS, TYPED
from involve_audit.words.rubrics import QUESTION_HELP

ROOT = Path(__file__).parents[2]
INVALID = ROOT / "tests/cases/invalid"
TODAY = date(2026, 11, 23)
WRITTEN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SHOWN_TO_PEOPLE = ("text", "html", "markdown")

OF_TYPER = r"Usage:|Arguments:|Options:|Commands:|\bOPTIONS\b|\bCOMMAND\b|\bARGS\b|\[required\]"
HELP_OF_TYPER = re.compile(rf"{OF_TYPER}|Show\s+this\s+message\s+and\s+exit\.")


@pytest.fixture(autouse=True)
def in_pseudo_language(another_language: None) -> None:
    """Everything is shown in the pseudo-language, until the test is over."""
    language.use(pseudo_language())


def test_the_language_itself_has_no_latin_letter() -> None:
    assert latin("⟦Šţåğé⟧ a: ½") == set()
    assert latin("⟦Šţåğé⟧ of `stage` in a.yaml") == {"of", "in"}
    assert language.day(WRITTEN.date()) == "22 Νοεμβρίου 2026"
    assert not latin(language.moment(WRITTEN) + language.listed(["1", "2"]) + language.percent(0.5))


# Reports of a foreign rubric

GREEK = str.maketrans(string.ascii_letters, "αβψδεφγηιξκλμνοπχρστθωςξυζ" + "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΧΡΣΤΘΩΣΞΥΖ")
AS_IT_IS = {"format", "version", "language", "kind", "for", "measure", "link", "date", "due", "last_time", "done"}
BUILT_IN = {word: word for word in ("unknown", "not-applicable")}


def ids_of(node: Any) -> Iterator[str]:
    """Every id that a tree declares."""
    if isinstance(node, dict):
        yield from (node["id"] for _ in range(1) if isinstance(node.get("id"), str))
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from ids_of(child)


def foreign(node: Any, ids: dict[str, str], key: str = "") -> Any:
    """A tree with other ids and with Greek letters in every text."""
    if isinstance(node, dict):
        return {ids.get(name, name): foreign(value, ids, name) for name, value in node.items()}
    if isinstance(node, list):
        return [foreign(value, ids, key) for value in node]
    if not isinstance(node, str) or key in AS_IT_IS:
        return node
    return ids.get(node) or node.translate(GREEK).replace("1.", "1·")


def tree_of(file: str) -> dict[str, Any]:
    data: dict[str, Any] = parse_tree((ROOT / file).read_bytes(), file).data
    return data


@cache
def foreign_rubric() -> tuple[Rubric, dict[str, str]]:
    """The bundled rubric without Latin letters, its ids numbers; and which id is which number."""
    data = tree_of("rubrics/service-user-leadership-spectrum.yaml")
    del data["allow"]  # no page shows it, and the names of rules are ours
    ids = {name: str(number) for number, name in enumerate(dict.fromkeys(ids_of(data)), 10)} | BUILT_IN
    return Rubric.from_tree(foreign(data, ids)), ids


def foreign_audit(*files: str, version: str = "1.0.0", **changed: Any) -> Audit:
    """The audit of some views of the examples, without Latin letters and with some lines changed."""
    rubric, ids = foreign_rubric()
    head = {"rubric": f"{rubric.id}@{version}", "audit": "1", "subject": {"name": "Ω", "kind": "Ω"}}
    trees = [tree_of(f"examples/{file}") | changed for file in files]
    views = [View.from_tree(foreign(tree, ids) | head) for tree in trees]
    sourced = tuple(Sourced(view, f"{number}", "0" * 64) for number, view in enumerate(views, 1))
    left = (Problem("3", "4"),)
    return Audit("1", views[0].subject, views[0].date, sourced, Sourced(rubric, "0", "0" * 64), left_alone=left)


def best_answers() -> dict[str, str]:
    """The best answer to every question of the bundled rubric."""
    data = tree_of("rubrics/service-user-leadership-spectrum.yaml")
    good = {item["id"]: "yes" if item["kind"] in ("practice", "achievement") else "no" for item in data["indicators"]}
    return good | {item["id"]: "no" for item in data["anti_patterns"]}


STAFF, USERS = "riverside/staff.yaml", "riverside/service-users.yaml"
ACTIONS = [{"what": "Ω", "item": "peer-support-led", "owner": "Ω", "due": "2027-01-31"}, {"what": "Ω", "done": "true"}]
AUDITS: dict[str, Any] = {
    "views that differ": lambda: foreign_audit(STAFF, USERS),
    "documents that say little": lambda: foreign_audit("norfolk/published-account.yaml"),
    "staff alone, an older version": lambda: foreign_audit(STAFF, version="0.9.0", actions=ACTIONS),
    "made for sharing": lambda: published(foreign_audit(STAFF, USERS, actions=ACTIONS), 5),
    "nothing known": lambda: foreign_audit(STAFF, answers={}),
    "all as good as can be": lambda: foreign_audit(USERS, answers=best_answers()),
}


def rendered(audit: Audit, format_name: str, style: str = "full") -> str:
    page = ReportPage(audit, assess_audit(audit), Options(written=WRITTEN, style=style))
    return shown(format_name, str(ASSESSMENT.named(format_name).render(page)))


@pytest.mark.parametrize("format_name", SHOWN_TO_PEOPLE)
@pytest.mark.parametrize("case", AUDITS)
def test_a_report_holds_no_word_of_its_own(case: str, format_name: str) -> None:
    text = rendered(AUDITS[case](), format_name)
    assert "⟦" in text
    assert latin(text) == set()


@pytest.mark.parametrize("format_name", SHOWN_TO_PEOPLE)
@pytest.mark.parametrize("style", STYLES)
def test_no_style_has_words_of_its_own(style: str, format_name: str) -> None:
    assert latin(rendered(AUDITS["views that differ"](), format_name, style)) == set()


@pytest.mark.parametrize("format_name", SHOWN_TO_PEOPLE)
def test_numbers_in_a_report_are_written_as_the_language_writes_them(format_name: str) -> None:
    text = rendered(AUDITS["views that differ"](), format_name)
    assert not re.findall(r"(?<![\d.])\d+\.\d+(?![\d.])", text)


# Asking

ASKED = ("consult-by-survey", "groups-preparing-for-independence", "satisfaction-surveys")
ENDS = {"done", "stopped", "stopped_unsaved", "ended_unsaved", "ended_unsaved_at_all", "question_named"}
SAID_AROUND_IT = {
    "resumed",
    "try_again",
    "moved",
    "moved_audit",
    "moved_without_comments",
    "unclear_no_part",
    "where_nothing",
    "where_unsaved",
    "stays_at",
    "in_file",
    "in_folder",
} | ENDS
DAY, LINK = "2026-11-01", "https://example.org"


def typed_lines(keys: dict[str, str]) -> Iterator[str | list[str]]:
    """What is typed, so that everything that can be said is said."""
    help_, note, evidence, back = (keys[name] for name in ("help", "note", "evidence", "back"))
    maybe = listed_words(MEANT["unclear"])[0]
    yield from (
        "",
        help_,
        back,
        "1",
        "2",
        "Ω",
        "2029-01-01",
        "1826-01-01",
        "2",
        help_,
        "",
        "x",
        help_,
        keys["list"],
        keys["where"],
    )
    yield from (*"000000", "", "παρτλθ", maybe, "3", keys["confirm"], "1")
    yield from (
        keys["confirm"],
        help_,
        "π",
        "βαν",
        f"{note} 99",
        *(f"{note} 2 Ω", "2", "2"),
        f"{back} 9",
        note,
        "Ω",
        "",
        "2",
        note,
        note,
        "1",
        "",
        "x",
        "1",
    )
    yield from (evidence, note, "Ω", "1", "x", DAY, "y", LINK, "π", "1", "", "", "", "5", "", "5", "Ω", back, "")
    yield from (help_, note, "Ω", "", "1", note, "1", "Ω", "", note, "2", "Ω", "", note, "3", "1")
    yield from (evidence, "Ω", "1", "", "", "Ω", "", "", "", evidence, "2", "7", "2", "Ψ", "x", DAY, "y", LINK)
    yield from (evidence, "3", "1", "1", ["Ω", "Ψ"], "1", "1", "Ω Ω Ω Ω", "2", keys["skip"], "1", "1")


def test_asking_says_every_word_in_the_language_of_the_run() -> None:
    rubric, ids = foreign_rubric()
    items = [ids[item] for item in ASKED]
    last = {items[0]: Filled(ids["yes"], note="Ω", evidence=[Evidence(text="Ω")])}
    room = held(rubric, typed_lines(Spelling(rubric).shown_keys()), items=items, last=last, fails=[3])
    assert latin(room.said.replace("the disk is full", "")) == set()
    tables = (rubric.words.put_into(ASKING), QUESTION_HELP, TYPED, REMARKS)
    unsaid = {name for table in tables for name in table if longest_part(table[name]) not in room.said}
    assert unsaid <= SAID_AROUND_IT, "what is typed here leaves out some of what can be said"


def longest_part(text: str) -> str:
    """What stands in a text whatever is filled in."""
    return max(re.split(r"\{\w+\}", text.strip("⟦⟧")), key=len)


# The command line


def command_lines(command: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The program, and each of its commands, at any depth."""
    command = command or get_command(app)
    yield words
    for name, below in getattr(command, "commands", {}).items():
        yield from command_lines(below, (*words, name))


@each("words", list(command_lines()))
def test_help_is_in_the_language_of_the_run(words: tuple[str, ...]) -> None:
    text = HELP_OF_TYPER.sub(" ", run(*words, "--help").stdout)
    names = {name for line in command_lines() for name in line}
    assert "⟦" in text
    assert latin(text) - names == set()


@each(
    "line",
    [
        "assess",
        "assess --save a.yaml",
        "assess none.yaml --save a.yaml",
        "assess none.yaml",
        "assess examples",
        "assess examples/norfolk -r none",
        "assess examples/norfolk --fail-under goood",
        "assess examples/norfolk --fail-under led",
        "assess examples/norfolk -o a.doc -o none/a.md",
        "assess examples/norfolk -o none/a.md",
        "assess examples/norfolk --format pfd",
        "assess examples/norfolk --fewer-than 9",
        "assess examples/norfolk --publish --fewer-than 2",
        "assess examples/riverside examples/norfolk",
        "assess examples/norfolk/published-account.yaml -o examples/norfolk/published-account.yaml.md -o examples",
        "assess examples/norfolk -o a.html --style shrot",
        "assess examples/norfolk --template docs",
        "assess examples/norfolk -o a.html --template none",
        "assess examples/norfolk -o a.html --template docs",
        "template copy none.html",
        "template copy style.css.j2",
        "--language none assess examples",
    ],
)
def test_a_refusal_on_the_command_line_is_in_the_language_of_the_run(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = run(*line.split())
    assert result.exit_code in (1, 2)
    assert "⟦" in result.stderr
    assert latin(result.stderr) - set(re.findall(r"\w+", line)) == set()


@each("name", sorted(path.name for path in INVALID.glob("*.yaml")))
def test_what_is_wrong_with_a_file_is_said_in_the_language_of_the_run(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(INVALID)
    with pytest.raises(InputError) as caught:
        load_audit([name], TODAY) if name.startswith("answers") else load_rubric(name)
    for problem in caught.value.problems:
        assert latin(problem.what) | latin(problem.hint) == set()
