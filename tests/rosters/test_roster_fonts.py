"""Letters of TCVN3 and VNI are recognised, told once and put right; Unicode is left alone."""

from __future__ import annotations

import pytest
from roster_lists import ANH, HEADINGS, MAY, places, proposal, workbook

from generator.rosters.fonts import FONTS, bad, old_font

TCVN3 = "Hä vµ tªn;Chøc vô;§¬n vÞ\r\nLß V¨n An;Y sÜ;X· B×nh L\xad\r\nVµng ThÞ MÈy;KÕ to¸n;X· T¶ LÌng\r\n"
VNI = (
    "Hoï vaø teân;Chöùc vuï;Ñôn vò\r\nLoø Vaên An;Y só;Xaõ Bình Lö\r\n"
    "Vaøng Thò Maåy;Keá toaùn;Xaõ Taû Leøng\r\n"
)


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_a_csv_in_an_old_font_is_read_once_the_office_agrees(text: str) -> None:
    found = proposal(text.encode("latin-1"))
    assert [row.entry.full_name for row in found.rows] == ["Lò Văn An", "Vàng Thị Mẩy"]
    assert [assumption.topic for assumption in found.assumptions] == ["font"]
    assert not found.can_be_frozen
    assert proposal(text.encode("latin-1"), answers={"font": True}).can_be_frozen


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_a_workbook_in_an_old_font_is_read_too(text: str) -> None:
    headings, *rows = [line.split(";") for line in text.splitlines()]
    assert len(proposal(workbook(*rows, headings=headings)).rows) == 2


def test_names_of_units_and_lists_in_unicode_are_never_taken_for_an_old_font() -> None:
    names = [seat.name for seat in places().seats]
    assert old_font([*names, *HEADINGS, *ANH, *MAY]) is None
    assert [name for name in names if bad(name)] == []
    assert [convert("Lai Chau") for convert in FONTS.values()] == ["Lai Chau"] * 2
