"""A view being filled in, to its file's tree and back."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from involve_audit.asking.draft import Draft, Filled
from involve_audit.model.view import Evidence, View

TEXTS = st.text(min_size=1).map(str.strip).filter(bool)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
EVIDENCE = st.builds(
    Evidence,
    text=TEXTS,
    date=st.none() | DAYS,
    link=st.none() | st.sampled_from(["https://example.org/a?b=c#d", "mailto:a@b"]),
)
FILLED = st.builds(
    Filled,
    answer=st.none() | st.sampled_from(["yes", "no", "unknown", "not-applicable"]),
    reason=st.none() | TEXTS,
    note=st.none() | TEXTS,
    evidence=st.lists(EVIDENCE, max_size=3),
    last_time=st.sampled_from([None, "confirmed", "changed"]),
)
DRAFTS = st.builds(
    Draft,
    rubric=st.just("small@1.0.0"),
    subject=TEXTS,
    kind=st.none() | TEXTS,
    date=DAYS,
    audit=st.none() | IDS,
    respondents=st.dictionaries(IDS, st.integers(0, 999_999), max_size=3),
    answers=st.dictionaries(IDS, FILLED, max_size=4),
)


def filled_in(**answers: Any) -> Draft:
    return Draft("small@1.0.0", "Riverside", date=date(2026, 11, 22), answers=answers)


@given(draft=DRAFTS)
def test_a_draft_comes_back_from_the_view_that_its_tree_is(draft: Draft) -> None:
    tree = draft.as_tree()
    assert Draft.of(View.from_tree(tree)).as_tree() == tree


@given(draft=DRAFTS)
def test_a_draft_of_a_view_changes_without_the_view(draft: Draft) -> None:
    view = View.from_tree(draft.as_tree())
    before = deepcopy(view)
    copy = Draft.of(view)
    copy.respondents["others"] = 3
    for item in [*copy.answers, "another"]:
        copy.item(item).evidence.append(Evidence(text="More."))
        copy.item(item).answer = "changed"
    assert view == before


def test_one_word_stands_for_an_answer_that_is_nothing_more() -> None:
    evidence = [Evidence(text="Minutes", date=date(2026, 10, 1))]
    draft = filled_in(
        a=Filled("yes"), b=Filled("yes", note="N."), c=Filled(note="N."), d=Filled("no", evidence=evidence), e=Filled()
    )
    assert draft.as_tree()["answers"] == {
        "a": "yes",
        "b": {"answer": "yes", "note": "N."},
        "c": {"note": "N."},
        "d": {"answer": "no", "evidence": [{"text": "Minutes", "date": "2026-10-01"}]},
    }


def test_the_file_begins_with_its_format_and_names_only_who_was_there() -> None:
    draft = filled_in()
    draft.kind, draft.audit, draft.respondents = "service", "riverside-2026-11", {"members": 2, "staff": 0}
    assert list(draft.as_tree().items()) == [
        ("format", "involve-audit/answers@1"),
        ("rubric", "small@1.0.0"),
        ("audit", "riverside-2026-11"),
        ("subject", {"name": "Riverside", "kind": "service"}),
        ("date", "2026-11-22"),
        ("respondents", {"members": 2}),
        ("answers", {}),
    ]


@pytest.mark.parametrize(
    ("filled", "is_open"),
    [(Filled(), True), (Filled(note="N."), True), (Filled("unknown"), False), (Filled("no"), False)],
)
def test_a_question_is_open_until_it_has_an_answer(filled: Filled, is_open: bool) -> None:
    draft = filled_in(a=filled)
    assert draft.is_open("a") is is_open
    assert draft.is_open("b")
    assert draft.open_items(["b", "a"]) == (["b", "a"] if is_open else ["b"])


def test_the_counts_are_of_the_items_that_are_named() -> None:
    draft = filled_in(
        a=Filled("yes"), b=Filled("unknown"), c=Filled(note="N."), d=Filled("not-applicable", "R."), e=Filled("no")
    )
    assert draft.counts(["a", "b", "c", "d", "nowhere"]) == (2, 1, 2)
    assert draft.counts([]) == (0, 0, 0)


def test_asking_for_an_item_leaves_no_trace_in_the_file() -> None:
    draft = filled_in()
    assert draft.item("a").answer is None
    assert draft.as_tree()["answers"] == {}
    draft.item("a").answer = "yes"
    assert draft.as_tree()["answers"] == {"a": "yes"}
