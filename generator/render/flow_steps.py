"""A flow as it is drawn: each step with its number, and for a question where its two answers lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ..programme.model.contact import Contact
from ..programme.model.flow import Flow, FlowBranch, FlowStep
from ..programme.model.programme import Programme


@dataclass(frozen=True, kw_only=True)
class DrawnCall:
    """A contact to call, when to, and its link, "" where it has none."""

    contact: Contact
    words: str
    address: str


@dataclass(frozen=True, kw_only=True)
class DrawnBranch:
    """An answer and what follows from it; `then` is the number of the step where it goes on, 0 at an end."""

    answer: str
    title: str
    text: Markup
    calls: tuple[DrawnCall, ...]
    then: int
    is_next: bool
    """True where it goes on to the step below."""

    @property
    def is_boxed(self) -> bool:
        """False where it is only the way down to the next step."""
        return bool(self.title or self.text or self.calls or not self.is_next)


@dataclass(frozen=True, kw_only=True)
class DrawnStep:
    """A step; `branches` are those of a question, yes before no."""

    id: str
    number: int
    title: str
    text: Markup
    branches: tuple[DrawnBranch, ...]
    is_last: bool

    @property
    def boxed(self) -> tuple[DrawnBranch, ...]:
        return tuple(branch for branch in self.branches if branch.is_boxed)

    @property
    def leads_down(self) -> bool:
        """True where the way goes on to the step below: by an answer without a box, or by every answer."""
        is_plain = any(not branch.is_boxed for branch in self.branches)
        return not self.is_last and (is_plain or all(branch.is_next for branch in self.branches))


@dataclass(frozen=True, kw_only=True)
class DrawnFlow:
    """A flow with its texts as HTML; `calls` are all that it names."""

    flow: Flow
    steps: tuple[DrawnStep, ...]
    caption: Markup
    calls: tuple[DrawnCall, ...]


def drawn_flow(
    programme: Programme,
    flow: Flow,
    inline: Callable[[str | None], Markup],
    address: Callable[[str], str] = lambda _: "",
) -> DrawnFlow:
    """Returns the flow with its texts made by `inline`; contacts that may not be published are left out."""

    def calls(named: Mapping[str, str]) -> tuple[DrawnCall, ...]:
        known = programme.contacts.contacts
        return tuple(
            DrawnCall(contact=known[id], words=words, address=address(id))
            for id, words in named.items()
            if id in known and known[id].publish
        )

    def branch(answer: str, written: FlowBranch, number: int) -> DrawnBranch:
        then = flow.number(written.then or "")
        return DrawnBranch(
            answer=answer,
            title=written.title or "",
            text=inline(written.text),
            calls=calls(written.calls),
            then=then,
            is_next=then == number + 1,
        )

    def step(number: int, id: str, written: FlowStep) -> DrawnStep:
        text = inline(written.text)
        return DrawnStep(
            id=id,
            number=number,
            title=written.title,
            text=text,
            branches=tuple(branch(answer, way, number) for answer, way in written.branches.items()),
            is_last=number == len(flow.steps),
        )

    # Notes are numbered in the order of their first mention, so this is the order of reading.
    steps = tuple(step(number, id, written) for number, (id, written) in enumerate(flow.steps.items(), 1))
    return DrawnFlow(flow=flow, steps=steps, caption=inline(flow.caption), calls=calls(flow.all_calls))
