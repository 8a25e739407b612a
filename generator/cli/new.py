"""`taphuan new`: writes a new file by its pattern, which names only what the programme has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click

from ..errors import OperatorError
from ..programme import urls
from ..programme.kinds import KINDS
from ..programme.loader import LoadResult, load_kept
from ..programme.model.course import Course
from ..programme.model.programme import Programme
from ..programme.model.registers import ENDED, Audience, Reference
from ..programme.model.values import Document
from ..programme.problems import nearest_name
from ..render.templates import macro_lines, render
from .atomic_files import write_whole
from .commands import Verb
from .new_question import (
    NEW_HELP,
    PATTERNS,
    QUESTION_KINDS,
    WRITE_STEP,
    NewFile,
    Wish,
    add_question,
    bare_id,
    require_free,
    require_id,
)
from .options import programme_options

#: Used where a programme has no such thing yet; `taphuan check` then says where to add it.
NO_AUDIENCE = "doi-tuong"
USUAL_VERB = "Hỏi"


def course_audience(programme: Programme) -> str:
    """Returns the first audience of staff without a course; else of staff; else any."""
    taught = {course.audience for course in programme.courses.values()}
    return _first_audience(
        programme.audiences.items(),
        lambda id, audience: audience.level is not None and id not in taught,
        lambda _, audience: audience.level is not None,
    )


def campaign_audience(programme: Programme) -> str:
    """Returns the first audience that is no staff; else any."""
    return _first_audience(programme.audiences.items(), lambda _, audience: audience.level is None)


def known_audience(programme: Programme, id: str) -> str:
    """Returns the audience that was asked for.

    Raises OperatorError where it is not there.
    """
    if id not in programme.audiences:
        meant = nearest_name(id, programme.audiences)
        known = ", ".join(programme.audiences)
        hint = f"có phải bạn muốn viết “{meant}”? " if meant else ""
        raise OperatorError(f"không có đối tượng nào mã “{id}”", fix=f"{hint}Các mã: {known}")
    return id


def first_contact(programme: Programme) -> str:
    """Returns the first contact that may stand in a campaign; nothing where there is none."""
    return next((id for id, contact in programme.contacts.contacts.items() if contact.is_ready), "")


def action_verb(programme: Programme) -> str:
    verbs = programme.terms.action_verbs
    return USUAL_VERB if USUAL_VERB in verbs or not verbs else verbs[0]


def law_citation(programme: Programme) -> str:
    """Returns a citation of a law that is in force, `@id:article`; nothing where there is none."""
    for id, reference in programme.register.documents.items():
        if _in_force(programme, reference):
            articles = (key for key in reference.articles if _in_force(programme, reference, key))
            return f"@{id}:{article}" if (article := next(articles, "")) else f"@{id}"
    return ""


def _in_force(programme: Programme, reference: Reference, locator: str = "") -> bool:
    spans = reference.spans(locator)
    is_law = reference.divided_by == "articles" and reference.status not in ENDED
    return is_law and all(span.was_in_force(programme.charter.as_of) for span in spans)


def _first_audience(
    audiences: Iterable[tuple[str, Audience]], *wanted: Callable[[str, Audience], bool]
) -> str:
    there = list(audiences)
    for fits in (*wanted, lambda *_: True):
        for id, audience in there:
            if fits(id, audience):
                return id
    return NO_AUDIENCE


SEE_STEP = "xem thử: taphuan serve"


def create(root: Path, wish: Wish) -> NewFile:
    """Writes the new file, or adds the question to its bank.

    Raises OperatorError where an id cannot be used or is taken; nothing has changed then.
    """
    loading = load_kept(root, banks=wish.banks)
    if loading.programme is None:
        raise OperatorError(
            "chưa đọc được các tệp chung của chương trình trong content/programme/",
            fix="chạy taphuan check, sửa các lỗi ở đó, rồi tạo lại",
        )
    _refuse_idle_options(wish)
    parts = tuple(bare_id(wish).split("/"))
    if wish.kind == "question":
        return add_question(root, loading, parts, wish)
    require_id(wish, parts, 2 if wish.kind == "lesson" else 1)
    makers = {"course": _course, "lesson": _lesson, "campaign": _campaign}
    return makers.get(wish.kind, _by_pattern)(root, loading, parts, wish)


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


def _course(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, id = _programme(loading), parts[0]
    path = _free_path(root, "curricula", id, programme.courses)
    audience = _asked_audience(programme, wish) or course_audience(programme)
    _write(path, "course", id=id, audience=audience)
    steps = (
        f"xem lại đối tượng đã điền sẵn: {_audience_words(programme, audience)}",
        WRITE_STEP,
        f"tạo bài đầu tiên: taphuan new lesson {id}/ten-bai",
    )
    return NewFile(path=path, done=f"Đã tạo {path}", next_steps=steps)


def _lesson(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, (home, name) = _programme(loading), parts
    course = programme.courses.get(home)
    if course is None:
        raise _no_course(root, programme, home)
    if name == urls.TEST:
        raise OperatorError(
            f"“{name}” là địa chỉ dành riêng cho bài kiểm tra của khóa học", fix="chọn mã khác"
        )
    path = root / f"content/lessons/{home}/{name}.md"
    require_free(path)
    objective = next(iter(course.objectives), "")
    _write(path, "lesson", law=law_citation(programme), name=name, objective=objective)
    steps = (_place_in_course(loading, course, name), f"mở {path}, {WRITE_STEP}", SEE_STEP)
    return NewFile(path=path, done=f"Đã tạo {path}", next_steps=steps)


def _no_course(root: Path, programme: Programme, home: str) -> OperatorError:
    if (root / f"curricula/{home}.yml").is_file():
        return OperatorError(
            f"chưa đọc được curricula/{home}.yml nên chưa tạo bài cho khóa ấy",
            fix="chạy taphuan check, sửa lỗi trong tệp đó, rồi tạo lại",
        )
    return OperatorError(
        f"không có khóa học nào mã “{home}”",
        fix=_course_meant(home, programme.courses) + f"; khóa mới thì tạo trước: taphuan new course {home}",
    )


def _course_meant(id: str, known: Iterable[str]) -> str:
    listed = ", ".join(known) or "chưa có khóa học nào"
    near = nearest_name(id, known)
    return (f"có phải bạn muốn viết “{near}”? " if near else "") + f"Các khóa học: {listed}"


def _place_in_course(loading: LoadResult, course: Course, name: str) -> str:
    """Returns the exact line of the course's file that makes the lesson a part of it."""
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
    advice = f"ở dòng {line} của {course.source}, sửa danh sách thành: lessons: [{listed}]"
    return advice if len(course.modules) == 1 else f"{advice} (hoặc thêm “{name}” vào phần khác)"


