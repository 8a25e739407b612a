"""Turns a tree of text into a typed value: every error at once, with its place and the mended line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..model.values import SLUG, Document
from ..problems import Path, Place, Problem, meant_key
from ..schema import known_keys, required_keys
from ..vietnamese import folded, slug
from .yaml_lines import quoted, written_line
from .yaml_tree import Tree

_NAMES = re.compile(r"[\w./-]+(?:[,;][ ]*[\w./-]+)*$")
_NEEDS_QUOTES = re.compile(r"[,:#\[\]{}\"'&*!|>%@`]")
APPROVED = "{status: approved, by: …, decision: …, approved: …}"


def as_text(tree: Tree, path: Path) -> tuple[str, int]:
    """Returns the line with its keys or its list as one text, and the column of what made them so.

    The line is "" where they fill more than one line.
    """
    mark, data = tree.values[path], _at(tree, path)
    line = tree.line(mark.line)
    end = len(line) - len(written_line(line).rest)
    value = line[mark.column - 1 : end]
    if value[:1] == "[" and value[-1] == "]" and "[" not in value[1:]:
        return line[: mark.column - 1] + value[1:-1].strip() + line[end:], mark.column
    if value[:1] == "{" or not isinstance(data, dict) or len(data) != 1 or not _is_one_line(tree, path):
        return "", mark.column
    (key, inner), start = next(iter(data.items())), mark.column - 1
    inner_mark = tree.values[(*path, key)]
    end = inner_mark.column - 1 + inner_mark.width if inner else line.index(":", start) + 1
    colon = re.search(r":(?= |$)", line[start:end])
    return line[:start] + quoted(line[start:end]) + line[end:], mark.column + (colon.start() if colon else 0)


def as_list(tree: Tree, path: Path) -> str:
    """Returns the line with its text as a list; "" where the text fills more than one line."""
    mark, text = tree.values.get(path), _at(tree, path)
    line = tree.line(mark.line) if mark else ""
    if mark and isinstance(text, dict):
        return _in_brackets(line, mark.column - 1, text)
    if not mark or not isinstance(text, str) or text not in line or not path:
        return ""
    bare = text.strip("[] ")
    items = re.sub(r"[,;][ ]*", ", ", bare) if _NAMES.match(bare) else _item(bare)
    return line[: mark.column - 1] + f"[{items}]" + line[mark.column - 1 + mark.width :]


def _in_brackets(line: str, start: int, data: dict[str, Any]) -> str:
    """Returns the line with its braces made a list of their keys, or put in one; "" over several lines."""
    end = len(line) - len(written_line(line).rest)
    if line[start : start + 1] != "{" or line[end - 1] != "}":
        return ""
    inner = line[start:end] if any(data.values()) else line[start + 1 : end - 1]
    return f"{line[:start]}[{inner}]{line[end:]}"


def _item(text: str) -> str:
    return quoted(text) if _NEEDS_QUOTES.search(text) else text


def as_keys(tree: Tree, path: Path, wanted: Sequence[str]) -> str:
    """Returns the line with the keys that are wanted; "" where a file or a whole block is meant."""
    mark, text = tree.values.get(path), _at(tree, path)
    if not mark or not path or not wanted:
        return ""
    line = tree.line(mark.line)
    inner = "{" + ", ".join(wanted) + "}"
    if path[-1] == "review" and isinstance(text, str) and "duyet" in folded(text):
        inner = APPROVED
    is_here = isinstance(text, str) and text in line
    return line[: mark.column - 1] + inner + line[mark.column - 1 + mark.width :] if is_here else ""


def _at(tree: Tree, path: Path) -> Any:
    data = tree.data
    for part in path:
        data = data[part]
    return data


def _is_one_line(tree: Tree, path: Path) -> bool:
    lines = {mark.line for other, mark in tree.values.items() if other[: len(path)] == path}
    return len(lines) == 1


WANTED = {
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "mapping_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
}
WORDS = {"text": "một đoạn chữ", "mapping": "các từ khóa", "list": "một danh sách"}
#: What people write between ids instead of commas.
BETWEEN_IDS = re.compile(r"\s*[;，、]\s*")
WHOLE_FILE = "tệp này"


def validate(kind: Any, tree: Tree, file: str, **given: object) -> tuple[Any, list[Problem]]:
    """Returns a value of `kind` with what the loader adds, or None with the problems found."""
    problems, data = [], tree.data
    if isinstance(data, dict) and isinstance(kind, type) and issubclass(kind, Document):
        problems = [_unknown_key(file, (key,), "") for key in sorted(kind.given & data.keys())]
        data = {**data, "source": file, **given}
    try:
        return _adapter(kind).validate_python(data), problems
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return None, [*problems, *_unique(_problem(detail, tree, file, kind) for detail in details)]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _unique(problems: Iterable[Problem]) -> list[Problem]:
    """Returns each problem once: every branch of a union refuses a value that fits none."""
    return list(
        {(problem.code, problem.place, *problem.values.items()): problem for problem in problems}.values()
    )


@dataclass(frozen=True)
class _RefusedValue:
    """One of pydantic's errors: `path` exists in the tree, `rest` is what does not."""

    detail: ErrorDetails
    file: str
    kind: Any
    tree: Tree
    path: Path
    rest: Path

    @property
    def place(self) -> Place:
        return Place(file=self.file, path=self.path, at_key=self.detail["loc"][-1:] == ("[key]",))

    @property
    def key(self) -> str:
        names = [part for part in self.path if isinstance(part, str)]
        return names[-1] if names else WHOLE_FILE

    @property
    def context(self) -> dict[str, Any]:
        return self.detail.get("ctx", {})


