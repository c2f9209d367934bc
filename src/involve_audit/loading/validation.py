"""A tree to a model, or every problem in the words of the file's author (never the validator's)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from involve_audit.errors import Problem
from involve_audit.loading.suggest import suggestion
from involve_audit.loading.tree import Path, Tree

ModelType = TypeVar("ModelType", bound=BaseModel)
_QUOTED = re.compile(r"'([^']*)'")


def validated(model: type[ModelType], tree: Tree) -> tuple[ModelType | None, list[Problem]]:
    """The model that the tree stands for and no problems, or None and every problem."""
    try:
        return model.model_validate(tree.data), []
    except ValidationError as error:
        return None, [_problem(model, tree, details) for details in error.errors(include_url=False)]


def _problem(model: type[BaseModel], tree: Tree, details: Any) -> Problem:
    path = tuple(part for part in details["loc"] if part != "[key]")
    what, hint = _WORDS.get(details["type"], _any_other)(details, model, path)
    is_key = details["type"] == "extra_forbidden" or "[key]" in details["loc"]
    return tree.problem(path, what, hint, at_key=is_key)


def _missing(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    return f"`{path[-1]}` is missing{_inside(path)}", f"Add `{path[-1]}: …`."


def _unknown_key(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    return f"`{path[-1]}` is not a key that can stand here", suggestion(path[-1], keys_at(model, path[:-1]))


def _one_of(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    allowed = _QUOTED.findall(details["ctx"]["expected"])
    return f"`{details['input']}` is not possible for `{_name(path)}`", suggestion(details["input"], allowed)


def _no_text(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    if details["input"] in (None, ""):
        return f"`{_name(path)}` is empty", "Write something after it, or take the line out."
    return f"`{_name(path)}` has to be text", "Write a word or a sentence after it."


def _no_list(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    if details["input"] is None:
        return _no_text(details, model, path)
    return f"`{_name(path)}` has to be a list", "Begin each entry with `- `, or write `[one, two]`."


def _no_mapping(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    if not path:
        return "this file does not hold what it should", "It has to begin with `format: involve-audit/…`."
    if details["input"] is None:
        return _no_text(details, model, path)
    return f"`{_name(path)}` has to hold `key: value` lines", ""


def _pattern(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    if not details["input"]:
        return _no_text(details, model, path)
    return f"`{details['input']}` is not possible for `{_name(path)}`", _HOW_TO_WRITE.get(
        str(path[-1]), "Use small letters, digits and single hyphens, such as `service-users`."
    )


def _number(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    limits = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
    if limit := limits.get(details["type"]):
        bound = f"{details['ctx'][limit[0]]:g}"
        return (
            f"`{details['input']}` is not possible for `{_name(path)}`",
            f"It has to be {limit[1]} {bound}.",
        )
    return f"`{details['input']}` is not a number", f"Write a number for `{_name(path)}`, such as 3."


def _truth(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    return f"`{details['input']}` is not possible for `{_name(path)}`", "It can be `true` or `false`."


def _said_by_the_model(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    what, _, hint = str(details["ctx"]["error"]).partition("; ")
    return what, hint and hint[0].upper() + hint[1:] + "."


def _too_long(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    return f"`{_name(path)}` is longer than {details['ctx']['max_length']} characters", "Make it shorter."


def _too_few(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    return f"`{_name(path)}` needs at least {details['ctx']['min_length']}", "Add one."


def _any_other(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    return f"`{_name(path)}` is not what it should be: {details['msg']}", ""


Wording = Callable[[Any, type[BaseModel], Path], tuple[str, str]]
_WORDS: dict[str, Wording] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _one_of,
    "string_type": _no_text,
    "string_too_short": _no_text,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "too_short": _too_few,
    "tuple_type": _no_list,
    "model_type": _no_mapping,
    "model_attributes_type": _no_mapping,
    "dict_type": _no_mapping,
    "int_parsing": _number,
    "int_type": _number,
    "int_parsing_size": _number,
    "float_parsing": _number,
    "float_type": _number,
    "finite_number": _number,
    "greater_than_equal": _number,
    "less_than_equal": _number,
    "bool_parsing": _truth,
    "bool_type": _truth,
    "value_error": _said_by_the_model,
}
_HOW_TO_WRITE = {
    "rubric": "Write the rubric's id and version, such as `my-rubric@1.0.0`.",
    "version": "Write three numbers, such as 1.0.0.",
    "language": "Write a language tag, such as `en-GB`.",
}


def _name(path: Path) -> str:
    """The last key of a path: an entry of a list is named by its list."""
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "this file")


def _inside(path: Path) -> str:
    above = [str(part) for part in path[:-1] if isinstance(part, str)]
    return f" in `{above[-1]}`" if above else ""


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that may stand at `path` of a file of this model; none where any word may."""
    found = _model_at(model, path)
    if found is None:
        return []
    return [field.alias or name for name, field in found.model_fields.items()]


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    current: Any = model
    for part in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = {field.alias or name: field for name, field in current.model_fields.items()}
            current = _unwrapped(fields[str(part)].annotation) if part in fields else None
        else:
            arguments = [_unwrapped(argument) for argument in get_args(current) if argument is not Ellipsis]
            current = arguments[-1] if arguments else None
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _unwrapped(annotation: Any) -> Any:
    """The annotation without `| None` and without metadata."""
    while get_origin(annotation) is not None and get_origin(annotation) not in (tuple, dict, list):
        annotation = next(argument for argument in _plain_arguments(annotation))
    return annotation


def _plain_arguments(annotation: Any) -> Iterator[Any]:
    return (argument for argument in get_args(annotation) if argument is not type(None))
