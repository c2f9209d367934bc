"""What is written plainly is read as a parser of YAML reads it, and what is not is left to one."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.unit.loading.plainly import PLAIN, ROOT, difference

from involve_audit.loading.events import Parser
from involve_audit.loading.plain import LONGEST_LINE, MOST_CHARACTERS, MOST_LINES_KEPT, _understood, read_plain
from involve_audit.loading.tree import parse_answers, parse_tree


@given(st.integers(0, 2**40))
def test_a_changed_file_is_read_as_by_a_parser_or_left_to_it(seed: int) -> None:
    for one in range(seed, seed + 20):
        assert not difference(one)


def test_changed_files_are_read_without_a_parser_and_left_to_one() -> None:
    found = [difference(seed) for seed in range(200)]
    assert found.count("") > 30
    assert found.count(None) > 30


def test_what_people_and_the_program_write_is_plain() -> None:
    plain = read_plain(PLAIN.decode())
    assert plain == parse_answers(PLAIN, "a.yaml", Parser).data
    assert plain["answers"]["asked-first"]["note"] == 'She said "soon", and went.'
    for file in (ROOT / "examples").glob("*/*.yaml"):
        content = file.read_bytes()
        assert read_plain(content.decode()) == parse_answers(content, file.name, Parser).data


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85"])
def test_lines_may_end_in_any_way(end: str) -> None:
    text = end.join(("a: b", "", "c:", "- d", "- e: f # g", '  h: {i: j, k: "l, m"}', "n: |-", "  o", "", "  p", ""))
    assert read_plain(text) == {"a": "b", "c": ["d", {"e": "f", "h": {"i": "j", "k": "l, m"}}], "n": "o\n\np"}
    assert read_plain(text) == parse_tree(text.encode(), "a.yaml", Parser).data


@each(
    "text",
    [
        *(
            "",
            "# c",
            "a: b\nc: d\na: e",
            "a: {b: c, b: d}",
            "a: b\n  c",
            "a: b\n  c: d",
            "a:\n    b: c\n  d: e",
            "a: b: c",
        ),
        *(
            "a: b:",
            "a: &b c",
            "a: *b",
            "a: !b c",
            "a: [b]",
            "a: 'b",
            'a: "b\\n"',
            "a: @b",
            "a: -b",
        ),
        *("a: {b: c", "a: {b: {c: d}}", "a: {b: c, d}", "a: {b: c:}", "a: {b: c?}", "a: {b: c #}", "a:\tb", "? a\n: b"),
        *(
            "---\na: b",
            "a: b\n...",
            "a: ~",
            "a: null",
            "a: {b: null}",
            'a: ""',
            "a: ' '",
            'a: {b: ""}',
            "a\xa0: b",
            "\ufeffa: b",
        ),
        *("- - a", "-  a: b", "-\n  a: b", "- ", "a", "a: {}", "a:b", "'a': b", f"{'a' * 200}: b"),
        *("a: >\n  b", "a: |\n  b\n", "a: >-", "a: >-\nb: c", "a: >-\n\n  b", "a: >-\n  b\n   c", "a: |-\n  \xa0"),
        *(
            "a: >+\n  b",
            "a: |2\n  b",
            "a:\n  b: >-\n  c",
            "- >-\nb",
            "- a: >-\n  b",
            "a: >-\n    b\n  c: d",
            "a: |-\n  b\n    ",
        ),
        *("a: b\u2028", "a: b\u2029c: d", "- {a: b}\n- >- b"),
        f"a: {'b' * LONGEST_LINE}",
        "a: b\n" + "# c\n" * (MOST_CHARACTERS // 4),
        "\n".join(f"{' ' * depth}a:" for depth in range(26)),
    ],
)
def test_whatever_is_not_plain_is_left_to_a_parser(text: str) -> None:
    assert read_plain(text) is None


def test_lines_are_kept_up_to_a_bound() -> None:
    for number in range(MOST_LINES_KEPT + 10):
        read_plain(f"a: {number}")
    assert _understood.cache_info().currsize == MOST_LINES_KEPT


def test_a_plain_file_is_read_without_importing_a_parser() -> None:
    script = (
        "import sys; from involve_audit.loading.tree import parse_answers;"
        "tree = parse_answers(b'a:\\n  b: c\\n', 'a.yaml'); assert 'yaml' not in sys.modules;"
        "print(tree.problem(('a', 'b'), 'odd').where)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "a.yaml:2:6\n"