def _problem(detail: ErrorDetails, tree: Tree, file: str, kind: Any) -> Problem:
    path, rest = _path_in_tree(detail["loc"], tree.data)
    return WORDING.get(detail["type"], _ours)(_RefusedValue(detail, file, kind, tree, path, rest))


def _missing_key(refused: _RefusedValue) -> Problem:
    """Returns the problem of a missing key, which may be the tag of a union.

    A key that is only mistyped is reported as mistyped, not as missing.
    """
    key = str(refused.rest[-1] if refused.rest else refused.context["discriminator"].strip("'"))
    known = known_keys(refused.kind, refused.path)
    for written in refused.detail["input"] if isinstance(refused.detail["input"], dict) else ():
        if written not in known and meant_key(written, known) == key:
            return _unknown_key(refused.file, (*refused.path, written), key)
    place = Place(file=refused.file, path=refused.path, at_key=bool(refused.path))
    return Problem(code="missing-key", place=place, values={"key": str(key)})


def _surplus_key(refused: _RefusedValue) -> Problem:
    path = refused.path
    return _unknown_key(refused.file, path, meant_key(str(path[-1]), known_keys(refused.kind, path[:-1])))


def _unknown_key(file: str, path: Path, suggestion: str) -> Problem:
    place = Place(file=file, path=path, at_key=True)
    return Problem(code="unknown-key", place=place, values={"key": str(path[-1])}, suggestion=suggestion)


def _unknown_value(refused: _RefusedValue) -> Problem:
    value = refused.detail["input"]
    return _outside(refused, value, refused.place, refused.context["expected"])


def _unknown_tag(refused: _RefusedValue) -> Problem:
    key = refused.context["discriminator"].strip("'")
    place = Place(file=refused.file, path=(*refused.path, key))
    return _outside(refused, refused.detail["input"][key], place, refused.context["expected_tags"])


