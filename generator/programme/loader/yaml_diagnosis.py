"""Finds the YAML mistake that stops the reading, and those that YAML silently reads as something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

from ..problems import meant_key
from ..schema import known_names
from .yaml_lines import (
    NAME,
    UNUSUAL,
    Mistyped,
    broken_part,
    indent_of,
    is_broken,
    quoted,
    retyped,
    sign_mistakes,
    stop_of,
    written_line,
)
from .yaml_mistakes import CURLY, layout_mistakes, moved, value_mistakes

#: A key with nothing but blanks before and behind it.
_PLAIN_KEY = re.compile(rf"[ ]*[a-z_][a-z0-9_-]*:(?:[ ]*$|[ ]+[^ {UNUSUAL}])")
_SENTENCE_END = (".", "!", "?", "…")
_HASH = re.compile(r"[ \t]+#(?=[^\s#!])(?!taphuan:)")
#: A comment behind one blank that ends as the sentence before it should have.
_HASH_WITHIN = re.compile(r" # .*[.!?…]$")
_DRIVE = re.compile(r"[A-Za-z]:\\[^\\]")
#: Characters that begin no line of continued text; a dash or a number may.
_LIST_SIGN = re.compile(r"-(?=\S)(?![-0-9])|- |[•·▪◦●■□➢✓\uf0b7\uf0a7\uf0d8\uf0fc]")


class ReadText(NamedTuple):
    """A text as YAML read it; lines and columns count from 0. `style` is "" for a plain text."""

    value: str
    style: str
    line: int
    column: int
    last_line: int
    end: int
    is_key: bool
    parent: str

    @property
    def is_empty(self) -> bool:
        return not self.style and not self.value

    @property
    def in_braces(self) -> bool:
        return self.parent == "{"


def silent_mistakes(lines: list[str], texts: Sequence[ReadText], names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields what YAML took for something else; `names` are the known keys."""
    if any(text.last_line >= len(lines) for text in texts):
        return  # Line ends that only YAML knows are a finding of their own.
    for text in texts:
        if text.style:
            yield from _backslash(lines, text)
            yield from _block_left(lines, text, names)
        elif text.is_key:
            yield from _sign_before(lines, text, names)
        else:
            yield from _joined(lines, text, names)
            yield from _hash(lines, text)
    yield from _commas_in_braces(lines, texts, names)
    yield from _commas_in_list(lines, texts)
    for key, value in pairwise(texts):
        if key.is_key and key.in_braces and value.is_empty and not key.style:
            yield from _tight_colon(lines, key)


