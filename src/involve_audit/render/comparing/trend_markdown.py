"""A series as Markdown, the long parts folded."""

from __future__ import annotations

from involve_audit.escaping import markdown, safe_markdown
from involve_audit.render.comparing.trend_report import TrendReport
from involve_audit.render.templates import fill


def render(report: TrendReport) -> str:
    """The series as text. Every value is escaped and kept on one line."""
    filters, folder = {"safe_markdown": safe_markdown}, report.options.templates
    return fill("trend.md.j2", report, autoescape=False, finalize=markdown, filters=filters, folder=folder)
