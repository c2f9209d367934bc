"""What a template may make (docs/templates.md): texts up to a size, of values that look the same in every run."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from datetime import date
from functools import update_wrapper, wraps
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, Undefined, nodes, pass_environment, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateRuntimeError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.runtime import Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEscapeFormatter
from jinja2.utils import missing
from markupsafe import Markup, escape

from involve_audit.language import _, number

MOST_CHARACTERS = 50_000_000
MOST_DIGITS = 4_300  # Python writes out no longer number
# An item of a list takes the room of so many characters, and so does each character of a text that is worked on.
_ROOM = 10
_SHORT, MOST_KEPT = 500, 2_000
"""Of so short texts, how many are kept as they are shown."""
_TEXT = {str}
LONGEST_KEPT = 4 * _SHORT
"""Of a macro that follows from texts alone, as many texts up to this length are kept."""
_PRINTED = (str, int, float, date, Undefined, type(None))
_PUTTING_TOGETHER = (nodes.Name, nodes.Output, nodes.TemplateData, nodes.Getattr, nodes.If, nodes.Const)
_OF_TEXT = (
    *("capitalize", "center", "e", "escape", "forceescape", "indent", "lower", "pprint", "replace", "string"),
    *("striptags", "title", "trim", "truncate", "upper", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr"),
)
_OF_LISTS = ("batch", "groupby", "list", "slice", "sort")
# How often the longest thing that a filter or a method is told can stand in what it makes; a number is a width.
_TIMES: dict[str, Callable[..., int]] = {
    **dict.fromkeys(("center", "ljust", "rjust", "to_bytes", "zfill"), lambda *_, **__: 1),
    **dict.fromkeys(("batch", "slice"), lambda *_, **__: _ROOM),
    "expandtabs": lambda text, *_, **__: text.count("\t"),
    "indent": lambda text, *_, **__: len(text.splitlines()) + 1,
    "replace": lambda text, old="", *_, **__: str(text).count(str(old)),
    "strftime": lambda *_: 256,
    "translate": lambda text, *_: len(text),
    "urlize": lambda text, *_, **__: sum(map(text.count, ".@:")),
    "wordwrap": lambda text, width=79, *_, **__: 2 * len(text) // max(width, 1) + len(text.splitlines()) + 1,
}


class TooLong(TemplateRuntimeError):
    """A text that is longer than any page of ours. It is told without a folder of templates, too."""

    told_without = True


def _bounded(size: int, most: int | None = None) -> int:
    most = most or MOST_CHARACTERS
    if size > most:
        message = _("this takes the room of more than {count} characters; make less of it")
        raise TooLong(message.format(count=number(most)))
    return size


def _size(value: Any) -> int:
    """The room that a value takes, in characters, without what is in it."""
    return len(value) if isinstance(value, str) else _ROOM * (len(value) if isinstance(value, Sized) else 1)


def _printed_size(value: Any) -> int:
    return len(str(printed(value)))


def _measured(values: Iterable[Any], size: Callable[[Any], int], between: int = 0) -> Iterator[Any]:
    """The values as they come. Raises TooLong, at the line of the template that gave the last of them."""
    room = 0
    for value in values:
        room += size(value) + between
        try:
            _bounded(room)
        except TooLong as error:
            if isinstance(values, Generator):
                values.throw(error)
            raise
        yield value


def printed(value: Any) -> Any:
    """The value, or the text of a list. Raises TooLong, and TemplateRuntimeError for an object: it has an address."""
    if isinstance(value, _PRINTED):
        if type(value) is str:  # which is going to be escaped
            _bounded(_ROOM * len(value))
        return value
    waiting, room = [value], 0
    while waiting:
        part = waiting.pop()
        room = _bounded(room + _ROOM + _size(part))
        if isinstance(part, list | tuple):
            waiting += part
        elif type(part) is dict:
            waiting += [*part, *part.values()]
        elif not isinstance(part, _PRINTED):
            message = _("a `{kind}` cannot be printed; name a part of it, or join what is in it")
            raise TemplateRuntimeError(message.format(kind=type(part).__name__))
    return str(value)


def _filled(text: Any, values: Any) -> int:
    """How long a text gets at most when `%` fills it."""
    given = [*values.values()] if isinstance(values, dict) else values if isinstance(values, tuple) else [values]
    lengths = [_printed_size(value) for value in given]
    told = [re.findall(r"\d+(?=\.?[\d*]*[A-Za-z]|$)", part) for part in str(text).split("%")[1:]]
    widths = sum(int(width) for part in told for width in part)
    stars = sum(abs(value) for value in given if isinstance(value, int)) if "*" in str(text) else 0
    keyed = isinstance(values, dict)
    return len(text) + widths + stars + (len(told) * max(lengths, default=0) if keyed else sum(lengths))


def _worked_on(name: str, value: Any, given: Iterable[Any], named: dict[str, Any]) -> int:
    """How much room a filter or a method of this name takes at most."""
    told = [
        part for other in (*given, *named.values()) for part in (other.values() if type(other) is dict else [other])
    ]
    longest = max((abs(part) if isinstance(part, int) else _printed_size(part) for part in told), default=0)
    times = _TIMES[name](value, *given, **named) if name in _TIMES else 0
    return times * longest + (_ROOM * len(value) if isinstance(value, str) else 0)


def _guarded(name: str) -> Callable[..., Any]:
    """A filter of Jinja that takes what can be printed, or a list, and makes nothing too long of it."""
    unbounded: Callable[..., Any] = FILTERS[name]
    before = int(hasattr(unbounded, "jinja_pass_arg"))

    @wraps(unbounded)
    def guarded(*given: Any, **named: Any) -> Any:
        value, *others = given[before:]
        if name in _OF_LISTS:
            value = _measured(value, _size, _ROOM)
            told = [part for part in (*others, *named.values()) if isinstance(part, int)]
            _bounded(_worked_on(name, None, told, {}))
        else:
            _bounded(_worked_on(name, str(printed(value)), others, named))
        return unbounded(*given[:before], value, *others, **named)

    return guarded


@pass_eval_context
def _join(context: Any, value: Any, d: str = "", attribute: Any = None) -> Any:
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    return FILTERS["join"](context, _measured(value, _printed_size, _printed_size(d)), d)


@pass_environment
def _format(environment: Environment, value: Any, *given: Any, **named: Any) -> Any:
    return environment.call_binop(None, "%", printed(value), named or given)  # type: ignore[attr-defined]


@pass_environment
def _sum(environment: Environment, iterable: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
    for value in iterable if attribute is None else map(make_attrgetter(environment, attribute), iterable):
        start = environment.call_binop(None, "+", start, value)  # type: ignore[attr-defined]
    return start


def _round(value: Any, precision: int = 0, method: Any = "common") -> Any:
    _bounded(abs(precision), MOST_DIGITS)
    return FILTERS["round"](value, precision, method)


class _Formatter(SandboxedEscapeFormatter):
    """What a text's own `format` uses."""

    room = 0

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        found, first = super().get_field(field_name, args, kwargs)
        return printed(found), first

    def format_field(self, value: Any, format_spec: str) -> str:
        # A date may make so much of each character.
        _bounded(256 * len(format_spec) + max(map(int, re.findall(r"\d+", format_spec)), default=0))
        made = super().format_field(value, format_spec)
        self.room = _bounded(self.room + len(made))
        return made


