"""The rows of targets: where each stands, how far it is, by unit and by half-year; and what a row is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..programme.model.base import NOTHING
from ..programme.model.plan import Regular
from ..programme.model.programme import Programme
from ..records.people import Roster
from ..render.templates import thousands
from ..targets import (
    CommuneOutreach,
    Communication,
    Figures,
    Measured,
    Pace,
    ReportedFigures,
    RosterChange,
    Share,
    Training,
)
from .blocks import words_for


@dataclass(frozen=True, kw_only=True)
class Row:
    """A count, a share, or words. With none of them it is a blank that the office fills in."""

    id: str
    group: str
    label: str
    counted: str = ""
    """What is counted: persons, attendances, communes …"""
    numerator: int | None = None
    denominator: int | None = None
    goal: int | None = None
    words: str = ""
    outcome: str = ""
    evidence: Mapping[str, int] = NOTHING
    """Persons by class of evidence; together they are the numerator."""
    source: str = ""
    note: str = ""
    is_count: bool = False
    """True of so many out of so many that make no share, as nobody has settled what is counted."""
    is_public: bool = False
    """True for what anybody may see: the province's figures and the communes' communication."""

    @property
    def is_blank(self) -> bool:
        return self.numerator is None and not self.words

    @property
    def share(self) -> Share | None:
        if self.numerator is None or self.denominator is None or self.is_count:
            return None
        return Share(numerator=self.numerator, denominator=self.denominator, goal=self.goal)

    @property
    def percent(self) -> str:
        """As "92,1%"; empty where there is no share."""
        return self.share.text if self.share else ""

    @property
    def shown(self) -> str:
        """The figure as a reader sees it: "1.234", "35/38", or words."""
        if self.numerator is None:
            return self.words
        whole = "" if self.denominator is None else f"/{thousands(self.denominator)}"
        return thousands(self.numerator) + whole

    @property
    def heading(self) -> str:
        return words_for("groups", self.group)


def target_rows(
    measured: Mapping[str, Measured], figures: Figures, names: Mapping[str, str]
) -> Iterator[Row]:
    """`names` are the units' by id, in the order in which they are listed."""
    is_public = figures.scope is None
    for one in measured.values():
        yield _target_row(one, figures, is_public)
    for one in measured.values():
        yield from _progress(one, is_public)
        if isinstance(one, Training):
            yield from _roster(one, is_public)
            yield from _half_years(one, figures, is_public)
            yield from _units(one, names)


def _target_row(one: Measured, figures: Figures, is_public: bool) -> Row:
    given: dict[str, Any] = {"source": words_for("sources", "records", day=figures.taken_on)}
    if isinstance(one, Training):
        given |= {"evidence": one.evidence, "note": _roster_note(one)}
    if isinstance(one, Communication):
        given |= {"note": regular_note(one)}
    if isinstance(one, ReportedFigures):
        given |= _reported_words(one)
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
        counted=_counted_words(one),
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
    return words_for("missing", "no-roster-yet" if is_early else missing, taken=figures.taken_on)


def _reported_words(one: ReportedFigures) -> dict[str, Any]:
    if one.figure is None:
        return {"source": ""}
    return {
        "numerator": one.figure.numerator,
        "denominator": one.figure.denominator,
        "source": words_for("sources", "office", source=one.figure.source),
        "note": words_for("notes", "issued") if one.issued else "",
    }


def _counted_words(one: Measured) -> str:
    return words_for("counted", one.target.measure)


def _outcome(one: Measured) -> str:
    if one.missing == "none-arose":
        return words_for("outcomes", "none")
    if one.share is None or one.share.exact is None:
        return words_for("outcomes", "missing")
    if isinstance(one, Training) and not one.is_recorded:
        return words_for("outcomes", "unrecorded")
    if not one.is_settled:
        return words_for("outcomes", "open")
    return words_for("outcomes", "reached" if one.is_reached else "short")


