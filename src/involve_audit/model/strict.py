"""What models are: frozen, made of a tree that keeps what their fields declare, and a tree again.

The annotations of a class are its fields, and the rules in their `Annotated` say more than a type can. Two things are
made of these declarations: here readers, plain functions that take what is sound and refuse anything else without a
word, so that a run that finds nothing wrong needs no library; and in `model.twin` what says why something is refused,
and the schemas.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from types import NoneType
from typing import Annotated, Any, ClassVar, Literal, Self, dataclass_transform, get_args, get_origin

Reader = Callable[[Any], Any]


class Unfit(ValueError):
    """That something is not what a field declares."""


# Rules, to stand in `Annotated`


class Requirement:
    """What a value has to keep besides its type."""

    def around(self, read: Reader) -> Reader:
        """A reader that keeps the rule, made of the one for what the rule is about."""
        return read


class Limits(Requirement):
    """Limits: of text a pattern, of text and lists how long they are, and of numbers how large.

    Text that is `trimmed` loses the blanks around it and cannot be empty.
    """

    def __init__(self, *, trimmed: bool = False, pattern: str = "", **limits: float) -> None:
        self.trimmed = trimmed
        self.pattern = pattern
        self.limits = limits
        """By the names that pydantic has for them: ge, le, lt, min_length, max_length."""

    def around(self, read: Reader) -> Reader:
        if self.trimmed:
            return _trimmed
        matches = re.compile(self.pattern).fullmatch if self.pattern else None
        tests = [(_TESTS[name], bound) for name, bound in self.limits.items()]

        def kept(value: Any) -> Any:
            found = read(value)
            for test, bound in tests:
                if not test(found, bound):
                    raise Unfit
            if matches and not matches(found):
                raise Unfit
            return found

        return kept


_TESTS: dict[str, Callable[[Any, float], bool]] = {
    "ge": lambda value, bound: value >= bound,
    "le": lambda value, bound: value <= bound,
    "lt": lambda value, bound: value < bound,
    "min_length": lambda value, bound: len(value) >= bound,
    "max_length": lambda value, bound: len(value) <= bound,
}


class Read(Requirement):
    """A function that a value goes through before anything else. `also` is what a schema lets stand there, if more."""

    def __init__(self, function: Reader, also: Any = None) -> None:
        self.function = function
        self.also = also

    def around(self, read: Reader) -> Reader:
        function = self.function
        return lambda value: read(function(value))


class Then(Requirement):
    """A function that a sound value goes through."""

    def __init__(self, function: Reader) -> None:
        self.function = function

    def around(self, read: Reader) -> Reader:
        function = self.function
        return lambda value: function(read(value))


class Key(Requirement):
    """The word that a file has for a field, where it is another than the code has."""

    def __init__(self, word: str) -> None:
        self.word = word


class InSchema(Requirement):
    """What a schema says of a value: what `drawn` makes of what it would say."""

    def __init__(self, drawn: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self.drawn = drawn


class FirstIsEnough(Requirement):
    """Of entries that a program wrote: once one is wrong, the others are not looked at."""


# Readers

# What Unicode calls a blank. Python also takes four control characters for one.
_BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_INT = re.compile(r"([-+]?[0-9](?:_?[0-9])*)(?:\.0+)?")
_BETWEEN_FIGURES = re.compile(r"(?<=[^_])_(?=[^_])")
_TRUTH = dict.fromkeys(("0", "f", "n", "no", "off", "false"), False)
_TRUTH |= dict.fromkeys(("1", "t", "y", "yes", "on", "true"), True)
_WHOLE_AS_FLOAT = 2.0**63


def _text(value: Any) -> str:
    if not isinstance(value, str) or not (value.isascii() or _is_whole(value)):
        raise Unfit
    return value


def _trimmed(value: Any) -> str:
    if not isinstance(value, str) or not (value.isascii() or _is_whole(value)) or not (text := value.strip(_BLANKS)):
        raise Unfit
    return text


def _is_whole(text: str) -> bool:
    """Whether a text has no half of a character, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _truth(value: Any) -> bool:
    found = _TRUTH.get(value.lower() if value.isascii() else "") if isinstance(value, str) else value
    if found not in (True, False):
        raise Unfit
    return bool(found)


