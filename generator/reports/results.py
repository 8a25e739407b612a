"""Section II: what was done, by the plan's groups of tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ..programme.model.plan import TaskGroup, TaskPart
from ..records.people import Roster
from ..targets import Communication, Measured, Training
from .blocks import Block, Heading, Paragraph
from .matter import Matter
from .targets import assumptions_note, how_often, missing_words
from .wording import filled, word, wording

Told = defaultdict[str, list[str]]


def results(matter: Matter, refer: Mapping[str, str]) -> tuple[Block, ...]:
    """Under each part of each group what the records know, then a blank for the rest."""
    words = wording("report")["results"]
    groups = matter.programme.charter.plan.tasks
    told = _told(matter, refer, words)
    blocks = [block for at, group in enumerate(groups, 1) for block in _group(at, group, told, words)]
    left = [text for texts in told.values() for text in texts]
    if left:
        blocks.append(Heading(text=f"{len(groups) + 1}. {words['others']}", level=2))
        blocks.extend(Paragraph(text=text) for text in left)
    return tuple(blocks)


def _group(at: int, group: TaskGroup, told: Told, words: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(text=f"{at}. {group.title}", level=2)
    for number, part in enumerate(group.parts, 1):
        yield from _part(f"{at}.{number}. {part.title}", part, told, words)


def _part(title: str, part: TaskPart, told: Told, words: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(text=title, level=3)
    for text in told.pop(part.point, []):
        yield Paragraph(text=text)
    yield Paragraph(text=words["blank"])


def _told(matter: Matter, refer: Mapping[str, str], words: Mapping[str, Any]) -> Told:
    """The sentences by task point."""
    found: Told = defaultdict(list)
    under = words["under"]
    see = _see(refer, "communes", words)
    found[under["communication"]].extend(_communication(matter, see, words["communication"]))
    found[under["training"]].extend(_classes(matter, words["training"]))
    for one in matter.measured.values():
        if matter.figures.scope and one.missing == "no-activity":
            continue  # said above of the one unit; there is nothing out of which to fill in a share
        assumptions = assumptions_note(one)
        said = _sentence(matter, one, words)
        found[under[one.target.measure]].append(f"{said} {assumptions}." if assumptions else said)
    found[under["plans"]].extend(_plans(matter, refer, words))
    return found


def _plans(matter: Matter, refer: Mapping[str, str], words: Mapping[str, str]) -> Iterator[str]:
    """The documents that are known one by one: a unit's own by their numbers."""
    if matter.figures.scope:
        for row in matter.rows:
            if row.id.startswith("plans.unit."):
                yield filled(words["own-plan"], document=row.words)
    elif "plans.issued" in matter.by_id:
        communes = matter.by_id["plans.communes"].shown.lower()
        see = _see(refer, "plans", words)
        yield filled(words["issued"], count=matter.number("plans.issued"), communes=communes, see=see)


def _see(refer: Mapping[str, str], kind: str, words: Mapping[str, str]) -> str:
    return filled(words["see"], appendix=refer[kind]) if kind in refer else ""


# --- what happened ----------------------------------------------------------------------------


def _communication(matter: Matter, see: str, words: Mapping[str, str]) -> Iterator[str]:
    if not matter.number("communication.activities"):
        yield words["none"]
        return
    names = ("activities", "attendances", "commune-activities", "commune-attendances")
    counts = {name.replace("-", "_"): matter.number(f"communication.{name}") for name in names}
    active = matter.by_id["communication.active-communes"].shown
    here = "some" if counts["commune_activities"] else "elsewhere"
    yield filled(words["own" if matter.figures.scope else here], active=active, see=see, **counts)


def _classes(matter: Matter, words: Mapping[str, str]) -> Iterator[str]:
    sessions, nameless = matter.number("training.sessions"), matter.number("training.anonymous-sessions")
    if not sessions:
        yield words["none"]
        return
    aside = {"sessions": nameless, "attendances": matter.number("training.anonymous-attendances")}
    yield filled(
        words["some"],
        sessions=sessions,
        attendances=matter.number("training.attendances"),
        nameless=filled(words["nameless"], **aside) if nameless else "",
    )


# --- where the targets stand ------------------------------------------------------------------


def _sentence(matter: Matter, one: Measured, words: Mapping[str, Any]) -> str:
    row = matter.by_id[f"target.{one.id}"]
    values: dict[str, Any] = {
        "title": one.target.title,
        "goal": one.target.share,
        "year": str(one.target.year),
        "counted": row.counted,
        "source": row.source,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "share": row.percent,
    }
    if isinstance(one, Training):
        return _training(matter, one, words["training"], values)
    if one.missing == "none-arose":
        return filled(words["none"], **values)
    if one.share is None:
        return filled(words["unknown"], **values)
    if isinstance(one, Communication):
        return _regular(matter, one, words["communication"], values)
    return filled(words["counted" if row.is_count else "known"], **values)


def _regular(matter: Matter, one: Communication, words: Mapping[str, str], values: Mapping[str, Any]) -> str:
    own = matter.by_id.get(f"communication.unit.{matter.figures.scope}.regular")
    said = "regular" if one.is_settled else "often"
    if own:
        return filled(words[f"own-{said}"], said=own.words.lower(), often=how_often(one.regular))
    return filled(words[said], **values, often=how_often(one.regular))


def _training(matter: Matter, one: Training, words: Mapping[str, str], values: Mapping[str, Any]) -> str:
    if one.roster is None or one.share is None:
        reason = missing_words(one, matter.figures)
        return filled(words["unknown"], **values, reason=reason[:1].lower() + reason[1:])
    evidence = "; ".join(
        word("notes", "evidence", said=word("recorded", letter), count=one.evidence[letter])
        for letter in matter.letters
        if one.evidence[letter]
    )
    return filled(
        words["share" if one.is_recorded else "unrecorded"],
        **values,
        until=matter.until,
        as_of=one.roster.as_of,
        decision=one.roster.decision_ref,
        frozen=_frozen(one, one.roster, words),
        evidence=evidence,
    )


def _frozen(one: Training, roster: Roster, words: Mapping[str, str]) -> str:
    """Says when the roster was frozen, and which one it stands in for."""
    frozen = filled(words["frozen-late" if one.is_late else "frozen"], day=roster.frozen_on)
    return frozen + (filled(words["instead"], number=roster.instead_of) if roster.instead_of else "")
