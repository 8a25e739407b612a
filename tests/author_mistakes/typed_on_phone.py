"""What a teacher types on a phone and forwards from Zalo."""

from __future__ import annotations

from author_mistakes import LAST, PARAGRAPH, Mistake

LIST_SEEN = ("<li>Gặp ai</li>", "<li>Nói gì</li>")

PHONE = (
    Mistake("lists with ticks", "✅ Gặp ai\n✅ Nói gì", seen=("Gặp ai</li>", "Nói gì</li>")),
    Mistake("lists with hands", "👉 Gặp ai\n👉 Nói gì", seen=LIST_SEEN),
    Mistake("lists with numbers in boxes", "1️⃣ Gặp ai\n2️⃣ Nói gì", seen=("<ol>", *LIST_SEEN)),
    Mistake("lists with flowers", "🌸 Gặp ai\n🌸 Nói gì", seen=LIST_SEEN),
    Mistake("numbers with strokes", "1/ Gặp ai\n2/ Nói gì", seen=("<ol>", "Gặp ai", "Nói gì")),
    Mistake(
        "types a line for each step",
        "Bước 1: Gặp trưởng bản\n«Bước 2: Nói việc\nBước 3: Hẹn lại",
        code="glued-line",
        fix="dòng trống",
    ),
    Mistake("sets bold as Zalo does", "*Ghi vào sổ* ba dòng.", seen=("<em>Ghi vào sổ</em>",)),
    Mistake("sets text aslant as Zalo does", "_Ghi vào sổ_ ba dòng.", seen=("<em>Ghi vào sổ</em>",)),
    Mistake("strikes a word out", "Ghi ~vào giấy~ vào sổ.", code="struck-out", fix="bỏ dấu"),
    Mistake("strikes a word out with two signs", "Ghi ~~vào giấy~~ vào sổ.", code="struck-out", fix="bỏ dấu"),
    Mistake("forgets to end bold text", "**Ghi vào sổ ba dòng.", code="marks-shown", fix="cả hai đầu"),
    Mistake(
        "starts a line with a hashtag", f"{PARAGRAPH}\n\n«#giunuoc #nuocsach", code="title-in-body", fix="##"
    ),
    Mistake("ends a line with hashtags", f"{PARAGRAPH} #giunuoc", seen=(f"{PARAGRAPH} #giunuoc",)),
    Mistake(
        "shares a page of Facebook",
        "Xem https://www.facebook.com/hoa.nguyen để biết thêm.",
        code="social-page",
        fix="xóa liên kết",
    ),
    Mistake(
        "shares a link of Zalo",
        "Nhắn https://zalo.me/0912345678 để hỏi.",
        code="social-page",
        fix="xóa liên kết",
    ),
    Mistake(
        "types a number of another country",
        "Gọi +84 912 345 678 khi cần.",
        code="typed-number",
        fix="contacts.yml",
    ),
    Mistake(
        "links to a number", "[Gọi tổ](tel:0912345678) khi cần.", code="typed-number", fix="contacts.yml"
    ),
    Mistake(
        "types a number that is known",
        "Gọi 0900 khi nước đục.",
        code="typed-number",
        fix="[contact:to-cap-nuoc]",
    ),
    Mistake(
        "tells who it was", "Chị Lò Thị May, 23 tuổi, múc nước ở khe.", code="named-person", fix="bỏ tên"
    ),
    Mistake(
        "gives an address of mail",
        "Gửi về hoa.nguyen@gmail.com trước thứ sáu.",
        code="mail-address",
        fix="contacts.yml",
    ),
    Mistake(
        "speaks a text into the phone",
        "thì khi gặp trưởng bản bạn nói tên bạn ở đâu đến vì việc gì"
        " rồi hỏi thăm cả nhà xong mới nói chuyện nguồn nước của bản mình dạo này ra sao có đục không",
        code="long-sentence",
        fix="hai câu",
    ),
    Mistake(
        "copies letters drawn aslant with marks",
        "𝑮𝒉𝒊 𝒗𝒂\u0300𝒐 sổ ba dòng.",
        seen=("<p>Ghi vào sổ ba dòng.</p>",),
    ),
    Mistake(
        "points with arrows",
        "Nước đục => gọi ngay -> ghi sổ.",
        seen=("Nước đục =&gt; gọi ngay -&gt; ghi sổ.",),
    ),
    Mistake(
        "draws a line of signs",
        f"{PARAGRAPH}\n\n==========\n\nHẹn ngày gặp lại.",
        seen=("<p>==========</p>", "<p>Hẹn ngày gặp lại.</p>"),
    ),
    Mistake("copies letters drawn bold", "𝐆𝐡𝐢 vào sổ ba dòng.", seen=("<p>Ghi vào sổ ba dòng.</p>",)),
    Mistake("sends a picture's name", "![Giếng của bản](IMG_2024.jpg)", code="dead-link", fix="đường dẫn"),
    Mistake("forwards a picture", f"[Hình ảnh]\n\n{PARAGRAPH}", seen=("[Hình ảnh]", PARAGRAPH)),
    Mistake("leaves a number to fill in", "Gọi 0912.xxx.xxx khi cần.", seen=("Gọi 0912.xxx.xxx khi cần.",)),
    Mistake(
        "writes a citation in round brackets",
        f"{PARAGRAPH} (@nd-moi:3)",
        code="malformed-pointer",
        fix="[@nd-moi:3]",
    ),
    Mistake(
        "calls a contact in Vietnamese",
        "Gọi [liên hệ:to-cap-nuoc].",
        code="malformed-pointer",
        fix="[contact:to-cap-nuoc]",
    ),
    Mistake("types blanks before commas", LAST.replace(" và", " , và"), LAST, seen=("Nói tên , và cơ quan",)),
    Mistake(
        "pastes the answer of a chat program",
        f"«```markdown\n{PARAGRAPH}\n```",
        code="fenced-text",
        fix="xóa dòng này",
    ),
    Mistake(
        "pastes a footnote of a chat program",
        f"«{PARAGRAPH}[^1]\n\n[^1]: Sổ tay.",
        code="footnote-mark",
        also=("footnote-mark",),
        fix="ngay trong câu",
    ),
)
