"""Problems put into words, with their line, column and excerpt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ...catalogue import read_catalogue
from ...errors import Finding
from ..problems import Place, Problem, nearest_name
from ..vietnamese import lowered
from .files import Source
from .yaml_tree import SourcePosition, Tree

Files = dict[str, tuple[Source, Tree]]

#: A comment that silences a finding on the same line or the next one, and the words it must hold.
SILENCE = re.compile(r"(?:#|<!--)[ \t]*taphuan:[ \t]*(?P<words>.*?)[ \t]*(?:-->|$)")
ALLOW = re.compile(r"allow\s+(?P<code>[a-z0-9-]+)\s+vì\s+\S.*")
#: How many lines below its start a phrase of a value is looked for.
LONGEST_VALUE = 60


def message_catalogue() -> dict[str, dict[str, Any]]:
    """Returns the catalogue: severity, text and fix of every code."""
    return read_catalogue("taphuan", "messages.toml")


def findings_of(problems: Iterable[Problem], files: Files) -> tuple[Finding, ...]:
    """Returns all problems in words, sorted by place, without those silenced for a stated reason."""
    all_findings = {_finding(problem, files) for problem in problems}
    kept = [finding for finding in all_findings if not _is_silenced(finding, files)]
    kept += [_finding(problem, files) for problem in _faulty_silences(files)]
    return tuple(sorted(kept, key=lambda finding: finding.order))


def _finding(problem: Problem, files: Files) -> Finding:
    message = message_catalogue()[problem.code]
    values = {**problem.values, "suggestion": problem.suggestion.strip()}
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


def _mark(place: Place, source: Source, tree: Tree) -> SourcePosition:
    if place.line is not None:
        start = SourcePosition(place.line, place.column, 1)
        return _phrase(place, source, start, place.line) or start
    mark = _nearest(place, tree)
    start = tree.values.get(place.path, mark)
    # A folded value may break its line within the phrase.
    first = replace(place, phrase=" ".join(place.phrase.split()[:2]))
    marks = (_phrase(sought, source, start, start.line + LONGEST_VALUE) for sought in (place, first))
    return next(filter(None, marks), mark)


def _nearest(place: Place, tree: Tree) -> SourcePosition:
    """Returns the position of the path, else of the closest thing above it that is in the file.

    A value on lines of its own below its key is shown by the key.
    """
    path = place.path
    while path and path not in tree.values:
        path = path[:-1]
    mark = tree.values.get(path, SourcePosition(1, 1, 1))
    key = tree.keys.get(path, mark)
    return key if place.at_key or path != place.path or key.line < mark.line else mark


def _phrase(place: Place, source: Source, start: SourcePosition, last: int) -> SourcePosition | None:
    """Returns the position of the place's phrase from `start` on, or None."""
    wanted, left = lowered(place.phrase.split("\n")[0]), place.nth
    if not wanted:
        return None
    for number in range(start.line, min(last, len(source.lines)) + 1):
        line, column = lowered(source.lines[number - 1]), start.column - 1 if number == start.line else 0
        while (column := line.find(wanted, column)) >= 0:
            if not left:
                return SourcePosition(number, column + 1, len(wanted))
            column, left = column + len(wanted), left - 1
    return None


def _is_silenced(finding: Finding, files: Files) -> bool:
    if finding.file not in files or not message_catalogue()[finding.code].get("silenceable"):
        return False
    lines = files[finding.file][0].lines[max(finding.line - 2, 0) : finding.line]
    silences = [ALLOW.fullmatch(silence["words"]) for line in lines for silence in SILENCE.finditer(line)]
    return any(allowed and allowed["code"] == finding.code for allowed in silences)


def _faulty_silences(files: Files) -> Iterator[Problem]:
    """Yields silencing comments without a reason, and those for codes that are unknown or not silenceable."""
    known = [code for code, message in message_catalogue().items() if message.get("silenceable")]
    for file, (source, _) in files.items():
        for number, line in enumerate(source.lines if "taphuan:" in source.text else (), 1):
            for silence in SILENCE.finditer(line):
                place = Place(file=file, line=number, column=silence.start() + 1, phrase="taphuan:")
                allowed = ALLOW.fullmatch(silence["words"])
                if not allowed:
                    yield Problem(code="silence-without-reason", place=place)
                elif allowed["code"] not in known:
                    values = {"id": allowed["code"], "known": ", ".join(known)}
                    meant = nearest_name(allowed["code"], known)
                    yield Problem(code="unknown-silence", place=place, values=values, suggestion=meant)
