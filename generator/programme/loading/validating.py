"""From a tree of text to a typed value; every error at once, each with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..model.base import Document
from ..problems import Path, Place, Problem
from .tree import Tree

T = TypeVar("T")

#: Pydantic's own error types, by the code of our finding.
CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "literal_error": "unknown-value",
    "union_tag_invalid": "unknown-value",
    "union_tag_not_found": "missing-key",
    "too_long": "too-many",
}
WANTED = {
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "mapping_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
}
WORDS = {"text": "một đoạn chữ", "mapping": "các khóa và giá trị", "list": "một danh sách"}


def validate(kind: type[T], tree: Tree, file: str, **given: object) -> tuple[T | None, list[Problem]]:
    """A value of `kind` with what the loader gives, or the problems that stand against it."""
    problems = list(_reserved(kind, tree, file))
    data = tree.data
    if isinstance(data, dict) and isinstance(kind, type) and issubclass(kind, Document):
        data = {**data, "source": file, **given}
    try:
        return _adapter(kind).validate_python(data), problems
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return None, [*problems, *_unique(_problem(detail, tree, file, kind) for detail in details)]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _reserved(kind: object, tree: Tree, file: str) -> Iterator[Problem]:
    """Keys that are the loader's to give are unknown keys in an author's file."""
    if isinstance(kind, type) and issubclass(kind, Document) and isinstance(tree.data, dict):
        given: frozenset[str] = kind.model_fields["given"].default
        for key in sorted(given & tree.data.keys()):
            place = Place(file=file, path=(key,), at_key=True)
            yield Problem(code="unknown-key", place=place, values={"key": key})


def _unique(problems: Iterator[Problem]) -> list[Problem]:
    return list({(found.code, found.place): found for found in problems}.values())


def _problem(detail: ErrorDetails, tree: Tree, file: str, kind: object) -> Problem:
    path, rest = _path_in_tree(detail["loc"], tree.data)
    kind_of_error = detail["type"]
    written = detail["input"] if isinstance(detail["input"], str) else ""
    if kind_of_error in WANTED:
        code = "empty-value" if written == "" and not isinstance(detail["input"], (dict, list)) else "wrong-type"
        return _at(code, file, path, expected=WORDS[WANTED[kind_of_error]], key=_last(path))
    if kind_of_error == "extra_forbidden":
        key = str(detail["loc"][-1])
        near = difflib.get_close_matches(key, _siblings(kind, path[:-1]), n=1, cutoff=0.6)
        place = Place(file=file, path=path, at_key=True)
        return Problem(code="unknown-key", place=place, values={"key": key}, suggestion="".join(near))
    context = detail.get("ctx", {})
    if kind_of_error in {"missing", "union_tag_not_found"}:
        key = str(rest[-1]) if rest else str(context.get("discriminator", "")).strip("'")
        return _at("missing-key", file, path, at_key=bool(path), key=key)
    if kind_of_error == "wrong-type":
        return _at("wrong-type", file, path, expected=WORDS["text"], key=_last(path))
    expected = str(context.get("expected") or context.get("expected_tags") or context.get("max_length") or "")
    near = difflib.get_close_matches(written, [word.strip("' ") for word in expected.split(",")], n=1)
    place = Place(file=file, path=path)
    values = {"value": written, "expected": expected.replace(" or ", " hoặc "), "key": _last(path)}
    return Problem(
        code=CODES.get(kind_of_error, kind_of_error), place=place, values=values, suggestion="".join(near)
    )


def _at(code: str, file: str, path: Path, *, at_key: bool = False, **values: str) -> Problem:
    return Problem(code=code, place=Place(file=file, path=path, at_key=at_key), values=values)


def _last(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return names[-1] if names else ""


def _path_in_tree(loc: tuple[int | str, ...], data: Any) -> tuple[Path, tuple[int | str, ...]]:
    """The part of pydantic's location that exists in the tree, and what is left of it.

    Tags of unions and the marker `[key]` stand in a location but not in the tree.
    """
    path: list[str | int] = []
    rest: tuple[int | str, ...] = ()
    for index, part in enumerate(loc):
        if isinstance(data, dict) and part in data or isinstance(data, list) and part in range(len(data)):
            path.append(part)
            data = data[part]
            rest = loc[index + 1 :]
        elif not path:
            rest = loc[index:]
    return tuple(path), rest


def _siblings(kind: object, path: Path) -> list[str]:
    """The keys that the model knows at a path, so far as its schema tells."""
    schema = _adapter(kind).json_schema()
    node = schema
    for part in (*path, None):
        node = _resolve(node, schema)
        if part is None:
            break
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part) or node.get("additionalProperties") or {}
    branches = [_resolve(branch, schema) for branch in node.get("oneOf", [node])]
    return sorted({name for branch in branches for name in branch.get("properties", {})})


def _resolve(node: Any, schema: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(node, dict):
        return {}
    for wrapped in node.get("anyOf", []) + node.get("allOf", []):
        if "$ref" in wrapped:
            return _resolve(wrapped, schema)
    if "$ref" in node:
        return _resolve(schema["$defs"][node["$ref"].rsplit("/", 1)[-1]], schema)
    return node


