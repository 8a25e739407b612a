"""The rows of targets: the state and progress of each, by unit and by half-year; and what a row is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..programme.model.plan import Regular
from ..programme.model.programme import Programme
from ..programme.model.values import NOTHING
from ..programme.vietnamese import thousands
from ..records.people import Roster
from ..targets import (
    CommuneOutreach,
    Communication,
    Figures,
    Measured,
    ReportedFigures,
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
    """The thing counted: persons, attendances, communes …"""
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
        """The share as "92,1%"; empty where there is none."""
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
    measured_targets: Mapping[str, Measured], figures: Figures, names: Mapping[str, str]
) -> Iterator[Row]:
    """Yields the rows. `names` are the units' by id, in the order in which they are listed."""
    is_public = figures.scope is None
    for measured in measured_targets.values():
        yield _target_row(measured, figures, is_public)
    for measured in measured_targets.values():
        yield from _progress(measured, is_public)
        if isinstance(measured, Training):
            yield from _roster(measured, is_public)
            yield from _half_years(measured, figures, is_public)
            yield from _units(measured, names)


def _target_row(measured: Measured, figures: Figures, is_public: bool) -> Row:
    given: dict[str, Any] = {"source": words_for("sources", "records", day=figures.taken_on)}
    if isinstance(measured, Training):
        given |= {"evidence": measured.evidence, "note": _roster_note(measured)}
    if isinstance(measured, Communication):
        given |= {"note": regular_note(measured)}
    if isinstance(measured, ReportedFigures):
        given |= _reported_words(measured)
    if assumptions := assumptions_note(measured):
        given["note"] = _sentences(given.get("note", ""), assumptions)
    if measured.share is not None:
        given |= {"numerator": measured.share.numerator, "denominator": measured.share.denominator}
    if measured.missing and measured.missing != "none-arose":
        given["note"] = _sentences(missing_words(measured, figures), given.get("note", ""))
    return Row(
        id=f"target.{measured.id}",
        group="targets",
        label=measured.target.title,
        counted=words_for("counted", measured.target.measure),
        goal=measured.target.share,
        outcome=_outcome(measured),
        is_count=measured.share is not None and not measured.percent,
        is_public=is_public,
        **given,
    )


def missing_words(measured: Measured, figures: Figures) -> str:
    """Returns why there is no share; a running period's by the day that the figures were taken."""
    missing = measured.missing or "no-roster"
    is_early = missing == "no-roster" and not figures.has_ended(measured.period)
    return words_for("missing", "no-roster-yet" if is_early else missing, taken=figures.taken_on)


def _reported_words(reported: ReportedFigures) -> dict[str, Any]:
    if reported.figure is None:
        return {"source": ""}
    return {
        "numerator": reported.figure.numerator,
        "denominator": reported.figure.denominator,
        "source": words_for("sources", "office", source=reported.figure.source),
        "note": words_for("notes", "issued") if reported.issued else "",
    }


def _outcome(measured: Measured) -> str:
    if measured.missing == "none-arose":
        return words_for("outcomes", "none")
    if measured.share is None or not measured.share.denominator:
        return words_for("outcomes", "missing")
    if isinstance(measured, Training) and not measured.is_recorded:
        return words_for("outcomes", "unrecorded")
    if not measured.is_settled:
        return words_for("outcomes", "open")
    if not measured.is_due:
        return words_for("outcomes", "early")
    return words_for("outcomes", "reached" if measured.is_reached else "short")


