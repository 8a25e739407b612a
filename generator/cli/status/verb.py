"""The verb that tells how the programme stands. It needs no more than the content, and begins at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ...errors import AuthorError, Finding
from ...programme.loading import load
from ...programme.status import Overview, overview
from ..answering import FAILED
from ..approve.verb import read_day
from ..programme_options import programme_options
from ..vietnamese import Verb
from .telling import told

#: As far as an office plans ahead, and as far as anybody may ask: ten years.
WITHIN, FARTHEST = 90, 3_650


def today() -> date:
    return date.today()


@click.command("status", cls=Verb, example="taphuan status --date 01/01/2027 --within 180")
@programme_options
@click.option(
    "--date",
    "asked",
    callback=read_day,
    metavar="NGÀY",
    show_default="hôm nay",
    help="Xem tình hình tính đến ngày nào, như 01/12/2026.",
)
@click.option(
    "--within",
    type=click.IntRange(1, FARTHEST),
    default=WITHIN,
    metavar="SỐ_NGÀY",
    help="Nêu những gì hết hạn trong bao nhiêu ngày tới.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="CÁCH",
    help="Cách in: cho người đọc, hoặc cho chương trình.",
)
def status(root: Path, banks: Path | None, asked: date | None, within: int, form: str) -> int:
    """In tình hình chương trình cho người điều phối: nội dung nào đã phê duyệt, khóa học có những gì, câu hỏi
    nào còn mở, văn bản nào cần kiểm lại, nhiệm vụ nào chưa có tài liệu, nội dung nào sắp hết hạn.

    Nội dung còn lỗi thì lệnh vẫn in những gì đọc được và kết thúc với mã 1, như taphuan check.
    """
    loading = load(root, banks=banks)
    if loading.programme is None:
        raise AuthorError(loading.findings)
    found = overview(loading.programme, asked or today(), within)
    click.echo(_json(found, loading.findings) if form == "json" else told(found, loading.findings))
    return FAILED if loading.has_errors else 0


def _json(found: Overview, findings: tuple[Finding, ...]) -> str:
    """Returns the values by the names of their fields; a day is written as 2026-12-01."""
    errors = sum(finding.is_error for finding in findings)
    counts = {"errors": errors, "warnings": len(findings) - errors}
    return json.dumps(
        {"findings": counts, **asdict(found)}, default=date.isoformat, ensure_ascii=False, indent=1
    )
