"""`taphuan approve`: fills `review` after an approval; shows it first, asks, then writes all together."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from ..errors import AuthorError, Finding, OperatorError
from ..programme.loader import LoadResult, load_kept
from ..programme.model.programme import Programme
from ..programme.model.values import Review, ReviewedDocument
from ..programme.vietnamese import folded, written_day
from .approvals import (
    Approval,
    approval_table,
    change_preview,
    checked_after,
    file_changes,
    findings_against,
    named_documents,
)
from .atomic_files import replace_together
from .commands import Verb
from .options import programme_options, read_day, read_words
from .terminal import finding_counts, findings_text
from .usage import WrongUsage

REFUSED = 1
YES = frozenset({"c", "co", "y", "yes"})


def today() -> date:
    return date.today()


@click.command(
    "approve",
    cls=Verb,
    example='taphuan approve can-bo-cap-xa --by "Sở Y tế" --decision 12/QĐ-SYT --date 01/12/2026',
)
@programme_options
@click.argument(
    "ids", nargs=-1, metavar="MÃ…", help="Mã của nội dung đã phê duyệt; để trống thì liệt kê hiện trạng."
)
@click.option("--by", callback=read_words, metavar="TÊN", help="Cơ quan hoặc người đã phê duyệt.")
@click.option("--decision", callback=read_words, metavar="SỐ", help="Số, ký hiệu của quyết định.")
@click.option("--date", "approved", callback=read_day, metavar="NGÀY", help="Ngày phê duyệt, như 01/12/2026.")
@click.option("--until", callback=read_day, metavar="NGÀY", help="Ngày cuối còn hiệu lực (không bắt buộc).")
@click.option("--again", is_flag=True, help="Ghi lại cả nội dung đã phê duyệt và còn hạn.")
@click.option("--yes", is_flag=True, help="Ghi ngay, không hỏi lại.")
def approve(
    root: Path,
    banks: Path | None,
    ids: tuple[str, ...],
    by: str | None,
    decision: str | None,
    approved: date | None,
    until: date | None,
    again: bool,
    yes: bool,
) -> int:
    """Ghi vào phần review của khóa học (cùng các bài của khóa), bài, chiến dịch, trang viết tay.

    Lệnh cho xem trước, hỏi rồi mới ghi. Còn lỗi hay lưu ý thì không ghi. Không nêu mã nào thì liệt kê nội
    dung nào còn là bản thảo, nội dung nào đã phê duyệt, đã hết hạn.
    """
    loading = load_kept(root, banks=banks)
    if loading.programme is None:
        raise AuthorError(loading.findings)
    if not ids:
        _require_no_more(by, decision, approved, until)
        click.echo(approval_table(loading.programme, today()))
        return 0
    wanted = _wanted(by, decision, approved, until)
    documents = _left_to_approve(named_documents(loading.programme, ids), again)
    return _approve(loading, loading.programme, documents, wanted, banks, yes) if documents else 0


def _require_no_more(*given: object) -> None:
    if any(given):
        raise WrongUsage("thiếu mã của nội dung đã phê duyệt", fix="xem các mã: taphuan approve")


def _wanted(by: str | None, number: str | None, approved: date | None, until: date | None) -> Approval:
    """Returns the approval to be written. Raises WrongUsage where a part is missing or cannot be."""
    given = {"--by": by, "--decision": number, "--date": approved}
    missing = [name for name, value in given.items() if not value]
    if by is None or number is None or approved is None:
        raise WrongUsage(f"thiếu {', '.join(missing)}", fix="ghi ai phê duyệt, số quyết định và ngày")
    if approved > today():
        raise WrongUsage(f"--date: ngày {written_day(approved)} chưa tới", fix="chỉ ghi khi đã phê duyệt")
    if until and until < approved:
        message = f"--until: ngày {written_day(until)} trước ngày phê duyệt {written_day(approved)}"
        raise WrongUsage(message, fix="ghi ngày cuối cùng phê duyệt còn giá trị")
    if until and until < today():
        message = f"--until: ngày {written_day(until)} đã qua, phê duyệt ấy đã hết hạn"
        raise WrongUsage(message, fix="xem lại ngày, hoặc xin phê duyệt lại")
    return Approval(by=by, number=number, approved=approved, valid_until=until)


def _left_to_approve(documents: tuple[ReviewedDocument, ...], again: bool) -> tuple[ReviewedDocument, ...]:
    """Returns the documents whose approval does not hold, and tells of the others."""
    held = [document for document in documents if _holds(document.review)]
    if held and not again:
        click.echo("Đã phê duyệt từ trước, để nguyên (muốn ghi lại thì thêm --again):")
        click.echo("".join(f"  {document.title}, {document.source}\n" for document in held))
        documents = tuple(document for document in documents if document not in held)
    if not documents:
        click.echo("Không còn gì phải ghi.")
    return documents


def _holds(review: Review) -> bool:
    return not review.is_draft and not review.is_over(today())


def _approve(
    loading: LoadResult,
    programme: Programme,
    documents: tuple[ReviewedDocument, ...],
    approval: Approval,
    banks: Path | None,
    yes: bool,
) -> int:
    _require_checked_before(documents, approval)
    if findings := findings_against(loading, programme, documents, approval):
        return _refuse(findings)
    coming = file_changes(programme.root, documents, approval)
    click.echo(change_preview(programme, documents, approval, today()))
    if not yes and not _agreed():
        click.echo("Chưa ghi gì.")
        return REFUSED
    with replace_together(coming):
        _require_as_meant(load_kept(programme.root, banks=banks), documents, approval)
    click.echo(f"Đã ghi phê duyệt vào {len(coming)} tệp. Bây giờ dựng lại trang và bản in: taphuan build")
    return 0


def _require_checked_before(documents: tuple[ReviewedDocument, ...], approval: Approval) -> None:
    if late := checked_after(documents, approval):
        days = ((document.source, document.review.checked) for document in late)
        listed = ", ".join(f"{source} ({written_day(checked)})" for source, checked in days if checked)
        raise OperatorError(
            f"ngày phê duyệt {written_day(approval.approved)} trước ngày rà soát (checked) "
            f"ghi trong {listed}",
            fix="xem lại --date, hoặc ngày checked trong tệp; chưa ghi gì",
        )


def _refuse(findings: tuple[Finding, ...]) -> int:
    click.echo(findings_text(findings), err=True, nl=False)
    click.echo(
        f"Chưa ghi gì: {finding_counts(findings)} trong nội dung ấy hoặc trong những gì nó dùng. "
        "Sửa rồi chạy lại.",
        err=True,
    )
    return REFUSED


def _agreed() -> bool:
    """Asks a person at a terminal. Raises OperatorError where nobody is there to be asked."""
    if not sys.stdin.isatty():
        raise OperatorError("chưa ghi gì, vì không có ai để hỏi", fix="thêm --yes nếu đã xem và đồng ý")
    answer = click.prompt("Ghi như trên? Gõ c (có) hoặc k (không)", default="k", show_default=False)
    return folded(str(answer)).strip() in YES


def _require_as_meant(
    loading: LoadResult, documents: tuple[ReviewedDocument, ...], approval: Approval
) -> None:
    """Raises OperatorError where what was written does not read back as it was meant."""
    programme = loading.programme
    read = {document.source: document.review for document in programme.reviewed} if programme else {}
    meant = {document.source: approval.review(document.review) for document in documents}
    if any(read.get(file) != review for file, review in meant.items()):
        raise OperatorError(
            "đọc lại thì phần review không đúng như đã định, nên mọi tệp được trả về như cũ",
            fix="gửi tệp cho người phụ trách phần mềm, hoặc ghi bằng tay theo docs/review.vi.md",
        )
