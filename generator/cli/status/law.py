"""Which law is to be looked at again, and which content is older than its law, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ...programme.status.content import ContentAge, OutdatedContent
from ...programme.status.law import DoubtfulLaw, LawChange, LawDue
from ...programme.vietnamese import written_day
from .content import CONTENT_WORDS
from .layout import labelled, wrapped

CHANGES = {
    "begins": "{title} bắt đầu có hiệu lực",
    "ended": "{title} hết hiệu lực",
    "lapsed": "Nội dung sổ pháp luật ghi về {title} hết đúng",
    "amended": "{title} được sửa đổi: {by}",
    "compared": "{title} được đối chiếu lại trong sổ pháp luật",
}
DOUBTS = {
    "unverified": "Văn bản, điều khoản chưa kiểm, không dẫn như luật (kèm ngày xem gần nhất):",
    "compare": "Văn bản, điều khoản cần đối chiếu bản gốc (kèm ngày xem gần nhất):",
}


def law(due: LawDue, day: date) -> Iterator[str]:
    if not due.documents:
        yield "  Sổ pháp luật chưa có văn bản nào."
        return
    yield wrapped(f"Sổ pháp luật có {due.documents} văn bản. Hiệu lực kiểm tới ngày {_until(due, day)}")
    yield wrapped(due.notice)
    coming = [(written_day(one.on), _change(one) + _used(one.citing)) for one in due.coming]
    yield from _listed("Thay đổi đã biết ngày:", coming)
    for doubt, heading in DOUBTS.items():
        yield from _listed(heading, [_doubtful(one) for one in due.doubtful if one.doubt == doubt])
    if due.undated:
        yield wrapped(
            "Văn bản có dẫn mà sổ chưa ghi ngày có hiệu lực của văn bản hoặc của lần sửa đổi, nên chưa so "
            f"được với ngày của nội dung: {'; '.join(due.undated.values())}."
        )


def _until(due: LawDue, day: date) -> str:
    passed = (day - due.checked_until).days
    until = written_day(due.checked_until)
    return f"{until}; {passed} ngày sau đó chưa kiểm." if passed > 0 else f"{until}."


def _listed(heading: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield wrapped(heading)
        yield from labelled(rows, 4)


def _doubtful(one: DoubtfulLaw) -> tuple[str, str]:
    return written_day(one.checked), one.title + _used(one.citing)


def _used(count: int) -> str:
    return f" ({count} nội dung có dẫn)" if count else " (chưa nội dung nào dẫn)"


def _change(one: LawChange) -> str:
    return CHANGES[one.change].format(title=one.title, by=one.by)


def content_age(age: ContentAge, day: date) -> Iterator[str]:
    if not age.citing:
        yield "  Chưa nội dung nào dẫn văn bản pháp luật."
        return
    yield wrapped(
        f"Đã so {age.citing} nội dung có dẫn văn bản (khóa học, bài, chiến dịch, trang, ngân hàng câu hỏi). "
        f"Ngày của nội dung là ngày rà soát; {age.unchecked} nội dung "
        f"chưa ghi ngày ấy thì lấy ngày chung của chương trình, {written_day(age.as_of)}."
    )
    if not age.outdated:
        yield wrapped(
            f"Đến ngày {written_day(day)}, sổ pháp luật không ghi thay đổi nào sau ngày ấy. Thay đổi "
            "không có trong sổ thì phần mềm không biết."
        )
        return
    yield wrapped("Thay đổi sau ngày của nội dung, và nội dung cần đọc lại:")
    yield from labelled(_changes(age.outdated), 4)


def _changes(outdated: Sequence[OutdatedContent]) -> list[tuple[str, str]]:
    """Returns each change once, the earliest first, with all that has to be read again because of it."""
    found: dict[LawChange, list[str]] = {}
    for one in outdated:
        for change in one.law:
            found.setdefault(change, []).append(_content(one))
    ordered = sorted(found.items(), key=lambda item: item[0].on)
    return [
        (written_day(change.on), f"{_change(change)}.\nCần đọc lại: {'; '.join(contents)}.")
        for change, contents in ordered
    ]


def _content(one: OutdatedContent) -> str:
    checked = f", rà soát {written_day(one.day)}" if one.is_checked else ""
    return f"{one.id} ({CONTENT_WORDS[one.kind]}{checked})"
