"""Every time that pages and papers tell is called by its name: alone, or in class."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup
from programmes import SAMPLES

from taphuan.programme.course_figures import course_minutes, lesson_minutes
from taphuan.programme.loader import load
from taphuan.programme.model.course import Lesson
from taphuan.programme.model.programme import Programme
from taphuan.programme.vietnamese import written_duration
from taphuan.render.paper import sheets
from taphuan.render.site import pages
from taphuan.render.templates import NBSP, duration, self_study_words
from taphuan.render.text.prose import Prose

COURSE, LESSON = "nuoc-sach", "nuoc-sach/giu-nguon-nuoc"
COURSES, COURSE_PAGE, LESSON_PAGE = "khoa-hoc/", f"khoa-hoc/{COURSE}/", f"khoa-hoc/{LESSON}/"
HANDOUT, BOOK, GUIDE = "nuoc-sach-giu-nguon-nuoc", f"{COURSE}-so-tay", f"{COURSE}-tap-huan-vien"
TIME = re.compile(r"(?:\d+ giờ )?\d+ (?:giờ|phút)")
#: When a scene of the sample begins, and until when a medicine helps.
HOUR_OF_DAY = re.compile(r"6 giờ sáng|8 giờ(?= Tổ cấp nước)|(?<=Trong )(?:72|120) giờ")
PLAN, CAMPAIGNS = "giao-an", "truyen-thong/"
NAMED = re.compile(r"(?:tự học khoảng|tại lớp:?|dự lớp đủ|dự lớp: đủ|dự đủ) $|đủ \d+ phút \($", re.IGNORECASE)

NAMED_BEHIND = re.compile(r" tại lớp\b")


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The sample, with a class of a length that nothing else has."""
    loaded = load(SAMPLES / "good").programme
    assert loaded is not None
    longer = loaded.lessons[LESSON].model_copy(update={"minutes": 97, "activities": ()})
    return loaded.having(Lesson, {**loaded.lessons, LESSON: longer})


@pytest.fixture(scope="module")
def shown(programme: Programme) -> dict[str, str]:
    """What is read on each page and sheet, by its address or id."""
    made = {page.address: page.body for page in pages(programme)}
    made |= {sheet.id: sheet.html for sheet in sheets(programme, Prose(programme))}
    return {id: _words(html) for id, html in made.items()}


def _words(html: str) -> str:
    bare = re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", Markup(bare).unescape())


def test_whoever_studies_alone_is_told_how_long_that_takes(
    programme: Programme, shown: dict[str, str]
) -> None:
    lesson = f"học khoảng {lesson_minutes(programme, programme.lessons[LESSON])} phút"
    course = f"học khoảng {course_minutes(programme, programme.courses[COURSE])} phút"
    places = {COURSES: course, COURSE_PAGE: course, BOOK: course, LESSON_PAGE: lesson, HANDOUT: lesson}
    assert {id: words for id, words in places.items() if words not in shown[id]} == {}
    assert all(lesson in shown[id] for id in (COURSE_PAGE, BOOK))


def test_the_time_of_a_class_stands_with_the_trainer_and_with_the_course(shown: dict[str, str]) -> None:
    assert "Thời lượng tại lớp: 1 giờ 47 phút" in shown[GUIDE]
    assert "Tại lớp 1 giờ 37 phút" in shown[GUIDE]
    assert "tự học" not in shown[GUIDE].lower()
    assert "Học tại lớp 1 giờ 47 phút" in shown[COURSE_PAGE]
    assert {id for id, words in shown.items() if "1 giờ 37 phút" in words} == {GUIDE, f"{GUIDE}-den-trang"}


def test_no_time_stands_without_its_name(shown: dict[str, str]) -> None:
    """In the guide the head of a column names it; lesson plans and talks are of those present."""
    lengths = {id: HOUR_OF_DAY.sub("", words) for id, words in shown.items()}
    bare = [
        (id, words[max(time.start() - 40, 0) : time.end()])
        for id, words in lengths.items()
        if GUIDE not in id and PLAN not in id and not id.startswith(CAMPAIGNS)
        for time in TIME.finditer(words)
        if not (NAMED.search(words[: time.start()]) or NAMED_BEHIND.match(words, time.end()))
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 phút"), (16, "16 phút"), (60, "1 giờ"), (190, "3 giờ 10 phút"), (520, "8 giờ 40 phút")],
)
def test_a_time_is_told_whole(minutes: int, said: str) -> None:
    assert written_duration(minutes) == said
    assert duration(minutes) == said.replace(" giờ", f"{NBSP}giờ").replace(" phút", f"{NBSP}phút")
    assert self_study_words(minutes) == f"tự học khoảng {said}".replace(" ", NBSP)
