"""Recipes of documents, done word for word on a copy of the package."""

from __future__ import annotations

import filecmp
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from programmes import REPOSITORY

#: A file that a paragraph names first, and the next block after it.
BLOCK = re.compile(
    r"^`(?P<folder>generator|overrides|tests)/(?P<file>[^`]+)`(?:(?!```)[\s\S])*?^```(?P<how>\w+)\n(?P<text>.*?)^```$",
    re.M | re.S,
)


def follow_recipe(recipe: str, package: Path) -> Path:
    """Does what a recipe says on a copy of the package, and returns where that is."""
    shutil.copytree(REPOSITORY / "generator", package, ignore=shutil.ignore_patterns("__pycache__"))
    change_files(recipe, {"generator": package})
    return package


def change_files(recipe: str, folders: Mapping[str, Path]) -> None:
    """Writes each file that a recipe has whole, and changes those that it has as a diff."""
    for block in BLOCK.finditer(recipe):
        file = folders[block["folder"]] / block["file"]
        if block["how"] == "diff":
            file.write_text(changed(file.read_text(encoding="utf-8"), block["text"]), encoding="utf-8")
        else:
            assert not file.exists()
            file.write_text(block["text"], encoding="utf-8")


def changed(text: str, diff: str) -> str:
    for hunk in diff.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] != sign) for sign in "+-")
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def differing(left: Path, right: Path) -> set[str]:
    """Returns the files that only one of two folders has, or both have and not alike."""
    names = {path.relative_to(root) for root in (left, right) for path in root.rglob("*") if path.is_file()}
    kept = {name for name in names if "__pycache__" not in name.parts}
    _, others, missing = filecmp.cmpfiles(left, right, map(str, kept), shallow=False)
    return {*others, *missing}
