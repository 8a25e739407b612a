"""The mistakes that a newcomer made in the first hours, made again."""

from __future__ import annotations

import unicodedata

from author_mistakes import LESSON, PARAGRAPH, Mistake, encoded, written

TITLE = "title: Gặp trưởng bản về nguồn nước"
POINT = "  - Hỏi trước, nhắc sau."
HEADING = "## Sau cuộc gặp"
CASE = '!!! case "Trưởng bản hỏi"\n    Trưởng bản hỏi'
OLD_WINDOWS = "---\ntitle: Nước sạch\n---\nNước sạch.\n".encode("cp1258", "replace")
WHOLE = (f"<p>{PARAGRAPH}</p>", "Gợi ý thảo luận</summary>", "<li>Chọn một bản.</li>")
CASE_SEEN = ('<p class="admonition-title">Trưởng bản hỏi</p>', "Gợi ý thảo luận</summary>")
LIST_SEEN = ("<li>Gặp ai</li>", "<li>Nói gì</li>")

NEWCOMER = (
    Mistake("types ## right before the words", "##Sau cuộc gặp", HEADING, seen=("Sau cuộc gặp</h2>",)),
    Mistake("types one # for a heading", "# Sau cuộc gặp", HEADING, code="title-in-body", fix="##"),
    Mistake(
        "skips levels of headings", "#### Sau cuộc gặp", HEADING, code="skipped-level", fix="## Sau cuộc"
    ),
    Mistake(
        "sets a block in with the Tab key",
        '!!! case "Trưởng bản hỏi"\n\tTrưởng bản hỏi',
        CASE,
        seen=CASE_SEEN,
    ),
    Mistake(
        "sets a key point in with Tab", "\t- Hỏi trước, nhắc sau.", POINT, code="yaml-tab", fix="2 dấu cách"
    ),
    Mistake(
        "puts a colon into the title",
        "title: Bài 4: Gặp trưởng bản",
        TITLE,
        code="colon-in-text",
        fix='title: "Bài 4: Gặp trưởng bản"',
    ),
    Mistake(
        "puts a colon into a key point",
        "  - Nhớ: hỏi trước, nhắc sau.",
        POINT,
        code="colon-in-text",
        fix='- "Nhớ: hỏi trước, nhắc sau."',
    ),
    Mistake(
        "writes the title in curly quotes",
        "title: “Gặp: trưởng bản”",
        TITLE,
        code="curly-quotes",
        fix='title: "Gặp: trưởng bản"',
    ),
    Mistake(
        "writes a block's title in curly quotes",
        CASE.replace('"Trưởng bản hỏi"', "“Trưởng bản hỏi”"),
        CASE,
        seen=CASE_SEEN,
    ),
    Mistake(
        "pastes a table from Word",
        "Việc\tAi làm\tKhi nào\nRào giếng\tCả bản\tThứ hai",
        seen=("<th>Ai làm</th>", "<td>Rào giếng</td>"),
    ),
    Mistake(
        "leaves the rule of a table out",
        "| Việc | Ai làm |\n| Rào giếng | Cả bản |",
        seen=("<th>Ai làm</th>", "<td>Rào giếng</td>"),
    ),
    Mistake(
        "pastes &nbsp; from a web page",
        f"Ghi&nbsp;{PARAGRAPH[4:]}",
        seen=("vào sổ ba dòng",),
        unseen=("&amp;nbsp;",),
    ),
    Mistake("pastes blanks that do not break", PARAGRAPH.replace(" ", "\u00a0"), seen=("ba\u00a0dòng",)),
    Mistake("pastes signs without ink", f"Ghi\u200b v\u00adào {PARAGRAPH[8:]}", seen=(PARAGRAPH,)),
    Mistake(
        "types marks apart from letters",
        make=written(lambda text: unicodedata.normalize("NFD", text)),
        code="not-nfc",
        line=2,
        fix="UniKey",
    ),
    Mistake("saves with Windows line ends", make=encoded("utf-8", "\r\n"), seen=WHOLE),
    Mistake("saves with a mark of bytes", make=encoded("utf-8-sig"), seen=WHOLE),
    Mistake("saves as Notepad does", make=encoded("utf-8-sig", "\r\n"), seen=WHOLE),
    Mistake("saves as Unicode in Notepad", make=encoded("utf-16"), code="not-utf-8", line=1, fix="UTF-8"),
    Mistake(
        "saves in the old Windows encoding",
        make=lambda root: (root / LESSON).write_bytes(OLD_WINDOWS),
        code="not-utf-8",
        line=2,
        fix="UTF-8",
    ),
    Mistake(
        "forgets the front matter",
        make=written(lambda text: text.split("---\n", 2)[2]),
        code="no-front-matter",
        line=1,
        fix="taphuan new lesson",
    ),
    Mistake(
        "forgets the second ---",
        "status: draft}\n«<!--",
        "status: draft}\n---\n<!--",
        code="unclosed-front-matter",
        fix="---",
    ),
    Mistake(
        "names a picture with blanks", "![Giếng](hinh anh 1.png)", code="blank-in-link", fix="hinh-anh-1.png"
    ),
    Mistake(
        "names a picture that is not there",
        "![](anh.jpg)",
        code="image-without-words",
        also=("dead-link",),
        fix="ngoặc vuông",
    ),
    Mistake(
        "types numbers to call",
        "Gọi 0213 3876 543 hoặc 0912.345.678.",
        code="typed-number",
        also=("typed-number",),
        fix="contacts.yml",
    ),
    Mistake(
        "cites an article that is not there",
        f"{PARAGRAPH} [@nd-moi:77]",
        code="unknown-article",
        fix="sổ pháp luật",
    ),
    Mistake(
        "cites a clause that is not there",
        f"{PARAGRAPH} [@nd-moi:8.9]",
        code="unknown-clause",
        fix="sổ pháp luật",
    ),
    Mistake(
        "types the law by hand",
        "Theo Điều 3 Nghị định 2/2025/NĐ-MẪU, ai cũng giữ nước.",
        code="typed-law",
        fix="[@nd-moi:3]",
    ),
    Mistake(
        "cites law that has ended", f"{PARAGRAPH} [@nd-cu:4]", code="law-not-in-force", fix="[@nd-cu:4|cũ]"
    ),
    Mistake("cites in capitals", f"{PARAGRAPH} [@ND-MOI:3]", code="unknown-reference", fix="nd-moi"),
    Mistake("cites with blanks", f"{PARAGRAPH} [@ nd-moi: 3]", code="malformed-pointer", fix="[@nd-moi:3]"),
    Mistake(
        "forgets the ] of a citation",
        f"{PARAGRAPH} [@nd-moi:3.",
        code="malformed-pointer",
        fix="[@nd-moi:3]",
    ),
    Mistake(
        "names a term by its words",
        f"{PARAGRAPH} Cần [term:nước sạch].",
        code="malformed-pointer",
        fix="[term:nuoc-sach]",
    ),
    Mistake(
        "names a contact by its number",
        f"{PARAGRAPH} Gọi [contact:0900].",
        code="unknown-contact",
        fix="to-cap-nuoc",
    ),
    Mistake(
        "writes a very long sentence",
        "Ghi vào sổ ba dòng" + " về việc đã gặp ai ở đâu lúc nào" * 5 + ".",
        code="long-sentence",
        fix="hai câu",
    ),
    Mistake(
        "uses words to be avoided", "Nhiều kẻ dùng nước ở đó.", code="avoided-phrase", fix="người dùng nước"
    ),
    Mistake(
        "pastes HTML",
        '<span style="color:red">Ghi</span> vào sổ<br>ba dòng.',
        code="raw-html",
        also=("raw-html", "raw-html"),
        fix="Markdown",
    ),
    Mistake("pastes the bullets of Word", "•\tGặp ai\n•\tNói gì", seen=LIST_SEEN),
    Mistake(
        "starts a list right under a sentence",
        "Ghi vào sổ ba dòng:\n- Gặp ai\n- Nói gì",
        seen=("<p>Ghi vào sổ ba dòng:</p>", *LIST_SEEN),
    ),
    Mistake("types - and no blank", "-Gặp ai\n-Nói gì", seen=LIST_SEEN),
    Mistake(
        "does not set the text of a block in",
        '«!!! case "Chủ nhà hỏi"\nTrưởng bản hỏi gì?',
        code="empty-block",
        fix="bốn dấu cách",
    ),
    Mistake(
        "sets the text of a block in by two blanks",
        '«!!! case "Chủ nhà hỏi"\n  Trưởng bản hỏi gì?',
        code="empty-block",
        fix="bốn dấu cách",
    ),
    Mistake("types !!!case", CASE.replace("!!! ", "!!!"), CASE, seen=CASE_SEEN),
    Mistake(
        "calls a block by another name",
        CASE.replace("case", "tinh-huong"),
        CASE,
        code="unknown-block",
        fix="case",
    ),
    Mistake(
        "adds the unit to the minutes",
        "minutes: 20 phút",
        "minutes: 20",
        code="not-a-number",
        fix="bằng chữ số",
    ),
    Mistake("writes an objective as words", "[phân biệt]", "[giu-nguon]", code="not-a-slug", fix="không dấu"),
    Mistake(
        "writes one objective without brackets",
        "objectives: giu-nguon",
        "objectives: [giu-nguon]",
        code="list-wanted",
        fix="objectives: [giu-nguon]",
    ),
    Mistake("misspells a key", "sumary: Bạn", "summary: Bạn", code="unknown-key", fix="summary"),
    Mistake(
        "leaves a key empty",
        "summary:",
        "summary: Bạn mở đầu được cuộc gặp mười lăm phút với trưởng bản.",
        code="empty-value",
        fix="điền nội dung",
    ),
    Mistake(
        "sets bold text with blanks inside",
        f"** Ghi vào ** {PARAGRAPH[8:]}",
        seen=("<strong>Ghi vào</strong> sổ",),
    ),
    Mistake(
        "links to a lesson that is not there",
        "Xem [bài sau](bao-nuoc-bn.md).",
        code="dead-link",
        fix="bao-nuoc-ban.md",
    ),
    Mistake(
        "links to a document of Word", "Xem [mẫu](mau so 1.docx).", code="blank-in-link", fix="mau-so-1.docx"
    ),
    Mistake(
        "calls a lesson approved",
        "review: {status: approved}",
        "review: {status: draft}",
        code="approval-without-proof",
        fix="decision",
    ),
    Mistake(
        "writes the approval as words",
        "review: đã duyệt",
        "review: {status: draft}",
        code="keys-wanted",
        fix="status",
    ),
    Mistake("pastes text in an old font", "Ghi vµo sæ ba dßng.", code="old-font", fix="Unicode"),
    Mistake("types two signs of three", CASE.replace("!!!", "!!"), CASE, seen=CASE_SEEN),
    Mistake("draws a line with stars", f"***\n\n{PARAGRAPH}", seen=("<hr />", PARAGRAPH)),
    Mistake("colours a word", "Ghi vào sổ{.red} ba dòng.", code="attribute-list", fix="ngoặc nhọn"),
    Mistake(
        "starts a key point with •",
        "  • Hỏi trước, nhắc sau.",
        POINT,
        code="list-sign",
        fix="- Hỏi trước, nhắc sau.",
    ),
    Mistake(
        "starts a key point with –",
        "  – Hỏi trước, nhắc sau.",
        POINT,
        code="list-sign",
        fix="- Hỏi trước, nhắc sau.",
    ),
    Mistake(
        "types a note at the margin",
        "Đổi vai sau năm phút.",
        "  Đổi vai sau năm phút.",
        code="text-not-indented",
        fix="2 dấu cách ở đầu dòng: Đổi vai sau năm phút.",
    ),
)
