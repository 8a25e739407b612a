"""The verb that writes a report of a period: three files, each whole or not there."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import click
from sqlalchemy import Connection

from ..building import CACHE
from ..records.attribution import now
from ..records.store import see
from ..render.browser import find_browser
from ..render.pdf import print_sheets
from ..render.templating import HERE
from ..reports import Report, docx, report, sheet, xlsx
from ..targets import Figures, NotAPeriod, Period, gather
from .ledgers import database_option, programme_of, require_same
from .misuse import Misused
from .output_files import put, told_unwritten
from .programme_options import root_option
from .vietnamese import Verb

ELSEWHERE = "xem quyền ghi và đĩa còn chỗ, hoặc chọn thư mục khác bằng --out, rồi chạy lại"
#: How people part the year from its half, and the half that they write first: `2026-h2`, `H2/2026`.
PARTING, HALF_FIRST = re.compile(r"[\s/._-]"), re.compile(r"(H[12])(20[0-9]{2})")


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
    help="Kỳ báo cáo: 2026H1 là 06 tháng đầu năm, 2026H2 là 06 tháng cuối năm, 2026 là cả năm.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist/reports"),
    metavar="THƯ_MỤC",
    help="Thư mục để ghi.",
)
def report_verb(root: Path, database: str, period: Period, out: Path) -> None:
    """Viết báo cáo của một kỳ từ sổ theo dõi. Số liệu phần mềm không có được để trống và đánh dấu."""
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
    with told_unwritten(out, fix=ELSEWHERE):
        out.mkdir(parents=True, exist_ok=True)
        name = _free_name(out, whole.id)
    if name != whole.id:
        click.echo(f"Báo cáo viết trước vẫn giữ nguyên; bản mới tên là {name}.", err=True)
    for ending, content in (("docx", docx(whole)), ("xlsx", xlsx(whole))):
        path = out / f"{name}.{ending}"
        with told_unwritten(path, fix=ELSEWHERE):
            put(path, content)
        yield path
    drawn = replace(sheet(whole), id=name)
    with told_unwritten(out / f"{name}.pdf", fix=ELSEWHERE):
        printed = print_sheets([drawn], out=out, cache=root / CACHE / "pdf", executable=browser)
    yield from (one.path for one in printed)


def _free_name(folder: Path, name: str) -> str:
    """The name, or with the first number after it that no file has."""
    taken = {path.stem for path in folder.iterdir()}
    names = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in names if each not in taken)
