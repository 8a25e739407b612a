"""How a legal pointer reads to a person: "Nghị định 282/2025, Điều 34 khoản 5"."""

from __future__ import annotations

from datetime import date

from .model.reference import ENDED, Reference

STATUS_WORDS = {
    "in-force": "còn hiệu lực",
    "amended": "còn hiệu lực, đã sửa đổi",
    "partly-in-force": "còn hiệu lực một phần",
    "replaced": "đã thay thế",
    "expired": "hết hiệu lực",
    "unverified": "chưa kiểm",
}
IN_FORCE = frozenset(STATUS_WORDS[one] for one in ("in-force", "amended", "partly-in-force"))
CONFIDENCE_WORDS = {
    "high": "cao",
    "medium": "vừa, cần đối chiếu bản gốc",
    "low": "thấp, không dùng làm căn cứ",
}


def locator_words(reference: Reference, locator: str) -> str:
    """`34.5` is "Điều 34 khoản 5", `8.3.d` "Điều 8 khoản 3 điểm d", `II.2.1.c` "mục II.2.1 điểm c"."""
    if not locator:
        return ""
    parts = locator.split(".")
    if reference.divided_by == "points":
        section = [part for part in parts if not part.islower()]
        points = [f"điểm {part}" for part in parts if part.islower()]
        return " ".join([f"mục {'.'.join(section)}", *points])
    article = reference.articles.get(parts[0])
    head = f"Điều {parts[0]}" if parts[0][:1].isdigit() else (article and article.title) or parts[0]
    rest = [f"khoản {part}" if part[:1].isdigit() else f"điểm {part}" for part in parts[1:]]
    return " ".join([head, *rest])


def citation_words(reference: Reference, locator: str) -> str:
    return ", ".join(filter(None, (reference.short, locator_words(reference, locator))))


def doubt_words(reference: Reference, locator: str) -> str:
    """Returns what a reader of a citation has to know of it; nothing where the register is sure."""
    if not reference.may_be_law(locator):
        return "chưa kiểm"
    return "cần đối chiếu bản gốc" if reference.confidence_of(locator) == "medium" else ""


def status_on(reference: Reference, on: date) -> str:
    """The status words of a document on a day: one that has ended by then is not in force."""
    has_end = reference.effective_until is not None
    if reference.status in ENDED and has_end and reference.was_in_force(on):
        return STATUS_WORDS["in-force"]
    if reference.status == "unverified" or reference.was_in_force(on):
        return STATUS_WORDS[reference.status]
    ended = reference.effective_until is not None and reference.effective_until < on
    if not ended:
        return "chưa có hiệu lực"
    return STATUS_WORDS["replaced" if reference.replaced_by else "expired"]


def says_in_force(status: str) -> bool:
    """Whether status words say that it is law; that holds up to the day that the register was checked."""
    return status in IN_FORCE
