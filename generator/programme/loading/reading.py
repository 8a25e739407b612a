"""One file read into one value, remembered until the file changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..problems import Place, Problem
from .markdown import part
from .source import BIGGEST_MARKDOWN, Source, read_source
from .tree import Tree, parse
from .validating import validate

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ReadFile(Generic[T]):
    """What a file held: its value, unless it could not be read, and what was found."""

    source: Source
    tree: Tree
    value: T | None
    problems: tuple[Problem, ...]


@dataclass
class Memo:
    """Values of files read before, by path; a live preview keeps one between builds."""

    reads: dict[Path, tuple[tuple[int, int], ReadFile[Any]]] = field(default_factory=dict)

    def read(self, path: Path, read: Callable[[], ReadFile[T]]) -> ReadFile[T]:
        """What `read` says of the file, or said before if the file is the same."""
        stamp = _stamp(path)
        known = self.reads.get(path)
        if known and known[0] == stamp:
            return known[1]
        found = read()
        self.reads[path] = (stamp, found)
        return found


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.lstat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def read_yaml(path: Path, file: str, kind: Any, memo: Memo) -> ReadFile[Any]:
    return memo.read(path, lambda: _yaml(path, file, kind))


def read_markdown(path: Path, file: str, kind: Any, memo: Memo, **given: object) -> ReadFile[Any]:
    return memo.read(path, lambda: _markdown(path, file, kind, given))


def _yaml(path: Path, file: str, kind: Any) -> ReadFile[Any]:
    source, problems = read_source(path, file)
    tree = parse(source.text, file)
    if tree.data is None and source.text.strip() and not tree.problems:
        problems.append(Problem(code="empty-file", place=Place(file=file)))
    return _validated(source, tree, kind, problems)


def _markdown(path: Path, file: str, kind: Any, given: Mapping[str, object]) -> ReadFile[Any]:
    source, problems = read_source(path, file, most=BIGGEST_MARKDOWN)
    parted = part(source)
    given = {**given, "body": parted.body, "body_line": parted.body_line}
    return _validated(source, parted.tree, kind, problems, **given)


def _validated(
    source: Source, tree: Tree, kind: Any, problems: list[Problem], **given: object
) -> ReadFile[Any]:
    if tree.data is None:
        return ReadFile(source=source, tree=tree, value=None, problems=(*problems, *tree.problems))
    value, found = validate(kind, tree, source.file, **given)
    return ReadFile(source=source, tree=tree, value=value, problems=(*problems, *tree.problems, *found))
