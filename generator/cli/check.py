"""`taphuan check`: what there is to put right. It needs no more than the content, and begins at once.

It needs no more than the content, and begins at once.
"""

from __future__ import annotations

from pathlib import Path

import click

from ..programme.loader import load
from .commands import Verb
from .options import programme_options
from .terminal import FAILED, FINDING_FORMATS, finding_counts, wants_colour


@click.command(cls=Verb, example="taphuan check --format text")
@programme_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FINDING_FORMATS)),
    default="text",
    metavar="CÁCH",
    help="Cách in kết quả: cho người đọc, cho chương trình, hoặc cho GitHub.",
)
@click.option("--strict", is_flag=True, help="Lưu ý cũng tính là lỗi.")
@click.option("--require-review", is_flag=True, help="Đòi mọi nội dung đã được phê duyệt.")
def check(root: Path, banks: Path | None, form: str, strict: bool, require_review: bool) -> int:
    """Kiểm tra mọi tệp nội dung và in ra từng chỗ cần sửa: ở đâu, sai gì, sửa thế nào."""
    loading = load(root, banks=banks, require_review=require_review)
    click.echo(FINDING_FORMATS[form](loading.findings), nl=False, color=wants_colour())
    click.echo(f"Đã kiểm: {finding_counts(loading.findings)}.", err=True)
    return FAILED if loading.has_errors or (strict and loading.findings) else 0