class _Shown(dict[str, str]):
    """What makes of a value the text that stands for it. Pages say the same short texts again and again: these are kept
    by what they are made of."""

    def __init__(self, finalize: Callable[[Any], Any], escaped: Callable[[Any], str], ready: type[str] | None) -> None:
        self._finalize, self._escaped, self._ready = finalize, escaped, ready

    def anew(self, value: Any) -> str:
        """The text of any value; what is `ready` is its own. Raises TooLong, and TemplateRuntimeError for an object."""
        if type(value) is self._ready:
            return value
        return self._escaped(self._finalize(printed(value)))

    def __missing__(self, text: str) -> str:
        made = self.anew(text)
        if len(text) <= _SHORT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[text] = made
        return made


def _is_of_text(value: Any) -> bool:
    """Whether a value is a tuple of nothing but texts."""
    return isinstance(value, tuple) and {*map(type, value)} <= _TEXT


class _Buffer(list[str]):
    """What a macro or a block gathers, measured piece by piece."""

    __slots__ = ("room", "shown")

    def __init__(self, shown: _Shown) -> None:
        self.room = 0
        self.shown = shown

    def put(self, before: str, value: Any) -> None:
        """Add a text of the template, and the value that comes after it. Raises TooLong."""
        text = self.shown[value] if type(value) is str else self.shown.anew(value)
        self.room += len(before) + len(text)
        if self.room > MOST_CHARACTERS:
            _bounded(self.room)
        self += (before, text)

    def end(self, text: str) -> None:
        """Add a text of the template that no value comes after. Raises TooLong."""
        self.room += len(text)
        if self.room > MOST_CHARACTERS:
            _bounded(self.room)
        self.append(text)


