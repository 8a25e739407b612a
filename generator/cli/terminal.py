"""Terminal output: findings, progress, wrapped text, and errors with their exit status."""

from __future__ import annotations

import errno
import itertools
import json
import os
import sys
import tempfile
import textwrap
import traceback
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ..errors import AuthorError, Finding, OperatorError, reason
from .usage import refusal_of
from .words import pair, words

COLOURS = {"error": "red", "warning": "yellow"}
WIDEST_EXCERPT = 160


def findings_text(findings: Iterable[Finding]) -> str:
    """Returns errors first, since nothing comes out before they are mended; each kind by file and line."""
    ordered = sorted(findings, key=lambda finding: not finding.is_error)
    return "".join(_finding_text(finding) + "\n" for finding in ordered)


def findings_json(findings: Iterable[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n"


def findings_github(findings: Iterable[Finding]) -> str:
    """Returns one workflow command a finding; escapes `%`, line ends, `:` and `,` as GitHub asks."""
    return "".join(
        f"::{finding.severity} file={_escaped(finding.file)},line={finding.line},col={finding.column},"
        f"title={_escaped(finding.code)}::{_escaped(finding.message)} ({_escaped(finding.fix)})\n"
        for finding in findings
    )


FINDING_FORMATS = {"text": findings_text, "json": findings_json, "github": findings_github}


def finding_counts(findings: tuple[Finding, ...]) -> str:
    """Returns "2 lỗi, 1 lưu ý" or that there is nothing."""
    errors = sum(finding.is_error for finding in findings)
    parts = [words("findings.errors", count=errors)] if errors else []
    if len(findings) > errors:
        parts.append(words("findings.warnings", count=len(findings) - errors))
    return ", ".join(parts) or words("findings.none")


def _finding_text(finding: Finding) -> str:
    colour = COLOURS[finding.severity]
    severity = words(f"findings.severity.{finding.severity}")
    head = click.style(f"{severity}[{finding.code}]", fg=colour, bold=True)
    margin = " " * len(str(finding.line))
    excerpt, before, width = _excerpt_window(finding)
    lines = [f"{head}: {finding.message}", f"{margin} --> {finding.file}:{finding.line}:{finding.column}"]
    if excerpt.strip():
        caret = click.style("^" * width, fg=colour)
        lines += [f"{margin}  |", f" {finding.line} | {excerpt}", f"{margin}  | {' ' * before}{caret}"]
    return "\n".join([*lines, f"{margin}  = {words('findings.fix', fix=finding.fix)}", ""])


def _excerpt_window(finding: Finding) -> tuple[str, int, int]:
    """Returns the part of a long line around the finding, the room before the caret, and its width."""
    line, start = finding.excerpt.replace("\t", " "), finding.column - 1
    left = max(0, min(start - 40, len(line) - WIDEST_EXCERPT))
    shown = line[left : left + WIDEST_EXCERPT]
    excerpt = ("…" if left else "") + shown
    before = _cell_count(excerpt[: start - left + bool(left)])
    room = max(len(excerpt) - (start - left + bool(left)), 1)
    return excerpt, before, max(1, min(finding.width, room))


def _cell_count(text: str) -> int:
    """Returns how many cells of a terminal a text takes."""
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


FAILED, WRONG_USAGE, MACHINE, UNFORESEEN, STOPPED = 1, 2, 3, 70, 130
ERROR_LOG = Path(".cache/taphuan/loi.log")
ERROR_LOG_ELSEWHERE = "taphuan-loi.log"
#: Refusals of the machine, not of our software, by what its user can do: the table `machine`.
ON_THE_MACHINE = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EBUSY), "held"),
    errno.EROFS: "read-only",
    errno.EIO: "broken",
    errno.ENAMETOOLONG: "long",
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST, errno.EISDIR), "taken"),
    **dict.fromkeys((errno.EMFILE, errno.ENOMEM), "short"),
}


