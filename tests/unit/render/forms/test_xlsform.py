"""The form for survey tools: pyxform and ODK Validate take it for every rubric, and text in it stays text.

What Enketo makes of it in a browser is looked at by `make enketo` (tests/enketo).
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.browser import installed
from tests.each import each
from tests.nasty import NASTY
from tests.shapes.large import large_rubric
from tests.unit.engine.building import gate, item, load, rubric_text
from tests.unit.engine.strategies import promise, rubric_models
from tests.unit.model.test_columns import item_of

from involve_audit.errors import OutputError
from involve_audit.escaping import JOINT, xml_text
from involve_audit.loading.files import digest
from involve_audit.loading.rubric import all_ids, load_rubric, parse_rubric
from involve_audit.model.columns import column_of, name_of
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import Subject
from involve_audit.render.forms import xlsform
from involve_audit.render.forms.blank import BlankForm

SHAPES = Path(__file__).parents[3] / "shapes"
TODAY = date(2026, 11, 28)
RUBRICS: dict[str, Rubric] = {
    **{name: load_rubric(name).content for name in all_ids()},
    **{path.stem: load_rubric(str(path)).content for path in SHAPES.glob("*.yaml")},
    "village-hall": parse_rubric(large_rubric().encode(), "village-hall.yaml").content,
}
TYPES = {"calculate", "integer", "text", "select_one", "begin_group", "end_group"}
MARKS = (
    "**bold** __b__ *em* _em_ a_b_c",
    "<b>x</b> < 3 > 2 <sup>2</sup>",
    "${q_i0} ${unknown} ${x",
    "# head",
    "- list",
)
MARKS += (
    "+ plus",
    "-",
    "1. one",
    "[l](http://x.org)",
    "\\*a\\* \\\\ \\#",
    "&lt;b&gt; &amp; R&D",
    "$$$1 $$$2 $",
    "=1+1",
)
MARKS += ("<output value='/data/q_i0'/>", "_x0041_ \x07", "a\n\nb", NASTY)


def blank(rubric: Rubric, subject: str | None = None, **more: Any) -> BlankForm:
    more |= {"subject": Subject(name=subject)} if subject else {}
    return BlankForm(rubric, TODAY, sha256=digest(rubric.id.encode()), **more)


def nasty_rubric() -> Rubric:
    """Every mark in a question, an answer, a perspective and a theme."""
    items = [
        item(f"i{place}", ask=mark, na=place % 2 == 0, theme=f"t{place}", yes_looks_like=[mark])
        for place, mark in enumerate(MARKS)
    ]
    marked = [{"id": f"t{place}", "title": mark} for place, mark in enumerate(MARKS)]
    scale = [{"id": "yes", "value": 1}, {"id": "no", "value": 0}, *({**one, "value": 0.5} for one in marked)]
    gates = {"high": [gate("share", ["i0"], at_least="50%")]}
    return load(rubric_text(items, gates, scale=scale, themes=marked, perspectives=marked, title="T ${x} <b>"))


def converted(content: bytes) -> str:
    """The XForm that pyxform makes of a workbook. It had nothing to warn of."""
    from pyxform.xls2xform import convert

    said: list[str] = []
    made = convert(io.BytesIO(content), file_type=".xlsx", warnings=said, validate=False)
    assert said == []
    return str(made.xform)


def sheets(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The sheets as pyxform reads them."""
    from pyxform.xls2json_backends import xlsx_to_dict

    read = xlsx_to_dict(io.BytesIO(content))
    return {
        name: getattr(read, name) if hasattr(read, name) else read[name] for name in ("survey", "choices", "settings")
    }


def labels(rows: list[dict[str, str]], column: str = "label") -> list[str]:
    return [row[column] for row in rows if row.get(column)]


def forms() -> Iterator[BlankForm]:
    """Every rubric, bare and with everything that can be filled in."""
    for rubric in (*RUBRICS.values(), nasty_rubric()):
        if rubric.id != "village-hall":  # of the largest, one will do
            yield blank(rubric)
        first = next((one.id for one in rubric.perspectives), None)
        yield blank(rubric, subject="Blue “House” & 'Sons' ${x}", audit="blue-1", perspective=first, with_help=True)


def test_pyxform_and_odk_validate_take_the_form_of_every_rubric(tmp_path: Path) -> None:
    from pyxform.validators import odk_validate

    java = installed.program("java")
    made = [converted(xlsform.render(form)) for form in forms()]

    @promise(8)
    @given(rubric_models())
    def at_random(rubric: Rubric) -> None:
        made.append(converted(xlsform.render(blank(rubric))))

    at_random()
    for place, xform in enumerate(made):
        (tmp_path / f"{place}.xml").write_text(xform, encoding="utf-8")
    files = [str(tmp_path / f"{place}.xml") for place in range(len(made))]
    jar = Path(odk_validate.__file__).with_name("bin") / "ODK_Validate.jar"
    command = [java, "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-jar", str(jar), *files]
    validated = subprocess.run(command, capture_output=True, text=True, check=False)
    assert validated.returncode == 0, validated.stderr
    assert validated.stdout.count("Xform is valid!") == len(made)


