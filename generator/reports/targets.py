"""The rows of targets: where each stands, how far it is, by unit and by half-year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..programme.model.plan import Regular
from ..records.people import Roster
from ..targets import Communication, Figures, Measured, Pace, ReportedFigures, RosterChange, Training
from .row import Row
from .wording import word


def rows(measured: Mapping[str, Measured], figures: Figures, names: Mapping[str, str]) -> Iterator[Row]:
    """`names` are the units' by id, in the order in which they are listed."""
    is_public = figures.scope is None
    for one in measured.values():
        yield _target(one, figures, is_public)
    for one in measured.values():
        yield from _progress(one, is_public)
        if isinstance(one, Training):
            yield from _roster(one, is_public)
            yield from _half_years(one, figures, is_public)
            yield from _units(one, names)


def _target(one: Measured, figures: Figures, is_public: bool) -> Row:
    given: dict[str, Any] = {"source": word("sources", "records", day=figures.taken_on)}
    if isinstance(one, Training):
        given |= {"evidence": one.evidence, "note": _roster_note(one)}
    if isinstance(one, Communication):
        given |= {"note": regular_note(one)}
    if isinstance(one, ReportedFigures):
        given |= _told(one)
    if assumptions := assumptions_note(one):
        given["note"] = _sentences(given.get("note", ""), assumptions)
    if one.share is not None:
        given |= {"numerator": one.share.numerator, "denominator": one.share.denominator}
    if one.missing and one.missing != "none-arose":
        given["note"] = _sentences(missing_words(one, figures), given.get("note", ""))
    return Row(
        id=f"target.{one.id}",
        group="targets",
        label=one.target.title,
        counted=_counted(one),
        goal=one.target.share,
        outcome=_outcome(one),
        is_count=one.share is not None and not one.percent,
        is_public=is_public,
        **given,
    )


def missing_words(one: Measured, figures: Figures) -> str:
    """Why there is no share; of a period that still runs, as of the day that the figures were taken."""
    missing = one.missing or "no-roster"
    is_early = missing == "no-roster" and not figures.has_ended(one.period)
    return word("missing", "no-roster-yet" if is_early else missing, taken=figures.taken_on)


def _told(one: ReportedFigures) -> dict[str, Any]:
    if one.figure is None:
        return {"source": ""}
    return {
        "numerator": one.figure.numerator,
        "denominator": one.figure.denominator,
        "source": word("sources", "office", source=one.figure.source),
        "note": word("notes", "issued") if one.issued else "",
    }


def _counted(one: Measured) -> str:
    return word("counted", one.target.measure)


def _outcome(one: Measured) -> str:
    if one.missing == "none-arose":
        return word("outcomes", "none")
    if one.share is None or one.share.exact is None:
        return word("outcomes", "missing")
    if isinstance(one, Training) and not one.is_recorded:
        return word("outcomes", "unrecorded")
    if not one.is_settled:
        return word("outcomes", "open")
    return word("outcomes", "reached" if one.is_reached else "short")


