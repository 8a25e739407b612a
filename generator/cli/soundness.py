"""What is wrong with a ledger, in words: which row of which table, what about it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..records.ledger import Problem, ProblemKind

#: What a table of figures is about, as who operates a ledger calls it.
TABLES = {
    "attempt": "bài kiểm tra",
    "completion": "lượt hoàn thành",
    "pending": "lượt chờ xác nhận",
    "waiver": "lượt miễn học",
    "tally": "số người đã hoàn thành",
    "expected": "số người cần học",
}
SENTENCES: dict[ProblemKind, str] = {
    "gone": "Sổ (bảng event): mất {1} dòng ngay trước dòng {0}.",
    "payload": "Sổ (bảng event), dòng {0}: nội dung đã bị sửa sau khi ghi.",
    "chain": "Sổ (bảng event), dòng {0}: không nối được với dòng trước; một trong hai đã bị sửa hoặc mất.",
    "unreadable": "Sổ (bảng event): có dòng không đọc được nội dung, nên chưa đối chiếu được số liệu.",
    "merged": "Người mã {0} (bảng person): {here}, nhưng theo sổ thì {there}.",
    "differs": "Số liệu về {about} (bảng {where}), dòng {what}: khác với khi tính lại từ sổ.",
    "nobody": "Số liệu về {about} (bảng {where}), dòng {what}: của một người không có trong sổ.",
}
#: Kinds that are of the ledger itself, which nothing computes again.
OF_THE_LEDGER = frozenset({"gone", "payload", "chain", "unreadable"})
KEEP = (
    "Cách xử lý: sổ đã bị sửa hoặc mất dòng, không lệnh nào chữa được. Giữ nguyên tệp này, đừng ghi thêm. "
    "Kiểm từng bản sao lưu bằng taphuan records verify --database sqlite:///tệp-sao-lưu, rồi khôi phục từ "
    "bản mới nhất còn đúng bằng taphuan records restore."
)
REBUILD = "Cách xử lý: sổ còn nguyên, chỉ số liệu tính từ sổ bị sai. Tính lại bằng taphuan records rebuild."


def worded(problem: Problem) -> str:
    """Returns one problem as a sentence."""
    told = {
        "about": TABLES.get(problem.where, "sổ"),
        "where": problem.where,
        "what": problem.what,
        "here": "",
        "there": "",
    }
    if problem.kind == "merged":
        person, here, there = problem.values
        told |= {"here": _merged(person, here, "đang"), "there": _merged(person, there, "đã")}
    return SENTENCES[problem.kind].format(*problem.values, **told)


def explained(problems: Iterable[Problem]) -> Iterator[str]:
    """Yields each problem as a sentence, and last what to do; nothing where there is none."""
    problems = list(problems)
    yield from map(worded, problems)
    if problems:
        yield KEEP if any(one.kind in OF_THE_LEDGER for one in problems) else REBUILD


def _merged(person: str, into: str, when: str) -> str:
    return f"{when} nhập vào {into}" if into != person else "chưa nhập vào ai"
