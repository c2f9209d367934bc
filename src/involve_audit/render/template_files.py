"""Where templates are found: first in the user's folder, then among those that come with the program."""

from __future__ import annotations

import os
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BaseLoader, Template, TemplateNotFound
from jinja2.exceptions import SecurityError

from involve_audit import resources
from involve_audit.errors import InputError, Problem, nearest, not_utf8
from involve_audit.inputs import opened, require_text
from involve_audit.language import _, listed

SHIPPED = "shipped/"
"""What a name begins with that always means the template that comes with the program."""
_OURS = f"<{SHIPPED}"
LARGEST_TEMPLATE = 1_000_000


def is_ours(place: str) -> bool:
    """Whether what `TemplateFiles` said of where a template is means one that comes with the program."""
    return place.startswith(_OURS)


class TemplateFiles(BaseLoader):
    """Finds templates by name. A user's file takes the place of ours, one file at a time."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:
        """The text of a template and where it is. Raises TemplateNotFound, SecurityError or InputError."""
        own = None if self.folder is None or template.startswith(SHIPPED) else _inside(self.folder, template)
        if own is not None and os.path.lexists(own):
            return text_of(own), str(own), None
        name = template.removeprefix(SHIPPED)
        try:
            return resources.read_template(name), f"{_OURS}{name}>", None
        except FileNotFoundError:
            raise TemplateNotFound(template) from None

    def load(self, environment: Any, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """A template as Python. Only what was not compiled when the program was built has to be compiled now."""
        text, place, _uptodate = self.get_source(environment, name)
        code = resources.built(key_of(environment, name, text)) or environment.compile(text, name, place)
        made: Template = environment.template_class.from_code(
            environment, code.replace(co_filename=place), globals or {}
        )
        return made

    def names(self) -> list[str]:
        """The names of all templates that can be found."""
        own = (path.name for path in self.folder.glob("*")) if self.folder else ()
        return [*own, *resources.shipped_templates()]


def key_of(environment: Any, name: str, text: str) -> str:
    """What the code of a template is called: it differs wherever Jinja, or ours, would make other code of its text."""
    manner = "escaped" if environment.autoescape else "plain"
    return "template_" + sha256("\0".join([jinja2.__version__, _makers(), manner, name, text]).encode()).hexdigest()


@cache
def _makers() -> str:
    """The digest of our modules that have a say in what Jinja makes of a template."""
    code = (resources.source_of(f"render/{name}.py") for name in ("sandbox", "template_bounds", "templates"))
    return sha256(b"".join(code)).hexdigest()


def _inside(folder: Path, name: str) -> Path:
    """The path of a file of the folder. Raises SecurityError where the name leads out of it."""
    path = folder / name
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise SecurityError(_("a template may use only files of its own folder, not `{name}`").format(name=name))
    return path


def text_of(path: Path) -> str:
    """The text of a template of the user's. Raises InputError."""
    with opened(path) as number, open(number, "rb", closefd=False) as stream:
        content = stream.read(LARGEST_TEMPLATE + 1)
    if len(content) > LARGEST_TEMPLATE:
        hint = _("Put a part of it into a file of its own, and take that in with `include`.")
        raise InputError(Problem(str(path), _("this template is larger than 1 MB"), hint))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        require_text(content, str(path))
        raise not_utf8(str(path), content.count(b"\n", 0, error.start) + 1) from None


def require_templates(folder: Path) -> None:
    """Raise InputError where a folder cannot be read, or holds no file that takes the place of a template of ours."""
    try:
        found = sorted(path.name for path in folder.iterdir())
    except (OSError, ValueError):
        what = _("there is no such folder, or you may not read it")
        raise InputError(Problem(str(folder), what, _("Name the folder that holds your templates."))) from None
    known = resources.shipped_templates()
    if not set(found) & set(known):
        what = _("none of its files has the name of a template")
        raise InputError(Problem(str(folder), what, " ".join(_names_to_use(found, known))))


def _names_to_use(found: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    """Which names there are, and which of the files found may have been meant for one of them."""
    yield _("The names are {names}.").format(names=listed(f"`{name}`" for name in known))
    for name in found:
        if near := nearest(name, known):
            yield _("Should `{name}` be called `{near}`?").format(name=name, near=near)
