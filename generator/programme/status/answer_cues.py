"""The score in a test of a reader who knows nothing and goes by the wording of its options alone.

Such a reader looks at how long an option is, how it begins and what is in it; options whose wording tells
nothing leave the score at chance.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from operator import add, mul, sub

from ..vietnamese import lowered

CITATION = re.compile(r"\[@[^\]]*\]")
WORD = re.compile(r"\w+")
NEGATIONS = frozenset({"không", "chưa", "đừng", "chẳng", "chớ"})
REASON = "vì"
#: How an option begins that agrees to what was asked; writers of tests tend to make those wrong.
AGREEING = ("đồng ý", "giữ", "mời", "được", "gửi", "nhận đơn")

#: Ten mean scores out of five parts each, by one seed, so that a text has one figure.
SPLITS, FOLDS, SEED = 10, 5, 2026
STEPS, RATE, MOMENTUM, RESTRAINT = 20, 0.5, 0.7, 0.02
#: A first word is looked at where at least so many options begin with it.
FEWEST_BEGINNINGS = 6


@dataclass(frozen=True, kw_only=True)
class AnsweredChoice:
    """A question of which one option is right, as plain text; `right` is the place of that option."""

    stem: str
    options: tuple[str, ...]
    right: int


def plain_words(markdown: str) -> list[str]:
    """Returns the words of a text in small letters, without its citations."""
    return WORD.findall(lowered(CITATION.sub("", markdown)))


# --- a reader by rules ---------------------------------------------------------------------------


def rule_score(choices: Sequence[AnsweredChoice]) -> float:
    """Returns the share of right answers, from 0 to 1, of a reader who knows three habits of writers.

    A wrong option gives a reason ("vì") or agrees; a right one has a semicolon.
    """
    picks = [
        _share_of_best([_by_rule(option) for option in choice.options], choice.right) for choice in choices
    ]
    return sum(picks) / len(picks)


def _by_rule(option: str) -> float:
    text = lowered(option)
    return (";" in text) - (f", {REASON} " in text) - text.startswith(AGREEING)


def _share_of_best(values: Sequence[float], right: int) -> float:
    """Returns the chance of picking the right option among those of the highest value."""
    best = max(values)
    return (values[right] == best) / sum(value == best for value in values)


# --- a reader who learns from other questions ----------------------------------------------------


def learned_shares(choices: Sequence[AnsweredChoice]) -> list[float]:
    """Returns how often, from 0 to 1, a reader who learned from other questions answers each one right.

    The reader weighs length, place, punctuation, first word, reasons, negations and words of the stem (a
    conditional logit), learned from four fifths of the questions and tried on the others, in ten splits.
    """
    drawn = random.Random(SEED)
    looks = [_looks(choice) for choice in choices]
    shares = [0.0] * len(choices)
    for _ in range(SPLITS):
        for number, right in _answers_of_split(looks, drawn.sample(range(len(looks)), len(looks))):
            shares[number] += right / SPLITS
    return shares


@dataclass(frozen=True, kw_only=True)
class Looks:
    """Signs of the options of a question: values, the same number each, and first words."""

    values: tuple[list[float], ...]
    firsts: tuple[str, ...]
    right: int

    def rows(self, firsts: Sequence[str]) -> list[list[float]]:
        """Returns the values with one for each of those first words: whether the option begins with it."""
        return [
            [*values, *(float(first == word) for word in firsts)]
            for values, first in zip(self.values, self.firsts, strict=True)
        ]


def _looks(choice: AnsweredChoice) -> Looks:
    words = [plain_words(option) for option in choice.options]
    lengths = [len(option) for option in words]
    mean = sum(lengths) / len(lengths) or 1
    asked = set(plain_words(choice.stem))
    values = (
        [
            length / mean - 1,
            float(length == max(lengths)),
            float(length == min(lengths)),
            *(float(place == other) for other in range(1, len(words))),
            *map(float, (text.count(","), ";" in text, text.count("."), ":" in text)),
            float(REASON in option),
            float(sum(word in NEGATIONS for word in option)),
            sum(word in asked for word in option) / (length or 1),
            float(lowered(text).startswith(AGREEING)),
        ]
        for place, (text, option, length) in enumerate(zip(choice.options, words, lengths, strict=True))
    )
    firsts = tuple(option[0] if option else "" for option in words)
    return Looks(values=tuple(values), firsts=firsts, right=choice.right)


def _answers_of_split(looks: Sequence[Looks], order: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Yields the place of each question and whether it was answered right by what the other parts taught."""
    for fold in range(FOLDS):
        taught = [looks[number] for place, number in enumerate(order) if place % FOLDS != fold]
        counts = Counter(first for look in taught for first in look.firsts)
        firsts = [word for word, count in counts.items() if count >= FEWEST_BEGINNINGS]
        weights = _learn([(look.rows(firsts), look.right) for look in taught])
        for number in order[fold::FOLDS]:
            tried = looks[number]
            values = [sum(map(mul, weights, row)) for row in tried.rows(firsts)]
            yield number, _share_of_best(values, tried.right)


