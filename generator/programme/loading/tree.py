"""YAML as plain text values, with the place of each.

Built from libyaml's events, because they alone still show anchors, tags and duplicate keys.
Every scalar stays a string: YAML 1.1 would read `0213` as 139 and `14:30` as 870.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from ..problems import Path, Place, Problem

PARSER = getattr(yaml, "CParser", None) and yaml.CBaseLoader or yaml.BaseLoader
DEEPEST = 20


@dataclass(frozen=True)
class Mark:
    """1-based line and column, width in characters on that line."""

    line: int
    column: int
    width: int


@dataclass
class Tree:
    """`data` holds dict, list and str; `keys` and `values` the mark of each path."""

    data: Any = None
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _TooDeep(Exception):
    """Nesting that no author writes."""


class _Builder:
    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.file, self.offset, self.tree = file, first_line, Tree()
        self.loader = PARSER(text)

    def build(self) -> Tree:
        try:
            self._document()
        except yaml.YAMLError as error:
            self._syntax(error)
        except _TooDeep:
            self.tree.problems.append(Problem(code="too-deep", place=Place(file=self.file)))
        finally:
            self.loader.dispose()
        return self.tree

    def _document(self) -> None:
        self.loader.get_event()
        if self.loader.check_event(yaml.StreamEndEvent):
            return
        self.loader.get_event()
        self.tree.data = self._node(())
        self.loader.get_event()
        if not self.loader.check_event(yaml.StreamEndEvent):
            self._report("two-documents", self._mark(self.loader.peek_event()))

    def _node(self, path: Path) -> Any:
        event = self.loader.get_event()
        if len(path) > DEEPEST:
            raise _TooDeep
        self._forbid(event)
        self.tree.values[path] = self._mark(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return getattr(event, "value", "")

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            key_event = self.loader.get_event()
            self._forbid(key_event)
            mark = self._mark(key_event)
            if not isinstance(key_event, yaml.ScalarEvent):
                raise yaml.MarkedYAMLError(problem="key", problem_mark=key_event.start_mark)
            key = key_event.value
            if key in found:
                self._report("duplicate-key", mark, key=key)
            self.tree.keys[(*path, key)] = mark
            value = self._node((*path, key))
            found.setdefault(key, value)
        self.loader.get_event()
        return found

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not self.loader.check_event(yaml.SequenceEndEvent):
            found.append(self._node((*path, len(found))))
        self.loader.get_event()
        return found

    def _forbid(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._report("yaml-anchor", self._mark(event))
        elif getattr(event, "tag", None):
            self._report("yaml-tag", self._mark(event))

    def _mark(self, event: yaml.Event) -> Mark:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Mark(start.line + self.offset, start.column + 1, max(width, 1))

    def _report(self, code: str, mark: Mark, **values: str) -> None:
        place = Place(file=self.file, line=mark.line, phrase=values.get("key", ""))
        self.tree.problems.append(Problem(code=code, place=place, values=values))

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + self.offset if mark else self.offset
        self.tree.data = None
        self.tree.problems.append(Problem(code="yaml-syntax", place=Place(file=self.file, line=line)))


def parse(text: str, file: str, *, first_line: int = 1) -> Tree:
    """The YAML of `text`, whose first line is line `first_line` of the file."""
    return _Builder(text, file, first_line).build()
