"""The JSON Schema of every kind of file, and the keys that are known and required at a path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind

from .kinds import KINDS as DOCUMENT_KINDS
from .model.campaign import PICTURES, Picture
from .model.contact import Contacts
from .model.first_response import CONFIDENTIALITY, FIRST_HOURS, Confidentiality, FirstHours
from .model.penal_act import ACTS, LookUp
from .model.plan import DECISIONS, Charter, Decision
from .model.registers import Audience, Register, Terms, Units
from .model.values import Document, FrozenMap, ReadOnly, Slug
from .problems import Path

#: The dialect that YAML editors know best.
DIALECT = "http://json-schema.org/draft-07/schema#"
#: What each file that a programme has once holds, by the file.
LISTS: Mapping[str, Any] = {
    "content/programme/programme.yml": Charter,
    "content/programme/units.yml": Units,
    "content/programme/audiences.yml": FrozenMap[Slug, Audience],
    "content/programme/references.yml": Register,
    "content/programme/terms.yml": Terms,
    "content/programme/contacts.yml": Contacts,
    ACTS: LookUp,
    CONFIDENTIALITY: Confidentiality,
    FIRST_HOURS: FirstHours,
    DECISIONS: FrozenMap[Slug, Decision],
    f"{PICTURES}/pictures.yml": FrozenMap[Slug, Picture],
}
KINDS: Mapping[str, Any] = {
    **{kind.name: kind.model for kind in DOCUMENT_KINDS},
    **{PurePosixPath(file).stem: holds for file, holds in LISTS.items()},
}


def files_by_schema() -> Mapping[str, str]:
    """Returns the files that each schema in `schema/` is for, as an editor finds them."""
    kinds = {
        f"schema/{kind.name}.json": f"{kind.folder}/**/*.yml"
        for kind in DOCUMENT_KINDS
        if not kind.is_markdown
    }
    return {**kinds, **{f"schema/{PurePosixPath(file).stem}.json": file for file in LISTS}}


class _Generator(GenerateJsonSchema):
    """Leaves defaults out of the schema, so that none has to be writable as JSON."""

    ignored_warning_kinds: ClassVar[set[JsonSchemaWarningKind]] = {"non-serializable-default"}  # type: ignore[misc]


def schemas() -> Mapping[str, dict[str, Any]]:
    """Returns the JSON Schema of each kind by its name, as written to `schema/<name>.json`."""
    return ReadOnly({name: {"$schema": DIALECT, **schema_of(kind)} for name, kind in KINDS.items()})


@cache
def schema_of(kind: Any) -> dict[str, Any]:
    """Returns the schema of what an author may write for a value of `kind`; a key is left out, never null."""
    schema: dict[str, Any] = TypeAdapter(kind).json_schema(schema_generator=_Generator)
    for node in tuple(_nodes(schema)):
        _tighten(node)
    return schema


@cache
def known_names() -> frozenset[str]:
    """Returns the names of all keys that an author may write, without the schemas, which take longer."""
    models = {model for kind in KINDS.values() for model in _models(kind)}
    return frozenset(
        field.alias or name
        for model in models
        for name, field in model.model_fields.items()
        if not (issubclass(model, Document) and name in model.given)
    )


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from _models(field.annotation)
    for inner in get_args(kind):
        yield from _models(inner)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(inner)


def _tighten(node: dict[str, Any]) -> None:
    node.pop("default", None)
    if isinstance(node.get("anyOf"), list):
        node["anyOf"] = [branch for branch in node["anyOf"] if branch != {"type": "null"}]
    if "patternProperties" in node:
        # Without this a key that fits no pattern would be a key of any kind.
        node["additionalProperties"] = False


def required_keys(kind: Any, path: Path) -> list[str]:
    """Returns the keys required at a path, each with its first value where it has a choice of few."""
    schema = schema_of(kind)
    node = next((node for node in _nodes_at(schema, path) if "properties" in node), {})
    values = {name: _branch_values(inner, schema) for name, inner in node.get("properties", {}).items()}
    wanted = node.get("required") or [name for name in values if values[name]][:1]
    first = {name: values[name] for name in wanted}
    return [f"{name}: {values[0] if values else '…'}" for name, values in first.items()]


def _branch_values(node: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    return [str(value) for branch in _branches(node, schema) for value in branch.get("enum", ())]


def known_keys(kind: Any, path: Path) -> list[str]:
    """Returns the keys that the model knows at a path, in every branch of its unions."""
    nodes = _nodes_at(schema_of(kind), path)
    return sorted({name for node in nodes for name in node.get("properties", {})})


def _nodes_at(schema: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    nodes = list(_branches(schema, schema))
    for part in path:
        inner = [child for node in nodes for child in _inner(node, part)]
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
