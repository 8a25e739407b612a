"""What somebody has done of the courses that count, in plain words: what there is, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ...programme.model.course import Course
from ...programme.model.plan import Counting
from ...programme.model.programme import Programme
from ...records.course_states import NOTHING_YET, CourseState, Pair
from ...records.progress import Pending
from ...render.templating import day

Stage = Literal["chua", "dang", "mien"]
#: How far somebody can be, as one may ask for it.
STAGES: Mapping[Stage, str] = {
    "chua": "Chưa bắt đầu",
    "dang": "Đã bắt đầu, chưa xong",
    "mien": "Được miễn",
}
NOT_BEGUN = "chưa bắt đầu"
WAITS = "chờ đối chiếu"


@dataclass(frozen=True, kw_only=True)
class SoFar:
    """How far somebody is, to ask for and to read."""

    stage: Stage
    text: str


def so_far(programme: Programme, rule: Counting, person: str, states: Mapping[Pair, CourseState]) -> SoFar:
    """Tells of each course that counts; the title only where there are several."""
    known = {id: states.get((person, id), NOTHING_YET) for id in rule.courses}
    begun = [id for id, state in known.items() if state.is_begun]
    waived = [id for id, state in known.items() if state.waived_since]
    stage: Stage = "mien" if waived else "dang" if begun else "chua"
    if stage == "chua":
        return SoFar(stage=stage, text=NOT_BEGUN)
    told = [id for id in rule.courses if id in {*begun, *waived, *rule.all_of}]
    texts = {id: "; ".join(_words(programme, programme.courses[id], known[id])) for id in told}
    if len(rule.courses) == 1:
        return SoFar(stage=stage, text=texts[told[0]])
    return SoFar(stage=stage, text=". ".join(f"{programme.courses[id].title}: {texts[id]}" for id in told))


def _words(programme: Programme, course: Course, state: CourseState) -> Iterator[str]:
    if state.waived_since:
        yield f"được miễn từ {day(state.waived_since)}, không tính là đã tập huấn"
    if state.done_on:
        yield f"đã hoàn thành ngày {day(state.done_on)}"
        return
    yield from (_waiting(one, state) for one in state.waiting)
    if state.minutes:
        yield f"đã dự lớp {state.minutes}/{programme.class_minutes(course)} phút"
    yield from _test(course, state)
    if not state.is_begun and not state.waived_since:
        yield NOT_BEGUN


def _waiting(one: Pending, state: CourseState) -> str:
    """An entry typed by hand, which counts once somebody else has looked at it."""
    answers = next((made for made in state.attempts if made.event_id == one.event_id), None)
    if answers is not None:
        return f"bài làm trên giấy đúng {answers.right}/{answers.asked} câu, {WAITS}"
    return f"dự lớp ngày {day(one.done_on)}, {WAITS}"


def _test(course: Course, state: CourseState) -> Iterator[str]:
    """The last of the attempts that count, and how many are left."""
    counted = [made for made in state.attempts if made.standing == "counted"]
    if not counted:
        return
    last = counted[-1]
    left = max(course.test.attempts - len(state.attempts), 0) if course.test else 0
    still = f"còn {left} lần" if left else "hết lần làm bài"
    yield f"bài kiểm tra đúng {last.right}/{last.asked} câu, {still}"
