"""What reads a tree, and what says why it is refused, are made of the same declarations: neither knows better."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json
from tests.each import each
from tests.fuzz import mutated

from involve_audit.errors import InputError
from involve_audit.loading.tree import parse_tree
from involve_audit.model.comparison import ThemeScored
from involve_audit.model.overlay import Overlay
from involve_audit.model.record import Record, document_text
from involve_audit.model.rubric import Rubric
from involve_audit.model.strict import Model, reader
from involve_audit.model.twin import from_json, twin
from involve_audit.model.view import View

ROOT = Path(__file__).parents[3]
MODELS: dict[str, type[Model]] = {"record": Record, "answers": View, "rubric": Rubric, "overlay": Overlay}
FILES = [*(ROOT / "tests/cases").glob("*/*.yaml"), *(ROOT / "rubrics").glob("*.yaml")]


def as_its_twin_has_it(model: type[Model], data: Any) -> Any:
    """All that the twin makes of a tree, as text; None where it refuses it."""
    try:
        return twin(model).model_validate(data, by_alias=True, by_name=False).model_dump_json(by_alias=True)
    except ValidationError:
        return None


def as_it_is_read(model: type[Model], data: Any) -> Any:
    try:
        return model.from_tree(data)
    except ValueError:
        return None


def require_one_verdict(model: type[Model], data: Any, theirs: Any) -> None:
    """Asserts that a tree is refused by both, or stands for the same to both; `theirs` is what the twin made of it."""
    found = as_it_is_read(model, data)
    assert (found is None) == (theirs is None), (model, theirs)
    if isinstance(found, Model):
        tree = found.as_tree(whole=True)
        if isinstance(found, Record) and found.rubric.content:
            tree["rubric"]["content"] = found.rubric.content.as_tree(whole=True)
        assert tree == json.loads(theirs)
        assert model.from_tree(found.as_tree()) == found


def require_one_verdict_on_a_mutated_file(seed: int) -> None:
    file = mutated(seed)
    model = MODELS.get(file.kind, Record)
    if model is not Record:
        try:
            data = parse_tree(file.content, file.name).data
        except InputError:
            return
        require_one_verdict(model, data, as_its_twin_has_it(model, data))
        return
    try:
        theirs = as_its_twin_has_it(model, from_json(file.content))
    except ValueError:
        theirs = None
    try:
        data = json.loads(file.content.decode())
    except (ValueError, RecursionError):
        assert theirs is None
    else:
        require_one_verdict(model, data, theirs)


@each("seed", lambda: range(8 * settings.default.max_examples))
def test_of_files_in_which_something_was_changed_both_say_the_same(seed: int) -> None:
    require_one_verdict_on_a_mutated_file(seed)


@each("path", FILES)
def test_of_our_files_both_say_the_same(path: Path) -> None:
    try:
        data = parse_tree(path.read_bytes(), path.name).data
    except InputError:
        return
    for model in MODELS.values():
        require_one_verdict(model, data, as_its_twin_has_it(model, data))


ODD = st.one_of(
    st.text("0123456789._-+eE \t\xa0\x1cinfaINF٣ſ", max_size=7),
    st.sampled_from(("yes", "No", "TRUE", "off", "t", "", "1" * 5000, "1_000", "1_.0", "1._5", "1_0.0", "1e1_0")),
    st.floats(),
    st.integers(),
    st.sampled_from((2.0**63, -(2.0**63), 2**1024, None, True, [], {}, [1])),
)


@given(ODD)
@example("1_.0")
def test_numbers_and_truth_are_read_from_text_alike(given: Any) -> None:
    for kind in (int, float, bool):
        try:
            wanted = TypeAdapter(kind).validate_python(given)
        except ValidationError:
            wanted = None
        if isinstance(wanted, float) and wanted - wanted:  # ours are finite
            wanted = None
        try:
            found = reader(kind)(given)
        except ValueError:
            found = None
        assert (type(found), found) == (type(wanted), wanted), kind


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-9, 9**9).map(lambda number: number / 10**9))
@example(0.00001)
@example(1e16)
def test_a_number_is_written_as_the_twin_writes_it(number: float) -> None:
    found = ThemeScored(id=None, value=number, of=1)
    assert found.value == round(number, 9)
    assert f'"value": {to_json(found.value).decode()},' in document_text(found.as_tree(whole=True))
