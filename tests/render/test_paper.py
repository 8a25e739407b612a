"""What a programme looks like on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup
from paper_sheets import BOOK, CAMPAIGN, COURSE, HANDOUT, LEAFLET, LESSON, MONO, POSTER, on_paper

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import Ordering
from taphuan.programme.model.values import NOTHING, Markdown, ReadOnly, Review
from taphuan.programme.vietnamese import written_day
from taphuan.render.markdown_text import Prose
from taphuan.render.printable import Printed, Sheet, download_catalogue
from taphuan.render.site import pages
from taphuan.render.typography import bind_html

GUIDE = "can-bo-cap-xa-tap-huan-vien"


@pytest.fixture(scope="module")
def found(programme: Programme) -> dict[str, Sheet]:
    return on_paper(programme)


def words(html: str) -> str:
    """What a reader reads: no tags, no styles, plain spaces."""
    bare = re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", Markup(bare).unescape()).strip()


# --- which sheets there are -------------------------------------------------------------------


def test_makes_a_sheet_of_every_lesson_course_and_material_in_colour_and_mono(
    programme: Programme, found: dict[str, Sheet]
) -> None:
    expected = [f"{course}-{book}" for course in programme.courses for book in ("so-tay", "tap-huan-vien")]
    expected += [lesson.replace("/", "-") for lesson in programme.lessons]
    expected += [f"{c.id}-{material}" for c in programme.campaigns.values() for material in c.materials]
    assert list(found) == [id + edition for id in expected for edition in ("", MONO)]


@pytest.mark.parametrize("id", [LEAFLET, POSTER])
def test_a_material_prints_the_source_of_what_its_text_cites(programme: Programme, id: str) -> None:
    campaign = programme.campaigns[CAMPAIGN]
    name = id.removeprefix(f"{CAMPAIGN}-")
    cited = Markdown("Em không có lỗi [@luat-tre-em-102-2016:4].")
    material = campaign.materials[name]
    panels = getattr(material, "panels", None)
    changed = (
        {"panels": panels.model_copy(update={"front": panels.front.model_copy(update={"text": cited})})}
        if panels
        else {"text": cited}
    )
    materials = ReadOnly({**campaign.materials, name: material.model_copy(update=changed)})
    campaigns = {CAMPAIGN: campaign.model_copy(update={"materials": materials})}
    html = on_paper(replace(programme, campaigns=campaigns))[id].html
    (number,) = re.findall(r'lỗi<sup class="note"[^>]*>.*?(\d+).*?</sup>', html)
    assert re.search(rf"{number}\. Luật Trẻ em, Điều 4 \(còn hiệu lực", words(html))


def test_downloads_say_how_each_kind_is_printed(programme: Programme, found: dict[str, Sheet]) -> None:
    printed = [
        Printed(sheet=id, path=Path(f"{id}.pdf"), pages=2, bytes=9_000, sha256="0" * 64, is_reused=False)
        for id in found
    ]
    catalogue = download_catalogue(found.values(), printed)
    (page,) = (page.text for page in pages(programme, catalogue) if page.path.startswith("tai-lieu/"))
    how = page.partition("## Cách in")[2].partition("##")[0]
    ways = re.findall(r"<li>(.*)</li>", how)
    assert ways[1:-1] == [
        "Sổ tay học viên, tài liệu tập huấn viên, bài phát tay: in 2 mặt, lật theo cạnh dài.",
        "Tờ gấp ba: in 2 mặt, lật theo cạnh ngắn, rồi gấp theo vạch nhỏ ở mép giấy.",
        "Áp phích: in 1 mặt.",
    ]


def test_says_what_each_sheet_is_and_how_to_print_it(found: dict[str, Sheet]) -> None:
    def told(id: str) -> tuple[object, ...]:
        sheet = found[id]
        return (sheet.kind, sheet.subject, sheet.edition, sheet.landscape, sheet.duplex)

    assert told(HANDOUT) == ("handout", LESSON, "colour", False, "long-edge")
    assert told(BOOK + MONO) == ("handbook", COURSE, "mono", False, "long-edge")
    assert told(GUIDE) == ("guide", COURSE, "colour", False, "long-edge")
    assert told(LEAFLET) == ("leaflet", CAMPAIGN, "colour", True, "short-edge")
    assert told(POSTER) == ("poster", CAMPAIGN, "colour", False, "none")
    assert {sheet.kind for sheet in found.values() if sheet.is_exact} == {"leaflet"}


def test_takes_title_audience_and_author_from_the_programme(
    programme: Programme, found: dict[str, Sheet]
) -> None:
    sheet = found[HANDOUT]
    assert sheet.title == programme.lessons[LESSON].title
    assert sheet.audience == programme.audiences[programme.courses[COURSE].audience].title
    assert sheet.author == "Soạn theo kế hoạch của UBND tỉnh Lai Châu"
    assert sheet.dated == programme.charter.as_of


def test_is_the_same_each_time(programme: Programme, found: dict[str, Sheet]) -> None:
    assert on_paper(programme) == found


# --- for the trainer --------------------------------------------------------------------------


def test_tells_the_trainer_what_each_lesson_takes_and_what_to_mind(
    programme: Programme, found: dict[str, Sheet]
) -> None:
    guide = words(found[GUIDE].html)
    for lesson in programme.lessons_of(programme.courses[COURSE]):
        assert f"{lesson.title} {lesson.minutes} phút" in guide
        assert all(activity.title in guide for activity in lesson.activities)
        assert all(line.split("[")[0].strip() in guide for line in (lesson.trainer_notes or "").splitlines())
    assert f"Dự đủ {programme.class_minutes(programme.courses[COURSE])} phút" in guide


def test_tells_no_learner_what_is_for_the_trainer(programme: Programme, found: dict[str, Sheet]) -> None:
    others = words("".join(sheet.html for sheet in found.values() if sheet.kind != "guide"))
    for lesson in programme.lessons.values():
        assert all(line not in others for line in (lesson.trainer_notes or "").splitlines())


def test_fills_the_minutes_of_a_lesson_that_no_activity_takes(programme: Programme) -> None:
    lesson = programme.lessons[LESSON]
    spent = sum(activity.minutes for activity in lesson.activities)
    guide = words(on_paper(programme)[GUIDE].html)
    assert f"Trình bày, hỏi đáp cả lớp {lesson.minutes - spent}" in guide


def test_makes_no_guide_where_nobody_wrote_for_a_trainer(programme: Programme) -> None:
    bare = {
        id: lesson.model_copy(update={"activities": (), "trainer_notes": None})
        for id, lesson in programme.lessons.items()
    }
    nobody_wrote = replace(programme, lessons=ReadOnly(bare), scenarios=NOTHING)
    assert GUIDE not in on_paper(nobody_wrote)


# --- answers never travel ---------------------------------------------------------------------


def test_prints_questions_without_a_word_of_the_answers(
    programme: Programme, found: dict[str, Sheet]
) -> None:
    prose = Prose(programme)
    everything = words("".join(sheet.html for sheet in found.values()))
    told = [
        (id, reason)
        for id, (_, question) in programme.questions.items()
        for reason in map(prose.plain, filter(None, [*question.reasons.values(), question.explanation]))
        if len(reason) >= 25 and reason in everything
    ]
    assert told == []


def test_prints_every_self_check_question_of_a_lesson(programme: Programme, found: dict[str, Sheet]) -> None:
    printed, prose = words(found[HANDOUT].html), Prose(programme)
    for id in programme.lessons[LESSON].self_check:
        assert prose.plain(programme.questions[id][1].stem) in printed


def test_never_prints_a_question_of_a_test_even_where_a_lesson_names_it(programme: Programme) -> None:
    banks = {id: bank.model_copy(update={"use": "test"}) for id, bank in programme.banks.items()}
    printed = words(on_paper(replace(programme, banks=ReadOnly(banks)))[HANDOUT].html)
    for id in programme.lessons[LESSON].self_check:
        assert programme.questions[id][1].stem not in printed


def test_never_prints_the_steps_of_an_ordering_in_their_order(
    programme: Programme, found: dict[str, Sheet]
) -> None:
    orderings = [
        (lesson, question)
        for lesson in programme.lessons.values()
        for id in lesson.self_check
        if isinstance(question := programme.questions[id][1], Ordering)
    ]
    assert orderings
    for lesson, question in orderings:
        html = words(found[lesson.id.replace("/", "-")].html)
        places = [html.rindex(words(bind_html(item.text))) for item in question.items.values()]
        assert places != sorted(places)


# --- what a reader must be told ---------------------------------------------------------------


@pytest.mark.parametrize("id", [HANDOUT, BOOK, LEAFLET, POSTER])
def test_says_on_the_sheet_that_it_is_a_draft(found: dict[str, Sheet], id: str) -> None:
    assert "Bản thảo, chưa thẩm định" in words(found[id].html)
    assert "Bản thảo, chưa thẩm định" in words(found[id + MONO].html)


def test_says_nothing_of_a_draft_once_a_text_is_approved(programme: Programme) -> None:
    approved = Review(status="approved")
    lessons = {LESSON: programme.lessons[LESSON].model_copy(update={"review": approved})}
    campaign = programme.campaigns[CAMPAIGN].model_copy(update={"review": approved})
    changed = replace(
        programme,
        lessons=ReadOnly(dict(programme.lessons) | lessons),
        campaigns=ReadOnly({CAMPAIGN: campaign}),
    )
    printed = on_paper(changed)
    for id in (HANDOUT, LEAFLET, POSTER):
        assert "Bản thảo" not in printed[id].html
        assert printed[id].author == programme.charter.owner
    for id in (LEAFLET, POSTER):
        assert f"{programme.charter.owner}, {written_day(programme.charter.as_of)}" in words(printed[id].html)


def test_nobody_who_has_approved_nothing_has_a_dated_imprint(
    programme: Programme, found: dict[str, Sheet]
) -> None:
    owner, dated = programme.charter.owner, written_day(programme.charter.as_of)
    for id in (LEAFLET, POSTER):
        assert f"Soạn theo kế hoạch của {owner}, bản ngày {dated}" in words(found[id].html)
    assert f"Soạn theo kế hoạch của {owner} Bản ngày {dated}" in words(found[BOOK].html)
    assert all(sheet.author == f"Soạn theo kế hoạch của {owner}" for sheet in found.values())


def test_turns_a_citation_into_a_numbered_note_with_its_document_and_status(
    found: dict[str, Sheet],
) -> None:
    html = found[HANDOUT].html
    cited = {int(number) for number in re.findall(rf'href="#{HANDOUT}-note-(\d+)"', html)}
    noted = [int(number) for number in re.findall(rf'id="{HANDOUT}-note-(\d+)"', html)]
    assert noted == sorted(cited) == list(range(1, len(noted) + 1))
    assert "Nghị định 282/2025, Điều 32" in words(html)
    assert re.search(r"Nghị định 282/2025 : .*? Còn hiệu lực\.", words(html))


def test_says_up_to_what_day_force_was_looked_at_and_who_has_not_read_it(
    programme: Programme, found: dict[str, Sheet]
) -> None:
    until = written_day(programme.register.checked_until)
    assert f"(còn hiệu lực, đã sửa đổi; hiệu lực kiểm tra đến {until})" in words(found[LEAFLET].html)
    for id in (HANDOUT, BOOK, LEAFLET):
        assert "kiểm ngày" not in words(found[id].html)
    for id in (HANDOUT, BOOK):
        note = (
            f"Hiệu lực được kiểm tra đến {until}. {programme.register.notice} "
            "Hãy đối chiếu bản gốc trước khi áp dụng."
        )
        assert " ".join(note.split()) in words(found[id].html)


def test_gives_each_lesson_of_a_handbook_notes_of_its_own(found: dict[str, Sheet]) -> None:
    ids = re.findall(r'\bid="([^"]+)"', found[BOOK].html)
    assert len(ids) - ids.count("ornament-tile") == len(set(ids) - {"ornament-tile"})
    targets = set(re.findall(r'href="#([^"]+)"', found[BOOK].html))
    assert targets <= set(ids)


def test_prints_an_address_and_a_qr_code_only_where_the_site_has_an_address(
    found: dict[str, Sheet], online: dict[str, Sheet]
) -> None:
    for id, path in ((HANDOUT, f"khoa-hoc/{LESSON}"), (LEAFLET, f"truyen-thong/{CAMPAIGN}")):
        assert f"taphuan.example/{path}" in words(online[id].html)
        assert "Mã QR" in online[id].html
        assert "Mã QR" not in found[id].html
        assert "trên điện thoại:" not in words(found[id].html)


def test_never_prints_a_contact_that_must_not_be_published(programme: Programme) -> None:
    known = dict(programme.contacts.contacts)
    closed = known["td-111"].model_copy(update={"publish": False, "number": "0999888777"})
    contacts = programme.contacts.model_copy(update={"contacts": ReadOnly(known | {"td-111": closed})})
    printed = on_paper(replace(programme, contacts=contacts))
    assert "0999888777" not in printed[LEAFLET].html + printed[POSTER].html


def test_who_needs_help_is_told_of_no_number_that_nobody_has_called(programme: Programme) -> None:
    known = dict(programme.contacts.contacts)
    open_still = known["td-111"].model_copy(update={"condition": "Gọi thử trước khi in"})
    contacts = programme.contacts.model_copy(update={"contacts": ReadOnly(known | {"td-111": open_still})})
    found = on_paper(replace(programme, contacts=contacts))
    assert "Tổng đài 111 (chưa gọi thử)" in words(found[HANDOUT].html)
    for id in (HANDOUT, BOOK):
        assert '<span class="number">111</span>' not in found[id].html
        assert "Chưa gọi thử" not in words(found[id].html)
        assert "Gọi thử trước khi in" not in words(found[id].html)


def test_a_handbook_names_places_to_go_also_where_no_lesson_names_them(found: dict[str, Sheet]) -> None:
    listed = found[BOOK].html.partition('id="so-dien-thoai"')[2]
    for place in ("Trạm y tế", "Bệnh viện"):
        assert f'<span class="number words">{place}</span>' in listed
    assert "Ứng dụng VNeID" not in listed
    assert '<span class="number">111</span>' in listed
    said = words(found[HANDOUT].html)
    assert "Cần giúp đỡ, hãy gọi hoặc đến" in said
    assert "Hoặc tìm đến: Trạm y tế xã, phường; Bệnh viện;" in said


def test_prints_the_discussion_of_a_case_open(found: dict[str, Sheet]) -> None:
    assert "details::details-content { content-visibility: visible" in found[HANDOUT].html
    assert "Gợi ý thảo luận" in words(found[HANDOUT].html)
