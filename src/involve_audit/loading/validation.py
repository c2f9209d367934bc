"""A tree to a model, or every problem in the words of the file's author (never the validator's)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from involve_audit.errors import Problem, bounded, choice, suggestion
from involve_audit.language import _, ngettext, number
from involve_audit.loading.tree import KeyPath, Tree, with_quotes
from involve_audit.model.base import FREE_TEXT
from involve_audit.model.reference import Reference
from involve_audit.model.strict import Model, fields

if TYPE_CHECKING:
    from involve_audit.model.base import Refused

ModelType = TypeVar("ModelType", bound=Model)
_MOST_ERRORS = 100_000  # more would take too much memory to look at
_QUOTED = re.compile(r"'([^']*)'")


def validated(model: type[ModelType], tree: Tree) -> tuple[ModelType | None, list[Problem]]:
    """The model that the tree stands for and no problems, or None and every problem; of very many, the first."""
    if not isinstance(tree.data, dict):
        return None, tree.of_another_kind or [_no_lines(tree)]
    try:
        return model.from_tree(tree.data), []
    except ValueError:
        return None, _problems(model, tree)


def _problems(model: type[Model], tree: Tree) -> list[Problem]:
    """Every problem of a tree that was refused, which another library looks for."""
    from involve_audit.model.twin import wrong

    error = wrong(model, tree.data)
    assert error is not None, model
    if error.error_count() > _MOST_ERRORS:
        hint = _("Is it a file of another kind, or was it written by something else than involve-audit?")
        return [Problem(tree.file, _("nearly nothing in this file is as it should be"), hint)]
    found = [details for details in error.errors(include_url=False) if not _follows_from_others(details)]
    if of_another_kind := [details for details in found if details["loc"] == ("format",) and details["input"]]:
        found = of_another_kind
    if any(details["loc"] == ("format",) for details in found) and (problems := tree.of_another_kind):
        return problems
    return bounded(_problem(model, tree, details) for details in found)


def _no_lines(tree: Tree) -> Problem:
    hint = _("It has to begin with a line `format: involve-audit/…`.")
    if tree.data is None:
        return Problem(tree.file, _("this file is empty"), hint)
    return tree.problem((), _("this file has to be made of `key: value` lines"), hint)


def _follows_from_others(details: Any) -> bool:
    """A list counts as too short also where its entries have problems; these are reported by themselves."""
    return details["type"] == "too_short" and bool(len(details["input"]) >= details["ctx"]["min_length"])


def _problem(model: type[Model], tree: Tree, details: Any) -> Problem:
    path = tuple(part for part in details["loc"] if part != "[key]")
    words = _WORDS.get(details["type"], _any_other)
    if details["input"] is None and details["type"] not in ("missing", "extra_forbidden"):
        words = _no_text
    what, hint = words(details, model, path)
    is_text = words is _no_text and isinstance(details["input"], list | dict) and _at(model, path)[1]
    if is_text and (mark := tree.values.get(path)):
        line = tree.line_at(mark)
        hint = (line[mark.column : mark.column + 1] in ("[", "{") and with_quotes(line, mark.column)) or hint
    if details["type"] == "missing" or details["input"] is None:
        hint = tree.what_to_do_where_empty or hint
    if details["type"] == "missing" and len(path) == 1 and not tree.what_to_do_where_empty:
        return Problem(tree.file, what, hint)
    is_key = details["type"] == "extra_forbidden" or "[key]" in details["loc"]
    return tree.problem(path, what, hint, at_key=is_key)


def _missing(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    key = path[-1]
    example = _EXAMPLES.get(str(key), "…")
    if path == ("format",):
        (example,) = get_args(fields(model)["format"].kind)
    above = [str(part) for part in path[:-1] if isinstance(part, str)]
    what = _("`{key}` is missing in `{above}`") if above else _("`{key}` is missing")
    return what.format(key=key, above=above[-1] if above else ""), _("Add `{line}`.").format(line=f"{key}: {example}")


def _unknown_key(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    what = _("`{key}` is not a key that can stand here").format(key=path[-1])
    return what, suggestion(path[-1], keys_at(model, path[:-1]))


def _one_of(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    allowed = _QUOTED.findall(details["ctx"]["expected"])
    given = str(details["input"])
    if path == ("format",) and given.startswith("involve-audit/") and not suggestion(given, ()):
        if Reference.of(given).id == Reference.of(allowed[0]).id:
            what, hint = _("this file is of another version: `{given}`"), _("This program reads `{format}`. Update it.")
        else:
            what, hint = _("this file says that it is `{given}`"), _("Here it has to be `{format}`.")
        return what.format(given=given), hint.format(format=allowed[0])
    return _impossible(details, path), suggestion(details["input"], allowed)


def _impossible(details: Any, path: KeyPath) -> str:
    return _("`{given}` is not possible for `{key}`").format(given=details["input"], key=_name(path))


def _no_text(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    if details["input"] is None or (isinstance(details["input"], str) and not details["input"].strip()):
        what, hint = _("`{key}` is empty"), _("Write something after it, or take the line out.")
    else:
        what, hint = _("`{key}` has to be text"), _("Write it as one word or sentence after the colon.")
    return what.format(key=_name(path)), hint


def _no_list(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    what = _("`{key}` has to be a list").format(key=_name(path))
    return what, _("Begin each entry with `- `, or write `[one, two]`.")


def _no_mapping(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    key = _name(path)
    example = _EXAMPLES.get(key)
    hint = _("Write `{line}`.").format(line=f"{key}: {example}") if example else ""
    return _("`{key}` has to hold `key: value` lines").format(key=key), hint


def _pattern(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    if not details["input"]:
        return _no_text(details, model, path)
    example = _EXAMPLES.get(str(path[-1]))
    hint = _("Write it like `{example}`.") if example else _("Use small letters, digits and hyphens, such as `my-id`.")
    return _impossible(details, path), f"{suggestion(details['input'], ())} {hint.format(example=example)}".lstrip()


def _number(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    limits = {
        "greater_than_equal": ("ge", _("It has to be at least {bound}.")),
        "less_than_equal": ("le", _("It has to be at most {bound}.")),
        "less_than": ("lt", _("It has to be less than {bound}.")),
    }
    if limit := limits.get(details["type"]):
        bound, hint = limit
        return _impossible(details, path), hint.format(bound=number(details["ctx"][bound]))
    what, hint = _("`{given}` is not a number"), _("Write a number for `{key}`, such as 0.5.")
    return what.format(given=details["input"]), hint.format(key=_name(path))


def _truth(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    return _impossible(details, path), choice(("true", "false"))


def _said_by_the_model(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    refused: Refused = details["ctx"]["error"]
    return refused.what, refused.hint


def _too_long(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    most = details["ctx"]["max_length"]
    what = ngettext("`{key}` is longer than {count} character", "`{key}` is longer than {count} characters", most)
    return what.format(key=_name(path), count=number(most)), _("Make it shorter.")


def _too_many(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    what = _("`{key}` has more than {count} entries")
    return what.format(key=_name(path), count=number(details["ctx"]["max_length"])), _("Take some out.")


def _too_few(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    what = _("`{key}` needs at least {count}")
    return what.format(key=_name(path), count=number(details["ctx"]["min_length"])), _("Add one.")


def _any_other(details: Any, model: type[Model], path: KeyPath) -> tuple[str, str]:
    what = _("`{key}` is not what it should be: {reason}")
    return what.format(key=_name(path), reason=details["msg"]), ""


Wording = Callable[[Any, type[Model], KeyPath], tuple[str, str]]
_WORDS: dict[str, Wording] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _one_of,
    "string_type": _no_text,
    "string_too_short": _no_text,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "too_short": _too_few,
    "too_long": _too_many,
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
    "less_than": _number,
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


def _name(path: KeyPath) -> str:
    """The last key of a path: an entry of a list is named by its list."""
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "…")


def keys_at(model: type[Model], path: KeyPath) -> list[str]:
    """The keys that may stand at `path` of a file of this model; none where any word may."""
    found, _free = _at(model, path)
    if not (isinstance(found, type) and issubclass(found, Model)):
        return []
    return [field.key for field in fields(found).values()]


def _at(model: type[Model], path: KeyPath) -> tuple[Any, bool]:
    """The type of what stands at `path`, and whether it is text in people's own words."""
    current: Any = model
    free = False
    for part in path:
        if isinstance(current, type) and issubclass(current, Model):
            inner: Any = next((field.kind for field in fields(current).values() if field.key == part), None)
            free = _is_free(inner)
        else:
            arguments = [argument for argument in get_args(current) if argument is not Ellipsis]
            inner = arguments[-1] if arguments else None
            free = _is_free(inner)
        current = _unwrapped(inner)
    return current, free


