"""How long somebody who studies alone takes, computed from what there is to read, answer and think over.

Nobody types it: a typed number stays as it was when the text grows. What a class takes is another
matter, which its trainer plans (`minutes` of a lesson).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from .model.course import Course, Lesson
from .model.pointer import COMMENT, LINK_TARGET, MANY, POINTER, without_code
from .model.programme import Programme
from .model.question import Choice, Matching, Ordering, Question, TrueFalse
from .tidying.blocks import OPENING
from .vietnamese import syllables

#: Tiếng a minute, read to learn from. We found no sound measure of silent reading in Vietnamese. Read aloud
#: it is 5.2 tiếng a second, some 310 a minute (Pellegrino, Coupé, Marsico 2011, eight languages). In English
#: silent reading is a third faster than reading aloud (238 and 183 words a minute, Brysbaert 2019, 190
#: studies), and slower for the old and in a second language, as Vietnamese is to many here; those who plan
#: courses reckon hard texts at half of that (1,000 words in 8 minutes: atingi, How to estimate seat time).
#: So half of what is read aloud.
TIENG_A_MINUTE = 150
#: Minutes to choose an answer, and to match or order several parts, besides reading them. With reading, five
#: questions then take some five minutes, the most that the same planners reckon for a quiz of five.
TO_CHOOSE, TO_ARRANGE = 0.25, 0.5
#: Minutes to think a case over before its suggestions are opened. Our own reckoning: nobody has timed it.
TO_THINK_OVER = 2.0


def lesson_minutes(programme: Programme, lesson: Lesson) -> int:
    """Returns whole minutes for a lesson's text, its points to remember, its cases and its self-check."""
    asked = [programme.questions[id][1] for id in lesson.self_check if id in programme.questions]
    texts = (lesson.body, *lesson.key_points, *(text for one in asked for text in _texts(one)))
    thought = cases(lesson.body) * TO_THINK_OVER + sum(map(_to_answer, asked))
    return max(round(sum(map(read_words, texts)) / TIENG_A_MINUTE + thought), 1)


def course_minutes(programme: Programme, course: Course) -> int:
    """Returns what its lessons take together, as roughly as that is known: to ten minutes, or to five."""
    whole = sum(lesson_minutes(programme, lesson) for lesson in programme.lessons_of(course))
    step = 10 if whole >= 60 else 5 if whole >= 10 else 1
    return step * round(whole / step)


@lru_cache(maxsize=MANY)
def read_words(text: str) -> int:
    """Returns how many tiếng a reader reads: neither code, comments, names of blocks nor targets of links.

    A pointer counts by the words its author gave it; what the register adds is not the lesson's.
    """
    bare = OPENING.sub(r"\g<rest>", _uncommented(text))
    return syllables(LINK_TARGET.sub("]", POINTER.sub(lambda pointer: pointer["words"] or "", bare)))


def cases(body: str) -> int:
    """Returns how many cases a body gives to think over."""
    return sum(block["name"].lower() == "case" for block in OPENING.finditer(_uncommented(body)))


def _uncommented(text: str) -> str:
    return COMMENT.sub("", without_code(text))


def _texts(asked: Question) -> Iterator[str]:
    """Yields what is read of a question, before it is answered and after.

    Of the reasons, a page gives those of what was chosen and of what should have been: here, the latter.
    """
    yield from (asked.stem, asked.explanation or "")
    if isinstance(asked, Choice):
        yield from (option.text for option in asked.options.values())
        yield from (option.feedback or "" for option in asked.options.values() if option.correct)
    elif isinstance(asked, TrueFalse):
        yield from (reason for side, reason in asked.feedback.items() if (side == "true") is asked.answer)
    elif isinstance(asked, Matching):
        yield from (side for pair in asked.pairs.values() for side in (pair.left, pair.right))
    else:
        yield from (item.text for item in asked.items.values())


def _to_answer(asked: Question) -> float:
    return TO_ARRANGE if isinstance(asked, Matching | Ordering) else TO_CHOOSE
