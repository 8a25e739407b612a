"""A lesson's text with its branching scenarios: scenes folded one within the other, for want of scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from ...programme.model.course import Lesson
from ...programme.model.flow import flow_places
from ...programme.model.question_parts import LETTERS
from ...programme.model.scenario import Scenario, Scene, Way, placed_scenarios
from ..templates import render
from ..text.citations import NumberedCitations
from ..text.outline import Outline
from ..text.site import SiteText
from .context import SiteContext

_FIRST_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class ShownScene:
    """A scene with its texts as HTML; `written` is the author's."""

    id: str
    written: Scene
    text: Markup
    choices: tuple[ShownChoice, ...]


@dataclass(frozen=True, kw_only=True)
class ShownChoice:
    """A choice and what follows; the next `scene` stands here where this is the first way to it."""

    letter: str
    text: str
    consequence: Markup
    why: Markup
    next: str
    scene: ShownScene | None
    is_back: bool
    """True where it leads to its own scene, or to one that was read on the way to it."""


@dataclass(frozen=True, kw_only=True)
class LessonText:
    """A lesson's text as HTML: the story that it opens with, then its body."""

    scene: Markup
    body: Markup
    numbered: NumberedCitations
    called: frozenset[str]
    """Ids of the contacts that it has buttons to call."""


def lesson_text(context: SiteContext, lesson: Lesson, page: str, outline: Outline) -> LessonText:
    """Returns the text with each scenario where it was placed, and its scene apart."""
    numbered, end = NumberedCitations(), _end_of_scene(lesson.body)
    job_aids = context.job_aids(context.programme.flows_in(lesson), page)
    writer = SiteText(context.programme, page, lesson.source, numbered, job_aids, outline)
    return LessonText(
        scene=writer.html(lesson.body[:end]),
        body=_with_scenarios(context, lesson, page, end, writer),
        numbered=numbered,
        called=frozenset(writer.called),
    )


def _end_of_scene(body: str) -> int:
    """Returns where the first heading begins, or before it what is drawn from a file of its own."""
    heading = _FIRST_HEADING.search(body)
    scenarios = (place.start for place in placed_scenarios(body))
    flows = (place.start for place in flow_places(body))
    return min((heading.start() if heading else 0, *scenarios, *flows))


def _with_scenarios(context: SiteContext, lesson: Lesson, page: str, start: int, writer: SiteText) -> Markup:
    parts, end = [], start
    for line in placed_scenarios(lesson.body):
        parts.append(writer.html(lesson.body[end : line.start]))
        if line.id in context.programme.scenarios:
            parts.append(_drawn(context, context.programme.scenarios[line.id], page))
        end = line.end
    parts.append(writer.html(lesson.body[end:]))
    return Markup("\n").join(parts)


def _drawn(context: SiteContext, scenario: Scenario, page: str) -> Markup:
    drawn = render(
        "site/scenario.html.j2",
        scenario=scenario,
        picture=context.picture(scenario.picture, page),
        anchor=f"tinh-huong-{scenario.id}",
        first=_scene(context, scenario, page, (scenario.first,)) if scenario.scenes else None,
    )
    return Markup(drawn)


def _scene(context: SiteContext, scenario: Scenario, page: str, path: tuple[str, ...]) -> ShownScene:
    """Returns the last scene of the path, with all scenes to which it is the first way."""
    id = path[-1]
    written = scenario.scenes[id]

    def html(text: str | None) -> Markup:
        return context.prose.html(text, page, scenario.source)

    choices = (
        ShownChoice(
            letter=LETTERS[index],
            text=choice.text,
            consequence=html(choice.consequence),
            why=html(choice.why),
            next=choice.next,
            scene=_scene(context, scenario, page, (*path, choice.next))
            if scenario.first_ways.get(choice.next) == Way(id, index)
            else None,
            is_back=choice.next in path,
        )
        for index, choice in enumerate(written.choices)
        if choice.next in scenario.scenes
    )
    return ShownScene(id=id, written=written, text=html(written.text), choices=tuple(choices))
