"""Words before a name that are no part of it: Ông, đồng chí, ThS.BS., Thiếu tá."""

from __future__ import annotations

import re

from .notices import Notice
from .spelling import shown, spans, titled, words
from .vocabulary import vocabulary

#: From how many words on, what follows “Ông” is a name of its own.
WHOLE_NAME = 3
#: 1. Lò Văn An
NUMBERED = re.compile(r"\d{1,4}\s*[.)]\s*(?=[^\W\d_]+\s)")
#: Họ tên: Lò Văn An
LABEL = re.compile(r"^\s*(?:họ\s+và\s+tên|họ\s+tên|họ,\s+tên)\s*:\s*", re.IGNORECASE)
#: Lò Văn An - 0912 345 678; Lò Văn An - 1990; Lò Văn An (nữ); Lò Văn An (0912345678)
AFTER = re.compile(
    r"(?:\s*\([^()]*\)|[\s,;:–-]+(?:sđt|đt|tel)?[\s.:]*\+?\d[\d\s.-]{7,}|[\s,;:–-]+(?:sn\s*)?(?:19|20)\d\d)+\s*$",
    re.IGNORECASE,
)
#: How many words a title has at most.
LONGEST = 5
Found = tuple[str, tuple[Notice, ...]]


def untitled(text: str) -> Found:
    """The name without titles, each said. “Ông” and “Bà” also tell a gender, which is never kept.

    They are names of families as well: where it is not plain which, that is asked.
    """
    rest, first = text, text
    while (cut := _cut(rest)) is not None:
        rest = rest[cut:]
    notices: tuple[Notice, ...] = ()
    if rest != first:
        notices = (_said("honorific", first, rest),)
    found = spans(rest)
    if len(found) < 3 or (found[0][0],) not in vocabulary().honorifics:
        return rest, notices
    return _honorific(rest, found, notices)


def without_more(text: str) -> Found:
    """The name without a number or a label before it, and without a telephone or brackets after it."""
    if numbered := NUMBERED.match(text):
        rest, said = without_more(text[numbered.end() :])
        return rest, (_said("numbered-name", text, rest), *said)
    bare = AFTER.sub("", LABEL.sub("", text)).strip(" :;,–-")
    if bare == text or len(spans(bare)) < 2:
        return text, ()
    brackets = text.removeprefix(bare).strip(" ()")
    if text.startswith(bare) and words(brackets) in vocabulary().asides:
        return bare, (_said("honorific", text, bare),)
    return bare, (_said("name-cut", text, bare),)


def _cut(text: str) -> int | None:
    """Where a title at the start ends; None where there is none, or nothing after it."""
    found = spans(text)
    for length in range(min(LONGEST, len(found) - 1), 0, -1):
        if tuple(word for word, _, _ in found[:length]) in vocabulary().titles:
            return found[length][1]
    return None


def _honorific(text: str, found: list[tuple[str, int, int]], notices: tuple[Notice, ...]) -> Found:
    rest = text[found[1][1] :]
    is_marked = text[found[0][2] :].lstrip()[:1] in ".:"
    if not is_marked and (found[1][0],) in vocabulary().middle_names:
        return text, (*notices, _said("honorific-or-family", text, text))
    if not is_marked and len(words(rest)) < WHOLE_NAME:
        return rest, (*notices, _said("honorific-or-family", text, rest))
    return rest, (*notices, _said("honorific", text, rest))


def _said(code: str, written: str, proposed: str) -> Notice:
    return Notice(code=code, values={"written": shown(written), "proposed": shown(titled(proposed))})
