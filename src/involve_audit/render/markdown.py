"""The report as Markdown, good in a pull request and in a plain editor."""

from __future__ import annotations

from involve_audit.engine.assessment import Assessment
from involve_audit.escaping import markdown, safe_markdown
from involve_audit.model.audit import Audit
from involve_audit.render.options import Options
from involve_audit.render.report import Report
from involve_audit.render.templates import fill


def render(audit: Audit, assessment: Assessment, options: Options) -> str:
    """The report as text. Every value is escaped and kept on one line."""
    template, report = options.template("md"), Report(audit, assessment, options)
    filters = {"safe_markdown": safe_markdown}
    return fill(template, report, autoescape=False, finalize=markdown, filters=filters, folder=options.templates)
