"""Slips in the value of a line: quotes, brackets, and signs that YAML takes for its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .line import CLOSER, NAME, POINTER, QUOTES, Field, fields, indent_of, quoted, signs, written_line
from .mistyped import Mistyped, retyped

_COLON = re.compile(r":(?= |$)")
_KEY_BEHIND = re.compile(r"(?<=\S)[ ]+([a-z_]+):(?= |$)")
_HASH = re.compile(r"(?<=\s)#|^#")
CURLY = re.compile(r"[“”„]([^“”„\"]*)[“”\"]$")
MOST_ROWS = 60
STARTS = "[{@`%&*!|>#?-,"


def value_slips(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields what may be wrong with the value of a line, each with the line put right."""
    written = written_line(lines[number])
    if not written.head:
        return
    yield from _item_beside_key(lines, number)
    yield from _keys_without_braces(lines[number], number, names)
    yield from _second_key(lines[number], number, names)
    yield from _brackets(lines, number, names)
    for start, end in _texts(lines[number]):
        yield from _quotes(lines[number], number, start, end)
        yield from _unquoted(lines[number], number, start, end)


def _item_beside_key(lines: list[str], number: int) -> Iterator[Mistyped]:
    """Yields the first item of a list that stands on the line of its key, the next one below."""
    line, below = lines[number], lines[number + 1 : number + 2]
    if not any(after.lstrip().startswith("- ") for after in below):
        return
    written = written_line(line)
    value = line[len(written.head) :]
    if NAME.fullmatch(written.name or "") and value.startswith("- "):
        item = " " * (len(written.indent + written.dash) + 2) + value
        changes = {number: f"{written.head.rstrip()}\n{item}"}
        column = len(written.head)
        yield Mistyped(
            code="item-beside-key", line=number, column=column, phrase="-", changes=changes, shown=item
        )


