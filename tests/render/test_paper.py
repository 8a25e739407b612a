"""What a programme looks like on paper."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from markupsafe import Markup

from taphuan.programme.loader import load
from taphuan.programme.model.base import ReadOnly, Review
from taphuan.programme.model.campaign import Poster
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import Ordering
from taphuan.programme.vietnamese import written_day
from taphuan.render.chromium import find_browser
from taphuan.render.markdown_text import Prose
from taphuan.render.paper import sheets
from taphuan.render.paper.context import grey_drawing
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Printed, Sheet
from taphuan.render.typography import bind_html, css_string, demoted_headings

ROOT = Path(__file__).parents[2]
COURSE, LESSON, CAMPAIGN = "can-bo-cap-xa", "can-bo-cap-xa/xu-phat-hanh-chinh", "nha-truong-va-cha-me"
HANDOUT, BOOK = "can-bo-cap-xa-xu-phat-hanh-chinh", "can-bo-cap-xa-so-tay"
GUIDE = "can-bo-cap-xa-tap-huan-vien"
LEAFLET, POSTER = f"{CAMPAIGN}-to-gap", f"{CAMPAIGN}-ap-phich"
MONO = "-den-trang"
SITE = "https://taphuan.example/"


def on_paper(programme: Programme, site_url: str = "") -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in sheets(programme, Prose(programme), site_url=site_url)}


@pytest.fixture(scope="module")
def programme() -> Programme:
    loaded = load(ROOT).programme
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def found(programme: Programme) -> dict[str, Sheet]:
    return on_paper(programme)


@pytest.fixture(scope="module")
def online(programme: Programme) -> dict[str, Sheet]:
    return on_paper(programme, SITE)


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
    assert GUIDE not in on_paper(replace(programme, lessons=ReadOnly(bare)))


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


# --- off the press ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(online: dict[str, Sheet], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    wanted = [online[id + edition] for id in (HANDOUT, LEAFLET, POSTER) for edition in ("", MONO)]
    folder = tmp_path_factory.mktemp("prints")
    done = print_sheets(
        [*wanted, online[BOOK]],
        out=folder / "out",
        cache=folder / "cache",
        executable=find_browser(os.environ, shutil.which),
    )
    return {one.sheet: one for one in done}


def sizes(path: Path) -> list[tuple[int, int]]:
    """Millimetres of each page."""
    with pikepdf.open(path) as pdf:
        boxes = [[float(side) for side in page.mediabox] for page in pdf.pages]
    return [(round(right * 25.4 / 72), round(top * 25.4 / 72)) for _, _, right, top in boxes]


@pytest.mark.parametrize(
    ("id", "pages"),
    [(LEAFLET, [(297, 210)] * 2), (LEAFLET + MONO, [(297, 210)] * 2), (POSTER, [(210, 297)])],
)
def test_folds_and_hangs_on_exactly_the_paper_there_is(
    printed: dict[str, Printed], id: str, pages: list[tuple[int, int]]
) -> None:
    assert sizes(printed[id].path) == pages
    assert printed[id].overflows == ()


@pytest.mark.parametrize("id", [HANDOUT + MONO, LEAFLET + MONO, POSTER + MONO])
def test_prints_the_mono_edition_in_greys_and_its_text_in_black(printed: dict[str, Printed], id: str) -> None:
    inks = set(colours(printed[id].path))
    assert all(red == green == blue for _, (red, green, blue) in inks)
    assert {ink for kind, ink in inks if kind == "text"} == {(0.0, 0.0, 0.0)}


def colours(path: Path) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each colour that is painted, and whether with text."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            fill: tuple[float, ...] = (0.0, 0.0, 0.0)
            kept: list[tuple[float, ...]] = []
            for one in pikepdf.parse_content_stream(page):
                match str(one.operator):
                    case "q":
                        kept.append(fill)
                    case "Q":
                        fill = kept.pop()
                    case "rg":
                        fill = tuple(float(part) for part in one.operands)
                    case "Tj":
                        yield "text", fill
                    case "f":
                        yield "shape", fill


def test_draws_pictures_and_never_photographs_them(printed: dict[str, Printed]) -> None:
    for one in printed.values():
        with pikepdf.open(one.path) as pdf:
            kinds = {str(o.get("/Subtype")) for o in pdf.objects if isinstance(o, pikepdf.Stream)}
        assert "/Image" not in kinds


def test_sets_everything_in_one_static_family(printed: dict[str, Printed]) -> None:
    for one in printed.values():
        with pikepdf.open(one.path) as pdf:
            fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
            families = {str(font.BaseFont).split("+")[1].split("-")[0] for font in fonts}
            kinds = {str(o.get("/Subtype")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary)}
        assert families == {"BeVietnamPro"}
        assert "/Type3" not in kinds


def test_gives_pictures_their_words(programme: Programme, printed: dict[str, Printed]) -> None:
    with pikepdf.open(printed[POSTER].path) as pdf:
        said = {str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}
    poster = programme.campaigns[CAMPAIGN].materials["ap-phich"]
    assert isinstance(poster, Poster)
    assert poster.picture
    assert programme.pictures[poster.picture].alt in said


def test_binds_a_handbook_with_bookmarks_and_contents_that_agree(
    programme: Programme, printed: dict[str, Printed]
) -> None:
    course = programme.courses[COURSE]
    with pikepdf.open(printed[BOOK].path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        places = {str(name)[1:]: numbers[to[0].objgen] for name, to in pdf.Root.Dests.items()}
        with pdf.open_outline() as outline:
            parts = {item.title: [child.title for child in item.children] for item in outline.root}
    for module in course.modules:
        lessons = [programme.lessons[course.lesson_id(name)].title for name in module.lessons]
        assert parts[module.title] == lessons
    starts = [places[lesson.id.replace("/", "-")] for lesson in programme.lessons_of(course)]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(starts)


# --- typesetting ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loose", "bound"),
    [
        ("Trong 40 phút tới", "Trong 40~phút tới"),
        ("phạt 2 triệu đồng", "phạt 2~triệu~đồng"),
        ("theo Điều 5 và khoản 2", "theo Điều~5 và khoản~2"),
        ("mục IV.1", "mục~IV.1"),
        ("từ ngày 15/12/2025", "từ ngày~15/12/2025"),
        ("Nghị định 282/2025", "Nghị~định~282/2025"),
        ("gọi 1900 54 55 59", "gọi~1900~54~55~59"),
        ("100 %", "100~%"),
        ("năm xã và ba bản", "năm xã và ba bản"),
    ],
)
def test_keeps_together_what_belongs_together(loose: str, bound: str) -> None:
    assert bind_html(f"<p>{loose}</p>") == f"<p>{bound.replace('~', chr(0xA0))}</p>"


def test_keeps_a_range_on_one_line() -> None:
    assert bind_html("<p>từ 300–500</p>") == '<p>từ <span class="whole">300–500</span></p>'


def test_binds_nothing_inside_tags_and_styles() -> None:
    html = '<style>a{margin:1 200 cm}</style><img alt="5 phút" src="x 100 y">'
    assert bind_html(html) == html


def test_puts_a_notes_number_at_the_word_and_commas_between_two() -> None:
    note = '<sup class="note"><a>{}</a></sup>'
    loose = "Điều cũ " + note.format(1) + " " + note.format(2) + "."
    assert bind_html(loose) == (
        'Điều cũ<sup class="note"><a>1</a></sup><sup class="note next"><a>2</a></sup>.'
    )


def test_marks_a_table_cell_that_holds_nothing_but_notes() -> None:
    cell = '<td align="left"><sup class="note"><a>1</a></sup></td><td>a</td>'
    assert bind_html(cell).startswith('<td class="note-only" align="left"><sup')
    assert bind_html(cell).endswith("<td>a</td>")


def test_lowers_every_heading_by_one_level() -> None:
    assert demoted_headings(Markup("<h2 id='a'>A</h2><hr><h3>B</h3>")) == "<h3 id='a'>A</h3><hr><h4>B</h4>"


def test_quotes_a_running_head_for_css() -> None:
    assert css_string('"Bài" <1> \\') == '"\\22 Bài\\22  \\3c 1\\3e  \\5c "'


def test_greys_a_drawing_by_its_lightness_and_keeps_its_references() -> None:
    svg = '<path fill="#fff"/><path stroke="#22395b" fill="url(#fade)"/>'
    white, dark = re.findall(r'="#(\w{2})\w{4}"', grey_drawing(svg))
    assert (white, int(dark, 16) < 0x80) == ("ff", True)
    assert "url(#fade)" in grey_drawing(svg)