def _campaign(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    programme, id = _programme(loading), parts[0]
    path = _free_path(root, "content/campaigns", id, programme.campaigns)
    audience = _asked_audience(programme, wish) or campaign_audience(programme)
    contact = first_contact(programme)
    _write(path, "campaign", id=id, audience=audience, contact=contact, verb=action_verb(programme))
    filled = f"đối tượng {_audience_words(programme, audience)}, {_contact_words(programme, contact)}"
    steps = (
        f"xem lại những gì đã điền sẵn: {filled}",
        WRITE_STEP,
        f"{SEE_STEP}; in thử: taphuan pdf {id}-to-gap {id}-ap-phich",
    )
    return NewFile(path=path, done=f"Đã tạo {path}", next_steps=steps)


def _by_pattern(root: Path, loading: LoadResult, parts: tuple[str, ...], wish: Wish) -> NewFile:
    """Writes a file by the pattern of its kind, which also says what comes next."""
    programme, id = _programme(loading), parts[0]
    kind = next(kind for kind in KINDS if kind.name == wish.kind)
    path = _free_path(root, kind.folder, id, programme.of(kind.model))
    contact = first_contact(programme)
    words = {
        "id": id,
        "file": path,
        "contact": contact,
        "contact_words": _contact_words(programme, contact),
        "audience": campaign_audience(programme),
        "law": law_citation(programme),
        "moments": tuple(programme.charter.moments) or ("‹Khi nào cần›",),
        "course": next(iter(programme.courses.values()), None),
        "tested": next((course for course in programme.courses.values() if course.test), None),
        "write_step": WRITE_STEP,
        "see_step": SEE_STEP,
    }
    _write(path, wish.kind, **words)
    steps = macro_lines(f"new/{wish.kind}.j2", "steps", **words)
    return NewFile(path=path, done=f"Đã tạo {path}", next_steps=steps)


def _asked_audience(programme: Programme, wish: Wish) -> str:
    return known_audience(programme, wish.audience) if wish.audience else ""


def _audience_words(programme: Programme, id: str) -> str:
    known = programme.audiences.get(id)
    return f"{id} ({known.title})" if known else f"{id} (chưa có trong content/programme/audiences.yml)"


def _contact_words(programme: Programme, id: str) -> str:
    known = programme.contacts.contacts.get(id)
    return f"đầu mối {id} ({known.short})" if known else "chưa có đầu mối nào được phép công bố"


def _programme(loading: LoadResult) -> Programme:
    assert loading.programme is not None
    return loading.programme


def _free_path(root: Path, folder: str, id: str, documents: Mapping[str, Document]) -> Path:
    """Returns the path of a new file. Raises OperatorError where the id or the file is there already."""
    path = root / folder / f"{id}.yml"
    require_free(path, documents[id].source if id in documents else None)
    return path


def _write(path: Path, pattern: str, **words: object) -> None:
    write_whole(path, render(f"new/{pattern}.j2", **words).encode("utf-8"))


@click.command(
    cls=Verb,
    example="taphuan new lesson can-bo-cap-xa/ten-bai-moi",
    help=NEW_HELP,
)
@programme_options
@click.argument("kind", type=click.Choice(list(PATTERNS)), metavar="LOẠI", help="Loại nội dung.")
@click.argument("id", metavar="MÃ", help="Mã của tệp hay câu hỏi mới, viết theo loại như trên.")
@click.option(
    "--kind",
    "question_kind",
    type=click.Choice(QUESTION_KINDS),
    metavar="LOẠI_CÂU",
    show_default=QUESTION_KINDS[0],
    help="Với question: loại câu hỏi.",
)
@click.option(
    "--audience",
    metavar="MÃ",
    show_default="do lệnh chọn, có nói rõ",
    help="Với course, campaign: đối tượng, theo mã trong audiences.yml.",
)
def new(
    root: Path, banks: Path | None, kind: str, id: str, question_kind: str | None, audience: str | None
) -> None:
    wish = Wish(kind=kind, id=id, question_kind=question_kind, audience=audience, banks=banks)
    made = create(root, wish)
    click.echo(f"{made.done}\n  Tiếp theo:")
    for number, step in enumerate(made.next_steps, 1):
        click.echo(f"  {number}. {step}")
