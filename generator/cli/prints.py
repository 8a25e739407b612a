"""The verbs that print alone: single sheets, and tests on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..building import Options, print_only, print_test, sheet_ids
from ..programme.vietnamese import written_day
from ..quiz import MOST_SOWN, NoTest, TooFewLeft
from ..render.templating import kilobytes
from .answering import FAILED, WRONG_USAGE, complain
from .approve.verb import read_day
from .programme_options import programme_options
from .reporting import TerminalProgress
from .vietnamese import Verb


@click.command(cls=Verb, example="taphuan pdf can-bo-cap-xa-so-tay")
@programme_options
@click.argument("ids", nargs=-1, metavar="MÃ…", help="Mã của những bản cần in; để trống thì liệt kê các mã.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist/pdf"),
    metavar="THƯ_MỤC",
    help="Thư mục để ghi.",
)
@click.option("--jobs", type=click.IntRange(1, 8), metavar="SỐ", default=2, help="Số bản in làm cùng lúc.")
def pdf(root: Path, banks: Path | None, ids: tuple[str, ...], out: Path, jobs: int) -> int:
    """In những bản PDF có mã đã nêu. Không nêu mã nào thì liệt kê các mã."""
    options = Options(root=root, banks=banks, jobs=jobs)
    if not ids:
        click.echo("\n".join(sheet_ids(options)))
        return 0
    try:
        printed = print_only(options, ids, out, TerminalProgress())
    except KeyError as error:
        complain(f"không có bản in nào mã “{error.args[0]}”\n  = xem các mã: taphuan pdf")
        return WRONG_USAGE
    for one in printed:
        click.echo(f"{one.path}  {one.pages} trang, {kilobytes(one.bytes)}")
    return 0


@click.command(
    cls=Verb,
    example="taphuan paper can-bo-cap-xa --forms 4 --seed 2026",
)
@programme_options
@click.argument("course", metavar="KHÓA", help="Mã khóa học: tên tệp trong curricula/, bỏ .yml.")
@click.option(
    "--forms", type=click.IntRange(1, 24), metavar="SỐ", default=4, help="Số mã đề, đánh số từ 101."
)
@click.option(
    "--seed",
    type=click.IntRange(0, MOST_SOWN),
    metavar="SỐ",
    default=1,
    help="Mã bộ đề: cùng mã thì cùng đề.",
)
@click.option(
    "--date",
    "on",
    callback=read_day,
    metavar="NGÀY",
    show_default="hôm nay",
    help="Ngày dùng đề, như 05/01/2027. Câu hỏi đã quá ngày valid_until không được rút.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist/trainer"),
    metavar="THƯ_MỤC",
    help="Thư mục để ghi.",
)
def paper(
    root: Path, banks: Path | None, course: str, forms: int, seed: int, on: date | None, out: Path
) -> int:
    """In các mã đề kèm phiếu trả lời, và đáp án thành tệp riêng. Không bao giờ đưa vào trang công khai."""
    options, day, progress = Options(root=root, banks=banks), on or date.today(), TerminalProgress()
    try:
        printed = print_test(options, course, count=forms, seed=seed, on=day, out=out, progress=progress)
    except KeyError:
        complain(f"không có khóa học nào mã “{course}”\n  = xem các tệp trong curricula/")
        return WRONG_USAGE
    except TooFewLeft:
        complain(
            f"khóa “{course}” không đủ câu hỏi còn đúng vào ngày {written_day(day)}\n"
            "  = sửa những câu đã quá ngày valid_until theo quy định mới, hoặc thêm câu"
        )
        return FAILED
    except NoTest:
        complain(f"khóa học “{course}” chưa có bài kiểm tra\n  = thêm mục test vào curricula/{course}.yml")
        return WRONG_USAGE
    for one in printed:
        click.echo(f"{one.path}  {one.pages} trang")
    return 0
