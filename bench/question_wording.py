"""The score in a test of a reader who knows nothing and goes by the wording of its options alone.

Such a reader looks at how long an option is, how it begins and which words it has; options whose wording
tells nothing leave the score at chance.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log

from taphuan.programme.vietnamese import lowered

CITATION = re.compile(r"\[@[^\]]*\]")
WORD = re.compile(r"\w+")
NEGATIONS = frozenset({"không", "chưa", "đừng", "chẳng", "chớ"})
REASON = "vì"
#: How an option begins that agrees to what was asked; writers of tests tend to make those wrong.
AGREEING = ("đồng ý", "giữ", "mời", "được", "gửi", "nhận đơn")


@dataclass(frozen=True, kw_only=True)
class AnsweredChoice:
    """A question of which one option is right, as plain text; `right` is the place of that option.

    `course` is the course whose test or lessons ask it.
    """

    course: str
    stem: str
    options: tuple[str, ...]
    right: int


def plain_words(markdown: str) -> list[str]:
    """Returns the words of a text in small letters, without its citations."""
    return WORD.findall(lowered(CITATION.sub("", markdown)))


# --- a reader who learns from other questions ----------------------------------------------------

#: Tells of each option of a question what a reader sees in it.
Signs = Callable[[AnsweredChoice], list[frozenset[str]]]


def option_words(choice: AnsweredChoice) -> list[frozenset[str]]:
    """Returns the words of each option."""
    return [frozenset(plain_words(option)) for option in choice.options]


def option_looks(choice: AnsweredChoice) -> list[frozenset[str]]:
    """Returns how each option looks: its punctuation, words of the stem, and the signs of habits.

    Its place is none of them, as a form mixes the options.
    """
    words = [plain_words(option) for option in choice.options]
    asked = set(plain_words(choice.stem))
    return [
        frozenset(
            {
                *signs,
                f"commas {text.count(',')}",
                f"sentences {text.count('.')}",
                f"asked {sum(word in asked for word in option)}",
                f"colon {':' in text}",
            }
        )
        for signs, text, option in zip(_signs(choice), choice.options, words, strict=True)
    ]


def shares_by_others(choices: Sequence[AnsweredChoice], signs: Signs) -> list[float]:
    """Returns how often, from 0 to 1, a reader answers each question right who learned from other courses.

    Where all belong to one course, the reader learned from all its other questions.
    """
    parts = [choice.course for choice in choices]
    if len(set(parts)) == 1:
        parts = [str(number) for number in range(len(choices))]
    values = {
        part: weights_learned(
            (choice for choice, other in zip(choices, parts, strict=True) if other != part), signs
        )
        for part in set(parts)
    }
    return [share_by(values[part], choice, signs) for choice, part in zip(choices, parts, strict=True)]


def weights_learned(choices: Iterable[AnsweredChoice], signs: Signs) -> Callable[[str], float]:
    """Returns what each sign says for an option: the logarithm of how much likelier right ones have it.

    Counts are smoothed by one (naive Bayes), so a sign that was never seen says next to nothing.
    """
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for choice in choices:
        for place, seen in enumerate(signs(choice)):
            counts[place == choice.right].update(seen)
    kinds = len(counts[True] | counts[False])
    right, wrong = (counts[is_right].total() + kinds for is_right in (True, False))
    if not kinds:
        return lambda sign: 0.0
    return lambda sign: log((counts[True][sign] + 1) / right) - log((counts[False][sign] + 1) / wrong)


def share_by(weight: Callable[[str], float], choice: AnsweredChoice, signs: Signs) -> float:
    """Returns the chance of being right of a reader who picks the option of the highest weight."""
    return _share_of_best([fsum(map(weight, seen)) for seen in signs(choice)], choice.right)


def _share_of_best(values: Sequence[float], right: int) -> float:
    """Returns the chance of picking the right option among those of the highest value."""
    best = max(values)
    return (values[right] == best) / sum(value == best for value in values)


@dataclass(frozen=True, kw_only=True)
class TellingWord:
    """A word in `options` options, of which `right` are right."""

    word: str
    right: int
    options: int


def telling_words(choices: Sequence[AnsweredChoice], most: int) -> tuple[TellingWord, ...]:
    """Returns the words that stand most unevenly in right and wrong options, the worst first."""
    right, all_options = Counter[str](), Counter[str]()
    for choice in choices:
        for place, words in enumerate(option_words(choice)):
            all_options.update(words)
            right.update(words if place == choice.right else ())
    chance = len(choices) / sum(len(choice.options) for choice in choices) if choices else 0
    worst = sorted(all_options, key=lambda word: (-abs(right[word] - chance * all_options[word]), word))
    return tuple(
        TellingWord(word=word, right=right[word], options=all_options[word]) for word in worst[:most]
    )


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
