"""The verbs of `taphuan`. Each reads as the list of its steps."""

from __future__ import annotations

import gc
import importlib.metadata
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..building import Options, build, checked, print_only, print_test, sheet_ids
from ..plugin.preview import preview
from ..programme.loading import load
from ..quiz import MOST_SOWN, NoTest
from ..render.site import pages as site_pages
from ..render.templating import kilobytes
from .answering import FAILED, WRONG_USAGE, answered, colour, complain
from .approve import approve
from .new import HELP, KINDS, QUESTION_KINDS, Wish, draft
from .reporting import FORMATS, TerminalProgress, counted, findings_text
from .vietnamese import Verb, Verbs

#: After how many new objects the collector looks through the young, the older and all of them. A build makes
#: millions that stay until its end, and each look goes through them: a twentieth of its time.
SELDOM = (100_000, 50, 100)


def main(arguments: list[str] | None = None) -> None:
    """Runs a verb and exits: 0 done, 1 findings, 2 wrong usage, 3 something missing on the machine."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    return answered(
        lambda: verbs.main(args=arguments, prog_name="taphuan", standalone_mode=False, color=colour())
    )


def _records() -> click.Command:
    """Brought only when asked for: a database and a web server take a second to import."""
    from .records import records

    return records


def _report() -> click.Command:
    from .report import report_verb

    return report_verb


def _tell_version(context: click.Context, option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        click.echo(f"taphuan {importlib.metadata.version('taphuan')}")
        context.exit()


@click.group(
    cls=Verbs,
    help="Tập huấn: viết một lần, thành trang web, bản in và câu hỏi.",
    later={
        "report": ("Báo cáo sáu tháng hoặc năm: DOCX, XLSX, PDF.", _report),
        "records": ("Sổ theo dõi: ai đã được tập huấn.", _records),
    },
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Hiện số phiên bản của phần mềm.",
)
def verbs() -> None:
    pass


def _programme_options(command: Callable[..., Any]) -> Any:
    root = click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        metavar="THƯ_MỤC",
        show_default="nơi đang đứng",
        help="Thư mục gốc của chương trình.",
    )
    banks = click.option(
        "--banks",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        envvar="TAPHUAN_BANKS",
        metavar="THƯ_MỤC",
        show_default="không có",
        help="Thư mục ngân hàng câu hỏi để riêng, ngoài content/questions.",
    )
    return root(banks(command))


@verbs.command(
    cls=Verb, short_help="Kiểm tra nội dung, chỉ ra từng chỗ cần sửa.", example="taphuan check --format text"
)
@_programme_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    metavar="CÁCH",
    help="Cách in kết quả: cho người đọc, cho chương trình, hoặc cho GitHub.",
)
@click.option("--strict", is_flag=True, help="Lưu ý cũng tính là lỗi.")
@click.option("--require-review", is_flag=True, help="Đòi mọi nội dung đã được phê duyệt.")
def check(root: Path, banks: Path | None, form: str, strict: bool, require_review: bool) -> int:
    """Kiểm tra mọi tệp nội dung và in ra từng chỗ cần sửa: ở đâu, sai gì, sửa thế nào."""
    loading = load(root, banks=banks, require_review=require_review)
    click.echo(FORMATS[form](loading.findings), nl=False, color=colour())
    click.echo(f"Đã kiểm: {counted(loading.findings)}.", err=True)
    return FAILED if loading.has_errors or (strict and loading.findings) else 0


@verbs.command(
    "build",
    cls=Verb,
    short_help="Dựng trang web và bản in.",
    example="taphuan build --no-pdf    (chỉ trang web, nhanh hơn)",
)
@_programme_options
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


@verbs.command(
    cls=Verb, short_help="Xem thử trên máy này, tự cập nhật khi sửa.", example="taphuan serve --port 8000"
)
@_programme_options
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


@verbs.command(cls=Verb, short_help="In riêng vài bản PDF.", example="taphuan pdf can-bo-cap-xa-so-tay")
@_programme_options
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


@verbs.command(
    cls=Verb,
    short_help="In đề kiểm tra ra giấy, đáp án để riêng.",
    example="taphuan paper can-bo-cap-xa --forms 4 --seed 2026",
)
@_programme_options
@click.argument("course", metavar="KHÓA", help="Mã khóa học: tên tệp trong curricula/, bỏ .yml.")
@click.option(
    "--forms", type=click.IntRange(1, 24), metavar="SỐ", default=4, help="Số mã đề, đánh số từ 101."
)
@click.option(
    "--seed",
    type=click.IntRange(0, MOST_SOWN),
    metavar="SỐ",
    default=1,
    help="Số gieo: cùng số thì cùng đề.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist/trainer"),
    metavar="THƯ_MỤC",
    help="Thư mục để ghi.",
)
def paper(root: Path, banks: Path | None, course: str, forms: int, seed: int, out: Path) -> int:
    """In các mã đề kèm phiếu trả lời, và đáp án thành tệp riêng. Không bao giờ đưa vào trang công khai."""
    options = Options(root=root, banks=banks)
    try:
        printed = print_test(options, course, count=forms, seed=seed, out=out, progress=TerminalProgress())
    except KeyError:
        complain(f"không có khóa học nào mã “{course}”\n  = xem các tệp trong curricula/")
        return WRONG_USAGE
    except NoTest:
        complain(f"khóa “{course}” chưa có bài kiểm tra\n  = thêm mục test vào curricula/{course}.yml")
        return WRONG_USAGE
    for one in printed:
        click.echo(f"{one.path}  {one.pages} trang")
    return 0


@verbs.command(cls=Verb, short_help="Ghi các trang dưới dạng Markdown.", example="taphuan pages dist/pages")
@_programme_options
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


@verbs.command(
    cls=Verb,
    short_help="Tạo tệp mới theo mẫu: course, lesson, question, campaign.",
    example="taphuan new lesson can-bo-cap-xa/ten-bai-moi",
    help=HELP,
)
@_programme_options
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="LOẠI", help="Loại nội dung.")
@click.argument("id", metavar="MÃ", help="Mã của tệp hay câu hỏi mới, viết theo loại như trên.")
@click.option(
    "--kind",
    "question_kind",
    type=click.Choice(QUESTION_KINDS),
    metavar="LOẠI_CÂU",
    show_default=QUESTION_KINDS[0],
    help="Với question: loại câu hỏi.",
)
@click.option(
    "--audience",
    metavar="MÃ",
    show_default="do lệnh chọn, có nói rõ",
    help="Với course, campaign: đối tượng, theo mã trong audiences.yml.",
)
def new(
    root: Path, banks: Path | None, kind: str, id: str, question_kind: str | None, audience: str | None
) -> None:
    wish = Wish(kind=kind, id=id, question_kind=question_kind, audience=audience, banks=banks)
    made = draft(root, wish)
    click.echo(f"{made.done}\n  Tiếp theo:")
    for number, step in enumerate(made.next_steps, 1):
        click.echo(f"  {number}. {step}")


verbs.add_command(_programme_options(approve))
