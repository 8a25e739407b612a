"""A lesson's body with its branching scenarios: scenes folded one within the other, for want of scripts."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ...programme.model.course import Lesson
from ...programme.model.question_parts import LETTERS
from ...programme.model.scenario import Scenario, Scene, Way, placed_scenarios
from ..templates import one_block, render
from .context import SiteContext


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


def body_with_scenarios(context: SiteContext, lesson: Lesson, page: str) -> str:
    """Returns the Markdown of a lesson's body, each scenario a block of HTML where it was placed."""
    parts, end = [], 0
    job_aids = context.job_aids(context.programme.flows_in(lesson), page)

    def markdown(text: str) -> str:
        return context.prose.page_markdown(text, page, lesson.source, job_aids)

    for line in placed_scenarios(lesson.body):
        parts.append(markdown(lesson.body[end : line.start]))
        if line.id in context.programme.scenarios:
            parts.append(_drawn(context, context.programme.scenarios[line.id], page))
        end = line.end
    parts.append(markdown(lesson.body[end:]))
    return "\n\n".join(parts)


def _drawn(context: SiteContext, scenario: Scenario, page: str) -> str:
    drawn = render(
        "site/scenario.html.j2",
        scenario=scenario,
        picture=context.picture(scenario.picture, page),
        anchor=f"tinh-huong-{scenario.id}",
        first=_scene(context, scenario, page, (scenario.first,)) if scenario.scenes else None,
    )
    return one_block(drawn)


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
