"""Findings as text with a caret, as JSON, or as annotations of a forge; and progress on a terminal."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import click

from ..errors import Finding

WORDS = {"error": "lỗi", "warning": "lưu ý"}
COLOURS = {"error": "red", "warning": "yellow"}
WIDEST = 160


def findings_text(findings: Iterable[Finding]) -> str:
    """Errors first, since nothing comes out before they are mended; each kind by file and line."""
    ordered = sorted(findings, key=lambda finding: not finding.is_error)
    return "".join(_text(finding) + "\n" for finding in ordered)


def findings_json(findings: Iterable[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n"


def findings_github(findings: Iterable[Finding]) -> str:
    """One workflow command a finding; `%`, line ends, `:` and `,` are escaped as the forge asks."""
    return "".join(
        f"::{finding.severity} file={_escaped(finding.file)},line={finding.line},col={finding.column},"
        f"title={_escaped(finding.code)}::{_escaped(finding.message)} ({_escaped(finding.fix)})\n"
        for finding in findings
    )


FORMATS = {"text": findings_text, "json": findings_json, "github": findings_github}


def counted(findings: tuple[Finding, ...]) -> str:
    """ "2 lỗi, 1 lưu ý" or that there is nothing."""
    errors = sum(finding.is_error for finding in findings)
    parts = [f"{errors} lỗi"] if errors else []
    if len(findings) > errors:
        parts.append(f"{len(findings) - errors} lưu ý")
    return ", ".join(parts) or "không có lỗi nào"


def _text(finding: Finding) -> str:
    colour = COLOURS[finding.severity]
    head = click.style(f"{WORDS[finding.severity]}[{finding.code}]", fg=colour, bold=True)
    margin = " " * len(str(finding.line))
    excerpt, before, width = _window(finding)
    lines = [f"{head}: {finding.message}", f"{margin} --> {finding.file}:{finding.line}:{finding.column}"]
    if excerpt.strip():
        caret = click.style("^" * width, fg=colour)
        lines += [f"{margin}  |", f" {finding.line} | {excerpt}", f"{margin}  | {' ' * before}{caret}"]
    return "\n".join([*lines, f"{margin}  = sửa: {finding.fix}", ""])


def _window(finding: Finding) -> tuple[str, int, int]:
    """The part of a long line around the finding, the room before the caret, and its width."""
    line, start = finding.excerpt.replace("\t", " "), finding.column - 1
    left = max(0, min(start - 40, len(line) - WIDEST))
    shown = line[left : left + WIDEST]
    excerpt = ("…" if left else "") + shown
    before = _cells(excerpt[: start - left + bool(left)])
    room = max(len(excerpt) - (start - left + bool(left)), 1)
    return excerpt, before, max(1, min(finding.width, room))


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1
        for mark in text
    )


def _escaped(text: str) -> str:
    for plain, coded in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(plain, coded)
    return text


class TerminalProgress:
    """A bar on stderr where that is a terminal, silence elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._is_shown = sys.stderr.isatty()

    def start(self, what: str, total: int) -> None:
        if self._is_shown:
            self._bar = click.progressbar(
                length=max(total, 1),
                label=f"{what:<10}",
                file=sys.stderr,
                width=30,
                show_eta=False,
                show_pos=True,
            )
            self._bar.render_progress()

    def advance(self) -> None:
        if self._bar:
            self._bar.update(1)

    def finish(self) -> None:
        if self._bar:
            self._bar.render_finish()
            self._bar = None
