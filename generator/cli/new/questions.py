"""A new question: into the bank that its author names, or into a bank of its own."""

from __future__ import annotations

from pathlib import Path

from ...errors import OperatorError
from ...programme.checks.near import near
from ...programme.loading import Loading
from ...programme.model.course import Draw
from ...programme.model.programme import Programme
from ...programme.model.question import Bank
from ...programme.model.scalars import SLUG
from ...render.templating import render
from .banks import QUESTIONS, BankFiles
from .ids import QUESTION_KINDS, WRITE, NewFile, Wish, refuse_taken, refuse_unlike
from .whole_files import write_whole


def add_question(root: Path, loading: Loading, parts: tuple[str, ...], wish: Wish) -> NewFile:
    """Adds the question to its bank.

    Raises OperatorError where its id is taken, or where it is not clear which bank is meant.
    """
    if len(parts) < 2 or not SLUG.match(parts[-1]):
        refuse_unlike(wish, parts, max(len(parts), 2))
    home, name = "/".join(parts[:-1]), parts[-1]
    files = BankFiles(root=root, loading=loading, apart=wish.banks)
    _refuse_used(loading, files, home, name)
    banks = files.named(home)
    if len(banks) > 1:
        ids = ", ".join(bank.id for bank in banks)
        raise OperatorError(f"có {len(banks)} ngân hàng tên “{home}”", fix=f"ghi mã của một ngân hàng: {ids}")
    if banks:
        return _added(root, loading, files, banks[0], name, wish)
    refuse_unlike(wish, parts, len(parts))
    return _new_bank(root, files, home, name, wish)


def _refuse_used(loading: Loading, files: BankFiles, home: str, name: str) -> None:
    programme = loading.programme
    if programme and name in programme.questions:
        file = programme.questions[name][0].source
        raise OperatorError(f"đã có câu “{name}” trong {file}", fix="chọn mã khác cho câu mới")
    for file in files.unread:
        if files.may_hold(file, bank=home, question=name):
            raise OperatorError(
                f"chưa đọc được {file}, mà tệp ấy có thể là ngân hàng này hoặc đã có câu “{name}”",
                fix="chạy taphuan check, sửa lỗi trong tệp đó, rồi tạo lại",
            )


def _added(root: Path, loading: Loading, files: BankFiles, bank: Bank, name: str, wish: Wish) -> NewFile:
    block = render("new/asked.j2", name=name, kind=wish.question_kind or QUESTION_KINDS[0])
    line = files.add(bank, name, block)
    if not line:
        raise OperatorError(
            f"{bank.source} trình bày khác thường nên chưa tự thêm được; tệp còn nguyên",
            fix=f"thêm đoạn sau vào dưới questions: của tệp ấy, rồi chạy taphuan check\n\n{block}",
        )
    path = root / bank.source
    steps = (f"mở tệp ấy, {WRITE}", *_use(loading, bank, name))
    return NewFile(path=path, done=f"Đã thêm câu “{name}” vào {path}, dòng {line}", next_steps=steps)


def _use(loading: Loading, bank: Bank, name: str) -> tuple[str, ...]:
    """Returns how a question of this bank comes to be asked."""
    if bank.use == "self-check":
        return (f"thêm “{name}” vào self_check của bài, ở đầu tệp bài học trong content/lessons/",)
    drawn = list(_draws(loading.programme, bank)) if loading.programme else []
    kept = "ngân hàng này để ra đề: câu hỏi và đáp án không bao giờ lên trang công khai"
    if not drawn:
        return (
            f"để đề rút tới câu này, thêm {{bank: {bank.id}, take: 1}} vào test: draw: của khóa học",
            kept,
        )
    where = " và ".join(dict.fromkeys(file for file, _ in drawn))
    if all(draw.objective for _, draw in drawn):
        ids = ", ".join(dict.fromkeys(str(draw.objective) for _, draw in drawn))
        told = f"ghi objective cho câu, một trong: {ids}; thiếu thì không đề nào rút tới"
        return (f"{told} (xem test: draw: trong {where})", kept)
    return (f"đề rút câu từ ngân hàng này theo test: draw: trong {where}", kept)


def _draws(programme: Programme, bank: Bank) -> list[tuple[str, Draw]]:
    return [
        (course.source, draw)
        for course in programme.courses.values()
        for draw in (course.test.draw if course.test else ())
        if draw.bank == bank.id
    ]


def _new_bank(root: Path, files: BankFiles, home: str, name: str, wish: Wish) -> NewFile:
    id, path = home.replace("/", "-"), root / f"{QUESTIONS}/{home}.yml"
    taken = next((bank for bank in files.banks if bank.id == id), None)
    if taken:
        raise OperatorError(
            f"đã có ngân hàng mã “{id}” ở {taken.source}", fix=f"có phải bạn muốn viết “{id}/{name}”?"
        )
    refuse_taken(path)
    schema = "../" * (home.count("/") + 2) + "schema"
    text = render(
        "new/question.j2", schema=schema, bank=id, name=name, kind=wish.question_kind or QUESTION_KINDS[0]
    )
    write_whole(path, text.encode("utf-8"))
    return NewFile(
        path=path,
        done=f"Đã tạo ngân hàng mới {path} với câu “{name}”",
        next_steps=(
            *_meant_bank(files, home, name),
            f"mở tệp ấy, {WRITE}",
            f"thêm “{name}” vào self_check của bài, ở đầu tệp bài học trong content/lessons/",
            "nếu ngân hàng để ra đề thì đổi use: self-check thành use: test, và không đưa câu nào vào bài",
        ),
    )


def _meant_bank(files: BankFiles, home: str, name: str) -> tuple[str, ...]:
    """Returns a word on the bank of a like name, in case that one was meant."""
    names = {bank.id: bank for bank in files.banks} | {
        bank.source.removeprefix(f"{QUESTIONS}/").removesuffix(".yml"): bank for bank in files.banks
    }
    meant = near(home, names)
    if not meant:
        return ()
    again = f"xóa tệp vừa tạo, rồi: taphuan new question {meant}/{name}"
    return (f"nếu ý bạn là ngân hàng {names[meant].source} thì {again}",)
