"""The graded questions of a programme: what is asked, and what their wording gives away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..model.programme import Programme
from ..model.question import Question
from .answer_cues import AnsweredChoice, Habit, habits, learned_shares, plain_words, rule_score

#: Options of the questions whose wording is weighed, and the fewest from which a score says anything.
WEIGHED_OPTIONS, FEWEST_WEIGHED = 4, 20
#: Right in every split, but for rounding.
ALWAYS = 0.999
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
class QuestionFigures:
    """The graded questions whose answers hold on a day.

    `positions` counts the places of the right options of `weighed` questions, those of one right option of
    four, as their author wrote them. The scores are shares from 0 to 1, None of too few questions;
    `exposed` are the ids of those that whoever learned from other questions answers right in every split.
    """

    questions: int
    kinds: Mapping[str, int]
    negative_stems: int
    true_statements: int
    false_statements: int
    weighed: int
    positions: tuple[int, ...]
    habits: Mapping[str, Habit]
    rule_score: float | None
    learned_score: float | None
    exposed: tuple[str, ...]
    repeats: tuple[Repeat, ...]


def question_figures(programme: Programme, day: date) -> QuestionFigures:
    """Returns the figures of all questions of tests that may be asked on a day."""
    graded = dict(_questions(programme, "test", day))
    weighed = dict(_weighed(graded))
    choices = tuple(weighed.values())
    statements = [stated for question in graded.values() if (stated := question.stated) is not None]
    is_enough = len(choices) >= FEWEST_WEIGHED
    learned = dict(zip(weighed, learned_shares(choices), strict=True)) if is_enough else {}
    return QuestionFigures(
        questions=len(graded),
        kinds=dict(Counter(question.kind_name() for question in graded.values()).most_common()),
        negative_stems=sum("**không" in question.stem.lower() for question in graded.values()),
        true_statements=sum(statements),
        false_statements=len(statements) - sum(statements),
        weighed=len(choices),
        positions=tuple(sum(choice.right == place for choice in choices) for place in range(WEIGHED_OPTIONS)),
        habits=habits(choices),
        rule_score=rule_score(choices) if is_enough else None,
        learned_score=sum(learned.values()) / len(learned) if learned else None,
        exposed=tuple(id for id, share in learned.items() if share > ALWAYS),
        repeats=tuple(sorted(_repeats(programme, graded, day), key=lambda repeat: -repeat.share)),
    )


def _questions(programme: Programme, use: str, day: date) -> Iterator[tuple[str, Question]]:
    for id, (bank, question) in programme.questions.items():
        if bank.use == use and question.is_right_on(day):
            yield id, question


def _weighed(questions: Mapping[str, Question]) -> Iterator[tuple[str, AnsweredChoice]]:
    """Yields the questions whose wording is weighed, by id."""
    for id, question in questions.items():
        texts, right = question.part_texts, question.right_option
        if right and len(texts) == WEIGHED_OPTIONS:
            place = list(texts).index(right)
            yield id, AnsweredChoice(stem=question.stem, options=tuple(texts.values()), right=place)


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
