"""The pages of the laws say all that the register says, each thing once and in its words."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import date
from functools import cache

import pytest
from programme_texts import programme
from programmes import REPOSITORY

from taphuan.programme import urls
from taphuan.programme.model import registers
from taphuan.programme.model.pointer import pointers_in
from taphuan.programme.model.registers import Reference
from taphuan.render.site.context import SiteContext
from taphuan.render.site.law import law_days, reference_page, register_page
from taphuan.render.site.law_articles import article_entries
from taphuan.render.text.prose import Prose

TAG = re.compile(r"<[^>]+>")
WORD = re.compile(r"[^\s.,;:()“”\"]+")
#: As they are written: every process that collects these tests would load the whole programme for its laws.
REGISTER = (REPOSITORY / "content/programme/references.yml").read_text(encoding="utf-8")
LAWS = re.findall(r"^  ([\w-]+):$", REGISTER.partition("\ndocuments:\n")[2], re.M)


@cache
def context() -> SiteContext:
    loaded = programme()
    return SiteContext(programme=loaded, prose=Prose(loaded))


def laws() -> list[tuple[str, Reference]]:
    return list(programme().register.documents.items())


def read(made: str) -> str:
    """Returns HTML as it is read, with one space between words."""
    return " ".join(html.unescape(TAG.sub("", made)).split())


@cache
def page(id: str) -> str:
    return reference_page(context(), id, programme().register.documents[id]).body


def plain(text: str) -> str:
    return read(str(context().inline(text, "x/", programme().register.source)))


def test_every_law_of_the_register_is_looked_at() -> None:
    assert [id for id, _ in laws()] == LAWS


@pytest.mark.parametrize("id", LAWS)
def test_the_page_of_a_law_says_all_that_the_register_does(id: str) -> None:
    law, shown = programme().register.documents[id], read(page(id))
    for text in (law.title, law.issuer, law.status_note, law.effective_note, *law.amended_by):
        assert not text or read(text) in shown
    for source in law.sources:
        if source.startswith("https://"):
            assert f'href="{html.escape(source)}"' in page(id)
            assert f"Trang {source.split('/')[2].removeprefix('www.')}" in shown
        else:
            assert read(source) in shown
    for text in (*law.cautions, *law.related):
        assert plain(text) in shown
    assert registers.CONFIDENCE_WORDS[law.confidence] in shown
    assert context().status(law) in shown
    for keys, place in law.all_statements():
        if keys:
            assert not place.note or plain(place.note) in shown, keys
            ends = place.effective_until
            assert not ends or f"hỉ áp dụng đến {ends.day:02}" in shown, keys
            assert not place.valid_until or f"đúng đến ngày {place.valid_until.day:02}" in shown, keys
    assert not law.articles or "được diễn đạt lại, không phải trích nguyên văn" in shown
    assert programme().register.notice.split(".")[0] in shown


def test_a_clause_is_told_in_the_words_of_the_register_with_its_figure_apart_or_not() -> None:
    apart = 0
    for id, law in laws():
        for entry in article_entries(law, lambda text: context().inline(text, "x/", ""), {}, {}):
            for row in entry.rows:
                said = read(f"{row.before}{row.link}{row.figure}{row.after}")
                assert said == plain(row.clause.gist), (id, entry.key)
                apart += bool(row.figure)
    assert apart > 20


def test_what_is_left_out_of_a_summary_stands_in_its_clauses_word_by_word() -> None:
    fillers = {"bị", "phải", "và", "có", "được"}
    left_out = 0
    for id, law in laws():
        for entry in article_entries(law, lambda text: context().inline(text, "x/", ""), {}, {}):
            if not entry.summary:
                said = WORD.findall(" ".join(row.clause.gist for row in entry.rows).lower())
                assert set(WORD.findall(entry.article.gist.lower())) - set(said) <= fillers, (id, entry.key)
                left_out += 1
    assert 0 < left_out < sum(len(law.articles) for _, law in laws()) / 5


def test_a_lesson_beside_an_article_cites_that_article_and_none_is_missing() -> None:
    beside = {
        (id, article, lesson)
        for id, articles in context().lessons_citing.items()
        for article, lessons in articles.items()
        for lesson in lessons
    }
    cited = {
        (pointer.id, pointer.locator.split(".")[0], lesson.id)
        for lesson in programme().lessons.values()
        if programme().courses_with(lesson)
        for pointer in pointers_in(lesson.body)
        if pointer.kind == "reference"
    }
    assert cited <= beside
    article = page("nd-282-2025").partition('id="dieu-32"')[2].partition("</section>")[0]
    for id, _, lesson in beside:
        if id == "nd-282-2025":
            is_beside = urls.lesson(lesson) in article
            assert is_beside == ((id, "32", lesson) in beside)


def test_the_days_of_a_law_are_in_order_and_solid_only_where_it_is_known_to_be_law() -> None:
    checked_until = programme().register.checked_until
    for id, law in laws():
        days = law_days(id, law, programme().register)
        assert [day.day for day in days] == sorted({day.day for day in days})
        for day in days:
            known = law.effective_from and law.effective_from <= day.day < checked_until
            ended = law.effective_until and day.day >= law.effective_until
            assert day.is_law_after == bool(known and not ended and law.status != "unverified"), (id, day)
    assert [
        (day.day, day.mark)
        for day in law_days("nd-282-2025", dict(laws())["nd-282-2025"], programme().register)
    ] == [
        (date(2025, 10, 30), "issued"),
        (date(2025, 12, 15), "begun"),
        (date(2026, 1, 1), "part"),
        (checked_until, "checked"),
    ]


def test_a_decree_on_fines_leads_to_the_one_before_for_acts_that_ended_before_it() -> None:
    assert "Hành vi xảy ra và kết thúc trước 15/12/2025: Nghị định 144/2021" in read(page("nd-282-2025"))
    assert "Được thay thế bằng Nghị định 282/2025" in read(page("nd-144-2021"))
    assert "Trước 01/7/2026: Luật An ninh mạng 2018" in read(page("luat-anm-116-2025"))


def test_the_list_has_each_law_once_under_its_topic_with_no_name_twice() -> None:
    body = register_page(context()).body
    by_topic = body.partition('id="theo-chu-de"')[2]
    links = re.findall(r'<div class="register__name"><a href="([^"]+)/">(.+?)</a>(.*?)</div>', by_topic)
    assert Counter(id for id, _, _ in links) == Counter(id for id, _ in laws())
    for id, name, about in links:
        assert read(name) == programme().register.documents[id].short
        assert read(about) != read(name)
    sections = dict(re.findall(r"<h2>([^<]+)</h2>(.*?)</section>", body, re.DOTALL))
    topics = programme().register.topics
    assert list(sections) == list(topics.values())
    for id, law in laws():
        assert f'href="{id}/"' in sections[topics[law.topic]]
    assert register_page(context()).body == body


def test_former_law_stands_behind_what_is_law() -> None:
    body = register_page(context()).body
    for section in re.findall(r"<section.*?</section>", body, re.DOTALL):
        over = ["is-over" in row for row in section.split("<li ")[1:]]
        assert over == sorted(over)
