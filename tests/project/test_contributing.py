"""What a developer is given: editor settings, hooks and a guide that name what is there."""

from __future__ import annotations

import json
import re

import yaml
from programmes import REPOSITORY

from taphuan.programme.schema import KINDS, files_by_schema

SETTINGS = json.loads((REPOSITORY / ".vscode/settings.json").read_text("utf-8"))
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
MAKEFILE = (REPOSITORY / "Makefile").read_text("utf-8")
#: Front matter of Markdown, which an editor completes by no schema.
IN_MARKDOWN = {"lesson", "page"}


def test_an_editor_completes_every_kind_of_yaml_file_by_its_schema() -> None:
    schemas = {f"schema/{kind}.json" for kind in set(KINDS) - IN_MARKDOWN}
    assert set(SETTINGS["yaml.schemas"]) == schemas
    assert SETTINGS["yaml.schemas"] == files_by_schema()
    for pattern in SETTINGS["yaml.schemas"].values():
        assert list(REPOSITORY.glob(pattern)), pattern


def test_each_yaml_file_of_content_has_one_schema() -> None:
    mapped = [file for pattern in SETTINGS["yaml.schemas"].values() for file in REPOSITORY.glob(pattern)]
    written = [*REPOSITORY.glob("content/**/*.yml"), *REPOSITORY.glob("curricula/*.yml")]
    assert sorted(mapped) == sorted(written)


def test_hooks_are_local_and_run_what_lint_runs() -> None:
    assert [repository["repo"] for repository in HOOKS] == ["local"]
    for hook in HOOKS[0]["hooks"]:
        assert hook["entry"].removesuffix(" --force-exclude") in MAKEFILE, hook["id"]


def test_the_guide_names_commands_and_files_that_are_there() -> None:
    guide = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    for target in re.findall(r"\bmake (\w+)", guide):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target
    for path in re.findall(r"`((?:tests|docs|\.vscode)/[\w./]*)`|\]\(([\w./]+)\)", guide):
        assert (REPOSITORY / "".join(path)).exists(), path
