"""Lines of a text, the signs with which items begin, and the paragraphs that lines make up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from ..model.pointer import BLOCK_OPENING
from ..vietnamese import ROMAN_VALUES, letter_follows, letter_position, roman_value

BLANK = r"[ \t\u00a0\u2000-\u200a\u202f\u3000]"
DASHES = "–—―‒−‐‑⁃"
#: Bullets by their look; another look is another level. The private characters are from Word's fonts.
LOOKS = {
    "dot": "•·∙●⚫‧・\uf0b7\uf06c\uf09f",
    "ring": "○◦⚬",
    "square": "▪■▫◼◾\uf0a7\uf06e",
    "arrow": "‣➢➤►▶▸▹▷➔\uf0d8\uf0e0\uf0e8",
    "star": "★☆✦❖◆♦◇⬥\uf076\uf0ab",
}
#: Letters that are bullets in Word's fonts: the Vietnamese ones only before a tab or two blanks.
LETTERS = {"o": "ring", "q": "square", "n": "square", "l": "dot", "u": "star", "v": "star"}
FOREIGN = {"Ø": "arrow", "§": "square"}
#: Signs that mean yes or no, or are ticked with a pen, stay; paper has no emoji for them, nor colours.
TICKS = {
    **dict.fromkeys("✅", "✓"),
    **dict.fromkeys("❌❎✖🚫⛔", "✗"),
    **{"\uf0fc": "✓", "ü": "✓", "\uf0fb": "✗", "\uf0fd": "☒", "\uf0fe": "☑", "\uf0a8": "□", "\uf06f": "□"},
}
TICKED = "✓✔✗✘√☑☒☐□❑❒◻⚠" + "".join(TICKS).replace("ü", "")
PICTURE = (
    r"(?:[\u2190-\u21ff\u231a-\u23ff\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff\U0001f000-\U0001faff]"
    r"[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]?\u200d?){1,8}"
)
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
BLACK = "❶❷❸❹❺❻❼❽❾❿"
WORDS = r"[^\W\d_]|[“\"‘'(\[*_]"
#: The order counts: a sign that Markdown knows first, one that a picture could be last.
SIGN = re.compile(
    rf"(?:(?P<bullet>[-+*])(?={BLANK})"
    rf"|(?P<dash>[{DASHES}-])(?=(?:{WORDS})|{BLANK})"
    rf"|(?P<double>--|\+\+)(?={BLANK}|[^\W\d_])"
    r"|(?P<tight>[+*])(?=[^\W\d_])"
    rf"|(?P<look>[{''.join(LOOKS.values())}])\ufe0f?"
    rf"|(?P<letter>[Øü](?={BLANK}+[^\W\d_])|§(?!{BLANK}*\d)|[{''.join(LETTERS)}](?=\t|{BLANK}{{2}}))"
    rf"|(?P<tick>[{TICKED}])\ufe0f?|(?P<private>[\uf020-\uf0ff])"
    rf"|(?P<circled>[{CIRCLED}{BLACK}]|[1-9]\ufe0f?\u20e3)"
    rf"|(?P<parts>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}(?:[.)]?(?={BLANK})|[.)](?=[^\W\d_])))"
    r"|(?P<open>\(?)(?P<mark>[0-9]{1,9}|[ivx]{2,5}|[IVX]{2,5}|[a-zđA-ZĐ])"
    rf"(?P<close>[.)/]|{BLANK}?[-–](?={BLANK}))"
    rf"|(?P<picture>{PICTURE})"
    rf"){BLANK}*(?=\S)"
)
LONE = re.compile(rf"[{''.join(LOOKS.values())}{TICKED}§]\ufe0f?{BLANK}*$")
RULE = re.compile(r"([-*_])(?:[ ]?\1){2,}[ ]*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A sign: `kind` tells levels apart; `group` is `bullet`, `number`, `mark`, `tick` or `picture`.

    `typed` is what the author sees before the words, `width` how much of the line it takes with the blank
    behind it. `is_plain` tells that Markdown knows it; `stands_alone` that one line of it is a list.
    """

    kind: str
    group: str
    typed: str
    width: int
    value: int = 0
    is_plain: bool = False
    stands_alone: bool = True

    @property
    def is_ordered(self) -> bool:
        return self.group in ("number", "mark")