def _outside(refused: _RefusedValue, value: object, place: Place, expected: str) -> Problem:
    """Returns the problem of a value outside a choice: `expected` is pydantic's list of it, in quotes."""
    if not isinstance(value, str):
        return _wrong_type(refused, "text", place)
    if not value:
        return Problem(code="empty-value", place=place)
    known = re.findall(r"'([^']*)'", expected)
    near = difflib.get_close_matches(value, known, n=1)
    values = {"value": value, "expected": ", ".join(known)}
    return Problem(code="unknown-value", place=place, values=values, suggestion="".join(near))


def _too_many(refused: _RefusedValue) -> Problem:
    values = {"expected": str(refused.context["max_length"])}
    return Problem(code="too-many", place=refused.place, values=values)


def _another_type(refused: _RefusedValue) -> Problem:
    if refused.detail["input"] == "":
        return Problem(code="empty-value", place=refused.place)
    return _wrong_type(refused, WANTED[refused.detail["type"]], refused.place)


def _wrong_type(refused: _RefusedValue, wanted: str, place: Place) -> Problem:
    """Returns the problem of what is wanted and what was found, with the line put right."""
    values = {"key": refused.key, "found": _word_for_shape(refused.tree, place.path)}
    if wanted == "list":
        shown = as_list(refused.tree, place.path)
        return Problem(code="list-wanted", place=place, values=values, suggestion=shown)
    if wanted == "mapping":
        shown = as_keys(refused.tree, place.path, required_keys(refused.kind, place.path))
        return Problem(code="keys-wanted", place=place, values=values, suggestion=shown)
    return _text_wanted(refused, place, values)


def _text_wanted(refused: _RefusedValue, place: Place, values: dict[str, str]) -> Problem:
    mark = refused.tree.values.get(place.path)
    if mark is None or place.at_key:
        return Problem(code="wrong-type", place=place, values=values)
    shown, column = as_text(refused.tree, place.path)
    if shown and column > mark.column:
        colon_place = Place(file=place.file, line=mark.line, column=column, phrase=":")
        return Problem(code="colon-in-text", place=colon_place, suggestion=shown)
    return Problem(code="wrong-type", place=place, values=values, suggestion=shown)


def _word_for_shape(tree: Tree, path: Path) -> str:
    data = tree.data
    for part in path:
        data = data[part]
    return WORDS["mapping" if isinstance(data, dict) else "list" if isinstance(data, list) else "text"]


def _ours(refused: _RefusedValue) -> Problem:
    """Returns the problem of a scalar of ours, whose error type is the finding's code."""
    code, written = refused.detail["type"], refused.detail["input"]
    if code == "wrong-type" or "-" not in code or not isinstance(written, str):
        return _wrong_type(refused, "text", refused.place)
    meant = _as_slugs(written) if code == "not-a-slug" else ""
    return Problem(code=code, place=refused.place, values={"value": written.strip()}, suggestion=meant)


def _as_slugs(written: str) -> str:
    """Returns the id that was meant, or the ids where no commas separate them."""
    parts = BETWEEN_IDS.split(written.strip())
    by_blanks = written.split()
    if len(parts) == 1 and all(map(SLUG.fullmatch, by_blanks)):
        parts = by_blanks
    return ", ".join(filter(None, map(slug, parts)))


WORDING: dict[str, Callable[[_RefusedValue], Problem]] = {
    "missing": _missing_key,
    "union_tag_not_found": _missing_key,
    "extra_forbidden": _surplus_key,
    "literal_error": _unknown_value,
    "union_tag_invalid": _unknown_tag,
    "too_long": _too_many,
    **dict.fromkeys(WANTED, _another_type),
}


def _path_in_tree(loc: tuple[int | str, ...], data: Any) -> tuple[Path, Path]:
    """Returns the part of pydantic's location that exists in the tree, and the rest of it.

    Tags of unions and the marker `[key]` stand in a location but not in the tree.
    """
    path: Path = ()
    rest = loc
    for index, part in enumerate(loc, 1):
        keys = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if part in keys:
            path, rest, data = (*path, part), loc[index:], data[part]
    return path, rest
