"""The graded questions of a programme: what is asked, and what their wording gives away.

`python -m bench.questions` prints it, of a folder of banks besides with `--banks`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

from taphuan.cli.terminal import laid_out
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import Question
from taphuan.render.templates import environment

from .question_wording import (
    AnsweredChoice,
    Habit,
    TellingWord,
    habits,
    option_looks,
    option_words,
    plain_words,
    share_by,
    shares_by_others,
    telling_words,
    weights_learned,
)

#: Options of the questions whose wording is weighed, and the fewest from which a score says anything.
WEIGHED_OPTIONS, FEWEST_WEIGHED = 4, 20
#: How many of the words are told that stand most unevenly.
MOST_WORDS = 12
#: From what share of right answers the wording alone gives too much away; guessing gives 25%.
TOO_MUCH = 0.32
PAGE = Path(__file__).with_name("questions.txt.j2")
#: How many words in a row make a phrase, and the share of shared phrases from which a text is a repeat.
PHRASE, REPEATED = 4, 0.4


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """A graded question and the text that says much of it again: a lesson or another question, by id.

    `share` is the part of its phrases of four words, of stem and right answer, that stand there, from 0 to 1.
    """

    question: str
    kind: str
    source: str
    share: float


@dataclass(frozen=True, kw_only=True)
class WordingScores:
    """The scores, from 0 to 1, of readers who know nothing but how options are worded.

    Two learned from the tests of other courses, how options look and which words they have; one learned words
    from the self-checks, which are public. `by_self_checks` is None where there are too few of those.
    """

    by_looks: float
    by_words: float
    by_self_checks: float | None


@dataclass(frozen=True, kw_only=True)
class QuestionFigures:
    """The graded questions whose answers hold on a day.

    `positions` counts the places of the right options of `weighed` questions, those of one right option of
    four, as their author wrote them. `scores` is None of too few questions; `exposed` are the ids of those
    that both readers of words answer right.
    """

    questions: int
    kinds: Mapping[str, int]
    negative_stems: int
    true_statements: int
    false_statements: int
    weighed: int
    positions: tuple[int, ...]
    habits: Mapping[str, Habit]
    words: tuple[TellingWord, ...]
    scores: WordingScores | None
    exposed: tuple[str, ...]
    repeats: tuple[Repeat, ...]


def question_figures(programme: Programme, day: date) -> QuestionFigures:
    """Returns the figures of all questions of tests that may be asked on a day."""
    graded = dict(_questions(programme, "test", day))
    weighed = dict(_weighed(programme, graded))
    choices = tuple(weighed.values())
    statements = [stated for question in graded.values() if (stated := question.stated) is not None]
    public = tuple(
        choice for _, choice in _weighed(programme, dict(_questions(programme, "self-check", day)))
    )
    scores, exposed = _scores(weighed, public)
    return QuestionFigures(
        questions=len(graded),
        kinds=dict(Counter(question.kind_name() for question in graded.values()).most_common()),
        negative_stems=sum("**không" in question.stem.lower() for question in graded.values()),
        true_statements=sum(statements),
        false_statements=len(statements) - sum(statements),
        weighed=len(choices),
        positions=tuple(sum(choice.right == place for choice in choices) for place in range(WEIGHED_OPTIONS)),
        habits=habits(choices),
        words=telling_words(choices, MOST_WORDS),
        scores=scores,
        exposed=exposed,
        repeats=tuple(sorted(_repeats(programme, graded, day), key=lambda repeat: -repeat.share)),
    )


def _scores(
    weighed: Mapping[str, AnsweredChoice], public: Sequence[AnsweredChoice]
) -> tuple[WordingScores | None, tuple[str, ...]]:
    """Returns what readers score, and the ids of the questions that all who go by words answer right."""
    choices = tuple(weighed.values())
    if len(choices) < FEWEST_WEIGHED:
        return None, ()
    words = shares_by_others(choices, option_words)
    by_words = [words]
    if len(public) >= FEWEST_WEIGHED:
        weights = weights_learned(public, option_words)
        by_words.append([share_by(weights, choice, option_words) for choice in choices])
    scores = WordingScores(
        by_looks=fmean(shares_by_others(choices, option_looks)),
        by_words=fmean(words),
        by_self_checks=fmean(by_words[1]) if by_words[1:] else None,
    )
    shares = zip(weighed, *by_words, strict=True)
    return scores, tuple(id for id, *guessed in shares if min(guessed) == 1)


def _questions(programme: Programme, use: str, day: date) -> Iterator[tuple[str, Question]]:
    for id, (bank, question) in programme.questions.items():
        if bank.use == use and question.is_right_on(day):
            yield id, question


def _weighed(programme: Programme, questions: Mapping[str, Question]) -> Iterator[tuple[str, AnsweredChoice]]:
    """Yields the questions whose wording is weighed, by id."""
    courses = {
        bank.id: course.id for course in programme.courses.values() for bank in programme.banks_of(course)
    }
    for id, question in questions.items():
        texts, right = question.part_texts, question.right_option
        if right and len(texts) == WEIGHED_OPTIONS:
            course = courses.get(programme.questions[id][0].id, "")
            place = list(texts).index(right)
            yield (
                id,
                AnsweredChoice(course=course, stem=question.stem, options=tuple(texts.values()), right=place),
            )


# --- texts said again ----------------------------------------------------------------------------


def _repeats(programme: Programme, graded: Mapping[str, Question], day: date) -> Iterator[Repeat]:
    """Yields each graded question with the text that says most of it again, if any says enough."""
    texts = {("lesson", lesson.id): _phrases(lesson.body) for lesson in programme.lessons.values()}
    for id, question in (*_questions(programme, "self-check", day), *graded.items()):
        texts["question", id] = _phrases(_answered(question))
    places: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for place, phrases in texts.items():
        for phrase in phrases:
            places.setdefault(phrase, []).append(place)
    for id in graded:
        phrases = texts["question", id]
        shared = Counter(place for phrase in phrases for place in places[phrase])
        del shared["question", id]
        for (kind, source), count in shared.most_common(1):
            if count >= REPEATED * len(phrases):
                yield Repeat(question=id, kind=kind, source=source, share=count / len(phrases))


def _answered(question: Question) -> str:
    """Returns a question and its right parts in one text."""
    texts = question.part_texts
    right = [texts[id] for id in question.right_response if id in texts and question.stated is None]
    return " ".join([question.stem, *right])


def _phrases(text: str) -> set[tuple[str, ...]]:
    words = plain_words(text)
    return {tuple(words[start : start + PHRASE]) for start in range(len(words) - PHRASE + 1)}


# --- the page ------------------------------------------------------------------------------------


def questions_text(figures: QuestionFigures, day: date) -> str:
    """Returns the page: what is asked, where the right options stand, how they look, what is said again."""
    scores = figures.scores
    shares = (scores.by_looks, scores.by_words, scores.by_self_checks) if scores else ()
    page = environment().overlay(autoescape=False).from_string(PAGE.read_text(encoding="utf-8"))
    return laid_out(
        page.render(
            figures=figures,
            on=day,
            fewest=FEWEST_WEIGHED,
            too_much=TOO_MUCH,
            is_guessable=bool(figures.exposed) and any(share and share > TOO_MUCH for share in shares),
        ).strip("\n")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path())
    parser.add_argument("--banks", type=Path)
    given, day = parser.parse_args(), date.today()
    loading = load(given.root, banks=given.banks)
    if loading.programme is None:
        parser.error("the programme cannot be read; see taphuan check")
    print(questions_text(question_figures(loading.programme, day), day))


if __name__ == "__main__":
    main()
