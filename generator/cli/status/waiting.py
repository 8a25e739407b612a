"""What waits, in words: for an approval, for an answer, for material."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ...programme.status import Overview
from ...programme.status.approvals import KINDS, STATES, AwaitedApproval
from ...programme.status.decisions import AwaitedDecision
from ...programme.status.plan import PlanCover, UnservedPoint
from ...programme.vietnamese import written_day
from ..approve.approval import KINDS as WORDS
from ..approve.listing import OVER, STATUSES
from .layout import items, labelled, shortened, table, wrapped

STATE_WORDS = {**STATUSES, "over": OVER}
KIND_WORDS = {**{key: WORDS[kind] for kind, key in KINDS.items()}, "bank": "ngân hàng câu hỏi"}
LONGEST_TASK = 110


def approvals(found: Overview) -> Iterator[str]:
    counts = found.approvals.counts
    if not counts:
        yield "  Chưa có nội dung nào để phê duyệt."
        return
    heads = [STATE_WORDS[one].capitalize() for one in STATES]
    rows = [
        (KIND_WORDS[kind].capitalize(), [str(counts[kind][one]) if kind in counts else "–" for one in STATES])
        for kind in KINDS.values()
    ]
    yield from table(heads, rows)
    if any(kind not in counts for kind in KINDS.values()):
        yield "  Dấu – là chưa có nội dung loại ấy."
    if not found.approvals.next:
        yield wrapped(f"Mọi nội dung đều đã phê duyệt và còn hạn sau ngày {written_day(found.until)}.")
    else:
        yield "  Việc phê duyệt tiếp theo:"
        yield from items((_next(one, found.day) for one in found.approvals.next), 4)
    if found.approvals.contacts:
        yield wrapped("Việc phải làm trước khi phê duyệt nội dung có nêu những đầu mối sau:")
        yield from items((f"{one.name}: {one.condition}." for one in found.approvals.contacts), 4)


def _next(one: AwaitedApproval, day: date) -> str:
    what = "khóa học và các bài riêng" if one.kind == "course" else KIND_WORDS[one.kind]
    states = ", ".join(f"{count} {STATE_WORDS[key]}" for key, count in one.states.items())
    return f"{one.id} ({what}): {states}. {_step(one, day)}"


def _step(one: AwaitedApproval, day: date) -> str:
    if one.valid_until:
        until = written_day(one.valid_until)
        if one.valid_until < day:
            return f"Phê duyệt có giá trị đến hết ngày {until}, nay cần phê duyệt lại."
        return f"Phê duyệt còn giá trị đến hết ngày {until}, cần phê duyệt lại trước khi hết hạn."
    return "Trình phê duyệt." if "draft" not in one.states else "Rà soát rồi trình phê duyệt."


def decisions(found: Overview) -> Iterator[str]:
    if not found.decisions:
        yield "  Tệp content/programme/decisions.yml không ghi câu hỏi nào còn mở."
        return
    who = Counter(name for one in found.decisions for name in one.who)
    yield "  Số câu hỏi theo cơ quan cần trả lời:"
    yield from items((f"{name}: {count}" for name, count in who.most_common()), 4)
    yield wrapped("Từng câu hỏi, kèm ngày nêu. Nêu ở đây không có nghĩa là đã gửi công văn.")
    yield from labelled([(written_day(one.since), _asked(found, one)) for one in found.decisions], 4)


def _asked(found: Overview, one: AwaitedDecision) -> str:
    parts = [f"Trả lời: {'; '.join(one.who) or 'chưa ghi cơ quan nào'}."]
    if one.targets:
        parts.append(f"Chỉ tiêu còn chờ: {'; '.join(one.targets.values())}.")
    if one.courses:
        every = len(one.courses) == len(found.courses) > 1
        parts.append(
            f"Khóa học liên quan: {f'cả {len(one.courses)} khóa' if every else ', '.join(one.courses)}."
        )
    return f"{one.question}\n{' '.join(parts)}"


def plan(cover: PlanCover) -> Iterator[str]:
    if not cover.points:
        yield "  Chương trình chưa ghi nhiệm vụ nào của kế hoạch."
        return
    yield wrapped(
        "Đối chiếu từng điểm nhiệm vụ ở mục II của kế hoạch với khóa học, bài và chiến dịch. Điểm đã có tài "
        "liệu chưa chắc đã có đủ."
    )
    if not cover.unserved:
        yield wrapped(f"Cả {cover.points} điểm đều có ít nhất một tài liệu phục vụ.")
        return
    asking = [one for one in cover.unserved if one.asks]
    others = [one for one in cover.unserved if not one.asks]
    if asking:
        yield wrapped("Điểm có nêu tài liệu, tập huấn hoặc truyền thông, cần biên soạn trước:")
        yield from _points(asking)
    if others:
        yield wrapped("Điểm không nêu tài liệu, tập huấn hay truyền thông, có thể không cần biên soạn:")
        yield from _points(others)


def _points(points: Sequence[UnservedPoint]) -> list[str]:
    return labelled([(one.point, shortened(one.text, LONGEST_TASK) + _leads(one)) for one in points], 4)


def _leads(one: UnservedPoint) -> str:
    return f" (chủ trì: {'; '.join(one.leads)})" if one.leads else ""