def sign_of(line: str) -> Sign | None:
    """Returns the sign that the line, without the blanks before it, may begin with."""
    if LONE.match(line):
        return _looking(line[0], len(line))
    match = SIGN.match(line)
    if not match or RULE.match(line):
        return None
    if match["mark"]:
        return _ordered(match)
    looking = match["look"] or match["letter"] or match["tick"] or match["private"]
    return _looking(looking, match.end()) if looking else _other(match)


def _looking(typed: str, width: int) -> Sign:
    """Returns the sign for one of Word's bullets, by its look."""
    if typed in TICKED or typed in TICKS:
        return Sign(kind="tick", group="tick", typed=TICKS.get(typed, typed), width=width)
    known = LETTERS.get(typed) or FOREIGN.get(typed)
    look = known or next((name for name, signs in LOOKS.items() if typed in signs), typed)
    return Sign(kind=look, group="bullet", typed="-", width=width)


def _other(match: re.Match[str]) -> Sign | None:
    width = match.end()
    if typed := match["bullet"]:
        is_plain = not match[0][1:].strip(" \t")
        return Sign(kind=typed, group="bullet", typed=typed, width=width, is_plain=is_plain)
    if match["dash"] or match["double"]:
        return Sign(kind=match["double"] or "-", group="bullet", typed="-", width=width)
    if typed := match["tight"]:
        stands_alone = typed == "+"
        if typed == "*" and "*" in match.string[1:]:
            return None
        return Sign(kind=typed, group="bullet", typed=typed, width=width, stands_alone=stands_alone)
    if typed := match["picture"]:
        return Sign(kind=typed, group="picture", typed="-", width=width, stands_alone=False)
    return _counted(match, width)


def _counted(match: re.Match[str], width: int) -> Sign:
    if typed := match["parts"]:
        *before, last = typed.rstrip(".)").split(".")
        kind = f"{'.'.join(['1'] * len(before))}.1"
        value = int(last) + 100 * int("".join(part.zfill(2) for part in before))
        return Sign(kind=kind, group="mark", typed=typed, width=width, value=value, stands_alone=False)
    typed = match["circled"]
    signs = CIRCLED if typed in CIRCLED else BLACK
    value = signs.index(typed) + 1 if typed in signs else int(typed[0])
    return Sign(kind="①", group="number", typed=f"{value}.", width=width, value=value, stands_alone=False)


def _ordered(match: re.Match[str]) -> Sign | None:
    """Returns the sign of a number or a letter with what closes it, unless it can be no sign at all."""
    opened, mark, closed = match["open"], match["mark"], match["close"].strip()
    typed = match[0].rstrip()
    gap, next_letter = match[0][len(typed) :], match.string[match.end()]
    is_number = mark.isdigit()
    if (opened and closed != ")") or (not gap and not re.match(WORDS, next_letter)):
        return None
    is_plain = is_number and closed == "." and bool(gap)
    if (is_number and len(mark) > 2 and not is_plain) or (closed in "-–" and not next_letter.isalpha()):
        return None
    alphabet = "1" if is_number else ("i" if len(mark) > 1 else "a")
    return Sign(
        kind=f"{opened}{alphabet if mark.islower() else alphabet.upper()}{closed.replace('–', '-')}",
        group="number" if is_number else "mark",
        typed=typed,
        width=match.end(),
        value=int(mark) if is_number else roman_value(mark) if len(mark) > 1 else letter_position(mark),
        is_plain=is_plain and not gap.strip(" \t"),
        stands_alone=is_plain,
    )