def _joined(lines: list[str], text: ReadText, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields a line that begins like an item or a key, but continues the text above it."""
    if text.parent in "[{" or (text.line >= text.last_line and lines[text.line][: text.column].strip()):
        return
    first = written_line(lines[text.line])
    if first.dash and (width := _shared_indent(lines, text)):
        new = " " * width + lines[text.line].lstrip()
        yield retyped("uneven-indent", text.line, indent_of(lines[text.line]), new)
        return
    if not lines[text.line][: text.column].strip() and text.line != text.last_line + 1:
        yield from list(sign_mistakes(lines, text.line, names))[:1]
    for number in range(text.line + 1, text.last_line + 1):
        line = lines[number]
        tight = [
            mistake for mistake in sign_mistakes(lines, number, names) if _name_before(line, mistake) in names
        ]
        if tight:
            yield moved(tight[0], indent_of(lines[text.line]))
        elif sign := _LIST_SIGN.match(line.lstrip()):
            rest = line.lstrip()[sign.end() :].lstrip()
            code = "uneven-indent" if sign.group() == "- " else "list-sign"
            code = "dash-without-blank" if sign.group() == "-" else code
            if first.dash:
                yield retyped(code, number, indent_of(line), f"{first.indent}- {rest}")
            elif first.key:
                yield Mistyped(code="item-under-text", line=number, column=indent_of(line), changes={})
        else:
            continue
        return


def _shared_indent(lines: list[str], text: ReadText) -> int:
    """Returns the common indentation of two or more items taken for the item above them, else 0."""
    below = [line for line in lines[text.line + 1 : text.last_line + 1] if line.lstrip().startswith("- ")]
    widths = {indent_of(line) for line in below}
    return widths.pop() if len(below) > 1 and len(widths) == 1 else 0


def _sign_before(lines: list[str], text: ReadText, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields a list sign, or one of Word's blanks, that was taken for the first letter of a key."""
    line = lines[text.line]
    if not _PLAIN_KEY.match(line) and not line[: text.column].strip():
        codes = {"list-sign", "dash-without-blank", "unusual-blank"}
        before_key = [mistake for mistake in sign_mistakes(lines, text.line, names) if mistake.code in codes]
        yield from before_key[:1]


def _name_before(line: str, mistake: Mistyped) -> str:
    return line[: mistake.column].strip() if mistake.code in {"colon-without-blank", "wide-colon"} else ""


def _hash(lines: list[str], text: ReadText) -> Iterator[Mistyped]:
    """Yields a `#` that hides the rest of a sentence, which YAML reads as a comment."""
    line = lines[text.last_line]
    if "#" not in line:
        return
    remark = _HASH.match(line, text.end)
    words = text.value.split()
    if not remark and len(words) > 1 and not text.value.endswith(_SENTENCE_END):
        remark = _HASH_WITHIN.match(line, text.end)
    if not remark:
        return
    column = line.index("#", remark.start())
    start = text.column if text.value else column
    if text.line == text.last_line and text.parent not in ("[", "{"):
        yield retyped(
            "hash-in-text", text.line, column, line[:start] + quoted(line[start:].rstrip()), phrase="#"
        )
    else:
        yield Mistyped(code="hash-in-text", line=text.last_line, column=column, phrase="#", changes={})


def _backslash(lines: list[str], text: ReadText) -> Iterator[Mistyped]:
    if text.style != '"' or text.line != text.last_line:
        return
    line = lines[text.line]
    raw = line[text.column : text.end]
    if drive := _DRIVE.search(raw):
        new = line[: text.column] + quoted(raw[1:-1]) + line[text.end :]
        yield retyped("backslash-in-quotes", text.line, text.column + drive.start() + 2, new, phrase="\\")


def _block_left(lines: list[str], text: ReadText, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields the line at which a text over several lines ended too early: it was taken for a key."""
    if text.style not in ("|", ">"):
        return
    indent = indent_of(lines[text.line])
    body = (number for number in range(text.line + 1, len(lines)) if lines[number].strip())
    first = next(body, None)
    if first is None:
        return
    below = next((number for number in chain((first,), body) if indent_of(lines[number]) <= indent), None)
    name = written_line(lines[below]).name if below is not None else ""
    if below is None or not name or re.fullmatch(r"[a-z0-9_-]+|đ|\".*\"", name):
        return
    if first != below and meant_key(name, names):
        return
    wanted = indent_of(lines[first]) if first != below else indent + 2
    new = " " * wanted + lines[below].lstrip()
    yield retyped("text-not-indented", below, indent_of(lines[below]), new)


def _commas_in_braces(
    lines: list[str], texts: Sequence[ReadText], names: frozenset[str]
) -> Iterator[Mistyped]:
    """Yields a comma in a text inside braces: what follows it was read as a key."""
    index = 1
    while index < len(texts) - 1:
        if not texts[index].in_braces:
            index += 1
            continue
        before, last = texts[index - 1], None
        while index < len(texts) - 1 and _is_rest(lines, texts[index - 1 : index + 2], names, last):
            last = texts[index] if texts[index + 1].is_empty else texts[index + 1]
            index += 2
        if last is None:
            index += 1
        else:
            yield _rejoined(lines, before, last)


def _is_rest(
    lines: list[str], three: Sequence[ReadText], names: frozenset[str], last: ReadText | None
) -> bool:
    """Tells whether a key inside braces is rather the rest of the text before it."""
    before, key, value = three
    ended = last or before
    if not (key.is_key and key.in_braces) or before.style or (before.is_key and not last):
        return False
    if key.style or not _is_comma(lines, ended, key) or (before.is_empty and not last):
        return False
    if value.is_empty:
        return ":" not in key.value and key.value not in names
    is_name = re.fullmatch(r"[a-z0-9_-]+|đ", key.value)
    return not value.style and not value.is_key and not is_name and key.value[:1].islower()


def _is_comma(lines: list[str], first: ReadText, second: ReadText) -> bool:
    if first.last_line != second.line:
        return False
    return lines[second.line][first.end : second.column].strip() == ","


def _rejoined(lines: list[str], first: ReadText, last: ReadText) -> Mistyped:
    line = lines[first.line]
    comma = line.index(",", first.end)
    whole = line[first.column : last.end]
    if curly := CURLY.fullmatch(whole):
        new = line[: first.column] + quoted(curly[1]) + line[last.end :]
        return retyped("curly-quotes", first.line, first.column, new, phrase=whole[0])
    new = line[: first.column] + quoted(whole) + line[last.end :]
    return retyped("comma-in-text", first.line, comma, new, phrase=",")


def _commas_in_list(lines: list[str], texts: Sequence[ReadText]) -> Iterator[Mistyped]:
    """Yields a comma that splits a sentence into two items, of which only the second ends like one."""
    for index in range(1, len(texts)):
        first, last = index - 1, texts[index]
        if last.style or last.parent != "[" or not last.value.endswith(_SENTENCE_END):
            continue
        while first >= 0 and _is_open(texts[first]) and _is_comma(lines, texts[first], texts[first + 1]):
            if not texts[first + 1].value[:1].islower():
                break
            if texts[first].value[:1].isupper():
                yield _rejoined(lines, texts[first], last)
                break
            first -= 1


def _is_open(text: ReadText) -> bool:
    return text.parent == "[" and not text.style and not text.value.endswith(_SENTENCE_END)


def _tight_colon(lines: list[str], key: ReadText) -> Iterator[Mistyped]:
    name, colon, rest = key.value.partition(":")
    if colon and rest and NAME.fullmatch(name):
        line, at = lines[key.line], key.column + len(name)
        new = f"{line[: at + 1]} {line[at + 1 :]}"
        yield retyped("colon-without-blank", key.line, at, new, phrase=":")


#: An author's mistake is among the first few things tried; a longer line is no author's.
MOST_TRIES = 120
#: Characters of whole texts read to find one mistake, and the tries that even the largest text gets.
READ_AT_MOST, FEWEST_TRIES = 3_000_000, 5
LONG_PART = 40
LONGEST_LINE = 5_000


def stopping_mistake(text: str) -> Mistyped | None:
    """Returns the mistake that, once mended, lets the text be read further; None where none is known."""
    lines, stop = text.split("\n"), stop_of(text)
    if max(map(len, lines)) > LONGEST_LINE or not is_broken(lines):
        return None
    part = broken_part(lines)
    tried = list(islice(_candidates(lines, _in_order(part, stop.line or 0)), MOST_TRIES))
    # A wrong place of a whole part is the least likely mistake, so it is tried last.
    tried.sort(key=lambda mistake: _moves_part(mistake, part) and mistake.shown.endswith(":"))
    most = max(FEWEST_TRIES, READ_AT_MOST // max(len(text), 1))
    mended = next(
        (
            mistake
            for nth, mistake in enumerate(tried)
            if _mends_part(mistake, lines, part) or (nth < most and not is_broken(mistake.applied(lines)))
        ),
        None,
    )
    if mended or stop.line is None:
        return mended
    return next((mistake for mistake in tried[:most] if _helps(mistake, lines, stop.line)), None)


def _in_order(part: range, stop: int) -> Sequence[int]:
    """Returns the lines of a part; in a long one, those just before the stop come first."""
    if len(part) <= LONG_PART:
        return part
    first = range(max(part.start, stop - LONG_PART // 2), min(part.stop, stop + 2))
    return [*first, *(number for number in part if number not in first)]


def _candidates(lines: list[str], numbers: Iterable[int]) -> Iterator[Mistyped]:
    for number in numbers:
        if lines[number].strip():
            for mistakes_in in (sign_mistakes, layout_mistakes, value_mistakes):
                yield from mistakes_in(lines, number, known_names())


def _moves_part(mistake: Mistyped, part: range) -> bool:
    """Tells whether the mended line is the first of the part, at another indentation."""
    return mistake.code == "uneven-indent" and mistake.line == part.start


def _mends_part(mistake: Mistyped, lines: list[str], part: range) -> bool:
    """Tells whether the part alone is right once the mistake is mended.

    The indentation of a whole part can be judged only from what stands around it.
    """
    is_inside = part.start <= min(mistake.changes) and not _moves_part(mistake, part)
    return is_inside and not is_broken(mistake.applied(lines, part))


def _helps(mistake: Mistyped, lines: list[str], line: int) -> bool:
    """Tells whether the text can be read beyond `line` once the mistake is mended."""
    after = stop_of("\n".join(mistake.applied(lines)))
    return after.line is None or after.line > line
