"""A comparison as Markdown: short enough for a comment on a pull request, the details folded."""

from __future__ import annotations

from involve_audit.escaping import markdown, safe_markdown
from involve_audit.render.comparing.report import DiffReport
from involve_audit.render.templates import fill


def render(report: DiffReport) -> str:
    """The comparison as text. Every value is escaped and kept on one line."""
    filters, folder = {"safe_markdown": safe_markdown}, report.options.templates
    return fill("diff.md.j2", report, autoescape=False, finalize=markdown, filters=filters, folder=folder)
