"""Days on which questions and statements of law stop being right."""

from __future__ import annotations

from pathlib import Path

from programmes import change

from .cases import BANK, LAW, LESSON, TERMS, FileFault, TextFault

CITED = '"2": {gist: Phạt tiền.'
ROWS = (
    TextFault(
        when="a question is over on the content's date",
        code="question-over",
        file=BANK,
        old="[@nd-moi:3].\n",
        new="[@nd-moi:3].\n    valid_until: «14/01/2026\n",
        says="“nuoc-nao-sach” chỉ đúng đến hết ngày 14/01/2026, mà nội dung tính đến ngày 15/01/2026",
        fix="bỏ valid_until",
    ),
    TextFault(
        when="what the register says of a clause is over on the content's date",
        code="statement-over",
        file=LAW,
        old="{gist: Buộc làm sạch.}",
        new="{gist: Buộc làm sạch., valid_until: «14/01/2026}",
        says="14/01/2026",
        fix="viết lại nội dung",
    ),
    TextFault(
        when="a definition is over on the content's date",
        code="statement-over",
        file=TERMS,
        old='source: "[@nd-moi:8.2]"\n',
        new='source: "[@nd-moi:8.2]"\n    valid_until: «14/01/2026\n',
        says="14/01/2026",
    ),
    TextFault(
        when="a question may be asked after the law that it cites has changed",
        code="question-outlives-law",
        file=LAW,
        old="gist: Mọi người giữ nguồn nước.}",
        new="gist: Mọi người giữ nguồn nước., valid_until: 31/12/2026}",
        seen=(BANK, "đun sôi «[@nd-moi:3]"),
        says="“nuoc-nao-sach” dẫn Nghị định 2/2025, Điều 3, mà nội dung ấy",
        fix="ghi valid_until: 31/12/2026 vào câu này",
    ),
    TextFault(
        when="a question may be asked after the law that it cites has ended",
        code="question-outlives-law",
        file=LAW,
        old="effective_from: 01/07/2025\n",
        new="effective_from: 01/07/2025\n    effective_until: 30/06/2026\n",
        seen=(BANK, "đun sôi «[@nd-moi:3]"),
        fix="ghi valid_until: 30/6/2026",
    ),
)


def _read_again_too_late(root: Path) -> None:
    """A lesson that was held against the law on a later day than the register is right for."""
    change(root, LAW, CITED, f"{CITED}, valid_until: 20/01/2026")
    change(root, LESSON, "review: {status: draft}", "review: {status: draft, checked: 21/01/2026}")


MADE = (
    FileFault(
        when="a lesson speaks of law on a later day than the register is right of it",
        code="statement-over-cited",
        file=LESSON,
        make=_read_again_too_late,
        at=(23, 25),
        says="Nghị định 2/2025, Điều 8 khoản 2",
        fix="sổ pháp luật",
    ),
)
