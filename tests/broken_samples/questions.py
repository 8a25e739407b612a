"""Questions and their parts."""

from __future__ import annotations

from .cases import BANK, TextFault

#: A question of the bank that a fill-in is put in place of, and that fill-in with its blanks as named.
PAIRS = (
    "    kind: matching\n    stem: Nối mỗi việc với người làm.\n    pairs:\n"
    "      sua-ong: {left: Sửa ống vỡ, right: Tổ cấp nước, feedback: Tổ có dụng cụ.}\n"
    "      nhac-nha: {left: Nhắc từng nhà, right: Trưởng bản, feedback: Trưởng bản quen từng nhà.}\n"
)
OPTIONS = "{a: {text: Tổ cấp nước, correct: true, feedback: Tổ biết sửa.}, b: {text: Trâu, feedback: Không.}}"


def fill_in(stem: str, *blanks: str, options: str = OPTIONS) -> str:
    lists = "".join(f"      {blank}:\n        options: {options}\n" for blank in blanks)
    return f"    kind: fill-in\n    stem: {stem}\n    blanks:\n{lists}"


ROWS = (
    TextFault(
        when="a single choice has two right answers",
        code="not-one-correct",
        file=BANK,
        old="nuoc-nao-sach:\n    kind: single-choice\n    stem: Nước nào dùng để uống được?\n    options:\n"
        "      dun-soi: {text: Nước đã đun sôi, correct: true,",
        new="nuoc-nao-sach:\n    kind: single-choice\n    stem: Nước nào dùng để uống được?\n    «options:\n"
        "      da-loc: {text: Nước đã lọc, correct: true, feedback: Lọc rồi mới uống.}\n"
        "      dun-soi: {text: Nước đã đun sôi, correct: true,",
        says="có 2 phương án đúng trong 3",
    ),
    TextFault(
        when="a multiple choice has no wrong answer",
        code="not-some-correct",
        file=BANK,
        old="correct: true, feedback: Rào giữ trâu bò ở ngoài.}\n      rua-binh: {text: Rửa bình phun ở khe,",
        new="correct: true, feedback: Rào giữ trâu bò ở ngoài.}\n"
        "      rua-binh: {text: Rửa bình phun ở nhà, correct: true,",
        says="có 2 phương án đúng trong 2",
        seen=(BANK, "Chọn tất cả các câu đúng.\n    «options:"),
    ),
    TextFault(
        when="a multiple choice has no right answer",
        code="not-some-correct",
        file=BANK,
        old="    options:\n      rao: {text: Rào quanh nguồn, correct: true,",
        new="    «options:\n      rao: {text: Rào quanh nguồn,",
        says="có 0 phương án đúng trong 2",
    ),
    TextFault(
        when="a choice has more options than a paper has letters",
        code="too-many-parts",
        file=BANK,
        old="    options:\n      rao: {text: Rào quanh nguồn,",
        new="    «options:\n"
        + "".join(f"      them-{n}: {{text: Việc thứ {n}, feedback: Vì chưa đúng.}}\n" for n in range(9))
        + "      rao: {text: Rào quanh nguồn,",
        says="có 11 phương án; đề trên giấy chỉ có chữ cái cho 10 (A đến J)",
    ),
    TextFault(
        when="a stem has a blank without a list",
        code="blank-without-list",
        file=BANK,
        old=PAIRS,
        new=fill_in("Ống vỡ thì gọi [blank:ai] trước [blank:luc-nao].", "ai").replace("stem", "«stem"),
        says="chỗ trống “luc-nao” trong stem chưa có danh sách để chọn",
    ),
    TextFault(
        when="a stem has a blank twice",
        code="blank-twice",
        file=BANK,
        old=PAIRS,
        new=fill_in("Ống vỡ thì gọi [blank:ai], không gọi [blank:ai].", "ai").replace("stem", "«stem"),
        says="chỗ trống “ai” nằm hai lần",
    ),
    TextFault(
        when="a fill-in has a list without a blank",
        code="list-without-blank",
        file=BANK,
        old=PAIRS,
        new=fill_in("Ống vỡ thì gọi [blank:ai].", "ai", "«luc-nao"),
        says="danh sách “luc-nao” chưa có chỗ trống nào",
    ),
    TextFault(
        when="two options of a blank are right",
        code="not-one-correct-in-blank",
        file=BANK,
        old=PAIRS,
        new=fill_in(
            "Ống vỡ thì gọi [blank:ai].", "ai", options=OPTIONS.replace("Trâu", "Trâu, correct: true")
        ).replace("        options", "        «options"),
        says="2 phương án đúng trong 2",
    ),
    TextFault(
        when="a blank has one option",
        code="too-few-parts",
        file=BANK,
        old=PAIRS,
        new=fill_in("Ống vỡ thì gọi [blank:ai].", "ai", options=OPTIONS.split(", b:")[0] + "}").replace(
            "        options", "        «options"
        ),
    ),
    TextFault(
        when="a fill-in has more blanks than letters",
        code="wrong-number-of-blanks",
        file=BANK,
        old=PAIRS,
        new=fill_in(
            "Gọi " + ", ".join(f"[blank:n{n}]" for n in range(11)), *(f"n{n}" for n in range(11))
        ).replace("    blanks:", "    «blanks:"),
        says="có 11 chỗ trống; cần từ 1 đến 10",
    ),
    TextFault(
        when="a matching has one pair",
        code="too-few-parts",
        file=BANK,
        old="    pairs:\n      sua-ong: {left: Sửa ống vỡ, right: Tổ cấp nước, feedback: Tổ có dụng cụ.}\n",
        new="    «pairs:\n",
    ),
    TextFault(
        when="an option of a self-check has no reason",
        code="missing-reason",
        file=BANK,
        old="      khe-suoi: {text: Nước vừa múc ở khe, feedback: Nước khe có thể có mầm bệnh.}",
        new="      «khe-suoi: {text: Nước vừa múc ở khe}",
        says="câu “nuoc-nao-sach”: “khe-suoi” chưa có lời giải thích",
    ),
    TextFault(
        when="one answer of a true-false has no reason",
        code="missing-reason",
        file=BANK,
        old="    feedback: {true: Đúng vậy., false: Chưa đúng. Ai cũng dùng thì ai cũng giữ.}",
        new="    «feedback: {true: Đúng vậy.}",
        says="“false”",
    ),
)