def exit_status_of(call: Callable[[], object]) -> int:
    """Runs a verb; returns the exit status, once what went wrong is shown."""
    try:
        result = call()
    except AuthorError as error:
        click.echo(findings_text(error.findings), err=True, color=wants_colour(), nl=False)
        click.echo(words("terminal.unmade", counts=finding_counts(error.findings)), err=True)
        return FAILED
    except OperatorError as error:
        complain(error.message, error.fix)
        return error.exit_status
    except click.Abort:
        click.echo(words("terminal.stopped"), err=True)
        return STOPPED
    except click.exceptions.NoArgsIsHelpError as error:
        # A script whose verb came out empty does not go on.
        click.echo(error.format_message(), err=True)
        return WRONG_USAGE
    except click.ClickException as error:
        complain(*refusal_of(error))
        return WRONG_USAGE
    except Exception as error:  # users are shown where the trace is kept for developers
        return _machine_refusal(error) or _unforeseen()
    return result if isinstance(result, int) else 0


def complain(what: str, fix: str) -> None:
    head = click.style(words("terminal.complaint"), fg="red", bold=True)
    click.echo(f"{head}: {what}\n  = {fix}", err=True, color=wants_colour())


def wants_colour() -> bool | None:
    """Returns whether to colour: `NO_COLOR` is honoured; None lets a terminal decide."""
    return False if os.environ.get("NO_COLOR") else None


def _machine_refusal(error: Exception) -> int:
    """Shows what the operating system refused, where its user can do something about it; else 0."""
    advice = ON_THE_MACHINE.get(error.errno or 0) if isinstance(error, OSError) else None
    if not isinstance(error, OSError) or advice is None:
        return 0
    file = error.filename2 or error.filename  # of two, the one that was to be written
    where = f" “{file}”" if file else ""
    complain(words("terminal.machine", where=where, reason=reason(error)), words(f"machine.{advice}"))
    return MACHINE


def _unforeseen() -> int:
    trace = traceback.format_exc()
    log = _written_log(trace)
    if log is None:
        click.echo(trace, err=True)
    complain(*pair("terminal.unforeseen" if log else "terminal.unwritten", log=log))
    return UNFORESEEN


def _written_log(trace: str) -> Path | None:
    """Returns the file that the trace was written to; None where nothing can be written."""
    for log in (ERROR_LOG, Path(tempfile.gettempdir()) / ERROR_LOG_ELSEWHERE):
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(trace, encoding="utf-8")
        except OSError:
            continue
        return log
    return None


WIDTH = 80
#: What parts two columns of a table, beside what is set in.
GAP = 2


def laid_out(text: str) -> str:
    """Returns a text with its long lines broken and its tables in columns.

    A line keeps what sets it in, and hangs below its words where it is an item. Lines of a label, a tab and
    words stand one below another; of more tabs, their figures stand below the heads of the first line.
    """
    lines = []
    for key, group in itertools.groupby(text.split("\n"), lambda line: (_set_in(line), line.count("\t"))):
        rows = [line.strip(" ").split("\t") for line in group]
        lines += {0: _paragraphs, 1: _labelled}.get(key[1], _figures)(rows, key[0])
    return "\n".join(lines)


def _set_in(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _paragraphs(rows: Sequence[Sequence[str]], indent: int) -> list[str]:
    return [_filled(row[0], " " * indent, indent + 2 * row[0].startswith("- ")) for row in rows]


def _labelled(rows: Sequence[Sequence[str]], indent: int) -> list[str]:
    widest = max(len(label) for label, _ in rows) + GAP
    return [_filled(words, " " * indent + label.ljust(widest), indent + widest) for label, words in rows]


def _figures(rows: Sequence[Sequence[str]], indent: int) -> list[str]:
    widest, heads = max(len(label) for label, *_ in rows), rows[0][1:]
    return [
        " " * indent
        + label.ljust(widest)
        + "".join(f"{cell:>{len(head) + 1 + GAP}}" for head, cell in zip(heads, cells, strict=True))
        for label, *cells in rows
    ]


def _filled(words: str, before: str, hanging: int) -> str:
    return textwrap.fill(
        " ".join(words.split()),
        width=WIDTH,
        initial_indent=before,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
