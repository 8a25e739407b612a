"""What ends soon, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme.status import Overview
from ...programme.status.ends import ComingEnd, ShortBank
from ...programme.vietnamese import written_day
from .layout import items, labelled, wrapped

ENDS = {
    "approval": "Phê duyệt của “{name}” ({file})",
    "question": "Câu hỏi {name} ({file})",
    "term": "Định nghĩa của thuật ngữ “{name}” trong bảng thuật ngữ",
    "law": "Nội dung sổ pháp luật ghi về {name}",
}


def ends(found: Overview) -> Iterator[str]:
    yield wrapped(
        "Chỉ kể những gì có ghi ngày: phê duyệt, câu hỏi, thuật ngữ, nội dung của sổ pháp luật, và văn bản "
        "còn được dẫn. Mỗi dòng ghi ngày cuối cùng còn dùng được."
    )
    if found.ends.coming:
        yield from labelled([(written_day(one.last_day), _told(found, one)) for one in found.ends.coming], 4)
    else:
        yield wrapped("Không có gì ghi là hết hạn trong thời gian ấy.")
    if found.ends.short_banks:
        yield wrapped("Ngân hàng câu hỏi không còn đủ câu cho một đề kiểm tra:")
        yield from items(map(_short, found.ends.short_banks), 4)


def _told(found: Overview, one: ComingEnd) -> str:
    told = ENDS[one.kind].format(name=one.name, file=one.file)
    used = f"; {one.citing} tệp có dẫn" if one.citing else ""
    return f"{told}{used}{'; đã hết hạn' if one.last_day < found.day else ''}"


def _short(one: ShortBank) -> str:
    of = f", mục tiêu {one.objective}" if one.objective else ""
    left = f"còn {one.left} câu" if one.left else "không còn câu nào"
    return (
        f"Khóa {one.course}, ngân hàng {one.bank}{of}: từ ngày {written_day(one.on)} {left}, "
        f"mỗi đề cần {one.needed} câu."
    )