def _keys_without_braces(line: str, number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields keys that stand as the value of another without braces around them."""
    written = written_line(line)
    head, end = len(written.head), len(line) - len(written.rest)
    found = re.match(r"([a-z_]+): +\S", line[head:])
    if found and found[1] in names and NAME.fullmatch(written.name or ""):
        new = f"{line[:head]}{{{line[head:end]}}}{line[end:]}"
        yield retyped("braces-missing", number, head, new, phrase=found[1])


def _second_key(line: str, number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields a key that stands behind the value of another; it belongs on a line of its own."""
    written = written_line(line)
    if not NAME.fullmatch(written.name or "") or line[len(written.head) :][:1] in ("{", *QUOTES):
        return
    for found in _KEY_BEHIND.finditer(line, len(written.head)):
        if found[1] in names:
            second = " " * len(written.indent + written.dash) + line[found.start(1) :]
            changes = {number: f"{line[: found.start()].rstrip(' ,;')}\n{second}"}
            column = found.start(1)
            yield Mistyped(
                code="two-keys", line=number, column=column, phrase=found[1], changes=changes, shown=second
            )


def _texts(line: str) -> Iterator[tuple[int, int]]:
    """Yields where a text may have to be quoted: the value, the whole item, what stands in brackets."""
    written = written_line(line)
    end = len(line) - len(written.rest)
    start = len(written.head)
    if line[start : start + 1] in ("[", "{"):
        yield from ((field.start + field.key, field.end) for field in fields(line, start))
    item = len(written.indent + written.dash)
    spans = [(start, end), (item, end)] if NAME.fullmatch(written.name) else [(item, end), (start, end)]
    # A key is no part of a text, unless the text is an item.
    for span in spans if written.dash else [(start, end)]:
        if span[0] < span[1]:
            yield span


def _unquoted(line: str, number: int, start: int, end: int) -> Iterator[Mistyped]:
    text = line[start:end]
    if text[:1] in QUOTES:
        return
    colon, hash, bracket = _COLON.search(text), _HASH.search(text), re.search(r"[\[{]", text)
    new = line[:start] + quoted(text) + line[end:]
    curly = CURLY.fullmatch(text)
    if curly:
        yield retyped("curly-quotes", number, start, line[:start] + quoted(curly[1]) + line[end:])
    elif text[:1] == "#":
        yield retyped("hash-in-text", number, start, new)
    elif text[:1] in ("[", "{") and text[-1] == CLOSER[text[0]] and not POINTER.match(text):
        return
    elif text[:1] and text[0] in STARTS:
        yield retyped("sign-at-start", number, start, new)
    elif hash:
        yield retyped("hash-in-text", number, start + hash.start(), new)
    elif colon:
        yield retyped("colon-in-text", number, start + colon.start(), new)
    elif bracket:
        yield retyped("bracket-in-text", number, start + bracket.start(), new)


def _quotes(line: str, number: int, start: int, end: int) -> Iterator[Mistyped]:
    text = line[start:end]
    sign = text[:1]
    if sign not in ("'", '"'):
        return
    inner = text[1:-1] if text[-1] == sign else text[1:]
    slash = text.find("\\")
    if sign == '"' and slash >= 0:
        new = line[:start] + quoted(inner) + line[end:]
        yield retyped("backslash-in-quotes", number, start + slash, new)
    second = text.find(sign, 1)
    closers = re.search(r"[\]}]+$", text)
    if second < 0 and closers:
        at = start + closers.start()
        yield retyped("quote-not-closed", number, start, f"{line[:at]}{sign}{line[at:]}")
    if second < 0:
        new = line[:start] + sign + text[1:].rstrip("”’“") + sign + line[end:]
        yield retyped("quote-not-closed", number, start, new)
    elif second < len(text) - 1:
        yield from _after_quote(line, number, start, end, second)


def _after_quote(line: str, number: int, start: int, end: int, second: int) -> Iterator[Mistyped]:
    text = line[start:end]
    if text[-1] == text[0]:
        other = "'" if text[0] == '"' else '"'
        inner = text[1:-1].replace("'", "''") if other == "'" else text[1:-1]
        new = line[:start] + other + inner + other + line[end:]
        yield retyped("quote-in-quotes", number, start + second, new)
    new = line[:start] + quoted(text) + line[end:]
    yield retyped("text-after-quote", number, start + second + 1, new)


def _brackets(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    start = len(written_line(lines[number]).head)
    if lines[number][start : start + 1] not in ("[", "{"):
        return
    yield from _commas(lines[number], number, start, names)
    last = number
    opened: list[tuple[int, int, str]] = []
    for row, place, sign in _signs_below(lines, number, start):
        last = row
        if sign in "[{":
            opened.append((row, place, sign))
        elif sign in "]}" and (not opened or CLOSER[opened[-1][2]] != sign):
            yield from _wrong_closer(lines[row], row, place, opened)
            return
        elif sign in "]}":
            opened.pop()
    if opened:
        yield _unclosed(lines, last, opened)


def _signs_below(lines: list[str], number: int, start: int) -> Iterator[tuple[int, int, str]]:
    """Yields the brackets and commas of a line, and of those below it that go on inside the brackets."""
    yield from ((number, place, sign) for place, sign in signs(lines[number], start))
    indent = indent_of(lines[number])
    for row in range(number + 1, min(number + MOST_ROWS, len(lines))):
        if not lines[row].strip() or indent_of(lines[row]) <= indent or written_line(lines[row]).dash:
            return
        yield (row, indent, ",")
        yield from ((row, place, sign) for place, sign in signs(lines[row], 0))


def _unclosed(lines: list[str], last: int, opened: list[tuple[int, int, str]]) -> Mistyped:
    row, place, sign = opened[-1]
    end = len(lines[last]) - len(written_line(lines[last]).rest)
    closers = "".join(CLOSER[one] for _, _, one in reversed(opened))
    new = lines[last][:end].rstrip(" ,") + closers + lines[last][end:]
    shown = new if last == row else ""
    return Mistyped(
        code="bracket-not-closed", line=row, column=place, phrase=sign, changes={last: new}, shown=shown
    )


def _wrong_closer(
    line: str, number: int, place: int, opened: list[tuple[int, int, str]]
) -> Iterator[Mistyped]:
    if not opened:
        new = line[:place] + line[place + 1 :]
        yield retyped("bracket-mismatch", number, place, new, phrase=line[place])
        return
    row, begun, sign = opened[-1]
    if line[place] in [CLOSER[outer] for _, _, outer in opened[:-1]] and row == number:
        new = line[:place] + CLOSER[sign] + line[place:]
        yield retyped("bracket-not-closed", number, begun, new, phrase=sign)
    new = line[:place] + CLOSER[sign] + line[place + 1 :]
    yield retyped("bracket-mismatch", number, place, new, phrase=line[place])


def _commas(line: str, number: int, start: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields a key inside the text of another, where a comma belongs before it."""
    for field in fields(line, start):
        for found in re.finditer(r"(?<! )([ ]+)([a-z_]+):[ ]", line[_value(field) : field.end]):
            if found[2] in names:
                at = _value(field) + found.start()
                yield retyped("comma-missing", number, at, f"{line[:at]},{line[at:]}")


def _value(field: Field) -> int:
    return field.start + field.key