def _int(value: Any) -> int:
    if isinstance(value, str):
        found = _INT.fullmatch(value.strip(_BLANKS))
        value = found and found[1]
    elif isinstance(value, float):
        value = int(value) if value.is_integer() and abs(value) < _WHOLE_AS_FLOAT else None
    if value is None or not isinstance(value, int | str):
        raise Unfit
    return int(value)


def _float(value: Any) -> float:
    if isinstance(value, str):
        value = _BETWEEN_FIGURES.sub("", value) if "_" in value else value.strip(_BLANKS)
        if not _FLOAT.fullmatch(value):
            raise Unfit
    elif not isinstance(value, float | int):
        raise Unfit
    try:
        number = float(value)
    except OverflowError:
        raise Unfit from None
    if number - number:  # no number, or without end
        raise Unfit
    return number


def _instance(kind: type) -> Reader:
    def instance(value: Any) -> Any:
        if not isinstance(value, kind):
            raise Unfit
        return value

    return instance


def _nothing(value: Any) -> None:
    if value is not None:
        raise Unfit


_PLAIN: dict[Any, Reader] = {str: _text, bool: _truth, int: _int, float: _float, NoneType: _nothing}


@cache
def reader(kind: Any) -> Reader:
    """The function that takes what is sound for an annotation, and raises ValueError for anything else."""
    inner = get_args(kind)
    match get_origin(kind):
        case None:
            return _model(kind) if issubclass(kind, Model) else _PLAIN.get(kind) or _instance(kind)
        case origin if origin is Annotated:
            read = reader(inner[0])
            for rule in inner[1:]:
                read = rule.around(read)
            return read
        case origin if origin is Literal:
            return _one_of(inner)
        case origin if origin is tuple:
            return _several(reader(inner[0]))
        case origin if origin is dict:
            return _by_key(reader(inner[1]))
        case _:
            return _either([reader(one) for one in inner])


def _one_of(words: tuple[str, ...]) -> Reader:
    def one_of(value: Any) -> Any:
        if not isinstance(value, str) or value not in words:
            raise Unfit
        return value

    return one_of


def _several(read: Reader) -> Reader:
    def several(value: Any) -> tuple[Any, ...]:
        if value.__class__ is not list and (
            not isinstance(value, Iterable) or isinstance(value, str | bytes | Mapping)
        ):
            raise Unfit
        return tuple([read(entry) for entry in value])

    return several


