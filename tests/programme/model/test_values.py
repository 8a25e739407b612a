"""What an author writes as a value is read as one thing only, and refused by the code of a finding."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from taphuan.programme.loader.findings import message_catalogue
from taphuan.programme.model.values import (
    Blank,
    Count,
    Day,
    Flag,
    LessonName,
    Percent,
    Point,
    Slug,
    Text,
    Url,
)


def refusal(kind: Any, written: object) -> str:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(written)
    return refused.value.errors()[0]["type"]


def value(kind: Any, written: object) -> object:
    return TypeAdapter(kind).validate_python(written)


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        (Text, "  Giữ nước \n", "Giữ nước"),
        (Text, "0213", "0213"),
        (Text, "~", "~"),
        (Blank, "", ""),
        (Blank, " 0900 ", "0900"),
        (Slug, "can-bo-cap-xa", "can-bo-cap-xa"),
        (Slug, "0213", "0213"),
        (Slug, "no", "no"),
        (LessonName, "khai-niem", "khai-niem"),
        (LessonName, "khoa-khac/khai-niem", "khoa-khac/khai-niem"),
        (Point, "II", "II"),
        (Point, "II.2.1.đ", "II.2.1.đ"),
        (Point, "IV.14", "IV.14"),
        (Day, "2026-11-24", date(2026, 11, 24)),
        (Day, "24/11/2026", date(2026, 11, 24)),
        (Day, "1/2/2026", date(2026, 2, 1)),
        (Day, "29/02/2028", date(2028, 2, 29)),
        (Percent, "80%", 80),
        (Percent, "80 %", 80),
        (Percent, "0%", 0),
        (Percent, "100%", 100),
        (Count, "45", 45),
        (Count, "2030", 2030),
        (Flag, "true", True),
        (Flag, "false", False),
        (Url, "https://example.org", "https://example.org"),
        (Url, "http://example.org/a?b=c#d", "http://example.org/a?b=c#d"),
    ],
)
def test_a_value_is_read_as_it_is_meant(kind: Any, written: str, meant: object) -> None:
    read = value(kind, written)
    assert (read, type(read)) == (meant, type(meant))


@pytest.mark.parametrize(
    ("kind", "code", "written"),
    [
        (kind, code, written)
        for kind, code, all_written in [
            (
                Slug,
                "not-a-slug",
                ["Can-bo", "can_bo", "cán-bộ", "-a", "a-", "a--b", "a b", "a/b", "a\nb", "a.b"],
            ),
            (LessonName, "not-a-slug", ["a/b/c", "/a", "a/", "../a", "A/b"]),
            (
                Point,
                "not-a-point",
                ["VI.1", "ii.2", "II.123", "II.2.1.C", "II.2.1.cd", "2.1", "II..1", "II."],
            ),
            (
                Day,
                "not-a-day",
                ["1735689600", "2026-1-1", "31/04/2026", "29/02/2026", "00/01/2026", "24/11/26"],
            ),
            (Day, "not-a-day", ["2026-11-24T00:00", "24-11-2026", "２０２６-11-24", "hôm nay", "0000-01-01"]),
            (Day, "not-a-day", ["31/12/9999", "9999-12-31", "01/01/0001", "24/11/20226", "2200-01-01"]),
            (Percent, "not-a-percent", ["80", "0.8", "101%", "-1%", "80,5%", "80%%", "８０%", "1000%"]),
            (
                Count,
                "not-a-number",
                ["0", "-1", "1_000", "40.0", "1e3", "0x1F", "nan", "+1", "٤٥", "1000000", "007"],
            ),
            (Flag, "not-a-flag", ["y", "yes", "on", "1", "True", "TRUE", "có"]),
            (
                Url,
                "not-an-address",
                ["example.org", "javascript:alert(1)", "https://", "https:///a", "//a.org"],
            ),
            (
                Url,
                "not-an-address",
                ["https://[::1", "ftp://a.org", "https://a b.org", "mailto:a@b.org", "/a"],
            ),
        ]
        for written in all_written
    ],
)
def test_what_is_meant_otherwise_is_refused(kind: Any, code: str, written: str) -> None:
    assert refusal(kind, written) == code


@pytest.mark.parametrize("kind", [Text, Slug, LessonName, Point, Day, Percent, Count, Flag, Url])
@pytest.mark.parametrize("nothing", ["", "  ", "\n", "\N{NO-BREAK SPACE}"])
def test_no_value_is_empty(kind: Any, nothing: str) -> None:
    assert refusal(kind, nothing) == "empty-value"


@pytest.mark.parametrize("kind", [Text, Blank, Slug, LessonName, Point, Day, Percent, Count, Flag, Url])
@pytest.mark.parametrize("written", [[], ["a"], {}, {"a": "b"}, None])
def test_a_list_or_keys_are_no_value(kind: Any, written: object) -> None:
    assert refusal(kind, written) == "wrong-type"


@pytest.mark.parametrize("unseen", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\ud800"])
def test_a_text_holds_no_character_that_nobody_sees(unseen: str) -> None:
    assert refusal(Text, f"Giữ{unseen}nước") == "unseen-character"


@pytest.mark.slow
@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.sampled_from([Text, Blank, Slug, LessonName, Point, Day, Percent, Count, Flag, Url]),
    st.text() | st.from_regex(r"[0-9%/:. -]{1,12}") | st.from_regex(r"https?://\S{0,12}"),
)
def test_any_text_is_read_or_refused_by_a_code_of_ours(kind: Any, written: str) -> None:
    with suppress(ValidationError):
        value(kind, written)
        return
    assert refusal(kind, written) in message_catalogue()
