"""Terminal output: findings, progress, wrapped text, and errors with their exit status."""

from __future__ import annotations

import errno
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
from .usage import refusal_text

SEVERITY_WORDS = {"error": "lỗi", "warning": "lưu ý"}
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
    parts = [f"{errors} lỗi"] if errors else []
    if len(findings) > errors:
        parts.append(f"{len(findings) - errors} lưu ý")
    return ", ".join(parts) or "không có lỗi nào"


def _finding_text(finding: Finding) -> str:
    colour = COLOURS[finding.severity]
    head = click.style(f"{SEVERITY_WORDS[finding.severity]}[{finding.code}]", fg=colour, bold=True)
    margin = " " * len(str(finding.line))
    excerpt, before, width = _excerpt_window(finding)
    lines = [f"{head}: {finding.message}", f"{margin} --> {finding.file}:{finding.line}:{finding.column}"]
    if excerpt.strip():
        caret = click.style("^" * width, fg=colour)
        lines += [f"{margin}  |", f" {finding.line} | {excerpt}", f"{margin}  | {' ' * before}{caret}"]
    return "\n".join([*lines, f"{margin}  = sửa: {finding.fix}", ""])


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
#: Refusals of the machine, not of our software, and what its user can do.
ON_THE_MACHINE = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "dọn bớt để đĩa còn chỗ, rồi chạy lại"),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EBUSY),
        "đóng chương trình đang mở tệp hoặc thư mục ấy, xem lại quyền ghi, rồi chạy lại",
    ),
    errno.EROFS: "chép thư mục chương trình sang nơi ghi được, rồi chạy lại ở đó",
    errno.EIO: "thử ổ đĩa hoặc thẻ nhớ khác",
    errno.ENAMETOOLONG: "đặt tên ngắn hơn, hoặc chuyển cả thư mục lên gần gốc ổ đĩa hơn",
    **dict.fromkeys(
        (errno.ENOTDIR, errno.EEXIST, errno.EISDIR), "đổi tên tệp đang chiếm chỗ ấy, rồi chạy lại"
    ),
    **dict.fromkeys((errno.EMFILE, errno.ENOMEM), "đóng bớt chương trình khác, rồi chạy lại"),
}


def exit_status_of(call: Callable[[], object]) -> int:
    """Runs a verb; returns the exit status, once what went wrong is shown."""
    try:
        result = call()
    except AuthorError as error:
        click.echo(findings_text(error.findings), err=True, color=wants_colour(), nl=False)
        click.echo(f"Chưa làm được: {finding_counts(error.findings)}.", err=True)
        return FAILED
    except OperatorError as error:
        complain(f"{error.message}\n  = {error.fix}")
        return error.exit_status
    except click.Abort:
        click.echo("Đã dừng.", err=True)
        return STOPPED
    except click.exceptions.NoArgsIsHelpError as error:
        # A script whose verb came out empty does not go on.
        click.echo(error.format_message(), err=True)
        return WRONG_USAGE
    except click.ClickException as error:
        complain(refusal_text(error))
        return WRONG_USAGE
    except Exception as error:  # users are shown where the trace is kept for developers
        return _machine_refusal(error) or _unforeseen()
    return result if isinstance(result, int) else 0


def complain(words: str) -> None:
    click.echo(click.style("lỗi", fg="red", bold=True) + f": {words}", err=True, color=wants_colour())


def wants_colour() -> bool | None:
    """Returns whether to colour: `NO_COLOR` is honoured; None lets a terminal decide."""
    return False if os.environ.get("NO_COLOR") else None


def _machine_refusal(error: Exception) -> int:
    """Shows what the operating system refused, where its user can do something about it; else 0."""
    fix = ON_THE_MACHINE.get(error.errno or 0) if isinstance(error, OSError) else None
    if not isinstance(error, OSError) or fix is None:
        return 0
    file = error.filename2 or error.filename  # of two, the one that was to be written
    where = f" “{file}”" if file else ""
    complain(f"không đọc hoặc ghi được{where}: {reason(error)}\n  = {fix}")
    return MACHINE


def _unforeseen() -> int:
    trace = traceback.format_exc()
    log = _written_log(trace)
    if log is None:
        click.echo(trace, err=True)
    where = f"chi tiết ở {log}" if log else "chi tiết ở trên, vì không ghi được ra tệp"
    what = "tệp ấy" if log else "những dòng ấy"
    complain(f"phần mềm gặp lỗi ngoài dự kiến; {where}\n  = gửi {what} cho người phụ trách phần mềm")
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
INDENT = 2


def wrapped_text(text: str, indent: int = INDENT, hanging: int | None = None) -> str:
    """Returns a text in lines; all but the first begin at `hanging`, or where the first does.

    A line that the text begins by itself stays one.
    """
    after = indent if hanging is None else hanging
    first, *rest = text.splitlines()
    return "\n".join([_filled(first, indent, after), *(_filled(line, after, after) for line in rest)])


def _filled(line: str, indent: int, hanging: int) -> str:
    return textwrap.fill(
        " ".join(line.split()),
        width=WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def list_items(texts: Iterable[str], indent: int = INDENT) -> list[str]:
    """Returns each text as an item of a list."""
    return [wrapped_text(f"- {text}", indent, indent + 2) for text in texts]


def labelled_rows(rows: Sequence[tuple[str, str]], indent: int = INDENT, gap: int = 2) -> list[str]:
    """Returns rows of a label and a text, the texts one below another."""
    widest = max((len(label) for label, _ in rows), default=0)
    hanging = indent + widest + gap
    lines = []
    for label, text in rows:
        first = wrapped_text(text, hanging)
        lines.append(" " * indent + label.ljust(widest + gap) + first[hanging:])
    return lines


def figure_table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Returns a table of figures: what each row counts, then its figures below their heads."""
    widest = max((len(label) for label, _ in rows), default=0)
    lines = [" " * (INDENT + widest) + "".join(f"{head:>{len(head) + 3}}" for head in heads)]
    for label, figures in rows:
        cells = (f"{figure:>{len(head) + 3}}" for head, figure in zip(heads, figures, strict=True))
        lines.append(" " * INDENT + label.ljust(widest) + "".join(cells))
    return lines


def shortened_text(text: str, most: int) -> str:
    """Returns the words of a text that fit, with a sign where some were left out."""
    return textwrap.shorten(" ".join(text.split()), most, placeholder=" …")