@pytest.mark.parametrize("name", RUBRICS)
def test_every_question_can_be_answered_with_what_the_rubric_allows(name: str) -> None:
    rubric = RUBRICS[name]
    read = sheets(xlsform.render(blank(rubric)))
    lists: dict[str, list[str]] = {}
    for row in read["choices"]:
        lists.setdefault(row["list_name"], []).append(row["name"])
    asked = {row["name"]: row for row in read["survey"] if "name" in row}
    for one in rubric.items:
        (kind, chosen) = asked[column_of(one.id)]["type"].split()
        assert kind == "select_one"
        assert lists[chosen] == [name_of(word) for word in rubric.answers_to(one)]
        assert column_of(one.id, "note") in asked
        assert (column_of(one.id, "reason") in asked) == bool(one.not_applicable_when)
    assert lists.get("ia_perspective", []) == [name_of(one.id) for one in rubric.perspectives]
    columns = [found for name in asked if (found := item_of(name))]
    assert [item_id for item_id, part in columns if not part] == by_theme(rubric)


def by_theme(rubric: Rubric) -> list[str]:
    """The items in the order in which they are asked: those of one theme together, themes as they first come."""
    themes = list(dict.fromkeys(one.theme for one in rubric.items))
    return [one.id for one in sorted(rubric.items, key=lambda one: themes.index(one.theme))]


@each("form", forms)
def test_labels_are_unique_and_nothing_is_asked_of_the_device(form: BlankForm) -> None:
    read = sheets(xlsform.render(form))
    assert {row["type"].split()[0] for row in read["survey"]} <= TYPES
    assert max(Counter(map(str.casefold, labels(read["survey"]))).values()) == 1
    for name in {row["list_name"] for row in read["choices"]}:
        of_list = labels([row for row in read["choices"] if row["list_name"] == name])
        assert len(set(of_list)) == len(of_list)
    names = [row["name"] for row in read["survey"] if "name" in row]
    assert len(set(names)) == len(names)


def test_only_a_reason_has_to_be_given_and_only_where_it_is_asked_for() -> None:
    read = sheets(xlsform.render(blank(RUBRICS["ready-to-open"])))
    required = {row["name"]: row["relevant"] for row in read["survey"] if row.get("required")}
    assert required == {"q_cold_store__reason": "${q_cold_store} = 'not_applicable'"}


def test_first_it_says_what_is_answered_and_by_whom() -> None:
    rubric = RUBRICS["ready-to-open"]
    read = sheets(xlsform.render(blank(rubric, subject="It’s ours", audit="ours-1", perspective="guests")))
    rows = [row for row in read["survey"] if row.get("name", "").startswith("ia_") and "group" not in row["type"]]
    assert [(row["type"], row["name"], row.get("calculation") or row.get("default")) for row in rows] == [
        ("calculate", "ia_rubric", f"'{rubric.reference}'"),
        ("calculate", "ia_audit", "'ours-1'"),
        ("calculate", "ia_subject", "concat('It', \"'\", 's ours')"),
        ("select_one ia_perspective", "ia_perspective", "guests"),
        ("integer", "ia_people", "1"),
    ]
    assert read["settings"] == [
        {
            "form_title": "Ready to open the community kitchen: It’s ours",
            "form_id": "ready_to_open_ours_1",
            "version": f"{rubric.version}-{digest(rubric.id.encode())[:8]}",
            "style": "pages",
        }
    ]


def test_what_the_form_does_not_know_is_asked_and_may_be_left_out() -> None:
    read = sheets(xlsform.render(blank(RUBRICS["quiet-evenings"])))
    rows = {row["name"]: row for row in read["survey"] if row.get("name", "").startswith("ia_")}
    assert rows["ia_audit"]["calculation"] == "''"
    assert rows["ia_subject"]["type"] == "text"
    assert "ia_perspective" not in rows
    assert not [row for row in rows.values() if row.get("required")]


def test_help_comes_as_hints_and_a_question_is_put_to_the_perspective_that_it_is_for() -> None:
    items = [item("a", wording={"users": "Do you?"}, yes_looks_like=["One.", "Two."])]
    rubric = load(rubric_text(items, {"high": [gate("share", ["a"], at_least="50%")]}))

    def asked(**more: Any) -> tuple[str, str]:
        rows = {row.get("name"): row for row in sheets(xlsform.render(blank(rubric, **more)))["survey"]}
        return rows["q_a"]["label"], rows["q_a"]["hint"]

    assert asked() == ("1. A?", "Here “T” is the good answer.")
    assert asked(perspective="users")[0] == "1. Do you?"
    assert asked(perspective="staff")[0] == "1. A?"
    assert asked(with_help=True)[1].splitlines() == [
        "Here “T” is the good answer.",
        "What “T” looks like:",
        "- One.",
        "- Two.",
    ]


