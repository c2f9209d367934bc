"""The sandbox that templates run in: they may look at what they are given, and do nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.utils import Cycler, Joiner, Namespace, missing

from involve_audit.errors import nearest
from involve_audit.language import _
from involve_audit.model.strict import Model
from involve_audit.render.options import Labels, Page
from involve_audit.render.template_bounds import Bounded

_CALLED = (Macro, BlockReference, LoopContext, Joiner, Undefined)
_OWNERS = (str, int, float, tuple, list, dict, date, LoopContext, Cycler, Page)
_PARTS = (tuple, Page, SimpleNamespace, Model, LoopContext, TemplateModule, Namespace)
_GIVEN: dict[type, str] = {Page: "report", Labels: "report.labels", SimpleNamespace: "words"}
"""What a template finds words in, by its type, the narrowest first. Those without a dot are names it begins with."""


class NotThere(StrictUndefined):
    """A name that leads nowhere: an error wherever it is used, with the nearest name that leads somewhere."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, owner = str(self._undefined_name), self._undefined_obj
        known = filter(str.isidentifier, _GIVEN.values()) if owner is missing else dir(owner)
        given = (called for kind, called in _GIVEN.items() if isinstance(owner, kind))
        near = nearest(name, (word for word in known if not word.startswith("_")))
        message = _("`{name}` is not there; did you mean `{near}`?") if near else _("`{name}` is not there")
        return message.format(name=".".join(filter(None, [next(given, None), name])), near=near)


class _Context(Context):
    """What is known in a template while it is filled."""

    def __init__(self, environment: Any, *given: Any, **named: Any) -> None:
        super().__init__(environment, *given, **named)
        environment.contexts.append(self)


class Sandbox(Bounded):
    """Jinja's sandbox, closed further: only macros and the methods of plain values can be called.

    What a template is given holds models and paths, whose methods could read files. Values are escaped whatever a
    template says, and nothing in it depends on chance.
    """

    context_class = _Context
    loader: Any
    globals: dict[str, Any]

    def __init__(self, **settings: Any) -> None:
        super().__init__(undefined=NotThere, extensions=[_EscapingStaysOn], **settings)
        self.contexts: list[Context] = []
        self._of_pages: set[type] = set()
        del self.globals["lipsum"], self.filters["random"]
        del self.filters["safe"], self.filters["tojson"]  # they give text that is not escaped

    @contextmanager
    def page(self) -> Iterator[None]:
        """A page is filled meanwhile. Its macros hold on to where they are defined, and that to them: then no more."""
        try:
            yield
        finally:
            for context in self.contexts:
                context.vars.clear()
            self.contexts.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, as far as a template may look at it. Decided at once for what most of them belong to."""
        if type(obj) in self._of_pages and attribute[:1] != "_":
            try:
                return getattr(obj, attribute)
            except AttributeError:  # as Jinja does, an item of this name may be looked for
                pass
        elif isinstance(obj, _PARTS):
            self._of_pages.add(type(obj))
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """True where `obj` may be called. Raises SecurityError, which names it, where it may not."""
        owner = getattr(getattr(obj, "__wrapped__", obj), "__self__", None)
        given = any(obj is known for known in self.globals.values())
        if given or isinstance(obj, _CALLED) or isinstance(owner, _OWNERS):
            return True
        name = getattr(obj, "__name__", type(obj).__name__)
        raise SecurityError(_("a template may not call `{name}`").format(name=name))

    def unsafe_undefined(self, obj: Any, attribute: str) -> NotThere:
        """What stands for an attribute that may not be looked at."""
        message = _("a template may not use `{name}`").format(name=attribute)
        return NotThere(message, obj, attribute, SecurityError)


class _EscapingStaysOn(Extension):
    """Refuses `{% autoescape %}`: text of users is never markup."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens as they are. Raises TemplateSyntaxError at such a tag."""
        opened = False
        for token in stream:
            if opened and token.value == "autoescape":
                message = _("escaping cannot be turned on or off in a template")
                raise TemplateSyntaxError(message, token.lineno, stream.name, stream.filename)
            opened = token.type == "block_begin"
            yield token
