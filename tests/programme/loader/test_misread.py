"""Vietnamese in other letters is told apart from right Vietnamese and from foreign words; hidden signs go."""

from __future__ import annotations

import pytest

from taphuan.programme.loader.files import source_from
from taphuan.programme.vietnamese import find_misread


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Ghi vµo sæ ba dßng: gặp ai, nói gì.", "Ghi vào sổ ba dòng"),
        ("Gặp ai, nói gì. §iÒu 35 vÒ xö ph¹t", "Điều 35 về xử phạt"),
        ("Sæ tay", "Sổ tay"),
        ("nh\xadng ng\xadêi d©n", "nhưng người dân"),
        ("Ghi vaøo soå ba doøng: gặp ai.", "Ghi vào sổ ba dòng"),
        ("Ngöôøi baùn daâm", "Người bán dâm"),
        ("Coäng soá cuûa 38 nôi", "Cộng số của 38 nơi"),
        ("Ai | Vieäc", "Việc"),
        ("Hỏi: lµ ai", "là ai"),
        ("Hái Së Y tÕ", "Hỏi Sở Y tế"),
        ("Nói vá»›i chá»§ cÆ¡ sá»Ÿ", "Nói với chủ cơ sở"),
        ("Ä‘iá»\x81u â€œmá»™tâ€\x9d", "điều “một”"),
        ("Nhiệt độ 37Â°C", "Nhiệt độ 37°C"),
    ],
)
def test_what_was_typed_or_read_wrongly_is_found_with_how_it_reads(text: str, reads: str) -> None:
    assert [place.reads for place in find_misread(text)] == [reads]


def test_each_paragraph_is_told_of_once_where_it_begins_to_be_wrong() -> None:
    text = "Gặp ai.\n\nGặp ai. Ghi vµo sæ.\nB¸o c¸o.\n\nNói gì.\n\nThø hai, b¹n lµm g×"
    misread = [(text[place.start :].startswith(place.written), place.reads) for place in find_misread(text)]
    assert misread == [(True, "Ghi vào sổ"), (True, "Thứ hai, bạn làm gì")]


@pytest.mark.parametrize(
    "text",
    [
        "10 µm và 5 µg ở 37 °C; m×n = 12 m², 5 N·m, 1½ giờ, ¼ hộ, ± 2",
        "Müller, Köln, groß, Straße, Größe, Mönch, schön, für, Tür, Bücher",
        "El Niño, São Paulo, José; café très cher où l'été; forêt, hôtel, «Nhà» « nhà »",
        "naïve façade; Saïgon, Hanoï, Thaï; Åse Sørensen og Bjørn",
        "Bộ Y tế © 2026, Panadol® Viagra™, Zalo®",
        "TRÂM ANH ĐÃ… ĐẾN XÃ\xa0BÌNH LƯ, ĐIỀU 35 XỬ PHẠT",
        "Y Dhăm Niê, Ksor H'Blŏ, K'Brôi Krông, Đắk Lắk",
        "Xã A – phường B — ‘vào’ “sổ” «má», nguời dân ngưòi dân quỳên hoà thuỷ côông",
    ],
)
def test_units_signs_foreign_names_and_slips_do_not_alarm(text: str) -> None:
    assert find_misread(text) == ()


@pytest.mark.parametrize(
    "sign", [*"\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u200f\u202a\u202e\u2066\u2069\u061c\u180e"]
)
def test_signs_without_ink_are_gone_once_a_file_is_read(sign: str) -> None:
    written = f"Ghi{sign} và{sign}o sổ: e{sign}\u0302\n"
    source, problems = source_from(written.encode(), "a.md")
    assert source.text == "Ghi vào sổ: ê\n"
    assert [problem.code for problem in problems] == ["not-nfc"]


def test_a_soft_hyphen_stays_where_it_is_a_letter_of_an_old_font() -> None:
    source, _ = source_from("Xã\xad Bum\nnh\xadng ng\xadêi d©n\n".encode(), "a.md")
    assert source.text == "Xã Bum\nnh\xadng ng\xadêi d©n\n"


@pytest.mark.parametrize("picture", ["👩\u200d🌾", "❤\ufe0f\u200d🔥"])
def test_a_joiner_stays_within_a_picture(picture: str) -> None:
    assert source_from(f"a {picture} b".encode(), "a.md")[0].text == f"a {picture} b"


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("id: c\u0430n-b\u043e", "id: can-bo"),
        ("[@nd-282-2025:３５], ＃＃ Mục Ａ", "[@nd-282-2025:35], ## Mục A"),
        ("can\u2011bo, 0213\u2011387, Hà Nội\u2011Huế", "can-bo, 0213-387, Hà Nội\u2011Huế"),
        ("Москва, а м\u0430", "Москва, а м\u0430"),
        ("gái m\u0430i", "gái mai"),
    ],
)
def test_letters_that_look_like_ours_within_a_word_are_ours(written: str, seen: str) -> None:
    assert source_from(written.encode(), "a.md")[0].text == seen
