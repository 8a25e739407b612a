"""Blank forms: what they ask, where it is written, and what they must not ask anybody."""

from __future__ import annotations

from .cases import FORM, TextFault

ROWS = (
    TextFault(
        when="a field of a form has no label",
        code="missing-key",
        file=FORM,
        old="      - {label: Giờ, width: half}",
        new="      - «{width: half}",
        says="“label”",
    ),
    TextFault(
        when="a form has a contact that is nowhere",
        code="unknown-contact",
        file=FORM,
        old="contacts: [to-cap-nuoc]",
        new="contacts: [«to-cap-nuoc-xa]",
        fix="to-cap-nuoc",
    ),
    TextFault(
        when="a form has a number that nobody has called yet",
        code="contact-not-ready",
        file=FORM,
        old="contacts: [to-cap-nuoc]",
        new="contacts: [«so-chua-goi-thu]",
    ),
    TextFault(
        when="a field rests on a law that is nowhere",
        code="unknown-reference",
        file=FORM,
        old='law: "[@nd-moi:8.2]"',
        new='law: "«[@nd-mow:8.2]"',
        fix="nd-moi",
    ),
    TextFault(
        when="a field says `law` and cites none",
        code="law-without-pointer",
        file=FORM,
        old='law: "[@nd-moi:8.2]"',
        new="law: «theo quy định",
        fix="[@ma-van-ban:34.5]",
    ),
    TextFault(
        when="a form serves a point that the plan has not",
        code="unknown-point",
        file=FORM,
        old="serves: [II.1.1.đ]",
        new="serves: [«II.1.1.b]",
    ),
    TextFault(
        when="a table has no column",
        code="table-without-columns",
        file=FORM,
        old="      columns: [{label: Việc, share: 60%}, {label: Lúc}]",
        new="      columns: «[]",
    ),
    TextFault(
        when="a table has no row to write in",
        code="table-without-rows",
        file=FORM,
        old="    table:\n      columns: [{label: Việc, share: 60%}, {label: Lúc}]\n"
        "      printed: [[Ngừng dùng nước], [Gọi tổ cấp nước]]\n      empty: 2\n",
        new="    «table:\n      columns: [{label: Việc, share: 60%}, {label: Lúc}]\n",
    ),
    TextFault(
        when="a printed row has more cells than the table has columns",
        code="row-too-long",
        file=FORM,
        old="printed: [[Ngừng dùng nước], [Gọi tổ cấp nước]]",
        new="printed: [[Ngừng dùng nước], «[Gọi tổ cấp nước, ngay, bằng điện thoại]]",
        says="3 ô, mà bảng chỉ có 2 cột",
    ),
    TextFault(
        when="columns are wider than the paper",
        code="columns-too-wide",
        file=FORM,
        old="      columns: [{label: Việc, share: 60%}, {label: Lúc}]",
        new="      «columns: [{label: Việc, share: 60%}, {label: Lúc, share: 50%}]",
    ),
    TextFault(
        when="a field has more lines than paper has",
        code="too-many-lines",
        file=FORM,
        old="lines: 3}",
        new="lines: «300}",
        says="300 dòng",
    ),
    TextFault(
        when="a section of a form has nothing in it",
        code="empty-section",
        file=FORM,
        old="  - title: Đã làm gì\n",
        new="  - «title: Phần này chưa viết\n  - title: Đã làm gì\n",
    ),
    TextFault(
        when="a form without names asks for one",
        code="asks-who",
        file=FORM,
        old="{label: Giờ, width: half}",
        new="{label: «Họ và tên người báo, width: half}",
        says="hỏi họ tên",
        fix="names: by-law",
    ),
    TextFault(
        when="a column of a form without names asks for the number of a paper",
        code="asks-who",
        file=FORM,
        old="{label: Lúc}]",
        new="{label: Người làm, hint: số «căn cước}]",
        says="hỏi số giấy tờ",
    ),
    TextFault(
        when="a box of a form would tell of somebody's health",
        code="asks-sensitive",
        file=FORM,
        old="boxes: [trong, đục, có mùi]",
        new="boxes: [trong, đục, người nhà nhiễm «HIV]",
        says="hỏi về HIV",
    ),
)
