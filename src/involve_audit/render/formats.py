"""The formats that results can be written in: one table for each subject, from which the command line chooses.

A module that makes a format is named here and imported only when it is used: a run pays for what it uses.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from involve_audit.errors import OutputError, Problem, UsageError, suggestion
from involve_audit.language import _
from involve_audit.output import STANDARD_OUTPUT, Content, place_of


class Format(NamedTuple):
    """A format: the name for `--format`, its file suffixes, and what makes it of a page.

    `template` is how the names of its templates end, of a format that is made from templates; `module` makes any other
    with its function `function`, or makes something else of the page that the templates give. `binary` where it is not
    text; `library` is the module whose `require` says whether something is missing that this format alone needs.
    `known_as` is what a suffix that many formats have stands for.

    Of a run over many audits a format is made in parts. Its module has `row(outcome, setting)`, the text of one audit,
    made wherever the audit was scored. A `streamed` format has `head(setting)`, what stands before all rows; any other
    `document(run, rows, setting)`, which makes the whole from the rows' lines once the run is over, as pieces of text;
    `rows` can be gone through more than once. A format that is not `shareable` points into the answers files.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str = ""
    function: str = "render"
    template: str = ""
    binary: bool = False
    library: str = ""
    known_as: str = ""
    streamed: bool = False
    shareable: bool = True

    @property
    def made_by(self) -> Any:
        """The module that makes it."""
        return import_module(f"involve_audit.{self.module}")

    def require(self) -> None:
        """Raise OutputError where something that this format needs is not installed."""
        if self.library:
            import_module(f"involve_audit.{self.library}").require()

    @property
    def is_at_hand(self) -> bool:
        """Whether everything that it needs is installed."""
        try:
            self.require()
        except OutputError:
            return False
        return True

    def render(self, page: Any) -> Content:
        """A page in this format.

        Raises InputError where a user's template is wrong, and OutputError as `require` does.
        """
        self.require()
        if not self.module:
            from involve_audit.render.templates import fill

            return fill(page, self.template)
        content: Content = getattr(self.made_by, self.function)(page)
        if self.library:  # whose objects refer to each other. Ours do not, so runs have no collector at work
            gc.collect(0)
        return content


class Formats(NamedTuple):
    """What one sort of result can be written as, in the order in which help names the suffixes.

    `file` is what an example calls a file of it.
    """

    formats: tuple[Format, ...]
    file: str = "page"

    @property
    def names(self) -> list[str]:
        """The names of the formats, in the order in which help names them."""
        return [form.name for form in self.by_name]

    @property
    def by_name(self) -> list[Format]:
        """The formats, the one that is meant where none is named first: text, or YAML."""
        return sorted(self.formats, key=lambda form: form.name not in ("text", "yaml"))

    def named(self, name: str) -> Format:
        """The format of this name. Raises UsageError where there is none."""
        for form in self.formats:
            if form.name == name:
                return form
        what = _("there is no format `{name}`").format(name=name)
        raise UsageError(Problem("", what, suggestion(name, self.names)))

    def of_file(self, name: str) -> Format | None:
        """The format that a file's suffix asks for: the longest of those that its name ends with."""
        known = {suffix: form for form in self.formats for suffix in form.suffixes if name.lower().endswith(suffix)}
        return known[max(known, key=len)] if known else None

    def chosen(self, outputs: Sequence[str], format_name: str | None) -> dict[str, Format]:
        """The format of each file by its suffix; that of standard output where no file is named.

        Raises UsageError with every output whose format is not known, or that is named twice.
        """
        for_standard_output = self.by_name[0] if format_name is None else self.named(format_name)
        chosen: dict[str, Format] = {}
        problems: list[Problem] = []
        places: set[str] = set()
        for name in outputs or [STANDARD_OUTPUT]:
            form = for_standard_output if name == STANDARD_OUTPUT else self.of_file(name)
            place = name if name == STANDARD_OUTPUT else str(place_of(name))
            if form is None:
                suffixes = " ".join(suffix for known in self.by_name for suffix in known.suffixes)
                hint = _("End its name in one of: {suffixes}").format(suffixes=suffixes)
                problems.append(Problem(name, _("its ending does not say which format to write"), hint))
            elif place in places:
                problems.append(Problem(name, _("this output is named twice"), _("Name each once.")))
            else:
                chosen[name] = form
                places.add(place)
        if problems:
            raise UsageError(problems)
        return chosen


