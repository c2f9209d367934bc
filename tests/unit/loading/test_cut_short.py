"""Text in people's own words that ends at a ` #`, where YAML begins a comment."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.unit.loading.plainly import mutated

from involve_audit.errors import InputError
from involve_audit.loading.events import Parser
from involve_audit.loading.tree import parse_tree
from involve_audit.loading.validation import cut_short
from involve_audit.loading.view import read_view
from involve_audit.model.overlay import Overlay
from involve_audit.model.rubric import Rubric
from involve_audit.model.view import View

ROOT = Path(__file__).parents[3]
ANSWERS = """\
format: involve-audit/answers@1 # c
rubric: small@1  # c
audit: a-b # c
subject: {kind: x, # c
  name: Neighbours #1
  } # c
date: 2026-11-22 # c
respondents: {staff: 1} # c
method: Ask Ann #2
answers: # c
  board: # c
    answer: yes # sure
    note: # five
  agenda:
    note: "quoted #3" # c
    evidence: # c
      - text: A\t#4
        date: 2026-01-01 # c
        link: https://x.org/#a # c
      - {text: B# #6
        }
  token:
    note: |
      lines # no comment
  ignored: {answer: no, reason: x#y} # c
  survey:
    note: one
      two #7
actions:
  - item: board # c
    what: Go #8 # and #9
    done: false # c
"""


def cut(text: str, model: type = View) -> list[tuple[str, str]]:
    doubts = cut_short(model, parse_tree(text.encode(), "a.yaml"))
    return [(doubt.where.removeprefix("a.yaml:"), doubt.what.partition(":")[0]) for doubt in doubts]


def test_every_text_that_is_cut_short_is_told_and_nothing_else() -> None:
    assert cut(ANSWERS) == [
        ("5:20", "`Neighbours` is kept, and `#1` is not"),
        ("9:17", "`Ask Ann` is kept, and `#2` is not"),
        ("13:11", "nothing is kept of `# five`"),
        ("17:17", "`A` is kept, and `#4` is not"),
        ("20:19", "`B#` is kept, and `#6` is not"),
        ("28:11", "`one two` is kept, and `#7` is not"),
        ("31:14", "`Go` is kept, and `#8 # and #9` is not"),
    ]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_the_line_is_right_whatever_ends_lines(ending: str) -> None:
    for text in (ANSWERS, f"# ours\n{ANSWERS}"):
        told = [(where, what.replace(ending, " ")) for where, what in cut(text.replace("\n", ending))]
        assert len(told) == 7
        assert told == cut(text)


@pytest.mark.parametrize(("written", "id"), [("riverside #1", "riverside-1"), ("river # 2, South", "river-2-south")])
def test_what_may_belong_to_the_id_of_an_audit_is_told(written: str, id: str) -> None:
    (doubt,) = cut_short(View, parse_tree(f"audit: {written}\nsubject: {{name: A}}\n".encode(), "a.yaml"))
    assert doubt.hint.startswith(f"If it belongs to the audit's id, write it without the `#`, such as `{id}`.")


def test_the_hint_shows_the_line_as_it_should_be() -> None:
    first, second, *_rest = cut_short(View, parse_tree(ANSWERS.encode(), "a.yaml"))
    assert first.hint.startswith('Put quotes around it: `name: "Neighbours #1"`.')
    assert second.hint.startswith('Put quotes around it: `method: "Ask Ann #2"`.')
    assert second.hint.endswith("If it is a comment, give it a line of its own.")


def test_it_is_a_doubt_about_a_view() -> None:
    read = read_view(ANSWERS.encode(), "a.yaml", date(2026, 11, 23))
    assert read.source
    assert len(read.doubts) == 7


def test_rubrics_and_overlays_hold_text_too() -> None:
    rubric = (
        "title: A #1\nversion: 1.0.0 # c\nscale:\n- {id: yes, # c\n  title: Yes #2\n  }\nindicators:\n- id: a # c\n"
    )
    rubric += "  yes_looks_like:\n  - One #3\n  implies: b # c\n  wording:\n    staff: Is it #4\n"
    rubric += "scenarios:\n- answers:\n    a: yes # c\n  otherwise: no # c\n"
    assert [where for where, _what in cut(rubric, Rubric)] == ["1:10", "5:14", "10:9", "13:18"]
    overlay = (
        "id: a # c\ntexts:\n  items:\n    a:\n      ask: Is it #1\n      originals:\n        ask: 0123456789 # c\n"
    )
    overlay += "switch_off:\n  items:\n    a: We live #2\n"
    assert [where for where, _what in cut(overlay, Overlay)] == ["5:18", "10:16"]


FILES = sorted([*ROOT.glob("examples/**/*.yaml"), *ROOT.glob("rubrics/*.yaml"), *ROOT.glob("tests/**/*.yaml")])


@each("path", [path for path in FILES if "invalid" not in path.parts])
def test_no_file_of_ours_is_cut_short(path: Path) -> None:
    content = path.read_bytes()
    model = next((model for name, model in MODELS.items() if name in content), View)
    assert cut_short(model, parse_tree(content, path.name)) == []


COMMENTS = (b"\n", b"\n", b" # c\n", b" #c\n", b"\n  # c\n", b"\n     # c\n", b"\n\n   # c\n")


@given(st.integers(0, 2**40))
def test_what_is_written_plainly_is_looked_at_in_the_same_way(seed: int) -> None:
    for one in range(seed, seed + 20):
        chance = Random(one)
        content = b"".join(line + chance.choice(COMMENTS) for line in mutated(one).split(b"\n"))
        with suppress(InputError):
            plain, whole = (parse_tree(content, "a.yaml", parser) for parser in (None, Parser))
            for model in (View, Rubric):
                assert cut_short(model, plain) == cut_short(model, whole)


MODELS = {b"involve-audit/rubric@": Rubric, b"involve-audit/overlay@": Overlay}


def test_lines_of_a_text_that_begin_with_a_number_sign_are_told() -> None:
    answers = """\
answers:
  board:
    note: We asked two things
      #1 who decides
      #2 who pays
    # a comment
  agenda:
    note:
        #1 who decides
    # a comment
    answer: yes
      # a comment
  token:
    note: |
      #1 lines
    evidence:
      - text: "quoted"
          # a comment
      - text: A

         # 3 more
    # a comment
      # a comment
"""
    assert cut(answers) == [
        ("4:7", "`#1 who decides` is not kept"),
        ("9:9", "`#1 who decides` is not kept"),
        ("21:10", "`# 3 more` is not kept"),
    ]
