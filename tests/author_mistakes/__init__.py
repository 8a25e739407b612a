"""Mistakes that authors make, each with what must be found or what a reader must see.

The rows were written as an author makes the mistake, without looking at how it is checked: what is done
right in silence is told by the HTML that a reader gets, and all the rest by the finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LESSON = "content/lessons/nuoc-sach/giu-nguon-nuoc.md"
COURSE = "curricula/nuoc-sach.yml"
BANK = "content/questions/nuoc-sach-tu-kiem-tra.yml"
CAMPAIGN = "content/campaigns/giu-giot-nuoc.yml"
CONTACTS = "content/programme/contacts.yml"
PICTURES = "content/pictures/pictures.yml"
#: The paragraph in which most mistakes are made.
PARAGRAPH = "Ghi vào sổ ba dòng: gặp ai, nói gì, hẹn gì."
LAST = "Nói tên và cơ quan của bạn."
#: A lesson as an author writes it, with nothing to find in it.
GOOD_LESSON = f"""\
---
title: Gặp trưởng bản về nguồn nước
summary: Bạn mở đầu được cuộc gặp mười lăm phút với trưởng bản.
minutes: 20
objectives: [giu-nguon]
key_points:
  - Nói rõ bạn là ai, đến vì việc gì.
  - Hỏi trước, nhắc sau.
  - Để lại số cần gọi.
self_check: [nuoc-nao-sach, viec-nen-lam, giu-la-viec-chung]
activities:
  - {{title: Đóng vai cuộc gặp, minutes: 10, form: nhóm}}
trainer_notes: |
  Cho hai học viên đóng vai.
  Đổi vai sau năm phút.
serves: [II.1.1.a]
review: {{status: draft}}
---
<!-- taphuan: allow lesson-length vì là bài mẫu -->

Sáng thứ Hai, bạn lên bản. Ai cũng giữ nguồn nước [@nd-moi:3].

## Vào chuyện

{LAST} Khi nước đục, gọi [contact:to-cap-nuoc].

## Sau cuộc gặp

{PARAGRAPH}

!!! case "Trưởng bản hỏi"
    Trưởng bản hỏi: “Nước này uống được không?”

    ??? discussion "Gợi ý thảo luận"
        Hỏi trạm y tế trước khi trả lời.

!!! monday "Việc cần làm sáng thứ Hai"
    1. Chọn một bản.
    2. Hẹn giờ gặp.
"""


@dataclass(frozen=True)
class Mistake:
    """What an author did, as `new` for `old` in a file or as `make`, and what comes of it.

    `code` is that of the first finding, on the line where `«` stands in `new` (taken out before; its
    first line where there is none), or on `line`; `also` are the codes of all others. Where nothing is to
    be found, every piece of `seen` stands in the page and on the sheet, and no piece of `unseen`.
    """

    author: str
    new: str = ""
    old: str = PARAGRAPH
    file: str = LESSON
    code: str = ""
    fix: str = ""
    also: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    make: Callable[[Path], object] | None = None
    line: int = 0
    not_yet: str = ""


def encoded(encoding: str, newline: str = "\n") -> Callable[[Path], object]:
    """Returns what saves the lesson in another encoding or with other line ends."""

    def save(root: Path) -> object:
        return (root / LESSON).write_bytes(GOOD_LESSON.replace("\n", newline).encode(encoding))

    return save


def written(change: Callable[[str], str]) -> Callable[[Path], object]:
    """Returns what writes the lesson anew, changed as a whole."""
    return lambda root: (root / LESSON).write_text(change(GOOD_LESSON), encoding="utf-8")


def renamed(file: str, name: str) -> Callable[[Path], object]:
    """Returns what gives a file another name, or moves it."""
    return lambda root: (root / file).rename(root / name)
