"""The sandbox that templates run in: they may look at what they are given, and do nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, pass_eval_context
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, missing

from involve_audit.errors import nearest
from involve_audit.language import _, number
from involve_audit.render.options import Labels, Page

_CALLED = (Macro, BlockReference, LoopContext, Joiner, Undefined)
_PRINTED = (str, int, float, date, Undefined, type(None))
_MOST_PRINTED = 100_000
MOST_CHARACTERS = 50_000_000
# The widths that `%` and `format` are told in a text.
_WIDTHS = re.compile(r"%(?:\([^)]*\))?[^%A-Za-z(]*|:[^:}]*")
_OWNERS = (str, int, float, tuple, list, dict, date, LoopContext, Cycler, Page)
_PARTS = (tuple, str, Page, SimpleNamespace)
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


def _bounded(size: int) -> int:
    if size > MOST_CHARACTERS:
        message = _("this makes more than {count} characters; make less of it")
        raise TooLong(message.format(count=number(MOST_CHARACTERS)))
    return size


def _widened(text: str, values: Any) -> int:
    """How long a text can get with the widths and the numbers that `%`, `format` or a method like `center` is told."""
    given = values if isinstance(values, list | tuple) else [values]
    widths = [int(width) for told in _WIDTHS.findall(text) for width in re.findall(r"\d+", told)]
    return len(text) + max([abs(value) for value in given if isinstance(value, int)] + widths, default=0)


def printed(value: Any) -> Any:
    """The value, or the text of a list. Raises TemplateRuntimeError for an object: it would show its address."""
    waiting = [value]
    for part in waiting if type(value) is not str else ():
        if isinstance(part, list | tuple):
            waiting += part
        elif type(part) is dict:
            waiting += [*part, *part.values()]
        elif not isinstance(part, _PRINTED) or len(waiting) > _MOST_PRINTED:
            message = _("a `{kind}` cannot be printed; name a part of it, or join what is in it")
            raise TemplateRuntimeError(message.format(kind=type(part).__name__))
    return str(value) if isinstance(value, list | tuple | dict) else value


class TooLong(TemplateRuntimeError):
    """A text that is longer than any page of ours. It is told without a folder of templates, too."""

    told_without = True


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, closed further: only macros and the methods of plain values can be called.

    What a template is given holds models and paths, whose methods could read files. Values are escaped whatever a
    template says, and nothing in it depends on chance.
    """

    intercepted_binops = frozenset("*+%")

    def __init__(self, finalize: Callable[[Any], Any] = str, **settings: Any) -> None:
        @pass_eval_context  # with which nothing is printed before it comes here, no constant either
        def finalized(_context: Any, value: Any) -> Any:
            return finalize(printed(value))

        super().__init__(undefined=NotThere, extensions=[_EscapingStaysOn], finalize=finalized, **settings)
        center, form = self.filters["center"], self.filters["format"]
        self.filters["center"] = lambda value, width=80: (_bounded(width), center(value, width))[1]
        self.filters["format"] = lambda text, *given, **named: (
            _bounded(_widened(text, given)),
            form(text, *given, **named),
        )[1]
        del self.globals["lipsum"], self.filters["random"]
        del self.filters["safe"], self.filters["tojson"]  # they give text that is not escaped

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """The page, or a part of it. Raises TooLong."""
        size, kept = 0, []
        for piece in pieces:
            size += len(piece)
            _bounded(size)
            kept.append(piece)
        return "".join(kept)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """What `*`, `+` or `%` makes. Raises TooLong."""
        if operator == "%" and isinstance(left, str):
            _bounded(_widened(left, right))
        elif sizes := [len(value) for value in (left, right) if hasattr(value, "__len__")]:
            times = [abs(value) for value in (left, right) if isinstance(value, int)]
            _bounded(sum(sizes) * max(times, default=1))
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, called: Any, /, *given: Any, **named: Any) -> Any:
        """What a function or a method gives. Raises TooLong, and SecurityError where it may not be called."""
        owner = getattr(getattr(called, "__wrapped__", called), "__self__", None)
        if isinstance(owner, str | int):
            _bounded(_widened(str(owner), given))
        return super().call(context, called, *given, **named)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may look at an attribute. Decided at once for what most of them belong to."""
        if isinstance(obj, _PARTS):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

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
