"""How the programme stands, in words: the whole in a few lines, then one heading after another."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...programme.status import Overview
from ...programme.vietnamese import written_day
from ..reporting import counted
from .ending import ends
from .lawful import content_age, law
from .layout import labelled, wrapped
from .taught import campaigns, courses, pages
from .waiting import approvals, decisions, plan


def told(found: Overview, findings: tuple[Finding, ...]) -> str:
    """Returns the page."""
    sections = (
        ("Phê duyệt", approvals(found)),
        ("Khóa học", courses(found)),
        ("Chiến dịch", campaigns(found)),
        ("Trang viết tay", pages(found)),
        ("Câu hỏi còn mở", decisions(found)),
        ("Văn bản pháp luật cần kiểm lại", law(found.law, found.day)),
        ("Nội dung cũ hơn văn bản được dẫn", content_age(found.age, found.day)),
        ("Nhiệm vụ của kế hoạch chưa có tài liệu", plan(found.plan)),
        (f"Hết hạn đến hết ngày {written_day(found.until)}", ends(found)),
    )
    lines = [*_head(found), "", *labelled(list(_summary(found, findings)))]
    for number, (heading, body) in enumerate(sections, 1):
        lines += ["", f"{number}. {heading.upper()}", *body]
    return "\n".join(lines)


def _head(found: Overview) -> Iterator[str]:
    yield f"TÌNH HÌNH CHƯƠNG TRÌNH, TÍNH ĐẾN NGÀY {written_day(found.day)}"
    yield wrapped(found.title, 0)
    yield wrapped(f"Cơ quan chủ trì: {found.coordinator}", 0)


def _summary(found: Overview, findings: tuple[Finding, ...]) -> Iterator[tuple[str, str]]:
    yield "Kiểm tra nội dung", _soundness(findings)
    yield "Phê duyệt", _approved(found)
    yield "Câu hỏi còn mở", _open(found)
    yield "Pháp luật", f"hiệu lực kiểm tới ngày {written_day(found.law.checked_until)}; {_doubtful(found)}"
    yield "Nội dung cũ", _outdated(found)
    yield "Kế hoạch", _unserved(found)
    yield "Hết hạn", _ending(found)


def _soundness(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "không có lỗi nào, xét theo ngày của từng nội dung"
    told = f"{counted(findings)}; xem từng chỗ cần sửa bằng lệnh taphuan check"
    is_short = any(finding.is_error for finding in findings)
    return told + ("; tệp có lỗi có thể chưa được tính trong các số dưới đây" if is_short else "")


def _approved(found: Overview) -> str:
    counts = found.approvals.counts.values()
    whole = sum(sum(states.values()) for states in counts)
    approved = sum(states["approved"] for states in counts)
    return f"{approved} trong {whole} nội dung đã phê duyệt và còn hạn" if whole else "chưa có nội dung nào"


def _open(found: Overview) -> str:
    if not found.decisions:
        return "không ghi câu hỏi nào"
    waiting = {target for one in found.decisions for target in one.targets}
    told = f"{len(found.decisions)} câu hỏi"
    if not waiting:
        return told
    return f"{told}; {len(waiting)} trong {found.targets} chỉ tiêu vì thế chưa kết luận được đạt hay chưa"


def _doubtful(found: Overview) -> str:
    count = len(found.law.doubtful)
    return f"{count} văn bản, điều khoản chưa chắc chắn" if count else "không ghi văn bản nào chưa chắc chắn"


def _outdated(found: Overview) -> str:
    age = found.age
    if not age.citing:
        return "chưa nội dung nào dẫn văn bản pháp luật"
    if not age.outdated:
        return f"chưa thấy, trong {age.citing} nội dung có dẫn văn bản pháp luật"
    return f"{len(age.outdated)} trong {age.citing} nội dung có dẫn văn bản cần đọc lại"


def _unserved(found: Overview) -> str:
    if not found.plan.points:
        return "chưa ghi nhiệm vụ nào của kế hoạch"
    return f"{len(found.plan.unserved)} trong {found.plan.points} nhiệm vụ ở mục II chưa có tài liệu"


def _ending(found: Overview) -> str:
    until = written_day(found.until)
    if not found.ends.coming:
        return f"không có gì ghi là hết hạn đến hết ngày {until}"
    over = sum(one.last_day < found.day for one in found.ends.coming)
    coming = len(found.ends.coming) - over
    parts = [f"{over} đã hết hạn"] * bool(over) + [f"{coming} sẽ hết hạn đến hết ngày {until}"] * bool(coming)
    return ", ".join(parts)
