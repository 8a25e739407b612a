"""Checks of flows: every way leads on or ends in words, texts fit their boxes, lessons place those there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..model.flow import MOST_STEPS, Density, Flow, FlowBranch, FlowStep, flow_places
from ..model.pointer import Pointer, expand_pointers
from ..model.programme import Programme
from ..problems import Path, Problem, nearest_name, place_of, unknown_name
from ..typeface import count_lines
from .passages import Passage

FEWEST_STEPS = 2


def check_flows(programme: Programme, _: Iterable[Passage]) -> Iterator[Problem]:
    placed = _placed(programme)
    is_written = all(lesson.body.strip() for lesson in programme.lessons.values())
    for flow in programme.flows.values():
        yield from _steps(flow)
        yield from _calls(programme, flow)
        yield from _texts(programme, flow)
        if is_written and flow.id not in placed:
            yield Problem(code="flow-nowhere", place=place_of(flow), values={"id": flow.id}, about="lesson")


def _placed(programme: Programme) -> frozenset[str]:
    """Returns the flows that lessons show; a mistyped id counts as the flow that was meant."""
    lessons = programme.lessons.values()
    ids = {id for lesson in lessons for place in flow_places(lesson.body) for id, _ in place.ids}
    return frozenset(id if id in programme.flows else nearest_name(id, programme.flows) for id in ids)


def _steps(flow: Flow) -> Iterator[Problem]:
    count = len(flow.steps)
    if not FEWEST_STEPS <= count <= MOST_STEPS:
        values = {"count": str(count), "least": str(FEWEST_STEPS), "most": str(MOST_STEPS)}
        code = "too-many-steps" if count > MOST_STEPS else "too-few-steps"
        yield Problem(code=code, place=replace(place_of(flow, "steps"), at_key=True), values=values)
    for id, step in flow.steps.items():
        if len(step.branches) == 1:
            yield _half_question(flow, id, step)
        for answer, branch in step.branches.items():
            yield from _branch(flow, id, answer, branch)
        if step.if_yes and step.if_yes == step.if_no:
            place = replace(place_of(flow, "steps", id, "if_no"), at_key=True)
            yield Problem(code="same-branches", place=place, values={"id": id})
    yield from _unreached(flow)


def _half_question(flow: Flow, id: str, step: FlowStep) -> Problem:
    (answer,) = step.branches
    missing = "if_no" if answer == "if_yes" else "if_yes"
    place = replace(place_of(flow, "steps", id, answer), at_key=True)
    return Problem(code="half-question", place=place, values={"id": id, "there": answer, "missing": missing})


def _branch(flow: Flow, id: str, answer: str, branch: FlowBranch) -> Iterator[Problem]:
    values = {"id": id, "answer": answer}
    if branch.then is None:
        if not branch.has_words:
            place = replace(place_of(flow, "steps", id, answer), at_key=True)
            yield Problem(code="dead-branch", place=place, values=values)
    elif branch.then not in flow.steps:
        yield unknown_name("step", place_of(flow, "steps", id, answer, "then"), branch.then, flow.steps)
    elif flow.number(branch.then) <= flow.number(id):
        place = place_of(flow, "steps", id, answer, "then")
        yield Problem(code="branch-in-circle", place=place, values={**values, "then": branch.then})


def _unreached(flow: Flow) -> Iterator[Problem]:
    """Yields steps that no step before leads to; what one wrong branch would lead to is left alone."""
    ids = list(flow.steps)
    is_sound = all(
        branch.then is None or branch.then in flow.steps
        for step in flow.steps.values()
        for branch in step.branches.values()
    )
    reached = set(ids[:1])
    for id, following in zip(ids, [*ids[1:], None], strict=True):
        branches = flow.steps[id].branches
        if id in reached:
            reached.update(branch.then for branch in branches.values() if branch.then)
            reached.update([following] if following and len(branches) < 2 else [])
        elif is_sound:
            place = replace(place_of(flow, "steps", id), at_key=True)
            yield Problem(code="unreached-step", place=place, values={"id": id})


def _calls(programme: Programme, flow: Flow) -> Iterator[Problem]:
    known, review = programme.contacts.contacts, programme.flow_review(flow)
    for path, calls in flow.named_calls:
        for id in calls:
            place = replace(place_of(flow, *path, id), at_key=True)
            contact = known.get(id)
            if contact is None:
                yield unknown_name("contact", place, id, known)
            elif not contact.publish:
                yield Problem(code="contact-not-publishable", place=place, values={"id": id})
            elif not review.is_draft and not contact.is_ready:
                values = {"id": id, "condition": contact.condition or ""}
                yield Problem(code="contact-not-ready", place=place, values=values)
    if not flow.all_calls:
        yield Problem(code="flow-without-calls", place=place_of(flow), values={"id": flow.id})


# --- what fits on the job aid -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BoxSizes:
    """The type and the boxes of a job aid: sizes in points, widths in mm, lines of title and text together.

    `paper/job-aid.css` has the same numbers, under the same names.
    """

    title: float
    text: float
    lines: int
    exit_lines: int


BOXES: Mapping[Density, BoxSizes] = {
    "few": BoxSizes(title=19, text=13, lines=4, exit_lines=6),
    "some": BoxSizes(title=16, text=11.5, lines=3, exit_lines=5),
    "many": BoxSizes(title=13.5, text=10.5, lines=3, exit_lines=5),
}
#: Widths of the text of a step beside a panel and of one beside nothing, of a question in its frame, and of a
#: box beside it.
STEP_WIDTH, WIDE_STEP_WIDTH, QUESTION_WIDTH, EXIT_WIDTH = 95.0, 168.0, 77.0, 61.0
EXIT_TITLE, EXIT_TEXT = 11.5, 10.0


def _texts(programme: Programme, flow: Flow) -> Iterator[Problem]:
    """Yields each text that needs more lines than its box on the job aid has."""
    sizes = BOXES[flow.density]
    for id, step in flow.steps.items():
        wide = STEP_WIDTH if flow.panel else WIDE_STEP_WIDTH
        width = QUESTION_WIDTH if step.branches else wide
        lines = _lines(programme, step.title, "Bold", sizes.title, width)
        lines += _lines(programme, step.text, "Regular", sizes.text, width)
        yield from _overlong(flow, ("steps", id), "text" if step.text else "title", lines, sizes.lines)
        for answer, branch in step.branches.items():
            if (id, answer) == flow.panel:
                continue  # As large as the page allows; printing tells whether it does.
            lines = _lines(programme, branch.title, "Bold", EXIT_TITLE, EXIT_WIDTH)
            lines += _lines(programme, branch.text, "Regular", EXIT_TEXT, EXIT_WIDTH)
            lines += sum(
                _lines(programme, f"{_number(programme, contact)} {words}", "SemiBold", EXIT_TEXT, EXIT_WIDTH)
                for contact, words in branch.calls.items()
            )
            key = "text" if branch.text else "title" if branch.title else "calls"
            yield from _overlong(flow, ("steps", id, answer), key, lines, sizes.exit_lines)


def _overlong(flow: Flow, path: Path, key: str, lines: int, most: int) -> Iterator[Problem]:
    if lines > most:
        values = {"lines": str(lines), "most": str(most)}
        yield Problem(code="text-outgrows-box", place=place_of(flow, *path, key), values=values)


def _lines(programme: Programme, text: str | None, face: str, points: float, width: float) -> int:
    def words(pointer: Pointer) -> str:
        # On paper a citation is the number of a note.
        if pointer.kind == "reference":
            return ""
        contact = programme.contacts.contacts.get(pointer.id)
        term = programme.terms.glossary.get(pointer.id)
        return pointer.words or (contact.short if contact else term.term if term else pointer.id)

    paragraphs = expand_pointers(programme.in_words(text or ""), words).replace("**", "").split("\n")
    return sum(
        count_lines(" ".join(paragraph.split()), face=face, points=points, width=width)
        for paragraph in paragraphs
        if paragraph.strip()
    )


def _number(programme: Programme, id: str) -> str:
    contact = programme.contacts.contacts.get(id)
    return contact.shown if contact else id


# --- where lessons place them -------------------------------------------------------------------


def check_flow_places(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        seen: set[str] = set()
        for placed in flow_places(passage.text) if passage.is_markdown else ():
            place = passage.at(placed.start, placed.line)
            if passage.kind != "Lesson" or not passage.is_body:
                yield Problem(code="flow-outside-lesson", place=place)
            elif placed.is_set_in:
                yield Problem(code="flow-set-in", place=place)
            elif not placed.id:
                yield Problem(code="flow-unnamed", place=place, values={"found": placed.line})
            elif placed.id not in programme.flows:
                place = passage.at(placed.ids[0].start, placed.id)
                yield unknown_name("flow", place, placed.id, programme.flows)
            elif placed.id in seen:
                yield Problem(code="flow-twice", place=place, values={"id": placed.id})
            seen.add(placed.id)
