"""Letters of TCVN3 and VNI are recognised, told once and put right; Unicode is left alone."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from old_font_texts import names, tcvn3, vni, windows_1258
from roster_lists import ANH, HEADINGS, MAY, places, proposal, units, workbook

from taphuan.programme.vietnamese import FONTS, count_misspelt, find_old_font
from taphuan.roster_import.file_reader import decode, read_file
from taphuan.roster_import.grid import Notice
from taphuan.roster_import.proposal import Assumption
from taphuan.roster_import.template import synthetic_roster
from taphuan.roster_import.vocabulary import capitalised

pytestmark = pytest.mark.slow

Case = Callable[[str], str]
Form = Literal["NFC", "NFD"]
UNITS = [seat.name for seat in places().seats]

TCVN3 = "Hä vµ tªn;Chøc vô;§¬n vÞ\r\nLß V¨n An;Y sÜ;X· B×nh L\xad\r\nVµng ThÞ MÈy;KÕ to¸n;X· T¶ LÌng\r\n"
VNI = (
    "Hoï vaø teân;Chöùc vuï;Ñôn vò\r\nLoø Vaên An;Y só;Xaõ Bình Lö\r\n"
    "Vaøng Thò Maåy;Keá toaùn;Xaõ Taû Leøng\r\n"
)


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_a_csv_in_an_old_font_is_read_once_the_office_agrees(text: str) -> None:
    proposed = proposal(text.encode("latin-1"))
    assert [row.entry.full_name for row in proposed.rows] == ["Lò Văn An", "Vàng Thị Mẩy"]
    assert [assumption.topic for assumption in proposed.assumptions] == ["font"]
    assert not proposed.can_be_frozen
    assert proposal(text.encode("latin-1"), answers={"font": True}).can_be_frozen


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_a_workbook_in_an_old_font_is_read_too(text: str) -> None:
    headings, *rows = [line.split(";") for line in text.splitlines()]
    assert len(proposal(workbook(*rows, headings=headings)).rows) == 2


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", [str.title, str.upper, str.lower])
def test_names_and_units_in_unicode_are_never_taken_for_an_old_font(form: Form, case: Case) -> None:
    texts = [
        *names(900),
        *UNITS,
        *HEADINGS,
        *ANH,
        *MAY,
        *(entry.full_name for entry in synthetic_roster(units(), 1).entries),
    ]
    written = [case(unicodedata.normalize(form, text)) for text in texts]
    assert [text for text in written if count_misspelt(text) and form == "NFC"] == []
    assert find_old_font(written) is None
    for seed in range(200):
        assert find_old_font(random.Random(seed).sample(written, 8)) is None


def test_names_whose_letters_all_stand_in_western_fonts_are_left_alone_whatever_slips_in() -> None:
    parts = sorted({part for text in [*names(900), *UNITS] for part in text.split() if max(part) < "\u0100"})
    for seed in range(500):
        drawn = random.Random(seed)
        texts = [" ".join(drawn.choices(parts, k=3)) for _ in range(20)]
        for _ in range(3):
            at, stray_letter = drawn.randrange(len(texts)), drawn.choice("ßµ¸®ª¹§©¤")
            place = drawn.randrange(len(texts[at]))
            texts[at] = texts[at][:place] + stray_letter + texts[at][place:]
        assert find_old_font(texts) is None, texts


@pytest.mark.parametrize(
    "texts",
    [
        ("Nguyễn Thị Hòa ß", "Lò Văn µ Ánh", "Xã Pa Ủ"),
        ("Lò Hà ß", "Lò Hà µ", "Tòng Hoà ¸", "Lý Hoàng ®"),
        ("Lo Van An", "Xa Pa U", "Lai Chau"),
        ("José Müller", "François Lefèvre", "Zoé Brontë", "Åse Sørensen"),
        ("Y Dhăm Niê", "Ksor H'Blŏ", "K'Brôi Krông"),
    ],
)
def test_slips_foreign_names_and_names_without_marks_ask_nothing(texts: tuple[str, ...]) -> None:
    assert find_old_font(texts) is None
    proposed = proposal(workbook(*((text, "Y sĩ", "Xã Pa Ủ") for text in texts)))
    assert "font" not in [assumption.topic for assumption in proposed.assumptions]


@pytest.mark.parametrize("stray_letter", ["", " ß"])
def test_a_csv_of_windows_1258_is_never_taken_for_an_old_font(stray_letter: str) -> None:
    for seed in range(100):
        people = names(12, seed)
        people[0], people[-1] = people[0] + stray_letter, people[-1] + stray_letter
        text = "\r\n".join(["Họ và tên;Đơn vị", *(f"{name};Xã Pa Ủ" for name in people)])
        assert decode(windows_1258(text)) == (text, (Notice(code="legacy-encoding"),))


@pytest.mark.parametrize("case", [str.title, str.upper, str.lower])
@pytest.mark.parametrize(("typed", "font"), [(tcvn3, "TCVN3 (.VnTime)"), (vni, "VNI (VNI-Times)")])
def test_what_was_typed_in_an_old_font_comes_back_equal(typed: Case, font: str, case: Case) -> None:
    """In TCVN3 but for capitals with a tone: they are small letters that a capital font draws large."""
    kept = str.lower if typed is tcvn3 else str
    every = [*names(900), *UNITS]
    for texts in [every, *(random.Random(seed).sample(every, 8) for seed in range(200))]:
        written = [case(text) for text in texts]
        old_font = find_old_font(map(typed, written))
        assert old_font, written
        assert old_font.name == font
        back = [old_font.texts.get(typed(text), typed(text)) for text in written]
        assert [kept(text) for text in back] == [kept(text) for text in written]


@pytest.mark.parametrize("typed", [tcvn3, vni])
@pytest.mark.parametrize("case", [str.title, str.upper])
def test_names_in_an_old_font_are_proposed_with_their_capitals(typed: Case, case: Case) -> None:
    people = names(40)
    proposed = proposal(workbook(*((typed(case(name)), typed("PGĐ"), typed("Xã Pa Ủ")) for name in people)))
    assert [row.entry.full_name for row in proposed.rows] == [capitalised(name) for name in people]
    assert {(row.entry.position, row.entry.unit) for row in proposed.rows} == {("PGĐ", "03442")}


@pytest.mark.parametrize("typed", [tcvn3, vni])
def test_of_a_mixed_list_only_the_cells_in_an_old_font_are_read_so(typed: Case) -> None:
    old, new = clearly(typed, 6), [*names(30, 2), "Lò Hà", "Tòng Hoà"]
    (assumption,), read_as = asked([*map(typed, old), *new])
    assert read_as == [*old, *new]
    assert "ở 6 ô (A2:A7)" in assumption.cases[0].message


def test_scattered_cells_are_named_up_to_a_few_and_counted() -> None:
    pairs = zip(clearly(tcvn3, 8), names(8, 2), strict=True)
    (assumption,), _ = asked([name for old, new in pairs for name in (tcvn3(old), new)])
    assert "ở 8 ô (A2, A4, A6, A8, A10, …)" in assumption.cases[0].message


def clearly(typed: Case, count: int) -> list[str]:
    """Names that make no sense as they are typed; in a mixed list, what makes sense either way stays."""
    return [name for name in names(900) if count_misspelt(typed(name))][:count]


def asked(people: list[str]) -> tuple[tuple[Assumption, ...], list[str]]:
    proposed = proposal(workbook(*((name, "Y sĩ", "Xã Bình Lư") for name in people)))
    return proposed.assumptions, [row.entry.full_name for row in proposed.rows]


@pytest.mark.parametrize("typed", [tcvn3, vni])
def test_no_leaves_the_text_as_it_was(typed: Case) -> None:
    content = workbook(*((typed(name), "Y sĩ", "Xã Pa Ủ") for name in names(8)))
    cells = [
        cell.text
        for row in read_file(content, "a", {"font": False}).grids[0].rows
        for cell in row.cells.values()
    ]
    assert cells[3::3] == [typed(name) for name in names(8)]
    assert not proposal(content, answers={"font": False}).can_be_frozen
    assert [row.written for row in proposal(content, answers={"font": True}).rows] != cells[3::3]


def test_letters_without_marks_stay_as_they_are() -> None:
    assert [convert("Lai Chau") for convert in FONTS.values()] == ["Lai Chau"] * 2
