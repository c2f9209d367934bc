"""The models once more, as pydantic has them: it says what is wrong with a tree that was refused, and draws schemas.

Nothing else imports pydantic, and nothing imports this before something is refused or a schema is asked for.
"""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic import StringConstraints as Trimmed
from pydantic_core import CoreSchema, from_json

from involve_audit.model.strict import REQUIRED, FirstIsEnough, InSchema, Key, Limits, Model, Part, Read, Then, fields

__all__ = ["from_json", "schema", "twin", "wrong"]


class _Drawn:
    """What a rule says of a schema, in the way in which pydantic asks for it."""

    def __init__(self, rule: InSchema) -> None:
        self.rule = rule

    def __get_pydantic_json_schema__(self, inner: CoreSchema, draw: Any) -> dict[str, Any]:
        return self.rule.drawn(draw(inner))


_TWINS: dict[type[Model], type[BaseModel]] = {}


def twin(model: type[Model]) -> type[BaseModel]:
    """The model as one of pydantic's."""
    if model in _TWINS:
        return _TWINS[model]
    of_a_program = issubclass(model, Part)
    config = ConfigDict(extra="forbid", from_attributes=of_a_program, validate_by_name=of_a_program)
    made: Any = create_model
    declared = {name: (_kind(field.kind), _default(field.default)) for name, field in fields(model).items()}
    _TWINS[model] = made(model.__name__, __config__=config, __doc__=model.__doc__, **declared)
    return _TWINS[model]


def _default(default: Any) -> Any:
    if default is REQUIRED:
        return ...
    return Field(default_factory=twin(type(default))) if isinstance(default, Model) else default


def _kind(kind: Any) -> Any:
    """An annotation as pydantic understands it."""
    inner: Any = get_args(kind)
    match get_origin(kind):
        case None:
            if kind is float:
                return Annotated[float, Field(allow_inf_nan=False)]
            return twin(kind) if isinstance(kind, type) and issubclass(kind, Model) else kind
        case origin if origin is Annotated:
            return Annotated[_kind(inner[0]), *_rules(inner[1:])]
        case origin if origin is tuple:
            return tuple.__class_getitem__((_kind(inner[0]), ...))
        case origin if origin is dict:
            return dict.__class_getitem__((str, _kind(inner[1])))
        case origin if NoneType in inner or any(isinstance(one, type) for one in inner):
            return reduce(or_, map(_kind, inner))
        case _:
            return kind


def _rules(rules: tuple[Any, ...]) -> Iterator[Any]:
    for rule in rules:
        match rule:
            case Limits():
                limits: dict[str, Any] = rule.limits
                yield (
                    Trimmed(strip_whitespace=True, **limits)
                    if rule.trimmed
                    else Field(pattern=rule.pattern or None, **limits)
                )
            case Read():
                yield BeforeValidator(rule.function, *[_kind(rule.also)] * (rule.also is not None))
            case Then():
                yield AfterValidator(rule.function)
            case Key():
                yield Field(alias=rule.word)
            case InSchema():
                yield _Drawn(rule)
            case FirstIsEnough():
                yield Field(fail_fast=True)


def wrong(model: type[Model], data: Any) -> ValidationError | None:
    """What is wrong with a tree, as the error of pydantic that has it all; None where nothing is."""
    try:
        twin(model).model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        return error.with_traceback(None)  # which holds whoever asked, and with them the error
    return None


def schema(model: type[Model]) -> dict[str, Any]:
    """The JSON Schema of the file that a model stands for."""
    return twin(model).model_json_schema(mode="validation")