def _is_free(annotation: Any) -> bool:
    """Whether an annotation, or one of those that it allows, is that of text in people's own words."""
    if get_origin(annotation) in (tuple, dict, list):
        return False
    return any(argument is FREE_TEXT or _is_free(argument) for argument in get_args(annotation))


def _unwrapped(annotation: Any) -> Any:
    """The annotation without `| None` and without metadata."""
    while get_origin(annotation) is not None and get_origin(annotation) not in (tuple, dict, list):
        annotation = next(argument for argument in get_args(annotation) if argument is not type(None))
    return annotation


def cut_short(model: type[Model], tree: Tree) -> list[Problem]:
    """A doubt for every text in people's own words that ends at a ` #` on its line (formats.md, "Reading YAML"),
    and for an audit's id where what follows may belong to it: two audits would be one.

    To YAML a comment begins there. Whether somebody meant one cannot be told.
    """
    if " #" not in tree.text and "\t#" not in tree.text:  # nearly always
        return []
    lines = {line: found.start(1) for line, text in enumerate(tree.lines) if (found := _COMMENT.match(text))}
    if tree.marks is None:
        lines = {line: column for line, column in lines.items() if _may_be_text(model, tree.lines[line])}
    whole = list(_may_go_on(model, tree))
    values = list(tree.values.items()) if lines or whole else []
    starts = [(mark.line, mark.column) for _path, mark in values]
    doubts: list[Problem] = []
    for place in lines.items():
        before = bisect_right(starts, place) - 1
        doubts += _cut(model, tree, *values[before], *place) if before >= 0 else ()
    for line in whole:
        before = bisect_right(starts, (line, 0)) - 1
        doubts += _cut_below(model, tree, *values[before], line) if before >= 0 else ()
    return bounded(doubts)


