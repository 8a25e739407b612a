"""A trainers' guide off the press: a lesson lies open on two pages, with all that a trainer needs."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from programme_texts import bare, paper_context, programme

from taphuan.programme.model.course import Course
from taphuan.render.paper.guide import guide
from taphuan.render.pdf import print_sheets

#: One without a page to spare for a cover, two with observed tasks, the longest.
COURSES = ("chu-co-so", "giao-vien", "nhan-vien-dich-vu", "can-bo-cap-xa")


@pytest.fixture(scope="module")
def printed(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, context = tmp_path_factory.mktemp("guide"), paper_context("mono")
    sheets = [guide(context, programme().courses[course]) for course in COURSES]
    done = print_sheets(sheets, out=folder / "out", cache=folder / "cache", executable=chromium_path)
    return {course: copy.path for course, copy in zip(COURSES, done, strict=True)}


@pytest.fixture(scope="module")
def guides(printed: dict[str, Path]) -> dict[str, list[str]]:
    """What is read on each page of each guide, without spaces."""

    def pages(path: Path) -> list[str]:
        with pypdfium2.PdfDocument(path) as document:
            return [bare(page.get_textpage().get_text_bounded()) for page in document]

    return {course: pages(path) for course, path in printed.items()}


@pytest.fixture(params=COURSES)
def course(request: pytest.FixtureRequest) -> Course:
    return programme().courses[request.param]


@pytest.fixture
def pages(guides: dict[str, list[str]], course: Course) -> list[str]:
    return guides[course.id]


def lesson_titles(course: Course) -> list[str]:
    """As they stand at the head of a lesson and of its pages."""
    titles = (programme().lessons[id].title for id in course.lesson_ids)
    return [f"Bài{number}.{bare(title)}" for number, title in enumerate(titles, 1)]


def numbers_of(pages: list[str], words: str) -> list[int]:
    return [number for number, page in enumerate(pages, 1) if words in page]


def test_a_lesson_lies_on_two_pages_that_face_each_other(pages: list[str], course: Course) -> None:
    on = [numbers_of(pages, title) for title in lesson_titles(course)]
    assert [len(numbers) for numbers in on] == [2] * len(course.lesson_ids)
    assert [(left % 2, right - left) for left, right in on] == [(0, 1)] * len(on)


def test_what_is_done_in_a_lesson_fills_its_page(
    printed: dict[str, Path], pages: list[str], course: Course
) -> None:
    """Its letters grow by a quarter at most, so that the page of a lesson of few words may end earlier."""
    with pypdfium2.PdfDocument(printed[course.id]) as document:
        for title in lesson_titles(course):
            picture = document[numbers_of(pages, title)[0] - 1].render(grayscale=True).to_pil()
            above_foot = picture.crop((0, 0, picture.width, round(0.94 * picture.height)))
            ink = above_foot.point(lambda grey: 255 if grey < 128 else 0).getbbox()
            assert ink
            assert ink[3] / picture.height > 0.75, title


def test_a_lesson_begins_with_its_minutes_what_to_prepare_and_what_is_done_on_one_page(
    pages: list[str], course: Course
) -> None:
    for title, id in zip(lesson_titles(course), course.lesson_ids, strict=True):
        left = pages[numbers_of(pages, title)[0] - 1]
        lesson = programme().lessons[id]
        needed = ["Chuẩnbị", "Phútthứ", "Cáchlàm", "Nộidungnhắclại"]
        needed += [bare(activity.title) for activity in lesson.activities]
        assert [words for words in needed if words not in left] == []


def test_notes_stand_beside_what_they_are_about_or_on_the_page_that_faces_it(
    pages: list[str], course: Course
) -> None:
    for title, id in zip(lesson_titles(course), course.lesson_ids, strict=True):
        left, right = (pages[number - 1] for number in numbers_of(pages, title))
        notes = (programme().lessons[id].trainer_notes or "").splitlines()
        begun = [bare(re.split(r"\[|\*", note)[0])[:20] for note in notes]
        assert [words for words in begun if words not in left + right] == []
        assert any(words in left for words in begun)


def test_contents_name_the_page_on_which_a_lesson_begins(pages: list[str], course: Course) -> None:
    contents = next(page for page in pages if "Thờilượngtạilớp" in page)
    for title in lesson_titles(course):
        number, words = title.removeprefix("Bài").split(".", 1)
        begins, next_row = numbers_of(pages, title)[0], int(number) + 1
        row = rf"{number}{re.escape(words)}\d+(?:giờ|phút)(?:\d+phút)?{begins}(?:{next_row}|\D|$)"
        assert re.search(row, contents), title


def test_what_to_prepare_names_the_sheet_for_the_wall_and_the_numbers(
    pages: list[str], course: Course
) -> None:
    ids, said = set(course.lesson_ids), "".join(pages)
    flows = [
        flow.title
        for flow in programme().flows.values()
        if ids & {lesson.id for lesson in programme().lessons_with(flow)}
    ]
    assert flows
    assert [title for title in flows if f"Tờdánnơilàmviệc“{bare(title)}”" not in said] == []
    assert re.search(r"Sốsẽnhắcđến:(?:\d{3},)*\d{3}\.", said)


def test_lessons_and_the_sheets_on_which_they_are_observed_name_each_other(
    guides: dict[str, list[str]],
) -> None:
    pages, course = guides["giao-vien"], programme().courses["giao-vien"]
    tasks = programme().tasks_of(course)
    assert tasks
    for task in tasks:
        begins = numbers_of(pages, f"Việcquansát.{bare(task.title)}")[0]
        assert begins % 2 == 0
        assert "Mườidòngđểđánhdấu" in pages[begins]
        naming = numbers_of(pages, f"Nếulàmviệcquansát“{bare(task.title)}”:phiếuởtrang{begins},")
        taught = re.findall(r"Mụctiêuấyhọcởbài([\d,]+);", pages[begins - 1])[0].split(",")
        titles = lesson_titles(course)
        assert naming == [numbers_of(pages, titles[int(number) - 1])[0] for number in taught]


def test_what_is_still_open_is_read_before_the_lessons(guides: dict[str, list[str]]) -> None:
    for id, pages in guides.items():
        first = numbers_of(pages, lesson_titles(programme().courses[id])[0])[0]
        assert numbers_of(pages, "Câuhỏicònmở:khôngtrảlời")[0] < first


def test_a_true_or_false_sentence_is_answered_in_sentences(guides: dict[str, list[str]]) -> None:
    said = "".join(guides["giao-vien"])
    assert re.search(r"Câunày(đúng|sai)\.", said)
    assert "Aichọn“Đúng”:" in said
    assert not re.search(r"(?<![“\w])(Đúng|Sai)(Chưađúng|Đúngvậy)\.", said)
