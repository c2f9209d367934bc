"""Which keys may stand where."""

from __future__ import annotations

from tests.each import each

from involve_audit.loading.tree import parse_tree
from involve_audit.loading.validation import keys_at, validated
from involve_audit.model.rubric import Rubric
from involve_audit.model.strict import Model
from involve_audit.model.view import View


@each(
    ("model", "path", "keys"),
    [
        (View, ("subject",), ["name", "kind"]),
        (View, ("answers", "any-item"), ["answer", "reason", "note", "evidence", "last_time", "tally"]),
        (View, ("answers", "any-item", "evidence", 3), ["text", "date", "link"]),
        (View, ("actions", 0), ["item", "what", "owner", "due", "done"]),
        (Rubric, ("scale", 0), ["id", "title", "value", "for", "if_done", "also"]),
        (Rubric, ("stages", 1, "gates", 0, "items"), ["stage", "kind", "theme", "ids"]),
        (Rubric, ("planning", "steps", 0), ["title", "text"]),
        (Rubric, ("indicators", 0, "source"), ["id", "page", "heading", "column", "position"]),
        (View, ("respondents",), []),
        (View, ("date", "x"), []),
        (View, ("no-such-key", "x"), []),
        (Rubric, ("indicators", 0, "wording"), []),
    ],
)
def test_the_keys_of_a_place_are_those_the_model_takes_there(
    model: type[Model], path: tuple[str | int, ...], keys: list[str]
) -> None:
    assert keys_at(model, path) == keys


def test_the_keys_of_the_root_are_the_files_own() -> None:
    assert keys_at(View, ())[:3] == ["format", "rubric", "audit"]


def test_a_whole_file_gives_a_model_and_no_problems() -> None:
    text = b"format: involve-audit/answers@1\nrubric: a@1\nsubject: {name: A}\ndate: 2026-11-22\n"
    view, problems = validated(View, parse_tree(text, "a.yaml"))
    assert view is not None
    assert view.subject.name == "A"
    assert problems == []


def test_figures_and_dashes_that_only_look_like_others_do_no_harm() -> None:
    text = (
        "format: involve-audit/answers@1\nrubric: small@1\nsubject: {name: A}\ndate: 2026–11–22\n"
        "respondents: {staff: ２, members: 1\u200b}\n"
    )
    view, problems = validated(View, parse_tree(text.encode(), "a.yaml"))
    assert problems == []
    assert view
    assert (str(view.date), view.respondents) == ("2026-11-22", {"staff": 2, "members": 1})