_COMMENT = re.compile(r"\s*[^\s#].*?[ \t](#.*)")


def _cut(model: type[Model], tree: Tree, path: KeyPath, mark: Any, line: int, column: int) -> Iterator[Problem]:
    """That the value at `path` ends before the `#` in this line and column, where it is plain text of people's own."""
    value: Any = tree.data
    for part in path:
        value = value[part]
    text = tree.lines[line]
    before = text[mark.column if line == mark.line else 0 : column].strip()
    is_cut = before and value.endswith(before) if isinstance(value, str) else value is None and not before
    is_name = path == ("audit",) and _LIKE_A_NAME.match(text, column) is not None
    if not is_cut or tree.line_at(mark)[mark.column : mark.column + 1] in _MARKED:
        return
    if not is_name and not _at(model, path)[1]:
        return
    what = _("`{kept}` is kept, and `{rest}` is not: it is taken for a comment")
    what = what if value else _("nothing is kept of `{rest}`: it is taken for a comment")
    what = what.format(kept=value, rest=text[column:].strip())
    hint = with_quotes(text, mark.column if line == mark.line else -1) or _("Put quotes around the text.")
    hint = (
        _("If it belongs to the audit's id, write it without the `#`, such as `{id}`.").format(
            id="-".join([value, *re.findall("[a-z0-9]+", text[column:].lower())])
        )
        if is_name
        else hint
    )
    or_comment = _("If it is a comment, give it a line of its own.")
    found = tree.problem(path, what, f"{hint} {or_comment}")
    yield replace(found, line=line + 1, column=column + 1, text=text.strip())


def _may_be_text(model: Any, line: str) -> bool:
    """Whether what a line holds before a comment may be text of people's own, or the id of an audit.

    In what is written plainly a line says it by its key, and needs no look at the places of values.
    """
    said = re.match(r"\s*(?:- )?([\w-]+):(?:\s+[^{\s]|\s*$)", line)
    keys = _keys_of_text(model)
    return not said or said[1] == "audit" or said[1] in keys or _ANY in keys


@cache
def _keys_of_text(model: Any) -> frozenset[str]:
    """The keys in files of a model beside which text in people's own words stands; `_ANY` where any key may be one."""
    found: set[str] = set()
    waiting = [model]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, Model):
            parts = {field.key: field.kind for field in fields(kind).values()}
            found.update(key for key, part in parts.items() if _is_free(part))
            waiting += parts.values()
        else:
            waiting += get_args(kind)
            found.update(_ANY for part in get_args(kind) if get_origin(kind) is dict and _is_free(part))
    return frozenset(found)


_ANY = "*"


def _may_go_on(model: type[Model], tree: Tree) -> Iterator[int]:
    """The lines that are comments which may be meant to go on with the text above them.

    Nearly every comment stands beside a key above it, and needs no look at the places of values. In what is written
    plainly, a text goes on only in a block.
    """
    above, is_plain = "", tree.marks is None
    for line, text in enumerate(tree.lines):
        own = text.lstrip()
        if line and own.startswith("#") and own != text:
            deeper = len(text) - len(own) > len(above) - len(above.lstrip())
            if is_plain:
                worth_a_look = deeper and _may_be_text(model, above)
            else:
                worth_a_look = deeper or not (": " in above or above.rstrip().endswith(":"))
            if worth_a_look:
                yield line
        if own or not is_plain:
            above = text


def _cut_below(model: type[Model], tree: Tree, path: KeyPath, mark: Any, line: int) -> Iterator[Problem]:
    """That a line right below a text of people's own, and deeper than its key, is a comment that looks like text."""
    if path not in tree.keys or not _at(model, path)[1] or tree.line_at(mark)[mark.column : mark.column + 1] in _MARKED:
        return
    texts = [tree.lines[number] for number in range(tree.keys[path].line + 1, line + 1)]
    deep = [len(text) - len(text.lstrip()) > tree.keys[path].column for text in texts if text.strip()]
    if not all(deep) or any(text.lstrip().startswith("#") for text in texts[:-1]):
        return
    what = _("`{rest}` is not kept: a line that begins with `#` is taken for a comment")
    hint = _("Put quotes around the whole text. If it is a comment, indent it no deeper than the line above.")
    found = tree.problem(path, what.format(rest=texts[-1].strip()), hint)
    column = len(texts[-1]) - len(texts[-1].lstrip()) + 1
    yield replace(found, line=line + 1, column=column, text=texts[-1].strip())


_MARKED = ("'", '"', "|", ">")
_LIKE_A_NAME = re.compile(r"#(?:\s*\d|\S)")
