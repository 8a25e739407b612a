"""One file read into one value, remembered until the file changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..problems import Problem
from .markdown import part
from .source import Source, read_source
from .tree import Tree, parse
from .validating import validate

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Read(Generic[T]):
    """What a file held: its value, unless it could not be read, and what was found."""

    source: Source
    tree: Tree
    value: T | None
    problems: tuple[Problem, ...]


@dataclass
class Memo:
    """Values of files read before, by path; a live preview keeps one between builds."""

    reads: dict[Path, tuple[tuple[int, int], Read[Any]]] = field(default_factory=dict)

    def recall(self, path: Path) -> Read[Any] | None:
        known = self.reads.get(path)
        return known[1] if known and known[0] == _stamp(path) else None

    def keep(self, path: Path, read: Read[Any]) -> None:
        self.reads[path] = (_stamp(path), read)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def read_yaml(path: Path, file: str, kind: type[T], memo: Memo) -> Read[T]:
    if known := memo.recall(path):
        return known
    source, problems = read_source(path, file)
    tree = parse(source.text, file)
    read = _validated(source, tree, kind, problems)
    memo.keep(path, read)
    return read


def read_markdown(path: Path, file: str, kind: type[T], memo: Memo, **given: object) -> Read[T]:
    if known := memo.recall(path):
        return known
    source, problems = read_source(path, file)
    parted = part(source)
    given = {**given, "body": parted.body, "body_line": parted.body_line}
    read = _validated(source, parted.tree, kind, problems, **given)
    memo.keep(path, read)
    return read


def _validated(
    source: Source, tree: Tree, kind: type[T], problems: list[Problem], **given: object
) -> Read[T]:
    if tree.data is None:
        return Read(source=source, tree=tree, value=None, problems=(*problems, *tree.problems))
    value, found = validate(kind, tree, source.file, **given)
    return Read(source=source, tree=tree, value=value, problems=(*problems, *tree.problems, *found))