def _by_key(read: Reader) -> Reader:
    def by_key(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Unfit
        return {_text(key): read(entry) for key, entry in value.items()}

    return by_key


def _either(readers: list[Reader]) -> Reader:
    first, *others = (read for read in readers if read is not _nothing)

    def or_none(value: Any) -> Any:
        return None if value is None else first(value)

    def either(value: Any) -> Any:
        for read in readers:
            with suppress(ValueError):
                return read(value)
        raise Unfit

    return either if others else or_none


# Models


class Field:
    """One field of a model: the word that files have for it, its annotation, and its default (`REQUIRED` for none)."""

    def __init__(self, name: str, kind: Any, default: Any) -> None:
        self.kind = kind
        self.default = default
        self.key = next((rule.word for rule in rules(kind) if isinstance(rule, Key)), name)


REQUIRED = object()


def rules(kind: Any) -> tuple[Any, ...]:
    """The rules of an annotation."""
    return get_args(kind)[1:] if get_origin(kind) is Annotated else ()


_FIELDS: dict[Any, dict[str, Field]] = {}


def fields(model: "type[Model]") -> dict[str, Field]:
    """The fields of a model by name, those of the models that it is made of first."""
    if model in _FIELDS:
        return _FIELDS[model]
    found = {
        name: kind
        for one in reversed(model.__mro__)
        if issubclass(one, Model)
        for name, kind in one.__annotations__.items()
        if getattr(kind, "__origin__", None) is not ClassVar
    }
    _FIELDS[model] = {name: Field(name, kind, getattr(model, name, REQUIRED)) for name, kind in found.items()}
    return _FIELDS[model]


class _Readers(dict[str, tuple[str, Reader]]):
    """The name and the reader of each field that was asked for, by its word in files. Raises Unfit for any other."""

    def __init__(self, model: "type[Model]") -> None:
        self.model = model
        self.required = frozenset(name for name, field in fields(model).items() if field.default is REQUIRED)
        """The names of the fields that the model cannot be without."""

    def __missing__(self, key: str) -> tuple[str, Reader]:
        for name, field in fields(self.model).items():
            if field.key == key:
                self[key] = name, reader(field.kind)
                return self[key]
        raise Unfit


_READERS: dict[Any, _Readers] = {}


def _readers(model: "type[Model]") -> _Readers:
    if model not in _READERS:
        _READERS[model] = _Readers(model)
    return _READERS[model]


def _model(model: "type[Model]") -> Reader:
    readers = _readers(model)
    required = readers.required
    new, hold = object.__new__, object.__setattr__

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            return value if isinstance(value, model) else model.of_another(value)
        found = {}
        for key, given in value.items():
            name, read = readers[key]
            found[name] = read(given)
        if not required <= found.keys():
            raise Unfit
        made = new(model)
        hold(made, "__dict__", found)
        return made

    return read


class Model:
    """A frozen model. What its instances hold is what was said; what was not said is a default of the class."""

    def __init__(self, **values: Any) -> None:
        """Make a model of values by the names of their fields. Raises ValueError where one is not sound or missing."""
        readers, declared, found = _readers(type(self)), fields(type(self)), {}
        if missing := (readers.required - values.keys()) | (values.keys() - declared.keys()):
            raise Unfit(f"{type(self).__name__}: {', '.join(sorted(missing))}")
        for name, value in values.items():
            _name, read = readers[declared[name].key]
            try:
                found[name] = read(value)
            except Unfit as error:
                raise Unfit(f"{type(self).__name__}.{name}: {value!r}") from error
        object.__setattr__(self, "__dict__", found)

    @classmethod
    def from_tree(cls, data: Any) -> Self:
        """The model that a tree stands for, by the words of files. Raises ValueError where it stands for none."""
        own: Any = cls
        found: Self = reader(own)(data)
        return found

    @classmethod
    def unchecked(cls, **values: Any) -> Self:
        """A model of values that are known to be sound."""
        made = object.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        return made

    @classmethod
    def of_another(cls, value: Any) -> Self:
        """The model that something else stands for. Raises ValueError: nothing does, but for a `Part`."""
        raise Unfit

    @property
    def said(self) -> dict[str, Any]:
        """What was said, by the names of the fields, in their order."""
        own = vars(self)
        return {name: own[name] for name in fields(type(self)) if name in own}

    def changed(self, **values: Any) -> Self:
        """A copy with other values, which are known to be sound."""
        return self.unchecked(**{**vars(self), **values})

    def without(self, *names: str) -> Self:
        """A copy with some of its parts as if they had never been said."""
        return self.unchecked(**{name: value for name, value in vars(self).items() if name not in names})

    def as_tree(self, *, whole: bool = False) -> dict[str, Any]:
        """What it says, as its file holds it: text, numbers, mappings and lists; and if `whole`, every default too."""
        said = {field.key: (getattr(self, name), field.default) for name, field in fields(type(self)).items()}
        return {key: _plain(value, whole) for key, (value, default) in said.items() if whole or value != default}

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(name)

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name, REQUIRED) for name in fields(type(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model) or type(other) is not type(self):
            return NotImplemented
        return vars(self) == vars(other) or self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def _plain(value: Any, whole: bool) -> Any:
    if isinstance(value, Model):
        return value.as_tree(whole=whole)
    if isinstance(value, dict):
        return {key: _plain(entry, whole) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry, whole) for entry in value]
    if isinstance(value, date):
        return value.isoformat().replace("+00:00", "Z")
    return value


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Strict(Model):
    """A model of what people write, whose fields a type checker holds every call to."""


class Part(Model):
    """A part of what the program writes, made of anything that has its fields, such as the engine's own shapes."""

    @classmethod
    def of_another(cls, value: Any) -> Self:
        if type(value).__module__ == "builtins":
            raise Unfit
        found = {name: getattr(value, name, REQUIRED) for name in fields(cls)}
        return cls(**{name: value for name, value in found.items() if value is not REQUIRED})
