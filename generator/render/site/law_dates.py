"""The days of a law in order, for the line of dates on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ...programme.model import registers
from ...programme.model.registers import Reference, Register

#: Of several things on one day, the first of these gives the mark on the line.
MARKS = ("ended", "begun", "part", "issued", "checked")


@dataclass(frozen=True, kw_only=True)
class LawDay:
    """A day of a law, what happens on it, and whether it is known to be law from then to the next."""

    day: date
    mark: str
    words: tuple[str, ...]
    is_law_after: bool


def law_days(id: str, reference: Reference, register: Register) -> tuple[LawDay, ...]:
    """Returns the days of a document in order; none where only the day of the check is known."""
    happenings: dict[date, list[tuple[str, str]]] = {}
    for day, mark, words in _happenings(id, reference, register):
        happenings.setdefault(day, []).append((mark, words))
    if len(happenings) < 2:
        return ()
    return tuple(
        LawDay(
            day=day,
            mark=min((mark for mark, _ in marks), key=MARKS.index),
            words=tuple(dict.fromkeys(words for _, words in marks)),
            is_law_after=_is_law_after(reference, day, register.checked_until),
        )
        for day, marks in sorted(happenings.items())
    )


def predecessors(id: str, documents: Mapping[str, Reference]) -> tuple[tuple[str, Reference], ...]:
    """Returns the documents of the register that this one replaced."""
    return tuple(
        (former, reference) for former, reference in documents.items() if reference.replaced_by == id
    )


def _is_law_after(reference: Reference, day: date, checked_until: date) -> bool:
    is_known = reference.status != "unverified" and reference.effective_from is not None
    return (
        is_known and day < checked_until and day != reference.effective_until and reference.was_in_force(day)
    )


def _happenings(id: str, reference: Reference, register: Register) -> Iterator[tuple[date, str, str]]:
    if isinstance(reference.issued, date):
        yield reference.issued, "issued", f"{reference.issuer} ban hành"
    if reference.effective_from:
        former = [document.short for _, document in predecessors(id, register.documents)]
        yield (
            reference.effective_from,
            "begun",
            f"Có hiệu lực{', thay ' if former else ''}{', '.join(former)}",
        )
    yield from _of_parts(reference)
    if reference.effective_until:
        yield reference.effective_until, "ended", "Ngày cuối còn hiệu lực"
    if reference.valid_until:
        yield reference.valid_until, "part", "Nội dung ghi ở đây đúng đến ngày này"
    is_over = reference.status in registers.ENDED
    after = "" if is_over else ". Sau đó: kiểm lại trước khi dùng"
    yield register.checked_until, "checked", f"Đã kiểm hiệu lực tới ngày này{after}"


def _of_parts(reference: Reference) -> Iterator[tuple[date, str, str]]:
    """Yields the days of parts that are not those of the whole, the places of a day together."""
    began: dict[date, list[str]] = {}
    ended: dict[date, list[str]] = {}
    right: dict[date, list[str]] = {}
    for keys, place in reference.all_statements():
        if not keys:
            continue
        words = registers.locator_words(reference, ".".join(keys[1::2]))
        if place.effective_from and place.effective_from != reference.effective_from:
            began.setdefault(place.effective_from, []).append(words)
        if place.effective_until and place.effective_until != reference.effective_until:
            ended.setdefault(place.effective_until, []).append(words)
        if place.valid_until and place.valid_until != reference.valid_until:
            right.setdefault(place.valid_until, []).append(words)
    for day, places in began.items():
        yield day, "part", f"Riêng {', '.join(places)} có hiệu lực"
    for day, places in ended.items():
        yield day, "part", f"Ngày cuối áp dụng {', '.join(places)}"
    for day, places in right.items():
        yield day, "part", f"Nội dung ghi ở {', '.join(places)} đúng đến ngày này"
