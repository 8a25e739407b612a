"""The keys that the model knows at a path, and those that must be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..problems import Path
from ..schema import schema_of


def required_keys(kind: Any, path: Path) -> list[str]:
    """The keys that must be written at a path, each with the first of its values where they are few."""
    schema = schema_of(kind)
    node = next((node for node in _nodes_at(schema, path) if "properties" in node), {})
    values = {name: _branch_values(inner, schema) for name, inner in node.get("properties", {}).items()}
    wanted = node.get("required") or [name for name in values if values[name]][:1]
    first = {name: values[name] for name in wanted}
    return [f"{name}: {values[0] if values else '…'}" for name, values in first.items()]


def _branch_values(node: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    return [str(value) for branch in _branches(node, schema) for value in branch.get("enum", ())]


def known_keys(kind: Any, path: Path) -> list[str]:
    """The keys that the model knows at a path, in every branch of its unions."""
    nodes = _nodes_at(schema_of(kind), path)
    return sorted({name for node in nodes for name in node.get("properties", {})})


def _nodes_at(schema: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    nodes = list(_branches(schema, schema))
    for part in path:
        inner = [found for node in nodes for found in _inner(node, part)]
        nodes = [branch for node in inner for branch in _branches(node, schema)]
    return nodes


def _branches(node: dict[str, Any], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    choices = [*node.get("anyOf", ()), *node.get("oneOf", ())]
    for choice in choices:
        yield from _branches(choice, schema)
    if not choices:
        yield node


def _inner(node: dict[str, Any], part: str | int) -> Iterator[dict[str, Any]]:
    if isinstance(part, int):
        yield from (node[key] for key in ("items",) if key in node)
    elif part in node.get("properties", {}):
        yield node["properties"][part]
    else:
        yield from node.get("patternProperties", {}).values()
