"""A legal pointer reads as a person would say it, and a law stands as it stood on the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from taphuan.programme.loader import load
from taphuan.programme.model import registers
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.registers import Confidence, Reference
from taphuan.render.site.context import SiteContext
from taphuan.render.site.law import reference_page, register_page
from taphuan.render.text.paper import Notes
from taphuan.render.text.prose import Prose


@pytest.fixture
def programme(good: Path) -> Programme:
    programme = load(good).programme
    assert programme
    return programme


@pytest.fixture
def register(programme: Programme) -> dict[str, Reference]:
    return dict(programme.register.documents)


@pytest.fixture
def site_context(programme: Programme) -> SiteContext:
    return SiteContext(programme=programme, prose=Prose(programme))


@pytest.mark.parametrize(
    ("id", "locator", "words"),
    [
        ("nd-moi", "", "Nghị định 2/2025"),
        ("nd-moi", "3", "Nghị định 2/2025, Điều 3"),
        ("nd-moi", "8.2", "Nghị định 2/2025, Điều 8 khoản 2"),
        ("nd-moi", "8.3.d", "Nghị định 2/2025, Điều 8 khoản 3 điểm d"),
        ("nd-moi", "8.3.đ", "Nghị định 2/2025, Điều 8 khoản 3 điểm đ"),
        ("nd-moi", "8.d", "Nghị định 2/2025, Điều 8 điểm d"),
        ("nd-moi", "8a", "Nghị định 2/2025, Điều 8a"),
        ("nd-moi", "8.3a", "Nghị định 2/2025, Điều 8 khoản 3a"),
        ("nd-moi", "phu-luc-1", "Nghị định 2/2025, Phụ lục I"),
        ("nd-moi", "phu-luc-9", "Nghị định 2/2025, phu-luc-9"),
        ("ke-hoach-mau", "II.1.1.đ", "Kế hoạch tỉnh Mẫu, mục II.1.1 điểm đ"),
        ("ke-hoach-mau", "I.3.b", "Kế hoạch tỉnh Mẫu, mục I.3 điểm b"),
        ("ke-hoach-mau", "IV.14", "Kế hoạch tỉnh Mẫu, mục IV.14"),
        ("ke-hoach-mau", "", "Kế hoạch tỉnh Mẫu"),
    ],
)
def test_a_pointer_reads_as_a_person_says_it(
    register: dict[str, Reference], id: str, locator: str, words: str
) -> None:
    assert registers.citation_words(register[id], locator) == words


@pytest.mark.parametrize(
    ("id", "on", "words"),
    [
        ("nd-cu", date(2020, 2, 29), "chưa có hiệu lực"),
        ("nd-cu", date(2020, 3, 1), "còn hiệu lực"),
        ("nd-cu", date(2025, 6, 30), "còn hiệu lực"),
        ("nd-cu", date(2025, 7, 1), "đã thay thế"),
        ("nd-moi", date(2025, 6, 30), "chưa có hiệu lực"),
        ("nd-moi", date(2025, 7, 1), "còn hiệu lực"),
        ("nd-moi", date(2099, 1, 1), "còn hiệu lực"),
    ],
)
def test_a_law_stands_as_it_stood_on_the_day(
    register: dict[str, Reference], id: str, on: date, words: str
) -> None:
    assert registers.status_on(register[id], on) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "amended"}, "còn hiệu lực, đã sửa đổi"),
        ({"status": "partly-in-force"}, "còn hiệu lực một phần"),
        ({"status": "unverified"}, "chưa kiểm"),
        ({"status": "expired", "effective_until": date(2025, 12, 31)}, "hết hiệu lực"),
        ({"status": "in-force", "effective_until": date(2025, 12, 31)}, "hết hiệu lực"),
        ({"status": "unverified", "effective_until": date(2025, 12, 31)}, "chưa kiểm"),
        ({"status": "replaced"}, "đã thay thế"),
    ],
)
def test_the_register_and_the_day_together_say_how_a_law_stands(
    register: dict[str, Reference], change: dict[str, object], words: str
) -> None:
    reference = register["nd-moi"].model_copy(update=change)
    assert registers.status_on(reference, date(2026, 1, 15)) == words


def test_a_clause_is_in_force_only_with_its_article_and_its_document(register: dict[str, Reference]) -> None:
    spans = register["nd-moi"].spans
    assert [len(spans(locator)) for locator in ("", "3", "3.9", "8.2", "8.2.a", "8.5", "99")] == [
        1,
        2,
        2,
        3,
        3,
        3,
        1,
    ]
    assert not all(span.was_in_force(date(2026, 6, 30)) for span in spans("8.5"))
    assert all(span.was_in_force(date(2026, 7, 1)) for span in spans("8.5"))


def test_every_status_that_may_be_written_has_its_words() -> None:
    statuses = Reference.model_fields["status"].annotation.__args__  # type: ignore[union-attr]
    assert set(statuses) == set(registers.STATUS_WORDS)


# --- how sure the register is ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "locator", "words"),
    [
        ("nd-moi", "", ""),
        ("nd-moi", "8.2", ""),
        ("nd-moi", "8.6", "chưa kiểm"),
        ("nd-moi", "8.6.a", "chưa kiểm"),
        ("ke-hoach-mau", "II.1.1.đ", "cần đối chiếu bản gốc"),
    ],
)
def test_a_reader_of_a_citation_learns_what_the_register_doubts(
    register: dict[str, Reference], id: str, locator: str, words: str
) -> None:
    assert registers.doubt_words(register[id], locator) == words


def test_what_is_unverified_is_no_law_however_sure_its_text_is(register: dict[str, Reference]) -> None:
    reference = register["nd-moi"].model_copy(update={"status": "unverified"})
    assert registers.doubt_words(reference, "8.2") == "chưa kiểm"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "còn hiệu lực"),
        ({"confidence": "medium"}, "cần đối chiếu bản gốc"),
        ({"number": "…/KH-UBND"}, "bản chưa có số, ngày"),
        ({"status": "replaced", "replaced_by": "x", "effective_until": date(2025, 8, 1)}, "đã thay thế"),
    ],
)
def test_a_page_says_in_force_only_of_what_nothing_is_unsure_about(
    register: dict[str, Reference], changed: dict[str, object], words: str
) -> None:
    reference = register["nd-moi"].model_copy(update={"effective_from": None, **changed})
    assert registers.surest_status_on(reference, date(2026, 1, 1)) == words


def test_every_confidence_that_may_be_written_has_its_words() -> None:
    assert set(registers.CONFIDENCE_WORDS) == set(Confidence.__args__)  # type: ignore[attr-defined]


def test_the_page_of_a_law_tells_which_article_and_clause_is_less_sure(site_context: SiteContext) -> None:
    reference = site_context.programme.register.documents["nd-moi"]
    articles = dict(reference.articles)
    articles["3"] = articles["3"].model_copy(update={"confidence": "medium"})
    body = reference_page(site_context, "nd-moi", reference.model_copy(update={"articles": articles})).body
    third, eighth = body.split("<h3>")[1:3]
    assert "Độ tin cậy của điều này: vừa, cần đối chiếu bản gốc" in third
    assert "Độ tin cậy" not in eighth
    (clause,) = (item for item in eighth.split('<li class="clause') if "Buộc đào giếng khác" in item)
    assert "độ tin cậy: thấp, không dùng làm căn cứ" in clause
    assert eighth.count("độ tin cậy") == 1


def test_the_list_of_laws_tells_which_are_to_be_compared_with_the_original(site_context: SiteContext) -> None:
    rows = register_page(site_context).body.split("<li ")
    assert ["Kế hoạch tỉnh Mẫu" in row for row in rows if "cần đối chiếu bản gốc" in row] == [True]


def test_a_citation_of_what_nobody_checked_says_so_on_the_site_and_on_paper(
    site_context: SiteContext,
) -> None:
    text = "Theo [@nd-moi:8.6|chưa kiểm]."
    assert "(Nghị định 2/2025, Điều 8 khoản 6, chưa kiểm)</a>" in site_context.prose.inline(text, "")
    assert "citation--unchecked" in site_context.prose.inline(text, "")
    site_context.prose.print_inline(text, notes := Notes())
    assert [note.words for note in notes.notes] == ["Nghị định 2/2025, Điều 8 khoản 6 (chưa kiểm)"]


def test_a_note_on_paper_and_the_list_of_a_lesson_name_what_is_to_be_compared(
    site_context: SiteContext,
) -> None:
    text = "Theo [@ke-hoach-mau:I.3.b] và [@nd-moi:3]."
    site_context.prose.print_inline(text, notes := Notes())
    assert [(note.words, note.status) for note in notes.notes] == [
        ("Kế hoạch tỉnh Mẫu, mục I.3 điểm b", "cần đối chiếu bản gốc"),
        ("Nghị định 2/2025, Điều 3", "còn hiệu lực"),
    ]
    assert [citation.locators for citation in site_context.cited(text)] == [
        ("mục I.3 điểm b (cần đối chiếu bản gốc)",),
        ("Điều 3",),
    ]


def test_a_place_that_has_ended_is_told_from_its_document_that_is_law(programme: Programme) -> None:
    (Prose(programme)).print_html("Trước [@nd-moi:8.6|cũ].", notes := Notes())
    (note,) = notes.notes
    assert (note.words, note.status) == ("Nghị định 2/2025, Điều 8 khoản 6 (không còn áp dụng)", "")


def test_only_what_is_said_to_be_in_force_has_the_day_that_it_was_checked_up_to(
    programme: Programme,
) -> None:
    notes = Notes()
    Prose(programme).print_html("Nay [@nd-moi:3], trước [@nd-cu:4|cũ].", notes)
    assert [(note.status, note.checked) for note in notes.notes] == [
        ("còn hiệu lực", "10/01/2026"),
        ("đã thay thế", ""),
    ]
