"""`taphuan status`: how the programme stands. It needs no more than the content, and begins at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ..errors import AuthorError, Finding
from ..programme.loader import load
from ..programme.status import Overview, overview
from ..programme.vietnamese import written_day
from .commands import Verb
from .options import programme_options, read_day
from .status_sections import (
    approvals,
    campaigns,
    content_age,
    courses,
    decisions,
    last_days,
    law,
    pages,
    plan,
)
from .terminal import FAILED, finding_counts, labelled_rows, wrapped_text

#: As far as an office plans ahead, and as far as anybody may ask: ten years.
DEFAULT_DAYS, MOST_DAYS = 90, 3_650


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
    type=click.IntRange(1, MOST_DAYS),
    default=DEFAULT_DAYS,
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
    click.echo(
        _overview_json(found, loading.findings) if form == "json" else _overview_text(found, loading.findings)
    )
    return FAILED if loading.has_errors else 0


def _overview_json(found: Overview, findings: tuple[Finding, ...]) -> str:
    """Returns the values by the names of their fields; a day is written as 2026-12-01."""
    errors = sum(finding.is_error for finding in findings)
    counts = {"errors": errors, "warnings": len(findings) - errors}
    return json.dumps(
        {"findings": counts, **asdict(found)}, default=date.isoformat, ensure_ascii=False, indent=1
    )


# --- the page ------------------------------------------------------------------------------------


def _overview_text(found: Overview, findings: tuple[Finding, ...]) -> str:
    """Returns the whole in a few lines, then one heading after another."""
    sections = (
        ("Phê duyệt", approvals(found)),
        ("Khóa học", courses(found)),
        ("Chiến dịch", campaigns(found)),
        ("Trang viết tay", pages(found)),
        ("Câu hỏi còn mở", decisions(found)),
        ("Văn bản pháp luật cần kiểm lại", law(found.law, found.day)),
        ("Nội dung cũ hơn văn bản được dẫn", content_age(found.age, found.day)),
        ("Nhiệm vụ của kế hoạch chưa có tài liệu", plan(found.plan)),
        (f"Hết hạn đến hết ngày {written_day(found.until)}", last_days(found)),
    )
    lines = [*_head(found), "", *labelled_rows(list(_summary(found, findings)))]
    for number, (heading, body) in enumerate(sections, 1):
        lines += ["", f"{number}. {heading.upper()}", *body]
    return "\n".join(lines)


def _head(found: Overview) -> Iterator[str]:
    yield f"TÌNH HÌNH CHƯƠNG TRÌNH, TÍNH ĐẾN NGÀY {written_day(found.day)}"
    yield wrapped_text(found.title, 0)
    yield wrapped_text(f"Cơ quan chủ trì: {found.coordinator}", 0)


def _summary(found: Overview, findings: tuple[Finding, ...]) -> Iterator[tuple[str, str]]:
    yield "Kiểm tra nội dung", _soundness(findings)
    yield "Phê duyệt", _approved(found)
    yield "Câu hỏi còn mở", _open(found)
    yield "Pháp luật", f"hiệu lực kiểm tới ngày {written_day(found.law.checked_until)}; {_doubtful(found)}"
    yield "Nội dung cũ", _outdated(found)
    yield "Kế hoạch", _unserved(found)
    yield "Hết hạn", _last_days(found)


def _soundness(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "không có lỗi nào, xét theo ngày của từng nội dung"
    told = f"{finding_counts(findings)}; xem từng chỗ cần sửa bằng lệnh taphuan check"
    is_short = any(finding.is_error for finding in findings)
    return told + ("; tệp có lỗi có thể chưa được tính trong các số dưới đây" if is_short else "")


def _approved(found: Overview) -> str:
    counts = found.approvals.counts.values()
    whole = sum(sum(states.values()) for states in counts)
    approved = sum(states["approved"] for states in counts)
    return f"{approved} trong {whole} nội dung đã phê duyệt và còn hạn" if whole else "chưa có nội dung nào"


def _open(found: Overview) -> str:
    if not found.decisions:
        return "không ghi câu hỏi nào"
    waiting = {target for one in found.decisions for target in one.targets}
    told = f"{len(found.decisions)} câu hỏi"
    if not waiting:
        return told
    return f"{told}; {len(waiting)} trong {found.targets} chỉ tiêu vì thế chưa kết luận được đạt hay chưa"


def _doubtful(found: Overview) -> str:
    count = len(found.law.doubtful)
    return f"{count} văn bản, điều khoản chưa chắc chắn" if count else "không ghi văn bản nào chưa chắc chắn"


def _outdated(found: Overview) -> str:
    age = found.age
    if not age.citing:
        return "chưa nội dung nào dẫn văn bản pháp luật"
    if not age.outdated:
        return f"chưa thấy, trong {age.citing} nội dung có dẫn văn bản pháp luật"
    return f"{len(age.outdated)} trong {age.citing} nội dung có dẫn văn bản cần đọc lại"


def _unserved(found: Overview) -> str:
    if not found.plan.points:
        return "chưa ghi nhiệm vụ nào của kế hoạch"
    return f"{len(found.plan.unserved)} trong {found.plan.points} nhiệm vụ ở mục II chưa có tài liệu"


def _last_days(found: Overview) -> str:
    until = written_day(found.until)
    if not found.last_days.coming:
        return f"không có gì ghi là hết hạn đến hết ngày {until}"
    over = sum(one.last_day < found.day for one in found.last_days.coming)
    coming = len(found.last_days.coming) - over
    parts = [f"{over} đã hết hạn"] * bool(over) + [f"{coming} sẽ hết hạn đến hết ngày {until}"] * bool(coming)
    return ", ".join(parts)