def _sentences(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def _roster_note(one: Training) -> str:
    """Which roster, whether it is invented, and what it does to the share."""
    if one.roster is None or one.share is None:
        return ""
    invented = words_for("notes", "synthetic") if one.is_synthetic else ""
    roster = _roster_words(one.roster, "roster-late" if one.is_late else "roster")
    number = one.roster.instead_of
    instead = words_for("notes", "roster-instead", number=number) if number else ""
    change = one.change if one.is_recorded else None
    return _sentences(invented, roster, instead, _change_note(change, one.share.denominator))


def _roster_words(roster: Roster, key: str = "roster") -> str:
    said = {"as_of": roster.as_of, "frozen": roster.frozen_on, "decision": roster.decision_ref}
    return words_for("notes", key, **said)


def _change_note(change: RosterChange | None, now: int) -> str:
    if change is None:
        return ""
    before = {"as_of": change.before.as_of, "before": change.share_before.denominator}
    size = "roster-smaller" if change.is_smaller else "roster-changed"
    moves = words_for(
        "notes",
        "roster-moves",
        left=change.left,
        untrained=change.left_untrained,
        joined=change.joined,
        share=change.share_before.text,
    )
    return f"{words_for('notes', size, now=now, **before)}: {moves}"


def regular_note(one: Communication) -> str:
    """Says what "regularly" means, once that is decided; until then what is counted."""
    return words_for("notes", "regular" if one.is_settled else "often", often=how_often(one.regular))


def how_often(regular: Regular) -> str:
    return words_for("often", regular.every, times=f"{regular.times:02}")


def assumptions_note(one: Measured) -> str:
    """Names who has yet to decide how it is counted, or the papers that say so; only beside a share."""
    if one.share is None:
        return ""
    waits = words_for("notes", "waits", who=", ".join(one.waits_for)) if one.waits_for else ""
    follows = (
        words_for("notes", "follows", document=paper.document, day=paper.issued) for paper in one.papers
    )
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
        label=words_for("labels", "gap", title=title),
        counted=_counted_words(one),
        numerator=one.gap,
        **common,
    )
    if one.pace is not None:
        yield Row(
            id=f"target.{one.id}.needed",
            label=words_for("labels", "needed", title=title),
            counted=_counted_words(one),
            numerator=one.pace.needed,
            words="" if one.pace.needed is not None else words_for("outlook", "over"),
            **common,
        )
        yield Row(
            id=f"target.{one.id}.expected",
            label=words_for("labels", "expected", title=title),
            words=_outlook(one.pace),
            note=words_for("notes", "pace") if one.pace.expected else "",
            **common,
        )


def _outlook(pace: Pace) -> str:
    if pace.expected is None:
        return words_for("outlook", pace.outlook)
    return words_for("outlook", "late" if pace.is_late else "expected", period=pace.expected)


# --- the roster -------------------------------------------------------------------------------


def _roster(one: Training, is_public: bool) -> Iterator[Row]:
    counts: dict[str, int] = {"waived": one.waived} if one.waived else {}
    change = one.change
    if change is not None:
        counts |= {"left": change.left, "left-untrained": change.left_untrained, "joined": change.joined}
        yield Row(
            id=f"target.{one.id}.roster-before",
            group="progress",
            label=words_for("labels", "roster-before", title=one.target.title),
            counted=_counted_words(one),
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
            label=words_for("labels", name, title=one.target.title),
            counted=_counted_words(one),
            numerator=count,
            is_public=is_public,
        )


def _half_years(one: Training, figures: Figures, is_public: bool) -> Iterator[Row]:
    for half in one.half_years:
        common: dict[str, Any] = {
            "group": "half-years",
            "counted": _counted_words(one),
            "is_public": is_public,
        }
        named = {"title": one.target.title, "period": half.period, "taken": figures.taken_on}
        total = "half-year-total" if figures.has_ended(half.period) else "half-year-so-far"
        yield Row(
            id=f"target.{one.id}.new.{half.period.id}",
            label=words_for("labels", "half-year-new", **named),
            numerator=half.new,
            **common,
        )
        yield Row(
            id=f"target.{one.id}.total.{half.period.id}",
            label=words_for("labels", total, **named),
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
            label=words_for("labels", "unit", title=one.target.title, unit=names.get(part.unit, part.unit)),
            counted=_counted_words(one),
            numerator=part.share.numerator,
            denominator=part.share.denominator,
            goal=one.target.share,
            evidence=part.evidence,
            note=words_for("notes", "synthetic") if one.is_synthetic else "",
        )


def regular_commune(programme: Programme, one: CommuneOutreach, unit: str, id: str) -> Row:
    """Says whether a commune is regular, once it is decided what that is; until then, what is counted."""
    label, no = ("commune-often", "none") if programme.regular_waits_for else ("commune-regular", "no")
    return Row(
        id=id,
        group="communication",
        label=words_for("labels", label, unit=unit, often=how_often(programme.charter.regular)),
        words=words_for("values", "yes" if one.is_regular else no if one.total else "none"),
        is_public=True,
    )
