"""`taphuan`: its verbs, each brought only when it is asked for."""

from __future__ import annotations

import importlib.metadata
import sys

import click

from .answering import answered, colour
from .vietnamese import Verbs

#: What help says of each verb, and where it is. A browser, MkDocs, a database and a web server take long to
#: import, and `check` needs none of them.
VERBS = {
    "check": ("Kiểm tra nội dung, chỉ ra từng chỗ cần sửa.", "check:check"),
    "status": ("In tình hình chương trình: phê duyệt, câu hỏi còn mở, hạn.", "status.verb:status"),
    "build": ("Dựng trang web và bản in.", "site:build_verb"),
    "serve": ("Xem thử trên máy này, tự cập nhật khi sửa.", "site:serve"),
    "pdf": ("In riêng vài bản PDF.", "prints:pdf"),
    "paper": ("In đề kiểm tra ra giấy, đáp án để riêng.", "prints:paper"),
    "pages": ("Ghi các trang dưới dạng Markdown.", "site:pages"),
    "new": ("Tạo tệp mới theo mẫu: course, lesson, question, campaign.", "new.verb:new"),
    "approve": ("Ghi phê duyệt vào các tệp; không nêu mã thì liệt kê.", "approve.verb:approve"),
    "report": ("Báo cáo 06 tháng hoặc năm: DOCX, XLSX, PDF.", "report:report_verb"),
    "records": ("Sổ theo dõi: ai đã được tập huấn.", "commands:records"),
}
OF_RECORDS = {
    "serve": ("Chạy dịch vụ: trang web và sổ, một địa chỉ.", "records:serve"),
    "invite": ("Mời một cán bộ: in liên kết dùng một lần.", "records:invite"),
    "sample": ("Tạo danh sách mẫu, không phải người thật.", "records:sample"),
    "verify": ("Kiểm tra sổ còn nguyên vẹn, số liệu khớp với sổ.", "upkeep:verify"),
    "rebuild": ("Tính lại số liệu từ sổ.", "upkeep:rebuild"),
    "backup": ("Sao lưu sổ, cả khi dịch vụ đang chạy.", "upkeep:backup_verb"),
    "restore": ("Khôi phục từ bản sao lưu.", "upkeep:restore_verb"),
}


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


def _tell_version(context: click.Context, option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        click.echo(f"taphuan {importlib.metadata.version('taphuan')}")
        context.exit()


@click.group(cls=Verbs, help="Tập huấn: viết một lần, thành trang web, bản in và câu hỏi.", later=VERBS)
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


@click.group(cls=Verbs, help="Sổ theo dõi: ai đã được tập huấn, kiểm tra được từng dòng.", later=OF_RECORDS)
def records() -> None:
    pass
