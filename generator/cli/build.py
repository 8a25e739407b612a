"""The verbs that make the site and its sheets: build, serve, pages, pdf and paper."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from ..build import Options, build, load_checked, print_only, print_test, sheet_ids
from ..plugin.preview import run_preview
from ..programme.vietnamese import written_day
from ..quiz import LARGEST_SEED, NoTest, TooFewLeft
from ..render.site import pages as site_pages
from ..render.templates import kilobytes
from .commands import Verb
from .options import no_cache_option, programme_options, read_day
from .terminal import (
    FAILED,
    WRONG_USAGE,
    TerminalProgress,
    complain,
    finding_counts,
    findings_text,
    wants_colour,
)


@click.command(
    "build",
    cls=Verb,
    example="taphuan build --no-pdf    (chỉ trang web, nhanh hơn)",
)
@programme_options
@click.option("--no-pdf", is_flag=True, help="Không tạo bản in.")
@click.option("--jobs", type=click.IntRange(1, 8), metavar="SỐ", default=2, help="Số bản in làm cùng lúc.")
@click.option("--strict", is_flag=True, help="Lưu ý cũng tính là lỗi.")
@click.option("--require-review", is_flag=True, help="Từ chối nếu còn bản thảo chưa phê duyệt.")
@no_cache_option
def build_verb(
    root: Path,
    banks: Path | None,
    no_pdf: bool,
    jobs: int,
    strict: bool,
    require_review: bool,
    no_cache: bool,
) -> None:
    """Kiểm tra nội dung, rồi dựng trang web vào site/ cùng mọi bản in. Trang cũ còn nguyên tới khi xong."""
    options = Options(
        root=root,
        banks=banks,
        prints=not no_pdf,
        jobs=jobs,
        strict=strict,
        require_review=require_review,
        anew=no_cache,
    )
    built = build(options, TerminalProgress())
    click.echo(findings_text(built.findings), err=True, nl=False, color=wants_colour())
    click.echo(f"Xong trong {built.seconds:.1f} giây.".replace(".", ",", 1))
    click.echo(f"  {built.pages} trang, {kilobytes(built.bytes)} trong {built.site}{os.sep}")
    if built.prints:
        where = built.site / "tai-lieu"
        click.echo(f"  {built.prints} bản in PDF ({built.reprinted} bản in mới) trong {where}{os.sep}")
    for notice in built.notices:
        click.echo(f"  {notice}")
    click.echo(
        "  Xem thử: taphuan serve, hoặc python3 -m http.server -d site 8000 rồi mở http://localhost:8000"
    )


@click.command(cls=Verb, example="taphuan serve --port 8000")
@programme_options
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="SỐ",
    default=8000,
    help="Cổng; nếu bận thì lấy cổng trống kế tiếp.",
)
@click.option("--host", metavar="ĐỊA_CHỈ", default="127.0.0.1", help="Địa chỉ của máy này trong mạng.")
def serve(root: Path, banks: Path | None, port: int, host: str) -> None:
    """Dựng trang xem thử; sửa tệp nào, trình duyệt hiện ngay. Có lỗi thì hiện lỗi, trang cũ còn đó."""
    run_preview(
        root,
        banks=banks,
        host=host,
        port=port,
        say=lambda words: click.echo(words, err=True),
        word=lambda findings: click.unstyle(findings_text(findings)) + f"{finding_counts(findings)}.",
    )


@click.command(cls=Verb, example="taphuan pages dist/pages")
@programme_options
@click.argument(
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục để ghi các trang.",
)
def pages(root: Path, banks: Path | None, out: Path) -> None:
    """Ghi mọi trang ra thư mục thành HTML thuần, để công cụ dựng trang khác đọc được."""
    loading = load_checked(Options(root=root, banks=banks))
    assert loading.programme is not None
    written = list(site_pages(loading.programme))
    for page in written:
        path = out / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
    click.echo(f"Đã ghi {len(written)} trang vào {out}{os.sep}")


@click.command(cls=Verb, example="taphuan pdf can-bo-cap-xa-so-tay")
@programme_options
@click.argument("ids", nargs=-1, metavar="MÃ…", help="Mã của những bản cần in; để trống thì liệt kê các mã.")
@click.option(
    "--press",
    is_flag=True,
    help="Bản đưa nhà in: tờ gấp tràn lề 3 mm, có dấu cắt; không nêu mã thì in mọi tờ gấp.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="dist/pdf; với --press: dist/press",
    metavar="THƯ_MỤC",
    help="Thư mục để ghi.",
)
@click.option("--jobs", type=click.IntRange(1, 8), metavar="SỐ", default=2, help="Số bản in làm cùng lúc.")
def pdf(
    root: Path, banks: Path | None, ids: tuple[str, ...], press: bool, out: Path | None, jobs: int
) -> int:
    """In những bản PDF có mã đã nêu. Không nêu mã nào thì liệt kê các mã."""
    options = Options(root=root, banks=banks, jobs=jobs)
    if not ids and not press:
        click.echo("\n".join(sheet_ids(options)))
        return 0
    try:
        target = out or Path("dist/press" if press else "dist/pdf")
        printed = print_only(options, ids, target, TerminalProgress(), for_press=press)
    except KeyError as error:
        what = "tờ gấp" if press else "bản in"
        complain(f"không có {what} nào mã “{error.args[0]}”\n  = xem các mã: taphuan pdf")
        return WRONG_USAGE
    for sheet in printed:
        click.echo(f"{sheet.path}  {sheet.pages} trang, {kilobytes(sheet.bytes)}")
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
    type=click.IntRange(0, LARGEST_SEED),
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
    for sheet in printed:
        click.echo(f"{sheet.path}  {sheet.pages} trang")
    return 0
