"""Units named anywhere in a text: in a title, a letterhead, a post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .gazetteer import Gazetteer, Meaning, PlaceNames, Seat, Signs, commune_with_kind
from .grid import Notice
from .vocabulary import Words, begins_with, vocabulary, word_spans, words

#: No commune's name has more words, and no short form of an agency's.
LONGEST_NAME, LONGEST_SHORT = 6, 6
#: Signs between a unit and a post.
AROUND = " ,;:/–-"
Token = tuple[str, int, int]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A unit in a text, from `start` to `end`; `text` is where, with short forms written out or not."""

    text: str
    meaning: Meaning
    start: int
    end: int

    @property
    def before(self) -> Words:
        return words(self.text[: self.start])

    @property
    def is_in_brackets(self) -> bool:
        before = self.text[: self.start]
        return before.count("(") > before.count(")")


def without_mentions(mentions: list[Mention]) -> str:
    """Returns the text without its units and the words and brackets that join them to it."""
    text = mentions[0].text
    for mention in reversed(mentions):
        start, end = mention.start, mention.end
        if mention.is_in_brackets:
            start = text.rfind("(", 0, start)
            closed = text.find(")", end)
            end = closed + 1 if closed >= 0 else len(text)
        first, last = text[:start].rstrip(AROUND), text[end:]
        while (spans := word_spans(first)) and (spans[-1][0],) in vocabulary().joins:
            first = first[: spans[-1][1]].rstrip(AROUND)
        text = _in_order(first, last)
    return text.strip(AROUND + ".")


def _in_order(first: str, last: str) -> str:
    """Returns the post before the body: the first part is the body if only that stood before the unit."""
    after, known = last.strip(AROUND), vocabulary()
    if not after or not first or last.startswith("("):
        return f"{first} {after}".strip()
    if words(first) in known.itself:
        return after
    is_body = begins_with(words(first), known.inner) and not begins_with(words(first), known.posts)
    return f"{after}, {first}" if is_body else f"{first}, {after}"


def find_mentions(gazetteer: Gazetteer, names: PlaceNames, text: str) -> Iterator[Mention]:
    """Yields the units that a plain text names with their kind, in its order; former communes too."""
    tokens = [token for token in word_spans(text) if token[0] != "và"]
    at = 0
    while at < len(tokens):
        match = _agency(gazetteer, names, tokens, at) or _commune(gazetteer, names, text, tokens, at)
        if match is None:
            at += 1
            continue
        meaning, length = match
        last = at + length
        yield Mention(
            text=text, meaning=meaning, start=tokens[at][1], end=_end(gazetteer, names, tokens, last)
        )
        at = last


def _agency(
    gazetteer: Gazetteer, names: PlaceNames, tokens: list[Token], at: int
) -> tuple[Meaning, int] | None:
    for length in range(min(len(tokens) - at, names.longest), 0, -1):
        name = tuple(token[0] for token in tokens[at : at + length])
        seat = names.agencies.get(name)
        if seat is None and 1 < length <= LONGEST_SHORT:
            seat = gazetteer.initials.get("".join(name))
        if seat:
            return Meaning(seat=seat), length
    return None


def _commune(
    gazetteer: Gazetteer, names: PlaceNames, text: str, tokens: list[Token], at: int
) -> tuple[Meaning, int] | None:
    for words_of_kind, kind in names.kinds.items():
        size = len(words_of_kind)
        if tuple(token[0] for token in tokens[at : at + size]) != words_of_kind:
            continue
        for length in range(min(len(tokens) - at - size, LONGEST_NAME), 0, -1):
            name = tuple(token[0] for token in tokens[at + size : at + size + length])
            if len(names.spellings.get(name, ())) == 1:
                around = Signs(district=_is_district(names, tokens, at + size + length))
                meaning = commune_with_kind(gazetteer, names, kind, name, around)
                written = text[tokens[at][1] : tokens[at + size + length - 1][2]]
                return meaning.of_text(written), size + length
    return None


def _is_district(names: PlaceNames, tokens: list[Token], at: int) -> bool:
    left = tuple(token[0] for token in tokens[at : at + 3])
    return any(left[: len(kind)] == kind and len("".join(kind)) > 2 for kind in names.districts)


def _end(gazetteer: Gazetteer, names: PlaceNames, tokens: list[Token], last: int) -> int:
    """Returns where a unit's name ends; a district and the province after it belong to it."""
    if _is_district(names, tokens, last):
        return tokens[-1][2]
    province = names.key(gazetteer.province)
    for tail in (province, province[1:]):
        if tail and tuple(token[0] for token in tokens[last : last + len(tail)]) == tail:
            return tokens[last + len(tail) - 1][2]
    return tokens[last - 1][2]


def only_seat(mentions: list[Mention]) -> Seat | None:
    """Returns the one unit of today that is named; None where there are several."""
    seats = dict.fromkeys(each.meaning.seat for each in mentions if each.meaning.seat)
    return next(iter(seats)) if len(seats) == 1 else None


def inferred_notices(meaning: Meaning) -> tuple[Notice, ...]:
    """Returns the notices about a unit, besides that it was inferred."""
    return tuple(notice for notice in meaning.notices if notice.code != "unit-within")


#: The day under a letterhead: Sìn Hồ, ngày 5 tháng 6 năm 2026.
DAY = re.compile(r"\bngày\b.*\btháng\b", re.IGNORECASE)


def is_aside(line: str) -> bool:
    text_words = words(line)
    known = vocabulary()
    return (
        begins_with(text_words, known.aside)
        or begins_with(text_words, known.attached)
        or bool(DAY.search(line))
    )


def is_elsewhere(mention: Mention) -> bool:
    """Returns whether it is a place of meeting or an inviter: tại xã Sìn Hồ, do Sở Y tế tổ chức."""
    before = mention.before
    inner = vocabulary().itself
    for body in sorted(inner, key=len, reverse=True):
        if before[-len(body) :] == body:
            before = before[: -len(body)]
    return before[-1:] in vocabulary().not_of
