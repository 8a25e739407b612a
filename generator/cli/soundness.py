"""What is wrong with a ledger, in words: which row of which table, what about it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..records.integrity import DAMAGE, Check
from ..records.ledger import LedgerFault, ProblemKind
from ..records.schema import METADATA
from ..records.schema.projections import COMPUTED
from ..records.verification import Verification

#: What a table of figures is about, as who operates a ledger calls it.
TABLES = {
    "attempt": "bài kiểm tra",
    "completion": "lượt hoàn thành",
    "pending": "lượt chờ xác nhận",
    "waiver": "lượt miễn học",
    "tally": "số người đã hoàn thành",
    "expected": "số người cần học",
}
#: What a table is about whose rows are as somebody wrote them.
VOUCHED = {
    "unit": "đơn vị",
    "former_name": "tên cũ của đơn vị",
    "person": "một người",
    "roster": "danh sách đã chốt",
    "superseded_roster": "danh sách đã bị thay",
    "course_version": "quy định của khóa học",
    "form": "đề kiểm tra",
    "class_session": "lớp tập huấn",
    "activity": "hoạt động truyền thông",
    "issued_plan": "kế hoạch của đơn vị",
    "certificate": "phiếu xác nhận",
    "figure": "số liệu cơ quan chủ trì nhập",
    "audit": "nhật ký",
}
SENTENCES: dict[ProblemKind, str] = {
    "gone": "Sổ (bảng event): mất {1} dòng ngay trước dòng {0}.",
    "payload": "Sổ (bảng event), dòng {0}: nội dung đã bị sửa sau khi ghi.",
    "chain": "Sổ (bảng event), dòng {0}: không nối được với dòng trước; một trong hai đã bị sửa hoặc mất.",
    "unreadable": "Sổ (bảng event): có dòng không đọc được nội dung, nên chưa đối chiếu được số liệu.",
    "merged": "Người mã {0} (bảng person): {here}, nhưng theo sổ thì {there}.",
    "differs": "Số liệu về {about} (bảng {where}), dòng {what}: khác với khi tính lại từ sổ.",
    "nobody": "Số liệu về {about} (bảng {where}), dòng {what}: của một người không có trong sổ.",
    "digests-gone": "Chuỗi dấu kiểm (bảng row_digest): mất {1} dòng ngay trước dòng {0}.",
    "digests-chain": "Chuỗi dấu kiểm (bảng row_digest), dòng {0}: không nối được với dòng trước; một "
    "trong hai đã bị sửa hoặc mất.",
    "changed": "Hồ sơ về {about} (bảng {where}), dòng {what}: đã bị sửa mà không qua phần mềm này.",
    "removed": "Hồ sơ về {about} (bảng {where}), dòng {what}: đã bị xóa mà không qua phần mềm này.",
    "added": "Hồ sơ về {about} (bảng {where}), dòng {what}: bị thêm vào mà không qua phần mềm này.",
    "members": "Danh sách số {0} (bảng roster_member, mã {what}): hiện có {1} người, không còn đúng "
    "như lúc chốt; có người đã bị thêm, bớt hoặc đổi đơn vị mà không qua phần mềm này.",
    "damaged": "{place}: có chỗ hỏng, không đọc được hết.",
    "index": "{place}: chỉ mục {0} (bảng tra để tìm nhanh) không khớp với bảng.",
    "counted": "{place}: số dòng theo chỉ mục (bảng tra để tìm nhanh) không khớp với bảng.",
    "constraint": "{place}: có giá trị trái với quy tắc của bảng.",
    "rule": "Bảng {where}, dòng {0}: trái với quy tắc {1} của bảng.",
    "value": "Bảng {where}, dòng {0}: giá trị ở cột {1} {fault}.",
    "orphan": "Bảng {where}, dòng {0}: cột {1} trỏ tới một dòng không có trong bảng {2}.",
    "unread": "Chưa đối chiếu được {part}, vì có giá trị không đọc được.",
}
#: What may be wrong with a value.
FAULTS = {
    "missing": "trống, mà phải có",
    "number": "không phải là số",
    "text": "không phải là chữ",
    "bytes": "không phải là dãy byte",
    "flag": "không phải là 0 hoặc 1",
    "moment": "không phải là một thời điểm",
    "day": "không phải là một ngày",
    "utf8": "có chỗ không phải là chữ UTF-8",
    "nul": "có ký tự rỗng (byte 0) giữa chữ",
}
PARTS = {
    "chain": "dấu kiểm của các dòng sổ",
    "rows": "danh sách và hồ sơ với lúc ghi",
    "figures": "số liệu với sổ",
    "values": "từng giá trị",
    "references": "những dòng trỏ tới nhau",
}
#: What was looked at, besides the chain and the figures.
CHECKS: Mapping[Check, str] = {
    "pages": "mọi trang và chỉ mục của tệp",
    "tables": "mọi bảng trên máy chủ, đọc hết",
    "amcheck": "mọi chỉ mục, bằng amcheck",
    "indexes": "số dòng theo chỉ mục (máy chủ không có amcheck để kiểm kỹ hơn)",
    "values": "từng giá trị",
    "references": "những dòng trỏ tới nhau",
}
#: Kinds that are of what was written, not computed, and so is never computed again.
WRITTEN = frozenset(
    {"gone", "payload", "chain", "unreadable", "digests-gone", "digests-chain"}
    | {"changed", "removed", "added", "members"}
    | {"constraint", "rule", "value", "orphan", "unread"}
)
FROM_BACKUP = (
    "Dừng dịch vụ, giữ nguyên sổ này, đừng ghi thêm. Kiểm từng bản sao lưu bằng taphuan records verify "
    "--database sqlite:///tệp-sao-lưu, rồi khôi phục từ bản mới nhất còn đúng bằng taphuan records restore; "
    "với PostgreSQL thì khôi phục bằng pg_restore."
)
KEEP = (
    "Cách xử lý: sổ đã bị sửa hoặc mất dòng, không lệnh nào chữa được, kể cả taphuan records rebuild. "
    f"{FROM_BACKUP}"
)
DAMAGED = (
    "Cách xử lý: cơ sở dữ liệu (nơi giữ sổ) bị hỏng, nên các dòng sổ và số liệu chưa được kiểm. Xem ổ "
    f"đĩa hoặc thẻ nhớ còn tốt không. {FROM_BACKUP}"
)
HEAD_GONE = (
    "Cách xử lý: xem mã đối chiếu đã chép đúng chưa, và --database có phải là sổ ấy không. Đúng cả hai "
    f"thì sổ đã mất dòng. {FROM_BACKUP}"
)
REBUILD = "Cách xử lý: sổ còn nguyên, chỉ số liệu tính từ sổ bị sai. Tính lại bằng taphuan records rebuild."


def worded(problem: LedgerFault) -> str:
    """Returns one problem as a sentence."""
    told = {
        "about": (TABLES | VOUCHED).get(problem.where, "sổ"),
        "where": problem.where,
        "what": problem.what,
        "here": "",
        "there": "",
        "place": f"Bảng {problem.where}" if problem.where in METADATA.tables else "Tệp của sổ",
        "fault": FAULTS.get(problem.values[-1], "") if problem.values else "",
        "part": PARTS.get(problem.values[0], "") if problem.values else "",
    }
    if problem.kind == "merged":
        person, here, there = problem.values
        told |= {"here": _merged(person, here, "đang"), "there": _merged(person, there, "đã")}
    return SENTENCES[problem.kind].format(*problem.values, **told)


def explained(problems: Iterable[LedgerFault]) -> Iterator[str]:
    """Yields each problem as a sentence, and last what to do; nothing where there is none."""
    problems = list(problems)
    yield from dict.fromkeys(map(worded, problems))
    if any(one.kind in DAMAGE for one in problems):
        yield DAMAGED
    elif problems:
        yield KEEP if _is_beyond_figures(problems) else REBUILD


def _is_beyond_figures(problems: Iterable[LedgerFault]) -> bool:
    """Whether something is wrong that computing figures again does not mend."""
    causes = [one for one in problems if one.kind != "unread"]
    return not causes or any(one.kind in WRITTEN and one.where not in COMPUTED for one in causes)


def looked_at(verification: Verification) -> str:
    """Returns what of the database itself was looked at."""
    return "; ".join(CHECKS[one] for one in verification.checks)


def _merged(person: str, into: str, when: str) -> str:
    if into == person:
        return "chưa nhập vào ai"
    return f"{when} nhập vào {into or 'chính mình'}"
