"""The letters of an answer sheet, read as responses to its form.

A sheet says for each question what `form.html.j2` asks for: one letter, several, Đ or S, `1B 2A`
for pairs, or letters in their order. What cannot be read is named, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from ...quiz import Answer, Form, FormQuestion, Key, Responses

LETTERS = "ABCDEFGHIJ"
TRUE, FALSE = frozenset({"Đ", "D"}), frozenset({"S"})
PAIR = re.compile(r"([0-9]{1,2})([A-J])")


class Unreadable(ValueError):
    """Something on the sheet that is no answer to its question."""


@dataclass(frozen=True, kw_only=True)
class ReadAnswers:
    """Responses by question id; `faults` and `blank` by the question's number on the sheet."""

    responses: Responses
    faults: Mapping[int, str]
    blank: tuple[int, ...]


def read(form: Form, key: Key, written: Mapping[int, str]) -> ReadAnswers:
    """`written` holds the letters by a question's number, 1-based. Order of options is the form's."""
    responses: dict[str, tuple[str, ...]] = {}
    faults: dict[int, str] = {}
    blank: list[int] = []
    for number, asked in enumerate(form.asked, 1):
        text = _plain(written.get(number, ""))
        if not text:
            blank.append(number)
            continue
        try:
            responses[asked.id] = _response(asked, key[asked.id], text)
        except Unreadable as fault:
            faults[number] = str(fault)
    return ReadAnswers(responses=responses, faults=faults, blank=tuple(blank))


def _plain(text: str) -> str:
    """Capitals and figures alone: spaces, commas and hyphens are how people separate them."""
    composed = unicodedata.normalize("NFC", text).upper()
    return "".join(sign for sign in composed if sign.isalnum())


def _response(asked: FormQuestion, answer: Answer, text: str) -> tuple[str, ...]:
    if answer.kind == "true-false":
        return _true_false(text)
    if answer.kind == "matching":
        return _pairs(asked, answer, text)
    return _chosen(asked, answer.kind, text)


def _true_false(text: str) -> tuple[str, ...]:
    if text in TRUE:
        return ("true",)
    if text in FALSE:
        return ("false",)
    raise Unreadable("ghi Đ hoặc S")


def _pairs(asked: FormQuestion, answer: Answer, text: str) -> tuple[str, ...]:
    found = PAIR.findall(text)
    if "".join(number + letter for number, letter in found) != text:
        raise Unreadable("ghi số rồi chữ cái, như 1B 2A")
    # The left sides stand on the sheet in the author's order, which is the key's.
    lefts = [pair.partition("=")[0] for pair in answer.right]
    numbers = [int(number) for number, _ in found]
    if len(set(numbers)) < len(numbers):
        raise Unreadable("có số ghi hai lần")
    if not all(1 <= number <= len(lefts) for number in numbers):
        raise Unreadable(f"chỉ có các số từ 1 đến {len(lefts)}")
    rights = [_part(asked, letter) for _, letter in found]
    return tuple(f"{lefts[number - 1]}={right}" for number, right in zip(numbers, rights, strict=True))


def _chosen(asked: FormQuestion, kind: str, text: str) -> tuple[str, ...]:
    if kind == "single-choice" and len(text) > 1:
        raise Unreadable("chỉ ghi một chữ cái")
    if len(set(text)) < len(text):
        raise Unreadable("có chữ cái ghi hai lần")
    if kind == "ordering" and len(text) != len(asked.parts):
        raise Unreadable(f"ghi đủ {len(asked.parts)} chữ cái")
    return tuple(_part(asked, letter) for letter in text)


def _part(asked: FormQuestion, letter: str) -> str:
    place = LETTERS.find(letter)
    if not 0 <= place < len(asked.parts):
        raise Unreadable(f"chỉ có các chữ cái từ A đến {LETTERS[len(asked.parts) - 1]}")
    return asked.parts[place]
