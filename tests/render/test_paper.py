"""What a programme looks like on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from paper_sheets import BOOK, CAMPAIGN, COURSE, HANDOUT, LEAFLET, LESSON, MONO, POSTER, on_paper, words

from taphuan.programme.agency_tasks import agency_shares
from taphuan.programme.kinds.blank_form import BlankForm
from taphuan.programme.kinds.lesson_plan import LessonPlan
from taphuan.programme.kinds.pocket_text import PocketText
from taphuan.programme.model.campaign import Campaign
from taphuan.programme.model.contact import Contact
from taphuan.programme.model.course import Lesson
from taphuan.programme.model.observed_task import ObservedTask
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.scenario import Scenario
from taphuan.programme.model.values import NOTHING, Markdown, ReadOnly, Review
from taphuan.programme.vietnamese import written_day
from taphuan.render.paper.law_list import ranges
from taphuan.render.printable import Printed, Sheet, download_catalogue
from taphuan.render.site import pages

GUIDE = f"{COURSE}-tap-huan-vien"
#: The kinds of which a sheet is turned on its long edge, and those of one side.
BOUND = ("handbook", "guide", "handout", "lesson-plan")
#: The look-up card stands among the sheets that hang at a place of work.
AMONG_JOB_AIDS = ("job-aid", "2 mặt, lật cạnh dài")
ONE_SIDED = ("poster", "job-aid", "blank-form", "lesson-cards", "observed-task", "agency-tasks")
#: The contact that the lesson and the materials name.
CALLED = "to-cap-nuoc"


@pytest.fixture(scope="module")
def paper(programme: Programme) -> dict[str, Sheet]:
    return on_paper(programme)


# --- which sheets there are -------------------------------------------------------------------


def test_makes_a_sheet_of_everything_in_colour_and_mono_but_of_what_is_written_on_or_cut_up(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    expected = [f"{course}-{book}" for course in programme.courses for book in ("so-tay", "tap-huan-vien")]
    expected += [lesson.replace("/", "-") for lesson in programme.lessons]
    expected += [f"{flow}-to-dan" for flow in programme.flows]
    expected += ["the-tra-muc-phat"]
    expected += [f"{c.id}-{material}" for c in programme.campaigns.values() for material in c.materials]
    expected += [f"{plan}-giao-an" for plan in programme.of(LessonPlan)]
    expected += [f"{share.id}-trang-viec" for share in agency_shares(programme)]
    alone = [f"{form}-to-mau" for form in programme.of(BlankForm)]
    alone += [f"{plan.id}-the" for plan in programme.of(LessonPlan).values() if plan.cards]
    alone += [f"{task}-phieu-quan-sat" for task in programme.observed_tasks]
    alone += [f"{text}-bo-tui" for text in programme.of(PocketText)]
    assert list(paper) == [*(id + edition for id in expected for edition in ("", MONO)), *alone]


def citing(programme: Programme, id: str) -> str:
    """The HTML of a material whose text cites a law."""
    campaign = programme.campaigns[CAMPAIGN]
    name = id.removeprefix(f"{CAMPAIGN}-")
    cited = Markdown("Ai cũng giữ lấy khe [@nd-moi:3].")
    material = campaign.materials[name]
    panels = getattr(material, "panels", None)
    changed = (
        {"panels": panels.model_copy(update={"front": panels.front.model_copy(update={"text": cited})})}
        if panels
        else {"text": cited}
    )
    materials = ReadOnly({**campaign.materials, name: material.model_copy(update=changed)})
    campaigns = {CAMPAIGN: campaign.model_copy(update={"materials": materials})}
    return on_paper(programme.having(Campaign, campaigns))[id].html


@pytest.mark.parametrize("id", [LEAFLET, POSTER])
def test_a_material_prints_the_source_of_what_its_text_cites(programme: Programme, id: str) -> None:
    html = citing(programme, id)
    (number,) = re.findall(r'khe<sup class="note"[^>]*>.*?(\d+).*?</sup>', html)
    assert re.search(rf"{number}\. Nghị định 2/2025, Điều 3 \(còn hiệu lực", words(html))


def test_downloads_say_how_each_kind_is_printed(programme: Programme, paper: dict[str, Sheet]) -> None:
    printed = [
        Printed(sheet=id, path=Path(f"{id}.pdf"), pages=2, bytes=9_000, sha256="0" * 64, is_reused=False)
        for id in paper
    ]
    catalogue = download_catalogue(paper.values(), printed)
    (page,) = (page.body for page in pages(programme, catalogue) if page.path.startswith("tai-lieu/"))
    said = {
        (kind, words)
        for kind, words in re.findall(
            r'data-filter-item data-kind="([a-z-]+)".*?<a href="#[a-z-]+">(\d mặt[^<]*)</a>', page, re.S
        )
    }
    assert said == {
        *((kind, "2 mặt, lật cạnh dài") for kind in BOUND),
        AMONG_JOB_AIDS,
        ("leaflet", "2 mặt, lật cạnh ngắn"),
        ("pocket-text", "2 mặt, lật cạnh dài"),
        *((kind, "1 mặt") for kind in ONE_SIDED),
    }
    assert "In 2 mặt, lật cạnh ngắn, rồi gấp theo vạch nhỏ ở mép giấy." in page


def test_says_what_each_sheet_is_and_how_to_print_it(paper: dict[str, Sheet]) -> None:
    def described(id: str) -> tuple[object, ...]:
        sheet = paper[id]
        return (sheet.kind, sheet.subject, sheet.edition, sheet.landscape, sheet.duplex)

    assert described(HANDOUT) == ("handout", LESSON, "colour", False, "long-edge")
    assert described(BOOK + MONO) == ("handbook", COURSE, "mono", False, "long-edge")
    assert described(GUIDE) == ("guide", COURSE, "colour", False, "long-edge")
    assert described(LEAFLET) == ("leaflet", CAMPAIGN, "colour", True, "short-edge")
    assert described(POSTER) == ("poster", CAMPAIGN, "colour", False, "none")
    exact = {sheet.kind for sheet in paper.values() if sheet.is_exact}
    assert exact == {"leaflet", "blank-form", "lesson-cards", "look-up-card", "pocket-text"}


def test_takes_title_audience_and_author_from_the_programme(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    sheet = paper[HANDOUT]
    assert sheet.title == programme.lessons[LESSON].title
    assert sheet.audience == programme.audiences[programme.courses[COURSE].audience].title
    assert sheet.author == "Soạn theo kế hoạch của UBND tỉnh Mẫu"
    assert sheet.dated == programme.charter.as_of


def test_is_the_same_each_time(programme: Programme, paper: dict[str, Sheet]) -> None:
    assert on_paper(programme) == paper


# --- for the trainer --------------------------------------------------------------------------


def test_tells_the_trainer_what_each_lesson_takes_and_what_to_mind(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    guide = words(paper[GUIDE].html)
    for lesson in programme.lessons_of(programme.courses[COURSE]):
        assert f"{lesson.title} {lesson.minutes} phút" in guide
        assert all(activity.title in guide for activity in lesson.activities)
        assert all(line.split("[")[0].strip() in guide for line in (lesson.trainer_notes or "").splitlines())
    assert f"Dự đủ {programme.class_minutes(programme.courses[COURSE])} phút" in guide


def test_tells_no_learner_what_is_for_the_trainer(programme: Programme, paper: dict[str, Sheet]) -> None:
    others = words("".join(sheet.html for sheet in paper.values() if sheet.kind != "guide"))
    for lesson in programme.lessons.values():
        assert all(line not in others for line in (lesson.trainer_notes or "").splitlines())


def test_a_lesson_is_planned_minute_by_minute_from_its_scene_to_its_close(programme: Programme) -> None:
    guide = on_paper(programme)[GUIDE].html
    table = words(guide[guide.index('<table class="activities">') :].partition("</table>")[0])
    titles = ["Mở bài", "Trình bày, hỏi đáp", "Đi thăm nguồn nước", "Tự kiểm tra", "Khép lại"]
    places = [table.index(title) for title in titles]
    assert places == sorted(places)
    assert "Phút thứ Hoạt động Cách làm Số phút 0–" in table
    assert f"–{programme.lessons[LESSON].minutes} Khép lại" in table


def test_the_minutes_without_an_activity_go_through_the_sections_that_are_not_played(
    programme: Programme,
) -> None:
    scenario = next(iter(programme.scenarios))
    body = f"## Giữ nguồn\n\nMột.\n\n## Tập một lần\n\n!!! scenario {scenario}\n\n## Báo ai\n\nHai."
    lesson = programme.lessons[LESSON].model_copy(update={"body": Markdown(body)})
    made = on_paper(programme.having(Lesson, ReadOnly({**programme.lessons, LESSON: lesson})))[GUIDE]
    assert "Theo các mục: Giữ nguồn; Báo ai." in words(made.html)


def test_notes_without_room_beside_a_lesson_stand_on_the_page_that_faces_it(programme: Programme) -> None:
    notes = [f"Lời dặn {n}: " + "nói chậm, nghe lâu, không ghi tên " * 3 for n in range(12)]
    lesson = programme.lessons[LESSON].model_copy(update={"trainer_notes": Markdown("\n".join(notes))})
    made = on_paper(programme.having(Lesson, ReadOnly({**programme.lessons, LESSON: lesson})))[GUIDE]
    beside, _, opposite = made.html.partition('<div class="debrief"')
    assert [f"Lời dặn {n}:" in beside for n in (0, 11)] == [True, False]
    assert "Lời dặn 11:" in opposite
    assert "Lưu ý khi giảng dạy, tiếp theo" in words(opposite)


def test_the_minutes_of_a_lesson_are_a_bar_in_which_each_is_as_wide_as_any_other(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    bars = re.findall(r'<ol class="bar".*?</ol>', paper[GUIDE].html, re.S)
    lessons = [lesson for lesson in programme.lessons_of(programme.courses[COURSE]) if lesson.activities]
    assert len(bars) == len(lessons) > 0
    for bar, lesson in zip(bars, lessons, strict=True):
        widths = [int(minutes) for minutes in re.findall(r'style="flex-grow: (\d+)"', bar)]
        assert widths == [int(minutes) for minutes in re.findall(r"<b>(\d+)′</b>", bar)]
        assert sum(widths) == lesson.minutes


def test_makes_no_guide_where_nobody_wrote_for_a_trainer(programme: Programme) -> None:
    bare = {
        id: lesson.model_copy(update={"activities": (), "trainer_notes": None})
        for id, lesson in programme.lessons.items()
    }
    nobody_wrote = (
        programme.having(Lesson, ReadOnly(bare)).having(Scenario, NOTHING).having(ObservedTask, NOTHING)
    )
    assert GUIDE not in on_paper(nobody_wrote)


# --- what a reader must be said ---------------------------------------------------------------


@pytest.mark.parametrize("id", [HANDOUT, BOOK, LEAFLET, POSTER])
def test_says_on_the_sheet_that_it_is_a_draft(paper: dict[str, Sheet], id: str) -> None:
    assert "Bản thảo, chưa thẩm định" in words(paper[id].html)
    assert "Bản thảo, chưa thẩm định" in words(paper[id + MONO].html)


def test_says_nothing_of_a_draft_once_a_text_is_approved(programme: Programme) -> None:
    approved = Review(status="approved")
    lessons = {LESSON: programme.lessons[LESSON].model_copy(update={"review": approved})}
    campaign = programme.campaigns[CAMPAIGN].model_copy(update={"review": approved})
    changed = programme.having(Lesson, ReadOnly(dict(programme.lessons) | lessons)).having(
        Campaign, ReadOnly({CAMPAIGN: campaign})
    )
    printed = on_paper(changed)
    for id in (HANDOUT, LEAFLET, POSTER):
        assert "Bản thảo" not in printed[id].html
        assert printed[id].author == programme.charter.owner
    for id in (LEAFLET, POSTER):
        assert f"{programme.charter.owner}, {written_day(programme.charter.as_of)}" in words(printed[id].html)


def test_nobody_who_has_approved_nothing_has_a_dated_imprint(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    owner, dated = programme.charter.owner, written_day(programme.charter.as_of)
    for id in (LEAFLET, POSTER):
        assert f"Soạn theo kế hoạch của {owner}, bản ngày {dated}" in words(paper[id].html)
    assert f"Soạn theo kế hoạch của {owner} Bản ngày {dated}" in words(paper[BOOK].html)
    assert all(sheet.author == f"Soạn theo kế hoạch của {owner}" for sheet in paper.values())


def test_a_handbook_turns_a_citation_into_a_numbered_note_with_its_document_and_status(
    paper: dict[str, Sheet],
) -> None:
    html = paper[BOOK].html
    cited = {int(number) for number in re.findall(r'href="#note-(\d+)"', html)}
    noted = [int(number) for number in re.findall(r'id="note-(\d+)"', html)]
    assert noted == sorted(cited) == list(range(1, len(noted) + 1))
    assert len(noted) > 1
    assert re.search(r"NĐ 2/2025 .*?\. Còn hiệu lực\..*? \d+ Đ\. 8 k\. 2 Mức phạt\b", words(html))


def test_a_handout_says_the_article_where_it_is_needed_and_each_law_in_one_line(
    paper: dict[str, Sheet],
) -> None:
    html = paper[HANDOUT].html
    assert "#note-" not in html
    assert 'class="note"' not in html
    assert "(NĐ 2/2025, Đ. 8 k. 2)" in words(html)
    laws = re.findall(r"<li>(.*?)</li>", html.partition('class="laws"')[2].partition("</ul>")[0])
    named = [words(law) for law in laws]
    assert len(named) == len({name.partition(" (")[0] for name in named}) > 1
    assert any(re.fullmatch(r"NĐ 2/2025 \(còn hiệu lực\): Điều [\d, –]+", name) for name in named)


TABLE = "| Việc | Căn cứ |\n|---|---|\n| Giữ khe | [@nd-moi:3] |\n| Lấp giếng | [@nd-moi:8.2] |\n"


def test_a_table_on_paper_names_the_article_where_it_is_looked_up(programme: Programme) -> None:
    lesson = programme.lessons[LESSON].model_copy(update={"body": Markdown(TABLE)})
    html = on_paper(programme.having(Lesson, ReadOnly({**programme.lessons, LESSON: lesson})))[HANDOUT].html
    read = words(html)
    assert "Việc Căn cứ, NĐ 2/2025 Giữ khe Đ. 3 Lấp giếng Đ. 8 k. 2" in read
    assert "chú thích" not in read
    listed = words(html.partition('id="can-cu"')[2])
    assert re.search(r"NĐ 2/2025 \([^)]*\): Điều 3, 8", listed)


def test_neighbours_among_articles_of_tables_are_a_range() -> None:
    assert list(ranges([5, 6, 32, 33, 34, 35, 69])) == ["5", "6", "32–35", "69"]


def test_neighbours_within_an_article_are_one_row_of_the_list_and_each_number_has_its_place(
    programme: Programme,
) -> None:
    text = "Đổ [@nd-moi:9.1], thu [@nd-moi:9.3], nộp [@nd-moi:9.4], xin [@nd-moi:3]."
    lesson = programme.lessons[LESSON].model_copy(update={"body": Markdown(text)})
    html = on_paper(programme.having(Lesson, ReadOnly({**programme.lessons, LESSON: lesson})))[BOOK].html
    listed = html.partition('id="can-cu"')[2]
    assert re.search(r"\d+ *–\d+ Đ\. 9 k. 1, 3, 4", words(listed).replace("\xa0", " "))
    assert set(re.findall(r'href="#(note-\d+)"', html)) <= set(re.findall(r'id="(note-\d+)"', listed))


def test_says_up_to_what_day_force_was_looked_at_and_who_has_not_read_it(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    until = written_day(programme.register.checked_until)
    assert words(citing(programme, LEAFLET)).count(f"Căn cứ (hiệu lực kiểm tra đến {until}): ") == 1
    assert "(còn hiệu lực)" in words(citing(programme, LEAFLET))
    for id in (HANDOUT, BOOK, LEAFLET):
        assert "kiểm ngày" not in words(paper[id].html)
    for id in (HANDOUT, BOOK):
        note = (
            f"Hiệu lực được kiểm tra đến {until}. {programme.register.notice} "
            "Hãy đối chiếu bản gốc trước khi áp dụng."
        )
        assert " ".join(note.split()) in words(paper[id].html)


def test_lists_the_law_of_a_handbook_once_and_each_number_leads_there(paper: dict[str, Sheet]) -> None:
    assert paper[BOOK].html.count('class="law-list" id="can-cu"') == 1
    ids = re.findall(r'\bid="([^"]+)"', paper[BOOK].html)
    assert len(ids) - ids.count("ornament-tile") == len(set(ids) - {"ornament-tile"})
    targets = set(re.findall(r'href="#([^"]+)"', paper[BOOK].html))
    assert targets <= set(ids)


def test_a_citation_where_no_notes_stand_is_in_words(programme: Programme) -> None:
    decision = programme.decisions["gieng-nao-duoc-dem"].model_copy(
        update={"until_then": Markdown("Đếm theo [@nd-cu:4|cũ]."), "courses": (COURSE,)}
    )
    remarked = programme.lessons[LESSON].model_copy(update={"trainer_notes": Markdown("Đọc [@nd-moi:8.6].")})
    printed = on_paper(
        replace(programme, decisions=ReadOnly({"gieng-nao-duoc-dem": decision})).having(
            Lesson, ReadOnly({**programme.lessons, LESSON: remarked})
        )
    )
    assert "Nước đạt chuẩn để ăn uống (Nghị định 2/2025, Điều 3)." in words(printed[BOOK].html)
    assert "Đọc (Nghị định 2/2025, Điều 8 khoản 6, chưa kiểm)." in words(printed[GUIDE].html)
    assert "Đếm theo (Nghị định 1/2020, Điều 4, văn bản cũ)." in words(printed[GUIDE].html)
    assert 'class="note"' not in printed[GUIDE].html


def with_contacts(programme: Programme, contacts: Mapping[str, Contact]) -> Programme:
    known = programme.contacts.contacts
    changed = programme.contacts.model_copy(update={"contacts": ReadOnly({**known, **contacts})})
    return replace(programme, contacts=changed)


@pytest.mark.parametrize("publish", [True, False])
def test_never_prints_a_contact_that_must_not_be_published(programme: Programme, publish: bool) -> None:
    number = "0999888777"
    contact = programme.contacts.contacts[CALLED].model_copy(update={"publish": publish, "display": number})
    printed = on_paper(with_contacts(programme, {CALLED: contact}))
    assert [number in printed[id].html for id in (LEAFLET, POSTER)] == [publish] * 2


def test_who_needs_help_is_told_of_no_number_that_nobody_has_called(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    open_still = programme.contacts.contacts[CALLED].model_copy(update={"condition": "Gọi thử trước khi in"})
    printed = on_paper(with_contacts(programme, {CALLED: open_still}))
    assert "Tổ cấp nước (0900, gọi thử trước khi dùng)" in words(printed[HANDOUT].html)
    for id in (HANDOUT, BOOK):
        assert '<span class="number">0900</span>' in paper[id].html
        assert '<span class="number">0900</span>' not in printed[id].html
        assert "Gọi thử trước khi dùng" not in words(printed[id].html)
        assert "Gọi thử trước khi in" not in words(printed[id].html)


def test_a_handbook_names_places_to_go_also_where_no_lesson_names_them(programme: Programme) -> None:
    place = programme.contacts.contacts["so-chua-goi-thu"].model_copy(
        update={"name": "Trạm bơm của xã", "short": "Trạm bơm", "number": None, "condition": None}
    )
    other = place.model_copy(update={"name": "Nhà máy nước", "short": "Nhà máy"})
    online = place.model_copy(update={"name": "Trang của tổ", "url": "https://example.org/"})
    printed = on_paper(with_contacts(programme, {"tram": place, "nha-may": other, "trang": online}))
    listed = printed[BOOK].html.partition('id="so-dien-thoai"')[2]
    for name in ("Trạm bơm của xã", "Nhà máy nước"):
        assert f'<span class="number words">{name}</span>' in listed
    assert "Trang của tổ" not in listed
    assert '<span class="number">0900</span>' in listed
    said = words(printed[HANDOUT].html)
    assert "Cần giúp, gọi ngay" in said
    assert "Nơi để tìm đến: Trạm bơm của xã; Nhà máy nước." in said


def test_a_place_without_a_number_is_named_once_and_whole(programme: Programme) -> None:
    place = programme.contacts.contacts[CALLED].model_copy(
        update={"short": "Tổ trông nước", "name": "Tổ Trông nước của bản", "number": None, "display": None}
    )
    for name in (place.name, "Ủy ban bản; tổ trông nước"):
        called = place.model_copy(update={"name": name})
        box = on_paper(with_contacts(programme, {CALLED: called}))[HANDOUT].html.partition('class="call"')[2]
        said = words(box.partition("</section>")[0]).lower()
        assert name.lower() in said
        assert said.count("trông nước") == 1


def test_headings_on_paper_keep_compounds_whole(programme: Programme) -> None:
    lesson = programme.lessons[LESSON].model_copy(update={"title": "Phòng ngừa theo thẩm quyền"})
    html = on_paper(programme.having(Lesson, ReadOnly({**programme.lessons, LESSON: lesson})))[HANDOUT].html
    assert 'class="title">Phòng\N{NO-BREAK SPACE}ngừa theo thẩm\N{NO-BREAK SPACE}quyền<' in html


def test_prints_the_discussion_of_a_case_open(paper: dict[str, Sheet]) -> None:
    assert "details::details-content { content-visibility: visible" in paper[HANDOUT].html
    assert "Gợi ý thảo luận" in words(paper[HANDOUT].html)
