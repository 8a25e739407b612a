"""What somebody under age reads of a programme, and what of it is marked for adults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from taphuan.programme.audience_gate import readers_of
from taphuan.programme.kinds.lesson_plan import LessonPlan
from taphuan.programme.model.programme import Programme
from taphuan.render.paper import sheets
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose


def marks_met_by_minors(programme: Programme) -> dict[str, set[str]]:
    """Returns what is marked for adults by the page or sheet of somebody under age on which it stands."""
    return marks_in(programme, texts_for_minors(programme))


def marks_in(programme: Programme, texts: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Returns what is marked for adults by the place of the text in which it stands."""
    words = {id: each.shown for id, each in programme.contacts.contacts.items() if each.readers}
    for id, (bank, question) in programme.questions.items():
        if bank.readers or question.readers:
            words[id] = question.stem
    met = {}
    for place, text in texts:
        marks = {id for id, said in words.items() if said in text}
        marks |= {"block"} if re.search(r"\badults\b", text) else set()
        if marks:
            met[place] = marks
    return met


def texts_for_minors(programme: Programme) -> Iterator[tuple[str, str]]:
    """Yields the pages, and the HTML of the sheets, that pupils read."""
    yield from ((page.address, page.body) for page in pages(programme) if page.meta.get("ages") == "minors")
    documents = [*programme.campaigns.values(), *programme.courses.values(), *programme.lessons.values()]
    theirs = {each.id for each in documents if readers_of(programme, each).ages == "minors"}
    plans = programme.of(LessonPlan).values()
    handed = {plan.source for plan in plans if readers_of(programme, plan).ages == "minors"}
    for sheet in sheets(programme, Prose(programme)):
        if sheet.subject in theirs or (sheet.kind == "lesson-cards" and sheet.subject in handed):
            yield sheet.id, sheet.html
