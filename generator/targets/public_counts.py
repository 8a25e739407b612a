"""Counts of persons as everybody may see them: none below five, nor one that subtraction would give away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .shares import Share

#: Fewer persons than this are never told apart on a public page.
LEAST = 5


def is_small(count: int) -> bool:
    """Tells whether a count has to be told as "fewer than five"; nobody is nobody."""
    return 0 < count < LEAST


def may_show(share: Share) -> bool:
    """Tells whether a share's own numbers may be shown."""
    return share.denominator >= LEAST and not is_small(share.numerator)


def shown_totals(totals: Sequence[int]) -> tuple[bool, ...]:
    """Tells of each running total whether it may be shown beside the last, which is.

    One that fewer than five persons part from the next that is shown may not: subtraction would tell them.
    """
    shown, after = [True] * len(totals), len(totals) - 1
    for at in reversed(range(after)):
        shown[at] = not is_small(totals[after] - totals[at])
        after = at if shown[at] else after
    return tuple(shown)


def joined_counts(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Returns counts by letters: the smallest are joined until no sum is small, as the total is known.

    The letters of what is joined stand together, such as `DE`. Where all of them are too few, there is none.
    """
    small = {letter: count for letter, count in counts.items() if is_small(count)}
    if not small:
        return dict(counts)
    others = sorted((count, letter) for letter, count in counts.items() if count >= LEAST)
    while others and (sum(small.values()) < LEAST or len(small) < 2):
        count, letter = others.pop(0)
        small[letter] = count
    if sum(small.values()) < LEAST or len(small) < 2:
        return {}
    together = "".join(letter for letter in counts if letter in small)
    alone = {letter: count for letter, count in counts.items() if letter not in small}
    return {**alone, together: sum(small.values())}
