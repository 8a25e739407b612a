"""What a text may do to a person: one sentence on who reports what, first hours where a victim arrives."""

from __future__ import annotations

import re
from html import unescape
from statistics import median

import pytest
import yaml
from programme_texts import TEMPLATE, programme, programme_texts
from programmes import REPOSITORY

from taphuan.programme.checks.typed_duties import DUTY
from taphuan.programme.kinds.lesson_plan import LessonPlan
from taphuan.programme.vietnamese import syllables
from taphuan.render.site.context import SiteContext
from taphuan.render.site.help import help_page
from taphuan.render.text.prose import Prose

#: Where somebody who was hurt may stand before the reader.
LESSONS = [
    *("can-bo-cap-xa/chong-hay-nguoi-yeu-danh", "can-bo-cap-xa/muoi-lam-phut-dau"),
    *("can-bo-cap-xa/nguoi-bi-mua-ban-den-xa", "can-bo-cap-xa/dau-hieu-bi-ep"),
    *("can-bo-cap-xa/tre-em-va-nguoi-bi-mua-ban", "can-bo-cap-xa/ho-tro-va-chuyen-gui"),
    *("luc-luong-chuc-nang/lan-dau-gap", "luc-luong-chuc-nang/hoi-tung-nguoi"),
    *("luc-luong-chuc-nang/co-dau-va-nguoi-tro-ve", "can-bo-cap-tinh/phoi-hop-lien-nganh"),
    *("nhan-vien-dich-vu/muoi-lam-phut-dau", "nhan-vien-dich-vu/dem-nay-o-dau"),
    *("nhan-vien-dich-vu/di-duong-nao-truoc", "giao-vien/em-vua-ke", "giao-vien/goi-ai-ghi-gi"),
    "dong-dang-vien/ban-bi-danh",
]
FLOWS = [
    *("nua-dem-co-nguoi-den", "gio-dau-voi-tre", "em-ke-goi-ai", "dua-toi-dau-dem-nay", "ban-bi-danh"),
    *("cam-tiep-xuc", "hoi-ca-doan", "trinh-bao-o-tram"),
]


def test_the_four_duties_say_who_to_whom_and_by_which_law() -> None:
    limits = programme().confidentiality
    assert limits
    assert list(limits.duties) == ["under-16", "trafficking", "family-violence", "other-adult"]
    assert {id for id, duty in limits.duties.items() if duty.decision} == {"other-adult"}
    assert all("[@" in (duty.law or "") for duty in limits.duties.values())
    assert {"people-needing-help", "peer-educators", "commune-officials", "service-staff", "teachers"} <= set(
        limits.sentences
    )
    for duty in limits.duties.values():
        assert duty.decision is None or programme().decisions[duty.decision].is_open


def test_no_template_types_a_duty_to_report() -> None:
    typed = [(piece.file, piece.words) for piece in programme_texts(TEMPLATE) if DUTY.search(piece.words)]
    assert typed == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_where_a_victim_arrives_has_the_first_hours(lesson: str) -> None:
    assert "!!! first-hours" in programme().lessons[lesson].body


def test_job_aids_and_plans_where_a_victim_arrives_have_them_too() -> None:
    assert [id for id in FLOWS if not programme().flows[id].first_hours] == []
    pupils = [plan for plan in programme().of(LessonPlan).values() if plan.kind == "lesson"]
    assert [plan.id for plan in pupils if not plan.first_hours] == []


def test_the_strip_has_the_times_their_source_and_who_has_yet_to_read_them() -> None:
    hours = programme().first_hours
    assert hours
    assert hours.unread
    said = " ".join(hours.lines.values())
    for words in ("72 giờ", "24 giờ", "28 ngày", "120 giờ", "đầu", "siết cổ", "có thai", "chờ đơn", "[@"):
        assert words in said, words
    numbers = re.compile(r"[0-9]+ (?:giờ|ngày)")
    assert set(numbers.findall(hours.brief)) <= set(numbers.findall(said))


# --- the help page ------------------------------------------------------------------------------------


def sentences_of_help() -> list[str]:
    body = help_page(SiteContext(programme=programme(), prose=Prose(programme()))).body
    body = re.sub(r"<svg.*?</svg>|</?(?:strong|b|em|span|a|sup)\b[^>]*>", "", body, flags=re.DOTALL)
    # Items of a list and what stands by itself end as a sentence does.
    blocks = (unescape(" ".join(block.split())) for block in re.split(r"<[^>]+>|\n#+ |\n|·", body))
    parts = (part for block in blocks for part in re.split(r"(?<=[.!?”])\s+", block))
    return [part for part in parts if syllables(part)]


def test_the_first_message_of_the_help_page_is_that_she_is_treated_first() -> None:
    limits = programme().confidentiality
    assert limits
    first, second = re.split(r"(?<=\.) ", limits.care)
    said = sentences_of_help()
    assert said[1:3] == [first, second]


def test_no_sentence_of_the_help_page_is_long() -> None:
    said = sentences_of_help()
    assert [sentence for sentence in said if syllables(sentence) > 20] == []
    assert median(map(syllables, said)) <= 9


# --- files -------------------------------------------------------------------------------------------


def test_every_file_of_the_programme_is_plain_yaml_to_other_readers_too() -> None:
    files = [*REPOSITORY.glob("content/**/*.y*ml"), *REPOSITORY.glob("curricula/*.y*ml")]
    assert len(files) > 100
    for file in files:
        assert yaml.safe_load(file.read_text("utf-8")), file
    for file in REPOSITORY.glob("content/lessons/**/*.md"):
        assert yaml.safe_load(file.read_text("utf-8").split("\n---\n", 1)[0]), file
