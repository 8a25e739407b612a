"""What the page of a course and its handbook say of how it is completed."""

from __future__ import annotations

import re

from taphuan.programme.model.course import Course, RolePath
from taphuan.programme.model.programme import Programme
from taphuan.render.paper import sheets
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose

PLACE = '<p class="test-link" data-test-link="nuoc-sach" hidden></p>'


def changed(programme: Programme, **fields: object) -> Programme:
    course: Course = programme.courses["nuoc-sach"].model_copy(update=fields)
    return programme.having(Course, {course.id: course})


def said(programme: Programme) -> tuple[str, str]:
    """The words on the page of the course and in its handbook, and the page as it is written."""
    page = next(page for page in pages(programme) if page.address == "khoa-hoc/nuoc-sach/")
    book = next(sheet for sheet in sheets(programme, Prose(programme)) if sheet.id == "nuoc-sach-so-tay")
    return page.body, " ".join(re.sub(r"<[^>]+>", "", book.html + page.body).split())


def test_a_course_that_counts_says_what_its_test_and_its_class_ask(programme: Programme) -> None:
    page, words = said(programme)
    for sentence in (
        "đủ 30 phút, qua một hay nhiều lớp",
        "Bạn làm bài kiểm tra ở địa chỉ in trên phiếu mã học viên",
    ):
        assert words.count(sentence) == 2, sentence
    rules = "2 câu hỏi, đạt khi đúng từ 2 câu (80%), được làm 3 lần."
    assert words.count(rules) == 1, "in the handbook; the page has them in a box, once"
    box = page[page.index('id="bai-kiem-tra"') : page.index(PLACE)]
    figures = re.findall("<dt>(.+?)</dt><dd>(.+?)</dd>", box)
    assert figures == [("2", "câu hỏi"), ("2", "câu đúng là đạt (80%)"), ("3", "lần được làm")]
    assert '<a href="#bai-kiem-tra">Bài kiểm tra cuối khóa</a>.</li>' in page
    assert page.count(PLACE) == 1
    assert "/hoc-vien/" not in page


def test_a_class_may_ask_for_less_than_all_lessons(programme: Programme) -> None:
    _, words = said(changed(programme, class_minutes=25))
    assert words.count("đủ 25 phút") == 2


def with_core(programme: Programme) -> Programme:
    """The course in two modules, the first its core, with a way for each of two roles."""
    (module,) = programme.courses["nuoc-sach"].modules
    core = module.model_copy(update={"core": True, "lessons": ("giu-nguon-nuoc",)})
    more = module.model_copy(update={"id": "bao-tin", "title": "Báo tin", "lessons": ("bao-nuoc-ban",)})
    chief = RolePath(id="truong-ban", title="Trưởng bản", summary="Mọi bản.", modules=("bao-tin",))
    team = RolePath(id="to-nuoc", title="Tổ nước", without_core=True, lessons=("giu-nguon-nuoc",))
    return changed(programme, modules=(core, more), paths=(chief, team))


def test_a_core_is_told_with_its_minutes_wherever_the_course_is(programme: Programme) -> None:
    cored = with_core(programme)
    page, words = said(cored)
    assert words.count("học đủ 1 phần cốt lõi (Nguồn nước), cộng lại 20 phút, mỗi phần ở một hay") == 2
    assert '<a href="#phan-nguon-nuoc">Nguồn nước</a>: 20\xa0phút' in page
    assert '<h2 id="phan-nguon-nuoc"><span class="stretch__nth">1.</span> Nguồn nước</h2>' in page
    assert page.count(">Cốt lõi</span>") == page.count(">Học thêm</span>") == 1
    assert "cốt lõi" not in said(programme)[1].lower()
    guide = next(sheet for sheet in sheets(cored, Prose(cored)) if sheet.id == "nuoc-sach-tap-huan-vien")
    taught = " ".join(guide.html.split())
    assert "Nguồn nước (cốt lõi)" in taught
    assert "Học đủ 1 phần cốt lõi, cộng lại 20 phút, là hoàn thành khóa." in taught
    assert "học thêm bài 2." in taught


