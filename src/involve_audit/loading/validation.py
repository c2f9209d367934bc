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
    if not isinstance(tree.data, dict):
        return None, [_no_lines(tree)]
    try:
        return model.model_validate(tree.data), []
    except ValidationError as error:
        found = [details for details in error.errors(include_url=False) if not _follows_from_others(details)]
    if of_another_kind := [details for details in found if details["loc"] == ("format",) and details["input"]]:
        found = of_another_kind
    return None, [_problem(model, tree, details) for details in found]


def _no_lines(tree: Tree) -> Problem:
    hint = "It has to begin with a line `format: involve-audit/…`."
    if tree.data is None:
        return Problem(tree.file, "this file is empty", hint)
    return tree.problem((), "this file has to be made of `key: value` lines", hint)


def _follows_from_others(details: Any) -> bool:
    """A list counts as too short also where its entries have problems; these are reported by themselves."""
    return details["type"] == "too_short" and bool(len(details["input"]) >= details["ctx"]["min_length"])


def _problem(model: type[BaseModel], tree: Tree, details: Any) -> Problem:
    path = tuple(part for part in details["loc"] if part != "[key]")
    words = _WORDS.get(details["type"], _any_other)
    if details["input"] is None and details["type"] not in ("missing", "extra_forbidden"):
        words = _no_text
    what, hint = words(details, model, path)
    if details["type"] == "missing" and len(path) == 1:
        return Problem(tree.file, what, hint)
    is_key = details["type"] == "extra_forbidden" or "[key]" in details["loc"]
    return tree.problem(path, what, hint, at_key=is_key)


def _missing(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    example = _EXAMPLES.get(str(path[-1]), "…")
    if path == ("format",):
        (example,) = get_args(model.model_fields["format"].annotation)
    return f"`{path[-1]}` is missing{_inside(path)}", f"Add `{path[-1]}: {example}`."


def _unknown_key(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    return f"`{path[-1]}` is not a key that can stand here", suggestion(path[-1], keys_at(model, path[:-1]))


def _one_of(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    allowed = _QUOTED.findall(details["ctx"]["expected"])
    given = str(details["input"])
    if path == ("format",) and given.startswith("involve-audit/"):
        if given.partition("@")[0] == allowed[0].partition("@")[0]:
            return f"this file is of another version: `{given}`", f"This program reads `{allowed[0]}`. Update it."
        return f"this file says that it is `{given}`", f"Here it has to be `{allowed[0]}`."
    return f"`{given}` is not possible for `{_name(path)}`", suggestion(details["input"], allowed)


def _no_text(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    if details["input"] is None or (isinstance(details["input"], str) and not details["input"].strip()):
        return f"`{_name(path)}` is empty", "Write something after it, or take the line out."
    return f"`{_name(path)}` has to be text", "Write it as one word or sentence after the colon."


def _no_list(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    return f"`{_name(path)}` has to be a list", "Begin each entry with `- `, or write `[one, two]`."


def _no_mapping(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    example = _EXAMPLES.get(_name(path))
    hint = f"Write `{_name(path)}: {example}`." if example else ""
    return f"`{_name(path)}` has to hold `key: value` lines", hint


def _pattern(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    if not details["input"]:
        return _no_text(details, model, path)
    example = _EXAMPLES.get(str(path[-1]))
    hint = f"Write it like `{example}`." if example else "Use small letters, digits and hyphens, such as `my-id`."
    return f"`{details['input']}` is not possible for `{_name(path)}`", hint


def _number(details: Any, model: type[BaseModel], path: Path) -> tuple[str, str]:
    limits = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
    if limit := limits.get(details["type"]):
        bound = f"{details['ctx'][limit[0]]:g}"
        return f"`{details['input']}` is not possible for `{_name(path)}`", f"It has to be {limit[1]} {bound}."
    return f"`{details['input']}` is not a number", f"Write a number for `{_name(path)}`, such as 0.5."


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
_EXAMPLES = {
    "rubric": "my-rubric@1.0.0",
    "version": "1.0.0",
    "language": "en-GB",
    "date": "2026-11-22",
    "subject": "{name: Riverside}",
    "respondents": "{staff: 2}",
    "evidence": "[{text: The yearly survey}]",
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
