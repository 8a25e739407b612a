"""Branching scenarios: scenes, what one chooses in them, what happens next, and a calm end.

The first scene that an author writes is where it begins. A lesson places a scenario by a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from .pointer import MANY, visible
from .values import NOTHING, Flag, FrozenMap, MarkdownText, ShownDocument, Slug, Text, Value

#: A line that means to place a scenario, however it is set in; and one that does.
MEANT_SCENARIO = re.compile(
    r"^[ \t]*(?P<line>[!?]{1,6}\+?[ \t]*scenario(?![\w-])[^\n]*?)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
PLACED_SCENARIO = re.compile(
    r"^[!?]{1,6}\+?[ \t]*scenario[ \t:]+[\"'“”]?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)[\"'“”]?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
#: More scenes are not kept in mind, more choices not seen at once on a telephone.
MOST_SCENES, MOST_CHOICES = 9, 4


class SceneChoice(Value):
    """Something that may be done in a scene, what happens then, and the scene that follows.

    The text is tapped to be chosen, so no pointer, which is a link, can stand in it.
    """

    text: Text
    consequence: MarkdownText
    why: MarkdownText | None = None
    next: Slug


class Scene(Value):
    """A scene: what somebody sees and has to decide; one that is an `end` has nothing left to choose."""

    when: Text | None = None
    title: Text
    text: MarkdownText
    question: Text | None = None
    choices: tuple[SceneChoice, ...] = ()
    end: Flag = False


class Way(NamedTuple):
    """A way into a scene: the choice of another scene, by its index."""

    scene: str
    choice: int


class Step(NamedTuple):
    """A scene on a path, and what is chosen there; nothing in the last one."""

    scene: Scene
    chosen: SceneChoice | None


class Scenario(ShownDocument):
    title: Text
    picture: Slug | None = None
    trainer_notes: MarkdownText | None = None
    scenes: FrozenMap[Slug, Scene] = NOTHING

    @property
    def first(self) -> str:
        return next(iter(self.scenes), "")

    @cached_property
    def first_ways(self) -> Mapping[str, Way]:
        """The shortest way into each scene that can be reached, but for the first one, which has none."""
        ways: dict[str, Way] = {}
        waiting = [self.first] if self.scenes else []
        for id in waiting:
            for index, choice in enumerate(self.scenes[id].choices):
                if choice.next in self.scenes and choice.next not in (*ways, self.first):
                    ways[choice.next] = Way(id, index)
                    waiting.append(choice.next)
        return ways

    def path_to(self, id: str) -> tuple[str, ...]:
        """Returns the scenes of the shortest path to one that can be reached, itself the last."""
        way = self.first_ways.get(id)
        return (*(self.path_to(way.scene) if way else ()), id)

    @property
    def texts_shown(self) -> Iterator[str]:
        """Yields all that a learner may come to read; what is for the trainer stays out."""
        yield self.title
        yield from (text for path, text in self.texts if path[0] == "scenes")

    @property
    def calm_paths(self) -> Iterator[tuple[Step, ...]]:
        """Yields each path to an end that comes to no scene twice; choices that lead alike are one.

        A scenario of too many scenes, which is a finding, has none: there could be millions.
        """
        if 0 < len(self.scenes) <= MOST_SCENES:
            yield from self._paths_from(self.first, ())

    def _paths_from(self, id: str, before: tuple[str, ...]) -> Iterator[tuple[Step, ...]]:
        scene = self.scenes[id]
        if scene.end:
            yield (Step(scene, None),)
        longest = sorted(scene.choices, key=lambda choice: len(choice.consequence) + len(choice.why or ""))
        for next, choice in {choice.next: choice for choice in longest}.items():
            if next in self.scenes and next not in (*before, id):
                for rest in self._paths_from(next, (*before, id)):
                    yield (Step(scene, choice), *rest)


class Placed(NamedTuple):
    """A scenario placed in a text: its id and where that stands, and where its line begins and ends."""

    id: str
    id_start: int
    start: int
    end: int


class ScenarioLine(NamedTuple):
    """A line that means to place a scenario: where it begins, and whether it names one by its id."""

    start: int
    written: str
    has_id: bool


@lru_cache(maxsize=MANY)
def placed_scenarios(body: str) -> tuple[Placed, ...]:
    """Returns the scenarios that a body places, in order; what stands in code or in a comment places none."""
    if "scenario" not in body.lower():
        return ()
    lines = PLACED_SCENARIO.finditer(visible(body))
    return tuple(Placed(line["id"], line.start("id"), line.start(), line.end()) for line in lines)


def scenario_lines(text: str) -> Iterator[ScenarioLine]:
    """Yields the lines of a text that mean to place a scenario, also within blocks and lists."""
    for line in MEANT_SCENARIO.finditer(visible(text)):
        has_id = PLACED_SCENARIO.fullmatch(line["line"]) is not None
        yield ScenarioLine(line.start("line"), line["line"], has_id)
