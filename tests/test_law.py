"""A legal pointer reads as a person would say it, and a law stands as it stood on the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.programme import law
from generator.programme.loading import load
from generator.programme.model.reference import Reference


@pytest.fixture
def register(good: Path) -> dict[str, Reference]:
    programme = load(good).programme
    assert programme
    return dict(programme.register.documents)


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
    assert law.citation_words(register[id], locator) == words


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
    assert law.status_on(register[id], on) == words


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
    assert law.status_on(reference, date(2026, 1, 15)) == words


def test_a_clause_is_in_force_only_with_its_article_and_its_document(register: dict[str, Reference]) -> None:
    spans = register["nd-moi"].spans
    assert [len(spans(locator)) for locator in ("", "3", "3.9", "8.2", "8.2.a", "8.5", "9")] == [
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
    assert set(statuses) == set(law.STATUS_WORDS)
