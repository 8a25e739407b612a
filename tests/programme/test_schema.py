"""An editor that knows the schema and a loader that knows the model judge a file alike."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from broken_samples import TEXT_FAULTS, TextFault
from editor_schemas import Editor, as_json, content_files, front_matter, kind_of, validator
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import SAMPLES, Edit

from taphuan.programme.loader.files import source_from
from taphuan.programme.loader.validation import validate
from taphuan.programme.loader.yaml_tree import Tree, parse_yaml, split_front_matter
from taphuan.programme.schema import KINDS, known_names, schemas


def editor_accepts(file: str, text: str, loader: Any = Editor) -> bool:
    value = yaml.load(front_matter(file, text), loader)
    return bool(validator(kind_of(file)).is_valid(as_json(value)))


def loader_accepts(file: str, text: str) -> bool:
    """What the file alone says; what it names elsewhere is no matter of its schema."""
    source, problems = source_from(text.encode(), file)
    tree: Tree = split_front_matter(source).tree if file.endswith(".md") else parse_yaml(source.text, file)
    _, refused = validate(KINDS[kind_of(file)], tree, file)
    return not (problems or tree.problems or refused)


SAMPLE = SAMPLES / "good"
GOOD = {file: (SAMPLE / file).read_text(encoding="utf-8") for file in content_files(SAMPLE)}


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
    return [above, *(path for key, item in inner for path in paths(item, (*above, key)))]


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


@pytest.mark.slow
@settings(derandomize=True, max_examples=500, deadline=None)
@given(
    file=st.sampled_from(sorted(GOOD)),
    where=st.floats(0, 0.999),
    other=st.sampled_from(
        ["gone", "more", "", " ", "x", "X y", "true", "7", "80%", [], ["x"], ["x"] * 4, {}, {"a": "b"}, [{}]]
    ),
)
def test_whatever_is_changed_both_judge_alike(file: str, where: float, other: object) -> None:
    value = yaml.load(front_matter(file, GOOD[file]), yaml.CBaseLoader)
    ways = [way for way in paths(value) if way]
    text = yaml.safe_dump(changed(value, ways[int(where * len(ways))], other), allow_unicode=True)
    whole = f"---\n{text}---\nNội dung.\n" if file.endswith(".md") else text
    assert editor_accepts(file, whole) == loader_accepts(file, whole)
