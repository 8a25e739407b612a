"""YAML mistakes that stop the reading, in indentation, quotes and brackets, each with its mended lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .yaml_lines import (
    BLOCK_TEXT,
    CLOSER,
    NAME,
    POINTER,
    QUOTES,
    Field,
    Mistyped,
    fields_in,
    indent_of,
    is_written,
    quoted,
    retyped,
    signs_in,
    written_line,
)

#: How many lines above a line are looked at.
FAR = 200


def layout_mistakes(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields what may be wrong with a line's indentation."""
    above = next((row for row in range(number - 1, -1, -1) if is_written(lines[row])), None)
    yield from _beside_bar(lines, number)
    if above is not None:
        yield from _outside_brackets(lines, number, above)
        yield from _not_indented(lines, number)
        yield from _uneven(lines, number, above, names)
        yield from _continued(lines, number, above)
        yield from _colon_below(lines, number, above)
    elif indent_of(lines[number]):
        yield from _moved(lines, number, [0])


def _beside_bar(lines: list[str], number: int) -> Iterator[Mistyped]:
    written = written_line(lines[number])
    if bar := re.match(r"[|>][+-]?[ ]+(?=[^\s#])", written.value):
        rest = written.value[bar.end() :]
        new = written.head + rest + written.rest
        # An arrow is more likely to mean “more than”.
        if written.value[0] == "|":
            yield retyped("text-beside-bar", number, len(written.head), new, phrase="|")


def _outside_brackets(lines: list[str], number: int, above: int) -> Iterator[Mistyped]:
    item = re.match(r"[ ]*-[ ]+(.*\S)", lines[number])
    list_above = written_line(lines[above])
    if (
        item
        and not written_line(lines[number]).key
        and list_above.value.startswith("[")
        and list_above.value.endswith("]")
    ):
        inside = list_above.value[1:-1].strip()
        joined = f"{inside}, {item[1]}" if inside else item[1]
        new = f"{list_above.head}[{joined}]{list_above.rest}"
        yield Mistyped(
            code="item-outside-brackets",
            line=number,
            column=indent_of(lines[number]),
            changes={above: new, number: None},
            shown=new,
        )


def block_head(lines: list[str], number: int) -> int | None:
    """Returns the nearest line above that opens a text over several lines and may hold this one."""
    for row in range(number - 1, max(number - FAR, -1), -1):
        if BLOCK_TEXT.search(lines[row]):
            return row
        if is_written(lines[row]) and not lines[row].startswith(" ") and written_line(lines[row]).key:
            return None
    return None


def _not_indented(lines: list[str], number: int) -> Iterator[Mistyped]:
    head = block_head(lines, number)
    if head is None or re.fullmatch(r"[a-z0-9_-]+", written_line(lines[number]).name):
        return
    inside = [indent_of(line) for line in lines[head + 1 : number] if line.strip()]
    if not inside and indent_of(lines[number]) > indent_of(lines[head]):
        return
    wanted = next((width for width in inside if width > indent_of(lines[head])), indent_of(lines[head]) + 2)
    new = " " * wanted + lines[number].lstrip()
    yield retyped("text-not-indented", number, indent_of(lines[number]), new)


def _uneven(lines: list[str], number: int, above: int, names: frozenset[str]) -> Iterator[Mistyped]:
    written = written_line(lines[number])
    if not written.dash and written.name not in names and not re.fullmatch(r"[a-z0-9-]+", written.name):
        return
    indent = indent_of(lines[number])
    if not indent and not written.dash:
        return
    if lines[above].rstrip().endswith(":") and indent > indent_of(lines[above]):
        wanted = _next_ones(lines, number, is_item=bool(written.dash))
    else:
        wanted = _above(lines, number, is_item=bool(written.dash))
    widths = dict.fromkeys(width for width in wanted if width != indent)
    yield from _moved(lines, number, sorted(widths, key=lambda width: abs(width - indent))[:6])


def _next_ones(lines: list[str], number: int, *, is_item: bool) -> list[int]:
    """Returns the indentation of the next two items, if it is common: then the first one differs."""
    following = filter(is_written, lines[number + 1 : number + FAR])
    below = [indent_of(line) for line in following if not is_item or line.lstrip().startswith("- ")]
    return below[:1] if len(below) > 1 and below[0] == below[1] else []


def _above(lines: list[str], number: int, *, is_item: bool) -> list[int]:
    """Returns the indentations of lines of the same kind above, the nearest first."""
    indents = []
    for line in reversed(lines[max(number - FAR, 0) : number]):
        written = written_line(line)
        if is_item and written.dash:
            indents.append(len(written.indent))
        elif not is_item and written.key:
            indents.append(len(written.indent + written.dash))
    return indents


