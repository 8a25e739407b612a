"""One line of YAML in its parts: blanks, dashes, key, value, remark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: The head of a text over several lines: the bar or the arrow, and perhaps a remark.
BLOCK_TEXT = re.compile(r"(?:^|[:-][ \t]+)[|>][+-]?[0-9]?[+-]?[ \t]*(?:[ \t]#.*)?$")
#: Inline pointers hold brackets that are no brackets of YAML.
POINTER = re.compile(r"\[(?:@|contact:|term:|target:)[^\[\]]*\]")
REMARK = re.compile(r"(?<![ \t])[ \t]+#(?:[ \t].*)?$")
_KEY = r"""(?P<key>(?:"[^"]*"|'[^']*'|[^\s"'\[\]{}#&*!|>%@`,?-][^:]*):(?:[ \t]+|$))?"""
_LINE = re.compile(rf"(?P<indent>[ \t]*)(?P<dash>(?:-[ \t]+)*){_KEY}(?P<value>.*)$", re.DOTALL)
_FIELD_KEY = re.compile(r"""[ ]*(?:"[^"]*"|'[^']*'|[^\s"'\[\]{},:][^:]*):(?:[ ]+|$)""")
QUOTES = "\"'"
CLOSER = {"[": "]", "{": "}"}
#: A name of a key as the programme has them, unlike a word of a sentence.
NAME = re.compile(r"[A-Za-z0-9_-]+|đ|\"[^\"]*\"")


@dataclass(frozen=True)
class WrittenLine:
    """`head` is all before the value, `value` without what follows it: blanks and a remark in `rest`."""

    indent: str
    dash: str
    key: str
    value: str
    rest: str

    @property
    def head(self) -> str:
        return self.indent + self.dash + self.key

    @property
    def name(self) -> str:
        return self.key.rstrip().removesuffix(":")


def written_line(line: str) -> WrittenLine:
    found = _LINE.match(line)
    assert found
    remark = REMARK.search(found["value"])
    value = found["value"][: remark.start()] if remark else found["value"]
    rest = found["value"][len(value.rstrip()) :]
    return WrittenLine(found["indent"], found["dash"], found["key"] or "", value.rstrip(), rest)


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_written(line: str) -> bool:
    """Whether the line holds more than blanks and a remark."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def quoted(text: str) -> str:
    """The text between quotes that it does not hold itself."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Field:
    """A text inside brackets: `start` and `end` in the line, the width of its key, if it has one."""

    start: int
    end: int
    key: int


def fields(line: str, start: int) -> Iterator[Field]:
    """Yields every text inside the brackets that open at `start`, whatever stands in it."""
    begin = start + 1
    for place, sign in signs(line, start + 1):
        if sign in "[{":
            begin = place + 1
            continue
        if line[begin:place].strip():
            yield _field(line, begin, place)
        begin = place + 1
    if line[begin:].strip():
        yield _field(line, begin, len(line))


def _field(line: str, start: int, end: int) -> Field:
    while line[start] == " ":
        start += 1
    text = line[start:end].rstrip()
    key = _FIELD_KEY.match(text)
    return Field(start, start + len(text), key.end() if key else 0)


def signs(line: str, start: int) -> Iterator[tuple[int, str]]:
    """Yields brackets and commas with their places; none from quoted texts, pointers and within a text."""
    place, is_text = start, False
    while place < len(line):
        sign = line[place]
        pointer = POINTER.match(line, place) if sign == "[" else None
        if pointer:
            place = pointer.end()
        elif not is_text and sign in QUOTES:
            place = _after(line, place, sign)
        elif is_text and sign in CLOSER:
            place = _after(line, place, CLOSER[sign], place + 1)
        else:
            if sign in "[]{},":
                yield place, sign
            place += 1
        is_text = _is_text(line, place, is_text)


def _after(line: str, opened: int, closer: str, otherwise: int | None = None) -> int:
    """Returns the place after the sign that closes; the end of the line, or `otherwise`, without one."""
    end = line.find(closer, opened + 1)
    return end + 1 if end >= 0 else len(line) if otherwise is None else otherwise


def _is_text(line: str, place: int, before: bool) -> bool:
    """Whether what stands at `place` goes on with a text, rather than begins one."""
    last = line[place - 1]
    if last == " ":
        return before and line[place - 2 : place - 1] != ":"
    return last not in "[{,"
