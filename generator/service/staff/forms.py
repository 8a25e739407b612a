"""Forms of the staff: declared once in forms.toml, drawn by `parts.field`, and read with what is wrong.

What pages say beside a form stands there too, names in words.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

from starlette.datastructures import FormData

from ...catalogue import read_catalogue
from ...records.staff_entries import FARTHEST, document_number
from ..dependencies import field

VIETNAMESE_DAY = re.compile(r"(\d{1,2})([/. -]?)(\d{1,2})\2(\d{4})\Z")
#: An hour and minutes as people write them, with any words between and after.
WRITTEN_HOUR = re.compile(r"(\d{1,2})\s*[^\d\s]*\s*([0-5]\d)?\s*\D*", re.ASCII)
#: Digits of any script, in groups of three where there is a sign between, as in 1.200.000. A comma parts
#: decimals here, and 1.5 would be fifteen: so those are no numbers.
WHOLE = re.compile(r"\d+|\d{1,3}(?:([. \u00a0\u202f])\d{3})(?:\1\d{3})*")
#: More digits than any limit has.
MOST_DIGITS = 15
#: The limits of a text, in characters, and of a number, where a form has none of its own.
LONGEST_TEXT, LARGEST_NUMBER = 200, 999_999


@dataclass(frozen=True, kw_only=True)
class FormField:
    """A field as it is declared; `options` are pairs of value and title.

    `hint` and `blank`, what a list shows before anything is chosen, are those of every field where None.
    """

    name: str
    kind: Literal["choice", "coming-day", "day", "document", "hour", "number", "text"]
    label: str
    missing: str = ""
    hint: str | None = None
    options: Collection[tuple[str, str]] = ()
    blank: str | None = None
    least: int = 0
    most: int = 0
    length: int = 0
    optional: bool = False
    repeated: str = ""
    """What is said where the same was entered already."""

    @property
    def longest(self) -> int:
        """The most characters that a page lets anybody type."""
        return self.length or self.most or LONGEST_TEXT


@dataclass(frozen=True, kw_only=True)
class StaffForm:
    """A form: its fields in their order, by name, and its other words."""

    name: str
    fields: Mapping[str, FormField]
    words: Mapping[str, str]

    def filled(self, **known: Mapping[str, Any]) -> StaffForm:
        """Returns the form with what is known of its fields once somebody asks: options, limits."""
        fields = {name: replace(field, **known.get(name, {})) for name, field in self.fields.items()}
        return replace(self, fields=fields)

    def only(self, *names: str) -> StaffForm:
        """Returns the form with these fields alone."""
        return replace(self, fields={name: self.fields[name] for name in names})


def staff_form(name: str) -> StaffForm:
    """Returns a form as forms.toml declares it."""
    declared = catalogue()[name]
    fields = {field: _field(field, **options) for field, options in declared.get("fields", {}).items()}
    words = {word: text for word, text in declared.items() if isinstance(text, str)}
    return StaffForm(name=name, fields=fields, words=words)


def _field(name: str, options: Collection[str] = (), **declared: Any) -> FormField:
    return FormField(name=name, options=tuple((option, option) for option in options), **declared)


def message(name: str, **values: object) -> str:
    """Returns a sentence by its table and name, as `codes.taken`, with its values filled in.

    One without a table is what a field of any form says.
    """
    table, _, name = name.rpartition(".")
    return str(catalogue()[table or "messages"][name]).format(**values)


@cache
def catalogue() -> Mapping[str, Any]:
    """Returns the tables of forms.toml and words.toml."""
    return read_catalogue(__package__, "forms.toml") | read_catalogue(__package__, "words.toml")


class FormReader:
    """The fields of a form; `problems` by the field's name. A value that is wrong reads as a blank one."""

    def __init__(self, form: FormData) -> None:
        self._form = form
        self.problems: dict[str, str] = {}

    @property
    def given(self) -> dict[str, str]:
        """Returns what was typed, to be shown again."""
        return {
            name: value for name, value in self._form.items() if isinstance(value, str) and name != "token"
        }

    def read(self, form: StaffForm, today: date) -> dict[str, Any]:
        """Returns the value of each field: a date, a whole number or a text; None where one is left blank.

        A day is not after `today`.
        """
        return {name: self._value(field, today) for name, field in form.fields.items()}

    def _value(self, declared: FormField, today: date) -> Any:
        name, most = declared.name, declared.most
        missing = declared.missing.format(least=declared.least, most=most)
        if declared.optional and not field(self._form, name):
            return None
        match declared.kind:
            case "choice":
                return self.choice(name, dict(declared.options), missing)
            case "day":
                return self.day(name, missing, until=today)
            case "coming-day":
                return self.coming_day(name, missing, since=today)
            case "hour":
                return self.hour(name)
            case "number":
                return self.number(name, missing, least=declared.least, most=most or LARGEST_NUMBER)
            case "document":
                return self.document(name, missing)
            case "text":
                return self.text(name, "" if declared.optional else missing, most=most or LONGEST_TEXT)

    def all(self, name: str) -> tuple[str, ...]:
        """The values of boxes that share a name, each once."""
        values = (_printable(value) for value in self._form.getlist(name) if isinstance(value, str))
        return tuple(dict.fromkeys(values))

    def text(self, name: str, missing: str = "", *, most: int = LONGEST_TEXT) -> str:
        """`missing` is what to say where it is empty; without it, it may be."""
        text = " ".join(_printable(field(self._form, name)).split())
        if missing and not text:
            self.problems[name] = missing
        if len(text) > most:
            self.problems[name] = message("long", most=most)
            return ""
        return text

    def document(self, name: str, missing: str) -> str:
        """Returns the number and symbol of a document, as they stand on paper."""
        number = document_number(field(self._form, name))
        if number is None:
            self.problems[name] = missing
        return number or ""

    def choice(self, name: str, allowed: Collection[str], missing: str) -> str:
        value = field(self._form, name)
        if value not in allowed:
            self.problems[name] = missing
            return ""
        return value

    def number(self, name: str, missing: str, *, least: int = 0, most: int = LARGEST_NUMBER) -> int:
        written = field(self._form, name)
        number = whole_number(written)
        if number is None:
            self.problems[name] = f"{missing} {message('number')}" if written else missing
            return least
        if not least <= number <= most:
            self.problems[name] = message("limits", least=_grouped(least), most=_grouped(most))
            return least
        return number

    def day(self, name: str, missing: str, *, until: date) -> date:
        """Reads a day, 2026-11-24 or as people write it, 24/11/2026; not after `until`."""
        written = field(self._form, name)
        day = day_of_text(written)
        if day is None or day.year < 2020:
            self.problems[name] = f"{missing} {message('day')}" if written else missing
            return until
        if day > until:
            self.problems[name] = message("day_to_come")
            return until
        return day

    def coming_day(self, name: str, missing: str, *, since: date) -> date:
        """Reads a day like `day`; not before `since`, and no more than a year after."""
        written = field(self._form, name)
        day = day_of_text(written)
        if day is None:
            self.problems[name] = f"{missing} {message('day')}" if written else missing
        elif day < since:
            self.problems[name] = message("day_over")
        elif (day - since).days > FARTHEST:
            self.problems[name] = message("day_far")
        else:
            return day
        return since

    def hour(self, name: str) -> str:
        """Reads an hour as people write it, 8:00 or 8h30, and returns it as 08:00."""
        written = WRITTEN_HOUR.fullmatch(field(self._form, name).casefold())
        if written is None or int(written[1]) > 23:
            self.problems[name] = message("hour")
            return ""
        return f"{int(written[1]):02}:{written[2] or '00'}"


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
    """Returns the text without control characters, which no document can hold, and signs without a look.

    Those would make a reason of nothing, or turn a name around.
    """
    kinds = ((sign, unicodedata.category(sign)) for sign in text)
    return "".join(" " if kind in {"Cc", "Cs"} else sign for sign, kind in kinds if kind != "Cf")


def day_of_text(text: str) -> date | None:
    """Reads 2026-11-24, 24/11/2026 or 24112026; returns None where it is no day."""
    written = VIETNAMESE_DAY.match(text)
    try:
        if written:
            return date(int(written[4]), int(written[3]), int(written[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