_HTML = Format("html", (".html", ".htm"), template="html")
_PDF = Format("pdf", (".pdf",), "render.pdf", template="html", binary=True, library="render.pdf_library")
_MARKDOWN = Format("markdown", (".md", ".markdown"), template="md")
_TEXT = Format("text", (".txt",))
_JSON = Format("json", (".json",))
_JUNIT = Format("junit", (".xml",), known_as="JUnit")
_SARIF = Format("sarif", (".sarif",))
GITHUB, PARQUET = "github", "parquet"

ASSESSMENT = Formats(
    (
        _HTML,
        _PDF,
        _MARKDOWN,
        _TEXT._replace(module="render.terminal"),
        Format("record", (".audit.json",), "render.record"),
    ),
    file="report",
)
COMPARISON = Formats(
    (
        _HTML,
        _MARKDOWN,
        _JSON._replace(module="render.comparing.data"),
        _JUNIT._replace(module="render.comparing.junit"),
        _TEXT._replace(module="render.comparing.text"),
    )
)
SERIES = Formats(
    (
        _HTML,
        _MARKDOWN,
        _JSON._replace(module="render.comparing.data"),
        _TEXT._replace(module="render.comparing.text"),
    )
)
ACTIONS = Formats(
    (
        _HTML,
        Format("csv", (".csv",), "render.actions_table"),
        _MARKDOWN,
        _TEXT._replace(module="render.actions_text"),
    ),
    file="actions",
)
_SHEET = Format("", (), binary=True, library="render.sheets_library")
FORMS = Formats(
    (
        Format("yaml", (".yaml", ".yml"), "render.forms.text"),
        Format("html", (".html", ".htm"), "render.forms.page"),
        _SHEET._replace(name="workbook", suffixes=(".xlsx",), module="render.forms.workbook"),
        _SHEET._replace(name="xlsform", suffixes=(".xlsform.xlsx",), module="render.forms.xlsform"),
        _PDF._replace(name="paper", module="render.forms.paper", template=""),
    ),
    file="form",
)
RUBRIC = Formats((_HTML, _MARKDOWN, _TEXT._replace(module="render.rubric_text")))
RUBRIC_CHANGES = Formats((_JSON._replace(module="versions.diff"), _TEXT._replace(module="versions.told")))
FINDINGS = Formats(
    (
        _JSON._replace(module="render.findings", function="as_data"),
        _SARIF._replace(module="render.findings", function="as_sarif"),
        _JUNIT._replace(module="render.findings", function="as_junit"),
        _TEXT._replace(module="render.findings", function="as_text"),
    )
)
MANY_AUDITS = Formats(
    (
        Format("csv", (".csv",), "render.batch.spreadsheet", streamed=True),
        _JSON._replace(module="render.batch.rows"),
        Format("jsonl", (".jsonl", ".ndjson"), "render.batch.rows", streamed=True),
        _JUNIT._replace(module="render.batch.junit"),
        Format("sarif", (".sarif", ".sarif.json"), "render.batch.sarif", shareable=False),
        Format(GITHUB, (), "render.batch.github", shareable=False),
        _MARKDOWN._replace(module="render.batch.overview"),
        _HTML._replace(module="render.batch.overview"),
        _TEXT._replace(module="render.batch.text"),
    )
)
TABLES = Formats(
    (
        Format("csv", (".csv",), "tables.as_csv", streamed=True),
        Format("jsonl", (".jsonl", ".ndjson"), "tables.as_json", streamed=True),
        Format(PARQUET, (".parquet",), "tables.columns_run", "run_columns", binary=True, library="tables.parquet"),
        _MARKDOWN._replace(module="render.batch.overview"),
        _HTML._replace(module="render.batch.overview"),
        _TEXT._replace(module="render.batch.text"),
    ),
    file="results",
)
"""What is made of a table of audits: results as a table, or an overview as many audits have it."""
