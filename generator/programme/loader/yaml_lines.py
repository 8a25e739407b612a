"""Lines and parts of YAML as an author types them, their special characters, and how far they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

#: The head of a text over several lines: a bar or an arrow, and perhaps a comment.
BLOCK_TEXT = re.compile(r"(?:^|[:-][ \t]+)[|>][+-]?[0-9]?[+-]?[ \t]*(?:[ \t]#.*)?$")
#: Inline pointers hold brackets that are no brackets of YAML.
POINTER = re.compile(r"\[(?:@|contact:|term:|target:|limits:|first-hours:)[^\[\]]*\]")
REMARK = re.compile(r"(?<![ \t])[ \t]+#(?:[ \t].*)?$")
_KEY = r"""(?P<key>(?:"[^"]*"|'[^']*'|[^\s"'\[\]{}#&*!|>%@`,?-][^:]*):(?:[ \t]+|$))?"""
_LINE = re.compile(rf"(?P<indent>[ \t]*)(?P<dash>(?:-[ \t]+)*){_KEY}(?P<value>.*)$", re.DOTALL)
_FIELD_KEY = re.compile(r"""[ ]*(?:"[^"]*"|'[^']*'|[^\s"'\[\]{},:][^:]*):(?:[ ]+|$)""")
QUOTES = "\"'"
CLOSER = {"[": "]", "{": "}"}
#: A key's name as the programme has them, unlike a word of a sentence.
NAME = re.compile(r"[A-Za-z0-9_-]+|đ|\"[^\"]*\"")


@dataclass(frozen=True)
class WrittenLine:
    """A line: `head` is all before the value; `rest` is the blanks and the comment behind it."""

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
    parts = _LINE.match(line)
    assert parts
    remark = REMARK.search(parts["value"])
    value = parts["value"][: remark.start()] if remark else parts["value"]
    rest = parts["value"][len(value.rstrip()) :]
    return WrittenLine(parts["indent"], parts["dash"], parts["key"] or "", value.rstrip(), rest)


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_written(line: str) -> bool:
    """Tells whether the line holds more than blanks and a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def quoted(text: str) -> str:
    """Returns the text in quotes that it does not contain itself."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Field:
    """A text inside brackets: `start` and `end` in the line, and the width of its key, if it has one."""

    start: int
    end: int
    key: int


def fields_in(line: str, start: int) -> Iterator[Field]:
    """Yields every text inside the brackets that open at `start`, whatever it contains."""
    begin = start + 1
    for place, sign in signs_in(line, start + 1):
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


def signs_in(line: str, start: int) -> Iterator[tuple[int, str]]:
    """Yields brackets and commas with their places, without those in quotes, pointers and running text."""
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
    """Returns the place after the closing character; without one, the line's end or `otherwise`."""
    end = line.find(closer, opened + 1)
    return end + 1 if end >= 0 else len(line) if otherwise is None else otherwise


def _is_text(line: str, place: int, before: bool) -> bool:
    """Tells whether the character at `place` continues a text rather than beginning one."""
    last = line[place - 1]
    if last == " ":
        return before and line[place - 2 : place - 1] != ":"
    return last not in "[{,"


@dataclass(frozen=True, kw_only=True)
class Mistyped:
    """A mistake; line and column count from 0. `changes` are mended lines, None for one that goes.

    `shown` is the line that the author is shown; "" where one line is not enough.
    """

    code: str
    line: int
    column: int
    phrase: str = ""
    changes: Mapping[int, str | None]
    shown: str = ""

    def applied(self, lines: list[str], part: range | None = None) -> list[str]:
        """Returns the lines, or those of a part, with the mistake mended."""
        numbers = range(len(lines)) if part is None else part
        changed = (self.changes.get(number, lines[number]) for number in numbers)
        return [line for line in changed if line is not None]

    @property
    def blanks(self) -> str:
        """The indentation of the shown line, in words."""
        count = len(self.shown) - len(self.shown.lstrip(" "))
        return f"gõ đúng {count} dấu cách ở đầu dòng" if count else "để dòng này sát lề"


def retyped(code: str, line: int, column: int, new: str, *, phrase: str = "") -> Mistyped:
    """Returns a mistake in one line that has to be typed as `new`."""
    return Mistyped(code=code, line=line, column=column, phrase=phrase, changes={line: new}, shown=new)


Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
#: A part nested deeper than this is not narrowed any further.
DEEPEST_PART = 20


@dataclass(frozen=True)
class Stop:
    """A place at which reading stopped; line and column count from 0. `kind` is the first content event."""

    kind: type[Any] | None
    line: int | None = None
    column: int = 0


def stop_of(text: str) -> Stop:
    """Returns what the text begins with, and the place at which it can be read no further."""
    kind = None
    try:
        loader = Loader(text)
        while loader.check_event():
            event = loader.get_event()
            if kind is None and isinstance(event, yaml.NodeEvent):
                kind = type(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        return Stop(kind, mark.line if mark else 0, mark.column if mark else 0)
    return Stop(kind)


def is_broken(lines: list[str]) -> bool:
    """Tells whether these lines alone are neither keys with values nor a list."""
    stop = stop_of("\n".join(lines))
    return stop.line is not None or stop.kind not in {yaml.MappingStartEvent, yaml.SequenceStartEvent}


def broken_part(lines: list[str]) -> range:
    """Returns the lines of the smallest part that is broken alone; all of them where none is."""
    shown, part = list(lines), range(len(lines))
    for _ in range(DEEPEST_PART):
        inner = _broken_child(shown, part) or _body(shown, part)
        if inner is None:
            break
        part = inner
    return part


def _broken_child(lines: list[str], part: range) -> range | None:
    children = _children(lines, part)
    if len(children) < 2:
        return None
    return next((child for child in children if is_broken(lines[child.start : child.stop])), None)


def _children(lines: list[str], part: range) -> list[range]:
    """Returns parts at the indentation of the first line; a list belongs to the key above it."""
    written = [number for number in part if is_written(lines[number])]
    if not written:
        return []
    base, is_list, starts = indent_of(lines[written[0]]), _is_item(lines[written[0]]), [written[0]]
    for number in written[1:]:
        indent = indent_of(lines[number])
        is_next = is_list or indent < base or not _is_item(lines[number])
        if is_next and indent <= min(base, indent_of(lines[starts[-1]])):
            starts.append(number)
    ends = [*starts[1:], part.stop]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _body(lines: list[str], part: range) -> range | None:
    """Returns what stands below the first line of a single part, or in an item after its dash."""
    written = [number for number in part if is_written(lines[number])]
    if len(written) < 2:
        return None
    first = lines[written[0]]
    if BLOCK_TEXT.search(first):
        return None
    if _is_item(first):
        lines[written[0]] = first.replace("- ", "  ", 1)
        return range(written[0], part.stop)
    body = range(written[1], part.stop)
    is_header = first.rstrip().endswith(":") and len(_children(lines, body)) > 1
    return body if is_header and _broken_child(lines, body) else None


#: What Word and Zalo put before an item, also from Word's private range.
BULLETS = "•·▪▫◦‣●○■□➢➤✓✔–—−\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"
_BULLET = re.compile(rf"([ \t]*)([{BULLETS}]|(?:[*+]|[0-9]{{1,2}}[.)])(?=[ \t\u00a0]))[ \t\u00a0]*(\S.*)$")
_DASH = re.compile(r"([ \t]*)-(?=[^\s\-0-9])(.*)$")
#: Characters that look like a blank, and characters of no width.
UNUSUAL = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u2060"
_UNUSUAL = re.compile(rf"[{UNUSUAL}]")
_HEAD = rf"[\s{UNUSUAL}]*(?:-[\s{UNUSUAL}]*)*"
_TIGHT = re.compile(rf"((?:[ ]|-[ ])*)({NAME.pattern}):(?=[^\s/:,}}\]])")
_WIDE = re.compile(r"((?:[ ]|-[ ])*)([^:：\s][^:：]*)：[ ]*(?=\S)")
_NO_COLON = re.compile(r"((?:[ ]|-[ ])*)([a-z_]+)(?:[ ]*=[ ]*|[ ]+)(?=[^\s=])(?!#)")


def sign_mistakes(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields what may be wrong with the punctuation of a line; `names` are the known keys."""
    yield from _tabs(lines, number)
    yield from _unusual_blanks(lines, number)
    yield from list_signs(lines, number)
    yield from _colons(lines, number, names)


def _tabs(lines: list[str], number: int) -> Iterator[Mistyped]:
    line = lines[number]
    lead = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in lead:
        for width in _indents(lines, number):
            yield retyped("yaml-tab", number, lead.index("\t"), " " * width + line.lstrip(" \t"), phrase="\t")
    elif after := re.match(r"[ ]*(?:-[ ]+)*(?:-|[^\s:]+:)[ ]*(\t)[ \t]*", line):
        new = line[: after.start(1)].rstrip() + " " + line[after.end() :]
        yield retyped("yaml-tab", number, after.start(1), new, phrase="\t")


def _indents(lines: list[str], number: int) -> list[int]:
    """Returns at most six indentations that a line may be meant to have, the likeliest first."""
    above = [indent_of(line) for line in lines[max(number - 40, 0) : number] if _is_plain(line)][::-1]
    below = [indent_of(line) for line in lines[number + 1 : number + 3] if _is_plain(line)]
    nested = [above[0] + 2] if above and lines[number - 1].rstrip().endswith((":", "|", ">")) else []
    return list(dict.fromkeys([*nested, *above, *below, *(width + 2 for width in above[:1])]))[:6]


def _is_plain(line: str) -> bool:
    return is_written(line) and "\t" not in line[: len(line) - len(line.lstrip())]


def _unusual_blanks(lines: list[str], number: int) -> Iterator[Mistyped]:
    line = lines[number]
    head = re.match(rf"{_HEAD}(?:[^\s:{UNUSUAL}]+:[{UNUSUAL} ]*)?", line)
    blank = _UNUSUAL.search(line, 0, head.end() if head else 0)
    if not head or not blank:
        return
    start, rest = head.group(), line[head.end() :]
    lead = re.match(rf"[ {UNUSUAL}]*", line)
    outer = lead.end() if lead else 0
    inner = _UNUSUAL.sub(" ", start[outer:])
    for width in [outer, *_indents(lines, number)] if _UNUSUAL.search(start[:outer]) else [outer]:
        yield retyped(
            "unusual-blank", number, blank.start(), " " * width + inner + rest, phrase=blank.group()
        )


def list_signs(lines: list[str], number: int) -> Iterator[Mistyped]:
    """Yields another list sign where a dash and a blank belong."""
    line = lines[number]
    if sign := _BULLET.match(line):
        new = f"{sign[1]}- {sign[3]}"
        yield retyped("list-sign", number, sign.start(2), new, phrase=sign[2])
    elif sign := _DASH.match(line):
        yield retyped("dash-without-blank", number, len(sign[1]), f"{sign[1]}- {sign[2]}", phrase="-")


def _colons(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    line = lines[number]
    if match := _TIGHT.match(line):
        new = f"{line[: match.end()]} {line[match.end() :]}"
        yield retyped("colon-without-blank", number, match.end() - 1, new, phrase=":")
    if match := _WIDE.match(line):
        new = f"{match[1]}{match[2]}: {line[match.end() :]}"
        yield retyped("wide-colon", number, match.end(2), new, phrase="：")
    if (match := _NO_COLON.match(line)) and match[2] in names:
        new = f"{match[1]}{match[2]}: {line[match.end() :]}"
        yield retyped("colon-missing", number, match.end(2), new)
