"""The sandbox that templates run in: they may look at what they are given, and do nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, Undefined, nodes, pass_eval_context
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.ext import Extension
from jinja2.filters import make_attrgetter
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, missing
from jinja2.visitor import NodeTransformer

from involve_audit.errors import nearest
from involve_audit.language import _, number
from involve_audit.render.options import Labels, Page

_CALLED = (Macro, BlockReference, LoopContext, Joiner, Undefined)
_PRINTED = (str, int, float, date, Undefined, type(None))
_MOST_PRINTED = 100_000
MOST_CHARACTERS = 50_000_000
# The widths that `%` and `format` are told in a text, and a width that stands somewhere else.
_WIDTHS = re.compile(r"[%)][^%A-Za-z(]*|:[^:}]*")
_WIDTH_ELSEWHERE = re.compile(r"{[^{}]*{")
# Filters that make text of what they are given, and those among them and among the methods that do so again and again.
_TEXT_FILTERS = (
    *("capitalize", "center", "e", "escape", "forceescape", "format", "indent", "lower", "pprint", "replace", "string"),
    *("striptags", "title", "trim", "upper", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr"),
)
_AGAIN = ("expandtabs", "indent", "join", "replace", "translate", "wordwrap")
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


def _made(name: str, text: Any, values: Iterable[Any]) -> None:
    """Raise TooLong where a method or a filter of this name might make too much of a text, and as `printed` does."""
    text, values = str(printed(text)), [*values]
    printed(values)
    sizes, times = [len(str(value)) for value in values if not isinstance(value, int)], 1
    if "format" in name or name == "%":
        if "format" in name and _WIDTH_ELSEWHERE.search(text):
            raise TemplateRuntimeError(_("write the width itself, not a name for it"))
        times = text.count("%") + text.count("{")
        sizes += [int(width) for told in _WIDTHS.findall(text) for width in re.findall(r"\d+", told)]
    elif name in _AGAIN:
        times += len(text)
    if "*" in text or ("format" not in name and name != "%"):
        sizes += [abs(value) for value in values if isinstance(value, int)]
    _bounded(len(text) + times * max(sizes, default=0))


def _guarded(name: str, known: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Jinja that is given nothing but text, numbers and dates, and not too much of them."""

    @wraps(known)
    def guarded(*given: Any, **named: Any) -> Any:
        text, *values = (value for value in given if not isinstance(value, EvalContext | Environment))
        _made(name, text, [*values, *named.values()])
        return _kept(known(*given, **named))

    return guarded


def _counted(known: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Jinja that makes so many lists, or lists so long, as it is told."""

    @wraps(known)
    def counted(*given: Any, **named: Any) -> Any:
        _bounded(max(value for value in (*given, *named.values(), 0) if isinstance(value, int)))
        return known(*given, **named)

    return counted


def _kept(made: Any) -> Any:
    """What a method or a filter made. Raises TooLong."""
    if isinstance(made, str):
        _bounded(len(made))
    return made


def printed(value: Any) -> Any:
    """The value, or the text of a list. Raises TemplateRuntimeError for an object: it would show its address."""
    waiting, size = [value], 0
    for part in waiting if type(value) is not str else ():
        if isinstance(part, list | tuple):
            waiting += part
        elif type(part) is dict:
            waiting += [*part, *part.values()]
        elif not isinstance(part, _PRINTED) or len(waiting) > _MOST_PRINTED:
            message = _("a `{kind}` cannot be printed; name a part of it, or join what is in it")
            raise TemplateRuntimeError(message.format(kind=type(part).__name__))
        elif isinstance(part, str):
            size += len(part)
            _bounded(size)
    return str(value) if isinstance(value, list | tuple | dict) else value


class TooLong(TemplateRuntimeError):
    """A text that is longer than any page of ours. It is told without a folder of templates, too."""

    told_without = True


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, closed further: only macros and the methods of plain values can be called.

    What a template is given holds models and paths, whose methods could read files. Values are escaped whatever a
    template says, and nothing in it depends on chance.
    """

    intercepted_binops = frozenset(["*", "+", "%", "**"])

    def __init__(self, finalize: Callable[[Any], Any] = str, **settings: Any) -> None:
        @pass_eval_context  # with which nothing is printed before it comes here, no constant either
        def finalized(_context: Any, value: Any) -> Any:
            return finalize(printed(value))

        super().__init__(undefined=NotThere, extensions=[_EscapingStaysOn], finalize=finalized, **settings)
        join, batch, cut = (self.filters[name] for name in ("join", "batch", "slice"))

        @pass_eval_context
        def joined(context: EvalContext, value: Any, mark: Any = "", attribute: Any = None) -> Any:
            parts = list(value if attribute is None else map(make_attrgetter(self, attribute), value))
            _made("join", parts, [mark])
            return join(context, parts, mark)

        self.filters |= {name: _guarded(name, self.filters[name]) for name in _TEXT_FILTERS} | {
            "join": joined,
            "batch": _counted(batch),
            "slice": _counted(cut),
        }
        del self.globals["lipsum"], self.filters["random"]
        del self.filters["safe"], self.filters["tojson"]  # they give text that is not escaped

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _JoinedInstead().visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]

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
        """What `*`, `+`, `%` or `**` makes. Raises TooLong."""
        if operator == "**" and isinstance(left, int) and isinstance(right, int):
            _bounded(left.bit_length() * abs(right))
        elif operator == "%" and isinstance(left, str):
            _made(operator, left, right if isinstance(right, tuple) else [right])
        elif sizes := [len(value) for value in (left, right) if hasattr(value, "__len__")]:
            times = [abs(value) for value in (left, right) if isinstance(value, int)]
            _bounded(sum(sizes) * max(times, default=1))
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, called: Any, /, *given: Any, **named: Any) -> Any:
        """What a function or a method gives. Raises TooLong, and SecurityError where it may not be called."""
        owner = getattr(getattr(called, "__wrapped__", called), "__self__", None)
        if isinstance(owner, str | int):
            given = tuple(list(value) if isinstance(value, Iterator) else value for value in given)
            _made(getattr(called, "__name__", ""), str(owner), [*given, *named.values()])
        return _kept(super().call(context, called, *given, **named))

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


class _JoinedInstead(NodeTransformer):
    """Makes what `~` joins a list that the filter `join` joins: there is one place where this is done."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 (Jinja's name)
        """The filter in the place of the operator."""
        parts = nodes.List([self.visit(part) for part in node.nodes], lineno=node.lineno)
        return nodes.Filter(parts, "join", [], [], None, None, lineno=node.lineno, environment=node.environment)
