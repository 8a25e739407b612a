"""Files and folders that are not there, not text, or in another place."""

from __future__ import annotations

import os
import re
from pathlib import Path

from drawings import HEAVY, picture, placed, svg

from .cases import CAMPAIGN, COURSE, PAGE, SECOND, UNITS, FileFault

#: Their ids are the lesson's alone.
OWN_OBJECTIVES = re.compile(r"^objectives: \{.*\}$", re.MULTILINE)
PHOTO = "content/lessons/nuoc-sach/anh.jpg"
ROWS = (
    FileFault(
        when="a folder has the name of a file",
        code="unreadable-file",
        file="content/campaigns/thu-muc.yml",
        make=lambda root: (root / "content/campaigns/thu-muc.yml").mkdir(),
        fix="quyền đọc",
    ),
    FileFault(
        when="a file is larger than a person writes",
        code="file-too-big",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_text("#\n" * 500_001),
        says="1 MB",
    ),
    FileFault(
        when="a lesson is longer than a book",
        code="file-too-big",
        file=SECOND,
        make=lambda root: (root / SECOND).write_text("chữ\n" * 50_000, encoding="utf-8"),
        says="200 KB",
    ),
    FileFault(
        when="a line is longer than a person writes",
        code="long-line",
        file=SECOND,
        make=lambda root: (root / SECOND).write_text(f"---\ntitle: a\n---\n{'a ' * 10_001}\n"),
        at=(4, 1),
    ),
    FileFault(
        when="a file was saved in the bytes of another alphabet",
        code="not-utf-8",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_bytes(b"id: x\ntitle: \x81\x8d \xff\n"),
        at=(2, 1),
        fix="chọn “Lưu dưới dạng…” (Save as) với bảng mã (Encoding) UTF-8",
    ),
    FileFault(
        when="a file was saved as Windows-1258",
        code="not-utf-8",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_bytes(
            "id: x\ntitle: Nươ\u0301c sa\u0323ch".encode("cp1258")
        ),
        at=(2, 1),
        fix="Windows-1258",
    ),
    *(
        FileFault(
            when=f"a file was saved as {encoding}",
            code="not-utf-8",
            file=CAMPAIGN,
            make=lambda root, encoding=encoding: (root / CAMPAIGN).write_text(  # type: ignore[misc]
                "id: x\ntitle: Nước\n", encoding=encoding
            ),
            fix="UTF-16 (Notepad gọi là Unicode)",
        )
        for encoding in ("utf-16", "utf-16-le")
    ),
    FileFault(
        when="a whole file was typed with an old font",
        code="old-font",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_bytes("title: N\xadíc s¹ch\n".encode("latin-1")),
        says="đọc là: Nước sạch",
    ),
    FileFault(
        when="a file is empty",
        code="empty-file",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_text(" \n\n"),
    ),
    FileFault(
        when="a file holds comments alone",
        code="empty-file",
        file=CAMPAIGN,
        make=lambda root: (root / CAMPAIGN).write_text("# còn trống\n"),
    ),
    FileFault(
        when="a file's marks are typed apart from their letters",
        code="not-nfc",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text(
            "---\ntitle: Mot\nsummary: Nu\u031bo\u031b\u0301c\n---\nMot.\n", encoding="utf-8"
        ),
        at=(3, 1),
    ),
    FileFault(
        when="Notepad adds its end to the name of a lesson",
        code="unread-file",
        file="content/lessons/nuoc-sach/bai-thu.md.txt",
        make=lambda root: (root / "content/lessons/nuoc-sach/bai-thu.md.txt").write_text("---\n"),
        says="chỉ đọc tệp có đuôi .md",
        fix="đổi tên thành content/lessons/nuoc-sach/bai-thu.md;",
    ),
    FileFault(
        when="a file from Word lies among the lessons",
        code="file-of-no-use",
        file="content/lessons/nuoc-sach/bai-thu.docx",
        make=lambda root: (root / "content/lessons/nuoc-sach/bai-thu.docx").write_bytes(b"PK"),
        fix="vào một tệp .md",
    ),
    FileFault(
        when="a file of the programme is missing",
        code="missing-file",
        file=UNITS,
        make=lambda root: (root / UNITS).unlink(),
        fix="docs/authoring.vi.md",
    ),
    FileFault(
        when="a control character was pasted into a body",
        code="unseen-character",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("---\ntitle: Một\n---\nHai\0ba.\n", encoding="utf-8"),
        at=(4, 4),
    ),
    FileFault(
        when="a Markdown file starts with its body",
        code="no-front-matter",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("Chỉ có nội dung.\n", encoding="utf-8"),
        says="chưa có phần đầu",
    ),
    FileFault(
        when="front matter is opened and never closed",
        code="unclosed-front-matter",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("---\ntitle: Một\n\nNội dung.\n", encoding="utf-8"),
        at=(4, 1),
        fix="trước dòng này",
    ),
    FileFault(
        when="Word made long dashes of those that close front matter",
        code="front-matter-fence",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("---\ntitle: Một\n—-\nNội dung.\n", encoding="utf-8"),
        at=(3, 1),
        fix="gõ lại: ---",
    ),
    FileFault(
        when="front matter has no line above it",
        code="front-matter-not-opened",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("title: Một\n---\nNội dung.\n", encoding="utf-8"),
        at=(1, 1),
        fix="ngay trước dòng này",
    ),
    FileFault(
        when="a blank line stands above front matter",
        code="front-matter-not-first",
        file=PAGE,
        make=lambda root: (root / PAGE).write_text("\n---\ntitle: Một\n---\nNội dung.\n", encoding="utf-8"),
        at=(2, 1),
        fix="xóa dòng trống",
    ),
    FileFault(
        when="a lesson lies outside of any course's folder",
        code="misplaced-lesson",
        file="content/lessons/lac.md",
        make=lambda root: (root / "content/lessons/lac.md").write_text("---\n---\n"),
    ),
    FileFault(
        when="a lesson's name has marks",
        code="misplaced-lesson",
        file="content/lessons/nuoc-sach/Bài-ba.md",
        make=lambda root: (root / "content/lessons/nuoc-sach/Bài-ba.md").write_text("---\n---\n"),
        fix="không dấu",
    ),
    FileFault(
        when="Windows keeps the name of a file",
        code="windows-name",
        file="content/pictures/Aux.svg",
        make=lambda root: (root / "content/pictures/Aux.svg").write_text(svg("")),
        says="“Aux”",
    ),
    FileFault(
        when="a link stands for a lesson",
        code="linked-file",
        file="content/lessons/nuoc-sach/bai-khac.md",
        make=lambda root: (root / "content/lessons/nuoc-sach/bai-khac.md").symlink_to("/etc/hostname"),
        fix="chép tệp hoặc thư mục thật",
    ),
    FileFault(
        when="a pipe has the name of a lesson",
        code="no-plain-file",
        file="content/lessons/nuoc-sach/bai-khac.md",
        make=lambda root: os.mkfifo(root / "content/lessons/nuoc-sach/bai-khac.md"),
    ),
    FileFault(
        when="a drawing is cut off",
        code="unreadable-drawing",
        file=PHOTO.replace(".jpg", ".svg"),
        make=lambda root: _with_photo(root, svg("<path/>")[:-3].encode(), ".svg"),
        at=(3, 1),
        fix="Plain SVG",
    ),
    FileFault(
        when="a drawing holds itself",
        code="heavy-drawing",
        file=PHOTO.replace(".jpg", ".svg"),
        make=lambda root: _with_photo(root, HEAVY["a part within itself"].encode(), ".svg"),
    ),
    FileFault(
        when="a photograph is cut off",
        code="broken-photo",
        file=PHOTO,
        make=lambda root: _with_photo(root, picture("JPEG")[:-40]),
    ),
    FileFault(
        when="a photograph has the end of another kind",
        code="photo-of-other-kind",
        file=PHOTO,
        make=lambda root: _with_photo(root, picture("PNG")),
        says="PNG",
        fix="thành .png",
    ),
    FileFault(
        when="a photograph is larger than a page can be",
        code="photo-too-big",
        file=PHOTO,
        make=lambda root: _with_photo(root, picture("JPEG") + bytes(12_000_000)),
        says="12 MB",
    ),
    FileFault(
        when="a photograph tells where it was taken",
        code="photo-with-place",
        file=PHOTO,
        make=lambda root: _with_photo(root, placed("JPEG")),
        says="GPS",
    ),
    FileFault(
        when="a lesson has the name of the test's address",
        code="reserved-name",
        file="content/lessons/nuoc-sach/kiem-tra.md",
        make=lambda root: _second_lesson_again(root, "kiem-tra"),
        at=(2, 1),
        says="“kiem-tra”",
    ),
    FileFault(
        when="a lesson has no body",
        code="empty-lesson",
        file=SECOND,
        make=lambda root: _without_body(root / SECOND),
        at=(2, 1),
    ),
)


def _with_photo(root: Path, raw: bytes, end: str = ".jpg") -> None:
    (root / PHOTO).with_suffix(end).write_bytes(raw)


def _second_lesson_again(root: Path, name: str) -> None:
    lesson = OWN_OBJECTIVES.sub("objectives: [bao-tin]", (root / SECOND).read_text(encoding="utf-8"))
    (root / SECOND).with_stem(name).write_text(lesson, encoding="utf-8")
    course = (root / COURSE).read_text(encoding="utf-8")
    (root / COURSE).write_text(course.replace("bao-nuoc-ban]", f"bao-nuoc-ban, {name}]"), encoding="utf-8")


def _without_body(path: Path) -> None:
    lesson, scenario = path.read_text(encoding="utf-8"), "\n!!! scenario nuoc-duc\n"
    path.write_text(lesson[: lesson.index("---\n", 4) + 4], encoding="utf-8")
    page = path.parent / "giu-nguon-nuoc.md"
    page.write_text(page.read_text(encoding="utf-8").replace("#goi-ai", "") + scenario, encoding="utf-8")
