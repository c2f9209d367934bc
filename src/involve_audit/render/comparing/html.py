"""A comparison as one HTML file: no scripts, nothing fetched, every value escaped."""

from __future__ import annotations

from involve_audit.escaping import clean
from involve_audit.render.comparing.report import DiffReport
from involve_audit.render.templates import fill


def render(report: DiffReport) -> str:
    """The page as text."""
    return fill("diff.html.j2", report, autoescape=True, finalize=clean, folder=report.options.templates)