def _sentences(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def _roster_note(one: Training) -> str:
    """Which roster, whether it is invented, and what it does to the share."""
    if one.roster is None or one.share is None:
        return ""
    invented = word("notes", "synthetic") if one.is_synthetic else ""
    roster = _roster_words(one.roster, "roster-late" if one.is_late else "roster")
    number = one.roster.instead_of
    instead = word("notes", "roster-instead", number=number) if number else ""
    change = one.change if one.is_recorded else None
    return _sentences(invented, roster, instead, _change_note(change, one.share.denominator))


def _roster_words(roster: Roster, key: str = "roster") -> str:
    said = {"as_of": roster.as_of, "frozen": roster.frozen_on, "decision": roster.decision_ref}
    return word("notes", key, **said)


def _change_note(change: RosterChange | None, now: int) -> str:
    if change is None:
        return ""
    before = {"as_of": change.before.as_of, "before": change.share_before.denominator}
    size = "roster-smaller" if change.is_smaller else "roster-changed"
    moves = word(
        "notes",
        "roster-moves",
        left=change.left,
        untrained=change.left_untrained,
        joined=change.joined,
        share=change.share_before.text,
    )
    return f"{word('notes', size, now=now, **before)}: {moves}"


def regular_note(one: Communication) -> str:
    """Says what "regularly" means, once that is decided; until then what is counted."""
    return word("notes", "regular" if one.is_settled else "often", often=how_often(one.regular))


def how_often(regular: Regular) -> str:
    return word("often", regular.every, times=f"{regular.times:02}")


def assumptions_note(one: Measured) -> str:
    """Names who has yet to decide how it is counted, or the papers that say so; only beside a share."""
    if one.share is None:
        return ""
    waits = word("notes", "waits", who=", ".join(one.waits_for)) if one.waits_for else ""
    follows = (word("notes", "follows", document=paper.document, day=paper.issued) for paper in one.papers)
    return _sentences(waits, *follows)


# --- how far it is ----------------------------------------------------------------------------


def _progress(one: Measured, is_public: bool) -> Iterator[Row]:
    """Yields nothing where it is not settled how the target is counted."""
    if one.share is None or not one.is_settled:
        return
    common: dict[str, Any] = {"group": "progress", "is_public": is_public}
    title = one.target.title
    yield Row(
        id=f"target.{one.id}.gap",
        label=word("labels", "gap", title=title),
        counted=_counted(one),
        numerator=one.gap,
        **common,
    )
    if one.pace is not None:
        yield Row(
            id=f"target.{one.id}.needed",
            label=word("labels", "needed", title=title),
            counted=_counted(one),
            numerator=one.pace.needed,
            words="" if one.pace.needed is not None else word("outlook", "over"),
            **common,
        )
        yield Row(
            id=f"target.{one.id}.expected",
            label=word("labels", "expected", title=title),
            words=_outlook(one.pace),
            note=word("notes", "pace") if one.pace.expected else "",
            **common,
        )


def _outlook(pace: Pace) -> str:
    if pace.expected is None:
        return word("outlook", pace.outlook)
    return word("outlook", "late" if pace.is_late else "expected", period=pace.expected)


# --- the roster -------------------------------------------------------------------------------


def _roster(one: Training, is_public: bool) -> Iterator[Row]:
    counts: dict[str, int] = {"waived": one.waived} if one.waived else {}
    change = one.change
    if change is not None:
        counts |= {"left": change.left, "left-untrained": change.left_untrained, "joined": change.joined}
        yield Row(
            id=f"target.{one.id}.roster-before",
            group="progress",
            label=word("labels", "roster-before", title=one.target.title),
            counted=_counted(one),
            numerator=change.share_before.numerator,
            denominator=change.share_before.denominator,
            goal=one.target.share,
            note=_roster_words(change.before),
            is_public=is_public,
        )
    for name, count in counts.items():
        yield Row(
            id=f"target.{one.id}.{name}",
            group="progress",
            label=word("labels", name, title=one.target.title),
            counted=_counted(one),
            numerator=count,
            is_public=is_public,
        )


def _half_years(one: Training, figures: Figures, is_public: bool) -> Iterator[Row]:
    for half in one.half_years:
        common: dict[str, Any] = {
            "group": "half-years",
            "counted": _counted(one),
            "is_public": is_public,
        }
        named = {"title": one.target.title, "period": half.period, "taken": figures.taken_on}
        total = "half-year-total" if figures.has_ended(half.period) else "half-year-so-far"
        yield Row(
            id=f"target.{one.id}.new.{half.period.id}",
            label=word("labels", "half-year-new", **named),
            numerator=half.new,
            **common,
        )
        yield Row(
            id=f"target.{one.id}.total.{half.period.id}",
            label=word("labels", total, **named),
            numerator=half.share.numerator,
            denominator=half.share.denominator,
            goal=one.target.share,
            **common,
        )


def _units(one: Training, names: Mapping[str, str]) -> Iterator[Row]:
    """For signed-in roles only: most units have fewer than ten persons."""
    order = {unit: number for number, unit in enumerate(names)}
    for part in sorted(one.units, key=lambda part: (order.get(part.unit, len(order)), part.unit)):
        yield Row(
            id=f"target.{one.id}.unit.{part.unit}",
            group="units",
            label=word("labels", "unit", title=one.target.title, unit=names.get(part.unit, part.unit)),
            counted=_counted(one),
            numerator=part.share.numerator,
            denominator=part.share.denominator,
            goal=one.target.share,
            evidence=part.evidence,
            note=word("notes", "synthetic") if one.is_synthetic else "",
        )
