"""What an author links to and shows is named from the file it is written in, in every kind of document."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples.cases import BANK, CAMPAIGN, COURSE, DECISIONS, FLOW, FORM, LESSON, PLAN, SECOND, TERMS
from programmes import FindingsOf, change

from taphuan.programme import urls
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.render.paper import sheets
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose

GOAL, DRAWING = SECOND, "content/pictures/giot-nuoc.svg"
FIRST, OTHER = urls.lesson("nuoc-sach/giu-nguon-nuoc"), urls.lesson("nuoc-sach/bao-nuoc-ban")
SHEETS = {
    FORM: "phieu-bao-nuoc-to-mau",
    PLAN: "mot-gio-ve-nuoc-giao-an",
    FLOW: "thay-nuoc-ban-to-dan",
    CAMPAIGN: "giu-giot-nuoc-ap-phich",
}
#: The file, words of it, and the page on which they stand.
TEXTS = [
    (FORM, "Hết năm thì hủy.", urls.form("phieu-bao-nuoc")),
    (FORM, "Ghi điều thấy, không ghi điều đoán.", urls.form("phieu-bao-nuoc")),
    (FORM, "Ghi một tin báo nước bẩn trong năm phút.", urls.FORMS),
    (PLAN, "Em nào thấy khó chịu thì ra ngoài, có cô chờ.", urls.lesson_plan("mot-gio-ve-nuoc")),
    (PLAN, "Học sinh tập nhìn nước trước khi dùng.", urls.LESSON_PLANS),
    (FLOW, "Người của tổ sẽ lấy về xem.", OTHER),
    (CAMPAIGN, "Nước đục có thể gây bệnh.", urls.campaign("giu-giot-nuoc")),
    (COURSE, "Những bài ngắn để giữ nguồn nước của xã.", urls.COURSES),
    (LESSON, "Cả bản cùng giữ.", FIRST),
    (BANK, "Nước uống cần đun sôi [@nd-moi:3].", FIRST),
    (TERMS, "Nước đạt chuẩn để ăn uống [@nd-moi:3].", urls.GLOSSARY),
    (DECISIONS, "Đếm mọi giếng có tên trong sổ của xã.", urls.PLAN),
]
PRINTED = [
    (FORM, "Ghi điều thấy, không ghi điều đoán."),
    (PLAN, "Em nào thấy khó chịu thì ra ngoài, có cô chờ."),
    (FLOW, "Người của tổ sẽ lấy về xem."),
    (CAMPAIGN, "Nước đục thì **ngừng dùng**."),
]


def read(root: Path) -> Programme:
    programme = load(root).programme
    assert programme is not None
    return programme


def way(file: str, goal: str) -> str:
    """Returns the path from a file of the programme to another one, as an author writes it."""
    return "../" * file.count("/") + goal


@pytest.mark.parametrize(("file", "words", "address"), TEXTS)
def test_a_link_leads_from_the_page_to_what_its_file_names(
    good: Path, findings_of: FindingsOf, file: str, words: str, address: str
) -> None:
    change(good, file, words, f"{words} [Bài sau]({way(file, GOAL)}).")
    assert [finding.code for finding in findings_of(good) if finding.code == "dead-link"] == []
    (page,) = (page for page in pages(read(good)) if page.address == address)
    text = page.body.replace("\xa0", " ")
    assert f'href="{urls.relative(OTHER, address)}"' in text.partition(words[:12])[2]


@pytest.mark.parametrize(("file", "words"), PRINTED)
def test_a_picture_is_carried_by_the_sheet(good: Path, file: str, words: str) -> None:
    programme = read(good)
    before = {sheet.id: sheet.html for sheet in sheets(programme, Prose(programme))}
    change(good, file, words, f"{words} ![Giọt nước]({way(file, DRAWING)})")
    programme = read(good)
    after = {sheet.id: sheet.html for sheet in sheets(programme, Prose(programme))}
    drawn = 'alt="Giọt nước" src="data:image/svg+xml;base64,'
    assert after[SHEETS[file]].count(drawn) > before[SHEETS[file]].count(drawn)