def without_bullet(line: str) -> str:
    """Returns the words of a line that is one item by itself; a number or a letter stays."""
    sign = sign_of(line)
    return line[sign.width :] if sign and sign.group == "bullet" and sign.stands_alone else line


def with_romans(signs: Iterable[Sign]) -> list[Sign]:
    """Returns the signs of a list; i), v) and x) are numbers where ii), iv) or ix) is beside them."""
    signs = list(signs)
    twos = {sign.kind for sign in signs if sign.value == 2}
    last: dict[str, int] = defaultdict(int)
    read_signs = []
    for sign in signs:
        kind = sign.kind.replace("a", "i").replace("A", "I")
        mark = sign.typed.strip("()./-– ").lower()
        if kind != sign.kind and mark in ROMAN_VALUES and (last[kind] or kind in twos):
            value = roman_value(mark)
            sign = replace(sign, kind=kind, value=value) if value == last[kind] + 1 else sign
        if sign.kind == kind:
            last[kind] = sign.value
        read_signs.append(sign)
    return read_signs


def follows(before: Sign, after: Sign) -> bool:
    """Tells whether `after` may follow `before` in a list; letters count as in law or as in a school."""
    is_letter = before.kind.strip("()./-") in ("a", "A")
    return letter_follows(before.value, after.value) if is_letter else after.value == before.value + 1


def counted_kinds(signs: Iterable[Sign]) -> set[str]:
    """Returns the kinds that count: two in a row, or a first one with others behind."""
    by_kind: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        if sign.is_ordered:
            by_kind[sign.kind].append(sign)
    return {
        kind
        for kind, same in by_kind.items()
        if (len(same) > 1 and same[0].value == 1) or any(map(follows, same, same[1:]))
    }


INDENT = 4
#: An unknown name is included; checks report it.
OPENER = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]*[\w-]")
HEADING = re.compile(r"#{1,6}[^#\n]")
TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
ENDED = re.compile(r"[.:;!?…][\"”’)\]*_]*\s*$")
SENTENCE = re.compile(r"[.;!?…][\"”’)\]*_]*\s*$")
#: 8h30, 8:30, 15/6; 2024 – 2025: with a colon behind.
ENTRY = re.compile(r"[0-9]{1,2}(?:[hg:][0-9]{0,2}|/[0-9]{1,2})(?!\w)|[0-9][0-9hg:./ –-]{0,20}:\s")
#: A line of at least this length may have been broken in the middle of a sentence.
LONG_LINE = 60
#: Blanks that a word processor puts before a line count as blanks.
LEADING = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]*")


@dataclass(slots=True)
class TextLine:
    """A line: `start` is its offset, `body` what stands behind its indentation.

    Reading its list sets the rest: `depth` of the item (None where it is none), `numbering` the list that it
    belongs to, `moved` its new indentation, `apart` whether a blank line must stand before it, `own` the line
    with its words where the sign stands alone (which is `gone` then), `typed` whether the number must be
    shown as it is typed, `is_set_in` whether it stands where Markdown reads code, `ends_block` whether it
    stands right under the last line of a block.
    """

    start: int
    text: str
    indent: int
    body: str
    sign: Sign | None = None
    depth: int | None = None
    numbering: int = 0
    moved: int | None = None
    apart: bool = False
    typed: bool = False
    own: TextLine | None = None
    gone: bool = False
    opens_table: bool = False
    is_set_in: bool = False
    ends_block: bool = False

    def take_sign(self) -> None:
        """Makes the line no item, and restores the line that its sign had taken."""
        if self.own:
            self.own.gone = False
        self.sign = self.own = None

    @property
    def words(self) -> str:
        """The words of the line, without the sign of an item."""
        if self.own:
            return self.own.body
        return self.body[self.sign.width :] if self.sign else self.body

    @property
    def is_comment(self) -> bool:
        return self.body.startswith("<!--")

    @property
    def opens_block(self) -> bool:
        is_marked = self.body.startswith(("!", "?"))
        return is_marked and (BLOCK_OPENING.match(self.body) or OPENER.match(self.body)) is not None

    @property
    def is_heading(self) -> bool:
        return self.body.startswith("#") and HEADING.match(self.body) is not None

    @property
    def is_begun(self) -> bool:
        """True where a sentence, or an item without a sign, may begin with the line."""
        return self.body.startswith("**") or self.body.lstrip('“"*_(')[:1].isupper()

    @property
    def is_short(self) -> bool:
        return len(self.text) < LONG_LINE

    @property
    def is_prose(self) -> bool:
        """True where the line is one of a paragraph, whose line ends do not matter."""
        return self._is_joined and self.body.lstrip('“"*_(')[:1].isalpha()

    @property
    def is_entry(self) -> bool:
        """True where the line begins with a time or a day, as those of a timetable do."""
        return self._is_joined and ENTRY.match(self.body) is not None

    @property
    def _is_joined(self) -> bool:
        is_break = self.text.endswith(("  ", "\\"))
        is_table = self.opens_table or "|" in self.body or "\t" in self.body
        return not (self.sign or is_break or is_table)

    @property
    def is_ended(self) -> bool:
        """True where a sentence, or what introduces a list, ends with the line."""
        return ENDED.search(self.text[-40:]) is not None


