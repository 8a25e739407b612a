"""A Markdown file as its front matter and its body."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import Place, Problem
from .source import Source
from .tree import Tree, parse

FENCE = "---"


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
        return _headless(source, "no-front-matter")
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            tree = parse("\n".join(lines[1:number]), source.file, first_line=2)
            if tree.data is None and not tree.problems:
                tree.problems.append(Problem(code="no-front-matter", place=Place(file=source.file)))
            return Parted(tree=tree, body="\n".join(lines[number + 1 :]), body_line=number + 2)
    return _headless(source, "unclosed-front-matter")


def _headless(source: Source, code: str) -> Parted:
    problems = [Problem(code=code, place=Place(file=source.file, line=1))]
    return Parted(tree=Tree(problems=problems if source.text.strip() else []), body="", body_line=1)
