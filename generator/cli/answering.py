"""Whatever goes wrong in a verb, as words on the screen and an exit status; never a trace."""

from __future__ import annotations

import errno
import os
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import click

from ..errors import AuthorError, OperatorError, reason
from .misuse import said
from .reporting import counted, findings_text

FAILED, WRONG_USAGE, MACHINE, UNFORESEEN, STOPPED = 1, 2, 3, 70, 130
LOG = Path(".cache/taphuan/loi.log")
ELSEWHERE = "taphuan-loi.log"
#: What the machine refuses, not our software, and what its user can do about it.
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


def answered(call: Callable[[], object]) -> int:
    """Runs a verb; the exit status it comes to, once what went wrong is told."""
    try:
        result = call()
    except AuthorError as error:
        click.echo(findings_text(error.findings), err=True, color=colour(), nl=False)
        click.echo(f"Chưa làm được: {counted(error.findings)}.", err=True)
        return FAILED
    except OperatorError as error:
        complain(f"{error.message}\n  = {error.fix}")
        return error.exit_status
    except click.Abort:
        click.echo("Đã dừng.", err=True)
        return STOPPED
    except click.exceptions.NoArgsIsHelpError as error:
        # Nothing was asked for, so nothing was done: a script whose verb came out empty does not go on.
        click.echo(error.format_message(), err=True)
        return WRONG_USAGE
    except click.ClickException as error:
        complain(said(error))
        return WRONG_USAGE
    except Exception as error:  # the one door: an author is told, the trace is kept for whoever mends it
        return _of_the_machine(error) or _unforeseen()
    return result if isinstance(result, int) else 0


def complain(words: str) -> None:
    click.echo(click.style("lỗi", fg="red", bold=True) + f": {words}", err=True, color=colour())


def colour() -> bool | None:
    """`NO_COLOR` is honoured; else a terminal decides."""
    return False if os.environ.get("NO_COLOR") else None


def _of_the_machine(error: Exception) -> int:
    """Tells what the operating system refused, where its user can do something about it; else 0."""
    fix = ON_THE_MACHINE.get(error.errno or 0) if isinstance(error, OSError) else None
    if not isinstance(error, OSError) or fix is None:
        return 0
    file = error.filename2 or error.filename  # of two, the one that was to be written
    where = f" “{file}”" if file else ""
    complain(f"không đọc hoặc ghi được{where}: {reason(error)}\n  = {fix}")
    return MACHINE


def _unforeseen() -> int:
    told = traceback.format_exc()
    log = _kept(told)
    if log is None:
        click.echo(told, err=True)
    where = f"chi tiết ở {log}" if log else "chi tiết ở trên, vì không ghi được ra tệp"
    what = "tệp ấy" if log else "những dòng ấy"
    complain(f"phần mềm gặp lỗi ngoài dự kiến; {where}\n  = gửi {what} cho người phụ trách phần mềm")
    return UNFORESEEN


def _kept(told: str) -> Path | None:
    """The file that the trace was written to; none where nothing can be written."""
    for log in (LOG, Path(tempfile.gettempdir()) / ELSEWHERE):
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(told, encoding="utf-8")
        except OSError:
            continue
        return log
    return None
