"""Whether a workbook can be written here. XlsxWriter comes with the extra `sheets` alone."""

from __future__ import annotations

from importlib.util import find_spec

from involve_audit.errors import OutputError, Problem
from involve_audit.language import _
from involve_audit.render.pdf_library import how_to_install


def require() -> None:
    """Raise OutputError, which says how to install it, where it is missing."""
    if find_spec("xlsxwriter") is None:
        what = _("a workbook needs XlsxWriter, and that is not installed")
        raise OutputError(Problem("", what, how_to_install("XlsxWriter")))
