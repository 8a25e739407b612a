"""The one form of a day, of a weekday and of a percentage, as official documents write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ..model.pointer import without_code
from ..model.programme import Programme
from ..problems import Problem
from ..vietnamese import lowered, written_day
from .passages import SOURCES, Passage

#: A day in figures that is no part of a longer number or of an address.
DAY = re.compile(r"(?<![\w/.-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/-])")
#: A weekday is known by the part of the day before it or the day in figures after it: "lần thứ hai" is none,
#: nor are "chiều thứ hai của lớp" and "lần thứ hai 3/9".
WEEKDAY = re.compile(
    r"(?:(?<=sáng )|(?<=trưa )|(?<=chiều )|(?<=tối )|(?<=đêm ))thứ (hai|ba|tư|năm|sáu|bảy)\b"
    r"(?! (?:liên tiếp|kể từ|của (?!tuần|tháng))\b)"
    r"|(?<!lần )(?<!điểm )(?<!buổi )(?<!tháng )\bthứ (hai|ba|tư|năm|sáu|bảy)\b"
    r"(?=,? (?:ngày )?\d{1,2}/\d{1,2}\b)"
)
PERCENT = re.compile(r"\d+(?:,\d+)?[^\S\n]+%")


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        if passage.path and passage.path[-1] in SOURCES:
            continue
        text = without_code(passage.text) if passage.is_markdown else passage.text
        for start, typed, written in other_forms(text):
            values = {"typed": typed, "written": written}
            yield Problem(code="written-form", place=passage.at(start, typed), values=values)
        for found in DAY.finditer(text) if "/" in text else ():
            if not _written(found):
                place = passage.at(found.start(), found[0])
                yield Problem(code="no-such-day", place=place, values={"typed": found[0]})


def other_forms(text: str) -> Iterator[tuple[int, str, str]]:
    """Yields what a text writes in another form: where it begins, what is typed, and how it is written."""
    if "/" in text:
        for found in DAY.finditer(text):
            written = _written(found)
            if written and written != found[0]:
                yield found.start(), found[0], written
    if "%" in text:
        for found in PERCENT.finditer(text):
            yield found.start(), found[0], re.sub(r"\s", "", found[0])
    if "hứ " in text:
        for found in WEEKDAY.finditer(lowered(text)):
            typed = text[found.start() : found.end()]
            written = f"{typed[:4]}{typed[4:].capitalize()}"
            if written != typed:
                yield found.start(), typed, written


def _written(day: re.Match[str]) -> str:
    """Returns the day as documents write it; nothing where there is no such day."""
    try:
        return written_day(date(int(day[3]), int(day[2]), int(day[1])))
    except ValueError:
        return ""