def _sentences(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def _roster_note(training: Training) -> str:
    """Returns the roster, whether it is invented, and its effect on the share."""
    if training.roster is None or training.share is None:
        return ""
    invented = words_for("notes", "synthetic") if training.is_synthetic else ""
    roster = _roster_words(training.roster, "roster-late" if training.is_late else "roster")
    number = training.roster.instead_of
    instead = words_for("notes", "roster-instead", number=number) if number else ""
    parts, change = [invented, roster, instead], training.change
    if change is not None and training.is_recorded:
        size = words_for(
            "notes",
            "roster-smaller" if change.is_smaller else "roster-changed",
            now=training.share.denominator,
            as_of=change.before.as_of,
            before=change.share_before.denominator,
        )
        moves = words_for(
            "notes",
            "roster-moves",
            left=change.left,
            untrained=change.left_untrained,
            joined=change.joined,
            share=change.share_before.text,
        )
        parts.append(f"{size}: {moves}")
    return _sentences(*parts)


def _roster_words(roster: Roster, key: str = "roster") -> str:
    facts = {"as_of": roster.as_of, "frozen": roster.frozen_on, "decision": roster.decision_ref}
    return words_for("notes", key, **facts)


def regular_note(communication: Communication) -> str:
    """Says what "regularly" means, once that is decided; until then what is counted."""
    return words_for(
        "notes", "regular" if communication.is_settled else "often", often=how_often(communication.regular)
    )


def how_often(regular: Regular) -> str:
    return words_for("often", regular.every, times=f"{regular.times:02}")


def assumptions_note(measured: Measured) -> str:
    """Returns who has yet to decide how it is counted, or the papers that say so; only beside a share."""
    if measured.share is None:
        return ""
    waits = words_for("notes", "waits", who=", ".join(measured.waits_for)) if measured.waits_for else ""
    follows = (
        words_for("notes", "follows", document=paper.document, day=paper.issued) for paper in measured.papers
    )
    return _sentences(waits, *follows)


# --- how far it is ----------------------------------------------------------------------------


def _progress(measured: Measured, is_public: bool) -> Iterator[Row]:
    """Yields the rows of progress; none where it is not settled how the target is counted."""
    if measured.share is None or not measured.is_settled:
        return
    common: dict[str, Any] = {"group": "progress", "is_public": is_public}
    title = measured.target.title
    yield Row(
        id=f"target.{measured.id}.gap",
        label=words_for("labels", "gap", title=title),
        counted=words_for("counted", measured.target.measure),
        numerator=measured.gap,
        **common,
    )
    if measured.pace is not None:
        pace = measured.pace
        outlook = pace.outlook if pace.expected is None else "late" if pace.is_late else "expected"
        yield Row(
            id=f"target.{measured.id}.needed",
            label=words_for("labels", "needed", title=title),
            counted=words_for("counted", measured.target.measure),
            numerator=pace.needed,
            words="" if pace.needed is not None else words_for("outlook", "over"),
            **common,
        )
        yield Row(
            id=f"target.{measured.id}.expected",
            label=words_for("labels", "expected", title=title),
            words=words_for("outlook", outlook, period=pace.expected),
            note=words_for("notes", "pace") if pace.expected else "",
            **common,
        )


# --- the roster -------------------------------------------------------------------------------


def _roster(training: Training, is_public: bool) -> Iterator[Row]:
    counts: dict[str, int] = {"waived": training.waived} if training.waived else {}
    change = training.change
    if change is not None:
        counts |= {"left": change.left, "left-untrained": change.left_untrained, "joined": change.joined}
        yield Row(
            id=f"target.{training.id}.roster-before",
            group="progress",
            label=words_for("labels", "roster-before", title=training.target.title),
            counted=words_for("counted", training.target.measure),
            numerator=change.share_before.numerator,
            denominator=change.share_before.denominator,
            goal=training.target.share,
            note=_roster_words(change.before),
            is_public=is_public,
        )
    for name, count in counts.items():
        yield Row(
            id=f"target.{training.id}.{name}",
            group="progress",
            label=words_for("labels", name, title=training.target.title),
            counted=words_for("counted", training.target.measure),
            numerator=count,
            is_public=is_public,
        )


def _half_years(training: Training, figures: Figures, is_public: bool) -> Iterator[Row]:
    for half in training.half_years:
        common: dict[str, Any] = {
            "group": "half-years",
            "counted": words_for("counted", training.target.measure),
            "is_public": is_public,
        }
        named = {"title": training.target.title, "period": half.period, "taken": figures.taken_on}
        total = "half-year-total" if figures.has_ended(half.period) else "half-year-so-far"
        yield Row(
            id=f"target.{training.id}.new.{half.period.id}",
            label=words_for("labels", "half-year-new", **named),
            numerator=half.new,
            **common,
        )
        yield Row(
            id=f"target.{training.id}.total.{half.period.id}",
            label=words_for("labels", total, **named),
            numerator=half.share.numerator,
            denominator=half.share.denominator,
            goal=training.target.share,
            **common,
        )


def _units(training: Training, names: Mapping[str, str]) -> Iterator[Row]:
    """Yields the rows of units, for signed-in roles only: most units have fewer than ten persons."""
    order = {unit: number for number, unit in enumerate(names)}
    for part in sorted(training.units, key=lambda part: (order.get(part.unit, len(order)), part.unit)):
        yield Row(
            id=f"target.{training.id}.unit.{part.unit}",
            group="units",
            label=words_for(
                "labels", "unit", title=training.target.title, unit=names.get(part.unit, part.unit)
            ),
            counted=words_for("counted", training.target.measure),
            numerator=part.share.numerator,
            denominator=part.share.denominator,
            goal=training.target.share,
            evidence=part.evidence,
            note=words_for("notes", "synthetic") if training.is_synthetic else "",
        )


def regular_commune(programme: Programme, commune: CommuneOutreach, unit: str, id: str) -> Row:
    """Returns a row: whether a commune is regular, once decided what that means; until then a count."""
    label, no = ("commune-often", "none") if programme.regular_waits_for else ("commune-regular", "no")
    return Row(
        id=id,
        group="communication",
        label=words_for("labels", label, unit=unit, often=how_often(programme.charter.regular)),
        words=words_for("values", "yes" if commune.is_regular else no if commune.total else "none"),
        is_public=True,
    )
