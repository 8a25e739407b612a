"""A blank form of the sample: its page, its place on the site, and its sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from site_texts import page_of

from taphuan.build import Options, print_only
from taphuan.cli.terminal import TerminalProgress
from taphuan.errors import AuthorError
from taphuan.programme.kinds.blank_form import (
    MOST_LINES,
    BlankField,
    BlankForm,
    BlankTable,
    FormSection,
    TableColumn,
    check_blank_forms,
)
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Markdown, ReadOnly
from taphuan.render.paper import sheets
from taphuan.render.printable import Printed, Sheet, download_catalogue
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose

ID = "phieu-bao-nuoc"
FORM = f"content/forms/{ID}.yml"


def changed(programme: Programme, **fields: object) -> Programme:
    form = programme.of(BlankForm)[ID].model_copy(update=fields)
    return programme.having(BlankForm, ReadOnly({ID: form}))


def sheet_of(programme: Programme) -> Sheet:
    (sheet,) = (sheet for sheet in sheets(programme, Prose(programme)) if sheet.kind == "blank-form")
    return sheet


# --- what it may ask --------------------------------------------------------------------------


def found_in(programme: Programme, *labels: str, **fields: object) -> list[str]:
    asked = tuple(BlankField(label=label) for label in labels)
    section = FormSection(fields=asked, law=programme.of(BlankForm)[ID].sections[0].law)
    return [problem.code for problem in check_blank_forms(changed(programme, sections=(section,), **fields))]


def test_a_form_that_a_law_lets_ask_for_names_may_still_not_ask_what_harms(programme: Programme) -> None:
    assert found_in(programme, "Họ và tên", "Nơi cư trú", names="by-law") == []
    assert found_in(programme, "Họ và tên", "Dân tộc", names="by-law") == ["asks-sensitive"]
    assert found_in(programme, "Họ và tên", names="none") == ["asks-who"]


def test_a_form_that_asks_for_names_by_no_law_is_found(programme: Programme) -> None:
    words = dict.fromkeys(("id", "title", "summary", "filled_by", "kept_by", "kept_for"), "mot")
    bare = BlankForm.model_validate({**words, "moment": "report", "names": "by-law", "sections": ()})
    without = programme.having(BlankForm, ReadOnly({ID: bare}))
    assert [problem.code for problem in check_blank_forms(without)] == ["names-without-law"]


#: Each alternative of what no form asks for, and of what only a law lets one ask for.
HARMFUL = (
    *("Nhiễm HIV", "Chữa AIDS", "Có nợ tiền nước?", "Dân tộc", "Tôn giáo", "Có thai không?"),
    *("Đang mang thai", "Bạn tình", "Tiền án", "Tiền sự"),
)
ABOUT_WHO = (
    *(
        "Họ và tên",
        "Họ tên",
        "Tên người báo",
        "Tên của em",
        "Tên em",
        "Tên học sinh",
        "Tên nạn nhân",
        "Tên cha",
    ),
    *(
        "Tên mẹ",
        "Tên chủ cơ sở",
        "Ngày sinh",
        "Năm sinh",
        "Ngày, tháng, năm sinh",
        "Số căn cước",
        "CCCD",
        "CMND",
    ),
    *(
        "Giấy chứng minh",
        "Hộ chiếu",
        "Số giấy tờ",
        "Số định danh",
        "Sổ hộ khẩu",
        "Số tài khoản",
        "Địa chỉ nhà",
    ),
    *("Địa chỉ ở", "Nơi ở", "Nơi cư trú", "Nơi thường trú", "Nơi tạm trú", "Quê quán", "Hộ khẩu thường trú"),
    *("Ảnh chân dung", "Ảnh thẻ", "Ảnh của em", "Dấu vân tay"),
)


def test_a_programme_may_name_what_harms_before_it_has_phrases_for_it(programme: Programme) -> None:
    charter = programme.charter.model_copy(update={"sensitive": ReadOnly({"nợ": ()})})
    assert found_in(replace(programme, charter=charter), "Nước thế nào", names="by-law") == []


@pytest.mark.parametrize("label", HARMFUL)
def test_nobody_is_asked_for_what_harms(programme: Programme, label: str) -> None:
    assert found_in(programme, label, names="by-law") == ["asks-sensitive"]


@pytest.mark.parametrize("label", ABOUT_WHO)
def test_who_it_is_is_asked_only_where_a_law_wants_it(programme: Programme, label: str) -> None:
    assert set(found_in(programme, label)) == {"asks-who"}
    assert found_in(programme, label, names="by-law") == []


@pytest.mark.parametrize(
    "label",
    [
        "Tên cơ sở",
        "Địa chỉ nơi đến",
        "Người ghi (chức danh)",
        "Có em dưới 16 tuổi?",
        "Số tin",
        "Nơi kinh doanh",
    ],
)
def test_what_tells_of_no_person_may_be_asked(programme: Programme, label: str) -> None:
    assert found_in(programme, label) == []


def test_a_hint_that_says_what_is_not_written_asks_for_nothing(programme: Programme) -> None:
    asked = BlankField(label="Chuyện gì", hint="không ghi họ tên, dân tộc; ghi điều thấy")
    section = FormSection(fields=(asked,))
    assert list(check_blank_forms(changed(programme, sections=(section,)))) == []


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (("Nhà bị đau", "Không ghi họ tên"), []),
        (("Người nhiễm HIV", "một người không phải là căn bệnh của mình"), []),
        (("Người nhiễm HIV", ""), ["asks-sensitive"]),
    ],
)
def test_a_printed_row_asks_where_it_leaves_a_cell_to_write_in(
    programme: Programme, cells: tuple[str, ...], codes: list[str]
) -> None:
    columns = (TableColumn(label="Việc"), TableColumn(label="Lúc"))
    section = FormSection(table=BlankTable(columns=columns, printed=(cells,)))
    form = changed(programme, sections=(section,))
    assert [problem.code for problem in check_blank_forms(form)] == codes


def test_the_id_of_a_law_asks_for_nothing(programme: Programme) -> None:
    columns = (TableColumn(label="Việc"), TableColumn(label="Lúc"))
    table = BlankTable(columns=columns, printed=(("Khám sức khỏe [@luat-hiv-64-2006:8]",),))
    form = changed(programme, sections=(FormSection(table=table),))
    assert list(check_blank_forms(form)) == []


# --- the page ---------------------------------------------------------------------------------


def test_its_page_says_who_fills_it_who_keeps_it_and_how_long(programme: Programme) -> None:
    page = page_of(programme, f"to-mau/{ID}/")
    for said in ("Người trực của xã", "Người giữ sổ của xã.", "Hết năm thì hủy.", "A5 dọc, một mặt"):
        assert said in page
    assert "Không hỏi tên" in page
    assert '<a href="../../ke-hoach/#muc-ii-1-1-dd">Điểm II.1.1.đ</a>' in page


def test_its_page_has_the_law_behind_a_field_beside_that_field(programme: Programme) -> None:
    page = page_of(programme, f"to-mau/{ID}/")
    field = page.partition("<strong>Màu nước</strong>")[2].partition("</div>")[0]
    assert "Nghị định 2/2025, Điều 8 khoản 2" in field
    other = page.partition("<strong>Giờ</strong>")[2].partition("</div>")[0]
    assert "Nghị định" not in other


def test_every_form_stands_on_the_page_of_forms(programme: Programme) -> None:
    assert f'<a href="{ID}/">Phiếu báo nước bẩn</a>' in page_of(programme, "to-mau/")


def test_forms_stand_under_the_moment_at_which_they_are_needed_and_one_line_says_that_all_are_drafts(
    programme: Programme,
) -> None:
    form = programme.of(BlankForm)[ID]
    moments = {"a": "venue", "b": "report", "c": "person", "d": "report"}
    named = {
        "report": "Nhận tin báo, trực",
        "person": "Gặp và giúp một người",
        "venue": "Nơi làm",
        "none": "Khác",
    }
    charter = programme.charter.model_copy(update={"moments": ReadOnly(named)})
    programme = replace(programme, charter=charter)
    forms = {
        id: form.model_copy(update={"id": id, "title": f"Tờ {id}", "moment": moment})
        for id, moment in moments.items()
    }
    page = page_of(programme.having(BlankForm, ReadOnly(forms)), "to-mau/")
    headings = re.findall(r"<h2 id=.*?>(.+?)</h2>|<h3 .*?><a .*?>(.+?)</a>", page)
    assert ["".join(both) for both in headings] == [
        "Nhận tin báo, trực",
        "Tờ b",
        "Tờ d",
        "Gặp và giúp một người",
        "Tờ c",
        "Nơi làm",
        "Tờ a",
    ]
    assert page.count('class="draft"') == 1
    assert page.count("download__thumb") == 4
    reviewed = form.model_copy(update={"review": form.review.model_copy(update={"status": "approved"})})
    mixed = page_of(programme.having(BlankForm, ReadOnly({**forms, "a": reviewed})), "to-mau/")
    assert mixed.count('class="draft"') == 3


def test_the_plan_leads_from_a_point_to_the_form_that_serves_it(programme: Programme) -> None:
    task = page_of(programme, "ke-hoach/").partition('id="muc-ii-1-1-dd"')[2].partition("</dl>")[0]
    assert f'<a href="../to-mau/{ID}/">Tờ mẫu: Phiếu báo nước bẩn</a>' in task


def test_a_programme_without_forms_says_so(programme: Programme) -> None:
    page = page_of(programme.having(BlankForm, ReadOnly()), "to-mau/")
    assert "chưa có tờ mẫu nào" in page


# --- the sheet --------------------------------------------------------------------------------


def test_it_is_printed_in_black_alone_and_under_its_own_name(programme: Programme) -> None:
    sheet = sheet_of(programme)
    assert (sheet.id, sheet.edition, sheet.subject) == (f"{ID}-to-mau", "mono", FORM)
    assert sheet.audience == "Người trực của xã"


@pytest.mark.parametrize(
    ("fields", "lies"),
    [
        ({}, ("A4", True, "none")),
        ({"pages": 2}, ("A4", True, "short-edge")),
        ({"landscape": True}, ("A4", False, "none")),
        ({"paper": "A4"}, ("A4", False, "none")),
        ({"paper": "A4", "pages": 2}, ("A4", False, "long-edge")),
        ({"paper": "A3", "landscape": True, "pages": 2}, ("A3", True, "short-edge")),
    ],
)
def test_how_it_lies_and_turns_follows_from_paper_and_pages(
    programme: Programme, fields: dict[str, object], lies: tuple[object, ...]
) -> None:
    sheet = sheet_of(changed(programme, **fields))
    assert (sheet.paper, sheet.landscape, sheet.duplex) == lies


def test_each_side_of_a_draft_of_several_sides_says_so(programme: Programme) -> None:
    several = {"paper": "A4", "pages": 2}
    draft = '@bottom-left { content: "Bản thảo, chưa thẩm định"'
    assert draft in sheet_of(changed(programme, **several)).html
    assert "@bottom-left" not in sheet_of(changed(programme, paper="A4")).html
    first, second = programme.of(BlankForm)[ID].sections
    sections = (first, second.model_copy(update={"new_page": True}))
    halves = sheet_of(changed(programme, pages=2, sections=sections)).html.split('<section class="half"')[1:]
    assert [half.count("Bản thảo, chưa thẩm định") for half in halves] == [1] * 4
    assert programme.of(BlankForm)[ID].review.is_draft


def lines_in(html: str) -> int:
    return html.count('<div class="line">')


def test_a_field_has_the_lines_that_its_author_asks_for(programme: Programme) -> None:
    """Of A5 there are two on a sheet of A4; boxes need no line, and what says nothing has one."""
    assert lines_in(sheet_of(programme).html) == 2 * (3 + 1)
    assert lines_in(sheet_of(changed(programme, paper="A4")).html) == 3 + 1


def test_nothing_is_written_where_a_hand_will_write(programme: Programme) -> None:
    html = sheet_of(changed(programme, paper="A4")).html
    assert re.findall(r'<div class="line">([^<]*)</div>', html) == [""] * 4
    assert re.findall(r"<tr>(?:<td></td>){2}</tr>", html) == ["<tr><td></td><td></td></tr>"] * 2


def test_a_law_behind_a_field_is_a_number_there_and_words_at_the_foot(programme: Programme) -> None:
    html = sheet_of(changed(programme, paper="A4")).html
    (number,) = re.findall(r'<strong>Màu nước</strong><sup class="note">.*?>(\d)<', html)
    foot = html.partition('class="law-notes"')[2].replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
    assert f"{number}. Nghị định 2/2025, Điều 8 khoản 2" in foot
    assert "Bản thảo, chưa thẩm định" in html


def test_what_a_sheet_cites_is_numbered_as_it_is_read_and_words_of_the_page_alone_are_no_note(
    programme: Programme,
) -> None:
    cited = changed(
        programme,
        summary=Markdown("Ghi tin [@nd-moi:9]."),
        kept_by=Markdown("Người giữ sổ [@nd-moi:4]."),
        paper="A4",
    )
    html = sheet_of(cited).html.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
    listed = re.findall(r'<li id="note-(\d)">(\d)\. Nghị định 2/2025, (Điều \d+(?: khoản \d)?)', html)
    assert [words for _, _, words in listed] == ["Điều 3", "Điều 8 khoản 2", "Điều 4"]
    assert [first for first, *_ in listed] == [number for _, number, _ in listed]
    assert set(re.findall(r'href="#note-(\d)"', html)) == {first for first, *_ in listed}


def test_each_note_has_its_place_once_where_two_lie_on_a_sheet(programme: Programme) -> None:
    html = sheet_of(programme).html
    assert html.count('class="law-notes"') == 2
    assert html.count('id="note-1"') == 1


def test_what_somebody_carries_along_says_neither_the_law_behind_it_nor_the_address_of_its_page(
    programme: Programme,
) -> None:
    carried = changed(programme, carried=True)
    (sheet,) = (
        sheet
        for sheet in sheets(carried, Prose(carried), site_url="https://thu.example/")
        if sheet.kind == "blank-form"
    )
    plain = sheet.html.partition("<body>")[2]
    for unsaid in ("Nghị định", "Căn cứ", "thu.example", "note"):
        assert unsaid not in plain
    assert "Màu nước" in plain
    assert "Bản thảo, chưa thẩm định" in plain
    page = page_of(carried, f"to-mau/{ID}/")
    assert "bản in không ghi căn cứ" in page
    assert "Nghị định 2/2025, Điều 8 khoản 2" in page


def test_a_section_that_says_so_begins_the_next_side(programme: Programme) -> None:
    first, second = programme.of(BlankForm)[ID].sections
    sections = (first, second.model_copy(update={"new_page": True}))
    assert sheet_of(programme).html.count('class="halves') == 1
    assert sheet_of(changed(programme, sections=sections)).html.count('class="halves') == 2


def test_it_is_a_download_and_the_downloads_say_that_each_lies_its_own_way(programme: Programme) -> None:
    other = programme.of(BlankForm)[ID].model_copy(
        update={"id": "to-khac", "source": "content/forms/to-khac.yml"}
    )
    forms: dict[str, BlankForm] = {
        **programme.of(BlankForm),
        "to-khac": other.model_copy(update={"pages": 2}),
    }
    both = programme.having(BlankForm, ReadOnly(forms))
    printable = [sheet for sheet in sheets(both, Prose(both)) if sheet.kind == "blank-form"]
    pages_of = {sheet.id: 1 if sheet.duplex == "none" else 2 for sheet in printable}
    printed = [
        Printed(
            sheet=sheet.id,
            path=Path(f"{sheet.id}.pdf"),
            pages=pages_of[sheet.id],
            bytes=1,
            sha256="",
            is_reused=False,
        )
        for sheet in printable
    ]
    catalogue = download_catalogue(printable, printed)
    (page,) = (page.body for page in pages(both, catalogue) if page.path == "tai-lieu/index.md")
    assert 'href="#mot-mat">1 mặt</a>' in page
    assert 'href="#lat-canh-ngan">2 mặt, lật cạnh ngắn</a>' in page
    (own,) = (page.body for page in pages(both, catalogue) if page.path == f"to-mau/{ID}/index.md")
    assert own.count('class="form-top__files"') == 1


# --- off the press ----------------------------------------------------------------------------


@pytest.mark.usefixtures("chromium_path")
def test_two_of_a5_lie_on_one_sheet_of_a4(whole: Path, tmp_path: Path) -> None:
    (printed,) = print_only(Options(root=whole), (f"{ID}-to-mau",), tmp_path / "pdf", TerminalProgress())
    with pikepdf.open(printed.path) as pdf:
        boxes = [[round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] for page in pdf.pages]
    assert boxes == [[297, 210]]


@pytest.mark.usefixtures("chromium_path")
@pytest.mark.parametrize("paper", ["A5", "A4"])
def test_what_does_not_fit_its_paper_is_a_finding_at_its_sections(
    whole: Path, tmp_path: Path, paper: str
) -> None:
    text = (whole / FORM).read_text(encoding="utf-8")
    text = text.replace("lines: 3", f"lines: {MOST_LINES}").replace("paper: A5", f"paper: {paper}")
    (whole / FORM).write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError) as error:
        print_only(Options(root=whole), (f"{ID}-to-mau",), tmp_path / "pdf", TerminalProgress())
    (finding,) = error.value.findings
    assert (finding.code, finding.file, finding.excerpt) == ("side-overflow", FORM, "sections:")


@pytest.mark.usefixtures("chromium_path")
def test_a_form_of_more_sides_than_its_author_allows_is_a_finding(whole: Path, tmp_path: Path) -> None:
    text = (whole / FORM).read_text(encoding="utf-8").replace("paper: A5", "paper: A4")
    (whole / FORM).write_text(text.replace("Đã làm gì", "Đã làm gì\n    new_page: true"), encoding="utf-8")
    with pytest.raises(AuthorError) as error:
        print_only(Options(root=whole), (f"{ID}-to-mau",), tmp_path / "pdf", TerminalProgress())
    assert [finding.code for finding in error.value.findings] == ["form-too-long"]
