"""Text stays text: the escapes of each format."""

from __future__ import annotations

import json
import re
from html import unescape

import cmarkgfm
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from ruamel.yaml import YAML
from tests.each import each
from tests.live import LIVE, live_in, shown
from tests.unit.engine.strategies import promise

from involve_audit.escaping import (
    JOINT,
    Markdown,
    as_json,
    clean,
    link_target,
    markdown,
    markdown_target,
    safe_markdown,
    survey_text,
    yaml_text,
)

PARSER = MarkdownIt("gfm-like")
LINE_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[|<\[]")
# Where the templates put text: each with its mark around it.
PLACES = {
    "paragraph": "{}",
    "after another paragraph": "before\n\n{}",
    "list item": "- {}",
    "numbered": "1. {}",
    "heading": "# {}",
    "after a label": "- Note: {}",
    "table cell": "| a | b |\n|---|---|\n| {} | c |",
    "first cell of a header": "| {} | b |\n|---|---|\n| c | d |",
}


def visible(tokens: list[Token]) -> str:
    """What a reader sees of parsed Markdown, but for joints, which nobody sees."""
    parts = (token.content if token.type in ("text", "code_inline") else " " for token in tokens)
    return one_line("".join(parts))


def inline(source: str) -> list[list[Token]]:
    return [token.children or [] for token in PARSER.parse(source) if token.type == "inline"]


def one_line(text: str) -> str:
    return " ".join(clean(text).replace(JOINT, "").split())


# Signs that mean something in Markdown or to a platform come often enough for pairs of them to meet.
SIGNS = st.one_of(st.sampled_from("\\`*_[]()|~#<>!&+-=.1:@/$%{^ \n\ta"), st.characters(codec="utf-8"))
PARTS = (
    "http",
    "https://",
    "ftp://",
    "//",
    "www.",
    "mailto:",
    "xmpp:",
    "example",
    ".org",
    ".co.uk",
    "a@b",
    "GH-",
    "ABC-",
)
TEXTS = st.one_of(
    st.text(SIGNS, max_size=40),
    st.lists(st.one_of(st.sampled_from((*PARTS, "0123abc", "12", "&copy", "**")), SIGNS), max_size=12).map("".join),
)


@given(TEXTS)
@example("\n")
@example(" \u2028 ")
@example("\\|")
@example("a | b\r\nc < [d](e)")
def test_escaped_text_has_no_line_break_and_no_open_mark(text: str) -> None:
    escaped = markdown(text)
    assert not LINE_BREAKS.search(escaped)
    assert not UNESCAPED.search(escaped)


@each("place", PLACES)
def test_markdown_shows_text_as_it_stands(place: str) -> None:
    @promise(300)
    @given(TEXTS)
    @example("1. one")
    @example("12) twelve")
    @example("- - -")
    @example("-- -")
    @example("===")
    @example("+ plus")
    @example("# head #")
    @example("> quote")
    @example("    code")
    @example("~~~ fence")
    @example("&lt;b&gt; &amp; &#60;")
    @example("![a](b) [c]: d <https://e.org> `f`")
    @example("back\\")
    @example("<br>")
    def check(text: str) -> None:
        shown = one_line(text)
        if shown:
            found = [visible(tokens) for tokens in inline(PLACES[place].format(markdown(text)))]
            expected = f"Note: {shown}" if place == "after a label" else shown
            assert expected in found

    check()


@given(TEXTS)
@example("https://example.org ftp://example.org www.example.org //example.org example.org a@example.org mailto:a@b.c")
@example("HTTPS://EXAMPLE.ORG/a?b=c&copy;d WWW.EXAMPLE.ORG xmpp:a@b.c/d 'x.рф' ❤.ws a.xn--p1ai http://localhost")
def test_escaped_text_makes_nothing_but_text_and_no_link_by_itself(text: str) -> None:
    types = {token.type for tokens in inline(f"x {markdown(text)}") for token in tokens}
    assert types <= {"text"}
    page = cmarkgfm.github_flavored_markdown_to_html(f"x {markdown(text)}")
    assert re.findall(r"</?\w[^>]*>", page) == ["<p>", "</p>"]
    assert one_line(unescape(page[3:-5])) == one_line(f"x {text}")


LIVE_TEXTS = [
    *("@somebody", "@org/team", "(@somebody)", "@{123}", "a@b", "#123", "o/r#123", '~"to do"', "~bug", "%1", "%v1.2"),
    *("!12", "$12", "&12", '*iteration:"x"', "[vulnerability:1]", "[[wiki]]", "[^1]", "[TOC]", "[!NOTE]", "[ ]", "[x]"),
    *("group/project>", "GH-12", "gh-12", "JIRA-12", "AB1-2", "COVID-19", "deadbeef", "1234567", "0123456789" * 4),
    *("9ba12248...b19a04f5", "https://example.org", "ftp://e.org", "ssh://e.org", "//e.org", "mailto:a", "xmpp:a"),
    *("www.example.org", "some.body+x@example.org", ":tada:", ":+1:", "{+ new +}", "[- old -]", "::include{file=a}"),
]


@each("text", LIVE_TEXTS)
def test_what_a_platform_would_make_live_is_broken_where_nobody_sees_it(text: str) -> None:
    assert any(re.search(pattern, text) for pattern in LIVE.values())
    page = shown(f"x {markdown(text)}")
    assert live_in(page) == []
    assert page.replace(JOINT, "") == f"x {text}\n"


@pytest.mark.parametrize("text", [":tada", "at:100", ":8ball", ":1st_place_medal"])
def test_no_small_picture_begins_at_the_end_of_a_text_that_a_colon_may_follow(text: str) -> None:
    assert live_in(shown(f"{markdown(text)}: x")) == []
    assert markdown("at 10:30") == "at 10:30"


@given(TEXTS)
def test_nothing_that_a_platform_looks_for_is_left(text: str) -> None:
    assert live_in(shown(f"x {markdown(text)}")) == []


@each("text", ["/close", "/assign me", "- [ ] buy", "1. one", "> [!NOTE] x", "$a$ and $$b$$", "```math", "--- x"])
def test_what_begins_a_line_begins_nothing(text: str) -> None:
    escaped = markdown(text)
    assert not re.match(r"/\w", escaped)
    assert not re.search(r"(?<!\\)\$", escaped)
    assert cmarkgfm.github_flavored_markdown_to_html(escaped).startswith("<p>")
    assert not re.match(r"/\w", unescape(cmarkgfm.github_flavored_markdown_to_html(escaped)[3:]))


@pytest.mark.parametrize(
    "text",
    [
        "The council chose the agenda of 3 meetings (10:30, 22 November 2026), e.g. on fees: 50% more, £5 a week.",
        "R&D, Q & A; “quoted” – and members.yaml of riverside-2026-11, phone 020 7946 0000, version 1.2.0, SHA-256",
    ],
)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert markdown(text) == text


@pytest.mark.parametrize("value", [None, 3, 0.5, True, Markdown("**bold** | [link](https://e.org)")])
def test_what_is_no_plain_text_is_left_as_it_is(value: object) -> None:
    assert markdown(value) is value
    assert clean(value) is value


def test_what_a_macro_made_is_not_escaped_again() -> None:
    made = safe_markdown("  \n| a | **b** |\n ")
    assert markdown(made) == "| a | **b** |"
    assert isinstance(made, Markdown)


UNSEEN = [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]


@pytest.mark.parametrize("escape", [clean, markdown])
def test_no_control_character_and_no_turn_of_direction_goes_through(escape: type[str]) -> None:
    for sign in map(chr, UNSEEN):
        assert sign not in escape(f"a{sign}b"), hex(ord(sign))


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"]), max_size=40))
def test_clean_leaves_every_other_text_alone(text: str) -> None:
    assert clean(text) == text


def test_clean_keeps_lines_and_tabs() -> None:
    assert clean("one\n\ttwo") == "one\n\ttwo"


@given(
    st.one_of(TEXTS, st.sampled_from(["yes", "No", "y", "OFF", "null", "~", "1e999", "0o7", "1_0", "1:30", "=", "<<"]))
)
@example("2026-11-27")
@example("a\x85b\u2028c\ufeffd\x7fe\ufffff")
@example("nan")
def test_a_text_in_yaml_is_the_same_text_to_every_reader_as_a_key_too(text: str) -> None:
    line = f"{yaml_text(text)}: {yaml_text(text)}"
    assert len(line.splitlines()) == 1
    for read in (yaml.safe_load, YAML(typ="safe", pure=True).load):
        assert read(line) == {text: text}


def test_an_ordinary_text_needs_no_quotes_in_yaml() -> None:
    for text in ("partly", "not-applicable", "The members' council (3 of 5), in May.", "small@1.0.0", "Größe"):
        assert yaml_text(text) == text
    for text in ("yes", "N", "on", "2026-11-27", "1.0", "a: b", "a #b", "- a", "a,", ""):
        assert yaml_text(text) == f'"{text}"'


@given(st.text(st.one_of(st.sampled_from("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029ab"), st.characters(codec="utf-8"))))
def test_a_value_in_json_is_one_line_to_every_reader(text: str) -> None:
    line = as_json({text: [text]}, separators=(",", ":"))
    assert line.splitlines() == [line]
    assert json.loads(line) == {text: [text]}


LINKS = [
    "https://example.org/a(b)c",
    "https://example.org/a)b",
    "https://example.org/(((",
    "https://example.org/a b",
    "https://example.org/\"quoted\" 'twice'",
    "https://example.org/<b>?x=1&y=2#part",
    "https://example.org/[x](javascript:alert(1))",
    "https://example.org/a\\b|c",
    "https://example.org/a\n\nb",
    "https://example.org/ü/日本?q=%C3%BC",
    "https://example.org/&amp;&#41;",
    "https://example.org/\u202egro",
    "mailto:someone@example.org?subject=Hello (there)",
]


@each("link", LINKS)
def test_a_link_stays_one_link_to_the_same_place(link: str) -> None:
    source = f"before [{markdown(link)}]({markdown(markdown_target(link))}) after"
    (tokens,) = inline(source)
    opened = [token for token in tokens if token.type == "link_open"]
    assert len(opened) == 1
    assert opened[0].attrs["href"] == PARSER.normalizeLink(link_target(link))
    page = cmarkgfm.github_flavored_markdown_to_html(source)
    assert re.findall('href="(.*?)"', page) == [link_target(link).replace("&", "&amp;").replace("'", "&#x27;")]
    assert visible(tokens) == f"before {one_line(link)} after"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_nothing_in_a_link_can_end_it(rest: str) -> None:
    assert unescape(markdown_target("https://example.org/" + rest)) == link_target("https://example.org/" + rest)
    target = link_target("https://example.org/" + rest)
    assert not set(target) & set('()<>[]"\\| \n\r\t`')
    assert target.isascii()


@pytest.mark.parametrize("link", ["https://e.org/a%20b", "https://e.org/?a=1&b=2#c", "http://e.org/~me;v=1,2"])
def test_a_link_that_needs_nothing_is_left_as_it_is(link: str) -> None:
    assert link_target(link) == link


@given(st.text(st.sampled_from("ab1 *_\\#<>&;[](){}$-+\n")), st.booleans())
def test_a_survey_tool_is_given_the_same_text_and_nothing_that_it_reads_as_anything_else(
    text: str, choice: bool
) -> None:
    written = survey_text(text, choice)
    shown = written.replace(JOINT, "").translate(str.maketrans("＊＿", "*_"))
    assert (shown if choice else re.sub(r"\\([\\*_])", r"\1", shown)) == " ".join(text.split())
    assert not re.search(r"\$\{|<[^\u200b]|&[\w#]|\]\(|^[-+#>]", written)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_]", written), "each has its backslash, or is another sign"
