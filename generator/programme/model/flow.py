"""Flows: steps and questions in order, drawn within lessons and printed alone as a job aid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from .pointer import BLOCK_OPENING, MANY, ShownId, shown_ids, visible
from .values import NOTHING, Flag, FrozenMap, MarkdownText, ShownDocument, Slug, Text, Value

NAME = "flow"
#: What somebody at work still takes in at a glance.
MOST_STEPS = 9
#: Job aids come in three sizes of type, by how much is on them.
Density = Literal["few", "some", "many"]
MOST_FEW, MOST_SOME = 6, 8


class FlowBranch(Value):
    """An answer's way: the words in its box, whom to call, and the step where it goes on, else it ends."""

    title: Text | None = None
    text: MarkdownText | None = None
    # Words by contact: when to call it.
    calls: FrozenMap[Slug, Text] = NOTHING
    then: Slug | None = None

    @property
    def has_words(self) -> bool:
        return bool(self.title or self.text or self.calls)


class FlowStep(Value):
    """A step, which goes on to the next; a question goes where its branches `if_yes` and `if_no` lead."""

    title: Text
    text: MarkdownText | None = None
    # Not `yes` and `no`, which YAML 1.1 takes for flags.
    if_yes: FlowBranch | None = None
    if_no: FlowBranch | None = None

    @property
    def branches(self) -> Mapping[str, FlowBranch]:
        """The branches that are written, by their answer."""
        return {
            answer: branch for answer, branch in (("if_yes", self.if_yes), ("if_no", self.if_no)) if branch
        }


class Flow(ShownDocument):
    """A flow. It has no review: it is approved with the lessons that show it."""

    title: Text
    # What stands under the title of the job aid, and under the drawing in a lesson.
    lead: Text | None = None
    caption: MarkdownText | None = None
    steps: FrozenMap[Slug, FlowStep]
    # Further numbers of the job aid, besides those that branches name.
    calls: FrozenMap[Slug, Text] = NOTHING
    say: tuple[Text, ...] = ()
    avoid: tuple[Text, ...] = ()
    # What is filled in by hand: local numbers, names of those on duty.
    by_hand: tuple[Text, ...] = ()
    # Its job aid has the strip of the first hours; a lesson that shows it has the block.
    first_hours: Flag = False
    picture: Slug | None = None

    @property
    def subject(self) -> str:
        """The subject of its job aid among the downloads; no lesson or course has such an id."""
        return f"flow:{self.id}"

    @property
    def named_calls(self) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
        """The contacts of each branch in the order of the steps, then the further ones, with their keys."""
        for id, step in self.steps.items():
            for answer, branch in step.branches.items():
                yield ("steps", id, answer, "calls"), branch.calls
        yield ("calls",), self.calls

    @property
    def all_calls(self) -> Mapping[str, str]:
        """When to call each contact, in the order of the steps; the first words of each count."""
        calls: dict[str, str] = {}
        for _, named in self.named_calls:
            calls |= {id: words for id, words in named.items() if id not in calls}
        return calls

    @property
    def running_texts(self) -> Iterator[str]:
        """The words that a reader of the drawing reads, one after another."""
        for step in self.steps.values():
            yield from filter(None, (step.title, step.text))
            for branch in step.branches.values():
                yield from filter(None, (branch.title, branch.text, *branch.calls.values()))
        if self.caption:
            yield self.caption

    @property
    def exits(self) -> tuple[tuple[str, str], ...]:
        """The branches that are boxes beside their question, each by step and answer.

        One without words that goes on to the next step is only the line down.
        """
        following = dict(pairwise(self.steps))
        return tuple(
            (id, answer)
            for id, step in self.steps.items()
            for answer, branch in step.branches.items()
            if branch.has_words or branch.then != following.get(id)
        )

    @property
    def density(self) -> Density:
        """How much a page of it holds: questions need more room than steps, those with two boxes most."""
        rooms = len(self.steps) + sum(len(step.branches) > 0 for step in self.steps.values())
        rooms += sum([id for id, _ in self.exits].count(id) > 1 for id in self.steps)
        return "few" if rooms <= MOST_FEW else "some" if rooms <= MOST_SOME else "many"

    @property
    def panel(self) -> tuple[str, str] | None:
        """The only box, where it says whom to call: on the job aid its numbers stand beside all steps."""
        (id, answer), is_only = next(iter(self.exits), ("", "")), len(self.exits) == 1
        return (id, answer) if is_only and self.steps[id].branches[answer].calls else None

    def number(self, id: str) -> int:
        """Returns the number of a step, counted from 1; 0 where there is no such step."""
        return list(self.steps).index(id) + 1 if id in self.steps else 0


@dataclass(frozen=True, kw_only=True)
class FlowPlace:
    """A line of a body that places a flow: where it begins, the ids in it, and whether it is set in."""

    start: int
    line: str
    ids: tuple[ShownId, ...]
    is_set_in: bool

    @property
    def id(self) -> str:
        """The id of the flow; "" where the line names none, or several things."""
        return self.ids[0].id if len(self.ids) == 1 else ""


@lru_cache(maxsize=MANY)
def flow_places(body: str) -> tuple[FlowPlace, ...]:
    """Returns the places of a body; what stands in code or in a comment places none."""
    if NAME not in body.lower():
        return ()
    blocks = BLOCK_OPENING.finditer(visible(body))
    return tuple(_place(block) for block in blocks if block["name"].lower() == NAME)


def _place(block: re.Match[str]) -> FlowPlace:
    behind = block.start("rest")
    return FlowPlace(
        start=block.start("line"),
        line=block["line"].rstrip(),
        ids=tuple(ShownId(id, behind + start) for id, start in shown_ids(block["rest"])),
        is_set_in=bool(block["indent"]),
    )
