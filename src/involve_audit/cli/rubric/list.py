"""`involve-audit rubric list`: which rubrics there are, where they are, and which one an id means."""

from __future__ import annotations

from involve_audit import output


def command() -> None:
    """List the rubrics of this folder, your own and the shipped ones.

    Of two with one id, the first place wins.
    """
    from involve_audit.loading.rubric import inventory
    from involve_audit.render.rubric_list import render

    output.write_all({output.STANDARD_OUTPUT: render(inventory())})
