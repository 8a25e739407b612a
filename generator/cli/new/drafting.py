"""New files from patterns; nothing is ever overwritten, and a pattern names only what the programme has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...errors import OperatorError
from ...programme import addresses
from ...programme.checks.near import near
from ...programme.loading import Loading, load
from ...programme.model.course import Course
from ...programme.model.programme import Programme
from ...render.templating import render
from . import patterns as values
from .ids import WRITE, NewFile, Wish, bare, refuse_taken, refuse_unlike
from .questions import add_question
from .whole_files import write_whole

SEE = "xem thử: taphuan serve"


def draft(root: Path, wish: Wish) -> NewFile:
    """Writes the new file, or adds the question to its bank.

    Raises OperatorError where an id cannot be used or is taken; nothing has changed then.
    """
    loading = load(root, banks=wish.banks)
    if loading.programme is None:
        raise OperatorError(
            "chưa đọc được các tệp chung của chương trình trong content/programme/",
            fix="chạy taphuan check, sửa các lỗi ở đó, rồi tạo lại",
        )
    _refuse_idle_options(wish)
    parts = tuple(bare(wish).split("/"))
    if wish.kind == "question":
        return add_question(root, loading, parts, wish)
    makers = {"course": _course, "lesson": _lesson, "campaign": _campaign}
    refuse_unlike(wish, parts, 2 if wish.kind == "lesson" else 1)
    return makers[wish.kind](root, loading, parts, wish)


def _refuse_idle_options(wish: Wish) -> None:
    """Raises OperatorError for an option that would change nothing."""
    for option, given, kinds in (
        ("--kind", wish.question_kind, ("question",)),
        ("--audience", wish.audience, ("course", "campaign")),
    ):
        if given and wish.kind not in kinds:
            raise OperatorError(
                f"{option} chỉ dùng với {' và '.join(kinds)}, không dùng với {wish.kind}",
                fix=f"bỏ {option}, hoặc đổi loại",
            )


def _course(root: Path, loading: Loading, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, id = _programme(loading), parts[0]
    path = root / f"curricula/{id}.yml"
    refuse_taken(path, programme.courses[id].source if id in programme.courses else None)
    audience = _asked_audience(programme, wish) or values.course_audience(programme)
    _write(path, "course", id=id, audience=audience)
    steps = (
        f"xem lại đối tượng đã điền sẵn: {_audience(programme, audience)}",
        WRITE,
        f"tạo bài đầu tiên: taphuan new lesson {id}/ten-bai",
    )
    return NewFile(path=path, done=f"Đã tạo {path}", next_steps=steps)


def _lesson(root: Path, loading: Loading, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, (home, name) = _programme(loading), parts
    course = programme.courses.get(home)
    if course is None:
        raise _no_course(root, programme, home)
    if name == addresses.TEST:
        raise OperatorError(
            f"“{name}” là địa chỉ dành riêng cho bài kiểm tra của khóa học", fix="chọn mã khác"
        )
    path = root / f"content/lessons/{home}/{name}.md"
    refuse_taken(path)
    _write(path, "lesson", law=values.law(programme))
    steps = (_place_in_course(loading, course, name), f"mở {path}, {WRITE}", SEE)
    return NewFile(path=path, done=f"Đã tạo {path}", next_steps=steps)


def _no_course(root: Path, programme: Programme, home: str) -> OperatorError:
    if (root / f"curricula/{home}.yml").is_file():
        return OperatorError(
            f"chưa đọc được curricula/{home}.yml nên chưa tạo bài cho khóa ấy",
            fix="chạy taphuan check, sửa lỗi trong tệp đó, rồi tạo lại",
        )
    return OperatorError(
        f"không có khóa học nào mã “{home}”",
        fix=_meant(home, programme.courses) + f"; khóa mới thì tạo trước: taphuan new course {home}",
    )


def _meant(id: str, known: Iterable[str]) -> str:
    listed = ", ".join(known) or "chưa có khóa học nào"
    found = near(id, known)
    return (f"có phải bạn muốn viết “{found}”? " if found else "") + f"Các khóa học: {listed}"


def _place_in_course(loading: Loading, course: Course, name: str) -> str:
    """Returns the very line of the course's file that makes the lesson a part of it."""
    if any(name in module.lessons for module in course.modules):
        return f"{course.source} đã có “{name}” trong lessons, không phải thêm"
    if not course.modules:
        return f"thêm vào {course.source}: modules: [{{id: phan-1, title: ‹Tên phần›, lessons: [{name}]}}]"
    module, index = course.modules[-1], len(course.modules) - 1
    tree = loading.files[course.source][1]
    line = tree.keys[("modules", index, "lessons")].line
    last = tree.values.get(("modules", index, "lessons", len(module.lessons) - 1))
    if last and tree.values[("modules", index, "lessons")].line > line:
        return f"thêm dòng “- {name}” sau dòng {last.line} của {course.source}, thẳng hàng với dòng ấy"
    if last and last.line > line:
        return f"ở dòng {last.line} của {course.source}, ngay sau “{module.lessons[-1]}” thêm: , {name}"
    listed = ", ".join([*module.lessons, name])
    told = f"ở dòng {line} của {course.source}, sửa danh sách thành: lessons: [{listed}]"
    return told if len(course.modules) == 1 else f"{told} (hoặc thêm “{name}” vào phần khác)"


def _campaign(root: Path, loading: Loading, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, id = _programme(loading), parts[0]
    path = root / f"content/campaigns/{id}.yml"
    refuse_taken(path, programme.campaigns[id].source if id in programme.campaigns else None)
    audience = _asked_audience(programme, wish) or values.campaign_audience(programme)
    contact = values.contact(programme)
    _write(path, "campaign", id=id, audience=audience, contact=contact, verb=values.verb(programme))
    filled = f"đối tượng {_audience(programme, audience)}, {_contact(programme, contact)}"
    steps = (
        f"xem lại những gì đã điền sẵn: {filled}",
        WRITE,
        f"{SEE}; in thử: taphuan pdf {id}-to-gap {id}-ap-phich",
    )
    return NewFile(path=path, done=f"Đã tạo {path}", next_steps=steps)


def _asked_audience(programme: Programme, wish: Wish) -> str:
    return values.known_audience(programme, wish.audience) if wish.audience else ""


def _audience(programme: Programme, id: str) -> str:
    known = programme.audiences.get(id)
    return f"{id} ({known.title})" if known else f"{id} (chưa có trong content/programme/audiences.yml)"


def _contact(programme: Programme, id: str) -> str:
    known = programme.contacts.contacts.get(id)
    return f"đầu mối {id} ({known.short})" if known else "chưa có đầu mối nào được phép công bố"


def _programme(loading: Loading) -> Programme:
    assert loading.programme is not None
    return loading.programme


def _write(path: Path, pattern: str, **words: object) -> None:
    write_whole(path, render(f"new/{pattern}.j2", **words).encode("utf-8"))
