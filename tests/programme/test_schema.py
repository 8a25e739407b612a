"""An editor that knows the schema and a loader that knows the model judge a file alike."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from broken_samples import TEXT_FAULTS, TextFault
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import REPOSITORY, SAMPLES, Edit

from taphuan.programme.loader.files import source_from
from taphuan.programme.loader.validation import validate
from taphuan.programme.loader.yaml_tree import Tree, parse_yaml, split_front_matter
from taphuan.programme.schema import KINDS, known_names, schemas

FOLDERS = {
    "curricula/": "course",
    "content/lessons/": "lesson",
    "content/questions/": "bank",
    "content/scenarios/": "scenario",
    "content/campaigns/": "campaign",
    "content/pages/": "page",
}


class Editor(yaml.CSafeLoader):
    """YAML as editors read it now, after version 1.2: `no` and `14:30` are words, `0213` is a number."""


Editor.yaml_implicit_resolvers = {}
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), None)
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), None)
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+\Z"), None)
Editor.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


def kind_of(file: str) -> str:
    return next((kind for folder, kind in FOLDERS.items() if file.startswith(folder)), Path(file).stem)


def front(file: str, text: str) -> str:
    """The YAML of a file: of a Markdown file what stands between its two rules."""
    return text.split("---\n")[1] if file.endswith(".md") else text


def as_json(value: Any) -> Any:
    """What an editor holds against the schema: keys are texts, and so is a day."""
    if isinstance(value, dict):
        keys = {True: "true", False: "false"}
        return {keys.get(key, str(key)): as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def validator(kind: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schemas()[kind])


def editor_accepts(file: str, text: str, loader: Any = Editor) -> bool:
    value = yaml.load(front(file, text), loader)
    return bool(validator(kind_of(file)).is_valid(as_json(value)))


def loader_accepts(file: str, text: str) -> bool:
    """What the file alone says; what it names elsewhere is no matter of its schema."""
    source, problems = source_from(text.encode(), file)
    tree: Tree = split_front_matter(source).tree if file.endswith(".md") else parse_yaml(source.text, file)
    _, found = validate(KINDS[kind_of(file)], tree, file)
    return not (problems or tree.problems or found)


def files(root: Path) -> Iterator[str]:
    for folder in ("curricula", "content"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".yml", ".md"}:
                yield path.relative_to(root).as_posix()


GOOD = {file: (SAMPLES / "good" / file).read_text(encoding="utf-8") for file in files(SAMPLES / "good")}
REAL = {file: (REPOSITORY / file).read_text(encoding="utf-8") for file in files(REPOSITORY)}


def test_the_known_names_are_those_of_the_schemas() -> None:
    assert known_names() == {name for schema in schemas().values() for name in _properties(schema)}


def _properties(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("properties", {})
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _properties(inner)


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    assert {kind_of(file) for file in GOOD} == set(schemas())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_schema_is_sound_and_can_be_written_as_a_file(kind: str) -> None:
    schema = schemas()[kind]
    jsonschema.Draft7Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("loader", [Editor, yaml.CSafeLoader], ids=["yaml-1.2", "yaml-1.1"])
@pytest.mark.parametrize("file", sorted(GOOD))
def test_what_the_loader_accepts_an_editor_accepts(file: str, loader: Any) -> None:
    assert loader_accepts(file, GOOD[file])
    assert editor_accepts(file, GOOD[file], loader)


@pytest.mark.parametrize("file", sorted(REAL))
def test_what_is_written_for_the_real_programme_is_accepted_too(file: str) -> None:
    value = as_json(yaml.load(front(file, REAL[file]), Editor))
    assert [error.message for error in validator(kind_of(file)).iter_errors(value)] == []


SHAPES = frozenset(
    {
        "wrong-type",
        "list-wanted",
        "keys-wanted",
        "empty-value",
        "unknown-key",
        "missing-key",
        "unknown-value",
        "too-many",
        "not-a-slug",
        "not-a-point",
        "not-a-percent",
        "not-a-number",
        "not-a-flag",
        "not-an-address",
    }
)


@pytest.mark.parametrize(
    "broken", [broken for broken in TEXT_FAULTS if broken.code in SHAPES], ids=lambda broken: broken.when
)
def test_an_editor_refuses_too_when(broken: TextFault, good: Path, edit: Edit) -> None:
    edit(good, broken.file, broken.old, broken.new)
    text = (good / broken.file).read_text(encoding="utf-8")
    assert not loader_accepts(broken.file, text)
    assert not editor_accepts(broken.file, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("approved: 2026-01-01", "approved: 01/01/2026"),
        ("approved: 2026-01-01", "approved: '2026-01-01'"),
        ("by: Sở Mẫu", "by: 0213"),
        ("by: Sở Mẫu", "by: 14:30"),
        ("by: Sở Mẫu", "by: no"),
        ("by: Sở Mẫu", "by: 'null'"),
        ("by: Sở Mẫu", "by: 1.5"),
        ("minutes: 20", "minutes: '20'"),
        ("objectives: [giu-nguon]", "objectives: [0213, no, y]"),
        ("objectives: [giu-nguon]", "objectives: []"),
    ],
)
def test_what_may_be_written_in_two_ways_may_be_so_in_an_editor(old: str, new: str) -> None:
    file = "content/lessons/nuoc-sach/giu-nguon-nuoc.md"
    reviewed = "{status: approved, by: Sở Mẫu, decision: 1/QĐ, approved: 2026-01-01}"
    text = GOOD[file].replace("{status: draft}", reviewed)
    assert text.count(old) == 1
    assert loader_accepts(file, text.replace(old, new))
    assert editor_accepts(file, text.replace(old, new))


def paths(value: object, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [above, *(found for key, item in inner for found in paths(item, (*above, key)))]


def changed(value: Any, path: tuple[str | int, ...], other: object) -> Any:
    """A copy in which `other` stands at a path, or something is gone or added there."""
    value = copy.deepcopy(value)
    inside = value
    for key in path[:-1]:
        inside = inside[key]
    if other == "gone":
        del inside[path[-1]]
    elif other == "more" and isinstance(inside, dict):
        inside["Khóa lạ"] = "x"
    else:
        inside[path[-1]] = copy.deepcopy(other)
    return value


@settings(derandomize=True, max_examples=500, deadline=None)
@given(
    file=st.sampled_from(sorted(GOOD)),
    where=st.floats(0, 0.999),
    other=st.sampled_from(
        ["gone", "more", "", " ", "x", "X y", "true", "7", "80%", [], ["x"], ["x"] * 4, {}, {"a": "b"}, [{}]]
    ),
)
def test_whatever_is_changed_both_judge_alike(file: str, where: float, other: object) -> None:
    value = yaml.load(front(file, GOOD[file]), yaml.CBaseLoader)
    ways = [way for way in paths(value) if way]
    text = yaml.safe_dump(changed(value, ways[int(where * len(ways))], other), allow_unicode=True)
    whole = f"---\n{text}---\nNội dung.\n" if file.endswith(".md") else text
    assert editor_accepts(file, whole) == loader_accepts(file, whole)
