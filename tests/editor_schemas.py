"""An editor that knows the schemas: YAML as it reads it, and what it holds against the schema of a file."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from taphuan.programme.schema import schemas

FOLDERS = {
    "curricula/": "course",
    "content/lessons/": "lesson",
    "content/questions/": "bank",
    "content/scenarios/": "scenario",
    "content/campaigns/": "campaign",
    "content/flows/": "flow",
    "content/forms/": "blank-form",
    "content/lesson-plans/": "lesson-plan",
    "content/observed-tasks/": "observed-task",
    "content/pocket-texts/": "pocket-text",
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


def front_matter(file: str, text: str) -> str:
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


def content_files(root: Path) -> list[str]:
    """The files below a programme's folder that have a schema, in order."""
    return [
        path.relative_to(root).as_posix()
        for folder in ("curricula", "content")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in {".yml", ".md"}
    ]
