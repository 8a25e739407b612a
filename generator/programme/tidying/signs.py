"""The signs with which people begin an item of a list: Markdown's, Word's, Zalo's and an office's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .numerals import ROMAN, following, position, roman

BLANK = r"[ \t\u00a0\u2000-\u200a\u202f\u3000]"
DASHES = "–—―‒−‐‑⁃"
#: Bullets by how they look; a sign of another look is another level. The private ones are Word's fonts.
LOOKS = {
    "dot": "•·∙●⚫‧・\uf0b7\uf06c\uf09f",
    "ring": "○◦⚬",
    "square": "▪■▫◼◾\uf0a7\uf06e",
    "arrow": "‣➢➤►▶▸▹▷➔\uf0d8\uf0e0\uf0e8",
    "star": "★☆✦❖◆♦◇⬥\uf076\uf0ab",
}
#: Letters that are bullets in Word's fonts: the Vietnamese ones are letters but before a tab or two blanks.
LETTERS = {"o": "ring", "q": "square", "n": "square", "l": "dot", "u": "star", "v": "star"}
FOREIGN = {"Ø": "arrow", "§": "square"}
#: Signs that say yes or no, or that are ticked with a pen, stay. Paper has no colours and no emoji for them.
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
    """`kind` tells signs of two levels apart; `group` is `bullet`, `number`, `mark`, `tick` or `picture`.

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
    found = SIGN.match(line)
    if not found or RULE.match(line):
        return None
    if found["mark"]:
        return _ordered(found)
    looking = found["look"] or found["letter"] or found["tick"] or found["private"]
    return _looking(looking, found.end()) if looking else _other(found)


def _looking(typed: str, width: int) -> Sign:
    """Returns the sign for one of Word's bullets, by its look."""
    if typed in TICKED or typed in TICKS:
        return Sign(kind="tick", group="tick", typed=TICKS.get(typed, typed), width=width)
    known = LETTERS.get(typed) or FOREIGN.get(typed)
    look = known or next((name for name, signs in LOOKS.items() if typed in signs), typed)
    return Sign(kind=look, group="bullet", typed="-", width=width)


def _other(found: re.Match[str]) -> Sign | None:
    width = found.end()
    if typed := found["bullet"]:
        is_plain = not found[0][1:].strip(" \t")
        return Sign(kind=typed, group="bullet", typed=typed, width=width, is_plain=is_plain)
    if found["dash"] or found["double"]:
        return Sign(kind=found["double"] or "-", group="bullet", typed="-", width=width)
    if typed := found["tight"]:
        stands_alone = typed == "+"
        if typed == "*" and "*" in found.string[1:]:
            return None
        return Sign(kind=typed, group="bullet", typed=typed, width=width, stands_alone=stands_alone)
    if typed := found["picture"]:
        return Sign(kind=typed, group="picture", typed="-", width=width, stands_alone=False)
    return _counted(found, width)


def _counted(found: re.Match[str], width: int) -> Sign:
    if typed := found["parts"]:
        *before, last = typed.rstrip(".)").split(".")
        kind = f"{'.'.join(['1'] * len(before))}.1"
        value = int(last) + 100 * int("".join(part.zfill(2) for part in before))
        return Sign(kind=kind, group="mark", typed=typed, width=width, value=value, stands_alone=False)
    typed = found["circled"]
    signs = CIRCLED if typed in CIRCLED else BLACK
    value = signs.index(typed) + 1 if typed in signs else int(typed[0])
    return Sign(kind="①", group="number", typed=f"{value}.", width=width, value=value, stands_alone=False)


def _ordered(found: re.Match[str]) -> Sign | None:
    """Returns the sign of a number or a letter with what closes it, unless it can be no sign at all."""
    opened, mark, closed = found["open"], found["mark"], found["close"].strip()
    typed = found[0].rstrip()
    gap, next_letter = found[0][len(typed) :], found.string[found.end()]
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
        width=found.end(),
        value=int(mark) if is_number else roman(mark) if len(mark) > 1 else position(mark),
        is_plain=is_plain and not gap.strip(" \t"),
        stands_alone=is_plain,
    )


def without_bullet(line: str) -> str:
    """Returns the words of a line that is one item by itself; a number or a letter stays."""
    sign = sign_of(line)
    return line[sign.width :] if sign and sign.group == "bullet" and sign.stands_alone else line


def with_romans(signs: Iterable[Sign]) -> list[Sign]:
    """Returns the signs of a list, with i), v) and x) read as numbers where ii), iv) or ix) stands beside."""
    signs = list(signs)
    twos = {sign.kind for sign in signs if sign.value == 2}
    last: dict[str, int] = defaultdict(int)
    found = []
    for sign in signs:
        kind = sign.kind.replace("a", "i").replace("A", "I")
        mark = sign.typed.strip("()./-– ").lower()
        if kind != sign.kind and mark in ROMAN and (last[kind] or kind in twos):
            value = roman(mark)
            sign = replace(sign, kind=kind, value=value) if value == last[kind] + 1 else sign
        if sign.kind == kind:
            last[kind] = sign.value
        found.append(sign)
    return found


def follows(before: Sign, after: Sign) -> bool:
    """Whether one comes right behind the other in a list; letters count as in law or as in a school."""
    is_letter = before.kind.strip("()./-") in ("a", "A")
    return following(before.value, after.value) if is_letter else after.value == before.value + 1


def counted_kinds(signs: Iterable[Sign]) -> set[str]:
    """Returns the kinds that count: two in a row, or a first one with others behind."""
    found: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        if sign.is_ordered:
            found[sign.kind].append(sign)
    return {
        kind
        for kind, same in found.items()
        if (len(same) > 1 and same[0].value == 1) or any(map(follows, same, same[1:]))
    }
