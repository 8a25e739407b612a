"""What commands and editors show of the province's programme, and what its own figures say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
import yaml
from command_line import say
from editor_schemas import Editor, as_json, content_files, front_matter, kind_of, validator
from programme_texts import is_for_who_reads_little, loading, programme
from programmes import REPOSITORY

from taphuan.cli import status as status_verb
from taphuan.programme.course_figures import course_minutes, lesson_minutes
from taphuan.programme.status.law_due import last_days
from taphuan.programme.vietnamese import written_duration

WIDTH = 80

Status = Callable[..., str]


@pytest.fixture
def status(monkeypatch: pytest.MonkeyPatch) -> Status:
    """The page that `taphuan status` prints of the programme, which is loaded once for all."""
    monkeypatch.setattr(status_verb, "load_kept", lambda root, banks=None: loading())
    monkeypatch.setattr(status_verb, "today", lambda: date(2026, 11, 26))

    def page(*arguments: str) -> str:
        done = say("status", "--root", str(REPOSITORY), *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return page


@pytest.mark.parametrize("arguments", [(), ("--date", "01/06/2027", "--within", "3650")])
def test_its_status_is_told_within_eighty_columns_and_in_vietnamese(
    status: Status, arguments: tuple[str, ...]
) -> None:
    page = status(*arguments)
    assert max(map(len, page.splitlines())) <= WIDTH
    assert "\x1b" not in page
    assert not re.search(
        r"\b(None|draft|reviewed|approved|over|lesson|unverified|leaflet|True|0 bài)\b", page
    )
    assert all(line == line.rstrip() for line in page.splitlines())


def test_its_status_is_as_it_is(status: Status) -> None:
    words = " ".join(status().split())
    for course in programme().courses.values():
        own = len(programme().own_lessons_of(course))
        assert f"{course.id} (bản thảo): {course.title}" in words
        assert f"{own} bài riêng ({own} bản thảo)" in words
        in_class = written_duration(programme().taught_minutes(course))
        assert f"Học tại lớp {in_class}{';' if course.core else ''} " in words
    waiting = [decision for decision in programme().decisions.values() if decision.is_open]
    assert f"{len(waiting)} câu hỏi; " in words
    assert all(" ".join(decision.question.split()) in words for decision in waiting)
    assert "nha-truong-va-cha-me (bản thảo)" in words
    assert "gioi-thieu (bản thảo): Giới thiệu" in words


def test_a_lesson_takes_a_quarter_of_an_hour_or_a_little_more() -> None:
    minutes = {id: lesson_minutes(programme(), lesson) for id, lesson in programme().lessons.items()}
    short = {id: each for id, each in minutes.items() if is_for_who_reads_little(id)}
    assert {id: each for id, each in short.items() if not 7 <= each <= 14} == {}
    assert {id: each for id, each in minutes.items() if id not in short and not 12 <= each <= 22} == {}
    for course in programme().courses.values():
        assert 2 * course_minutes(programme(), course) < programme().taught_minutes(course)


def test_who_gets_legal_aid_is_known_until_the_law_changes_at_the_new_year() -> None:
    days = {entry.name: entry.last_day for entry in last_days(programme())}
    assert days["Luật Trợ giúp pháp lý, Điều 7"] == date(2026, 12, 31)
    assert days["kt-khong-xet-tai-chinh"] == date(2026, 12, 31)


@pytest.mark.parametrize("file", content_files(REPOSITORY))
def test_an_editor_accepts_what_is_written(file: str) -> None:
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    value = as_json(yaml.load(front_matter(file, text), Editor))
    assert [error.message for error in validator(kind_of(file)).iter_errors(value)] == []