def moved(mistake: Mistyped, width: int) -> Mistyped:
    """Returns the mistake with its line at another indentation."""
    new = " " * width + mistake.shown.lstrip()
    return replace(mistake, changes={mistake.line: new}, shown=new)


def _moved(lines: list[str], number: int, wanted: list[int]) -> Iterator[Mistyped]:
    for width in wanted:
        new = " " * width + lines[number].lstrip()
        yield retyped("uneven-indent", number, indent_of(lines[number]), new)


def _continued(lines: list[str], number: int, above: int) -> Iterator[Mistyped]:
    """Yields a line without a key, which may continue the text above it."""
    written = written_line(lines[number])
    if written.key or written.dash or block_head(lines, number) is not None:
        return
    before = written_line(lines[above])
    stands = len(before.indent + before.dash)
    yield retyped(
        "text-not-indented", number, indent_of(lines[number]), " " * (stands + 2) + lines[number].lstrip()
    )


def _colon_below(lines: list[str], number: int, above: int) -> Iterator[Mistyped]:
    """Yields a colon in a text continued from the line above; both lines belong in quotes."""
    begun, line = written_line(lines[above]), lines[number]
    colon = line.find(": ")
    # A key beside an item's dash counts as indented as far as the keys below it.
    stands = len(begun.indent + begun.dash) if begun.key else len(begun.indent)
    if colon < 0 or not begun.value or '"' in begun.value + line or indent_of(line) <= stands:
        return
    changes = {above: f'{begun.head}"{begun.value}', number: f'{line}"'}
    yield Mistyped(code="colon-in-text", line=number, column=colon, phrase=":", changes=changes)


_COLON = re.compile(r":(?= |$)")
_KEY_BEHIND = re.compile(r"(?<=\S)[ ]+([a-z_]+):(?= |$)")
_HASH = re.compile(r"(?<=\s)#|^#")
CURLY = re.compile(r"[“”„]([^“”„\"]*)[“”\"]$")
MOST_ROWS = 60
STARTS = "[{@`%&*!|>#?-,"


def value_mistakes(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields what may be wrong with the value of a line, each with the mended line."""
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
    """Yields the first item of a list that stands on its key's line, with the next one below."""
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
    first_key = re.match(r"([a-z_]+): +\S", line[head:])
    if first_key and first_key[1] in names and NAME.fullmatch(written.name or ""):
        new = f"{line[:head]}{{{line[head:end]}}}{line[end:]}"
        yield retyped("braces-missing", number, head, new, phrase=first_key[1])


def _second_key(line: str, number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields a key that stands behind the value of another; it belongs on a line of its own."""
    written = written_line(line)
    if not NAME.fullmatch(written.name or "") or line[len(written.head) :][:1] in ("{", *QUOTES):
        return
    for key in _KEY_BEHIND.finditer(line, len(written.head)):
        if key[1] in names:
            second = " " * len(written.indent + written.dash) + line[key.start(1) :]
            changes = {number: f"{line[: key.start()].rstrip(' ,;')}\n{second}"}
            column = key.start(1)
            yield Mistyped(
                code="two-keys", line=number, column=column, phrase=key[1], changes=changes, shown=second
            )


def _texts(line: str) -> Iterator[tuple[int, int]]:
    """Yields the spans that may have to be quoted: the value, the whole item, texts in brackets."""
    written = written_line(line)
    end = len(line) - len(written.rest)
    start = len(written.head)
    if line[start : start + 1] in ("[", "{"):
        yield from ((field.start + field.key, field.end) for field in fields_in(line, start))
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
    """Yields the brackets and commas of a line, and of the lines below inside the same brackets."""
    yield from ((number, place, sign) for place, sign in signs_in(lines[number], start))
    indent = indent_of(lines[number])
    for row in range(number + 1, min(number + MOST_ROWS, len(lines))):
        if not lines[row].strip() or indent_of(lines[row]) <= indent or written_line(lines[row]).dash:
            return
        yield (row, indent, ",")
        yield from ((row, place, sign) for place, sign in signs_in(lines[row], 0))


def _unclosed(lines: list[str], last: int, opened: list[tuple[int, int, str]]) -> Mistyped:
    row, place, sign = opened[-1]
    end = len(lines[last]) - len(written_line(lines[last]).rest)
    closers = "".join(CLOSER[bracket] for _, _, bracket in reversed(opened))
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
    """Yields a key inside another key's text, where a comma belongs before it."""
    for field in fields_in(line, start):
        for key in re.finditer(r"(?<! )([ ]+)([a-z_]+):[ ]", line[_value(field) : field.end]):
            if key[2] in names:
                at = _value(field) + key.start()
                yield retyped("comma-missing", number, at, f"{line[:at]},{line[at:]}")


def _value(field: Field) -> int:
    return field.start + field.key
