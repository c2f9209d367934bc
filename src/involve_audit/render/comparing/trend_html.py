"""A series as one HTML file: no scripts, nothing fetched, every value escaped."""

from __future__ import annotations

from involve_audit.escaping import clean
from involve_audit.render.comparing.trend_report import TrendReport
from involve_audit.render.templates import fill


def render(report: TrendReport) -> str:
    """The page as text."""
    return fill("trend.html.j2", report, autoescape=True, finalize=clean, folder=report.options.templates)
