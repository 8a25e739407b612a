"""Problems put into words and given their line, column and excerpt."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from ...errors import Finding
from ..problems import Place, Problem
from .source import Source
from .tree import Mark, Tree

Files = dict[str, tuple[Source, Tree]]

#: `taphuan: allow <code> vì <reason>` on the same line or the one before.
ALLOW = re.compile(r"taphuan:\s*allow\s+(?P<code>[a-z-]+)(?:\s+vì\s+(?P<reason>[^\n]*?))?\s*(?:-->|$)", re.M)


@cache
def messages() -> dict[str, dict[str, Any]]:
    """The catalogue: severity, text and fix of every code."""
    return tomllib.loads(resources.files("generator").joinpath("messages.toml").read_text("utf-8"))


def findings(problems: Iterable[Problem], files: Files) -> tuple[Finding, ...]:
    """All problems in words, sorted by place; those silenced with a reason are left out."""
    found = {_finding(problem, files) for problem in problems}
    kept = [finding for finding in found if not _is_silenced(finding, files)]
    kept += _silences_without_reason(files)
    return tuple(sorted(kept, key=lambda finding: finding.order))


def _finding(problem: Problem, files: Files) -> Finding:
    message = messages()[problem.code]
    values = {**problem.values, "suggestion": problem.suggestion}
    fix = message["fix"] if problem.suggestion or "otherwise" not in message else message["otherwise"]
    source, tree = files.get(problem.place.file, (Source(problem.place.file, ""), Tree()))
    mark = _mark(problem.place, source, tree)
    return Finding(
        code=problem.code,
        severity=message.get("severity", "error"),
        message=message["text"].format(**values),
        fix=fix.format(**values),
        file=problem.place.file,
        line=mark.line,
        column=mark.column,
        width=mark.width,
        excerpt=source.lines[mark.line - 1] if mark.line <= len(source.lines) else "",
    )


def _mark(place: Place, source: Source, tree: Tree) -> Mark:
    if place.line is not None:
        return _phrase(place.phrase, source, place.line, place.line) or Mark(place.line, 1, 1)
    mark = _nearest(place, tree)
    if place.phrase:
        return _phrase(place.phrase, source, mark.line, mark.line + 60) or mark
    return mark


def _nearest(place: Place, tree: Tree) -> Mark:
    """The mark of the path, else of the closest thing above it that is in the file."""
    path = place.path
    if place.at_key and path in tree.keys:
        return tree.keys[path]
    while path and path not in tree.values:
        path = path[:-1]
    mark = tree.values.get(path, Mark(1, 1, 1))
    return tree.keys.get(path, mark) if path != place.path else mark


def _phrase(phrase: str, source: Source, first: int, last: int) -> Mark | None:
    if not phrase:
        return None
    wanted = phrase.split("\n")[0].casefold()
    for number in range(first, min(last, len(source.lines)) + 1):
        column = source.lines[number - 1].casefold().find(wanted)
        if column >= 0:
            return Mark(number, column + 1, len(wanted))
    return None


def _is_silenced(finding: Finding, files: Files) -> bool:
    if finding.file not in files or not messages()[finding.code].get("silenceable"):
        return False
    lines = files[finding.file][0].lines[max(finding.line - 2, 0) : finding.line]
    allowed = [match for line in lines if (match := ALLOW.search(line))]
    return any(match["code"] == finding.code and match["reason"] for match in allowed)


def _silences_without_reason(files: Files) -> list[Finding]:
    problems = [
        Problem(code="silence-without-reason", place=Place(file=file, line=number, phrase="taphuan:"))
        for file, (source, _) in files.items()
        if "taphuan:" in source.text
        for number, line in enumerate(source.lines, 1)
        if (match := ALLOW.search(line)) and not (match["reason"] or "").strip()
    ]
    return [_finding(problem, files) for problem in problems]
