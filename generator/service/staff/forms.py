"""Reading a form of the staff: each field with what is wrong with it, in words for who typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from starlette.datastructures import FormData

from ..dependencies import field

VIETNAMESE_DAY = re.compile(r"(\d{1,2})([/. -]?)(\d{1,2})\2(\d{4})\Z")
UNREADABLE_DAY = "Viết ngày/tháng/năm, như 25/11/2026."
#: Digits of any script, in groups of three where there is a sign between, as in 1.200.000. A comma parts
#: decimals here, and 1.5 would be fifteen: so those are no numbers.
WHOLE = re.compile(r"\d+|\d{1,3}(?:([. \u00a0\u202f])\d{3})(?:\1\d{3})*")
#: More digits than any limit has.
MOST_DIGITS = 15
UNREADABLE_NUMBER = "Chỉ ghi chữ số, như 1200 hoặc 1.200."


class FormReader:
    """The fields of a form; `problems` by the field's name. A value that is wrong reads as a blank one."""

    def __init__(self, form: FormData) -> None:
        self._form = form
        self.problems: dict[str, str] = {}

    @property
    def given(self) -> dict[str, str]:
        """What was typed, to be shown again."""
        return {
            name: value for name, value in self._form.items() if isinstance(value, str) and name != "token"
        }

    def all(self, name: str) -> tuple[str, ...]:
        """The values of boxes that share a name, each once."""
        values = (_printable(value) for value in self._form.getlist(name) if isinstance(value, str))
        return tuple(dict.fromkeys(values))

    def text(self, name: str, missing: str = "", *, most: int = 200) -> str:
        """`missing` is what to say where it is empty; without it, it may be."""
        text = " ".join(_printable(field(self._form, name)).split())
        if missing and not text:
            self.problems[name] = missing
        if len(text) > most:
            self.problems[name] = f"Viết ngắn hơn, tối đa {most} ký tự."
            return ""
        return text

    def choice(self, name: str, allowed: Collection[str], missing: str) -> str:
        value = field(self._form, name)
        if value not in allowed:
            self.problems[name] = missing
            return ""
        return value

    def number(self, name: str, missing: str, *, least: int = 0, most: int = 999_999) -> int:
        written = field(self._form, name)
        number = whole_number(written)
        if number is None:
            self.problems[name] = f"{missing} {UNREADABLE_NUMBER}" if written else missing
            return least
        if not least <= number <= most:
            self.problems[name] = f"Ghi một số từ {_grouped(least)} đến {_grouped(most)}."
            return least
        return number

    def day(self, name: str, missing: str, *, until: date) -> date:
        """As 2026-11-24, or as people write it, 24/11/2026; not after `until`."""
        written = field(self._form, name)
        day = day_of_text(written)
        if day is None or day.year < 2020:
            self.problems[name] = f"{missing} {UNREADABLE_DAY}" if written else missing
            return until
        if day > until:
            self.problems[name] = "Ngày này chưa đến. Ghi ngày muộn nhất là hôm nay."
            return until
        return day


def whole_number(text: str) -> int | None:
    """Returns the number as it is written, however long it is; nothing where it is no whole number.

    One of more digits than any limit has is as large as the largest of so many: reading thousands of
    digits takes long.
    """
    if not WHOLE.fullmatch(text):
        return None
    digits = "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal()).lstrip("0")
    return int(digits or "0") if len(digits) <= MOST_DIGITS else 10**MOST_DIGITS


def _grouped(number: int) -> str:
    """Returns a number as people write it; years have no point."""
    return f"{number:,}".replace(",", ".") if number > 9_999 else str(number)


def _printable(text: str) -> str:
    """Without control characters, which neither PostgreSQL nor a document can hold, nor signs without a look.

    Those would make a reason of nothing, or turn a name around.
    """
    kinds = ((sign, unicodedata.category(sign)) for sign in text)
    return "".join(" " if kind in {"Cc", "Cs"} else sign for sign, kind in kinds if kind != "Cf")


def day_of_text(text: str) -> date | None:
    """As 2026-11-24, 24/11/2026 or 24112026; nothing where it is no day."""
    written = VIETNAMESE_DAY.match(text)
    try:
        if written:
            return date(int(written[4]), int(written[3]), int(written[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
