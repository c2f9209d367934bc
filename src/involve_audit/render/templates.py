"""Jinja as we use it: everything undefined is an error, everything that is inserted is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from jinja2.utils import Namespace

from involve_audit.escaping import clean, link_target, markdown, markdown_target, safe_markdown
from involve_audit.language import day, number
from involve_audit.render.lettering import ems, fitting
from involve_audit.render.sandbox import Sandbox
from involve_audit.render.template_errors import told_to_authors
from involve_audit.render.template_files import TemplateFiles
from involve_audit.render.titles import legend
from involve_audit.words.reports import COUNTED

if TYPE_CHECKING:
    from involve_audit.render.options import Page

_DIGEST = 32


class Manner(NamedTuple):
    """How values are put into templates of one markup.

    `finalize` is applied to every value before it is inserted; `autoescape` then escapes it for HTML, in whatever file
    the template takes in.
    """

    autoescape: bool
    finalize: Callable[[Any], Any]
    filters: Mapping[str, Callable[..., Any]]


_FILTERS: dict[str, Callable[..., Any]] = {"day": day, "number": number, "link_target": link_target}
MANNERS = {
    "html": Manner(True, clean, {**_FILTERS, "ems": ems, "fitting": fitting}),
    "md": Manner(False, markdown, {**_FILTERS, "link_target": markdown_target, "safe_markdown": safe_markdown}),
}
"""By the markup that a template's name ends with."""


def fill(page: Page, markup: str) -> str:
    """The text of the page's template in this markup, with the page in it as `report`.

    Templates in the folder of its options come before ours. Raises InputError, with its line, for what is wrong in one
    of them.
    """
    files = TemplateFiles(page.options.templates)
    environment = _environment(files, MANNERS[markup])
    with told_to_authors(files):
        template = environment.get_template(f"{page.template}.{markup}.j2")
        text = template.render(report=page, words=SimpleNamespace(**page.words))
    return str(clean(text.lstrip()))


def sealed(text: str) -> str:
    """A page with the digests of its own script and styles in its policy, which allows no others."""
    for element in ("script", "style"):  # neither can stand before these: text is escaped
        inside = text.partition(f"<{element}>")[2].partition(f"</{element}>")[0]
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        text = text.replace(f"sha256-{element.upper()}", f"sha256-{digest}", 1)
    return text


def _environment(files: TemplateFiles, manner: Manner) -> Sandbox:
    name = "-".join([jinja2.__version__, "escaped" if manner.autoescape else "plain", manner.finalize.__name__])
    environment = Sandbox(
        loader=files,
        autoescape=manner.autoescape,
        finalize=manner.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_compiled_templates(name),
    )
    environment.filters.update(manner.filters)
    environment.globals.update(counted=COUNTED.of, legend_of=legend, contents=Namespace(parts=[]))
    return environment


class _Compiled(FileSystemBytecodeCache):
    """Jinja's own cache, which a page can do without: what is missing, damaged or not to be written is compiled anew.

    A file begins with the SHA-256 of all else in it: code that was damaged could do anything.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template's code, where it is there as it was written."""
        with suppress(OSError):
            content = self._file(bucket).read_bytes()
            if content.startswith(sha256(content[_DIGEST:]).digest()):
                bucket.bytecode_from_string(content[_DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code, where that can be done."""
        content = bucket.bytecode_to_string()
        with suppress(OSError):
            self._file(bucket).write_bytes(sha256(content).digest() + content)

    def _file(self, bucket: Bucket) -> Path:
        return Path(self.directory, self.pattern % bucket.key)


def _compiled_templates(manner: str) -> FileSystemBytecodeCache | None:
    """The cache in a folder of the user's own among the temporary ones, keyed by the template's text; None without one.

    The working folder, which stands in for temporary ones where there are none, is no place for it.

    Compiling the page's template costs more than the engine and the page together. What was compiled in another
    manner is not used: without the sandbox, with other escaping, or by another version of Jinja.
    """
    with suppress(RuntimeError, OSError):
        if not Path.cwd().samefile(gettempdir()):
            return _Compiled(pattern=f"__involve_audit_measured-{manner}_%s.cache")
    return None
