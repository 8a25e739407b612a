"""New files from a pattern that already passes the checks; nothing is ever overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import NotAProgramme, OperatorError
from ..programme.loading.programme import CHARTER
from ..programme.model.scalars import SLUG
from ..render.templating import render

KINDS = {
    "course": "curricula/{id}.yml",
    "lesson": "content/lessons/{id}.md",
    "question": "content/questions/{bank}.yml",
    "campaign": "content/campaigns/{id}.yml",
}
NEXT = {
    "course": "điền nội dung, rồi tạo bài: taphuan new lesson {id}/bai-dau-tien",
    "lesson": "thêm “{name}” vào lessons trong curricula/{home}.yml, rồi viết bài",
    "question": "viết câu hỏi, rồi thêm “{name}” vào self_check của bài học",
    "campaign": "điền nội dung, rồi xem: taphuan serve",
}
QUESTION_KINDS = ("single-choice", "multiple-choice", "true-false", "matching", "ordering")
TWO_PARTS = frozenset({"lesson", "question"})


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The file that was made and what its author does next."""

    path: Path
    next_step: str


def draft(root: Path, kind: str, id: str, *, question_kind: str = "single-choice") -> Draft:
    """Writes the new file, or adds the question to its bank."""
    if not (root / CHARTER).is_file():
        raise NotAProgramme(f"“{root}” không phải thư mục gốc của chương trình", fix="thêm --root ĐƯỜNG_DẪN")
    home, name = _parts(kind, id)
    path = root / KINDS[kind].format(id=id, bank=home)
    words = {"id": id, "home": home, "name": name}
    if kind == "question" and path.exists():
        _add_question(path, name, question_kind)
    elif path.exists():
        raise OperatorError(f"đã có tệp {path}", fix="chọn mã khác; tệp cũ không bị đụng tới")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = render(f"new/{kind}.j2", **words, kind=question_kind)
        path.write_text(text, encoding="utf-8")
    return Draft(path=path, next_step=NEXT[kind].format(**words))


def _parts(kind: str, id: str) -> tuple[str, str]:
    """Of `khoa/bai` both parts; of a single id twice the same."""
    parts = id.split("/")
    wanted = 2 if kind in TWO_PARTS else 1
    if len(parts) != wanted or not all(SLUG.match(part) for part in parts):
        shape = {"lesson": "KHÓA/BÀI", "question": "NGÂN_HÀNG/CÂU"}.get(kind, "MÃ")
        raise OperatorError(
            f"“{id}” chưa dùng làm mã được",
            fix=f"viết theo dạng {shape}, chỉ gồm a–z, chữ số và dấu gạch nối, ví dụ can-bo-cap-xa",
        )
    return parts[0], parts[-1]


def _add_question(path: Path, name: str, kind: str) -> None:
    text = path.read_text(encoding="utf-8")
    if f"\n  {name}:" in text:
        raise OperatorError(f"câu “{name}” đã có trong {path}", fix="chọn mã khác")
    added = render("new/asked.j2", name=name, kind=kind)
    path.write_text(text.rstrip("\n") + "\n" + added, encoding="utf-8")
