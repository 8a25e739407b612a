"""A lesson as it stands on paper for the learner."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import starmap

from markupsafe import Markup

from ...programme import urls
from ...programme.course_figures import lesson_minutes
from ...programme.model.course import Course, Lesson
from ...programme.model.programme import Programme
from ...programme.model.question import Bank, Question
from ...programme.model.scenario import placed_scenarios
from ..citations import CITED, spelled_where_leaned_on
from ..markdown_text import Notes, Prose
from ..page_address import full_address, short_address
from ..templates import render
from .answers import AnswerOnPaper, printed_answer, self_checks, short_reason
from .context import LessonOnPaper, offered_contacts, places_to_go
from .numbered_scenario import scenario_on_paper


def lessons_on_paper(
    programme: Programme, prose: Prose, site_url: str, *, is_alone: bool = False
) -> dict[str, LessonOnPaper]:
    """Returns every lesson that a course has, by id.

    One that `is_alone`, on a sheet of its own, cites in words, and names the scenarios that the handbook has.
    """
    return {
        lesson.id: _lesson_on_paper(programme, prose, site_url, lesson, is_alone)
        for lesson in programme.lessons.values()
        if programme.courses_with(lesson)
    }


def first_course(programme: Programme, lesson: Lesson) -> Course:
    """Returns the lesson's own course, else the first of those that use it."""
    courses = programme.courses_with(lesson)
    return next((course for course in courses if course.id == lesson.home), courses[0])


def _lesson_on_paper(
    programme: Programme, prose: Prose, site_url: str, lesson: Lesson, is_alone: bool
) -> LessonOnPaper:
    notes = Notes(in_words=is_alone)
    course = first_course(programme, lesson)
    anchor = lesson.id.replace("/", "-")

    def inline(text: str, source: str = lesson.source) -> Markup:
        return _anchored(prose.print_inline(text, notes, source), anchor)

    def question(id: str, bank: Bank, question: Question) -> AnswerOnPaper:
        of_answer = replace(notes, contacts=[], terms=[])
        # In words a book's list names it too; a sheet of one lesson has a line for each law.
        in_list = Notes() if is_alone else of_answer
        reason = spelled_where_leaned_on(
            programme.register, short_reason(question), partial(prose.note_in_words, notes=in_list)
        )
        # The lesson beside it has the others; what is marked as former or unchecked stays.
        uncited = CITED.sub("", reason) if is_alone else reason
        why = _anchored(prose.print_inline(uncited, of_answer, bank.source), anchor)
        return printed_answer(id, question, partial(inline, source=bank.source), why)

    # Notes are numbered in the order of their first mention, so this is the order of reading.
    return LessonOnPaper(
        id=lesson.id,
        anchor=anchor,
        level=2,
        within=course.title,
        number=course.lesson_ids.index(lesson.id) + 1,
        count=len(course.lesson_ids),
        minutes=lesson.minutes,
        self_study=lesson_minutes(programme, lesson),
        title=lesson.title,
        summary=inline(lesson.summary),
        is_draft=lesson.review.is_draft,
        objectives=tuple(map(inline, lesson.stated_objectives(course))),
        is_measured=bool(lesson.own_objectives),
        body=_anchored(_body(programme, prose, lesson, notes), anchor),
        key_points=tuple(map(inline, lesson.key_points)),
        questions=tuple(starmap(question, self_checks(programme, lesson))),
        contacts=offered_contacts(programme, notes.contacts),
        places=places_to_go(programme, besides=notes.contacts),
        notes=tuple(notes.notes),
        tabled=tuple(notes.tabled),
        terms=tuple(notes.terms),
        names=tuple(notes.contacts),
        address=short_address(full_address(site_url, urls.lesson(lesson.id))),
    )


def _body(programme: Programme, prose: Prose, lesson: Lesson, notes: Notes) -> Markup:
    """Returns the body's HTML, each scenario in numbered paragraphs where it was placed."""
    parts, end = [], 0
    for line in placed_scenarios(lesson.body):
        parts.append(prose.print_html(lesson.body[end : line.start], notes, lesson.source))
        scenario = programme.scenarios.get(line.id)
        if scenario and notes.in_words:
            parts.append(Markup(render("paper/scenario-elsewhere.html.j2", scenario=scenario)))
        elif scenario:
            print_html = partial(prose.print_html, notes=notes, source=scenario.source)
            picture = programme.pictures.get(scenario.picture or "")
            parts.append(scenario_on_paper(scenario, print_html, picture))
        end = line.end
    return Markup("\n").join((*parts, prose.print_html(lesson.body[end:], notes, lesson.source)))


def _anchored(html: Markup, anchor: str) -> Markup:
    """Returns HTML whose note links belong to this lesson, since one sheet may hold several lessons."""
    return Markup(str(html).replace('href="#note-', f'href="#{anchor}-note-'))
