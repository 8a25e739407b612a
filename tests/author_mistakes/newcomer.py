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
    Mistake("types one # for a heading", "# Sau cuộc gặp", HEADING, found="title-in-body", fix="##"),
    Mistake(
        "skips levels of headings", "#### Sau cuộc gặp", HEADING, found="skipped-level", fix="## Sau cuộc"
    ),
    Mistake(
        "sets a block in with the Tab key",
        '!!! case "Trưởng bản hỏi"\n\tTrưởng bản hỏi',
        CASE,
        seen=CASE_SEEN,
    ),
    Mistake(
        "sets a key point in with Tab", "\t- Hỏi trước, nhắc sau.", POINT, found="yaml-tab", fix="2 dấu cách"
    ),
    Mistake(
        "puts a colon into the title",
        "title: Bài 4: Gặp trưởng bản",
        TITLE,
        found="colon-in-text",
        fix='title: "Bài 4: Gặp trưởng bản"',
    ),
    Mistake(
        "puts a colon into a key point",
        "  - Nhớ: hỏi trước, nhắc sau.",
        POINT,
        found="colon-in-text",
        fix='- "Nhớ: hỏi trước, nhắc sau."',
    ),
    Mistake(
        "writes the title in curly quotes",
        "title: “Gặp: trưởng bản”",
        TITLE,
        found="curly-quotes",
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
        found="not-nfc",
        line=2,
        fix="UniKey",
    ),
    Mistake("saves with Windows line ends", make=encoded("utf-8", "\r\n"), seen=WHOLE),
    Mistake("saves with a mark of bytes", make=encoded("utf-8-sig"), seen=WHOLE),
    Mistake("saves as Notepad does", make=encoded("utf-8-sig", "\r\n"), seen=WHOLE),
    Mistake("saves as Unicode in Notepad", make=encoded("utf-16"), found="not-utf-8", line=1, fix="UTF-8"),
    Mistake(
        "saves in the old Windows encoding",
        make=lambda root: (root / LESSON).write_bytes(OLD_WINDOWS),
        found="not-utf-8",
        line=2,
        fix="UTF-8",
    ),
    Mistake(
        "forgets the front matter",
        make=written(lambda text: text.split("---\n", 2)[2]),
        found="no-front-matter",
        line=1,
        fix="taphuan new lesson",
    ),
    Mistake(
        "forgets the second ---",
        "status: draft}\n«<!--",
        "status: draft}\n---\n<!--",
        found="unclosed-front-matter",
        fix="---",
    ),
    Mistake(
        "names a picture with blanks", "![Giếng](hinh anh 1.png)", found="blank-in-link", fix="hinh-anh-1.png"
    ),
    Mistake(
        "names a picture that is not there",
        "![](anh.jpg)",
        found="image-without-words",
        also=("dead-link",),
        fix="ngoặc vuông",
    ),
    Mistake(
        "types numbers to call",
        "Gọi 0213 3876 543 hoặc 0912.345.678.",
        found="typed-number",
        also=("typed-number",),
        fix="contacts.yml",
    ),
    Mistake(
        "cites an article that is not there",
        f"{PARAGRAPH} [@nd-moi:99]",
        found="unknown-article",
        fix="sổ pháp luật",
    ),
    Mistake(
        "cites a clause that is not there",
        f"{PARAGRAPH} [@nd-moi:8.9]",
        found="unknown-clause",
        fix="sổ pháp luật",
    ),
    Mistake(
        "types the law by hand",
        "Theo Điều 3 Nghị định 2/2025/NĐ-MẪU, ai cũng giữ nước.",
        found="typed-law",
        fix="[@nd-moi:3]",
    ),
    Mistake(
        "cites law that has ended", f"{PARAGRAPH} [@nd-cu:4]", found="law-not-in-force", fix="[@nd-cu:4|cũ]"
    ),
    Mistake("cites in capitals", f"{PARAGRAPH} [@ND-MOI:3]", found="unknown-reference", fix="nd-moi"),
    Mistake("cites with blanks", f"{PARAGRAPH} [@ nd-moi: 3]", found="malformed-pointer", fix="[@nd-moi:3]"),
    Mistake(
        "forgets the ] of a citation",
        f"{PARAGRAPH} [@nd-moi:3.",
        found="malformed-pointer",
        fix="[@nd-moi:3]",
    ),
    Mistake(
        "names a term by its words",
        f"{PARAGRAPH} Cần [term:nước sạch].",
        found="malformed-pointer",
        fix="[term:nuoc-sach]",
    ),
    Mistake(
        "names a contact by its number",
        f"{PARAGRAPH} Gọi [contact:0900].",
        found="unknown-contact",
        fix="to-cap-nuoc",
    ),
    Mistake(
        "writes a very long sentence",
        "Ghi vào sổ ba dòng" + " về việc đã gặp ai ở đâu lúc nào" * 5 + ".",
        found="long-sentence",
        fix="hai câu",
    ),
    Mistake(
        "uses words to be avoided", "Nhiều kẻ dùng nước ở đó.", found="avoided-phrase", fix="người dùng nước"
    ),
    Mistake(
        "pastes HTML",
        '<span style="color:red">Ghi</span> vào sổ<br>ba dòng.',
        found="raw-html",
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
        found="empty-block",
        fix="bốn dấu cách",
    ),
    Mistake(
        "sets the text of a block in by two blanks",
        '«!!! case "Chủ nhà hỏi"\n  Trưởng bản hỏi gì?',
        found="empty-block",
        fix="bốn dấu cách",
    ),
    Mistake("types !!!case", CASE.replace("!!! ", "!!!"), CASE, seen=CASE_SEEN),
    Mistake(
        "calls a block by another name",
        CASE.replace("case", "tinh-huong"),
        CASE,
        found="unknown-block",
        fix="case",
    ),
    Mistake(
        "adds the unit to the minutes",
        "minutes: 20 phút",
        "minutes: 20",
        found="not-a-number",
        fix="bằng chữ số",
    ),
    Mistake(
        "writes an objective as words", "[phân biệt]", "[giu-nguon]", found="not-a-slug", fix="không dấu"
    ),
    Mistake(
        "writes one objective without brackets",
        "objectives: giu-nguon",
        "objectives: [giu-nguon]",
        found="list-wanted",
        fix="objectives: [giu-nguon]",
    ),
    Mistake("misspells a key", "sumary: Bạn", "summary: Bạn", found="unknown-key", fix="summary"),
    Mistake(
        "leaves a key empty",
        "summary:",
        "summary: Bạn mở đầu được cuộc gặp mười lăm phút với trưởng bản.",
        found="empty-value",
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
        found="dead-link",
        fix="bao-nuoc-ban.md",
    ),
    Mistake(
        "links to a document of Word", "Xem [mẫu](mau so 1.docx).", found="blank-in-link", fix="mau-so-1.docx"
    ),
    Mistake(
        "calls a lesson approved",
        "review: {status: approved}",
        "review: {status: draft}",
        found="approval-without-proof",
        fix="decision",
    ),
    Mistake(
        "writes the approval as words",
        "review: đã duyệt",
        "review: {status: draft}",
        found="keys-wanted",
        fix="status",
    ),
    Mistake("pastes text in an old font", "Ghi vµo sæ ba dßng.", found="old-font", fix="Unicode"),
    Mistake("types two signs of three", CASE.replace("!!!", "!!"), CASE, seen=CASE_SEEN),
    Mistake("draws a line with stars", f"***\n\n{PARAGRAPH}", seen=("<hr />", PARAGRAPH)),
    Mistake("colours a word", "Ghi vào sổ{.red} ba dòng.", found="attribute-list", fix="ngoặc nhọn"),
    Mistake(
        "starts a key point with •",
        "  • Hỏi trước, nhắc sau.",
        POINT,
        found="list-sign",
        fix="- Hỏi trước, nhắc sau.",
    ),
    Mistake(
        "starts a key point with –",
        "  – Hỏi trước, nhắc sau.",
        POINT,
        found="list-sign",
        fix="- Hỏi trước, nhắc sau.",
    ),
    Mistake(
        "types a note at the margin",
        "Đổi vai sau năm phút.",
        "  Đổi vai sau năm phút.",
        found="text-not-indented",
        fix="2 dấu cách ở đầu dòng: Đổi vai sau năm phút.",
    ),
)
