"""Whether a workbook can be written here. XlsxWriter comes with the extra `sheets` alone."""

from __future__ import annotations

from importlib.util import find_spec

from involve_audit.errors import OutputError, Problem
from involve_audit.language import _
from involve_audit.render.pdf_library import as_typed, installing


def require() -> None:
    """Raise OutputError, which says how to install it, where it is missing."""
    if find_spec("xlsxwriter") is None:
        what = _("a workbook needs XlsxWriter, and that is not installed")
        hint = _("Install it: {command}").format(command=as_typed(installing("XlsxWriter")))
        raise OutputError(Problem("", what, hint))
