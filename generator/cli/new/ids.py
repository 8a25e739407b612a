"""What `taphuan new` is asked for: a kind and an id, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...errors import OperatorError
from ...programme.model.scalars import SLUG
from ...programme.vietnamese import slug

#: Each kind with a word for it and the form of its id.
KINDS = {
    "course": ("khóa học", "MÃ_KHÓA"),
    "lesson": ("bài học", "MÃ_KHÓA/MÃ_BÀI"),
    "question": ("câu hỏi, vào ngân hàng đã có hay ngân hàng mới", "NGÂN_HÀNG/MÃ_CÂU"),
    "campaign": ("chiến dịch, có tờ gấp và áp phích", "MÃ_CHIẾN_DỊCH"),
}
HELP = (
    "Tạo một tệp theo mẫu, hoặc thêm một câu hỏi vào ngân hàng. Không bao giờ ghi đè tệp đã có.\n\n"
    "\b\nLOẠI, và MÃ của mỗi loại:\n"
    + "\n".join(f"  {kind:<9} {form:<19} {word}" for kind, (word, form) in KINDS.items())
    + "\n\nMã chỉ gồm a–z, chữ số và dấu gạch nối. NGÂN_HÀNG là mã của ngân hàng, hoặc đường dẫn của tệp "
    "trong content/questions."
)
EXAMPLES = {
    "course": "can-bo-cap-xa",
    "lesson": "can-bo-cap-xa/bai-thu",
    "question": "can-bo-cap-xa/kiem-tra/cau-moi",
    "campaign": "nha-truong",
}
FOLDERS = ("curricula/", "content/lessons/", "content/questions/", "content/campaigns/")
SUFFIXES = (".yml", ".yaml", ".md")
WRITE = "viết nội dung thay cho các chữ giữa hai dấu ‹ ›; chỗ nào còn sót, taphuan check chỉ ra"
QUESTION_KINDS = ("single-choice", "multiple-choice", "true-false", "matching", "ordering")


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """The file that was made or added to, what was done, and what its author does next."""

    path: Path
    done: str
    next_steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A wish for something new. `banks` is a folder of banks kept apart."""

    kind: str
    id: str
    question_kind: str | None = None
    audience: str | None = None
    banks: Path | None = None


def bare(wish: Wish) -> str:
    """Returns the id without the folder and the ending that a path has around it."""
    id = wish.id.strip().replace("\\", "/").removeprefix("./")
    for folder in (*FOLDERS, *((f"{wish.banks.as_posix()}/",) if wish.banks else ())):
        id = id.removeprefix(folder)
    parts = [part.strip() for part in id.strip("/").split("/")]
    return "/".join(part.removesuffix(next(filter(part.endswith, SUFFIXES), "")) for part in parts)


def refuse_unlike(wish: Wish, parts: tuple[str, ...], count: int) -> None:
    """Raises OperatorError for what is no id, with the one that may have been meant."""
    if len(parts) == count and all(SLUG.match(part) for part in parts):
        return
    meant = tuple(slug(part) for part in parts)
    form = "mã chỉ gồm a–z, chữ số và dấu gạch nối"
    if len(meant) == count and all(meant):
        fix = f"có phải bạn muốn viết “{'/'.join(meant)}”? ({form})"
    else:
        fix = f"viết theo dạng {KINDS[wish.kind][1]}, {form}, ví dụ {EXAMPLES[wish.kind]}"
    raise OperatorError(f"“{wish.id}” chưa dùng làm mã được", fix=fix)


def refuse_taken(path: Path, known: str | None = None) -> None:
    if known is not None or path.exists():
        raise OperatorError(f"đã có tệp {known or path}", fix="chọn mã khác; tệp cũ không bị đụng tới")
