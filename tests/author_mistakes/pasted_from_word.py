"""What a trainer pastes from Word."""

from __future__ import annotations

from author_mistakes import PARAGRAPH, Mistake

ONE = (f"<p>{PARAGRAPH}</p>",)
NO_CODE = ("<pre>", "<code>")
TWO = ("<p>Ghi vào sổ ba dòng.</p>", "<p>Hẹn ngày gặp lại.</p>")
LIST_SEEN = ("<li>Gặp ai</li>", "<li>Nói gì</li>")

WORD = (
    Mistake("sets the first line in with a tab", f"\t{PARAGRAPH}", seen=ONE, unseen=NO_CODE),
    Mistake("sets the first line in with four blanks", f"    {PARAGRAPH}", seen=ONE, unseen=NO_CODE),
    Mistake("sets the first line in with six blanks", f"      {PARAGRAPH}", seen=ONE, unseen=NO_CODE),
    Mistake("sets the first line in with two tabs", f"\t\t{PARAGRAPH}", seen=ONE, unseen=NO_CODE),
    Mistake(
        "sets the first line in with blanks that do not break",
        "\u00a0" * 5 + PARAGRAPH,
        seen=(PARAGRAPH,),
        unseen=(*NO_CODE, "\u00a0"),
    ),
    Mistake(
        "sets the first line in by em blanks",
        "\u2003\u2003" + PARAGRAPH,
        seen=(PARAGRAPH,),
        unseen=(*NO_CODE, "\u2003"),
    ),
    Mistake(
        "sets the first lines of two paragraphs in",
        "\tGhi vào sổ ba dòng.\n\n\tHẹn ngày gặp lại.",
        seen=TWO,
        unseen=NO_CODE,
    ),
    Mistake(
        "pastes two paragraphs set in without a line between",
        "\tGhi vào sổ ba dòng.\n\tHẹn ngày gặp lại.",
        seen=TWO,
        unseen=NO_CODE,
    ),
    Mistake("sets a list in with a tab", "\t- Gặp ai\n\t- Nói gì", seen=LIST_SEEN, unseen=NO_CODE),
    Mistake(
        "sets a list of numbers in with a tab",
        "\t1. Gặp ai\n\t2. Nói gì",
        seen=("<ol>", *LIST_SEEN),
        unseen=NO_CODE,
    ),
    Mistake(
        "sets a heading in with a tab",
        "\t## Hẹn lại\n\nHẹn ngày gặp lại.",
        seen=("Hẹn lại</h2>",),
        unseen=NO_CODE,
    ),
    Mistake("sets a title in with a tab", "\t# Hẹn lại\n\nHẹn ngày gặp lại.", code="title-in-body", fix="##"),
    Mistake(
        "sets a number to call in with a tab",
        "\tGọi 0912 345 678 khi nước đục.",
        code="typed-number",
        fix="contacts.yml",
    ),
    Mistake(
        "sets a whole block in with a tab",
        '\t!!! law "Mức phạt"\n\t\tPhạt tiền.',
        seen=("Mức phạt</p>", "<p>Phạt tiền.</p>"),
        unseen=NO_CODE,
    ),
    Mistake(
        "sets a bold line in with a tab",
        "\t**1. Mục đích**\n\n\tNói rõ bạn là ai.",
        seen=("<strong>1. Mục đích</strong>", "<p>Nói rõ bạn là ai.</p>"),
        unseen=NO_CODE,
    ),
    Mistake(
        "sets a paragraph in behind a list",
        "- Gặp ai\n- Nói gì\n\n\tHẹn ngày gặp lại.",
        seen=("Gặp ai", "Hẹn ngày gặp lại."),
        unseen=NO_CODE,
    ),
    Mistake(
        "sets a paragraph in too far within a block",
        '!!! law "Mức phạt"\n    \tPhạt tiền người làm bẩn nước.',
        seen=("Mức phạt</p>", "<p>Phạt tiền người làm bẩn nước.</p>"),
        unseen=NO_CODE,
    ),
    Mistake(
        "sets the second paragraph of a block in too far",
        '!!! law "Mức phạt"\n    Phạt tiền.\n\n        Buộc làm sạch nguồn nước.',
        seen=("<p>Buộc làm sạch nguồn nước.</p>",),
        unseen=NO_CODE,
    ),
    Mistake(
        "sets a table in with a tab",
        "\t| Việc | Ai làm |\n\t|---|---|\n\t| Rào giếng | Cả bản |",
        seen=("<th>Ai làm</th>",),
        unseen=NO_CODE,
    ),
    Mistake(
        "numbers headings as bold lines",
        "**1. Mục đích**\n\nNói rõ bạn là ai.\n\n**2. Yêu cầu**\n\nĐến đúng giờ.",
        seen=("<strong>2. Yêu cầu</strong>",),
    ),
    Mistake(
        "numbers headings as lines",
        "1. Mục đích\n\nNói rõ bạn là ai.\n\n2. Yêu cầu\n\nĐến đúng giờ.",
        seen=('start="2"', "Yêu cầu"),
    ),
    Mistake(
        "numbers headings with Roman numbers",
        "I. PHẦN CHUNG\n\nNói rõ bạn là ai.\n\nII. PHẦN RIÊNG\n\nĐến đúng giờ.",
        seen=("I. PHẦN CHUNG", "II. PHẦN RIÊNG"),
    ),
    Mistake("numbers parts of parts", "1.1. Mục đích\n\nNói rõ bạn là ai.", seen=("1.1. Mục đích",)),
    Mistake("numbers a heading", "## 1. Hẹn lại\n\nHẹn ngày gặp lại.", seen=("1. Hẹn lại</h2>",)),
    Mistake(
        "writes a heading right above its text",
        "## Hẹn lại\nHẹn ngày gặp lại.",
        seen=("Hẹn lại</h2>", "<p>Hẹn ngày gặp lại.</p>"),
    ),
    Mistake(
        "writes a heading right under a text",
        "Ghi vào sổ ba dòng.\n## Hẹn lại\nHẹn ngày gặp lại.",
        seen=("<p>Ghi vào sổ ba dòng.</p>", "Hẹn lại</h2>"),
    ),
    Mistake(
        "writes articles of its own",
        "Điều 1. Phạm vi áp dụng\n\nQuy ước này dùng cho cả bản.",
        seen=("<p>Điều 1. Phạm vi áp dụng</p>",),
    ),
    Mistake(
        "leaves a page number between paragraphs",
        f"{PARAGRAPH}\n\n«- 2 -\n\nHẹn ngày gặp lại.",
        code="page-number",
        fix="xóa",
    ),
    Mistake(
        "pastes a number of law with a hyphen that does not break",
        "Theo Nghị định 2/2025/NĐ\u2011MẪU, ai cũng giữ nước.",
        code="typed-law",
        fix="[@nd-moi]",
    ),
    Mistake("pastes raised numbers and halves", "Giếng rộng 5 m², sâu 2½ m.", seen=("5 m², sâu 2½ m.",)),
    Mistake("writes measures with stars", "Bể rộng 3*4*5 m.", seen=("3*4*5 m.",), unseen=("<em>",)),
    Mistake(
        "leaves dots to fill in", "Họ tên: ............ Bản: ………", seen=("Họ tên: ............ Bản: ………",)
    ),
    Mistake(
        "leaves a line to fill in",
        "Họ tên: ____________ Bản: ______",
        seen=("Họ tên: ____________ Bản: ______",),
    ),
    Mistake("pastes the bullets of the font Symbol", "\uf0b7\tGặp ai\n\uf0b7\tNói gì", seen=LIST_SEEN),
    Mistake("pastes the arrows of the font Wingdings", "Ø\tGặp ai\nØ\tNói gì", seen=LIST_SEEN),
    Mistake("pastes the squares of the font Wingdings", "§\tGặp ai\n§\tNói gì", seen=LIST_SEEN),
    Mistake(
        "lists with + under -",
        "- Gặp ai\n  + Trưởng bản\n  + Bí thư\n- Nói gì",
        seen=("<li>Trưởng bản</li>", "<li>Nói gì</li>"),
    ),
    Mistake(
        "breaks a line with Shift and Enter",
        "Ghi vào sổ ba dòng.\x0bHẹn ngày gặp lại.",
        code="unseen-character",
        fix="xóa",
    ),
    Mistake(
        "leaves a line separator of another program",
        "Ghi vào sổ ba dòng.\u2028Hẹn ngày gặp lại.",
        code="unseen-character",
        fix="xóa",
    ),
    Mistake(
        "pastes the place of a picture", f"{PARAGRAPH} \ufffc", code="lost-picture", fix="lưu hình thành tệp"
    ),
    Mistake(
        "pastes a picture's place in a document",
        "![Giếng](media/image1.png)",
        code="dead-link",
        fix="đường dẫn",
    ),
    Mistake(
        "names a picture on a computer",
        "![Giếng](C:\\Users\\Hoa\\gieng.jpg)",
        code="path-on-computer",
        fix="tên tệp",
    ),
    Mistake(
        "links to a file on a computer",
        "[mẫu](file:///C:/Users/Hoa/mau.docx)",
        code="path-on-computer",
        fix="tên tệp",
    ),
    Mistake(
        "shows a picture of another site",
        "![Giếng](https://example.org/a.jpg)",
        code="picture-elsewhere",
        fix="tải hình về",
    ),
    Mistake(
        "cites an article by its word",
        "Giữ nước [@nd-moi: Điều 3].",
        code="malformed-pointer",
        fix="[@nd-moi:3]",
    ),
    Mistake(
        "cites with a blank for the colon",
        "Giữ nước [@nd-moi 3].",
        code="malformed-pointer",
        fix="[@nd-moi:3]",
    ),
    Mistake(
        "calls a contact by its name",
        "Gọi [contact:Tổ cấp nước].",
        code="malformed-pointer",
        fix="[contact:to-cap-nuoc]",
    ),
    Mistake("links to nothing", "Xem [trang]().", code="empty-link", fix="viết đủ cả hai"),
    Mistake("links without words", "Xem [](https://example.org).", code="empty-link", fix="viết đủ cả hai"),
    Mistake("pastes letters that were lost", "Ghi v\ufffdo sổ ba dòng.", code="lost-letter", fix="gõ lại"),
    Mistake(
        "pastes a field that leads nowhere",
        "Xem Error! Reference source not found. ở trên.",
        code="word-field",
        fix="xóa",
    ),
    Mistake(
        "pastes a table with cells joined",
        "Việc\tAi làm\tKhi nào\n«Rào giếng\tCả bản\nThay ống\tTổ\tThứ hai",
        code="uneven-tabs",
        fix="cùng số ô",
    ),
    Mistake(
        "breaks lines within a cell",
        "| Việc | Ai làm |\n|---|---|\n| Rào giếng | Cả bản |\n«và nhà bên",
        code="line-in-table",
        fix="nối vào hàng trên",
    ),
    Mistake(
        "forgets a cell of a row",
        "| Việc | Ai làm |\n|---|---|\n«| Rào giếng |",
        code="uneven-row",
        fix="đúng 2 ô",
    ),
    Mistake(
        "draws a line under a paragraph",
        "«Ghi vào sổ ba dòng.\n-----",
        code="underlined-heading",
        fix="dòng trống",
    ),
    Mistake(
        "links with a blank in the address",
        "Xem [trang](https://example.org/cap nuoc).",
        code="blank-in-link",
        fix="cap%20nuoc",
    ),
    Mistake(
        "forgets the colon of an address",
        "Xem [trang](https//example.org/cap-nuoc).",
        code="dead-link",
        fix="https://",
    ),
    Mistake("leaves the https out", "Xem [trang](www.example.org).", code="dead-link", fix="https://"),
    Mistake(
        "puts a blank between words and address",
        "Xem [trang] (https://example.org).",
        seen=("Xem", "trang"),
        unseen=("[trang]", "https://example.org)"),
    ),
    Mistake(
        "turns the brackets round",
        "Xem (trang)[https://example.org].",
        seen=("Xem", "trang"),
        unseen=("(trang)", "[https"),
    ),
    Mistake("compares with a sign", "Nước dưới 5 độ (< 5) thì hâm lên.", seen=("(&lt; 5)",)),
    Mistake(
        "leaves a pair of brackets to fill in", "Tôi là <họ và tên>, ở bản này.", code="raw-html", fix="……"
    ),
)
