"""Whether somebody's own word that they sell sex must be reported is open, and no text answers it."""

from __future__ import annotations

import re

import pytest
from programmes import REPOSITORY

from generator.programme.checks.passages import passages
from generator.programme.loading import load
from generator.programme.model.programme import Programme
from generator.programme.vietnamese import sentences

LESSON = "can-bo-cap-xa/ho-tro-va-chuyen-gui"
#: A person tells it of themselves.
TOLD = re.compile(
    r"(?:tự (?:kể|nói|nhận|khai)|(?:kể|nói|nhận) (?:rằng |là )?(?:mình|anh|chị|tôi)).{0,40}bán dâm"
    r"|tôi bán dâm",
    re.I,
)
REPORT = re.compile(r"\b(?:báo|tố giác)\b", re.I)
#: The sentence asks, or says that nobody has answered.
OPEN = re.compile(r"\?|có phải báo (?:hay )?không|chưa rõ|chưa (?:thấy |có )?văn bản|chưa hứa")


def answers(sentence: str) -> bool:
    return bool(TOLD.search(sentence) and REPORT.search(sentence) and not OPEN.search(sentence))


@pytest.fixture(scope="module")
def programme() -> Programme:
    loaded = load(REPOSITORY).programme
    assert loaded
    return loaded


@pytest.mark.parametrize(
    "sentence",
    [
        "Ai tự kể mình bán dâm thì cán bộ phải báo Công an xã.",
        "Nghe một người nói mình bán dâm thì không phải báo.",
        "Nghe “tôi bán dâm” thì tố giác ngay.",
    ],
)
def test_an_answer_is_known_when_it_is_read(sentence: str) -> None:
    assert answers(sentence)


def test_no_text_answers_it(programme: Programme) -> None:
    found = [
        (passage.file, sentence)
        for passage in passages(programme)
        for sentence in sentences(passage.text)
        if answers(sentence)
    ]
    assert found == []


def test_the_lesson_on_help_says_that_it_is_open_and_who_must_decide(programme: Programme) -> None:
    body = programme.lessons[LESSON].body
    assert "Chưa có văn bản trả lời rõ" in body
    assert "Sở Y tế, Công an tỉnh và Sở Tư pháp phải thống nhất bằng văn bản" in body


def test_the_lesson_on_help_keeps_what_is_reported_at_once(programme: Programme) -> None:
    lesson = programme.lessons[LESSON]
    for text in (lesson.body, " ".join(lesson.key_points), lesson.trainer_notes):
        assert re.search(r"[Tt]rẻ em.{0,80}báo ngay", text)


def test_the_lesson_on_help_promises_neither_silence_nor_impunity(programme: Programme) -> None:
    """What an official cannot keep stands in the column of what is not promised."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", programme.lessons[LESSON].body, re.M)
    start = rows.index(("Hứa được", "Không hứa")) + 1
    not_promised = {row[1] for row in rows[start:]}
    assert {"“Không ai biết.”", "“Không bị phạt.”", "“Không báo ai.”"} <= not_promised