def lines_of(text: str) -> list[TextLine]:
    lines, start = [], 0
    for line in text.split("\n"):
        before = LEADING.match(line)
        blank = before[0] if before else ""
        body = line[len(blank) :]
        lines.append(
            TextLine(start, line, len(blank.expandtabs(INDENT)), body, sign_of(body) if body else None)
        )
        start += len(line) + 1
    return lines


def chunks_of(lines: Iterable[TextLine]) -> Iterator[list[TextLine]]:
    """Yields lines that no blank line separates; a heading and a block's first line stand alone.

    A heading below an item may be of that item.
    """
    chunk: list[TextLine] = []
    has_sign = False
    for line in lines:
        is_single = line.opens_block or (line.is_heading and not has_sign)
        if chunk and (not line.body or is_single):
            yield chunk
            chunk, has_sign = [], False
        has_sign = has_sign or line.sign is not None
        if is_single:
            yield [line]
        elif line.body:
            chunk.append(line)
    if chunk:
        yield chunk


def paragraphs_in(chunk: list[TextLine]) -> Iterator[list[TextLine]]:
    """Yields indented paragraphs, split where a sentence begins behind a line that has ended."""
    part = chunk[:1]
    for before, line in pairwise(chunk):
        if before.is_prose and line.is_prose and before.is_ended and line.is_begun:
            line.apart = True
            yield part
            part = []
        part.append(line)
    yield part


def table_in(chunk: list[TextLine]) -> int:
    """Returns the index at which a table begins in the chunk, or the chunk's length."""
    rule = next((place for place, line in enumerate(chunk) if TABLE_RULE.match(line.body)), len(chunk) + 1)
    return max(rule - 1, 0)


def glued_in(chunk: list[TextLine]) -> TextLine | None:
    """Returns the first line that Markdown joins to the one above, though it may stand alone.

    That is where a line ends before its sentence does and is too short to be broken by its length, where all
    lines end with their sentences, as pasted paragraphs do, or where lines begin with their times.
    """
    lines = list(takewhile(lambda line: not line.sign, (line for line in chunk if not line.is_comment)))
    if entry := next((after for line, after in pairwise(lines) if line.is_entry and after.is_entry), None):
        return entry
    pairs = [(line, after) for line, after in pairwise(lines) if line.is_prose and after.is_prose]
    for line, after in pairs:
        if after.is_begun and line.is_short and not SENTENCE.search(line.text[-40:]):
            return after
    are_sentences = pairs and all(line.is_ended and after.is_begun for line, after in pairs)
    return pairs[0][1] if are_sentences else None
