"""Problems: a code, where it is, the values of its sentence, and the name that was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .model.values import NOTHING, Document
from .vietnamese import folded

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A spot in a file: a path of keys into its YAML, or a line, and a phrase to point at there.

    `at_key` points at the key rather than its value. `line`, counted from 1, serves Markdown bodies; the
    phrase is looked for from `column` on. In a value, `nth` equal phrases are skipped first.
    """

    file: str
    path: Path = ()
    at_key: bool = False
    line: int | None = None
    column: int = 1
    phrase: str = ""
    nth: int = 0


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A problem: `code` names the sentence in `messages.toml`; `values` fill its placeholders.

    `about` is the kind of thing that was looked for in vain ("lesson", "bank lesson" …): where a file of
    such a kind could not be read, the problem only follows from that and is left out.
    """

    code: str
    place: Place
    values: Mapping[str, str] = NOTHING
    suggestion: str = ""
    about: str = ""


def place_of(document: Document, *path: str | int) -> Place:
    return Place(file=document.source, path=path)


def nearest_name(name: str, known: Iterable[str]) -> str:
    """Returns the known name closest to `name`, or ""."""
    return _nearest_of(name, tuple(known))


@lru_cache(maxsize=1_000)
def _nearest_of(name: str, known: tuple[str, ...]) -> str:
    return "".join(difflib.get_close_matches(name, known, n=1, cutoff=0.6))


def unknown_name(kind: str, place: Place, id: str, known: Iterable[str], *, about: str = "") -> Problem:
    """Returns the problem `unknown-<kind>`, left out where a file of `about` (else `kind`) was unreadable."""
    known = tuple(known)
    return Problem(
        code=f"unknown-{kind}",
        place=place,
        values={"id": id},
        suggestion=nearest_name(id, known) or nearest_name(id.lower(), known),
        about=about or kind,
    )


#: What an author calls a key in Vietnamese, without marks; the first that is known in its place is meant.
IN_VIETNAMESE = {
    "anh": ("picture",),
    "canh": ("scenes",),
    "canh ket": ("end",),
    "bai": ("lessons",),
    "bai hoc": ("lessons",),
    "bang chung": ("evidence",),
    "cau hoi": ("stem", "questions", "question"),
    "chu": ("text",),
    "co quan": ("who",),
    "cot loi": ("core",),
    "dap an": ("answer", "correct"),
    "danh cho": ("for",),
    "dau moi": ("contacts",),
    "dieu can nho": ("key_points",),
    "doi tuong": ("audience", "audiences"),
    "dung": ("correct",),
    "duyet": ("review",),
    "ghi chu": ("trainer_notes", "note"),
    "giai thich": ("explanation", "feedback"),
    "he qua": ("consequence",),
    "hinh": ("picture",),
    "hinh thuc": ("form",),
    "hoat dong": ("activities",),
    "lien he": ("contacts",),
    "lo trinh": ("paths",),
    "loai": ("kind",),
    "ket": ("end",),
    "khi nao": ("when",),
    "lua chon": ("options", "choices"),
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
    "thoi gian": ("minutes", "when"),
    "tiep": ("next",),
    "tiep theo": ("next",),
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
    """Returns the known key that `written` stands for, or ""."""
    known_keys = tuple(known)
    words = " ".join(re.findall(r"[a-z0-9]+", folded(written)))
    name = words.replace(" ", "_")
    if name in known_keys:
        return name
    translated = [key for key in IN_VIETNAMESE.get(words, ()) if key in known_keys]
    # Words of three letters are easily alike ("hỏi", `who`), so a short word has to begin like the key.
    alike = known_keys if len(name) > 3 else tuple(key for key in known_keys if key[:1] == name[:1])
    near = difflib.get_close_matches(name or written, alike, n=1, cutoff=0.6)
    return next(iter([*translated, *near]), "")
