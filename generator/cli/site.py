"""The verbs that make a site, or its pages: build, serve, pages."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import click

from ..building import Options, build, checked
from ..plugin.preview import preview
from ..render.site import pages as site_pages
from ..render.templating import kilobytes
from .answering import colour
from .programme_options import programme_options
from .reporting import TerminalProgress, counted, findings_text
from .vietnamese import Verb

#: After how many new objects the collector looks through the young, the older and all of them. A build makes
#: millions that stay until its end, and each look goes through them: a twentieth of its time.
SELDOM = (100_000, 50, 100)


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
def build_verb(
    root: Path, banks: Path | None, no_pdf: bool, jobs: int, strict: bool, require_review: bool
) -> None:
    """Kiểm tra nội dung, rồi dựng trang web vào site/ cùng mọi bản in. Trang cũ còn nguyên tới khi xong."""
    options = Options(
        root=root, banks=banks, prints=not no_pdf, jobs=jobs, strict=strict, require_review=require_review
    )
    gc.set_threshold(*SELDOM)
    built = build(options, TerminalProgress())
    click.echo(findings_text(built.findings), err=True, nl=False, color=colour())
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
    preview(
        root,
        banks=banks,
        host=host,
        port=port,
        say=lambda words: click.echo(words, err=True),
        word=lambda found: click.unstyle(findings_text(found)) + f"{counted(found)}.",
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
    """Ghi mọi trang ra thư mục dưới dạng Markdown, để công cụ dựng trang khác đọc được."""
    loading = checked(Options(root=root, banks=banks))
    assert loading.programme is not None
    written = list(site_pages(loading.programme))
    for page in written:
        path = out / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
    click.echo(f"Đã ghi {len(written)} trang vào {out}{os.sep}")
