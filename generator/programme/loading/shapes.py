"""The line of a value of the wrong shape, as it is written in the shape that is wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..problems import Path
from ..vietnamese import folded
from .slips.line import quoted, written_line
from .tree import Tree

_NAMES = re.compile(r"[\w./-]+(?:[,;][ ]*[\w./-]+)*$")
_NEEDS_QUOTES = re.compile(r"[,:#\[\]{}\"'&*!|>%@`]")
APPROVED = "{status: approved, by: …, decision: …, approved: …}"


def as_text(tree: Tree, path: Path) -> tuple[str, int]:
    """The line with its keys or its list as one text, and the column of what made them so.

    Nothing where they fill more than one line.
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
    told = tree.values[(*path, key)]
    end = told.column - 1 + told.width if inner else line.index(":", start) + 1
    colon = re.search(r":(?= |$)", line[start:end])
    return line[:start] + quoted(line[start:end]) + line[end:], mark.column + (colon.start() if colon else 0)


def as_list(tree: Tree, path: Path) -> str:
    """The line with its text as a list; nothing where the text fills more than one line."""
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
    """A list of the keys in braces, or of these braces, where they are closed on the same line."""
    end = len(line) - len(written_line(line).rest)
    if line[start : start + 1] != "{" or line[end - 1] != "}":
        return ""
    inner = line[start:end] if any(data.values()) else line[start + 1 : end - 1]
    return f"{line[:start]}[{inner}]{line[end:]}"


def _item(text: str) -> str:
    return quoted(text) if _NEEDS_QUOTES.search(text) else text


def as_keys(tree: Tree, path: Path, wanted: Sequence[str]) -> str:
    """The line with the keys that are wanted; nothing where a file or a whole block is meant."""
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
