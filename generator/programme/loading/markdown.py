"""A Markdown file as its front matter and its body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..problems import Place, Problem
from ..schema import known_names
from .slips.layout import block_head
from .slips.line import NAME, written_line
from .slips.signs import UNUSUAL
from .source import Source
from .tree import Tree, parse

FENCE = "---"
#: What Word and hasty fingers make of three dashes.
_FENCE_LIKE = re.compile(
    rf"[\s{UNUSUAL}]*(?!-[\s{UNUSUAL}]*$)(?:[-‐‑–—−]+|(?:- ?){{3,}}|[*_=~]{{3,}})[\s{UNUSUAL}]*$"
)


@dataclass(frozen=True, kw_only=True)
class Parted:
    """`body_line` is the 1-based line on which the body begins."""

    tree: Tree
    body: str
    body_line: int


def part(source: Source) -> Parted:
    """Front matter between two lines of `---`, then the body; without it the tree holds a problem."""
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
    tree = parse("\n".join(lines[1:end]), source.file, first_line=2)
    if tree.data is None and not tree.problems:
        tree.problems.append(Problem(code="no-front-matter", place=Place(file=source.file)))
    if tree.data is None and below is not None and below < end and _is_body(lines, below):
        tree.problems = [Problem(code="unclosed-front-matter", place=_line(source.file, below + 1))]
    return Parted(tree=tree, body="\n".join(lines[end + 1 :]), body_line=end + 2)


def _headless(source: Source, problem: Problem) -> Parted:
    problems = [problem]
    return Parted(tree=Tree(problems=problems if source.text.strip() else []), body="", body_line=1)


def _line(file: str, number: int) -> Place:
    return Place(file=file, line=number)


def _not_opened(file: str, lines: list[str]) -> Problem:
    """Front matter may stand there under another fence, under none, or lower down."""
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
