"""Vietnamese as typed with the fonts of before Unicode, and names of several peoples to type."""

from __future__ import annotations

import random
import unicodedata
from itertools import product

from taphuan.programme.vietnamese import TCVN3, VNI_LETTERS, VNI_MARKS
from taphuan.roster_import.vocabulary import TONES

FAMILIES = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lò Lường Quàng Cà Tòng
Vàng Giàng Sùng Thào Hầu Mùa Ly Cháng Má Chẻo Tẩn Phàn Lù Chảo Pờ Lỳ Ky Chu Toán Khoàng Vừ Lầu
Hạng Hảng Sìn Tao Đèo
"""
MIDDLES = """
Văn Thị Hữu Đức Quốc Láo Mí A Thó Gió Xé Khai Go Hừ Chừ Seo Kim Phù Ú Lở San Sử Cù Lụ Xì Nhù Bá
"""
GIVEN = """
Ánh Én Hương Hoà Hòa Thuý Thúy Khoẻ Khỏe Quý Quỳnh Nguyệt Tuyết Thuận Tuấn Toàn Huệ Huyền Uyên
Yến Mẩy Phấy Dua Chìa Pó Dính Sơn Ủ Lừ Ngoan Xuân Xuyến Loan Khuê Quyên Quyết Thoa Hoạch Hoài
Hoè Oanh Ân Ý Yên Mỷ Sếnh Vảng Páo Súa Pà Chứ Só Xè Phừ Xạ Ché Dế Ngải Khừ Phiêu Phến Păn Khươi
Nghiêm Khuỷu Xoan Nhếnh Thưởng Giếng
"""
#: What the two fonts have for each letter; capitals with a tone are small ones of a capital font in TCVN3.
TCVN3_CODES = {letter: code for code, letter in TCVN3.items()}
VNI_WHOLE = {chr(letter): chr(code) for code, letter in VNI_LETTERS.items()}
VNI_BEHIND = {marks: letter for letter, marks in VNI_MARKS.items()}


def names(count: int, seed: int = 1) -> list[str]:
    """As many full names, all different."""
    whole = [" ".join(parts) for parts in product(FAMILIES.split(), MIDDLES.split(), GIVEN.split())]
    return random.Random(seed).sample(whole, count)


def tcvn3(text: str) -> str:
    is_there = (letter.isascii() or ord(letter) in TCVN3_CODES for letter in text)
    letters = (letter if there else letter.lower() for letter, there in zip(text, is_there, strict=True))
    return "".join(letters).translate(TCVN3_CODES)


def vni(text: str) -> str:
    return "".join(map(_vni, text))


def _vni(letter: str) -> str:
    if letter.isascii() or letter in VNI_WHOLE or letter in "ìíÌÍ":
        return VNI_WHOLE.get(letter, letter)
    base, *marks = list(unicodedata.normalize("NFD", letter))
    horned = unicodedata.normalize("NFC", base + "\u031b")
    if "\u031b" in marks:
        marks.remove("\u031b")
        base = VNI_WHOLE[horned]
    behind = VNI_BEHIND["".join(sorted(marks, key=lambda mark: mark not in "\u0302\u0306"))]
    return base + (behind.upper() if letter.isupper() else behind)


def windows_1258(text: str) -> bytes:
    """The bytes of a text as Windows for Vietnamese wrote it: letters whole, tones behind them."""
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in TONES)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
        letters.append(bare + tones)
    return "".join(letters).encode("cp1258")