def test_each_theme_is_a_group_and_each_question_a_page() -> None:
    read = sheets(xlsform.render(blank(RUBRICS["ready-to-open"])))
    groups = [(row["name"], row.get("appearance")) for row in read["survey"] if row["type"] == "begin_group"]
    assert [name for name, appearance in groups if not appearance] == ["t_place", "t_people", "anti_patterns"]
    assert len([name for name, appearance in groups if appearance == "field-list"]) == 1 + len(
        list(RUBRICS["ready-to-open"].items)
    )


def as_seen(text: str) -> str:
    """The text on one line, as it is cleaned before it is written."""
    return " ".join(xml_text(" ".join(text.split())).split())


def shown(label: str) -> str:
    """What somebody sees of a label: without what has no width, and without the backslashes that Markdown takes."""
    return re.sub(r"\\([\\*_])", r"\1", label.replace(JOINT, "")).translate(str.maketrans("＊＿", "*_"))


def test_text_of_a_rubric_stays_text() -> None:
    rubric = nasty_rubric()
    form = blank(rubric, subject="It’s “ours” & 'theirs' ${x} <b>", perspective="t3", with_help=True)
    root = ElementTree.fromstring(converted(xlsform.render(form)))
    spaces = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}
    assert root.findall(".//x:output", spaces) == []
    found = [shown(label.text or "") for label in root.findall(".//x:label", spaces)]
    for place, mark in enumerate(MARKS, 1):
        assert f"{place}. {as_seen(mark)}" in found
        assert as_seen(mark) in found, "the theme"
    (title,) = root.findall(".//h:title", spaces)
    assert title.text == "T $ {x} <b>: It’s “ours” & 'theirs' $ {x} <b>".replace("’", "'").replace("“", '"').replace(
        "”", '"'
    )


@given(st.text(st.sampled_from("'\"’“$${} ab<&"), max_size=12))
def test_a_subject_reaches_the_answers_as_it_is_but_for_the_form_of_quotes(text: str) -> None:
    straight = " ".join(text.split()).translate(str.maketrans("’“", "'\""))
    written = xlsform._quoted(text)
    assert "".join(double or single for single, double in re.findall(r"'([^']*)'|\"([^\"]*)\"", written)) == straight
    assert "${" not in written
    assert not set(written) & set("‘’“”"), "pyxform would put others in their place"


def test_translations_stand_beside_the_original() -> None:
    rubric = RUBRICS["ready-to-open"]
    welsh = rubric.changed(
        language="cy",
        scale=tuple(one.changed(title=f"{one.title} (cy)") for one in rubric.scale),
        indicators=tuple(one.changed(ask=f"Cymraeg {one.id}?") for one in rubric.indicators),
    )
    content = xlsform.render(blank(rubric, translations=lambda: (welsh,)))
    converted(content)
    read = sheets(content)
    water = next(row for row in read["survey"] if row.get("name") == "q_clean_water")
    own = "label::English (en)"
    assert water[own] == "1. Does clean water run from the tap?"
    assert water["label::Cymraeg (cy)"] == "1. Cymraeg clean-water?"
    assert "label" not in water
    assert "Yes (cy)" in labels(read["choices"], "label::Cymraeg (cy)")
    assert read["settings"][0]["default_language"] == own.removeprefix("label::")


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        (["en-GB", "cy"], ["English (en)", "Cymraeg (cy)"]),
        (["en-GB", "en-US"], ["English, United Kingdom (en-GB)", "English, United States (en-US)"]),
        (["qaa", "xx-yy"], ["qaa (qaa)", "xx (xx)"]),
    ],
)
def test_a_language_is_called_what_it_calls_itself(tags: list[str], names: list[str]) -> None:
    assert xlsform._names(tags) == names


def test_the_same_form_has_the_same_bytes() -> None:
    rubric = RUBRICS["ready-to-open"]
    assert xlsform.render(blank(rubric)) == xlsform.render(blank(rubric))
    with zipfile.ZipFile(io.BytesIO(xlsform.render(blank(rubric)))) as packed:
        assert b"<f>" not in b"".join(map(packed.read, packed.namelist())), "no formulas"


def test_a_text_that_no_cell_holds_is_refused() -> None:
    items = [item("a", ask="w" * xlsform.LONGEST_CELL)]
    rubric = load(rubric_text(items, {"high": [gate("share", ["a"], at_least="50%")]}))
    with pytest.raises(OutputError) as refused:
        xlsform.render(blank(rubric))
    assert "is too long for a cell of a spreadsheet" in refused.value.problems[0].what