def test_each_role_has_a_place_on_the_page_and_a_line_in_the_handbook(programme: Programme) -> None:
    page, words = said(with_core(programme))
    chief, team = page.split('id="vai-truong-ban"')[1].split('id="vai-to-nuoc"')
    assert "học thêm 1 bài, 10\xa0phút tại lớp" in chief
    assert 'href="bao-nuoc-ban/">' in chief
    assert 'href="giu-nguon-nuoc/">' not in chief
    assert "Chỉ 1 bài này, 20\xa0phút tại lớp. Lộ trình này không thay phần cốt lõi" in team
    assert page.index('href="#vai-truong-ban"') < page.index('<h2 id="phan-nguon-nuoc">')
    assert "Trưởng bản (Mọi bản.): sau phần cốt lõi, học thêm bài 2." in words
    assert "Tổ nước: chỉ bài 1; chưa được ghi là hoàn thành khóa." in words


def test_on_paper_each_role_has_a_row_with_its_lessons_below_the_part_that_they_are_of(
    programme: Programme,
) -> None:
    page, _ = said(with_core(programme))
    table = page.partition('<table class="route__table">')[2].partition("</table>")[0]
    heads, chief, team = table.split("<tr>")[1:]
    assert re.findall(r">([^<>]+)</th>", heads) == [
        "Vai trò",
        "1.&nbsp;Nguồn nước",
        "2.&nbsp;Báo tin",
        "Tại lớp",
    ]
    assert "Trưởng\xa0bản<p>Mọi bản.</p>" in chief
    assert re.findall(r"<td>(.*?)</td>", chief) == ["", '<span class="stone">2</span> ', "10\xa0phút"]
    assert "Tổ nước *" in team
    assert re.findall(r"<td>(.*?)</td>", team) == ['<span class="stone">1</span> ', "", "20\xa0phút"]
    assert "* Chỉ các bài này. Lộ trình này không thay phần cốt lõi" in page
    assert "route__table" not in said(programme)[0]


def test_without_a_test_there_is_no_way_to_one(programme: Programme) -> None:
    page, words = said(changed(programme, test=None, observed_tasks=()))
    assert "kiểm tra" not in re.sub(r"[Tt]ự kiểm tra", "", page)
    assert words.count("Khóa này được ghi là hoàn thành khi bạn dự lớp đủ 30 phút") == 2
    assert PLACE not in page


def test_where_nobody_is_counted_it_says_that_nothing_is_kept(programme: Programme) -> None:
    page, words = said(changed(programme, counts_toward=None))
    assert words.count("không ai giữ lại điều gì về bạn") == 2
    assert "Hoàn thành khóa này" not in words
    assert PLACE not in page


def test_a_course_recorded_apart_says_what_it_asks_and_that_no_target_counts_it(
    programme: Programme,
) -> None:
    page, words = said(changed(programme, counts_toward=None, records=True))
    assert words.count("2 câu hỏi, đạt khi đúng từ 2 câu (80%), được làm 3 lần.") == 1
    assert '<section class="test-box" aria-labelledby="bai-kiem-tra">' in page
    assert "Người hoàn thành khóa này được đếm riêng, không tính vào chỉ tiêu nào." in words
    assert "không ai giữ lại" not in words
    assert page.count(PLACE) == 1
    assert "đếm riêng" not in said(programme)[1]


def test_the_least_that_passes_is_what_marking_asks(programme: Programme) -> None:
    test = programme.courses["nuoc-sach"].test
    assert test is not None
    for share in range(1, 101):
        needed = test.model_copy(update={"pass_share": share}).needed
        assert needed * 100 >= share * test.asked > (needed - 1) * 100
