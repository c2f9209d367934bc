"""The report as one HTML file: no scripts, nothing fetched, every value escaped."""

from __future__ import annotations

from involve_audit.engine.assessment import Assessment
from involve_audit.escaping import clean
from involve_audit.model.audit import Audit
from involve_audit.render.options import Options
from involve_audit.render.report import Report
from involve_audit.render.templates import fill


def render(audit: Audit, assessment: Assessment, options: Options) -> str:
    """The page as text."""
    template, report = options.template("html"), Report(audit, assessment, options)
    return fill(template, report, autoescape=True, finalize=clean, folder=options.templates)