class _Generator(CodeGenerator):
    """Compiles templates so that what they print goes through `shown`, and what they gather is measured."""

    def buffer(self, frame: Frame) -> None:
        frame.buffer = self.temporary_identifier()
        self.writeline(f"{frame.buffer} = environment.buffer()")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        if frame.buffer is None:
            super().visit_Output(node, frame)
            return
        before = ""
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                before += child.data
            else:
                self.writeline(f"{frame.buffer}.put({before!r}, ", child)
                self.visit(child, frame)
                self.write(")")
                before = ""
        if before:
            self.writeline(f"{frame.buffer}.end({before!r})", node)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):  # nothing else is printed before it comes to `shown`
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, _finalize: Any) -> None:
        self.write("environment.shown(")

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: Any) -> None:
        self.write(")")

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802
        super().visit_Macro(node, frame)
        if _follows_from_what_it_is_given(node):
            self.writeline(f"environment.keep({frame.symbols.ref(node.name)})")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.joined((")
        for child in node.nodes:
            self.visit(child, frame)
            self.write(", ")
        self.write("))")


def _follows_from_what_it_is_given(macro: nodes.Macro) -> bool:
    """Whether a macro does nothing but put together what it is given, and parts of that."""
    given = {argument.name for argument in macro.args}
    asked_for = {name.name for name in macro.find_all(nodes.Name)}
    return asked_for <= given and all(isinstance(node, _PUTTING_TOGETHER) for node in macro.find_all(nodes.Node))


class _Template(Template):
    def make_module(self, vars: Any = None, shared: bool = False, locals: Any = None) -> TemplateModule:
        context = self.new_context(vars, shared, locals)
        return TemplateModule(self, context, list(_measured(self.root_render_func(context), len)))


class Bounded(ImmutableSandboxedEnvironment):
    """A sandbox in which no text gets too long, and nothing is printed but text, numbers, dates and lists of them."""

    code_generator_class = _Generator
    template_class = _Template
    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, finalize: Callable[[Any], Any] = str, **settings: Any) -> None:
        super().__init__(**settings)
        self._shown = _Shown(finalize, *((escape, Markup) if self.autoescape else (str, None)))
        self.shown = self._shown.anew
        self._made: dict[CodeType, dict[tuple[Any, ...], str]] = {}
        self.filters |= {name: _guarded(name) for name in (*_OF_TEXT, *_OF_LISTS)}
        self.filters |= {"format": _format, "join": _join, "round": _round, "sum": _sum}

    def buffer(self) -> _Buffer:
        """What a macro or a block is to gather its pieces in."""
        return _Buffer(self._shown)

    def keep(self, macro: Macro) -> None:
        """Let a macro that follows from what it is given be filled once for the same texts, in whatever pages."""
        fill = macro._func
        made = self._made.setdefault(fill.__code__, {})

        def kept(*given: Any) -> str:
            # Others may be equal and yet be shown as something else, such as 1 and true, or a text that is escaped.
            for one in given:
                if type(one) is not str and one is not missing and not _is_of_text(one):
                    return fill(*given)
            asked = given, tuple(map(type, given))
            if asked in made:
                return made[asked]
            text: str = fill(*given)
            if len(text) <= LONGEST_KEPT:
                if len(made) >= MOST_KEPT:
                    made.clear()
                made[asked] = text
            return text

        macro._func = kept

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """The page, or a part of it. Raises TooLong."""
        return "".join(pieces if isinstance(pieces, _Buffer) else _measured(pieces, len))

    def joined(self, values: Iterable[Any]) -> str:
        """What `~` makes. Raises TooLong."""
        return (markup_join if self.autoescape else str_join)(_measured(values, _printed_size))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """What an operator makes. Raises TooLong."""
        times = [abs(value) for value in (left, right) if isinstance(value, int)]
        if len(times) == 2:
            bits = [value.bit_length() for value in times]
            _bounded((bits[0] * times[1] if operator == "**" else sum(bits)) // 3, MOST_DIGITS)
        elif operator == "%" and isinstance(left, str | bytes):
            _bounded(_filled(left, right))
        else:
            sizes = [_size(value) for value in (left, right) if isinstance(value, Sized)]
            _bounded(sum(sizes) * max(times, default=1))
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, called: Any, /, *given: Any, **named: Any) -> Any:
        """What a function or a method gives. Raises TooLong, and SecurityError where it may not be called."""
        if type(called) is Macro:  # which nobody has to look at, and most of what is called
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
            if (
                named
                or len(given) != called._argument_count
                or called.caller
                or called.catch_kwargs
                or called.catch_varargs
            ):
                return called(context.eval_ctx, *given, **named)
            made = called._func(*given)  # as it does itself, once it has looked what it was given
            return str.__new__(Markup, made) if context.eval_ctx.autoescape else made
        owner, name = getattr(called, "__self__", None), getattr(called, "__name__", "")
        if isinstance(owner, str) and name == "join":
            given = tuple(_measured(values, _printed_size, len(owner)) for values in given)
        elif isinstance(owner, str | int | date):
            _bounded(_worked_on(name, owner, given, named))
        return super().call(context, called, *given, **named)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """What stands for the `format` of a text. It raises TooLong."""
        if super().wrap_str_format(value) is None:
            return None
        text = value.__self__

        def wrapper(*given: Any, **named: Any) -> str:
            values = ((), given[0]) if value.__name__ == "format_map" else (given, named)
            formatter = _Formatter(self, escape=getattr(text, "escape", str))
            made: str = type(text)(formatter.vformat(text, *values))
            return made

        return update_wrapper(wrapper, value)