def _learn(questions: Sequence[tuple[list[list[float]], int]]) -> list[float]:
    """Returns the weights that make the right options likeliest, held small.

    It climbs with momentum; rows are options, columns what is seen of them.
    """
    rows = [look for looks, _ in questions for look in looks]
    columns = list(zip(*rows, strict=True))
    sizes = [len(looks) for looks, _ in questions]
    rights = [float(place == right) for looks, right in questions for place in range(len(looks))]
    weights = [0.0] * len(columns)
    speed = list(weights)
    for _ in range(STEPS):
        values = [sum(map(mul, weights, row)) for row in rows]
        pulls = list(map(sub, rights, _chances(values, sizes)))
        slope = [sum(map(mul, pulls, column)) / len(questions) for column in columns]
        speed = [
            MOMENTUM * old + RATE * (new - RESTRAINT * weight)
            for old, new, weight in zip(speed, slope, weights, strict=True)
        ]
        weights = list(map(add, weights, speed))
    return weights


def _chances(values: Sequence[float], sizes: Sequence[int]) -> Iterator[float]:
    """Yields the chance of each option, those of a question together 1."""
    start = 0
    for size in sizes:
        group = values[start : start + size]
        most = max(group)
        raised = [exp(value - most) for value in group]
        whole = sum(raised)
        yield from (value / whole for value in raised)
        start += size


# --- habits of writers ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Habit:
    """How many right options have a sign, of `rights`, and how many wrong ones, of `wrongs`."""

    right: int
    rights: int
    wrong: int
    wrongs: int


def habits(choices: Sequence[AnsweredChoice]) -> Mapping[str, Habit]:
    """Returns how often right and wrong options are the longest, give a reason and so on, by sign."""
    signed = [
        (place == choice.right, sign) for choice in choices for place, sign in enumerate(_signs(choice))
    ]
    rights = [signs for is_right, signs in signed if is_right]
    wrongs = [signs for is_right, signs in signed if not is_right]
    return {
        name: Habit(
            right=sum(name in signs for signs in rights),
            rights=len(rights),
            wrong=sum(name in signs for signs in wrongs),
            wrongs=len(wrongs),
        )
        for name in SIGNS
    }


#: What an option may have; the longest or shortest is alone in it.
SIGNS = ("longest", "shortest", "reason", "negation", "semicolon", "agreeing")


def _signs(choice: AnsweredChoice) -> list[set[str]]:
    words = [plain_words(option) for option in choice.options]
    lengths = [len(option) for option in words]
    return [
        {
            *(["longest"] if length == max(lengths) and lengths.count(length) == 1 else []),
            *(["shortest"] if length == min(lengths) and lengths.count(length) == 1 else []),
            *(["reason"] if REASON in option else []),
            *(["negation"] if NEGATIONS & set(option) else []),
            *(["semicolon"] if ";" in text else []),
            *(["agreeing"] if lowered(text).startswith(AGREEING) else []),
        }
        for text, option, length in zip(choice.options, words, lengths, strict=True)
    ]
