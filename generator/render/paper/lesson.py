"""A lesson as it stands on paper for the learner."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import starmap
from xml.etree.ElementTree import Element

from markupsafe import Markup

from ...programme import urls
from ...programme.course_figures import lesson_minutes
from ...programme.model.course import Course, Lesson
from ...programme.model.programme import Programme
from ...programme.model.question import Bank, Question
from ...programme.model.scenario import placed_scenarios
from ..page_address import full_address, short_address
from ..templates import render
from ..text.citations import CITED, spelled_where_leaned_on
from ..text.paper import Notes, PaperText
from ..text.prose import Prose
from ..text.tree import HEADINGS, HTML, made
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
    anchor = lesson.id.replace("/", "-")
    notes = Notes(in_words=is_alone, anchor=f"{anchor}-")
    course = first_course(programme, lesson)

    def inline(text: str, source: str = lesson.source) -> Markup:
        return prose.print_inline(text, notes, source)

    def question(id: str, bank: Bank, question: Question) -> AnswerOnPaper:
        of_answer = replace(notes, contacts=[], terms=[])
        # In words a book's list names it too; a sheet of one lesson has a line for each law.
        in_list = Notes() if is_alone else of_answer
        reason = spelled_where_leaned_on(
            programme.register, short_reason(question), partial(prose.note_in_words, notes=in_list)
        )
        # The lesson beside it has the others; what is marked as former or unchecked stays.
        uncited = CITED.sub("", reason) if is_alone else reason
        why = prose.print_inline(uncited, of_answer, bank.source)
        return printed_answer(id, question, partial(inline, source=bank.source), why)

    # Notes are numbered in the order of their first mention, so this is the order of reading.
    return LessonOnPaper(
        id=lesson.id,
        anchor=anchor,
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
        text=_text(programme, prose, lesson, notes),
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


def _text(programme: Programme, prose: Prose, lesson: Lesson, notes: Notes) -> Element:
    """Returns the tree of the body, each scenario in numbered paragraphs where it was placed.

    In a handbook its headings are a level lower than on a sheet of its own.
    """
    root, end, level = Element("div"), 0, 2 if notes.in_words else 3
    writer = PaperText(programme, notes, lesson.source)
    for line in placed_scenarios(lesson.body):
        root.extend(writer.tree(lesson.body[end : line.start]))
        scenario = programme.scenarios.get(line.id)
        if scenario and notes.in_words:
            drawn = render("paper/scenario-elsewhere.html.j2", scenario=scenario)
            root.append(made(HTML, [drawn]))
        elif scenario:
            print_html = partial(prose.print_html, notes=notes, source=scenario.source)
            picture = programme.pictures.get(scenario.picture or "")
            root.append(made(HTML, [scenario_on_paper(scenario, print_html, picture, level)]))
        end = line.end
    root.extend(writer.tree(lesson.body[end:]))
    for heading in root.iter() if level > 2 else ():
        if heading.tag in HEADINGS:
            heading.tag = f"h{int(heading.tag[1]) + 1}"
    _part_discussions(root)
    return root


def _part_discussions(root: Element) -> None:
    """Sets what there is to say about a case behind it, not in its box."""
    for case in [child for child in root if child.get("class", "").startswith("admonition case")]:
        if len(case) and case[-1].tag == "details":
            discussion = case[-1]
            case.remove(discussion)
            root.insert(list(root).index(case) + 1, discussion)
