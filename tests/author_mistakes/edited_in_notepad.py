"""What an official does to YAML and to files in Notepad."""

from __future__ import annotations

from pathlib import Path

from author_mistakes import (
    BANK,
    CAMPAIGN,
    CONTACTS,
    COURSE,
    GOOD_LESSON,
    LESSON,
    PICTURES,
    Mistake,
    renamed,
    written,
)

FOLDER = "content/lessons/nuoc-sach/"
TITLE = "title: Gặp trưởng bản về nguồn nước"
CORRECT = "correct: true, feedback: Đun sôi"
LENGTH = GOOD_LESSON.count("\n")


def _in_jpeg(root: Path) -> None:
    (root / "content/pictures/giot-nuoc.jpg").write_bytes(b"\xff\xd8\xff")
    list_ = root / PICTURES
    list_.write_text(
        list_.read_text(encoding="utf-8").replace("giot-nuoc.svg", "giot-nuoc.jpg"), encoding="utf-8"
    )


NOTEPAD = (
    Mistake(
        "writes a year with two digits",
        "review: {status: draft, checked: 1/12/26}",
        "review: {status: draft}",
        code="not-a-day",
        fix="24/11/2026",
    ),
    Mistake(
        "writes a day without zeros",
        "review: {status: draft, checked: 1/12/2026}",
        "review: {status: draft}",
        seen=("Ghi vào sổ",),
    ),
    Mistake("writes a blank before %", "pass: 80 %", "pass: 80%", COURSE, seen=("Ghi vào sổ",)),
    Mistake("leaves the % out", "pass: 80", "pass: 80%", COURSE, code="not-a-percent", fix="80%"),
    Mistake(
        "writes yes",
        "publish: yes\n    urgent",
        "publish: true\n    urgent",
        CONTACTS,
        code="not-a-flag",
        fix="true",
    ),
    Mistake("writes đúng", CORRECT.replace("true", "đúng"), CORRECT, BANK, code="not-a-flag", fix="true"),
    Mistake("writes True", CORRECT.replace("true", "True"), CORRECT, BANK, code="not-a-flag", fix="true"),
    Mistake(
        "lists with commas and no brackets",
        "lessons: giu-nguon-nuoc, bao-nuoc-ban",
        "lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        COURSE,
        code="list-wanted",
        fix="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
    ),
    Mistake(
        "lists with semicolons",
        "[nuoc-nao-sach; viec-nen-lam; giu-la-viec-chung]",
        "[nuoc-nao-sach, viec-nen-lam, giu-la-viec-chung]",
        code="not-a-slug",
        fix="viết: nuoc-nao-sach, viec-nen-lam, giu-la-viec-chung",
    ),
    Mistake("writes keys in Vietnamese", "tiêu đề: Gặp trưởng bản", TITLE, code="unknown-key", fix="title"),
    Mistake(
        "writes a key in capitals", TITLE.replace("title", "Title"), TITLE, code="unknown-key", fix="title"
    ),
    Mistake("writes = after a key", TITLE.replace(":", " ="), TITLE, code="colon-missing", fix="title: Gặp"),
    Mistake(
        "writes two keys on a line",
        "minutes: 20 objectives: [giu-nguon]",
        "minutes: 20\nobjectives: [giu-nguon]",
        code="two-keys",
        fix="objectives: [giu-nguon]",
    ),
    Mistake(
        "writes the first point beside its key",
        "key_points: «- Nói rõ",
        "key_points:\n  - Nói rõ",
        code="item-beside-key",
        fix="- Nói rõ bạn là ai",
    ),
    Mistake(
        "leaves braces out",
        "review: status: draft",
        "review: {status: draft}",
        code="braces-missing",
        fix="review: {status: draft}",
    ),
    Mistake(
        "writes an id with an underscore",
        "[giu_nguon]",
        "[giu-nguon]",
        code="not-a-slug",
        fix="viết: giu-nguon",
    ),
    Mistake(
        "lists ids with blanks alone",
        "[nuoc-nao-sach viec-nen-lam giu-la-viec-chung]",
        "[nuoc-nao-sach, viec-nen-lam, giu-la-viec-chung]",
        code="not-a-slug",
        fix="viết: nuoc-nao-sach, viec-nen-lam, giu-la-viec-chung",
    ),
    Mistake(
        "writes a number as a word",
        "minutes: hai mươi",
        "minutes: 20",
        code="not-a-number",
        fix="bằng chữ số",
    ),
    Mistake(
        "gives the status in Vietnamese",
        "{status: bản thảo}",
        "{status: draft}",
        code="unknown-value",
        fix="draft",
    ),
    Mistake(
        "gives the status in capitals",
        "{status: Draft}",
        "{status: draft}",
        code="unknown-value",
        fix="draft",
    ),
    Mistake(
        "forgets to close quotes",
        'title: "Gặp trưởng bản về nguồn nước',
        TITLE,
        code="quote-not-closed",
        fix='title: "Gặp trưởng bản về nguồn nước"',
    ),
    Mistake(
        "forgets to close brackets",
        "objectives: [giu-nguon",
        "objectives: [giu-nguon]",
        code="bracket-not-closed",
        fix="objectives: [giu-nguon]",
    ),
    Mistake(
        "sets an item in differently",
        "   - Hỏi trước, nhắc sau.",
        "  - Hỏi trước, nhắc sau.",
        code="uneven-indent",
        fix="2 dấu cách ở đầu dòng: - Hỏi trước",
    ),
    Mistake(
        "deletes the first ---",
        make=written(lambda text: text.removeprefix("---\n")),
        code="front-matter-not-opened",
        line=1,
        fix="---",
    ),
    Mistake(
        "lets the --- become a dash",
        "status: draft}\n«—-\n<!--",
        "status: draft}\n---\n<!--",
        code="front-matter-fence",
        fix="---",
    ),
    Mistake(
        "repeats a block of keys",
        "objectives: [giu-nguon]\n«objectives: [giu-nguon]",
        "objectives: [giu-nguon]",
        code="duplicate-key",
        fix="giữ lại một chỗ",
    ),
    Mistake(
        "pastes a lesson twice",
        make=written(lambda text: text + "\n" + text),
        code="front-matter-in-body",
        also=("attribute-list",) * 2 + ("text-after-item",) * 2,
        line=LENGTH + 2,
        fix="xóa",
    ),
    Mistake(
        "cuts the end of a file off",
        make=written(lambda text: text[: text.index("\nserves")]),
        code="unclosed-front-matter",
        line=15,
        fix="---",
    ),
    Mistake(
        "saves as .txt",
        make=renamed(LESSON, FOLDER + "giu-nguon-nuoc.md.txt"),
        file=FOLDER + "giu-nguon-nuoc.md.txt",
        code="unread-file",
        line=1,
        fix="giu-nguon-nuoc.md",
    ),
    Mistake(
        "leaves a copy beside the lesson",
        make=lambda root: (root / FOLDER / "giu-nguon-nuoc - Copy.md").write_text(
            GOOD_LESSON, encoding="utf-8"
        ),
        file=FOLDER + "giu-nguon-nuoc - Copy.md",
        code="misplaced-lesson",
        line=1,
        fix="không dấu",
    ),
    Mistake(
        "names a lesson in Vietnamese",
        make=lambda root: (root / FOLDER / "Giữ nước.md").write_text(GOOD_LESSON, encoding="utf-8"),
        file=FOLDER + "Giữ nước.md",
        code="misplaced-lesson",
        line=1,
        fix="không dấu",
    ),
    Mistake(
        "puts a lesson in no folder",
        make=lambda root: (root / "content/lessons/giu-nuoc.md").write_text(GOOD_LESSON, encoding="utf-8"),
        file="content/lessons/giu-nuoc.md",
        code="misplaced-lesson",
        line=1,
        fix="thư mục",
    ),
    Mistake(
        "renames the file of a lesson",
        make=renamed(LESSON, FOLDER + "giu-nuoc.md"),
        code="missing-lesson",
        also=("lesson-nowhere", "dead-link", "unknown-lesson"),
        fix="giu-nuoc",
    ),
    Mistake(
        "misspells the id of a lesson",
        "[giu-nguon-nuoc, bao-nuoc-bn]",
        "[giu-nguon-nuoc, bao-nuoc-ban]",
        COURSE,
        code="missing-lesson",
        also=("lesson-nowhere",),
        fix="bao-nuoc-ban",
    ),
    Mistake(
        "misspells the id of a question",
        "viec-nen-lm,",
        "viec-nen-lam,",
        code="unknown-question",
        fix="viec-nen-lam",
    ),
    Mistake(
        "lists a picture that is no drawing",
        make=_in_jpeg,
        file=PICTURES,
        line=1,
        code="missing-drawing",
        also=("broken-photo",),
        fix=".svg",
    ),
    Mistake(
        "saves a campaign in another encoding",
        make=lambda root: (root / CAMPAIGN).write_text(
            (root / CAMPAIGN).read_text(encoding="utf-8"), encoding="utf-16"
        ),
        file=CAMPAIGN,
        code="not-utf-8",
        line=1,
        fix="UTF-8",
    ),
    Mistake(
        "writes quotes in quotes",
        'title: "Gặp "trưởng bản" về nước"',
        TITLE,
        code="quote-in-quotes",
        fix="'Gặp \"trưởng bản\" về nước'",
    ),
    Mistake("writes a remark behind a value", "minutes: 20 # cả bài", "minutes: 20", seen=("Ghi vào sổ",)),
    Mistake(
        "starts every key with -",
        f"- {TITLE}\n«summary: Bạn",
        f"{TITLE}\nsummary: Bạn",
        code="yaml-syntax",
        fix="dòng ngay trên",
    ),
    Mistake("sets a key in", f" {TITLE}", TITLE, code="uneven-indent", fix=TITLE),
    Mistake(
        "writes a key without blank", TITLE.replace(": ", ":"), TITLE, code="colon-without-blank", fix=TITLE
    ),
    Mistake(
        "writes true for a question of two",
        "answer: Đúng",
        "answer: true",
        BANK,
        code="not-a-flag",
        fix="true",
    ),
    Mistake(
        "calls for a kind in Vietnamese",
        "kind: nối",
        "kind: matching",
        BANK,
        code="unknown-value",
        fix="matching",
    ),
)
