"""A branching scenario on paper: numbered paragraphs, of which a choice names the one to read next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from ...programme.model.campaign import Picture
from ...programme.model.question_parts import LETTERS
from ...programme.model.scenario import Scenario, Scene, Way
from ..templates import render
from ..text.shown_blocks import ON_PAPER


class Beginning(NamedTuple):
    """The beginning of a paragraph: a choice that was made, the scene told in it, or both."""

    way: Way | None
    scene: str | None


@dataclass(frozen=True, kw_only=True)
class NumberedChoice:
    letter: str
    text: str
    number: int


@dataclass(frozen=True, kw_only=True)
class NumberedParagraph:
    """A paragraph: what follows from a choice, a scene, or both; then choices, `goes_to` or the end."""

    number: int
    letter: str
    chosen: str
    consequence: Markup
    why: Markup
    scene: Scene | None
    text: Markup
    choices: tuple[NumberedChoice, ...]
    goes_to: int | None
    is_back: bool
    """True where it goes to a scene that was told on the way to the choice."""


def scenario_on_paper(
    scenario: Scenario,
    print_html: Callable[[str | None], Markup],
    picture: Picture | None,
    level: int,
) -> str:
    """Returns the HTML of a scenario, headed at `level`; its texts are made in the order of reading."""
    order = beginnings(scenario)
    paragraphs = [_paragraph(scenario, order, number, print_html) for number in range(1, len(order) + 1)]
    return render(
        "paper/scenario.html.j2",
        scenario=scenario,
        picture=picture,
        on_paper=ON_PAPER,
        paragraphs=paragraphs,
        level=level,
    )


def beginnings(scenario: Scenario) -> tuple[Beginning, ...]:
    """Returns what begins each paragraph, in their order.

    A scene with one way into it, besides those from itself, is told in the paragraph of that choice.
    """
    ways_in = Counter(
        choice.next for id, scene in scenario.scenes.items() for choice in scene.choices if choice.next != id
    )
    order = [Beginning(None, scenario.first)] if scenario.scenes else []
    for _, scene in order:
        for index, choice in enumerate(scenario.scenes[scene].choices if scene else ()):
            way = Way(scene or "", index)
            is_alone = ways_in[choice.next] == 1 and scenario.first_ways.get(choice.next) == way
            order.append(Beginning(way, choice.next if is_alone else None))
            if choice.next in scenario.scenes and choice.next not in {scene for _, scene in order}:
                order.append(Beginning(None, choice.next))
    return tuple(order)


def _paragraph(
    scenario: Scenario,
    order: tuple[Beginning, ...],
    number: int,
    print_html: Callable[[str | None], Markup],
) -> NumberedParagraph:
    way, scene_id = order[number - 1]
    made = scenario.scenes[way.scene].choices[way.choice] if way else None
    scene = scenario.scenes[scene_id] if scene_id else None
    by_way = {begun.way: place for place, begun in enumerate(order, 1)}
    by_scene = {begun.scene: place for place, begun in enumerate(order, 1)}
    return NumberedParagraph(
        number=number,
        letter=LETTERS[way.choice] if way else "",
        chosen=made.text if made else "",
        consequence=print_html(made.consequence if made else None),
        why=print_html(made.why if made else None),
        scene=scene,
        text=print_html(scene.text if scene else None),
        choices=tuple(
            NumberedChoice(letter=LETTERS[index], text=choice.text, number=by_way[Way(scene_id or "", index)])
            for index, choice in enumerate(scene.choices if scene else ())
        ),
        goes_to=by_scene.get(made.next) if made and not scene else None,
        is_back=bool(way and made and made.next in scenario.path_to(way.scene)),
    )
