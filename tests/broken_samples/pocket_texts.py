"""Pocket texts: they fit a pocket, ask nobody who they are, and give nobody away."""

from __future__ import annotations

from pathlib import Path

from programmes import change
from shared_course import COURSE as KEEPING_NOTHING
from shared_course import COURSE_FILE

from .audiences import learners_under_age
from .cases import CARD, CONTACTS, FileFault, TextFault

TEXT = "text: Đừng múc. Báo trưởng bản [@nd-moi:3]."
FOR_ADULTS = """\
  so-nguoi-lon:
    name: Số cho người lớn
    short: Số người lớn
    number: "0903"
    use_for: [Hỏi về giếng]
    publish: true
    for: adults
    confidence: high
    checked: 2026-01-15
"""

ROWS = (
    TextFault(
        when="a card has three sides",
        code="pocket-pages",
        file=CARD,
        old="pages:\n",
        new="«pages:\n  - {title: Nước}\n",
        says="loại card có 3 trang, mà phải có 2",
    ),
    TextFault(
        when="a booklet does not fill a folded sheet",
        code="pocket-pages",
        file=CARD,
        old="kind: card\ncourse: nuoc-sach\npages:\n",
        new="kind: booklet\ncourse: nuoc-sach\n«pages:\n",
        says="loại booklet có 2 trang, mà phải có 8 hoặc 16",
    ),
    TextFault(
        when="a page is too long for a pocket",
        code="pocket-page-too-long",
        file=CARD,
        old=f"  - title: Nước đục\n    {TEXT}\n",
        new=f"  - «title: Nước đục\n    {TEXT} {'Nước đục thì đừng múc nữa. ' * 9}\n",
        says="dài 75 tiếng, nhiều nhất 70",
    ),
    TextFault(
        when="numbers and lines to write on leave no room for the text",
        code="pocket-page-too-long",
        file=CARD,
        old=f"  - title: Nước đục\n    {TEXT}\n    contacts: [to-cap-nuoc]\n    blanks: [Trưởng bản]\n",
        new=f"  - «title: Nước đục\n    {TEXT} Gọi [contact:to-cap-nuoc]\n"
        "    contacts: [to-cap-nuoc]\n    blanks: [Một, Hai, Ba, Bốn, Năm, Sáu, Bảy]\n",
        says="mỗi đầu mối hay dòng để ghi tính 7 tiếng",
    ),
    TextFault(
        when="a pocket text belongs to a course that is not there",
        code="unknown-course",
        file=CARD,
        old="course: nuoc-sach",
        new="course: «nuoc-sac",
        fix="“nuoc-sach”",
    ),
    TextFault(
        when="a pocket text is of a kind that nobody folds",
        code="unknown-value",
        file=CARD,
        old="kind: card",
        new="kind: «poster",
    ),
    TextFault(
        when="a pocket text names a contact that may not be published",
        code="contact-not-publishable",
        file=CARD,
        old="contacts: [to-cap-nuoc]",
        new="contacts: [«so-noi-bo]",
    ),
    TextFault(
        when="a sentence of a pocket text, a draft, names a contact that nobody has called",
        code="contact-not-ready",
        file=CARD,
        old="Đừng múc.",
        new="Hỏi «[contact:so-chua-goi-thu].",
    ),
    TextFault(
        when="a pocket text cites a document that is not in the register",
        code="unknown-reference",
        file=CARD,
        old="[@nd-moi:3]",
        new="«[@nd-moii:3]",
    ),
    TextFault(
        when="a pocket text has its bearer write down who they are",
        code="pocket-asks",
        file=CARD,
        old="blanks: [Trưởng bản]",
        new="blanks: [Trưởng bản, «Họ tên của tôi]",
        says="hỏi họ tên",
    ),
    TextFault(
        when="a pocket text has its bearer write down what nobody else may read",
        code="pocket-asks",
        file=CARD,
        old="blanks: [Trưởng bản]",
        new="blanks: [Ngày thử «HIV]",
        says="hỏi HIV",
    ),
    TextFault(
        when="a pocket text says what is said otherwise here",
        code="avoided-phrase",
        file=CARD,
        old="Đừng múc.",
        new="Đừng gọi ai là «kẻ dùng nước.",
    ),
    TextFault(
        when="somebody may be recognised by a pocket text",
        code="named-person",
        file=CARD,
        old="Đừng múc.",
        new="Hỏi «Giàng A Páo, 34 tuổi.",
    ),
)


def _kept_by_nobody(root: Path) -> None:
    """Makes the card one of the course that keeps nothing."""
    (root / COURSE_FILE).write_text(KEEPING_NOTHING, encoding="utf-8")
    change(root, CARD, "course: nuoc-sach", "course: ban-be")


def _telling_title(root: Path) -> None:
    _kept_by_nobody(root)
    change(root, CARD, "title: Thẻ nước sạch", "title: Thẻ của đồng đẳng viên")


def _telling_cover(root: Path) -> None:
    _kept_by_nobody(root)
    change(root, CARD, "      - Rửa tay.\n", "      - Rửa tay.\n      - Mang bao cao su.\n")


def _telling_back(root: Path) -> None:
    """Makes the card a booklet of eight pages whose back tells."""
    _kept_by_nobody(root)
    change(root, CARD, "kind: card", "kind: booklet")
    added = "  - {title: Ghi thêm}\n" * 5 + "  - {title: Bạn tình cũng đi khám}\n"
    change(root, CARD, "review:", f"{added}review:")


def _for_adults_of_pupils(root: Path) -> None:
    learners_under_age(root)
    change(root, CARD, "course: nuoc-sach", "for: adults\ncourse: nuoc-sach")


def _contact_for_adults(root: Path) -> None:
    learners_under_age(root)
    change(root, CONTACTS, "  so-noi-bo:\n", f"{FOR_ADULTS}  so-noi-bo:\n")
    change(root, CARD, "contacts: [to-cap-nuoc]", "contacts: [so-nguoi-lon]")


MADE = (
    FileFault(
        when="the title of a pocket text gives away whom it is for, of whom its course keeps nothing",
        code="cover-tells",
        file=CARD,
        make=_telling_title,
        at=(2, 16),
        says="“đồng đẳng”",
        fix="Sổ tay đi chợ",
    ),
    FileFault(
        when="what others see of a pocket text gives away what it is about",
        code="cover-tells",
        file=CARD,
        make=_telling_cover,
        at=(9, 14),
        says="“bao cao su”",
    ),
    FileFault(
        when="the back of a booklet gives away what it is about",
        code="cover-tells",
        file=CARD,
        make=_telling_back,
        at=(19, 13),
        says="“Bạn tình”",
    ),
    FileFault(
        when="a pocket text for adults belongs to a course of pupils",
        code="adults-pocket-text",
        file=CARD,
        make=_for_adults_of_pupils,
        at=(4, 6),
        says="khóa “nuoc-sach”",
    ),
    FileFault(
        when="a pocket text of a course of pupils names a contact for adults",
        code="adults-contact",
        file=CARD,
        make=_contact_for_adults,
        at=(12, 16),
    ),
)
