"""The key that an author meant by a name that is none: in capitals, in Vietnamese, mistyped."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from ..vietnamese import folded

#: What an author calls a key in Vietnamese, without marks; the first that is known in its place is meant.
IN_VIETNAMESE = {
    "anh": ("picture",),
    "bai": ("lessons",),
    "bai hoc": ("lessons",),
    "bang chung": ("evidence",),
    "cau hoi": ("stem", "questions", "question"),
    "chu": ("text",),
    "co quan": ("who",),
    "dap an": ("answer", "correct"),
    "dau moi": ("contacts",),
    "dieu can nho": ("key_points",),
    "doi tuong": ("audience", "audiences"),
    "dung": ("correct",),
    "duyet": ("review",),
    "ghi chu": ("trainer_notes", "note"),
    "giai thich": ("explanation", "feedback"),
    "hinh": ("picture",),
    "hinh thuc": ("form",),
    "hoat dong": ("activities",),
    "lien he": ("contacts",),
    "loai": ("kind",),
    "lua chon": ("options",),
    "ma": ("id",),
    "muc tieu": ("objectives", "objective"),
    "nguon": ("source", "sources"),
    "noi dung": ("text",),
    "phan": ("modules",),
    "phan hoi": ("feedback",),
    "phe duyet": ("review",),
    "phuong an": ("options",),
    "phut": ("minutes",),
    "so phut": ("minutes",),
    "tai lieu": ("materials",),
    "ten": ("title", "name"),
    "ten bai": ("title",),
    "tham dinh": ("review",),
    "thoi gian": ("minutes",),
    "thoi luong": ("minutes",),
    "thong diep": ("message",),
    "tieu de": ("title",),
    "tom tat": ("summary",),
    "trang thai": ("status",),
    "tu kiem tra": ("self_check",),
    "van ban": ("document",),
    "vi sao": ("feedback", "explanation", "why"),
    "y chinh": ("key_points",),
}


def meant_key(written: str, known: Iterable[str]) -> str:
    """Returns the known key that `written` stands for, or nothing."""
    there = tuple(known)
    words = " ".join(re.findall(r"[a-z0-9]+", folded(written)))
    name = words.replace(" ", "_")
    if name in there:
        return name
    translated = [key for key in IN_VIETNAMESE.get(words, ()) if key in there]
    # Of three letters two are soon alike ("hỏi", `who`), so a short word has to begin like the key.
    alike = there if len(name) > 3 else tuple(key for key in there if key[:1] == name[:1])
    near = difflib.get_close_matches(name or written, alike, n=1, cutoff=0.6)
    return next(iter([*translated, *near]), "")
