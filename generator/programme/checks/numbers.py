"""Telephone numbers typed into a text: a number stands in `contacts.yml` or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..model.pointer import MANY, without_code
from ..model.programme import Programme
from ..problems import Problem
from .passages import QUOTING, Passage

#: 1800 and 1900 numbers, mobile and fixed lines, as people group them. Three digits such as 111 are
#: everyday words in a text and are left alone.
NUMBER = re.compile(r"(?<![\w/.,-])(?:1[89]00(?:[ .-]?\d{2,4}){1,3}|0\d{2,3}(?:[ .-]?\d{3,4}){2})(?![\w/-])")


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    known = {_digits(one.number): id for id, one in programme.contacts.contacts.items() if one.number}
    for passage in passages:
        if passage.kind in QUOTING or passage.kind == "Contacts":
            continue
        for start, number in _numbers(passage.text):
            place, id = passage.at(start, number), known.get(_digits(number), "")
            yield Problem(code="typed-number", place=place, values={"number": number}, suggestion=id)


@lru_cache(maxsize=MANY)
def _numbers(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((found.start(), found[0]) for found in NUMBER.finditer(without_code(text)))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
