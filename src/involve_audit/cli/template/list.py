"""`involve-audit template list`: which templates there are."""

from __future__ import annotations

from involve_audit import output
from involve_audit.language import _


def command() -> None:
    """List the templates, and what each is for."""
    from involve_audit.resources import shipped_templates

    names = shipped_templates()
    width = max(map(len, names))
    lines = (f"{name:{width}}  {_purpose(name)}\n" for name in names)
    output.write_all({output.STANDARD_OUTPUT: "".join(lines)})


def _purpose(name: str) -> str:
    """What the first comment of a template says, on one line."""
    from involve_audit.resources import read_template

    opened = read_template(name).partition("{#")[2]
    return " ".join(opened.partition("#}")[0].strip("-+").split()) or _("(its first comment does not say)")
