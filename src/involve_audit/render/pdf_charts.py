"""The styles of a page for the charts in it. WeasyPrint takes no style of a page, and no variable, into an SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import tinycss2

_SVG = "{http://www.w3.org/2000/svg}"
_PAINTED = ("fill", "stroke", "font", "text-anchor", "opacity", "visibility")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")


def style_charts(page: Element) -> None:
    """Give each SVG of a page the page's own styles, as they are in print."""
    css = chart_styles("\n".join(style.text or "" for style in page.iter("style")))
    for chart in list(page.iter(f"{_SVG}svg")):
        style = SubElement(chart, f"{_SVG}style")
        style.text = css


def chart_styles(css: str) -> str:
    """What a page's styles say of shapes and letters in print, with every variable put in."""
    declarations = list(_declarations(tinycss2.parse_stylesheet(css, skip_comments=True)))
    variables = {name: value for _selector, name, value in declarations if name.startswith("--")}

    def put_in(value: str) -> str:
        return _VARIABLE.sub(lambda found: variables.get(found[1], found[0]), value)

    painted = (found for found in declarations if found[1].startswith(_PAINTED))
    return "".join(f"{selector} {{ {name}: {put_in(put_in(value))} }}\n" for selector, name, value in painted)


def _declarations(rules: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Selector, name and value of each declaration that is in force in print, in order."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selector = tinycss2.serialize(rule.prelude).strip()
            for found in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if found.type == "declaration":
                    yield selector, found.name, tinycss2.serialize(found.value).strip()
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and _is_for_print(rule.prelude):
            yield from _declarations(tinycss2.parse_rule_list(rule.content or (), skip_comments=True))


def _is_for_print(prelude: list[Any]) -> bool:
    return "print" in (medium.strip() for medium in tinycss2.serialize(prelude).split(","))
