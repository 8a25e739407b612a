"""The verb that writes a report of a period: three files, each whole or not there."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import click
from sqlalchemy import Connection

from ..building import CACHE
from ..errors import OperatorError, reason
from ..records.attribution import now
from ..records.store import see
from ..render.browser import find_browser
from ..render.pdf import print_sheets
from ..render.templating import HERE
from ..reports import Report, docx, report, sheet, xlsx
from ..targets import Figures, NotAPeriod, Period, gather
from .ledgers import database_option, programme_of, require_same
from .misuse import Misused
from .programme_options import root_option
from .vietnamese import Verb

#: How people part the year from its half, and the half that they write first: `2026-h2`, `H2/2026`.
PARTING, HALF_FIRST = re.compile(r"[\s/._-]"), re.compile(r"(H[12])(20[0-9]{2})")


class Unwritten(OperatorError):
    """A file that the machine does not take."""

    exit_status = 3


def named_period(context: click.Context, option: click.Parameter, given: str) -> Period:
    """Returns the period, however its year and half are parted. Raises Misused."""
    plain = PARTING.sub("", given).upper()
    try:
        return Period.parse(HALF_FIRST.sub(r"\2\1", plain))
    except NotAPeriod:
        raise Misused(
            f"--period: “{given}” không phải một kỳ báo cáo", fix="viết như 2026H1, 2026H2 hoặc 2026"
        ) from None


@click.command(
    "report",
    cls=Verb,
    example="taphuan report --period 2026H2",
)
@root_option
@database_option
@click.option(
    "--period",
    required=True,
    metavar="KỲ",
    callback=named_period,
    help="Kỳ báo cáo: 2026H1 là sáu tháng đầu, 2026H2 là sáu tháng cuối, 2026 là cả năm.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist/reports"),
    metavar="THƯ_MỤC",
    help="Thư mục để ghi.",
)
def report_verb(root: Path, database: str, period: Period, out: Path) -> None:
    """Viết báo cáo của một kỳ từ sổ theo dõi. Điều phần mềm không biết để thành chỗ trống có đánh dấu."""
    programme = programme_of(root)

    def gathered(connection: Connection) -> Figures:
        require_same(connection, programme, database)
        return gather(connection, today=now().astimezone(HERE).date())

    settled = see(database, gathered)
    if settled.head.startswith("0+"):
        click.echo("Sổ chưa có dòng nào: chưa ai được ghi là đã học.", err=True)
    for path in _written(report(programme, settled, period), out, root):
        click.echo(str(path))


def _written(whole: Report, out: Path, root: Path) -> Iterator[Path]:
    """Writes a report three ways. Files of an earlier one may have been filled in, and stay."""
    browser = str(find_browser(os.environ, shutil.which))
    with _told(out):
        out.mkdir(parents=True, exist_ok=True)
        name = _free_name(out, whole.id)
    if name != whole.id:
        click.echo(f"Báo cáo viết trước vẫn giữ nguyên; bản mới tên là {name}.", err=True)
    for ending, content in (("docx", docx(whole)), ("xlsx", xlsx(whole))):
        path = out / f"{name}.{ending}"
        with _told(path):
            _put(path, content)
        yield path
    drawn = replace(sheet(whole), id=name)
    with _told(out / f"{name}.pdf"):
        printed = print_sheets([drawn], out=out, cache=root / CACHE / "pdf", executable=browser)
    yield from (one.path for one in printed)


def _put(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: half a report opens, or is taken for one."""
    try:
        path.write_bytes(content)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raises Unwritten where the machine does not take a file or a folder."""
    try:
        yield
    except OSError as fault:
        raise Unwritten(
            f"không ghi được {fault.filename2 or fault.filename or path}: {reason(fault)}",
            fix="xem quyền ghi và đĩa còn chỗ, hoặc chọn thư mục khác bằng --out, rồi chạy lại",
        ) from None


def _free_name(folder: Path, name: str) -> str:
    """The name, or with the first number after it that no file has."""
    taken = {path.stem for path in folder.iterdir()}
    names = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in names if each not in taken)
