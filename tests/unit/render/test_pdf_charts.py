"""The charts of a PDF look as the page's styles say."""

from __future__ import annotations

from tests.each import each

from involve_audit.render.pdf_charts import chart_styles


@each(
    ("css", "styles"),
    [
        (".a rect { fill: red; margin: 0 }", ".a rect { fill: red }\n"),
        (":root { --a: #123 } .b { stroke: var(--a) }", ".b { stroke: #123 }\n"),
        (":root { --a: red; --b: var( --a ) } .b { fill: var(--b) }", ".b { fill: red }\n"),
        (":root { --a: red } .b { fill: var(--a) } @media print { :root { --a: black } }", ".b { fill: black }\n"),
        (".b { fill: var(--a) } @media (prefers-color-scheme: dark) { :root { --a: red } }", ".b { fill: var(--a) }\n"),
        ("@media print { .a { fill: black; size: 1 } } @media screen { .a { fill: blue } }", ".a { fill: black }\n"),
        (".a { font-size: 2px; text-anchor: end }", ".a { font-size: 2px }\n.a { text-anchor: end }\n"),
        (
            "@media screen, print { .a { fill: red } } @media print; @layer print { .b { fill: blue } }",
            ".a { fill: red }\n",
        ),
        ("/* nothing */ @import 'x.css'; @page { margin: 1cm } .a {", ""),
        (".a { junk; fill: red }", ".a { fill: red }\n"),
        ("", ""),
    ],
)
def test_the_styles_of_a_chart_are_those_in_force_in_print(css: str, styles: str) -> None:
    assert chart_styles(css) == styles
