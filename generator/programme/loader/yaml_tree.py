"""YAML as plain text values, each with its place; a Markdown file as front matter and body.

Built from libyaml's events, because they alone still show anchors, tags and duplicate keys. Every scalar
stays a string: YAML 1.1 would read `0213` as 139 and `14:30` as 870.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from ..problems import Path, Place, Problem
from ..schema import known_names
from .files import Source
from .yaml_diagnosis import ReadText, silent_mistakes, stopping_mistake
from .yaml_lines import NAME, UNUSUAL, Loader, Mistyped, quoted, written_line
from .yaml_mistakes import block_head

DEEPEST = 20
#: What every YAML editor reads as no value; in quotes these are words.
NULLS = frozenset({"~", "null", "Null", "NULL"})


class SourcePosition(NamedTuple):
    """A position: line and column count from 1; width is in characters on that line."""

    line: int
    column: int
    width: int


@dataclass
class Tree:
    """YAML as read: `data` holds dict, list and str; `keys` and `values` the position of each path."""

    data: Any = None
    keys: dict[Path, SourcePosition] = field(default_factory=dict)
    values: dict[Path, SourcePosition] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    first_line: int = 1

    def line(self, number: int) -> str:
        """Returns the line of that number in the file, counted from 1."""
        index = number - self.first_line
        return self.lines[index] if 0 <= index < len(self.lines) else ""


class _TooDeepError(Exception):
    """Raised at a depth of nesting that no author writes."""


class _Builder:
    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.text, self.file, self.offset = text, file, first_line
        self.tree = Tree(lines=text.split("\n"), first_line=first_line)
        self.has_alias = False
        self.texts: list[ReadText] = []

    def build(self) -> Tree:
        try:
            self.loader = Loader(self.text)
            self.tree.data = self._document()
            self._silent_mistakes()
        except yaml.YAMLError as error:
            self._syntax(error)
        except _TooDeepError:
            self.tree.data = None
        if self.has_alias:
            # What an alias stands for is not read, so nothing can be said of the values.
            self.tree.data = None
        return self.tree

    def _document(self) -> Any:
        self.loader.get_event()
        if self.loader.check_event(yaml.StreamEndEvent):
            return None
        self.loader.get_event()
        data = self._node(())
        self.loader.get_event()
        if not self.loader.check_event(yaml.StreamEndEvent):
            self._report("two-documents", self._mark(self.loader.peek_event()))
        return data

    def _node(self, path: Path, parent: str = "") -> Any:
        event = self.loader.get_event()
        mark = self.tree.values[path] = self._mark(event)
        if len(path) > DEEPEST:
            self._report("too-deep", mark)
            raise _TooDeepError
        self._forbid(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, "{" if event.flow_style else ":")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, "[" if event.flow_style else "-")
        self._read(event, parent)
        return _scalar(event)

    def _mapping(self, path: Path, sign: str) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            key = self._key(path, mapping, sign)
            mapping[key] = self._node((*path, key), sign)
        self.loader.get_event()
        return mapping

    def _key(self, path: Path, mapping: dict[str, Any], sign: str) -> str:
        event = self.loader.get_event()
        self._forbid(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise yaml.MarkedYAMLError(problem="key", problem_mark=event.start_mark)
        self._read(event, sign, is_key=True)
        key, mark = str(event.value).strip(), self._mark(event)
        if key in mapping:
            self._report("duplicate-key", mark, key=key)
        self.tree.keys[(*path, key)] = mark
        return key

    def _sequence(self, path: Path, sign: str) -> list[Any]:
        items: list[Any] = []
        while not self.loader.check_event(yaml.SequenceEndEvent):
            items.append(self._node((*path, len(items)), sign))
        self.loader.get_event()
        return items

    def _read(self, event: Any, parent: str, *, is_key: bool = False) -> None:
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            self.texts.append(
                ReadText(
                    value=str(event.value),
                    style=event.style or "",
                    line=start.line,
                    column=start.column,
                    last_line=end.line,
                    end=end.column,
                    is_key=is_key,
                    parent=parent,
                )
            )

    def _silent_mistakes(self) -> None:
        """Drops the data where YAML read something other than what was meant, and reports it."""
        mistakes = list(silent_mistakes(self.tree.lines, self.texts, known_names()))
        mistake = None if mistakes or not isinstance(self.tree.data, str) else stopping_mistake(self.text)
        self.tree.problems += map(self._mistake_problem, [*mistakes, *([mistake] if mistake else [])])
        if mistakes or mistake:
            self.tree.data = None

    def _forbid(self, event: Any) -> None:
        is_alias = isinstance(event, yaml.AliasEvent)
        self.has_alias = self.has_alias or is_alias
        if is_alias or getattr(event, "anchor", None):
            self._report("yaml-anchor", self._mark(event), shown=self._in_quotes(event))
        elif getattr(event, "tag", None):
            self._report("yaml-tag", self._mark(event), shown=self._in_quotes(event))

    def _in_quotes(self, event: Any) -> str:
        """Returns the line with its value in quotes, where a special character begins it; else ""."""
        line = self.tree.line(event.start_mark.line + self.offset)
        written = written_line(line)
        is_value = written.head and len(written.head) == event.start_mark.column
        return written.head + quoted(written.value) + written.rest if is_value and written.value else ""

    def _mark(self, event: Any) -> SourcePosition:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return SourcePosition(start.line + self.offset, start.column + 1, max(width, 1))

    def _report(self, code: str, mark: SourcePosition, *, shown: str = "", **values: str) -> None:
        place = Place(file=self.file, line=mark.line, column=mark.column, phrase=values.get("key", ""))
        self.tree.problems.append(Problem(code=code, place=place, values=values, suggestion=shown))

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + self.offset, mark.column + 1) if mark else (self.offset, 1)
        place = Place(file=self.file, line=line, column=column)
        self.tree.data = None
        mistake = stopping_mistake(self.text)
        problem = self._mistake_problem(mistake) if mistake else Problem(code="yaml-syntax", place=place)
        # A mistake explains whatever else was reported on its line before.
        self.tree.problems = [
            earlier for earlier in self.tree.problems if earlier.place.line != problem.place.line
        ]
        self.tree.problems.append(problem)

    def _mistake_problem(self, mistake: Mistyped) -> Problem:
        line, column = mistake.line + self.offset, mistake.column + 1
        place = Place(file=self.file, line=line, column=column, phrase=mistake.phrase)
        return Problem(
            code=mistake.code, place=place, values={"blanks": mistake.blanks}, suggestion=mistake.shown
        )


def parse_yaml(text: str, file: str, *, first_line: int = 1) -> Tree:
    """Returns the YAML of `text`, which begins at line `first_line` of the file; `data` may be None."""
    return _Builder(text, file, first_line).build()


def _scalar(event: Any) -> str:
    value = getattr(event, "value", "")
    is_plain = getattr(event, "implicit", (False,))[0]
    return "" if is_plain and value in NULLS else str(value)


FENCE = "---"
#: What Word makes of three dashes, and people in haste.
_FENCE_LIKE = re.compile(
    rf"[\s{UNUSUAL}]*(?!-[\s{UNUSUAL}]*$)(?:[-‐‑–—−]+|(?:- ?){{3,}}|[*_=~]{{3,}})[\s{UNUSUAL}]*$"
)


@dataclass(frozen=True, kw_only=True)
class MarkdownParts:
    """A Markdown file: `body_line` is the line, counted from 1, on which the body begins."""

    tree: Tree
    body: str
    body_line: int


def split_front_matter(source: Source) -> MarkdownParts:
    """Returns the front matter between two lines of `---`, and the body.

    Missing front matter is a problem in the tree.
    """
    lines = source.lines
    if not lines or lines[0].rstrip() != FENCE:
        return _headless(source, _not_opened(source.file, lines))
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    below = _below_front(lines)
    if below is not None and (end is None or below < end) and _FENCE_LIKE.match(lines[below]):
        return _headless(source, _other_fence(source.file, lines, below))
    if end is None:
        line = len(source.text.rstrip().split("\n")) if below is None else below + 1
        return _headless(source, Problem(code="unclosed-front-matter", place=_line(source.file, line)))
    tree = parse_yaml("\n".join(lines[1:end]), source.file, first_line=2)
    if tree.data is None and not tree.problems:
        tree.problems.append(Problem(code="no-front-matter", place=Place(file=source.file)))
    if tree.data is None and below is not None and below < end and _is_body(lines, below):
        tree.problems = [Problem(code="unclosed-front-matter", place=_line(source.file, below + 1))]
    return MarkdownParts(tree=tree, body="\n".join(lines[end + 1 :]), body_line=end + 2)


def _headless(source: Source, problem: Problem) -> MarkdownParts:
    problems = [problem]
    return MarkdownParts(tree=Tree(problems=problems if source.text.strip() else []), body="", body_line=1)


def _line(file: str, number: int) -> Place:
    return Place(file=file, line=number)


def _not_opened(file: str, lines: list[str]) -> Problem:
    """Returns the problem of front matter that stands under another fence, under none, or lower down."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    text = lines[first] if lines else ""
    if text.rstrip() == FENCE:
        return Problem(code="front-matter-not-first", place=_line(file, first + 1))
    if _FENCE_LIKE.match(text):
        return _other_fence(file, lines, first)
    if written_line(text).name in known_names():
        return Problem(code="front-matter-not-opened", place=_line(file, first + 1))
    for number in range(first + 1, len(lines) - 1):
        if lines[number].rstrip() == FENCE and written_line(lines[number + 1]).name in known_names():
            return Problem(code="front-matter-not-first", place=_line(file, number + 1))
    return Problem(code="no-front-matter", place=_line(file, first + 1))


def _other_fence(file: str, lines: list[str], number: int) -> Problem:
    return Problem(
        code="front-matter-fence", place=_line(file, number + 1), values={"fence": lines[number].strip()}
    )


def _below_front(lines: list[str]) -> int | None:
    """Returns the first line that can be no part of front matter: a fence, a section, a sentence."""
    for number, line in enumerate(lines[1:], 1):
        if not line.strip() or line.startswith("# ") or line.startswith("#  "):
            continue
        if _FENCE_LIKE.match(line) and (not line.startswith("  ") or block_head(lines, number) is None):
            return number
        is_key = bool(NAME.fullmatch(written_line(line).name))
        if (line[0] not in " \t-#" + UNUSUAL and not is_key) or line.startswith("##"):
            return number
    return None


def _is_body(lines: list[str], number: int) -> bool:
    return not lines[number - 1].strip() and block_head(lines, number) is None
