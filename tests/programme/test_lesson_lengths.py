"""A lesson's length is counted as a reader reads it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from broken_samples import LESSON
from programmes import Edit, FindingsOf

from taphuan.programme.course_figures import count_read_words


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Hai tiếng.", 2),
        ("Xem [bài kia](../khoa/bai-kia.md#muc).", 3),
        ("Theo [@nd-moi:3], gọi [contact:to-cap-nuoc] để [term:chuyen-gui|được chuyển gửi].", 6),
        ("<!-- taphuan: allow lesson-length vì bài ngắn -->\nMột `taphuan check` hai.", 2),
        ("```\nba bốn năm\n```\nMột.", 1),
        ('!!! case "Nhà bên khe"\n    Bạn làm gì?', 6),
        ("Một.\n\n!!! flow nhan-tin-bao\n\nHai.", 2),
        ("| Việc | Căn cứ |\n|---|---|\n| Giữ giếng | – |", 5),
        ("- **Một** – hai\n- ba", 3),
    ],
)
def test_it_counts_what_is_read(body: str, count: int) -> None:
    assert count_read_words(body) == count


@pytest.mark.parametrize(("count", "is_outside"), [(499, True), (500, False), (900, False), (901, True)])
def test_a_lesson_outside_its_bounds_is_told_its_count(
    good: Path, findings_of: FindingsOf, count: int, is_outside: bool
) -> None:
    head = (good / LESSON).read_text(encoding="utf-8").split("---\n")[1]
    body = "Một hai ba bốn năm.\n" * (count // 5) + "Một.\n" * (count % 5)
    (good / LESSON).write_text(f"---\n{head}---\n{body}", encoding="utf-8")
    messages = [finding.message for finding in findings_of(good) if finding.code == "lesson-length"]
    assert messages == ([f"bài dài {count} tiếng; nên từ 500 đến 900"] if is_outside else [])


@pytest.mark.parametrize("line", ["Nước từ khe", "- Rào quanh nguồn"])
def test_its_silence_may_stand_anywhere_in_the_body(
    good: Path, edit: Edit, findings_of: FindingsOf, line: str
) -> None:
    edit(good, LESSON, " <!-- taphuan: allow lesson-length vì là bài mẫu -->", "")
    edit(good, LESSON, line, f"<!-- taphuan: allow lesson-length vì bài ngắn -->\n{line}")
    assert findings_of(good) == []


def test_links_that_nothing_closes_take_no_time() -> None:
    started = time.process_time()
    assert count_read_words("[a](" * 50_000) == 1
    assert time.process_time() - started < 5
