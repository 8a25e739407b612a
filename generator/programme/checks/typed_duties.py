"""Checks that duties to report, and hours after violence, are said as the programme says them once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..model.first_response import FirstHours
from ..model.pointer import MANY, POINTER
from ..model.programme import Programme
from ..problems import Problem, place_of, unknown_name
from ..vietnamese import lowered
from .passages import Passage, words_alone

#: Texts that quote law, ask what it says, or are themselves the place.
OWN_PLACE = frozenset({"Confidentiality", "FirstHours", "Register", "Charter", "Decision"})
#: A duty as a sentence says it; a question whether there is one, or whose it is, says none.
DUTY = re.compile(
    r"(?<!\w)(?<!có )(?<!ai )(?<!ai buộc )(?<!việc )"
    r"(?:phải(?:\s+có)?(?:\s+trách nhiệm)?|buộc phải|bắt buộc|có (?:trách nhiệm|nghĩa vụ))\s+"
    r"(?:ngay\s+)?(?:(?:đi |gọi )?báo|trình báo|tố giác|khai báo)"
    r"(?!\s+(?:cáo|chí|động|trước|lại|giá|thức|hiệu|kết quả|lãnh đạo|hay không)(?!\w))(?! không\b)(?!\w)"
    r"|(?:bị ép|người đang nguy)[^.;:?!\n]{0,80}(?<!\w)báo ngay(?!\w)"
)
#: What has to be taken in time after violence, as a text names it, and a limit that stands beside it.
MEDICINES = ("thuốc phòng hiv", "pep", "tránh thai khẩn cấp")
SENTENCE = re.compile(r"[^.?!;|\n]+")
LIMIT = re.compile(r"(?<!\w)(?:trong|quá|tới|trước)(?: vòng)? (?P<number>[0-9]+ (?:giờ|ngày))(?!\w)")
NUMBER = re.compile(r"[0-9]+ (?:giờ|ngày)(?!\w)")


def check_duties(programme: Programme) -> Iterator[Problem]:
    """Yields the duties that wait for a question which nobody has written down."""
    limits = programme.confidentiality
    for id, duty in limits.duties.items() if limits else ():
        if limits and duty.decision and duty.decision not in programme.decisions:
            place = place_of(limits, "duties", id, "decision")
            yield unknown_name("decision", place, duty.decision, programme.decisions)


def check_typed_duties(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    limits = programme.confidentiality
    said = limits.plain_sentences if limits else ()
    for passage in passages if limits else ():
        if passage.kind in OWN_PLACE or _is_wrong_answer(programme, passage):
            continue
        for start, phrase in _typed(passage.text, said, passage.is_markdown):
            place = passage.at(start, phrase)
            yield Problem(code="typed-duty", place=place, values={"found": " ".join(phrase.split())})


def check_typed_hours(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields times for a medicine that are not those of the first hours, each there with its source."""
    hours = programme.first_hours
    known = _limits_by_medicine(hours) if hours else {}
    for passage in passages if hours else ():
        for start, limit, medicines in _typed_limits(passage.text):
            right = {number for medicine in medicines for number in known.get(medicine, ())}
            if passage.kind not in OWN_PLACE and right and limit not in right:
                values = {"found": limit, "right": ", ".join(sorted(right))}
                yield Problem(code="typed-hours", place=passage.at(start, limit), values=values)


def _limits_by_medicine(hours: FirstHours) -> dict[str, tuple[str, ...]]:
    lines = [lowered(line) for line in hours.lines.values()]
    return {
        medicine: tuple(number for line in lines if medicine in line for number in NUMBER.findall(line))
        for medicine in MEDICINES
    }


@lru_cache(maxsize=MANY)
def _typed_limits(text: str) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """Returns (offset, limit, medicines that its sentence names) of each limit in a text."""
    lower = lowered(text)
    if not any(medicine in lower for medicine in MEDICINES):
        return ()
    return tuple(
        (sentence.start() + limit.start("number"), limit["number"], named)
        for sentence in SENTENCE.finditer(lower)
        if (named := tuple(medicine for medicine in MEDICINES if medicine in sentence[0]))
        for limit in LIMIT.finditer(sentence[0])
    )


def _is_wrong_answer(programme: Programme, passage: Passage) -> bool:
    """Tells whether it is what a question offers and calls wrong, where such a sentence may stand."""
    if not passage.is_answer or len(passage.path) < 4:
        return False
    _, question = programme.questions.get(str(passage.path[1]), (None, None))
    option = getattr(question, "options", {}).get(passage.path[3])
    return option is not None and not option.correct


@lru_cache(maxsize=MANY)
def _typed(text: str, said: tuple[str, ...], is_markdown: bool) -> tuple[tuple[int, str], ...]:
    if "báo" not in text and "tố giác" not in text:
        return ()
    plain = words_alone(text, ("[", POINTER), is_markdown=is_markdown)
    lower = lowered(plain).replace("\n", " ")
    for sentence in said:
        lower = lower.replace(sentence, "\0" * len(sentence))
    return tuple((duty.start(), text[duty.start() : duty.end()]) for duty in DUTY.finditer(lower))
